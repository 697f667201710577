//! An order written as a list: how to write one, and what each line came to.

use crate::app::route::{QuickAct, Route};
use crate::chat::{Button, Text, View};
use crate::domain::catalogue::{Catalogue, Item};
use crate::domain::quick::{
    AmountFault, Candidate, Entry, Less, List, MAX_ROWS, State, Verdict, Wanted,
};
use crate::kernel::Quantity;

use super::{Card, lines};

/// Lines on a page: each may have four buttons, and Telegram takes a hundred.
pub const PAGE: usize = 10;

/// What a list is shown with.
pub struct Shown<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// The list.
    pub list: &'a List,
    /// What can be had of each line; none for one that is not taken.
    pub verdicts: &'a [Option<Verdict>],
}

/// How a list is written.
pub fn start(card: Card, has_list: bool) -> View {
    let view = View::say(Text::new("quick-start").with("max", MAX_ROWS as i64));
    below(card, view, has_list)
}

/// What is wrong with a file.
pub fn refused(card: Card, why: Text, has_list: bool) -> View {
    below(card, View::say(why).and(Text::new("quick-hint")), has_list)
}

fn below(card: Card, mut view: View, has_list: bool) -> View {
    if has_list {
        let list = Route::Quick(QuickAct::Page(0));
        view = view.row(vec![card.plain("button-quick-list", &list)]);
    }
    view.row(vec![
        card.plain("button-quick-sample", &Route::Quick(QuickAct::Sample)),
    ])
    .row(vec![
        card.plain("button-menu", &Route::Menu),
        card.plain("button-home", &Route::Home),
    ])
}

/// One page of a list.
pub fn page(card: Card, shown: &Shown<'_>, page: usize) -> View {
    let list = shown.list;
    let pages = list.entries.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let put = shown.verdicts.iter().flatten();
    let put = put.filter(|verdict| verdict.quantity().is_some()).count();
    let mut view = View::say(
        Text::new("quick-title")
            .with("count", list.entries.len() as i64)
            .with("put", put as i64),
    );
    if list.more > 0 {
        let more = Text::new("quick-more")
            .with("max", MAX_ROWS as i64)
            .with("count", list.more as i64);
        view = view.and(more);
    }
    let open = list.open();
    if open > 0 {
        view = view.and(Text::new("quick-open").with("count", open as i64));
    }
    let part = || {
        let all = list.entries.iter().zip(shown.verdicts).enumerate();
        all.skip(page * PAGE).take(PAGE)
    };
    for (at, (entry, verdict)) in part() {
        let result = result(shown, entry, *verdict);
        view = view.and(
            Text::new("quick-line")
                .with("at", at as i64 + 1)
                .with("result", result),
        );
    }
    for (at, (entry, _)) in part() {
        for row in choices(card, shown.catalogue, at, entry) {
            view = view.row(row);
        }
    }
    if pages > 1 {
        view = view.and(
            Text::new("menu-page")
                .with("page", page as i64 + 1)
                .with("pages", pages as i64),
        );
        view = view.row(turns(card, page, pages));
    }
    if put > 0 {
        let label = Text::new("button-quick-put").with("count", put as i64);
        view = view.row(vec![card.button(label, &Route::Quick(QuickAct::Put))]);
    }
    view.row(vec![
        card.plain("button-quick-drop", &Route::Quick(QuickAct::Drop)),
    ])
}

fn turns(card: Card, page: usize, pages: usize) -> Vec<Button> {
    let to = |page| Route::Quick(QuickAct::Page(page));
    let mut row = Vec::new();
    if page > 0 {
        row.push(card.plain("button-page-previous", &to(page - 1)));
    }
    if page + 1 < pages {
        row.push(card.plain("button-page-next", &to(page + 1)));
    }
    row
}

/// What can be done about a line.
fn choices(card: Card, catalogue: &Catalogue, at: usize, entry: &Entry) -> Vec<Vec<Button>> {
    let skip = || {
        card.button(
            numbered("button-quick-skip", at),
            &Route::Quick(QuickAct::Skip(at)),
        )
    };
    match &entry.state {
        State::Several(all, _) | State::Unknown(all, _) => {
            let mut rows: Vec<Vec<Button>> = all
                .iter()
                .enumerate()
                .map(|(place, candidate)| {
                    let label = numbered("button-quick-pick", at)
                        .with("name", candidate_name(catalogue, candidate));
                    vec![card.button(label, &Route::Quick(QuickAct::Pick(at, place)))]
                })
                .collect();
            if !rows.is_empty() {
                rows.push(vec![skip()]);
            }
            rows
        }
        State::Open { what, .. } => {
            let label =
                numbered("button-quick-options", at).with("name", candidate_name(catalogue, what));
            vec![
                vec![card.button(label, &Route::Quick(QuickAct::Options(at)))],
                vec![skip()],
            ]
        }
        State::Taken(_) | State::Added(_) | State::Wrong(..) | State::Skipped => Vec::new(),
    }
}

