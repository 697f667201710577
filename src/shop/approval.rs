//! `approval.toml`: when a person must decide about an order, who, by when, and what if nobody does.
//!
//! A shop without the file decides nothing by people. Conditions are proven here like those of
//! flows; whether one fires for an order is the application's to work out.

use super::flows::inside;
use super::ftl::TextUse;
use super::settings::{ROLES, Settings, is_id};
use super::table::{Spot, Table};
use crate::dialogue::condition::nearest;
use crate::dialogue::facts;
use crate::dialogue::{Condition, Flow};
use crate::domain::approvals::{Need, Outcome, Quorum};

/// Most rules of a shop: all of them are held against every order.
const MAX_RULES: usize = 1000;
/// Most needs of a rule: nobody waits for more people one after the other.
const MAX_TIERS: usize = 5;
/// The largest number of people who must agree.
const MAX_QUORUM: i64 = 20;
/// Roles in a company, as the rules name those of the order's own company.
pub const COMPANY_ROLES: [&str; 2] = ["company-approver", "company-admin"];
/// As what somebody orders: for themselves, or in which role for a company.
pub const ORDERS_AS: [&str; 4] = ["customer", "buyer", "approver", "admin"];
/// The role of whoever owns the shop.
const OWNER: &str = "owner";

/// Everything of `approval.toml`; times in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approvals {
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// Without a decision until then: who is asked is reminded.
    pub remind_minutes: i64,
    /// Until then: those of `escalate_to` are asked too.
    pub escalate_minutes: i64,
    /// Until then: it is over.
    pub limit_minutes: i64,
    /// Whether an order that nobody decided about is taken; otherwise it expires.
    pub silence_approves: bool,
    /// Who is asked when those before don't answer or are not there, and when a rule could not
    /// be worked out.
    pub escalate_to: Vec<String>,
    /// Ids of reasons for saying no; their words are the texts `reason-ID`.
    pub reasons: Vec<String>,
}

impl Default for Approvals {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            remind_minutes: 5,
            escalate_minutes: 15,
            limit_minutes: 60,
            silence_approves: false,
            escalate_to: vec![OWNER.to_owned()],
            reasons: Vec::new(),
        }
    }
}

