//! Which processes share one PostgreSQL now, and with which shop.
//!
//! An instance is there as long as it has a session, or has said so a moment ago. Times are the
//! database's, so that instances need not agree on them.

use super::error::{Fault, StoreError};
use super::row::{FromRow, RowRef, columns};
use super::tx::{Tx, sql};

/// Any number that nothing else in the database uses.
const JOIN_LOCK: i64 = 0x6b73_2d6a_6f69_6e21;

/// One process, as it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// An opened database's `instance`.
    pub name: String,
    /// What an operator knows it by.
    pub process: String,
    /// The bot's user name.
    pub bot: String,
    /// Digests of the shop's files.
    pub files: String,
    /// Digests of the keys that seal.
    pub keys: String,
}
columns!(Instance: name, process, bot, files, keys);

/// Another process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// What it says of itself.
    pub instance: Instance,
    /// Whether its shop's files were taken after ours.
    pub is_newer: bool,
}
impl FromRow for Other {
    fn read(row: &RowRef<'_>) -> Result<Self, Fault> {
        Ok(Self {
            instance: Instance::read(row)?,
            is_newer: row.named("is_newer", 5)?,
        })
    }
}

/// Lets nobody else join until the transaction ends.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(tx, exec, "select pg_advisory_xact_lock($1)", JOIN_LOCK)
        .map_err(StoreError::on("instances.lock"))?;
    Ok(())
}

/// Says that this instance is there, for `lasts_ms` from now on.
pub async fn note(tx: &mut Tx, me: &Instance, lasts_ms: i64) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into instances (name, process, bot, files, keys, since_ms, until_ms)
         select $1, $2, $3, $4, $5, t.now, t.now + $6
         from (select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now) t
         on conflict (name) do update set process = excluded.process, bot = excluded.bot,
            files = excluded.files, keys = excluded.keys, until_ms = excluded.until_ms,
            since_ms = case when instances.files = excluded.files then instances.since_ms
                            else excluded.since_ms end",
        me.name.as_str(),
        me.process.as_str(),
        me.bot.as_str(),
        me.files.as_str(),
        me.keys.as_str(),
        lasts_ms
    )
    .map_err(StoreError::on("instances.note"))?;
    Ok(())
}

/// The others that are there: they have a session, or spoke at most `gone_ms` ago.
pub async fn others(
    tx: &mut Tx,
    me: &str,
    lasts_ms: i64,
    gone_ms: i64,
) -> Result<Vec<Other>, StoreError> {
    sql!(
        tx,
        fetch_all as Other,
        "select i.name, i.process, i.bot, i.files, i.keys,
                i.since_ms > coalesce(
                    (select m.since_ms from instances m where m.name = $1), 0) as is_newer
         from instances i
         where i.name <> $1
           and (i.until_ms - $2 + $3
                    > cast(extract(epoch from clock_timestamp()) * 1000 as bigint)
                or exists (select 1 from pg_stat_activity s
                           where s.application_name = 'ks-order ' || i.name))
         order by i.since_ms, i.name",
        me,
        lasts_ms,
        gone_ms
    )
    .map_err(StoreError::on("instances.others"))
}

/// Forgets those that ended without a word.
pub async fn forget(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "delete from instances where
            until_ms < cast(extract(epoch from clock_timestamp()) * 1000 as bigint)
            and not exists (select 1 from pg_stat_activity s
                            where s.application_name = 'ks-order ' || instances.name)"
    )
    .map_err(StoreError::on("instances.forget"))?;
    Ok(())
}

/// This instance ends.
pub async fn leave(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    sql!(tx, exec, "delete from instances where name = $1", name)
        .map_err(StoreError::on("instances.leave"))?;
    Ok(())
}
