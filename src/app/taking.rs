//! Whether orders are taken now: opening hours and pauses together, for whoever asks.
//!
//! Decided from what the turn saw at a glance. Must never keep an order that was placed from going
//! on: only who places one asks, and who is told beforehand.

use crate::chat::{Arg, Text};
use crate::domain::pauses::{Pause, Pauses, Scope};
use crate::kernel::Timestamp;
use crate::shop::Shop;

use super::cx::Cx;
use super::outcome::TurnError;
use super::seat;

/// What the names of the settings about pauses begin with; the scope's code follows.
const SETTING: &str = "pause/";

/// Pauses and openings that are passed in looking for the next moment when orders are taken; more
/// would be hours and pauses that chase one another.
const MOST_STEPS: usize = 8;

/// Why no orders are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It is outside the opening hours.
    Closed {
        /// When orders are taken again, if that is known.
        again: Option<Timestamp>,
    },
    /// Somebody paused it.
    Paused {
        /// The whole shop, or the flow alone.
        scope: Scope,
        /// What the shop says to it; may be empty.
        words: String,
        /// When orders are taken again, if that is known.
        again: Option<Timestamp>,
    },
}

impl Stop {
    /// When orders are taken again, if that is known.
    pub fn again(&self) -> Option<Timestamp> {
        match self {
            Self::Closed { again } | Self::Paused { again, .. } => *again,
        }
    }

    /// What customers read: why and until when, and what the shop says to it.
    pub fn text(&self, shop: &Shop) -> Text {
        match self {
            Self::Paused { words, .. } if !words.is_empty() => Text::new("pause-said")
                .with("pause", self.brief(shop))
                .with("words", words.as_str()),
            Self::Closed { .. } | Self::Paused { .. } => self.brief(shop),
        }
    }

    /// The same without the shop's words.
    pub fn brief(&self, shop: &Shop) -> Text {
        match self {
            Self::Closed { again } => {
                let opens = match again {
                    Some(time) => Text::new("shop-opens").with("time", *time),
                    None => Text::new("shop-opens-never"),
                };
                Text::new("shop-closed").with("opens", opens)
            }
            Self::Paused { scope, again, .. } => {
                let again = match again {
                    Some(time) => Text::new("pause-again").with("time", *time),
                    None => Text::new("pause-again-open"),
                };
                let pause = match scope {
                    Scope::Shop => Text::new("pause-now"),
                    Scope::Flow(_) => Text::new("pause-now-flow").with("flow", name(shop, scope)),
                };
                pause.with("again", again)
            }
        }
    }
}

/// What a scope is called: a flow by its title.
pub fn name(shop: &Shop, scope: &Scope) -> Text {
    match scope {
        Scope::Shop => Text::new("pause-shop"),
        Scope::Flow(id) => {
            let title = shop.flow(id).map_or(id, |flow| &flow.title);
            Text::new("value-text").with("value", Arg::Shop(title.clone()))
        }
    }
}

/// The setting that keeps the pause of a scope.
pub fn setting(scope: &Scope) -> String {
    format!("{SETTING}{}", scope.code())
}

/// All pauses, those that are over included.
pub async fn pauses(cx: &mut Cx<'_>) -> Result<Pauses, TurnError> {
    let settings = &cx.glance().await?.settings;
    let kept = settings.iter().filter_map(|(name, value)| {
        let scope = Scope::parse(name.strip_prefix(SETTING)?);
        Some((scope, Pause::parse(value)?))
    });
    Ok(Pauses(kept.collect()))
}

/// The settings on which [`stop`] of a flow relies, with their values as seen.
pub async fn relied_on(cx: &mut Cx<'_>, flow: &str) -> Result<[(String, String); 2], TurnError> {
    let seen = cx.glance().await?;
    Ok([Scope::Shop, Scope::Flow(flow.to_owned())].map(|scope| {
        let name = setting(&scope);
        let value = seen.setting(&name).unwrap_or_default().to_owned();
        (name, value)
    }))
}

/// Why a flow takes no orders now; none: it does.
pub async fn stop(cx: &mut Cx<'_>, flow: &str) -> Result<Option<Stop>, TurnError> {
    let pauses = pauses(cx).await?;
    Ok(stop_at(&cx.shop, &pauses, flow, cx.now))
}

