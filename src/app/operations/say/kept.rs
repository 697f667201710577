//! What was said, as it waits in the session: what was done, what is still to be asked, and how
//! the cart was before.

use serde::{Deserialize, Serialize};

use crate::app::cx::Cx;
use crate::domain::cart::{Cart, Line, NewLine};
use crate::kernel::{CartId, CategoryId, GroupId, ItemId, LineId, Quantity};

/// Characters of somebody's words that are kept to be quoted.
const QUOTED: usize = 60;

/// Words that are quoted as not understood; the rest is counted.
const QUOTES: usize = 4;

/// Questions that wait.
const QUESTIONS: usize = 20;

/// What a message came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// The number of the last question: a second tap answers none that it has not seen.
    pub serial: i64,
    /// What the cart was before; none if nothing was done, or it was undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// What was done to the cart, in order.
    #[serde(default)]
    pub done: Vec<Done>,
    /// What could not be done, and is only told.
    #[serde(default)]
    pub told: Vec<Told>,
    /// What is to be asked; the first is asked now.
    #[serde(default)]
    pub open: Vec<Asked>,
    /// Words that were not understood.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// How many more there were.
    #[serde(default)]
    pub more_unknown: usize,
}

/// A cart as it was before a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Which.
    pub cart: CartId,
    /// The version that the message made of it: whoever undoes has seen no other.
    pub version: i64,
    /// Its lines before.
    pub lines: Vec<Line>,
}

/// What was done to the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Done {
    /// This was put into it; the line that holds it.
    Added(NewLine, LineId),
    /// This was taken out.
    Removed(NewLine),
    /// This line is so now.
    Changed(NewLine, LineId),
}

/// What is only told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// It was to be taken out, and is not in the cart.
    NotThere(ItemId),
    /// Something of this kind was to be taken out, and nothing of it is in the cart.
    NoneThere(CategoryId),
    /// The cart holds no more lines.
    Full(ItemId),
    /// The cart would come to more than can be counted.
    TooDear(ItemId),
    /// It left the menu meanwhile.
    Gone(ItemId),
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Its number.
    pub serial: i64,
    /// The words that it is about, clipped.
    pub words: String,
    /// What is asked.
    pub why: Why,
    /// What may be answered.
    pub offers: Vec<Offer>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Which of several that are called so.
    Which,
    /// Whether the nearest is meant.
    Unsure,
    /// Which of a kind.
    Kind,
    /// It is not sold; what comes near.
    Near,
    /// In which variant.
    Variant(NewLine),
    /// Which choice of a group.
    Choice(NewLine, GroupId),
    /// Its options, on its card.
    Options(NewLine),
    /// It is sold out; what there is instead.
    SoldOut(NewLine),
    /// No more is left.
    Short(NewLine, Quantity),
    /// One order may have no more, in all lines together.
    Most(NewLine, Quantity),
    /// How much; the least and the step.
    Amount(NewLine, Quantity, Quantity),
    /// Which of its lines goes.
    Drop(ItemId),
    /// Which of several things of a kind goes.
    DropKind(CategoryId),
    /// Which of its lines becomes another one.
    Change(ItemId),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// This goes into the cart.
    Put(NewLine),
    /// This line of the cart becomes so.
    Change(LineId, NewLine),
    /// This line goes.
    Drop(LineId, NewLine),
    /// All lines of the item go.
    DropAll(ItemId),
}

/// Words to be quoted: on one line, clipped.
pub fn quoted(words: &str) -> String {
    let words = crate::chat::one_line(words);
    match words.chars().count() > QUOTED {
        true => words.chars().take(QUOTED - 1).chain(['\u{2026}']).collect(),
        false => words,
    }
}

impl Said {
    /// What the session keeps; nothing if it can't be read any more.
    pub fn of(cx: &Cx<'_>) -> Self {
        let kept = cx.session.said.clone();
        kept.and_then(|kept| serde_json::from_value(kept).ok())
            .unwrap_or_default()
    }

    /// Keeps it.
    pub fn keep(&self, cx: &mut Cx<'_>) {
        cx.session.said = serde_json::to_value(self).ok();
    }

    /// Adds a question to what waits, or before all that waits.
    pub fn ask(&mut self, words: &str, (why, offers): (Why, Vec<Offer>), first: bool) {
        self.serial += 1;
        let asked = Asked {
            serial: self.serial,
            words: quoted(words),
            why,
            offers,
        };
        match first {
            true => self.open.insert(0, asked),
            false => self.open.push(asked),
        }
    }

    /// Whether there is nothing to show of it.
    pub fn is_over(&self) -> bool {
        let is_silent = self.done.is_empty() && self.told.is_empty() && self.unknown.is_empty();
        is_silent && self.open.is_empty()
    }

    /// Quotes words that came to nothing; the first few, the rest is counted.
    pub fn quote(&mut self, words: &str) {
        match self.unknown.len() < QUOTES {
            true => self.unknown.push(quoted(words)),
            false => self.more_unknown += 1,
        }
    }

    /// Goes on asking what waited before, after what is asked now.
    pub fn go_on_asking(&mut self, mut before: Vec<Asked>) {
        self.open.append(&mut before);
        while self.open.len() > QUESTIONS {
            if let Some(asked) = self.open.pop() {
                self.quote(&asked.words);
            }
        }
    }

    /// The line that was put in or changed last, with its item.
    pub fn last(&self) -> Option<(LineId, ItemId)> {
        let last = self.done.last()?;
        match last {
            Done::Added(line, id) | Done::Changed(line, id) => Some((*id, line.item.clone())),
            Done::Removed(_) => None,
        }
    }

    /// The question that is asked now, if it has this number.
    pub fn asked(&self, serial: i64) -> Option<&Asked> {
        self.open.first().filter(|asked| asked.serial == serial)
    }

    /// Notes that the cart was changed from `lines` to what it is now.
    pub fn changed(&mut self, (version, lines): (i64, Vec<Line>), now: &Cart) {
        let same = |before: &Before| (before.cart, before.version) == (now.id, version);
        let lines = match self.before.take() {
            Some(before) if same(&before) => before.lines,
            _ => lines,
        };
        self.before = Some(Before {
            cart: now.id,
            version: now.version,
            lines,
        });
    }
}
