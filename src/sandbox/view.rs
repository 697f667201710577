//! What can be read from an emulator: messages, keyboards, answers, calls. The same values are
//! the JSON of the control API, so their names are a contract with the page. They are copies:
//! changing them changes nothing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The id of one press of one button (Telegram's callback query id).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TapId(pub String);

/// A part of a text with a meaning; offset and length in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    #[serde(rename = "type")]
    pub kind: String,
    pub offset: usize,
    pub length: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
    /// Of a `text_mention`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<i64>,
}

/// What pressing an inline button does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum ButtonKind {
    /// Sends this data to the bot: press it with `tap`.
    Callback(String),
    Url(String),
    CopyText(String),
    /// Starts the payment of the invoice: press it with `pay`.
    Pay,
    SwitchInline(String),
    SwitchInlineCurrent(String),
    /// Anything else; the value is the button as the bot gave it.
    Other(Value),
}

/// An inline button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub text: String,
    #[serde(flatten)]
    pub kind: ButtonKind,
    /// `danger`, `success` or `primary`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
}

/// What pressing a button of a reply keyboard does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyButtonKind {
    /// Sends its own text: `press_reply`.
    Text,
    /// `share_contact`.
    Contact,
    /// `share_location`.
    Location,
    Other,
}

/// A button of a reply keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyButton {
    pub text: String,
    pub kind: ReplyButtonKind,
}

/// The keyboard in place of the letters, as the person has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyKeyboard {
    pub rows: Vec<Vec<ReplyButton>>,
    pub one_time: bool,
    pub resize: bool,
    pub persistent: bool,
    pub placeholder: Option<String>,
    /// The message that brought it.
    pub message_id: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// `GET /control/file/<file_id>` gives the picture.
    pub file_id: String,
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    pub file_id: String,
    pub file_name: String,
    pub mime_type: String,
    pub size: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    pub phone_number: String,
    pub first_name: String,
    pub user_id: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocationView {
    pub latitude: f64,
    pub longitude: f64,
    /// Of a venue.
    pub title: Option<String>,
    pub address: Option<String>,
}

/// A message as it stands now. Fields that do not apply are left out of the JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Msg {
    pub id: i64,
    pub chat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<i64>,
    pub from_bot: bool,
    /// The person who wrote it; `None` for the bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    pub from_name: String,
    pub date_ms: i64,
    /// The text, or the caption of a photo or document; empty if there is none.
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentView>,
    /// The emoji of a sticker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sticker: Option<String>,
    /// The length of a voice note, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationView>,
    /// Title, amount and currency of an invoice, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// What happened ("Lin joined the group"), for service messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inline_keyboard: Vec<Vec<Button>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<i64>,
    /// How often it was edited.
    #[serde(skip_serializing_if = "is_zero")]
    pub edits: u32,
    #[serde(skip_serializing_if = "is_false")]
    pub deleted: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub pinned: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub silent: bool,
    /// The bot's reaction, an emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reaction: Option<String>,
    /// Whether a person chose it among the bot's answers to an inline query.
    #[serde(skip_serializing_if = "is_false")]
    pub via_bot: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands out references
fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What the bot answered to a tap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub tap: TapId,
    pub user: i64,
    pub chat: i64,
    pub message_id: i64,
    /// Empty: only the clock on the button went away.
    pub text: String,
    /// A window to close instead of a line that fades.
    pub alert: bool,
    pub url: Option<String>,
    pub at_ms: i64,
}

/// A result that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineResultView {
    pub id: String,
    pub title: String,
    pub description: String,
}

/// The bot's answer to an inline query, as the app shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineView {
    pub results: Vec<InlineResultView>,
    /// Empty on the last page.
    pub next_offset: String,
    /// The button above: its words, and what the private chat is started with.
    pub button: Option<(String, String)>,
}

/// One call of the Bot API. Calls of `getUpdates` are not kept, but for refused ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Counts up by one from 1, over all calls that were kept.
    pub n: u64,
    pub at_ms: i64,
    /// Unix milliseconds of the real clock, whatever the emulator's shows.
    pub real_ms: i64,
    /// As the Bot API spells it.
    pub method: String,
    /// Files as `{"file_name", "size"}`.
    pub params: Value,
    pub ok: bool,
    pub error_code: Option<u16>,
    pub description: Option<String>,
    pub retry_after: Option<i64>,
    /// Whether the call took effect: true for ok, and for a connection cut after acceptance.
    pub accepted: bool,
    /// The id of the message it made or changed.
    pub message_id: Option<i64>,
}

/// One line of a command menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandView {
    pub command: String,
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    pub id: i64,
    pub name: String,
    pub username: Option<String>,
    pub language_code: Option<String>,
    pub phone: Option<String>,
    /// Whether this person has blocked the bot.
    pub blocked: bool,
    /// Whether this person has ever written to the bot.
    pub started: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub user: i64,
    /// `creator`, `administrator`, `member`.
    pub status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicView {
    pub thread: i64,
    pub name: String,
}

/// A chat with its last messages, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatView {
    pub id: i64,
    /// `private`, `group`, `supergroup`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub members: Vec<Member>,
    pub bot_is_member: bool,
    pub topics: Vec<TopicView>,
    /// The id of the supergroup that this group has become.
    pub migrated_to: Option<i64>,
    pub messages: Vec<Msg>,
    pub reply_keyboard: Option<ReplyKeyboard>,
    /// For each member (in a private chat: the person), the menu behind the "/" button.
    pub commands: Vec<(i64, Vec<CommandView>)>,
    /// `typing`, `upload_photo`, … until it fades.
    pub action: Option<String>,
    /// The revision of its last change.
    pub rev: u64,
}

/// A link that people find printed somewhere, as a QR code on a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Where it is found.
    pub title: String,
    pub url: String,
}

/// Everything that changed after a revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateView {
    pub rev: u64,
    pub now_ms: i64,
    pub bot_id: i64,
    pub bot_name: String,
    pub bot_username: String,
    pub users: Vec<UserView>,
    /// Links that people find printed.
    pub links: Vec<LinkView>,
    /// Only chats that changed after the revision asked for.
    pub chats: Vec<ChatView>,
    /// Answers to taps of the last 10 seconds.
    pub answers: Vec<Answer>,
    /// Number of the newest call in the log.
    pub last_call: u64,
    /// Whether a bot is connected: it asked for updates within the last 5 seconds.
    pub bot_connected: bool,
}
