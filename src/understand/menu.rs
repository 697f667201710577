//! What can be named in an order: a menu freed of where it came from.
//!
//! Built from a shop's catalogue or from a menu file. Numbers are positions in its lists. Must
//! never hold a price or a stock level: what is understood does not depend on them.

use super::language::Dimension;

/// A menu.
#[derive(Debug, Clone, Default)]
pub struct Menu {
    /// Kinds of things.
    pub categories: Vec<Category>,
    /// Things.
    pub items: Vec<Item>,
    /// Questions about things.
    pub groups: Vec<Group>,
}

/// A kind of things.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id.
    pub id: String,
    /// Its names.
    pub names: Vec<String>,
}

/// A thing that can be ordered.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// The kind it is of.
    pub category: usize,
    /// Its names, the usual one first.
    pub names: Vec<String>,
    /// The groups it opens, by their position, and what must be chosen for it.
    pub groups: Vec<Opened>,
    /// What it is counted in; the first is the default. Empty: by the piece.
    pub units: Vec<Unit>,
    /// Names of one form of it, such as its article number: an item and an option in one.
    pub forms: Vec<Form>,
}

/// A name that is an item and an option in one.
#[derive(Debug, Clone)]
pub struct Form {
    /// The name.
    pub name: String,
    /// The group of the option.
    pub group: usize,
    /// The option.
    pub choice: usize,
}

/// A group that an item opens, by itself or by one of its choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The group.
    pub group: usize,
    /// The choice that opens it, as group and choice; none if the item does.
    pub by: Option<(usize, usize)>,
}

/// What an item is counted in.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its names.
    pub names: Vec<String>,
    /// Pieces in one, where that is known.
    pub holds: Option<i64>,
}

/// A question about an item.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its names.
    pub names: Vec<String>,
    /// The most choices, counted with their units; none = any number.
    pub max: Option<i64>,
    /// "extra" and "light" may be said of a choice.
    pub quantifiable: bool,
    /// "without" may be said of a choice.
    pub negatable: bool,
    /// It is which form of the item is meant: a size, a colour.
    pub form: bool,
    /// Words that may stand before or after a choice: "from", "size".
    pub around: Vec<String>,
    /// The answers.
    pub choices: Vec<Choice>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its names, the usual one first.
    pub names: Vec<String>,
    /// The most units of it.
    pub max: i64,
    /// It is a word for any of these choices of its group.
    pub any_of: Vec<usize>,
}

/// A measure that a unit's name holds: "250 g pack" holds 250 g, "box of 12" twelve pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Of what.
    pub of: Dimension,
    /// In thousandths of a gram, a millilitre, a piece.
    pub is: i64,
}

impl Menu {
    /// Whether an item may have an answer of this group.
    pub fn opens(&self, item: usize, group: usize) -> bool {
        self.opened(item, group).is_some()
    }

    /// How an item opens a group.
    pub fn opened(&self, item: usize, group: usize) -> Option<Opened> {
        let item = self.items.get(item)?;
        item.groups
            .iter()
            .find(|opened| opened.group == group)
            .copied()
    }
}
