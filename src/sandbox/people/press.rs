//! Presses: inline buttons, reply keyboards, payments.

use serde_json::json;

use super::{
    super::{
        spec::SendOptions,
        state::{ChatKind, Content, Query, QueryKind, State},
        view::TapId,
    },
    ActResult, refuse,
};

impl State {
    /// Presses a button that is there; only buttons with callback data reach the bot.
    pub fn tap(
        &mut self,
        user: i64,
        chat: i64,
        id: i64,
        (row, col): (usize, usize),
    ) -> ActResult<TapId> {
        let Some(message) = self.message(chat, id).filter(|message| !message.deleted) else {
            return refuse(format!("there is no message {id} in the chat {chat}"));
        };
        let Some(button) = message.inline.get(row).and_then(|row| row.get(col)) else {
            return refuse(format!(
                "message {id} has no button in row {row}, column {col}"
            ));
        };
        let Some(data) = button.get("callback_data").and_then(|data| data.as_str()) else {
            return refuse("this button does not ask the bot");
        };
        let data = data.to_owned();
        self.tap_raw(user, chat, id, &data)
    }

    pub fn tap_raw(&mut self, user: i64, chat: i64, id: i64, data: &str) -> ActResult<TapId> {
        self.may_write(user, chat)?;
        let asked_ms = self.now_ms();
        let query = self.add_query(Query {
            kind: QueryKind::Tap,
            user,
            chat,
            message_id: id,
            asked_ms,
            answered: false,
        });
        let known = self.message(chat, id).filter(|message| !message.deleted);
        let is_inline = known.is_some_and(|message| message.via_bot);
        let message = match known {
            Some(message) => self.message_json(message),
            None => json!({"message_id": id, "chat": self.chat_json(chat), "date": 0}),
        };
        let mut body = json!({
            "id": query, "from": self.person_json(user),
            "chat_instance": chat_instance(chat), "data": data,
        });
        let (name, of) = match is_inline {
            // Of what was posted through the bot it knows no chat.
            true => ("inline_message_id", format!("inline_{chat}_{id}").into()),
            false => ("message", message),
        };
        if let Some(body) = body.as_object_mut() {
            body.insert(name.into(), of);
        }
        let hears = self
            .chats
            .get(&chat)
            .is_some_and(|chat| chat.kind == ChatKind::Private || chat.bot.is_in());
        if hears || is_inline {
            self.push_update("callback_query", body);
        }
        Ok(TapId(query))
    }

    pub fn press_reply(&mut self, user: i64, chat: i64, text: &str) -> ActResult<i64> {
        let keyboard = self
            .chats
            .get(&chat)
            .and_then(|chat| self.keyboard_for(chat, Some(user)));
        let Some(keyboard) = keyboard else {
            return refuse("there is no reply keyboard");
        };
        if !keyboard
            .rows
            .iter()
            .flatten()
            .any(|button| button.text == text)
        {
            return refuse(format!("the reply keyboard has no button \"{text}\""));
        }
        // In groups the app sends such a press as an answer to the message with the keyboard.
        let reply_to = (chat < 0).then_some(keyboard.message_id);
        let options = SendOptions {
            reply_to,
            ..SendOptions::default()
        };
        let id = self.send_text(user, chat, text, options)?;
        self.keyboard_used(chat, user);
        Ok(id)
    }

    /// A one-time keyboard goes away when it was used.
    pub(super) fn keyboard_used(&mut self, chat: i64, user: i64) {
        let Some(kept) = self.chats.get_mut(&chat) else {
            return;
        };
        let gone = kept.keyboard.as_ref().is_some_and(|(only, keyboard)| {
            keyboard.one_time && only.is_none_or(|only| only == user)
        });
        if gone {
            kept.keyboard = None;
            self.touch(chat);
        }
    }

    pub fn pay(&mut self, user: i64, chat: i64, id: i64) -> ActResult<TapId> {
        self.may_write(user, chat)?;
        let invoice = self
            .message(chat, id)
            .filter(|message| !message.deleted)
            .map(|m| &m.content);
        let Some(Content::Invoice { shown, payload }) = invoice else {
            return refuse(format!("message {id} is no invoice"));
        };
        let (shown, payload) = (shown.clone(), payload.clone());
        let asked_ms = self.now_ms();
        let query = self.add_query(Query {
            kind: QueryKind::Checkout,
            user,
            chat,
            message_id: id,
            asked_ms,
            answered: false,
        });
        let body = json!({
            "id": query, "from": self.person_json(user), "currency": shown.get("currency"),
            "total_amount": shown.get("total_amount"), "invoice_payload": payload,
        });
        self.push_update("pre_checkout_query", body);
        Ok(TapId(query))
    }

    /// The money went through: the bot hears of it by a service message of the payer.
    pub fn paid(&mut self, query_id: &str, query: &Query) {
        let invoice = self
            .message(query.chat, query.message_id)
            .map(|m| m.content.clone());
        let Some(Content::Invoice { shown, payload }) = invoice else {
            return;
        };
        let fields = json!({"successful_payment": {
            "currency": shown.get("currency"), "total_amount": shown.get("total_amount"),
            "invoice_payload": payload,
            "telegram_payment_charge_id": format!("charge_{query_id}"),
            "provider_payment_charge_id": format!("provider_{query_id}"),
        }});
        let content = Content::Service {
            fields,
            words: "paid".into(),
        };
        // A payer who left meanwhile has paid all the same; then nobody is told.
        let _ = self.write(query.user, query.chat, content, SendOptions::default());
    }
}

/// A number that stands for the chat in queries; always the same one.
fn chat_instance(chat: i64) -> String {
    chat.wrapping_mul(-7_046_029_254_386_353_131).to_string()
}
