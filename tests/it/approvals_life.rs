//! Whole lives of orders that the rules leave to people, in random turns through the whole bot:
//! whatever happens, in whatever order, the stock follows, each claim is given back once, and
//! nothing is decided twice.

use crate::support::bot::Setup;
use crate::support::chance::Chance;
use crate::support::scene::Scene;
use crate::support::script::Act;

/// Looked at after each.
const SEQUENCES: usize = 8;
/// What happens in one.
const STEPS: usize = 16;

/// Large orders wait for a manager; those who order, those who decide and a kitchen.
const SHOP: &str = "
people: lin (en), wang (en), sam (en), chen (en), dora (en), boss (en), kitchen: group of chef
set: rules one
set: role chen manager
set: role dora manager
boss: /start
chen: /start
dora: /start
";

const CUSTOMERS: [&str; 3] = ["lin", "wang", "sam"];
/// The first is below what the rules look at; some are counted, some are not.
const DISHES: [&str; 3] = ["Egg tarts*", "Mango sago*", "Osmanthus jelly*"];
/// What a customer taps next, the first that is there.
const NEXT: [&str; 8] = [
    "✅ Place order*",
    "As soon as possible",
    "*Skip*",
    "✅ Check out*",
    "🥡 Pickup*",
    "✅ Add*",
    "🛒 Cart",
    "Yes, cancel",
];

/// What can happen.
#[derive(Debug, Clone, Copy)]
enum Step {
    Order,
    Approve,
    Reject,
    Ask,
    Answer,
    Change,
    Cancel,
    Work,
    Wait,
    Away,
    Restart,
}

/// Each with its weight.
const ALL: [(Step, u64); 11] = [
    (Step::Order, 20),
    (Step::Approve, 14),
    (Step::Reject, 5),
    (Step::Ask, 6),
    (Step::Answer, 4),
    (Step::Change, 7),
    (Step::Cancel, 6),
    (Step::Work, 22),
    (Step::Wait, 12),
    (Step::Away, 3),
    (Step::Restart, 1),
];

struct Life<'s> {
    scene: Scene<'s>,
    chance: Chance,
    done: Vec<String>,
}

impl Life<'_> {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = usize::try_from(self.chance.below(all.len() as u64)).unwrap();
        all[at]
    }

    /// Does something that may not be possible; whether it was.
    fn tries(&mut self, who: &str, chat: Option<&str>, act: &Act) -> bool {
        self.scene.stage.listen();
        let could = self.scene.stage.act(who, chat, act).is_ok();
        self.scene.bot.settle(&self.scene.stage).unwrap();
        could
    }

    fn taps(&mut self, who: &str, label: &str) -> bool {
        let tap = Act::Tap {
            label: label.to_owned(),
            on: None,
            times: 1,
        };
        self.tries(who, None, &tap)
    }

    fn says(&mut self, who: &str, words: &str) {
        self.tries(who, None, &Act::Says(words.to_owned()));
    }

    fn forges(&mut self, who: &str, chat: Option<&str>, data: String) {
        self.tries(who, chat, &Act::Forges(data));
    }

    /// One of the newest orders: its id, its version and a customer, mostly its own.
    fn some_order(&mut self) -> Option<(i64, i64)> {
        let newest = "select id, version from orders order by id desc limit 6";
        let orders = self.scene.rows(newest);
        (!orders.is_empty()).then(|| self.one_of(&orders))
    }

    fn owner_of(&mut self, order: i64) -> &'static str {
        let owners = self.scene.rows("select id, customer from orders");
        let owner = owners.iter().find(|(id, _)| *id == order).unwrap().1;
        let is_it = |name: &&&str| self.scene.stage.id(name).unwrap() == owner;
        CUSTOMERS.iter().find(is_it).unwrap()
    }

    fn step(&mut self, step: Step) {
        let order = self.some_order();
        let decider = self.one_of(&["chen", "dora", "dora", "boss"]);
        match (step, order) {
            (Step::Order, _) => self.order(),
            (Step::Approve, Some((id, _))) => {
                let minutes = self.one_of(&["", ".15"]);
                self.forges(decider, None, format!("ay.{id}{minutes}~1"));
            }
            (Step::Reject, Some((id, _))) => {
                self.forges(decider, None, format!("aN.{id}.busy~1"));
            }
            (Step::Ask, _) => {
                let to = "*waiting for the shop".to_owned();
                let words = "For today?".to_owned();
                if self.tries(decider, None, &Act::Replies { words, to }) {
                    self.taps(decider, "*Ask the customer*");
                }
            }
            (Step::Answer, _) => {
                let who = self.one_of(&CUSTOMERS);
                self.says(who, "Yes, for today");
            }
            (Step::Change, Some((id, version))) => {
                let who = self.owner_of(id);
                self.forges(who, None, format!("oe.{id}~{version}"));
                if self.chance.below(3) > 0 {
                    self.goes_on(who);
                }
            }
            (Step::Cancel, Some((id, version))) => {
                let who = self.owner_of(id);
                self.forges(who, None, format!("oC.{id}~{version}"));
            }
            (Step::Work, Some((id, version))) => {
                let op = self.one_of(&["kp", "kp", "ky", "ky", "kh", "kh"]);
                self.forges("chef", Some("kitchen"), format!("{op}.{id}~{version}"));
            }
            (Step::Wait, _) => {
                let minutes = self.one_of(&[1, 4, 6, 16, 61]);
                self.scene.plays(&format!("clock +{minutes}m\n"));
            }
            (Step::Away, _) => {
                self.says("chen", "/away");
                for label in ["*I am back*", "1 day", "Dora"] {
                    self.taps("chen", label);
                }
            }
            (Step::Restart, _) => self.scene.plays("restart\n"),
            (_, None) => {}
        }
    }

    /// Somebody puts something into the cart and mostly orders it.
    fn order(&mut self) {
        let (who, dish) = (self.one_of(&CUSTOMERS), self.one_of(&DISHES));
        self.says(who, "/menu");
        self.taps(who, "Desserts");
        self.taps(who, dish);
        for _ in 0..self.chance.below(3) {
            self.taps(who, "＋");
        }
        self.taps(who, "✅ Add*");
        if self.chance.below(6) > 0 {
            self.goes_on(who);
        }
    }

    /// Through the steps to the order, as far as that goes.
    fn goes_on(&mut self, who: &str) {
        for _ in 0..8 {
            let newest = self.scene.stage.newest_labels(who);
            let is_there = |label: &&&str| {
                newest
                    .iter()
                    .any(|l| crate::support::screen::like(label, l))
            };
            let Some(label) = NEXT.iter().find(is_there) else {
                return;
            };
            self.taps(who, label);
            if label.starts_with("✅ Place") {
                return;
            }
        }
    }

    /// What must hold whatever happened.
    fn holds(&mut self) {
        let done = self.done.join("\n");
        assert_eq!(self.scene.bot.violations().unwrap(), [""; 0], "\n{done}");
        for (what, query) in NEVER {
            let found = self.scene.rows(query);
            assert_eq!(found, [], "{what}\n{done}");
        }
    }
}

