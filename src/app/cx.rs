//! The hands of one turn: what it was given, and what it gathers to be written.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::chat::{Event, EventKind, Post, Sender, Text, View};
use crate::dialogue::Session;
use crate::domain::credit::Account;
use crate::domain::learned::Phrase;
use crate::domain::stock::Shortage;
use crate::kernel::{CartId, ChatId, CustomerId, IdSource, ItemId, Locale, OrderId, Timestamp};
use crate::shop::{Here, Shop};
use crate::store::audit::{Entry, Personal};
use crate::store::carts::Stored;
use crate::store::credit::Booking;
use crate::store::glance::{Ask, Glance};
use crate::store::stock::Stamp;
use crate::store::{self, Tx};

use super::access::Role;
use super::apart::Apart;
use super::audit::{Deed, Did, NO_ROLE};
use super::by_hand;
use super::input::TurnInput;
use super::operations::alert;
use super::operations::approval::show::card_name;
use super::operations::learn::Shelf;
use super::operations::tell::work_card_name;
use super::outcome::{Internal, Outcome, TimerChange, TurnError};
use super::route::Route;
use super::screens::Card;

/// The name of the living message's card.
pub const LIVING: &str = "ses";

/// The cards that show an order to the team.
fn cards_of(order: OrderId) -> [String; 2] {
    [work_card_name(order), card_name(order)]
}

/// What a turn looks at once.
pub fn ask(
    shop: &Shop,
    who: CustomerId,
    session: &Session,
    (about, typed): (Option<OrderId>, bool),
) -> Ask {
    let settings = &shop.settings;
    let named = settings.staff.iter().map(|named| named.id);
    let by_hand = session.by_hand.as_ref();
    let changed = by_hand.and_then(|by_hand| by_hand.change.as_ref());
    Ask {
        who: Some(by_hand.map_or(who, |by_hand| by_hand.customer)),
        people: named
            .chain(settings.owner)
            .chain(by_hand.map(|_| who))
            .collect(),
        cart: session.cart,
        table: session.seat.as_ref().map(|seat| seat.table.clone()),
        order: about.or(changed.map(|changed| changed.order)),
        cards: about.map(cards_of).unwrap_or_default(),
        companies: settings.companies,
        credit: settings.credit.is_some(),
        // Whoever orders for somebody else types words of their own.
        typed: typed && by_hand.is_none(),
    }
}

/// One turn at work. Posts and timers gather here; rows are written through `tx` at once.
pub struct Cx<'a> {
    /// The turn's transaction.
    pub tx: &'a mut Tx,
    /// The shop as it is now.
    pub shop: Arc<Shop>,
    /// The bot's user name, for links.
    pub bot: String,
    /// The present time on the business clock.
    pub now: Timestamp,
    /// Gives ids for new rows.
    pub ids: &'a mut IdSource,
    /// The inbox row that is handled.
    pub cause: i64,
    /// Chance for tokens.
    pub seed: u64,
    /// Where it happened.
    pub chat: ChatId,
    /// The lane: a private chat's id, or `chat/topic/user` in a group.
    pub lane: String,
    /// In which topic.
    pub topic: Option<i64>,
    /// Who did it.
    pub who: Sender,
    /// What the lane remembers; written at the end if it changed.
    pub session: Session,
    /// Where the screen goes: edited in place after a tap, sent anew after anything else.
    pub fresh: bool,
    /// What the next screen says first.
    pub notices: Vec<Text>,
    /// The tap to be answered, if the turn is one and has not answered yet.
    pub query: Option<String>,
    /// The order that it is about, if what happened names one.
    pub about: Option<OrderId>,
    /// Whether it is words of somebody's in their own chat.
    pub typed: bool,
    /// What else items are called, as last read by any turn.
    pub aliases: Shelf,
    /// Whether who did it was met in this very turn: their name and language are kept already.
    pub met: bool,
    /// The number on the person's own contact card, if they sent it in this turn.
    pub proven: Option<String>,
    /// Whether this turn says why personal data is kept.
    pub told: bool,
    /// The page of the addresses that a step offers, 0-based.
    pub page: usize,
    /// What was found to be short for the order that is changed: the review says it.
    pub short: Vec<Shortage>,
    /// An order is put together apart from what the person is doing: what came of it.
    pub apart: Option<Apart>,
    glance: Option<Glance>,
    /// What was looked at for this turn beforehand.
    seen: Option<(Ask, Glance)>,
    posts: Vec<(Locale, Post)>,
    outcome: Outcome,
}

