//! All that is kept about who asks, as files: one with everything and the newest orders, and while
//! there are more orders a further one in each turn that follows, so that no turn is ever long.

use serde_json::{Map, Value};

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::personal_data::{self as data, About};
use crate::app::{buyer, staff};
use crate::chat::{Document, Post, Text, View};
use crate::domain::orders::Order;
use crate::kernel::AccountId;
use crate::kernel::time::MINUTE;
use crate::store;
use crate::store::carts::Stored;

/// The turn of a further file; its key is the file's number.
pub const TURN: &str = "export";
/// Orders of one file: with fifty lines and notes each they still fit into a file, and are read in
/// some milliseconds.
const ORDERS: i64 = 200;
/// Entries of the account, the newest ones: a statement has all of them.
const ENTRIES: i64 = 2_000;
/// Files are made at most so often.
const EVERY: i64 = MINUTE;

/// Sends the first file, and lets others follow.
pub async fn begin(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    // What is at hand is another customer's then.
    if cx.session.by_hand.is_some() {
        refuse(cx, "export-by-hand");
        return Ok(());
    }
    if cx.now.0 - cx.session.exported_ms < EVERY {
        refuse(cx, "export-just-now");
        return Ok(());
    }
    cx.session.exported_ms = cx.now.0;
    let mut file = about(cx).await?;
    let orders = page(cx, 1, &mut file).await?;
    send(cx, 1, file, orders);
    cx.toast(Text::new("export-sent"));
    Ok(())
}

fn refuse(cx: &mut Cx<'_>, id: &'static str) {
    match cx.query {
        Some(_) => cx.alert(Text::new(id)),
        None => cx.say(Text::new(id)),
    }
}

/// The next file.
pub async fn due(cx: &mut Cx<'_>, part: i64) -> Result<(), TurnError> {
    let shop = cx.shop.settings.name.get(&cx.session.locale).to_owned();
    let mut file = data::head(&shop, cx.now, part);
    let orders = page(cx, part, &mut file).await?;
    if orders > 0 {
        send(cx, part, file, orders);
    }
    Ok(())
}

/// Everything but orders.
async fn about(cx: &mut Cx<'_>) -> Result<Map<String, Value>, TurnError> {
    let who = cx.customer();
    let locale = cx.session.locale.clone();
    let shop = cx.shop.settings.name.get(&locale).to_owned();
    let roles = staff::roles(cx, who).await?;
    let roles: Vec<&'static str> = roles.into_iter().map(|role| role.name()).collect();
    let companies = buyer::own_places(cx).await?;
    let seen = cx.glance().await?;
    let (known, cart) = (seen.known.clone(), seen.cart.clone());
    let own = AccountId::Person(who);
    let account = seen.accounts.iter().find(|account| account.id == own);
    let account = account.cloned();
    let entries = match &account {
        Some(account) => store::credit::page(cx.tx, &account.id, 0, ENTRIES).await?,
        None => Vec::new(),
    };
    let customer = store::customers::find(cx.tx, who).await?;
    let rest = store::erasure::own::rest(cx.tx, who).await?;
    let words = store::erasure::own::words(cx.tx, who).await?;
    let place = cx.session.dialogue.as_ref();
    let answers = place.map(|place| serde_json::to_value(&place.answers));
    Ok(data::about(&About {
        shop: &shop,
        now: cx.now,
        locale: &locale,
        customer: customer.as_ref(),
        known: &known,
        companies: &companies,
        roles: &roles,
        account: account
            .as_ref()
            .map(|account| (account, entries.as_slice())),
        words,
        rest: &rest,
        cart: cart.as_ref().and_then(|(_, stored)| match stored {
            Stored::Open(cart) => Some(cart),
            Stored::Placed(_) => None,
        }),
        answers: answers.and_then(Result::ok).unwrap_or_default(),
    }))
}

/// Adds a page of orders; gives how many.
async fn page(cx: &mut Cx<'_>, part: i64, file: &mut Map<String, Value>) -> Result<i64, TurnError> {
    let skip = (part - 1).saturating_mul(ORDERS);
    let orders: Vec<Order> = store::orders::of_customer(cx.tx, cx.customer(), skip, ORDERS).await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let moves = store::orders::moves_of(cx.tx, &ids).await?;
    let locale = cx.session.locale.clone();
    file.insert("orders".into(), data::orders(&orders, &moves, &locale));
    Ok(orders.len() as i64)
}

/// Sends a file; where it is full, another one follows.
fn send(cx: &mut Cx<'_>, part: i64, file: Map<String, Value>, orders: i64) {
    let more = orders == ORDERS;
    let file = Value::Object(file);
    let name = format!("my-data-{part}.json");
    let written = |bytes: Result<Vec<u8>, serde_json::Error>| {
        Document::new(name.clone(), "application/json", bytes.ok()?)
    };
    let document = written(serde_json::to_vec_pretty(&file));
    // Without its line breaks it is about a third smaller.
    let document = document.or_else(|| written(serde_json::to_vec(&file)));
    let Some(document) = document else {
        tracing::error!(part, "an export is larger than a file may be");
        return;
    };
    let caption = match (part, more) {
        (1, false) => Text::new("export-file"),
        _ => Text::new("export-part")
            .with("part", part)
            .with("orders", orders)
            .with("more", i64::from(more)),
    };
    let view = View::say(caption);
    let post = Post::File {
        chat: cx.chat,
        topic: None,
        view,
        file: document,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
    if more {
        cx.go_on(TURN, part + 1, cx.customer());
    }
}
