//! Checks of the chain of what was done: no entry is missing, none was changed, none was put in.
//!
//! That the newest entries were cut off, nothing inside a database can tell: whoever wants to know
//! keeps the last hash of an export.

use std::collections::BTreeSet;

use super::{PAGE, Violation};
use crate::store::audit::chain::{self, Link};
use crate::store::audit::{ERASED, Personal, entries_of};
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
    // Entries whose hash is not their own, and those in which a later one says that nobody took
    // an erased person's place.
    let (mut unlike, mut erased) = (BTreeSet::new(), BTreeSet::new());
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
            let changed = unlike.difference(&erased);
            found.extend(changed.map(|id| wrong(HASH, *id, "the hash is not that of the entry")));
            return Ok(());
        };
        for row in rows {
            one(tx, &row, (last, &hash), found);
            if !row.is_whole() {
                unlike.insert(row.id);
            } else if row.act == ERASED {
                let before = entries_of(&row.subject).filter(|id| *id < row.id);
                erased.extend(before);
            }
            (last, hash) = (row.id, row.hash);
        }
        after = newest;
    }
}

/// Checks one entry against the number and the hash of the one before.
fn one(tx: &Tx, row: &Row, (last, hash): (i64, &[u8]), found: &mut Vec<Violation>) {
    if row.id != last + 1 {
        found.push(wrong(GAP, row.id, &format!("it follows number {last}")));
    }
    if row.prev != hash {
        let detail = "it names another hash than the entry before has";
        found.push(wrong(PREV, row.id, detail));
    }
    let opened = match &row.body {
        Some(sealed) => Personal::open(&tx.keys(), row.id, sealed).ok(),
        None => None, // erased
    };
    // That it can't be opened, the rule of sealed columns says.
    if opened.is_some_and(|personal| chain::digest(&personal) != row.digest) {
        let detail = "what is sealed is not what was hashed";
        found.push(wrong(DIGEST, row.id, detail));
    }
}

fn wrong(rule: &'static str, id: i64, detail: &str) -> Violation {
    Violation {
        rule,
        table: "audit",
        row: id.to_string(),
        detail: detail.to_owned(),
    }
}