impl<'a> Cx<'a> {
    /// The turn of `input`, by `who`.
    pub fn new(
        input: &'a mut TurnInput<'_>,
        (shop, bot): (Arc<Shop>, String),
        who: Sender,
        session: Session,
    ) -> Self {
        Self {
            tx: &mut *input.tx,
            shop,
            bot,
            now: input.now,
            ids: &mut *input.ids,
            cause: input.cause,
            seed: input.seed,
            chat: input.event.chat,
            lane: input.lane.to_owned(),
            topic: input.event.topic,
            who,
            session,
            fresh: true,
            notices: Vec::new(),
            query: None,
            about: None,
            typed: false,
            aliases: Shelf::default(),
            met: false,
            proven: None,
            told: false,
            page: 0,
            short: Vec::new(),
            apart: None,
            glance: None,
            seen: input.seen.take(),
            posts: Vec::new(),
            outcome: Outcome::default(),
        }
    }

    /// The person as a customer.
    pub fn customer(&self) -> CustomerId {
        self.who.id
    }

    /// Whose order is put together: their own, or that of the customer for whom they do it.
    pub fn orderer(&self) -> CustomerId {
        let by_hand = self.session.by_hand.as_ref();
        by_hand.map_or(self.who.id, |by_hand| by_hand.customer)
    }

    /// Everything small that the turn may need, looked at once.
    pub async fn glance(&mut self) -> Result<&Glance, TurnError> {
        let seen = match self.glance.take() {
            Some(seen) => seen,
            None => {
                let event = (self.about, self.typed);
                let ask = ask(&self.shop, self.who.id, &self.session, event);
                match self.seen.take().filter(|(asked, _)| *asked == ask) {
                    Some((_, seen)) => seen,
                    None => store::glance::glance(self.tx, &ask, self.now).await?,
                }
            }
        };
        Ok(self.glance.insert(seen))
    }

    /// Throws the glance away: the turn wrote to one of its tables.
    pub fn look_again(&mut self) {
        (self.glance, self.seen) = (None, None);
    }

    /// Notes in the glance that the order stands in no list any more.
    pub fn unfolded(&mut self) {
        if let Some(seen) = &mut self.glance {
            seen.folded = None;
        }
    }

    /// Puts an account into the glance.
    pub fn seen_account(&mut self, account: Account) {
        if let Some(seen) = &mut self.glance {
            seen.accounts.push(account);
        }
    }

    /// Notes in the glance what was booked on an account.
    pub fn booked(&mut self, booking: &Booking<'_>) {
        let accounts = self.glance.iter_mut().flat_map(|seen| &mut seen.accounts);
        for account in accounts.filter(|account| account.id == *booking.account) {
            account.balance_minor += booking.balance;
            account.held_minor += booking.held;
            account.seq += 1;
        }
    }

    /// Puts the cart as it is now into the glance.
    pub fn keep_cart(&mut self, id: CartId, cart: Stored) {
        if let Some(seen) = &mut self.glance {
            seen.cart = Some((id, cart));
        }
    }

    /// Notes in the glance what who typed means by a phrase.
    pub fn learned(&mut self, phrase: Phrase, item: ItemId) {
        if let Some(seen) = &mut self.glance {
            seen.meanings.insert(phrase, item);
        }
    }

    /// The next id for a row.
    pub fn id(&mut self) -> i64 {
        self.ids.next(self.now)
    }

