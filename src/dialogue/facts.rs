//! What a condition may read: a typed table, and the values of one moment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::calendar::Calendar;

/// Everything that `advance` and conditions know about the world at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The order being put together.
    pub order: OrderFacts,
    /// Who orders.
    pub customer: CustomerFacts,
    /// The shop's wall clock.
    pub time: TimeFacts,
    /// Answers known from before, by step id: what a prefilled step offers.
    pub known: BTreeMap<String, String>,
    /// The shop's days, for steps that ask for one.
    pub calendar: Calendar,
}

/// `order.…` in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OrderFacts {
    /// The flow's id.
    pub flow: String,
    /// What it comes to, in minor units of the shop's currency.
    pub total_minor: i64,
    /// Lines in the cart.
    pub lines: i64,
    /// Ids of the items in the cart.
    pub items: Vec<String>,
    /// Ids of their categories.
    pub categories: Vec<String>,
}

/// `customer.…` in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CustomerFacts {
    /// Orders that were handed over before.
    pub completed_orders: i64,
    /// The language this person reads, e.g. `en`.
    pub language: String,
}

/// `time.…` in a condition, on the shop's wall clock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TimeFacts {
    /// 0-23.
    pub hour: i64,
    /// 0-59.
    pub minute: i64,
    /// 1 = Monday … 7 = Sunday.
    pub weekday: i64,
    /// Whether the shop is open.
    pub open: bool,
}

/// The type of a value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A whole number.
    Int,
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// A list of one type; `None` for the empty list.
    List(Option<Box<Type>>),
    /// One of the records, by its name.
    Record(&'static str),
}

impl Type {
    /// The type's name for a merchant.
    pub fn name(&self) -> String {
        match self {
            Self::Int => "a number".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::List(Some(inner)) => format!("a list of {}", inner.name()),
            Self::List(None) => "an empty list".to_owned(),
            Self::Record(name) => format!("the record `{name}`"),
        }
    }

    /// Whether values of both types may be compared or mixed.
    pub fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(None), Self::List(_)) | (Self::List(_), Self::List(None)) => true,
            (Self::List(Some(a)), Self::List(Some(b))) => a.fits(b),
            (a, b) => a == b,
        }
    }
}

/// The names a condition may use, with their types.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// `answer.STEP`: the flow's own steps.
    pub answers: BTreeMap<String, Type>,
}

/// The records that a condition may read.
pub const RECORDS: [&str; 4] = ["order", "customer", "time", "answer"];

impl Table {
    /// The type of a field, or `None` if the record has no such field.
    pub fn field(&self, record: &str, field: &str) -> Option<Type> {
        let found = match (record, field) {
            ("order", "total_minor" | "lines")
            | ("customer", "completed_orders")
            | ("time", "hour" | "minute" | "weekday") => Type::Int,
            ("order", "flow") | ("customer", "language") => Type::Text,
            ("order", "items" | "categories") => Type::List(Some(Box::new(Type::Text))),
            ("time", "open") => Type::Flag,
            ("answer", step) => return self.answers.get(step).cloned(),
            _ => return None,
        };
        Some(found)
    }

    /// The names of a record's fields, to offer the nearest.
    pub fn fields(&self, record: &str) -> Vec<&str> {
        match record {
            "order" => vec!["flow", "total_minor", "lines", "items", "categories"],
            "customer" => vec!["completed_orders", "language"],
            "time" => vec!["hour", "minute", "weekday", "open"],
            "answer" => self.answers.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_field_has_a_type() {
        let table = Table {
            answers: BTreeMap::from([("name".to_owned(), Type::Text)]),
        };
        for record in RECORDS {
            for field in table.fields(record) {
                assert!(table.field(record, field).is_some(), "{record}.{field}");
            }
        }
        assert_eq!(table.field("order", "totl"), None);
    }
}
