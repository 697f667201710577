//! What a caller of the webhook is answered.
//!
//! 404 elsewhere, 405 for anything but POST, 401 without the secret, 413 for too much, 408 for
//! too slow, 400 for what is no update, 500 if it could not be stored, 200 once it is.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use tokio::sync::{mpsc, oneshot};

use crate::store::inbox::NewUpdate;
use crate::telegram::incoming;
use crate::telegram::receive::webhook::{SECRET_HEADER, Secret};

use super::super::counters::Counters;
use super::Delivered;

/// Updates have some kilobytes; a message's text and keyboard bound them.
const MAX_BODY: usize = 1 << 20;
/// To send a body.
const BODY_LIMIT: Duration = Duration::from_secs(15);
/// To store it. Telegram waits longer.
const STORE_LIMIT: Duration = Duration::from_secs(15);

/// What a delivery is judged by, and where it goes.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) path: String,
    /// The one Telegram was given, and those of older keys that it may still use.
    pub(super) secrets: Arc<[Secret]>,
    pub(super) bot: String,
    pub(super) counters: Arc<Counters>,
    pub(super) deliver: mpsc::Sender<Delivered>,
}

pub(super) fn router(door: Door) -> Router {
    Router::new().fallback(knock).with_state(Arc::new(door))
}

async fn knock(State(door): State<Arc<Door>>, request: Request) -> StatusCode {
    let status = match door.let_in(request).await {
        Ok(()) => StatusCode::OK,
        Err(refused) => refused,
    };
    if status.is_client_error() {
        Counters::add(&door.counters.turned_away, 1);
    }
    status
}

impl Door {
    async fn let_in(&self, request: Request) -> Result<(), StatusCode> {
        if request.uri().path() != self.path {
            return Err(StatusCode::NOT_FOUND);
        }
        if request.method() != Method::POST {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        if !self.is_telegram(request.headers()) {
            return Err(StatusCode::UNAUTHORIZED);
        }
        let text = read(request).await?;
        let Some(read) = incoming::read(&text, &self.bot) else {
            return Err(StatusCode::BAD_REQUEST);
        };
        let update = NewUpdate {
            id: 0,
            update_id: read.update_id,
            lane: read.lane,
            text,
            may_skip: read.may_skip,
        };
        match tokio::time::timeout(STORE_LIMIT, self.store(update)).await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// Every secret is compared, so that time says nothing about which one is near.
    fn is_telegram(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(SECRET_HEADER);
        let given = given.map_or(&[][..], |value| value.as_bytes());
        let is = |known: bool, secret: &Secret| secret.is(given) | known;
        self.secrets.iter().fold(false, is)
    }

    async fn store(&self, update: NewUpdate) -> bool {
        let (stored, done) = oneshot::channel();
        let sent = self.deliver.send(Delivered { update, stored }).await;
        sent.is_ok() && done.await.unwrap_or(false)
    }
}

/// The body as text.
async fn read(request: Request) -> Result<String, StatusCode> {
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > MAX_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = axum::body::to_bytes(request.into_body(), MAX_BODY);
    let bytes = match tokio::time::timeout(BODY_LIMIT, body).await {
        Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
        // A body of a length that was said and is allowed ended early.
        Ok(Err(_)) if said.is_some() => return Err(StatusCode::BAD_REQUEST),
        Ok(Err(_)) => return Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Ok(bytes)) => bytes,
    };
    String::from_utf8(bytes.to_vec()).map_err(|_| StatusCode::BAD_REQUEST)
}
