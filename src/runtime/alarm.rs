//! What only the running process can see going wrong: another receiver, queues that stand still,
//! starts that follow each other. It opens and ends alerts; what is said of them and to whom is
//! decided in a turn.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::app::operations::alert;
use crate::kernel::Timestamp;
use crate::kernel::time::{MINUTE, SECOND};
use crate::store::gauges::{self, Gauges};
use crate::store::timers::{self, Timer};
use crate::store::{StoreError, Tx, alerts, settings};

use super::counters::Counters;
use super::engine::Shared;
use super::handler::Handler;
use super::lease::Role;
use super::receive::MANY_CONFLICTS;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(10);
/// What waits longer than this, in milliseconds, …
const SLOW: i64 = 60 * SECOND;
/// … for so long, is no short rush.
const SLOW_FOR: Duration = Duration::from_secs(60);
/// More starts than this …
const MANY_STARTS: usize = 3;
/// … within this time are a fault, in milliseconds.
const STARTS_WITHIN: i64 = 10 * MINUTE;
/// The setting that remembers the last starts.
const STARTS: &str = "starts";

/// What it knows from its last look.
#[derive(Debug)]
pub(super) struct Alarm {
    looked: Instant,
    started: Instant,
    slow_since: BTreeMap<&'static str, Instant>,
    known: BTreeMap<&'static str, bool>,
}

impl Alarm {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            looked: now,
            started: now,
            slow_since: BTreeMap::new(),
            known: BTreeMap::new(),
        }
    }

    /// Looks, if it is time to.
    pub(super) async fn look<H: Handler>(&mut self, shared: &Shared<H>) -> Result<(), StoreError> {
        if self.looked.elapsed() < EVERY {
            return Ok(());
        }
        self.looked = Instant::now();
        let mut tx = shared.db.read().await?;
        let gauges = gauges::read(&mut tx).await?;
        tx.commit().await?;
        let conflicts = shared
            .lease
            .is_held(Role::Poll, &shared.clock)
            .then(|| Counters::get(&shared.counters.conflicts) >= MANY_CONFLICTS);
        let found = self.judge(&gauges, conflicts, (shared.clock.now(), Instant::now()));
        let new = |wanted: bool| -> Vec<&str> {
            let all = found.iter().filter(|(_, is)| *is == wanted);
            let new = all.filter(|(name, is)| self.known.get(name) != Some(is));
            new.map(|(name, _)| *name).collect()
        };
        let (wrong, well) = (new(true), new(false));
        if wrong.is_empty() && well.is_empty() {
            return Ok(());
        }
        let business = shared.clock.business();
        let mut tx = shared.db.begin().await?;
        raise(&mut tx, &wrong, business).await?;
        alerts::end(&mut tx, &well, business).await?;
        tx.commit().await?;
        self.known.extend(found);
        Ok(())
    }

    /// What is wrong and what is well; nothing of what can't be said yet.
    fn judge(
        &mut self,
        gauges: &Gauges,
        conflicts: Option<bool>,
        (now, at): (Timestamp, Instant),
    ) -> Vec<(&'static str, bool)> {
        let mut found: Vec<(&'static str, bool)> = Vec::new();
        found.extend(conflicts.map(|many| (alert::CONFLICT, many)));
        for (name, since) in [
            (alert::INBOX, gauges.inbox_due_ms),
            (alert::OUTBOX, gauges.outbox_since_ms),
        ] {
            let is_slow = since.is_some_and(|since| now.millis().saturating_sub(since) > SLOW);
            if !is_slow {
                self.slow_since.remove(name);
                found.push((name, false));
                continue;
            }
            let slow = *self.slow_since.entry(name).or_insert(at);
            if at.duration_since(slow) >= SLOW_FOR {
                found.push((name, true));
            }
        }
        let calm = Duration::from_millis(STARTS_WITHIN.unsigned_abs());
        if at.duration_since(self.started) >= calm {
            found.push((alert::RESTARTS, false));
        }
        found
    }
}

