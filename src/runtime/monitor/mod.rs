//! Tells whoever watches the process how it is, on a loopback address: `/healthz`, `/readyz`,
//! `/metrics`.
//!
//! Numbers and fixed words only; nothing that a person said or is called. It reads and never
//! changes anything.

mod metrics;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::store::StoreError;
use crate::store::gauges::{self, Gauges};

use super::engine::Shared;
use super::handler::Handler;
use super::http;
use super::lease::Role;

/// The database must answer within this.
const DATABASE_LIMIT: Duration = Duration::from_secs(2);

/// The monitor's address can't be listened on.
#[derive(Debug, thiserror::Error)]
#[error("can't listen on {0}: {1}; choose another `listen` of [monitor], or stop what has it")]
pub struct MonitorError(SocketAddr, std::io::Error);

/// Takes the address.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, MonitorError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| MonitorError(address, error))
}

/// The engine, as it is watched.
struct Watch<H> {
    shared: Arc<Shared<H>>,
    /// The loops that must run as long as the process.
    loops: Vec<AbortHandle>,
}

/// Serves until the engine stops.
pub(super) async fn run<H: Handler>(
    shared: Arc<Shared<H>>,
    listener: TcpListener,
    loops: Vec<AbortHandle>,
) {
    let stop = {
        let shared = shared.clone();
        async move { shared.stopped().await }
    };
    let watch = Arc::new(Watch { shared, loops });
    let routes = Router::new()
        .route("/healthz", get(healthz::<H>))
        .route("/readyz", get(readyz::<H>))
        .route("/metrics", get(metrics::<H>))
        .with_state(watch);
    http::serve(&listener, None, routes, stop).await;
}

/// Alive: every loop runs. A process that is not should be started anew.
async fn healthz<H: Handler>(State(watch): State<Arc<Watch<H>>>) -> (StatusCode, &'static str) {
    if watch.loops.iter().any(AbortHandle::is_finished) {
        (StatusCode::SERVICE_UNAVAILABLE, "a loop has ended\n")
    } else {
        (StatusCode::OK, "alive\n")
    }
}

/// Ready: the database answers, updates can come, somebody sends. One line for each.
async fn readyz<H: Handler>(State(watch): State<Arc<Watch<H>>>) -> (StatusCode, String) {
    let shared = &watch.shared;
    let database = gauges(shared).await.is_some();
    let checks = [
        ("database", database),
        ("receiver", shared.is_receiving()),
        ("sender", shared.lease.is_somebodys(&shared.clock)),
        ("shop files", !shared.lease.rests()),
    ];
    let lines = checks.map(|(name, is_well)| {
        let word = if is_well { "ok" } else { "not ready" };
        format!("{name}: {word}\n")
    });
    let status = if checks.iter().all(|(_, is_well)| *is_well) {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, lines.concat())
}

async fn metrics<H: Handler>(State(watch): State<Arc<Watch<H>>>) -> impl IntoResponse {
    let shared = &watch.shared;
    let state = metrics::Now {
        gauges: gauges(shared).await,
        now: shared.clock.now(),
        started: shared.started,
        receiving: shared.is_receiving(),
        leading: shared.lease.is_held(Role::Send, &shared.clock),
        resting: shared.lease.rests(),
    };
    let text = metrics::text(&shared.counters, &state);
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text)
}

/// What the database says, if it answers in time.
async fn gauges<H: Handler>(shared: &Shared<H>) -> Option<Gauges> {
    let look = async {
        let mut tx = shared.db.read().await?;
        let gauges = gauges::read(&mut tx).await?;
        tx.commit().await?;
        Ok::<Gauges, StoreError>(gauges)
    };
    tokio::time::timeout(DATABASE_LIMIT, look).await.ok()?.ok()
}
