//! Loads what a screen needs and shows it. One function a screen; nothing is decided here.

use crate::chat::{Arg, Text, View};
use crate::dialogue::session::Near;
use crate::domain::cart::{Line, LineFault, line_price};
use crate::domain::catalogue::Item;
use crate::kernel::{CartId, ItemId, LineId, Locale, Money};
use crate::store;
use crate::store::saved::Brief;

use super::basket::{self, Basket};
use super::cx::Cx;
use super::draft::Draft;
use super::operations::learn;
use super::outcome::TurnError;
use super::route::{AgainAct, Route, SavedAct};
use super::screens::{basics, cart, item, menu, order, refill, saved};
use super::{marks, profile, search, seat, taking};

/// Orders in one's list: what fits on a phone.
const ORDERS_SHOWN: i64 = 10;

/// Answers shown to a question for help.
const ANSWERS_SHOWN: usize = 3;

/// Results of a search.
const FOUND_SHOWN: usize = 6;

/// Shows the first screen.
pub async fn home(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let basket = basket::load(cx).await?;
    let stops = taking::notices(cx).await?;
    let (again, ready) = offered(cx).await?;
    let home = basics::Home {
        shop: &cx.shop.settings.name,
        name: &cx.who.name,
        table: seat::table(cx).map(super::screens::tables::name),
        flows: titles(cx),
        cart: basket.as_ref().and_then(Basket::brief),
        unfinished: cx.session.dialogue.is_some()
            && basket.as_ref().is_some_and(|b| !b.cart.is_empty()),
        again,
        ready,
        stops,
    };
    let view = basics::home(cx.card(), &home);
    let view = noted(cx, view);
    cx.show(&Route::Home, view);
    Ok(())
}

/// Ready-made and saved orders on the first screen; the others are one tap further. More would
/// push the menu off a phone's screen.
const READY_SHOWN: usize = 6;

/// What the first screen offers to be ordered: what is most likely wanted again, and what is ready.
type Offered = (Option<(Text, Route)>, Vec<(Text, Route)>);

/// Looks for it; nothing while they order for somebody else, or where no flow is begun so.
async fn offered(cx: &mut Cx<'_>) -> Result<Offered, TurnError> {
    let shop = cx.shop.clone();
    let is_begun = |word| shop.flows.iter().any(|flow| flow.starts_by(word));
    let (reorder, template) = (is_begun("reorder"), is_begun("template"));
    if cx.session.by_hand.is_some() || !(reorder || template) {
        return Ok((None, Vec::new()));
    }
    let who = cx.customer();
    let mut seen = store::orders::usual(cx.tx, who).await?;
    if !template {
        seen.saved.clear();
    }
    let is_usual = |saved: &Brief| saved.owner == who && saved.usual;
    let again = match (seen.saved.iter().find(|s| is_usual(s)), &seen.last) {
        (Some(saved), _) => {
            let label = Text::new("button-home-usual").with("name", saved.name.as_str());
            Some((label, Route::Saved(SavedAct::Go(saved.id))))
        }
        (None, Some((id, lines))) if reorder => {
            let label = Text::new("button-home-again").with("what", refill::brief(lines));
            Some((label, Route::Again(AgainAct::Order(*id))))
        }
        (None, _) => None,
    };
    if !template {
        return Ok((again, Vec::new()));
    }
    // The usual one has a button of its own.
    seen.saved.retain(|saved| !is_usual(saved));
    let shown = saved::List {
        templates: &shop.templates,
        saved: &seen.saved,
        repeats: &[],
        who,
        may_keep: false,
    };
    Ok((again, saved::at_home(&shown, READY_SHOWN)))
}

/// What is most likely wanted again, as the first screen offers it.
pub async fn usual(cx: &mut Cx<'_>) -> Result<Option<Route>, TurnError> {
    let (again, _) = offered(cx).await?;
    Ok(again.map(|(_, route)| route))
}

/// Puts what is to be said first in front of a screen.
pub fn noted(cx: &mut Cx<'_>, mut view: View) -> View {
    let mut body = std::mem::take(&mut cx.notices);
    body.append(&mut view.body);
    view.body = body;
    view
}

