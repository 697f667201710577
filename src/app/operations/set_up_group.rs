//! What a group is for: asked in the group when the bot is added, answered by the owner alone.

use crate::chat::{Button, Post, Text, View};
use crate::kernel::ChatId;
use crate::store;
use crate::store::chats::Chat;

use crate::app::access::{Act, Role, acting, may};
use crate::app::audit::{Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::show;
use crate::app::staff::{self, Fate};

use super::wait_for_kitchen::is_waiting;
use super::{alert, approval, fold, tell};

/// What a group can be for, with the words for it.
pub const PURPOSES: [(&str, &str); 4] = [
    ("kitchen", "purpose-kitchen"),
    ("approvals", "purpose-approvals"),
    ("couriers", "purpose-couriers"),
    ("support", "purpose-support"),
];

/// The answer that the group is for nothing.
const NOTHING: &str = "none";

/// The bot was added: the owner is asked, a stranger's group hears nothing.
pub async fn added(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let chat = cx.chat;
    Fate::Well.keep(cx, chat).await?;
    let roles = staff::roles(cx, cx.customer()).await?;
    let chats = &cx.shop.settings.chats;
    if chats.values().any(|named| named.chat == chat) {
        return kitchen_is_back(cx).await;
    }
    if !may(&roles, Act::SetUp) {
        return Ok(());
    }
    ask_purpose(cx).await
}

/// `/setup` in a group, or in one of its topics: what is said for that purpose goes there. Anybody
/// but the owner hears nothing.
pub async fn asked(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if may(&roles, Act::SetUp) {
        ask_purpose(cx).await?;
    }
    Ok(())
}

async fn ask_purpose(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    // A group has no language before it has a purpose: the owner's is better than a stranger's.
    cx.session.locale = staff::locale_of(cx, cx.customer()).await?;
    let button = |(purpose, label): &(&str, &'static str)| {
        let data = Route::GroupFor((*purpose).to_owned()).data(0);
        Button::data(Text::new(label), data)
    };
    let mut view = View::say(Text::new("group-ask"));
    for pair in PURPOSES.chunks(2) {
        view = view.row(pair.iter().map(button).collect());
    }
    let nothing = Route::GroupFor(NOTHING.to_owned()).data(0);
    view = view.row(vec![Button::data(
        Text::new("button-purpose-none"),
        nothing,
    )]);
    ask(cx, view, true);
    Ok(())
}

fn ask(cx: &mut Cx<'_>, view: View, fresh: bool) {
    let post = Post::Card {
        chat: cx.chat,
        topic: cx.topic,
        card: "purpose".to_owned(),
        version: cx.cause,
        view,
        fresh,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
}

/// The owner pressed what the group is for.
pub async fn set(cx: &mut Cx<'_>, purpose: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::SetUp) {
        cx.alert(Text::new("owner-commands-only"));
        return Ok(());
    }
    let role = acting(&roles, Act::SetUp);
    let subject = format!("group/{}", cx.chat);
    if purpose == NOTHING {
        cx.audit(Deed::new(Did::SetGroup, role, subject));
        cx.look_again();
        store::chats::forget(cx.tx, cx.chat).await?;
        ask(cx, View::say(Text::new("group-none")), false);
        return Ok(());
    }
    let Some((name, label)) = PURPOSES.iter().find(|(name, _)| *name == purpose) else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    if cx.shop.settings.chats.contains_key(*name) {
        cx.alert(Text::new("group-fixed"));
        return Ok(());
    }
    let chat = Chat {
        purpose: (*name).to_owned(),
        chat: cx.chat,
        topic: cx.topic,
        locale: staff::locale_of(cx, cx.customer()).await?,
        title: String::new(),
    };
    cx.session.locale = chat.locale.clone();
    cx.look_again();
    store::chats::assign(cx.tx, &chat, cx.now).await?;
    cx.audit(Deed::new(Did::SetGroup, role, subject).to(name));
    let text = Text::new("group-set").with("purpose", Text::new(label));
    ask(cx, View::say(text), false);
    match *name {
        staff::KITCHEN => {
            open_orders(cx).await?;
            kitchen_is_back(cx).await?;
        }
        staff::APPROVALS => cx.go_on(approval::away::LOOK_ALL, 0, cx.customer()),
        staff::COURIERS => open_deliveries(cx).await?,
        _ => {}
    }
    Ok(())
}

/// `/language` in a group: asks in which language its cards are.
pub async fn ask_language(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::Deliver) {
        return Ok(());
    }
    let mut view = View::say(Text::new("language-title"));
    for (locale, name) in show::language_names(cx) {
        let label = Text::new("value-text").with("value", name);
        let data = Route::Language(locale.as_str().to_owned()).data(0);
        view = view.row(vec![Button::data(label, data)]);
    }
    ask(cx, view, true);
    Ok(())
}

/// Somebody of the team pressed the language of the group's cards.
pub async fn set_language(cx: &mut Cx<'_>, tag: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::Deliver) {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let Some((locale, _)) = show::language_names(cx)
        .into_iter()
        .find(|(locale, _)| locale.as_str() == tag)
    else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    cx.look_again();
    if !store::chats::set_locale(cx.tx, cx.chat, &locale).await? {
        // The shop's file names the group, so it has no row of its own.
        Fate::speak(cx, cx.chat, &locale).await?;
    }
    cx.session.locale = locale;
    ask(cx, View::say(Text::new("language-set")), false);
    Ok(())
}

