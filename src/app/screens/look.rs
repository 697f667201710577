//! Lists of orders for whoever works them: the open ones, and what was found.

use crate::app::route::{LookAct, OrderAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::orders::{Order, shown};
use crate::kernel::time::MINUTE;
use crate::kernel::{Millis, Timestamp};

use super::order::status_text;
use super::{Card, basics, tables};

/// Orders on one page.
pub const PAGE: usize = 8;

/// Buttons that only name an order, side by side.
const BUTTONS_A_ROW: usize = 4;

/// Minutes of an hour, hours of a day.
const HOUR: i64 = 60;
const DAY: i64 = 24;

/// One order of a list.
pub struct Line<'a> {
    /// The order.
    pub order: &'a Order,
    /// The title of its flow, a text id of the shop.
    pub flow: &'a str,
    /// The customer's name; empty = not known.
    pub customer: &'a str,
}

/// How long something has taken, in the largest unit that says it.
pub fn age(span: Millis) -> Text {
    let minutes = (span / MINUTE).max(0);
    if minutes < HOUR {
        Text::new("age-minutes").with("minutes", minutes)
    } else if minutes < HOUR * DAY {
        Text::new("age-hours")
            .with("hours", minutes / HOUR)
            .with("minutes", minutes % HOUR)
    } else {
        Text::new("age-days").with("days", minutes / (HOUR * DAY))
    }
}

/// The page of a list, and whether another one follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Which list, at which page.
    pub act: LookAct,
    /// Another one follows.
    pub more: bool,
}

/// The open orders, oldest first.
pub fn queue(lines: &[Line<'_>], page: &Page, now: Timestamp) -> View {
    let mut view = titled(Text::new("queue-title"), page);
    if lines.is_empty() && page.act.page() == 0 {
        view = View::say(Text::new("queue-none"));
    } else if lines.is_empty() {
        view = view.and(Text::new("look-no-more"));
    }
    for line in lines {
        let order = line.order;
        let mut parts = vec![
            flow(line),
            status_text(shown(order).status),
            age(now.since(order.placed_at)),
        ];
        if let Some(time) = order.ready_at {
            parts.push(Text::new("look-promised").with("time", time));
        }
        if order.cancel_asked {
            parts.push(Text::new("look-wants-cancel"));
        }
        view = view.and(line_text(order, parts));
    }
    let buttons: Vec<Button> = lines
        .iter()
        .map(|line| {
            let label = Text::new("button-look").with("number", number(line.order));
            button(line.order, label)
        })
        .collect();
    for row in buttons.chunks(BUTTONS_A_ROW) {
        view = view.row(row.to_vec());
    }
    turning(view, page)
}

/// What was found, newest first, with what is to be said above.
pub fn found(title: Text, lines: &[Line<'_>], page: &Page) -> View {
    let mut view = titled(title, page);
    if lines.is_empty() {
        view = view.and(Text::new(if page.act.page() == 0 {
            "look-none"
        } else {
            "look-no-more"
        }));
    }
    for line in lines {
        let order = line.order;
        let mut parts = vec![Text::new("look-placed").with("time", order.placed_at)];
        if !line.customer.is_empty() {
            let name: String = line.customer.chars().take(basics::NAME_SHOWN).collect();
            parts.push(Text::new("look-customer").with("name", name));
        }
        parts.push(flow(line));
        parts.push(status_text(shown(order).status));
        parts.push(Text::new("kitchen-total").with("total", order.receipt.total));
        view = view.and(line_text(order, parts));
    }
    let buttons: Vec<Button> = lines
        .iter()
        .map(|line| {
            let label = Text::new("button-look-placed")
                .with("number", number(line.order))
                .with("time", line.order.placed_at);
            button(line.order, label)
        })
        .collect();
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    turning(view, page)
}

fn titled(title: Text, page: &Page) -> View {
    match page.act.page() {
        0 => View::say(title),
        n => View::say(
            Text::new("look-page")
                .with("title", title)
                .with("page", n as i64 + 1),
        ),
    }
}

fn flow(line: &Line<'_>) -> Text {
    Text::new("value-text").with("value", tables::goes_to(line.order, line.flow))
}

fn number(order: &Order) -> Arg {
    Arg::Words(order.number.to_string())
}

fn line_text(order: &Order, parts: Vec<Text>) -> Text {
    parts.into_iter().fold(
        Text::new("look-number").with("number", number(order)),
        |line, part| Text::new("look-and").with("line", line).with("part", part),
    )
}

fn button(order: &Order, label: Text) -> Button {
    Card(order.version).button(label, &Route::Order(order.id, OrderAct::Work))
}

fn turning(view: View, page: &Page) -> View {
    // These lists have no version: a page is always shown as it is now.
    let buttons = Card(0);
    let to = |page_no| Route::Look(page.act.at(page_no));
    let at = page.act.page();
    let mut row = Vec::new();
    if at > 0 {
        row.push(buttons.plain("button-page-previous", &to(at - 1)));
    }
    if page.more {
        row.push(buttons.plain("button-page-next", &to(at + 1)));
    }
    view.row(row)
}
