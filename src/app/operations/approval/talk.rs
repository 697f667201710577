//! Words about a request: a reply to its card is a reason or a question, and a question's answer
//! comes back to the card.
//!
//! A reply alone decides nothing: its writer is asked what it means, and the words stay with them.

use crate::chat::{Arg, Text, View};
use crate::dialogue::session::Typed;
use crate::domain::approvals::request::{MAX_SAID, Said};
use crate::domain::orders::Order;
use crate::kernel::OrderId;

use crate::app::audit::Did;
use crate::app::cx::Cx;
use crate::app::operations::tell;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::screens::approval::{Asking, question};
use crate::app::{show as screens, staff};

use super::{Matter, decide, load, own_name, show, write};

/// The customer's turn that shows a question; the key is the order's id.
pub const QUESTION: &str = "approval-question";

/// Somebody replied to a card: asks what the words mean. A stranger's talk is not for the bot.
pub async fn typed(cx: &mut Cx<'_>, id: OrderId, words: &str) -> Result<(), TurnError> {
    let Some(matter) = load(cx, id).await? else {
        return Ok(());
    };
    if !decide::may_see(cx, &matter) || words.trim().is_empty() {
        return Ok(());
    }
    if !matter.request.is_open() {
        return show::here(cx, &matter, (Asking::Nothing, true)).await;
    }
    let words: String = words.trim().chars().take(MAX_SAID).collect();
    cx.session.typed = Some(Typed {
        order: id,
        words: words.clone(),
    });
    show::here(cx, &matter, (Asking::Typed(words), true)).await
}

/// What this person wrote about an order, which is used up by that.
pub(super) fn take_typed(cx: &mut Cx<'_>, id: OrderId) -> Option<String> {
    let typed = cx.session.typed.take_if(|typed| typed.order == id)?;
    Some(typed.words)
}

/// The words are somebody else's, or long used. The card stays as it is for whoever wrote them.
pub(super) fn nothing_typed(cx: &mut Cx<'_>) {
    cx.alert(Text::new("approval-type-first"));
}

/// Asks the customer something; the answer comes back to the card.
pub(super) async fn ask(
    cx: &mut Cx<'_>,
    mut matter: Matter,
    words: String,
) -> Result<(), TurnError> {
    let said = Said {
        who: cx.customer(),
        name: own_name(cx).await?,
        words,
        at: cx.now,
    };
    if !staff::is_reachable(cx, matter.order.customer).await? {
        cx.alert(Text::new("kitchen-customer-gone"));
        return show::here(cx, &matter, (Asking::Nothing, false)).await;
    }
    if !matter.request.say(said, true) {
        cx.alert(Text::new("approval-said-enough"));
        return show::here(cx, &matter, (Asking::Nothing, false)).await;
    }
    write(cx, &mut matter).await?;
    let asked = matter.request.said.last();
    let words = asked.map_or_else(String::new, |said| said.words.clone());
    decide::kept(cx, &matter, Did::Asked, words).await?;
    cx.go_on(QUESTION, matter.order.id.0, matter.order.customer);
    cx.toast(Text::new("approval-question-sent"));
    show::cards(cx, &matter).await
}

/// Shows the customer what is asked: words typed next are the answer.
pub async fn question_due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let Some(matter) = load(cx, id).await? else {
        return Ok(());
    };
    if !matter.request.is_open() || !matter.request.unanswered {
        return Ok(());
    }
    show_question(cx, &matter);
    Ok(())
}

fn show_question(cx: &mut Cx<'_>, matter: &Matter) {
    let words = matter.request.said.last();
    let words = words.map_or("", |said| said.words.as_str());
    let view = question(cx.card(), &matter.order, words);
    let view = screens::noted(cx, view);
    cx.show(&Route::Reply(matter.order.id), view);
}

/// The question once more, if it still waits for its answer; otherwise the first screen.
pub async fn again(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    match own(cx, id).await? {
        Some(matter) => {
            show_question(cx, &matter);
            Ok(())
        }
        None => screens::home(cx).await,
    }
}

/// A request about an order of whoever acts, with a question that waits for its answer.
async fn own(cx: &mut Cx<'_>, id: OrderId) -> Result<Option<Matter>, TurnError> {
    let who = cx.customer();
    let matter = load(cx, id).await?;
    Ok(matter.filter(|matter| {
        matter.order.customer == who && matter.request.is_open() && matter.request.unanswered
    }))
}

/// The customer's answer.
pub async fn answer(cx: &mut Cx<'_>, id: OrderId, words: &str) -> Result<(), TurnError> {
    let Some(mut matter) = own(cx, id).await? else {
        cx.notices.push(Text::new("approval-answer-late"));
        return screens::home(cx).await;
    };
    let said = Said {
        who: cx.customer(),
        name: own_name(cx).await?,
        words: words.to_owned(),
        at: cx.now,
    };
    if !matter.request.say(said, false) {
        cx.notices.push(Text::new("approval-answer-late"));
        return screens::home(cx).await;
    }
    write(cx, &mut matter).await?;
    show::cards(cx, &matter).await?;
    told(cx, &matter, words).await?;
    cx.notices
        .push(Text::new("approval-answer-sent").with("number", number(&matter.order)));
    screens::home(cx).await
}

/// Those who are asked hear the answer.
async fn told(cx: &mut Cx<'_>, matter: &Matter, words: &str) -> Result<(), TurnError> {
    let words: String = words.chars().take(MAX_SAID).collect();
    let text = Text::new("approval-answered")
        .with("number", number(&matter.order))
        .with("words", words);
    for spot in show::spots(cx, matter).await? {
        tell::show(cx, &spot, View::say(text.clone()));
    }
    Ok(())
}

fn number(order: &Order) -> Arg {
    Arg::Words(order.number.to_string())
}
