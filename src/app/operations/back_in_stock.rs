//! Tells customers who asked for it, once, that an item can be had again.
//!
//! As long as anybody waits, a turn in a lane of its own looks every minute; whoever begins to wait
//! sets the first look. So what lets stock rise (a delivery, a cancelled order, a hold that ends, a
//! time that is over) costs no statement of its own, and nobody is missed who asked while it rose.
//! A look tells a portion of those who wait for one item, longest first, in the transaction that
//! takes them off the list, and goes on in another turn: ten thousand who wait are many small
//! turns. Nothing is promised: whoever is told may find it gone again, so those who are left wait
//! on once it is.

use crate::chat::{Button, Post, Text, View};
use crate::domain::catalogue::Item;
use crate::kernel::time::MINUTE;
use crate::kernel::{CartId, ChatId, ItemId, Quantity, Timestamp};
use crate::store;
use crate::store::awaited::{MOST, Person};

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{AwaitAct, Route};
use crate::app::screens::awaited as screen;
use crate::app::{show, staff};

use super::alert;

/// The timer of the turn that looks.
pub const TIMER: &str = "back-in-stock";

/// The lane of that turn: nobody's chat.
const LANE: &str = "0/0/1";

/// So many are told in one turn.
const AT_ONCE: i64 = 50;

fn look_at(cx: &mut Cx<'_>, due: Timestamp) {
    cx.set_timer_in(TIMER, "", due, LANE);
}

/// Looks whether anything can be had again, and tells a portion of those who wait for it.
pub async fn look(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let wanted = store::awaited::items(cx.tx).await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let shop = cx.shop.clone();
    let ids = wanted.iter().map(|(id, _)| id);
    let levels = store::stock::levels(cx.tx, CartId(0), ids).await?.levels;
    let sold_out = basket::sold_out(cx).await?;
    for (id, least) in &wanted {
        let free = match levels.get(id) {
            Some(level) => level.available(),
            None => Quantity(i64::MAX),
        };
        let item = shop
            .catalogue
            .item(id)
            .filter(|item| !sold_out.has_item(id) && free >= *least && free >= item.unit.min());
        let Some(item) = item else {
            continue;
        };
        let people = store::awaited::take(cx.tx, id, free, AT_ONCE).await?;
        for person in people {
            tell(cx, item, person);
        }
        // The rest of them, and other items, in a turn of their own.
        look_at(cx, cx.now);
        return Ok(());
    }
    look_at(cx, cx.now.plus(MINUTE));
    Ok(())
}

/// Tells one person, silently in their quiet hours; not who turned these messages off.
fn tell(cx: &mut Cx<'_>, item: &Item, person: Person) {
    if !person.reachable || !person.pushes.back {
        return;
    }
    let minute = cx.shop.zone.wall(cx.now).minute;
    let quiet = cx.shop.settings.pushes.quiet_for(person.pushes);
    let open = Route::Await(AwaitAct::Open(item.id.as_str().to_owned())).data(0);
    let label = Text::new("value-text").with("value", &item.name);
    let view = View::say(Text::new("awaited-back").with("name", &item.name))
        .row(vec![Button::data(label, open)]);
    let post = Post::Say {
        chat: ChatId(person.customer.0),
        topic: None,
        view,
        loud: !quiet.is_some_and(|quiet| quiet.holds(minute)),
    };
    cx.post(person.locale, post);
}

/// Somebody begins to wait for so much of an item; `false` if they may not, which is said.
pub async fn ask(cx: &mut Cx<'_>, item: &ItemId, much: Quantity) -> Result<bool, TurnError> {
    let who = cx.customer();
    if !staff::wishes_of(cx, who).await?.back {
        cx.alert(Text::new("awaited-off"));
        return Ok(false);
    }
    if !store::awaited::ask(cx.tx, who, item, much, cx.now).await? {
        cx.alert(Text::new("awaited-full").with("max", MOST));
        return Ok(false);
    }
    // It may have come back since the screen was shown.
    look_at(cx, alert::next_look(cx.now));
    Ok(true)
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: AwaitAct) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    match act {
        AwaitAct::Ask(id) => {
            if let Some(item) = shop.catalogue.item(&id.as_str().into())
                && ask(cx, &item.id, item.unit.min()).await?
            {
                cx.toast(Text::new("awaited-asked").with("name", &item.name));
            }
            show::open_item(cx, &id).await
        }
        AwaitAct::Stop(id) => {
            store::awaited::stop(cx.tx, cx.customer(), &id.as_str().into()).await?;
            cx.toast(Text::new("awaited-stopped"));
            show::open_item(cx, &id).await
        }
        AwaitAct::Drop(id) => {
            store::awaited::stop(cx.tx, cx.customer(), &id.as_str().into()).await?;
            cx.toast(Text::new("awaited-stopped"));
            list(cx).await
        }
        AwaitAct::List => list(cx).await,
        AwaitAct::Open(id) => show::open_item(cx, &id).await,
    }
}

async fn list(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let items = store::awaited::of(cx.tx, cx.customer()).await?;
    let shop = cx.shop.clone();
    let view = screen::list(cx.card(), &shop.catalogue, &items);
    let view = show::noted(cx, view);
    cx.show(&Route::Await(AwaitAct::List), view);
    Ok(())
}
