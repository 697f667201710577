//! Ready-made orders of the shop and orders that customers saved: found, kept, changed, started.
//!
//! A button names a saved order by its id alone and can be forged: [`reach`] looks at the rights of
//! who presses, each time. Starting one goes the way of all that is ordered again.

mod change;
mod share;
mod start;

use crate::chat::{Text, View, one_line};
use crate::domain::cart::refill::{Wish, wishes_of};
use crate::domain::companies::Role;
use crate::domain::saved::{Body, NameFault, Right, SavedOrder, name};
use crate::store;
use crate::store::saved::Found;

use crate::app::basket;
use crate::app::buyer;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SavedAct, Source};
use crate::app::screens::saved as screen;
use crate::app::show;

use super::order_again;

pub use share::{KIND, open_link};
pub use start::wanted as refill_of;

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: SavedAct) -> Result<(), TurnError> {
    match act {
        SavedAct::List(page) => list(cx, page).await,
        SavedAct::Template(id) => start::template(cx, &id).await,
        SavedAct::TemplateGo(id, people) => Box::pin(start::go_template(cx, &id, people)).await,
        SavedAct::Go(id) => Box::pin(start::go(cx, id)).await,
        SavedAct::Open(id) => open(cx, id).await,
        SavedAct::Keep(source) => ask_name(cx, source, None).await,
        SavedAct::KeepSo(source) => keep_so(cx, source).await,
        SavedAct::Share(id) => share::share(cx, id).await,
        SavedAct::Unshare(id) => share::unshare(cx, id).await,
        SavedAct::Rename(_)
        | SavedAct::Lines(..)
        | SavedAct::Amount(..)
        | SavedAct::Remove(..)
        | SavedAct::AddCart(_)
        | SavedAct::Copy(_)
        | SavedAct::Usual(_)
        | SavedAct::DeleteAsk(_)
        | SavedAct::Delete(_) => change::press(cx, act).await,
    }
}

/// Words typed where a name is asked for; `false` if none is.
pub async fn words(cx: &mut Cx<'_>, at: &SavedAct, text: &str) -> Result<bool, TurnError> {
    match at {
        SavedAct::Keep(source) => match name(&one_line(text)) {
            Ok(name) => keep(cx, *source, name).await?,
            Err(fault) => ask_name(cx, *source, Some(no_name(fault))).await?,
        },
        SavedAct::Rename(id) => change::rename(cx, *id, &one_line(text)).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Why a name is none, in words.
fn no_name(fault: NameFault) -> Text {
    match fault {
        NameFault::Empty => Text::new("saved-name-empty"),
        NameFault::TooLong => {
            let max = crate::domain::saved::MAX_NAME_CHARS as i64;
            Text::new("saved-name-long").with("max", max)
        }
    }
}

async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let saved = store::saved::list(cx.tx, cx.customer()).await?;
    let repeats = match saved.is_empty() {
        true => Vec::new(),
        false => store::schedules::of_owner(cx.tx, cx.customer()).await?,
    };
    let cart = basket::load(cx).await?.and_then(|basket| basket.brief());
    let shop = cx.shop.clone();
    let shown = screen::List {
        templates: &shop.templates,
        saved: &saved,
        repeats: &repeats,
        who: cx.customer(),
        may_keep: cart.is_some() && cx.session.by_hand.is_none(),
    };
    let view = screen::list(cx.card(), &shown, page);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::List(page)), view);
    Ok(())
}

/// A saved order that this person may use, with what they may do; else the list says why not.
async fn reach(
    cx: &mut Cx<'_>,
    id: i64,
    least: Right,
) -> Result<Option<(SavedOrder, Right)>, TurnError> {
    let found = store::saved::find(cx.tx, id).await?;
    match may(cx, found).await? {
        Ok((saved, right)) if right >= least => return Ok(Some((saved, right))),
        Ok(_) => cx.notices.push(Text::new("saved-not-yours")),
        Err(why) => cx.notices.push(why),
    }
    list(cx, 0).await?;
    Ok(None)
}

/// What this person may do with what was found, or why nothing.
pub async fn may(
    cx: &mut Cx<'_>,
    found: Option<Found>,
) -> Result<Result<(SavedOrder, Right), Text>, TurnError> {
    let Some(found) = found else {
        return Ok(Err(Text::new("saved-gone")));
    };
    let saved = found.saved;
    let places = buyer::own_places(cx).await?;
    let place = places
        .iter()
        .find(|place| Some(&place.company) == saved.company.as_ref());
    let role: Option<Role> = place.filter(|place| place.active).map(|place| place.role);
    let Some(right) = saved.right(cx.customer(), role) else {
        return Ok(Err(Text::new(match saved.company {
            Some(_) => "saved-other-company",
            None => "saved-not-yours",
        })));
    };
    if right != Right::Own && !found.owner_is_there {
        return Ok(Err(Text::new("saved-owner-left")));
    }
    Ok(Ok((saved, right)))
}

