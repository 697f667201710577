//! Amending: what a cart makes of a placed order, and which moves do it.

use proptest::prelude::*;

use super::*;
use crate::domain::approvals::request::{Said, Vote};
use crate::domain::approvals::{Fired, Need, Proposal, Quorum, Tier};
use crate::domain::catalogue::Catalogue;
use crate::domain::stock::Demand;
use crate::kernel::{LineId, Quantity};

/// What somebody does to the cart that an order came from.
type Change<'a> = &'a dyn Fn(&mut Cart, &Catalogue);

fn tried_with(
    order: &Order,
    change: Change<'_>,
    (sold_out, minimum): (&SoldOut, Option<Money>),
) -> Result<Amendment, PlaceRefusal> {
    let catalogue = sample::catalogue();
    let mut cart = Cart::new(CartId(5), order.customer, &order.flow);
    for id in ["kung-pao", "tea", "beer"] {
        let line = NewLine::of(catalogue.item(&id.into()).unwrap(), &catalogue);
        cart.add(line, &catalogue, &SoldOut::default()).unwrap();
    }
    change(&mut cart, &catalogue);
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
        sold_out,
        taxes: &taxes,
        rounding: Rounding {
            scope: Scope::Total,
            mode: Mode::HalfUp,
        },
    };
    amendment(&cart, order, &[], minimum, (Answers::new(), None), menu)
}

fn amended(order: &Order, change: Change<'_>) -> Amendment {
    tried_with(order, change, (&SoldOut::default(), None)).unwrap()
}

/// So much tea, which is the second line.
fn tea(quantity: i64) -> impl Fn(&mut Cart, &Catalogue) {
    move |cart, catalogue| {
        let none = SoldOut::default();
        cart.set_quantity(LineId(2), Quantity(quantity), catalogue, &none)
            .unwrap();
    }
}

fn keep(_: &mut Cart, _: &Catalogue) {}

fn wish(cart: &mut Cart, _: &Catalogue) {
    cart.set_note("no bag").unwrap();
}

fn amend(by: Actor, amendment: Amendment) -> Move {
    Move::amend(amendment, by, 50, NOW)
}

fn by_staff() -> Actor {
    Actor::person(Role::Kitchen, CustomerId(900))
}

fn tiers(role: &str) -> Vec<Tier> {
    let need = Need {
        roles: vec![role.to_owned()],
        quorum: Quorum::Any,
    };
    vec![vec![need]]
}

fn fired(rule: &str) -> Vec<Fired> {
    vec![Fired {
        rule: rule.to_owned(),
        values: Vec::new(),
        failed: false,
        warns: false,
    }]
}

fn asked() -> Request {
    let times = (NOW, NOW.plus(3_600_000));
    Request::new(fired("large"), tiers("manager"), times)
}

fn proposed(amendment: Amendment) -> Proposal {
    Proposal {
        by: CustomerId(500),
        name: "Wu".to_owned(),
        amendment,
        at: NOW,
    }
}

#[test]
fn the_same_cart_changes_nothing_and_wishes_change_no_amounts() {
    let order = placed(Confirm::Auto).order;
    let same = amended(&order, &keep);
    assert_eq!((&same.lines, &same.receipt), (&order.lines, &order.receipt));
    assert!(!order.changes(&same) && !order.amounts_change(&same));
    let wish = amended(&order, &wish);
    assert!(order.changes(&wish) && !order.amounts_change(&wish));
    let mut answered = same.clone();
    answered.answers.insert("name".to_owned(), "Lin".into());
    assert!(order.changes(&answered) && !order.amounts_change(&answered));
    let mut line_note = same.clone();
    line_note.lines[0].note = "hot".to_owned();
    assert!(order.changes(&line_note) && !order.amounts_change(&line_note));
    let mut renumbered = same;
    for (line, priced) in renumbered
        .lines
        .iter_mut()
        .zip(&mut renumbered.receipt.lines)
    {
        (line.id, priced.line) = (LineId(line.id.0 + 7), LineId(line.id.0 + 7));
    }
    assert!(!order.changes(&renumbered), "ids are no amounts");
    for change in [&tea(2) as Change<'_>, &tea(0)] {
        assert!(order.amounts_change(&amended(&order, change)));
    }
    let mut dearer = amended(&order, &keep);
    dearer.receipt.total.minor += 100;
    assert!(order.amounts_change(&dearer));
}

#[test]
fn what_can_not_be_placed_can_not_be_amended_to() {
    let order = placed(Confirm::Auto).order;
    let none = SoldOut::default();
    let empty = |cart: &mut Cart, _: &Catalogue| cart.lines.clear();
    let refused = tried_with(&order, &empty, (&none, None)).unwrap_err();
    assert_eq!(refused, PlaceRefusal::Empty);
    let goods = order.receipt.subtotal;
    let more = Money::new(goods.minor + 100, goods.currency);
    let refused = tried_with(&order, &keep, (&none, Some(more))).unwrap_err();
    let missing = Money::new(100, goods.currency);
    assert_eq!(refused, PlaceRefusal::BelowMinimum(missing));
}

