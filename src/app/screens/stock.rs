//! The stock as staff see it: the list, an item's card, until when, single choices.

use std::collections::BTreeMap;

use crate::app::route::{Route, StockAct};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::catalogue::{Catalogue, Choice, Group, Item, SoldOut, Unit};
use crate::domain::stock::Level;
use crate::kernel::{GroupId, ItemId, Quantity, Timestamp};

use super::{Card, basics};

/// Items on one page.
pub const PAGE: usize = 8;

/// One tap changes the number by a step, or by so many.
const LEAP: i64 = 10;

/// The most choices shown of one item: a message holds a hundred buttons.
const CHOICES_SHOWN: usize = 60;

/// A change that is put together and not yet carried out, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// What would be on hand.
    pub to: i64,
    /// By how much that is more.
    pub by: i64,
}

/// The last change of staff, in words.
pub struct Last {
    /// By how much, in base units.
    pub by: i64,
    /// Why, an id of the shop's list.
    pub why: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// What an item's card is shown with.
pub struct ItemStock<'a> {
    /// The item.
    pub item: &'a Item,
    /// Its level; none = it is not counted.
    pub level: Option<Level>,
    /// Off the menu: none = it is on it; inside: until when, if that is known.
    pub off: Option<Option<Timestamp>>,
    /// Reasons of the shop's list.
    pub reasons: &'a [String],
    /// Whether this person may change the number.
    pub may_change: bool,
    /// The change being put together.
    pub pending: Option<Pending>,
    /// What staff changed last.
    pub last: Option<Last>,
}

fn route(act: StockAct) -> Route {
    Route::Stock(act)
}

/// An amount in the units of its item.
pub fn amount(unit: Unit, quantity: i64) -> Text {
    match unit {
        Unit::Piece => Text::new("stock-pieces").with("count", quantity),
        Unit::Gram { .. } => Text::new("stock-grams").with("count", quantity),
        Unit::Pack { size } => {
            let size = size.max(1);
            let (packs, rest) = (quantity / size, quantity % size);
            if rest == 0 {
                Text::new("stock-packs").with("count", packs)
            } else if packs == 0 {
                Text::new("stock-loose").with("count", rest)
            } else {
                Text::new("stock-packs-and")
                    .with("packs", packs)
                    .with("pieces", rest)
            }
        }
    }
}

/// An amount with its sign.
pub fn change(unit: Unit, change: i64) -> Text {
    let sign = if change < 0 { "\u{2212}" } else { "+" };
    let size = i64::try_from(change.unsigned_abs()).unwrap_or(i64::MAX);
    Text::new("stock-change")
        .with("sign", sign)
        .with("amount", amount(unit, size))
}

/// The text of a reason of the shop's list.
pub fn reason_text(reason: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(format!("stock-reason-{reason}")))
}

fn row_of(card: Card, item: &Item, level: Option<&Level>, sold_out: &SoldOut) -> Button {
    let text = match level {
        _ if sold_out.has_item(&item.id) => Text::new("stock-row-off"),
        Some(level) => {
            Text::new("stock-row").with("amount", amount(item.unit, level.available().0))
        }
        None => Text::new("stock-row-uncounted"),
    };
    let label = text.with("name", &item.name);
    card.button(label, &route(StockAct::Item(item.id.as_str().to_owned())))
}

/// One page of all items; a page beyond the end shows the last one.
pub fn list(
    card: Card,
    (catalogue, sold_out): (&Catalogue, &SoldOut),
    levels: &BTreeMap<ItemId, Level>,
    page: usize,
) -> View {
    let items = catalogue.items();
    let pages = items.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(
        Text::new("stock-title")
            .with("page", page as i64 + 1)
            .with("pages", pages as i64),
    );
    for item in items.iter().skip(page * PAGE).take(PAGE) {
        view = view.row(vec![row_of(card, item, levels.get(&item.id), sold_out)]);
    }
    let mut turn = Vec::new();
    if page > 0 {
        let to = route(StockAct::List(page - 1));
        turn.push(card.plain("button-page-previous", &to));
    }
    if page + 1 < pages {
        turn.push(card.plain("button-page-next", &route(StockAct::List(page + 1))));
    }
    view.row(turn).row(basics::home_row(card))
}

/// What was found for somebody's words.
pub fn found(
    card: Card,
    (words, items): (&str, &[&Item]),
    levels: &BTreeMap<ItemId, Level>,
    sold_out: &SoldOut,
) -> View {
    let words: String = words.chars().take(basics::NAME_SHOWN).collect();
    let id = if items.is_empty() {
        "stock-nothing"
    } else {
        "stock-found"
    };
    let mut view = View::say(Text::new(id).with("words", words));
    for item in items {
        view = view.row(vec![row_of(card, item, levels.get(&item.id), sold_out)]);
    }
    view.row(vec![
        card.plain("button-stock-list", &route(StockAct::List(0))),
    ])
}

