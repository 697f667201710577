//! Who may decide a request: by role, limit and presence, never their own order while somebody
//! else could.

use std::collections::BTreeSet;

use super::Need;
use crate::kernel::CustomerId;

/// Who may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CustomerId,
    /// Their roles, by the words of the shop's rules, each with the largest total that they may
    /// approve in it, in minor units; none: any.
    pub roles: Vec<(String, Option<i64>)>,
    /// Whether they can be written to.
    pub reachable: bool,
    /// Said that they are away, and who decides for them then, if anybody.
    pub away: Option<Option<CustomerId>>,
}

impl Person {
    /// Whether they have one of these roles.
    pub fn has(&self, roles: &[String]) -> bool {
        self.roles.iter().any(|(role, _)| roles.contains(role))
    }

    /// The largest total they may approve in any of these roles; none: any, or none of the roles.
    fn limit(&self, roles: &[String]) -> Option<i64> {
        let own = self.roles.iter().filter(|(role, _)| roles.contains(role));
        let limits: Option<Vec<i64>> = own.map(|(_, limit)| *limit).collect();
        limits?.into_iter().max()
    }

    /// Whether they can decide themselves.
    fn is_there(&self) -> bool {
        self.reachable && self.away.is_none()
    }
}

/// Who made an order: none of them decides it while somebody else could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Creator {
    /// Whose order it is.
    pub customer: CustomerId,
    /// The member of staff who placed it for them by hand, if one did.
    pub by_hand: Option<CustomerId>,
    /// The member of staff who changed it by hand last, if one did.
    pub changed_by: Option<CustomerId>,
}

impl Creator {
    fn is(self, who: CustomerId) -> bool {
        who == self.customer || [self.by_hand, self.changed_by].contains(&Some(who))
    }
}

/// What is to be decided.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Everybody who has any role.
    pub people: &'a [Person],
    /// Who made the order.
    pub creator: Creator,
    /// What it comes to, in minor units.
    pub total: i64,
}

/// Somebody who may decide, and for whom they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decider {
    /// Who.
    pub who: CustomerId,
    /// Whose authority it is: their own, or that of somebody who is away.
    pub of: CustomerId,
}

/// Why somebody may not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// They have none of the roles that are asked.
    Role,
    /// The total is above their limit, in minor units.
    Limit(i64),
    /// It is their own order.
    Own,
}

impl Case<'_> {
    fn person(&self, id: CustomerId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Whether this person's role and limit would do.
    fn has_authority(&self, person: &Person, roles: &[String]) -> bool {
        let limit = person.limit(roles);
        person.has(roles) && limit.is_none_or(|limit| limit >= self.total)
    }

    /// Whose authority counts for these roles: the creator's only if nobody else has any.
    fn authorities(&self, roles: &[String]) -> Vec<&Person> {
        let all = self.people.iter();
        let all: Vec<&Person> = all
            .filter(|person| self.has_authority(person, roles))
            .collect();
        let others: Vec<&Person> = all
            .iter()
            .copied()
            .filter(|person| !self.creator.is(person.id))
            .collect();
        if others.is_empty() { all } else { others }
    }

    /// Who may decide for these roles now: who is there, and for who is away whoever they named,
    /// in the order of ids. Nobody decides twice, nor the creator for somebody else.
    pub fn deciders(&self, roles: &[String]) -> Vec<Decider> {
        let mut found: Vec<Decider> = Vec::new();
        for person in self.authorities(roles) {
            let Some(who) = self.stands_in(person) else {
                continue;
            };
            if who != person.id && self.creator.is(who) {
                continue;
            }
            if !found.iter().any(|known| known.who == who) {
                found.push(Decider { who, of: person.id });
            }
        }
        // Who decides in their own right does so.
        for decider in &mut found {
            let own = self.person(decider.who);
            if own.is_some_and(|own| self.has_authority(own, roles)) {
                decider.of = decider.who;
            }
        }
        found.sort();
        found
    }

    /// Who decides for a person: they themselves, or whom they named, or whom that one named …;
    /// nobody if that ends with somebody who is not there, or in a circle.
    fn stands_in(&self, person: &Person) -> Option<CustomerId> {
        let mut seen = BTreeSet::new();
        let mut at = person;
        while seen.insert(at.id) {
            if at.is_there() {
                return Some(at.id);
            }
            // Who can't be written to has named nobody.
            at = self.person(at.away??)?;
        }
        None
    }

    /// Whether one of these can satisfy a need as things are now.
    pub fn can_satisfy(&self, need: &Need) -> bool {
        let deciders = self.deciders(&need.roles).len();
        deciders >= super::request::wanted(need.quorum, deciders)
    }

    /// Why a person may not decide for these roles.
    pub fn barred(&self, who: CustomerId, roles: &[String]) -> Barred {
        let Some(person) = self.person(who) else {
            return Barred::Role;
        };
        match person.limit(roles) {
            _ if !person.has(roles) => Barred::Role,
            Some(limit) if limit < self.total => Barred::Limit(limit),
            _ if self.creator.is(who) => Barred::Own,
            _ => Barred::Role,
        }
    }
}

/// Whether naming `to` would make a circle of people who are away: nobody would decide.
pub fn makes_circle(people: &[Person], from: CustomerId, to: CustomerId) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut at = to;
    loop {
        if !seen.insert(at) {
            return true;
        }
        let next = people.iter().find(|person| person.id == at);
        match next.and_then(|person| person.away.flatten()) {
            Some(next) => at = next,
            None => return false,
        }
    }
}
