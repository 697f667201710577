//! Whether a change of an account can be carried out now: asked when it is typed, and again when it
//! is decided.

use crate::chat::{Arg, Text};
use crate::domain::credit::{Account, What};
use crate::kernel::{AccountId, Money, OrderId};
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::basics::clipped;

/// Why it can't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barred {
    /// It is open already.
    Opened,
    /// There is no account yet.
    Missing,
    /// It is like that already.
    Same,
    /// The reference was booked before, on this account.
    Paid(String, String),
    /// No order of this number is on the account.
    NoOrder(i64),
    /// Its customer does not have the order yet.
    NotReceived(i64),
    /// The order was called off: nothing of it is owed.
    CalledOff(i64),
    /// No more than this is left of the order.
    TooMuch(i64, Money),
}

impl Barred {
    /// What is said of it.
    pub fn text(&self) -> Text {
        let number = |id, number: i64| Text::new(id).with("number", Arg::Words(number.to_string()));
        match self {
            Self::Opened => Text::new("credit-fault-opened"),
            Self::Missing => Text::new("credit-fault-missing"),
            Self::Same => Text::new("credit-fault-same"),
            Self::Paid(reference, name) => Text::new("credit-fault-paid")
                .with("reference", reference.as_str())
                .with("name", name.as_str()),
            Self::NoOrder(n) => number("credit-fault-no-order", *n),
            Self::NotReceived(n) => number("credit-fault-not-received", *n),
            Self::CalledOff(n) => number("credit-fault-called-off", *n),
            Self::TooMuch(n, left) => number("credit-fault-too-much", *n).with("left", *left),
        }
    }
}

/// Whose account it is: what they are called; none if there is no such company or person.
pub async fn whose(cx: &mut Cx<'_>, id: &AccountId) -> Result<Option<String>, TurnError> {
    Ok(match id {
        AccountId::Company(id) => {
            let company = store::companies::find(cx.tx, id).await?;
            company.map(|company| clipped(company.called()))
        }
        AccountId::Person(id) => {
            let known = store::customers::find(cx.tx, *id).await?;
            known.map(|known| match known.name.as_str() {
                "" => id.to_string(),
                name => clipped(name),
            })
        }
    })
}

/// An account as it would be opened, with nothing on it.
pub fn fresh(cx: &Cx<'_>, id: &AccountId) -> Option<Account> {
    let settings = &cx.shop.settings;
    Some(Account {
        id: id.clone(),
        currency: settings.currency,
        limit_minor: 0,
        may_exceed: false,
        blocked: false,
        terms: settings.credit.as_ref()?.terms,
        zone: settings.zone.name().to_owned(),
        balance_minor: 0,
        held_minor: 0,
        waiting_minor: 0,
        debts_minor: 0,
        due: None,
        seq: 0,
    })
}

/// The account as it is, if the change can be carried out; for one that is opened as it would be.
pub async fn check(
    cx: &mut Cx<'_>,
    id: &AccountId,
    what: &What,
) -> Result<Result<Account, Barred>, TurnError> {
    let found = store::credit::find(cx.tx, id).await?;
    if let What::Open(_) = what {
        if found.is_some() {
            return Ok(Err(Barred::Opened));
        }
        // Whether there is such a company or person was asked before it was shown.
        return Ok(fresh(cx, id).ok_or(Barred::Missing));
    }
    let Some(account) = found else {
        return Ok(Err(Barred::Missing));
    };
    let barred = match what {
        What::Repay(_, reference) => paid(cx, reference).await?,
        What::Refund(order, number, minor) => {
            refund(cx, (*order, *number, *minor), &account).await?
        }
        What::Adjust(_) => None,
        _ => (what.applied(&account) == account).then_some(Barred::Same),
    };
    Ok(match barred {
        Some(barred) => Err(barred),
        None => Ok(account),
    })
}

async fn paid(cx: &mut Cx<'_>, reference: &str) -> Result<Option<Barred>, TurnError> {
    let Some(on) = store::credit::repaid(cx.tx, reference).await? else {
        return Ok(None);
    };
    let name = whose(cx, &on).await?.unwrap_or_else(|| on.code());
    Ok(Some(Barred::Paid(reference.to_owned(), name)))
}

async fn refund(
    cx: &mut Cx<'_>,
    (order, number, minor): (OrderId, i64, i64),
    account: &Account,
) -> Result<Option<Barred>, TurnError> {
    let found = store::credit::refundable(cx.tx, order).await?;
    let Some(order) = found.filter(|order| order.account.as_ref() == Some(&account.id)) else {
        return Ok(Some(Barred::NoOrder(number)));
    };
    if order.state.is_called_off() {
        return Ok(Some(Barred::CalledOff(number)));
    }
    if !order.state.is_received() {
        return Ok(Some(Barred::NotReceived(number)));
    }
    let left = order.total_minor.saturating_sub(order.refunded_minor);
    Ok((minor > left).then(|| Barred::TooMuch(number, account.money(left))))
}
