//! What the buttons ask for with which an order, a template or a saved order comes back into the
//! cart: `A…`.

use crate::kernel::OrderId;

/// A button about what is ordered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgainAct {
    /// What differs, as it is now.
    Show,
    /// Orders this order of one's own anew.
    Order(OrderId),
    /// Adds it to what is in the cart.
    Merge,
    /// Puts it in the place of what is in the cart.
    Replace,
    /// Leaves the cart as it is.
    Keep,
    /// Takes what there is, as told.
    Go,
    /// A page of what differs, 0-based.
    Page(usize),
    /// Leaves a wish out, by its place.
    Skip(usize),
    /// Takes what is left of it.
    TakeLeft(usize),
    /// Shows what there is in its place.
    Offers(usize),
    /// Takes this item in its place.
    Put(usize, String),
    /// Takes its item with the usual options.
    Usual(usize),
    /// Opens its item's card, to choose the options anew.
    Choose(usize),
    /// Tells when its item can be had again; the line is left out meanwhile.
    Tell(usize),
    /// A page of all lines, 0-based.
    Lines(usize),
    /// Leaves a wish out or takes it after all, on a page of all lines.
    Toggle(usize, usize),
}

impl AgainAct {
    /// As callback data and sessions keep it.
    pub fn path(&self) -> String {
        match self {
            Self::Show => "A".into(),
            Self::Order(id) => format!("Ad.{id}"),
            Self::Merge => "Am".into(),
            Self::Replace => "Ar".into(),
            Self::Keep => "Ak".into(),
            Self::Go => "Ag".into(),
            Self::Page(page) => format!("Ap.{page}"),
            Self::Skip(at) => format!("Ax.{at}"),
            Self::TakeLeft(at) => format!("Al.{at}"),
            Self::Offers(at) => format!("Ao.{at}"),
            Self::Put(at, item) => format!("Aw.{at}.{item}"),
            Self::Usual(at) => format!("Au.{at}"),
            Self::Choose(at) => format!("Ac.{at}"),
            Self::Tell(at) => format!("Ab.{at}"),
            Self::Lines(page) => format!("As.{page}"),
            Self::Toggle(at, page) => format!("At.{at}.{page}"),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["A"] => Self::Show,
            ["Ad", id] => Self::Order(OrderId(id.parse().ok()?)),
            ["Am"] => Self::Merge,
            ["Ar"] => Self::Replace,
            ["Ak"] => Self::Keep,
            ["Ag"] => Self::Go,
            ["Ap", page] => Self::Page(page.parse().ok()?),
            ["Ax", at] => Self::Skip(at.parse().ok()?),
            ["Al", at] => Self::TakeLeft(at.parse().ok()?),
            ["Ao", at] => Self::Offers(at.parse().ok()?),
            ["Aw", at, item] => Self::Put(at.parse().ok()?, (*item).into()),
            ["Au", at] => Self::Usual(at.parse().ok()?),
            ["Ac", at] => Self::Choose(at.parse().ok()?),
            ["Ab", at] => Self::Tell(at.parse().ok()?),
            ["As", page] => Self::Lines(page.parse().ok()?),
            ["At", at, page] => Self::Toggle(at.parse().ok()?, page.parse().ok()?),
            _ => return None,
        })
    }
}
