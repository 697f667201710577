//! A company for its own people and for the shop's staff: the company, lists of them, its orders,
//! for whom somebody orders, the message that asks to join.

use crate::app::buyer;
use crate::app::route::{CompanyAct, CreditAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::companies::{Company, Role};
use crate::domain::orders::{Order, shown};
use crate::kernel::{AccountId, CompanyId};
use crate::store::companies::{Listed, Membership};

use super::company_people::role;
use super::order::status_text;
use super::{Card, basics};

/// A company as it is shown.
pub struct Shown<'a> {
    /// The company.
    pub company: &'a Company,
    /// How many belong to it.
    pub members: i64,
    /// What the reader is in it.
    pub own: Option<Role>,
    /// Whether the reader makes and stops companies.
    pub staff: bool,
    /// Whether the reader looks after its account.
    pub credit: bool,
    /// Whether the reader orders for it now.
    pub for_it: bool,
}

fn to(act: CompanyAct) -> Route {
    Route::Company(act)
}

/// A button back to a company.
pub fn back(card: Card, id: &CompanyId) -> Vec<Button> {
    vec![card.plain("button-back", &to(CompanyAct::Open(id.clone())))]
}

/// A company, with what the reader may do.
pub fn open(card: Card, shown: &Shown<'_>) -> View {
    let company = shown.company;
    let mut view = View::say(Text::new("company-title").with("name", company.called()));
    if !company.active {
        view = view.and(Text::new("company-is-stopped"));
    }
    view = view.and(
        Text::new("company-counts")
            .with("members", shown.members)
            .with("addresses", company.details.addresses.len() as i64),
    );
    if let Some(own) = shown.own {
        view = view.and(Text::new("company-own-role").with("role", role(own)));
        view = view.and(Text::new(match shown.for_it {
            true => "company-ordered-for",
            false => "company-not-ordered-for",
        }));
    }
    for row in parts(card, shown).chunks(2) {
        view = view.row(row.to_vec());
    }
    let mut last = Vec::new();
    if shown.staff {
        last.push(card.plain("button-companies", &to(CompanyAct::List(0))));
    }
    last.extend(basics::home_row(card));
    view.row(last)
}

fn parts(card: Card, shown: &Shown<'_>) -> Vec<Button> {
    let company = shown.company;
    let id = || company.id.clone();
    let mut parts = vec![
        card.plain("button-company-members", &to(CompanyAct::Members(id(), 0))),
        card.plain("button-company-addresses", &to(CompanyAct::Addresses(id()))),
        card.plain("button-company-fields", &to(CompanyAct::Fields(id()))),
        card.plain("button-company-rules", &to(CompanyAct::Rules(id()))),
    ];
    if shown.own.is_some() {
        parts.push(card.plain("button-company-orders", &to(CompanyAct::Orders(id(), 0))));
        parts.push(card.plain("button-company-for", &to(CompanyAct::For)));
    }
    if shown.own == Some(Role::Admin) {
        parts.push(card.plain("button-company-link", &to(CompanyAct::LinkAsk(id()))));
    }
    if shown.own.is_some() {
        parts.push(card.plain("button-company-leave", &to(CompanyAct::LeaveAsk(id()))));
    }
    if shown.staff {
        let (label, active) = match company.active {
            true => ("button-company-stop", false),
            false => ("button-company-start", true),
        };
        parts.push(card.plain("button-company-first", &to(CompanyAct::AdminLink(id()))));
        parts.push(card.plain(label, &to(CompanyAct::StateAsk(id(), active))));
    }
    if shown.credit {
        let account = CreditAct::Open(AccountId::Company(id()));
        parts.push(card.plain("button-company-account", &Route::Credit(account)));
    }
    parts
}

/// The companies of one person.
pub fn own(card: Card, places: &[Membership]) -> View {
    let mut view = View::say(Text::new("company-own-title"));
    for place in places {
        let label = Text::new("company-button")
            .with("name", buyer::name(place))
            .with("role", role(place.role));
        let route = to(CompanyAct::Open(place.company.clone()));
        view = view.row(vec![card.button(label, &route)]);
    }
    view.row(vec![card.plain("button-company-for", &to(CompanyAct::For))])
        .row(basics::home_row(card))
}