/// The most open orders that are shown again at once.
const MOST_OPEN: i64 = 50;

/// The open orders are to be shown to whoever is left; the key says nothing.
pub const ORDERS_ANEW: &str = "orders-anew";

/// What is to be brought is to be shown to whoever brings it now; the key says nothing.
pub const DELIVERIES_ANEW: &str = "deliveries-anew";

/// Somebody has a role no more: orders that came to them must come to whoever is left. Both go on
/// in turns of their own.
pub async fn left(cx: &mut Cx<'_>, role: Role) -> Result<(), TurnError> {
    let who = cx.customer();
    if role.may(Act::WorkOrders) && staff::kitchen_group(cx).await?.is_none() {
        cx.go_on(ORDERS_ANEW, 0, who);
    } else if role == Role::Courier && staff::group(cx, staff::COURIERS).await?.is_none() {
        cx.go_on(DELIVERIES_ANEW, 0, who);
    }
    Ok(())
}

/// Shows every open order where orders are worked now.
pub async fn open_orders(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    store::folds::clear(cx.tx).await?;
    let group = staff::kitchen_group(cx).await?;
    let mut cards = 0;
    for order in store::orders::open(cx.tx, MOST_OPEN).await? {
        if order.is_ruled() {
            continue; // not theirs yet
        }
        match &group {
            // A group can't be written to that fast: the rest is in its list first.
            Some(group) if cards >= fold::most(cx) && is_waiting(&order) => {
                fold::add(cx, order.id, group.chat);
            }
            _ => {
                cards += 1;
                tell::kitchen_cards(cx, &order, None, true).await?;
            }
        }
    }
    Ok(())
}

/// Shows every order that is packed or on its way to those who bring orders now.
pub async fn open_deliveries(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    for order in store::orders::open(cx.tx, MOST_OPEN).await? {
        if tell::is_to_go(&order) {
            tell::courier_cards(cx, &order).await?;
        }
    }
    Ok(())
}

/// The bot can't write to a group any more: orders go to people, the owner is told.
pub async fn lost(cx: &mut Cx<'_>, chat: ChatId) -> Result<(), TurnError> {
    let kitchen = staff::kitchen_group(cx).await?;
    let couriers = staff::group(cx, staff::COURIERS).await?;
    let chats = &cx.glance().await?.chats;
    // A group that only the shop's files name has no row to lose.
    let has_purpose = chats.iter().any(|known| known.chat == chat);
    Fate::Gone.keep(cx, chat).await?;
    if has_purpose {
        cx.look_again();
        store::chats::forget(cx.tx, chat).await?;
    }
    if kitchen.is_some_and(|kitchen| kitchen.chat == chat) {
        alert::raise_now(cx, alert::KITCHEN, Text::new("owner-no-kitchen")).await?;
        open_orders(cx).await?;
    } else if couriers.is_some_and(|couriers| couriers.chat == chat) {
        tell::owners(cx, Text::new("owner-no-couriers")).await?;
        open_deliveries(cx).await?;
    }
    Ok(())
}

/// A group has another id now. Buttons of its old messages can't be pressed any more, so the
/// open orders are shown anew.
pub async fn moved(cx: &mut Cx<'_>, to: ChatId) -> Result<(), TurnError> {
    let kitchen = staff::kitchen_group(cx).await?;
    let couriers = staff::group(cx, staff::COURIERS).await?;
    if kitchen.is_some_and(|kitchen| kitchen.chat == to) {
        open_orders(cx).await?;
    } else if couriers.is_some_and(|couriers| couriers.chat == to) {
        open_deliveries(cx).await?;
    }
    Ok(())
}

/// A person can't be written to any more. One of the team: the owners are told.
pub async fn lost_person(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if roles.is_empty() {
        return Ok(());
    }
    let who = cx.customer();
    if roles.contains(&Role::Owner) || roles.contains(&Role::Manager) {
        cx.go_on(alert::UNTELL, 0, who);
    }
    let text = alert::unreachable(cx, who).await?;
    alert::raise_now(cx, &alert::person(who), text).await?;
    if may(&roles, Act::Approve) {
        // Whoever else can decide is asked at once.
        cx.go_on(approval::away::LOOK_ALL, 0, who);
    }
    // Orders came to this person; whoever is left must see them.
    if staff::kitchen_group(cx).await?.is_none() {
        // In a turn of its own: both together would be more than a turn may do.
        cx.go_on(ORDERS_ANEW, 0, who);
    } else if roles.contains(&Role::Courier) && staff::group(cx, staff::COURIERS).await?.is_none() {
        open_deliveries(cx).await?;
    }
    Ok(())
}

/// A person can be written to again. One of the team: the owners are told, if they were before.
pub async fn found_person(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let who = cx.customer();
    if staff::roles(cx, who).await?.is_empty() {
        return Ok(());
    }
    let name = staff::name_of(cx, who).await?;
    let text = Text::new("alert-person-back").with("who", name);
    alert::end_now(cx, &alert::person(who), text).await
}

/// If the kitchen has a chat again, the owners are told so.
async fn kitchen_is_back(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if staff::kitchen_group(cx).await?.is_none() {
        return Ok(());
    }
    alert::end_now(cx, alert::KITCHEN, Text::new("alert-kitchen-back")).await
}
