//! The methods of the Bot API: what the bot does. Each checks what Telegram checks, in Telegram's
//! order where that can be seen, and refuses in Telegram's words. `getUpdates` waits, so it lives
//! in `server`. Must never act for a person.

mod answers;
mod chats;
mod delete;
mod edit;
pub(super) mod error;
mod face;
mod inline;
mod media;
pub(super) mod params;
mod receive;
mod send;
mod texts;

use serde_json::{Value, json};

use self::{
    error::{ApiError, ApiResult},
    params::Params,
};
use super::{
    pacing::Weight,
    state::{BotStatus, ChatKind, State},
};

/// Every method there is here, as the Bot API spells it.
const METHODS: [&str; 54] = [
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "getUpdates",
    "sendPhoto",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "deleteMessage",
    "deleteMessages",
    "sendDocument",
    "sendChatAction",
    "answerInlineQuery",
    "answerPreCheckoutQuery",
    "sendInvoice",
    "sendLocation",
    "sendVenue",
    "sendContact",
    "setMessageReaction",
    "pinChatMessage",
    "unpinChatMessage",
    "unpinAllChatMessages",
    "getMe",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "getChatMemberCount",
    "leaveChat",
    "createForumTopic",
    "getFile",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setChatMenuButton",
    "getChatMenuButton",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "getUserProfilePhotos",
    "logOut",
    "close",
    "refundStarPayment",
    "sendSticker",
    "copyMessage",
    "editForumTopic",
    "closeForumTopic",
    "reopenForumTopic",
    "setMyDefaultAdministratorRights",
];

/// The method as the Bot API spells it, whatever its case.
pub(super) fn method_named(name: &str) -> Option<&'static str> {
    METHODS
        .into_iter()
        .find(|method| method.eq_ignore_ascii_case(name))
}

/// Whether a call counts against the rates.
fn weight(method: &str) -> Option<Weight> {
    match method {
        "sendChatAction" => None,
        _ if method.starts_with("send") || method == "copyMessage" => Some(Weight::Send),
        _ if method.starts_with("editMessage") => Some(Weight::Edit),
        _ => None,
    }
}

impl State {
    /// Carries out one call.
    pub fn call(&mut self, method: &str, params: &Params) -> ApiResult {
        if let Some(weight) = weight(method) {
            let steady_ms = self.clock.steady_ms();
            self.pacing
                .admit(params.int("chat_id"), weight, steady_ms)
                .map_err(ApiError::too_many)?;
        }
        match method {
            "sendMessage" => self.send_message(params),
            "sendPhoto" => self.send_photo_message(params),
            "sendDocument" => self.send_document_message(params),
            "sendSticker" => self.send_sticker_message(params),
            "sendLocation" => self.send_location_message(params, false),
            "sendVenue" => self.send_location_message(params, true),
            "sendContact" => self.send_contact_message(params),
            "sendInvoice" => self.send_invoice(params),
            "copyMessage" => self.copy_message(params),
            "sendChatAction" => self.send_chat_action(params),
            "editMessageText" => self.edit_message_text(params),
            "editMessageCaption" => self.edit_message_caption(params),
            "editMessageMedia" => self.edit_message_media(params),
            "editMessageReplyMarkup" => self.edit_message_markup(params),
            "deleteMessage" => self.delete_message(params),
            "deleteMessages" => self.delete_messages(params),
            "setMessageReaction" => self.set_reaction(params),
            "pinChatMessage" => self.pin(params),
            "unpinChatMessage" | "unpinAllChatMessages" => self.unpin(params),
            "answerCallbackQuery" => self.answer_callback_query(params),
            "answerInlineQuery" => self.answer_inline_query(params),
            "answerPreCheckoutQuery" => self.answer_pre_checkout_query(params),
            _ => self.call_about_chats(method, params),
        }
    }