/// Shows the categories.
pub async fn categories(cx: &mut Cx<'_>, place: Option<Text>) -> Result<(), TurnError> {
    let basket = basket::load(cx).await?;
    let sold_out = basket::sold_out(cx).await?;
    let shown = menu::Menu {
        catalogue: &cx.shop.catalogue,
        left: &menu::Left::new(),
        sold_out: &sold_out,
        cart: basket.as_ref().and_then(Basket::brief),
    };
    let view = menu::categories(cx.card(), &shown, place);
    let view = noted(cx, view);
    cx.show(&Route::Menu, view);
    Ok(())
}

/// Shows one page of a category.
pub async fn category(cx: &mut Cx<'_>, id: &str, page: usize) -> Result<(), TurnError> {
    let basket = basket::load(cx).await?;
    let wanted: Vec<ItemId> = cx
        .shop
        .catalogue
        .items_in(&id.into())
        .map(|item| item.id.clone())
        .collect();
    let left = left(cx, &wanted, basket.as_ref()).await?;
    let sold_out = basket::sold_out(cx).await?;
    let shown = menu::Menu {
        catalogue: &cx.shop.catalogue,
        left: &left,
        sold_out: &sold_out,
        cart: basket.as_ref().and_then(Basket::brief),
    };
    match menu::category(cx.card(), &shown, id, page) {
        Some(view) => {
            let view = noted(cx, view);
            cx.show(&Route::Category(id.to_owned(), page), view);
            Ok(())
        }
        None => categories(cx, None).await,
    }
}

/// Shows what is found for somebody's words.
pub async fn found(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let words: String = words.chars().take(search::MOST_SOUGHT).collect();
    let words = words.as_str();
    let shop = cx.shop.clone();
    let basket = basket::load(cx).await?;
    let (hits, near) = hits(cx, words).await?;
    let left = left(cx, &hits, basket.as_ref()).await?;
    let sold_out = basket::sold_out(cx).await?;
    let shown = menu::Menu {
        catalogue: &cx.shop.catalogue,
        left: &left,
        sold_out: &sold_out,
        cart: basket.as_ref().and_then(Basket::brief),
    };
    let items: Vec<&Item> = hits
        .iter()
        .filter_map(|id| shop.catalogue.item(id))
        .collect();
    let view = menu::found(cx.card(), &shown, words, &items);
    let view = noted(cx, view);
    cx.show(&Route::Menu, view);
    if cx.session.by_hand.is_none() && !near.is_empty() {
        cx.session.near = Some(Near {
            words: words.to_owned(),
            items: near,
        });
    }
    Ok(())
}

/// What is found for words, best first, and which of it for words that are none of its names: a
/// choice among these says what the words mean.
async fn hits(cx: &mut Cx<'_>, words: &str) -> Result<(Vec<ItemId>, Vec<ItemId>), TurnError> {
    let meant = learn::meant(cx, words).await?;
    let often = search::often(cx).await?;
    let hits = search::hits(&cx.shop, words, &often, FOUND_SHOWN);
    let guesses = hits.iter().filter(|hit| hit.is_guess());
    let mut near: Vec<ItemId> = guesses.map(|hit| hit.item.id.clone()).collect();
    let mut all: Vec<ItemId> = hits.iter().map(|hit| hit.item.id.clone()).collect();
    if let Some((item, own)) = meant {
        all.retain(|id| *id != item);
        near.retain(|id| *id != item);
        all.insert(0, item.clone());
        all.truncate(FOUND_SHOWN);
        // Chosen once more, it counts as used.
        near.extend(own.then_some(item));
    }
    Ok((all, near))
}

/// Opens the card of an item that was tapped: among what was found for words that are no name of it,
/// it is what they mean.
pub async fn chosen(cx: &mut Cx<'_>, id: &str) -> Result<(), TurnError> {
    let item = ItemId::from(id);
    let near = cx.session.near.take();
    if let Some(near) = near.filter(|near| near.items.contains(&item)) {
        learn::picked(cx, &near.words, &item).await?;
    }
    open_item(cx, id).await
}