/// Opens alerts from outside a turn, and lets a turn look at them.
pub(super) async fn raise(
    tx: &mut Tx,
    names: &[&str],
    business: Timestamp,
) -> Result<(), StoreError> {
    if alerts::raise(tx, names, business).await? == 0 {
        return Ok(());
    }
    let look = Timer {
        kind: alert::TIMER.to_owned(),
        name: String::new(),
        due_ms: alert::next_look(business).millis(),
        lane: alert::LANE.to_owned(),
    };
    timers::set(tx, &[look]).await
}

/// Notes that a process starts; many within a short time are alerted.
pub(super) async fn started(
    tx: &mut Tx,
    now: Timestamp,
    business: Timestamp,
) -> Result<(), StoreError> {
    let before = settings::find(tx, STARTS).await?.unwrap_or_default();
    let (kept, many) = starts(&before, now);
    settings::set(tx, STARTS, &kept, now).await?;
    if many {
        raise(tx, &[alert::RESTARTS], business).await?;
    }
    Ok(())
}

/// The starts to be remembered with the present one, and whether they are many.
fn starts(before: &str, now: Timestamp) -> (String, bool) {
    let recent = before
        .split(' ')
        .filter_map(|ms| ms.parse().ok())
        .filter(|ms: &i64| (0..STARTS_WITHIN).contains(&now.millis().saturating_sub(*ms)));
    let mut all: Vec<String> = recent.map(|ms| ms.to_string()).collect();
    all.push(now.millis().to_string());
    let many = all.len() > MANY_STARTS;
    let kept: Vec<String> = all.split_off(all.len().saturating_sub(MANY_STARTS + 1));
    (kept.join(" "), many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_start_within_ten_minutes_is_one_too_many() {
        let mut kept = String::new();
        let mut many = Vec::new();
        for minute in [0, 1, 2, 3, 4, 13, 30] {
            let now = Timestamp(minute * MINUTE);
            let (now_kept, is_many) = starts(&kept, now);
            kept = now_kept;
            many.push(is_many);
        }
        assert_eq!(many, [false, false, false, true, true, false, false]);
        assert_eq!(starts("nonsense 5", Timestamp(6)).0, "5 6");
    }

    #[tokio::test]
    async fn queues_that_stand_still_for_long_are_wrong_and_short_rushes_are_not() {
        let mut alarm = Alarm::new();
        let begin = alarm.started;
        let gauges = |since: Option<i64>| Gauges {
            outbox_since_ms: since,
            ..Gauges::default()
        };
        let mut judge = |second: u64, since: Option<i64>| {
            let now = Timestamp(i64::try_from(second).unwrap() * 1_000);
            let at = begin + Duration::from_secs(second);
            let found = alarm.judge(&gauges(since), Some(false), (now, at));
            let is = found.iter().find(|(name, _)| *name == alert::OUTBOX);
            is.map(|(_, is)| *is)
        };
        assert_eq!(judge(60, Some(0)), Some(false));
        assert_eq!(judge(70, Some(0)), None);
        assert_eq!(judge(120, Some(0)), None);
        assert_eq!(judge(125, Some(120_000)), Some(false), "a rush is over");
        assert_eq!(judge(190, Some(120_000)), None);
        assert_eq!(judge(250, Some(120_000)), Some(true));
        assert_eq!(judge(260, None), Some(false));
    }

    #[tokio::test]
    async fn conflicts_are_for_the_one_who_polls_and_starts_are_over_after_a_while() {
        let mut alarm = Alarm::new();
        let begin = alarm.started;
        let mut judge = |conflicts, minutes: u64| {
            let at = begin + Duration::from_secs(minutes * 60);
            alarm.judge(&Gauges::default(), conflicts, (Timestamp(0), at))
        };
        let has =
            |found: &[(&str, bool)], name| found.iter().find(|(n, _)| *n == name).map(|f| f.1);
        assert_eq!(has(&judge(None, 0), alert::CONFLICT), None);
        assert_eq!(has(&judge(Some(true), 0), alert::CONFLICT), Some(true));
        assert_eq!(has(&judge(None, 9), alert::RESTARTS), None);
        assert_eq!(has(&judge(None, 10), alert::RESTARTS), Some(false));
    }
}
