//! `/start TOKEN`: the owner's link, invites to the team, codes of tables. Tokens are untrusted
//! input.

use crate::chat::{Button, Post, Text, View};
use crate::kernel::time::DAY;
use crate::kernel::{ChatId, CustomerId};
use crate::store;
use crate::store::tokens::{Grant, Redeemed};

use crate::app::access::{Act, Role, acting, may, may_give};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SavedAct};
use crate::app::screens::basics::NAME_SHOWN;
use crate::app::staff;

use super::company_links;
use super::give_role::{self, Given};
use super::saved;
use super::take_table;
use super::tell::{self, Spot};

/// An invite is valid so long.
const INVITE_VALID: i64 = 7 * DAY;

/// The kind of an invite's token.
const INVITE: &str = "invite";

/// The kind of a table's token.
const TABLE: &str = "table";

/// Uses a link, and says what came of it: a saved order to be shown, where it leads to one. A link
/// that gives nothing changes nothing.
pub async fn claim(cx: &mut Cx<'_>, token: &str) -> Result<Option<SavedAct>, TurnError> {
    let who = cx.customer();
    // Looked at first: an invite that gives this person nothing stays good for another one.
    let found = store::tokens::look(cx.tx, token, cx.now).await?;
    let refused = match &found {
        Redeemed::Granted(grant) if grant.kind == TABLE => {
            take_table::take_table(cx, &grant.grants.as_str().into()).await?;
            return Ok(None);
        }
        Redeemed::Granted(grant) if company_links::is_kind(&grant.kind) => {
            company_links::offer(cx, token, grant).await?;
            return Ok(None);
        }
        Redeemed::Granted(grant) if grant.kind == saved::KIND => {
            return saved::open_link(cx, grant).await;
        }
        Redeemed::Revoked if store::tables::is_code(cx.tx, token).await? => {
            Some(Text::new("table-code-old"))
        }
        Redeemed::Granted(grant) => useless(cx, grant).await?,
        other => Some(refusal(other, who)),
    };
    if let Some(refused) = refused {
        cx.notices.push(refused);
        if found == Redeemed::Unknown && !cx.shop.settings.tables.is_empty() {
            cx.notices.push(Text::new("table-code-unknown"));
        }
        return Ok(None);
    }
    match store::tokens::redeem_seen(cx.tx, token, found, who, cx.now).await? {
        Redeemed::Granted(grant) => join(cx, &grant).await?,
        overtaken => cx.notices.push(refusal(&overtaken, who)),
    }
    Ok(None)
}

/// What is said to a link that gives nothing any more, or never did.
pub fn refusal(found: &Redeemed, who: CustomerId) -> Text {
    Text::new(match found {
        Redeemed::Used { by } if *by == who => "link-used-by-you",
        Redeemed::Used { .. } => "link-used",
        Redeemed::Expired => "link-expired",
        Redeemed::Revoked => "link-revoked",
        Redeemed::Unknown | Redeemed::Granted(_) => "link-invalid",
    })
}

/// Why a link that is still good gives this person nothing.
async fn useless(cx: &mut Cx<'_>, grant: &Grant) -> Result<Option<Text>, TurnError> {
    let Some(given) = given(grant) else {
        return Ok(Some(Text::new("link-invalid")));
    };
    let role = given.role;
    if grant.made_by == Some(cx.customer()) {
        return Ok(Some(
            Text::new("link-own").with("role", given.text(cx.shop.settings.currency)),
        ));
    }
    if let Some(inviter) = grant.made_by
        && !may_give(&staff::roles(cx, inviter).await?, role)
    {
        // Whoever may not give it any more can't have it given by a link either.
        return Ok(Some(Text::new("link-revoked")));
    }
    let has = staff::roles(cx, cx.customer()).await?.contains(&role);
    Ok(has.then(|| Text::new("link-needless").with("role", Text::new(role_text(role)))))
}

async fn join(cx: &mut Cx<'_>, grant: &Grant) -> Result<(), TurnError> {
    let Some(given) = given(grant) else {
        return Ok(());
    };
    cx.look_again();
    let what = (given.role.name(), given.limit);
    store::staff::grant(cx.tx, cx.customer(), what, grant.made_by, cx.now).await?;
    let did = match given.role {
        Role::Owner => Did::Owns,
        _ => Did::Joined,
    };
    let who = audit::of_staff(cx.customer());
    cx.audit(Deed::new(did, Some(given.role), who).to(given.words()));
    let hello = welcome_text(cx, given);
    cx.say(hello);
    if given.role == Role::Owner {
        return Ok(());
    }
    let name: String = cx.who.name.chars().take(NAME_SHOWN).collect();
    let joined = Text::new("invite-joined")
        .with("who", name)
        .with("role", given.text(cx.shop.settings.currency));
    // A link of the command line has nobody's name on it: then the owners hear who came.
    match grant.made_by {
        Some(inviter) => {
            let spot = Spot {
                chat: ChatId(inviter.0),
                topic: None,
                locale: staff::locale_of(cx, inviter).await?,
            };
            tell::show(cx, &spot, View::say(joined));
            Ok(())
        }
        None => tell::owners(cx, joined).await,
    }
}

