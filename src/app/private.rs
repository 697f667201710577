//! Everything that can happen in a private chat.

use std::future::ready;

use crate::chat::{EventKind, Post, Text, View, one_line};
use crate::dialogue::{Input, Point, StepKind};
use crate::domain::cart::Refusal;
use crate::kernel::{CartId, LineId, OrderId};
use crate::store;

use super::cx::Cx;
use super::operations::{
    accounts, alert, amend_order, approval, change_order, company, company_leave, hold_cart, learn,
    manage_staff, order_again, order_by_hand, own_data, pause, profile, quick_file, quick_order,
    reach, refill, saved, say, schedule, set_up_group, statement, tell_amended, wait_for_courier,
    wait_for_kitchen,
};
use super::outcome::{Running, TurnError};
use super::route::{NotifyAct, Route};
use super::{approvals, basket, by_hand, commands, notify, ordering, press, seat, show, stock};

/// Handles what happened. Silence is an answer only where nobody waits for one.
pub async fn handle(cx: &mut Cx<'_>, kind: EventKind) -> Result<(), TurnError> {
    if !matches!(kind, EventKind::Timer { .. } | EventKind::Reloaded { .. }) {
        by_hand::stop_if_barred(cx).await?;
        seat::leave_if_over(cx).await?;
    }
    happened(cx, kind).await?;
    ordering::put_keys_away(cx);
    Ok(())
}

/// What it leads to. No `async` function: in an unoptimised build its stack has room for each of all
/// these futures, so it must be gone when one of them runs.
fn happened<'a>(cx: &'a mut Cx<'_>, kind: EventKind) -> Running<'a> {
    match kind {
        EventKind::Command(name, argument) => {
            Box::pin(async move { commands::command(cx, &name, &argument).await })
        }
        EventKind::Words { text, reply_to } => Box::pin(said(cx, text, reply_to)),
        EventKind::Press(tap) => Box::pin(async move { press::press(cx, &tap).await }),
        EventKind::Contact { phone, own: true } => {
            Box::pin(async move { contact(cx, &phone).await })
        }
        EventKind::Contact { own: false, .. } => Box::pin(again(cx, "contact-foreign")),
        EventKind::Location { lat_e6, lon_e6 } => Box::pin(pin(cx, Point { lat_e6, lon_e6 })),
        EventKind::Photo { file_id, .. } if asks_for_answer(cx) => {
            Box::pin(ordering::hear(cx, Input::Photo(file_id)))
        }
        EventKind::Photo { .. } => Box::pin(again(cx, "other-thing")),
        EventKind::Document { .. } if asks_for_answer(cx) => Box::pin(quick_file::at_question(cx)),
        EventKind::Document { file, .. } => Box::pin(quick_file::sent(cx, file)),
        EventKind::Fetched { name, read } => {
            Box::pin(async move { quick_file::fetched(cx, &name, read).await })
        }
        EventKind::Other(what) if what == "sticker" => Box::pin(again(cx, "other-sticker")),
        EventKind::Other(what) if what == "voice" => Box::pin(again(cx, "other-voice")),
        EventKind::Other(_) => Box::pin(again(cx, "other-thing")),
        EventKind::Edited => {
            cx.say(Text::new("edited-message"));
            Box::pin(ready(Ok(())))
        }
        EventKind::TooFast { query_id } => {
            cx.query = query_id;
            cx.toast(Text::new("too-fast-tap"));
            Box::pin(again(cx, "too-fast"))
        }
        EventKind::Reachable(reachable) => Box::pin(reachability(cx, reachable)),
        EventKind::Timer { kind, key } => Box::pin(async move { timer(cx, &kind, &key).await }),
        EventKind::Reloaded { faults } => Box::pin(async move { reloaded(cx, &faults).await }),
        EventKind::Member { .. }
        | EventKind::Migrated(_)
        | EventKind::Inline(_)
        | EventKind::Unknown => Box::pin(ready(Ok(()))),
    }
}

/// Words, which may reply to a request for approval.
async fn said(cx: &mut Cx<'_>, text: String, reply_to: Option<i64>) -> Result<(), TurnError> {
    match request_of(cx, reply_to).await? {
        Some(order) => approval::talk::typed(cx, order, &text).await,
        None => Box::pin(words(cx, &text)).await,
    }
}

