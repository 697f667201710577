//! What waits to be sent, in memory: a queue per chat, and which chat may go next.
//!
//! Pure: the time is an argument, monotonic milliseconds.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use crate::kernel::ChatId;
use crate::store::outbox::OutRow;
use crate::telegram::pacing::Pacer;
use crate::telegram::render::{Body, Screen};
use crate::telegram::send::Job;

/// Rows that were just settled may still be on their way here from the turn that wrote them.
const REMEMBERED: usize = 20_000;

/// What may go now. Its chat is busy until it is freed or given back.
#[derive(Debug)]
pub(super) enum Next {
    /// A row, and older ones of its card that it makes pointless.
    Row {
        /// To be sent.
        row: OutRow,
        /// To be settled without being sent.
        superseded: Vec<OutRow>,
    },
    /// A job that was begun before.
    Job(Box<Job>),
}

#[derive(Debug, Default)]
struct Queue {
    rows: VecDeque<OutRow>,
    job: Option<Box<Job>>,
    busy: bool,
    /// Nothing goes before: a `retry_after` or a pause after a failure.
    not_before: u64,
    /// Its place in `ready`.
    listed: Option<(bool, u64)>,
}

impl Queue {
    fn is_hasty(&self) -> Option<bool> {
        match (&self.job, self.rows.front()) {
            (Some(_), _) => Some(true), // begun: only its own pause holds it
            (None, Some(row)) => Some(row.hasty),
            (None, None) => None,
        }
    }

    /// Whether the first row needs to know what became of a card of these.
    fn needs(&self, unsettled: &[Unsettled]) -> bool {
        let is_one = |card: &Option<String>| {
            let is_same = |other: &Unsettled| other.card == *card || other.takes == *card;
            card.is_some() && unsettled.iter().any(is_same)
        };
        self.rows
            .front()
            .is_some_and(|row| is_one(&row.card) || is_one(&row.takes))
    }
}

/// A row that has ended, but that is not yet committed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsettled {
    pub(super) id: i64,
    /// What edits it must know its message.
    pub(super) card: Option<String>,
    /// The card that may have lost its message to it.
    pub(super) takes: Option<String>,
    /// The messages that it made or changed.
    pub(super) messages: Vec<i64>,
}

/// All queues.
#[derive(Debug, Default)]
pub(super) struct Queues {
    chats: HashMap<ChatId, Queue>,
    /// (not hasty, due, chat): hasty ones first.
    ready: BTreeSet<(bool, u64, ChatId)>,
    unsettled: HashMap<ChatId, Vec<Unsettled>>,
    /// Rows that are being committed: nothing behind them goes first.
    awaited: HashMap<ChatId, BTreeSet<i64>>,
    known: HashSet<i64>,
    /// Of these, those whose end is not committed.
    open: HashSet<i64>,
    recent: VecDeque<i64>,
}

impl Queues {
    /// Takes note of rows whose commit is under way. A turn's commit frees its lane, so that the
    /// next turn's rows may get here before its own.
    pub(super) fn expect(&mut self, rows: Vec<(ChatId, i64)>) {
        for (chat, id) in rows {
            self.awaited.entry(chat).or_default().insert(id);
        }
    }

    /// Rows that were expected are here, or will never be.
    pub(super) fn expect_no_more(&mut self, rows: Vec<(ChatId, i64)>, now: u64) {
        for (chat, id) in rows {
            self.arrived(chat, id);
            self.list(chat, now);
        }
    }

    fn arrived(&mut self, chat: ChatId, id: i64) {
        if let Some(ids) = self.awaited.get_mut(&chat) {
            ids.remove(&id);
            if ids.is_empty() {
                self.awaited.remove(&chat);
            }
        }
    }

    /// Adds rows that are not known yet, each in its place.
    pub(super) fn add(&mut self, rows: Vec<OutRow>, now: u64) {
        for row in rows {
            if !self.known.insert(row.id) {
                continue;
            }
            self.open.insert(row.id);
            let chat = row.chat;
            let queue = self.chats.entry(chat).or_default();
            let place = queue.rows.partition_point(|other| other.id < row.id);
            queue.rows.insert(place, row);
            self.list(chat, now);
        }
    }

