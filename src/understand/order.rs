//! What a message comes to: lines, what was not understood, what is to be asked.

use std::ops::Range;

use super::amount::Amount;
use super::elements::Much;

/// An option of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chosen {
    /// The group's place in the menu.
    pub group: usize,
    /// The choice's place in the group.
    pub choice: usize,
    /// None of it.
    pub negated: bool,
    /// More or less of it.
    pub much: Option<Much>,
    /// How many of it.
    pub count: i64,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item's place in the menu; none if only a kind was named.
    pub item: Option<usize>,
    /// The kind's place in the menu, if only that was named.
    pub category: Option<usize>,
    /// How much, in the unit.
    pub quantity: Amount,
    /// Whether it was said.
    pub counted: bool,
    /// It is wanted besides what there is of it: "one more coke".
    pub more: bool,
    /// It says how something that is in the cart shall be: "make the kung pao mild".
    pub changes: bool,
    /// The unit's place among the item's; none if it has none.
    pub unit: Option<usize>,
    /// What was said of it.
    pub options: Vec<Chosen>,
    /// How sure the item is, in hundredths.
    pub score: u8,
    /// Other items that may have been meant, with how sure, best first.
    pub others: Vec<(usize, u8)>,
    /// Where it stood: bytes of the text.
    pub spans: Vec<Range<usize>>,
}

/// What else a message is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Intent {
    /// An order, or nothing that is understood.
    #[default]
    Order,
    /// A question.
    Question,
    /// A command of the shop, by its name.
    Command(String),
}

/// What was understood of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Understood {
    /// The lines, in the order said.
    pub lines: Vec<Line>,
    /// Lines of which none can be had: "-3 cokes", "0 rice".
    pub refused: Vec<Line>,
    /// What is not wanted any more of what was in the cart before.
    pub removed: Vec<Removed>,
    /// What was said of no item: "make that three", "not spicy please".
    pub loose: Option<Loose>,
    /// Items that a question, a reason or a habit named without ordering them: places in the menu.
    pub about: Vec<usize>,
    /// What kind of message it is.
    pub intent: Intent,
    /// Where words stood that were not understood: bytes of the text.
    pub unknown: Vec<Range<usize>>,
}

/// Something that was in the cart before and is not wanted any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The item's place in the menu; none if only a kind was named.
    pub item: Option<usize>,
    /// The kind's place in the menu, if only that was named: "without the second soup".
    pub category: Option<usize>,
    /// How much of it, in its unit; none = all.
    pub quantity: Option<Amount>,
    /// Where it stood: bytes of the text.
    pub span: Range<usize>,
}

/// What was said of no item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loose {
    /// How much.
    pub quantity: Option<Amount>,
    /// Whether it is wanted besides what there is.
    pub more: bool,
    /// Options: of each, what it may be, likeliest first.
    pub options: Vec<Vec<Chosen>>,
}
