//! The shop's team and its chats: who they are, where they work, what they read.
//!
//! What `shop.toml` names wins over what was said in chat.

use crate::domain::orders::pushes::Wishes;
use crate::kernel::{ChatId, CustomerId, Locale, Timestamp};
use crate::store;
use crate::store::customers::Customer;

use super::access::{Authority, Role};
use super::cx::Cx;
use super::operations::tell::Spot;
use super::outcome::TurnError;

/// The purpose of the kitchen's group.
pub const KITCHEN: &str = "kitchen";
/// The purpose of the group that decides what the rules leave to people.
pub const APPROVALS: &str = "approvals";
/// The purpose of the couriers' group.
pub const COURIERS: &str = "couriers";

/// What became of a chat that `shop.toml` names, kept as a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It can be written to.
    Well,
    /// It can't be written to.
    Gone,
    /// It has another id now.
    Moved(ChatId),
}

impl Fate {
    fn setting(chat: ChatId) -> String {
        format!("chat/{chat}")
    }

    /// `FATE` or `FATE LANGUAGE`, in one row: reading both must cost one statement.
    fn parse(value: &str) -> (Self, Option<Locale>) {
        let (fate, tag) = match value.split_once(' ') {
            Some((fate, tag)) => (fate, Some(Locale::from(tag))),
            None => (value, None),
        };
        let fate = match (fate, fate.parse()) {
            ("gone", _) => Self::Gone,
            (_, Ok(to)) => Self::Moved(ChatId(to)),
            _ => Self::Well,
        };
        (fate, tag)
    }

    /// Keeps it; the language of the chat's cards stays, and moves along.
    pub async fn keep(self, cx: &mut Cx<'_>, chat: ChatId) -> Result<(), TurnError> {
        let (_, locale) = Self::of(cx, chat).await?;
        if let (Self::Moved(to), Some(locale)) = (self, &locale) {
            Self::Well.write(cx, to, Some(locale)).await?;
        }
        self.write(cx, chat, locale.as_ref()).await
    }

    /// Keeps the language of a chat's cards.
    pub async fn speak(cx: &mut Cx<'_>, chat: ChatId, locale: &Locale) -> Result<(), TurnError> {
        let (fate, _) = Self::of(cx, chat).await?;
        fate.write(cx, chat, Some(locale)).await
    }

    async fn write(
        self,
        cx: &mut Cx<'_>,
        chat: ChatId,
        locale: Option<&Locale>,
    ) -> Result<(), TurnError> {
        let mut value = match self {
            Self::Well => "well".to_owned(),
            Self::Gone => "gone".to_owned(),
            Self::Moved(to) => to.to_string(),
        };
        if let Some(locale) = locale {
            value = format!("{value} {}", locale.as_str());
        }
        cx.look_again();
        Ok(store::settings::set(cx.tx, &Self::setting(chat), &value, cx.now).await?)
    }

    async fn of(cx: &mut Cx<'_>, chat: ChatId) -> Result<(Self, Option<Locale>), TurnError> {
        let seen = cx.glance().await?.setting(&Self::setting(chat));
        Ok(seen.map_or((Self::Well, None), Self::parse))
    }
}

/// A role that somebody has, from the shop's files or given in chat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// What.
    pub role: Role,
    /// Who.
    pub who: CustomerId,
    /// The largest total that they may approve in it, in minor units; none: any.
    pub limit: Option<i64>,
    /// Since when; none: the shop's files say so.
    pub since: Option<Timestamp>,
}

/// Every role that anybody has; the same one twice, if the files and the chat both gave it.
pub async fn duties(cx: &mut Cx<'_>) -> Result<Vec<Duty>, TurnError> {
    let stored = cx.glance().await?.staff.clone();
    let settings = &cx.shop.settings;
    let given = stored.into_iter().filter_map(|held| {
        Some(Duty {
            role: Role::parse(&held.role)?,
            who: held.who,
            limit: held.limit,
            since: Some(held.since),
        })
    });
    // The file names the owner: nobody else is one, whatever a link gave before.
    let given = given.filter(|duty| duty.role != Role::Owner || settings.owner.is_none());
    let named = |who, role, limit| Duty {
        role,
        who,
        limit,
        since: None,
    };
    let mut duties: Vec<Duty> = given.collect();
    duties.extend(settings.owner.map(|who| named(who, Role::Owner, None)));
    for staff in &settings.staff {
        let roles = staff.roles.iter().filter_map(|name| Role::parse(name));
        duties.extend(roles.map(|role| named(staff.id, role, staff.limit)));
    }
    duties.sort();
    Ok(duties)
}

/// The roles of a person, from the shop's files and from invites; the highest first.
pub async fn roles(cx: &mut Cx<'_>, who: CustomerId) -> Result<Vec<Role>, TurnError> {
    let duties = duties(cx).await?;
    let own = duties.into_iter().filter(|duty| duty.who == who);
    let mut roles: Vec<Role> = own.map(|duty| duty.role).collect();
    roles.dedup();
    Ok(roles)
}

/// How large an order a person may approve: the most that any of their roles gives.
pub async fn limit_of(cx: &mut Cx<'_>, who: CustomerId) -> Result<Authority, TurnError> {
    let duties = duties(cx).await?;
    let own = duties.iter().filter(|duty| duty.who == who);
    let most = own.map(|duty| Authority::of(duty.role, duty.limit)).max();
    Ok(most.unwrap_or(Authority::Nothing))
}

