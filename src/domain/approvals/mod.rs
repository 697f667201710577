//! Approvals: which orders a person must decide, who may, and the life of such a request.
//!
//! Rules are data; whether one fires is worked out elsewhere, what follows from all that fired
//! here ([`decide`]). [`request`] is the life of one request, [`people`] who may decide it.
//! Nothing here reads a clock, writes or speaks to anybody, and silence never approves unless
//! the shop says so.

pub mod people;
pub mod request;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use request::{Proposal, Request, State, Vote};

/// How many of those who may decide must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quorum {
    /// One of them.
    Any,
    /// Each of them who is there.
    All,
    /// So many of them, at least one.
    Of(i64),
}

/// Who must agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Need {
    /// Whoever has one of these roles may decide.
    pub roles: Vec<String>,
    /// How many of them.
    pub quorum: Quorum,
}

/// What is asked at the same time; all of it must be satisfied before the next tier is asked.
pub type Tier = Vec<Need>;

/// What a rule says of an order that it fires for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing speaks against it: says so, and decides nothing else.
    Approve,
    /// People must agree, one need after the other.
    Need(Vec<Need>),
    /// The shop does not take such an order.
    Reject,
    /// Whoever orders and whoever decides are told; it decides nothing.
    Warn,
}

/// A value that a rule saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
}

/// A rule that fired, with what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// The rule's id; its words are the text `rule-ID`.
    pub rule: String,
    /// What it read, by name (`order.total_minor`), in the order written.
    pub values: Vec<(String, Value)>,
    /// It could not be worked out: then a person decides, whatever it would have said.
    #[serde(default)]
    pub failed: bool,
    /// It only warns.
    #[serde(default)]
    pub warns: bool,
}

/// What the rules say of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is taken at once; the rules that say so by name, and those that warn.
    Approve(Vec<Fired>),
    /// People must agree.
    Need {
        /// Why, and what warns besides.
        fired: Vec<Fired>,
        /// Who, tier by tier; never empty, nor is any tier.
        tiers: Vec<Tier>,
    },
    /// It is not taken; the first rule is the one to be told.
    Reject(Vec<Fired>),
}

/// Decides by the rules that fired, in the order of the shop's file: any that rejects first, then
/// everything that any of them needs, else the order is approved. A rule that could not be worked
/// out needs `otherwise`, and what it needs anyway.
pub fn decide(fired: Vec<(Fired, &Outcome)>, otherwise: &Need) -> Decision {
    let rejects =
        |(fired, outcome): &&(Fired, &Outcome)| !fired.failed && matches!(outcome, Outcome::Reject);
    let against: Vec<Fired> = fired
        .iter()
        .filter(rejects)
        .map(|(fired, _)| fired.clone())
        .collect();
    if !against.is_empty() {
        return Decision::Reject(against);
    }
    let mut tiers: Vec<Tier> = Vec::new();
    let (mut needing, mut approving, mut warning) = (Vec::new(), Vec::new(), Vec::new());
    for (fired, outcome) in fired {
        let needs = match outcome {
            Outcome::Need(needs) => needs.as_slice(),
            Outcome::Approve | Outcome::Reject | Outcome::Warn => &[],
        };
        for (at, need) in needs.iter().enumerate() {
            add(&mut tiers, at, need);
        }
        if fired.failed && needs.is_empty() {
            add(&mut tiers, 0, otherwise);
        }
        if fired.failed || !needs.is_empty() {
            needing.push(fired);
        } else if matches!(outcome, Outcome::Warn) {
            warning.push(Fired {
                warns: true,
                ..fired
            });
        } else {
            approving.push(fired);
        }
    }
    if tiers.is_empty() {
        approving.append(&mut warning);
        return Decision::Approve(approving);
    }
    needing.append(&mut warning);
    Decision::Need {
        fired: needing,
        tiers,
    }
}

/// Adds a need to a tier; the same one twice is one.
fn add(tiers: &mut Vec<Tier>, at: usize, need: &Need) {
    while tiers.len() <= at {
        tiers.push(Tier::new());
    }
    if let Some(tier) = tiers.get_mut(at)
        && !tier.contains(need)
    {
        tier.push(need.clone());
    }
}
