//! Goes through what names an erased person among what is others': page by page, each page in the
//! turn of its own that asks for it.
//!
//! What was sent and handled is emptied without being read: those copies are there for the search
//! for faults alone, and nothing that could be read in them decides. What still waits goes first.
//! Dead letters are kept for who looks after the service, so they are opened, and those that name
//! the person are given up.

mod bodies;
mod deeds;

pub use bodies::{inbox, outbox};
pub use deeds::{audit, changes, entries, ledger, orders};

use super::super::batch::Batch;
use super::super::error::StoreError;
use super::super::stock::{self, Stamp};
use super::super::tx::{Tx, sql};
use super::Job;
use crate::dialogue::Session;
use crate::domain::traces::Traces;
use crate::kernel::{CartId, ChatId, CustomerId, Millis, OrderId};

/// Rows of a page that are opened.
const PAGE: i64 = 200;
/// Rows of a page of which columns alone are looked at.
const LONG_PAGE: i64 = 1_000;
/// What stands where the name of somebody erased stood.
pub const NO_NAME: &str = "—";

/// How far a page went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Swept {
    /// Up to this row; there may be more.
    To(i64),
    /// There is nothing more.
    All,
    /// Something that waits must go first.
    Waits,
}

/// Gives back what a cart that was the person's holds, one at a time; `false` if none holds anything.
pub async fn give_back(tx: &mut Tx, job: &Job, stamp: &mut Stamp<'_>) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (i64,),
        "select c.id from carts c where c.customer = $1 and c.order_id is null
         and exists (select 1 from holds h where h.claim = c.id) order by c.id limit 1",
        job.stand_in.0
    )
    .map_err(StoreError::on("erasure.cart"))?;
    match found {
        Some((id,)) => {
            stock::release_cart(tx, CartId(id), stamp).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The same once more, for who ordered for them meanwhile; `true` once there was none, and all carts
/// that were the person's are gone.
pub async fn one_cart(tx: &mut Tx, job: &Job, stamp: &mut Stamp<'_>) -> Result<bool, StoreError> {
    if give_back(tx, job, stamp).await? {
        return Ok(false);
    }
    sql!(
        tx,
        exec,
        "delete from carts where customer = $1 and order_id is null",
        job.stand_in.0
    )
    .map_err(StoreError::on("erasure.carts_gone"))?;
    Ok(true)
}

/// Takes back every timer that is the person's or named after them.
pub async fn timers(tx: &mut Tx, who: CustomerId) -> Result<(), StoreError> {
    let (id, code) = (who.to_string(), format!("p-{who}"));
    sql!(
        tx,
        exec,
        "delete from timers where lane = $1 or lane like $2 or name = $1 or name = $3",
        id.as_str(),
        format!("%/{id}"),
        code.as_str()
    )
    .map_err(StoreError::on("erasure.timers"))?;
    Ok(())
}

/// The newest row of the inbox, or of the outbox.
pub async fn newest(tx: &mut Tx) -> Result<i64, StoreError> {
    let (inbox, outbox) = sql!(
        tx,
        fetch_one as (Option<i64>, Option<i64>),
        "select (select max(id) from inbox), (select max(id) from outbox)"
    )
    .map_err(StoreError::on("erasure.newest"))?;
    Ok(inbox.max(outbox).unwrap_or_default())
}

/// What was sent to the person before, and which of their messages are cards of something: an
/// order, of others too if they were of the team. Their screen, which has no such name, stays.
pub async fn own_messages(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.own_messages");
    let waiting = sql!(
        tx,
        fetch_optional as (i64,),
        "select id from outbox where state = 'new' and chat = $1 and id <= $2 limit 1",
        job.person.0,
        job.until
    )
    .map_err(error)?;
    if waiting.is_some() {
        return Ok(Swept::Waits);
    }
    sql!(
        tx,
        exec,
        "delete from outbox where chat = $1 and id <= $2",
        job.person.0,
        job.until
    )
    .map_err(error)?;
    sql!(
        tx,
        exec,
        "delete from cards where chat = $1 and card like '%:%'",
        job.person.0
    )
    .map_err(error)?;
    Ok(Swept::All)
}

/// Forgets which files Telegram has: the next picture is uploaded once more, and nothing leads to
/// an export.
pub async fn forget_files(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(tx, exec, "delete from files").map_err(StoreError::on("erasure.files"))?;
    Ok(())
}

/// Which of these orders were the person's.
async fn theirs(tx: &mut Tx, job: &Job, ids: Vec<i64>) -> Result<Vec<i64>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64,)> = Batch::new("select id from orders where customer = ")
        .arg(job.stand_in.0)
        .text(" and id in (")
        .list(ids)
        .text(")")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("erasure.theirs"))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether what a lane orders again began with a saved order of the person's.
