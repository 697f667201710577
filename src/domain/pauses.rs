//! Pauses: for a while the shop, or one way to order, takes no orders.
//!
//! A pause that is over counts for nothing, so nobody has to end it. Must never know opening hours:
//! who asks whether orders are taken needs both.

use std::collections::BTreeMap;

use crate::kernel::Timestamp;
use crate::kernel::time::MINUTE;

/// The most characters that staff may write to customers with a pause.
pub const MOST_WORDS: usize = 200;

/// The longest pause that is counted in minutes: a day.
pub const MOST_MINUTES: i64 = 24 * 60;

/// The code of the whole shop, which is no flow's id.
const WHOLE: &str = "*";

/// The code of a pause without an end, where another one has its time.
const OPEN: &str = "open";

/// What is paused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Every way to order.
    Shop,
    /// One flow, by its id.
    Flow(String),
}

impl Scope {
    /// Its word in buttons and records: a flow's id, or `*`.
    pub fn code(&self) -> &str {
        match self {
            Self::Shop => WHOLE,
            Self::Flow(id) => id,
        }
    }

    /// Reads [`Scope::code`].
    pub fn parse(code: &str) -> Self {
        match code {
            WHOLE => Self::Shop,
            id => Self::Flow(id.to_owned()),
        }
    }
}

/// A pause of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// When orders are taken again; none: when somebody says so.
    pub until: Option<Timestamp>,
    /// What customers read, in the shop's own words; may be empty.
    pub words: String,
}

impl Pause {
    /// Whether it counts at `now`.
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// When it ends, as a word: milliseconds, or `open`.
    pub fn end_code(&self) -> String {
        self.until
            .map_or_else(|| OPEN.to_owned(), |until| until.0.to_string())
    }

    /// All of it, as it is stored: `END WORDS`.
    pub fn code(&self) -> String {
        format!("{} {}", self.end_code(), self.words)
    }

    /// Reads [`Pause::code`]; none for anything else, which is how "not paused" is stored.
    pub fn parse(code: &str) -> Option<Self> {
        let (end, words) = code.split_once(' ')?;
        let until = match end {
            OPEN => None,
            millis => Some(Timestamp(millis.parse().ok()?)),
        };
        Some(Self {
            until,
            words: words.to_owned(),
        })
    }
}

/// The pauses of a shop, those that are over included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pauses(pub BTreeMap<Scope, Pause>);

impl Pauses {
    /// The pause of a scope by itself, if it is on.
    pub fn of(&self, scope: &Scope, now: Timestamp) -> Option<&Pause> {
        self.0.get(scope).filter(|pause| pause.is_on(now))
    }

    /// What keeps a flow from taking orders: its own pause or the shop's, whichever lasts longer.
    pub fn stopping(&self, flow: &str, now: Timestamp) -> Option<(Scope, &Pause)> {
        let own = Scope::Flow(flow.to_owned());
        let lasts = |pause: &Pause| pause.until.map_or(i64::MAX, |until| until.0);
        // Of two that last alike the later one in the list counts: the shop's.
        [own, Scope::Shop]
            .into_iter()
            .filter_map(|scope| Some((self.of(&scope, now)?, scope)))
            .max_by_key(|(pause, _)| lasts(pause))
            .map(|(pause, scope)| (scope, pause))
    }
}

/// The end of a pause of so many minutes: on a full minute, since that is what people read. A
/// second tap within the minute means the same.
pub fn end_after(minutes: i64, now: Timestamp) -> Timestamp {
    let end = now.plus(minutes.saturating_mul(MINUTE));
    end.plus(-end.0.rem_euclid(MINUTE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(until: Option<i64>, words: &str) -> Pause {
        Pause {
            until: until.map(Timestamp),
            words: words.to_owned(),
        }
    }

    fn pauses(all: &[(Scope, Pause)]) -> Pauses {
        Pauses(all.iter().cloned().collect())
    }

    #[test]
    fn what_is_stored_is_read() {
        for one in [
            pause(None, ""),
            pause(Some(1_795_363_200_000), "the oven is cold"),
            pause(Some(-1), "5 min *"),
        ] {
            assert_eq!(Pause::parse(&one.code()), Some(one));
        }
        for code in ["", "open", "soon the oven", "5", " x"] {
            assert_eq!(Pause::parse(code), None, "{code:?}");
        }
        for scope in [Scope::Shop, Scope::Flow("pickup".into())] {
            assert_eq!(Scope::parse(scope.code()), scope);
        }
    }

    #[test]
    fn a_pause_ends_by_itself() {
        let all = pauses(&[(Scope::Shop, pause(Some(10), ""))]);
        for (now, on) in [(9, true), (10, false), (11, false)] {
            assert_eq!(
                all.stopping("pickup", Timestamp(now)).is_some(),
                on,
                "{now}"
            );
            assert_eq!(all.of(&Scope::Shop, Timestamp(now)).is_some(), on, "{now}");
        }
        let open = pauses(&[(Scope::Shop, pause(None, ""))]);
        assert!(open.stopping("pickup", Timestamp(i64::MAX)).is_some());
    }

    #[test]
    fn a_flow_is_stopped_by_its_own_pause_and_by_the_shops() {
        let pickup = Scope::Flow("pickup".into());
        let own = pauses(&[(pickup.clone(), pause(Some(10), "own"))]);
        assert_eq!(own.stopping("delivery", Timestamp(0)), None);
        let (scope, by) = own.stopping("pickup", Timestamp(0)).unwrap();
        assert_eq!((scope, by.words.as_str()), (pickup.clone(), "own"));
        for (shop, flow, expected) in [
            (Some(20), Some(10), Scope::Shop),
            (Some(10), Some(20), pickup.clone()),
            (Some(20), Some(20), Scope::Shop),
            (None, Some(20), Scope::Shop),
            (Some(20), None, pickup.clone()),
            (Some(-5), Some(1), pickup.clone()),
        ] {
            let both = pauses(&[
                (Scope::Shop, pause(shop, "")),
                (pickup.clone(), pause(flow, "")),
            ]);
            let (scope, _) = both.stopping("pickup", Timestamp(0)).unwrap();
            assert_eq!(scope, expected, "{shop:?} {flow:?}");
        }
    }

    #[test]
    fn the_end_is_a_full_minute() {
        let half_hour = 30 * MINUTE;
        for (now, end) in [
            (0, half_hour),
            (1, half_hour),
            (MINUTE - 1, half_hour),
            (MINUTE, half_hour + MINUTE),
            (-1, half_hour - MINUTE),
        ] {
            assert_eq!(end_after(30, Timestamp(now)), Timestamp(end), "{now}");
        }
        for now in [0, 1, MINUTE - 1, MINUTE] {
            assert!(end_after(1, Timestamp(now)) > Timestamp(now), "{now}");
        }
        assert!(end_after(i64::MAX, Timestamp(0)).0 > 0);
    }
}
