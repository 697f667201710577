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
    /// The account that it is on. Only rules of approval see it.
    pub credit: CreditFacts,
    /// What a member may order for. Only rules of approval see it.
    pub budget: BudgetFacts,
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
    /// How it reaches the customer: `pickup`, `dine_in` or `delivery`.
    pub fulfilment: String,
    /// The id of the table where the guest sits; empty elsewhere.
    pub table: String,
    /// What the goods come to without fees, in minor units of the shop's currency.
    pub subtotal_minor: i64,
    /// What is charged besides the goods, in minor units.
    pub fees_minor: i64,
    /// What it comes to, in minor units of the shop's currency.
    pub total_minor: i64,
    /// Lines in the cart.
    pub lines: i64,
    /// Pieces and packs over all lines; a line by weight counts as one.
    pub units: i64,
    /// Different items in the cart.
    pub distinct_items: i64,
    /// The least that is left of any counted item after this order, in base units;
    /// [`NOTHING_COUNTED`] if it has none. Only rules of approval see it.
    pub stock_left: i64,
    /// Minutes until the day or window that was chosen begins; 0 if none was.
    pub minutes_ahead: i64,
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
    /// Orders that were cancelled, by whoever, or could not be delivered.
    pub cancelled_orders: i64,
    /// The shop's groups that staff put this person in.
    pub groups: Vec<String>,
    /// The language this person reads, e.g. `en`.
    pub language: String,
    /// The id of the company that is ordered for; empty: for themselves.
    pub company: String,
    /// What this person is in it: `buyer`, `approver` or `admin`; empty without one.
    pub company_role: String,
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

/// `credit.…` in a rule of approval: the account that the order is on, in minor units of its
/// currency. Not on account: nothing used, nothing overdue, no bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditFacts {
    /// Whether the order is on account.
    pub on_account: bool,
    /// The account's limit.
    pub limit: i64,
    /// What is owed and what open orders hold, without this one.
    pub used: i64,
    /// What is left of the limit after this order; below zero: more is used.
    pub available_after: i64,
    /// For how many days the oldest debt is overdue.
    pub overdue_days: i64,
}

impl Default for CreditFacts {
    fn default() -> Self {
        Self {
            on_account: false,
            limit: 0,
            used: 0,
            available_after: UNLIMITED,
            overdue_days: 0,
        }
    }
}

/// `budget.…` in a rule of approval: what a member of a company may order for on its account in
/// the present period, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BudgetFacts {
    /// What is left without this order.
    pub left: i64,
    /// What is left after it; below zero: more is ordered.
    pub left_after: i64,
}

impl Default for BudgetFacts {
    fn default() -> Self {
        Self {
            left: UNLIMITED,
            left_after: UNLIMITED,
        }
    }
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

/// What a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Number,
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// A list of texts.
    Texts,
}

impl Holds {
    /// Its type for the checker.
    pub fn kind(self) -> Type {
        match self {
            Self::Number => Type::Int,
            Self::Text => Type::Text,
            Self::Flag => Type::Flag,
            Self::Texts => Type::List(Some(Box::new(Type::Text))),
        }
    }
}

/// One name that a condition may use, `RECORD.NAME`. Its words are for the merchant at the
/// command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The record.
    pub record: &'static str,
    /// The field of the record, as in [`Facts`].
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// In what it is counted, or which values it has.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Every fact: the checker reads it, `ks-order check DIR --facts` prints it. Tests hold it
/// against the fields of [`Facts`] and against docs/dialogues.md.
#[rustfmt::skip]
pub const FACTS: &[Fact] = &[
    fact("order", "flow", Holds::Text, "a flow's id", "the flow that is gone through"),
    fact("order", "fulfilment", Holds::Text, "`pickup`, `dine_in`, `delivery`", "how the order reaches the customer"),
    fact("order", "table", Holds::Text, "a table's id, or empty", "the table where the guest sits"),
    fact("order", "subtotal_minor", Holds::Number, MONEY, "what the goods come to, without fees and added tax"),
    fact("order", "fees_minor", Holds::Number, MONEY, "the fees; not in the condition of a fee"),
    fact("order", "total_minor", Holds::Number, MONEY, "what the order comes to; not in the condition of a fee"),
    fact("order", "lines", Holds::Number, "lines", "lines of the cart"),
    fact("order", "units", Holds::Number, "pieces and packs", "pieces and packs over all lines; a line by weight counts as one"),
    fact("order", "distinct_items", Holds::Number, "items", "different items in the cart"),
    fact("order", "stock_left", Holds::Number, "base units", "the least that is left of any counted item after this order, 1000000000 if it has none; only in rules of approval"),
    fact("order", "minutes_ahead", Holds::Number, "minutes", "until the day or window that was chosen begins, 0 if none was"),
    fact("order", "items", Holds::Texts, "item ids", "the items in the cart"),
    fact("order", "categories", Holds::Texts, "category ids", "the categories of the items in the cart"),
    fact("customer", "completed_orders", Holds::Number, "orders", "orders that were handed over to this customer before"),
    fact("customer", "cancelled_orders", Holds::Number, "orders", "orders of this customer that were cancelled or could not be delivered"),
    fact("customer", "groups", Holds::Texts, "ids of the shop's `groups`", "the groups that staff put this customer in"),
    fact("customer", "language", Holds::Text, "one of the shop's `locales`", "the language this customer reads"),
    fact("customer", "company", Holds::Text, "a company's id, or empty", "the company that is ordered for"),
    fact("customer", "company_role", Holds::Text, "`buyer`, `approver`, `admin`, or empty", "what this customer is in that company"),
    fact("time", "hour", Holds::Number, "0 to 23", "the hour on the shop's clock"),
    fact("time", "minute", Holds::Number, "0 to 59", "the minute on the shop's clock"),
    fact("time", "weekday", Holds::Number, "1 Monday to 7 Sunday", "the day on the shop's calendar"),
    fact("time", "open", Holds::Flag, "", "whether the flow takes orders now"),
    fact("credit", "on_account", Holds::Flag, "", "whether the order is on account; only in rules of approval, as all of these"),
    fact("credit", "limit", Holds::Number, MONEY, "the account's limit, 0 if the order is not on account"),
    fact("credit", "used", Holds::Number, MONEY, "what is owed and what open orders hold, without this one"),
    fact("credit", "available_after", Holds::Number, MONEY, "what is left of the limit after this order, below 0 if it is too much, 1000000000000000 if the order is not on account"),
    fact("credit", "overdue_days", Holds::Number, "days", "for how long the oldest debt of the account is overdue, 0 if none is"),
    fact("budget", "left", Holds::Number, MONEY, "what is left of the member's budget in this period, without this order, 1000000000000000 without a budget"),
    fact("budget", "left_after", Holds::Number, MONEY, "the same after this order, below 0 if it is too much"),
];