fn given(grant: &Grant) -> Option<Given> {
    match grant.kind.as_str() {
        "owner" => Some(Given {
            role: Role::Owner,
            limit: None,
        }),
        INVITE => Given::parse(&grant.grants).filter(|given| given.role != Role::Owner),
        _ => None,
    }
}

/// What somebody hears who has a role from now on.
pub fn welcome_text(cx: &Cx<'_>, given: Given) -> Text {
    let shop = &cx.shop.settings.name;
    if given.role == Role::Owner {
        return Text::new("welcome-owner").with("shop", shop);
    }
    // Orders come to whoever makes or brings them.
    let hello = match given.role.may(Act::Deliver) {
        true => "welcome-staff",
        false => "welcome-team",
    };
    Text::new(hello)
        .with("shop", shop)
        .with("role", given.text(cx.shop.settings.currency))
}

/// The word for a role.
pub fn role_text(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner",
        Role::Manager => "role-manager",
        Role::Approver => "role-approver",
        Role::Operator => "role-operator",
        Role::Kitchen => "role-kitchen",
        Role::Courier => "role-courier",
        Role::Support => "role-support",
        Role::Auditor => "role-auditor",
    }
}

/// `/invite ROLE` or `/invite ROLE LIMIT`: a link for one person, for whoever may invite.
pub async fn invite(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::Invite) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let (role, limit) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let Some(role) = Role::parse(role).filter(|role| *role != Role::Owner) else {
        usage(cx, &roles);
        return Ok(());
    };
    let given = match give_role::wanted(cx, role, limit) {
        Ok(given) => given,
        Err(refused) => {
            cx.say(refused);
            return Ok(());
        }
    };
    match give_role::refusal(cx, given).await? {
        Some(refused) => cx.say(refused),
        None => make_invite(cx, &roles, given).await?,
    }
    Ok(())
}

/// Whom this person may invite, and how.
fn usage(cx: &mut Cx<'_>, roles: &[Role]) {
    let known = Role::ALL.into_iter().filter(|role| may_give(roles, *role));
    let lines = known.map(|role| {
        Text::new("invite-usage-role")
            .with("command", role.name())
            .with("role", Text::new(role_text(role)))
    });
    cx.say(Text::new("invite-usage").with("roles", lines.collect::<Vec<_>>()));
}

async fn make_invite(cx: &mut Cx<'_>, roles: &[Role], given: Given) -> Result<(), TurnError> {
    let token = cx.token();
    let grant = Grant {
        kind: INVITE.to_owned(),
        grants: given.words(),
        single_use: true,
        made_by: Some(cx.customer()),
        expires: Some(cx.now.plus(INVITE_VALID)),
    };
    store::tokens::insert(cx.tx, &token, &grant, cx.now).await?;
    let role = acting(roles, Act::Invite);
    cx.audit(Deed::new(Did::Invited, role, "invite").to(given.words()));
    let link = format!("https://t.me/{}?start={token}", cx.bot);
    let text = Text::new("invite-link")
        .with("role", given.text(cx.shop.settings.currency))
        .with("time", cx.now.plus(INVITE_VALID))
        .with("link", link);
    let take_back = Route::TakeBack(token.clone()).data(0);
    let view = View::say(text).row(vec![Button::data(
        Text::new("button-invite-take-back"),
        take_back,
    )]);
    show_invite(cx, &token, view, true);
    Ok(())
}

/// Takes an invite back that nobody has used yet.
pub async fn take_back(cx: &mut Cx<'_>, token: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::Invite) {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let text = if store::tokens::revoke_one(cx.tx, INVITE, token, cx.now).await? {
        let role = acting(&roles, Act::Invite);
        cx.audit(Deed::new(Did::TookInviteBack, role, "invite"));
        Text::new("invite-taken-back")
    } else {
        match store::tokens::look(cx.tx, token, cx.now).await? {
            Redeemed::Used { by } => {
                let who: String = staff::name_of(cx, by).await?;
                let who: String = who.chars().take(NAME_SHOWN).collect();
                Text::new("invite-was-used").with("who", who)
            }
            Redeemed::Revoked => Text::new("invite-taken-back"),
            Redeemed::Expired => Text::new("invite-over"),
            Redeemed::Unknown | Redeemed::Granted(_) => {
                cx.toast(Text::new("press-unknown"));
                return Ok(());
            }
        }
    };
    show_invite(cx, token, View::say(text), false);
    Ok(())
}

/// The message with an invite is a card, so that it can say what became of the link.
pub fn show_invite(cx: &mut Cx<'_>, token: &str, view: View, fresh: bool) {
    /// Enough of a token to tell cards of one chat apart; the whole of it is nobody's business.
    const SHORT: usize = 8;
    let short: String = token.chars().take(SHORT).collect();
    let post = Post::Card {
        chat: cx.chat,
        topic: cx.topic,
        card: format!("invite:{short}"),
        version: cx.cause,
        view,
        fresh,
        loud: true,
    };
    cx.post(cx.session.locale.clone(), post);
}
