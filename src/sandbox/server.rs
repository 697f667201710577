//! The HTTP side of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`, long
//! polling, and the faults that only a server can commit; and the posts to
//! webhooks. What a method does is in `api`.

mod deliver;
mod poll;
mod request;

use std::{
    io,
    sync::{Arc, mpsc::Sender},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, Request, State as Given},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::Value;
use tokio::sync::oneshot;

use super::{
    api::{error::ApiError, method_named, params::Params},
    emulator::Shared,
    faults::Fault,
    meter::{Happened, Subject},
    state::{Clock, State},
    view::Call,
    wire::{Connection, CutListener},
};

use self::{poll::poll, request::params_of};

/// The largest request: a file of 50 MB and what goes with it.
const LARGEST_BODY: usize = 51 << 20;
/// As faults name the fetching of a file, which is no method.
const DOWNLOAD: &str = "download";

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
    shared: Arc<Shared>,
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
            () = deliver::run(&shared) => {}
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

/// A call that was understood so far.
struct Ask {
    method: &'static str,
    params: Params,
    connection: Option<Connection>,
}

impl Ask {
    /// Ends the connection without an answer.
    fn cut(&self) -> Response {
        match &self.connection {
            Some(connection) => connection.cut(),
            None => StatusCode::BAD_GATEWAY.into_response(),
        }
    }
}

async fn bot_call(Given(shared): Given<Arc<Shared>>, request: Request) -> Response {
    let ask = match read(&shared, request).await {
        Ok(ask) => ask,
        Err(error) => return refusal(&error),
    };
    let chat = Some(ask.params.int("chat_id")).filter(|chat| *chat != 0);
    let fault = shared.act(|state| state.faults.on_call(ask.method, chat));
    let without_effect = match fault {
        Some(Fault::CutBefore) => Some(ApiError::new(502, "cut before it took effect")),
        Some(Fault::Http5xx(code)) => Some(ApiError::new(code, "Internal Server Error")),
        Some(Fault::RateLimit { retry_after }) => Some(ApiError::too_many(retry_after)),
        Some(Fault::CutAfterAccept | Fault::Delay(_) | Fault::BadJson) | None => None,
    };
    if let Some(error) = without_effect {
        let outcome = Outcome::Refused(error);
        shared.act(|state| log(state, ask.method, &ask.params, &outcome));
        return match fault {
            Some(Fault::CutBefore) => ask.cut(),
            Some(Fault::Http5xx(502)) => proxy_error(),
            _ => answer(&outcome),
        };
    }
    let outcome = if ask.method == "getUpdates" {
        poll(&shared, &ask.params).await
    } else {
        shared.act(|state| carry_out(state, &ask))
    };
    match fault {
        Some(Fault::CutAfterAccept) => ask.cut(),
        Some(Fault::BadJson) => "<html>not what you asked for</html>".into_response(),
        Some(Fault::Delay(ms)) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            answer(&outcome)
        }
        _ => answer(&outcome),
    }
}

/// Who calls what with which parameters.
async fn read(shared: &Shared, request: Request) -> Result<Ask, ApiError> {
    let path = request.uri().path();
    let mut parts = path.splitn(3, '/').skip(1);
    let bot = parts.next().unwrap_or_default();
    let Some(token) = bot.strip_prefix("bot") else {
        return Err(ApiError::new(404, "Not Found"));
    };
    let token = token.replace("%3A", ":").replace("%3a", ":");
    shared.read(|state| authorised(state, &token))?;
    let Some(method) = method_named(parts.next().unwrap_or_default()) else {
        return Err(ApiError::new(404, "Not Found: method not found"));
    };
    let connection = request
        .extensions()
        .get::<ConnectInfo<Connection>>()
        .map(|info| info.0.clone());
    let params = params_of(request).await?;
    Ok(Ask {
        method,
        params,
        connection,
    })
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

fn carry_out(state: &mut State, ask: &Ask) -> Outcome {
    let outcome = match state.call(ask.method, &ask.params) {
        Ok(result) => Outcome::Done(result.to_string()),
        Err(error) => Outcome::Refused(error),
    };
    log(state, ask.method, &ask.params, &outcome);
    if state.meter.is_on() {
        state.meter.tell(called(ask, &outcome));
    }
    outcome
}

fn called(ask: &Ask, outcome: &Outcome) -> Happened {
    let made = match outcome {
        Outcome::Done(result) => message_id_in(result),
        Outcome::Refused(_) => None,
    };
    let subject = match ask.params.int("chat_id") {
        0 => Some(ask.params.text("callback_query_id"))
            .filter(|id| !id.is_empty())
            .map(Subject::Query),
        chat => Some(Subject::Chat(chat)),
    };
    Happened::Called {
        method: ask.method,
        subject,
        message_id: made,
        at: Instant::now(),
    }
}

fn log(state: &mut State, method: &str, params: &Params, outcome: &Outcome) {
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
        real_ms: Clock::real_ms(),
        method: method.to_owned(),
        params: params.logged(),
        ok: error.is_none(),
        error_code: error.map(|error| error.code),
        description: error.map(|error| error.description.clone()),
        retry_after: error.and_then(|error| error.retry_after),
        // Whatever becomes of the answer, the call took effect.
        accepted: error.is_none(),
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

/// What a proxy in front of Telegram says.
fn proxy_error() -> Response {
    let page = "<html><head><title>502 Bad Gateway</title></head></html>";
    (
        StatusCode::BAD_GATEWAY,
        [(header::CONTENT_TYPE, "text/html")],
        page,
    )
        .into_response()
}

async fn file(Given(shared): Given<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut parts = path.trim_start_matches("/file/bot").splitn(2, '/');
    let token = parts.next().unwrap_or_default().replace("%3A", ":");
    if let Err(error) = shared.read(|state| authorised(state, &token)) {
        return refusal(&error);
    }
    let fault = shared.act(|state| state.faults.on_call(DOWNLOAD, None));
    match fault {
        Some(Fault::Http5xx(502) | Fault::CutBefore | Fault::CutAfterAccept) => {
            return proxy_error();
        }
        Some(Fault::Http5xx(code)) => {
            return refusal(&ApiError::new(code, "Internal Server Error"));
        }
        Some(Fault::RateLimit { retry_after }) => return refusal(&ApiError::too_many(retry_after)),
        Some(Fault::Delay(ms)) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Some(Fault::BadJson) | None => {}
    }
    let path = parts.next().unwrap_or_default();
    let stored = shared.read(|state| {
        let file = state.files.at_path(path)?;
        Some((file.mime.clone(), file.bytes.clone()))
    });
    match stored {
        Some((mime, bytes)) => {
            ([(header::CONTENT_TYPE, mime)], Bytes::from_owner(bytes)).into_response()
        }
        None => refusal(&ApiError::new(404, "Not Found")),
    }
}
