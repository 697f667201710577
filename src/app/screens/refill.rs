//! What is ordered again: merge or replace, what differs, one line's replacement, all lines.

use crate::app::operations::change_cart::refused;
use crate::app::operations::refill::Origin;
use crate::app::route::{AgainAct, Route};
use crate::app::search;
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::refill::{Fate, Wish};
use crate::domain::catalogue::{Catalogue, Item};
use crate::kernel::{Localised, Money, Quantity};
use crate::shop::Shop;
use crate::store::orders::UsualLine;

use super::{Card, lines};

/// Lines told on one page: each may have two rows of buttons.
const TOLD: usize = 5;

/// Lines on a page of all of them.
const PAGE: usize = 8;

/// What differs.
pub struct Difference<'a> {
    /// Where it comes from.
    pub from: &'a Origin,
    /// The shop.
    pub shop: &'a Shop,
    /// What is wanted.
    pub wishes: &'a [Wish],
    /// What would become of each.
    pub fates: &'a [Fate],
}

impl<'a> Difference<'a> {
    fn all(&self) -> impl Iterator<Item = (usize, &'a Wish, &'a Fate)> {
        let pairs = self.wishes.iter().zip(self.fates);
        pairs.enumerate().map(|(at, (wish, fate))| (at, wish, fate))
    }
}

/// What it is called.
fn title(from: &Origin) -> Text {
    match from {
        Origin::Order(_, number) | Origin::Change(_, number) => {
            Text::new("again-order").with("number", Arg::Words(number.to_string()))
        }
        Origin::Template(_, title) => {
            Text::new("again-saved").with("name", Arg::Shop(title.clone()))
        }
        Origin::Saved(_, name) => Text::new("again-saved").with("name", name.as_str()),
        Origin::Schedule(_, name) => Text::new("again-schedule").with("name", name.as_str()),
        Origin::List => Text::new("again-list"),
    }
}

/// How much of what.
pub fn what(wish: &Wish) -> Text {
    amount_of(wish, wish.line.quantity)
}

fn amount_of(wish: &Wish, quantity: Quantity) -> Text {
    let (grams, count) = lines::amount(wish.unit, quantity);
    let id = if grams {
        "button-line-grams"
    } else {
        "button-line"
    };
    Text::new(id)
        .with("count", count)
        .with("name", name(&wish.name, wish.variant_name.as_ref()))
}

/// Characters of an item's name on the first screen's button.
const BRIEF: usize = 24;

/// The first two lines of an order in a few words, for a button.
pub fn brief(lines: &[UsualLine]) -> Arg {
    let clip = |name: &Localised| {
        let clipped = |words: &String| match words.chars().count() > BRIEF {
            true => words.chars().take(BRIEF - 1).chain(['…']).collect(),
            false => words.clone(),
        };
        Localised(
            name.0
                .iter()
                .map(|(tag, words)| (tag.clone(), clipped(words)))
                .collect(),
        )
    };
    let one = |line: &UsualLine| {
        let name = name(&clip(&line.name), None);
        match lines::amount(line.unit, line.quantity) {
            (false, 1) => name,
            (true, grams) => Text::new("button-line-grams")
                .with("count", grams)
                .with("name", name),
            (false, count) => Text::new("button-line")
                .with("count", count)
                .with("name", name),
        }
    };
    let first = Arg::List(lines.iter().take(2).map(one).collect());
    match lines.len() > 2 {
        true => Text::new("again-more").with("what", first).into(),
        false => first,
    }
}

fn name(name: &Localised, variant: Option<&Localised>) -> Text {
    lines::name(name, variant)
}

/// Asks what becomes of what is in the cart: lines and total.
pub fn ask(card: Card, from: &Origin, cart: Option<(i64, Money)>) -> View {
    let mut view = View::say(title(from));
    if let Some((count, total)) = cart {
        let line = Text::new("again-ask").with("count", count);
        view = view.and(line.with("total", total));
    }
    let act = |act| Route::Again(act);
    view.row(vec![
        card.plain("button-again-merge", &act(AgainAct::Merge)),
    ])
    .row(vec![
        card.plain("button-again-replace", &act(AgainAct::Replace)),
    ])
    .row(vec![card.plain("button-again-keep", &act(AgainAct::Keep))])
}

/// The page on which a wish is told, by its place.
pub fn page_of(fates: &[Fate], at: usize) -> usize {
    let before = fates.iter().take(at).filter(|fate| fate.is_told());
    before.count() / TOLD
}

/// What differs, a page of it, with what can be done about each line.
pub fn difference(card: Card, shown: &Difference<'_>, page: usize) -> View {
    let mut view = View::say(title(shown.from));
    let same = shown.fates.iter().filter(|fate| !fate.is_told()).count();
    if same > 0 {
        view = view.and(Text::new("again-kept").with("count", same as i64));
    }
    let told: Vec<_> = shown.all().filter(|(_, _, fate)| fate.is_told()).collect();
    let pages = told.len().div_ceil(TOLD).max(1);
    let page = page.min(pages - 1);
    if pages > 1 {
        let line = Text::new("again-page").with("page", page as i64 + 1);
        let line = line.with("pages", pages as i64);
        view = view.and(line.with("count", told.len() as i64));
    }
    let part: Vec<_> = told.into_iter().skip(page * TOLD).take(TOLD).collect();
    for (at, wish, fate) in &part {
        view = view.and(
            Text::new("again-line")
                .with("at", *at as i64 + 1)
                .with("what", what(wish))
                .with("fate", fate_text(wish, fate)),
        );
    }
    for (at, wish, fate) in &part {
        if fate.is_open() {
            for row in mends(card, shown.shop, (*at, wish, fate)) {
                view = view.row(row);
            }
        }
    }
    foot(card, shown, view, (page, pages))
}

