//! People who order and cook by themselves: each looks at the newest keyboard and taps like a
//! person would, again if nothing happens. They know the labels of the English texts only.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use ks_order::sandbox::{Emulator, GroupSpec, Msg, UserSpec};

use super::screen::{like, seen};

/// Without an answer for so long, a person taps again.
const PATIENCE: Duration = Duration::from_millis(1_200);
/// A person taps only what stands still: two taps under way would make each other old for ever.
const CALM: Duration = Duration::from_millis(120);
/// After so many vain taps, a person begins anew with /menu.
const VAIN_TAPS: u32 = 3;

/// What a customer taps, the first that is there: (label, only while nothing was chosen yet).
const CUSTOMER_TAPS: &[&str] = &[
    "✅ Place order*",
    "As soon as possible",
    // Offered to those alone who have an account.
    "On account",
    "Cash",
    "Skip*",
    "✅ Check out*",
    "🥡 Pickup*",
    "✅ 🥡 Pickup*",
    "✅ Add*",
];
/// What everybody orders, unless told otherwise: category and dish.
const DISH: (&str, &str) = ("Desserts", "Egg tarts*");
/// What is said where too little is left.
const TOO_LITTLE: [&str; 3] = [
    "Not enough left",
    "of credit is missing",
    "above your budget",
];
const KITCHEN_TAPS: &[&str] = &["✅ 10 min", "🍳 Preparing", "🔔 Ready", "🤝 Handed over"];

/// One customer, who orders a few times.
pub struct Customer {
    pub id: i64,
    rounds: usize,
    /// Numbers of the orders that this person has seen confirmed.
    pub seen: BTreeSet<i64>,
    /// How often this person wanted an order placed: once for each round.
    pub wanted: usize,
    placing: bool,
    added: bool,
    last: Option<(i64, Msg)>,
    since: Instant,
    /// What stands newest in the chat, and since when.
    newest: Option<Msg>,
    calm_since: Instant,
    vain: u32,
    dish: (&'static str, &'static str),
    /// Whether this person was told that too little is left, of goods or of credit.
    pub told: bool,
    /// Without an answer for so long, this person taps again.
    pub patience: Duration,
    /// Stops before tapping this.
    pub hesitates_at: Option<&'static str>,
    /// Whether this person stands where they hesitate.
    pub hesitating: bool,
    /// An order that waits for the shop is all this person wants.
    pub waits: bool,
}

impl Customer {
    pub fn new(id: i64, rounds: usize) -> Self {
        Self {
            id,
            rounds,
            seen: BTreeSet::new(),
            wanted: 0,
            placing: false,
            added: false,
            last: None,
            since: Instant::now(),
            newest: None,
            calm_since: Instant::now(),
            vain: 0,
            dish: DISH,
            told: false,
            patience: PATIENCE,
            hesitates_at: None,
            hesitating: false,
            waits: false,
        }
    }

    /// Wants another order besides.
    pub fn another_round(&mut self) {
        self.rounds += 1;
    }

    /// Begins no further order.
    pub fn last_round(&mut self) {
        self.rounds = self.wanted.max(1);
    }

    /// Whether all orders were placed and seen confirmed.
    pub fn is_done(&self) -> bool {
        self.told || self.seen.len() >= self.rounds
    }

    /// Looks at the chat and does the next thing, if it is time for one.
    pub fn act(&mut self, telegram: &Emulator) {
        let messages = telegram.messages(self.id, self.id);
        let before = self.seen.len();
        let is_there = if self.waits { placed } else { confirmed };
        self.seen
            .extend(messages.iter().filter(|m| m.from_bot).filter_map(is_there));
        self.told |= messages
            .iter()
            .any(|m| m.from_bot && TOO_LITTLE.iter().any(|words| m.text.contains(words)));
        if self.seen.len() > before {
            self.placing = false;
            self.added = false;
            self.last = None;
        }
        if self.is_done() {
            return;
        }
        let Some(newest) = messages
            .iter()
            .rev()
            .find(|m| m.from_bot && !m.deleted && !m.inline_keyboard.is_empty())
        else {
            self.begin(telegram);
            return;
        };
        if self.newest.as_ref() != Some(newest) {
            self.newest = Some(newest.clone());
            self.calm_since = Instant::now();
        }
        if self.calm_since.elapsed() < CALM {
            return;
        }
        let changed = self
            .last
            .as_ref()
            .is_none_or(|(id, was)| *id != newest.id || was != newest);
        if !changed && self.since.elapsed() < self.patience {
            return;
        }
        self.vain = if changed { 0 } else { self.vain + 1 };
        if self.vain > VAIN_TAPS {
            self.begin(telegram);
            return;
        }
        self.last = Some((newest.id, newest.clone()));
        self.since = Instant::now();
        match self.choice(newest) {
            Some((row, col)) => {
                let label = newest.inline_keyboard[row][col].text.clone();
                self.hesitating = self.hesitates_at.is_some_and(|at| like(at, &label));
                if self.hesitating {
                    return;
                }
                if like("✅ Place order*", &label) && !self.placing {
                    self.placing = true;
                    self.wanted += 1;
                }
                self.added |= like("✅ Add*", &label);
                // The button may have gone since; then the next look finds another.
                drop(telegram.tap(self.id, self.id, newest.id, row, col));
            }
            None if seen(newest).lines.iter().any(|l| l.contains("Which name")) => {
                drop(telegram.say(self.id, "Lin"));
            }
            None => self.begin(telegram),
        }
    }

