//! The table of moves, over every (state, event, role, guard); placing; what is shown and to whom.

mod amend;
mod credit;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::approvals;
use crate::domain::cart::{Cart, Fee, Mode, NewLine, Rounding, Scope, TaxRate, TaxRules};
use crate::domain::catalogue::{SoldOut, tests::sample};
use crate::kernel::{CartId, ChatId, Money};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn placed(confirm: Confirm) -> Placed {
    placed_for(Fulfilment::Pickup, confirm)
}

fn placed_for(way: Fulfilment, confirm: Confirm) -> Placed {
    tried(way, confirm, (&[], None)).unwrap()
}

fn tried(
    way: Fulfilment,
    confirm: Confirm,
    (fees, minimum): (&[Fee], Option<Money>),
) -> Result<Placed, PlaceRefusal> {
    let catalogue = sample::catalogue();
    let mut cart = Cart::new(CartId(5), CustomerId(7), "pickup");
    let sold_out = SoldOut::default();
    for id in ["kung-pao", "tea", "beer"] {
        let line = NewLine::of(catalogue.item(&id.into()).unwrap(), &catalogue);
        cart.add(line, &catalogue, &sold_out).unwrap();
    }
    let taxes = TaxRules {
        inclusive: true,
        rates: [
            ("food".into(), TaxRate(60_000)),
            ("alcohol".into(), TaxRate(130_000)),
        ]
        .into(),
    };
    let menu = Menu {
        catalogue: &catalogue,
        sold_out: &sold_out,
        taxes: &taxes,
        rounding: Rounding {
            scope: Scope::Total,
            mode: Mode::HalfUp,
        },
    };
    let new = NewOrder {
        account: None,
        cart: &cart,
        placed_by: None,
        id: OrderId(9),
        day: "2026-11-22".into(),
        number: 12,
        fulfilment: way,
        table: None,
        company: None,
        chat: ChatId(7),
        fees,
        minimum,
        answers: Answers::new(),
        confirm,
        cause: 33,
        now: NOW,
    };
    place(new, menu)
}

#[test]
fn goods_below_the_minimum_are_not_placed_and_fees_do_not_help() {
    let goods = placed(Confirm::Auto).order.receipt.subtotal;
    let more = Money::new(goods.minor + 100, goods.currency);
    let fee = Fee {
        id: "delivery".to_owned(),
        amount: Money::new(600, goods.currency),
        tax_class: "food".into(),
        tax: None,
    };
    let fees = [fee];
    let delivery = |minimum| tried(Fulfilment::Delivery, Confirm::Auto, (&fees, Some(minimum)));
    let refused = delivery(more).unwrap_err();
    let missing = Money::new(100, goods.currency);
    assert_eq!(refused, PlaceRefusal::BelowMinimum(missing));
    let order = delivery(goods).unwrap().order;
    assert_eq!(
        order.receipt.fees[0].amount.minor, 600,
        "copied onto the order"
    );
    assert_eq!(order.receipt.total.minor, goods.minor + 600);
}

fn staff(event: Event) -> Move {
    Move::new(
        event,
        Actor::person(Role::Kitchen, CustomerId(900)),
        40,
        NOW,
    )
}

fn customer(event: Event) -> Move {
    Move::new(event, Actor::person(Role::Customer, CustomerId(7)), 41, NOW)
}

fn all_given() -> impl Iterator<Item = Given> {
    let both = [(false, false), (false, true), (true, false), (true, true)];
    let all = both
        .into_iter()
        .flat_map(|pair| [(pair, false), (pair, true)]);
    all.flat_map(|((reason, cancel_asked), ruled)| {
        Fulfilment::ALL.iter().map(move |way| Given {
            reason,
            cancel_asked,
            ruled,
            fulfilment: *way,
        })
    })
}

