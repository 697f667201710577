//! Levels never leave their bounds, whatever happens in whatever order.

use proptest::prelude::*;

use super::*;

fn level(on_hand: i64, held: i64) -> Level {
    Level {
        on_hand: Quantity(on_hand),
        held: Quantity(held),
    }
}

#[test]
fn a_hold_moves_no_goods_and_a_handing_over_does() {
    let held = level(5, 1).hold(Quantity(4)).unwrap();
    assert_eq!(held, level(5, 5));
    assert_eq!(
        held.hold(Quantity(1)),
        Err(Refusal::Insufficient {
            wanted: Quantity(1),
            available: Quantity(0)
        })
    );
    assert_eq!(held.release(Quantity(2)), Ok(level(5, 3)));
    assert_eq!(held.fulfil(Quantity(2)), Ok(level(3, 3)));
}

#[test]
fn counting_less_than_is_promised_is_refused() {
    assert_eq!(
        level(5, 3).adjust(-3),
        Err(Refusal::BelowHeld {
            on_hand: Quantity(2),
            held: Quantity(3)
        })
    );
    assert_eq!(level(5, 3).adjust(-2), Ok(level(3, 3)));
}

#[test]
fn two_lines_of_one_item_are_one_demand() {
    let (tea, egg) = ("tea".into(), "egg".into());
    let wanted = demand([
        (&tea, Quantity(2)),
        (&egg, Quantity(1)),
        (&tea, Quantity(2)),
    ]);
    let levels = BTreeMap::from([(tea.clone(), level(5, 2))]);
    let short = shortages(&wanted, &levels, &Demand::new());
    assert_eq!(short.len(), 1, "what is not counted is never short");
    assert_eq!(
        (short[0].wanted, short[0].available),
        (Quantity(4), Quantity(3))
    );
    let own = Demand::from([(tea, Quantity(1))]);
    assert!(
        shortages(&wanted, &levels, &own).is_empty(),
        "one's own hold never blocks"
    );
}

proptest! {
    #[test]
    fn bounds_hold_and_the_ledger_adds_up(moves in prop::collection::vec((0u8..4, -3i64..9), 0..60)) {
        let mut now = level(10, 0);
        let mut ledger = (10i64, 0i64);
        for (kind, n) in moves {
            let quantity = Quantity(n);
            let (next, change) = match kind {
                0 => (now.hold(quantity), (0, n)),
                1 => (now.release(quantity), (0, -n)),
                2 => (now.fulfil(quantity), (-n, -n)),
                _ => (now.adjust(n), (n, 0)),
            };
            if let Ok(next) = next {
                now = next;
                ledger = (ledger.0 + change.0, ledger.1 + change.1);
            }
            prop_assert!(now.held.0 >= 0 && now.held <= now.on_hand);
            prop_assert_eq!(ledger, (now.on_hand.0, now.held.0));
        }
    }
}
