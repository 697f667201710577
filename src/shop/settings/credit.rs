//! Reader of orders on account: which way to pay it is, when they are due, who is reminded when.

use crate::domain::credit::{MOST_DAYS, Terms};
use crate::shop::table::Table;

/// The most reminders of one debt before it is due, and after.
const MOST_REMINDERS: usize = 5;
/// The terms of a new account, if the shop says nothing: a month, as is usual between businesses.
const USUAL_DAYS: u32 = 30;

/// How the shop sells on account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The way to pay that it is.
    pub payment: String,
    /// The terms of a new account.
    pub terms: Terms,
    /// Days before something is due on which its debtor is reminded; the largest first.
    pub before: Vec<i64>,
    /// Days after it was due on which they are reminded; the smallest first.
    pub after: Vec<i64>,
}

/// Reads `[credit]`; none without it.
pub(super) fn read(top: &Table<'_>, payments: &[String]) -> Option<Credit> {
    top.table("credit", |table| {
        let payment = table.need_text("payment");
        if let Some(payment) = payment
            && !payments.iter().any(|known| known == payment.value)
        {
            table.fault(
                payment.at,
                format!("the shop has no way to pay `{}`", payment.value),
                "name one of `payments`, as in payment = \"account\"",
            );
        }
        let terms = table.text("terms").and_then(|words| {
            let terms = Terms::parse(words.value);
            if terms.is_none() {
                table.fault(
                    words.at,
                    format!("`{}` are no payment terms", words.value),
                    format!("write days, at most {MOST_DAYS}, as in \"30\", or \"eom 15\" for days after the end of the month"),
                );
            }
            terms
        });
        let mut before = days(table, "before");
        before.reverse();
        Credit {
            payment: payment.map(|payment| payment.value.to_owned()).unwrap_or_default(),
            terms: terms.unwrap_or(Terms {
                days: USUAL_DAYS,
                end_of_month: false,
            }),
            before,
            after: days(table, "after"),
        }
    })
}

/// Days on which somebody is reminded, each once, the smallest first.
fn days(table: &Table<'_>, key: &'static str) -> Vec<i64> {
    let mut found: Vec<i64> = Vec::new();
    for day in table.ints(key) {
        if !(1..=i64::from(MOST_DAYS)).contains(&day.value) {
            table.fault(
                day.at,
                format!("{} is no number of days to remind somebody", day.value),
                format!("write 1 to {MOST_DAYS}"),
            );
        }
        found.push(day.value);
    }
    found.sort_unstable();
    found.dedup();
    if found.len() > MOST_REMINDERS {
        table.fault(
            table.key_at(key),
            format!("{} reminders are too many", found.len()),
            format!("remind at most {MOST_REMINDERS} times"),
        );
    }
    found
}