fn numbered(id: &'static str, at: usize) -> Text {
    Text::new(id).with("at", at as i64 + 1)
}

fn candidate_name(catalogue: &Catalogue, candidate: &Candidate) -> Text {
    match catalogue.item(&candidate.item) {
        Some(item) => {
            let variant = candidate.variant.as_ref().and_then(|id| item.variant(id));
            lines::name(&item.name, variant.map(|variant| &variant.name))
        }
        None => Text::new("value-text").with("value", candidate.item.as_str()),
    }
}

/// What a line came to.
fn result(shown: &Shown<'_>, entry: &Entry, verdict: Option<Verdict>) -> Text {
    let catalogue = shown.catalogue;
    let typed = entry.text.as_str();
    match &entry.state {
        State::Taken(wanted) => taken(catalogue, wanted, verdict.unwrap_or(Verdict::Gone)),
        State::Added(place) => Text::new("quick-added")
            .with("text", typed)
            .with("place", *place as i64 + 1),
        State::Several(..) => Text::new("quick-several").with("text", typed),
        State::Unknown(all, _) if all.is_empty() => Text::new("quick-unknown").with("text", typed),
        State::Unknown(..) => Text::new("quick-close").with("text", typed),
        State::Open { what, .. } => {
            Text::new("quick-options").with("name", candidate_name(catalogue, what))
        }
        State::Wrong(what, fault) => Text::new("quick-wrong")
            .with("name", candidate_name(catalogue, what))
            .with("text", typed)
            .with("why", fault_text(catalogue.item(&what.item), *fault)),
        State::Skipped => Text::new("quick-skipped").with("text", typed),
    }
}

fn taken(catalogue: &Catalogue, wanted: &Wanted, verdict: Verdict) -> Text {
    let item = catalogue.item(&wanted.item);
    let what = |quantity| {
        let (grams, count) = lines::amount_of(item, quantity);
        let candidate = Candidate {
            item: wanted.item.clone(),
            variant: wanted.variant.clone(),
        };
        let id = if grams {
            "button-line-grams"
        } else {
            "button-line"
        };
        Text::new(id)
            .with("count", count)
            .with("name", candidate_name(catalogue, &candidate))
    };
    match verdict {
        Verdict::All(quantity) => Text::new("quick-taken").with("what", what(quantity)),
        Verdict::Less(quantity, Less::Left) => Text::new("quick-left")
            .with("what", what(quantity))
            .with("wanted", lines::measured(item, wanted.quantity)),
        Verdict::Less(quantity, Less::Most) => Text::new("quick-most")
            .with("what", what(quantity))
            .with("wanted", lines::measured(item, wanted.quantity)),
        Verdict::SoldOut => Text::new("quick-sold-out").with("what", what(wanted.quantity)),
        Verdict::Full(max) => Text::new("quick-full")
            .with("what", what(wanted.quantity))
            .with("max", lines::measured(item, max)),
        Verdict::Gone => Text::new("quick-unknown").with("text", wanted.item.as_str()),
    }
}

fn fault_text(item: Option<&Item>, fault: AmountFault) -> Text {
    let measured = |quantity| lines::measured(item, quantity);
    match fault {
        AmountFault::Unreadable => Text::new("quick-fault-unreadable"),
        AmountFault::NotPositive => Text::new("quick-fault-zero"),
        AmountFault::Fraction => Text::new("quick-fault-fraction"),
        AmountFault::ByPiece => Text::new("quick-fault-by-piece"),
        AmountFault::ByWeight => Text::new("quick-fault-by-weight"),
        AmountFault::Step { min, step } => Text::new("quick-fault-step")
            .with("min", measured(min))
            .with("step", measured(step)),
        AmountFault::TooMuch { max } => {
            Text::new("quick-fault-too-much").with("max", measured(max))
        }
    }
}

/// So many of the least that is sold of an item, as the sample shows it.
pub fn least(item: &Item, times: i64) -> (bool, i64) {
    let quantity = Quantity(item.unit.min().0.saturating_mul(times));
    lines::amount(item.unit, quantity)
}