impl Approvals {
    /// What is needed where no rule says more.
    pub fn otherwise(&self) -> Need {
        Need {
            roles: self.escalate_to.clone(),
            quorum: Quorum::Any,
        }
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id; its words are the text `rule-ID`.
    pub id: String,
    /// As what somebody orders, of [`ORDERS_AS`]; empty: everybody.
    pub roles: Vec<String>,
    /// Groups of customers, one of which is enough; empty: everybody.
    pub groups: Vec<String>,
    /// Flows; empty: all.
    pub flows: Vec<String>,
    /// Companies that are ordered for; empty: everybody.
    pub companies: Vec<String>,
    /// When it fires; always, if absent.
    pub when: Option<Condition>,
    /// What it says then.
    pub outcome: Outcome,
}

/// Reads the file.
pub(super) fn read(
    top: &Table<'_>,
    (settings, flows): (&Settings, &[Flow]),
    texts: &mut Vec<TextUse>,
) -> Approvals {
    let usual = Approvals::default();
    let mut found = Approvals {
        remind_minutes: top.int("remind", 1, 10_080).unwrap_or(usual.remind_minutes),
        escalate_minutes: top
            .int("escalate", 1, 10_080)
            .unwrap_or(usual.escalate_minutes),
        limit_minutes: top.int("limit", 1, 43_200).unwrap_or(usual.limit_minutes),
        silence_approves: top
            .word("silence", &[("expire", false), ("approve", true)])
            .unwrap_or(usual.silence_approves),
        escalate_to: roles(top, "escalate_to"),
        reasons: super::settings::reasons(top, "reasons", texts),
        rules: Vec::new(),
    };
    if found.escalate_to.is_empty() {
        found.escalate_to = usual.escalate_to;
    }
    if !(found.remind_minutes < found.escalate_minutes
        && found.escalate_minutes < found.limit_minutes)
    {
        top.fault(
            top.at,
            "the times of approval are out of order",
            "`remind` must be below `escalate`, and that below `limit`",
        );
    }
    top.tables("rule", |table| {
        let Some(rule) = rule(table, (settings, flows), texts) else {
            return;
        };
        if found.rules.iter().any(|earlier| earlier.id == rule.id) {
            table.fault(
                table.key_at("id"),
                format!("the rule `{}` is there twice", rule.id),
                "rename one",
            );
        }
        if found.rules.len() == MAX_RULES {
            table.fault(
                table.at,
                "these are too many rules",
                format!("write at most {MAX_RULES}"),
            );
        }
        found.rules.push(rule);
    });
    let says_no = |rule: &Rule| matches!(rule.outcome, Outcome::Need(_));
    if found.rules.iter().any(says_no) && found.reasons.is_empty() {
        top.fault(
            top.at,
            "nobody could say why an order is refused",
            "add `reasons = [\"too-large\"]`, and the texts `reason-…`",
        );
    }
    found
}

/// A list of roles that may decide.
fn roles(table: &Table<'_>, key: &'static str) -> Vec<String> {
    let known = || ROLES.into_iter().chain([OWNER]).chain(COMPANY_ROLES);
    words(table, key, &known().collect::<Vec<_>>(), "role")
}

/// A list of words that are all known.
fn words(table: &Table<'_>, key: &'static str, known: &[&str], what: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in table.texts(key) {
        if !known.contains(&word.value) {
            let cure = nearest(word.value, known.iter().copied())
                .unwrap_or_else(|| format!("known: {}", known.join(", ")));
            table.fault(
                word.at,
                format!("there is no {what} `{}`", word.value),
                cure,
            );
        }
        found.push(word.value.to_owned());
    }
    found
}

fn rule(
    table: &Table<'_>,
    (settings, flows): (&Settings, &[Flow]),
    texts: &mut Vec<TextUse>,
) -> Option<Rule> {
    let id = table.need_text("id");
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let named = words(table, "flows", &ids, "flow");
    let groups: Vec<&str> = settings.groups.iter().map(String::as_str).collect();
    let groups = words(table, "groups", &groups, "group");
    let orders_as = words(table, "roles", &ORDERS_AS, "role in which somebody orders");
    let companies = companies(table);
    let mut of: Vec<&Flow> = flows
        .iter()
        .filter(|flow| named.contains(&flow.id))
        .collect();
    if of.is_empty() {
        of = flows.iter().collect();
    }
    let when = table.text("when").map(|when| condition(table, when, &of));
    let outcome = outcome(table);
    let id = id?;
    if !is_id(id.value) {
        table.fault(
            id.at,
            format!("`{}` is no id", id.value),
            "use a-z, 0-9 and -, at most 24",
        );
    }
    texts.push(TextUse::new(format!("rule-{}", id.value), table, id.at));
    Some(Rule {
        id: id.value.to_owned(),
        roles: orders_as,
        groups,
        flows: named,
        companies,
        when: match when {
            Some(None) => return None,
            Some(when) => when,
            None => None,
        },
        outcome: outcome?,
    })
}

/// Companies are made in chat: here only their ids can be proven.
fn companies(table: &Table<'_>) -> Vec<String> {
    let found = table.texts("companies");
    for company in found.iter().filter(|company| !is_id(company.value)) {
        table.fault(
            company.at,
            format!("`{}` is no id of a company", company.value),
            "use a-z, 0-9 and -, at most 24; `/company` shows the ids",
        );
    }
    let ids = found.into_iter().map(|company| company.value.to_owned());
    ids.collect()
}

/// What may be read: answers that every flow of the rule asks for in the same way.
fn condition(table: &Table<'_>, when: Spot<&str>, flows: &[&Flow]) -> Option<Condition> {
    let mut answers = flows.first().map(|flow| flow.table().answers);
    for flow in flows.iter().skip(1) {
        let other = flow.table().answers;
        if let Some(answers) = &mut answers {
            answers.retain(|step, kind| other.get(step) == Some(kind));
        }
    }
    let known = facts::Table {
        answers: answers.unwrap_or_default(),
        rules: true,
    };
    let start = inside(table.page().text, when.at);
    match Condition::new(when.value, &known) {
        Ok(condition) => {
            if !flows.iter().any(|flow| condition.can_hold(&flow.steps)) {
                table.fault(
                    start,
                    "the rule never fires: no answer makes this true",
                    "remove the rule or change `when`",
                );
            }
            Some(condition)
        }
        Err(faults) => {
            for fault in faults {
                table.fault(start + fault.offset, fault.what, fault.cure);
            }
            None
        }
    }
}

fn outcome(table: &Table<'_>) -> Option<Outcome> {
    let needs = table.tables("need", need);
    let word = table.text("outcome");
    let known = ["approve", "need", "reject", "warn"];
    match word.map(|word| word.value) {
        None if !needs.is_empty() => {}
        Some("need") if !needs.is_empty() => {}
        Some("approve") if needs.is_empty() => return Some(Outcome::Approve),
        Some("reject") if needs.is_empty() => return Some(Outcome::Reject),
        Some("warn") if needs.is_empty() => return Some(Outcome::Warn),
        Some("approve" | "reject" | "warn") => table.fault(
            table.key_at("need"),
            "this rule asks nobody",
            "remove `need`, or `outcome`",
        ),
        Some("need") | None => table.fault(
            table.at,
            "this rule decides nothing",
            "add `need = [{ roles = [\"manager\"] }]`, or `outcome = \"reject\"`",
        ),
        Some(other) => {
            let cure =
                nearest(other, known).unwrap_or_else(|| format!("known: {}", known.join(", ")));
            table.fault(
                word.map_or(table.at, |word| word.at),
                format!("`outcome` knows no `{other}`"),
                cure,
            );
        }
    }
    if needs.len() > MAX_TIERS {
        table.fault(
            table.key_at("need"),
            format!("{} people one after the other are too many", needs.len()),
            format!("ask at most {MAX_TIERS}"),
        );
    }
    (!needs.is_empty()).then_some(Outcome::Need(needs))
}

fn need(table: &Table<'_>) -> Need {
    let roles = roles(table, "roles");
    if roles.is_empty() {
        table.fault(
            table.at,
            "nobody is asked here",
            "add roles = [\"manager\"]",
        );
    }
    let quorum = if table.has("quorum") && table.id_named("quorum").is_some() {
        Quorum::Of(table.int("quorum", 1, MAX_QUORUM).unwrap_or(1))
    } else {
        let words = [("any", Quorum::Any), ("all", Quorum::All)];
        table.word("quorum", &words).unwrap_or(Quorum::Any)
    };
    Need { roles, quorum }
}
