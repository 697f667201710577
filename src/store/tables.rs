//! Codes of tables: what a guest scans to be at a table.
//!
//! A code's token is a keyed hash of shop, table and generation: nobody guesses it, it can be
//! printed again, and renewing a code makes the next generation. `tokens` holds the digests of
//! all that were ever given out; a key that was rotated out leaves its stickers good.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::batch::{Batch, MAX_ROWS, Value};
use super::error::StoreError;
use super::seal::Keys;
use super::tokens::digest;
use super::tx::{Tx, sql};
use crate::kernel::{TableId, Timestamp};

/// 18 bytes are 24 characters of a link: nobody guesses them.
const TOKEN_BYTES: usize = 18;

/// The present code of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The table.
    pub table: TableId,
    /// How often it was renewed.
    pub generation: i64,
    /// What comes after `start=`: 24 characters of `A-Za-z0-9_-`.
    pub token: String,
}

/// The token of a table's code in one generation, under the key that seals now.
pub fn token(keys: &Keys, shop: &str, table: &TableId, generation: i64) -> String {
    let hash = keys.digest("table code", &format!("{shop}\0{table}\0{generation}"));
    let bytes: Vec<u8> = hash.into_iter().take(TOKEN_BYTES).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Notes which tables the shop has, so that their codes open; gives the codes.
pub async fn see(
    tx: &mut Tx,
    shop: &str,
    tables: &[TableId],
    now: Timestamp,
) -> Result<Vec<Code>, StoreError> {
    for part in tables.chunks(MAX_ROWS) {
        let rows = part.iter().map(|table| {
            let generation: Value = 0.into();
            [table.as_str().into(), generation, None::<i64>.into()]
        });
        Batch::new("insert into table_codes (table_id, generation, renewed_ms) ")
            .rows(rows)
            .text(" on conflict (table_id) do nothing")
            .exec(tx)
            .await
            .map_err(StoreError::on("tables.see"))?;
    }
    let codes = codes(tx, shop, tables).await?;
    give_out(tx, &codes, now).await?;
    Ok(codes)
}

/// The present codes of tables that were seen, in the order asked.
pub async fn codes(tx: &mut Tx, shop: &str, tables: &[TableId]) -> Result<Vec<Code>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64),
        "select table_id, generation from table_codes"
    )
    .map_err(StoreError::on("tables.codes"))?;
    let keys = tx.keys();
    let known: BTreeMap<String, i64> = rows.into_iter().collect();
    let code = |table: &TableId| {
        let generation = *known.get(table.as_str())?;
        Some(Code {
            table: table.clone(),
            generation,
            token: token(&keys, shop, table, generation),
        })
    };
    Ok(tables.iter().filter_map(code).collect())
}

/// Keeps the digests of codes; those that are kept already stay as they are.
async fn give_out(tx: &mut Tx, codes: &[Code], now: Timestamp) -> Result<(), StoreError> {
    for part in codes.chunks(MAX_ROWS) {
        let rows = part.iter().map(|code| -> [Value; 5] {
            [
                digest(&code.token).into(),
                "table".into(),
                code.table.as_str().into(),
                false.into(),
                now.0.into(),
            ]
        });
        Batch::new("insert into tokens (digest, kind, grants, single_use, made_ms) ")
            .rows(rows)
            .text(" on conflict (digest) do nothing")
            .exec(tx)
            .await
            .map_err(StoreError::on("tables.give_out"))?;
    }
    Ok(())
}

/// Whether a token is, or was, that of a table.
pub async fn is_code(tx: &mut Tx, token: &str) -> Result<bool, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (String,),
        "select grants from tokens where digest = $1 and kind = 'table'",
        digest(token)
    )
    .map_err(StoreError::on("tables.is_code"))?;
    Ok(row.is_some())
}

/// Takes a table's code back and makes the next one; none if `generation` is not the present one:
/// somebody was faster.
pub async fn renew(
    tx: &mut Tx,
    shop: &str,
    (table, generation): (&TableId, i64),
    now: Timestamp,
) -> Result<Option<Code>, StoreError> {
    let renewed = sql!(
        tx,
        exec,
        "update table_codes set generation = generation + 1, renewed_ms = $1
         where table_id = $2 and generation = $3",
        now.0,
        table.as_str(),
        generation
    )
    .map_err(StoreError::on("tables.renew"))?;
    if renewed != 1 {
        return Ok(None);
    }
    sql!(
        tx,
        exec,
        "update tokens set revoked_ms = $1
         where kind = 'table' and grants = $2 and revoked_ms is null",
        now.0,
        table.as_str()
    )
    .map_err(StoreError::on("tables.take_back"))?;
    let code = Code {
        table: table.clone(),
        generation: generation + 1,
        token: token(&tx.keys(), shop, table, generation + 1),
    };
    give_out(tx, std::slice::from_ref(&code), now).await?;
    Ok(Some(code))
}
