//! Checks of repeated orders: who waits for a date has a timer, a date becomes one order at most,
//! and that is its owner's.

use super::rules::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    // A timer that is due becomes a row of its owner's lane until it is handled.
    rule(
        "schedules.timer",
        "schedules",
        "select cast(k.id as text), 'waits for a date and has no timer' from schedules k
         where k.next_ms is not null
         and not exists (select 1 from timers t
            where t.kind = 'schedule' and t.name = cast(k.id as text))
         and not exists (select 1 from inbox i
            where i.lane = cast(k.owner as text) and i.state in ('new', 'posted'))",
    ),
    rule(
        "schedules.days",
        "schedules",
        "select cast(id as text), 'has no such days, or a date without day, time or order'
         from schedules where days < 0 or days > 127 or minute < 0 or minute > 1439
         or (next_day is not null and (days = 0 or minute is null))
         or (next_day is not null and last_day is not null and next_day <= last_day)
         or (paused in (0, 1) and next_day is not null and not exists (select 1 from schedule_runs r
            where r.schedule_id = schedules.id and r.day = schedules.next_day))",
    ),
    // While its owner's data are being erased, the order is nobody's already and the row about to go.
    rule(
        "schedule-runs.order",
        "schedule_runs",
        "select cast(r.schedule_id as text) || '/' || cast(r.day as text),
         'is ' || r.state || case when r.order_id is null then ' without an order'
         else ' with an order that is not there, not its owner''s, or does not fit' end
         from schedule_runs r left join orders o on o.id = r.order_id
         where (r.state = 'ordered') <> (r.order_id is not null)
         or (r.order_id is not null and (o.id is null or (o.customer <> r.owner
            and not exists (select 1 from erasures e
                where e.person = r.owner and e.stand_in = o.customer))))",
    ),
    rule(
        "schedule-runs.state",
        "schedule_runs",
        "select cast(schedule_id as text) || '/' || cast(day as text), 'is ' || state
         from schedule_runs where state not in ('asked', 'announced', 'placing', 'ordered',
            'opened', 'skipped', 'missed', 'failed', 'stopped')",
    ),
];