#[test]
fn what_was_promised_stays_although_it_is_off_the_menu_and_no_more_of_it() {
    let order = placed(Confirm::Auto).order;
    let off = SoldOut {
        items: ["tea".into()].into(),
        ..SoldOut::default()
    };
    let less_beer = |cart: &mut Cart, _: &Catalogue| cart.remove(LineId(3)).unwrap();
    let kept = tried_with(&order, &less_beer, (&off, None)).unwrap();
    assert_eq!(kept.lines.len(), 2);
    let more = tried_with(&order, &tea(2), (&off, None)).unwrap_err();
    assert!(matches!(more, PlaceRefusal::Lines(faults) if faults[0].line == LineId(2)));
    let twice = |cart: &mut Cart, _: &Catalogue| {
        let mut line = cart.lines[1].clone();
        (line.id, line.note) = (LineId(4), "hot".to_owned());
        cart.lines.push(line);
    };
    assert!(
        tried_with(&order, &twice, (&off, None)).is_err(),
        "in two lines it is more too"
    );
}

#[test]
fn staff_amend_until_somebody_makes_it() {
    let order = placed(Confirm::Auto).order;
    let asked = amend(by_staff(), amended(&order, &tea(3)));
    let step = order.after(&asked).unwrap();
    assert_eq!(step.stock, StockMove::Amend);
    assert_eq!(
        (step.order.state, step.order.version),
        (State::Confirmed, 3)
    );
    assert_eq!(step.order.approval, Approval::NotNeeded);
    assert_eq!(step.order.lines[1].quantity, Quantity(3));
    assert!(step.order.receipt.total.minor > order.receipt.total.minor);
    assert_eq!(step.event.actor, by_staff(), "staff did it by hand");
    let wish = order.after(&amend(by_staff(), amended(&order, &wish)));
    let wish = wish.unwrap();
    assert_eq!(
        (wish.stock, wish.order.note.as_str()),
        (StockMove::Keep, "no bag")
    );
    let back = step.order.after(&customer(Event::Cancel)).unwrap();
    assert_eq!(back.stock, StockMove::Release);
    assert_eq!(back.order.demand()[&"tea".into()], Quantity(3));
    let begun = order.after(&staff(Event::Prepare)).unwrap().order;
    assert!(begun.after(&asked).is_err());
    let own = Actor::person(Role::Customer, order.customer);
    let own = amend(own, amended(&order, &tea(3)));
    assert!(order.after(&own).is_err(), "nobody proposed it");
}

#[test]
fn rules_may_send_an_amended_order_back_and_let_it_through() {
    let order = placed(Confirm::Auto).order;
    let large = order.after(&amend(by_staff(), amended(&order, &tea(3))));
    let system = |event| Move::new(event, Actor::SYSTEM, 50, NOW);
    let back = Move {
        request: Some(asked()),
        ..system(Event::RequestApproval)
    };
    let waits = large.unwrap().order.after(&back).unwrap();
    assert_eq!(waits.stock, StockMove::Keep, "it holds its goods");
    let waits = waits.order;
    assert_eq!(waits.state, State::AwaitingApproval);
    assert!(waits.is_ruled());
    let small = waits.after(&amend(by_staff(), amended(&waits, &tea(1))));
    let small = small.unwrap().order;
    let through = small.after(&system(Event::Confirm)).unwrap().order;
    assert_eq!(through.state, State::Confirmed);
    let request = through.request.unwrap();
    assert_eq!(request.state, approvals::State::Approved);
    // And again, as the next round of what was decided.
    let yes = Move::new(
        Event::Confirm,
        Actor::person(Role::Approver, CustomerId(500)),
        51,
        NOW,
    );
    let agreed = waits.after(&yes).unwrap().order;
    let was = agreed.request.as_ref().unwrap();
    let due = NOW.plus(9);
    let again = Move {
        request: Some(was.anew(fired("new"), tiers("owner"), NOW, due)),
        ..system(Event::RequestApproval)
    };
    let again = agreed.after(&again).unwrap().order;
    assert_eq!(again.approval, Approval::Requested);
    let request = again.request.clone().unwrap();
    assert!(request.is_open() && request.round == 2 && request.version > was.version);
}

#[test]
fn staff_call_off_in_an_emergency_what_others_decide() {
    let order = placed(Confirm::Asked(asked())).order;
    assert!(
        order.after(&staff(Event::Cancel)).is_err(),
        "why is missing"
    );
    let off = order.after(&staff(Event::Cancel).because("fire")).unwrap();
    assert_eq!(off.stock, StockMove::Release);
    assert_eq!(off.order.approval, Approval::Lapsed);
    let request = off.order.request.unwrap();
    assert_eq!(request.state, approvals::State::Withdrawn);
}

