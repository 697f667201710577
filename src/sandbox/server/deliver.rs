//! Posts updates to the webhook that is set: several at once, each again until the answer is a
//! 2xx. What goes when is decided by the queue.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::super::{
    emulator::Shared,
    meter::Happened,
    state::{Delivery, State, Webhook},
};

/// So long the bot may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);
/// Nothing is due: look again after so long.
const IDLE_MS: i64 = 60_000;

/// What a delivery came to; `Err`: why it was not taken.
type Ended = (Delivery, u64, Result<(), String>);

pub(super) async fn run(shared: &Shared) {
    let mut flights: JoinSet<Ended> = JoinSet::new();
    let mut client: Option<(u64, reqwest::Client)> = None;
    loop {
        let rung = shared.updates.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let (webhook, due, pause_ms) = shared.act(|state| next(state, flights.len()));
        if let Some(webhook) = webhook {
            if client
                .as_ref()
                .is_none_or(|(series, _)| *series != webhook.series)
            {
                client = connect(&webhook).map(|client| (webhook.series, client));
            }
            for delivery in due {
                let http = client.as_ref().map(|(_, client)| client.clone());
                flights.spawn(post(http, webhook.clone(), delivery));
            }
        }
        let pause = Duration::from_millis(u64::try_from(pause_ms).unwrap_or_default());
        tokio::select! {
            () = rung => {}
            Some(ended) = flights.join_next() => {
                if let Ok(ended) = ended {
                    shared.act(|state| settle(state, &ended));
                }
            }
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// The webhook, what is to be posted now, and how long nothing else is due.
fn next(state: &mut State, flying: usize) -> (Option<Webhook>, Vec<Delivery>, i64) {
    let (now_ms, steady_ms) = (state.now_ms(), state.clock.steady_ms());
    let Some(webhook) = state.queue.webhook.clone() else {
        return (None, Vec::new(), IDLE_MS);
    };
    let room = webhook.most.saturating_sub(flying);
    let mut due = state.queue.take_deliveries(room, now_ms, steady_ms);
    for delivery in &mut due {
        if let Some(subject) = delivery.subject.take()
            && state.meter.is_on()
        {
            let at = Instant::now();
            state.meter.tell(Happened::HandedOut { subject, at });
        }
    }
    let next_ms = state.queue.next_delivery_ms(steady_ms);
    let pause_ms = next_ms.map_or(IDLE_MS, |at| (at - steady_ms).clamp(1, IDLE_MS));
    (Some(webhook), due, pause_ms)
}

fn settle(state: &mut State, (delivery, series, result): &Ended) {
    let (now_ms, steady_ms) = (state.now_ms(), state.clock.steady_ms());
    state.queue.settle(delivery, result.is_ok(), steady_ms);
    state.rev += 1;
    if let (Err(words), Some(webhook)) = (result, &mut state.queue.webhook)
        && webhook.series == *series
    {
        webhook.last_error = Some((now_ms / 1_000, words.clone()));
    }
}

/// A client that finds the host where the emulator's world has it, and trusts the bot's own
/// certificate if it gave one.
fn connect(webhook: &Webhook) -> Option<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .resolve(&webhook.host, webhook.place.addr)
        .timeout(ANSWER_LIMIT);
    if let Some(pem) = &webhook.certificate {
        builder = builder
            .tls_built_in_root_certs(false)
            .add_root_certificate(reqwest::Certificate::from_pem(pem).ok()?);
    }
    builder.build().ok()
}

async fn post(http: Option<reqwest::Client>, webhook: Webhook, delivery: Delivery) -> Ended {
    let series = webhook.series;
    let Some(http) = http else {
        return (delivery, series, Err("SSL error {no client}".into()));
    };
    let scheme = if webhook.place.tls { "https" } else { "http" };
    // No port: then the table of hosts names it.
    let url = format!("{scheme}://{}{}", webhook.host, webhook.path);
    let mut request = http
        .post(url)
        .header(reqwest::header::CONTENT_TYPE, "application/json")
        .body(delivery.json.clone());
    if !webhook.secret.is_empty() {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", webhook.secret);
    }
    let result = match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!(
            "Wrong response from the webhook: {}",
            answer.status()
        )),
        Err(error) if error.is_timeout() => Err("Read timeout expired".into()),
        Err(error) => Err(chain(&error)),
    };
    (delivery, series, result)
}

/// An error with its causes.
fn chain(error: &reqwest::Error) -> String {
    let mut words = if error.is_connect() {
        "Connection failed".to_owned()
    } else {
        "Connection closed".to_owned()
    };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}
