//! The person's addresses: each shown, changed part by part, made the usual one, removed.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::ProfileAct;
use crate::app::screens::profile_addresses as screen;
use crate::chat::{Text, one_line};
use crate::dialogue::Point;
use crate::domain::customers::{Part, Refusal};

use super::{Own, keep, refused, shown};

/// A tap about them.
pub(super) async fn press(
    cx: &mut Cx<'_>,
    own: &mut Own,
    act: ProfileAct,
) -> Result<(), TurnError> {
    match act {
        ProfileAct::New => ask_new(cx, own),
        ProfileAct::Address(id) => one(cx, own, id),
        ProfileAct::Part(id, part) => ask(cx, own, (id, part)),
        ProfileAct::PartDrop(id, part) => drop_part(cx, own, (id, part)).await?,
        ProfileAct::Usual(id) => {
            let done = own.profile.make_usual(id);
            kept(cx, own, done).await?;
            one(cx, own, id);
        }
        ProfileAct::RemoveAsk(id) => match own.profile.address(id) {
            Some(address) => {
                let view = screen::ask_remove(cx.card(), address);
                shown(cx, ProfileAct::RemoveAsk(id), view);
            }
            None => gone(cx, own),
        },
        ProfileAct::Remove(id) => {
            let done = match own.profile.remove_address(id) {
                true => Ok(()),
                false => Err(Refusal::Gone),
            };
            kept(cx, own, done).await?;
            list(cx, own);
        }
        _ => list(cx, own),
    }
    Ok(())
}

/// Adds an address, as typed or shared.
pub(super) async fn add(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (words, pin): (&str, Option<Point>),
) -> Result<(), TurnError> {
    match own.profile.add_address(&one_line(words), pin) {
        Ok(id) => {
            kept(cx, own, Ok(())).await?;
            one(cx, own, id);
        }
        Err(refusal @ Refusal::Full(_)) => {
            cx.notices.push(refused(refusal));
            list(cx, own);
        }
        Err(refusal) => {
            cx.notices.push(refused(refusal));
            ask_new(cx, own);
        }
    }
    Ok(())
}

/// Sets a part of an address, as typed.
pub(super) async fn set(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (id, part): (i64, Part),
    words: &str,
) -> Result<(), TurnError> {
    let words = one_line(words);
    if part == Part::Pin || words.is_empty() {
        cx.notices.push(Text::new("not-understood"));
        ask(cx, own, (id, part));
        return Ok(());
    }
    match own.profile.set_part(id, part, &words) {
        Ok(()) => {
            kept(cx, own, Ok(())).await?;
            one(cx, own, id);
        }
        Err(refusal) => {
            cx.notices.push(refused(refusal));
            ask(cx, own, (id, part));
        }
    }
    Ok(())
}

/// Sets an address's place on a map.
pub(super) async fn set_pin(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (id, pin): (i64, Point),
) -> Result<(), TurnError> {
    let done = own.profile.set_pin(id, pin);
    kept(cx, own, done).await?;
    one(cx, own, id);
    Ok(())
}

async fn drop_part(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (id, part): (i64, Part),
) -> Result<(), TurnError> {
    let done = own.profile.set_part(id, part, "");
    kept(cx, own, done).await?;
    one(cx, own, id);
    Ok(())
}

/// Writes down what was done, or says why it was not.
async fn kept(cx: &mut Cx<'_>, own: &mut Own, done: Result<(), Refusal>) -> Result<(), TurnError> {
    match done {
        Ok(()) => {
            keep(cx, own).await?;
            cx.toast(Text::new("profile-kept"));
        }
        Err(refusal) => cx.notices.push(refused(refusal)),
    }
    Ok(())
}

fn list(cx: &mut Cx<'_>, own: &Own) {
    let view = screen::list(cx.card(), &own.profile);
    shown(cx, ProfileAct::Addresses, view);
}

fn gone(cx: &mut Cx<'_>, own: &Own) {
    if cx.notices.is_empty() {
        cx.notices.push(refused(Refusal::Gone));
    }
    list(cx, own);
}

fn one(cx: &mut Cx<'_>, own: &Own, id: i64) {
    match own.profile.address(id) {
        Some(address) => {
            let is_usual = own.profile.usual_address == Some(id);
            let view = screen::one(cx.card(), address, is_usual);
            shown(cx, ProfileAct::Address(id), view);
        }
        None => gone(cx, own),
    }
}

fn ask_new(cx: &mut Cx<'_>, own: &Own) {
    use crate::domain::customers::MOST_ADDRESSES;
    if own.profile.addresses.len() >= MOST_ADDRESSES {
        cx.notices.push(refused(Refusal::Full(MOST_ADDRESSES)));
        return list(cx, own);
    }
    let view = screen::ask_new(cx.card());
    shown(cx, ProfileAct::New, view);
}

fn ask(cx: &mut Cx<'_>, own: &Own, (id, part): (i64, Part)) {
    match own.profile.address(id) {
        Some(address) => {
            let view = screen::ask_part(cx.card(), address, part);
            shown(cx, ProfileAct::Part(id, part), view);
        }
        None => gone(cx, own),
    }
}
