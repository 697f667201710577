//! Accounts whose debtors are to be reminded.

use super::super::error::StoreError;
use super::super::tx::{Tx, sql};
use super::read_id;
use crate::kernel::AccountId;

/// All accounts on which something is owed or held and for which no timer of this kind is set, each
/// with the time zone in which its days begin.
pub async fn without_timer(
    tx: &mut Tx,
    kind: &str,
) -> Result<Vec<(AccountId, String)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, String),
        "select a.id, a.zone from accounts a where (a.due_ms is not null or a.held_minor > 0)
         and not exists (select 1 from timers t where t.kind = $1 and t.name = a.id)
         order by a.id",
        kind
    )
    .map_err(StoreError::on("credit.without_timer"))?;
    let account = |(id, zone): (String, String)| Ok((read_id(&id)?, zone));
    rows.into_iter().map(account).collect()
}
