//! Ports for what a test starts, stops and starts again.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below what any system gives to outgoing connections (Linux from 32768, BSD and macOS from
/// 49152): a port of those may be a caller's own by the time that it is listened on again.
const OURS: std::ops::Range<u16> = 20_000..32_000;

/// An address that nobody listens on, and that nobody else in this process is given.
pub fn free() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Two test programs at once don't try the same ones first.
    let first = std::process::id() as usize * 97;
    for _ in OURS {
        let n = usize::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = OURS.start + u16::try_from((first + n) % OURS.len()).unwrap();
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(addr).is_ok() {
            return addr;
        }
    }
    panic!("no port of {OURS:?} is free");
}
