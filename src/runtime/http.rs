//! Serves HTTP/1.1, with TLS or without, to callers that nobody knows.
//!
//! Every step of a connection has a limit in time, connections have one in number, and none
//! outlives the future that serves: dropped, it ends them all. What is served knows nothing of
//! sockets.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// Connections at once; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 512;
/// To agree on TLS, and to send the head of a request, also of the next one.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// Of a request's head, in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// When serving ends, requests at hand are answered within this.
const CLOSE_LIMIT: Duration = Duration::from_secs(3);
/// After a failure to accept: the system may be out of files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stop`, then answers what is at hand.
pub(super) async fn serve(
    listener: &TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let (closing, closed) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            // Never closed: this can't fail.
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        tokio::select! {
            (slot, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    let work = connection(stream, tls.clone(), router.clone(), closed.clone());
                    connections.spawn(async move {
                        work.await;
                        drop(slot);
                    });
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
    }
    closing.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(CLOSE_LIMIT, all).await.is_err() {
        tracing::debug!("connections were cut");
    }
}

async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    closed: watch::Receiver<bool>,
) {
    // Answers are small; waiting to fill a packet costs more than it saves.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else {
        return speak(stream, router, closed).await;
    };
    match tokio::time::timeout(HEAD_LIMIT, tls.accept(stream)).await {
        Ok(Ok(stream)) => speak(stream, router, closed).await,
        Ok(Err(error)) => tracing::debug!(%error, "no TLS came about"),
        Err(_) => tracing::debug!("TLS took too long"),
    }
}

async fn speak<S>(stream: S, router: Router, mut closed: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    let close = async {
        // An error means that nobody serves any more.
        drop(closed.wait_for(|closed| *closed).await);
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = close => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}