fn foot(card: Card, shown: &Difference<'_>, view: View, (page, pages): (usize, usize)) -> View {
    let kept = shown.fates.iter().filter(|fate| fate.is_in()).count();
    let mut view = view.row(turn(card, (page, pages), AgainAct::Page));
    if kept > 0 {
        let go = Text::new("button-again-go").with("count", kept as i64);
        view = view
            .row(vec![card.button(go, &Route::Again(AgainAct::Go))])
            .row(vec![card.plain(
                "button-again-lines",
                &Route::Again(AgainAct::Lines(0)),
            )]);
    }
    view.row(vec![
        card.plain("button-again-leave", &Route::Again(AgainAct::Keep)),
    ])
}

/// To the page before and the next one.
fn turn(card: Card, (page, pages): (usize, usize), to: fn(usize) -> AgainAct) -> Vec<Button> {
    let mut row = Vec::new();
    if page > 0 {
        row.push(card.plain("button-page-previous", &Route::Again(to(page - 1))));
    }
    if page + 1 < pages {
        row.push(card.plain("button-page-next", &Route::Again(to(page + 1))));
    }
    row
}

/// What became of a line, in words.
pub fn fate_text(wish: &Wish, fate: &Fate) -> Text {
    match fate {
        Fate::Kept => Text::new("again-as-before"),
        Fate::Price { before, now } => Text::new("again-price")
            .with("before", *before)
            .with("now", *now),
        Fate::Skipped => Text::new("again-skipped"),
        Fate::SoldOut => Text::new("again-sold-out"),
        Fate::Short { left } if left.0 > 0 => {
            Text::new("again-short").with("left", lines::amount(wish.unit, *left).1)
        }
        Fate::Short { .. } => Text::new("again-short-none"),
        Fate::OptionGone => Text::new("again-option-gone"),
        Fate::ItemGone => Text::new("again-item-gone"),
        Fate::Refused(refusal) => Text::new("again-refused").with("why", refused(refusal)),
        Fate::TooDear => Text::new("again-too-dear"),
    }
}

/// What can be done about a line, in rows.
fn mends(card: Card, shop: &Shop, (at, wish, fate): (usize, &Wish, &Fate)) -> Vec<Vec<Button>> {
    let button = |id, act| {
        let label = Text::new(id).with("at", at as i64 + 1);
        card.button(label, &Route::Again(act))
    };
    let mut first = Vec::new();
    if let Fate::Short { left } = fate
        && left.0 > 0
    {
        let label = Text::new("button-again-left")
            .with("at", at as i64 + 1)
            .with("what", amount_of(wish, *left));
        first.push(card.button(label, &Route::Again(AgainAct::TakeLeft(at))));
    }
    if *fate == Fate::OptionGone {
        first.push(button("button-again-usual", AgainAct::Usual(at)));
        first.push(button("button-again-choose", AgainAct::Choose(at)));
    } else if !search::offers(shop, wish).is_empty() {
        first.push(button("button-again-instead", AgainAct::Offers(at)));
    }
    let mut second = vec![button("button-again-skip", AgainAct::Skip(at))];
    if fate.may_return() {
        second.push(button("button-again-tell", AgainAct::Tell(at)));
    }
    vec![first, second]
}

/// What there is in the place of a line.
pub fn offers(
    card: Card,
    catalogue: &Catalogue,
    (at, wish): (usize, &Wish),
    offers: &[&Item],
) -> View {
    let id = match offers.is_empty() {
        true => "again-no-offers",
        false => "again-offers",
    };
    let mut view = View::say(Text::new(id).with("what", what(wish)));
    let zero = Money::zero(catalogue.currency());
    for item in offers {
        let label = Text::new("menu-item")
            .with("name", &item.name)
            .with("price", item.lowest_price().unwrap_or(zero));
        let put = AgainAct::Put(at, item.id.as_str().to_owned());
        view = view.row(vec![card.button(label, &Route::Again(put))]);
    }
    view.row(vec![
        card.plain("button-back", &Route::Again(AgainAct::Show)),
    ])
}

/// All lines, a page of them: each is taken or left out by a tap.
pub fn lines(card: Card, shown: &Difference<'_>, page: usize) -> View {
    let pages = shown.wishes.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(title(shown.from)).and(Text::new("again-lines"));
    if pages > 1 {
        let line = Text::new("menu-page").with("page", page as i64 + 1);
        view = view.and(line.with("pages", pages as i64));
    }
    for (at, wish, fate) in shown.all().skip(page * PAGE).take(PAGE) {
        let id = match fate {
            Fate::Skipped => "button-unticked",
            fate if fate.is_in() => "button-ticked",
            _ => "button-again-cannot",
        };
        let label = Text::new(id).with("value", what(wish));
        let toggle = AgainAct::Toggle(at, page);
        view = view.row(vec![card.button(label, &Route::Again(toggle))]);
    }
    view.row(turn(card, (page, pages), AgainAct::Lines))
        .row(vec![
            card.plain("button-back", &Route::Again(AgainAct::Show)),
        ])
}
