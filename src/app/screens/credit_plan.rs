//! A change of an account: asked for, shown before it is confirmed, proposed to a second person.

use crate::app::route::{CreditAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::credit::{Account, Kind, Plan, What, Worth};
use crate::kernel::{AccountId, Currency, Money};
use crate::store::credit::{Change, Settled};

use super::Card;
use super::basics::{clipped, home_row};
use super::credit::{owes, standing, terms, yes};

fn to(act: CreditAct) -> Route {
    Route::Credit(act)
}

fn back(card: Card, id: &AccountId) -> Button {
    card.plain("button-credit-back", &to(CreditAct::Open(id.clone())))
}

/// Asks for what is to be changed.
pub fn ask(card: Card, (id, name): (&AccountId, &str), kind: Kind) -> View {
    let text = Text::new("credit-ask")
        .with("what", kind.code())
        .with("name", name);
    View::say(text).row(vec![back(card, id)])
}

/// A change as it would be carried out.
pub struct Previewed<'a> {
    /// The id under which it will be known.
    pub id: i64,
    /// The account as it is.
    pub account: &'a Account,
    /// What its holder is called.
    pub name: &'a str,
    /// The change.
    pub plan: &'a Plan,
    /// How many others hold the right.
    pub others: i64,
    /// The shop's currency.
    pub own_currency: Currency,
}

/// Shows it before it is confirmed.
pub fn preview(card: Card, shown: &Previewed<'_>) -> View {
    let (plan, id) = (shown.plan, &shown.account.id);
    let mut view = View::say(sentence(plan, shown.name));
    view.body.extend(why(plan));
    view.body.extend(warnings(shown));
    let kind = plan.what.kind();
    if plan.why.is_empty() && matches!(kind, Kind::Exceed | Kind::Block) {
        view = view.and(Text::new("credit-why-ask"));
    }
    view = view.and(match shown.others {
        0 => Text::new("credit-alone"),
        others => Text::new("credit-others").with("count", others),
    });
    let label = match shown.others {
        0 => "button-credit-do",
        _ => "button-credit-propose",
    };
    view = view.row(vec![card.plain(label, &to(CreditAct::Go(shown.id)))]);
    let mut row = Vec::new();
    if !matches!(kind, Kind::Exceed | Kind::Block) {
        let again = to(CreditAct::Ask(id.clone(), kind));
        row.push(card.plain("button-credit-again", &again));
    }
    row.push(back(card, id));
    view.row(row)
}

fn why(plan: &Plan) -> Option<Text> {
    let words = Some(plan.why.as_str()).filter(|why| !why.is_empty())?;
    Some(Text::new("credit-why").with("words", words))
}

/// What somebody should know before they confirm.
fn warnings(shown: &Previewed<'_>) -> Vec<Text> {
    let (account, what) = (shown.account, &shown.plan.what);
    let after = what.applied(account);
    let mut lines = Vec::new();
    let over = after.used_minor() - after.limit_minor;
    if matches!(what, What::Limit(_)) && over > 0 && !after.may_exceed {
        lines.push(Text::new("credit-warn-below").with("amount", account.money(over)));
    }
    let is_ahead = after.balance_minor < 0 && after.balance_minor < account.balance_minor;
    if is_ahead {
        let ahead = account.money(-after.balance_minor);
        lines.push(Text::new("credit-warn-ahead").with("amount", ahead));
    }
    if account.currency != shown.own_currency {
        lines.push(Text::new("credit-warn-currency").with("currency", account.currency.code()));
    }
    lines
}

/// What was carried out, and how the account stands now.
pub fn done(card: Card, after: &Account, plan: &Plan) -> View {
    let text = Text::new("credit-done-what").with("what", super::credit::what(plan.what.kind()));
    let mut view = View::say(text);
    view.body.extend(standing(after));
    let mut row = vec![back(card, &after.id)];
    row.extend(home_row(card));
    view.row(row)
}

/// It was proposed.
pub fn sent(card: Card, text: Text, id: &AccountId) -> View {
    let mut row = vec![back(card, id)];
    row.extend(home_row(card));
    View::say(text).row(row)
}

/// What a change is, in one sentence.
pub fn sentence(plan: &Plan, name: &str) -> Text {
    let money = |minor: i64| Money::new(minor, plan.currency);
    let kind = plan.what.kind();
    let text = Text::new("credit-plan")
        .with("what", kind.code())
        .with("name", clipped(name))
        .with("before", worth(kind, &plan.before))
        .with("after", worth(kind, &plan.after));
    match &plan.what {
        What::Repay(minor, reference) => text
            .with("amount", money(*minor))
            .with("reference", reference.as_str()),
        What::Adjust(minor) => text
            .with("amount", money(minor.saturating_abs()))
            .with("more", yes(*minor > 0)),
        What::Refund(_, number, minor) => text
            .with("amount", money(*minor))
            .with("number", Arg::Words(number.to_string())),
        What::Exceed(on) | What::Block(on) => text.with("on", yes(*on)),
        What::Open(_) | What::Limit(_) | What::Terms(_) | What::Zone(_) => text,
    }
}

/// What a change is about, of a code that was kept; the code itself if it can't be read.
pub fn worth(kind: Kind, code: &str) -> Text {
    let is_balance = matches!(kind, Kind::Repay | Kind::Adjust | Kind::Refund);
    match Worth::parse(code) {
        Some(Worth::Money(minor, currency)) if is_balance => owes(minor, currency),
        Some(Worth::Money(minor, currency)) => {
            Text::new("value-text").with("value", Money::new(minor, currency))
        }
        Some(Worth::Terms(of)) => terms(of),
        Some(Worth::Zone(name)) => Text::new("value-text").with("value", name),
        Some(Worth::Flag(on)) => Text::new("credit-flag").with("on", yes(on)),
        None if code.is_empty() => Text::new("audit-nothing"),
        None => Text::new("value-text").with("value", code),
    }
}

/// A proposed change as it is shown.
pub struct Proposed<'a> {
    /// The change.
    pub change: &'a Change,
    /// What it is.
    pub plan: &'a Plan,
    /// What the account's holder is called.
    pub name: &'a str,
    /// Who proposed it.
    pub by: &'a str,
    /// What became of it, and by whom.
    pub ended: Option<(Settled, &'a str)>,
}

/// Its card, with the buttons of whoever may decide it and of whoever proposed it.
pub fn proposed(shown: &Proposed<'_>, (decides, own): (bool, bool)) -> View {
    let text = Text::new("credit-card")
        .with("plan", sentence(shown.plan, shown.name))
        .with("who", clipped(shown.by))
        .with("time", shown.change.at);
    let mut view = View::say(text);
    view.body.extend(why(shown.plan));
    let id = shown.change.id;
    // These buttons are the same wherever they stand.
    let button = |label, act| Button::data(Text::new(label), to(act).data(0));
    let mut row = Vec::new();
    match shown.ended {
        Some((settled, who)) => return view.and(ended(settled, who)),
        None => {
            if decides {
                row.push(button("button-credit-confirm", CreditAct::Confirm(id)));
            }
            if decides && !own {
                row.push(button("button-credit-reject", CreditAct::Reject(id)));
            }
            if own {
                row.push(button("button-credit-withdraw", CreditAct::Withdraw(id)));
            }
        }
    }
    view.row(row)
}

/// What became of a change.
pub fn ended(settled: Settled, who: &str) -> Text {
    let id = match settled {
        Settled::Done => "credit-ended-done",
        Settled::Rejected => "credit-ended-rejected",
        Settled::Withdrawn => "credit-ended-withdrawn",
    };
    Text::new(id).with("who", clipped(who))
}
