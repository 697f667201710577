//! Keyboards: what Telegram accepts as `reply_markup`, and what it makes of it. Buttons without a
//! text are dropped silently and rows end after 12 buttons, because Telegram does so too.

use serde_json::{Map, Value, json};

use super::{
    api::{error::ApiError, params::Params},
    view::{Button, ButtonKind, ReplyButton, ReplyButtonKind},
};

/// Rows of inline buttons as Telegram echoes them.
pub(super) type InlineRows = Vec<Vec<Value>>;

/// A keyboard as it came, read but not yet held against the chat it goes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Markup {
    #[default]
    None,
    Inline(InlineRows),
    Reply(Box<ReplyMarkup>),
    Remove {
        selective: bool,
    },
    ForceReply,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReplyMarkup {
    pub rows: Vec<Vec<ReplyButton>>,
    pub one_time: bool,
    pub resize: bool,
    pub persistent: bool,
    pub selective: bool,
    pub placeholder: Option<String>,
    /// What may be asked for in private chats only, in Telegram's words for it.
    private_only: Option<&'static str>,
}

/// At most this many buttons in an inline keyboard; more are refused by the server.
const MOST_INLINE_BUTTONS: usize = 100;
/// Of each row; more are dropped.
const MOST_IN_A_ROW: usize = 12;
/// Of a whole reply keyboard; more are dropped.
const MOST_REPLY_BUTTONS: usize = 300;
/// Bytes of callback data.
const MOST_DATA: usize = 64;

impl Markup {
    /// Reads the `reply_markup` of a call.
    pub fn read(params: &Params) -> Result<Self, ApiError> {
        let words = "Can't parse reply keyboard markup JSON object";
        let Some(value) = params.json("reply_markup", words)? else {
            return Ok(Self::None);
        };
        let Value::Object(object) = value else {
            return Err(ApiError::bad("Object expected as reply markup"));
        };
        let flag = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
        if let Some(rows) = rows_of(
            &object,
            "keyboard",
            "Field \"keyboard\" must be an Array of Arrays",
        )? {
            return reply(rows, &object);
        }
        let words =
            "Field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
        if let Some(rows) = rows_of(&object, "inline_keyboard", words)? {
            return inline(rows);
        }
        if flag("remove_keyboard") {
            return Ok(Self::Remove {
                selective: flag("selective"),
            });
        }
        if flag("force_reply") {
            return Ok(Self::ForceReply);
        }
        Ok(Self::None)
    }

    /// Holds the keyboard against the kind of chat it goes to.
    pub fn allowed_in(self, private: bool) -> Result<Self, ApiError> {
        match &self {
            Self::Reply(reply) if !private => match reply.private_only {
                Some(words) => Err(ApiError::bad(words)),
                None => Ok(self),
            },
            _ => Ok(self),
        }
    }

    /// The keyboard of an edited message: inline or none.
    pub fn inline_only(self) -> Result<InlineRows, ApiError> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::Inline(rows) => Ok(rows),
            _ => Err(ApiError::bad("Inline keyboard expected")),
        }
    }
}

