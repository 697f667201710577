//! The control API: the acts of people over HTTP, for the page and for tests in another process.
//!
//! Loopback only. A request is refused (403) unless its `Host` is `127.0.0.1`, `localhost` or
//! `[::1]` (with any port) and its `Origin`, if it has one, is `http://` + that same `Host`, so
//! that a web page from elsewhere can't drive it. POST bodies are `application/json` (415
//! otherwise). Must never reach anything but the emulator.
//!
//! Every answer is `{"ok": true, "result": …}` or `{"ok": false, "error": "in words"}` (400).
//!
//! # `POST /control/act`
//! The body is one object with `"act"` and the fields of that act; `chat` is left out for the
//! person's private chat. `?` marks what may be left out.
//!
//! | act | fields | result |
//! | --- | --- | --- |
//! | `add_user` | `id, first_name, last_name?, username?, language_code?, phone?` | `{}` |
//! | `add_group` | `id, title, members: [ids], forum?, is_supergroup?` | `{}` |
//! | `start` | `user, payload?` | `{"message_id"}` |
//! | `send_text` | `user, chat?, text, thread?, reply_to?` | `{"message_id"}` |
//! | `edit_text` | `user, chat?, message_id, text` | `{}` |
//! | `press_reply` | `user, chat?, text` (of a button of the reply keyboard) | `{"message_id"}` |
//! | `tap` | `user, chat?, message_id, row, col` | `{"tap"}` |
//! | `tap_raw` | `user, chat?, message_id, data` (forged) | `{"tap"}` |
//! | `pay` | `user, chat?, message_id` | `{"query"}` |
//! | `inline_query` | `user, chat?, text, offset?` | `{"query"}` |
//! | `choose_result` | `user, query, result, thread?` (posted where the query was typed) | `{"message_id"}` |
//! | `share_contact` | `user, chat?, of?` (another person's id) | `{"message_id"}` |
//! | `share_location` | `user, chat?, latitude, longitude` | `{"message_id"}` |
//! | `send_photo` | `user, chat?, base64?, caption?, thread?` (without: a small picture) | `{"message_id"}` |
//! | `send_document` | `user, chat?, base64, name, caption?, thread?` | `{"message_id"}` |
//! | `send_sticker` | `user, chat?, emoji?, thread?` | `{"message_id"}` |
//! | `send_voice` | `user, chat?, seconds?, thread?` | `{"message_id"}` |
//! | `block`, `unblock`, `deactivate` | `user` | `{}` |
//! | `set_language` | `user, language_code` | `{}` |
//! | `add_bot`, `remove_bot`, `promote_bot` | `chat, user` (who does it) | `{}` |
//! | `join`, `leave` | `chat, user` | `{}` |
//! | `migrate_group` | `chat` | `{"chat"}` (the new id) |
//! | `create_topic` | `chat, user, name` | `{"thread"}` |
//!
//! # `GET /control/state?since=REV&timeout=SECONDS`
//! [`StateView`](super::StateView): at once if anything changed after `REV` (0: everything), else
//! as soon as it does, at the latest after `timeout` (default 25, at most 50) seconds. `chats`
//! holds those that changed, whole, with their last 200 messages; keep the others.
//!
//! # `GET /control/calls?since=N&limit=M`
//! `[Call]` with numbers above N, at most M (default 200), oldest first; without `since` the last M.
//!
//! # `GET /control/answer?tap=ID`
//! [`Answer`](super::Answer) or `null`.
//!
//! # `GET /control/inline?query=ID&timeout=SECONDS`
//! [`InlineView`](super::InlineView) as soon as the bot has answered, or `null` after `timeout`
//! (default 10, at most 50) seconds.
//!
//! # `POST /control/clock`
//! `{"advance_ms": 60000}`; result `{"now_ms"}`. GET gives the same without moving it.
//!
//! # `POST /control/fault`
//! `{"fault": F, "times"?: n, "every"?: k, "method"?: "sendMessage", "chat"?: id}` with F one of
//! `"http_500"`, `"http_502"`, `"bad_json"`, `"cut_before"`, `"cut_after_accept"`, `{"rate_limit": seconds}`,
//! `{"delay": ms}`; or `{"updates": U, "times"?: n}` with U one of `"duplicate"`, `"retap"`,
//! `"reorder"`, `{"delay": ms}`; or `{"clear": true}`. See `Faults`.
//!
//! # `GET /control/file/FILE_ID`
//! The bytes of a picture or document.

mod acts;

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, Request, State as Given},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{emulator::Shared, view::TapId};
use acts::{Act, FaultOrder};

/// Seconds that a request for the state waits for a change.
const WAIT_S: u64 = 25;
const LONGEST_WAIT_S: u64 = 50;
/// Seconds that a request for results waits for the bot.
const ANSWER_S: u64 = 10;
const CALLS: usize = 200;
/// Bytes of an act: a file of 50 MB as base64.
const LARGEST_BODY: usize = 72 << 20;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/control/act", post(act))
        .route("/control/state", get(state))
        .route("/control/calls", get(calls))
        .route("/control/answer", get(answer))
        .route("/control/inline", get(inline))
        .route("/control/clock", get(clock).post(move_clock))
        .route("/control/fault", post(fault))
        .route("/control/file/{id}", get(file))
        .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(only_from_here))
        .with_state(shared)
}

/// Refuses what a page from elsewhere, or a name that was bent to this machine, could send.
async fn only_from_here(request: Request, next: Next) -> Response {
    if is_from_here(request.headers()) {
        next.run(request).await
    } else {
        (
            StatusCode::FORBIDDEN,
            failed("only pages of this address may do that"),
        )
            .into_response()
    }
}

fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let Some(host) = text(header::HOST) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let own = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
    own && text(header::ORIGIN).is_none_or(|origin| origin == format!("http://{host}"))
}

fn done(result: impl Serialize) -> Json<Value> {
    Json(json!({"ok": true, "result": result}))
}

fn failed(words: impl ToString) -> Json<Value> {
    Json(json!({"ok": false, "error": words.to_string()}))
}

fn refused(words: impl ToString) -> Response {
    (StatusCode::BAD_REQUEST, failed(words)).into_response()
}

async fn act(Given(shared): Given<Arc<Shared>>, body: TypedJson<Act>) -> Response {
    match shared.act(|state| body.0.perform(state)) {
        Ok(result) => done(result).into_response(),
        Err(error) => refused(error),
    }
}

#[derive(Deserialize)]
struct Since {
    since: Option<u64>,
    timeout: Option<u64>,
    limit: Option<usize>,
}

async fn state(Given(shared): Given<Arc<Shared>>, Query(ask): Query<Since>) -> Response {
    let since = ask.since.unwrap_or(0);
    let wait = Duration::from_secs(ask.timeout.unwrap_or(WAIT_S).min(LONGEST_WAIT_S));
    let mut changes = shared.watch();
    let newer = async {
        // The first look counts what happened before the watch began.
        while since > 0 && shared.read(|state| state.rev) <= since {
            changes.borrow_and_update();
            if shared.read(|state| state.rev) > since || changes.changed().await.is_err() {
                return;
            }
        }
    };
    // Nothing changed in time: the same revision says so.
    let _ = tokio::time::timeout(wait, newer).await;
    done(shared.read(|state| state.show(since))).into_response()
}

async fn calls(Given(shared): Given<Arc<Shared>>, Query(ask): Query<Since>) -> Response {
    let limit = ask.limit.unwrap_or(CALLS);
    let calls = shared.read(|state| match ask.since {
        Some(since) => state.calls_since(since, limit),
        None => {
            let newest = u64::try_from(limit).unwrap_or(u64::MAX);
            state.calls_since(state.calls_made.saturating_sub(newest), limit)
        }
    });
    done(calls).into_response()
}

#[derive(Deserialize)]
struct Tap {
    tap: String,
}

async fn answer(Given(shared): Given<Arc<Shared>>, Query(ask): Query<Tap>) -> Response {
    done(shared.read(|state| state.answer_of(&TapId(ask.tap)))).into_response()
}

#[derive(Deserialize)]
struct Asked {
    query: String,
    timeout: Option<u64>,
}

async fn inline(Given(shared): Given<Arc<Shared>>, Query(ask): Query<Asked>) -> Response {
    let wait = Duration::from_secs(ask.timeout.unwrap_or(ANSWER_S).min(LONGEST_WAIT_S));
    let mut changes = shared.watch();
    let answered = async {
        loop {
            changes.borrow_and_update();
            let shown = shared.read(|state| state.show_results(&ask.query));
            if shown.is_some() || changes.changed().await.is_err() {
                return shown;
            }
        }
    };
    let shown = tokio::time::timeout(wait, answered).await;
    done(shown.ok().flatten()).into_response()
}

async fn clock(Given(shared): Given<Arc<Shared>>) -> Response {
    done(json!({"now_ms": shared.read(|state| state.now_ms())})).into_response()
}

#[derive(Deserialize)]
struct Advance {
    advance_ms: i64,
}

async fn move_clock(Given(shared): Given<Arc<Shared>>, body: TypedJson<Advance>) -> Response {
    shared.advance(body.0.advance_ms);
    let now_ms = shared.read(|state| state.now_ms());
    done(json!({"now_ms": now_ms})).into_response()
}

async fn fault(Given(shared): Given<Arc<Shared>>, body: TypedJson<FaultOrder>) -> Response {
    match shared.act(|state| body.0.carry_out(&mut state.faults)) {
        Ok(()) => done(json!({})).into_response(),
        Err(words) => refused(words),
    }
}

async fn file(Given(shared): Given<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let stored = shared.read(|state| {
        state
            .files
            .get(&id)
            .map(|f| (f.mime.clone(), f.bytes.clone()))
    });
    match stored {
        Some((mime, bytes)) => {
            // A file from a chat must not run as a page of this address.
            let headers = [
                (header::CONTENT_TYPE, mime.as_str()),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "sandbox; default-src 'none'",
                ),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, Bytes::from_owner(bytes)).into_response()
        }
        None => (StatusCode::NOT_FOUND, failed("there is no such file")).into_response(),
    }
}

/// JSON whose errors are answered in the form of this API.
struct TypedJson<T>(T);

impl<T: serde::de::DeserializeOwned, S: Send + Sync> axum::extract::FromRequest<S>
    for TypedJson<T>
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(error) if error.status() == StatusCode::UNPROCESSABLE_ENTITY => {
                Err(refused(error.body_text()))
            }
            Err(error) => Err((error.status(), failed(error.body_text())).into_response()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_here(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_from_here(&headers)
    }

    #[test]
    fn only_loopback_names_and_their_own_pages_get_in() {
        assert!(from_here("127.0.0.1:8080", None));
        assert!(from_here("localhost:8080", Some("http://localhost:8080")));
        assert!(from_here("[::1]:8080", None));
        assert!(!from_here("evil.example:8080", None));
        assert!(!from_here("localhost.evil.example", None));
        assert!(!from_here("localhost:8080", Some("http://evil.example")));
        assert!(!from_here("localhost:8080", Some("http://localhost:9")));
        assert!(!from_here("localhost:8080", Some("null")));
        assert!(!is_from_here(&HeaderMap::new()));
    }
}
