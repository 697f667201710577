//! A company's own rules of approval.

use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::tx::{Tx, sql};
use crate::domain::companies::{Quorum, Rule, Who};
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

/// A rule as the glance reads it: its id, amount, and `WHO QUORUM`.
pub(in crate::store) fn read_rule(
    above_minor: i64,
    (rule, words): (i64, &str),
) -> Result<Rule, StoreError> {
    let (who, quorum) = words.split_once(' ').unwrap_or((words, ""));
    let row = Row {
        rule,
        above_minor,
        who: who.to_owned(),
        quorum: quorum.to_owned(),
    };
    row.rule()
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
