//! Carries a change of an account out: everything is checked again, then it is written and kept in
//! the record.

use crate::domain::credit::{Account, Plan, What};
use crate::kernel::{AccountId, CustomerId};
use crate::store;
use crate::store::credit::{Booking, Guard};

use crate::app::access::{Act, acting};
use crate::app::audit::{self, Deed, Did};
use crate::app::credit;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::staff;

use super::super::credit_due;
use super::check::{self, Barred};

/// Carries it out under its id; the account as it is then. `proposed_by`: whoever proposed it to a
/// second person, who carries it out now; none: one person alone.
///
/// # Errors
/// [`TurnError::Overtaken`] if somebody was faster.
pub async fn carry_out(
    cx: &mut Cx<'_>,
    (account, id): (&AccountId, i64),
    plan: &Plan,
    proposed_by: Option<CustomerId>,
) -> Result<Result<Account, Barred>, TurnError> {
    let before = match check::check(cx, account, &plan.what).await? {
        Ok(before) => before,
        Err(barred) => return Ok(Err(barred)),
    };
    let after = plan.what.applied(&before);
    if !write(cx, (&before, &after), plan, id).await? {
        return Err(TurnError::Overtaken);
    }
    cx.look_again();
    let now = Plan::new(plan.what.clone(), &plan.why, &before);
    let how = match proposed_by {
        None => audit::ALONE.to_owned(),
        Some(who) => who.to_string(),
    };
    keep(cx, (Did::CreditChanged, account), &now, &how).await?;
    Ok(Ok(after))
}

async fn write(
    cx: &mut Cx<'_>,
    (before, after): (&Account, &Account),
    plan: &Plan,
    id: i64,
) -> Result<bool, TurnError> {
    let who = cx.customer();
    let reason = (Some(who), plan.why.as_str());
    let Some((op, balance)) = plan.what.booked() else {
        let (tx, mut stamp) = cx.stamped();
        let done = match plan.what {
            What::Open(_) => store::credit::open(tx, after, reason, &mut stamp).await?,
            _ => store::credit::set(tx, (before, after), reason, &mut stamp).await?,
        };
        return Ok(done);
    };
    let due = credit::due_moment(&cx.shop, before, cx.now);
    // The ledger has each voucher once, so nobody books one twice.
    let voucher = voucher(id);
    let (order, reference, seq) = match &plan.what {
        What::Repay(_, reference) => (None, reference.as_str(), None),
        // What is left of the order was read from the ledger.
        What::Refund(order, ..) => (Some(*order), voucher.as_str(), Some(before.seq)),
        _ => (None, voucher.as_str(), None),
    };
    let booking = Booking {
        balance,
        due: Some(due).filter(|_| balance > 0),
        order,
        reference: Some(reference),
        actor: Some(who),
        comment: &plan.why,
        guard: Guard {
            seq,
            ..Guard::default()
        },
        ..Booking::new(&before.id, op)
    };
    let (tx, mut stamp) = cx.stamped();
    let done = store::credit::book(tx, &booking, &mut stamp).await?;
    if done && balance > 0 {
        credit_due::start(cx, before);
    }
    Ok(done)
}

/// Capital letters and digits, without those that look alike.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRTUVWXY";

/// The reference under which a change of its own id is booked.
fn voucher(id: i64) -> String {
    let mut rest = id.unsigned_abs();
    let mut signs = Vec::new();
    while rest > 0 || signs.is_empty() {
        let at = usize::try_from(rest % 32).unwrap_or_default();
        signs.extend(SIGNS.get(at).copied());
        rest /= 32;
    }
    signs.reverse();
    String::from_utf8_lossy(&signs).into_owned()
}

/// Keeps in the record what became of a change. `how`: who else had a hand in it.
pub async fn keep(
    cx: &mut Cx<'_>,
    (did, account): (Did, &AccountId),
    plan: &Plan,
    how: &str,
) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let role = acting(&roles, Act::Credit);
    let kind = plan.what.kind();
    let deed = Deed::new(did, role, audit::of_account(account));
    let deed = deed
        .from(format!("{kind} {}", plan.before))
        .to(format!("{how} {kind} {}", plan.after));
    cx.audit(deed.because(plan.why.clone()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_own_voucher() {
        assert_eq!(voucher(0), "0");
        assert_eq!(voucher(33), "11");
        assert_ne!(voucher(i64::MAX), voucher(i64::MAX - 1));
        assert!(voucher(i64::MAX).len() <= 13);
    }
}
