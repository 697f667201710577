//! The screens of `/statement`: an account over a period, a choice of accounts, the reminder of
//! what is due.

use chrono::NaiveDate;

use crate::app::route::{Format, Route, StatementAct};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::credit::Account;
use crate::domain::credit::reminders::{Owed, Reminder};
use crate::domain::credit::statement::{Days, Kind, Span, Statement, Sum};
use crate::kernel::AccountId;

use super::{Card, basics};

/// The most due days that are shown one by one.
const MOST_DUE: usize = 10;

/// What a statement is shown with.
pub struct Shown<'a> {
    /// What the account is called; none: the reader's own.
    pub name: Option<&'a str>,
    /// The account as it is now.
    pub account: &'a Account,
    /// The period that was asked for, and its days.
    pub period: (Span, Days),
    /// What the period comes to.
    pub statement: &'a Statement,
    /// What is not paid, the earliest first.
    pub owed: &'a [Owed],
    /// What day it is there.
    pub today: NaiveDate,
    /// Whether there are other accounts to choose.
    pub others: bool,
}

/// A screen of these paragraphs and buttons.
pub fn of(body: Vec<Text>, rows: Vec<Vec<Button>>) -> View {
    let mut view = View::say(Text::new("statement-usage"));
    (view.body, view.rows) = (body, rows);
    view
}

/// What an account is called.
pub fn name_text(name: Option<&str>) -> Text {
    match name {
        Some(name) => Text::new("value-text").with("value", name),
        None => Text::new("statement-own"),
    }
}

/// The days of a period.
pub fn days_text(days: Days) -> Text {
    let last = days.last.to_string();
    match days.first {
        Some(first) => Text::new("statement-days").with("first", first.to_string()),
        None => Text::new("statement-until"),
    }
    .with("last", last)
}

/// A balance: owed, or paid ahead.
pub fn balance_text(account: &Account, minor: i64) -> Text {
    match minor < 0 {
        true => Text::new("statement-ahead").with("amount", account.money(-minor)),
        false => Text::new("statement-owed").with("amount", account.money(minor)),
    }
}

/// An account over a period.
pub fn statement(card: Card, shown: &Shown<'_>) -> View {
    let Shown {
        account, statement, ..
    } = shown;
    let balance = |id, minor| Text::new(id).with("balance", balance_text(account, minor));
    let mut body = vec![
        Text::new("statement-title")
            .with("name", name_text(shown.name))
            .with("days", days_text(shown.period.1)),
        balance("statement-opening", statement.opening),
    ];
    body.extend(statement.sums.iter().map(|sum| sum_text(account, *sum)));
    if statement.sums.is_empty() {
        body.push(Text::new("statement-nothing"));
    }
    body.push(balance("statement-closing", statement.closing()));
    body.push(limit_text(account));
    body.extend(held_text(account));
    if account.blocked {
        body.push(Text::new("credit-blocked"));
    }
    body.extend(due_texts(shown));
    body.push(Text::new("statement-how"));
    of(body, buttons(card, shown))
}

/// The limit, and what is free of it.
fn limit_text(account: &Account) -> Text {
    let left = account.available_minor();
    let free = match left < 0 {
        true => Text::new("credit-over").with("amount", account.money(-left)),
        false => Text::new("credit-free").with("amount", account.money(left)),
    };
    Text::new("statement-limit")
        .with("limit", account.money(account.limit_minor))
        .with("free", free)
}

fn sum_text(account: &Account, sum: Sum) -> Text {
    let (id, minor) = match sum.kind {
        Kind::Opened => ("statement-opened", sum.change),
        Kind::Charged => ("statement-charged", sum.change),
        Kind::Paid => ("statement-paid", -sum.change),
        Kind::Refunded => ("statement-refunded", -sum.change),
        Kind::Adjusted => ("statement-adjusted", sum.change),
    };
    Text::new(id)
        .with("count", sum.count)
        .with("amount", account.money(minor))
}

/// What open orders hold, and what of it waits for approval.
fn held_text(account: &Account) -> Option<Text> {
    let held = account.money(account.held_minor);
    match (account.held_minor, account.waiting_minor) {
        (0, _) => None,
        (_, 0) => Some(Text::new("statement-held").with("amount", held)),
        (_, waiting) => Some(
            Text::new("statement-held-waiting")
                .with("amount", held)
                .with("waiting", account.money(waiting)),
        ),
    }
}

fn due_texts(shown: &Shown<'_>) -> Vec<Text> {
    let account = shown.account;
    let line = |owed: &Owed| {
        let late = (shown.today - owed.due).num_days();
        let text = match late > 0 {
            true => Text::new("statement-overdue").with("days", late),
            false => Text::new("statement-due"),
        };
        text.with("day", owed.due.to_string())
            .with("amount", account.money(owed.rest_minor))
    };
    let mut lines: Vec<Text> = shown.owed.iter().take(MOST_DUE).map(line).collect();
    let more: i64 = shown.owed.iter().skip(MOST_DUE).map(|o| o.rest_minor).sum();
    if more > 0 {
        lines.push(Text::new("statement-due-later").with("amount", account.money(more)));
    }
    if !lines.is_empty() {
        lines.insert(0, Text::new("statement-unpaid"));
    }
    lines
}

