//! The Bot API calls that the sender makes, as method and JSON, built with teloxide's payloads.
//! Pure.

use serde::Serialize;
use serde_json::Value;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters, DeleteMessage, EditMessageMedia,
    EditMessageReplyMarkup, EditMessageText, EditMessageTextSetters, GetFile, SendDocument,
    SendDocumentSetters, SendMessage, SendMessageSetters, SendPhoto, SendPhotoSetters,
    SetMyCommands, SetMyCommandsSetters,
};
use teloxide::requests::Payload;
use teloxide::types::{
    BotCommand, BotCommandScope, CallbackQueryId, ChatId as WireChat, FileId, InputFile,
    InputMedia, InputMediaPhoto, MessageId, ParseMode, Recipient, ThreadId,
};

use crate::kernel::ChatId;

use super::found;
use super::render::{Answer, Screen, TapAnswer};

/// Where the bytes of an upload stand in the form.
pub const UPLOAD: &str = "attach://file";
/// The form field of those bytes.
pub const UPLOAD_FIELD: &str = "file";

/// A method with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// As teloxide names it; Telegram ignores the case.
    pub method: &'static str,
    /// An object.
    pub params: Value,
}

pub(super) fn call<P: Payload + Serialize>(payload: &P) -> Call {
    Call {
        method: P::NAME,
        // Payloads are plain structs with text keys: this can't fail.
        params: serde_json::to_value(payload).unwrap_or_default(),
    }
}

fn chat_id(chat: ChatId) -> WireChat {
    WireChat(chat.0)
}

/// Message ids are 32-bit in Telegram.
fn message(id: i64) -> MessageId {
    MessageId(i32::try_from(id).unwrap_or_default())
}

fn topic(id: Option<i64>) -> Option<ThreadId> {
    id.map(|id| ThreadId(message(id)))
}

/// A new text message.
pub fn send_text(chat: ChatId, screen: &Screen) -> Call {
    let mut payload = SendMessage::new(chat_id(chat), screen.html.clone())
        .parse_mode(ParseMode::Html)
        .disable_notification(!screen.loud);
    payload.message_thread_id = topic(screen.topic);
    payload.reply_markup = screen.markup();
    call(&payload)
}

/// A new photo with a caption; `file` is a `file_id` or [`UPLOAD`].
pub fn send_photo(chat: ChatId, screen: &Screen, file: &str) -> Call {
    let mut payload = SendPhoto::new(chat_id(chat), input(file))
        .caption(screen.html.clone())
        .parse_mode(ParseMode::Html)
        .disable_notification(!screen.loud);
    payload.message_thread_id = topic(screen.topic);
    payload.reply_markup = screen.markup();
    call(&payload)
}

/// A new file with a caption; `file` is a `file_id` or [`UPLOAD`].
pub fn send_document(chat: ChatId, screen: &Screen, file: &str) -> Call {
    let mut payload = SendDocument::new(chat_id(chat), input(file))
        .caption(screen.html.clone())
        .parse_mode(ParseMode::Html)
        // A statement must arrive as the file that it is.
        .disable_content_type_detection(true)
        .disable_notification(!screen.loud);
    payload.message_thread_id = topic(screen.topic);
    payload.reply_markup = screen.markup();
    call(&payload)
}

/// Another text in the same message.
pub fn edit_text(chat: ChatId, id: i64, screen: &Screen) -> Call {
    let mut payload = EditMessageText::new(chat_id(chat), message(id), screen.html.clone())
        .parse_mode(ParseMode::Html);
    payload.reply_markup = screen.inline.clone();
    call(&payload)
}

/// Another picture and caption in the same message.
pub fn edit_photo(chat: ChatId, id: i64, screen: &Screen, file: &str) -> Call {
    let media = InputMediaPhoto::new(input(file))
        .caption(screen.html.clone())
        .parse_mode(ParseMode::Html);
    let mut payload = EditMessageMedia::new(chat_id(chat), message(id), InputMedia::Photo(media));
    payload.reply_markup = screen.inline.clone();
    call(&payload)
}

/// Takes a message's buttons away.
pub fn strip(chat: ChatId, id: i64) -> Call {
    call(&EditMessageReplyMarkup::new(chat_id(chat), message(id)))
}

/// Takes a message away; possible for 48 hours.
pub fn delete(chat: ChatId, id: i64) -> Call {
    call(&DeleteMessage::new(chat_id(chat), message(id)))
}

/// Answers somebody who waits for it.
pub fn answer(answer: &Answer) -> Call {
    match answer {
        Answer::Tap(answer) => tap(answer),
        Answer::Found(page) => found::answer(page),
    }
}

fn tap(answer: &TapAnswer) -> Call {
    let mut payload =
        AnswerCallbackQuery::new(CallbackQueryId(answer.query_id.clone())).show_alert(answer.alert);
    payload.text = answer.text.clone();
    call(&payload)
}

/// Sets the command menu of one chat.
pub fn commands(chat: ChatId, list: &[(String, String)]) -> Call {
    let commands = list
        .iter()
        .map(|(name, words)| BotCommand::new(name, words));
    let scope = BotCommandScope::Chat {
        chat_id: Recipient::Id(chat_id(chat)),
    };
    call(&SetMyCommands::new(commands).scope(scope))
}

/// Where a file can be fetched.
pub fn get_file(file_id: &str) -> Call {
    call(&GetFile::new(FileId(file_id.to_owned())))
}

fn input(file: &str) -> InputFile {
    InputFile::file_id(FileId(file.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn screen() -> Screen {
        Screen {
            html: "<b>x</b>".into(),
            photo: None,
            inline: None,
            reply: None,
            topic: Some(4),
            fresh: false,
            beside: false,
            loud: false,
        }
    }

    #[test]
    fn the_json_is_telegrams() {
        let sent = send_text(ChatId(-100), &screen());
        assert_eq!(sent.method, "SendMessage");
        assert_eq!(
            sent.params,
            json!({"chat_id": -100, "text": "<b>x</b>", "parse_mode": "HTML",
                   "disable_notification": true, "message_thread_id": 4})
        );
        let edit = edit_photo(ChatId(5), 9, &screen(), UPLOAD);
        assert_eq!(edit.params["media"]["media"], json!(UPLOAD));
        assert_eq!(edit.params["media"]["type"], json!("photo"));
        assert_eq!(edit.params["message_id"], json!(9));
        assert_eq!(
            strip(ChatId(5), 9).params,
            json!({"chat_id": 5, "message_id": 9})
        );
        let menu = commands(ChatId(5), &[("menu".into(), "Menu".into())]);
        assert_eq!(menu.params["scope"], json!({"type": "chat", "chat_id": 5}));
        let photo = send_photo(ChatId(5), &screen(), "abc");
        assert_eq!(photo.params["photo"], json!("abc"));
        let document = send_document(ChatId(5), &screen(), UPLOAD);
        assert_eq!(
            document.params,
            json!({"chat_id": 5, "document": UPLOAD, "caption": "<b>x</b>", "parse_mode": "HTML",
                   "disable_content_type_detection": true, "disable_notification": true,
                   "message_thread_id": 4})
        );
    }
}
