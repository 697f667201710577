//! Options against brute force, receipts against arithmetic in 128 bits, carts at their limits.

mod carts;
mod options;
mod receipts;
mod refill;

use super::*;
use crate::domain::catalogue::tests::sample;

fn cart() -> Cart {
    Cart::new(CartId(1), CustomerId(7), "pickup")
}

fn new_line(id: &str, catalogue: &Catalogue) -> NewLine {
    NewLine::of(catalogue.item(&id.into()).unwrap(), catalogue)
}

fn pick(units: i64) -> Pick {
    Pick {
        units,
        ..Pick::default()
    }
}

/// A selection of one group: `(choice, units)`.
fn chosen(group: &str, picks: &[(&str, i64)]) -> Selection {
    let mut selection = Selection::none();
    for (choice, units) in picks {
        selection.insert(&group.into(), &(*choice).into(), pick(*units));
    }
    selection
}
