//! Accounts as staff see them: the list, one of them, its ledger.

use crate::app::route::{CreditAct, Route, StatementAct};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::credit::statement::Span;
use crate::domain::credit::{Account, Entry, Kind, Op, Plan, Terms};
use crate::kernel::{AccountId, Currency, CustomerId, Money, OrderId, Timestamp};
use crate::shop::Zone;
use crate::store::credit::{Change, Owed};

use super::basics::{clipped, home_row};
use super::credit_plan::sentence;
use super::{Card, company};

/// Characters of a comment in the ledger.
const COMMENT_SHOWN: usize = 60;

fn to(act: CreditAct) -> Route {
    Route::Credit(act)
}

/// A line of the list.
pub struct Listed {
    /// Whose.
    pub id: AccountId,
    /// What they are called.
    pub name: String,
    /// The account; none: it is about to be opened.
    pub account: Option<Account>,
    /// For how many days something is overdue.
    pub overdue_days: i64,
    /// Changes that wait for a second person.
    pub changes: i64,
}

/// A page of all accounts.
pub fn list(card: Card, listed: &[Listed], (page, more): (usize, bool)) -> View {
    let mut view = View::say(Text::new(match listed.is_empty() {
        true => "credit-list-none",
        false => "credit-list",
    }));
    for one in listed {
        let route = to(CreditAct::Open(one.id.clone()));
        view = view.row(vec![card.button(line(one), &route)]);
    }
    let turns = company::turns(card, (page, more), |page| to(CreditAct::List(page)));
    view.row(turns).row(home_row(card))
}

fn line(one: &Listed) -> Text {
    let name = clipped(&one.name);
    let text = match &one.account {
        None => Text::new("credit-button-none"),
        Some(account) => Text::new("credit-button")
            .with("blocked", yes(account.blocked))
            .with("overdue", yes(one.overdue_days > 0))
            .with("used", used_of(account))
            .with("limit", account.money(account.limit_minor)),
    };
    text.with("name", name).with("changes", one.changes)
}

fn used_of(account: &Account) -> Text {
    match account.used_minor() {
        used if used < 0 => owes(used, account.currency),
        used => Text::new("value-text").with("value", account.money(used)),
    }
}

/// A word that texts choose by.
pub fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Somebody whose account may be meant.
pub struct Found {
    /// Whose it is, or would be.
    pub id: AccountId,
    /// What they are called.
    pub name: String,
}

/// Whose account some words may mean.
pub fn found(card: Card, words: &str, found: &[Found]) -> View {
    let title = match found {
        [] => "credit-nobody",
        _ => "credit-found",
    };
    let mut view = View::say(Text::new(title).with("words", words));
    for one in found {
        let label = Text::new("button-credit-found")
            .with("company", yes(matches!(one.id, AccountId::Company(_))))
            .with("name", clipped(&one.name));
        let route = to(CreditAct::Open(one.id.clone()));
        view = view.row(vec![card.button(label, &route)]);
    }
    view.row(last_row(card))
}

fn last_row(card: Card) -> Vec<Button> {
    let mut row = vec![card.plain("button-credit-all", &to(CreditAct::List(0)))];
    row.extend(home_row(card));
    row
}

/// An account as it is shown.
pub struct Shown<'a> {
    /// The account.
    pub account: &'a Account,
    /// What its holder is called.
    pub name: &'a str,
    /// Where its days begin.
    pub zone: Zone,
    /// For how many days the oldest debt is overdue.
    pub overdue_days: i64,
    /// What is not paid, oldest first.
    pub debts: &'a [Owed],
    /// Changes that wait for a second person.
    pub changes: &'a [(Change, Plan)],
    /// Names of people.
    pub names: &'a [(CustomerId, String)],
}

/// Somebody without an account.
pub fn none(
    card: Card,
    (id, name): (&AccountId, &str),
    changes: &[(Change, Plan)],
    names: &[(CustomerId, String)],
) -> View {
    let mut view = View::say(Text::new("credit-none").with("name", name));
    view.body.extend(waiting(changes, names, name));
    let open = to(CreditAct::Ask(id.clone(), Kind::Open));
    view = view.row(vec![card.plain("button-credit-open", &open)]);
    with_changes(card, view, changes).row(last_row(card))
}

