//! A flow: the steps of one kind of order, as a merchant defines them.

use std::collections::BTreeMap;

use super::calendar::Slots;
use super::condition::Condition;
use super::facts::{Table, Type};
use super::session::Answer;

/// What may begin a flow: the menu, sitting at a table, a template or a saved order, an order that
/// is placed again.
pub const STARTS: [&str; 4] = ["menu", "table", "template", "reorder"];

/// The steps of one kind of order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Its id, unique in the shop.
    pub id: String,
    /// Text id of its name.
    pub title: String,
    /// What may begin it, of [`STARTS`]; never empty.
    pub starts: Vec<String>,
    /// Its steps, in the order asked; never empty.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id, unique in the flow, `[a-z0-9_]`.
    pub id: String,
    /// What it asks for.
    pub kind: StepKind,
    /// Text id of its short name, for the review.
    pub title: String,
    /// Text id of the question.
    pub prompt: String,
    /// Text id of an example answer.
    pub example: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// Where an answer known from before comes from.
    pub prefill: Option<Prefill>,
    /// What of the person's profile it fills, and is filled from; none: an answer of its own, kept
    /// under its id.
    pub field: Option<Field>,
    /// What is done with a known answer.
    pub prefill_mode: PrefillMode,
    /// When it is asked; always, if absent.
    pub when: Option<Condition>,
    /// Text id of what is said to an answer that does not fit; the engine's own words if absent.
    pub invalid: Option<String>,
}

/// What a step asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// The catalogue and the cart: a rich screen.
    Items,
    /// Everything at a glance: a rich screen; Yes places the order.
    Review,
    /// Words of a length in characters, perhaps of a pattern.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// What they must look like.
        pattern: Option<Pattern>,
    },
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A phone number.
    Phone,
    /// One of several answers.
    Choice(Vec<Choice>),
    /// Several of several answers.
    Choices {
        /// What there is.
        choices: Vec<Choice>,
        /// Fewest to take.
        min: usize,
        /// Most to take.
        max: usize,
    },
    /// Yes or no.
    YesNo,
    /// A day on which the shop is open.
    Date {
        /// The first one offered, in days from today.
        from: u64,
        /// The last one, in days from today.
        to: u64,
    },
    /// One of a day's windows.
    Slot(Slots),
    /// A place, shared as a pin.
    Location,
    /// Where to bring it: typed, or shared as a pin.
    Address {
        /// Fewest characters typed.
        min: usize,
        /// Most characters typed.
        max: usize,
    },
    /// A picture.
    Photo,
    /// One of the ways to pay that the shop has.
    Payment(Vec<Choice>),
}

/// One answer of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id, unique in the step, `[a-z0-9-]`.
    pub id: String,
    /// Text id of its label.
    pub label: String,
    /// For a time: minutes from the moment the order is placed.
    pub minutes: Option<i64>,
}

/// Where an answer known from before comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefill {
    /// Remembered for this customer under the step's id.
    Profile,
    /// The answer of the customer's last order.
    LastUsed,
}

impl Prefill {
    /// Its name, as files say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::LastUsed => "last_used",
        }
    }
}

/// What of a person's profile a step fills, and is filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What they are called.
    Name,
    /// Their phone number.
    Phone,
    /// One of their addresses.
    Address,
    /// How they usually pay.
    Payment,
}

impl Field {
    /// All of them, in the order a profile shows them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Phone, Self::Address, Self::Payment];

    /// Its name, as files say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Payment => "payment",
        }
    }

    /// Whether a step of this kind can fill it.
    pub fn fits(self, kind: &StepKind) -> bool {
        matches!(
            (self, kind),
            (Self::Name, StepKind::Text { .. })
                | (Self::Phone, StepKind::Phone)
                | (Self::Address, StepKind::Address { .. })
                | (Self::Payment, StepKind::Payment(_))
        )
    }
}

/// What is done with a known answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrefillMode {
    /// It is offered: one tap confirms it.
    #[default]
    Ask,
    /// It is taken without asking and shown at the review only. What may be left out is left out
    /// where nothing is known, and can be added from the review.
    Silent,
    /// As silently as that, but what is not known is asked for.
    Once,
}

/// A regular expression for words.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    regex: regex::Regex,
}

