//! The team: everybody, and one of them with what can be given and taken away.

use crate::app::access::Role;
use crate::app::route::{Route, TeamAct};
use crate::chat::{Arg, Button, Text, View};
use crate::kernel::{CustomerId, Timestamp};

use super::{Card, basics};

/// People on one page.
pub const PAGE: usize = 8;
/// Buttons of people beside each other.
const PER_ROW: usize = 2;

/// One role of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOf {
    /// Which.
    pub role: Role,
    /// The largest total that may be approved in it, in minor units; none: any.
    pub limit: Option<i64>,
    /// What it is called, with its limit.
    pub name: Text,
    /// Since when; none: the shop's files say so, and only there it can be removed.
    pub since: Option<Timestamp>,
    /// Whether the reader may take it away.
    pub may_take: bool,
    /// Whether the reader may set its limit.
    pub may_limit: bool,
}

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: CustomerId,
    /// Their name, or their id if they were never met.
    pub name: String,
    /// Whether they can be written to.
    pub reachable: bool,
    /// Their roles, the highest first; never empty.
    pub roles: Vec<RoleOf>,
}

fn short(name: &str) -> String {
    name.chars().take(basics::NAME_SHOWN).collect()
}

fn named(id: &'static str, member: &Member) -> Text {
    Text::new(id).with("name", Arg::Words(short(&member.name)))
}

/// A page of everybody.
pub fn list(card: Card, team: &[Member], page: usize) -> View {
    let pages = team.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(Text::new("team-title").with("count", team.len() as i64));
    if pages > 1 {
        let (page, pages) = (page as i64 + 1, pages as i64);
        view = view.and(
            Text::new("menu-page")
                .with("page", page)
                .with("pages", pages),
        );
    }
    let here = || team.iter().skip(page * PAGE).take(PAGE);
    for member in here() {
        let roles = member.roles.iter().map(|of| of.name.clone()).collect();
        let mut line = named("team-line", member).with("roles", Arg::List(roles));
        if !member.reachable {
            line = and(line, Text::new("team-absent"));
        }
        if member.roles.iter().all(|of| of.since.is_none()) {
            line = and(line, Text::new("team-named"));
        }
        view = view.and(line);
    }
    let buttons: Vec<Button> = here()
        .map(|member| {
            let label = Text::new("value-text").with("value", Arg::Words(short(&member.name)));
            card.button(label, &Route::Team(TeamAct::Person(member.id)))
        })
        .collect();
    for row in buttons.chunks(PER_ROW) {
        view = view.row(row.to_vec());
    }
    let mut turns = Vec::new();
    let to = |page| Route::Team(TeamAct::List(page));
    if page > 0 {
        turns.push(card.plain("button-page-previous", &to(page - 1)));
    }
    if page + 1 < pages {
        turns.push(card.plain("button-page-next", &to(page + 1)));
    }
    view.row(turns).row(basics::home_row(card))
}

fn and(line: Text, part: Text) -> Text {
    Text::new("look-and").with("line", line).with("part", part)
}

/// One person; `may_give`: whether there is a role to give.
pub fn person(card: Card, member: &Member, may_give: bool) -> View {
    let mut view = View::say(named("team-person", member));
    for of in &member.roles {
        let line = match of.since {
            Some(since) => Text::new("team-since").with("time", since),
            None => Text::new("team-named"),
        };
        view = view.and(and(of.name.clone(), line));
    }
    if !member.reachable {
        view = view.and(Text::new("team-absent-why"));
    }
    let about = |id, of: &RoleOf, act| {
        let label = Text::new(id).with("role", of.name.clone());
        card.button(label, &Route::Team(act))
    };
    for of in &member.roles {
        let mut row = Vec::new();
        if of.may_take {
            row.push(about(
                "button-take-role",
                of,
                TeamAct::TakeAsk(member.id, of.role),
            ));
        }
        if of.may_limit {
            row.push(card.plain(
                "button-limit",
                &Route::Team(TeamAct::LimitAsk(member.id, of.role)),
            ));
        }
        view = view.row(row);
    }
    if may_give {
        let give = Route::Team(TeamAct::Roles(member.id));
        view = view.row(vec![card.plain("button-give-role", &give)]);
    }
    view.row(vec![
        card.plain("button-team", &Route::Team(TeamAct::List(0))),
    ])
}

fn back(card: Card, member: &Member) -> Button {
    card.plain("button-back", &Route::Team(TeamAct::Person(member.id)))
}

/// Asks before a role is taken away.
pub fn ask_take(card: Card, member: &Member, of: &RoleOf) -> View {
    let take = Route::Team(TeamAct::Take(member.id, of.role));
    View::say(named("team-take-ask", member).with("role", of.name.clone())).row(vec![
        card.plain("button-take-role-yes", &take),
        back(card, member),
    ])
}

/// The roles that a person can be given, with their words.
pub fn roles(card: Card, member: &Member, roles: &[(Role, Text)]) -> View {
    let mut view = View::say(named("team-give-ask", member));
    let button = |(role, label): &(Role, Text)| {
        card.button(label.clone(), &Route::Team(TeamAct::Give(member.id, *role)))
    };
    for row in roles.chunks(PER_ROW) {
        view = view.row(row.iter().map(button).collect());
    }
    view.row(vec![back(card, member)])
}

/// Asks for the limit of a role.
pub fn ask_limit(card: Card, member: &Member, of: &RoleOf) -> View {
    let none = Route::Team(TeamAct::NoLimit(member.id, of.role));
    View::say(named("team-limit-ask", member).with("role", of.name.clone())).row(vec![
        card.plain("button-no-limit", &none),
        back(card, member),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: i64) -> Member {
        let role = RoleOf {
            role: Role::Kitchen,
            limit: None,
            name: Text::new("role-kitchen"),
            since: None,
            may_take: false,
            may_limit: false,
        };
        Member {
            id: CustomerId(n),
            name: "n".repeat(100),
            reachable: false,
            roles: vec![role],
        }
    }

    #[test]
    fn a_page_shows_its_people_and_the_way_to_the_others() {
        let team: Vec<Member> = (0..20).map(member).collect();
        let view = list(Card(1), &team, 1);
        assert_eq!(view.body.len(), 2 + PAGE);
        let turns = view.rows.len() - 2;
        assert_eq!(view.rows[turns].len(), 2, "back and forth");
        let last = list(Card(1), &team, 99);
        assert_eq!(last.body.len(), 2 + 4);
    }

    #[test]
    fn what_the_files_say_has_no_buttons() {
        let view = person(Card(1), &member(1), false);
        assert_eq!(view.rows.iter().filter(|row| !row.is_empty()).count(), 1);
    }
}