async fn open(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    if let Some((saved, right)) = reach(cx, id, Right::Use).await? {
        show_saved(cx, &saved, right);
    }
    Ok(())
}

fn show_saved(cx: &mut Cx<'_>, saved: &SavedOrder, right: Right) {
    let shop = cx.shop.clone();
    let view = screen::card(cx.card(), &shop.catalogue, saved, right);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::Open(saved.id)), view);
}

/// What is to be kept, if there is anything: lines, flow, answers.
async fn wanted(cx: &mut Cx<'_>, source: Source) -> Result<Option<Body>, TurnError> {
    // What is put together for somebody else is none of one's own.
    if cx.session.by_hand.is_some() {
        return Ok(None);
    }
    let body = match source {
        Source::Cart => {
            let Some(basket) = basket::load(cx).await? else {
                return Ok(None);
            };
            let wishes = wishes_of(&basket.cart.lines, &cx.shop.catalogue);
            let place = cx.session.dialogue.as_ref();
            let answers = place.into_iter().flat_map(|place| &place.answers);
            let answers = answers.filter_map(|(step, answer)| {
                Some((step.clone(), serde_json::to_value(answer).ok()?))
            });
            Body {
                flow: basket.cart.flow,
                answers: answers.collect(),
                ..Body::of(wishes)
            }
        }
        Source::Order(id) => {
            let order = store::orders::find(cx.tx, id).await?;
            let Some(order) = order.filter(|order| order.customer == cx.customer()) else {
                return Ok(None);
            };
            Body {
                flow: order.flow.clone(),
                answers: order.answers.clone(),
                ..Body::of(order_again::wishes(&order))
            }
        }
    };
    Ok(Some(body).filter(|body| !body.wishes.is_empty()))
}

/// Asks for a name; one made of the first line is offered.
async fn ask_name(cx: &mut Cx<'_>, source: Source, problem: Option<Text>) -> Result<(), TurnError> {
    let Some(body) = wanted(cx, source).await? else {
        return nothing(cx).await;
    };
    let offered = offered(cx, &body.wishes);
    cx.notices.extend(problem);
    let view = screen::ask_name(cx.card(), source, &offered);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::Keep(source)), view);
    Ok(())
}

async fn nothing(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    cx.notices.push(Text::new("saved-nothing"));
    list(cx, 0).await
}

/// A name that says what is in it, in the language of who reads it now.
fn offered(cx: &Cx<'_>, wishes: &[Wish]) -> String {
    let most = crate::domain::saved::MAX_NAME_CHARS;
    let names = wishes
        .iter()
        .take(2)
        .map(|w| w.name.get(&cx.session.locale));
    let all: String = names.collect::<Vec<_>>().join(" + ");
    match all.chars().count() > most {
        true => all.chars().take(most - 1).chain(['…']).collect(),
        false => all,
    }
}

async fn keep_so(cx: &mut Cx<'_>, source: Source) -> Result<(), TurnError> {
    let Some(body) = wanted(cx, source).await? else {
        return nothing(cx).await;
    };
    let name = offered(cx, &body.wishes);
    keep_body(cx, name, body).await
}

async fn keep(cx: &mut Cx<'_>, source: Source, name: String) -> Result<(), TurnError> {
    match wanted(cx, source).await? {
        Some(body) => keep_body(cx, name, body).await,
        None => nothing(cx).await,
    }
}

/// Keeps it, unless there are as many as may be.
async fn keep_body(cx: &mut Cx<'_>, name: String, body: Body) -> Result<(), TurnError> {
    let saved = SavedOrder {
        id: cx.id(),
        owner: cx.customer(),
        company: None,
        name,
        usual: false,
        version: 1,
        body,
    };
    if !store::saved::insert(cx.tx, &saved, cx.now).await? {
        let max = crate::domain::saved::MOST as i64;
        cx.notices.push(Text::new("saved-full").with("max", max));
        return list(cx, 0).await;
    }
    cx.notices.push(Text::new("saved-kept"));
    show_saved(cx, &saved, Right::Own);
    Ok(())
}

/// A message instead of a screen, with the way back to the list.
fn said(cx: &Cx<'_>, text: Text) -> View {
    View::say(text).row(vec![
        cx.card()
            .plain("button-back", &Route::Saved(SavedAct::List(0))),
    ])
}
