//! What was decided and changed by whom: append-only, each entry chained to the one before.
//!
//! The chain ([`chain`]) covers hashes. What people typed, and what a value was before and after,
//! stands sealed beside it and may be erased: the chain still holds. Nothing here is ever updated
//! but that one column; and, where a person's data are erased, actor and subject, which a later entry
//! of the same chain says: so an export from before still shows what was changed since.

pub mod chain;

use serde::{Deserialize, Serialize};

use super::batch::{Batch, Value};
use super::db::Engine;
use super::error::StoreError;
use super::row::columns;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};
use chain::Link;

/// The lock under which entries are added, on PostgreSQL; a number of our own.
const LOCK: &str = "select pg_advisory_xact_lock(7742582162589904500)";

/// What an entry says that was done to the entries that its subject names: nobody took the place
/// of an erased person in them, so that their own hashes can't be worked out any more.
pub const ERASED: &str = "data.erase";

/// The subject of such an entry.
pub fn subject_of(entries: &[i64]) -> String {
    let ids: Vec<String> = entries.iter().map(i64::to_string).collect();
    format!("audit/{}", ids.join(","))
}

/// The entries that such a subject names.
pub fn entries_of(subject: &str) -> impl Iterator<Item = i64> {
    let ids = subject.strip_prefix("audit/").unwrap_or_default();
    ids.split(',').filter_map(|id| id.parse().ok())
}

/// What may be personal of an entry; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// What who did it was called then; empty for the command line.
    pub name: String,
    /// What it was before; empty: nothing, or of no matter.
    pub before: String,
    /// What it is since then.
    pub after: String,
    /// Why: an id of the shop's reasons, or typed words.
    pub why: String,
    /// Chance, so that nobody guesses the rest from its hash.
    pub salt: String,
}

/// An entry to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, on the business clock.
    pub at: Timestamp,
    /// Who; none: the command line.
    pub actor: Option<CustomerId>,
    /// As what, the name of a role.
    pub role: String,
    /// What they did, a word of the application's.
    pub act: String,
    /// To what, e.g. `order/17`.
    pub subject: String,
    /// The inbox row of what they pressed or wrote; 0 for the command line.
    pub cause: i64,
    /// Before, after and why.
    pub personal: Personal,
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number in the chain, from 1.
    pub id: i64,
    /// What it says; its personal part is empty if it was erased.
    pub entry: Entry,
    /// Whether the personal part was erased.
    pub erased: bool,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Where the chain ends: the number and the hash of the newest entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    id: i64,
    hash: Vec<u8>,
}

/// Where the chain ends now.
pub async fn head(tx: &mut Tx) -> Result<Head, StoreError> {
    let last = sql!(
        tx,
        fetch_optional as (i64, Vec<u8>),
        "select id, hash from audit order by id desc limit 1"
    )
    .map_err(StoreError::on("audit.head"))?;
    let (id, hash) = last.unwrap_or((0, chain::START.to_vec()));
    Ok(Head { id, hash })
}

/// Adds entries behind the last one, all in one statement, and gives the new end; none cost
/// nothing. Of several who add at once each waits for the one before to commit: it is the last
/// thing that a transaction does. `known`: the end as somebody saw it before; it is looked at anew
/// only if it is another one by now, so that a wrong one does no harm.
///
/// # Errors
/// The database did not answer, or somebody holds the end of the chain for long.
pub async fn append(
    tx: &mut Tx,
    entries: &[Entry],
    known: Option<Head>,
) -> Result<Option<Head>, StoreError> {
    if entries.is_empty() {
        return Ok(known);
    }
    if tx.engine() == Engine::Postgres {
        tx.plain(LOCK).await.map_err(StoreError::on("audit.lock"))?;
    }
    if let Some(known) = known
        && let Some(head) = insert(tx, entries, known).await?
    {
        return Ok(Some(head));
    }
    let head = head(tx).await?;
    let added = insert(tx, entries, head).await?;
    added
        .map(Some)
        .ok_or_else(|| StoreError::corrupt("audit.append", "the chain has no end"))
}

/// Adds entries behind `head`, if that is still the end.
async fn insert(tx: &mut Tx, entries: &[Entry], head: Head) -> Result<Option<Head>, StoreError> {
    let keys = tx.keys();
    let (mut id, mut prev) = (head.id, head.hash.clone());
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        id += 1;
        let (row, hash) = row(&keys, (id, prev), entry)?;
        rows.push(row);
        prev = hash;
    }
    let done = Batch::new(
        "insert into audit (id, at_ms, actor, role, act, subject, cause, digest, prev, hash, body)
         select * from (",
    )
    .rows(rows)
    .text(") as those where coalesce((select a.hash from audit a order by a.id desc limit 1), ")
    .arg(chain::START.to_vec())
    .text(") = ")
    .arg(head.hash)
    .exec(tx)
    .await
    .map_err(StoreError::on("audit.append"))?;
    Ok((done > 0).then_some(Head { id, hash: prev }))
}

/// An entry's row and its hash.
fn row(
    keys: &Keys,
    (id, prev): (i64, Vec<u8>),
    entry: &Entry,
) -> Result<([Value; 11], Vec<u8>), StoreError> {
    let digest = chain::digest(&entry.personal);
    let actor = entry.actor.map(|who| who.0);
    let hash = chain::hash(&Link {
        id,
        at_ms: entry.at.0,
        actor,
        role: &entry.role,
        act: &entry.act,
        subject: &entry.subject,
        cause: entry.cause,
        digest: &digest,
        prev: &prev,
    });
    let plain = serde_json::to_vec(&entry.personal)
        .map_err(|_| StoreError::corrupt("audit.append", "an entry can't be written"))?;
    let body = keys.seal("audit", "body", id, &plain)?;
    let row = [
        id.into(),
        entry.at.0.into(),
        actor.into(),
        entry.role.as_str().into(),
        entry.act.as_str().into(),
        entry.subject.as_str().into(),
        entry.cause.into(),
        digest.into(),
        prev.into(),
        hash.clone().into(),
        body.into(),
    ];
    Ok((row, hash))
}

