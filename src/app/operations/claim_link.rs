//! `/start TOKEN`: the owner's link and invites to the team. Tokens are untrusted input.

use crate::chat::Text;
use crate::kernel::time::DAY;
use crate::store;
use crate::store::tokens::{Grant, Redeemed};

use crate::app::access::{Act, Role, may};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::{commands, staff};

/// An invite is valid so long.
const INVITE_VALID: i64 = 7 * DAY;

/// Uses a link. `false` if it is none of ours.
pub async fn claim(cx: &mut Cx<'_>, token: &str) -> Result<bool, TurnError> {
    let who = cx.customer();
    match store::tokens::redeem(cx.tx, token, who, cx.now).await? {
        Redeemed::Granted(grant) => {
            let Some(role) = role(&grant) else {
                return Ok(false);
            };
            cx.look_again();
            store::staff::grant(cx.tx, who, role.name(), grant.made_by, cx.now).await?;
            welcome(cx, role);
            commands::set_menu(cx).await?;
            Ok(true)
        }
        Redeemed::Used { by } if by == who => Ok(false),
        Redeemed::Unknown | Redeemed::Used { .. } | Redeemed::Expired | Redeemed::Revoked => {
            cx.notices.push(Text::new("link-invalid"));
            Ok(false)
        }
    }
}

fn role(grant: &Grant) -> Option<Role> {
    match grant.kind.as_str() {
        "owner" => Some(Role::Owner),
        "invite" => Role::parse(&grant.grants).filter(|role| *role != Role::Owner),
        _ => None,
    }
}

fn welcome(cx: &mut Cx<'_>, role: Role) {
    let shop = cx.shop.settings.name.clone();
    cx.say(match role {
        Role::Owner => Text::new("welcome-owner").with("shop", &shop),
        Role::Manager | Role::Kitchen => Text::new("welcome-staff")
            .with("shop", &shop)
            .with("role", Text::new(role_text(role))),
    });
}

/// The word for a role.
pub fn role_text(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner",
        Role::Manager => "role-manager",
        Role::Kitchen => "role-kitchen",
    }
}

/// `/invite ROLE`: a link for one person, for whoever may invite.
pub async fn invite(cx: &mut Cx<'_>, role: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::Invite) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let Some(role) = Role::parse(role).filter(|role| *role != Role::Owner) else {
        cx.say(Text::new("invite-usage"));
        return Ok(());
    };
    let token = cx.token();
    let grant = Grant {
        kind: "invite".to_owned(),
        grants: role.name().to_owned(),
        single_use: true,
        made_by: Some(cx.customer()),
        expires: Some(cx.now.plus(INVITE_VALID)),
    };
    store::tokens::insert(cx.tx, &token, &grant, cx.now).await?;
    let link = format!("https://t.me/{}?start={token}", cx.bot);
    cx.say(
        Text::new("invite-link")
            .with("role", Text::new(role_text(role)))
            .with("time", cx.now.plus(INVITE_VALID))
            .with("link", link),
    );
    Ok(())
}
