//! The counters as Prometheus reads them. Pure.

use std::fmt::Write;

use crate::kernel::Timestamp;
use crate::store::gauges::Gauges;

use super::super::counters::{BUCKETS_MS, Counters};

/// What is not counted but looked at.
#[derive(Debug)]
pub(super) struct Now {
    /// None: the database did not answer.
    pub(super) gauges: Option<Gauges>,
    pub(super) now: Timestamp,
    pub(super) started: Timestamp,
    pub(super) receiving: bool,
    pub(super) leading: bool,
    pub(super) resting: bool,
}

/// The text of one scrape.
pub(super) fn text(counters: &Counters, now: &Now) -> String {
    let mut page = Page::default();
    counted(&mut page, counters);
    turn_seconds(&mut page, counters);
    looked_at(&mut page, counters, now);
    page.0
}

fn counted(page: &mut Page, counters: &Counters) {
    let get = Counters::get;
    for (name, help, value) in [
        (
            "updates_received_total",
            "Updates stored that were not known before.",
            get(&counters.received),
        ),
        (
            "webhook_refused_total",
            "Webhook calls that were not Telegram's, or no update.",
            get(&counters.turned_away),
        ),
        ("turns_total", "Turns committed.", get(&counters.turns)),
        (
            "turn_commits_total",
            "Transactions that committed turns.",
            get(&counters.groups),
        ),
        (
            "turn_statements_total",
            "Statements of those transactions.",
            get(&counters.statements),
        ),
        (
            "turn_timeouts_total",
            "Turns that took too long.",
            get(&counters.timeouts),
        ),
        (
            "turn_panics_total",
            "Turns that panicked.",
            get(&counters.panics),
        ),
        (
            "messages_settled_total",
            "Messages that came to an end, whatever it was.",
            get(&counters.settled),
        ),
        (
            "send_retries_total",
            "Calls to be made again: network, server errors.",
            get(&counters.retried),
        ),
        (
            "send_rate_limited_total",
            "Calls that Telegram answered 429.",
            get(&counters.rate_limited),
        ),
        (
            "send_unreachable_total",
            "Messages to chats that can't be reached.",
            get(&counters.unreachable),
        ),
        (
            "store_errors_total",
            "Database errors that passed.",
            get(&counters.store_errors),
        ),
    ] {
        page.metric(name, "counter", help, &[("", value)]);
    }
    page.metric(
        "dead_letters_total",
        "counter",
        "Dead letters since the start.",
        &[
            ("queue=\"inbox\"", get(&counters.dead)),
            ("queue=\"outbox\"", get(&counters.undelivered)),
        ],
    );
}

fn turn_seconds(page: &mut Page, counters: &Counters) {
    let name = "turn_seconds";
    page.head(
        name,
        "histogram",
        "What deciding one turn took, without its commit.",
    );
    let times = counters.turn_times.read();
    let mut below = 0;
    for (most_ms, count) in BUCKETS_MS.iter().zip(&times.buckets) {
        below += count;
        let most = *most_ms as f64 / 1_000.0;
        page.line(&format!("{name}_bucket"), &format!("le=\"{most}\""), below);
    }
    page.line(&format!("{name}_bucket"), "le=\"+Inf\"", times.count);
    let sum = times.sum_us as f64 / 1_000_000.0;
    page.line(&format!("{name}_sum"), "", sum);
    page.line(&format!("{name}_count"), "", times.count);
}