fn buttons(card: Card, shown: &Shown<'_>) -> Vec<Vec<Button>> {
    let id = &shown.account.id;
    let open = |span: Span| Route::Statement(StatementAct::Open(id.clone(), span));
    let file = |format| Route::Statement(StatementAct::File(id.clone(), shown.period.0, format));
    let mut rows = vec![
        vec![
            card.plain("button-statement-month", &open(Span::ThisMonth)),
            card.plain("button-statement-last", &open(Span::LastMonth)),
        ],
        vec![
            card.plain("button-statement-quarter", &open(Span::ThreeMonths)),
            card.plain("button-statement-year", &open(Span::Year)),
        ],
        vec![card.plain("button-statement-all", &open(Span::All))],
        vec![
            card.plain("button-statement-csv", &file(Format::Csv)),
            card.plain("button-statement-xlsx", &file(Format::Xlsx)),
        ],
    ];
    let mut last = Vec::new();
    if shown.others {
        let route = Route::Statement(StatementAct::Accounts);
        last.push(card.plain("button-statement-accounts", &route));
    }
    last.extend(basics::home_row(card));
    rows.push(last);
    rows
}

/// The choice of an account: each with its name, none for the reader's own.
pub fn choose(card: Card, accounts: &[(AccountId, Option<String>)]) -> View {
    let mut view = View::say(Text::new("statement-which"));
    for (id, name) in accounts {
        let route = Route::Statement(StatementAct::Open(id.clone(), Span::ThisMonth));
        view = view.row(vec![card.button(name_text(name.as_deref()), &route)]);
    }
    view.row(basics::home_row(card))
}

/// What is said below a file.
pub fn caption(shown: &Shown<'_>, count: i64) -> Text {
    Text::new("statement-caption")
        .with("name", name_text(shown.name))
        .with("days", days_text(shown.period.1))
        .with("count", count)
        .with(
            "balance",
            balance_text(shown.account, shown.statement.closing()),
        )
}

/// The reminder of what is due, or was.
pub fn reminder(account: &Account, company: Option<&str>, told: &[Reminder]) -> Vec<Text> {
    let mut lines = vec![Text::new("due-title").with("name", name_text(company))];
    for reminder in told {
        let text = match reminder.days_left {
            1 => Text::new("due-tomorrow"),
            days if days > 0 => Text::new("due-soon").with("days", days),
            days => Text::new("due-late").with("days", -days),
        };
        let amount = account.money(reminder.owed.rest_minor);
        lines.push(
            text.with("day", Arg::Text(Text::day(reminder.owed.due)))
                .with("amount", amount),
        );
    }
    let sum: i64 = told.iter().map(|reminder| reminder.owed.rest_minor).sum();
    if sum != account.balance_minor {
        lines.push(Text::new("due-all").with("amount", account.money(account.balance_minor)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credit::Terms;
    use crate::kernel::{Currency, CustomerId};

    #[test]
    fn many_due_days_are_shown_as_ten_and_what_is_later() {
        let account = Account {
            id: AccountId::Person(CustomerId(7)),
            currency: Currency::parse("CNY").unwrap(),
            limit_minor: 0,
            may_exceed: true,
            blocked: false,
            terms: Terms::parse("30").unwrap(),
            zone: "Asia/Shanghai".into(),
            balance_minor: 1_200,
            held_minor: 0,
            waiting_minor: 0,
            debts_minor: 1_200,
            due: None,
            seq: 1,
        };
        let today: NaiveDate = "2026-03-06".parse().unwrap();
        let first: NaiveDate = "2026-03-01".parse().unwrap();
        let owed: Vec<Owed> = first
            .iter_days()
            .take(12)
            .map(|due| Owed {
                due,
                rest_minor: 100,
            })
            .collect();
        let shown = Shown {
            name: None,
            account: &account,
            period: (Span::All, Span::All.days(today)),
            statement: &Statement::new(0, []),
            owed: &owed,
            today,
            others: false,
        };
        let ids: Vec<_> = due_texts(&shown).iter().map(|text| text.id).collect();
        let count = |id| ids.iter().filter(|known| **known == id).count();
        assert_eq!(count("statement-overdue"), 5);
        assert_eq!(count("statement-due"), 5);
        assert_eq!(ids.last(), Some(&"statement-due-later"));
        assert_eq!(
            due_texts(&shown).last().unwrap().args[0].1,
            Arg::Money(account.money(200))
        );
    }
}
