//! What a person lets the shop keep so that they need not say it again: their profile.
//!
//! Pure values and decisions. An order takes a copy of what it needs, so that nothing changed here
//! ever changes an order. Nothing here knows steps, flows or words of a language; what is kept is
//! sealed by who stores it.
//!
//! Design notes: what is empty is filled by the first answer; what is there is changed by the
//! person alone. An address is known by a number that is never given twice in one profile, so that
//! an old button never means another one.

mod address;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::Timestamp;

pub use address::{Address, Part};

/// Most addresses of one person: more can't be told apart in a chat. One more is used for its
/// order and not kept.
pub const MOST_ADDRESSES: usize = 20;
/// Most characters of a name: what a card has room for in one line.
pub const NAME_CHARS: usize = 60;
/// Most characters of an address's words: a card must have room for an order beside it.
pub const ADDRESS_CHARS: usize = 200;
/// Fewest characters of an address's words: fewer can't be found.
pub const LEAST_ADDRESS_CHARS: usize = 5;
/// Most characters of what an address is called: it stands on a button.
pub const LABEL_CHARS: usize = 30;
/// Most characters of entrance, floor or code: they are read at a door.
pub const DOOR_CHARS: usize = 60;
/// Most characters of a note to who brings it.
pub const NOTE_CHARS: usize = 200;

/// Why something is not kept. Nothing is changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There are so many already.
    Full(usize),
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// There is no such address any more.
    Gone,
}

/// What somebody usually takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usual {
    /// Its id in the shop; empty = nothing yet.
    pub id: String,
    /// Whether the person chose it; otherwise it is what they took last.
    pub chosen: bool,
}

impl Usual {
    /// Chooses it, or (with an empty id) leaves it to what is taken next.
    pub fn choose(&mut self, id: &str) {
        *self = Self {
            id: id.to_owned(),
            chosen: !id.is_empty(),
        };
    }

    /// Takes note of what was taken, unless the person chose something.
    pub fn learn(&mut self, id: &str) {
        if !self.chosen {
            id.clone_into(&mut self.id);
        }
    }
}

/// When somebody was told why personal data is kept, and in which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The version of the words, as the shop counts them.
    pub version: i64,
    /// When.
    pub at: Timestamp,
}

/// What a person lets the shop keep.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Rises by one with every change; 0 = never stored.
    #[serde(skip)]
    pub version: i64,
    /// What they are called; empty = not said.
    pub name: String,
    /// Their phone number; empty = not said.
    pub phone: String,
    /// The number on their own contact card, as Telegram vouched for it last; empty = never.
    pub proven: String,
    /// Their addresses, in the order they were added.
    pub addresses: Vec<Address>,
    /// The last number given to an address.
    pub last_address: i64,
    /// Which address is the usual one; none: the one used last.
    pub usual_address: Option<i64>,
    /// How they usually pay.
    pub payment: Usual,
    /// By which flow they usually order.
    pub way: Usual,
    /// What an item must be, by the shop's ids.
    pub diet: BTreeSet<String>,
    /// What an item must not hold, by the shop's ids.
    pub avoided: BTreeSet<String>,
    /// When they were told why it is kept; none: never.
    pub told: Option<Told>,
}

impl Profile {
    /// Whether Telegram vouched for the phone number.
    pub fn is_proven(&self) -> bool {
        !self.phone.is_empty() && self.phone == self.proven
    }

    /// Fills the name, if there is none.
    pub fn learn_name(&mut self, name: &str) {
        if self.name.is_empty() {
            name.clone_into(&mut self.name);
        }
    }

    /// Fills the phone number, if there is none.
    pub fn learn_phone(&mut self, phone: &str) {
        if self.phone.is_empty() {
            phone.clone_into(&mut self.phone);
        }
    }

    /// Sets what they are called; empty = not said.
    ///
    /// # Errors
    /// It is too long.
    pub fn set_name(&mut self, name: &str) -> Result<(), Refusal> {
        at_most(name, NAME_CHARS)?;
        name.clone_into(&mut self.name);
        Ok(())
    }

    /// Forgets the phone number, and that Telegram vouched for it.
    pub fn forget_phone(&mut self) {
        self.phone.clear();
        self.proven.clear();
    }

    /// Turns a mark of what an item must be on or off.
    pub fn turn_diet(&mut self, id: &str) {
        turn(&mut self.diet, id);
    }

    /// Turns a mark of what an item must not hold on or off.
    pub fn turn_avoided(&mut self, id: &str) {
        turn(&mut self.avoided, id);
    }

    /// What of this an item holds that the person avoids, in the item's order.
    pub fn holds<'i>(&self, contains: &'i [String]) -> Vec<&'i str> {
        let held = contains.iter().filter(|id| self.avoided.contains(*id));
        held.map(String::as_str).collect()
    }

    /// What an item is not, though the person wants it, of the marks that the shop has.
    pub fn lacks<'s>(&self, diet: &[String], known: &'s BTreeSet<String>) -> Vec<&'s str> {
        let wanted = known.iter().filter(|id| self.diet.contains(*id));
        let lacking = wanted.filter(|id| !diet.contains(id));
        lacking.map(String::as_str).collect()
    }

    /// Whether they were told in words of this version or a later one.
    pub fn is_told(&self, version: i64) -> bool {
        self.told.is_some_and(|told| told.version >= version)
    }
}

fn turn(marks: &mut BTreeSet<String>, id: &str) {
    if !marks.remove(id) {
        marks.insert(id.to_owned());
    }
}

fn at_most(words: &str, most: usize) -> Result<(), Refusal> {
    match words.chars().count() > most {
        true => Err(Refusal::TooLong(most)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
