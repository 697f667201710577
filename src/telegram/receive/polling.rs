//! Long polling: the parameters of getUpdates and its answer, raw.
//!
//! Ids of updates restart at random after a quiet week: a stored offset could make Telegram
//! forget what waits. So polling begins without one and confirms batch by batch, each only after
//! it was stored; the unique key drops what comes again.

use serde_json::json;
use serde_json::value::RawValue;

use super::super::calls::Call;
use super::super::client::{CallError, open};

/// What the product listens to. Telegram keeps the last list given, so it is always given.
pub const ALLOWED_UPDATES: [&str; 5] = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
];
/// Telegram gives at most so many at once.
pub const MAX_BATCH: i64 = 100;

/// Polling and a webhook exclude each other; what waits is kept.
pub fn delete_webhook() -> Call {
    Call {
        method: "deleteWebhook",
        params: json!({"drop_pending_updates": false}),
    }
}

/// The parameters of one getUpdates.
pub fn params(offset: Option<i64>, wait_s: u64) -> serde_json::Value {
    let mut params = json!({
        "limit": MAX_BATCH,
        "timeout": wait_s,
        "allowed_updates": ALLOWED_UPDATES,
    });
    if let Some(offset) = offset {
        params["offset"] = json!(offset);
    }
    params
}

/// The raw text of each update of an answer, exactly as Telegram wrote it.
///
/// # Errors
/// As the answer says.
pub fn batch(answer: &str) -> Result<Vec<&str>, CallError> {
    let Some(result) = open(answer)? else {
        return Ok(Vec::new());
    };
    let updates: Vec<&RawValue> = serde_json::from_str(result.get())
        .map_err(|_| CallError::Network("getUpdates can't be read".into()))?;
    Ok(updates.into_iter().map(RawValue::get).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_come_byte_by_byte() {
        let answer =
            r#"{"ok":true,"result":[{"update_id":7, "x":9007199254740993},{"update_id":8}]}"#;
        let found = batch(answer).unwrap();
        assert_eq!(
            found,
            [
                r#"{"update_id":7, "x":9007199254740993}"#,
                r#"{"update_id":8}"#
            ]
        );
        assert!(batch(r#"{"ok":true,"result":[]}"#).unwrap().is_empty());
        assert!(batch(r#"{"ok":false,"error_code":409,"description":"Conflict"}"#).is_err());
    }

    #[test]
    fn an_offset_is_given_only_when_there_is_one() {
        assert!(params(None, 25).get("offset").is_none());
        assert_eq!(params(Some(8), 25)["offset"], json!(8));
    }
}
