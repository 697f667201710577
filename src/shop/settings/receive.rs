//! Readers of how updates come (`[receive]`) and where the bot is watched (`[monitor]`).

use std::net::SocketAddr;

use super::{Receive, Tls, Webhook};
use crate::shop::table::{Spot, Table};

/// Telegram sends to these ports only.
const PORTS: [u16; 4] = [443, 80, 88, 8443];
/// Telegram's own limit.
const MOST_CONNECTIONS: i64 = 100;
/// Telegram's own usual value.
const USUAL_CONNECTIONS: i64 = 40;

/// A file that the settings name.
#[derive(Debug)]
pub(crate) struct Named {
    /// Its path in the folder.
    pub path: String,
    /// Where it is named.
    pub at: usize,
    /// What it must hold.
    pub holds: Holds,
}

/// What a named file must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A certificate, or a chain of them.
    Certificate,
    /// The private key of the first of them.
    Key,
}

pub(super) fn receive(top: &Table<'_>, files: &mut Vec<Named>) -> Receive {
    let found = top.table("receive", |table| {
        let modes = [("polling", false), ("webhook", true)];
        let by_webhook = table.word("mode", &modes).unwrap_or(false);
        let webhook = webhook(table, by_webhook, files);
        match webhook.filter(|_| by_webhook) {
            Some(webhook) => Receive::Webhook(webhook),
            None => Receive::Polling,
        }
    });
    found.unwrap_or_default()
}

/// What a webhook needs is read in both modes, so that a slip shows before it is switched on;
/// what is missing is a fault only when it is on.
fn webhook(table: &Table<'_>, is_on: bool, files: &mut Vec<Named>) -> Option<Webhook> {
    let listen = needed(table, "listen", is_on).and_then(|text| address(table, text));
    let public = needed(table, "public_url", is_on).and_then(|text| public_url(table, text));
    let connections = table.int("connections", 1, MOST_CONNECTIONS);
    let tls = tls(table, files);
    Some(Webhook {
        listen: listen?,
        public_url: public?,
        connections: connections.unwrap_or(USUAL_CONNECTIONS),
        tls,
    })
}

fn needed<'a>(table: &Table<'a>, key: &'static str, is_on: bool) -> Option<Spot<&'a str>> {
    if is_on {
        table.need_text(key)
    } else {
        table.text(key)
    }
}

fn address(table: &Table<'_>, text: Spot<&str>) -> Option<SocketAddr> {
    let found = text.value.parse().ok();
    if found.is_none() {
        table.fault(
            text.at,
            format!("`{}` is no address to listen on", text.value),
            "write IP:PORT, as in \"127.0.0.1:8443\" behind a proxy or \"0.0.0.0:8443\" without",
        );
    }
    found
}

fn public_url(table: &Table<'_>, text: Spot<&str>) -> Option<String> {
    match fault_of_url(text.value) {
        None => Some(text.value.to_owned()),
        Some((what, cure)) => {
            table.fault(text.at, what, cure);
            None
        }
    }
}

/// What Telegram would not take, and its cure.
fn fault_of_url(url: &str) -> Option<(String, &'static str)> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Some((
            format!("`{url}` does not begin with https://"),
            "Telegram sends to https:// only",
        ));
    };
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if !host.contains('.') || !host.split('.').all(is_name) {
        return Some((
            format!("`{host}` is no public host"),
            "write it as in https://shop.example.com/telegram",
        ));
    }
    if !port.parse().is_ok_and(|port: u16| PORTS.contains(&port)) {
        return Some((
            format!("Telegram sends to no port {port}"),
            "use 443, 80, 88 or 8443",
        ));
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~".contains(&b);
    if !path.bytes().all(plain) {
        return Some((
            format!("`{path}` is no plain path"),
            "use letters, digits and / - . _ ~ only",
        ));
    }
    None
}

fn tls(table: &Table<'_>, files: &mut Vec<Named>) -> Option<Tls> {
    let (cert, key) = (table.text("tls_cert"), table.text("tls_key"));
    let self_signed = table.flag("tls_self_signed").unwrap_or(false);
    let mut named = |spot: &Spot<&str>, holds| {
        files.push(Named {
            path: spot.value.to_owned(),
            at: spot.at,
            holds,
        });
    };
    match (cert, key) {
        (Some(cert), Some(key)) => {
            named(&cert, Holds::Certificate);
            named(&key, Holds::Key);
            Some(Tls {
                cert: cert.value.to_owned(),
                key: key.value.to_owned(),
                self_signed,
            })
        }
        (None, None) => {
            if self_signed {
                table.fault(
                    table.key_at("tls_self_signed"),
                    "there is no certificate to be self-signed",
                    "add `tls_cert` and `tls_key`, or remove this",
                );
            }
            None
        }
        (Some(alone), None) | (None, Some(alone)) => {
            table.fault(
                alone.at,
                "TLS needs a certificate and its key",
                "give both `tls_cert` and `tls_key`, or neither behind a proxy that ends TLS",
            );
            None
        }
    }
}

pub(super) fn monitor(top: &Table<'_>) -> Option<SocketAddr> {
    top.table("monitor", |table| {
        let text = table.need_text("listen")?;
        let found = address(table, text)?;
        if !found.ip().is_loopback() {
            table.fault(
                text.at,
                format!("`{found}` can be reached from elsewhere"),
                "what the monitor tells is for this machine: listen on 127.0.0.1",
            );
            return None;
        }
        Some(found)
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_one_that_telegram_takes() {
        for good in [
            "https://shop.example.com",
            "https://shop.example.com/",
            "https://shop.example.com:8443/telegram/7",
            "https://203.0.113.7:88/x",
        ] {
            assert_eq!(fault_of_url(good), None, "{good}");
        }
        for (bad, what) in [
            ("http://shop.example.com", "https://"),
            ("shop.example.com", "https://"),
            ("https://localhost/x", "no public host"),
            ("https://", "no public host"),
            ("https://user@shop.example.com/x", "no public host"),
            ("https://shop.example.com:8080/x", "port 8080"),
            ("https://shop.example.com:x/x", "port x"),
            ("https://shop.example.com/a?b=c", "plain path"),
            ("https://shop.example.com/{id}", "plain path"),
        ] {
            let (found, _) = fault_of_url(bad).unwrap();
            assert!(found.contains(what), "{bad}: {found}");
        }
    }
}
