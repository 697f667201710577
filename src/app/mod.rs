//! Where it all meets: one transaction per turn.
//!
//! `turn` takes an event and a session and gives an [`Outcome`]; operations are use cases,
//! screens say what a person sees. Nothing here knows Telegram's wire format, and nothing but
//! the store is awaited.

pub mod access;
pub mod apart;
pub mod approvals;
pub mod audit;
pub mod basket;
pub mod buyer;
pub mod by_hand;
pub mod charges;
pub mod commands;
pub mod credit;
pub mod cx;
pub mod draft;
pub mod explain;
pub mod group;
pub mod inline;
pub mod input;
pub mod lookup;
pub mod marks;
pub mod notify;
pub mod operations;
pub mod ordering;
pub mod outcome;
pub mod personal_data;
pub mod press;
pub mod private;
pub mod profile;
pub mod recheck;
pub mod route;
pub mod rules;
pub mod screens;
pub mod search;
pub mod seat;
pub mod sheet;
pub mod show;
pub mod staff;
pub mod stock;
pub mod taking;
pub mod talk;
pub mod turn;

#[cfg(test)]
mod tests;

pub use input::TurnInput;
pub use outcome::{Internal, Outcome, TimerChange, TurnError};
pub use turn::App;
