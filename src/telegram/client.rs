//! Calls the Bot API over HTTP and says in which of a few ways a call ended.
//!
//! Our own POST instead of a library's: `ok == true` is success whatever the result holds (else
//! a message would be sent twice), a 5xx must not sleep inside the request, and `retry_after`
//! must reach the sender. No error text holds the token: addresses are taken out.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::kernel::ChatId;

use super::calls::Call;

/// One call may take so long.
const CALL_LIMIT: Duration = Duration::from_secs(20);
/// An upload may take so long: pictures of at most 10 MB and files of at most 5 MB, over a slow line.
const UPLOAD_LIMIT: Duration = Duration::from_secs(60);
/// To reach the server.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// How a call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// 429: this chat waits so long.
    #[error("too many requests; wait {} s", .0.as_secs())]
    RetryAfter(Duration),
    /// The group has another id now.
    #[error("the group is now {0}")]
    Migrated(ChatId),
    /// 401 or 404: the token is wrong or was revoked.
    #[error("the token is refused: {0}")]
    Token(String),
    /// Any other 4xx, with Telegram's words.
    #[error("{code} {description}")]
    Refused {
        /// `error_code`.
        code: i64,
        /// `description`; holds no personal data.
        description: String,
    },
    /// 5xx.
    #[error("the server answers {0}")]
    Server(u16),
    /// No answer, or none that can be read: it may have taken effect.
    #[error("no answer: {0}")]
    Network(String),
}

/// Speaks to one bot's API; cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    files: String,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client") // the address holds the token
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default)]
    ok: bool,
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(default)]
    error_code: i64,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
struct Parameters {
    #[serde(default)]
    retry_after: Option<u64>,
    #[serde(default)]
    migrate_to_chat_id: Option<i64>,
}

/// A file that a call brings along.
#[derive(Debug)]
pub struct Upload<'a> {
    /// The form field; the call's parameters name it as `attach://FIELD`, or it is the parameter.
    pub field: &'static str,
    /// What it is called.
    pub name: &'a str,
    /// Its media type, if Telegram shall not find out.
    pub mime: Option<&'a str>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What getMe says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// The bot's id.
    pub id: i64,
    /// Its user name, without `@`.
    #[serde(default)]
    pub username: String,
    /// Whether Telegram sends it searches from any chat.
    #[serde(default)]
    pub supports_inline_queries: bool,
}

