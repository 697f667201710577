//! What a search from any chat found: lines to choose from, and the message that each posts.
//! Anybody may read that message, so it holds nothing of whoever looked.

use crate::chat::inline::Found;
use crate::chat::{Action, Button, Text, View};
use crate::domain::catalogue::{Catalogue, Item, SoldOut, Unit};
use crate::kernel::{Localised, Money};

use super::item;
use super::menu::{Left, Menu};

/// What results are shown with.
pub struct Shown<'a> {
    /// The bot's user name, for links.
    pub bot: &'a str,
    /// The shop's name: whoever reads what is posted may never have heard of it.
    pub shop: &'a Localised,
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// What is left.
    pub left: &'a Left,
    /// What is off the menu for now.
    pub sold_out: &'a SoldOut,
}

impl Shown<'_> {
    /// An item; `link` is what stands before its id in a link to its card.
    pub fn item(&self, item: &Item, link: &str) -> Found {
        let menu = Menu {
            catalogue: self.catalogue,
            left: self.left,
            sold_out: self.sold_out,
            cart: None,
        };
        let mut view = View {
            body: item::facts(item, self.price(item)),
            photo: None,
            rows: Vec::new(),
            reply: None,
        };
        if menu.is_out(item) {
            view = view.and(Text::new("item-sold-out"));
        }
        let view = view.and(self.sign());
        let url = format!("https://t.me/{}?start={link}{}", self.bot, item.id.as_str());
        let is_told = !item.about.0.is_empty();
        Found {
            id: format!("{link}{}", item.id.as_str()),
            title: menu.label(item),
            about: is_told.then(|| Text::new("item-about").with("about", &item.about)),
            view: view.row(vec![open("button-inline-order", url)]),
        }
    }

    /// The `at`-th answer of the shop: question and answer.
    pub fn answer(&self, at: usize, (question, answer): &(String, String)) -> Found {
        let said = Text::new("help-found")
            .with("question", question.as_str())
            .with("answer", answer.as_str());
        let words = |words: &str| Text::new("value-text").with("value", words);
        let url = format!("https://t.me/{}", self.bot);
        Found {
            id: format!("faq-{at}"),
            title: Text::new("inline-answer").with("question", question.as_str()),
            about: Some(words(answer)),
            view: View::say(said)
                .and(self.sign())
                .row(vec![open("button-inline-shop", url)]),
        }
    }

    fn sign(&self) -> Text {
        Text::new("inline-sign").with("shop", self.shop)
    }

    fn price(&self, item: &Item) -> Text {
        let zero = Money::zero(self.catalogue.currency());
        let price = item.lowest_price().unwrap_or(zero);
        match item.unit {
            Unit::Piece if item.variants().len() > 1 => {
                Text::new("inline-price-from").with("price", price)
            }
            _ => item::price(item.unit, price),
        }
    }
}

fn open(label: &'static str, url: String) -> Button {
    Button {
        label: Text::new(label),
        action: Action::Url(url),
    }
}