/// The rules in words, apart from the table: what may ever happen to an order.
fn allowed(from: State, event: Event, role: Role, given: Given) -> Option<State> {
    use Event as E;
    use State as S;
    let staff = matches!(role, Role::Kitchen | Role::Owner);
    let brings = staff || role == Role::Courier;
    let (way, quiet) = (given.fulfilment, !given.cancel_asked);
    let shop = staff || role == Role::System;
    let early = matches!(from, S::AwaitingApproval | S::Confirmed);
    let late = matches!(from, S::Preparing | S::Ready);
    // Who may say yes or no to what waits: the rules' people, or the shop's where no rule asks.
    let decides = match role {
        Role::Approver => given.ruled,
        Role::Kitchen | Role::Owner => !given.ruled,
        _ => false,
    };
    let waits = from == S::AwaitingApproval;
    match event {
        E::Confirm if from == S::Placed && role == Role::System => Some(S::Confirmed),
        E::Confirm if waits && decides => Some(S::Confirmed),
        E::Confirm if waits && role == Role::System && given.ruled => Some(S::Confirmed),
        E::RequestApproval if from == S::Placed && role == Role::System => {
            Some(S::AwaitingApproval)
        }
        E::AskApproval if from == S::Placed && role == Role::System => Some(S::AwaitingApproval),
        E::Amend if staff && early => Some(from),
        E::Amend if waits && role == Role::Customer && given.ruled => Some(from),
        E::RequestApproval if early && role == Role::System => Some(S::AwaitingApproval),
        E::Cancel if waits && staff && given.reason => Some(S::Cancelled),
        E::Promise if staff && matches!(from, S::Confirmed | S::Preparing) => Some(from),
        E::Prepare if staff && from == S::Confirmed => Some(S::Preparing),
        E::Finish if staff && from == S::Preparing => Some(S::Ready),
        E::HandOver if staff && from == S::Ready && way == Fulfilment::Pickup => Some(S::PickedUp),
        E::Serve if staff && from == S::Ready && way == Fulfilment::DineIn => Some(S::Served),
        E::Dispatch if brings && from == S::Ready && way == Fulfilment::Delivery && quiet => {
            Some(S::OutForDelivery)
        }
        E::Deliver if brings && from == S::OutForDelivery => Some(S::Delivered),
        E::Fail if brings && from == S::OutForDelivery && given.reason => Some(S::FailedDelivery),
        E::Cancel if staff && from == S::OutForDelivery && given.reason => Some(S::Cancelled),
        E::Complete
            if role == Role::System && matches!(from, S::PickedUp | S::Served | S::Delivered) =>
        {
            Some(S::Completed)
        }
        E::Reject if waits && decides && given.reason => Some(S::Rejected),
        E::Reject if staff && from == S::Confirmed && given.reason => Some(S::Rejected),
        E::Expire if role == Role::System && from == S::AwaitingApproval => Some(S::Expired),
        E::Cancel if role == Role::Customer && early => Some(S::Cancelled),
        E::Cancel if shop && given.reason && (late || from == S::Confirmed) => Some(S::Cancelled),
        E::RequestCancel if role == Role::Customer && late && !given.cancel_asked => Some(from),
        E::GrantCancel if staff && late && given.cancel_asked => Some(S::Cancelled),
        E::RefuseCancel if staff && late && given.cancel_asked && given.reason => Some(from),
        _ => None,
    }
}