#[test]
fn the_customer_takes_what_was_proposed_as_the_next_round() {
    let mut order = placed(Confirm::Asked(asked())).order;
    let offer = amended(&order, &tea(2));
    assert!(
        order
            .request
            .as_mut()
            .unwrap()
            .propose(proposed(offer.clone()))
    );
    let request = order.request.clone().unwrap();
    let due = NOW.plus(7_200_000);
    let own = Actor::person(Role::Customer, order.customer);
    let takes = Move {
        request: Some(request.anew(fired("new"), tiers("owner"), NOW, due)),
        ..amend(own, request.proposal.clone().unwrap().amendment)
    };
    let step = order.after(&takes).unwrap();
    assert_eq!(step.stock, StockMove::Amend);
    assert_eq!(step.order.lines, offer.lines);
    let now = step.order.request.unwrap();
    assert_eq!(
        (now.round, now.version, now.due),
        (2, request.version + 1, due)
    );
    assert_eq!(now.proposal, None);
}

#[test]
fn nobody_decides_what_was_changed_since() {
    let mut order = placed(Confirm::Asked(asked())).order;
    let offer = amended(&order, &tea(2));
    let request = order.request.as_mut().unwrap();
    request.votes.push(Vote {
        who: CustomerId(501),
        name: "Mei".to_owned(),
        of: None,
        of_name: String::new(),
        yes: true,
        minutes: None,
        at: NOW,
    });
    request.said.push(Said {
        who: CustomerId(501),
        name: "Mei".to_owned(),
        words: "how many?".to_owned(),
        at: NOW,
    });
    assert!(request.propose(proposed(offer)));
    let request = request.clone();
    // Only a wish: votes stay, what was proposed for the order as it was is void.
    let wish = order.after(&amend(by_staff(), amended(&order, &wish)));
    let kept = wish.unwrap().order.request.unwrap();
    assert_eq!((kept.round, kept.version), (1, request.version + 1));
    assert_eq!((kept.votes.len(), kept.proposal), (1, None));
    // Other amounts: a new round, even if whoever moves it brings none.
    let more = order.after(&amend(by_staff(), amended(&order, &tea(3))));
    let anew = more.unwrap().order.request.unwrap();
    assert_eq!((anew.round, anew.votes.len(), anew.said.len()), (2, 0, 1));
    assert_eq!((anew.tiers, anew.due), (request.tiers, request.due));
}

#[test]
fn everybody_hears_of_it_but_whoever_did_it() {
    use Audience::{Customer, Kitchen};
    let event = Some(Event::Amend);
    assert_eq!(audience(event, Role::Kitchen), [Customer, Kitchen]);
    assert_eq!(audience(event, Role::Customer), [Kitchen]);
}

proptest! {
    /// Whatever is amended in between: what the order holds is what its lines want, and all of
    /// it is given back or handed over once.
    #[test]
    fn what_it_holds_is_what_its_lines_want(
        ruled in any::<bool>(),
        moves in prop::collection::vec((0..Event::ALL.len(), 0..Role::ALL.len(), 0i64..9), 0..60),
    ) {
        let confirm = if ruled { Confirm::Asked(asked()) } else { Confirm::Auto };
        let placed = placed(confirm);
        let (mut order, mut held, mut ended) = (placed.order, placed.demand, 0);
        for (event, role, quantity) in moves {
            let event = Event::ALL[event];
            let actor = Actor { role: Role::ALL[role], user: None };
            let mut asked = Move::new(event, actor, 1, NOW).because("x");
            asked.amendment = Some(Box::new(amended(&order, &tea(quantity))));
            if event == Event::RequestApproval {
                asked.request = Some(match &order.request {
                    Some(was) => was.anew(fired("large"), tiers("manager"), NOW, NOW),
                    None => self::asked(),
                });
            }
            let Ok(step) = order.after(&asked) else { continue };
            match step.stock {
                StockMove::Keep => {}
                StockMove::Amend => {
                    prop_assert_eq!(event, Event::Amend);
                    held = step.order.demand();
                }
                StockMove::Release | StockMove::Fulfil => {
                    prop_assert_eq!(&held, &order.demand());
                    held = Demand::new();
                    ended += 1;
                }
            }
            let round = |order: &Order| order.request.as_ref().map_or(0, |request| request.round);
            prop_assert!(round(&step.order) >= round(&order));
            order = step.order;
            let open = order.request.as_ref().is_some_and(Request::is_open);
            prop_assert_eq!(order.is_ruled(), open);
            if order.state.holds_stock() {
                prop_assert_eq!(&held, &order.demand());
            }
            prop_assert_eq!(order.lines.len(), order.receipt.lines.len());
        }
        prop_assert_eq!(ended, i64::from(!order.state.holds_stock()));
    }
}
