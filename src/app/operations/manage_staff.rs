//! `/staff`: everybody of the team on the living message; roles are given and taken away there.
//!
//! Who may give a role may take it away; an owner may remove another one, and the last one can't
//! be removed. What `shop.toml` names is removed there alone. Rights are asked at every press, and
//! what is taken away is gone with the turn that takes it.

use crate::chat::{Post, Text, View, one_line};
use crate::kernel::{ChatId, CustomerId, Locale};
use crate::store;

use crate::app::access::{Act, Role, acting, may, may_give, may_take};
use crate::app::audit::{self, Deed, Did};
use crate::app::commands;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, TeamAct};
use crate::app::screens::team::{self, Member, RoleOf};
use crate::app::show;
use crate::app::staff::{self, Duty};

use super::claim_link::{role_text, welcome_text};
use super::give_role::{self, Given};
use super::set_up_group;
use super::tell::{self, Spot};

/// `/staff` in a private chat.
pub async fn open(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ManageStaff) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    list(cx, &roles, 0).await
}

/// A tap on one of its buttons.
pub async fn press(cx: &mut Cx<'_>, act: TeamAct) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ManageStaff) {
        cx.alert(Text::new("staff-not-allowed"));
        if let Some(who) = act.who()
            && !staff::roles(cx, who).await?.is_empty()
        {
            audit::refused(cx, &roles, audit::of_staff(who), "staff").await?;
        }
        return Ok(());
    }
    let Some(who) = act.who() else {
        let page = match act {
            TeamAct::List(page) => page,
            _ => 0,
        };
        return list(cx, &roles, page).await;
    };
    let Some(member) = members(cx, &roles).await?.into_iter().find(|m| m.id == who) else {
        cx.notices.push(Text::new("team-gone"));
        return list(cx, &roles, 0).await;
    };
    match act {
        TeamAct::TakeAsk(_, role) => match of(&member, role).filter(|of| of.may_take) {
            Some(of) => show_at(cx, act, |card| team::ask_take(card, &member, of)),
            None => person(cx, &roles, who).await?,
        },
        TeamAct::Take(_, role) => take(cx, &roles, &member, role).await?,
        TeamAct::Roles(_) => {
            let given = gifts(&roles, &member);
            show_at(cx, act, |card| team::roles(card, &member, &given));
        }
        TeamAct::Give(_, role) => give(cx, &roles, &member, role).await?,
        TeamAct::LimitAsk(_, role) => match of(&member, role).filter(|of| of.may_limit) {
            Some(of) => show_at(cx, act, |card| team::ask_limit(card, &member, of)),
            None => person(cx, &roles, who).await?,
        },
        TeamAct::NoLimit(_, role) => {
            limit(cx, &roles, &member, Given { role, limit: None }).await?;
        }
        TeamAct::List(_) | TeamAct::Person(_) => person(cx, &roles, who).await?,
    }
    Ok(())
}

/// Words typed while a limit is asked for; `false` if they are not for that.
pub async fn words(cx: &mut Cx<'_>, at: TeamAct, words: &str) -> Result<bool, TurnError> {
    let TeamAct::LimitAsk(who, role) = at else {
        return Ok(false);
    };
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ManageStaff) {
        return Ok(false);
    }
    let Some(member) = members(cx, &roles).await?.into_iter().find(|m| m.id == who) else {
        return Ok(false);
    };
    match give_role::wanted(cx, role, &one_line(words)) {
        Ok(given) => limit(cx, &roles, &member, given).await?,
        Err(refused) => {
            cx.notices.push(refused);
            if let Some(of) = of(&member, role) {
                show_at(cx, at, |card| team::ask_limit(card, &member, of));
            }
        }
    }
    Ok(true)
}

