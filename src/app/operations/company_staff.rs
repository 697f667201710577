//! What the shop's staff do with companies: make one, see all of them, stop and start one.

use crate::chat::Text;
use crate::domain::companies::{self, Details};
use crate::kernel::CompanyId;
use crate::store;

use crate::app::access::{Act, may};
use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::company as screen;
use crate::app::{show, staff};

use super::company;

/// Companies on one page of the staff's list.
const PAGE: i64 = 10;

/// Characters of a token that make an id a company's own.
const TAIL: usize = 4;

/// Whether this person makes companies for the shop.
pub async fn is_staff(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::Companies))
}

/// Shows a page of all companies.
pub async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    if !is_staff(cx).await? {
        company::refuse(cx, "staff-not-allowed");
        return Ok(());
    }
    let skip = (page as i64).saturating_mul(PAGE);
    let mut found = store::companies::list(cx.tx, skip, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let view = screen::list(cx.card(), &found, (page, more));
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::List(page)), view);
    Ok(())
}

/// `/company new NAME`.
pub async fn create(cx: &mut Cx<'_>, name: &str) -> Result<(), TurnError> {
    if !is_staff(cx).await? {
        company::refuse(cx, "staff-not-allowed");
        return Ok(());
    }
    if companies::check_name(name).is_err() {
        let (least, most) = companies::NAME_CHARS;
        let text = Text::new("company-new-usage");
        cx.say(text.with("min", least as i64).with("max", most as i64));
        return Ok(());
    }
    let details = Details {
        name: name.to_owned(),
        ..Details::default()
    };
    let made = companies::id_of(name);
    let tail: String = cx.token().chars().take(TAIL).collect();
    let spare = companies::id_with(made.as_ref(), &tail);
    let (who, now) = (cx.customer(), cx.now);
    for id in made.iter().chain([&spare]) {
        if store::companies::insert(cx.tx, (id, &details), who, now).await? {
            let did = (Did::CompanyMade, audit::of_company(id));
            company::kept(cx, did, ("", name)).await?;
            let notice = Text::new("company-made").with("name", name);
            cx.notices.push(notice.with("id", id.as_str()));
            return company::open(cx, id).await;
        }
    }
    Err(TurnError::Overtaken)
}

/// Stops a company, or starts it again; asks once more before.
pub async fn state(
    cx: &mut Cx<'_>,
    id: &CompanyId,
    active: bool,
    act: &CompanyAct,
) -> Result<(), TurnError> {
    if !is_staff(cx).await? {
        company::refuse(cx, "staff-not-allowed");
        return Ok(());
    }
    let Some(mut hand) = company::hand(cx, id).await? else {
        return Ok(());
    };
    if hand.company.active == active {
        return company::opened(cx, &hand).await;
    }
    if let CompanyAct::StateAsk(..) = act {
        let ask = match active {
            true => "company-start-ask",
            false => "company-stop-ask",
        };
        let text = Text::new(ask).with("name", hand.name());
        return company::asked(cx, &hand, (text, CompanyAct::State(id.clone(), active)));
    }
    hand.company.active = active;
    company::save(cx, &mut hand.company).await?;
    let did = match active {
        true => Did::CompanyStarted,
        false => Did::CompanyStopped,
    };
    company::kept(cx, (did, audit::of_company(id)), ("", "")).await?;
    let told = match active {
        true => "company-started",
        false => "company-stopped",
    };
    company::tell_admins(cx, &hand, &Text::new(told).with("name", hand.name()));
    cx.look_again();
    company::opened(cx, &hand).await
}