    /// Puts a chat where it belongs in `ready`.
    fn list(&mut self, chat: ChatId, due: u64) {
        let Some(queue) = self.chats.get_mut(&chat) else {
            return;
        };
        if let Some((paced, due)) = queue.listed.take() {
            self.ready.remove(&(paced, due, chat));
        }
        let first = queue.rows.front().map_or(i64::MIN, |row| row.id);
        let awaited = self.awaited.get(&chat).and_then(BTreeSet::first);
        let unsettled = self.unsettled.get(&chat);
        let held = queue.job.is_none()
            && (awaited.is_some_and(|id| *id < first)
                || unsettled.is_some_and(|ended| is_private(chat) || queue.needs(ended)));
        match queue.is_hasty() {
            Some(hasty) if !queue.busy && !held => {
                let due = due.max(queue.not_before);
                queue.listed = Some((!hasty, due));
                self.ready.insert((!hasty, due, chat));
            }
            Some(_) => {}
            None if !queue.busy => {
                self.chats.remove(&chat);
            }
            None => {}
        }
    }

    /// The next that may go, if any; its chat is busy then.
    pub(super) fn next(&mut self, pacer: &mut Pacer, now: u64) -> Option<Next> {
        if let Some(chat) = self.first_due(false, now) {
            return self.take(chat, pacer, now);
        }
        while let Some(chat) = self.first_due(true, now) {
            let wait = pacer.wait(chat, now);
            if wait == 0 {
                return self.take(chat, pacer, now);
            }
            self.list(chat, now + wait);
        }
        None
    }

    fn first_due(&self, paced: bool, now: u64) -> Option<ChatId> {
        let range = (paced, 0, ChatId(i64::MIN))..=(paced, now, ChatId(i64::MAX));
        self.ready.range(range).next().map(|(_, _, chat)| *chat)
    }

    fn take(&mut self, chat: ChatId, pacer: &mut Pacer, now: u64) -> Option<Next> {
        let queue = self.chats.get_mut(&chat)?;
        queue.busy = true;
        pacer.count(chat, now);
        let next = match queue.job.take() {
            Some(job) => Next::Job(job),
            None => {
                let (mut row, superseded) = collapse(&mut queue.rows)?;
                // The database may not know of it yet, but we do: no doubled copy.
                let ours = self.unsettled.get(&chat).into_iter().flatten();
                let mut ours = ours.flat_map(|ended| &ended.messages);
                row.adopt = row.adopt.filter(|pressed| !ours.any(|it| it == pressed));
                Next::Row { row, superseded }
            }
        };
        self.list(chat, now);
        Some(next)
    }

    /// When the next one may go at the earliest.
    pub(super) fn next_due(&self) -> Option<u64> {
        let first = |paced: bool| {
            let range = (paced, 0, ChatId(i64::MIN))..;
            self.ready
                .range(range)
                .next()
                .filter(|(p, _, _)| *p == paced)
                .map(|(_, due, _)| *due)
        };
        [first(false), first(true)].into_iter().flatten().min()
    }

    /// A job goes on at `due`; nothing of its chat before.
    pub(super) fn back(&mut self, chat: ChatId, job: Box<Job>, due: u64) {
        let queue = self.chats.entry(chat).or_default();
        queue.job = Some(job);
        queue.busy = false;
        queue.not_before = due;
        self.list(chat, due);
    }

    /// The pause of a chat ends earlier.
    pub(super) fn hurry(&mut self, chat: ChatId, due: u64) {
        if let Some(queue) = self.chats.get_mut(&chat) {
            queue.not_before = queue.not_before.min(due);
            self.list(chat, due);
        }
    }

    /// A row could not be begun; it is the first again at `due`.
    pub(super) fn back_with_row(&mut self, row: OutRow, due: u64) {
        let chat = row.chat;
        let queue = self.chats.entry(chat).or_default();
        queue.rows.push_front(row);
        queue.busy = false;
        queue.not_before = due;
        self.list(chat, due);
    }

    /// A chat's row has ended: the next one may go, unless it needs to know the message of the
    /// same card.
    pub(super) fn landed(&mut self, chat: ChatId, ended: Unsettled, now: u64) {
        self.unsettled.entry(chat).or_default().push(ended);
        if let Some(queue) = self.chats.get_mut(&chat) {
            queue.busy = false;
            self.list(chat, now);
        }
    }

    /// The end of a chat's row is committed.
    pub(super) fn settled(&mut self, chat: ChatId, id: i64, now: u64) {
        let Some(ended) = self.unsettled.get_mut(&chat) else {
            return;
        };
        ended.retain(|row| row.id != id);
        if ended.is_empty() {
            self.unsettled.remove(&chat);
        }
        self.list(chat, now);
    }

