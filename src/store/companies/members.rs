//! Who is in a company, and who asks to be.

use super::super::customers::wishes;
use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::seal::Keys;
use super::super::tx::{Tx, sql};
use crate::domain::companies::{Member, Role};
use crate::domain::credit::{Budget, Period};
use crate::domain::orders::pushes::Wishes;
use crate::kernel::{CompanyId, CustomerId, Locale, Timestamp};

/// A member with what is known of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The member.
    pub member: Member,
    /// Their name as last seen; empty: never seen, or erased.
    pub name: String,
    /// What they read; none: never seen.
    pub locale: Option<Locale>,
    /// Whether they can be written to.
    pub reachable: bool,
    /// What they may order for on the company's account; none: no bound.
    pub budget: Option<Budget>,
    /// Which messages they want.
    pub pushes: Wishes,
}

/// Somebody who asks to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who.
    pub user: CustomerId,
    /// Their name as last seen.
    pub name: String,
    /// As what.
    pub role: Role,
}

struct Row {
    user_id: i64,
    role: String,
    since_ms: i64,
    let_in_by: Option<i64>,
    limit_minor: Option<i64>,
    ordered_ms: Option<i64>,
    name: Option<Vec<u8>>,
    locale: Option<String>,
    reachable: Option<bool>,
    budget_minor: Option<i64>,
    budget_period: Option<String>,
    pushes: Option<String>,
}
columns!(
    Row: user_id, role, since_ms, let_in_by, limit_minor, ordered_ms, name, locale, reachable,
    budget_minor, budget_period, pushes
);

fn budget_of(
    user: i64,
    limit: Option<i64>,
    period: Option<&str>,
) -> Result<Option<Budget>, StoreError> {
    let (Some(limit_minor), Some(period)) = (limit, period) else {
        return Ok(None);
    };
    let cell = Cell {
        query: "companies.members",
        table: "company_members",
        column: "budget_period",
        row: &user,
    };
    let period = cell.known(Period::parse(period))?;
    Ok(Some(Budget {
        limit_minor,
        period,
    }))
}

fn role_of(user: i64, role: &str) -> Result<Role, StoreError> {
    let cell = Cell {
        query: "companies.members",
        table: "company_members",
        column: "role",
        row: &user,
    };
    cell.known(Role::parse(role))
}

fn name_of(keys: &Keys, user: i64, sealed: Option<Vec<u8>>) -> Result<String, StoreError> {
    let name = sealed.map(|sealed| keys.open_text("customers", "name", user, &sealed));
    Ok(name.transpose()?.unwrap_or_default())
}

/// The members of a company, longest first.
pub async fn members(tx: &mut Tx, company: &CompanyId) -> Result<Vec<Colleague>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select m.user_id, m.role, m.since_ms, m.let_in_by, m.limit_minor,
         (select max(o.placed_ms) from orders o
            where o.company = m.company and o.customer = m.user_id) as ordered_ms,
         c.name, c.locale, c.reachable, c.pushes, m.budget_minor, m.budget_period
         from company_members m left join customers c on c.id = m.user_id
         where m.company = $1 order by m.since_ms, m.user_id",
        company.as_str()
    )
    .map_err(StoreError::on("companies.members"))?;
    let keys = tx.keys();
    let colleague = |row: Row| {
        Ok(Colleague {
            member: Member {
                user: CustomerId(row.user_id),
                role: role_of(row.user_id, &row.role)?,
                since: Timestamp(row.since_ms),
                let_in_by: row.let_in_by.map(CustomerId),
                limit_minor: row.limit_minor,
                ordered: row.ordered_ms.map(Timestamp),
            },
            name: name_of(&keys, row.user_id, row.name)?,
            budget: budget_of(row.user_id, row.budget_minor, row.budget_period.as_deref())?,
            locale: row.locale.map(Locale),
            reachable: row.reachable.unwrap_or(false),
            pushes: wishes(row.user_id, row.pushes.as_deref())?,
        })
    };
    rows.into_iter().map(colleague).collect()
}

/// Lets somebody in; `false` if they are in already.
pub async fn add(tx: &mut Tx, company: &CompanyId, member: &Member) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into company_members (company, user_id, role, since_ms, let_in_by, limit_minor)
         values ($1, $2, $3, $4, $5, $6) on conflict (company, user_id) do nothing",
        company.as_str(),
        member.user.0,
        member.role.code(),
        member.since.0,
        member.let_in_by.map(|user| user.0),
        member.limit_minor
    )
    .map_err(StoreError::on("companies.add"))?;
    Ok(done == 1)
}

