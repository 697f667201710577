//! What moves do to what an order holds on an account: taken once, given back or owed once.

use super::*;
use crate::kernel::AccountId;

fn account() -> AccountId {
    AccountId::Company("lucky".into())
}

fn on_account(way: Fulfilment, confirm: Confirm) -> Order {
    let mut order = placed_for(way, confirm).order;
    order.account = Some(account());
    order.payment = Payment::OnAccount;
    order
}

/// Every move that somebody could ask for, with a reason, and amendments to and from the account.
fn moves(order: &Order) -> Vec<Move> {
    let mut all = Vec::new();
    for event in Event::ALL {
        for role in Role::ALL {
            let actor = Actor::person(*role, CustomerId(7));
            let asked = Move::new(*event, actor, 40, NOW).because("busy");
            if *event != Event::Amend {
                all.push(asked);
                continue;
            }
            for (account, times) in [(Some(account()), 1), (Some(account()), 2), (None, 1)] {
                let mut receipt = order.receipt.clone();
                receipt.total.minor *= times;
                all.push(Move {
                    amendment: Some(Box::new(Amendment {
                        lines: order.lines.clone(),
                        receipt,
                        note: String::new(),
                        answers: Answers::new(),
                        account,
                    })),
                    ..asked.clone()
                });
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn what_is_held_is_what_the_moves_come_to_and_ends_once(
        way in 0_usize..3, asked in any::<bool>(), picks in prop::collection::vec(any::<prop::sample::Index>(), 0..24)
    ) {
        let confirm = if asked { Confirm::Staff } else { Confirm::Auto };
        let mut order = on_account(Fulfilment::ALL[way], confirm);
        let (mut held, mut owed, mut ends) = (order.claim_minor(), 0, 0);
        for pick in picks {
            let possible: Vec<Step> =
                moves(&order).iter().filter_map(|asked| order.after(asked).ok()).collect();
            if possible.is_empty() {
                break;
            }
            let step = pick.get(&possible).clone();
            match &step.credit {
                CreditMove::Keep => {}
                CreditMove::Charge(id, amount) => {
                    prop_assert_eq!((id, *amount), (&account(), held));
                    (held, owed, ends) = (0, owed + amount, ends + 1);
                }
                CreditMove::Revert(id, amount) => {
                    prop_assert_eq!((id, *amount), (&account(), held));
                    (held, ends) = (0, ends + 1);
                }
                CreditMove::Amend(id, more) => {
                    prop_assert_eq!(id, &account());
                    held += more;
                }
            }
            order = step.order;
            prop_assert_eq!(held, order.claim_minor());
            let is_over = !order.state.holds_stock() && order.account.is_some();
            prop_assert_eq!(ends, i64::from(is_over), "ends once, with the order");
            let is_owed = order.state.is_received() && order.account.is_some();
            prop_assert_eq!(owed, if is_owed { order.receipt.total.minor } else { 0 });
            let pays = match (order.account.is_some(), order.state) {
                (_, state) if state.is_called_off() => Payment::Void,
                (true, _) => Payment::OnAccount,
                (false, state) if state.is_received() => Payment::Paid,
                (false, _) => Payment::Due,
            };
            prop_assert_eq!(order.payment, pays);
        }
    }
}

#[test]
fn an_order_in_cash_does_nothing_on_any_account() {
    let order = placed(Confirm::Auto).order;
    assert_eq!(order.claim_minor(), 0);
    for asked in [customer(Event::Cancel), staff(Event::Prepare)] {
        assert_eq!(order.after(&asked).unwrap().credit, CreditMove::Keep);
    }
}

#[test]
fn an_order_that_comes_to_nothing_is_booked_like_any_other() {
    let mut order = on_account(Fulfilment::Pickup, Confirm::Auto);
    order.receipt.total.minor = 0;
    let step = order.after(&customer(Event::Cancel)).unwrap();
    assert_eq!(step.credit, CreditMove::Revert(account(), 0));
}

#[test]
fn a_draft_is_on_account_from_the_beginning() {
    assert_eq!(
        super::super::place::payment(Some(&account())),
        Payment::OnAccount
    );
    assert_eq!(super::super::place::payment(None), Payment::Due);
}
