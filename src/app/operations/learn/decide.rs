//! The merchant's side: `/aliases`, proposals accepted or declined, names removed again. The right is
//! asked at every press, and everything is decided once: whoever is later sees what was decided.

use crate::app::access::{Act, Role, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{LearnAct, Route};
use crate::app::screens::learn as screen;
use crate::app::{show, staff};
use crate::chat::Text;
use crate::domain::learned::Aliases;
use crate::kernel::ChatId;
use crate::store;
use crate::store::aliases::{Alias, State};

use super::proposal::{card_name, post};

/// The turn that tells everybody who was asked what became of a proposal; the key is its id.
pub const TOLD: &str = "alias-decided";

/// Names that may be accepted: all of them are looked through with every message.
const MOST: usize = 500;

/// `/aliases` in a private chat.
pub async fn open(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::NameItems) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    list(cx, 0).await
}

/// Carries out a button.
pub(super) async fn press(cx: &mut Cx<'_>, act: LearnAct) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::NameItems) {
        cx.alert(Text::new("staff-not-allowed"));
        return audit::refused(cx, &roles, "aliases".to_owned(), "alias").await;
    }
    let id = match act {
        LearnAct::List(page) => return list(cx, page).await,
        LearnAct::Open(id)
        | LearnAct::Accept(id)
        | LearnAct::Decline(id)
        | LearnAct::Remove(id) => id,
        LearnAct::Mine(_) | LearnAct::Forget(_) | LearnAct::ForgetAll => return Ok(()),
    };
    let Some(alias) = store::aliases::find(cx.tx, id).await? else {
        cx.alert(Text::new("alias-gone"));
        return Ok(());
    };
    match act {
        LearnAct::Accept(_) if alias.state == State::Open => accept(cx, &roles, &alias).await,
        LearnAct::Decline(_) if alias.state == State::Open => {
            settle(cx, &roles, &alias, Did::AliasDeclined).await?;
            cx.toast(Text::new("alias-declined"));
            Ok(())
        }
        // Decided by somebody else, or by the press before this one.
        LearnAct::Accept(_) | LearnAct::Decline(_) => {
            let ended = ended(cx, &alias).await?;
            if let Some(ended) = ended {
                cx.alert(ended);
            }
            here(cx, &alias, false).await
        }
        LearnAct::Remove(_)
            if alias.state == State::Accepted && cx.query.is_some() && !cx.fresh =>
        {
            let seen = super::aliases(cx).await?;
            changed(cx, &seen).await?;
            settle(cx, &roles, &alias, Did::AliasRemoved).await?;
            cx.toast(Text::new("alias-removed"));
            list(cx, 0).await
        }
        _ => one(cx, &alias).await,
    }
}

async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let skip = page.saturating_mul(screen::PAGE);
    // One more says whether another page follows.
    let (skip, limit) = (
        i64::try_from(skip).unwrap_or(i64::MAX),
        screen::PAGE as i64 + 1,
    );
    let found = store::aliases::list(cx.tx, skip, limit).await?;
    let shop = cx.shop.clone();
    let shown = screen::Names {
        catalogue: &shop.catalogue,
        names: &found,
        page,
        enough: shop.settings.propose_after,
    };
    let view = screen::names(cx.card(), &shown);
    let view = show::noted(cx, view);
    cx.show(&Route::Learn(LearnAct::List(page)), view);
    Ok(())
}

/// One that counts, on the living message; one that waits, as a card anew.
async fn one(cx: &mut Cx<'_>, alias: &Alias) -> Result<(), TurnError> {
    match alias.state {
        State::Open => here(cx, alias, true).await,
        State::Accepted => {
            let shop = cx.shop.clone();
            let who = match alias.decided {
                Some((who, _)) => staff::name_of(cx, who).await?,
                None => String::new(),
            };
            let view = screen::accepted(cx.card(), &shop.catalogue, alias, &who);
            cx.show(&Route::Learn(LearnAct::Open(alias.id)), view);
            Ok(())
        }
        State::Declined | State::Removed => list(cx, 0).await,
    }
}

