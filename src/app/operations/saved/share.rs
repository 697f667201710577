//! Links to saved orders. A link gives no right: it names a saved order that whoever opens it may
//! use because of who they are, its owner or a member of the company in which it is shared.

use crate::chat::{Post, Text, View};
use crate::domain::saved::Right;
use crate::store;
use crate::store::tokens::Grant;

use crate::app::buyer;
use crate::app::cx::Cx;
use crate::app::operations::schedule;
use crate::app::outcome::TurnError;
use crate::app::route::SavedAct;

use super::{may, reach, show_saved};

/// The kind of a saved order's link.
pub const KIND: &str = "saved";

/// What stands before the token in a link, so that people see what it is.
const BEFORE: &str = "saved-";

/// Makes a link, and shares the saved order in the company that its owner orders for.
pub(super) async fn share(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((mut saved, right)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    // One that is shared stays where it is; an admin shares nobody's private one.
    if saved.company.is_none() {
        let company = buyer::company(cx).await?.map(|place| place.company);
        if company.is_some() {
            saved.company = company;
            if !store::saved::update(cx.tx, &mut saved, cx.now).await? {
                return Err(TurnError::Overtaken);
            }
        }
    }
    let token = cx.token();
    let grant = Grant {
        kind: KIND.to_owned(),
        grants: id.to_string(),
        single_use: false,
        made_by: Some(cx.customer()),
        expires: None,
    };
    store::tokens::insert(cx.tx, &format!("{BEFORE}{token}"), &grant, cx.now).await?;
    let link = format!("https://t.me/{}?start={BEFORE}{token}", cx.bot);
    let places = buyer::own_places(cx).await?;
    let place = places
        .iter()
        .find(|p| Some(&p.company) == saved.company.as_ref());
    let text = match place {
        Some(place) => Text::new("saved-link-company").with("company", buyer::name(place)),
        None => Text::new("saved-link-own"),
    };
    let view = View::say(text.with("name", saved.name.as_str()).with("link", link));
    let post = Post::Say {
        chat: cx.chat,
        topic: None,
        view,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
    // Below the link, so that the newest message is the one to press.
    cx.fresh = true;
    show_saved(cx, &saved, right);
    Ok(())
}

/// Takes all links back; it is its owner's alone again.
pub(super) async fn unshare(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((mut saved, right)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    schedule::gone(cx, &saved).await?;
    saved.company = None;
    if !store::saved::update(cx.tx, &mut saved, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    take_back(cx, id).await?;
    cx.toast(Text::new("saved-unshared"));
    if right == Right::Own {
        show_saved(cx, &saved, right);
        return Ok(());
    }
    super::list(cx, 0).await
}

/// Takes all links to a saved order back.
pub(super) async fn take_back(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let grants = id.to_string();
    store::tokens::revoke(cx.tx, KIND, Some(&grants), cx.now).await?;
    Ok(())
}

/// Somebody opened a link: where it leads, if they may go there; else it is said why not.
pub async fn open_link(cx: &mut Cx<'_>, grant: &Grant) -> Result<Option<SavedAct>, TurnError> {
    let found = match grant.grants.parse() {
        Ok(id) => store::saved::find(cx.tx, id).await?,
        Err(_) => None,
    };
    match may(cx, found).await? {
        Ok((saved, _)) => Ok(Some(SavedAct::Open(saved.id))),
        Err(why) => {
            cx.notices.push(why);
            Ok(None)
        }
    }
}
