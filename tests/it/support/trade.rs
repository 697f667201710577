//! A tiny shop for store tests: three counted items, one that is not, and an order's way through
//! the store as the application goes it.

use std::collections::BTreeMap;

use ks_order::app::credit::booking;
use ks_order::domain::approvals::{Need, Quorum, Request};
use ks_order::domain::cart::{Cart, Mode, NewLine, Rounding, Scope, TaxRate, TaxRules};
use ks_order::domain::catalogue::{Catalogue, Category, Item, Parts, Pricing, SoldOut, Unit};
use ks_order::domain::credit::Op;
use ks_order::domain::orders::{
    Actor, Answers, Confirm, Event, Fulfilment, Menu, Move, NewOrder, Order, Placed, Role, Step,
    StockMove, amendment, place,
};
use ks_order::kernel::time::DAY;
use ks_order::kernel::{
    AccountId, CartId, ChatId, Currency, CustomerId, IdSource, Localised, Money, OrderId, Quantity,
    Timestamp,
};
use ks_order::store::credit::Booking;
use ks_order::store::stock::{Held, Stamp};
use ks_order::store::{StoreError, Tx, carts, credit, items, orders, stock};

/// A business moment.
pub const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// How long a hold lasts in these tests.
pub const HOLD: i64 = 900_000;
/// How long after an order was received on account it is due in these tests.
pub const TERM: i64 = 30 * DAY;
/// Who presses in the kitchen.
pub const COOK: CustomerId = CustomerId(900);

/// Names of the counted items.
pub const COUNTED: [&str; 3] = ["dumplings", "noodles", "tea"];

fn item(id: &str, stock: Option<i64>) -> Item {
    Item {
        id: id.into(),
        category: "food".into(),
        name: Localised(BTreeMap::from([("en".to_owned(), id.to_owned())])),
        about: Localised::default(),
        tax: "food".into(),
        photo: None,
        code: None,
        aliases: Vec::new(),
        opening_stock: stock.map(Quantity),
        low: None,
        unit: Unit::Piece,
        contains: Vec::new(),
        diet: Vec::new(),
        groups: Vec::new(),
        substitutes: Vec::new(),
        max_per_order: None,
        price: Pricing::Single(Money::new(1850, Currency::parse("CNY").unwrap())),
    }
}

/// The shop with so much of each counted item.
pub struct Trade {
    /// What it sells.
    pub catalogue: Catalogue,
    sold_out: SoldOut,
    taxes: TaxRules,
    /// Who places orders by hand for customers; none: they do themselves.
    pub by_hand: Option<CustomerId>,
    /// The account that its orders are on; none: they are paid otherwise.
    pub account: Option<AccountId>,
}

impl Trade {
    /// A shop whose counted items open with `stock` each.
    pub fn new(stock: i64) -> Self {
        let counted = COUNTED.iter().map(|id| item(id, Some(stock)));
        let parts = Parts {
            currency: Currency::parse("CNY").unwrap(),
            categories: vec![Category {
                id: "food".into(),
                name: Localised::default(),
            }],
            items: counted.chain([item("water", None)]).collect(),
            groups: Vec::new(),
        };
        Self {
            catalogue: Catalogue::new(parts).unwrap(),
            sold_out: SoldOut::default(),
            taxes: TaxRules {
                inclusive: true,
                rates: BTreeMap::from([("food".into(), TaxRate(60_000))]),
            },
            by_hand: None,
            account: None,
        }
    }

    /// Books the opening stock.
    pub async fn open(&self, tx: &mut Tx, ids: &mut IdSource) -> items::Seen {
        let all: Vec<_> = self
            .catalogue
            .items()
            .iter()
            .map(|item| (item.id.clone(), item.opening_stock))
            .collect();
        items::see(tx, &all, &mut stamp(ids)).await.unwrap()
    }

    /// A cart with these items: `(id, quantity)`.
    pub fn cart(&self, id: i64, customer: i64, lines: &[(&str, i64)]) -> Cart {
        let mut cart = Cart::new(CartId(id), CustomerId(customer), "pickup");
        for (item, quantity) in lines {
            let item = self.catalogue.item(&(*item).into()).unwrap();
            let mut line = NewLine::of(item, &self.catalogue);
            line.quantity = Quantity(*quantity);
            line.note = "no onions".to_owned();
            cart.add(line, &self.catalogue, &self.sold_out).unwrap();
        }
        cart
    }

    /// Takes the hold of a cart, as the review does.
    pub async fn review(
        &self,
        tx: &mut Tx,
        cart: &Cart,
        ids: &mut IdSource,
    ) -> Result<Held, StoreError> {
        let demand = cart.demand(&self.catalogue);
        stock::hold(tx, cart.id, &demand, NOW.plus(HOLD), &mut stamp(ids)).await
    }

    /// The order that a cart would become.
    pub fn placed(&self, cart: &Cart, id: i64, number: i64) -> Placed {
        self.placed_by(cart, (id, number), Confirm::Auto)
    }

    fn placed_by(&self, cart: &Cart, (id, number): (i64, i64), confirm: Confirm) -> Placed {
        let new = NewOrder {
            fees: &[],
            minimum: None,
            fulfilment: Fulfilment::Pickup,
            table: None,
            company: match &self.account {
                Some(AccountId::Company(id)) => Some((id.clone(), "ACME Ltd".to_owned())),
                Some(AccountId::Person(_)) | None => None,
            },
            account: self.account.clone(),
            cart,
            placed_by: self.by_hand,
            id: OrderId(id),
            day: "2027-01-15".to_owned(),
            number,
            chat: ChatId(cart.customer.0),
            answers: Answers::from([("name".to_owned(), "Lin".into())]),
            confirm,
            cause: 77,
            now: NOW,
        };
        place(new, self.menu()).unwrap()
    }

