//! Everything the emulator knows, behind one lock: people, chats, messages, files, the queue of
//! updates, the clock. Holds data and keeps them consistent; who may do what is decided in
//! `people` (persons) and `api` (the bot). Must never await or speak HTTP.

mod chat;
mod clock;
mod files;
mod menus;
mod queue;
mod show;
mod webhook;
mod wire;

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

pub(super) use chat::{
    Author, BotStatus, Chat, ChatKind, Content, InlineAnswer, InlineResult, Message, Person,
};
pub(super) use clock::Clock;
pub(super) use files::{FileKind, Files, picture_size};
pub(super) use menus::{Menus, Scope};
pub(super) use queue::{Delivery, Queue};
pub use webhook::WebhookHost;
pub(super) use webhook::{USUAL_CONNECTIONS, Webhook, read_url};
pub(super) use wire::member_json;

use super::{
    faults::FaultPlans,
    meter::Meter,
    pacing::Pacing,
    spec::EmulatorConfig,
    view::{Answer, Call, LinkView, TapId},
};

/// A press waits this long for its answer; later the query "is too old".
pub(super) const TAP_ANSWER_MS: i64 = 15_000;
/// A pre-checkout query waits this long.
pub(super) const CHECKOUT_ANSWER_MS: i64 = 10_000;
/// How many presses and their answers are remembered.
const KEEP_TAPS: usize = 5_000;

/// The bot's own account.
#[derive(Debug, Clone)]
pub(super) struct Bot {
    pub id: i64,
    pub token: String,
    pub username: String,
    pub name: String,
    pub descriptions: HashMap<String, String>,
    pub menu_button: Value,
}

/// A press, or another query that waits for an answer.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub kind: QueryKind,
    pub user: i64,
    pub chat: i64,
    pub message_id: i64,
    pub asked_ms: i64,
    pub answered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QueryKind {
    Tap,
    Checkout,
    Inline,
}

pub(super) struct State {
    pub bot: Bot,
    pub clock: Clock,
    pub people: HashMap<i64, Person>,
    pub chats: HashMap<i64, Chat>,
    pub files: Files,
    pub queue: Queue,
    /// The hosts of the emulator's world, for webhooks.
    pub hosts: HashMap<String, WebhookHost>,
    pub queries: HashMap<String, Query>,
    queries_in_order: VecDeque<String>,
    pub answers: HashMap<String, Answer>,
    pub inline_answers: HashMap<String, InlineAnswer>,
    pub menus: Menus,
    pub faults: FaultPlans,
    pub pacing: Pacing,
    pub meter: Meter,
    pub calls: VecDeque<Call>,
    pub calls_made: u64,
    keep_calls: usize,
    keep_messages: usize,
    /// Private chats and small groups share one series of message ids, as an account does.
    account_series: i64,
    query_series: u64,
    /// Links that people find printed.
    pub links: Vec<LinkView>,
    /// Grows with every change that can be seen.
    pub rev: u64,
    /// The revision when a person was last changed.
    pub people_rev: u64,
}

impl State {
    pub fn new(config: &EmulatorConfig) -> Self {
        let clock = Clock::new(config.now);
        let id = config
            .token
            .split(':')
            .next()
            .and_then(|id| id.parse().ok())
            .unwrap_or(1);
        Self {
            bot: Bot {
                id,
                token: config.token.clone(),
                username: config.bot_username.clone(),
                name: config.bot_name.clone(),
                descriptions: HashMap::new(),
                menu_button: serde_json::json!({"type": "commands"}),
            },
            queue: Queue::new(clock.now_ms()),
            hosts: HashMap::new(),
            clock,
            people: HashMap::new(),
            links: Vec::new(),
            chats: HashMap::new(),
            files: Files::default(),
            queries: HashMap::new(),
            queries_in_order: VecDeque::new(),
            answers: HashMap::new(),
            inline_answers: HashMap::new(),
            menus: Menus::default(),
            faults: FaultPlans::default(),
            pacing: Pacing::new(config.pacing),
            meter: Meter::default(),
            calls: VecDeque::new(),
            calls_made: 0,
            keep_calls: config.keep_calls,
            keep_messages: config.keep_messages.max(1),
            account_series: 0,
            query_series: 0,
            rev: 0,
            people_rev: 0,
        }
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Marks a chat as changed.
    pub fn touch(&mut self, chat: i64) {
        self.rev += 1;
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.rev = self.rev;
        }
    }

    /// Marks the people as changed, and with them the menus everywhere.
    pub fn touch_people(&mut self) {
        self.rev += 1;
        self.people_rev = self.rev;
    }

    /// The next message id of a chat: supergroups count for themselves.
    pub fn next_message_id(&mut self, chat: i64) -> i64 {
        match self.chats.get_mut(&chat) {
            Some(chat) if chat.kind == ChatKind::Supergroup => {
                chat.series += 1;
                chat.series
            }
            _ => {
                self.account_series += 1;
                self.account_series
            }
        }
    }

    /// Keeps a message under a fresh id and returns that id.
    pub fn add_message(&mut self, mut message: Message) -> i64 {
        let (chat_id, keep) = (message.chat, self.keep_messages);
        let id = self.next_message_id(chat_id);
        message.id = id;
        if let Some(chat) = self.chats.get_mut(&chat_id) {
            chat.messages.insert(id, message);
            while chat.messages.len() > keep {
                chat.messages.pop_first();
            }
        }
        self.touch(chat_id);
        id
    }

    pub fn message(&self, chat: i64, id: i64) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&id)
    }

    pub fn message_mut(&mut self, chat: i64, id: i64) -> Option<&mut Message> {
        self.chats.get_mut(&chat)?.messages.get_mut(&id)
    }

    /// Remembers a query of a person and returns its id.
    pub fn add_query(&mut self, query: Query) -> String {
        self.query_series += 1;
        // Telegram's ids are large numbers in quotes.
        let id = (4_000_000_000_000_000_000 + self.query_series).to_string();
        self.queries.insert(id.clone(), query);
        self.queries_in_order.push_back(id.clone());
        while self.queries_in_order.len() > KEEP_TAPS {
            if let Some(old) = self.queries_in_order.pop_front() {
                self.queries.remove(&old);
                self.answers.remove(&old);
                self.inline_answers.remove(&old);
            }
        }
        id
    }

    /// Queues an update for the bot. `kind` is the name of its field.
    pub fn push_update(&mut self, kind: &'static str, body: Value) {
        let plan = self.faults.on_update(kind);
        self.queue.push(
            kind,
            body,
            self.clock.now_ms(),
            self.clock.steady_ms(),
            plan,
        );
        self.rev += 1;
    }

    /// Appends to the log of calls.
    pub fn log(&mut self, mut call: Call) {
        self.rev += 1;
        if self.keep_calls == 0 {
            return;
        }
        self.calls_made += 1;
        call.n = self.calls_made;
        self.calls.push_back(call);
        while self.calls.len() > self.keep_calls {
            self.calls.pop_front();
        }
    }

    pub fn logs_calls(&self) -> bool {
        self.keep_calls > 0
    }

    pub fn calls_since(&self, n: u64, limit: usize) -> Vec<Call> {
        let newest = self.calls_made;
        let wanted = usize::try_from(newest.saturating_sub(n)).unwrap_or(usize::MAX);
        let skipped = self.calls.len().saturating_sub(wanted);
        self.calls
            .iter()
            .skip(skipped)
            .take(limit)
            .cloned()
            .collect()
    }

    pub fn answer_of(&self, tap: &TapId) -> Option<Answer> {
        self.answers.get(&tap.0).cloned()
    }
}
