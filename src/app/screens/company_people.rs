//! The members of a company, and who asks to join.

use crate::app::operations::company::Hand;
use crate::app::route::{CompanyAct, Route};
use crate::chat::{Button, Text, View};
use crate::domain::companies::Role;
use crate::domain::credit::Budget;
use crate::kernel::{CompanyId, Currency, CustomerId, Money};
use crate::store::companies::{Asking, Colleague};

use super::Card;
use super::basics::clipped;
use super::company::{back, turns};

/// Members on one page.
const PAGE: usize = 10;

fn to(act: CompanyAct) -> Route {
    Route::Company(act)
}

/// The word for a role in a company.
pub fn role(role: Role) -> Text {
    Text::new(match role {
        Role::Buyer => "company-role-buyer",
        Role::Approver => "company-role-approver",
        Role::Admin => "company-role-admin",
    })
}

/// A page of the members; for an admin, who waits to be let in.
pub fn members(card: Card, hand: &Hand, (waiting, page): (&[Asking], usize)) -> View {
    let id = &hand.company.id;
    let last = hand.people.len().saturating_sub(1) / PAGE;
    let page = page.min(last);
    let title = match hand.people.is_empty() {
        true => "company-members-none",
        false => "company-members",
    };
    let mut view = View::say(Text::new(title).with("name", hand.name()));
    for person in hand.people.iter().skip(page * PAGE).take(PAGE) {
        let label = Text::new("company-button")
            .with("name", clipped(&person.name))
            .with("role", role(person.member.role));
        let route = to(CompanyAct::Member(id.clone(), person.member.user));
        view = view.row(vec![card.button(label, &route)]);
    }
    for asking in waiting {
        view = view.and(
            Text::new("company-waiting")
                .with("who", clipped(&asking.name))
                .with("role", role(asking.role)),
        );
        view = view.row(decisions(id, asking.user, &asking.name));
    }
    let more = page < last;
    let turns = turns(card, (page, more), |page| {
        to(CompanyAct::Members(id.clone(), page))
    });
    view.row(turns).row(back(card, id))
}

/// Lets somebody in, or not; these buttons are the same wherever they stand.
fn decisions(id: &CompanyId, user: CustomerId, name: &str) -> Vec<Button> {
    let button = |label: &'static str, act| {
        Button::data(Text::new(label).with("who", clipped(name)), to(act).data(0))
    };
    vec![
        button("button-company-let-in", CompanyAct::LetIn(id.clone(), user)),
        button(
            "button-company-refuse",
            CompanyAct::Refuse(id.clone(), user),
        ),
    ]
}

/// The message to an admin: somebody asks to join.
pub fn asks(id: &CompanyId, (who, user, as_what): (&str, CustomerId, Role), name: &str) -> View {
    let text = Text::new("company-asks")
        .with("who", clipped(who))
        .with("role", role(as_what))
        .with("name", name);
    View::say(text).row(decisions(id, user, who))
}

/// One member, with what an admin may change. `on_account`: the currency, where people can order on
/// account.
pub fn member(
    card: Card,
    hand: &Hand,
    (person, let_in_by, limit): (&Colleague, Option<&Colleague>, Option<Money>),
    on_account: Option<Currency>,
) -> View {
    let member = &person.member;
    let mut view = View::say(
        Text::new("company-member")
            .with("who", clipped(&person.name))
            .with("role", role(member.role))
            .with("time", member.since),
    );
    if let Some(by) = let_in_by {
        view = view.and(Text::new("company-member-by").with("who", clipped(&by.name)));
    }
    if let Some(time) = member.ordered {
        view = view.and(Text::new("company-member-ordered").with("time", time));
    }
    if let Some(limit) = limit {
        view = view.and(Text::new("company-member-limit").with("amount", limit));
    }
    if let (Some(currency), Some(budget)) = (on_account, person.budget) {
        let budget = self::budget(budget, currency);
        view = view.and(Text::new("company-member-budget").with("budget", budget));
    }
    let mut buttons = match hand.is_admin() {
        true => changes(card, hand, person),
        false => Vec::new(),
    };
    if on_account.is_some() && (hand.is_admin() || hand.staff) {
        let ask = CompanyAct::BudgetAsk(hand.company.id.clone(), member.user);
        buttons.push(card.plain("button-company-budget", &to(ask)));
    }
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    let list = to(CompanyAct::Members(hand.company.id.clone(), 0));
    view.row(vec![card.plain("button-back", &list)])
}

/// A budget in words.
pub fn budget(budget: Budget, currency: Currency) -> Text {
    Text::new("budget")
        .with("amount", Money::new(budget.limit_minor, currency))
        .with("period", budget.period.code())
}

/// Asks what a member may order for on account.
pub fn ask_budget(card: Card, hand: &Hand, person: &Colleague) -> View {
    let (id, user) = (hand.company.id.clone(), person.member.user);
    let mut view = View::say(Text::new("company-budget-ask").with("who", clipped(&person.name)));
    if person.budget.is_some() {
        let none = to(CompanyAct::BudgetNone(id.clone(), user));
        view = view.row(vec![card.plain("button-company-budget-none", &none)]);
    }
    view.row(vec![
        card.plain("button-back", &to(CompanyAct::Member(id, user))),
    ])
}

fn changes(card: Card, hand: &Hand, person: &Colleague) -> Vec<Button> {
    let (user, now) = (person.member.user, person.member.role);
    let id = || hand.company.id.clone();
    let mut buttons: Vec<Button> = Role::ALL
        .into_iter()
        .filter(|other| *other != now)
        .map(|other| {
            let label = Text::new("button-company-role").with("role", role(other));
            card.button(label, &to(CompanyAct::RoleAsk(id(), user, other)))
        })
        .collect();
    if now == Role::Approver {
        let ask = to(CompanyAct::LimitAsk(id(), user));
        buttons.push(card.plain("button-company-limit", &ask));
    }
    let remove = to(CompanyAct::RemoveAsk(id(), user));
    buttons.push(card.plain("button-company-remove", &remove));
    buttons
}

/// Asks for the most that an approver may approve.
pub fn ask_limit(card: Card, hand: &Hand, person: &Colleague) -> View {
    let (id, user) = (hand.company.id.clone(), person.member.user);
    let mut view = View::say(Text::new("company-limit-ask").with("who", clipped(&person.name)));
    if person.member.limit_minor.is_some() {
        let none = to(CompanyAct::LimitNone(id.clone(), user));
        view = view.row(vec![card.plain("button-company-limit-none", &none)]);
    }
    view.row(vec![
        card.plain("button-back", &to(CompanyAct::Member(id, user))),
    ])
}

/// Asks for which role a link shall be.
pub fn ask_link(card: Card, id: &CompanyId) -> View {
    let mut view = View::say(Text::new("company-link-ask"));
    for each in Role::ALL {
        let label = Text::new("value-text").with("value", role(each));
        let route = to(CompanyAct::Link(id.clone(), each));
        view = view.row(vec![card.button(label, &route)]);
    }
    view.row(back(card, id))
}