/// The person can be written to again, or no more.
async fn reachability(cx: &mut Cx<'_>, reachable: bool) -> Result<(), TurnError> {
    cx.look_again();
    store::customers::set_reachable(cx.tx, cx.customer(), reachable).await?;
    reach::changed(cx);
    if reachable {
        schedule::back(cx).await?;
        set_up_group::found_person(cx).await
    } else {
        set_up_group::lost_person(cx).await
    }
}

/// The order whose request for approval words reply to, if they do.
async fn request_of(cx: &mut Cx<'_>, reply_to: Option<i64>) -> Result<Option<OrderId>, TurnError> {
    match reply_to {
        Some(message) => approval::show::shown_by(cx, message).await,
        None => Ok(None),
    }
}

/// Says something and shows the present screen again below.
async fn again(cx: &mut Cx<'_>, id: &'static str) -> Result<(), TurnError> {
    press::resume(cx, Some(Text::new(id))).await
}

async fn reloaded(cx: &mut Cx<'_>, faults: &str) -> Result<(), TurnError> {
    if faults.is_empty() {
        cx.say(Text::new("reload-done"));
        // The rules may be mended: those that are not are told again.
        return alert::end_rules(cx).await;
    }
    cx.say(Text::new("reload-failed").with("faults", faults));
    Ok(())
}

/// Words: the answer to what is asked, a note, or a search.
async fn words(cx: &mut Cx<'_>, text: &str) -> Result<(), TurnError> {
    match Route::from_path(&cx.session.screen) {
        Some(Route::LineNote(line)) => note(cx, line, text).await,
        Some(Route::Stock(at)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if stock::words(cx, &at, &words).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Pause(scope, _)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if pause::words(cx, &scope, &words).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Company(at)) => {
            if company::words(cx, &at, text).await? {
                return Ok(());
            }
            match one_line(text) {
                words if words.is_empty() => again(cx, "not-understood").await,
                words => find(cx, &words).await,
            }
        }
        Some(Route::Statement(at)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if Box::pin(statement::words(cx, &at, &words)).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Credit(at)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if Box::pin(accounts::words(cx, &at, &words)).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Team(at)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if manage_staff::words(cx, at, &words).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Schedule(at)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if Box::pin(schedule::words(cx, at, &words)).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Saved(at)) => match one_line(text) {
            _ if Box::pin(saved::words(cx, &at, text)).await? => Ok(()),
            words if words.is_empty() => again(cx, "not-understood").await,
            words => find(cx, &words).await,
        },
        Some(Route::ByHand(_)) => order_by_hand::words(cx, text).await,
        Some(Route::Profile(act)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words if Box::pin(profile::words(cx, &act, &words)).await? => Ok(()),
            words => find(cx, &words).await,
        },
        Some(Route::Notify(NotifyAct::QuietAsk)) => notify::hours(cx, text).await,
        Some(Route::Reply(order)) => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            words => approval::talk::answer(cx, order, &words).await,
        },
        Some(Route::Step | Route::Review | Route::Cancel) if asks_for_words(cx) => {
            let typed = meant(cx, text).unwrap_or_else(|| Input::Value(one_line(text)));
            ordering::hear(cx, typed).await
        }
        _ if quick_order::words(cx, text).await? => Ok(()),
        _ => match one_line(text) {
            words if words.is_empty() => again(cx, "not-understood").await,
            _ if Box::pin(say::heard(cx, text)).await? => Ok(()),
            words => find(cx, &words).await,
        },
    }
}

/// What words mean where a button was expected, if they mean one.
fn meant(cx: &Cx<'_>, words: &str) -> Option<Input> {
    let place = cx.session.dialogue.as_ref()?;
    let step = cx.shop.flow(&place.flow)?.step(&place.step)?;
    match step.kind {
        StepKind::YesNo if cx.shop.says("value-yes", words) => Some(Input::Yes),
        StepKind::YesNo if cx.shop.says("value-no", words) => Some(Input::No),
        StepKind::Date { .. } => {
            let today = cx.shop.settings.zone.date(cx.now);
            let day = match words {
                _ if cx.shop.says("word-today", words) => Some(today),
                _ if cx.shop.says("word-tomorrow", words) => today.succ_opt(),
                _ => None,
            };
            day.map(|day| Input::Value(day.to_string()))
        }
        _ => cx.shop.choice_of(step, words).map(Input::Value),
    }
}