fn looked_at(page: &mut Page, counters: &Counters, now: &Now) {
    let flag = u64::from;
    let gauge = |page: &mut Page, name: &str, help: &str, value: u64| {
        page.metric(name, "gauge", help, &[("", value)]);
    };
    gauge(
        page,
        "receiving",
        "Whether updates can come to this instance.",
        flag(now.receiving),
    );
    gauge(
        page,
        "leading",
        "Whether this instance sends; mostly the same one polls.",
        flag(now.leading),
    );
    gauge(
        page,
        "resting",
        "Whether this instance waits for the shop files that the others have.",
        flag(now.resting),
    );
    gauge(
        page,
        "receive_conflicts",
        "Conflicts with another receiver, in a row.",
        Counters::get(&counters.conflicts),
    );
    gauge(
        page,
        "worst_turn_statements",
        "The most statements per turn of any commit.",
        Counters::get(&counters.worst_statements),
    );
    gauge(
        page,
        "worst_turn_statements_on_account",
        "The most statements per turn of any commit for an order on account, besides.",
        Counters::get(&counters.worst_on_account),
    );
    gauge(
        page,
        "started_timestamp_seconds",
        "When this process started.",
        whole_seconds(now.started.millis()),
    );
    gauge(
        page,
        "database_up",
        "Whether the database answered this scrape.",
        flag(now.gauges.is_some()),
    );
    let Some(gauges) = &now.gauges else { return };
    let count = |n: i64| n.unsigned_abs();
    let age = |since: Option<i64>| {
        whole_seconds(since.map_or(0, |since| now.now.millis().saturating_sub(since)))
    };
    gauge(
        page,
        "inbox_waiting",
        "Events that wait for their turn.",
        count(gauges.inbox),
    );
    gauge(
        page,
        "inbox_oldest_seconds",
        "How long the first of them is overdue.",
        age(gauges.inbox_due_ms),
    );
    gauge(
        page,
        "outbox_waiting",
        "Messages that wait to be sent.",
        count(gauges.outbox),
    );
    gauge(
        page,
        "outbox_oldest_seconds",
        "How long the first of them waits.",
        age(gauges.outbox_since_ms),
    );
    gauge(page, "timers", "Timers that are set.", count(gauges.timers));
    gauge(
        page,
        "alerts",
        "Things that the owner is alerted of and that are not over.",
        count(gauges.alerts),
    );
    page.metric(
        "dead_letters",
        "gauge",
        "Dead letters that nobody resolved.",
        &[
            ("queue=\"inbox\"", count(gauges.inbox_dead)),
            ("queue=\"outbox\"", count(gauges.outbox_dead)),
        ],
    );
}

fn whole_seconds(ms: i64) -> u64 {
    u64::try_from(ms / 1_000).unwrap_or(0)
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn metric(&mut self, name: &str, kind: &str, help: &str, values: &[(&str, u64)]) {
        self.head(name, kind, help);
        for (labels, value) in values {
            self.line(name, labels, value);
        }
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String never fails.
        let _ = writeln!(self.0, "# HELP ks_order_{name} {help}");
        let _ = writeln!(self.0, "# TYPE ks_order_{name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = if labels.is_empty() {
            writeln!(self.0, "ks_order_{name} {value}")
        } else {
            writeln!(self.0, "ks_order_{name}{{{labels}}} {value}")
        };
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_scrape_is_well_formed_and_its_buckets_add_up() {
        let counters = Counters::default();
        for ms in [0, 1, 3, 40, 5_000] {
            counters.turn_times.note(Duration::from_millis(ms));
        }
        Counters::add(&counters.dead, 2);
        let now = Now {
            gauges: Some(Gauges {
                inbox: 3,
                inbox_due_ms: Some(1_000),
                ..Gauges::default()
            }),
            now: Timestamp(5_500),
            started: Timestamp(1_000),
            receiving: true,
            leading: false,
            resting: false,
        };
        let text = text(&counters, &now);
        for line in [
            "ks_order_turn_seconds_bucket{le=\"0.001\"} 2",
            "ks_order_turn_seconds_bucket{le=\"0.05\"} 4",
            "ks_order_turn_seconds_bucket{le=\"+Inf\"} 5",
            "ks_order_turn_seconds_sum 5.044",
            "ks_order_turn_seconds_count 5",
            "ks_order_dead_letters_total{queue=\"inbox\"} 2",
            "ks_order_inbox_waiting 3",
            "ks_order_inbox_oldest_seconds 4",
            "ks_order_outbox_oldest_seconds 0",
            "ks_order_receiving 1",
            "ks_order_leading 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("ks_order_"), "{line}");
            assert!(value.parse::<f64>().is_ok(), "{line}");
            let base = name.split('{').next().unwrap();
            let base = base.trim_end_matches("_bucket").trim_end_matches("_sum");
            let family = base.trim_end_matches("_count");
            assert!(text.contains(&format!("# TYPE {family} ")), "{line}");
        }
    }

    #[test]
    fn without_the_database_the_rest_is_told() {
        let now = Now {
            gauges: None,
            now: Timestamp(0),
            started: Timestamp(0),
            receiving: false,
            leading: true,
            resting: false,
        };
        let text = text(&Counters::default(), &now);
        assert!(text.contains("ks_order_database_up 0\n"));
        assert!(!text.contains("inbox_waiting"));
    }
}
