//! The orders of the control API as they are written, and whom they are passed to.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{
    faults::{Fault, FaultPlans, FaultScope, UpdateFault},
    people::{ActResult, Refused},
    spec::{GroupSpec, SendOptions, UserSpec},
    state::State,
    view::TapId,
};

/// Characters of an inline query.
const LONGEST_QUERY: usize = 256;

#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Act {
    AddUser(UserSpec),
    AddGroup(GroupSpec),
    Start {
        user: i64,
        payload: Option<String>,
    },
    SendText {
        user: i64,
        chat: Option<i64>,
        text: String,
        #[serde(flatten)]
        options: SendOptions,
    },
    EditText {
        user: i64,
        chat: Option<i64>,
        message_id: i64,
        text: String,
    },
    PressReply {
        user: i64,
        chat: Option<i64>,
        text: String,
    },
    Tap {
        user: i64,
        chat: Option<i64>,
        message_id: i64,
        row: usize,
        col: usize,
    },
    TapRaw {
        user: i64,
        chat: Option<i64>,
        message_id: i64,
        data: String,
    },
    Pay {
        user: i64,
        chat: Option<i64>,
        message_id: i64,
    },
    InlineQuery {
        user: i64,
        chat: Option<i64>,
        text: String,
        #[serde(default)]
        offset: String,
    },
    ChooseResult {
        user: i64,
        query: TapId,
        result: String,
        thread: Option<i64>,
    },
    ShareContact {
        user: i64,
        chat: Option<i64>,
        of: Option<i64>,
    },
    ShareLocation {
        user: i64,
        chat: Option<i64>,
        latitude: f64,
        longitude: f64,
    },
    SendPhoto(FileAct),
    SendDocument(FileAct),
    SendSticker {
        user: i64,
        chat: Option<i64>,
        emoji: Option<String>,
        thread: Option<i64>,
    },
    SendVoice {
        user: i64,
        chat: Option<i64>,
        seconds: Option<u32>,
        thread: Option<i64>,
    },
    Block {
        user: i64,
    },
    Unblock {
        user: i64,
    },
    Deactivate {
        user: i64,
    },
    SetLanguage {
        user: i64,
        language_code: Option<String>,
    },
    Join {
        chat: i64,
        user: i64,
    },
    Leave {
        chat: i64,
        user: i64,
    },
    AddBot {
        chat: i64,
        user: i64,
    },
    RemoveBot {
        chat: i64,
        user: i64,
    },
    PromoteBot {
        chat: i64,
        user: i64,
    },
    MigrateGroup {
        chat: i64,
    },
    CreateTopic {
        chat: i64,
        user: i64,
        name: String,
    },
}

#[derive(Debug, Deserialize)]
pub(super) struct FileAct {
    user: i64,
    chat: Option<i64>,
    base64: Option<String>,
    name: Option<String>,
    #[serde(default)]
    caption: String,
    thread: Option<i64>,
}

impl FileAct {
    fn bytes(&self) -> ActResult<Option<Vec<u8>>> {
        let Some(text) = &self.base64 else {
            return Ok(None);
        };
        let bytes = STANDARD.decode(text);
        bytes
            .map(Some)
            .map_err(|_| Refused("the content is no base64".into()))
    }

    fn options(&self) -> SendOptions {
        SendOptions {
            thread: self.thread,
            reply_to: None,
        }
    }
}

impl Act {
    pub fn perform(self, state: &mut State) -> ActResult<Value> {
        let sent = |id: ActResult<i64>| id.map(|id| json!({"message_id": id}));
        let tapped = |tap: ActResult<_>, name: &str| tap.map(|tap| json!({name: tap}));
        match self {
            Self::AddUser(user) if user.id <= 0 => Err(Refused("a person's id is positive".into())),
            Self::AddUser(user) => {
                state.add_user(user);
                Ok(json!({}))
            }
            Self::AddGroup(group) if group.id >= 0 => {
                Err(Refused("a group's id is negative".into()))
            }
            Self::AddGroup(group) => {
                state.add_group(group);
                Ok(json!({}))
            }
            Self::Start { user, payload } => sent(state.start(user, payload.as_deref())),
            Self::SendText {
                user,
                chat,
                text,
                options,
            } => sent(state.send_text(user, chat.unwrap_or(user), &text, options)),
            Self::EditText {
                user,
                chat,
                message_id,
                text,
            } => state
                .edit_text(user, chat.unwrap_or(user), message_id, &text)
                .map(|()| json!({})),
            Self::PressReply { user, chat, text } => {
                sent(state.press_reply(user, chat.unwrap_or(user), &text))
            }
            Self::Tap {
                user,
                chat,
                message_id,
                row,
                col,
            } => tapped(
                state.tap(user, chat.unwrap_or(user), message_id, (row, col)),
                "tap",
            ),
            Self::TapRaw {
                user,
                chat,
                message_id,
                data,
            } => tapped(
                state.tap_raw(user, chat.unwrap_or(user), message_id, &data),
                "tap",
            ),
            Self::Pay {
                user,
                chat,
                message_id,
            } => tapped(state.pay(user, chat.unwrap_or(user), message_id), "query"),
            other => other.perform_sharing(state),
        }
    }

