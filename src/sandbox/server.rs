//! The HTTP side of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`, long
//! polling, and the faults that only a server can commit. What a method does is in `api`.

use std::{
    io,
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use axum::{
    Form, Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, FromRequest, Multipart, Request, State as Given},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use super::{
    api::{
        error::ApiError,
        method_named,
        params::{Params, Upload},
    },
    emulator::Shared,
    faults::Fault,
    state::State,
    view::Call,
    wire::{Connection, CutListener},
};

/// The largest request: a file of 50 MB and what goes with it.
const LARGEST_BODY: usize = 51 << 20;
/// A second conflict within this time is answered only after it, as Telegram does.
const CONFLICT_PAUSE_MS: i64 = 3_000;
const LONGEST_POLL_S: i64 = 50;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/{bot}/{method}", any(bot_call))
        .route("/file/{bot}/{*path}", any(file))
        .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(shared)
}

/// Serves until the last handle goes. Runs on the emulator's own thread.
pub(super) fn run(
    listener: std::net::TcpListener,
    routes: Router,
    stopped: oneshot::Receiver<()>,
    ready: &Sender<io::Result<()>>,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            // Whoever waits for it sees the end of the channel otherwise.
            let _ = ready.send(Err(error));
            return;
        }
    };
    runtime.block_on(async move {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => CutListener(listener),
            Err(error) => {
                let _ = ready.send(Err(error));
                return;
            }
        };
        let _ = ready.send(Ok(()));
        let service = routes.into_make_service_with_connect_info::<Connection>();
        tokio::select! {
            _ = axum::serve(listener, service) => {}
            _ = stopped => {}
        }
    });
    runtime.shutdown_background();
}

/// An answer before it is HTTP.
enum Outcome {
    Done(String),
    Refused(ApiError),
}

async fn bot_call(Given(shared): Given<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut parts = path.splitn(3, '/').skip(1);
    let (bot, method) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let Some(token) = bot.strip_prefix("bot") else {
        return refusal(&ApiError::new(404, "Not Found"));
    };
    let token = token.replace("%3A", ":").replace("%3a", ":");
    if let Err(error) = shared.read(|state| authorised(state, &token)) {
        return refusal(&error);
    }
    let Some(method) = method_named(method) else {
        return refusal(&ApiError::new(404, "Not Found: method not found"));
    };
    let connection = request
        .extensions()
        .get::<ConnectInfo<Connection>>()
        .map(|c| c.0.clone());
    let params = match params_of(request).await {
        Ok(params) => params,
        Err(error) => return refusal(&error),
    };
    let chat = Some(params.int("chat_id")).filter(|chat| *chat != 0);
    let fault = shared.act(|state| state.faults.on_call(method, chat));
    let cut = || match &connection {
        Some(connection) => connection.cut(),
        None => StatusCode::BAD_GATEWAY.into_response(),
    };
    match fault {
        Some(Fault::CutBefore) => {
            shared.act(|state| log(state, method, &params, &refused(502, "cut before"), false));
            return cut();
        }
        Some(Fault::Http5xx(code)) => {
            shared.act(|state| {
                log(
                    state,
                    method,
                    &params,
                    &refused(code, "server error"),
                    false,
                )
            });
            return server_error(code);
        }
        Some(Fault::RateLimit { retry_after }) => {
            let outcome = Outcome::Refused(ApiError::too_many(retry_after));
            shared.act(|state| log(state, method, &params, &outcome, false));
            return answer(&outcome);
        }
        Some(Fault::CutAfterAccept | Fault::Delay(_) | Fault::BadJson) | None => {}
    }
    let outcome = if method == "getUpdates" {
        poll(&shared, &params).await
    } else {
        shared.act(|state| carry_out(state, method, &params))
    };
    match fault {
        Some(Fault::CutAfterAccept) => cut(),
        Some(Fault::BadJson) => "<html>not what you asked for</html>".into_response(),
        Some(Fault::Delay(ms)) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            answer(&outcome)
        }
        _ => answer(&outcome),
    }
}

fn authorised(state: &State, token: &str) -> Result<(), ApiError> {
    if token == state.bot.token {
        return Ok(());
    }
    let id = token
        .split_once(':')
        .and_then(|(id, _)| id.parse::<i64>().ok())
        .unwrap_or(0);
    let words = if id > 0 {
        "Unauthorized"
    } else {
        "Unauthorized: invalid token specified"
    };
    Err(ApiError::new(401, words))
}

