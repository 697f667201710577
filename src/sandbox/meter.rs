//! Tells somebody who measures when updates were handed out and which calls came, each with its
//! time. Only tells: nothing that the bot sees depends on it.

use std::sync::mpsc;
use std::time::Instant;

use serde_json::Value;

/// What an update or a call is about, so that one can be matched with the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Something said in a chat, or something sent to it.
    Chat(i64),
    /// A tap, or its answer: the query's id.
    Query(String),
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Happened {
    /// An update was handed out for the first time.
    HandedOut {
        /// What it is about.
        subject: Subject,
        /// When.
        at: Instant,
    },
    /// The bot called a method other than `getUpdates`.
    Called {
        /// The method.
        method: &'static str,
        /// What it is about, if a chat or a tap.
        subject: Option<Subject>,
        /// The message that was sent or changed, if one was.
        message_id: Option<i64>,
        /// When it had taken effect, or was refused.
        at: Instant,
    },
}

/// Where it is told.
#[derive(Default)]
pub(super) struct Meter {
    listener: Option<mpsc::Sender<Happened>>,
}

impl Meter {
    /// Tells a new listener from now on, and the one before no more.
    pub fn listen(&mut self) -> mpsc::Receiver<Happened> {
        let (sender, receiver) = mpsc::channel();
        self.listener = Some(sender);
        receiver
    }

    pub fn is_on(&self) -> bool {
        self.listener.is_some()
    }

    pub fn tell(&mut self, happened: Happened) {
        let gone = |listener: &mpsc::Sender<Happened>| listener.send(happened).is_err();
        if self.listener.as_ref().is_some_and(gone) {
            self.listener = None;
        }
    }
}

/// What an update is about, if it is a message or a tap.
pub(super) fn subject_of(kind: &str, body: &Value) -> Option<Subject> {
    match kind {
        "message" => body.pointer("/chat/id")?.as_i64().map(Subject::Chat),
        "callback_query" => Some(Subject::Query(body.get("id")?.as_str()?.to_owned())),
        _ => None,
    }
}