/// What is left of counted items, one's own hold included.
async fn left(
    cx: &mut Cx<'_>,
    items: &[ItemId],
    basket: Option<&Basket>,
) -> Result<menu::Left, TurnError> {
    let cart = basket.map_or(CartId(0), |basket| basket.cart.id);
    let found = store::stock::levels(cx.tx, cart, items).await?;
    Ok(found
        .levels
        .into_iter()
        .map(|(id, level)| {
            let own = found.own.get(&id).copied().unwrap_or_default();
            let left = level.available().checked_add(own).unwrap_or_default();
            (id, left)
        })
        .collect())
}

/// Opens an item's card with a fresh draft.
pub async fn open_item(cx: &mut Cx<'_>, id: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let item = shop.catalogue.item(&id.into());
    let draft = item.map(|item| Draft::of(item, &shop.catalogue));
    cx.session.draft = draft.and_then(|draft| serde_json::to_value(draft).ok());
    if item.is_none() {
        cx.notices.push(Text::new("item-gone"));
    }
    self::item(cx, &[]).await
}

/// Shows the card of the item being put together; `faults` after a try to add it.
pub async fn item(cx: &mut Cx<'_>, faults: &[LineFault]) -> Result<(), TurnError> {
    let Some(draft) = draft(cx) else {
        return categories(cx, None).await;
    };
    let shop = cx.shop.clone();
    let Some(wanted) = shop.catalogue.item(&draft.item) else {
        cx.notices.push(Text::new("item-gone"));
        return categories(cx, None).await;
    };
    let left = left(cx, std::slice::from_ref(&wanted.id), None).await?;
    let sold_out = basket::sold_out(cx).await?;
    let person = profile::orderers(cx).await?;
    let left = left.get(&wanted.id).copied();
    let is_out = sold_out.has_item(&wanted.id) || left.is_some_and(|l| l < wanted.unit.min());
    let is_own = cx.session.by_hand.is_none() && draft.wish.is_none();
    let is_waited_for = match is_out && is_own {
        true => Some(store::awaited::is_asked(cx.tx, cx.customer(), &wanted.id).await?),
        false => None,
    };
    let shown = item::ItemCard {
        catalogue: &shop.catalogue,
        item: wanted,
        draft: &draft,
        sold_out: &sold_out,
        left,
        is_waited_for,
        total: total(&shop, &draft),
        warnings: marks::warnings(&shop.catalogue, wanted, &person),
        faults,
    };
    let view = item::item(cx.card(), &shown);
    let view = noted(cx, view);
    cx.show(&Route::Item(draft.item.as_str().to_owned()), view);
    Ok(())
}

/// The item being put together, as the session keeps it; none if it can't be read any more.
pub fn draft(cx: &Cx<'_>) -> Option<Draft> {
    serde_json::from_value(cx.session.draft.clone()?).ok()
}

fn total(shop: &crate::shop::Shop, draft: &Draft) -> Option<Money> {
    let line = Line {
        id: LineId(1),
        item: draft.item.clone(),
        variant: draft.variant.clone(),
        selection: draft.selection.clone(),
        quantity: draft.quantity,
        note: String::new(),
    };
    let priced = line_price(&line, &shop.catalogue, shop.settings.rounding.mode).ok()?;
    Some(priced.amount)
}

/// Shows the cart.
pub async fn cart(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let basket = basket::load_or_new(cx).await?;
    cart_of(cx, &basket);
    Ok(())
}

/// Shows a cart that is at hand, its first page if it is a long one.
pub fn cart_of(cx: &mut Cx<'_>, basket: &Basket) {
    cart_page(cx, basket, 0);
}

