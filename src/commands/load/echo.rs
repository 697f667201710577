//! How fast the simplest bot is on this machine, against the same emulator: the yardstick.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::sandbox::{Emulator, Happened, Subject};
use crate::telegram::echo;

use super::crowd::FIRST_CUSTOMER;

/// How long it is measured.
const TIME: Duration = Duration::from_secs(3);

/// Updates a second of a bot that only echoes, each chat writing again once it is answered.
pub async fn rate(telegram: &Emulator, chats: usize) -> f64 {
    let (url, token) = (telegram.url(), telegram.token().to_owned());
    let bot = tokio::spawn(async move { echo::run(&url, &token).await });
    let telegram = telegram.clone();
    let measured = tokio::task::spawn_blocking(move || measure(&telegram, chats)).await;
    bot.abort();
    measured.unwrap_or_default()
}

fn measure(telegram: &Emulator, chats: usize) -> f64 {
    let events = telegram.meter();
    for n in 0..chats as i64 {
        say(telegram, FIRST_CUSTOMER + n);
    }
    // The first answers only warm up.
    echoes(telegram, &events, TIME / 6);
    let start = Instant::now();
    let echoes = echoes(telegram, &events, TIME);
    let rate = f64::from(echoes) / start.elapsed().as_secs_f64();
    // What is left must not reach the next bot.
    telegram.block_for(TIME, |telegram| {
        (telegram.pending_updates() == 0).then_some(())
    });
    rate
}

fn echoes(telegram: &Emulator, events: &Receiver<Happened>, time: Duration) -> u32 {
    let (end, mut count) = (Instant::now() + time, 0);
    while let Some(left) = end.checked_duration_since(Instant::now()) {
        let Ok(event) = events.recv_timeout(left) else {
            break;
        };
        if let Happened::Called {
            subject: Some(Subject::Chat(chat)),
            ..
        } = event
        {
            count += 1;
            say(telegram, chat);
        }
    }
    count
}

fn say(telegram: &Emulator, chat: i64) {
    // A person whom the emulator doesn't know would only be missing from the count.
    drop(telegram.say(chat, "How fast are you?"));
}
