//! `/credit`: staff see the accounts, open one, set limits and terms, book repayments, corrections
//! and refunds.
//!
//! Where a second person holds the right, one proposes and another one carries it out; else one
//! confirms alone, which the record says. The right is asked at every press.

pub mod budget;
pub mod carry;
pub mod check;
mod look;
mod plan;
pub mod propose;
mod typed;

use crate::chat::{Text, one_line};
use crate::domain::credit::Kind;
use crate::kernel::{AccountId, CustomerId};
use crate::store;

use crate::app::access::{Act, may};
use crate::app::audit;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::CreditAct;
use crate::app::staff;

/// The turn that shows the account that somebody looked for; the key is its id.
pub const OPEN: &str = "credit-open";
/// What a refused act is kept as.
const TRIED: &str = "credit";

/// `/credit`, alone or with whose account.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !is_allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    match one_line(words) {
        words if words.is_empty() => look::list(cx, 0).await,
        words => look::find(cx, &words).await,
    }
}

/// A tap on one of its buttons.
pub async fn press(cx: &mut Cx<'_>, act: CreditAct) -> Result<(), TurnError> {
    if cx.shop.settings.credit.is_none() {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    }
    if !is_allowed(cx).await? {
        return refuse(cx, &act).await;
    }
    match act {
        CreditAct::List(page) => look::list(cx, page).await,
        CreditAct::Open(id) => look::account(cx, &id).await,
        CreditAct::Entries(id, page) => look::entries(cx, &id, page).await,
        CreditAct::Ask(id, kind) => plan::ask(cx, &id, kind).await,
        CreditAct::Preview(id, kind) => plan::again(cx, &id, kind).await,
        CreditAct::Go(plan) => plan::go(cx, plan).await,
        CreditAct::Change(change) => propose::show(cx, change).await,
        CreditAct::Confirm(change) => propose::confirm(cx, change).await,
        CreditAct::Reject(change) => propose::reject(cx, change).await,
        CreditAct::Withdraw(change) => propose::withdraw(cx, change).await,
    }
}

/// Words typed where one of its screens asks for some; `false` if none does.
pub async fn words(cx: &mut Cx<'_>, at: &CreditAct, words: &str) -> Result<bool, TurnError> {
    if cx.shop.settings.credit.is_none() || !is_allowed(cx).await? {
        return Ok(false);
    }
    match at {
        CreditAct::List(_) => look::find(cx, words).await?,
        CreditAct::Ask(id, kind) | CreditAct::Preview(id, kind) => {
            plan::typed(cx, (id, *kind), words).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Whether this person looks after accounts now.
pub async fn is_allowed(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::Credit))
}

/// Who else does now.
async fn others(cx: &mut Cx<'_>) -> Result<Vec<CustomerId>, TurnError> {
    let own = cx.customer();
    let people = staff::people(cx).await?;
    let able = people.into_iter().filter(|(role, _)| role.may(Act::Credit));
    let mut others: Vec<CustomerId> = able.map(|(_, who)| who).filter(|who| *who != own).collect();
    others.sort();
    others.dedup();
    Ok(others)
}

/// Says no; an attempt on an account that there is, is kept.
async fn refuse(cx: &mut Cx<'_>, act: &CreditAct) -> Result<(), TurnError> {
    cx.alert(Text::new("staff-not-allowed"));
    let tried = match act {
        CreditAct::Open(id) | CreditAct::Entries(id, _) | CreditAct::Ask(id, _) => {
            let account = store::credit::find(cx.tx, id).await?;
            account.map(|account| account.id)
        }
        CreditAct::Change(id)
        | CreditAct::Confirm(id)
        | CreditAct::Reject(id)
        | CreditAct::Withdraw(id) => {
            let found = store::credit::find_change(cx.tx, *id).await?;
            found.map(|(change, _)| change.account)
        }
        CreditAct::List(_) | CreditAct::Preview(..) | CreditAct::Go(_) => None,
    };
    if let Some(id) = tried {
        let roles = staff::roles(cx, cx.customer()).await?;
        audit::refused(cx, &roles, audit::of_account(&id), TRIED).await?;
    }
    Ok(())
}

/// The kind that is asked for where an account is not open yet.
const FIRST: Kind = Kind::Open;

/// What is asked for of an account: to open it comes first, and once.
fn asked(is_open: bool, kind: Kind) -> Option<Kind> {
    match (is_open, kind) {
        (false, _) => Some(FIRST),
        (true, Kind::Open) => None,
        (true, kind) => Some(kind),
    }
}

/// The account that somebody looked for is shown, if they still may see it.
pub async fn due(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    match AccountId::parse(key) {
        Some(id) if is_allowed(cx).await? => look::account(cx, &id).await,
        _ => Ok(()),
    }
}