    fn call_about_chats(&mut self, method: &str, params: &Params) -> ApiResult {
        match method {
            "getMe" => Ok(self.me()),
            "getChat" => self.get_chat(params),
            "getChatMember" => self.get_chat_member(params),
            "getChatAdministrators" => self.get_chat_administrators(params),
            "getChatMemberCount" => self.get_chat_member_count(params),
            "leaveChat" => self.leave_chat(params),
            "createForumTopic" => self.create_forum_topic(params),
            "editForumTopic" | "closeForumTopic" | "reopenForumTopic" => self.known_topic(params),
            "getFile" => self.get_file(params),
            "setWebhook" => self.set_webhook(params),
            "deleteWebhook" => self.delete_webhook(params),
            "getWebhookInfo" => Ok(self.webhook_info()),
            "setMyCommands" => self.set_my_commands(params),
            "getMyCommands" => self.get_my_commands(params),
            "deleteMyCommands" => self.delete_my_commands(params),
            "setChatMenuButton" => self.set_chat_menu_button(params),
            "getChatMenuButton" => Ok(self.bot.menu_button.clone()),
            "setMyName" => self.set_my_text(params, "name", 64),
            "getMyName" => Ok(self.my_text(params, "name")),
            "setMyDescription" => self.set_my_text(params, "description", 512),
            "getMyDescription" => Ok(self.my_text(params, "description")),
            "setMyShortDescription" => self.set_my_text(params, "short_description", 120),
            "getMyShortDescription" => Ok(self.my_text(params, "short_description")),
            "getUserProfilePhotos" => Ok(json!({"total_count": 0, "photos": []})),
            "refundStarPayment" | "logOut" | "close" | "setMyDefaultAdministratorRights" => {
                Ok(true.into())
            }
            _ => Err(ApiError::new(404, "Not Found: method not found")),
        }
    }

    fn me(&self) -> Value {
        let mut me = self.bot_json();
        if let Some(me) = me.as_object_mut() {
            for (name, flag) in [
                ("can_join_groups", true),
                ("can_read_all_group_messages", false),
                ("supports_inline_queries", true),
                ("can_connect_to_business", false),
                ("has_main_web_app", false),
            ] {
                me.insert(name.into(), flag.into());
            }
        }
        me
    }

    /// The chat of a call, if the bot can read it.
    pub(in crate::sandbox) fn readable(&self, params: &Params) -> Result<i64, ApiError> {
        let given = params.text("chat_id");
        if given.is_empty() {
            return Err(ApiError::bad("chat_id is empty"));
        }
        let id = given.trim().parse::<i64>().unwrap_or(0);
        match self.chats.get(&id) {
            Some(chat) if chat.kind == ChatKind::Private => self.met(id),
            Some(chat) if chat.kind == ChatKind::Supergroup && !chat.bot.is_in() => {
                Err(not_in(chat.kind, chat.bot))
            }
            // A group the bot was never in is none it could know of.
            Some(chat) if chat.bot == BotStatus::Left && chat.messages.is_empty() => {
                Err(ApiError::bad("chat not found"))
            }
            Some(_) => Ok(id),
            None => Err(ApiError::bad("chat not found")),
        }
    }

    /// The chat of a call, if the bot can write there now.
    pub(in crate::sandbox) fn writable(&self, params: &Params) -> Result<i64, ApiError> {
        let id = self.readable(params)?;
        let Some(chat) = self.chats.get(&id) else {
            return Err(ApiError::bad("chat not found"));
        };
        if let Some(to) = chat.migrated_to {
            return Err(ApiError::migrated(to));
        }
        if chat.kind != ChatKind::Private && !chat.bot.is_in() {
            return Err(not_in(chat.kind, chat.bot));
        }
        match self.people.get(&id) {
            Some(person) if person.deactivated => Err(ApiError::forbidden("user is deactivated")),
            Some(person) if person.blocked => {
                Err(ApiError::forbidden("bot was blocked by the user"))
            }
            _ => Ok(id),
        }
    }

    /// Whether the bot may write to this person at all.
    fn met(&self, user: i64) -> Result<i64, ApiError> {
        if self.people.get(&user).is_some_and(|person| person.started) {
            return Ok(user);
        }
        let seen = self
            .chats
            .values()
            .any(|chat| chat.bot.is_in() && chat.members.contains(&user));
        if seen {
            return Err(ApiError::forbidden(
                "bot can't initiate conversation with a user",
            ));
        }
        Err(ApiError::bad("chat not found"))
    }

    pub(in crate::sandbox) fn is_private(&self, chat: i64) -> bool {
        self.chats
            .get(&chat)
            .is_none_or(|chat| chat.kind == ChatKind::Private)
    }
}

fn not_in(kind: ChatKind, status: BotStatus) -> ApiError {
    let kind = kind.name();
    match status {
        BotStatus::Kicked => ApiError::forbidden(format!("bot was kicked from the {kind} chat")),
        _ => ApiError::forbidden(format!("bot is not a member of the {kind} chat")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_found_in_any_case_and_once() {
        assert_eq!(method_named("SendMessage"), Some("sendMessage"));
        assert_eq!(method_named("sendmessages"), None);
        for method in METHODS {
            assert_eq!(
                METHODS.iter().filter(|other| **other == method).count(),
                1,
                "{method}"
            );
        }
    }
}
