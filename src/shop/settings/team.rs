//! Reads who works here: `[[staff]]`.

use super::work::person;
use super::{APPROVING, NamedStaff, ROLES};
use crate::dialogue::condition::nearest;
use crate::kernel::{Currency, CustomerId, Money};
use crate::shop::table::{Spot, Table};

/// Everybody of the staff that is named.
pub(super) fn team(top: &Table<'_>, currency: Currency) -> Vec<NamedStaff> {
    let mut team: Vec<NamedStaff> = Vec::new();
    top.tables("staff", |table| team.extend(staff(table, &team, currency)));
    team
}

/// One person; `earlier` are those before.
fn staff(table: &Table<'_>, earlier: &[NamedStaff], currency: Currency) -> Option<NamedStaff> {
    let id = table.id("id");
    if id.is_none() {
        table.fault(
            table.at,
            "this person has no `id`",
            "add the Telegram user id, a whole number",
        );
    }
    if let Some(id) = id {
        person(table, "id", id);
        if let Some(earlier) = earlier.iter().find(|known| known.id.0 == id.value) {
            table.fault(
                id.at,
                format!("the person {} is there twice", earlier.id.0),
                "give all roles in one [[staff]]",
            );
        }
    }
    let roles = roles(table);
    let limit = limit(table, &roles, currency);
    Some(NamedStaff {
        id: CustomerId(id?.value),
        roles,
        limit,
    })
}

fn roles(table: &Table<'_>) -> Vec<String> {
    let roles = table.texts("roles");
    if roles.is_empty() {
        table.fault(
            table.at,
            "this person has no role",
            format!("add roles = [\"{}\"]", ROLES.join("\", \"")),
        );
    }
    for role in &roles {
        if !ROLES.contains(&role.value) {
            let cure = nearest(role.value, ROLES)
                .unwrap_or_else(|| format!("known: {}", ROLES.join(", ")));
            table.fault(role.at, format!("there is no role `{}`", role.value), cure);
        }
    }
    roles
        .into_iter()
        .map(|role| role.value.to_owned())
        .collect()
}

/// The largest order that this person may approve, in minor units.
fn limit(table: &Table<'_>, roles: &[String], currency: Currency) -> Option<i64> {
    let text: Spot<&str> = table.text("limit")?;
    if !roles.iter().any(|role| APPROVING.contains(&role.as_str())) {
        table.fault(
            text.at,
            "this person has a `limit`, but no role that approves",
            format!("remove it, or add a role: {}", APPROVING.join(", ")),
        );
    }
    let limit = Money::parse(text.value, currency).filter(|limit| limit.minor >= 0);
    if limit.is_none() {
        table.fault(
            text.at,
            format!("`{}` is no amount of {}", text.value, currency.code()),
            format!(
                "write it with at most {} decimals, as in \"500\"",
                currency.decimals()
            ),
        );
    }
    limit.map(|limit| limit.minor)
}
