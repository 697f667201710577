//! `playground.toml`: who is on the playground of `demo`. A bot for real never looks at it.
//!
//! A folder without this file gets the people that all shops share.

use super::settings::{PURPOSES, ROLES};
use super::table::{Spot, Table};
use crate::dialogue::condition::nearest;
use crate::kernel::{ChatId, CustomerId};

/// The role of the one who owns the shop on the playground.
pub const OWNER: &str = "owner";

/// The first ids of customers, of staff and (below zero) of groups: each in a range of its own.
const FIRST_CUSTOMER: i64 = 1001;
const FIRST_STAFF: i64 = 2001;
const FIRST_GROUP: i64 = -3001;

/// The people and groups of the playground, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scene {
    /// Customers and staff.
    pub people: Vec<Person>,
    /// Where staff work together.
    pub groups: Vec<Group>,
}

/// Somebody on the playground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: CustomerId,
    /// Their name, as Telegram shows it.
    pub name: String,
    /// The language of their app, as Telegram names it: `zh-hans`.
    pub language: String,
    /// The number that they share.
    pub phone: String,
    /// What they do in the shop; empty for customers.
    pub roles: Vec<String>,
}

/// A group of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub chat: ChatId,
    /// Its name.
    pub name: String,
    /// What it is for, of the purposes of chats.
    pub purpose: String,
    /// Who is in it.
    pub members: Vec<CustomerId>,
}

impl Scene {
    /// Who owns the shop.
    pub fn owner(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.is(OWNER))
    }
}

impl Person {
    /// Whether this is one of their roles.
    pub fn is(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role)
    }
}

/// Reads the file's top table.
pub fn read(top: &Table<'_>) -> Scene {
    let mut people: Vec<Person> = Vec::new();
    top.tables("person", |table| {
        if let Some(person) = person(table, &people) {
            people.push(person);
        }
    });
    if people.iter().filter(|person| person.is(OWNER)).count() != 1 {
        top.fault(
            0,
            "one person of the playground owns the shop",
            "give one [[person]] roles = [\"owner\"]",
        );
    }
    let mut groups: Vec<Group> = Vec::new();
    top.tables("group", |table| {
        if let Some(group) = group(table, &people, &groups) {
            groups.push(group);
        }
    });
    Scene { people, groups }
}

fn person(table: &Table<'_>, before: &[Person]) -> Option<Person> {
    let name = table.need_text("name");
    let language = table.need_text("language");
    let phone = table.need_text("phone");
    let roles = table.texts("roles");
    for role in &roles {
        let known = || ROLES.into_iter().chain([OWNER]);
        if !known().any(|word| word == role.value) {
            let cure = nearest(role.value, known())
                .unwrap_or_else(|| format!("known: {OWNER}, {}", ROLES.join(", ")));
            table.fault(role.at, format!("there is no role `{}`", role.value), cure);
        }
    }
    let name = name?;
    if before.iter().any(|person| person.name == name.value) {
        table.fault(
            name.at,
            format!("two people are called `{}`", name.value),
            "rename one",
        );
    }
    let first = match roles.is_empty() {
        true => FIRST_CUSTOMER,
        false => FIRST_STAFF,
    };
    let alike = before
        .iter()
        .filter(|person| person.roles.is_empty() == roles.is_empty())
        .count();
    Some(Person {
        id: CustomerId(first + i64::try_from(alike).ok()?),
        name: name.value.to_owned(),
        language: language?.value.to_owned(),
        phone: phone?.value.to_owned(),
        roles: owned(&roles),
    })
}

fn group(table: &Table<'_>, people: &[Person], before: &[Group]) -> Option<Group> {
    let name = table.need_text("name");
    let purpose = table.need_text("purpose");
    let mut members = Vec::new();
    for member in table.texts("members") {
        match people.iter().find(|person| person.name == member.value) {
            Some(person) => members.push(person.id),
            None => {
                let names = people.iter().map(|person| person.name.as_str());
                let cure = nearest(member.value, names)
                    .unwrap_or_else(|| "name somebody of this file".to_owned());
                table.fault(
                    member.at,
                    format!("nobody is called `{}`", member.value),
                    cure,
                );
            }
        }
    }
    let purpose = purpose?;
    if !PURPOSES.contains(&purpose.value) {
        let cure = nearest(purpose.value, PURPOSES)
            .unwrap_or_else(|| format!("known: {}", PURPOSES.join(", ")));
        table.fault(
            purpose.at,
            format!("there is no purpose `{}` of a chat", purpose.value),
            cure,
        );
    } else if before.iter().any(|group| group.purpose == purpose.value) {
        table.fault(
            purpose.at,
            format!("two groups are for `{}`", purpose.value),
            "remove one",
        );
    }
    Some(Group {
        chat: ChatId(FIRST_GROUP - i64::try_from(before.len()).ok()?),
        name: name?.value.to_owned(),
        purpose: purpose.value.to_owned(),
        members,
    })
}

fn owned(spots: &[Spot<&str>]) -> Vec<String> {
    spots.iter().map(|spot| spot.value.to_owned()).collect()
}
