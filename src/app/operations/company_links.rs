//! Links into a company: the shop's for its first admin, which counts at once, and an admin's for
//! a role, after which an admin lets in who asks.

use crate::chat::{Button, Post, Text, View};
use crate::domain::companies::{MOST_MEMBERS, Member, Role};
use crate::kernel::time::DAY;
use crate::kernel::{ChatId, CompanyId, CustomerId};
use crate::store;
use crate::store::tokens::{Grant, Redeemed};

use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::basics::clipped;
use crate::app::screens::company as screen;
use crate::app::screens::company_people;
use crate::app::{buyer, show, staff};

use super::company::{self, Hand};
use super::{claim_link, company_staff};

/// A link into a company is good so long.
const VALID: i64 = 7 * DAY;

/// The kind of an admin's link; it is good for many, since each is let in by an admin.
const JOIN: &str = "company";

/// The kind of the link for a company's first admin: good for one.
const FIRST: &str = "company-admin";

/// Whether a link of this kind leads into a company.
pub fn is_kind(kind: &str) -> bool {
    [JOIN, FIRST].contains(&kind)
}

/// A tap about links.
pub async fn press(cx: &mut Cx<'_>, act: CompanyAct) -> Result<(), TurnError> {
    match act {
        CompanyAct::LinkAsk(id) => ask_role(cx, &id).await,
        CompanyAct::Link(id, role) => match company::admins_hand(cx, &id).await? {
            Some(hand) => link(cx, &hand, (JOIN, role)).await,
            None => Ok(()),
        },
        CompanyAct::AdminLink(id) => first_link(cx, &id).await,
        CompanyAct::TakeBack(token, id) => take_back(cx, &token, &id).await,
        CompanyAct::Join(token) => join(cx, &token).await,
        CompanyAct::LetIn(id, user) => decide(cx, (&id, user), true).await,
        CompanyAct::Refuse(id, user) => decide(cx, (&id, user), false).await,
        _ => Ok(()),
    }
}

async fn ask_role(cx: &mut Cx<'_>, id: &CompanyId) -> Result<(), TurnError> {
    if company::admins_hand(cx, id).await?.is_none() {
        return Ok(());
    }
    let view = company_people::ask_link(cx.card(), id);
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::LinkAsk(id.clone())), view);
    Ok(())
}

async fn first_link(cx: &mut Cx<'_>, id: &CompanyId) -> Result<(), TurnError> {
    if !company_staff::is_staff(cx).await? {
        company::refuse(cx, "staff-not-allowed");
        return Ok(());
    }
    match company::hand(cx, id).await? {
        Some(hand) => link(cx, &hand, (FIRST, Role::Admin)).await,
        None => Ok(()),
    }
}

/// Makes a link and shows it in a message of its own, with a way to take it back.
async fn link(cx: &mut Cx<'_>, hand: &Hand, (kind, role): (&str, Role)) -> Result<(), TurnError> {
    let id = &hand.company.id;
    let (token, until) = (cx.token(), cx.now.plus(VALID));
    let grant = Grant {
        kind: kind.to_owned(),
        grants: format!("{id}/{}", role.code()),
        single_use: kind == FIRST,
        made_by: Some(cx.customer()),
        expires: Some(until),
    };
    store::tokens::insert(cx.tx, &token, &grant, cx.now).await?;
    let did = (Did::CompanyLink, audit::of_company(id));
    company::kept(cx, did, ("", audit::place(role, None))).await?;
    let text = match kind {
        FIRST => Text::new("company-link-first"),
        _ => Text::new("company-link").with("role", company_people::role(role)),
    };
    let text = text
        .with("name", hand.name())
        .with("time", until)
        .with("link", format!("https://t.me/{}?start={token}", cx.bot));
    let take_back = Route::Company(CompanyAct::TakeBack(token.clone(), id.clone())).data(0);
    let view = View::say(text).row(vec![Button::data(
        Text::new("button-invite-take-back"),
        take_back,
    )]);
    claim_link::show_invite(cx, &token, view, true);
    Ok(())
}

/// The company and the role that a link gives.
fn meant(grant: &Grant) -> Option<(CompanyId, Role)> {
    if !is_kind(&grant.kind) {
        return None;
    }
    let (id, role) = grant.grants.split_once('/')?;
    Some((CompanyId(id.to_owned()), Role::parse(role)?))
}