impl Client {
    /// For the API at `api_url` (without the token), e.g. `https://api.telegram.org`.
    ///
    /// # Errors
    /// If TLS can't be set up.
    pub fn new(api_url: &str, token: &str) -> Result<Self, CallError> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .timeout(CALL_LIMIT)
            .pool_idle_timeout(Duration::from_secs(60))
            .build()
            .map_err(network)?;
        Ok(Self {
            http,
            base: format!("{}/bot{token}", api_url.trim_end_matches('/')),
            files: format!("{}/file/bot{token}", api_url.trim_end_matches('/')),
        })
    }

    /// Who the bot is; the first call of a start, which finds out whether the token is right.
    pub async fn me(&self) -> Result<Me, CallError> {
        let text = self.text("getMe", "{}".to_owned(), CALL_LIMIT).await?;
        let result = open(&text)?;
        result
            .and_then(|result| serde_json::from_str(result.get()).ok())
            .ok_or_else(|| CallError::Network("getMe can't be read".into()))
    }

    /// Makes a call; gives its result, null if it can't be read.
    pub async fn call(&self, call: &Call) -> Result<Value, CallError> {
        let text = self
            .text(call.method, call.params.to_string(), CALL_LIMIT)
            .await?;
        Ok(value(open(&text)?))
    }

    /// Makes a call that brings a file along in a form field of its own.
    pub async fn upload(&self, call: &Call, upload: Upload<'_>) -> Result<Value, CallError> {
        let mut form = reqwest::multipart::Form::new();
        if let Value::Object(params) = &call.params {
            for (name, value) in params {
                let text = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                form = form.text(name.clone(), text);
            }
        }
        let mut part =
            reqwest::multipart::Part::bytes(upload.bytes).file_name(upload.name.to_owned());
        if let Some(mime) = upload.mime {
            part = part.mime_str(mime).map_err(network)?;
        }
        let form = form.part(upload.field, part);
        let url = format!("{}/{}", self.base, call.method);
        let answer = self
            .http
            .post(url)
            .timeout(UPLOAD_LIMIT)
            .multipart(form)
            .send()
            .await
            .map_err(network)?;
        let text = body(answer).await?;
        Ok(value(open(&text)?))
    }

    /// The bytes of a file that Telegram has, by the path that getFile gave; none if it has more
    /// than `most`.
    ///
    /// # Errors
    /// As for a call; 404 is a refusal here: the path is out of date.
    pub async fn download(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, CallError> {
        let url = format!("{}/{path}", self.files);
        let answer = self.http.get(url).timeout(UPLOAD_LIMIT).send().await;
        let mut answer = answer.map_err(network)?;
        let status = answer.status();
        match status.as_u16() {
            200 => {}
            429 => return Err(CallError::RetryAfter(Duration::from_secs(1))),
            401 => return Err(CallError::Token("the file is refused".into())),
            code if code >= 500 => return Err(CallError::Server(code)),
            code => {
                return Err(CallError::Refused {
                    code: i64::from(code),
                    description: "no such file".into(),
                });
            }
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(network)? {
            if bytes.len() + chunk.len() > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Some(bytes))
    }

    /// The raw text of an answer to getUpdates; `wait` is Telegram's long-poll time.
    pub async fn updates(&self, params: Value, wait: Duration) -> Result<String, CallError> {
        self.text("getUpdates", params.to_string(), wait + CALL_LIMIT)
            .await
    }

    async fn text(&self, method: &str, json: String, limit: Duration) -> Result<String, CallError> {
        let answer = self
            .http
            .post(format!("{}/{method}", self.base))
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .timeout(limit)
            .body(json)
            .send()
            .await
            .map_err(network)?;
        body(answer).await
    }
}

/// The result of an answer, still raw.
///
/// # Errors
/// As the answer says.
pub fn open(text: &str) -> Result<Option<&RawValue>, CallError> {
    let envelope: Envelope<'_> = serde_json::from_str(text)
        .map_err(|_| CallError::Network("the answer is no JSON".into()))?;
    if envelope.ok {
        return Ok(envelope.result);
    }
    if let Some(chat) = envelope.parameters.migrate_to_chat_id {
        return Err(CallError::Migrated(ChatId(chat)));
    }
    Err(match envelope.error_code {
        429 => {
            let seconds = envelope.parameters.retry_after.unwrap_or(1).max(1);
            CallError::RetryAfter(Duration::from_secs(seconds))
        }
        401 | 404 => CallError::Token(envelope.description),
        code if code >= 500 => CallError::Server(u16::try_from(code).unwrap_or(500)),
        code => CallError::Refused {
            code,
            description: envelope.description,
        },
    })
}

fn value(result: Option<&RawValue>) -> Value {
    result
        .and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

async fn body(answer: reqwest::Response) -> Result<String, CallError> {
    let status = answer.status();
    let text = answer.text().await.map_err(network)?;
    // A proxy's error page is no Bot API answer.
    if status.is_server_error() && !text.trim_start().starts_with('{') {
        return Err(CallError::Server(status.as_u16()));
    }
    if status == reqwest::StatusCode::PAYLOAD_TOO_LARGE {
        return Err(CallError::Refused {
            code: 413,
            description: "Request Entity Too Large".into(),
        });
    }
    Ok(text)
}

fn network(error: reqwest::Error) -> CallError {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    CallError::Network(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let error = |text: &str| open(text).unwrap_err();
        assert_eq!(
            open(r#"{"ok":true,"result":{"x":1}}"#)
                .unwrap()
                .unwrap()
                .get(),
            r#"{"x":1}"#
        );
        assert!(open(r#"{"ok":true}"#).unwrap().is_none());
        assert_eq!(
            error(
                r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#
            ),
            CallError::RetryAfter(Duration::from_secs(7))
        );
        assert_eq!(
            error(
                r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1007}}"#
            ),
            CallError::Migrated(ChatId(-1007))
        );
        assert!(matches!(
            error(r#"{"ok":false,"error_code":401}"#),
            CallError::Token(_)
        ));
        assert_eq!(
            error(r#"{"ok":false,"error_code":502}"#),
            CallError::Server(502)
        );
        assert!(matches!(error("<html>"), CallError::Network(_)));
        let refused = CallError::Refused {
            code: 403,
            description: "Forbidden".into(),
        };
        assert_eq!(
            error(r#"{"ok":false,"error_code":403,"description":"Forbidden"}"#),
            refused
        );
    }

    #[tokio::test]
    async fn no_error_shows_the_token() {
        let client = Client::new("http://127.0.0.1:9", "123:SECRET").unwrap();
        let error = client.me().await.unwrap_err();
        assert!(matches!(error, CallError::Network(_)));
        assert!(!error.to_string().contains("SECRET"), "{error}");
        assert!(!format!("{client:?}").contains("SECRET"));
        let error = client.download("documents/a.csv", 10).await.unwrap_err();
        assert!(matches!(error, CallError::Network(_)));
        assert!(!error.to_string().contains("SECRET"), "{error}");
    }
}
