//! The steps of an erasure, each a turn of its own within its statements: how far it has come is
//! kept in the row that began it, so that it goes on after any crash, and any step may be done
//! again.
//!
//! The first steps are turns of the person's own conversation: what they write meanwhile is not
//! lost but waits, and is a stranger's afterwards. All others are turns of a lane that is nobody's,
//! so that the person never waits for the rest.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::chat::{Event, EventKind, Text};
use crate::dialogue::Session;
use crate::dialogue::session::Erasure;
use crate::kernel::time::MINUTE;
use crate::kernel::{ChatId, coded};
use crate::store;
use crate::store::erasure::sweep::{self, Swept};
use crate::store::erasure::{Job, hand_over, registry};

use super::others;

/// The turn of a step in the person's own conversation.
pub const OWN: &str = "erase-own";
/// The turn of any other step.
pub const TURN: &str = "erase";
/// The turn of a conversation that names the person.
pub const FORGET: &str = "erase-forget";
/// The lane of those steps: nobody's chat.
const LANE: &str = "0/0/1";
/// If nothing was heard of a step for so long, it is begun again.
const AGAIN: i64 = 10 * MINUTE;

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What their carts hold goes back: nothing hears any more when a hold ends.
    Holds,
    /// What tells the person from others is noted, and goes from their orders.
    Learn,
    /// What is known of the person as such goes.
    Away,
    /// Their timers, and the rest of their conversation.
    Timers,
    /// Conversations of others who order for them, or look for them.
    Lanes,
    /// Their carts.
    Carts,
    /// Columns of small tables.
    Small,
    /// What was sent to them.
    Messages,
    /// The cards of their orders where the team works.
    Cards,
    /// What they did with orders of others.
    Orders,
    /// What they did to the stock.
    Ledger,
    /// What they booked.
    Entries,
    /// What they proposed to book.
    Changes,
    /// The record of what was done.
    Audit,
    /// What came in.
    Inbox,
    /// What went out.
    Outbox,
    /// Everything else.
    End,
}
coded!(Stage {
    Holds = "holds",
    Learn = "learn",
    Away = "away",
    Timers = "timers",
    Lanes = "lanes",
    Carts = "carts",
    Small = "small",
    Messages = "messages",
    Cards = "cards",
    Orders = "orders",
    Ledger = "ledger",
    Entries = "entries",
    Changes = "changes",
    Audit = "audit",
    Inbox = "inbox",
    Outbox = "outbox",
    End = "end",
});

impl Stage {
    /// What is done first.
    pub const FIRST: Self = Self::Holds;

    /// Whether it is a turn of the person's own conversation.
    fn is_own(self) -> bool {
        matches!(self, Self::Holds | Self::Learn | Self::Away | Self::Timers)
    }

    /// What follows.
    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|stage| *stage == self);
        let next = at.and_then(|at| Self::ALL.get(at + 1));
        next.copied().unwrap_or(Self::End)
    }
}

/// What a step came to.
pub(super) enum Went {
    /// Some of the stage is done.
    On,
    /// The stage is done.
    Over,
    /// Something else must go first.
    Waits,
}

impl Went {
    /// A page that was gone through.
    fn of(swept: Swept, job: &mut Job) -> Self {
        match swept {
            Swept::To(last) => {
                job.after = last;
                Self::On
            }
            Swept::All => Self::Over,
            Swept::Waits => Self::Waits,
        }
    }
}

/// Whether an event is a turn of an erasure, and of which.
pub fn of_event(kind: &EventKind) -> Option<(&str, i64)> {
    let EventKind::Timer { kind, key } = kind else {
        return None;
    };
    let is_one = [OWN, TURN, FORGET].contains(&kind.as_str());
    Some((kind.as_str(), key.parse().ok()?)).filter(|_| is_one)
}