pub fn began_with_theirs(session: &Session, traces: &Traces) -> bool {
    let from = session.refill.as_ref().and_then(|again| again.get("from"));
    from.is_some_and(|from| traces.are_titled(from))
}

/// Whether what a lane remembers names the person: in what its own person looks for or wrote, on
/// the screen they look at, or because they order for them, or what they shared.
pub fn is_named_in(session: &Session, traces: &Traces) -> bool {
    let typed = session.typed.as_ref().map(|typed| typed.words.as_str());
    let by_hand = session.by_hand.as_ref();
    let texts = [
        Some(session.sought.as_str()),
        Some(session.caller.as_str()),
        typed,
    ];
    by_hand.is_some_and(|by_hand| by_hand.customer == traces.who)
        || began_with_theirs(session, traces)
        || session.screen.contains(&traces.who.to_string())
        || texts.iter().flatten().any(|text| traces.are_named_in(text))
}

/// The lanes of a page that name the person, and how far it went; none: no more lanes.
pub async fn lanes(tx: &mut Tx, job: &Job) -> Result<(Vec<String>, Option<String>), StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, Vec<u8>),
        "select lane, session from lanes where session is not null and lane > $1
         order by lane limit $2",
        job.after_lane.as_str(),
        PAGE
    )
    .map_err(StoreError::on("erasure.lanes"))?;
    let keys = tx.keys();
    let (own, in_groups) = (job.person.to_string(), format!("/{}", job.person));
    let last = rows.last().map(|(lane, _)| lane.clone());
    let mut found = Vec::new();
    for (lane, sealed) in rows {
        if lane == own {
            continue;
        }
        let plain = keys.open("lanes", "session", &lane, &sealed)?;
        let session = serde_json::from_slice::<Session>(&plain).ok();
        let is_theirs = lane.ends_with(&in_groups);
        let holds = |session: &Session| match is_theirs {
            true => session.erasure.is_none(),
            false => is_named_in(session, &job.traces),
        };
        if session.as_ref().is_none_or(holds) {
            found.push(lane);
        }
    }
    Ok((found, last))
}

/// The next order that was the person's and is shown to the team: its id, version, and that of its
/// request.
pub async fn next_shown(tx: &mut Tx, job: &Job) -> Result<Option<(OrderId, i64)>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (i64, Option<i64>),
        "select o.id, o.request_version from orders o where o.customer = $1 and o.id > $2
         and (exists (select 1 from cards k where k.live
                and k.card = 'work:' || cast(o.id as text))
            or exists (select 1 from cards k where k.live
                and k.card = 'approve:' || cast(o.id as text)))
         order by o.id limit 1",
        job.stand_in.0,
        job.after
    )
    .map_err(StoreError::on("erasure.next_shown"))?;
    Ok(row.map(|(id, version)| (OrderId(id), version.unwrap_or_default())))
}

/// The chats where these cards are shown now, each with its name.
pub async fn showing(
    tx: &mut Tx,
    [one, other]: [&str; 2],
) -> Result<Vec<(String, ChatId)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64),
        "select distinct card, chat from cards where live and card in ($1, $2) order by card, chat",
        one,
        other
    )
    .map_err(StoreError::on("erasure.showing"))?;
    Ok(rows
        .into_iter()
        .map(|(card, chat)| (card, ChatId(chat)))
        .collect())
}

/// How long is waited for what must go first: messages need seconds, and a minute more or less is
/// no matter to anybody.
pub const PAUSE: Millis = 30 * crate::kernel::time::SECOND;
