//! Other names of items that customers proposed by using them: proposed once, decided once. What is
//! accepted counts for everybody; [`SETTING`] names its last change, and whoever changes it replaces
//! what that was when they looked: so no two changes are decided without each other.

use super::batch::Batch;
use super::error::StoreError;
use super::learned::{PURPOSE, open};
use super::read::Cell;
use super::row::columns;
use super::settings;
use super::tx::{Tx, sql};
use crate::domain::learned::{Aliases, Meanings, Phrase};
use crate::kernel::{CustomerId, ItemId, Timestamp, coded};

/// The setting that names the last change of what is accepted. Each change gives it a value that it
/// never had, so that what was read at a value stays true of it, even if a change came to nothing.
pub const SETTING: &str = "aliases";

/// How far a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody decided it.
    Open,
    /// It is another name of the item.
    Accepted,
    /// It is none.
    Declined,
    /// It was one, until somebody removed it.
    Removed,
}
coded!(State {
    Open = "open",
    Accepted = "accepted",
    Declined = "declined",
    Removed = "removed",
});

/// A phrase that was proposed as another name of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its id.
    pub id: i64,
    /// The phrase.
    pub phrase: Phrase,
    /// The item; it may be gone from the catalogue.
    pub item: ItemId,
    /// How many customers meant it so when it was proposed.
    pub customers: i64,
    /// How far it is.
    pub state: State,
    /// Who decided last, and when.
    pub decided: Option<(CustomerId, Timestamp)>,
}

struct Row {
    id: i64,
    item_id: String,
    phrase: Vec<u8>,
    people: i64,
    state: String,
    decided_by: Option<i64>,
    decided_ms: Option<i64>,
}
columns!(Row: id, item_id, phrase, people, state, decided_by, decided_ms);

impl Row {
    fn alias(self, tx: &Tx) -> Result<Alias, StoreError> {
        let cell = |column| Cell {
            query: "aliases",
            table: "aliases",
            column,
            row: &self.id,
        };
        let phrase = open(&tx.keys(), "aliases", (self.id, &self.phrase))?;
        Ok(Alias {
            phrase: cell("phrase").known(phrase)?,
            state: cell("state").known(State::parse(&self.state))?,
            id: self.id,
            item: ItemId(self.item_id),
            customers: self.people,
            decided: self
                .decided_by
                .zip(self.decided_ms)
                .map(|(who, at)| (CustomerId(who), Timestamp(at))),
        })
    }
}

/// Proposes a phrase as another name of an item, if so many customers mean it so and the pair was
/// never proposed; gives how many they are. None: it is not to be proposed, or somebody was faster.
pub async fn propose(
    tx: &mut Tx,
    id: i64,
    (phrase, item): (&Phrase, &ItemId),
    enough: i64,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let keys = tx.keys();
    let digests = keys.digests(PURPOSE, phrase.as_str());
    let sealed = keys.seal_text("aliases", "phrase", id, phrase.as_str())?;
    let rows: Vec<(i64,)> = Batch::new(
        "insert into aliases (id, digest, item_id, phrase, people, state, proposed_ms)
         select cast(",
    )
    .arg(id)
    .text(" as bigint), ")
    .arg(keys.digest(PURPOSE, phrase.as_str()))
    .text(", cast(")
    .arg(item.as_str())
    .text(" as text), ")
    .arg(sealed)
    .text(", people, 'open', cast(")
    .arg(now.0)
    .text(
        " as bigint) from (select count(distinct customer) as people from learned
            where item_id = ",
    )
    .arg(item.as_str())
    .text(" and digest in (")
    .list(digests.clone())
    .text(")) as those where people >= ")
    .arg(enough)
    .text(" and not exists (select 1 from aliases where item_id = ")
    .arg(item.as_str())
    .text(" and digest in (")
    .list(digests)
    .text(")) on conflict (digest, item_id) do nothing returning people")
    .fetch_all(tx)
    .await
    .map_err(StoreError::on("aliases.propose"))?;
    Ok(rows.first().map(|(customers,)| *customers))
}

/// A proposal by its id.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Alias>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select id, item_id, phrase, people, state, decided_by, decided_ms
         from aliases where id = $1",
        id
    )
    .map_err(StoreError::on("aliases.find"))?;
    row.map(|row| row.alias(tx)).transpose()
}

/// Those that wait or count, those that wait first, the newest of each first; from the `skip`-th on,
/// at most `limit`.
pub async fn list(tx: &mut Tx, skip: i64, limit: i64) -> Result<Vec<Alias>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select id, item_id, phrase, people, state, decided_by, decided_ms from aliases
         where state in ('open', 'accepted')
         order by case state when 'open' then 0 else 1 end, proposed_ms desc, id desc limit $1 offset $2",
        limit,
        skip
    )
    .map_err(StoreError::on("aliases.list"))?;
    rows.into_iter().map(|row| row.alias(tx)).collect()
}

/// Takes a proposal from one state into another; `false` if it is not in that one any more.
pub async fn decide(
    tx: &mut Tx,
    id: i64,
    (from, to): (State, State),
    (who, now): (CustomerId, Timestamp),
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update aliases set state = $1, decided_by = $2, decided_ms = $3
         where id = $4 and state = $5",
        to.code(),
        who.0,
        now.0,
        id,
        from.code()
    )
    .map_err(StoreError::on("aliases.decide"))?;
    Ok(done == 1)
}

/// Names a change of what is accepted by a new `version`, after the one that was seen; `false` if
/// somebody changed it meanwhile.
pub async fn change(
    tx: &mut Tx,
    (seen, version): (&Aliases, i64),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let seen = Some(seen.version.as_str()).filter(|seen| !seen.is_empty());
    settings::replace(tx, SETTING, (seen, &version.to_string()), now).await
}

/// All that is accepted, with the change that it is of: both of one moment, since one statement
/// reads them.
pub async fn accepted(tx: &mut Tx) -> Result<Aliases, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String, Option<Vec<u8>>),
        "select 0 as id, value as word, null as phrase from settings where name = $1
         union all select id, item_id, phrase from aliases where state = 'accepted'",
        SETTING
    )
    .map_err(StoreError::on("aliases.accepted"))?;
    let keys = tx.keys();
    let (mut version, mut names) = (String::new(), Meanings::new());
    for (id, word, sealed) in rows {
        match sealed {
            None => version = word,
            Some(sealed) => {
                let phrase = open(&keys, "aliases", (id, &sealed))?;
                names.extend(phrase.map(|phrase| (phrase, ItemId(word))));
            }
        }
    }
    Ok(Aliases { version, names })
}