/// Everybody of the team with each of their roles.
pub async fn people(cx: &mut Cx<'_>) -> Result<Vec<(Role, CustomerId)>, TurnError> {
    let duties = duties(cx).await?;
    let mut people: Vec<_> = duties.iter().map(|duty| (duty.role, duty.who)).collect();
    people.dedup();
    Ok(people)
}

/// Somebody of the team who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CustomerId,
    /// What they are; never empty.
    pub roles: Vec<Role>,
    /// What they read.
    pub locale: Locale,
}

/// Everybody of the team who can be written to: who never started the bot, or blocked it,
/// counts as absent.
pub async fn reachable(cx: &mut Cx<'_>) -> Result<Vec<Person>, TurnError> {
    let people = people(cx).await?;
    let known = cx.glance().await?.people.iter();
    let there = known.filter(|known| known.reachable);
    Ok(there
        .filter(|known| people.iter().any(|(_, id)| *id == known.id))
        .map(|known| Person {
            id: known.id,
            roles: people
                .iter()
                .filter(|(_, id)| *id == known.id)
                .map(|(role, _)| *role)
                .collect(),
            locale: known.locale.clone(),
        })
        .collect())
}

/// The kitchen's group, if there is one that can be written to.
pub async fn kitchen_group(cx: &mut Cx<'_>) -> Result<Option<Spot>, TurnError> {
    group(cx, KITCHEN).await
}

/// The group for a purpose, if there is one that can be written to.
pub async fn group(cx: &mut Cx<'_>, purpose: &str) -> Result<Option<Spot>, TurnError> {
    if let Some(named) = cx.shop.settings.chats.get(purpose).copied() {
        let mut chat = named.chat;
        let (mut fate, mut locale) = Fate::of(cx, chat).await?;
        if let Fate::Moved(to) = fate {
            chat = to;
            (fate, locale) = Fate::of(cx, to).await?;
        }
        let locale = locale.unwrap_or_else(|| first_locale(cx));
        return Ok((fate != Fate::Gone).then_some(Spot {
            chat,
            topic: named.topic,
            locale,
        }));
    }
    let chats = &cx.glance().await?.chats;
    let chat = chats.iter().find(|chat| chat.purpose == purpose);
    Ok(chat.map(|chat| Spot {
        chat: chat.chat,
        topic: chat.topic,
        locale: chat.locale.clone(),
    }))
}

/// The language for whom the shop knows nothing better.
pub fn first_locale(cx: &Cx<'_>) -> Locale {
    cx.shop.texts.negotiate(None)
}

/// The language a person reads.
pub async fn locale_of(cx: &mut Cx<'_>, who: CustomerId) -> Result<Locale, TurnError> {
    let known = person(cx, who).await?;
    Ok(known.map_or_else(|| first_locale(cx), |known| known.locale))
}

/// The language of a chat's cards: a group's own, or the person's.
pub async fn locale_of_chat(cx: &mut Cx<'_>, chat: ChatId) -> Result<Locale, TurnError> {
    if chat.0 > 0 {
        return locale_of(cx, CustomerId(chat.0)).await;
    }
    let chats = &cx.glance().await?.chats;
    if let Some(known) = chats.iter().find(|known| known.chat == chat) {
        return Ok(known.locale.clone());
    }
    let (_, locale) = Fate::of(cx, chat).await?;
    Ok(locale.unwrap_or_else(|| first_locale(cx)))
}

/// Which messages a person wants.
pub async fn wishes_of(cx: &mut Cx<'_>, who: CustomerId) -> Result<Wishes, TurnError> {
    let known = person(cx, who).await?;
    Ok(known.map_or_else(Wishes::default, |known| known.pushes))
}

/// Whether a person can be written to, as far as known.
pub async fn is_reachable(cx: &mut Cx<'_>, who: CustomerId) -> Result<bool, TurnError> {
    let known = person(cx, who).await?;
    Ok(known.is_none_or(|known| known.reachable))
}

/// A person's name as last seen; empty if they were never seen.
pub async fn name_of(cx: &mut Cx<'_>, who: CustomerId) -> Result<String, TurnError> {
    if who.is_erased() {
        return Ok(store::erasure::sweep::NO_NAME.to_owned());
    }
    if let Some(known) = person(cx, who).await? {
        return Ok(known.name);
    }
    // Who was only ever seen in a group may have done something there. Named in the shop's files
    // and never met: the id is all that is known.
    let name = store::audit::name_of(cx.tx, who).await?;
    Ok(name.unwrap_or_else(|| who.0.to_string()))
}

/// A person, if ever seen.
pub async fn person(cx: &mut Cx<'_>, who: CustomerId) -> Result<Option<Customer>, TurnError> {
    let met = cx.glance().await?.person(who).cloned();
    match met {
        Some(met) => Ok(Some(met.open(cx.tx)?)),
        None => Ok(store::customers::find(cx.tx, who).await?),
    }
}

/// Notes the name of somebody who acted in a group, if it is not the one noted already.
pub async fn hear_of(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let (who, name, locale) = (
        cx.customer(),
        cx.who.name.clone(),
        cx.session.locale.clone(),
    );
    let met = cx.glance().await?.person(who).cloned();
    if let Some(met) = met
        && met.open(cx.tx)?.name == name
    {
        return Ok(());
    }
    cx.look_again();
    Ok(store::customers::hear_of(cx.tx, who, &name, &locale, cx.now).await?)
}
