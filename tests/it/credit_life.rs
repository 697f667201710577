//! Whole lives of orders on account, in random turns through the whole bot while staff settle and
//! set the accounts: whatever happens, in whatever order, the balance is the sum of the ledger,
//! what is used is the open orders and the balance, and each claim is released once.

use ks_order::domain::credit::{Account, Op};
use ks_order::kernel::time::DAY;
use ks_order::kernel::{AccountId, CompanyId, CustomerId, IdSource, OrderId};
use ks_order::store::credit::{self, Booking};
use ks_order::store::stock::Stamp;

use crate::support::account::{company, open};
use crate::support::bot::Setup;
use crate::support::chance::Chance;
use crate::support::scene::Scene;
use crate::support::screen::like;
use crate::support::script::Act;

/// What happens at least, looked at after each.
const STEPS: usize = 150;

/// Lin and Wang order for a company, Sam for himself; Chen decides beyond limits.
const SHOP: &str = "pack: retail
people: lin (en), wang (en), sam (en), chen (en), boss (en), kitchen: group of packer
set: role chen manager
boss: /start
chen: /start
lin: /start
wang: /start
sam: /start
";

const CUSTOMERS: [&str; 3] = ["lin", "wang", "sam"];
const GOODS: [&str; 3] = ["Folding trolley*", "Step stool*", "Price holders*"];
/// What a customer taps next, the first that is there.
const NEXT: [&str; 9] = [
    "✅ Place order*",
    "🛒 Use this*",
    "Skip*",
    "✅ Check out*",
    "*Pick up",
    "*:00",
    "✅ Add*",
    "✅ Wang*",
    "🛒 Cart",
];
/// An account's limit at first.
const LIMIT: i64 = 150_000;

/// What can happen.
#[derive(Debug, Clone, Copy)]
enum Step {
    Order,
    Approve,
    Reject,
    Change,
    Cancel,
    Work,
    Wait,
    Repay,
    Refund,
    Adjust,
    Limit,
    Block,
    Budget,
    Restart,
}

/// Each with its weight.
const ALL: [(Step, u64); 14] = [
    (Step::Order, 24),
    (Step::Approve, 12),
    (Step::Reject, 4),
    (Step::Change, 8),
    (Step::Cancel, 6),
    (Step::Work, 26),
    (Step::Wait, 5),
    (Step::Repay, 8),
    (Step::Refund, 6),
    (Step::Adjust, 4),
    (Step::Limit, 5),
    (Step::Block, 2),
    (Step::Budget, 4),
    (Step::Restart, 1),
];

struct Life<'s> {
    scene: Scene<'s>,
    chance: Chance,
    done: Vec<String>,
    ids: IdSource,
    accounts: [AccountId; 2],
    repayments: u64,
}

impl<'s> Life<'s> {
    fn new(setup: &'s Setup, chance: Chance) -> Self {
        let scene = Scene::new(setup, SHOP);
        let person = |name: &str| CustomerId(scene.stage.id(name).unwrap());
        let (lin, wang, sam) = (person("lin"), person("wang"), person("sam"));
        let lucky = CompanyId::from("lucky");
        let accounts = [AccountId::Company(lucky.clone()), AccountId::Person(sam)];
        let ours = accounts.clone();
        let ids = scene.bot.stores(async |db, now| {
            let mut ids = IdSource::new(4, now.plus(DAY));
            let mut stamp = Stamp {
                cause: 1,
                now,
                ids: &mut ids,
            };
            let mut tx = db.begin().await.unwrap();
            company(&mut tx, &lucky, &[lin, wang], now).await;
            for account in &ours {
                open(&mut tx, account, LIMIT, &mut stamp).await;
            }
            tx.commit().await.unwrap();
            ids
        });
        Self {
            scene,
            chance,
            done: Vec::new(),
            ids,
            accounts,
            repayments: 0,
        }
    }

    fn below(&mut self, limit: i64) -> i64 {
        i64::try_from(self.chance.below(u64::try_from(limit).unwrap())).unwrap()
    }

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

