//! The people of a load: customers who order by taps and cooks who work the orders. They see
//! only what the emulator shows them and press only buttons that are there.

use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::app::route::{NotifyAct, OrderAct, Route};
use crate::kernel::OrderId;
use crate::sandbox::{ButtonKind, Emulator, Happened, Msg, Subject};

use super::meter::Tally;

/// The item that everybody orders, and its category.
pub const DISH: (&str, &str) = ("desserts", "egg-tarts");
/// The flow that the customers order by.
const FLOW: &str = "pickup";
pub const GROUP: i64 = -5_000;
/// So many cooks: one alone would press faster than a person may.
pub const COOKS: i64 = 32;
pub const FIRST_COOK: i64 = 900;
pub const FIRST_CUSTOMER: i64 = 10_001;

/// If nothing happens for so long, nothing is going on.
const QUIET: Duration = Duration::from_millis(300);
/// If no order is served for so long, the run has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a customer does: `/start`, then a tap for each of these.
const TAPS: [fn(&Route) -> bool; 10] = [
    |route| matches!(route, Route::Begin(flow) if flow == FLOW),
    |route| matches!(route, Route::Category(id, 0) if id == DISH.0),
    |route| matches!(route, Route::Item(id) if id == DISH.1),
    |route| matches!(route, Route::Add),
    |route| matches!(route, Route::Cart),
    |route| matches!(route, Route::Checkout),
    |route| matches!(route, Route::Answer(_)),
    |route| matches!(route, Route::Skip),
    |route| matches!(route, Route::Skip),
    |route| matches!(route, Route::Place),
];
/// The taps that are left out where nothing is to be skipped: what was answered once is not asked
/// again.
const SKIPS: std::ops::Range<usize> = 7..9;

/// What the cooks press, in order.
const STEPS: [fn(&OrderAct) -> bool; 4] = [
    |act| matches!(act, OrderAct::Accept(_)),
    |act| matches!(act, OrderAct::Prepare),
    |act| matches!(act, OrderAct::Ready),
    |act| matches!(act, OrderAct::HandOver),
];

/// Updates of one order: what its customer sends and what its cook presses.
pub const UPDATES_PER_ORDER: u64 = (1 + TAPS.len() + STEPS.len()) as u64;

/// When people act.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// Everybody as soon as they are answered.
    Closed,
    /// So many updates a second, whoever is ready.
    Open(f64),
}

/// Everybody of one run.
pub struct Crowd<'t> {
    telegram: &'t Emulator,
    events: Receiver<Happened>,
    /// Taps done of each customer's present order; none: not begun.
    customers: Vec<Option<usize>>,
    /// Who cooks each order, and how far it is.
    cooked: HashMap<OrderId, (i64, usize)>,
    to_begin: u64,
    served: u64,
    /// The cooks look on; the last card that they would have worked.
    resting: Option<Option<i64>>,
    pub tally: Tally,
}

impl<'t> Crowd<'t> {
    /// `chats` customers who place `orders` orders among them.
    pub fn new(telegram: &'t Emulator, chats: usize, orders: u64) -> Self {
        Self {
            events: telegram.meter(),
            telegram,
            customers: vec![None; chats],
            cooked: HashMap::new(),
            to_begin: orders,
            served: 0,
            resting: None,
            tally: Tally::default(),
        }
    }

