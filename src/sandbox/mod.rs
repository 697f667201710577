//! The Bot API emulator: a Telegram of one's own, for the playground and for tests.
//!
//! It speaks real HTTP on loopback, is strict where Telegram is strict (limits, error texts,
//! re-delivery, expiry, 403, 409, 429) and lets a test or a page act as any person. It knows the
//! Bot API only: it must never know of shops, orders or the store, import anything of ours, or
//! keep anything on disk.
//!
//! # How to use it
//! ```text
//! let telegram = Emulator::start(EmulatorConfig::default())?; // own thread, own runtime
//! telegram.add_user(UserSpec::new(7, "Lin"));
//! // TELOXIDE_API_URL = telegram.url(), TELOXIDE_TOKEN = telegram.token()
//! let message = telegram.start_bot(7, Some("table_5")); // the bot gets "/start table_5"
//! ```
//!
//! # Map
//! `spec` what one starts with · `view` what one reads (also the JSON of the control API) ·
//! `emulator` the handle · `people` what people do · `state` chats, messages, updates, clock ·
//! `api` the Bot API's methods · `html`, `entities`, `markup` its small print · `faults`,
//! `pacing`, `meter` · `server` and `wire` HTTP · `control` the control API.

mod api;
pub mod control;
mod emulator;
mod entities;
mod faults;
mod html;
mod markup;
mod meter;
mod pacing;
pub mod page;
mod people;
mod server;
mod spec;
mod state;
mod view;
mod wire;

pub use emulator::Emulator;
pub use faults::{Fault, FaultScope, Faults, UpdateFault};
pub use meter::{Happened, Subject};
pub use people::{ActResult, Refused};
pub use spec::{EmulatorConfig, GroupSpec, SendOptions, UserSpec};
pub use state::WebhookHost;
pub use view::{
    Answer, Button, ButtonKind, Call, ChatView, CommandView, ContactView, DocumentView, Entity,
    InlineResultView, InlineView, LinkView, LocationView, Member, Msg, PhotoView, ReplyButton,
    ReplyButtonKind, ReplyKeyboard, StateView, TapId, TopicView, UserView,
};
