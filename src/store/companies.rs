//! Companies: their details (sealed), members, requests to join, rules.
//!
//! Whoever changes a company, its members or its rules writes the company first ([`save`]), which
//! compares the version they saw: two people who change it at once are told apart there.

mod members;
mod rules;

pub use members::{
    Asking, Colleague, add, ask, members, remove, set_budget, set_limit, set_role, settle, waiting,
};
pub(super) use rules::read_rule;
pub use rules::{add_rule, remove_rule, rules};

use super::batch::Batch;
use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::domain::companies::{Company, Details, Role};
use crate::domain::credit::{Budget, Period};
use crate::kernel::{CompanyId, CustomerId, Timestamp};

/// Somebody's place in a company, with what an order for it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The company.
    pub company: CompanyId,
    /// What they are there.
    pub role: Role,
    /// Whether its members may order for it.
    pub active: bool,
    /// What they may order for on its account; none: no bound.
    pub budget: Option<Budget>,
    /// Its name, addresses and fields.
    pub details: Details,
}

impl Membership {
    /// From the columns of the glance: id, role (with a budget: `buyer 50000 month`), whether it is
    /// active, what is sealed.
    pub(super) fn open(
        keys: &Keys,
        (id, words, active): (String, &str, bool),
        sealed: Option<Vec<u8>>,
    ) -> Result<Self, StoreError> {
        let company = CompanyId(id);
        let cell = Cell {
            column: "role",
            table: "company_members",
            ..personal(&company)
        };
        let (role, budget) = words.split_once(' ').unwrap_or((words, ""));
        let role = cell.known(Role::parse(role))?;
        let cell = Cell {
            column: "budget_period",
            ..cell
        };
        let budget = match budget {
            "" => None,
            words => Some(cell.known(read_budget(words))?),
        };
        Ok(Self {
            budget,
            details: details(keys, &company, sealed)?,
            company,
            role,
            active,
        })
    }
}

/// Reads [`Budget::code`].
fn read_budget(words: &str) -> Option<Budget> {
    let (limit, period) = words.split_once(' ')?;
    Some(Budget {
        limit_minor: limit.parse().ok()?,
        period: Period::parse(period)?,
    })
}

/// A company in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The company.
    pub company: Company,
    /// How many members it has.
    pub members: i64,
}

struct Row {
    id: String,
    personal: Option<Vec<u8>>,
    active: bool,
    version: i64,
    members: i64,
}
columns!(Row: id, personal, active, version, members);

impl Row {
    fn listed(self, keys: &Keys) -> Result<Listed, StoreError> {
        let id = CompanyId(self.id);
        Ok(Listed {
            company: Company {
                details: details(keys, &id, self.personal)?,
                id,
                active: self.active,
                version: self.version,
            },
            members: self.members,
        })
    }
}

fn personal(id: &CompanyId) -> Cell<'_, CompanyId> {
    Cell {
        query: "companies.find",
        table: "companies",
        column: "personal",
        row: id,
    }
}

fn details(keys: &Keys, id: &CompanyId, sealed: Option<Vec<u8>>) -> Result<Details, StoreError> {
    match sealed {
        Some(sealed) => personal(id).open(keys, &sealed),
        // Erased on the company's wish.
        None => Ok(Details::default()),
    }
}

/// Writes a new company; `false` if its id is taken.
pub async fn insert(
    tx: &mut Tx,
    (id, details): (&CompanyId, &Details),
    made_by: CustomerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sealed = personal(id).seal(&tx.keys(), details)?;
    let done = sql!(
        tx,
        exec,
        "insert into companies (id, personal, active, version, made_by, made_ms, changed_ms)
         values ($1, $2, $3, 1, $4, $5, $5) on conflict (id) do nothing",
        id.as_str(),
        sealed,
        true,
        made_by.0,
        now.0
    )
    .map_err(StoreError::on("companies.insert"))?;
    Ok(done == 1)
}

/// A company, if there is one of that id.
pub async fn find(tx: &mut Tx, id: &CompanyId) -> Result<Option<Company>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select id, personal, active, version, cast(0 as bigint) as members
         from companies where id = $1",
        id.as_str()
    )
    .map_err(StoreError::on("companies.find"))?;
    let keys = tx.keys();
    Ok(row
        .map(|row| row.listed(&keys))
        .transpose()?
        .map(|l| l.company))
}

/// What these companies are called; an erased one by its id.
pub async fn names(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = CompanyId>,
) -> Result<Vec<(CompanyId, String)>, StoreError> {
    let rows: Vec<(String, Option<Vec<u8>>)> =
        Batch::new("select id, personal from companies where id in (")
            .list(ids.into_iter().map(|id| id.0))
            .text(")")
            .fetch_all(tx)
            .await
            .map_err(StoreError::on("companies.names"))?;
    let keys = tx.keys();
    let named = |(id, sealed)| {
        let id = CompanyId(id);
        let details = details(&keys, &id, sealed)?;
        let name = details.called(&id).to_owned();
        Ok((id, name))
    };
    rows.into_iter().map(named).collect()
}

/// Companies in the order of their ids, skipping `skip` and giving at most `limit`.
pub async fn list(tx: &mut Tx, skip: i64, limit: i64) -> Result<Vec<Listed>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select id, personal, active, version,
         (select count(*) from company_members m where m.company = companies.id) as members
         from companies order by id limit $1 offset $2",
        limit,
        skip
    )
    .map_err(StoreError::on("companies.list"))?;
    let keys = tx.keys();
    rows.into_iter().map(|row| row.listed(&keys)).collect()
}

/// Writes a company as it is now and raises its version; `false` if somebody changed it, its
/// members or its rules first: then nothing is written, reload and decide again.
pub async fn save(tx: &mut Tx, company: &mut Company, now: Timestamp) -> Result<bool, StoreError> {
    let sealed = personal(&company.id).seal(&tx.keys(), &company.details)?;
    let done = sql!(
        tx,
        exec,
        "update companies set personal = $1, active = $2, version = version + 1, changed_ms = $3
         where id = $4 and version = $5",
        sealed,
        company.active,
        now.0,
        company.id.as_str(),
        company.version
    )
    .map_err(StoreError::on("companies.save"))?;
    if done != 1 {
        return Ok(false);
    }
    company.version += 1;
    Ok(true)
}
