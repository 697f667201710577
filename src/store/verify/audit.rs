//! Checks of the chain of what was done: no entry is missing, none was changed, none was put in.
//!
//! That the newest entries were cut off, nothing inside a database can tell: whoever wants to know
//! keeps the last hash of an export.

use super::{PAGE, Violation};
use crate::store::audit::Personal;
use crate::store::audit::chain::{self, Link};
use crate::store::error::StoreError;
use crate::store::row::columns;
use crate::store::tx::{Tx, sql};

const GAP: &str = "audit.gap";
const PREV: &str = "audit.prev";
const HASH: &str = "audit.hash";
const DIGEST: &str = "audit.digest";

pub(super) const RULES: &[&str] = &[GAP, PREV, HASH, DIGEST];

struct Row {
    id: i64,
    at_ms: i64,
    actor: Option<i64>,
    role: String,
    act: String,
    subject: String,
    cause: i64,
    digest: Vec<u8>,
    prev: Vec<u8>,
    hash: Vec<u8>,
    body: Option<Vec<u8>>,
}
columns!(Row: id, at_ms, actor, role, act, subject, cause, digest, prev, hash, body);

impl Row {
    fn is_whole(&self) -> bool {
        let link = Link {
            id: self.id,
            at_ms: self.at_ms,
            actor: self.actor,
            role: &self.role,
            act: &self.act,
            subject: &self.subject,
            cause: self.cause,
            digest: &self.digest,
            prev: &self.prev,
        };
        chain::hash(&link) == self.hash
    }
}

pub(super) async fn check(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let (mut last, mut hash) = (0, chain::START.to_vec());
    let mut after = i64::MIN;
    loop {
        let rows = sql!(
            tx,
            fetch_all as Row,
            "select id, at_ms, actor, role, act, subject, cause, digest, prev, hash, body
             from audit where id > $1 order by id limit $2",
            after,
            PAGE
        )
        .map_err(StoreError::on("verify.audit"))?;
        let Some(newest) = rows.last().map(|row| row.id) else {
            return Ok(());
        };
        for row in rows {
            one(tx, &row, (last, &hash), found);
            (last, hash) = (row.id, row.hash);
        }
        after = newest;
    }
}

/// Checks one entry against the number and the hash of the one before.
fn one(tx: &Tx, row: &Row, (last, hash): (i64, &[u8]), found: &mut Vec<Violation>) {
    let mut wrong = |rule, detail: String| {
        found.push(Violation {
            rule,
            table: "audit",
            row: row.id.to_string(),
            detail,
        });
    };
    if row.id != last + 1 {
        wrong(GAP, format!("it follows number {last}"));
    }
    if row.prev != hash {
        wrong(
            PREV,
            "it names another hash than the entry before has".to_owned(),
        );
    }
    if !row.is_whole() {
        wrong(HASH, "the hash is not that of the entry".to_owned());
    }
    let opened = match &row.body {
        Some(sealed) => Personal::open(&tx.keys(), row.id, sealed).ok(),
        None => None, // erased
    };
    // That it can't be opened, the rule of sealed columns says.
    if opened.is_some_and(|personal| chain::digest(&personal) != row.digest) {
        wrong(DIGEST, "what is sealed is not what was hashed".to_owned());
    }
}
