//! The addresses of one person: added by orders and in the profile, told apart, one of them usual.

use serde::{Deserialize, Serialize};

use super::{
    ADDRESS_CHARS, DOOR_CHARS, LABEL_CHARS, LEAST_ADDRESS_CHARS, MOST_ADDRESSES, NOTE_CHARS,
    Profile, Refusal, at_most,
};
use crate::kernel::{Doorway, Point, Timestamp};

/// Where somebody wants things brought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Its number in the profile, never given twice.
    pub id: i64,
    /// What they call it; may be empty.
    pub label: String,
    /// As typed; empty for a pin alone.
    pub words: String,
    /// The place on a map.
    pub pin: Option<Point>,
    /// How to find the door.
    pub door: Doorway,
    /// When an order last went there.
    pub used: Option<Timestamp>,
}

/// A part of an address that is changed on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The address itself, as typed.
    Words,
    /// What it is called.
    Label,
    /// The place on a map.
    Pin,
    /// Which entrance.
    Entrance,
    /// Which floor.
    Floor,
    /// What opens the door.
    Code,
    /// What who brings it should know.
    Note,
}

impl Part {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::Words,
        Self::Label,
        Self::Pin,
        Self::Entrance,
        Self::Floor,
        Self::Code,
        Self::Note,
    ];

    /// Its letter in callback data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Words => "w",
            Self::Label => "l",
            Self::Pin => "p",
            Self::Entrance => "e",
            Self::Floor => "f",
            Self::Code => "c",
            Self::Note => "n",
        }
    }

    /// The part of a letter.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Most characters of it.
    pub fn most(self) -> usize {
        match self {
            Self::Words => ADDRESS_CHARS,
            Self::Label => LABEL_CHARS,
            Self::Pin => 0,
            Self::Entrance | Self::Floor | Self::Code => DOOR_CHARS,
            Self::Note => NOTE_CHARS,
        }
    }
}

impl Address {
    /// A part as words; a pin has none.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Words => &self.words,
            Part::Label => &self.label,
            Part::Pin => "",
            Part::Entrance => &self.door.entrance,
            Part::Floor => &self.door.floor,
            Part::Code => &self.door.code,
            Part::Note => &self.door.note,
        }
    }

    /// Whether it can do without this part: something must say where it is.
    pub fn can_lose(&self, part: Part) -> bool {
        match part {
            Part::Words => !self.words.is_empty() && self.pin.is_some(),
            Part::Pin => self.pin.is_some() && !self.words.is_empty(),
            other => !self.part(other).is_empty(),
        }
    }

    fn is(&self, words: &str, pin: Option<Point>) -> bool {
        match words.is_empty() {
            true => self.words.is_empty() && self.pin == pin,
            false => self.words == words,
        }
    }
}

impl Profile {
    /// An address by its number.
    pub fn address(&self, id: i64) -> Option<&Address> {
        self.addresses.iter().find(|address| address.id == id)
    }

    /// The address used last.
    pub fn latest_address(&self) -> Option<&Address> {
        let key = |address: &&Address| (address.used, address.id);
        self.addresses.iter().max_by_key(key)
    }

    /// The usual address; the one used last, if none is.
    pub fn home(&self) -> Option<&Address> {
        let usual = self.usual_address.and_then(|id| self.address(id));
        usual.or_else(|| self.latest_address())
    }

    /// All of them: the usual one, then as they were used, the latest first.
    pub fn addresses_by_use(&self) -> Vec<&Address> {
        let mut all: Vec<&Address> = self.addresses.iter().collect();
        let usual = self.usual_address;
        all.sort_by_key(|address| {
            let is_usual = usual == Some(address.id);
            std::cmp::Reverse((is_usual, address.used, address.id))
        });
        all
    }

    /// The number of the address that says the same, if there is one.
    pub fn same_address(&self, words: &str, pin: Option<Point>) -> Option<i64> {
        let same = self.addresses.iter().find(|known| known.is(words, pin));
        same.map(|known| known.id)
    }

