//! What each customer means by their own words, as they chose it; phrases are sealed, and a keyed
//! hash finds the same words of others. Must never tell one customer's phrases to another.

use super::batch::Batch;
use super::error::StoreError;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::domain::learned::{Meanings, Phrase};
use crate::kernel::{CustomerId, ItemId, Timestamp};

/// Phrases that are remembered for one customer: the one unused longest makes room.
pub const MOST: i64 = 50;

/// What the hashes of phrases are made for, in both tables that hold them.
pub(super) const PURPOSE: &str = "learned.digest";

/// A phrase that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// Its row.
    pub id: i64,
    /// The phrase. Personal.
    pub phrase: Phrase,
    /// The item; it may be gone from the catalogue.
    pub item: ItemId,
    /// When it was last chosen.
    pub used: Timestamp,
}

/// A phrase as stored; none: it is none in the form compared now.
pub(super) fn open(
    keys: &Keys,
    table: &str,
    (id, sealed): (i64, &[u8]),
) -> Result<Option<Phrase>, StoreError> {
    let words = keys.open_text(table, "phrase", id, sealed)?;
    Ok(Phrase::new(&words))
}

/// Remembers what a customer means by a phrase, in place of what they meant by it before; `id` is
/// that of a new row. Gives the row's id; [`make_room`] must follow.
pub async fn keep(
    tx: &mut Tx,
    (who, id): (CustomerId, i64),
    (phrase, item): (&Phrase, &ItemId),
    now: Timestamp,
) -> Result<i64, StoreError> {
    let keys = tx.keys();
    let sealed = keys.seal_text("learned", "phrase", id, phrase.as_str())?;
    let (row,) = sql!(
        tx,
        fetch_one as (i64,),
        "insert into learned (id, customer, digest, item_id, phrase, used_ms)
         values ($1, $2, $3, $4, $5, $6) on conflict (customer, digest)
         do update set item_id = excluded.item_id, used_ms = excluded.used_ms returning id",
        id,
        who.0,
        keys.digest(PURPOSE, phrase.as_str()),
        item.as_str(),
        sealed,
        now.0
    )
    .map_err(StoreError::on("learned.keep"))?;
    Ok(row)
}

/// A row that was written, whoever it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who means it.
    pub who: CustomerId,
    /// The phrase. Personal.
    pub phrase: Phrase,
    /// What they mean by it.
    pub item: ItemId,
}

/// What a row says; none: it is gone.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Said>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (i64, String, Vec<u8>),
        "select customer, item_id, phrase from learned where id = $1",
        id
    )
    .map_err(StoreError::on("learned.find"))?;
    let Some((who, item, sealed)) = row else {
        return Ok(None);
    };
    let phrase = open(&tx.keys(), "learned", (id, &sealed))?;
    Ok(phrase.map(|phrase| Said {
        who: CustomerId(who),
        phrase,
        item: ItemId(item),
    }))
}

/// Takes away what a row of somebody's leaves no room for, and the same phrase under an older key.
pub async fn make_room(tx: &mut Tx, (said, row): (&Said, i64)) -> Result<(), StoreError> {
    let digests = tx.keys().digests(PURPOSE, said.phrase.as_str());
    Batch::new("delete from learned where customer = ")
        .arg(said.who.0)
        .text(" and id <> ")
        .arg(row)
        .text(" and (digest in (")
        .list(digests)
        .text(") or id in (select id from learned where customer = ")
        .arg(said.who.0)
        .text(" and id <> ")
        .arg(row)
        .text(" order by used_ms desc, id desc limit 1000 offset ")
        .arg(MOST - 1)
        .text("))")
        .exec(tx)
        .await
        .map_err(StoreError::on("learned.make_room"))?;
    Ok(())
}

/// All that is remembered for somebody, the latest first.
pub async fn of(tx: &mut Tx, who: CustomerId) -> Result<Vec<Learned>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String, Vec<u8>, i64),
        "select id, item_id, phrase, used_ms from learned where customer = $1
         order by used_ms desc, id desc",
        who.0
    )
    .map_err(StoreError::on("learned.of"))?;
    let keys = tx.keys();
    let mut learned = Vec::new();
    for (id, item, sealed, used) in rows {
        if let Some(phrase) = open(&keys, "learned", (id, &sealed))? {
            learned.push(Learned {
                id,
                phrase,
                item: ItemId(item),
                used: Timestamp(used),
            });
        }
    }
    Ok(learned)
}

/// The same as meanings.
pub async fn meanings(tx: &mut Tx, who: CustomerId) -> Result<Meanings, StoreError> {
    let learned = of(tx, who).await?;
    Ok(learned
        .into_iter()
        .map(|one| (one.phrase, one.item))
        .collect())
}

/// How many phrases are remembered for somebody.
pub async fn count(tx: &mut Tx, who: CustomerId) -> Result<i64, StoreError> {
    let (count,) = sql!(
        tx,
        fetch_one as (i64,),
        "select count(*) from learned where customer = $1",
        who.0
    )
    .map_err(StoreError::on("learned.count"))?;
    Ok(count)
}

/// Forgets one phrase of somebody's, or all of them.
pub async fn forget(tx: &mut Tx, who: CustomerId, id: Option<i64>) -> Result<u64, StoreError> {
    let gone = match id {
        Some(id) => sql!(
            tx,
            exec,
            "delete from learned where customer = $1 and id = $2",
            who.0,
            id
        ),
        None => sql!(tx, exec, "delete from learned where customer = $1", who.0),
    };
    gone.map_err(StoreError::on("learned.forget"))
}