    fn perform_sharing(self, state: &mut State) -> ActResult<Value> {
        let sent = |id: ActResult<i64>| id.map(|id| json!({"message_id": id}));
        match self {
            Self::ShareContact { user, chat, of } => {
                sent(state.share_contact(user, chat.unwrap_or(user), of))
            }
            Self::ShareLocation {
                user,
                chat,
                latitude,
                longitude,
            } => sent(state.share_location(user, chat.unwrap_or(user), latitude, longitude)),
            Self::InlineQuery {
                user,
                chat,
                text,
                offset,
            } => {
                // What an app lets be typed.
                let text: String = text.chars().take(LONGEST_QUERY).collect();
                let query = state.inline_query(user, chat.unwrap_or(user), &text, &offset);
                query.map(|query| json!({"query": query}))
            }
            Self::ChooseResult {
                user,
                query,
                result,
                thread,
            } => sent(state.choose_result(user, &query, &result, thread)),
            Self::SendPhoto(file) => {
                let (chat, bytes) = (file.chat.unwrap_or(file.user), file.bytes()?);
                let options = file.options();
                sent(state.send_photo(file.user, chat, bytes.as_deref(), &file.caption, options))
            }
            Self::SendDocument(file) => {
                let (chat, bytes) = (file.chat.unwrap_or(file.user), file.bytes()?);
                let content = (
                    file.name.as_deref().unwrap_or("file"),
                    &*bytes.unwrap_or_default(),
                );
                sent(state.send_document(file.user, chat, content, &file.caption, file.options()))
            }
            Self::SendSticker {
                user,
                chat,
                emoji,
                thread,
            } => {
                let options = SendOptions {
                    thread,
                    reply_to: None,
                };
                let emoji = emoji.as_deref().unwrap_or("👍");
                sent(state.send_sticker(user, chat.unwrap_or(user), emoji, options))
            }
            Self::SendVoice {
                user,
                chat,
                seconds,
                thread,
            } => {
                let options = SendOptions {
                    thread,
                    reply_to: None,
                };
                let seconds = seconds.unwrap_or(3);
                sent(state.send_voice(user, chat.unwrap_or(user), seconds, options))
            }
            other => other.perform_membership(state),
        }
    }

    fn perform_membership(self, state: &mut State) -> ActResult<Value> {
        let nothing = |()| json!({});
        match self {
            Self::Block { user } => state.set_blocked(user, true).map(nothing),
            Self::Unblock { user } => state.set_blocked(user, false).map(nothing),
            Self::Deactivate { user } => state.deactivate(user).map(nothing),
            Self::SetLanguage {
                user,
                language_code,
            } => state
                .set_language(user, language_code.as_deref())
                .map(nothing),
            Self::Join { chat, user } => state.join(chat, user).map(nothing),
            Self::Leave { chat, user } => state.leave(chat, user).map(nothing),
            Self::AddBot { chat, user } => state.add_bot(chat, user).map(nothing),
            Self::RemoveBot { chat, user } => state.remove_bot(chat, user).map(nothing),
            Self::PromoteBot { chat, user } => state.promote_bot(chat, user).map(nothing),
            Self::MigrateGroup { chat } => {
                state.migrate_group(chat).map(|chat| json!({"chat": chat}))
            }
            Self::CreateTopic { chat, user, name } => state
                .create_topic(chat, user, &name)
                .map(|thread| json!({"thread": thread})),
            // The acts above are performed before they come here.
            _ => Err(Refused("this act is not known here".into())),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct FaultOrder {
    fault: Option<FaultName>,
    updates: Option<UpdateName>,
    #[serde(default)]
    clear: bool,
    times: Option<u64>,
    #[serde(default)]
    every: u64,
    method: Option<String>,
    chat: Option<i64>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FaultName {
    #[serde(rename = "http_500")]
    Http500,
    #[serde(rename = "http_502")]
    Http502,
    BadJson,
    CutBefore,
    CutAfterAccept,
    RateLimit(i64),
    Delay(u64),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum UpdateName {
    Duplicate,
    Retap,
    Reorder,
    Delay(i64),
}

impl FaultOrder {
    pub fn carry_out(self, plans: &mut FaultPlans) -> Result<(), &'static str> {
        if self.clear {
            plans.clear();
        }
        if let Some(name) = self.fault {
            let fault = match name {
                FaultName::Http500 => Fault::Http5xx(500),
                FaultName::Http502 => Fault::Http5xx(502),
                FaultName::BadJson => Fault::BadJson,
                FaultName::CutBefore => Fault::CutBefore,
                FaultName::CutAfterAccept => Fault::CutAfterAccept,
                FaultName::RateLimit(retry_after) => Fault::RateLimit { retry_after },
                FaultName::Delay(ms) => Fault::Delay(ms),
            };
            let Self {
                times,
                every,
                method,
                chat,
                ..
            } = self;
            // Without a number it happens once, unless each k-th was asked for.
            let times = times.or((every == 0).then_some(1));
            plans.add(
                fault,
                FaultScope {
                    method,
                    chat,
                    times,
                    every,
                },
            );
        } else if let Some(name) = self.updates {
            let fault = match name {
                UpdateName::Duplicate => UpdateFault::Duplicate,
                UpdateName::Retap => UpdateFault::Retap,
                UpdateName::Reorder => UpdateFault::Reorder,
                UpdateName::Delay(ms) => UpdateFault::Delay(ms),
            };
            plans.add_updates(fault, self.every, self.times.unwrap_or(1));
        } else if !self.clear {
            return Err("name a fault, or updates, or clear");
        }
        Ok(())
    }
}
