//! Everything that can happen in a group: presses of staff, and the bot coming and going.
//!
//! A group's talk is not for the bot: silence is right there.

use crate::chat::{EventKind, Text};
use crate::store;

use super::access::{Act, may};
use super::cx::Cx;
use super::lookup;
use super::operations::{
    alert, approval, back_in_stock, credit_due, fold, learn, set_up_group, work_order,
};
use super::outcome::TurnError;
use super::route::Route;
use super::staff::Fate;
use super::{commands, explain, staff};

/// Handles what happened.
pub async fn handle(cx: &mut Cx<'_>, kind: EventKind) -> Result<(), TurnError> {
    match kind {
        EventKind::Press(tap) => {
            cx.query = Some(tap.query_id.clone());
            match Route::parse(&tap.data) {
                Some((Route::Order(id, act), version)) => {
                    Box::pin(work_order::act(cx, id, &act, version)).await
                }
                Some((Route::Approval(id, act), version)) => {
                    Box::pin(approval::decide::act(cx, id, &act, version)).await
                }
                Some((Route::Look(act), _)) => lookup::press(cx, act).await,
                Some((Route::GroupFor(purpose), _)) => set_up_group::set(cx, &purpose).await,
                Some((Route::Language(tag), _)) => set_up_group::set_language(cx, &tag).await,
                Some(_) | None => {
                    cx.toast(Text::new("press-unknown"));
                    Ok(())
                }
            }
        }
        EventKind::Timer { kind, .. } if kind == alert::TIMER => alert::look(cx).await,
        EventKind::Timer { kind, .. } if kind == back_in_stock::TIMER => {
            back_in_stock::look(cx).await
        }
        EventKind::Timer { kind, key } if kind == learn::PICKED => {
            Box::pin(learn::propose(cx, &key)).await
        }
        EventKind::Timer { kind, key } if kind == credit_due::TIMER => {
            credit_due::due(cx, &key).await
        }
        EventKind::Timer { kind, key } if kind == approval::begin::FAILED => {
            approval::begin::failed(cx, &key).await
        }
        EventKind::TooFast { query_id } => {
            cx.query = query_id;
            cx.toast(Text::new("too-fast-tap"));
            Ok(())
        }
        EventKind::Member { present: true, .. } => set_up_group::added(cx).await,
        EventKind::Member { present: false, .. } | EventKind::Reachable(false) => {
            set_up_group::lost(cx, cx.chat).await
        }
        EventKind::Migrated(to) => {
            let from = cx.chat;
            let chats = &cx.glance().await?.chats;
            // A group that only the shop's files name has no row to move.
            if chats.iter().any(|known| known.chat == from) {
                store::chats::migrate(cx.tx, from, to).await?;
            }
            Fate::Moved(to).keep(cx, from).await?;
            set_up_group::moved(cx, to).await
        }
        EventKind::Command(name, _) if name == "language" => set_up_group::ask_language(cx).await,
        EventKind::Command(name, _) if name == "setup" => set_up_group::asked(cx).await,
        EventKind::Command(name, _) if name == "stock" => {
            commands::elsewhere(cx, Act::SellOut, "stock-privately").await
        }
        EventKind::Command(name, _) if name == "pause" => {
            commands::elsewhere(cx, Act::Pause, "pause-privately").await
        }
        EventKind::Command(name, _) if name == "credit" && cx.shop.settings.credit.is_some() => {
            commands::elsewhere(cx, Act::Credit, "credit-privately").await
        }
        EventKind::Command(name, words) if name == "orders" || name == "print" => {
            orders(cx, &name, &words).await
        }
        EventKind::Command(name, _) if name == "queue" => lookup::queue(cx).await,
        EventKind::Command(name, words) if name == "rules" => rules(cx, &words).await,
        EventKind::Command(name, _) if name == "approvals" => {
            commands::elsewhere(cx, Act::Approve, "approvals-privately").await
        }
        EventKind::Words {
            text,
            reply_to: Some(message),
        } => match approval::show::shown_by(cx, message).await? {
            Some(order) => approval::talk::typed(cx, order, &text).await,
            None => Ok(()),
        },
        EventKind::Timer { kind, key } if fold::is_timer(&kind) => match key.parse() {
            Ok(key) => fold::due(cx, &kind, key).await,
            Err(_) => Ok(()),
        },
        EventKind::Command(..)
        | EventKind::Words { .. }
        | EventKind::Contact { .. }
        | EventKind::Location { .. }
        | EventKind::Photo { .. }
        | EventKind::Document { .. }
        | EventKind::Fetched { .. }
        | EventKind::Inline(_)
        | EventKind::Other(_)
        | EventKind::Edited
        | EventKind::Reachable(true)
        | EventKind::Timer { .. }
        | EventKind::Reloaded { .. }
        | EventKind::Unknown => Ok(()),
    }
}

/// `/rules` in a group is for the team; anybody else hears nothing there.
async fn rules(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if may(&roles, Act::ExplainRules) {
        explain::command(cx, words).await?;
    }
    Ok(())
}

/// `/orders` and `/print` in a group are for the team; anybody else hears nothing there.
async fn orders(cx: &mut Cx<'_>, name: &str, words: &str) -> Result<(), TurnError> {
    if !lookup::allowed(cx).await? {
        return Ok(());
    }
    match name {
        "print" => lookup::print(cx, words).await,
        _ if words.trim().is_empty() => {
            cx.say(Text::new("look-usage"));
            Ok(())
        }
        _ => lookup::search(cx, words).await,
    }
}