    /// Runs until every order is served; `false` if nothing moved for too long.
    pub fn run(&mut self, pace: Pace, orders: u64) -> bool {
        let mut moved = Instant::now();
        let mut ready: VecDeque<usize> = (0..self.customers.len()).collect();
        let mut clock = Arrivals::new(pace);
        while self.served < orders || self.tally.is_waiting() {
            match self.events.recv_timeout(clock.wait(ready.is_empty())) {
                Ok(event) => {
                    let served = self.served;
                    // Who has begun goes on before others begin: else all would do the same thing
                    // at the same time.
                    match self.hear(event) {
                        Some(customer) if self.has_begun(customer) => ready.push_front(customer),
                        Some(customer) => ready.push_back(customer),
                        None => {}
                    }
                    if self.served > served {
                        moved = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
            while clock.is_due() {
                let Some(customer) = ready.pop_front() else {
                    break;
                };
                if self.act(customer) {
                    clock.acted();
                }
            }
            if moved.elapsed() > PATIENCE {
                return false;
            }
        }
        true
    }

    fn has_begun(&self, customer: usize) -> bool {
        self.customers.get(customer).is_some_and(Option::is_some)
    }

    /// Lets one customer order, then a cook work the order; gives the calls for each update of
    /// the one and for each press of the other. None if the order came to nothing.
    pub fn calls_apart(&mut self) -> Option<(f64, f64)> {
        // What is still said of orders before counts for neither.
        while self.events.recv_timeout(QUIET).is_ok() {}
        self.resting = Some(None);
        self.act(0);
        self.until_quiet();
        let (updates, calls) = (self.tally.updates, self.tally.calls);
        let card = self.resting.take()??;
        self.cook(card);
        self.until_quiet();
        let presses = self.tally.updates - updates;
        (self.served == 1 && presses > 0).then(|| {
            let pressed = (self.tally.calls - calls) as f64 / presses as f64;
            (calls as f64 / updates as f64, pressed)
        })
    }

    fn until_quiet(&mut self) {
        while let Ok(event) = self.events.recv_timeout(QUIET) {
            if let Some(customer) = self.hear(event) {
                self.act(customer);
            }
        }
    }

    /// Takes in what happened; gives the customer who may have something to do now.
    fn hear(&mut self, event: Happened) -> Option<usize> {
        match event {
            Happened::HandedOut { subject, at } => {
                self.tally.handed_out(subject, at);
                None
            }
            Happened::Called {
                subject,
                at,
                message_id,
                ..
            } => {
                self.tally.called(subject.as_ref(), at);
                match subject? {
                    Subject::Chat(GROUP) => {
                        match &mut self.resting {
                            Some(card) => *card = message_id,
                            None => self.cook(message_id?),
                        }
                        None
                    }
                    Subject::Chat(chat) => usize::try_from(chat - FIRST_CUSTOMER).ok(),
                    Subject::Query(_) => None,
                }
            }
        }
    }

    /// Does the customer's next thing, if what it needs is there; `false` if not.
    fn act(&mut self, n: usize) -> bool {
        let chat = FIRST_CUSTOMER + n as i64;
        let Some(taps) = self.customers.get_mut(n) else {
            return false;
        };
        let shown = self.telegram.newest_keyboard(chat, is_screen);
        let button = |wanted: fn(&Route) -> bool| {
            let shown = shown.as_ref()?;
            let (row, col, _) = routes(shown).find(|(_, _, route)| wanted(route))?;
            Some((shown.id, row, col))
        };
        let is_card = |route: &Route| matches!(route, Route::Order(_, OrderAct::CancelAsk));
        if *taps == Some(TAPS.len()) && button(is_card).is_some() {
            *taps = None;
        }
        let Some(done) = *taps else {
            if self.to_begin == 0 || self.telegram.start_bot(chat, None).is_err() {
                return false;
            }
            self.to_begin -= 1;
            *taps = Some(0);
            return true;
        };
        let is_place = |route: &Route| matches!(route, Route::Place);
        let done = match SKIPS.contains(&done) && button(is_place).is_some() {
            true => SKIPS.end,
            false => done,
        };
        let acted = match TAPS.get(done).copied().and_then(button) {
            Some((message, row, col)) => self.telegram.tap(chat, chat, message, row, col).is_ok(),
            None => false,
        };
        if acted {
            *taps = Some(done + 1);
        }
        acted
    }

    /// Presses the next button of an order's card in the group.
    fn cook(&mut self, message_id: i64) {
        let Some(message) = self.telegram.message(GROUP, message_id) else {
            return;
        };
        for (row, col, route) in routes(&message) {
            let Route::Order(id, act) = route else {
                continue;
            };
            let Some(step) = STEPS.iter().position(|step| step(&act)) else {
                continue;
            };
            let new = FIRST_COOK + self.cooked.len() as i64 % COOKS;
            let (cook, next) = match self.cooked.get(&id) {
                Some((cook, last)) => (*cook, last + 1),
                None => (new, 0),
            };
            let pressed =
                step == next && self.telegram.tap(cook, GROUP, message_id, row, col).is_ok();
            if pressed {
                self.cooked.insert(id, (cook, step));
                self.served += u64::from(step + 1 == STEPS.len());
                return;
            }
        }
    }
}

/// Whether a message has more to press than the bell, which pushes carry: one for an earlier order
/// may stand below the screen of the next.
fn is_screen(message: &Msg) -> bool {
    let is_bell = |route: &Route| matches!(route, Route::Notify(NotifyAct::Show));
    routes(message).any(|(_, _, route)| !is_bell(&route))
}

/// The buttons of a message, with their places.
fn routes(message: &Msg) -> impl Iterator<Item = (usize, usize, Route)> {
    let rows = message.inline_keyboard.iter().enumerate();
    rows.flat_map(|(row, buttons)| {
        buttons.iter().enumerate().filter_map(move |(col, button)| {
            let ButtonKind::Callback(data) = &button.kind else {
                return None;
            };
            Some((row, col, Route::parse(data)?.0))
        })
    })
}

/// When the next one may act.
struct Arrivals {
    every: Option<Duration>,
    next: Instant,
}

impl Arrivals {
    fn new(pace: Pace) -> Self {
        Self {
            every: match pace {
                Pace::Closed => None,
                Pace::Open(rate) => Some(Duration::from_secs_f64(1.0 / rate.max(0.1))),
            },
            next: Instant::now(),
        }
    }

    fn is_due(&self) -> bool {
        self.every.is_none() || Instant::now() >= self.next
    }

    fn acted(&mut self) {
        self.next += self.every.unwrap_or_default();
    }

    /// How long to wait for something to happen.
    fn wait(&self, nobody_is_ready: bool) -> Duration {
        let longest = Duration::from_millis(50);
        if self.every.is_none() || nobody_is_ready {
            return longest;
        }
        self.next
            .saturating_duration_since(Instant::now())
            .min(longest)
    }
}