fn carry_out(state: &mut State, method: &'static str, params: &Params) -> Outcome {
    let outcome = match state.call(method, params) {
        Ok(result) => Outcome::Done(result.to_string()),
        Err(error) => Outcome::Refused(error),
    };
    log(
        state,
        method,
        params,
        &outcome,
        matches!(outcome, Outcome::Done(_)),
    );
    outcome
}

fn refused(code: u16, words: &str) -> Outcome {
    Outcome::Refused(ApiError::new(code, words))
}

fn log(state: &mut State, method: &str, params: &Params, outcome: &Outcome, accepted: bool) {
    if !state.logs_calls() {
        // Still a change: something was sent or refused.
        state.rev += 1;
        return;
    }
    let (error, made) = match outcome {
        Outcome::Refused(error) => (Some(error), None),
        Outcome::Done(result) => (None, message_id_in(result)),
    };
    let given = Some(params.int("message_id")).filter(|id| *id != 0);
    let call = Call {
        n: 0,
        at_ms: state.now_ms(),
        method: method.to_owned(),
        params: params.logged(),
        ok: error.is_none(),
        error_code: error.map(|error| error.code),
        description: error.map(|error| error.description.clone()),
        retry_after: error.and_then(|error| error.retry_after),
        accepted,
        message_id: made.or(given),
    };
    state.log(call);
}

/// The id at the head of an answered message; its fields come in alphabetical or given order.
fn message_id_in(result: &str) -> Option<i64> {
    let tail = result.split("\"message_id\":").nth(1)?;
    if !result.starts_with('{') || !result.contains("\"chat\":") {
        return None;
    }
    serde_json::from_str::<Value>(result)
        .ok()
        .and_then(|result| result.get("message_id").and_then(Value::as_i64))
        .or_else(|| tail.split([',', '}']).next()?.parse().ok())
}

/// Marks a waiting poll for as long as it waits, also when its client goes away.
struct Polling<'a>(&'a Shared);

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.0.act(|state| {
            state.queue.polling = state.queue.polling.saturating_sub(1);
            state.queue.asked_ms = Some(state.clock.steady_ms());
        });
    }
}

async fn poll(shared: &Shared, params: &Params) -> Outcome {
    let limit = match params.int("limit") {
        0 => 100,
        limit => usize::try_from(limit.clamp(1, 100)).unwrap_or(100),
    };
    let timeout = params.int("timeout").clamp(0, LONGEST_POLL_S);
    let end = tokio::time::Instant::now()
        + Duration::from_secs(u64::try_from(timeout).unwrap_or_default());
    if shared.read(|state| state.queue.webhook.is_some()) {
        let words = "can't use getUpdates method while webhook is active; \
                     use deleteWebhook to delete the webhook first";
        return conflict(shared, words).await;
    }
    shared.act(|state| {
        state.queue.asked_ms = Some(state.clock.steady_ms());
        state.queue.polling += 1;
        state.allow_updates(params);
        state.queue.confirm(params.int("offset"));
    });
    let _waiting = Polling(shared);
    let mut mine = None;
    loop {
        let rung = shared.updates.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let (batch, (newest, by_webhook), late_ms, newer) = shared.act(|state| {
            let (now_ms, steady_ms) = (state.now_ms(), state.clock.steady_ms());
            let taken_over = mine.is_some_and(|mine| mine != state.queue.poll);
            let batch = if taken_over {
                None
            } else {
                state.queue.batch(limit, now_ms, steady_ms)
            };
            let newer = batch.is_none() && timeout > 0 && mine.is_none();
            if newer {
                state.queue.poll += 1;
                state.queue.taken_over_by_webhook = false;
                mine = Some(state.queue.poll);
            }
            let late_ms = state.queue.next_late_ms().map(|at| (at - steady_ms).max(1));
            let newest = (state.queue.poll, state.queue.taken_over_by_webhook);
            (batch, newest, late_ms, newer)
        });
        if let Some(batch) = batch {
            return Outcome::Done(batch);
        }
        if timeout == 0 {
            return Outcome::Done("[]".into());
        }
        if mine.is_some_and(|mine| mine != newest) {
            let words = if by_webhook {
                "terminated by setWebhook request"
            } else {
                "terminated by other getUpdates request; \
                 make sure that only one bot instance is running"
            };
            return conflict(shared, words).await;
        }
        if newer {
            // Another that waits learns that it was taken over.
            shared.updates.notify_waiters();
        }
        let late = late_ms
            .and_then(|ms| u64::try_from(ms).ok())
            .map_or(end, |ms| {
                end.min(tokio::time::Instant::now() + Duration::from_millis(ms))
            });
        let timed_out = tokio::time::timeout_at(late, rung).await.is_err();
        if timed_out && tokio::time::Instant::now() >= end {
            return Outcome::Done("[]".into());
        }
    }
}

