//! Texts and captions of calls: parse mode, marks, length.

use serde_json::Value;

use super::{
    super::{
        entities::{Marked, settle, utf16_len},
        html,
        view::Entity,
    },
    error::ApiError,
    params::Params,
};

/// UTF-16 code units of a text after its marks are taken out.
const LONGEST_TEXT: usize = 4096;
/// Of a caption.
const LONGEST_CAPTION: usize = 1024;
/// Bytes of a text before that.
const LONGEST_SOURCE: usize = 1 << 15;

/// The text of a call, which must not be empty.
pub(super) fn text(params: &Params) -> Result<Marked, ApiError> {
    let source = params.text("text");
    if source.is_empty() {
        return Err(ApiError::bad("Message text is empty"));
    }
    let entities = params.json("entities", "Can't parse entities JSON object")?;
    let marked = formatted(&source, &params.text("parse_mode"), entities)?;
    if marked.text.is_empty() {
        return Err(ApiError::bad("Text must be non-empty"));
    }
    if utf16_len(&marked.text) > LONGEST_TEXT {
        return Err(ApiError::bad("Message is too long"));
    }
    Ok(marked)
}

/// The caption of a call, which may be empty.
pub(super) fn caption(params: &Params) -> Result<Marked, ApiError> {
    let entities = params.json("caption_entities", "Can't parse entities JSON object")?;
    checked_caption(
        &params.text("caption"),
        &params.text("parse_mode"),
        entities,
    )
}

pub(super) fn checked_caption(
    source: &str,
    mode: &str,
    entities: Option<Value>,
) -> Result<Marked, ApiError> {
    let marked = formatted(source, mode, entities)?;
    if utf16_len(&marked.text) > LONGEST_CAPTION {
        return Err(ApiError::bad("Message caption is too long"));
    }
    Ok(marked)
}

fn formatted(source: &str, mode: &str, entities: Option<Value>) -> Result<Marked, ApiError> {
    if source.len() > LONGEST_SOURCE {
        return Err(ApiError::bad("Text is too long"));
    }
    match mode.to_ascii_lowercase().as_str() {
        "html" => {
            let (text, entities) = html::parse(source)
                .map_err(|words| ApiError::bad(format!("Can't parse entities: {words}")))?;
            Ok(settle(&text, entities))
        }
        "" | "none" => Ok(settle(source, given(entities)?)),
        // Markdown is Telegram's too, but nothing here writes it.
        _ => Err(ApiError::bad("Unsupported parse_mode")),
    }
}

fn given(entities: Option<Value>) -> Result<Vec<Entity>, ApiError> {
    let Some(Value::Array(list)) = entities else {
        return Ok(Vec::new());
    };
    list.iter()
        .map(|value| {
            let refuse = |words: &str| ApiError::bad(format!("Can't parse MessageEntity: {words}"));
            if !value.is_object() {
                return Err(refuse("expected an Object"));
            }
            let number = |name: &str| {
                value
                    .get(name)
                    .and_then(Value::as_u64)
                    .and_then(|number| usize::try_from(number).ok())
                    .ok_or_else(|| refuse(&format!("Can't find field \"{name}\"")))
            };
            let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
            let mut entity = Entity::new("", number("offset")?, number("length")?);
            entity.kind = text("type").ok_or_else(|| refuse("Can't find field \"type\""))?;
            entity.url = text("url");
            entity.language = text("language");
            entity.custom_emoji_id = text("custom_emoji_id");
            Ok(entity)
        })
        .collect()
}