/// Everybody of the team as this reader sees them, by name.
async fn members(cx: &mut Cx<'_>, reader: &[Role]) -> Result<Vec<Member>, TurnError> {
    let mut duties = staff::duties(cx).await?;
    duties.sort_by_key(|duty| (duty.who, duty.role));
    let mut team: Vec<Member> = Vec::new();
    for duty in &duties {
        let role = role_of(cx, reader, duty);
        match team.last_mut().filter(|last| last.id == duty.who) {
            Some(last) => last.roles.push(role),
            None => {
                let met = cx.glance().await?.person(duty.who).cloned();
                let reachable = met.as_ref().is_some_and(|met| met.reachable);
                let name = match met {
                    Some(met) => met.open(cx.tx)?.name,
                    None => String::new(),
                };
                let name = Some(name).filter(|name| !name.is_empty());
                team.push(Member {
                    id: duty.who,
                    name: name.unwrap_or_else(|| duty.who.to_string()),
                    reachable,
                    roles: vec![role],
                });
            }
        }
    }
    let rank = |member: &Member| member.roles.first().map(|of| of.role);
    team.sort_by(|a, b| (rank(a), &a.name, a.id).cmp(&(rank(b), &b.name, b.id)));
    Ok(team)
}

fn role_of(cx: &Cx<'_>, reader: &[Role], duty: &Duty) -> RoleOf {
    let given = given(duty);
    let is_given = duty.since.is_some();
    let has_limit = duty.role.may(Act::Approve) && may_give(reader, duty.role);
    RoleOf {
        role: duty.role,
        limit: duty.limit,
        name: given.text(cx.shop.settings.currency),
        since: duty.since,
        may_take: is_given && may_take(reader, duty.role),
        may_limit: is_given && has_limit,
    }
}

fn given(duty: &Duty) -> Given {
    Given {
        role: duty.role,
        limit: duty.limit,
    }
}

/// The role as it was given in chat, or else as the files give it.
fn of(member: &Member, role: Role) -> Option<&RoleOf> {
    let all = || member.roles.iter().filter(|of| of.role == role);
    all().find(|of| of.since.is_some()).or(all().next())
}

/// The roles that this reader can give to somebody.
fn gifts(reader: &[Role], member: &Member) -> Vec<(Role, Text)> {
    Role::ALL
        .into_iter()
        .filter(|role| may_give(reader, *role) && of(member, *role).is_none())
        .map(|role| (role, Text::new(role_text(role))))
        .collect()
}

fn show_at(cx: &mut Cx<'_>, at: TeamAct, view: impl FnOnce(crate::app::screens::Card) -> View) {
    let view = view(cx.card());
    let view = show::noted(cx, view);
    cx.show(&Route::Team(at), view);
}

async fn list(cx: &mut Cx<'_>, reader: &[Role], page: usize) -> Result<(), TurnError> {
    let team = members(cx, reader).await?;
    show_at(cx, TeamAct::List(page), |card| {
        team::list(card, &team, page)
    });
    Ok(())
}

async fn person(cx: &mut Cx<'_>, reader: &[Role], who: CustomerId) -> Result<(), TurnError> {
    let team = members(cx, reader).await?;
    let Some(member) = team.iter().find(|member| member.id == who) else {
        show_at(cx, TeamAct::List(0), |card| team::list(card, &team, 0));
        return Ok(());
    };
    let may_give = !gifts(reader, member).is_empty();
    show_at(cx, TeamAct::Person(who), |card| {
        team::person(card, member, may_give)
    });
    Ok(())
}

async fn take(
    cx: &mut Cx<'_>,
    reader: &[Role],
    member: &Member,
    role: Role,
) -> Result<(), TurnError> {
    let Some(of) = of(member, role).filter(|of| of.may_take) else {
        // Somebody was faster, or the button is forged.
        return person(cx, reader, member.id).await;
    };
    let spot = spot(cx, member.id).await?;
    let done = match role {
        Role::Owner => store::staff::revoke_owner(cx.tx, member.id).await?,
        _ => store::staff::revoke(cx.tx, member.id, role.name()).await?,
    };
    cx.look_again();
    if !done && role == Role::Owner {
        cx.notices.push(Text::new("team-last-owner"));
        return person(cx, reader, member.id).await;
    }
    if !done {
        return person(cx, reader, member.id).await;
    }
    let what = Given {
        role,
        limit: of.limit,
    };
    let deed = deed(reader, Did::TookRole, member.id);
    cx.audit(deed.from(what.words()));
    let shop = cx.shop.settings.name.clone();
    let told = Text::new("team-taken-from-you")
        .with("role", of.name.clone())
        .with("shop", &shop);
    tell_them(cx, &spot, told).await?;
    set_up_group::left(cx, role).await?;
    let taken = Text::new("team-taken").with("role", of.name.clone());
    cx.notices.push(taken.with("name", shown(member)));
    if member.id == cx.customer() {
        let roles = staff::roles(cx, member.id).await?;
        if !may(&roles, Act::ManageStaff) {
            return show::home(cx).await;
        }
    }
    person(cx, reader, member.id).await
}