async fn conflict(shared: &Shared, words: &str) -> Outcome {
    let outcome = Outcome::Refused(ApiError::conflict(words));
    let pause = shared.act(|state| {
        let now_ms = state.clock.steady_ms();
        let again = state
            .queue
            .conflict_ms
            .is_some_and(|at| now_ms - at < CONFLICT_PAUSE_MS);
        if !again {
            state.queue.conflict_ms = Some(now_ms);
        }
        log(state, "getUpdates", &Params::default(), &outcome, false);
        again
    });
    if pause {
        let ms = u64::try_from(CONFLICT_PAUSE_MS).unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    outcome
}

fn answer(outcome: &Outcome) -> Response {
    match outcome {
        Outcome::Done(result) => {
            let body = format!("{{\"ok\":true,\"result\":{result}}}");
            ([(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
        Outcome::Refused(error) => refusal(error),
    }
}

fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::BAD_REQUEST);
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json"),
    );
    if let Some(seconds) = error.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    (status, headers, error.body().to_string()).into_response()
}

/// 502 is a proxy's page, the others are Telegram's own.
fn server_error(code: u16) -> Response {
    if code == 502 {
        let page = "<html><head><title>502 Bad Gateway</title></head></html>";
        return (
            StatusCode::BAD_GATEWAY,
            [(header::CONTENT_TYPE, "text/html")],
            page,
        )
            .into_response();
    }
    refusal(&ApiError::new(code, "Internal Server Error"))
}

async fn file(Given(shared): Given<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut parts = path.trim_start_matches("/file/bot").splitn(2, '/');
    let token = parts.next().unwrap_or_default().replace("%3A", ":");
    if let Err(error) = shared.read(|state| authorised(state, &token)) {
        return refusal(&error);
    }
    let name = parts
        .next()
        .unwrap_or_default()
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let id = name.rsplit_once('.').map_or(name, |(id, _)| id);
    let stored = shared.read(|state| {
        state
            .files
            .get(id)
            .map(|f| (f.mime.clone(), f.bytes.clone()))
    });
    match stored {
        Some((mime, bytes)) => {
            ([(header::CONTENT_TYPE, mime)], Bytes::from_owner(bytes)).into_response()
        }
        None => refusal(&ApiError::new(404, "Not Found")),
    }
}

/// Reads the parameters from wherever they are; the body wins over the query string.
async fn params_of(request: Request) -> Result<Params, ApiError> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        form(query.to_owned(), &mut params).await;
    }
    if request.method() == Method::GET {
        return Ok(params);
    }
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        multipart(request, &mut params).await?;
        return Ok(params);
    }
    let too_large = |_| ApiError::new(413, "Request Entity Too Large");
    let body = axum::body::to_bytes(request.into_body(), LARGEST_BODY)
        .await
        .map_err(too_large)?;
    if body.is_empty() {
        return Ok(params);
    }
    if kind.starts_with("application/json") {
        match serde_json::from_slice::<Value>(&body) {
            Ok(Value::Object(fields)) => params.fields.extend(fields),
            _ => return Err(ApiError::bad("Can't parse JSON object")),
        }
    } else {
        form(body, &mut params).await;
    }
    Ok(params)
}

/// What can't be read is left out, as Telegram does.
async fn form(source: impl Into<Body>, params: &mut Params) {
    let request = Request::builder()
        .method(Method::POST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(source.into());
    let Ok(request) = request else { return };
    if let Ok(Form(fields)) = Form::<Map<String, Value>>::from_request(request, &()).await {
        params.fields.extend(fields);
    }
}

async fn multipart(request: Request<Body>, params: &mut Params) -> Result<(), ApiError> {
    let broken = || ApiError::bad("Can't parse multipart/form-data");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| broken())?;
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(()),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            Err(_) => return Err(broken()),
        };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(str::to_owned);
        let bytes = match part.bytes().await {
            Ok(bytes) => bytes,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            Err(_) => return Err(broken()),
        };
        match file_name {
            Some(file_name) => {
                let upload = Upload {
                    name: file_name,
                    mime,
                    bytes: bytes.to_vec().into(),
                };
                params.files.insert(name, upload);
            }
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                params.fields.insert(name, text.into());
            }
        }
    }
}