/// What a customer is told before they begin: that nothing can be ordered, or which of the ways
/// open to them is paused.
pub async fn notices(cx: &mut Cx<'_>) -> Result<Vec<Text>, TurnError> {
    let pauses = pauses(cx).await?;
    let shop = &cx.shop;
    let stop = |flow: &str| stop_at(shop, &pauses, flow, cx.now);
    let all: Option<Vec<Stop>> = shop.flows.iter().map(|flow| stop(&flow.id)).collect();
    if let Some(all) = all {
        let first = all
            .iter()
            .min_by_key(|stop| stop.again().unwrap_or(Timestamp(i64::MAX)));
        return Ok(first.map(|stop| stop.text(shop)).into_iter().collect());
    }
    let here = seat::flows(cx).into_iter();
    Ok(here
        .filter_map(|flow| stop(&flow.id))
        .filter(|stop| matches!(stop, Stop::Paused { .. }))
        .map(|stop| stop.text(shop))
        .collect())
}

/// The same as [`stop`], pure.
pub fn stop_at(shop: &Shop, pauses: &Pauses, flow: &str, now: Timestamp) -> Option<Stop> {
    let hours = shop.hours_of(flow);
    let is_open = shop.is_open(flow, now);
    let opens = match is_open {
        true => Some(now),
        false => hours.next_opening(&shop.zone, now),
    };
    let again = again(shop, pauses, flow, now);
    match pauses.stopping(flow, now) {
        None if is_open => None,
        // A pause that is over before the shop opens keeps nobody from ordering.
        Some((scope, pause)) if is_open || again != opens => Some(Stop::Paused {
            scope,
            words: pause.words.clone(),
            again,
        }),
        _ => Some(Stop::Closed { again }),
    }
}

/// The first moment from `now` on at which a flow takes orders, if that is known.
fn again(shop: &Shop, pauses: &Pauses, flow: &str, now: Timestamp) -> Option<Timestamp> {
    let mut at = now;
    for _ in 0..MOST_STEPS {
        at = match pauses.stopping(flow, at) {
            Some((_, pause)) => pause.until?,
            None if shop.is_open(flow, at) => return Some(at),
            None => shop.hours_of(flow).next_opening(&shop.zone, at)?,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::time::HOUR;
    use crate::shop::Source;
    use crate::shop::zone::read_opening;

    /// 2026-11-23 (a Monday) 00:00 in Shanghai.
    const MONDAY: i64 = 1_795_363_200_000;
    const FLOW: &str = "pickup";

    fn at(hour: i64) -> Timestamp {
        Timestamp(MONDAY + hour * HOUR)
    }

    /// Open from 11 to 22 every day.
    fn shop() -> Shop {
        let mut shop = Shop::load(&Source::Pack("restaurant".into())).unwrap();
        let day = || vec![read_opening("11:00-22:00").unwrap()];
        let terms = shop.terms.get_mut(FLOW).unwrap();
        terms.hours.week = Some(std::array::from_fn(|_| day()));
        shop
    }

    fn paused(scope: Scope, until: Option<Timestamp>) -> Pauses {
        let words = "cold oven".to_owned();
        Pauses([(scope, Pause { until, words })].into())
    }

    fn stops(until: Option<Timestamp>, now: Timestamp) -> Option<(bool, Option<Timestamp>)> {
        let own = Scope::Flow(FLOW.into());
        let stop = stop_at(&shop(), &paused(own, until), FLOW, now)?;
        Some((matches!(stop, Stop::Paused { .. }), stop.again()))
    }

    #[test]
    fn hours_and_pauses_are_seen_together() {
        for (until, now, expected) in [
            // Not paused any more, open and closed.
            (Some(at(12)), at(12), None),
            (Some(at(10)), at(10), Some((false, Some(at(11))))),
            // Paused while open: until then, or until the opening after.
            (Some(at(13)), at(12), Some((true, Some(at(13))))),
            (Some(at(22)), at(12), Some((true, Some(at(35))))),
            (Some(at(23)), at(12), Some((true, Some(at(35))))),
            (None, at(12), Some((true, None))),
            // Closed, with a pause that is over before it opens, or not.
            (Some(at(11)), at(9), Some((false, Some(at(11))))),
            (Some(at(12)), at(9), Some((true, Some(at(12))))),
            (None, at(9), Some((true, None))),
        ] {
            assert_eq!(stops(until, now), expected, "{until:?} at {now:?}");
        }
    }

    #[test]
    fn a_flow_that_is_gone_pauses_nothing() {
        let gone = paused(Scope::Flow("gone".into()), None);
        assert_eq!(stop_at(&shop(), &gone, FLOW, at(12)), None);
        let whole = paused(Scope::Shop, None);
        assert!(stop_at(&shop(), &whole, FLOW, at(12)).is_some());
    }
}
