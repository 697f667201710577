//! Receives updates by webhook: Telegram posts them, each is stored and only then answered 200.
//!
//! # Design notes
//! - A caller without the secret learns nothing and costs little: it is compared before the
//!   body is read.
//! - Deliveries that wait at the same time are stored in one transaction, in the order of their
//!   ids. Between transactions Telegram gives no order; a lane's rows run in the order in which
//!   they were stored, and an old button does no harm.
//! - What can't be stored is answered 500: Telegram repeats it. What was stored and not answered
//!   comes again too; the unique key drops it.
//! - Every instance may listen; the one that holds the lease tells Telegram where.

mod door;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio_rustls::TlsAcceptor;

use crate::store::StoreError;
use crate::store::inbox::NewUpdate;
use crate::telegram::client::{CallError, Upload};
use crate::telegram::receive::webhook::{
    CERTIFICATE_FIELD, path_of, set_webhook, url_of, webhook_info,
};

use super::backoff::Backoff;
use super::counters::Counters;
use super::engine::Shared;
use super::handler::Handler;
use super::http;
use super::lease::Role;
use super::receive::{MANY_CONFLICTS, store};

pub use tls::TlsError;

use door::Door;

/// Updates in one transaction.
const MAX_BATCH: usize = 100;
/// Whether Telegram still calls us is looked up so often.
const CHECK_EVERY: Duration = Duration::from_secs(60);

/// Where Telegram calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What Telegram is told; its path is the only one that is answered.
    pub public_url: String,
    /// Deliveries at once.
    pub connections: i64,
    /// None: something in front of us ends TLS.
    pub tls: Option<TlsFiles>,
}

/// A certificate and its key, as PEM.
#[derive(Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, or a chain of them.
    pub cert: Vec<u8>,
    /// Its private key.
    pub key: Vec<u8>,
    /// Telegram must be given a copy of the certificate.
    pub self_signed: bool,
}

impl std::fmt::Debug for TlsFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TlsFiles") // holds a private key
    }
}

/// Why it can't be listened.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address is taken, or not ours.
    #[error("can't listen on {0}: {1}; choose another `listen`, or stop what has it")]
    Address(SocketAddr, std::io::Error),
    /// The certificate.
    #[error("{0}; get certificate and key anew, as PEM")]
    Tls(#[from] TlsError),
}

/// An address that is listened on.
pub(super) struct Bound {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
}

/// Takes the address.
pub(super) async fn bind(config: &WebhookConfig) -> Result<Bound, ListenError> {
    let tls = match &config.tls {
        Some(files) => Some(tls::acceptor(&files.cert, &files.key)?),
        None => None,
    };
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| ListenError::Address(config.listen, error))?;
    Ok(Bound { listener, tls })
}

/// One delivery on its way into the store.
struct Delivered {
    update: NewUpdate,
    stored: oneshot::Sender<bool>,
}

/// Receives until `ended`; then what is at hand is stored and answered.
pub(super) async fn run<H: Handler>(
    shared: &Arc<Shared<H>>,
    config: &WebhookConfig,
    bound: Option<Bound>,
    ended: impl Future<Output = ()>,
) {
    tokio::pin!(ended);
    let bound = match bound {
        Some(bound) => bound,
        None => tokio::select! {
            bound = bind_at_last(shared, config) => bound,
            () = &mut ended => return,
        },
    };
    // Bounded by the connections that may wait for an answer.
    let (deliver, delivered) = mpsc::channel(MAX_BATCH);
    let door = Door {
        path: path_of(&config.public_url).to_owned(),
        secrets: shared.secrets.clone(),
        bot: shared.bot.clone(),
        counters: shared.counters.clone(),
        deliver,
    };
    tokio::select! {
        () = http::serve(&bound.listener, bound.tls, door::router(door), ended) => {}
        () = store_all(shared, delivered) => {}
        () = register(shared, config) => {}
    }
}

async fn bind_at_last<H: Handler>(shared: &Shared<H>, config: &WebhookConfig) -> Bound {
    let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(10));
    loop {
        match bind(config).await {
            Ok(bound) => return bound,
            Err(error) => tracing::error!(%error, "no updates: the webhook can't be opened"),
        }
        backoff.wait(shared.chance(0)).await;
    }
}

