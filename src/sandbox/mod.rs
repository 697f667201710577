//! The Bot API emulator: a Telegram of one's own, for the playground and for tests.
//!
//! It speaks real HTTP on loopback, is strict where Telegram is strict (limits, error texts,
//! re-delivery, expiry, 403, 409, 429) and lets a test or a page act as any person. It knows the
//! Bot API only: it must never know of shops, orders or the store, import anything of ours, or
//! keep anything on disk.
//!
//! # How to use it
//! ```text
//! # use ks_order::sandbox::*;
//! # fn main() -> std::io::Result<()> {
//! let telegram = Emulator::start(EmulatorConfig::default())?; // own thread, own runtime
//! telegram.add_user(UserSpec::new(7, "Lin"));
//! // TELOXIDE_API_URL = telegram.url(), TELOXIDE_TOKEN = telegram.token()
//! let tapped = telegram.start(7, Some("table_5"));
//! # Ok(()) }
//! ```
//!
//! # Map
//! `spec` what one starts with · `view` what one reads (also the JSON of the control API) ·
//! `emulator` the handle · `people` what people do · `state` chats, messages, updates, clock ·
//! `api` the Bot API's methods · `html`, `entities`, `markup` its small print · `faults`,
//! `pacing` · `server` HTTP · `control` the control API.

pub mod control;
pub mod page;
mod spec;
mod view;

pub use spec::{EmulatorConfig, GroupSpec, SendOptions, UserSpec};
pub use view::{
    Answer, Button, ButtonKind, Call, ChatView, CommandView, ContactView, DocumentView, Entity,
    LocationView, Member, Msg, PhotoView, ReplyButton, ReplyButtonKind, ReplyKeyboard, StateView,
    TapId, TopicView, UserView,
};