/// A page of all companies, for the shop's staff.
pub fn list(card: Card, found: &[Listed], (page, more): (usize, bool)) -> View {
    let mut view = View::say(Text::new(match (found.is_empty(), page) {
        (true, 0) => "companies-none",
        _ => "companies-title",
    }));
    for listed in found {
        let id = match listed.company.active {
            true => "companies-button",
            false => "companies-button-stopped",
        };
        let label = Text::new(id)
            .with("name", listed.company.called())
            .with("members", listed.members);
        let route = to(CompanyAct::Open(listed.company.id.clone()));
        view = view.row(vec![card.button(label, &route)]);
    }
    let turns = turns(card, (page, more), |page| to(CompanyAct::List(page)));
    view.row(turns).row(basics::home_row(card))
}

/// Buttons to the pages before and after.
pub fn turns(card: Card, (page, more): (usize, bool), to: impl Fn(usize) -> Route) -> Vec<Button> {
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(card.plain("button-page-previous", &to(page - 1)));
    }
    if more {
        turns.push(card.plain("button-page-next", &to(page + 1)));
    }
    turns
}

/// A question with its consequence: yes carries `act` out.
pub fn ask(card: Card, text: Text, (act, back): (CompanyAct, CompanyAct)) -> View {
    View::say(text).row(vec![
        card.plain("button-company-yes", &to(act)),
        card.plain("button-back", &to(back)),
    ])
}

/// For whom to order: each company of the person's that is not stopped, or themselves.
pub fn for_whom(
    card: Card,
    places: &[Membership],
    (now, back): (Option<&CompanyId>, &Route),
) -> View {
    let mut view = View::say(Text::new("company-for-ask"));
    let marked = |is_now: bool| if is_now { "button-known" } else { "value-text" };
    for place in places.iter().filter(|place| place.active) {
        let label = Text::new(marked(now == Some(&place.company)));
        let label = label.with("value", buyer::name(place));
        let route = to(CompanyAct::Choose(Some(place.company.clone())));
        view = view.row(vec![card.button(label, &route)]);
    }
    let label = Text::new(marked(now.is_none())).with("value", Text::new("company-for-myself"));
    view.row(vec![card.button(label, &to(CompanyAct::Choose(None)))])
        .row(vec![card.plain("button-back", back)])
}

/// A page of a company's orders, newest first; with the names of who ordered where all are shown.
pub fn orders(
    card: Card,
    (id, all): (&CompanyId, bool),
    (lines, page, more): (&[(&Order, String)], usize, bool),
) -> View {
    let mut view = View::say(Text::new(match (lines.is_empty(), all) {
        (true, _) => "company-orders-none",
        (false, true) => "company-orders-all",
        (false, false) => "company-orders-own",
    }));
    for (order, name) in lines {
        let label = Text::new(match all && !name.is_empty() {
            true => "button-company-order",
            false => "button-company-order-own",
        });
        let label = label
            .with("number", Arg::Words(order.number.to_string()))
            .with("time", order.placed_at)
            .with("who", name.as_str())
            .with("total", order.receipt.total)
            .with("status", status_text(shown(order).status));
        view = view.row(vec![card.button(label, &to(CompanyAct::Order(order.id)))]);
    }
    let turns = turns(card, (page, more), |page| {
        to(CompanyAct::Orders(id.clone(), page))
    });
    view.row(turns).row(back(card, id))
}

/// An order's card without its buttons, and who ordered.
pub fn order(card: Card, mut view: View, (id, name): (&CompanyId, &str)) -> View {
    view.rows.clear();
    view.and(Text::new("company-ordered-by").with("who", name))
        .row(vec![card.plain(
            "button-back",
            &to(CompanyAct::Orders(id.clone(), 0)),
        )])
}

/// Which company a link leads into, and one tap to join.
pub fn offer(name: &str, (as_what, first): (Role, bool), token: &str) -> View {
    let (text, label) = match first {
        true => ("company-offer-first", "button-company-join"),
        false => ("company-offer", "button-company-ask"),
    };
    let text = Text::new(text)
        .with("name", name)
        .with("role", role(as_what));
    let data = to(CompanyAct::Join(token.to_owned())).data(0);
    View::say(text).row(vec![Button::data(Text::new(label), data)])
}