/// Whether the conversation stands at a question that is shown: not at the cart, not in a menu.
fn asks_for_answer(cx: &Cx<'_>) -> bool {
    Route::from_path(&cx.session.screen) == Some(Route::Step) && asks_for_words(cx)
}

/// Words to look for: on the menu, and on the help screen, which asks for questions, there too.
async fn find(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let at_help = Route::from_path(&cx.session.screen) == Some(Route::Help);
    if at_help && !cx.shop.has(words) {
        show::help(cx, words);
        return Ok(());
    }
    show::found(cx, words).await
}

/// Whether the conversation stands at a question (and not at choosing items).
fn asks_for_words(cx: &Cx<'_>) -> bool {
    let place = cx.session.dialogue.as_ref();
    // A step that is gone from the flow counts: the dialogue says so and goes on.
    place
        .and_then(|place| Some(cx.shop.flow(&place.flow)?.step(&place.step)))
        .is_some_and(|step| step.is_none_or(|step| step.kind != StepKind::Items))
}

/// A place: the answer to what is asked, or a part of the profile.
async fn pin(cx: &mut Cx<'_>, pin: Point) -> Result<(), TurnError> {
    if Box::pin(profile::pin(cx, pin)).await? {
        return Ok(());
    }
    match asks_for_answer(cx) {
        true => ordering::hear(cx, Input::Pin(pin)).await,
        false => again(cx, "other-thing").await,
    }
}

/// The person's own contact card: Telegram vouches for the number on it.
async fn contact(cx: &mut Cx<'_>, phone: &str) -> Result<(), TurnError> {
    // Telegram leaves the sign out at times; the number is an international one all the same.
    let phone = format!("+{}", phone.trim_start_matches('+'));
    if Box::pin(profile::contact(cx, &phone)).await? {
        return Ok(());
    }
    let asked = cx
        .session
        .dialogue
        .as_ref()
        .and_then(|place| cx.shop.flow(&place.flow)?.step(&place.step))
        .is_some_and(|step| matches!(step.kind, StepKind::Phone));
    if !asked {
        return again(cx, "contact-thanks").await;
    }
    cx.proven = crate::dialogue::answer::phone(&phone);
    ordering::hear(cx, Input::Value(phone)).await
}

async fn note(cx: &mut Cx<'_>, id: LineId, text: &str) -> Result<(), TurnError> {
    let basket = basket::load_or_new(cx).await?;
    let Some(line) = basket.cart.line(id) else {
        show::cart_of(cx, &basket);
        return Ok(());
    };
    let mut new = crate::domain::cart::NewLine::from(line);
    new.note = one_line(text);
    let mut cart = basket.cart.clone();
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    match cart.replace(id, new, &shop.catalogue, &sold_out) {
        Ok(()) => {
            let basket = basket::save(cx, cart).await?;
            cx.notices.push(Text::new("note-saved"));
            show::line_of(cx, &basket, id);
        }
        Err(refusal) => {
            let problem = too_long(&refusal).unwrap_or_else(|| Text::new("item-gone"));
            show::note_of(cx, &basket, id, Some(problem));
        }
    }
    Ok(())
}

fn too_long(refusal: &Refusal) -> Option<Text> {
    use crate::domain::cart::LineFault;
    let Refusal::Line(problems) = refusal else {
        return Some(super::operations::change_cart::refused(refusal));
    };
    problems.iter().find_map(|problem| match problem.fault {
        LineFault::NoteTooLong { max } => Some(Text::new("note-too-long").with("max", max)),
        _ => None,
    })
}