const fn fact(
    record: &'static str,
    name: &'static str,
    holds: Holds,
    unit: &'static str,
    meaning: &'static str,
) -> Fact {
    Fact {
        record,
        name,
        holds,
        unit,
        meaning,
    }
}

/// [`OrderFacts::stock_left`] of an order without counted items.
pub const NOTHING_COUNTED: i64 = 1_000_000_000;

/// What is left where nothing bounds it.
pub const UNLIMITED: i64 = 1_000_000_000_000_000;

/// The unit of money: no fractions, so `20.00` of a currency with two decimals is `2000`.
pub const MONEY: &str = "minor units of the currency";

/// An operator or a function that a condition may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Its name as the checker knows it; an operator is its own sign.
    pub name: &'static str,
    /// How it is written.
    pub form: &'static str,
    /// What it gives.
    pub meaning: &'static str,
    /// A whole condition that uses it.
    pub example: &'static str,
}

const fn form(
    name: &'static str,
    form: &'static str,
    meaning: &'static str,
    example: &'static str,
) -> Form {
    Form {
        name,
        form,
        meaning,
        example,
    }
}

/// The operators.
#[rustfmt::skip]
pub const OPERATORS: &[Form] = &[
    form("&&", "a && b", "both hold", "time.open && order.lines > 2"),
    form("||", "a || b", "at least one holds", "time.hour < 8 || time.hour > 20"),
    form("!", "!a", "it does not hold", "!time.open"),
    form("==", "a == b", "the same", "time.weekday == 7"),
    form("!=", "a != b", "different", "customer.language != 'en'"),
    form("<", "a < b", "less, for numbers and texts", "time.hour < 12"),
    form("<=", "a <= b", "less or the same", "time.minute <= 30"),
    form(">", "a > b", "more", "order.lines > 5"),
    form(">=", "a >= b", "more or the same", "order.total_minor >= 20000"),
    form("+", "a + b", "sum of numbers; texts or lists joined", "time.hour * 60 + time.minute < 690"),
    form("-", "a - b, -a", "difference", "order.total_minor - 500 > 0"),
    form("*", "a * b", "product", "order.lines * 2 > 10"),
    form("/", "a / b", "quotient without its fraction", "order.total_minor / 100 >= 50"),
    form("%", "a % b", "what a division leaves over", "order.lines % 2 == 0"),
    form("in", "a in LIST", "the list holds it", "'wine' in order.categories"),
    form("?:", "a ? b : c", "b if a holds, else c", "order.lines > (time.open ? 3 : 1)"),
];

/// The functions.
#[rustfmt::skip]
pub const FUNCTIONS: &[Form] = &[
    form("size", "size(a)", "characters of a text, entries of a list", "size(order.items) > 3"),
    form("startsWith", "a.startsWith('x')", "the text begins with it", "customer.language.startsWith('zh')"),
    form("endsWith", "a.endsWith('x')", "the text ends with it", "order.flow.endsWith('express')"),
    form("contains", "a.contains('x')", "the text holds it", "order.flow.contains('deliver')"),
    form("has", "has(a.b)", "there is such a name; always true of the names above", "has(order.flow)"),
    form("exists", "LIST.exists(x, …)", "it holds for at least one", "order.items.exists(x, x.startsWith('beer'))"),
    form("all", "LIST.all(x, …)", "it holds for each", "order.categories.all(x, x == 'drinks')"),
    form("exists_one", "LIST.exists_one(x, …)", "it holds for exactly one", "order.items.exists_one(x, x == 'beer')"),
    form("filter", "LIST.filter(x, …)", "those for which it holds", "size(order.items.filter(x, x != 'beer')) > 2"),
];

