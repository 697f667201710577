//! Asks the merchant, once, whether words of enough customers are another name of an item. What
//! fewer typed is shown to nobody.

use crate::app::access::{Act, may};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::learn as screen;
use crate::app::staff;
use crate::chat::{Post, View};
use crate::kernel::{ChatId, Locale};
use crate::store;
use crate::store::aliases::{Alias, State};
use crate::store::learned::Said;

/// The name of a proposal's card, the same in every chat.
pub(super) fn card_name(id: i64) -> String {
    format!("alias:{id}")
}

/// After a row was written: takes away what it leaves no room for, and proposes what it says if
/// enough customers say it and it never was proposed.
pub async fn propose(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(row) = key.parse() else {
        return Ok(());
    };
    let Some(said) = store::learned::find(cx.tx, row).await? else {
        return Ok(()); // forgotten meanwhile
    };
    store::learned::make_room(cx.tx, (&said, row)).await?;
    let Said { phrase, item, .. } = said;
    let shop = cx.shop.clone();
    let is_name = !shop.catalogue.by_name(phrase.as_str()).is_empty();
    if is_name || shop.catalogue.item(&item).is_none() {
        return Ok(());
    }
    if super::aliases(cx).await?.names.contains_key(&phrase) {
        return Ok(());
    }
    let (id, enough) = (cx.id(), shop.settings.propose_after);
    let pair = (&phrase, &item);
    let Some(customers) = store::aliases::propose(cx.tx, id, pair, enough, cx.now).await? else {
        return Ok(());
    };
    let alias = Alias {
        id,
        phrase,
        item,
        customers,
        state: State::Open,
        decided: None,
    };
    // Without anybody to ask it waits in `/aliases`.
    for person in staff::reachable(cx).await? {
        if may(&person.roles, Act::NameItems) {
            let view = screen::proposed(&shop.catalogue, &alias, None);
            post(cx, (ChatId(person.id.0), &person.locale), (id, view), true);
        }
    }
    Ok(())
}

/// Shows a proposal's card in somebody's chat: anew, or in its place.
pub(super) fn post(
    cx: &mut Cx<'_>,
    (chat, locale): (ChatId, &Locale),
    (id, view): (i64, View),
    fresh: bool,
) {
    let post = Post::Card {
        chat,
        topic: None,
        card: card_name(id),
        version: cx.cause,
        view,
        fresh,
        loud: true,
    };
    cx.post(locale.clone(), post);
}