async fn take_back(cx: &mut Cx<'_>, token: &str, id: &CompanyId) -> Result<(), TurnError> {
    let Some(hand) = company::hand(cx, id).await? else {
        return Ok(());
    };
    if !hand.is_admin() && !hand.staff {
        company::refuse(cx, "company-admins-only");
        return Ok(());
    }
    let text = match store::tokens::look(cx.tx, token, cx.now).await? {
        Redeemed::Granted(grant) if meant(&grant).is_some_and(|(of, _)| of == *id) => {
            match store::tokens::revoke_one(cx.tx, &grant.kind, token, cx.now).await? {
                true => {
                    let did = (Did::CompanyLinkBack, audit::of_company(id));
                    company::kept(cx, did, ("", "")).await?;
                    Text::new("invite-taken-back")
                }
                false => return Err(TurnError::Overtaken),
            }
        }
        Redeemed::Used { by } => {
            let who = staff::name_of(cx, by).await?;
            Text::new("invite-was-used").with("who", clipped(&who))
        }
        Redeemed::Revoked => Text::new("invite-taken-back"),
        Redeemed::Expired => Text::new("invite-over"),
        Redeemed::Unknown | Redeemed::Granted(_) => {
            cx.toast(Text::new("press-unknown"));
            return Ok(());
        }
    };
    claim_link::show_invite(cx, token, View::say(text), false);
    Ok(())
}

/// Why a link that is still good gives this person nothing, or the company that it leads into.
async fn leads_to(
    cx: &mut Cx<'_>,
    grant: &Grant,
) -> Result<Result<(crate::domain::companies::Company, Role), Text>, TurnError> {
    let Some((id, role)) = meant(grant).filter(|_| cx.shop.settings.companies) else {
        return Ok(Err(Text::new("link-invalid")));
    };
    let Some(found) = store::companies::find(cx.tx, &id).await? else {
        return Ok(Err(Text::new("link-invalid")));
    };
    let name = found.called().to_owned();
    let places = buyer::own_places(cx).await?;
    if places.iter().any(|place| place.company == id) {
        return Ok(Err(Text::new("company-in-already").with("name", name)));
    }
    if !found.active {
        return Ok(Err(Text::new("company-link-stopped").with("name", name)));
    }
    Ok(Ok((found, role)))
}

/// Somebody opened a link: they are told which company it is and asked to join.
pub async fn offer(cx: &mut Cx<'_>, token: &str, grant: &Grant) -> Result<(), TurnError> {
    let (company, role) = match leads_to(cx, grant).await? {
        Ok(found) => found,
        Err(why) => {
            cx.notices.push(why);
            return Ok(());
        }
    };
    let first = grant.kind == FIRST;
    let view = screen::offer(company.called(), (role, first), token);
    show_joining(cx, token, view, true);
    Ok(())
}

/// The message that asks to join is a card, so that it can say what became of it.
fn show_joining(cx: &mut Cx<'_>, token: &str, view: View, fresh: bool) {
    /// Enough of a token to tell cards of one chat apart.
    const SHORT: usize = 8;
    let short: String = token.chars().take(SHORT).collect();
    let post = Post::Card {
        chat: cx.chat,
        topic: cx.topic,
        card: format!("joining:{short}"),
        version: cx.cause,
        view,
        fresh,
        loud: true,
    };
    cx.post(cx.session.locale.clone(), post);
}

async fn join(cx: &mut Cx<'_>, token: &str) -> Result<(), TurnError> {
    let said = join_by(cx, token).await?;
    show_joining(cx, token, View::say(said), false);
    Ok(())
}

