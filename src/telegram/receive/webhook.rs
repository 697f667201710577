//! The webhook's side of the Bot API: what Telegram is told, and how its calls are known.
//!
//! Whoever knows the address can post to it; only Telegram knows the secret. It never appears
//! in a log, and comparing it takes the same time however much of a guess is right.

use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::super::calls::Call;
use super::polling::ALLOWED_UPDATES;

/// The header that holds the secret.
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// The form field of a self-signed certificate.
pub const CERTIFICATE_FIELD: &str = "certificate";

/// What Telegram proves itself with: 64 letters and digits.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// From 32 bytes that nobody can guess; the same bytes give the same secret.
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether a caller gave it.
    pub fn is(&self, given: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(given).into()
    }
}

/// Asks Telegram to call `url`. What waits is kept; the list of kinds is always given, since
/// Telegram keeps the last one.
pub fn set_webhook(url: &str, secret: &Secret, connections: i64) -> Call {
    Call {
        method: "setWebhook",
        params: json!({
            "url": url,
            "secret_token": secret.0,
            "max_connections": connections,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": false,
        }),
    }
}

/// Asks which webhook is set.
pub fn webhook_info() -> Call {
    Call {
        method: "getWebhookInfo",
        params: json!({}),
    }
}

/// The address in the answer to that; empty if there is none.
pub fn url_of(info: &Value) -> &str {
    info.get("url").and_then(Value::as_str).unwrap_or_default()
}

/// The part of an address that a caller asks for: from the first `/` behind the host.
pub fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_it() {
        let secret = Secret::new(&[0xab; 32]);
        let text = "ab".repeat(32);
        assert!(secret.is(text.as_bytes()));
        for wrong in [
            "",
            "ab",
            &text[..63],
            &text.to_uppercase(),
            &format!("{text}a"),
        ] {
            assert!(!secret.is(wrong.as_bytes()), "{wrong}");
        }
        assert!(!format!("{secret:?}").contains("ab"));
        let call = set_webhook("https://a.b/c", &secret, 40);
        assert_eq!(call.params["secret_token"], json!(text));
        assert_eq!(call.params["allowed_updates"], json!(ALLOWED_UPDATES));
    }

    #[test]
    fn the_path_is_what_a_caller_asks_for() {
        assert_eq!(path_of("https://a.b:8443/c/d"), "/c/d");
        assert_eq!(path_of("https://a.b/"), "/");
        assert_eq!(path_of("https://a.b"), "/");
    }
}