    fn menu(&self) -> Menu<'_> {
        Menu {
            catalogue: &self.catalogue,
            sold_out: &self.sold_out,
            taxes: &self.taxes,
            rounding: Rounding {
                scope: Scope::Line,
                mode: Mode::HalfUp,
            },
        }
    }

    /// The move of staff that makes an order these lines.
    pub fn amending(&self, order: &Order, lines: &[(&str, i64)]) -> Move {
        let cart = self.cart(1, order.customer.0, lines);
        let answers = order.answers.clone();
        let paid = (answers, self.account.clone());
        let amendment = amendment(&cart, order, &[], None, paid, self.menu()).unwrap();
        Move::amend(amendment, Actor::person(Role::Kitchen, COOK), 78, NOW)
    }

    /// Makes an order these lines: the order as it is then, or what is short, which changes
    /// nothing.
    pub async fn amend(
        &self,
        tx: &mut Tx,
        order: &Order,
        lines: &[(&str, i64)],
        ids: &mut IdSource,
    ) -> Result<Result<Order, Held>, StoreError> {
        let step = order.after(&self.amending(order, lines)).unwrap();
        if step.stock == StockMove::Amend {
            let demand = step.order.demand();
            let held = stock::amend_order(tx, order.id, &demand, &mut stamp(ids)).await?;
            if held != Held::All {
                return Ok(Err(held));
            }
        }
        let was = order.request.as_ref().map(|request| request.version);
        let events = std::slice::from_ref(&step.event);
        assert!(orders::update(tx, &step.order, events, was).await?);
        assert!(book(tx, &step, ids).await?);
        Ok(Ok(step.order))
    }

    /// Places a cart that is held; `false` if it was placed already or its hold is gone.
    pub async fn place(&self, tx: &mut Tx, cart: &Cart, id: i64) -> Result<bool, StoreError> {
        self.place_by(tx, cart, id, Confirm::Auto).await
    }

    /// The same, but people are asked whether it is confirmed.
    pub async fn place_asked(&self, tx: &mut Tx, cart: &Cart, id: i64) -> Result<bool, StoreError> {
        let need = Need {
            roles: vec!["manager".to_owned()],
            quorum: Quorum::Any,
        };
        let times = (NOW, NOW.plus(HOLD));
        let request = Request::new(Vec::new(), vec![vec![need]], times);
        self.place_by(tx, cart, id, Confirm::Asked(request)).await
    }

    async fn place_by(
        &self,
        tx: &mut Tx,
        cart: &Cart,
        id: i64,
        confirm: Confirm,
    ) -> Result<bool, StoreError> {
        if !carts::close(tx, cart, OrderId(id), &Default::default(), NOW).await? {
            return Ok(false);
        }
        let demand = cart.demand(&self.catalogue);
        if !stock::claim(tx, cart.id, OrderId(id), &demand).await? {
            return Ok(false);
        }
        let (number, _) = orders::next_number(tx, "2027-01-15", 1).await?;
        let placed = self.placed_by(cart, (id, number), confirm);
        if let Some(account) = &self.account {
            let booking = Booking {
                held: placed.order.receipt.total.minor,
                order: Some(placed.order.id),
                actor: Some(cart.customer),
                ..Booking::new(account, Op::Purchased)
            };
            // Ids of its own, above those that tests give to orders.
            let mut ids = self::ids(u64::try_from(id).unwrap() << 8);
            assert!(credit::book(tx, &booking, &mut stamp(&mut ids)).await?);
        }
        orders::insert(tx, &placed.order, cart.id, &placed.events).await
    }
}

/// Moves an order as the kitchen (or, with a reason, whoever) does; the stock follows.
pub async fn step(
    tx: &mut Tx,
    order: &Order,
    event: Event,
    ids: &mut IdSource,
) -> Result<Order, StoreError> {
    let role = match event {
        Event::Complete | Event::Expire => Role::System,
        Event::RequestCancel => Role::Customer,
        _ => Role::Kitchen,
    };
    let asked = Move::new(event, Actor::person(role, COOK), 78, NOW).because("because");
    let step = order.after(&asked).unwrap();
    let was = order.request.as_ref().map(|request| request.version);
    let events = std::slice::from_ref(&step.event);
    assert!(orders::update(tx, &step.order, events, was).await?);
    match step.stock {
        StockMove::Keep | StockMove::Amend => true,
        StockMove::Release => stock::release_order(tx, order.id, &mut stamp(ids)).await?,
        StockMove::Fulfil => stock::fulfil(tx, order.id, &mut stamp(ids)).await?,
    };
    assert!(book(tx, &step, ids).await?);
    Ok(step.order)
}

/// Books what a move does on the account that its order is on; `false` if the ledger refuses.
async fn book(tx: &mut Tx, step: &Step, ids: &mut IdSource) -> Result<bool, StoreError> {
    let due = Some(NOW.plus(TERM));
    match booking(&step.credit, &step.event, due) {
        Some(booking) => credit::book(tx, &booking, &mut stamp(ids)).await,
        None => Ok(true),
    }
}

/// Ids from a known place.
pub fn ids(seed: u64) -> IdSource {
    IdSource::new(seed, NOW)
}

/// What ledger rows of these tests carry.
pub fn stamp(ids: &mut IdSource) -> Stamp<'_> {
    Stamp {
        cause: 77,
        now: NOW,
        ids,
    }
}
