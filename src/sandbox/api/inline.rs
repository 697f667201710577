//! `answerInlineQuery`: one result that is wrong and the whole answer is refused.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    super::{
        markup::{InlineRows, Markup},
        state::{Content, InlineAnswer, InlineResult, QueryKind, State},
    },
    error::{ApiError, ApiResult},
    params::{Params, text_field},
    texts,
};

/// An inline query waits this long.
const INLINE_ANSWER_MS: i64 = 30_000;
const MOST_RESULTS: usize = 50;
/// Bytes of a result's id, of a start parameter, and of an offset.
const MOST_BYTES: usize = 64;

/// Every type of result, and the field that one without a message of its own needs.
const TYPES: [(&str, &str); 12] = [
    ("article", "input_message_content"),
    ("photo", "photo_url"),
    ("gif", "gif_url"),
    ("mpeg4_gif", "mpeg4_url"),
    ("video", "video_url"),
    ("audio", "audio_url"),
    ("voice", "voice_url"),
    ("document", "document_url"),
    ("location", "latitude"),
    ("venue", "address"),
    ("contact", "phone_number"),
    ("sticker", "sticker_file_id"),
];

impl State {
    pub(super) fn answer_inline_query(&mut self, params: &Params) -> ApiResult {
        let results = params.json("results", "Can't parse JSON encoded inline query results")?;
        let results = match results {
            None => Vec::new(),
            Some(Value::Array(results)) => results,
            Some(_) => return Err(ApiError::bad("Expected an Array of inline query results")),
        };
        if results.len() > MOST_RESULTS {
            return Err(ApiError::bad("Too many inline query results specified"));
        }
        button(params)?;
        let read: Result<Vec<_>, _> = results.iter().map(|one| self.result(one)).collect();
        let read = read?;
        let mut ids = HashSet::new();
        if !read.iter().all(|result| ids.insert(&result.id)) {
            return Err(ApiError::bad("RESULT_ID_DUPLICATE"));
        }
        if params.text("next_offset").len() > MOST_BYTES {
            return Err(ApiError::bad("NEXT_OFFSET_INVALID"));
        }
        let id = params.text("inline_query_id");
        self.waiting(&id, QueryKind::Inline, INLINE_ANSWER_MS)?;
        let answer = InlineAnswer {
            params: params.logged(),
            results: read,
        };
        self.inline_answers.insert(id.clone(), answer);
        self.settled(&id);
        Ok(true.into())
    }

    /// One result, as it would be posted.
    fn result(&self, result: &Value) -> Result<InlineResult, ApiError> {
        if !result.is_object() {
            return Err(ApiError::bad("Inline query result must be an object"));
        }
        let kind = text_field(result, "type")?;
        let Some((_, needed)) = TYPES.iter().find(|(name, _)| *name == kind) else {
            let words = format!("Can't parse inline query result: Unknown result type \"{kind}\"");
            return Err(ApiError::bad(words));
        };
        let id = text_field(result, "id")?;
        if !(1..=MOST_BYTES).contains(&id.len()) {
            return Err(ApiError::bad("RESULT_ID_INVALID"));
        }
        let title = result.get("title").and_then(Value::as_str);
        if kind == "article" && title.is_none_or(|title| title.trim().is_empty()) {
            return Err(ApiError::bad("ARTICLE_TITLE_EMPTY"));
        }
        let content = match result.get("input_message_content") {
            Some(content) if !content.is_null() => Some(message(content)?),
            // A picture that is kept already stands for itself.
            _ if kind == "photo" && result.get("photo_file_id").is_some() => {
                Some(self.kept_photo(result)?)
            }
            _ if result.get(*needed).is_none()
                && result.get(format!("{kind}_file_id")).is_none() =>
            {
                let words =
                    format!("Can't parse inline query result: Can't find field \"{needed}\"");
                return Err(ApiError::bad(words));
            }
            _ => None,
        };
        Ok(InlineResult {
            id,
            content,
            inline: buttons(result)?,
        })
    }

    fn kept_photo(&self, result: &Value) -> Result<Content, ApiError> {
        let file = text_field(result, "photo_file_id")?;
        if self.files.get(&file).is_none() {
            return Err(ApiError::bad("Wrong file identifier/HTTP URL specified"));
        }
        let caption = texts::caption(&fields(result))?;
        Ok(Content::Photo { file, caption })
    }
}

/// A part of a call as parameters of its own.
fn fields(part: &Value) -> Params {
    Params {
        fields: part.as_object().cloned().unwrap_or_default(),
        ..Params::default()
    }
}

/// The message of a result; of its kinds the one with a text.
fn message(content: &Value) -> Result<Content, ApiError> {
    let mut params = fields(content);
    let Some(text) = params.fields.remove("message_text") else {
        let words = "Can't parse inline query result: Can't find field \"message_text\"";
        return Err(ApiError::bad(words));
    };
    params.fields.insert("text".into(), text);
    texts::text(&params).map(Content::Text)
}

fn buttons(result: &Value) -> Result<InlineRows, ApiError> {
    Markup::read(&fields(result))?.inline_only()
}

/// The button above the results: exactly one thing that it does.
fn button(params: &Params) -> Result<(), ApiError> {
    let words = "Can't parse inline query results button";
    let Some(button) = params.json("button", words)? else {
        return Ok(());
    };
    text_field(&button, "text")?;
    if button.get("web_app").is_some() {
        return Ok(());
    }
    let start = text_field(&button, "start_parameter")?;
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    match start.len() {
        0 => Err(ApiError::bad("START_PARAM_EMPTY")),
        1..=MOST_BYTES if start.bytes().all(is_good) => Ok(()),
        _ => Err(ApiError::bad("START_PARAM_INVALID")),
    }
}