/// A timer set earlier is due. It may have been overtaken: each looks again at what is true.
async fn timer(cx: &mut Cx<'_>, kind: &str, key: &str) -> Result<(), TurnError> {
    if schedule::is_timer(kind) {
        return Box::pin(schedule::due(cx, kind, key)).await;
    }
    if kind == approvals::ONE_OF_ALL {
        return approvals::one_of_all(cx, key).await;
    }
    if kind == amend_order::TURN {
        return Box::pin(amend_order::due(cx, key)).await;
    }
    if kind == company_leave::LEFT || kind == company_leave::OUT {
        return company_leave::due(cx, kind, key).await;
    }
    if kind == accounts::OPEN {
        return Box::pin(accounts::due(cx, key)).await;
    }
    if kind == pause::OVER {
        return pause::over(cx, key).await;
    }
    let Ok(key) = key.parse::<i64>() else {
        return Ok(());
    };
    match kind {
        hold_cart::WARNING => hold_warning(cx, CartId(key)).await,
        hold_cart::END => hold_end(cx, CartId(key)).await,
        alert::UNTELL => alert::untell(cx).await,
        set_up_group::ORDERS_ANEW => set_up_group::open_orders(cx).await,
        set_up_group::DELIVERIES_ANEW => set_up_group::open_deliveries(cx).await,
        own_data::export::TURN => Box::pin(own_data::export::due(cx, key)).await,
        reach::TURN => reach::due(cx, OrderId(key)).await,
        order_by_hand::PLACED => order_by_hand::placed(cx, OrderId(key)).await,
        change_order::TURN => Box::pin(change_order::due(cx, OrderId(key))).await,
        tell_amended::TURN => Box::pin(tell_amended::due(cx, OrderId(key))).await,
        approval::propose::TURN => Box::pin(approval::propose::due(cx, OrderId(key))).await,
        order_again::TURN => Box::pin(order_again::due(cx, OrderId(key))).await,
        refill::TURN => Box::pin(refill::due(cx, key == 1)).await,
        learn::TOLD => Box::pin(learn::told(cx, key)).await,
        accounts::propose::TOLD => Box::pin(accounts::propose::told(cx, key)).await,
        approval::talk::QUESTION => approval::talk::question_due(cx, OrderId(key)).await,
        approval::away::LOOK_ALL => approval::away::look_all(cx).await,
        kind if approval::wait::is_timer(kind) => approval::wait::due(cx, kind, OrderId(key)).await,
        kind if wait_for_kitchen::is_timer(kind) => {
            wait_for_kitchen::due(cx, kind, OrderId(key)).await
        }
        kind if wait_for_courier::is_timer(kind) => {
            wait_for_courier::due(cx, kind, OrderId(key)).await
        }
        _ => Ok(()),
    }
}

async fn hold_warning(cx: &mut Cx<'_>, cart: CartId) -> Result<(), TurnError> {
    if cx.session.cart != Some(cart) {
        return Ok(());
    }
    let minutes = cx.shop.settings.hold.warn_minutes;
    let mut view = View::say(Text::new("hold-warning").with("minutes", minutes));
    let keep =
        crate::chat::Button::data(Text::new("button-keep"), Route::Keep.data(cx.session.card));
    view = view.row(vec![keep]);
    let post = Post::Say {
        chat: cx.chat,
        topic: None,
        view,
        loud: true,
    };
    cx.post(cx.session.locale.clone(), post);
    Ok(())
}

async fn hold_end(cx: &mut Cx<'_>, cart: CartId) -> Result<(), TurnError> {
    // The hold may have been taken anew while this timer waited for its turn.
    if !store::stock::expired(cx.tx, cx.now).await?.contains(&cart) {
        return Ok(());
    }
    hold_cart::release(cx, cart).await?;
    let reviewing = Route::from_path(&cx.session.screen) == Some(Route::Review);
    if cx.session.cart == Some(cart) && reviewing {
        let card = cx.card_in_place();
        let view = View::say(Text::new("review-ended"))
            .row(vec![card.plain("button-check-again", &Route::Review)])
            .row(vec![
                card.plain("button-cart", &Route::Cart),
                card.plain("button-cancel", &Route::Cancel),
            ]);
        cx.fresh = false;
        cx.show(&Route::Review, view);
    }
    Ok(())
}
