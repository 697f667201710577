//! An order written as a list: typed, pasted, or read in a file.
//!
//! The list waits in the session as it was understood; what of it can be had is worked out anew
//! each time it is shown. Nothing enters the cart before the customer says so.

use crate::chat::{Document, Post, Text, View};
use crate::domain::cart::refill::Wish;
use crate::domain::quick::is_list;
use crate::domain::quick::{
    Column, Entry, Left, List, Measure, State, Verdict, Wanted, Words, verdicts,
};
use crate::kernel::{CartId, ItemId};
use crate::shop::Shop;
use crate::store;

use crate::app::cx::Cx;
use crate::app::draft::Draft;
use crate::app::outcome::TurnError;
use crate::app::route::{QuickAct, Route};
use crate::app::screens::quick as screen;
use crate::app::sheet;
use crate::app::{basket, show};

use super::refill::{self, Origin, Refill};
use super::say;

/// Lines of the sample file.
const SAMPLE_LINES: usize = 3;

/// The words that lists may use, in all of the shop's languages.
pub fn quick_words(shop: &Shop) -> Words {
    let mut words = Words::default();
    let locales: Vec<_> = shop.texts.locales().cloned().collect();
    for locale in &locales {
        let say = |id| shop.texts.shop_plain(locale, id, &Default::default());
        for (id, measure) in [
            ("quick-units-piece", Measure::Piece),
            ("quick-units-gram", Measure::Gram),
            ("quick-units-jin", Measure::Jin),
            ("quick-units-kilogram", Measure::Kilogram),
        ] {
            words.units(&say(id), measure);
        }
        for (id, column) in [
            ("quick-headings-code", Column::Code),
            ("quick-headings-name", Column::Name),
            ("quick-headings-quantity", Column::Quantity),
        ] {
            words.headings(&say(id), column);
        }
    }
    words
}

/// `/quick`, with a list or without.
pub async fn command(cx: &mut Cx<'_>, list: &str) -> Result<(), TurnError> {
    if !list.is_empty() {
        return typed(cx, list).await;
    }
    press(cx, QuickAct::Start).await
}

/// Words that may be a list; false if they are none, and nothing happened.
pub async fn words(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    let asked = Route::from_path(&cx.session.screen) == Some(Route::Quick(QuickAct::Start));
    let shop = cx.shop.clone();
    // What is full of prices was written by somebody else: its numbers are no quantities.
    let reads =
        asked || !say::has_prices(text) && is_list(text, &quick_words(&shop), &shop.catalogue);
    if reads {
        typed(cx, text).await?;
    }
    Ok(reads)
}

async fn typed(cx: &mut Cx<'_>, text: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let list = List::of_text(text, &quick_words(&shop), &shop.catalogue);
    if list.entries.is_empty() {
        return press(cx, QuickAct::Start).await;
    }
    take(cx, &list).await
}

/// Takes a list and shows it.
pub async fn take(cx: &mut Cx<'_>, list: &List) -> Result<(), TurnError> {
    keep(cx, list);
    page(cx, list, 0).await
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: QuickAct) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let (mut list, act) = match (kept(cx), act) {
        (_, QuickAct::Sample) => return sample(cx).await,
        (Some(list), act) if !matches!(act, QuickAct::Start) => (list, act),
        // Put into the cart or thrown away by a tap before this one.
        (None, QuickAct::Put | QuickAct::Drop) => return show::cart(cx).await,
        _ => {
            start(cx);
            return Ok(());
        }
    };
    let at = match act {
        QuickAct::Pick(at, candidate) => {
            list.pick(at, candidate, &shop.catalogue);
            at
        }
        QuickAct::Skip(at) => {
            list.skip(at);
            at
        }
        QuickAct::Options(at) => return options(cx, &list, at).await,
        QuickAct::Put => return put(cx, &list).await,
        QuickAct::Drop => {
            cx.session.list = None;
            cx.notices.push(Text::new("quick-dropped"));
            return show::cart(cx).await;
        }
        QuickAct::Page(wanted) => return page(cx, &list, wanted).await,
        QuickAct::Start | QuickAct::Wait | QuickAct::Sample => 0,
    };
    keep(cx, &list);
    page(cx, &list, at / screen::PAGE).await
}

/// How a list is written.
fn start(cx: &mut Cx<'_>) {
    let view = screen::start(cx.card(), cx.session.list.is_some());
    let view = show::noted(cx, view);
    cx.show(&Route::Quick(QuickAct::Start), view);
}

async fn page(cx: &mut Cx<'_>, list: &List, page: usize) -> Result<(), TurnError> {
    let verdicts = judged(cx, list).await?;
    let shop = cx.shop.clone();
    let shown = screen::Shown {
        catalogue: &shop.catalogue,
        list,
        verdicts: &verdicts,
    };
    let view = screen::page(cx.card(), &shown, page);
    let view = show::noted(cx, view);
    cx.show(&Route::Quick(QuickAct::Page(page)), view);
    Ok(())
}