/// What no row may be, each with its rows.
const NEVER: [(&str, &str); 7] = [
    (
        "a level that is not the sum of its ledger",
        "select s.on_hand, s.held from stock s where \
         s.on_hand <> (select sum(on_hand_change) from stock_ledger l where l.item_id = s.item_id) \
         or s.held <> (select sum(held_change) from stock_ledger l where l.item_id = s.item_id)",
    ),
    (
        "something held that is not held for anybody",
        "select s.held, 0 from stock s where s.held <> \
         (select coalesce(sum(quantity), 0) from holds h where h.item_id = s.item_id)",
    ),
    (
        "an open order whose goods are not held, or others",
        "select o.id, l.quantity from order_lines l join orders o on o.id = l.order_id \
         join stock s on s.item_id = l.item_id \
         where o.state in ('awaiting_approval', 'confirmed', 'preparing', 'ready') and \
         (select sum(m.quantity) from order_lines m where m.order_id = o.id and m.item_id = l.item_id) \
         <> coalesce((select h.quantity from holds h where h.order_id = o.id and h.item_id = l.item_id), 0)",
    ),
    (
        "a claim of an order that is over and not given back, or more than once",
        "select g.claim, g.held from (select claim, item_id, sum(held_change) as held \
         from stock_ledger where claim in (select cart_id from orders where state in \
         ('rejected', 'cancelled', 'expired', 'completed')) group by claim, item_id) g where g.held <> 0",
    ),
    (
        "goods given back or handed over twice",
        "select order_id, count(*) from stock_ledger where order_id is not null \
         and reason in ('release', 'fulfil') group by order_id, item_id having count(*) > 1",
    ),
    (
        "an order decided twice",
        "select order_id, count(*) from order_events where from_state = 'awaiting_approval' \
         and to_state <> 'awaiting_approval' group by order_id having count(*) > 1",
    ),
    (
        "a request that is open though its order does not wait, or the other way round",
        "select id, request_version from orders where request_state is not null \
         and (request_state = 'open') <> (state = 'awaiting_approval')",
    ),
];

#[test]
fn orders_that_people_decide_keep_the_stock_right_whatever_happens() {
    let setup = Setup::sqlite();
    let chance = Chance::new("orders_that_people_decide_keep_the_stock_right");
    let mut life = Life {
        scene: Scene::new(&setup, SHOP),
        chance,
        done: Vec::new(),
    };
    let total: u64 = ALL.iter().map(|(_, weight)| weight).sum();
    for _ in 0..SEQUENCES {
        for _ in 0..STEPS {
            let mut at = life.chance.below(total);
            let found = ALL.iter().find(|(_, weight)| {
                let is_it = at < *weight;
                at = at.saturating_sub(*weight);
                is_it
            });
            let (step, _) = *found.unwrap();
            life.done.push(format!("{step:?}"));
            life.step(step);
        }
        life.holds();
    }
    let ended = "select count(*), count(distinct state) from orders";
    let (orders, states) = life.scene.rows(ended)[0];
    println!("{orders} orders in {states} states");
    assert!(
        orders >= 10 && states >= 3,
        "{orders} orders, {states} states"
    );
    life.scene.ends();
}
