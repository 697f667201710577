//! The one card of a group for orders that came faster than it may be written to.

use crate::app::route::{OrderAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::orders::Order;

use super::{Card, tables};

/// Orders that are listed; the rest is counted, and found by /queue.
const LISTED: usize = 40;

/// Buttons side by side.
const BUTTONS_A_ROW: usize = 5;

/// One order of the list.
pub struct Line<'a> {
    /// The order.
    pub order: &'a Order,
    /// The title of its flow, a text id of the shop.
    pub flow: &'a str,
    /// Nobody has looked at it for longer than the shop wants.
    pub is_late: bool,
}

/// The list; a tap opens an order's card below.
pub fn list(lines: &[Line<'_>]) -> View {
    if lines.is_empty() {
        return View::say(Text::new("fold-empty"));
    }
    let mut view = View::say(Text::new("fold-title").with("count", lines.len() as i64));
    let shown = lines.get(..LISTED).unwrap_or(lines);
    for line in shown {
        let id = if line.is_late {
            "fold-line-late"
        } else {
            "fold-line"
        };
        view = view.and(
            Text::new(id)
                .with("number", Arg::Words(line.order.number.to_string()))
                .with("flow", tables::goes_to(line.order, line.flow))
                .with("total", line.order.receipt.total),
        );
    }
    if lines.len() > shown.len() {
        let more = (lines.len() - shown.len()) as i64;
        view = view.and(Text::new("fold-more").with("count", more));
    }
    let buttons: Vec<Button> = shown
        .iter()
        .map(|line| {
            let order = line.order;
            let number = Arg::Words(order.number.to_string());
            let label = Text::new("button-look").with("number", number);
            Card(order.version).button(label, &Route::Order(order.id, OrderAct::Work))
        })
        .collect();
    for row in buttons.chunks(BUTTONS_A_ROW) {
        view = view.row(row.to_vec());
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::{Talk, placed};

    #[tokio::test]
    async fn a_long_list_counts_what_it_does_not_show() {
        let mut talk = Talk::new().await;
        let orders = vec![placed(&mut talk).await; 50];
        let lines: Vec<Line<'_>> = orders
            .iter()
            .map(|order| Line {
                order,
                flow: "pickup",
                is_late: false,
            })
            .collect();
        let view = list(&lines);
        let more = view.body.last().unwrap();
        assert_eq!(
            (more.id, more.args.first()),
            ("fold-more", Some(&("count", Arg::Number(10))))
        );
        let buttons = view.rows.iter().flatten().count();
        assert_eq!(buttons, LISTED, "a message holds a hundred buttons");
        assert!(list(&[]).rows.is_empty());
    }
}
