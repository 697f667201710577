//! Sending: the part that all `send…` methods share, and those without files.

use serde_json::{Value, json};

use super::{
    super::{
        markup::{Markup, ReplyMarkup},
        state::{Author, Content, Message, State},
        view::ReplyKeyboard,
    },
    error::{ApiError, ApiResult},
    params::{Params, text_field},
    texts,
};

/// Where an outgoing message goes and what it answers.
struct Target {
    chat: i64,
    thread: Option<i64>,
    reply_to: Option<i64>,
}

impl State {
    pub(super) fn send_message(&mut self, params: &Params) -> ApiResult {
        let marked = texts::text(params)?;
        self.post(params, Content::Text(marked))
    }

    /// Puts a message of the bot into a chat.
    pub(super) fn post(&mut self, params: &Params, content: Content) -> ApiResult {
        let markup = Markup::read(params)?;
        let target = self.target(params)?;
        let markup = markup.allowed_in(self.is_private(target.chat))?;
        let mut message = Message::new(target.chat, Author::Bot, self.now_ms(), content);
        message.thread = target.thread;
        message.reply_to = target.reply_to;
        message.silent = params.flag("disable_notification");
        message.fixed = matches!(
            markup,
            Markup::Reply(_) | Markup::Remove { .. } | Markup::ForceReply
        );
        if let Markup::Inline(rows) = &markup {
            message.inline.clone_from(rows);
        }
        let id = self.add_message(message);
        self.bring_keyboard(target.chat, id, markup);
        if let Some(chat) = self.chats.get_mut(&target.chat) {
            chat.action = None;
        }
        let Some(message) = self.message(target.chat, id) else {
            return Err(ApiError::new(500, "Internal Server Error"));
        };
        Ok(self.message_json(message))
    }

    fn target(&self, params: &Params) -> Result<Target, ApiError> {
        let given = params.json(
            "reply_parameters",
            "Can't parse reply parameters JSON object",
        )?;
        let (reply_to, lenient) = match &given {
            Some(Value::Object(object)) => (
                object.get("message_id").and_then(Value::as_i64),
                object
                    .get("allow_sending_without_reply")
                    .and_then(Value::as_bool)
                    .unwrap_or(false),
            ),
            Some(_) => return Err(ApiError::bad("Object expected as reply parameters")),
            None => (
                Some(params.int("reply_to_message_id")),
                params.flag("allow_sending_without_reply"),
            ),
        };
        let chat = self.writable(params)?;
        let thread = self.thread(chat, params.int("message_thread_id"))?;
        let reply_to = reply_to.filter(|id| *id > 0);
        let there = |id: i64| {
            self.message(chat, id)
                .is_some_and(|message| !message.deleted)
        };
        let reply_to = match reply_to {
            Some(id) if !there(id) && lenient => None,
            Some(id) if !there(id) => {
                return Err(ApiError::bad("message to be replied not found"));
            }
            other => other,
        };
        Ok(Target {
            chat,
            thread,
            reply_to,
        })
    }

    /// The topic of a forum; chats without topics ignore it.
    fn thread(&self, chat: i64, thread: i64) -> Result<Option<i64>, ApiError> {
        if thread <= 0 {
            return Ok(None);
        }
        let forum = self.chats.get(&chat).is_some_and(|chat| chat.forum);
        if !forum && !self.is_private(chat) {
            return Ok(None);
        }
        let known = self
            .chats
            .get(&chat)
            .is_some_and(|chat| chat.topics.contains_key(&thread));
        if !known {
            return Err(ApiError::bad("message thread not found"));
        }
        Ok(Some(thread))
    }

