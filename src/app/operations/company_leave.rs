//! Somebody leaves a company, or is taken out of it. What follows for themselves is a turn of its own:
//! that of whoever presses is full.

use serde::{Deserialize, Serialize};

use crate::chat::{EventKind, Text};
use crate::domain::companies::{self, Company};
use crate::kernel::{CompanyId, CustomerId};
use crate::store;

use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::CompanyAct;
use crate::app::screens::basics::clipped;
use crate::app::show;

use super::{company, schedule};

/// The turn after somebody left; its key is an [`Out`].
pub const LEFT: &str = "company-left";

/// The turn after somebody was taken out by others; its key is an [`Out`].
pub const OUT: &str = "company-out";

/// Of what somebody is out, and what they are called. It travels in a row of the inbox, which is sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Out {
    company: String,
    name: String,
}

/// A member leaves, once they have said so twice.
pub async fn leave(cx: &mut Cx<'_>, id: &CompanyId, act: &CompanyAct) -> Result<(), TurnError> {
    let Some(mut hand) = company::hand(cx, id).await? else {
        return Ok(());
    };
    let who = cx.customer();
    if hand.own.is_none() {
        return company::opened(cx, &hand).await;
    }
    if companies::check_change(hand.members(), who, None).is_err() {
        cx.alert(Text::new("company-last-admin"));
        return company::opened(cx, &hand).await;
    }
    if let CompanyAct::LeaveAsk(_) = act {
        let text = Text::new("company-leave-ask").with("name", hand.name());
        return company::asked(cx, &hand, (text, CompanyAct::Leave(id.clone())));
    }
    company::save(cx, &mut hand.company).await?;
    if !store::companies::remove(cx.tx, id, who).await? {
        return Err(TurnError::Overtaken);
    }
    let was = hand
        .person(who)
        .map(|person| audit::place(person.member.role, person.member.limit_minor));
    company::kept(
        cx,
        (Did::CompanyMember, audit::of_member(id, who)),
        (was.unwrap_or_default(), ""),
    )
    .await?;
    let name = clipped(&cx.who.name);
    let text = Text::new("company-somebody-left").with("who", name);
    company::tell_admins(cx, &hand, &text.with("name", hand.name()));
    gone(cx, id);
    Ok(())
}

/// Somebody else took a member out.
pub fn taken_out(cx: &mut Cx<'_>, id: &CompanyId, who: CustomerId) {
    let kind = turn(OUT, id, String::new());
    cx.go_on_with(kind, who);
}

/// A member is out by their own act.
pub fn gone(cx: &mut Cx<'_>, id: &CompanyId) {
    let kind = turn(LEFT, id, cx.who.name.clone());
    cx.go_on_with(kind, cx.customer());
}

fn turn(kind: &str, id: &CompanyId, name: String) -> EventKind {
    let out = Out {
        company: id.as_str().to_owned(),
        name,
    };
    EventKind::Timer {
        kind: kind.to_owned(),
        // Plain values: this can't fail; an empty key would be thrown away.
        key: serde_json::to_string(&out).unwrap_or_default(),
    }
}

/// They are out: what they repeat of the company's ends, and who left by themselves is told.
pub async fn due(cx: &mut Cx<'_>, kind: &str, key: &str) -> Result<(), TurnError> {
    let Ok(out) = serde_json::from_str::<Out>(key) else {
        return Ok(());
    };
    let id = CompanyId(out.company);
    schedule::left(cx, &id).await?;
    if kind == LEFT {
        let company = store::companies::find(cx.tx, &id).await?;
        let name = company.as_ref().map_or(id.as_str(), Company::called);
        cx.notices
            .push(Text::new("company-left").with("name", name));
        cx.who.name = out.name;
        // Where they pressed.
        cx.fresh = false;
        return show::home(cx).await;
    }
    Ok(())
}
