//! KS Order: self-service ordering inside Telegram.
//!
//! # Map
//! `kernel` values · `chat` events and views · `domain` business decisions · `understand` orders in people's own words · `dialogue` the conversation engine · `shop` the merchant's folder · `store` all SQL ·
//! `app` where it meets, one transaction per turn · `telegram` the wire · `sandbox` the Bot API
//! emulator and its page · `runtime` the loops · `commands` the command line.
//!
//! # Invariants
//! One transaction per turn. Nothing is said before it is saved. Deciding is pure: time, chance
//! and ids are arguments. Only `store` speaks SQL, only `telegram` speaks Bot API.
//!
//! # Life of an update
//! Telegram, receive (inbox) → process (turn: session, domain, outbox, one commit) → send.

pub mod kernel;

pub mod chat;

pub mod domain;

pub mod understand;

pub mod dialogue;

pub mod shop;

pub mod store;

pub mod app;

pub mod telegram;

pub mod sandbox;

pub mod runtime;

pub mod commands;