    /// What the message does to the keyboard in place of the letters.
    fn bring_keyboard(&mut self, chat: i64, message_id: i64, markup: Markup) {
        let keyboard = match markup {
            Markup::None | Markup::Inline(_) | Markup::ForceReply => return,
            Markup::Remove { .. } => None,
            Markup::Reply(reply) => {
                let only = if reply.selective {
                    self.addressee(chat, message_id)
                } else {
                    None
                };
                Some((only, shown_keyboard(*reply, message_id)))
            }
        };
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.keyboard = keyboard;
        }
        self.touch(chat);
    }

    /// Whom a selective keyboard is for: the author of what is answered, or who is mentioned.
    fn addressee(&self, chat: i64, message_id: i64) -> Option<i64> {
        let message = self.message(chat, message_id)?;
        let answered = message
            .reply_to
            .and_then(|id| self.message(chat, id))
            .map(|m| m.author);
        if let Some(Author::User(user)) = answered {
            return Some(user);
        }
        let marked = message.content.marked()?;
        marked
            .entities
            .iter()
            .find_map(|entity| entity.user)
            .or_else(|| {
                self.people
                    .values()
                    .find(|person| {
                        person
                            .spec
                            .username
                            .as_deref()
                            .is_some_and(|name| marked.text.contains(&format!("@{name}")))
                    })
                    .map(|person| person.spec.id)
            })
    }

    pub(super) fn send_location_message(&mut self, params: &Params, venue: bool) -> ApiResult {
        for name in ["latitude", "longitude"] {
            if !params.has(name) {
                return Err(ApiError::bad(format!("{name} is empty")));
            }
        }
        let venue = if venue {
            Some((params.required("title")?, params.required("address")?))
        } else {
            None
        };
        let (latitude, longitude) = (params.float("latitude"), params.float("longitude"));
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(ApiError::bad("Wrong location specified"));
        }
        self.post(
            params,
            Content::Location {
                latitude,
                longitude,
                venue,
            },
        )
    }

    pub(super) fn send_contact_message(&mut self, params: &Params) -> ApiResult {
        let phone = params.required("phone_number")?;
        let first_name = params.required("first_name")?;
        let last_name = Some(params.text("last_name")).filter(|name| !name.is_empty());
        self.post(
            params,
            Content::Contact {
                phone,
                first_name,
                last_name,
                user: None,
            },
        )
    }

    pub(super) fn send_invoice(&mut self, params: &Params) -> ApiResult {
        let title = params.required("title")?;
        let description = params.required("description")?;
        let payload = params.required("payload")?;
        let currency = params.required("currency")?;
        params.required("prices")?;
        let prices = params.json("prices", "Can't parse prices JSON object")?;
        let Some(Value::Array(prices)) = prices else {
            return Err(ApiError::bad("Expected an Array of labeled prices"));
        };
        let mut total = 0_i64;
        for price in &prices {
            let label = text_field(price, "label")?;
            if label.is_empty() {
                return Err(ApiError::bad(
                    "Can't parse labeled price: LabeledPrice label must be non-empty",
                ));
            }
            let Some(amount) = price.get("amount").and_then(Value::as_i64) else {
                return Err(ApiError::bad(
                    "Can't parse labeled price: Can't find field \"amount\"",
                ));
            };
            total = total.saturating_add(amount);
        }
        if prices.is_empty() {
            return Err(ApiError::bad("There must be at least one price"));
        }
        if title.chars().count() > 32 || description.chars().count() > 255 || payload.len() > 128 {
            return Err(ApiError::bad("Wrong invoice information specified"));
        }
        if currency == "XTR" && prices.len() != 1 {
            return Err(ApiError::bad("STARS_INVOICE_INVALID"));
        }
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(ApiError::bad("CURRENCY_INVALID"));
        }
        if total <= 0 {
            return Err(ApiError::bad("CURRENCY_TOTAL_AMOUNT_INVALID"));
        }
        let shown = json!({
            "title": title, "description": description, "currency": currency,
            "total_amount": total, "start_parameter": params.text("start_parameter"),
        });
        self.post(params, Content::Invoice { shown, payload })
    }

    pub(super) fn copy_message(&mut self, params: &Params) -> ApiResult {
        let from = params.int("from_chat_id");
        let content = match self.message(from, params.int("message_id")) {
            Some(message) if message.deleted => None,
            Some(message) if matches!(message.content, Content::Service { .. }) => {
                return Err(ApiError::bad("message can't be copied"));
            }
            Some(message) => Some(message.content.clone()),
            None => None,
        };
        let Some(content) = content else {
            return Err(ApiError::bad("message to copy not found"));
        };
        let sent = self.post(params, content)?;
        Ok(json!({"message_id": sent.get("message_id")}))
    }

    pub(super) fn send_chat_action(&mut self, params: &Params) -> ApiResult {
        const ACTIONS: [&str; 11] = [
            "typing",
            "upload_photo",
            "record_video",
            "upload_video",
            "record_voice",
            "upload_voice",
            "upload_document",
            "choose_sticker",
            "find_location",
            "record_video_note",
            "upload_video_note",
        ];
        let action = params.text("action").to_ascii_lowercase();
        if !ACTIONS.contains(&action.as_str()) {
            return Err(ApiError::bad("Wrong parameter action in request"));
        }
        let chat = self.writable(params)?;
        // The app shows it for five seconds or until the next message.
        let until = self.clock.steady_ms() + 5_000;
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.action = Some((action, until));
        }
        self.touch(chat);
        Ok(true.into())
    }
}

fn shown_keyboard(reply: ReplyMarkup, message_id: i64) -> ReplyKeyboard {
    ReplyKeyboard {
        rows: reply.rows,
        one_time: reply.one_time,
        resize: reply.resize,
        persistent: reply.persistent,
        placeholder: reply.placeholder,
        message_id,
    }
}