/// An item's card.
pub fn item(card: Card, shown: &ItemStock<'_>) -> View {
    let unit = shown.item.unit;
    let mut view = View::say(Text::new("stock-item").with("name", &shown.item.name));
    view = match shown.level {
        Some(level) => view.and(
            Text::new("stock-level")
                .with("on-hand", amount(unit, level.on_hand.0))
                .with("held", amount(unit, level.held.0))
                .with("available", amount(unit, level.available().0)),
        ),
        None => view.and(Text::new("stock-uncounted")),
    };
    view = match shown.off {
        Some(Some(until)) => view.and(Text::new("stock-off-until").with("time", until)),
        Some(None) => view.and(Text::new("stock-off")),
        None => view,
    };
    if let Some(last) = &shown.last {
        view = view.and(
            Text::new("stock-last")
                .with("change", change(unit, last.by))
                .with("why", reason_text(&last.why))
                .with("who", last.who.as_str())
                .with("time", last.at),
        );
    }
    if shown.may_change && shown.level.is_some() {
        view = change_rows(card, shown, view);
    }
    menu_rows(card, shown, view)
}

fn change_rows(card: Card, shown: &ItemStock<'_>, mut view: View) -> View {
    let unit = shown.item.unit;
    view = match shown.pending {
        Some(pending) => view.and(
            Text::new("stock-pending")
                .with("change", change(unit, pending.by))
                .with("amount", amount(unit, pending.to)),
        ),
        None => view.and(Text::new("stock-how")),
    };
    let step = unit.step().0.max(1);
    let nudges = [-LEAP * step, -step, step, LEAP * step].map(|by| {
        let label = Text::new("stock-nudge").with("change", change(unit, by));
        card.button(label, &route(StockAct::Nudge(by)))
    });
    view = view.row(nudges.to_vec());
    if shown.pending.is_none() {
        return view;
    }
    for pair in shown.reasons.chunks(2) {
        let buttons = pair.iter().map(|reason| {
            let to = route(StockAct::Book(reason.clone()));
            card.button(reason_text(reason), &to)
        });
        view = view.row(buttons.collect());
    }
    view.row(vec![
        card.plain("button-stock-discard", &route(StockAct::Discard)),
    ])
}

fn menu_rows(card: Card, shown: &ItemStock<'_>, view: View) -> View {
    let id = shown.item.id.as_str().to_owned();
    let mut row = Vec::new();
    if shown.off.is_some() {
        row.push(card.plain("button-stock-return", &route(StockAct::Return)));
    } else {
        row.push(card.plain("button-stock-today", &route(StockAct::Today)));
    }
    row.push(card.plain("button-stock-until", &route(StockAct::Until(id.clone()))));
    let mut view = view.row(row);
    if !shown.item.groups.is_empty() {
        let to = route(StockAct::Choices(id));
        view = view.row(vec![card.plain("button-stock-choices", &to)]);
    }
    view.row(vec![
        card.plain("button-stock-list", &route(StockAct::List(0))),
    ])
}

/// Asks until when an item is off the menu; `problem` after words that are no time.
pub fn ask_until(card: Card, item: &Item, problem: Option<Text>) -> View {
    let mut view = View {
        body: problem.into_iter().collect(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view.and(Text::new("stock-until-ask").with("name", &item.name));
    view.row(vec![card.plain("button-stock-off", &route(StockAct::Off))])
        .row(vec![card.plain(
            "button-back",
            &route(StockAct::Item(item.id.as_str().to_owned())),
        )])
}

/// The choices of an item's groups, the inner ones too, each group once.
pub fn groups<'a>(catalogue: &'a Catalogue, item: &Item) -> Vec<&'a Group> {
    let mut found: Vec<&Group> = Vec::new();
    let mut waiting: Vec<GroupId> = item.groups.iter().rev().cloned().collect();
    while let Some(id) = waiting.pop() {
        let Some(group) = catalogue.group(&id) else {
            continue;
        };
        if found.iter().any(|known| known.id == group.id) {
            continue;
        }
        found.push(group);
        let inner = group.choices.iter().flat_map(|choice| &choice.groups);
        waiting.extend(inner.cloned());
    }
    found
}

/// An item's choices: a tap takes one off the menu for the rest of the day, or puts it back.
pub fn choices(card: Card, catalogue: &Catalogue, item: &Item, sold_out: &SoldOut) -> View {
    let mut view = View::say(Text::new("stock-choices").with("name", &item.name));
    let all: Vec<(&Group, &Choice)> = groups(catalogue, item)
        .into_iter()
        .flat_map(|group| group.choices.iter().map(move |choice| (group, choice)))
        .take(CHOICES_SHOWN)
        .collect();
    let buttons: Vec<Button> = all
        .into_iter()
        .map(|(group, choice)| {
            let key = (group.id.clone(), choice.id.clone());
            let is_off = choice.sold_out || sold_out.choices.contains(&key);
            let id = if is_off {
                "stock-choice-off"
            } else {
                "stock-choice-on"
            };
            let to = StockAct::Choice(group.id.as_str().into(), choice.id.as_str().into());
            card.button(Text::new(id).with("name", &choice.name), &route(to))
        })
        .collect();
    for pair in buttons.chunks(2) {
        view = view.row(pair.to_vec());
    }
    view.row(vec![card.plain(
        "button-back",
        &route(StockAct::Item(item.id.as_str().to_owned())),
    )])
}

/// What is left of what was asked for, in words: for a change that promises forbid.
pub fn promised(unit: Unit, held: Quantity) -> Text {
    if held == Quantity::ZERO {
        return Text::new("stock-below-held-none");
    }
    Text::new("stock-below-held").with("held", amount(unit, held.0))
}