#[test]
fn the_table_says_what_the_rules_say() {
    let mut tried = 0;
    for from in State::ALL {
        for event in Event::ALL {
            for role in Role::ALL {
                for given in all_given() {
                    let to = after(*from, *event, *role, given).ok();
                    assert_eq!(
                        to,
                        allowed(*from, *event, *role, given),
                        "{from} {event} {role} {given:?}"
                    );
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(tried, 14 * 19 * 6 * 8 * 3);
}

#[test]
fn terminal_states_refuse_everything() {
    for entry in TRANSITIONS {
        assert!(!entry.from.is_terminal(), "{entry:?}");
    }
}

#[test]
fn every_state_is_reached_and_left_and_every_event_used() {
    let mut reached = BTreeSet::from([State::Placed]);
    loop {
        let more = TRANSITIONS.iter().filter(|t| reached.contains(&t.from));
        let next: BTreeSet<State> = more.map(|t| t.to).chain(reached.iter().copied()).collect();
        if next == reached {
            break;
        }
        reached = next;
    }
    assert_eq!(reached, State::ALL.iter().copied().collect());
    for state in State::ALL.iter().filter(|state| !state.is_terminal()) {
        let leaves = TRANSITIONS
            .iter()
            .any(|t| t.from == *state && t.to != *state);
        assert!(leaves, "{state} can't be left");
    }
    for event in Event::ALL {
        assert!(TRANSITIONS.iter().any(|t| t.event == *event), "{event}");
    }
}

#[test]
fn no_two_entries_answer_for_one_role() {
    for (n, a) in TRANSITIONS.iter().enumerate() {
        for b in &TRANSITIONS[n + 1..] {
            let same = a.from == b.from && a.event == b.event;
            let shared = a.roles.iter().any(|role| b.roles.contains(role));
            assert!(!(same && shared), "{a:?} and {b:?}");
        }
    }
}

#[test]
fn words_are_read_back() {
    for state in State::ALL {
        assert_eq!(State::parse(state.code()), Some(*state));
        let json = serde_json::to_string(state).unwrap();
        assert_eq!(json, format!("\"{}\"", state.code()));
    }
    for event in Event::ALL {
        assert_eq!(Event::parse(event.code()), Some(*event));
    }
    assert_eq!(State::parse("draft"), None);
}

#[test]
fn placing_copies_everything_and_chains_its_events() {
    let auto = placed(Confirm::Auto);
    assert_eq!(auto.order.state, State::Confirmed);
    assert_eq!(auto.order.version, 2);
    assert_eq!(auto.order.approval, Approval::NotNeeded);
    let chain: Vec<_> = auto.events.iter().map(|e| (e.from, e.to)).collect();
    let expected = [
        (None, State::Placed),
        (Some(State::Placed), State::Confirmed),
    ];
    assert_eq!(chain, expected);
    assert_eq!(auto.demand.len(), 2, "beer is not counted");
    assert_eq!(auto.order.demand(), auto.demand);
    let tea = &auto.order.lines[1];
    assert_eq!(
        tea.variant_name.as_ref().unwrap().get(&"en".into()),
        "large"
    );
    assert_eq!(
        auto.order.lines[0].options[0].choice.get(&"en".into()),
        "mild"
    );
    let waiting = placed(Confirm::Staff);
    assert_eq!(waiting.order.state, State::AwaitingApproval);
    assert_eq!(waiting.order.approval, Approval::Waiting);
}

#[test]
fn what_the_rules_ask_about_the_kitchen_can_not_decide() {
    let fired = ["large", "new"].map(|rule| approvals::Fired {
        rule: rule.to_owned(),
        values: Vec::new(),
        failed: false,
        warns: false,
    });
    let need = approvals::Need {
        roles: vec!["manager".to_owned()],
        quorum: approvals::Quorum::Any,
    };
    let times = (NOW, NOW.plus(3_600_000));
    let asked = Request::new(fired.to_vec(), vec![vec![need]], times);
    let waiting = placed(Confirm::Asked(asked.clone()));
    assert_eq!(waiting.order.approval, Approval::Requested);
    assert_eq!(waiting.order.request, Some(asked));
    let rule = waiting.events[1].rule.as_deref();
    assert_eq!(rule, Some("large,new"));
    let order = waiting.order;
    assert!(order.after(&staff(Event::Confirm)).is_err());
    assert!(order.after(&staff(Event::Reject).because("busy")).is_err());
    let actor = Actor::person(Role::Approver, CustomerId(500));
    let yes = Move::new(Event::Confirm, actor, 42, NOW);
    let granted = order.after(&yes).unwrap().order;
    assert_eq!(granted.approval, Approval::Granted);
    let no = Move::new(Event::Reject, actor, 42, NOW).in_words("no cheese left");
    let refused = order.after(&no).unwrap().order;
    assert_eq!(refused.reason.as_deref(), Some(OWN_WORDS));
    assert_eq!(refused.reason_words.as_deref(), Some("no cheese left"));
    assert_eq!(refused.approval, Approval::Refused);
    let back = order.after(&customer(Event::Cancel)).unwrap().order;
    let ended = back.request.unwrap();
    assert_eq!(
        (ended.state, ended.version),
        (approvals::State::Withdrawn, 2)
    );
    let late = Move::new(Event::Expire, Actor::SYSTEM, 1, NOW);
    let late = order.after(&late).unwrap().order.request.unwrap();
    assert_eq!(late.state, approvals::State::Expired);
}

#[test]
fn a_whole_life_from_placed_to_handed_over() {
    let mut order = placed(Confirm::Auto).order;
    assert!(shown(&order).may_cancel);
    let promise = staff(Event::Promise).ready_at(NOW.plus(60_000));
    let mut stock = Vec::new();
    for asked in [
        promise,
        staff(Event::Prepare),
        staff(Event::Finish),
        staff(Event::HandOver),
    ] {
        let step = order.after(&asked).unwrap();
        assert_eq!(step.order.version, order.version + 1);
        assert_eq!(step.event.from, Some(order.state));
        stock.push(step.stock);
        order = step.order;
    }
    use StockMove::{Fulfil, Keep};
    assert_eq!(stock, [Keep, Keep, Keep, Fulfil]);
    assert_eq!(order.payment, Payment::Paid);
    assert_eq!(shown(&order).status, Status::HandedOver);
    assert_eq!(shown(&order).ready_at, None);
}

/// A life from ready on: each move with the state it leads to, and what it does to the stock.
fn from_ready(way: Fulfilment, moves: &[Move]) -> (Order, Vec<StockMove>) {
    let mut order = placed_for(way, Confirm::Auto).order;
    let mut stock = Vec::new();
    for asked in [staff(Event::Prepare), staff(Event::Finish)]
        .iter()
        .chain(moves)
    {
        let step = order.after(asked).unwrap();
        stock.push(step.stock);
        order = step.order;
    }
    (order, stock.split_off(2))
}

fn courier(event: Event) -> Move {
    Move::new(
        event,
        Actor::person(Role::Courier, CustomerId(800)),
        42,
        NOW,
    )
}

#[test]
fn a_table_is_served_and_pays() {
    let complete = Move::new(Event::Complete, Actor::SYSTEM, 1, NOW);
    let (order, stock) = from_ready(Fulfilment::DineIn, &[staff(Event::Serve), complete]);
    assert_eq!(stock, [StockMove::Fulfil, StockMove::Keep]);
    assert_eq!(order.payment, Payment::Paid);
    assert_eq!(order.delivery, Delivery::NotNeeded);
    assert_eq!(shown(&order).status, Status::Served);
}

#[test]
fn a_courier_brings_it_and_is_paid() {
    let waiting = placed_for(Fulfilment::Delivery, Confirm::Auto).order;
    assert_eq!(waiting.delivery, Delivery::Waiting);
    let (way, stock) = from_ready(Fulfilment::Delivery, &[courier(Event::Dispatch)]);
    assert_eq!(stock, [StockMove::Keep], "it comes back if nobody is there");
    assert_eq!(
        (way.delivery, way.payment),
        (Delivery::OnTheWay, Payment::Due)
    );
    assert_eq!(shown(&way).status, Status::OnTheWay);
    assert!(!shown(&way).may_cancel && !shown(&way).may_ask_cancel);
    let brought = way.after(&courier(Event::Deliver)).unwrap();
    assert_eq!(brought.stock, StockMove::Fulfil);
    assert_eq!(brought.order.delivery, Delivery::Done);
    assert_eq!(brought.order.payment, Payment::Paid);
    assert_eq!(shown(&brought.order).status, Status::Delivered);
    assert!(way.after(&courier(Event::Fail)).is_err(), "why is missing");
    let failed = way
        .after(&courier(Event::Fail).because("nobody-there"))
        .unwrap();
    assert_eq!(failed.stock, StockMove::Release);
    assert_eq!(failed.order.delivery, Delivery::Failed);
    assert_eq!(failed.order.payment, Payment::Void);
    assert_eq!(failed.order.reason.as_deref(), Some("nobody-there"));
}

#[test]
fn what_is_called_off_is_not_brought() {
    let order = placed_for(Fulfilment::Delivery, Confirm::Auto).order;
    let early = order.after(&customer(Event::Cancel)).unwrap().order;
    assert_eq!(early.delivery, Delivery::NotNeeded);
    let (way, _) = from_ready(Fulfilment::Delivery, &[courier(Event::Dispatch)]);
    assert!(way.after(&courier(Event::Cancel).because("busy")).is_err());
    let called_back = way
        .after(&staff(Event::Cancel).because("busy"))
        .unwrap()
        .order;
    assert_eq!(called_back.delivery, Delivery::Failed);
}

#[test]
fn nothing_leaves_while_the_customer_waits_for_an_answer() {
    let (ready, _) = from_ready(Fulfilment::Delivery, &[]);
    let asked = ready.after(&customer(Event::RequestCancel)).unwrap().order;
    let refused = asked.after(&courier(Event::Dispatch)).unwrap_err();
    assert_eq!(
        refused.guard,
        Some(Guard::WayNotAsked(Fulfilment::Delivery))
    );
    let kept = staff(Event::RefuseCancel).because("begun");
    let kept = asked.after(&kept).unwrap().order;
    assert!(kept.after(&courier(Event::Dispatch)).is_ok());
}

#[test]
fn everybody_follows_the_stations_of_their_way() {
    for way in Fulfilment::ALL {
        let stations = Status::stations(*way);
        let mut order = placed_for(*way, Confirm::Auto).order;
        let mut at = 1;
        assert_eq!(shown(&order).status, stations[at]);
        use Event as E;
        for event in [
            E::Prepare,
            E::Finish,
            E::HandOver,
            E::Serve,
            E::Dispatch,
            E::Deliver,
        ] {
            if let Ok(step) = order.after(&staff(event)) {
                order = step.order;
                at += 1;
                assert_eq!(shown(&order).status, stations[at], "{way} {event}");
            }
        }
        assert_eq!(at + 1, stations.len(), "{way}");
    }
}

#[test]
fn after_preparing_began_a_customer_can_only_ask() {
    let order = placed(Confirm::Auto).order;
    let order = order.after(&staff(Event::Prepare)).unwrap().order;
    let refused = order.after(&customer(Event::Cancel)).unwrap_err();
    assert_eq!(refused.guard, None);
    let asked = order.after(&customer(Event::RequestCancel)).unwrap().order;
    assert!(asked.cancel_asked && asked.state == State::Preparing);
    assert!(!shown(&asked).may_ask_cancel, "once is enough");
    let without_reason = asked.after(&staff(Event::RefuseCancel)).unwrap_err();
    assert_eq!(without_reason.guard, Some(Guard::AskedAndReason));
    let kept = asked
        .after(&staff(Event::RefuseCancel).because("nearly-done"))
        .unwrap()
        .order;
    assert!(!kept.cancel_asked && kept.reason.is_none());
    let granted = asked.after(&staff(Event::GrantCancel)).unwrap();
    assert_eq!(granted.stock, StockMove::Release);
    assert_eq!(granted.order.payment, Payment::Void);
}

#[test]
fn the_second_press_is_refused() {
    let order = placed(Confirm::Staff).order;
    let confirmed = order.after(&staff(Event::Confirm)).unwrap().order;
    assert_eq!(confirmed.approval, Approval::Granted);
    assert!(confirmed.after(&staff(Event::Confirm)).is_err());
    let late = confirmed.after(&Move::new(Event::Expire, Actor::SYSTEM, 1, NOW));
    assert!(late.is_err());
}

#[test]
fn nobody_is_told_what_they_did() {
    use Audience::{Couriers, Customer, Kitchen};
    assert_eq!(audience(None, Role::Customer), [Kitchen]);
    assert_eq!(audience(Some(Event::Confirm), Role::System), []);
    assert_eq!(audience(Some(Event::Finish), Role::Kitchen), [Customer]);
    assert_eq!(
        audience(Some(Event::Cancel), Role::Customer),
        [Kitchen, Couriers]
    );
    assert_eq!(
        audience(Some(Event::Cancel), Role::Kitchen),
        [Customer, Couriers]
    );
    assert_eq!(
        audience(Some(Event::Cancel), Role::System),
        [Customer, Kitchen, Couriers]
    );
    assert_eq!(
        audience(Some(Event::Fail), Role::Courier),
        [Customer, Kitchen]
    );
    for event in Event::ALL {
        for role in Role::ALL {
            let told = audience(Some(*event), *role);
            assert!(*role != Role::Customer || !told.contains(&Customer));
        }
    }
}

#[test]
fn an_order_survives_storage() {
    let order = placed(Confirm::Auto).order;
    let json = serde_json::to_string(&order).unwrap();
    assert_eq!(serde_json::from_str::<Order>(&json).unwrap(), order);
}

proptest! {
    #[test]
    fn any_life_gives_its_stock_back_exactly_once(
        confirm in any::<bool>(),
        way in prop::sample::select(Fulfilment::ALL),
        moves in prop::collection::vec((0..Event::ALL.len(), 0usize..5, any::<bool>()), 0..60),
    ) {
        let placed = placed_for(way, if confirm { Confirm::Auto } else { Confirm::Staff });
        let (mut order, mut events) = (placed.order, placed.events);
        let mut given_back = 0;
        for (event, role, reason) in moves {
            let mut asked = Move::new(Event::ALL[event], Actor { role: Role::ALL[role], user: None }, 1, NOW);
            asked.reason = reason.then(|| "x".to_owned());
            let Ok(step) = order.after(&asked) else { continue };
            given_back += i64::from(step.stock != StockMove::Keep);
            order = step.order;
            events.push(step.event);
        }
        prop_assert_eq!(given_back, i64::from(!order.state.holds_stock()));
        for (n, pair) in events.windows(2).enumerate() {
            prop_assert_eq!(pair[1].from, Some(pair[0].to));
            prop_assert_eq!(pair[1].version, n as i64 + 2);
        }
        prop_assert_eq!(order.payment == Payment::Void, order.state.is_called_off());
        prop_assert_eq!(order.payment == Payment::Paid, order.state.is_received());
        prop_assert_eq!(order.delivery == Delivery::OnTheWay, order.state == State::OutForDelivery);
        prop_assert!(way == Fulfilment::Delivery || order.delivery == Delivery::NotNeeded);
        prop_assert!(order.approval != Approval::Waiting || order.state == State::AwaitingApproval);
    }
}
