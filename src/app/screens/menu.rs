//! The menu: categories, pages of items, search results.

use std::collections::BTreeMap;

use crate::app::route::Route;
use crate::chat::{Button, Text, View};
use crate::domain::catalogue::{Catalogue, Item, SoldOut, Unit};
use crate::kernel::{ItemId, Money, Quantity};

use super::Card;

/// Items on one page of a category: a phone shows these without scrolling.
pub const PAGE: usize = 8;

/// What is left of counted items; an absent item never runs out.
pub type Left = BTreeMap<ItemId, Quantity>;

/// What the menu is shown with.
pub struct Menu<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// What is left.
    pub left: &'a Left,
    /// What is off the menu for now.
    pub sold_out: &'a SoldOut,
    /// Lines and total of the cart, if there is anything in it.
    pub cart: Option<(i64, Money)>,
}

impl Menu<'_> {
    /// Whether an item can't be had now.
    pub fn is_out(&self, item: &Item) -> bool {
        let least = item.unit.min();
        self.sold_out.has_item(&item.id)
            || self.left.get(&item.id).is_some_and(|left| *left < least)
    }

    fn item_button(&self, card: Card, item: &Item) -> Button {
        let route = Route::Item(item.id.as_str().to_owned());
        card.button(self.label(item), &route)
    }

    /// An item's name with its price, or that it can't be had.
    pub fn label(&self, item: &Item) -> Text {
        if self.is_out(item) {
            Text::new("menu-item-out").with("name", &item.name)
        } else {
            let zero = Money::zero(self.catalogue.currency());
            let text = match item.unit {
                Unit::Gram { price_per, .. } => {
                    Text::new("menu-item-grams").with("grams", price_per)
                }
                Unit::Piece | Unit::Pack { .. } if item.variants().len() > 1 => {
                    Text::new("menu-item-from")
                }
                Unit::Piece | Unit::Pack { .. } => Text::new("menu-item"),
            };
            text.with("name", &item.name)
                .with("price", item.lowest_price().unwrap_or(zero))
        }
    }

    fn foot(&self, card: Card, view: View, back: Button) -> View {
        let mut row = vec![back];
        if self.cart.is_some() {
            row.push(card.plain("button-cart", &Route::Cart));
        }
        view.row(row)
    }
}

/// The categories, two a row.
pub fn categories(card: Card, menu: &Menu<'_>, place: Option<Text>) -> View {
    let is_step = place.is_some();
    let mut view = View {
        body: place.into_iter().collect(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view.and(Text::new("menu-title"));
    if let Some((count, total)) = menu.cart {
        let line = Text::new("home-cart").with("count", count);
        view = view.and(line.with("total", total));
    }
    let buttons: Vec<Button> = menu
        .catalogue
        .categories()
        .iter()
        .map(|category| {
            let label = Text::new("menu-category").with("name", &category.name);
            card.button(label, &Route::Category(category.id.as_str().to_owned(), 0))
        })
        .collect();
    for pair in buttons.chunks(2) {
        view = view.row(pair.to_vec());
    }
    let view = menu.foot(card, view, card.plain("button-home", &Route::Home));
    if is_step {
        // Like every step, this one can be left for good.
        view.row(vec![card.plain("button-cancel", &Route::Cancel)])
    } else {
        view
    }
}

/// One page of a category; a page beyond the end shows the last one. `None` if the category
/// is gone.
pub fn category(card: Card, menu: &Menu<'_>, id: &str, page: usize) -> Option<View> {
    let category = menu.catalogue.category(&id.into())?;
    let items: Vec<&Item> = menu.catalogue.items_in(&category.id).collect();
    let pages = items.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(Text::new("menu-category").with("name", &category.name));
    if pages > 1 {
        let line = Text::new("menu-page").with("page", page as i64 + 1);
        view = view.and(line.with("pages", pages as i64));
    }
    for item in items.iter().skip(page * PAGE).take(PAGE) {
        view = view.row(vec![menu.item_button(card, item)]);
    }
    let mut turn = Vec::new();
    if page > 0 {
        turn.push(card.plain(
            "button-page-previous",
            &Route::Category(id.to_owned(), page - 1),
        ));
    }
    if page + 1 < pages {
        turn.push(card.plain(
            "button-page-next",
            &Route::Category(id.to_owned(), page + 1),
        ));
    }
    view = view.row(turn);
    Some(menu.foot(card, view, card.plain("button-categories", &Route::Menu)))
}

/// What was found for somebody's words, best first.
pub fn found(card: Card, menu: &Menu<'_>, words: &str, items: &[&Item]) -> View {
    let words: String = words.chars().take(super::basics::NAME_SHOWN).collect();
    let id = if items.is_empty() {
        "menu-nothing"
    } else {
        "menu-found"
    };
    let mut view = View::say(Text::new(id).with("words", words));
    for item in items {
        view = view.row(vec![menu.item_button(card, item)]);
    }
    menu.foot(card, view, card.plain("button-categories", &Route::Menu))
}