/// What can be had of each line now; what the customer's own cart holds counts as there.
async fn judged(cx: &mut Cx<'_>, list: &List) -> Result<Vec<Option<Verdict>>, TurnError> {
    let shop = cx.shop.clone();
    let wanted = list.entries.iter().filter_map(|entry| match &entry.state {
        State::Taken(wanted) => Some(&wanted.item),
        _ => None,
    });
    let counted: Vec<ItemId> = wanted
        .filter(|id| shop.catalogue.is_tracked(id))
        .cloned()
        .collect();
    let mut left = Left::new();
    if !counted.is_empty() {
        let cart = cx.session.cart.unwrap_or(CartId(0));
        let found = store::stock::levels(cx.tx, cart, &counted).await?;
        left.extend(found.levels.into_iter().map(|(id, level)| {
            let own = found.own.get(&id).copied().unwrap_or_default();
            let there = level.available().checked_add(own).unwrap_or_default();
            (id, there)
        }));
    }
    let sold_out = basket::sold_out(cx).await?;
    Ok(verdicts(list, &shop.catalogue, &sold_out, &left))
}

/// Opens the card of a line's item; what is chosen there comes back by [`chosen`].
async fn options(cx: &mut Cx<'_>, list: &List, at: usize) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let open = list.entries.get(at).and_then(|entry| match &entry.state {
        State::Open { what, quantity } => Some((what.clone(), *quantity)),
        _ => None,
    });
    let found = open.and_then(|(what, quantity)| {
        let item = shop.catalogue.item(&what.item)?;
        Some(Draft::of_list(
            item,
            &shop.catalogue,
            (what.variant, quantity),
            at,
        ))
    });
    match found {
        Some(draft) => {
            cx.session.draft = serde_json::to_value(draft).ok();
            show::item(cx, &[]).await
        }
        None => page(cx, list, at / screen::PAGE).await,
    }
}

/// The options of a line were chosen; false if nothing waits for them any more.
pub async fn chosen(cx: &mut Cx<'_>, at: usize, draft: Draft) -> Result<bool, TurnError> {
    let Some(mut list) = kept(cx) else {
        return Ok(false);
    };
    let line = draft.into_new();
    let taken = list.choose(
        at,
        Wanted {
            item: line.item,
            variant: line.variant,
            selection: Some(line.selection.tidy()),
            quantity: line.quantity,
        },
    );
    if taken {
        keep(cx, &list);
        page(cx, &list, at / screen::PAGE).await?;
    }
    Ok(taken)
}

/// Puts what can be had into the cart, after asking what becomes of one that is not empty.
async fn put(cx: &mut Cx<'_>, list: &List) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let verdicts = judged(cx, list).await?;
    let wishes: Vec<Wish> = list
        .entries
        .iter()
        .zip(verdicts)
        .filter_map(|(entry, verdict)| {
            let State::Taken(wanted) = &entry.state else {
                return None;
            };
            let line = wanted.line(verdict?.quantity()?, &shop.catalogue)?;
            Some(Wish::of(line, shop.catalogue.item(&wanted.item)?))
        })
        .collect();
    if wishes.is_empty() {
        cx.toast(Text::new("quick-nothing"));
        return page(cx, list, 0).await;
    }
    // Another list than the one before, even where that one's cart has not changed since.
    cx.session.refill = None;
    Box::pin(refill::start(cx, Refill::new(Origin::List, wishes))).await
}

/// What could be had of the list is in the cart: the lines that wait for a choice stay, and are
/// spoken of.
pub fn put_in(cx: &mut Cx<'_>) {
    let Some(mut list) = kept(cx) else {
        return;
    };
    list.entries.retain(Entry::is_open);
    list.more = 0;
    match list.entries.len() {
        0 => cx.session.list = None,
        count => {
            keep(cx, &list);
            cx.notices
                .push(Text::new("quick-rest").with("count", count as i64));
        }
    }
}

/// Sends a file with goods of this shop, to be filled in.
async fn sample(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let locale = cx.session.locale.clone();
    let say = |id| {
        let words = shop.texts.shop_plain(&locale, id, &Default::default());
        let first = words.split(',').next().map(str::trim);
        first.unwrap_or_default().to_owned()
    };
    let mut rows = vec![vec![
        say("quick-headings-code"),
        say("quick-headings-quantity"),
        say("quick-headings-name"),
    ]];
    // What needs no choice says most.
    let is_plain = |item: &&crate::domain::catalogue::Item| {
        item.groups.is_empty() && item.variants().is_empty()
    };
    let items = shop.catalogue.items();
    let plain = items.iter().filter(is_plain);
    let others = items.iter().filter(|item| !is_plain(item));
    for (item, n) in plain.chain(others).take(SAMPLE_LINES).zip(1_i64..) {
        let (_, count) = screen::least(item, n);
        let code = item.code.clone().unwrap_or_else(|| item.id.to_string());
        rows.push(vec![
            code,
            count.to_string(),
            item.name.get(&locale).to_owned(),
        ]);
    }
    let lines = rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(|cell| sheet::escaped(cell)).collect();
        format!("{}\r\n", cells.join(","))
    });
    let text: String = std::iter::once(sheet::BOM.to_owned())
        .chain(lines)
        .collect();
    let name = format!(
        "{}.csv",
        shop.texts
            .shop_plain(&locale, "quick-sample-name", &Default::default())
    );
    if let Some(file) = Document::new(name, "text/csv", text.into_bytes()) {
        let post = Post::File {
            chat: cx.chat,
            topic: cx.topic,
            view: View::say(Text::new("quick-sample")),
            file,
            loud: false,
        };
        cx.post(locale, post);
    }
    cx.toast(Text::new("quick-sample-sent"));
    Ok(())
}

/// The list that waits, if one does.
fn kept(cx: &Cx<'_>) -> Option<List> {
    serde_json::from_value(cx.session.list.clone()?).ok()
}

fn keep(cx: &mut Cx<'_>, list: &List) {
    cx.session.list = serde_json::to_value(list).ok();
}