    /// The transaction, and what stock changes of this turn carry.
    pub fn stamped(&mut self) -> (&mut Tx, Stamp<'_>) {
        let stamp = Stamp {
            cause: self.cause,
            now: self.now,
            ids: self.ids,
        };
        (self.tx, stamp)
    }

    /// What times are shown against.
    pub fn here(&self) -> Here {
        Here {
            zone: self.shop.settings.zone,
            now: self.now,
        }
    }

    /// The card whose buttons are being built: the present message, or the one to come.
    pub fn card(&self) -> Card {
        Card(self.session.card + i64::from(self.fresh))
    }

    /// The present message as it is, for an edit that nobody's tap asked for.
    pub fn card_in_place(&self) -> Card {
        Card(self.session.card)
    }

    /// An unguessable token for a link: 32 characters of `0-9a-f`.
    pub fn token(&mut self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.cause.to_be_bytes());
        hash.update(self.id().to_be_bytes());
        let digest = hash.finalize();
        digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }

    /// Shows a screen on the living message: in its place after a tap, anew otherwise.
    pub fn show(&mut self, screen: &Route, view: View) {
        self.session.screen = screen.path();
        self.session.near = None;
        let by_hand = self.session.by_hand.as_ref();
        let by_hand = by_hand.filter(|_| screen.is_ordering());
        let view = by_hand::marked(by_hand, self.card(), view);
        if self.fresh {
            self.session.card += 1;
        }
        let post = Post::Card {
            chat: self.chat,
            topic: self.topic,
            card: LIVING.to_owned(),
            version: self.cause,
            view,
            fresh: self.fresh,
            loud: true,
        };
        self.post(self.session.locale.clone(), post);
        self.fresh = false;
    }

    /// Makes the living message another card's; the next screen comes as a message of its own.
    pub fn become_card(&mut self, card: String, version: i64, view: View) {
        self.session.screen = Route::Home.path();
        let post = Post::Become {
            chat: self.chat,
            from: LIVING.to_owned(),
            card,
            version,
            view,
        };
        self.post(self.session.locale.clone(), post);
    }

    /// Sends a message of its own to the person.
    pub fn say(&mut self, text: Text) {
        let (chat, topic) = (self.chat, self.topic);
        let post = Post::Say {
            chat,
            topic,
            view: View::say(text),
            loud: true,
        };
        self.post(self.session.locale.clone(), post);
    }

    /// Answers the tap: a short notice. Only the first answer counts.
    pub fn toast(&mut self, text: Text) {
        self.answer(Some(text), false);
    }

    /// Answers the tap with a notice that must be closed.
    pub fn alert(&mut self, text: Text) {
        self.answer(Some(text), true);
    }

    fn answer(&mut self, text: Option<Text>, alert: bool) {
        if let Some(query_id) = self.query.take() {
            let post = Post::Answer {
                query_id,
                text,
                alert,
            };
            self.post(self.session.locale.clone(), post);
        }
    }

    /// Puts a post into somebody's language. Who called and was written down has no chat: nothing
    /// is sent there.
    pub fn post(&mut self, locale: Locale, post: Post) {
        let chat = post.chat().filter(|chat| chat.0 > 0);
        if chat.is_some_and(|chat| !CustomerId(chat.0).has_chat()) {
            return;
        }
        self.posts.push((locale, post));
    }

    /// Sets a timer that becomes a turn of a person's private chat.
    pub fn set_timer(
        &mut self,
        kind: &'static str,
        key: impl ToString,
        due: Timestamp,
        whose: CustomerId,
    ) {
        self.outcome.timers.push(TimerChange::Set {
            kind,
            key: key.to_string(),
            due,
            lane: whose.to_string(),
        });
    }

    /// Sets a timer that becomes a turn of a lane that is nobody's private chat.
    pub fn set_lane_timer(&mut self, kind: &'static str, key: i64, due: Timestamp, lane: String) {
        self.outcome.timers.push(TimerChange::Set {
            kind,
            key: key.to_string(),
            due,
            lane,
        });
    }

    /// Sets a timer with a name for a key that becomes a turn in the lane of alerts, which is
    /// nobody's.
    pub fn set_named_timer(&mut self, kind: &'static str, key: &str, due: Timestamp) {
        self.outcome.timers.push(TimerChange::Set {
            kind,
            key: key.to_owned(),
            due,
            lane: alert::LANE.to_owned(),
        });
    }

    /// Sets a timer with a name for a key that becomes a turn of a lane that is nobody's.
    pub fn set_timer_in(&mut self, kind: &'static str, key: &str, due: Timestamp, lane: &str) {
        self.outcome.timers.push(TimerChange::Set {
            kind,
            key: key.to_owned(),
            due,
            lane: lane.to_owned(),
        });
    }

    /// Goes on in another turn of a person's private chat, as a timer that is due at once.
    pub fn go_on(&mut self, kind: &'static str, key: i64, whose: CustomerId) {
        let kind = EventKind::Timer {
            kind: kind.to_owned(),
            key: key.to_string(),
        };
        self.go_on_with(kind, whose);
    }

    /// Lets something happen in another turn of a person's private chat.
    pub fn go_on_with(&mut self, kind: EventKind, whose: CustomerId) {
        self.outcome.internal.push(Internal {
            lane: whose.to_string(),
            event: Event {
                chat: ChatId(whose.0),
                private: true,
                topic: None,
                sender: None,
                kind,
            },
        });
    }

    /// Sets when the alerts are looked at next, in a lane that is nobody's.
    pub fn look_at_alerts(&mut self, due: Timestamp) {
        self.outcome.timers.push(TimerChange::Set {
            kind: alert::TIMER,
            key: String::new(),
            due,
            lane: alert::LANE.to_owned(),
        });
    }

    /// Takes a timer back.
    pub fn cancel_timer(&mut self, kind: &'static str, key: impl ToString) {
        self.outcome.timers.push(TimerChange::Cancel {
            kind,
            key: key.to_string(),
        });
    }

    /// Asks for the shop's folder to be read again once this turn is committed.
    pub fn reload(&mut self) {
        self.outcome.reload = Some(self.chat);
    }

    /// Keeps what this person did, in the chain of all that was ever done. Pure: it is written at
    /// the end of the turn, if the turn comes to one.
    pub fn audit(&mut self, deed: Deed) {
        let salt = self.token();
        self.outcome.audit.push(Entry {
            at: self.now,
            actor: Some(self.customer()),
            role: deed.role.map_or(NO_ROLE, Role::name).to_owned(),
            act: deed.did.word(),
            subject: deed.subject,
            cause: self.cause,
            personal: Personal {
                name: self.who.name.clone(),
                before: deed.before,
                after: deed.after,
                why: deed.why,
                salt,
            },
        });
    }

    /// Keeps that nobody took an erased person's place in these entries of that chain.
    pub fn audit_erased(&mut self, entries: &[i64]) {
        let salt = self.token();
        self.outcome.audit.push(Entry {
            at: self.now,
            actor: None,
            role: NO_ROLE.to_owned(),
            act: Did::Erased.word(),
            subject: store::audit::subject_of(entries),
            cause: self.cause,
            personal: Personal {
                salt,
                ..Personal::default()
            },
        });
    }

    /// Lets something happen in a lane that is nobody's private chat.
    pub fn go_on_in(&mut self, lane: String, event: Event) {
        self.outcome.internal.push(Internal { lane, event });
    }

    /// Everything to be written; `before` is the session as it was stored.
    pub fn finish(mut self, before: Option<&Session>) -> Outcome {
        self.answer(None, false);
        let here = self.here();
        let texts = &self.shop.texts;
        self.outcome.out = self
            .posts
            .into_iter()
            .map(|(locale, post)| texts.post(&locale, post, here))
            .collect();
        if before != Some(&self.session) {
            self.outcome.session = Some(self.session);
        }
        self.outcome
    }
}