    /// Forgets what was tapped last: acts at the next look.
    pub fn look_again(&mut self) {
        self.last = None;
    }

    fn choice(&self, message: &Msg) -> Option<(usize, usize)> {
        let find = |label: &str| {
            message
                .inline_keyboard
                .iter()
                .enumerate()
                .find_map(|(r, row)| {
                    row.iter()
                        .position(|b| like(label, &b.text))
                        .map(|c| (r, c))
                })
        };
        let cart = self.added.then_some("🛒 Cart");
        CUSTOMER_TAPS
            .iter()
            .copied()
            .chain(cart)
            .chain([self.dish.1, self.dish.0, "*Menu"])
            .find_map(find)
    }

    fn begin(&mut self, telegram: &Emulator) {
        if self.last.is_some() && self.since.elapsed() < self.patience {
            return;
        }
        self.vain = 0;
        self.since = Instant::now();
        self.last = None;
        drop(telegram.say(self.id, "/menu"));
        // What comes next is an answer to this; wait for it.
        self.last = telegram
            .messages(self.id, self.id)
            .into_iter()
            .rev()
            .find(|m| m.from_bot)
            .map(|m| (m.id, m));
    }
}

/// The number of the order that a message says is confirmed.
pub fn confirmed(message: &Msg) -> Option<i64> {
    placed(message).filter(|_| !first_line(message).contains("waiting for the shop"))
}

/// The number of the order that a message speaks of.
fn placed(message: &Msg) -> Option<i64> {
    number(message).filter(|_| first_line(message).contains("Order #"))
}

/// The number after the first `#` of a message.
pub fn number(message: &Msg) -> Option<i64> {
    let after = message.text.split_once('#')?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The first line of a message.
pub fn first_line(message: &Msg) -> String {
    message.text.lines().next().unwrap_or("").to_owned()
}

/// The kitchen: every card in the group that has a button is moved on by one.
pub struct Kitchen {
    pub group: i64,
    pub chef: i64,
    pressed: BTreeMap<(i64, String), Instant>,
}

impl Kitchen {
    pub fn new(group: i64, chef: i64) -> Self {
        Self {
            group,
            chef,
            pressed: BTreeMap::new(),
        }
    }

    /// Presses the next button on every card.
    pub fn act(&mut self, telegram: &Emulator) {
        for message in telegram.messages(self.group, self.chef) {
            if !message.from_bot || message.deleted {
                continue;
            }
            let button = message
                .inline_keyboard
                .iter()
                .enumerate()
                .find_map(|(r, row)| {
                    row.iter()
                        .position(|b| KITCHEN_TAPS.iter().any(|l| like(l, &b.text)))
                        .map(|c| (r, c, row[c].text.clone()))
                });
            let Some((row, col, label)) = button else {
                continue;
            };
            let key = (message.id, label);
            if self
                .pressed
                .get(&key)
                .is_some_and(|at| at.elapsed() < PATIENCE)
            {
                continue;
            }
            self.pressed.insert(key, Instant::now());
            drop(telegram.tap(self.chef, self.group, message.id, row, col));
        }
    }
}

/// A crowd in an emulator: customers 1001.., the owner 900, the chef 901, the group -500.
pub struct Crowd {
    pub telegram: Emulator,
    pub customers: Vec<Customer>,
    pub kitchen: Kitchen,
}

pub const OWNER: i64 = 900;
pub const CHEF: i64 = 901;
pub const GROUP: i64 = -500;

impl Crowd {
    pub fn new(telegram: Emulator, customers: i64, rounds: usize) -> Self {
        telegram.add_user(UserSpec::new(OWNER, "Boss").language("en"));
        telegram.add_user(UserSpec::new(CHEF, "Chef").language("en"));
        telegram.add_group(GroupSpec::new(GROUP, "Kitchen", &[OWNER, CHEF]));
        telegram.add_bot_to_group(GROUP, OWNER).unwrap();
        let people = (0..customers).map(|n| {
            telegram.add_user(UserSpec::new(1001 + n, format!("C{n}")).language("en"));
            Customer::new(1001 + n, rounds)
        });
        let customers = people.collect();
        Self {
            telegram,
            customers,
            kitchen: Kitchen::new(GROUP, CHEF),
        }
    }

    /// Everybody looks and acts once.
    pub fn act(&mut self) {
        for customer in &mut self.customers {
            customer.act(&self.telegram);
        }
        self.kitchen.act(&self.telegram);
    }

    /// Whether the bot has written to any customer.
    pub fn somebody_was_answered(&self) -> bool {
        self.customers.iter().any(|c| {
            self.telegram
                .messages(c.id, c.id)
                .iter()
                .any(|m| m.from_bot)
        })
    }

    /// Whether every customer has all orders handed over.
    pub fn is_done(&self) -> bool {
        self.customers.iter().all(|c| {
            c.is_done()
                && c.seen.iter().all(|n| {
                    self.telegram
                        .messages(c.id, c.id)
                        .iter()
                        .any(|m| number(m) == Some(*n) && m.text.contains("was handed over"))
                })
        })
    }
}