/// Joins, or asks to; what is said to the person.
async fn join_by(cx: &mut Cx<'_>, token: &str) -> Result<Text, TurnError> {
    let who = cx.customer();
    let grant = match store::tokens::look(cx.tx, token, cx.now).await? {
        Redeemed::Granted(grant) => grant,
        other => return Ok(claim_link::refusal(&other, who)),
    };
    let (mut company, role) = match leads_to(cx, &grant).await? {
        Ok(found) => found,
        Err(why) => return Ok(why),
    };
    let name = company.called().to_owned();
    if let other @ (Redeemed::Unknown
    | Redeemed::Used { .. }
    | Redeemed::Expired
    | Redeemed::Revoked) = store::tokens::redeem(cx.tx, token, who, cx.now).await?
    {
        return Ok(claim_link::refusal(&other, who));
    }
    if grant.kind == FIRST {
        company::save(cx, &mut company).await?;
        let member = newcomer(cx, who, (role, None));
        if !store::companies::add(cx.tx, &company.id, &member).await? {
            return Err(TurnError::Overtaken);
        }
        let did = (Did::CompanyMember, audit::of_member(&company.id, who));
        company::kept(cx, did, ("", audit::place(role, None))).await?;
        if let Some(maker) = grant.made_by {
            let locale = staff::locale_of(cx, maker).await?;
            let text = Text::new("company-first-joined").with("who", clipped(&cx.who.name));
            let text = text.with("name", name.as_str());
            company::tell(cx, (maker, Some(locale)), text);
        }
        cx.look_again();
        return Ok(Text::new("company-welcome-admin").with("name", name));
    }
    let asked = (who, role);
    if !store::companies::ask(cx.tx, &company.id, asked, grant.made_by, cx.now).await? {
        return Ok(Text::new("company-asked-already").with("name", name));
    }
    let view = company_people::asks(&company.id, (&cx.who.name, who, role), &name);
    let people = store::companies::members(cx.tx, &company.id).await?;
    let admins = people.iter().filter(|p| p.member.role == Role::Admin);
    for admin in admins {
        let locale = admin.locale.clone();
        let locale = locale.unwrap_or_else(|| staff::first_locale(cx));
        let card = request_card(
            (&company.id, who),
            (admin.member.user, cx.cause, true),
            view.clone(),
        );
        cx.post(locale, card);
    }
    Ok(Text::new("company-asked").with("name", name))
}

fn newcomer(cx: &Cx<'_>, user: CustomerId, (role, by): (Role, Option<CustomerId>)) -> Member {
    Member {
        user,
        role,
        since: cx.now,
        let_in_by: by,
        limit_minor: None,
        ordered: None,
    }
}

/// The message about somebody who asks, in one admin's chat: a card, so that all copies say who
/// decided.
fn request_card(
    (id, user): (&CompanyId, CustomerId),
    (admin, version, fresh): (CustomerId, i64, bool),
    view: View,
) -> Post {
    Post::Card {
        chat: ChatId(admin.0),
        topic: None,
        card: format!("join:{id}:{user}"),
        version,
        view,
        fresh,
        loud: true,
    }
}

/// An admin lets somebody in, or does not.
async fn decide(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    yes: bool,
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    if yes && hand.people.len() >= MOST_MEMBERS {
        cx.alert(Text::new("company-full").with("name", hand.name()));
        return Ok(());
    }
    let Some((asking, locale)) = store::companies::settle(cx.tx, id, user).await? else {
        cx.alert(Text::new("company-decided-already"));
        return Ok(());
    };
    let role = asking.role;
    company::save(cx, &mut hand.company).await?;
    if yes {
        let member = newcomer(cx, user, (role, Some(cx.customer())));
        store::companies::add(cx.tx, id, &member).await?;
    }
    let subject = audit::of_member(id, user);
    match yes {
        true => {
            let did = (Did::CompanyMember, subject);
            company::kept(cx, did, ("", audit::place(role, None))).await?;
        }
        false => company::kept(cx, (Did::CompanyRefused, subject), ("", "")).await?,
    }
    let told = match yes {
        true => Text::new("company-welcome").with("role", company_people::role(role)),
        false => Text::new("company-refused"),
    };
    company::tell(cx, (user, locale), told.with("name", hand.name()));
    let who = clipped(&asking.name);
    let by = clipped(&cx.who.name);
    let said = match yes {
        true => Text::new("company-let-in").with("role", company_people::role(role)),
        false => Text::new("company-not-let-in"),
    };
    let said = View::say(said.with("who", who).with("by", by));
    for admin in hand.people.iter().filter(|p| p.member.role == Role::Admin) {
        let locale = admin.locale.clone();
        let locale = locale.unwrap_or_else(|| staff::first_locale(cx));
        let card = request_card(
            (id, user),
            (admin.member.user, cx.cause, false),
            said.clone(),
        );
        cx.post(locale, card);
    }
    Ok(())
}