/// A step is due.
pub async fn due(cx: &mut Cx<'_>, (kind, id): (&str, i64)) -> Result<(), TurnError> {
    let Some(job) = store::erasure::find(cx.tx, id).await? else {
        return Ok(());
    };
    match kind {
        FORGET => others::forget(cx, &job).await,
        OWN if cx.customer() == job.person => own(cx, job).await,
        OWN => Ok(()),
        _ => other(cx, job).await,
    }
}

/// The person does something while their own conversation is not done: it does the next step, and
/// what they did is heard again afterwards. A tap is on something that is gone: it says so.
pub async fn meanwhile(cx: &mut Cx<'_>, event: &Event) -> Result<(), TurnError> {
    if let EventKind::Press(press) = &event.kind {
        cx.query = Some(press.query_id.clone());
        cx.toast(Text::new("erase-under-way"));
    } else {
        cx.go_on_in(cx.customer().to_string(), event.clone());
    }
    match store::erasure::of_person(cx.tx, cx.customer()).await? {
        Some(job) => own(cx, job).await,
        None => {
            cx.session.erasure = Some(Erasure::Over);
            Ok(())
        }
    }
}

/// What a conversation begins with after the erasure: nothing but what keeps old buttons old.
pub fn stranger(old: &Session, first: Session) -> Session {
    Session {
        version: old.version,
        card: old.card,
        ..first
    }
}

/// A step in the person's own conversation.
async fn own(cx: &mut Cx<'_>, mut job: Job) -> Result<(), TurnError> {
    let before = job.clone();
    let Some(stage) = Stage::parse(&job.stage).filter(|stage| stage.is_own()) else {
        // Done already; perhaps a stranger's conversation has begun since.
        if cx.session.erasure == Some(Erasure::Begun) {
            cx.session.erasure = Some(Erasure::Over);
        }
        return Ok(());
    };
    job.own_until = cx.cause;
    let mut over = true;
    match stage {
        Stage::Holds => {
            let (tx, mut stamp) = cx.stamped();
            over = !sweep::give_back(tx, &job, &mut stamp).await?;
            job.tries += 1; // so that each step is one of its own
        }
        Stage::Learn => {
            hand_over::learn_person(cx.tx, &mut job.traces).await?;
            hand_over::learn_orders(cx.tx, &mut job.traces, job.stand_in).await?;
            hand_over::orders_forget(cx.tx, job.stand_in).await?;
        }
        Stage::Away => {
            let skip = usize::try_from(job.after).unwrap_or_default();
            over = !registry::take_away(cx.tx, job.person, skip).await?;
            job.after += registry::AT_ONCE as i64;
            cx.look_again();
        }
        _ => sweep::timers(cx.tx, job.person).await?,
    }
    if over {
        (job.stage, job.after, job.tries) = (stage.next().code().to_owned(), 0, 0);
    }
    if !store::erasure::keep(cx.tx, &before, &job).await? {
        return Err(TurnError::Overtaken);
    }
    if stage == Stage::Timers {
        cx.session.erasure = Some(Erasure::Over);
        again(cx, job.id);
        go_on(cx, job.id);
    } else {
        if over {
            again(cx, job.id);
        }
        cx.go_on(OWN, job.id, job.person);
    }
    Ok(())
}

/// The next step, in the lane that is nobody's.
fn go_on(cx: &mut Cx<'_>, id: i64) {
    let kind = EventKind::Timer {
        kind: TURN.to_owned(),
        key: id.to_string(),
    };
    cx.go_on_in(LANE.to_owned(), nobodys(kind, ChatId(0)));
}

/// A step was given up as a dead letter, and what it would have set with it: it is begun again later.
pub fn given_up(cx: &mut Cx<'_>, (kind, id): (&str, i64)) {
    // Conversations that forgot nothing are found by the next pass.
    if kind != FORGET {
        again(cx, id);
    }
}

/// Should the next step be lost, it is begun again.
pub(super) fn again(cx: &mut Cx<'_>, id: i64) {
    cx.set_lane_timer(TURN, id, cx.now.plus(AGAIN), LANE.to_owned());
}