    /// One of the newest orders: its id and its version.
    fn some_order(&mut self) -> Option<(i64, i64)> {
        let newest = "select id, version from orders order by id desc limit 5";
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
        match (step, order) {
            (Step::Order, _) => self.order(),
            (Step::Approve, Some((id, _))) => {
                let decider = self.one_of(&["chen", "chen", "lin", "boss"]);
                self.forges(decider, None, format!("ay.{id}~1"));
            }
            (Step::Reject, Some((id, _))) => {
                self.forges("chen", None, format!("aN.{id}.sold-out~1"));
            }
            (Step::Change, Some((id, version))) => {
                let who = self.owner_of(id);
                self.forges(who, None, format!("oe.{id}~{version}"));
                let label = self.one_of(&["＋", "－", "1 ×*"]);
                self.taps(who, label);
                self.goes_on(who);
            }
            (Step::Cancel, Some((id, version))) => {
                let who = self.owner_of(id);
                self.forges(who, None, format!("oC.{id}~{version}"));
            }
            (Step::Work, Some((id, version))) => {
                let op = self.one_of(&["kp", "ky", "kh", "kh"]);
                self.forges("packer", Some("kitchen"), format!("{op}.{id}~{version}"));
            }
            (Step::Wait, _) => {
                let minutes = self.one_of(&[1, 16, 61, 25 * 60]);
                self.scene.plays(&format!("clock +{minutes}m\n"));
            }
            (Step::Repay, _) => self.repays(),
            (Step::Refund, _) => self.refunds(),
            (Step::Adjust, _) => {
                let amount = self.below(20_000) - 10_000;
                self.books(amount, (Op::Adjusted, None, None));
            }
            (Step::Limit, _) => {
                let (limit, exceed) = (self.below(2 * LIMIT), self.below(6) == 0);
                self.sets(|account| {
                    account.limit_minor = limit;
                    account.may_exceed = exceed;
                });
            }
            (Step::Block, _) => self.sets(|account| account.blocked = !account.blocked),
            (Step::Budget, _) => {
                let text = self.one_of(&[
                    "update company_members set budget_minor = 40000, budget_period = 'month'",
                    "update company_members set budget_minor = 60000, budget_period = 'day'",
                    "update company_members set budget_minor = null, budget_period = null",
                ]);
                self.scene.bot.runs(text).unwrap();
            }
            (Step::Restart, _) => self.scene.plays("restart\n"),
            (_, None) => {}
        }
    }

    /// Somebody puts something into the cart and mostly orders it.
    fn order(&mut self) {
        let (who, goods) = (self.one_of(&CUSTOMERS), self.one_of(&GOODS));
        self.says(who, "/menu");
        self.taps(who, "Store fittings");
        self.taps(who, goods);
        for _ in 0..self.chance.below(3) {
            self.taps(who, "＋");
        }
        self.taps(who, "✅ Add*");
        if self.chance.below(6) > 0 {
            self.goes_on(who);
        }
    }

    /// Through the steps to the order, as far as that goes, mostly on account.
    fn goes_on(&mut self, who: &str) {
        let pays = match self.chance.below(6) {
            0 => "*Cash",
            _ => "*On account",
        };
        let mut was = Vec::new();
        let mut chosen = false;
        for _ in 0..14 {
            let newest = self.scene.stage.newest_labels(who);
            let is_there = |label: &&str| newest.iter().any(|l| like(label, l));
            let pay = [pays, "*Cash"];
            // How they paid last time is not asked again: it is changed at the review.
            let other = (!chosen).then_some("✎ Payment");
            let ways = pay.into_iter().chain(other);
            let label = ways.chain(NEXT).find(|l| is_there(l));
            chosen |= label.is_some_and(|l| pay.contains(&l) || Some(l) == other);
            match label {
                Some(label) if newest != was || label == "Skip*" => {
                    self.taps(who, label);
                    if label.starts_with("✅ Place") {
                        return;
                    }
                }
                _ => self.says(who, "Wang Fang"),
            }
            was = newest;
        }
    }

    fn account(&mut self) -> AccountId {
        let at = usize::from(self.chance.below(3) == 0);
        self.accounts[at].clone()
    }

    /// A repayment; some twice under one reference, which books it once.
    fn repays(&mut self) {
        self.repayments += 1;
        let amount = -self.below(60_000) - 1;
        let reference = format!("TX-{}", self.repayments);
        let about = (Op::Reimbursed, Some(reference.as_str()), None);
        assert!(self.books(amount, about), "a new reference");
        if self.chance.below(2) == 0 {
            assert!(!self.books(amount, about), "the same one again");
        }
    }

    /// Some of what was received is given back, at most what is left of the order.
    fn refunds(&mut self) {
        let left = "select o.id, o.total_minor + coalesce((select sum(e.amount_minor) \
            from account_entries e where e.order_id = o.id and e.op = 'refunded'), 0) \
            from orders o where o.account is not null \
            and o.state in ('picked_up', 'completed')";
        let orders: Vec<_> = self.scene.rows(left);
        let orders: Vec<_> = orders.into_iter().filter(|(_, left)| *left > 0).collect();
        if orders.is_empty() {
            return;
        }
        let (order, left) = self.one_of(&orders);
        let amount = -self.below(left) - 1;
        let is_companys = "select id, case when company is null then 1 else 0 end from orders";
        let own = self.scene.rows(is_companys);
        let at = own.iter().find(|(id, _)| *id == order).unwrap().1;
        let account = self.accounts[usize::try_from(at).unwrap()].clone();
        let about = (Op::Refunded, None, Some(OrderId(order)));
        self.books_on(&account, amount, about);
    }

    /// Whether enough has happened for the figures to mean something.
    fn saw_enough(&mut self) -> bool {
        let booked = "select count(*), count(distinct op) from account_entries";
        let (_, ops) = self.scene.rows(booked)[0];
        let ordered = "select count(*), count(distinct state) from orders \
            where account is not null";
        let (orders, states) = self.scene.rows(ordered)[0];
        orders >= 8 && states >= 3 && ops >= 6
    }

