//! Short plays in the form of transcripts, for tests that look into the database between them.

use super::bot::{Bot, Setup};
use super::child::pack_folder;
use super::script::{Script, parse};
use super::stage::Stage;
use crate::conversations::follow;

/// A stage of its own, from which nobody else's ids come.
const NUMBER: i64 = 8;

/// Telegram's pauses are other tests' matter.
pub const AT_ONCE: [&str; 3] = [
    "per_chat_per_second = 1000",
    "per_group_per_minute = 1000",
    "overall_per_second = 1000",
];

/// A bot with its stage.
pub struct Scene<'s> {
    pub stage: Stage,
    pub bot: Bot<'s>,
}

impl<'s> Scene<'s> {
    /// The cast and settings of `head`, whose steps are played.
    pub fn new(setup: &'s Setup, head: &str) -> Self {
        let mut script = parse(head).unwrap();
        script.settings.extend(AT_ONCE.map(str::to_owned));
        let mut stage = Stage::new(&script.people, NUMBER, None);
        let mut bot = Bot::start(setup, pack_folder(&script.pack), &script, &stage).unwrap();
        bot.settle(&stage).unwrap();
        play(&script, &mut stage, &mut bot);
        Self { stage, bot }
    }

    /// Plays further steps.
    pub fn plays(&mut self, steps: &str) {
        let script = parse(steps).unwrap();
        play(&script, &mut self.stage, &mut self.bot);
    }

    /// What the last press was answered with; empty if with nothing.
    pub fn answer(&self) -> String {
        self.stage
            .toast()
            .map_or_else(String::new, |(text, _)| text)
    }

    /// Rows of two whole numbers.
    pub fn rows(&mut self, text: &'static str) -> Vec<(i64, i64)> {
        self.bot.rows(text).unwrap()
    }

    /// The first number of a query.
    pub fn count(&mut self, text: &'static str) -> i64 {
        self.rows(text)[0].0
    }

    /// The id of an order by its number.
    pub fn order(&mut self, number: i64) -> i64 {
        let orders = self.rows("select number, id from orders");
        let found = orders.iter().find(|(known, _)| *known == number);
        found.unwrap_or_else(|| panic!("no order #{number}")).1
    }

    /// The database is sound in the end.
    pub fn ends(self) {
        self.bot.finish(&self.stage).unwrap();
    }
}

fn play(script: &Script, stage: &mut Stage, bot: &mut Bot<'_>) {
    if let Err(why) = follow(script, stage, bot) {
        panic!("{why}");
    }
}
