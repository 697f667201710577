//! Holds the shop's rules against an order. Pure: values in, a decision out.
//!
//! A rule that can't be worked out never lets an order through: a person decides, and its name is
//! given for the owner to hear of.

use crate::dialogue::advance;
use crate::dialogue::condition::Moment;
use crate::dialogue::{Answer, Facts, Flow, Place};
use crate::domain::approvals::{Decision, Fired, Need, Outcome, Quorum, Value, decide};
use crate::domain::companies;
use crate::shop::approval::COMPANY_ROLES;
use crate::shop::{Approvals, Rule};

/// The name of the rules that a company made for itself.
pub const COMPANY: &str = "company";

/// As what somebody orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orderer {
    /// One of [`crate::shop::approval::ORDERS_AS`].
    pub role: String,
    /// The company that is ordered for; none: for themselves.
    pub company: Option<String>,
}

impl Orderer {
    /// Somebody who orders for a company in a role, or for themselves.
    pub fn of(company: Option<(&str, companies::Role)>) -> Self {
        Self {
            role: company
                .map_or("customer", |(_, role)| role.code())
                .to_owned(),
            company: company.map(|(id, _)| id.to_owned()),
        }
    }
}

/// An order as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The flow it goes through.
    pub flow: &'a Flow,
    /// What was answered.
    pub place: &'a Place,
    /// What conditions may read.
    pub facts: &'a Facts,
    /// Who orders.
    pub orderer: &'a Orderer,
}

/// A rule and what it came to for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// Whether it is for such an order at all.
    pub applies: bool,
    /// Whether it fired; why it could not be worked out.
    pub fires: Result<bool, String>,
    /// What it read.
    pub values: Vec<(String, Value)>,
}

impl Tried<'_> {
    /// What is kept of a rule that fired, or could not be worked out.
    fn fired(&self) -> Option<Fired> {
        let failed = self.fires.is_err();
        (failed || self.fires == Ok(true)).then(|| Fired {
            rule: self.rule.id.clone(),
            values: self.values.clone(),
            failed,
            warns: false,
        })
    }
}

/// Decides an order by the shop's rules, and those that the company made for itself.
pub fn decided(approvals: &Approvals, own: &[companies::Rule], seen: Seen<'_>) -> Decision {
    let moment = Moment::new(seen.flow, seen.place, seen.facts);
    let own: Vec<(Fired, Outcome)> = own
        .iter()
        .filter(|rule| seen.facts.order.total_minor > rule.above_minor)
        .map(|rule| (by_company(seen), Outcome::Need(vec![company_need(rule)])))
        .collect();
    let tried = approvals
        .rules
        .iter()
        .map(|rule| tried(rule, seen, &moment));
    let of_shop = tried.filter_map(|tried| Some((tried.fired()?, &tried.rule.outcome)));
    let of_company = own.iter().map(|(fired, outcome)| (fired.clone(), outcome));
    decide(of_company.chain(of_shop).collect(), &approvals.otherwise())
}

/// That a company's own rule fired.
fn by_company(seen: Seen<'_>) -> Fired {
    let total = Value::Number(seen.facts.order.total_minor);
    Fired {
        rule: COMPANY.to_owned(),
        values: vec![("order.total_minor".to_owned(), total)],
        failed: false,
        warns: false,
    }
}

/// Whom a company's own rule asks. Its admins may decide for its approvers: a company without
/// any of those is not stuck.
fn company_need(rule: &companies::Rule) -> Need {
    let [approver, admin] = COMPANY_ROLES.map(str::to_owned);
    Need {
        roles: match rule.who {
            companies::Who::Approver => vec![approver, admin],
            companies::Who::Admin => vec![admin],
        },
        quorum: match rule.quorum {
            companies::Quorum::Any => Quorum::Any,
            companies::Quorum::All => Quorum::All,
            companies::Quorum::Of(count) => Quorum::Of(count),
        },
    }
}

/// What every rule comes to, those that are not for such an order too.
pub fn explained<'r>(approvals: &'r Approvals, seen: Seen<'_>) -> Vec<Tried<'r>> {
    let moment = Moment::new(seen.flow, seen.place, seen.facts);
    let rules = approvals.rules.iter();
    rules
        .map(|rule| Tried {
            values: values(rule, seen),
            ..tried(rule, seen, &moment)
        })
        .collect()
}

/// Whether any rule reads a fact, so that it has to be looked up.
pub fn read(approvals: &Approvals, record: &str, field: &str) -> bool {
    let conditions = approvals.rules.iter().filter_map(|rule| rule.when.as_ref());
    conditions
        .into_iter()
        .any(|condition| condition.reads(record, field))
}

fn tried<'r>(rule: &'r Rule, seen: Seen<'_>, moment: &Moment) -> Tried<'r> {
    let applies = applies(rule, seen);
    let fires = match &rule.when {
        _ if !applies => Ok(false),
        None => Ok(true),
        Some(when) => when.holds_at(moment),
    };
    let values = match fires {
        Ok(false) => Vec::new(),
        Ok(true) | Err(_) => values(rule, seen),
    };
    Tried {
        rule,
        applies,
        fires,
        values,
    }
}

fn applies(rule: &Rule, seen: Seen<'_>) -> bool {
    let holds = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
    let groups = &seen.facts.customer.groups;
    let in_group = rule.groups.is_empty() || rule.groups.iter().any(|group| groups.contains(group));
    in_group
        && holds(&rule.flows, &seen.flow.id)
        && holds(&rule.roles, &seen.orderer.role)
        && holds(
            &rule.companies,
            seen.orderer.company.as_deref().unwrap_or(""),
        )
}

/// What a rule reads, with the values of this order.
fn values(rule: &Rule, seen: Seen<'_>) -> Vec<(String, Value)> {
    let Some(when) = &rule.when else {
        return Vec::new();
    };
    let facts = when.facts_read().into_iter();
    facts
        .filter_map(|(record, field)| {
            let value = value(seen, &record, &field)?;
            Some((format!("{record}.{field}"), value))
        })
        .collect()
}

fn value(seen: Seen<'_>, record: &str, field: &str) -> Option<Value> {
    let json = match record {
        "order" => serde_json::to_value(&seen.facts.order).ok()?,
        "customer" => serde_json::to_value(&seen.facts.customer).ok()?,
        "time" => serde_json::to_value(&seen.facts.time).ok()?,
        "credit" => serde_json::to_value(&seen.facts.credit).ok()?,
        "budget" => serde_json::to_value(&seen.facts.budget).ok()?,
        _ => {
            let given = advance::given(seen.flow, seen.place, seen.facts);
            let answer = given.iter().find(|(step, _)| step.id == field);
            return answered(answer.map(|(_, answer)| answer));
        }
    };
    serde_json::from_value(json.get(field)?.clone()).ok()
}

fn answered(answer: Option<&Answer>) -> Option<Value> {
    Some(match answer? {
        Answer::Text(words) | Answer::Address { words, .. } => Value::Text(words.clone()),
        Answer::Number(number) => Value::Number(*number),
        Answer::Flag(flag) => Value::Flag(*flag),
        Answer::Many(ids) => Value::Texts(ids.clone()),
        Answer::Pin(_) | Answer::Photo(_) | Answer::Skipped | Answer::Done => return None,
    })
}