fn rows_of(
    object: &Map<String, Value>,
    name: &str,
    words: &str,
) -> Result<Option<Vec<Vec<Value>>>, ApiError> {
    let Some(value) = object.get(name).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let Value::Array(rows) = value else {
        return Err(ApiError::bad(format!(
            "Field \"{name}\" must be of type Array"
        )));
    };
    rows.iter()
        .map(|row| match row {
            Value::Array(buttons) => Ok(buttons.clone()),
            _ => Err(ApiError::bad(words)),
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

fn inline(rows: Vec<Vec<Value>>) -> Result<Markup, ApiError> {
    let mut kept: InlineRows = Vec::new();
    for row in rows {
        let mut buttons = Vec::new();
        for button in row {
            if let Some(button) = inline_button(&button)? {
                buttons.push(button);
            }
        }
        buttons.truncate(MOST_IN_A_ROW);
        if !buttons.is_empty() {
            kept.push(buttons);
        }
    }
    if kept.iter().map(Vec::len).sum::<usize>() > MOST_INLINE_BUTTONS {
        return Err(ApiError::bad("Reply markup is too long"));
    }
    Ok(if kept.is_empty() {
        Markup::None
    } else {
        Markup::Inline(kept)
    })
}

/// The button as Telegram echoes it; `None` if it has no text.
fn inline_button(button: &Value) -> Result<Option<Value>, ApiError> {
    let refuse = |words: &str| {
        Err(ApiError::bad(format!(
            "Can't parse inline keyboard button: {words}"
        )))
    };
    let Value::Object(object) = button else {
        return refuse("InlineKeyboardButton must be an Object");
    };
    let text = match object.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        None | Some(Value::Null) => return refuse("Can't find field \"text\""),
        Some(_) => return refuse("Field \"text\" must be of type String"),
    };
    let style = match object.get("style").and_then(Value::as_str) {
        None | Some("" | "default") => None,
        Some(style @ ("danger" | "success" | "primary")) => Some(style),
        Some(_) => return refuse("invalid button style specified"),
    };
    let Some(kind) = inline_kind(object)? else {
        return refuse("Text buttons are unallowed in the inline keyboard");
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let mut kept = Map::new();
    kept.insert("text".into(), text.into());
    kept.insert(kind.0.into(), kind.1);
    if let Some(style) = style {
        kept.insert("style".into(), style.into());
    }
    Ok(Some(Value::Object(kept)))
}

fn inline_kind(object: &Map<String, Value>) -> Result<Option<(&'static str, Value)>, ApiError> {
    let filled = |name: &str| {
        object
            .get(name)
            .and_then(Value::as_str)
            .filter(|s| !s.is_empty())
    };
    if let Some(url) = filled("url") {
        return Ok(Some(("url", checked_url(url)?.into())));
    }
    if let Some(data) = filled("callback_data") {
        if data.len() > MOST_DATA {
            return Err(ApiError::bad("BUTTON_DATA_INVALID"));
        }
        return Ok(Some(("callback_data", data.into())));
    }
    if let Some(copy) = object.get("copy_text") {
        let text = copy.get("text").and_then(Value::as_str).unwrap_or_default();
        if text.is_empty() || text.chars().count() > 256 {
            return Err(ApiError::bad("BUTTON_COPY_TEXT_INVALID"));
        }
        return Ok(Some(("copy_text", copy.clone())));
    }
    for name in [
        "pay",
        "callback_game",
        "switch_inline_query",
        "switch_inline_query_chosen_chat",
        "switch_inline_query_current_chat",
        "login_url",
        "web_app",
    ] {
        if let Some(value) = object.get(name) {
            return Ok(Some((name, value.clone())));
        }
    }
    Ok(None)
}

fn checked_url(url: &str) -> Result<String, ApiError> {
    let invalid = |why: &str| {
        ApiError::bad(format!(
            "Inline keyboard button URL '{url}' is invalid: {why}"
        ))
    };
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    match scheme.to_ascii_lowercase().as_str() {
        "tg" | "ton" | "tonsite" => Ok(url.to_owned()),
        "http" | "https" => {
            let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
            if host.is_empty() {
                return Err(invalid("URL host is empty"));
            }
            if host.contains(char::is_whitespace) {
                return Err(invalid("Unallowed characters in the URL host"));
            }
            if !host.contains('.') {
                return Err(invalid("Wrong HTTP URL"));
            }
            let has_scheme = url.contains("://");
            let slash = if rest.contains('/') { "" } else { "/" };
            Ok(if has_scheme {
                format!("{url}{slash}")
            } else {
                format!("http://{url}{slash}")
            })
        }
        _ => Err(invalid("Unsupported URL protocol")),
    }
}

fn reply(rows: Vec<Vec<Value>>, object: &Map<String, Value>) -> Result<Markup, ApiError> {
    let flag = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut private_only = None;
    let mut kept = Vec::new();
    let mut total = 0;
    for row in rows {
        let mut buttons = Vec::new();
        for button in row {
            let (button, words) = reply_button(&button)?;
            if button.text.is_empty()
                || buttons.len() == MOST_IN_A_ROW
                || total == MOST_REPLY_BUTTONS
            {
                continue;
            }
            private_only = private_only.or(words);
            total += 1;
            buttons.push(button);
        }
        if !buttons.is_empty() {
            kept.push(buttons);
        }
    }
    if kept.is_empty() {
        return Ok(Markup::None);
    }
    let placeholder = object
        .get("input_field_placeholder")
        .and_then(Value::as_str);
    Ok(Markup::Reply(Box::new(ReplyMarkup {
        rows: kept,
        one_time: flag("one_time_keyboard"),
        resize: flag("resize_keyboard"),
        persistent: flag("is_persistent"),
        selective: flag("selective"),
        placeholder: placeholder.map(str::to_owned),
        private_only,
    })))
}

fn reply_button(button: &Value) -> Result<(ReplyButton, Option<&'static str>), ApiError> {
    let refuse = |words: &str| {
        Err(ApiError::bad(format!(
            "Can't parse keyboard button: {words}"
        )))
    };
    let (text, object) = match button {
        Value::String(text) => (text.clone(), None),
        Value::Object(object) => match object.get("text") {
            Some(Value::String(text)) => (text.clone(), Some(object)),
            _ => return refuse("Can't find field \"text\""),
        },
        _ => return refuse("KeyboardButton must be a String or an Object"),
    };
    let asks = |name: &str| {
        object
            .and_then(|object| object.get(name))
            .is_some_and(|value| *value != json!(false))
    };
    let (kind, words) = if asks("request_contact") {
        (
            ReplyButtonKind::Contact,
            Some("Phone number can be requested in private chats only"),
        )
    } else if asks("request_location") {
        (
            ReplyButtonKind::Location,
            Some("Location can be requested in private chats only"),
        )
    } else if asks("request_poll") {
        (
            ReplyButtonKind::Other,
            Some("Poll can be requested in private chats only"),
        )
    } else if asks("web_app") {
        (
            ReplyButtonKind::Other,
            Some("Web App buttons can be used in private chats only"),
        )
    } else if asks("request_users") || asks("request_user") {
        (
            ReplyButtonKind::Other,
            Some("Users can be requested in private chats only"),
        )
    } else if asks("request_chat") {
        (
            ReplyButtonKind::Other,
            Some("Chats can be requested in private chats only"),
        )
    } else {
        (ReplyButtonKind::Text, None)
    };
    Ok((
        ReplyButton {
            text: text.trim().to_owned(),
            kind,
        },
        words,
    ))
}

/// An echoed button as a person sees it.
pub(super) fn seen(button: &Value) -> Button {
    let field = |name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
    let copied = button
        .get("copy_text")
        .and_then(|copy| copy.get("text"))
        .and_then(Value::as_str);
    let kind = if let Some(data) = field("callback_data") {
        ButtonKind::Callback(data)
    } else if let Some(url) = field("url") {
        ButtonKind::Url(url)
    } else if let Some(text) = copied {
        ButtonKind::CopyText(text.to_owned())
    } else if button.get("pay").is_some() {
        ButtonKind::Pay
    } else if let Some(query) = field("switch_inline_query") {
        ButtonKind::SwitchInline(query)
    } else if let Some(query) = field("switch_inline_query_current_chat") {
        ButtonKind::SwitchInlineCurrent(query)
    } else {
        ButtonKind::Other(button.clone())
    };
    Button {
        text: field("text").unwrap_or_default(),
        kind,
        style: field("style"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markup: Value) -> Result<Markup, ApiError> {
        let mut params = Params::default();
        params.fields.insert("reply_markup".into(), markup);
        Markup::read(&params)
    }

    #[test]
    fn rows_are_cut_and_nameless_buttons_dropped_without_a_word() {
        let row: Vec<Value> = (0..14)
            .map(|n| json!({"text": n.to_string(), "callback_data": "x"}))
            .collect();
        let nameless = json!({"text": " ", "callback_data": "x"});
        let Markup::Inline(rows) = read(json!({"inline_keyboard": [row, [nameless]]})).unwrap()
        else {
            panic!("no inline keyboard");
        };
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [12]);
    }

    #[test]
    fn a_contact_button_is_for_private_chats() {
        let keyboard = json!({"keyboard": [[{"text": "Phone", "request_contact": true}]]});
        let markup = read(keyboard).unwrap();
        assert!(markup.clone().allowed_in(true).is_ok());
        assert!(markup.allowed_in(false).is_err());
    }

    #[test]
    fn links_are_completed_as_telegram_does() {
        assert_eq!(checked_url("t.me/x").unwrap(), "http://t.me/x");
        assert_eq!(checked_url("https://x.org").unwrap(), "https://x.org/");
        assert!(checked_url("ftp://x.org").is_err());
        assert!(checked_url("nonsense").is_err());
    }
}
