//! One turn: an event and a session in, an [`Outcome`] out. Everything else hangs below.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};

use crate::chat::{Event, EventKind, Sender, Text};
use crate::dialogue::Session;
use crate::dialogue::session::Erasure;
use crate::kernel::{CustomerId, Locale, OrderId};
use crate::shop::Shop;
use crate::store;
use crate::store::glance::Ask;

use super::approvals;
use super::cx::{self, Cx};
use super::input::TurnInput;
use super::operations::learn::Shelf;
use super::operations::own_data::steps;
use super::operations::{alert, amend_order, approval, reach, tell_amended, wait_for_kitchen};
use super::outcome::{Outcome, TurnError};
use super::route::Route;
use super::{group, inline, private, staff};

/// The application: one shop, which can be swapped for a newer reading of its folder.
pub struct App {
    shop: RwLock<Arc<Shop>>,
    bot: String,
    aliases: Shelf,
}

impl App {
    /// An application for a shop; `bot` is the bot's user name without `@`.
    pub fn new(shop: Arc<Shop>, bot: &str) -> Self {
        Self {
            shop: RwLock::new(shop),
            bot: bot.to_owned(),
            aliases: Shelf::default(),
        }
    }

    /// The shop as it is now.
    pub fn shop(&self) -> Arc<Shop> {
        let shop = self.shop.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shop)
    }

    /// Takes a newer reading of the shop's folder; turns under way finish with the old one.
    pub fn swap(&self, shop: Arc<Shop>) {
        *self.shop.write().unwrap_or_else(PoisonError::into_inner) = shop;
    }

    /// Handles one event.
    ///
    /// # Errors
    /// The store failed, its data contradict the model, or somebody was faster: the caller
    /// goes back to its savepoint, and lets the turn decide once more in the last case.
    pub async fn turn(&self, mut input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        let event = input.event.clone();
        let before = input.session.clone();
        let mut cx = self.cx(&mut input, &event, before.clone()).await?;
        if let Some(step) = steps::of_event(&event.kind) {
            Box::pin(steps::due(&mut cx, step)).await?;
            return Ok(cx.finish(before.as_ref()));
        }
        if let EventKind::Inline(query) = &event.kind {
            inline::answer(&mut cx, query).await?;
            let as_it_was = cx.session.clone();
            return Ok(cx.finish(Some(&as_it_was)));
        }
        let erasure = before.as_ref().and_then(|session| session.erasure);
        if event.private {
            match erasure {
                // Nothing that was set off before is heard any more.
                Some(_) if event.sender.is_none() => return Ok(Outcome::default()),
                Some(Erasure::Begun) => {
                    Box::pin(steps::meanwhile(&mut cx, &event)).await?;
                    return Ok(cx.finish(before.as_ref()));
                }
                Some(Erasure::Over) | None => {}
            }
            if before.is_none() || erasure.is_some() {
                meet(&mut cx).await?;
            }
            // Boxed, here and below: a turn's future is as large as the largest of all it may become.
            Box::pin(private::handle(&mut cx, event.kind)).await?;
            Ok(cx.finish(before.as_ref()))
        } else {
            Box::pin(group::handle(&mut cx, event.kind)).await?;
            // People in a group are asked nothing: there is nothing to remember but what they
            // look for, to turn its pages,
            // and what they wrote about a request.
            let kept = |before: &Session| (before.sought.clone(), before.typed.clone());
            let same = before.as_ref().map(kept).unwrap_or_default() == kept(&cx.session);
            let kept = if same {
                Some(cx.session.clone())
            } else {
                before
            };
            Ok(cx.finish(kept.as_ref()))
        }
    }

    /// What the turn of an event will look at first; it may be looked at beforehand, for several
    /// turns at once. A guess: a turn that finds it wrong looks for itself.
    pub fn ask(&self, event: &Event, session: Option<&Session>) -> Ask {
        let shop = self.shop();
        let who = who(event);
        let first = || first_session(&shop, &who);
        let session = session.map_or_else(|| Cow::Owned(first()), Cow::Borrowed);
        let about = about(&event.kind);
        cx::ask(&shop, who.id, &session, (about, is_typed(event)))
    }

    async fn cx<'t>(
        &self,
        input: &'t mut TurnInput<'_>,
        event: &Event,
        session: Option<Session>,
    ) -> Result<Cx<'t>, TurnError> {
        let shop = self.shop();
        let who = who(event);
        let session = match session {
            Some(old) if old.erasure == Some(Erasure::Over) && event.sender.is_some() => {
                steps::stranger(&old, first_session(&shop, &who))
            }
            Some(session) => session,
            None => first_session(&shop, &who),
        };
        let mut cx = Cx::new(input, (shop, self.bot.clone()), who, session);
        cx.about = about(&event.kind);
        cx.typed = is_typed(event);
        cx.aliases = self.aliases.clone();
        if !event.private {
            cx.session.locale = staff::locale_of_chat(&mut cx, event.chat).await?;
        }
        Ok(cx)
    }

    /// A row could not be handled: its person gets a plain apology, the owners hear of it soon.
    ///
    /// # Errors
    /// The store failed.
    pub async fn dead(&self, mut input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        let event = input.event.clone();
        let before = input.session.clone();
        let mut cx = self.cx(&mut input, &event, before.clone()).await?;
        let is_search = matches!(event.kind, EventKind::Inline(_));
        if event.private && event.sender.is_some() && !is_search {
            cx.say(Text::new("apology"));
        }
        if let Some(step) = steps::of_event(&event.kind) {
            steps::given_up(&mut cx, step);
        }
        alert::raise(&mut cx, alert::DEAD).await?;
        let as_it_was = is_search.then(|| cx.session.clone());
        Ok(cx.finish(as_it_was.as_ref().or(before.as_ref())))
    }
}

fn who(event: &Event) -> Sender {
    event.sender.clone().unwrap_or_else(|| Sender {
        id: CustomerId(event.chat.0),
        name: String::new(),
        language: None,
    })
}

fn is_typed(event: &Event) -> bool {
    event.private && matches!(event.kind, EventKind::Words { .. })
}

fn first_session(shop: &Shop, who: &Sender) -> Session {
    Session::new(shop.texts.negotiate(who.language.as_deref()))
}

/// The order that an event names.
fn about(kind: &EventKind) -> Option<OrderId> {
    match kind {
        EventKind::Press(tap) => match Route::parse(&tap.data)?.0 {
            Route::Order(id, _) | Route::Approval(id, _) => Some(id),
            _ => None,
        },
        EventKind::Timer { kind, key }
            if wait_for_kitchen::is_timer(kind)
                || approval::wait::is_timer(kind)
                || [
                    reach::TURN,
                    approvals::ONE_OF_ALL,
                    amend_order::TURN,
                    tell_amended::TURN,
                ]
                .contains(&kind.as_str()) =>
        {
            key.split('.').next()?.parse().ok().map(OrderId)
        }
        _ => None,
    }
}

/// Somebody is here for the first time: their name and language are kept.
async fn meet(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let (who, name) = (cx.customer(), cx.who.name.clone());
    let locale: Locale = cx.session.locale.clone();
    cx.look_again();
    cx.met = true;
    Ok(store::customers::see(cx.tx, who, &name, &locale, cx.now).await?)
}