fn deed(reader: &[Role], did: Did, who: CustomerId) -> Deed {
    Deed::new(did, acting(reader, Act::ManageStaff), audit::of_staff(who))
}

fn shown(member: &Member) -> String {
    let name = member.name.chars();
    name.take(crate::app::screens::basics::NAME_SHOWN).collect()
}

async fn give(
    cx: &mut Cx<'_>,
    reader: &[Role],
    member: &Member,
    role: Role,
) -> Result<(), TurnError> {
    let given = Given { role, limit: None };
    // Whoever has a limit can give none away without one: theirs goes along.
    let given = give_role::at_most_own(cx, given).await?;
    if let Some(refused) = give_role::refusal(cx, given).await? {
        cx.notices.push(refused);
        return person(cx, reader, member.id).await;
    }
    let spot = spot(cx, member.id).await?;
    let (what, granter, now) = ((role.name(), given.limit), cx.customer(), cx.now);
    if of(member, role).is_none()
        && store::staff::grant(cx.tx, member.id, what, Some(granter), now).await?
    {
        cx.look_again();
        cx.audit(deed(reader, Did::GaveRole, member.id).to(given.words()));
        let told = welcome_text(cx, given);
        tell_them(cx, &spot, told).await?;
        let gave = Text::new("team-given").with("role", given.text(cx.shop.settings.currency));
        cx.notices.push(gave.with("name", shown(member)));
    }
    person(cx, reader, member.id).await
}

async fn limit(
    cx: &mut Cx<'_>,
    reader: &[Role],
    member: &Member,
    given: Given,
) -> Result<(), TurnError> {
    let Some(of) = of(member, given.role).filter(|of| of.may_limit) else {
        return person(cx, reader, member.id).await;
    };
    if let Some(refused) = give_role::refusal(cx, given).await? {
        cx.notices.push(refused);
        let at = TeamAct::LimitAsk(member.id, given.role);
        show_at(cx, at, |card| team::ask_limit(card, member, of));
        return Ok(());
    }
    if of.limit != given.limit {
        let change = (of.limit, given.limit);
        if !store::staff::set_limit(cx.tx, member.id, given.role.name(), change).await? {
            return Err(TurnError::Overtaken);
        }
        cx.look_again();
        let before = Given {
            role: given.role,
            limit: of.limit,
        };
        let deed = deed(reader, Did::SetLimit, member.id);
        cx.audit(deed.from(before.words()).to(given.words()));
        cx.notices.push(Text::new("team-limit-set"));
    }
    person(cx, reader, member.id).await
}

/// Somebody's private chat. Asked before their roles change: then they are still looked at.
async fn spot(cx: &mut Cx<'_>, who: CustomerId) -> Result<Spot, TurnError> {
    let locale: Locale = staff::locale_of(cx, who).await?;
    Ok(Spot {
        chat: ChatId(who.0),
        topic: None,
        locale,
    })
}

/// Tells somebody what they are now, and puts their menu of commands right.
async fn tell_them(cx: &mut Cx<'_>, spot: &Spot, text: Text) -> Result<(), TurnError> {
    tell::show(cx, spot, View::say(text));
    let roles = staff::roles(cx, CustomerId(spot.chat.0)).await?;
    let post = Post::Commands {
        chat: spot.chat,
        commands: commands::menu_of(&roles, &cx.shop),
    };
    cx.post(spot.locale.clone(), post);
    Ok(())
}
