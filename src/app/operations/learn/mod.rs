//! Learns from what customers choose when the shop has to guess: [`picked`] remembers it for them,
//! [`known`] gives it back, and once enough customers mean the same, the merchant is asked whether
//! it is another name, which then is among [`aliases`]. Nothing becomes a name by itself.
//!
//! What is accepted is kept beside the shop for all turns of the process, under the name of its last
//! change; the look at everything small says which that is, so that it is read anew, by one
//! statement, only after a change, of whichever instance. It is read together with that name: what
//! is kept is true of it even if the turn that read it comes to nothing.

mod decide;
mod own;
mod proposal;

use std::sync::{Arc, PoisonError, RwLock};

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::LearnAct;
use crate::chat::{Event, EventKind};
use crate::domain::learned::{Aliases, Meanings, Phrase};
use crate::kernel::{ChatId, ItemId};
use crate::store;
use crate::understand::Known;

pub use decide::{TOLD, open, told};
pub use proposal::propose;

/// The turn after a phrase was remembered, which looks whether it is to be proposed; its key is the
/// row.
pub const PICKED: &str = "learned";

/// The lane of those turns, which is nobody's. One after the other: two customers who are enough
/// together see each other there.
const LANE: &str = "0/0/2";

/// What was last read of the accepted names, for all turns of the process.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<RwLock<Arc<Aliases>>>);

impl Shelf {
    fn get(&self) -> Arc<Aliases> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, aliases: &Arc<Aliases>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(aliases);
    }
}

/// Whoever is here chose an item when they were asked what their words mean: it is remembered for
/// them, in place of what they chose before. To be called again when they order by such words, so
/// that it counts as used. Words that can name nothing, and items that are not sold, are ignored; so
/// is what is typed for somebody else. One statement; the rest is a turn of its own.
pub async fn picked(cx: &mut Cx<'_>, words: &str, item: &ItemId) -> Result<(), TurnError> {
    if cx.session.by_hand.is_some() || cx.shop.catalogue.item(item).is_none() {
        return Ok(());
    }
    let Some(phrase) = Phrase::new(words) else {
        return Ok(());
    };
    let row = (cx.customer(), cx.id());
    let row = store::learned::keep(cx.tx, row, (&phrase, item), cx.now).await?;
    cx.learned(phrase, item.clone());
    // Whether it is to be proposed is seen once this is committed: not before do others see it.
    let event = Event {
        chat: ChatId(0),
        private: false,
        topic: None,
        sender: None,
        kind: EventKind::Timer {
            kind: PICKED.to_owned(),
            key: row.to_string(),
        },
    };
    cx.go_on_in(LANE.to_owned(), event);
    Ok(())
}

/// What whoever is here means by their words. No statement in a turn of words, one in any other;
/// nothing while they order for somebody else. Items that are not sold any more are left out.
pub async fn known(cx: &mut Cx<'_>) -> Result<Meanings, TurnError> {
    if cx.session.by_hand.is_some() {
        return Ok(Meanings::new());
    }
    let mut meanings = match cx.typed {
        true => cx.glance().await?.meanings.clone(),
        false => store::learned::meanings(cx.tx, cx.customer()).await?,
    };
    let catalogue = &cx.shop.catalogue;
    meanings.retain(|_, item| catalogue.item(item).is_some());
    Ok(meanings)
}

/// What else items are called, for everybody; its version changes whenever it does, so that an index
/// may be kept for it. No statement unless it changed since the last turn that asked. Items may be
/// gone from the catalogue, and it may have come to call another one so: that goes first.
pub async fn aliases(cx: &mut Cx<'_>) -> Result<Arc<Aliases>, TurnError> {
    let version = cx.glance().await?.setting(store::aliases::SETTING);
    let version = version.unwrap_or_default().to_owned();
    let kept = cx.aliases.get();
    if kept.version == version {
        return Ok(kept);
    }
    let read = Arc::new(store::aliases::accepted(cx.tx).await?);
    cx.aliases.put(&read);
    Ok(read)
}

/// What else things are called, for an order in words: what was taken over for everybody, and
/// before it what whoever is here means; that is given too.
pub async fn names(cx: &mut Cx<'_>) -> Result<(Known, Meanings), TurnError> {
    let own = known(cx).await?;
    let aliases = aliases(cx).await?;
    let shop = &cx.shop;
    let mut names = Known::default();
    // Two phrases may be one once endings and spellings are gone: always the same one wins.
    let all = aliases.names.iter().map(|name| (false, name));
    let mut all: Vec<_> = all.chain(own.iter().map(|name| (true, name))).collect();
    all.sort_unstable();
    for (_, (phrase, item)) in all {
        if let Some(place) = shop.catalogue.place(item) {
            names.add(&shop.understanding, phrase.as_str(), place);
        }
    }
    Ok((names, own))
}

/// The item that words name, though the catalogue doesn't say so; and whether they do for whoever is
/// here alone, which goes before what they name for everybody. What the catalogue calls so by now
/// goes before both.
pub async fn meant(cx: &mut Cx<'_>, words: &str) -> Result<Option<(ItemId, bool)>, TurnError> {
    let Some(phrase) = Phrase::new(words) else {
        return Ok(None);
    };
    if !cx.shop.catalogue.by_name(phrase.as_str()).is_empty() {
        return Ok(None);
    }
    if let Some(item) = known(cx).await?.remove(&phrase) {
        return Ok(Some((item, true)));
    }
    let aliases = aliases(cx).await?;
    let item = aliases.names.get(&phrase).cloned();
    let is_sold = |item: &ItemId| cx.shop.catalogue.item(item).is_some();
    Ok(item.filter(is_sold).map(|item| (item, false)))
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: LearnAct) -> Result<(), TurnError> {
    match act {
        LearnAct::Mine(page) => own::list(cx, page).await,
        LearnAct::Forget(id) => own::forget(cx, Some(id)).await,
        LearnAct::ForgetAll => own::forget(cx, None).await,
        LearnAct::List(_)
        | LearnAct::Open(_)
        | LearnAct::Accept(_)
        | LearnAct::Decline(_)
        | LearnAct::Remove(_) => decide::press(cx, act).await,
    }
}