/// Its card in the present chat.
async fn here(cx: &mut Cx<'_>, alias: &Alias, fresh: bool) -> Result<(), TurnError> {
    let ended = ended(cx, alias).await?;
    let shop = cx.shop.clone();
    let view = screen::proposed(&shop.catalogue, alias, ended);
    let (chat, locale) = (cx.chat, cx.session.locale.clone());
    post(cx, (chat, &locale), (alias.id, view), fresh);
    Ok(())
}

/// What became of it, in words; none: nobody decided it yet.
async fn ended(cx: &mut Cx<'_>, alias: &Alias) -> Result<Option<Text>, TurnError> {
    let Some((who, _)) = alias.decided else {
        return Ok(None);
    };
    let who = staff::name_of(cx, who).await?;
    Ok(screen::ended(alias.state, &who))
}

/// Takes a proposal, unless something speaks against it by now, which is said.
async fn accept(cx: &mut Cx<'_>, roles: &[Role], alias: &Alias) -> Result<(), TurnError> {
    let seen = super::aliases(cx).await?;
    if let Some(bar) = bar(cx, alias, &seen) {
        cx.alert(bar);
        return Ok(());
    }
    // Whatever else is accepted at the same moment may have the same name.
    changed(cx, &seen).await?;
    settle(cx, roles, alias, Did::AliasAccepted).await?;
    cx.toast(Text::new("alias-accepted"));
    Ok(())
}

/// What speaks against a name now.
fn bar(cx: &Cx<'_>, alias: &Alias, seen: &Aliases) -> Option<Text> {
    let catalogue = &cx.shop.catalogue;
    let Some(item) = catalogue.item(&alias.item) else {
        return Some(Text::new("alias-item-gone"));
    };
    let phrase = alias.phrase.as_str();
    if let Some(goods) = catalogue.by_name(phrase).first() {
        let name = Text::new("alias-is-name").with("phrase", phrase);
        return Some(name.with("item", &goods.item.name));
    }
    if let Some(other) = seen.names.get(&alias.phrase) {
        let other = catalogue.item(other).unwrap_or(item);
        let name = Text::new("alias-is-alias").with("phrase", phrase);
        return Some(name.with("item", &other.name));
    }
    (seen.names.len() >= MOST).then(|| Text::new("alias-full").with("max", MOST as i64))
}

/// Names a change of what is accepted, which must be as it was seen.
async fn changed(cx: &mut Cx<'_>, seen: &Aliases) -> Result<(), TurnError> {
    let version = cx.id();
    if !store::aliases::change(cx.tx, (seen, version), cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    cx.look_again();
    Ok(())
}

/// Takes it from its state into the next, once, and notes that.
async fn settle(cx: &mut Cx<'_>, roles: &[Role], alias: &Alias, did: Did) -> Result<(), TurnError> {
    let to = match did {
        Did::AliasAccepted => State::Accepted,
        Did::AliasRemoved => State::Removed,
        _ => State::Declined,
    };
    let by = (cx.customer(), cx.now);
    if !store::aliases::decide(cx.tx, alias.id, (alias.state, to), by).await? {
        return Err(TurnError::Overtaken);
    }
    let role = acting(roles, Act::NameItems);
    let deed = Deed::new(did, role, audit::of_item(&alias.item));
    let phrase = alias.phrase.as_str();
    cx.audit(match to {
        State::Removed => deed.from(phrase),
        State::Open | State::Accepted | State::Declined => deed.to(phrase),
    });
    cx.go_on(TOLD, alias.id, cx.customer());
    Ok(())
}

/// Everybody's card says what became of it.
pub async fn told(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(alias) = store::aliases::find(cx.tx, id).await? else {
        return Ok(());
    };
    let ended = ended(cx, &alias).await?;
    let shop = cx.shop.clone();
    for chat in store::orders::chats_showing(cx.tx, &card_name(id)).await? {
        let locale = staff::locale_of_chat(cx, chat).await?;
        let view = screen::proposed(&shop.catalogue, &alias, ended.clone());
        post(cx, (ChatId(chat.0), &locale), (id, view), false);
    }
    Ok(())
}
