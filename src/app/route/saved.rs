//! What the buttons of ready-made and saved orders ask for: `T…`.

use crate::kernel::OrderId;

use super::Nudge;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// What is in the cart.
    Cart,
    /// What an order of one's own was.
    Order(OrderId),
}

/// A button of the ready-made and saved orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedAct {
    /// A page of them all, 0-based.
    List(usize),
    /// A template.
    Template(String),
    /// Orders a template, for so many people; 0: as it is.
    TemplateGo(String, i64),
    /// Orders a saved one.
    Go(i64),
    /// A saved one.
    Open(i64),
    /// Asks under which name something is to be kept.
    Keep(Source),
    /// Keeps it under the name that was offered.
    KeepSo(Source),
    /// Asks for another name.
    Rename(i64),
    /// A page of its lines, to be changed.
    Lines(i64, usize),
    /// Changes how much of a line it has.
    Amount(i64, usize, Nudge),
    /// Takes a line out.
    Remove(i64, usize),
    /// Adds what is in the cart.
    AddCart(i64),
    /// Makes a copy of one's own.
    Copy(i64),
    /// Marks it as the usual one, or takes the mark away.
    Usual(i64),
    /// Makes a link to it, and shares it in the company that one orders for.
    Share(i64),
    /// Takes all links to it back, and shares it no more.
    Unshare(i64),
    /// Asks whether to delete it.
    DeleteAsk(i64),
    /// Deletes it for sure.
    Delete(i64),
}

impl SavedAct {
    /// As callback data and sessions keep it.
    pub fn path(&self) -> String {
        match self {
            Self::List(0) => "T".into(),
            Self::List(page) => format!("T.{page}"),
            Self::Template(id) => format!("Tt.{id}"),
            Self::TemplateGo(id, people) => format!("Tg.{id}.{people}"),
            Self::Go(id) => format!("Tr.{id}"),
            Self::Open(id) => format!("To.{id}"),
            Self::Keep(source) => format!("Tk{}", of(*source)),
            Self::KeepSo(source) => format!("TK{}", of(*source)),
            Self::Rename(id) => format!("Tn.{id}"),
            Self::Lines(id, page) => format!("Tl.{id}.{page}"),
            Self::Amount(id, at, Nudge::More) => format!("Tq.{id}.{at}.+"),
            Self::Amount(id, at, Nudge::Fewer) => format!("Tq.{id}.{at}.-"),
            Self::Remove(id, at) => format!("Ti.{id}.{at}"),
            Self::AddCart(id) => format!("Ta.{id}"),
            Self::Copy(id) => format!("Ty.{id}"),
            Self::Usual(id) => format!("Tu.{id}"),
            Self::Share(id) => format!("Ts.{id}"),
            Self::Unshare(id) => format!("Tw.{id}"),
            Self::DeleteAsk(id) => format!("Tx.{id}"),
            Self::Delete(id) => format!("Tz.{id}"),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        let number = |text: &str| text.parse::<i64>().ok();
        let place = |text: &str| text.parse::<usize>().ok();
        Some(match parts {
            ["T"] => Self::List(0),
            ["T", page] => Self::List(place(page)?),
            ["Tt", id] => Self::Template((*id).into()),
            ["Tg", id, people] => Self::TemplateGo((*id).into(), number(people)?),
            ["Tr", id] => Self::Go(number(id)?),
            ["To", id] => Self::Open(number(id)?),
            ["Tk", rest @ ..] => Self::Keep(source(rest)?),
            ["TK", rest @ ..] => Self::KeepSo(source(rest)?),
            ["Tn", id] => Self::Rename(number(id)?),
            ["Tl", id, page] => Self::Lines(number(id)?, place(page)?),
            ["Tq", id, at, "+"] => Self::Amount(number(id)?, place(at)?, Nudge::More),
            ["Tq", id, at, "-"] => Self::Amount(number(id)?, place(at)?, Nudge::Fewer),
            ["Ti", id, at] => Self::Remove(number(id)?, place(at)?),
            ["Ta", id] => Self::AddCart(number(id)?),
            ["Ty", id] => Self::Copy(number(id)?),
            ["Tu", id] => Self::Usual(number(id)?),
            ["Ts", id] => Self::Share(number(id)?),
            ["Tw", id] => Self::Unshare(number(id)?),
            ["Tx", id] => Self::DeleteAsk(number(id)?),
            ["Tz", id] => Self::Delete(number(id)?),
            _ => return None,
        })
    }
}

fn of(source: Source) -> String {
    match source {
        Source::Cart => String::new(),
        Source::Order(id) => format!(".{id}"),
    }
}

fn source(parts: &[&str]) -> Option<Source> {
    match parts {
        [] => Some(Source::Cart),
        [id] => Some(Source::Order(OrderId(id.parse().ok()?))),
        _ => None,
    }
}
