//! A company's own rules of approval.

use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::tx::{Tx, sql};
use crate::domain::companies::{Member, Quorum, Role, Rule, Who};
use crate::kernel::{CompanyId, CustomerId, Timestamp};

struct Row {
    rule: i64,
    above_minor: i64,
    who: String,
    quorum: String,
}
columns!(Row: rule, above_minor, who, quorum);

impl Row {
    fn rule(self) -> Result<Rule, StoreError> {
        let cell = |column| Cell {
            query: "companies.rules",
            table: "company_rules",
            column,
            row: &self.rule,
        };
        Ok(Rule {
            id: self.rule,
            above_minor: self.above_minor,
            who: cell("who").known(Who::parse(&self.who))?,
            quorum: cell("quorum").known(Quorum::parse(&self.quorum))?,
        })
    }
}

/// The rules of a company, lowest amount first.
pub async fn rules(tx: &mut Tx, company: &CompanyId) -> Result<Vec<Rule>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select rule, above_minor, who, quorum from company_rules
         where company = $1 order by above_minor, rule",
        company.as_str()
    )
    .map_err(StoreError::on("companies.rules"))?;
    rows.into_iter().map(Row::rule).collect()
}

/// What a decision about one order needs to know of its company.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// Its own rules, lowest amount first.
    pub rules: Vec<Rule>,
    /// Its members, longest first; when they last ordered is not looked at.
    pub members: Vec<Member>,
}

/// A rule or a member: what it is, then what fits.
struct Term {
    kind: String,
    id: i64,
    amount: Option<i64>,
    word: String,
    quorum: Option<String>,
    since_ms: i64,
    granter: Option<i64>,
}
columns!(Term: kind, id, amount, word, quorum, since_ms, granter);

/// The rules and the members of a company; one statement.
pub async fn terms(tx: &mut Tx, company: &CompanyId) -> Result<Terms, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Term,
        "select 'rule' as kind, rule as id, above_minor as amount, who as word, quorum,
            made_ms as since_ms, made_by as granter from company_rules where company = $1
         union all select 'member', user_id, limit_minor, role, null, since_ms, let_in_by
            from company_members where company = $1
         order by 1, 6, 2",
        company.as_str()
    )
    .map_err(StoreError::on("companies.terms"))?;
    let mut terms = Terms::default();
    for row in rows {
        if row.kind == "rule" {
            terms.rules.push(row.rule()?);
        } else {
            terms.members.push(row.member()?);
        }
    }
    terms.rules.sort_by_key(|rule| (rule.above_minor, rule.id));
    Ok(terms)
}

impl Term {
    fn rule(self) -> Result<Rule, StoreError> {
        let row = Row {
            rule: self.id,
            above_minor: self.amount.unwrap_or_default(),
            who: self.word,
            quorum: self.quorum.unwrap_or_default(),
        };
        row.rule()
    }

    fn member(self) -> Result<Member, StoreError> {
        let cell = Cell {
            query: "companies.terms",
            table: "company_members",
            column: "role",
            row: &self.id,
        };
        Ok(Member {
            user: CustomerId(self.id),
            role: cell.known(Role::parse(&self.word))?,
            since: Timestamp(self.since_ms),
            let_in_by: self.granter.map(CustomerId),
            limit_minor: self.amount,
            ordered: None,
        })
    }
}

/// Adds a rule.
pub async fn add_rule(
    tx: &mut Tx,
    company: &CompanyId,
    rule: &Rule,
    (made_by, now): (CustomerId, Timestamp),
) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into company_rules (company, rule, above_minor, who, quorum, made_by, made_ms)
         values ($1, $2, $3, $4, $5, $6, $7)",
        company.as_str(),
        rule.id,
        rule.above_minor,
        rule.who.code(),
        rule.quorum.code(),
        made_by.0,
        now.0
    )
    .map_err(StoreError::on("companies.add_rule"))?;
    Ok(())
}

/// Removes a rule; `false` if it is gone already.
pub async fn remove_rule(tx: &mut Tx, company: &CompanyId, rule: i64) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "delete from company_rules where company = $1 and rule = $2",
        company.as_str(),
        rule
    )
    .map_err(StoreError::on("companies.remove_rule"))?;
    Ok(done == 1)
}
