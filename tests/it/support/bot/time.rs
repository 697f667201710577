//! Time passes for a bot: business time and Telegram's, and what comes due in it.

use std::time::{Duration, Instant};

use super::{Bot, PATIENCE, Stage};

impl Bot<'_> {
    /// Moves the business clock and Telegram's, from one due timer to the next: what each does is
    /// sent before the next is due, so that nothing depends on who is quicker.
    pub fn advance(&mut self, stage: &Stage, ms: i64) -> Result<(), String> {
        let mut left = ms;
        loop {
            let now = self.clock.business().0;
            let next = self.probe.next_timer().map_or(left, |due| due - now);
            let step = next.clamp(0, left);
            self.moves_clock(stage, step);
            self.past_timers()?;
            left -= step;
            if left == 0 {
                return Ok(());
            }
            self.settle(stage)?;
        }
    }

    /// Moves the clocks in one go, as for a bot that slept so long: all that came due is due together.
    pub fn advance_at_once(&mut self, stage: &Stage, ms: i64) -> Result<(), String> {
        self.moves_clock(stage, ms);
        self.past_timers()
    }

    /// Waits until no timer is due.
    fn past_timers(&mut self) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            if self.probe.next_timer().unwrap_or(0) > self.clock.business().0 {
                return Ok(());
            }
            if Instant::now() > end {
                return Err("a due timer does nothing".into());
            }
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    /// Moves the clocks without waiting for what is due then.
    pub fn moves_clock(&self, stage: &Stage, ms: i64) {
        stage.telegram.advance(ms);
        self.clock.advance(ms);
    }
}