/// One account.
pub fn account(card: Card, shown: &Shown<'_>) -> View {
    let account = shown.account;
    let mut view = View::say(title(account, shown.name));
    view.body.extend(standing(account));
    view = view.and(
        Text::new("credit-terms-line")
            .with("terms", terms(account.terms))
            .with("zone", account.zone.as_str())
            .with("currency", account.currency.code())
            .with("exceed", yes(account.may_exceed)),
    );
    view.body.extend(debts(shown));
    view.body
        .extend(waiting(shown.changes, shown.names, shown.name));
    for row in buttons(card, account) {
        view = view.row(row);
    }
    with_changes(card, view, shown.changes).row(last_row(card))
}

fn title(account: &Account, name: &str) -> Text {
    Text::new("credit-title")
        .with("name", name)
        .with("id", account.id.code())
        .with("blocked", yes(account.blocked))
}

/// Limit, what is used of it, and what is left.
pub fn standing(account: &Account) -> Vec<Text> {
    let left = account.available_minor();
    let free = match left < 0 {
        true => Text::new("credit-over").with("amount", account.money(-left)),
        false => Text::new("credit-free").with("amount", account.money(left)),
    };
    let mut lines = vec![
        Text::new("credit-limit-line")
            .with("limit", account.money(account.limit_minor))
            .with("free", Arg::Text(free)),
        used(account)
            .with("owes", owes(account.balance_minor, account.currency))
            .with("held", account.money(account.held_minor)),
    ];
    if account.waiting_minor > 0 {
        let waiting = account.money(account.waiting_minor);
        lines.push(Text::new("credit-waiting").with("amount", waiting));
    }
    lines
}

fn used(account: &Account) -> Text {
    match account.balance_minor < 0 {
        true => Text::new("credit-ahead-line"),
        false => {
            let used = account.money(account.used_minor());
            Text::new("credit-used-line").with("used", used)
        }
    }
}

/// What is owed, or paid ahead.
pub fn owes(balance_minor: i64, currency: Currency) -> Text {
    let id = match balance_minor < 0 {
        true => "credit-ahead",
        false => "credit-owed",
    };
    let amount = Money::new(balance_minor.saturating_abs(), currency);
    Text::new(id).with("amount", amount)
}

/// Payment terms in words.
pub fn terms(terms: Terms) -> Text {
    Text::new("credit-terms")
        .with("eom", yes(terms.end_of_month))
        .with("days", i64::from(terms.days))
}

fn debts(shown: &Shown<'_>) -> Vec<Text> {
    // The moment is the end of the last day on which it was paid in time.
    let day = |due: Timestamp| Text::day(shown.zone.date(due.plus(-1)));
    let mut lines = Vec::new();
    if let Some(due) = shown.account.due {
        lines.push(
            Text::new("credit-oldest")
                .with("day", day(due))
                .with("days", shown.overdue_days),
        );
    }
    for debt in shown.debts {
        let text = match debt.number {
            Some(number) => Text::new("credit-debt").with("number", Arg::Words(number.to_string())),
            None => Text::new("credit-debt-other").with("op", debt.op.code()),
        };
        let amount = shown.account.money(debt.rest_minor);
        lines.push(text.with("amount", amount).with("day", day(debt.due)));
    }
    lines
}

fn number_of(numbers: &[(OrderId, i64)], order: Option<OrderId>) -> Option<Arg> {
    let (_, number) = numbers.iter().find(|(id, _)| Some(*id) == order)?;
    Some(Arg::Words(number.to_string()))
}

fn name_of(names: &[(CustomerId, String)], who: CustomerId) -> String {
    let known = names.iter().find(|(id, _)| *id == who);
    let known = known.map(|(_, name)| clipped(name));
    known
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| who.to_string())
}

fn waiting(changes: &[(Change, Plan)], names: &[(CustomerId, String)], name: &str) -> Vec<Text> {
    let line = |(change, plan): &(Change, Plan)| {
        Text::new("credit-change-line")
            .with("who", name_of(names, change.by))
            .with("time", change.at)
            .with("plan", sentence(plan, name))
    };
    changes.iter().map(line).collect()
}

