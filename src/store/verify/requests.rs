//! Checks of requests for approval: what is sealed says what the columns say, and nothing was
//! decided without a vote.

use super::super::row::columns;
use super::{PAGE, Violation};
use crate::domain::approvals::{Request, State};
use crate::store::error::StoreError;
use crate::store::tx::{Tx, sql};

const WORDS: &str = "requests.words";
const SEALED: &str = "requests.sealed";
const VOTES: &str = "requests.votes";
const ROUND: &str = "requests.round";
const PROPOSAL: &str = "requests.proposal";

pub(super) const RULES: &[&str] = &[WORDS, SEALED, VOTES, ROUND, PROPOSAL];

struct Row {
    id: i64,
    request_state: String,
    request_version: i64,
    request_due_ms: i64,
    request: Option<Vec<u8>>,
    /// Moves by which rules or silence confirmed what waited.
    by_rule: i64,
    /// Moves that changed what is ordered.
    amended: i64,
}
columns!(Row: id, request_state, request_version, request_due_ms, request, by_rule, amended);

pub(super) async fn check(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let keys = tx.keys();
    let mut after = i64::MIN;
    loop {
        let rows = sql!(
            tx,
            fetch_all as Row,
            "select id, request_state, coalesce(request_version, 0) as request_version,
             coalesce(request_due_ms, 0) as request_due_ms, request,
             (select count(*) from order_events e where e.order_id = orders.id
                and e.event = 'confirm' and e.role = 'system'
                and e.from_state = 'awaiting_approval') as by_rule,
             (select count(*) from order_events e where e.order_id = orders.id
                and e.event = 'amend') as amended
             from orders where request_state is not null and id > $1 order by id limit $2",
            after,
            PAGE
        )
        .map_err(StoreError::on("verify.requests"))?;
        let Some(last) = rows.last().map(|row| row.id) else {
            return Ok(());
        };
        for row in rows {
            let state = State::parse(&row.request_state);
            if state.is_none() {
                add(found, WORDS, row.id, "its state is no word that is known");
            }
            // One that does not open is told by the rule about sealed columns.
            let plain = row
                .request
                .as_ref()
                .and_then(|sealed| keys.open("orders", "request", row.id, sealed).ok());
            if let (Some(state), Some(plain)) = (state, plain) {
                request(&row, state, &plain, found);
            }
        }
        after = last;
    }
}

fn request(row: &Row, state: State, plain: &[u8], found: &mut Vec<Violation>) {
    let Ok(request) = serde_json::from_slice::<Request>(plain) else {
        add(found, SEALED, row.id, "can't be understood");
        return;
    };
    let columns = (state, row.request_version, row.request_due_ms);
    if columns != (request.state, request.version, request.due.0) {
        add(
            found,
            SEALED,
            row.id,
            "is sealed in another state, version or time",
        );
    }
    if let Some(fault) = vote_fault(row, state, &request) {
        add(found, VOTES, row.id, fault);
    }
    if let Some(fault) = round_fault(row, &request) {
        add(found, ROUND, row.id, fault);
    }
    if request.proposal.is_some() && state != State::Open {
        let fault = "a change is proposed, and nobody decides any more";
        add(found, PROPOSAL, row.id, fault);
    }
}

/// A round begins with an amendment, and its votes are for what the order is since then.
fn round_fault(row: &Row, request: &Request) -> Option<&'static str> {
    if request.round < 1 || request.version < request.round {
        return Some("its round is above its version");
    }
    if request.round > row.amended + 1 {
        return Some("more rounds began than the order was amended");
    }
    let is_old = |at| at < request.asked_at;
    let votes = request.votes.iter().any(|vote| is_old(vote.at));
    votes.then_some("a vote is older than its round")
}

fn vote_fault(row: &Row, state: State, request: &Request) -> Option<&'static str> {
    let votes = &request.votes;
    let mut voters: Vec<i64> = votes.iter().map(|vote| vote.who.0).collect();
    voters.sort_unstable();
    voters.dedup();
    if voters.len() < votes.len() {
        return Some("somebody voted twice");
    }
    let last = votes.last().map(|vote| vote.yes);
    match state {
        State::Approved if last != Some(true) && row.by_rule == 0 => {
            Some("approved, and nobody agreed")
        }
        State::Rejected if last != Some(false) => Some("declined, and nobody said no"),
        State::Open | State::Expired | State::Withdrawn | State::Approved
            if votes.iter().any(|vote| !vote.yes) =>
        {
            Some("somebody said no, and it is not declined")
        }
        _ => None,
    }
}

fn add(found: &mut Vec<Violation>, rule: &'static str, id: i64, detail: &str) {
    found.push(Violation {
        rule,
        table: "orders",
        row: id.to_string(),
        detail: detail.to_owned(),
    });
}
