//! Where it all meets: one transaction per turn.
//!
//! `turn` takes an event and a session and gives an [`Outcome`]; operations are use cases,
//! screens say what a person sees. Nothing here knows Telegram's wire format, and nothing but
//! the store is awaited.

pub mod access;
pub mod draft;
pub mod input;
pub mod outcome;
pub mod route;
pub mod screens;

pub use input::TurnInput;
pub use outcome::{Internal, Outcome, TimerChange, TurnError};
