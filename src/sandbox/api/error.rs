//! How a method refuses: the code, Telegram's own words, and the parameters that go with them.

use serde_json::{Map, Value, json};

/// A refusal as the Bot API words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) struct ApiError {
    pub code: u16,
    pub description: String,
    pub retry_after: Option<i64>,
    pub migrate_to_chat_id: Option<i64>,
}

pub(in crate::sandbox) type ApiResult = Result<Value, ApiError>;

impl ApiError {
    pub fn new(code: u16, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            retry_after: None,
            migrate_to_chat_id: None,
        }
    }

    /// 400 with the words of the server, prefixed and lower-cased as the Bot API does it:
    /// a first capital goes unless a capital or an underscore follows.
    pub fn bad(words: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", lowered(words.as_ref())))
    }

    pub fn forbidden(words: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", lowered(words.as_ref())))
    }

    pub fn conflict(words: &str) -> Self {
        Self::new(409, format!("Conflict: {words}"))
    }

    pub fn too_many(retry_after: i64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, format!("Too Many Requests: retry after {retry_after}"))
        }
    }

    pub fn migrated(to: i64) -> Self {
        Self {
            migrate_to_chat_id: Some(to),
            ..Self::bad("group chat was upgraded to a supergroup chat")
        }
    }

    /// The body of the HTTP answer.
    pub fn body(&self) -> Value {
        let mut body =
            json!({"ok": false, "error_code": self.code, "description": self.description});
        let mut parameters = Map::new();
        if let Some(seconds) = self.retry_after {
            parameters.insert("retry_after".into(), seconds.into());
        }
        if let Some(chat) = self.migrate_to_chat_id {
            parameters.insert("migrate_to_chat_id".into(), chat.into());
        }
        if !parameters.is_empty()
            && let Some(object) = body.as_object_mut()
        {
            object.insert("parameters".into(), Value::Object(parameters));
        }
        body
    }
}

fn lowered(words: &str) -> String {
    let mut chars = words.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return String::new();
    };
    if second.is_some_and(|c| c == '_' || c.is_ascii_uppercase()) {
        return words.to_owned();
    }
    let rest = words.get(first.len_utf8()..).unwrap_or_default();
    format!("{}{rest}", first.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_codes_keep_their_capitals_and_sentences_lose_the_first() {
        assert_eq!(
            ApiError::bad("BUTTON_DATA_INVALID").description,
            "Bad Request: BUTTON_DATA_INVALID"
        );
        assert_eq!(
            ApiError::bad("Message is too long").description,
            "Bad Request: message is too long"
        );
        assert_eq!(ApiError::bad("").description, "Bad Request: ");
    }

    #[test]
    fn parameters_stand_beside_the_description() {
        let body = ApiError::too_many(7).body();
        assert_eq!(body["parameters"]["retry_after"], 7);
        assert_eq!(body["description"], "Too Many Requests: retry after 7");
        assert!(ApiError::bad("x").body().get("parameters").is_none());
    }
}
