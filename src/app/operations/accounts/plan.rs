//! What staff want to change of an account, from the question to what is carried out or proposed.

use serde::{Deserialize, Serialize};

use crate::chat::{Text, one_line};
use crate::domain::credit::{Account, Kind, Plan, What};
use crate::kernel::AccountId;
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CreditAct, Route};
use crate::app::screens::credit_plan as screen;
use crate::app::show;

use super::check::{self, Barred, whose};
use super::typed::{self, Fault, MOST_WHY, Meant, Typed};
use super::{asked, carry, look, others, propose};

/// What was typed, until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    /// The id under which it will be known.
    id: i64,
    account: AccountId,
    plan: Plan,
}

fn draft(cx: &Cx<'_>) -> Option<Draft> {
    let kept = cx.session.draft.clone()?;
    serde_json::from_value(kept).ok()
}

/// Asks for what is to be changed; what the button itself says is shown at once.
pub async fn ask(cx: &mut Cx<'_>, id: &AccountId, kind: Kind) -> Result<(), TurnError> {
    let account = store::credit::find(cx.tx, id).await?;
    let Some(kind) = asked(account.is_some(), kind) else {
        return look::account(cx, id).await;
    };
    let what = account.as_ref().and_then(|account| match kind {
        Kind::Exceed => Some(What::Exceed(!account.may_exceed)),
        Kind::Block => Some(What::Block(!account.blocked)),
        _ => None,
    });
    match (what, account) {
        (Some(what), Some(account)) => {
            let plan = Plan::new(what, "", &account);
            preview(cx, &account, plan).await
        }
        _ => question(cx, id, kind).await,
    }
}

async fn question(cx: &mut Cx<'_>, id: &AccountId, kind: Kind) -> Result<(), TurnError> {
    let Some(name) = whose(cx, id).await? else {
        cx.toast(Text::new("press-unknown"));
        return look::list(cx, 0).await;
    };
    cx.session.draft = None;
    let view = screen::ask(cx.card(), (id, &name), kind);
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::Ask(id.clone(), kind)), view);
    Ok(())
}

/// Shows what was typed before once more; asks for it if it is gone.
pub async fn again(cx: &mut Cx<'_>, id: &AccountId, kind: Kind) -> Result<(), TurnError> {
    let kept = draft(cx).filter(|draft| draft.account == *id && draft.plan.what.kind() == kind);
    match kept {
        Some(draft) => checked(cx, id, (draft.plan.what, draft.plan.why)).await,
        None => ask(cx, id, kind).await,
    }
}

/// Words typed where something is asked for, or where what was typed is shown: then they take its
/// place.
pub async fn typed(
    cx: &mut Cx<'_>,
    (id, kind): (&AccountId, Kind),
    words: &str,
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let is_month = |word: &str| shop.says("word-credit-eom", word);
    let account = store::credit::find(cx.tx, id).await?;
    let currency = account
        .as_ref()
        .map_or(shop.settings.currency, |account| account.currency);
    let read = typed::read(kind, words, (currency, &is_month));
    let Typed { meant, why } = match read {
        Ok(typed) => typed,
        Err(fault) => {
            cx.notices
                .push(fault_text(fault, &one_line(words), &currency));
            return question(cx, id, kind).await;
        }
    };
    let what = match (meant, &account) {
        // Only the reason is typed: what it is, was said by the button.
        (Meant::Change(What::Exceed(_)), Some(account)) => What::Exceed(!account.may_exceed),
        (Meant::Change(What::Block(_)), Some(account)) => What::Block(!account.blocked),
        (Meant::Change(what), _) => what,
        (Meant::Refund(number, minor), _) => {
            match store::orders::numbered_on(cx.tx, id, number).await? {
                Some(order) => What::Refund(order.id, number, minor),
                None => {
                    cx.notices.push(Barred::NoOrder(number).text());
                    return question(cx, id, kind).await;
                }
            }
        }
    };
    checked(cx, id, (what, why)).await
}

