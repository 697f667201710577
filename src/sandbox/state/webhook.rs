//! The webhook a bot has set, and how its host is reached from here.
//!
//! Telegram looks hosts up in the world's DNS and comes from outside. The emulator reaches no
//! host but those of its own small table (`WebhookHost`), all on loopback; any other name is
//! unknown to it.

use std::net::SocketAddr;

/// Telegram sends to these ports only.
const PORTS: [u16; 4] = [443, 80, 88, 8443];
/// Deliveries at once, unless the bot says otherwise.
pub(in crate::sandbox) const USUAL_CONNECTIONS: i64 = 40;

/// Where a host of the emulator's world really is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHost {
    /// On loopback.
    pub addr: SocketAddr,
    /// Whether TLS goes on to this address; if not, something in front of it ends TLS.
    pub tls: bool,
}

/// A webhook that is set.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Webhook {
    pub url: String,
    pub host: String,
    /// From the first `/`.
    pub path: String,
    pub place: WebhookHost,
    pub secret: String,
    pub most: usize,
    /// PEM, if the bot gave one of its own.
    pub certificate: Option<Vec<u8>>,
    /// When a delivery last failed (Unix seconds), and why.
    pub last_error: Option<(i64, String)>,
    /// Which setting of a webhook this is.
    pub series: u64,
}

/// The host and path of an address that Telegram takes.
///
/// # Errors
/// Telegram's words.
pub(in crate::sandbox) fn read_url(url: &str) -> Result<(String, String), String> {
    let parsed = reqwest::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(reqwest::Url::host_str);
    let (Some(parsed), Some(host)) = (&parsed, host) else {
        return Err("invalid webhook URL specified".into());
    };
    if parsed.scheme() != "https" {
        return Err("bad webhook: An HTTPS URL must be provided for webhook".into());
    }
    if !PORTS.contains(&parsed.port_or_known_default().unwrap_or_default()) {
        return Err("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443".into());
    }
    if let Ok(ip) = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>()
        && is_reserved(ip)
    {
        return Err(format!("bad webhook: IP address {ip} is reserved"));
    }
    let path = match parsed.query() {
        Some(query) => format!("{}?{query}", parsed.path()),
        None => parsed.path().to_owned(),
    };
    Ok((host.to_owned(), path))
}

fn is_reserved(ip: std::net::IpAddr) -> bool {
    match ip {
        std::net::IpAddr::V4(ip) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        std::net::IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_telegram_would_call_are_taken() {
        let refused = |url: &str| read_url(url).unwrap_err();
        assert!(refused("shop").contains("invalid webhook URL"));
        assert!(refused("http://shop.test/x").contains("HTTPS"));
        assert!(refused("https://shop.test:8080/x").contains("ports"));
        assert!(refused("https://127.0.0.1/x").contains("reserved"));
        assert!(refused("https://10.1.2.3:8443/x").contains("reserved"));
        for url in ["https://shop.test:88/a/b?c=d", "https://shop.test/a/b?c=d"] {
            assert_eq!(
                read_url(url).unwrap(),
                ("shop.test".into(), "/a/b?c=d".into())
            );
        }
    }
}