/// Compiled size of a pattern in bytes: far above any sensible one, and it bounds memory.
const MAX_PATTERN_BYTES: usize = 1 << 20;

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn new(source: &str) -> Result<Self, String> {
        let regex = regex::RegexBuilder::new(source)
            .size_limit(MAX_PATTERN_BYTES)
            .build()
            .map_err(|error| {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                last.trim_start_matches("error: ").to_owned()
            })?;
        Ok(Self {
            source: source.to_owned(),
            regex,
        })
    }

    /// Whether words look like it.
    pub fn matches(&self, words: &str) -> bool {
        self.regex.is_match(words)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl StepKind {
    /// Its name, as files say it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Review => "review",
            Self::Text { .. } => "text",
            Self::Number { .. } => "number",
            Self::Phone => "phone",
            Self::Choice(_) => "choice",
            Self::Choices { .. } => "choices",
            Self::YesNo => "yes_no",
            Self::Date { .. } => "date",
            Self::Slot(_) => "slot",
            Self::Location => "location",
            Self::Address { .. } => "address",
            Self::Photo => "photo",
            Self::Payment(_) => "payment",
        }
    }
}

impl Step {
    /// Whether it is a rich screen of the application.
    pub fn is_screen(&self) -> bool {
        matches!(self.kind, StepKind::Items | StepKind::Review)
    }

    /// Whether its answer is kept for the next order as it was first given, and is the person's to
    /// change.
    pub fn is_kept(&self) -> bool {
        self.field.is_some() || self.prefill == Some(Prefill::Profile)
    }

    /// Whether it asks for something personal.
    pub fn is_personal(&self) -> bool {
        match (self.field, &self.kind) {
            (Some(Field::Payment), _) => false,
            (Some(_), _) | (_, StepKind::Phone | StepKind::Address { .. } | StepKind::Location) => {
                true
            }
            (None, _) => self.prefill == Some(Prefill::Profile),
        }
    }

    /// A choice by its id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.id == id)
    }

    /// Its choices; empty if it is no choice.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            StepKind::Choice(choices)
            | StepKind::Choices { choices, .. }
            | StepKind::Payment(choices) => choices,
            StepKind::Items
            | StepKind::Review
            | StepKind::Text { .. }
            | StepKind::Number { .. }
            | StepKind::Phone
            | StepKind::YesNo
            | StepKind::Date { .. }
            | StepKind::Slot(_)
            | StepKind::Location
            | StepKind::Address { .. }
            | StepKind::Photo => &[],
        }
    }

    /// The type of its answer in a condition; none for a screen, a pin and a picture.
    pub fn answer_type(&self) -> Option<Type> {
        match self.kind {
            StepKind::Items | StepKind::Review | StepKind::Location | StepKind::Photo => None,
            StepKind::Text { .. }
            | StepKind::Phone
            | StepKind::Choice(_)
            | StepKind::Payment(_)
            | StepKind::Date { .. }
            | StepKind::Slot(_)
            | StepKind::Address { .. } => Some(Type::Text),
            StepKind::Choices { .. } => Some(Type::List(Some(Box::new(Type::Text)))),
            StepKind::Number { .. } => Some(Type::Int),
            StepKind::YesNo => Some(Type::Flag),
        }
    }
}

impl Flow {
    /// Whether a guest at a table may begin it, and its orders go to that table.
    pub fn starts_at_table(&self) -> bool {
        self.starts.iter().any(|start| start == "table")
    }

    /// Whether it may be begun by anybody, wherever they are.
    pub fn starts_anywhere(&self) -> bool {
        self.starts.iter().any(|start| start == "menu")
    }

    /// Whether it may be begun by this word of [`STARTS`].
    pub fn starts_by(&self, word: &str) -> bool {
        self.starts.iter().any(|start| start == word)
    }

    /// A step by its id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// What its conditions may read.
    pub fn table(&self) -> Table {
        Table {
            answers: self
                .steps
                .iter()
                .filter_map(|step| Some((step.id.clone(), step.answer_type()?)))
                .collect(),
            rules: false,
        }
    }

    /// How many days from today its steps may ask about; 0 if none asks for a day.
    pub fn days_ahead(&self) -> u64 {
        let days = self.steps.iter().map(|step| match &step.kind {
            StepKind::Date { to, .. } => to.saturating_add(1),
            StepKind::Slot(slots) => slots.days,
            _ => 0,
        });
        days.max().unwrap_or(0)
    }

    /// Minutes from placing to the wished time, where a step asks for one.
    pub fn minutes(&self, answers: &BTreeMap<String, Answer>) -> Option<i64> {
        self.steps.iter().find_map(|step| {
            let Answer::Text(id) = answers.get(&step.id)? else {
                return None;
            };
            step.choice(id)?.minutes
        })
    }
}