/// Which entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All.
    All,
    /// Those about orders of a number.
    Order(i64),
    /// What a person did, or what was done to their place in the team.
    Person(CustomerId),
    /// Those since a moment and before another one.
    Between(Timestamp, Timestamp),
}

struct Row {
    id: i64,
    at_ms: i64,
    actor: Option<i64>,
    role: String,
    act: String,
    subject: String,
    cause: i64,
    hash: Vec<u8>,
    body: Option<Vec<u8>>,
}
columns!(Row: id, at_ms, actor, role, act, subject, cause, hash, body);

impl Row {
    fn open(self, keys: &Keys) -> Result<Kept, StoreError> {
        let personal = match &self.body {
            Some(sealed) => Personal::open(keys, self.id, sealed)?,
            None => Personal::default(),
        };
        Ok(Kept {
            id: self.id,
            erased: self.body.is_none(),
            hash: self.hash,
            entry: Entry {
                at: Timestamp(self.at_ms),
                actor: self.actor.map(CustomerId),
                role: self.role,
                act: self.act,
                subject: self.subject,
                cause: self.cause,
                personal,
            },
        })
    }
}

impl Personal {
    /// Opens what is sealed of an entry.
    ///
    /// # Errors
    /// Corrupt, if it can't be opened or is not what it must be.
    pub(super) fn open(keys: &Keys, id: i64, sealed: &[u8]) -> Result<Self, StoreError> {
        let plain = keys.open("audit", "body", id, sealed)?;
        serde_json::from_slice(&plain)
            .map_err(|_| StoreError::corrupt("audit.open", format!("audit.body of row {id}")))
    }
}

/// A page of entries, the newest first.
pub async fn page(tx: &mut Tx, of: Of, (skip, limit): (i64, i64)) -> Result<Vec<Kept>, StoreError> {
    let columns =
        "select id, at_ms, actor, role, act, subject, cause, hash, body from audit where ";
    let batch = Batch::new(columns);
    let batch = match of {
        Of::All => batch.text("id > ").arg(0_i64),
        Of::Order(number) => batch
            .text(
                "subject in (select 'order/' || cast(o.id as text) from orders o where o.number = ",
            )
            .arg(number)
            .text(")"),
        Of::Person(who) => batch
            .text("(actor = ")
            .arg(who.0)
            .text(" or subject = ")
            .arg(format!("staff/{who}"))
            .text(")"),
        Of::Between(from, to) => batch
            .text("at_ms >= ")
            .arg(from.0)
            .text(" and at_ms < ")
            .arg(to.0),
    };
    let rows: Vec<Row> = batch
        .text(" order by id desc limit ")
        .arg(limit)
        .text(" offset ")
        .arg(skip)
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("audit.page"))?;
    let keys = tx.keys();
    rows.into_iter().map(|row| row.open(&keys)).collect()
}

/// Entries after one, in the order of the chain.
pub async fn after(tx: &mut Tx, id: i64, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select id, at_ms, actor, role, act, subject, cause, hash, body from audit
         where id > $1 order by id limit $2",
        id,
        limit
    )
    .map_err(StoreError::on("audit.after"))?;
    let keys = tx.keys();
    rows.into_iter().map(|row| row.open(&keys)).collect()
}

/// Whether somebody did that to that since then.
pub async fn is_noted(
    tx: &mut Tx,
    (who, act, subject): (CustomerId, &str, &str),
    since: Timestamp,
) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (i64,),
        "select id from audit where subject = $1 and actor = $2 and act = $3 and at_ms > $4
         order by id desc limit 1",
        subject,
        who.0,
        act,
        since.0
    )
    .map_err(StoreError::on("audit.is_noted"))?;
    Ok(found.is_some())
}

/// What somebody was called when they did something last, if they ever did.
pub async fn name_of(tx: &mut Tx, who: CustomerId) -> Result<Option<String>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (i64, Vec<u8>),
        "select id, body from audit where actor = $1 and body is not null
         order by id desc limit 1",
        who.0
    )
    .map_err(StoreError::on("audit.name_of"))?;
    let keys = tx.keys();
    let personal = row.map(|(id, body)| Personal::open(&keys, id, &body));
    let name = personal.transpose()?.map(|personal| personal.name);
    Ok(name.filter(|name| !name.is_empty()))
}

/// Everybody who ever did something, with their names; as many steps as there are people.
pub async fn people(tx: &mut Tx) -> Result<Vec<(CustomerId, String)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, Option<Vec<u8>>),
        "with recursive people (id) as (select min(actor) from audit
            union all select (select min(a.actor) from audit a where a.actor > people.id)
                from people where people.id is not null)
         select c.id, c.name from people join customers c on c.id = people.id"
    )
    .map_err(StoreError::on("audit.people"))?;
    let keys = tx.keys();
    rows.into_iter()
        .map(|(id, name)| {
            let name = name.map(|sealed| keys.open_text("customers", "name", id, &sealed));
            Ok((CustomerId(id), name.transpose()?.unwrap_or_default()))
        })
        .collect()
}