    fn books(&mut self, amount: i64, about: About<'_>) -> bool {
        let account = self.account();
        self.books_on(&account, amount, about)
    }

    /// Books as staff do, in a transaction of its own.
    fn books_on(&mut self, account: &AccountId, amount: i64, about: About<'_>) -> bool {
        let (op, reference, order) = about;
        let ids = &mut self.ids;
        self.scene.bot.stores(async |db, now| {
            let booking = Booking {
                balance: amount,
                due: (amount > 0).then_some(now.plus(30 * DAY)),
                reference,
                order,
                comment: "said so",
                ..Booking::new(account, op)
            };
            let mut stamp = Stamp { cause: 1, now, ids };
            let mut tx = db.begin().await.unwrap();
            let done = credit::book(&mut tx, &booking, &mut stamp).await.unwrap();
            match done {
                true => tx.commit().await.unwrap(),
                false => tx.rollback().await.unwrap(),
            }
            done
        })
    }

    fn sets(&mut self, change: impl Fn(&mut Account)) {
        let id = self.account();
        let ids = &mut self.ids;
        self.scene.bot.stores(async |db, now| {
            let mut stamp = Stamp { cause: 1, now, ids };
            let mut tx = db.begin().await.unwrap();
            let seen = credit::find(&mut tx, &id).await.unwrap().unwrap();
            let mut to = seen.clone();
            change(&mut to);
            let set = credit::set(&mut tx, (&seen, &to), (None, ""), &mut stamp).await;
            assert!(set.unwrap());
            tx.commit().await.unwrap();
        });
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

/// What is booked, under which reference, about which order.
type About<'a> = (Op, Option<&'a str>, Option<OrderId>);

/// What no row may be, each with its rows.
const NEVER: [(&str, &str); 7] = [
    (
        "a balance that is not the sum of the ledger",
        "select a.balance_minor, sum(e.balance_change) from accounts a \
         join account_entries e on e.account = a.id group by a.id, a.balance_minor \
         having a.balance_minor <> sum(e.balance_change)",
    ),
    (
        "something used that is neither an open order nor owed",
        "select a.balance_minor + a.held_minor, 0 from accounts a \
         where a.balance_minor + a.held_minor <> \
         (select coalesce(sum(balance_change), 0) from account_entries e where e.account = a.id) \
         + (select coalesce(sum(total_minor), 0) from orders o where o.account = a.id and o.state \
         in ('placed', 'awaiting_approval', 'confirmed', 'preparing', 'ready', 'out_for_delivery'))",
    ),
    (
        "a claim of an order that is over and not released, or more than once",
        "select order_id, sum(held_change) from account_entries where order_id in \
         (select id from orders where state in \
         ('rejected', 'cancelled', 'expired', 'picked_up', 'completed')) \
         group by order_id having sum(held_change) <> 0",
    ),
    (
        "an order that ended twice on its account",
        "select order_id, count(*) from account_entries where op in ('charged', 'reverted') \
         group by order_id having count(*) > 1",
    ),
    (
        "an order beyond the limit that nobody was asked about",
        "select o.id, e.limit_after - e.balance_after - e.held_after from account_entries e \
         join orders o on o.id = e.order_id join accounts a on a.id = e.account \
         where e.op = 'purchased' and e.balance_after + e.held_after > e.limit_after \
         and o.request_state is null and not exists (select 1 from account_entries s \
         where s.account = e.account and s.op = 'updated' and s.seq < e.seq)",
    ),
    (
        "more given back than the order came to",
        "select o.id, o.total_minor from orders o where o.total_minor < \
         (select -sum(e.amount_minor) from account_entries e \
         where e.order_id = o.id and e.op = 'refunded')",
    ),
    (
        "a payment booked twice",
        "select count(*), count(*) from account_entries where op = 'reimbursed' \
         group by reference having count(*) > 1",
    ),
];

#[test]
fn accounts_stay_right_whatever_happens() {
    let setup = Setup::sqlite();
    let chance = Chance::new("accounts_stay_right_whatever_happens");
    let mut life = Life::new(&setup, chance);
    let total: u64 = ALL.iter().map(|(_, weight)| weight).sum();
    let mut steps = 0;
    // An account that is blocked or used up early sells little: then it goes on for longer.
    while steps < STEPS || (!life.saw_enough() && steps < 4 * STEPS) {
        let mut at = life.chance.below(total);
        let found = ALL.iter().find(|(_, weight)| {
            let is_it = at < *weight;
            at = at.saturating_sub(*weight);
            is_it
        });
        let (step, _) = *found.unwrap();
        life.done.push(format!("{step:?}"));
        life.step(step);
        life.holds();
        steps += 1;
    }
    println!("{steps} steps");
    assert!(life.saw_enough());
    life.scene.ends();
}