    /// A row is settled; a dead letter may come again.
    pub(super) fn forget(&mut self, id: i64, dead: bool) {
        self.open.remove(&id);
        if dead {
            self.known.remove(&id);
            return;
        }
        self.recent.push_back(id);
        if self.recent.len() > REMEMBERED
            && let Some(old) = self.recent.pop_front()
        {
            self.known.remove(&old);
        }
    }

    /// The rows that are known and not settled yet.
    pub(super) fn unsettled_ids(&self) -> impl Iterator<Item = i64> {
        self.open.iter().copied()
    }

    /// Nothing of this is ours any more, but what is being committed still is.
    pub(super) fn forget_all(&mut self) {
        let awaited = std::mem::take(&mut self.awaited);
        *self = Self {
            awaited,
            ..Self::default()
        };
    }

    /// A chat has another id.
    pub(super) fn rename(&mut self, old: ChatId, new: ChatId, now: u64) {
        let Some(queue) = self.chats.remove(&old) else {
            return;
        };
        if let Some((paced, due)) = queue.listed {
            self.ready.remove(&(paced, due, old));
        }
        if let Some(cards) = self.unsettled.remove(&old) {
            self.unsettled.entry(new).or_default().extend(cards);
        }
        let target = self.chats.entry(new).or_default();
        if target.job.is_none() {
            target.job = queue.job;
        } else if let Some(job) = queue.job {
            target.rows.push_front(job.row.clone());
        }
        for mut row in queue.rows {
            row.chat = new;
            let place = target.rows.partition_point(|other| other.id < row.id);
            target.rows.insert(place, row);
        }
        self.list(new, now);
    }
}

/// A person reads one message after the other: after a crash none comes twice behind the next one.
/// In a group it would take too long to wait for every COMMIT.
fn is_private(chat: ChatId) -> bool {
    chat.0 > 0
}

/// Takes the first row and what later rows of its card make of it: edits that wait collapse into
/// the last one; an edit before a fresh card is pointless. What is edited in place stays where
/// the first one stood, so nothing else changes its order.
fn collapse(rows: &mut VecDeque<OutRow>) -> Option<(OutRow, Vec<OutRow>)> {
    let mut first = rows.pop_front()?;
    let mut superseded = Vec::new();
    let Some(card) = first.card.clone() else {
        return Some((first, superseded));
    };
    let Some(mut shown) = screen(&first) else {
        return Some((first, superseded));
    };
    let is_next = |row: &OutRow| [&row.card, &row.takes].contains(&&Some(card.clone()));
    while let Some(at) = rows.iter().position(is_next) {
        if rows
            .get(at)
            .is_some_and(|row| row.takes.as_ref() == Some(&card))
        {
            break; // its message is another card's from there on
        }
        let Some(later) = rows.get(at).and_then(screen) else {
            break; // a strip: it needs the card as it is
        };
        if later.beside {
            break; // what stands beside it is still to be edited
        }
        if later.fresh || later.reply.is_some() {
            if shown.fresh || shown.reply.is_some() || first.takes.is_some() {
                break; // both are messages that people may have to see, or one ends another card
            }
            superseded.push(first);
            let (row, more) = collapse(rows)?;
            superseded.extend(more);
            return Some((row, superseded));
        }
        let Some(row) = rows.remove(at) else { break };
        if row.version < first.version {
            superseded.push(row);
            continue;
        }
        shown = Screen {
            fresh: shown.fresh,
            beside: shown.beside,
            loud: shown.loud,
            topic: shown.topic,
            reply: shown.reply,
            ..later
        };
        let merged = OutRow {
            body: serde_json::to_string(&Body::Screen(shown.clone())).unwrap_or_default(),
            hasty: first.hasty || row.hasty,
            adopt: row.adopt.or(first.adopt),
            takes: first.takes.clone(),
            ..row
        };
        superseded.push(std::mem::replace(&mut first, merged));
    }
    Some((first, superseded))
}

fn screen(row: &OutRow) -> Option<Screen> {
    match serde_json::from_str(&row.body).ok()? {
        Body::Screen(screen) => Some(screen),
        Body::Document(..) | Body::Strip | Body::Commands(_) | Body::Fetch(_) => None,
    }
}

#[cfg(test)]
mod tests;