/// Shows one page of a cart that is at hand.
pub fn cart_page(cx: &mut Cx<'_>, basket: &Basket, page: usize) {
    let notices = std::mem::take(&mut cx.notices);
    let shop = cx.shop.clone();
    let way = shop.flow(&basket.cart.flow);
    let shown = cart::CartShown {
        catalogue: &shop.catalogue,
        cart: &basket.cart,
        receipt: &basket.receipt,
        hint: basket.hint.as_ref(),
        way: way
            .filter(|_| seat::usual_flow(cx).is_none())
            .map(|flow| flow.title.as_str()),
        may_keep: cx.session.by_hand.is_none(),
        notices,
        page,
    };
    let view = cart::cart(cx.card(), shown);
    let screen = match page {
        0 => Route::Cart,
        page => Route::CartPage(page),
    };
    cx.show(&screen, view);
}

/// Asks by which flow the cart is to be ordered.
pub async fn ways(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let empty = basket::load(cx)
        .await?
        .is_none_or(|basket| basket.cart.is_empty());
    if empty {
        return cart(cx).await;
    }
    let stops = taking::notices(cx).await?;
    cx.notices.extend(stops);
    let usual = profile::orderers(cx).await?.way.id;
    let view = cart::ways(cx.card(), &titles(cx), &usual);
    let view = noted(cx, view);
    cx.show(&Route::Ways, view);
    Ok(())
}

/// Id and title of each flow that a customer may choose.
fn titles(cx: &Cx<'_>) -> Vec<(String, String)> {
    let ways = seat::flows(cx).into_iter();
    ways.map(|flow| (flow.id.clone(), flow.title.clone()))
        .collect()
}

/// Shows one line of the cart; the cart if the line is gone.
pub fn line_of(cx: &mut Cx<'_>, basket: &Basket, id: LineId) {
    let Some(line) = basket.cart.line(id) else {
        return cart_of(cx, basket);
    };
    let page = cart::page_of(&cx.shop.catalogue, &basket.cart, id);
    let view = cart::line(cx.card(), &cx.shop.catalogue, (line, page), &basket.receipt);
    let view = noted(cx, view);
    cx.show(&Route::Line(id), view);
}

/// Asks for a line's note.
pub fn note_of(cx: &mut Cx<'_>, basket: &Basket, id: LineId, problem: Option<Text>) {
    let Some(line) = basket.cart.line(id) else {
        return cart_of(cx, basket);
    };
    let view = cart::ask_note(cx.card(), &cx.shop.catalogue, line, problem);
    cx.show(&Route::LineNote(id), view);
}

/// Shows the person's orders.
pub async fn orders(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let orders = store::orders::of_customer(cx.tx, cx.customer(), 0, ORDERS_SHOWN).await?;
    let view = order::list(cx.card(), &orders);
    let view = noted(cx, view);
    cx.show(&Route::Orders, view);
    Ok(())
}

/// The shop's languages, each named in itself.
pub fn language_names(cx: &Cx<'_>) -> Vec<(Locale, String)> {
    let texts = &cx.shop.texts;
    texts
        .locales()
        .map(|locale| (locale.clone(), texts.shop_words(locale, "language-name")))
        .collect()
}

/// Shows the choice of languages.
pub fn languages(cx: &mut Cx<'_>) {
    let names = language_names(cx);
    let view = basics::languages(cx.card(), &names);
    cx.show(&Route::Languages, view);
}

/// Shows the help screen, with answers to a question.
pub fn help(cx: &mut Cx<'_>, question: &str) {
    let answers = search::answers(&cx.shop, &cx.session.locale, question, ANSWERS_SHOWN);
    let view = basics::help(cx.card(), &answers, question);
    let view = noted(cx, view);
    cx.show(&Route::Help, view);
}

/// The question whether to leave the order, in the words of the shop's repair patterns.
pub fn ask_cancel(cx: &mut Cx<'_>) {
    let patterns = cx.shop.patterns.cancel.clone();
    let text = |id: &str| Text::new("value-text").with("value", Arg::Shop(id.to_owned()));
    let card = cx.card();
    let view = View::say(text(&patterns.ask)).row(vec![
        card.button(text(&patterns.yes), &Route::CancelYes),
        card.button(text(&patterns.no), &Route::CancelNo),
    ]);
    let view = noted(cx, view);
    cx.show(&Route::Cancel, view);
}
