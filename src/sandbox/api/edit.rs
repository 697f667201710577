//! Editing the bot's own messages: text, caption, media, keyboard.

use super::{
    super::{
        markup::{InlineRows, Markup},
        state::{Author, Content, Message, State},
    },
    error::{ApiError, ApiResult},
    params::Params,
    texts,
};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply \
    markup are exactly the same as a current content and reply markup of the message";

impl State {
    /// The message that a call wants to change.
    fn to_edit(&self, params: &Params) -> Result<(i64, i64), ApiError> {
        let id = params.int("message_id");
        if !params.has("chat_id") && id == 0 {
            if !params.has("inline_message_id") {
                return Err(ApiError::bad("Message identifier is not specified"));
            }
            return Err(ApiError::bad("MESSAGE_ID_INVALID"));
        }
        let chat = self.writable(params)?;
        match self.message(chat, id) {
            Some(message) if !message.deleted => Ok((chat, id)),
            _ => Err(ApiError::bad("message to edit not found")),
        }
    }

    fn editable(&self, chat: i64, id: i64) -> Result<&Message, ApiError> {
        match self.message(chat, id) {
            Some(message)
                if message.author == Author::Bot
                    && !message.fixed
                    && !matches!(message.content, Content::Service { .. }) =>
            {
                Ok(message)
            }
            _ => Err(ApiError::bad("Message can't be edited")),
        }
    }

    fn apply(
        &mut self,
        (chat, id): (i64, i64),
        content: Option<Content>,
        inline: InlineRows,
    ) -> ApiResult {
        let now_ms = self.now_ms();
        let Some(message) = self.message_mut(chat, id) else {
            return Err(ApiError::bad("message to edit not found"));
        };
        let same = content
            .as_ref()
            .is_none_or(|content| *content == message.content);
        if same && inline == message.inline {
            return Err(ApiError::bad(NOT_MODIFIED));
        }
        if let Some(content) = content {
            message.content = content;
            message.edited_ms = Some(now_ms);
        }
        message.inline = inline;
        message.edits += 1;
        self.touch(chat);
        match self.message(chat, id) {
            Some(message) => Ok(self.message_json(message)),
            None => Err(ApiError::bad("message to edit not found")),
        }
    }

    pub(super) fn edit_message_text(&mut self, params: &Params) -> ApiResult {
        let marked = texts::text(params)?;
        let markup = Markup::read(params)?;
        let (chat, id) = self.to_edit(params)?;
        match &self.editable(chat, id)?.content {
            Content::Text(_) => {}
            _ => return Err(ApiError::bad("There is no text in the message to edit")),
        }
        let inline = markup.inline_only()?;
        self.apply((chat, id), Some(Content::Text(marked)), inline)
    }

    pub(super) fn edit_message_caption(&mut self, params: &Params) -> ApiResult {
        let markup = Markup::read(params)?;
        let caption = texts::caption(params)?;
        let (chat, id) = self.to_edit(params)?;
        let content = match self.editable(chat, id)?.content.clone() {
            Content::Photo { file, .. } => Content::Photo { file, caption },
            Content::Document { file, .. } => Content::Document { file, caption },
            _ => return Err(ApiError::bad("There is no caption in the message to edit")),
        };
        let inline = markup.inline_only()?;
        self.apply((chat, id), Some(content), inline)
    }

    pub(super) fn edit_message_media(&mut self, params: &Params) -> ApiResult {
        let markup = Markup::read(params)?;
        let content = self.input_media(params)?;
        let (chat, id) = self.to_edit(params)?;
        // A text may become media, but never the other way.
        match &self.editable(chat, id)?.content {
            Content::Text(_) | Content::Photo { .. } | Content::Document { .. } => {}
            _ => return Err(ApiError::bad("There is no media in the message to edit")),
        }
        let inline = markup.inline_only()?;
        self.apply((chat, id), Some(content), inline)
    }

    pub(super) fn edit_message_markup(&mut self, params: &Params) -> ApiResult {
        let markup = Markup::read(params)?;
        let (chat, id) = self.to_edit(params)?;
        self.editable(chat, id)?;
        let inline = markup.inline_only()?;
        self.apply((chat, id), None, inline)
    }
}