/// Stores what was delivered, as much as waits at once.
async fn store_all<H: Handler>(shared: &Shared<H>, mut delivered: mpsc::Receiver<Delivered>) {
    while let Some(first) = delivered.recv().await {
        let mut batch = vec![first];
        while batch.len() < MAX_BATCH
            && let Ok(next) = delivered.try_recv()
        {
            batch.push(next);
        }
        batch.sort_by_key(|one| one.update.update_id);
        let (mut updates, answers): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|one| (one.update, one.stored))
            .unzip();
        let results = are_stored(shared, &mut updates).await;
        for (answer, stored) in answers.into_iter().zip(results) {
            // An error means that the caller went away: it will call again.
            let _gone = answer.send(stored);
        }
        shared.work.notify_one();
    }
}

/// Which of the updates are stored now.
async fn are_stored<H: Handler>(shared: &Shared<H>, updates: &mut [NewUpdate]) -> Vec<bool> {
    let failed = |error: &StoreError| {
        Counters::add(&shared.counters.store_errors, 1);
        tracing::warn!(%error, source = ?error.source, "updates can't be stored; Telegram keeps them");
    };
    match store(shared, updates).await {
        Ok(()) => vec![true; updates.len()],
        // One that no database takes must not hold up the others.
        Err(error) if !error.is_transient() && updates.len() > 1 => {
            failed(&error);
            let mut stored = Vec::with_capacity(updates.len());
            for update in updates.chunks_mut(1) {
                stored.push(store(shared, update).await.inspect_err(&failed).is_ok());
            }
            stored
        }
        Err(error) => {
            failed(&error);
            vec![false; updates.len()]
        }
    }
}

/// Tells Telegram where to call, and looks now and then whether it still does.
async fn register<H: Handler>(shared: &Shared<H>, config: &WebhookConfig) {
    let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));
    let mut is_set = false;
    loop {
        if !shared.lease.is_held(Role::Poll, &shared.clock) {
            // Another instance tells; this one only listens.
            shared.receiving_works(true);
            is_set = false;
        }
        shared.lease.held(Role::Poll, &shared.clock).await;
        let done = match is_set {
            false => set(shared, config).await,
            true => look(shared, config).await,
        };
        match done {
            Ok(()) => {
                shared.receiving_works(true);
                backoff.reset();
                if is_set {
                    tokio::time::sleep(CHECK_EVERY).await;
                }
                is_set = true;
            }
            Err(error) => {
                is_set = false;
                shared.receiving_works(false);
                tracing::warn!(%error, "the webhook is not set yet; trying again");
                match error {
                    CallError::RetryAfter(wait) => tokio::time::sleep(wait).await,
                    _ => backoff.wait(shared.chance(0)).await,
                }
            }
        }
    }
}

async fn set<H: Handler>(shared: &Shared<H>, config: &WebhookConfig) -> Result<(), CallError> {
    let Some(secret) = shared.secrets.first() else {
        return Err(CallError::Network("there is no secret".into())); // there is always a key
    };
    let call = set_webhook(&config.public_url, secret, config.connections);
    match config.tls.as_ref().filter(|tls| tls.self_signed) {
        Some(tls) => {
            let cert = Upload {
                field: CERTIFICATE_FIELD,
                name: "cert.pem",
                mime: None,
                bytes: tls.cert.clone(),
            };
            shared.client.upload(&call, cert).await?
        }
        None => shared.client.call(&call).await?,
    };
    tracing::info!(url = %config.public_url, "Telegram calls this webhook now");
    Ok(())
}

/// Somebody with the same token may have set another webhook, or none and polls.
async fn look<H: Handler>(shared: &Shared<H>, config: &WebhookConfig) -> Result<(), CallError> {
    let info = shared.client.call(&webhook_info()).await?;
    let conflicts = &shared.counters.conflicts;
    if url_of(&info) == config.public_url {
        conflicts.store(0, Ordering::Relaxed);
        return Ok(());
    }
    if conflicts.fetch_add(1, Ordering::Relaxed) + 1 == MANY_CONFLICTS {
        tracing::error!("another process receives with this token; stop one of the two");
    }
    set(shared, config).await
}