/// Shows what it would be, or why it can't be.
async fn checked(
    cx: &mut Cx<'_>,
    id: &AccountId,
    (what, why): (What, String),
) -> Result<(), TurnError> {
    let kind = what.kind();
    match check::check(cx, id, &what).await? {
        Ok(account) => {
            let plan = Plan::new(what, &why, &account);
            preview(cx, &account, plan).await
        }
        Err(Barred::Opened | Barred::Missing | Barred::Same) if kind == Kind::Open => {
            cx.notices.push(Barred::Opened.text());
            look::account(cx, id).await
        }
        Err(barred) => {
            cx.notices.push(barred.text());
            question(cx, id, kind).await
        }
    }
}

async fn preview(cx: &mut Cx<'_>, account: &Account, plan: Plan) -> Result<(), TurnError> {
    let Some(name) = whose(cx, &account.id).await? else {
        cx.toast(Text::new("press-unknown"));
        return look::list(cx, 0).await;
    };
    let others = others(cx).await?.len() as i64;
    let draft = Draft {
        id: cx.id(),
        account: account.id.clone(),
        plan,
    };
    let shown = screen::Previewed {
        id: draft.id,
        account,
        name: &name,
        plan: &draft.plan,
        others,
        own_currency: cx.shop.settings.currency,
    };
    let view = screen::preview(cx.card(), &shown);
    let view = show::noted(cx, view);
    let at = CreditAct::Preview(account.id.clone(), draft.plan.what.kind());
    cx.session.draft = serde_json::to_value(&draft).ok();
    cx.show(&Route::Credit(at), view);
    Ok(())
}

/// Goes on with what was shown: alone, or by proposing it where somebody else holds the right.
pub async fn go(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(draft) = draft(cx).filter(|draft| draft.id == id) else {
        cx.toast(Text::new("stale-notice"));
        return look::list(cx, 0).await;
    };
    let others = others(cx).await?;
    let (account, plan) = (draft.account, draft.plan);
    if !others.is_empty() {
        return match check::check(cx, &account, &plan.what).await? {
            Ok(now) => {
                cx.session.draft = None;
                let plan = Plan::new(plan.what, &plan.why, &now);
                propose::propose(cx, (&account, id), &plan, &others).await
            }
            Err(barred) => stopped(cx, (&account, plan.what.kind()), &barred).await,
        };
    }
    match carry::carry_out(cx, (&account, id), &plan, None).await? {
        Ok(after) => {
            cx.session.draft = None;
            let view = screen::done(cx.card(), &after, &plan);
            let view = show::noted(cx, view);
            cx.show(&Route::Credit(CreditAct::Open(account)), view);
            Ok(())
        }
        Err(barred) => stopped(cx, (&account, plan.what.kind()), &barred).await,
    }
}

/// It can't be carried out as it was meant: says why, and asks for it again.
async fn stopped(
    cx: &mut Cx<'_>,
    (id, kind): (&AccountId, Kind),
    barred: &Barred,
) -> Result<(), TurnError> {
    cx.session.draft = None;
    cx.notices.push(barred.text());
    match barred {
        Barred::Opened | Barred::Missing | Barred::Same => look::account(cx, id).await,
        _ => question(cx, id, kind).await,
    }
}

fn fault_text(fault: Fault, words: &str, currency: &crate::kernel::Currency) -> Text {
    match fault {
        Fault::Amount => Text::new("credit-fault-amount")
            .with("words", words.chars().take(40).collect::<String>()),
        Fault::Decimals => Text::new("credit-fault-decimals")
            .with("currency", currency.code())
            .with("decimals", i64::from(currency.decimals())),
        Fault::Zero => Text::new("credit-fault-zero"),
        Fault::Negative => Text::new("credit-fault-negative"),
        Fault::TooLarge => Text::new("credit-fault-large"),
        Fault::Sign => Text::new("credit-fault-sign"),
        Fault::Why => Text::new("credit-fault-why"),
        Fault::LongWhy => Text::new("credit-fault-why-long").with("max", MOST_WHY as i64),
        Fault::Reference => Text::new("credit-fault-reference"),
        Fault::OddReference => Text::new("credit-fault-reference-odd"),
        Fault::Order => Text::new("credit-fault-order"),
        Fault::Terms => Text::new("credit-fault-terms"),
        Fault::Zone => Text::new("credit-fault-zone"),
    }
}