/// Gives a member another role; a limit is an approver's and goes with it. `false` if they are
/// not, or no longer, what they were.
pub async fn set_role(
    tx: &mut Tx,
    company: &CompanyId,
    user: CustomerId,
    (from, to): (Role, Role),
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update company_members set role = $1, limit_minor = null
         where company = $2 and user_id = $3 and role = $4",
        to.code(),
        company.as_str(),
        user.0,
        from.code()
    )
    .map_err(StoreError::on("companies.set_role"))?;
    Ok(done == 1)
}

/// Sets an approver's limit, or takes it away; `false` if they are no approver.
pub async fn set_limit(
    tx: &mut Tx,
    company: &CompanyId,
    user: CustomerId,
    limit_minor: Option<i64>,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update company_members set limit_minor = $1
         where company = $2 and user_id = $3 and role = 'approver'",
        limit_minor,
        company.as_str(),
        user.0
    )
    .map_err(StoreError::on("companies.set_limit"))?;
    Ok(done == 1)
}

/// Sets what a member may order for on the company's account, or takes the bound away; `false` if
/// they are not in.
pub async fn set_budget(
    tx: &mut Tx,
    company: &CompanyId,
    user: CustomerId,
    budget: Option<Budget>,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update company_members set budget_minor = $1, budget_period = $2
         where company = $3 and user_id = $4",
        budget.map(|budget| budget.limit_minor),
        budget.map(|budget| budget.period.code().to_owned()),
        company.as_str(),
        user.0
    )
    .map_err(StoreError::on("companies.set_budget"))?;
    Ok(done == 1)
}

/// Takes a member out; `false` if they are not in.
pub async fn remove(
    tx: &mut Tx,
    company: &CompanyId,
    user: CustomerId,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "delete from company_members where company = $1 and user_id = $2",
        company.as_str(),
        user.0
    )
    .map_err(StoreError::on("companies.remove"))?;
    Ok(done == 1)
}

/// Notes that somebody asks to join; `false` if they ask already.
pub async fn ask(
    tx: &mut Tx,
    company: &CompanyId,
    (user, role): (CustomerId, Role),
    asked_by: Option<CustomerId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into company_requests (company, user_id, role, asked_by, asked_ms)
         values ($1, $2, $3, $4, $5) on conflict (company, user_id) do nothing",
        company.as_str(),
        user.0,
        role.code(),
        asked_by.map(|user| user.0),
        now.0
    )
    .map_err(StoreError::on("companies.ask"))?;
    Ok(done == 1)
}

/// Takes a request off the list for whoever decides it: who asked for what, and what they read;
/// none if it was decided already.
pub async fn settle(
    tx: &mut Tx,
    company: &CompanyId,
    user: CustomerId,
) -> Result<Option<(Asking, Option<Locale>)>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (String, Option<Vec<u8>>, Option<String>),
        "delete from company_requests where company = $1 and user_id = $2 returning role,
         (select name from customers where id = user_id),
         (select locale from customers where id = user_id)",
        company.as_str(),
        user.0
    )
    .map_err(StoreError::on("companies.settle"))?;
    let Some((role, name, locale)) = row else {
        return Ok(None);
    };
    let name = name.map(|sealed| tx.keys().open_text("customers", "name", user.0, &sealed));
    let asking = Asking {
        user,
        name: name.transpose()?.unwrap_or_default(),
        role: role_of(user.0, &role)?,
    };
    Ok(Some((asking, locale.map(Locale))))
}

/// Who waits to be let in, longest first, at most `limit`.
pub async fn waiting(
    tx: &mut Tx,
    company: &CompanyId,
    limit: i64,
) -> Result<Vec<Asking>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String, Option<Vec<u8>>),
        "select r.user_id, r.role, c.name
         from company_requests r left join customers c on c.id = r.user_id
         where r.company = $1 and not exists (select 1 from company_members m
            where m.company = r.company and m.user_id = r.user_id)
         order by r.asked_ms, r.user_id limit $2",
        company.as_str(),
        limit
    )
    .map_err(StoreError::on("companies.waiting"))?;
    let keys = tx.keys();
    let asking = |(user, role, name): (i64, String, Option<Vec<u8>>)| {
        Ok(Asking {
            user: CustomerId(user),
            name: name_of(&keys, user, name)?,
            role: role_of(user, &role)?,
        })
    };
    rows.into_iter().map(asking).collect()
}