/// An event that nobody did, in no private chat.
pub(super) fn nobodys(kind: EventKind, chat: ChatId) -> Event {
    Event {
        chat,
        private: chat.0 > 0,
        topic: None,
        sender: None,
        kind,
    }
}

/// Any other step.
async fn other(cx: &mut Cx<'_>, mut job: Job) -> Result<(), TurnError> {
    let before = job.clone();
    let Some(stage) = Stage::parse(&job.stage) else {
        return Err(TurnError::Corrupt(format!(
            "erasures.stage of row {}",
            job.id
        )));
    };
    if stage.is_own() {
        // Its turn was lost: the person's own conversation takes it up again.
        cx.go_on(OWN, job.id, job.person);
        again(cx, job.id);
        return Ok(());
    }
    if stage == Stage::End {
        return others::end(cx, &job).await;
    }
    let mut waits = false;
    match step(cx, stage, &mut job).await? {
        Went::On => {}
        Went::Over => {
            job.stage = stage.next().code().to_owned();
            (job.after, job.until, job.tries) = (0, 0, 0);
            job.after_lane.clear();
        }
        Went::Waits => {
            job.tries += 1;
            waits = true;
        }
    }
    if !store::erasure::keep(cx.tx, &before, &job).await? {
        return Err(TurnError::Overtaken);
    }
    if waits {
        let due = cx.now.plus(sweep::PAUSE);
        cx.set_lane_timer(TURN, job.id, due, LANE.to_owned());
        return Ok(());
    }
    // Not beside the record's own statements: the timer set before still stands.
    if stage != Stage::Audit {
        again(cx, job.id);
    }
    go_on(cx, job.id);
    Ok(())
}

async fn step(cx: &mut Cx<'_>, stage: Stage, job: &mut Job) -> Result<Went, TurnError> {
    let bounded = matches!(stage, Stage::Messages | Stage::Inbox | Stage::Outbox);
    if bounded && job.until == 0 {
        // What comes later names nobody any more; what was written just now goes first.
        job.until = sweep::newest(cx.tx).await?.max(1);
        return Ok(Went::Waits);
    }
    let swept = match stage {
        Stage::Lanes => return others::lanes(cx, job).await,
        Stage::Carts => {
            let (tx, mut stamp) = cx.stamped();
            let over = sweep::one_cart(tx, job, &mut stamp).await?;
            job.tries += 1; // so that each step is one of its own
            return Ok(if over { Went::Over } else { Went::On });
        }
        Stage::Small => {
            let skip = usize::try_from(job.after).unwrap_or_default();
            let people = (job.person, job.stand_in);
            let more = registry::replace(cx.tx, people, skip).await?;
            job.after += registry::AT_ONCE as i64;
            return Ok(if more { Went::On } else { Went::Over });
        }
        Stage::Cards => return others::cards(cx, job).await,
        Stage::Messages => sweep::own_messages(cx.tx, job).await?,
        Stage::Orders => match sweep::orders(cx.tx, job).await? {
            Some(swept) => swept,
            None => return Err(TurnError::Overtaken),
        },
        Stage::Ledger => sweep::ledger(cx.tx, job).await?,
        Stage::Entries => sweep::entries(cx.tx, job).await?,
        Stage::Changes => sweep::changes(cx.tx, job).await?,
        Stage::Audit => {
            let (swept, renamed) = sweep::audit(cx.tx, job).await?;
            if !renamed.is_empty() {
                cx.audit_erased(&renamed);
            }
            swept
        }
        Stage::Inbox => sweep::inbox(cx.tx, job).await?,
        Stage::Outbox => sweep::outbox(cx.tx, job).await?,
        Stage::Holds | Stage::Learn | Stage::Away | Stage::Timers | Stage::End => Swept::All,
    };
    Ok(Went::of(swept, job))
}