fn with_changes(card: Card, mut view: View, changes: &[(Change, Plan)]) -> View {
    for (change, plan) in changes {
        let label = Text::new("button-credit-change").with("what", what(plan.what.kind()));
        let route = to(CreditAct::Change(change.id));
        view = view.row(vec![card.button(label, &route)]);
    }
    view
}

/// What a kind of change is called.
pub fn what(kind: Kind) -> Text {
    Text::new("credit-what").with("what", kind.code())
}

fn buttons(card: Card, account: &Account) -> Vec<Vec<Button>> {
    let id = || account.id.clone();
    let ask = |label: &'static str, kind| {
        let label = Text::new(label)
            .with("exceed", yes(account.may_exceed))
            .with("blocked", yes(account.blocked));
        card.button(label, &to(CreditAct::Ask(id(), kind)))
    };
    let statement = StatementAct::Open(id(), Span::ThisMonth);
    let statement = Route::Statement(statement);
    vec![
        vec![
            ask("button-credit-repay", Kind::Repay),
            ask("button-credit-adjust", Kind::Adjust),
        ],
        vec![
            ask("button-credit-refund", Kind::Refund),
            card.plain("button-credit-entries", &to(CreditAct::Entries(id(), 0))),
        ],
        vec![
            ask("button-credit-limit", Kind::Limit),
            ask("button-credit-terms", Kind::Terms),
        ],
        vec![
            ask("button-credit-exceed", Kind::Exceed),
            ask("button-credit-block", Kind::Block),
        ],
        vec![
            ask("button-credit-zone", Kind::Zone),
            card.plain("button-statement", &statement),
        ],
    ]
}

/// What a ledger is shown with.
pub struct Ledger<'a> {
    /// The account.
    pub account: &'a Account,
    /// What its holder is called.
    pub name: &'a str,
    /// Numbers of orders.
    pub numbers: &'a [(OrderId, i64)],
    /// Names of people.
    pub names: &'a [(CustomerId, String)],
}

/// A page of the ledger.
pub fn entries(
    card: Card,
    known: &Ledger<'_>,
    entries: &[Entry],
    (page, more): (usize, bool),
) -> View {
    let mut view = View::say(Text::new("credit-entries").with("name", known.name));
    for entry in entries {
        view = view.and(known.line(entry));
    }
    let id = || known.account.id.clone();
    let turns = company::turns(card, (page, more), |page| {
        to(CreditAct::Entries(id(), page))
    });
    view.row(turns)
        .row(vec![card.plain("button-back", &to(CreditAct::Open(id())))])
}

impl Ledger<'_> {
    /// "2 Mar, 12:00 repaid -¥50.00 · owed ¥0.00 · free ¥500.00 · Boss · TX-1".
    fn line(&self, entry: &Entry) -> Text {
        let account = self.account;
        let id = match (entry.op, entry.amount_minor) {
            (Op::Updated, 0) => "credit-entry-set",
            _ => "credit-entry",
        };
        let mut line = Text::new(id)
            .with("time", entry.at)
            .with("op", entry.op.code())
            .with("amount", account.money(entry.amount_minor))
            .with("owes", owes(entry.balance_after, account.currency))
            .with("free", account.money(entry.available_after()));
        let words = |words: &str| Text::new("value-text").with("value", words);
        let mut parts = Vec::new();
        if let Some(who) = entry.actor {
            parts.push(words(&name_of(self.names, who)));
        }
        if let Some(number) = number_of(self.numbers, entry.order) {
            parts.push(Text::new("audit-order-number").with("number", number));
        }
        if let Some(reference) = &entry.reference {
            parts.push(words(reference));
        }
        if !entry.comment.is_empty() {
            let shown: String = entry.comment.chars().take(COMMENT_SHOWN).collect();
            parts.push(words(&shown));
        }
        for part in parts {
            line = Text::new("look-and").with("line", line).with("part", part);
        }
        line
    }
}
