//! About chats: what they are, who is in them, topics, leaving.

use serde_json::{Value, json};

use super::{
    super::state::{Author, BotStatus, Chat, ChatKind, Content, Message, State, member_json},
    error::{ApiError, ApiResult},
    params::Params,
};

impl State {
    fn group(&self, id: i64) -> Result<&Chat, ApiError> {
        self.chats
            .get(&id)
            .ok_or_else(|| ApiError::bad("chat not found"))
    }

    pub(super) fn get_chat(&mut self, params: &Params) -> ApiResult {
        let id = self.readable(params)?;
        let mut out = self.chat_json(id);
        let extra = json!({
            "accent_color_id": 1, "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true,
                "premium_subscription": true, "gifts_from_channels": true,
            },
        });
        if let (Some(out), Value::Object(extra)) = (out.as_object_mut(), extra) {
            out.extend(extra);
            if !self.is_private(id) {
                out.insert("permissions".into(), json!({"can_send_messages": true}));
            }
        }
        Ok(out)
    }

    fn member_json(&self, chat: &Chat, user: i64) -> Option<Value> {
        let status = match chat.bot {
            _ if user != self.bot.id => {
                if !self.people.contains_key(&user) {
                    return None;
                }
                match () {
                    () if chat.members.first() == Some(&user) => "creator",
                    () if chat.is_admin(user) => "administrator",
                    () if chat.has(user) => "member",
                    () => "left",
                }
            }
            BotStatus::Left => "left",
            BotStatus::Kicked => "kicked",
            BotStatus::Member => "member",
            BotStatus::Administrator => "administrator",
        };
        let user = if user == self.bot.id {
            self.bot_json()
        } else {
            self.person_json(user)
        };
        Some(member_json(user, status))
    }

    pub(super) fn get_chat_member(&mut self, params: &Params) -> ApiResult {
        let user = params.int("user_id");
        if user <= 0 {
            return Err(ApiError::bad("Invalid user_id specified"));
        }
        let id = self.readable(params)?;
        let chat = self.group(id)?;
        let private_stranger = chat.kind == ChatKind::Private && user != id && user != self.bot.id;
        match self.member_json(chat, user) {
            Some(member) if !private_stranger => Ok(member),
            _ => Err(ApiError::bad("PARTICIPANT_ID_INVALID")),
        }
    }

    pub(super) fn get_chat_administrators(&mut self, params: &Params) -> ApiResult {
        let id = self.readable(params)?;
        let chat = self.group(id)?;
        if chat.kind == ChatKind::Private {
            return Err(ApiError::bad(
                "there are no administrators in the private chat",
            ));
        }
        let mut admins: Vec<i64> = chat
            .members
            .iter()
            .copied()
            .filter(|user| chat.is_admin(*user))
            .collect();
        if chat.bot == BotStatus::Administrator {
            admins.push(self.bot.id);
        }
        Ok(admins
            .into_iter()
            .filter_map(|user| self.member_json(chat, user))
            .collect())
    }

    pub(super) fn get_chat_member_count(&mut self, params: &Params) -> ApiResult {
        let id = self.readable(params)?;
        let chat = self.group(id)?;
        let bot = usize::from(chat.bot.is_in());
        Ok(if chat.kind == ChatKind::Private {
            2.into()
        } else {
            (chat.members.len() + bot).into()
        })
    }

    pub(super) fn leave_chat(&mut self, params: &Params) -> ApiResult {
        let id = self.writable(params)?;
        let Some(chat) = self.chats.get_mut(&id) else {
            return Err(ApiError::bad("chat not found"));
        };
        if chat.kind == ChatKind::Private {
            return Err(ApiError::bad("CHANNEL_INVALID"));
        }
        let old = if chat.bot == BotStatus::Administrator {
            "administrator"
        } else {
            "member"
        };
        chat.bot = BotStatus::Left;
        self.touch(id);
        let by = self.bot.id;
        self.push_membership(id, by, old, "left");
        Ok(true.into())
    }

    pub(super) fn create_forum_topic(&mut self, params: &Params) -> ApiResult {
        let id = self.writable(params)?;
        let chat = self.group(id)?;
        if !chat.forum {
            return Err(ApiError::bad("the chat is not a forum"));
        }
        if chat.bot != BotStatus::Administrator {
            return Err(ApiError::bad("Not enough rights to create a topic"));
        }
        let name = params.text("name").trim().to_owned();
        if name.is_empty() {
            return Err(ApiError::bad("Name must be non-empty"));
        }
        if name.chars().count() > 128 {
            return Err(ApiError::bad("TOPIC_TITLE_TOO_LONG"));
        }
        let fields = json!({"forum_topic_created": {"name": name, "icon_color": 7_322_096}});
        let words = format!("topic \"{name}\" was opened");
        let content = Content::Service { fields, words };
        let thread = self.add_message(Message::new(id, Author::Bot, self.now_ms(), content));
        self.open_topic(id, thread, &name);
        Ok(json!({"message_thread_id": thread, "name": name, "icon_color": 7_322_096}))
    }

    pub(super) fn known_topic(&mut self, params: &Params) -> ApiResult {
        let id = self.writable(params)?;
        let thread = params.int("message_thread_id");
        if !self.group(id)?.topics.contains_key(&thread) {
            return Err(ApiError::bad("TOPIC_ID_INVALID"));
        }
        Ok(true.into())
    }
}
