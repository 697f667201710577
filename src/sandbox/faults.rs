//! Things that go wrong on purpose: with calls (errors, rates, cut connections, delays) and with
//! updates (twice, late, out of order). Plans only; `server` and `state` carry them out.

use super::{Emulator, state::State};

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// This status without an effect; 502 comes as a page of HTML, as from a proxy.
    Http5xx(u16),
    /// 429 with this `retry_after` in seconds; no effect.
    RateLimit { retry_after: i64 },
    /// The call takes effect, the connection ends without an answer.
    CutAfterAccept,
    /// The connection ends before the call takes effect.
    CutBefore,
    /// The call takes effect and is answered so many milliseconds late.
    Delay(u64),
    /// The call takes effect, the answer is 200 with something that is no JSON.
    BadJson,
}

/// What goes wrong with an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateFault {
    /// Sent once more under the same id although it was confirmed.
    Duplicate,
    /// The same content under a second id, as apps repeat an unanswered tap.
    Retap,
    /// Comes so many milliseconds late (real time), behind what came meanwhile.
    Delay(i64),
    /// The batch it is in comes in reverse order.
    Reorder,
}

/// Which calls a fault is for. The default is the next call of any method but `getUpdates`
/// and `getMe`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultScope {
    /// Of this method only (in any case); the only way to reach `getUpdates` and `getMe`.
    pub method: Option<String>,
    pub chat: Option<i64>,
    /// How many calls go wrong; `None`: until cleared.
    pub times: Option<u64>,
    /// Only each k-th of those; 0 and 1: each.
    pub every: u64,
}

#[derive(Debug, Clone)]
struct Plan {
    fault: Fault,
    scope: FaultScope,
    seen: u64,
}

#[derive(Debug, Default)]
pub(super) struct FaultPlans {
    calls: Vec<Plan>,
    updates: Vec<(UpdateFault, u64, u64, u64)>,
}

impl FaultPlans {
    pub fn add(&mut self, fault: Fault, scope: FaultScope) {
        self.calls.push(Plan {
            fault,
            scope,
            seen: 0,
        });
    }

    pub fn add_updates(&mut self, fault: UpdateFault, every: u64, times: u64) {
        if times > 0 {
            self.updates.push((fault, times, every.max(1), 0));
        }
    }

    pub fn clear(&mut self) {
        self.calls.clear();
        self.updates.clear();
    }

    /// The fault for this call, if any; the first plan that fits is used up by one.
    pub fn on_call(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        if self.calls.is_empty() {
            return None;
        }
        let index = self.calls.iter_mut().position(|plan| {
            let named = match &plan.scope.method {
                Some(name) => name.eq_ignore_ascii_case(method),
                None => !matches!(method, "getUpdates" | "getMe"),
            };
            let fits = named && plan.scope.chat.is_none_or(|wanted| chat == Some(wanted));
            if fits {
                plan.seen += 1;
            }
            fits && plan.seen.is_multiple_of(plan.scope.every.max(1))
        })?;
        let plan = self.calls.get_mut(index)?;
        let fault = plan.fault;
        if let Some(times) = &mut plan.scope.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.calls.remove(index);
            }
        }
        Some(fault)
    }

    pub fn on_update(&mut self, kind: &str) -> Option<UpdateFault> {
        let index = self
            .updates
            .iter_mut()
            .position(|(fault, _, every, seen)| {
                // Only taps are repeated by the apps.
                if *fault == UpdateFault::Retap && kind != "callback_query" {
                    return false;
                }
                *seen += 1;
                seen.is_multiple_of(*every)
            })?;
        let (fault, times, _, _) = self.updates.get_mut(index)?;
        let fault = *fault;
        *times = times.saturating_sub(1);
        if *times == 0 {
            self.updates.remove(index);
        }
        Some(fault)
    }
}

/// The fault switches of an [`Emulator`]. Plans are kept in order; for each call the first that
/// fits is used.
#[derive(Clone)]
pub struct Faults {
    pub(super) emulator: Emulator,
}

impl Faults {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.emulator.shared().act(change)
    }

    /// The next `n` calls of any method but `getUpdates` and `getMe`.
    pub fn fail_next(&self, n: u64, fault: Fault) {
        self.plan(
            fault,
            FaultScope {
                times: Some(n),
                ..FaultScope::default()
            },
        );
    }

    /// The next `n` calls of one method.
    pub fn fail_method(&self, method: &str, n: u64, fault: Fault) {
        let method = Some(method.to_owned());
        self.plan(
            fault,
            FaultScope {
                method,
                times: Some(n),
                ..FaultScope::default()
            },
        );
    }

    /// The next `n` calls for one chat.
    pub fn fail_chat(&self, chat: i64, n: u64, fault: Fault) {
        self.plan(
            fault,
            FaultScope {
                chat: Some(chat),
                times: Some(n),
                ..FaultScope::default()
            },
        );
    }

    /// Each `every`-th call, until cleared.
    pub fn storm(&self, every: u64, fault: Fault) {
        self.plan(
            fault,
            FaultScope {
                every,
                ..FaultScope::default()
            },
        );
    }

    pub fn plan(&self, fault: Fault, scope: FaultScope) {
        if scope.times != Some(0) {
            self.with(|state| state.faults.add(fault, scope));
        }
    }

    /// Each `every`-th update that comes to be from now on, `times` in all.
    pub fn updates(&self, fault: UpdateFault, every: u64, times: u64) {
        self.with(|state| state.faults.add_updates(fault, every, times));
    }

    /// Ends all faults; what is late already still comes late.
    pub fn clear(&self) {
        self.with(|state| state.faults.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_used_up_and_leaves_polling_alone() {
        let mut plans = FaultPlans::default();
        let scope = FaultScope {
            times: Some(2),
            ..FaultScope::default()
        };
        plans.add(Fault::CutBefore, scope);
        assert_eq!(plans.on_call("getUpdates", None), None);
        assert_eq!(
            plans.on_call("sendMessage", Some(1)),
            Some(Fault::CutBefore)
        );
        assert_eq!(
            plans.on_call("sendMessage", Some(1)),
            Some(Fault::CutBefore)
        );
        assert_eq!(plans.on_call("sendMessage", Some(1)), None);
    }

    #[test]
    fn a_plan_can_be_for_a_chat_a_method_and_each_third_call() {
        let mut plans = FaultPlans::default();
        let scope = FaultScope {
            method: Some("SendMessage".into()),
            chat: Some(7),
            times: None,
            every: 3,
        };
        plans.add(Fault::BadJson, scope);
        assert_eq!(plans.on_call("sendMessage", Some(8)), None);
        assert_eq!(plans.on_call("sendPhoto", Some(7)), None);
        let hits: Vec<bool> = (0..6)
            .map(|_| plans.on_call("sendMessage", Some(7)).is_some())
            .collect();
        assert_eq!(hits, [false, false, true, false, false, true]);
    }
}
