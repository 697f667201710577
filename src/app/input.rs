//! What a turn is given: one event, the lane's session, and everything that it may not fetch
//! itself (time, ids, chance).

use crate::chat::Event;
use crate::dialogue::Session;
use crate::kernel::{IdSource, Timestamp};
use crate::store::Tx;
use crate::store::glance::{Ask, Glance};

/// The input of one turn.
pub struct TurnInput<'a> {
    /// The turn's transaction: read and write what belongs to the domain, never begin or commit.
    pub tx: &'a mut Tx,
    /// What happened.
    pub event: Event,
    /// What the lane remembers; none at its first turn.
    pub session: Option<Session>,
    /// What it would look at first, if that was looked at beforehand together with others'.
    pub seen: Option<(Ask, Glance)>,
    /// The lane: a private chat's id, or `chat/topic/user` in a group.
    pub lane: &'a str,
    /// The inbox row that this turn handles; orders keep it as their cause.
    pub cause: i64,
    /// The present time on the business clock.
    pub now: Timestamp,
    /// Gives ids for new rows.
    pub ids: &'a mut IdSource,
    /// Chance, for tokens and the like; different in every turn.
    pub seed: u64,
}