    /// Adds an address, or finds it. The first one becomes the usual one.
    ///
    /// # Errors
    /// There are [`MOST_ADDRESSES`] already, or its words are too short or too long.
    pub fn add_address(&mut self, words: &str, pin: Option<Point>) -> Result<i64, Refusal> {
        if let Some(id) = self.same_address(words, pin) {
            return Ok(id);
        }
        if pin.is_none() || !words.is_empty() {
            at_least(words)?;
        }
        at_most(words, ADDRESS_CHARS)?;
        if self.addresses.len() >= MOST_ADDRESSES {
            return Err(Refusal::Full(MOST_ADDRESSES));
        }
        self.last_address += 1;
        let id = self.last_address;
        if self.addresses.is_empty() {
            self.usual_address = Some(id);
        }
        self.addresses.push(Address {
            id,
            words: words.to_owned(),
            pin,
            ..Address::default()
        });
        Ok(id)
    }

    /// An order goes there: adds the address if it is new and there is room, and notes the time
    /// unless it was the last one anyway.
    pub fn learn_address(&mut self, words: &str, pin: Option<Point>, now: Timestamp) {
        let Ok(id) = self.add_address(words, pin) else {
            return; // used for this order all the same
        };
        let is_latest = self
            .latest_address()
            .is_some_and(|latest| latest.id == id && latest.used.is_some());
        if !is_latest && let Ok(address) = self.change(id) {
            address.used = Some(now);
        }
    }

    /// Changes one part of an address; empty words take it away where it can do without.
    ///
    /// # Errors
    /// Too long, the address itself too short, or there is no such address.
    pub fn set_part(&mut self, id: i64, part: Part, words: &str) -> Result<(), Refusal> {
        at_most(words, part.most())?;
        let address = self.change(id)?;
        if words.is_empty() && part == Part::Pin {
            if address.can_lose(Part::Pin) {
                address.pin = None;
            }
            return Ok(());
        }
        if part == Part::Words && !(words.is_empty() && address.can_lose(Part::Words)) {
            at_least(words)?;
        }
        let place = match part {
            Part::Words => &mut address.words,
            Part::Label => &mut address.label,
            Part::Entrance => &mut address.door.entrance,
            Part::Floor => &mut address.door.floor,
            Part::Code => &mut address.door.code,
            Part::Note => &mut address.door.note,
            Part::Pin => return Ok(()),
        };
        words.clone_into(place);
        Ok(())
    }

    /// Sets an address's place on a map.
    ///
    /// # Errors
    /// There is no such address.
    pub fn set_pin(&mut self, id: i64, pin: Point) -> Result<(), Refusal> {
        self.change(id)?.pin = Some(pin);
        Ok(())
    }

    /// Makes an address the usual one.
    ///
    /// # Errors
    /// There is no such address.
    pub fn make_usual(&mut self, id: i64) -> Result<(), Refusal> {
        self.change(id)?;
        self.usual_address = Some(id);
        Ok(())
    }

    /// Removes an address; `false` if it is gone already. Orders keep their copies.
    pub fn remove_address(&mut self, id: i64) -> bool {
        let before = self.addresses.len();
        self.addresses.retain(|address| address.id != id);
        if self.usual_address == Some(id) {
            self.usual_address = None;
        }
        self.addresses.len() < before
    }

    fn change(&mut self, id: i64) -> Result<&mut Address, Refusal> {
        let mut all = self.addresses.iter_mut();
        all.find(|address| address.id == id).ok_or(Refusal::Gone)
    }
}

fn at_least(words: &str) -> Result<(), Refusal> {
    match words.chars().count() < LEAST_ADDRESS_CHARS {
        true => Err(Refusal::TooShort(LEAST_ADDRESS_CHARS)),
        false => Ok(()),
    }
}