/// The names a condition may use, with their types.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// `answer.STEP`: the flow's own steps.
    pub answers: BTreeMap<String, Type>,
    /// Whether it is for rules of approval, which know the stock.
    pub rules: bool,
}

/// The records that a condition may read.
pub const RECORDS: [&str; 6] = ["order", "customer", "time", "credit", "budget", "answer"];

impl Table {
    /// The type of a field, or `None` if the record has no such field.
    pub fn field(&self, record: &str, field: &str) -> Option<Type> {
        if record == "answer" {
            return self.answers.get(field).cloned();
        }
        let is_for_rules =
            (record, field) == ("order", "stock_left") || ["credit", "budget"].contains(&record);
        if is_for_rules && !self.rules {
            return None;
        }
        FACTS
            .iter()
            .find(|fact| (fact.record, fact.name) == (record, field))
            .map(|fact| fact.holds.kind())
    }

    /// The names of a record's fields, to offer the nearest.
    pub fn fields(&self, record: &str) -> Vec<&str> {
        if record == "answer" {
            return self.answers.keys().map(String::as_str).collect();
        }
        let of = FACTS.iter().filter(|fact| fact.record == record);
        of.map(|fact| fact.name)
            .filter(|name| self.field(record, name).is_some())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The fields of [`Facts`] that a condition sees, with the kind of their value.
    fn fields() -> BTreeSet<(String, String, &'static str)> {
        let facts = Facts::default();
        let records = [
            ("order", serde_json::to_value(&facts.order).unwrap()),
            ("customer", serde_json::to_value(&facts.customer).unwrap()),
            ("time", serde_json::to_value(&facts.time).unwrap()),
            ("credit", serde_json::to_value(&facts.credit).unwrap()),
            ("budget", serde_json::to_value(&facts.budget).unwrap()),
        ];
        let mut found = BTreeSet::new();
        for (record, value) in records {
            for (name, value) in value.as_object().unwrap() {
                let kind = match value {
                    serde_json::Value::Number(_) => "number",
                    serde_json::Value::String(_) => "text",
                    serde_json::Value::Bool(_) => "flag",
                    serde_json::Value::Array(_) => "texts",
                    other => panic!("{record}.{name} is {other}"),
                };
                found.insert((record.to_owned(), name.clone(), kind));
            }
        }
        found
    }

    #[test]
    fn every_field_is_in_the_table_with_its_type_unit_and_meaning() {
        let listed: BTreeSet<(String, String, &str)> = FACTS
            .iter()
            .map(|fact| {
                let kind = match fact.holds {
                    Holds::Number => "number",
                    Holds::Text => "text",
                    Holds::Flag => "flag",
                    Holds::Texts => "texts",
                };
                (fact.record.to_owned(), fact.name.to_owned(), kind)
            })
            .collect();
        assert_eq!(listed, fields(), "FACTS against the fields of Facts");
        assert_eq!(listed.len(), FACTS.len(), "a fact is listed twice");
        for fact in FACTS {
            assert!(!fact.meaning.is_empty(), "{}.{}", fact.record, fact.name);
            assert!(
                !fact.unit.is_empty() || fact.holds == Holds::Flag,
                "{}.{} has no unit",
                fact.record,
                fact.name
            );
            assert!(RECORDS.contains(&fact.record), "{}", fact.record);
        }
    }

    #[test]
    fn every_listed_field_has_a_type() {
        let table = Table {
            answers: BTreeMap::from([("name".to_owned(), Type::Text)]),
            rules: true,
        };
        for record in RECORDS {
            assert!(!table.fields(record).is_empty(), "{record}");
            for field in table.fields(record) {
                assert!(table.field(record, field).is_some(), "{record}.{field}");
            }
        }
        assert_eq!(table.field("order", "totl"), None);
        assert_eq!(table.field("answer", "lines"), None);
    }

    #[test]
    fn the_document_lists_every_fact_operator_and_function() {
        let document = include_str!("../../docs/dialogues.md");
        for fact in FACTS {
            let name = format!("`{}.{}`", fact.record, fact.name);
            assert!(document.contains(&name), "docs/dialogues.md lacks {name}");
        }
        for form in FUNCTIONS {
            let name = format!("`{}()`", form.name);
            assert!(document.contains(&name), "docs/dialogues.md lacks {name}");
        }
        for form in OPERATORS.iter().filter(|form| form.name != "?:") {
            let name = format!("`{}`", form.name);
            assert!(document.contains(&name), "docs/dialogues.md lacks {name}");
        }
    }
}
