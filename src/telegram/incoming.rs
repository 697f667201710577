//! What an update says, read from its raw text by our own small types.
//!
//! Lenient on purpose: every field may be missing, every unknown one is passed over. A library's
//! full types turn a whole message into nothing when Telegram adds a field; the customer's words
//! would be lost. Pure: no I/O, no clock.

mod wire;

use crate::chat::inline::Query;
use crate::chat::{Event, EventKind, Press, SentFile, one_line};
use crate::kernel::ChatId;

use wire::{CallbackQuery, Chat, InlineQuery, MemberChange, Message, Update, User};

/// Telegram's own limit of a message's text.
const MAX_TEXT: usize = 4096;
/// Telegram's own limit of a button's data, in bytes.
const MAX_DATA: usize = 64;
/// Telegram's own limit of a query, in characters.
const MAX_QUERY: usize = 256;
/// Telegram's own limit of what a page of results is asked for with, in bytes.
const MAX_OFFSET: usize = 64;

/// An update, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Telegram's id, unique for some days.
    pub update_id: i64,
    /// Where it belongs: a private chat's id, or `chat/topic/user`; a search from any chat has a
    /// lane of its own, `inline/user`, so that it neither waits behind a conversation nor counts
    /// among what waits there.
    pub lane: String,
    /// Whether it may be dropped when too many of its lane wait.
    pub may_skip: bool,
    /// What happened.
    pub event: Event,
}

/// The lane of what concerns a whole group and nobody in it.
pub fn group_lane(chat: ChatId) -> String {
    format!("{chat}/0/0")
}

/// The lane of a chat as a whole: itself if private, see [`group_lane`] otherwise.
pub fn lane_of_chat(chat: ChatId) -> String {
    if chat.0 > 0 {
        chat.to_string()
    } else {
        group_lane(chat)
    }
}

/// An event in a chat that no person caused.
pub fn chat_event(chat: ChatId, kind: EventKind) -> Event {
    Event {
        chat,
        private: chat.0 > 0,
        topic: None,
        sender: None,
        kind,
    }
}

/// Reads an update; none if it has no `update_id`, so that nothing can be done with it.
/// `bot` is the bot's user name, without `@`.
pub fn read(raw: &str, bot: &str) -> Option<Incoming> {
    let update: Update = serde_json::from_str(raw).ok()?;
    let update_id = update.update_id?;
    let event = event_of(update, bot).unwrap_or_else(|| chat_event(ChatId(0), EventKind::Unknown));
    let may_skip = !matches!(
        event.kind,
        EventKind::Reachable(_)
            | EventKind::Member { .. }
            | EventKind::Migrated(_)
            | EventKind::Unknown
    );
    Some(Incoming {
        update_id,
        lane: lane(&event),
        may_skip,
        event,
    })
}

fn lane(event: &Event) -> String {
    if matches!(event.kind, EventKind::Inline(_)) {
        return format!("inline/{}", event.chat);
    }
    if event.private {
        return event.chat.to_string();
    }
    let user = event.sender.as_ref().map_or(0, |sender| sender.id.0);
    format!("{}/{}/{user}", event.chat, event.topic.unwrap_or_default())
}

fn event_of(update: Update, bot: &str) -> Option<Event> {
    if let Some(message) = update.message {
        return message_event(message, bot);
    }
    if let Some(message) = update.edited_message {
        let mut event = message_event(message, bot)?;
        event.kind = EventKind::Edited;
        return Some(event);
    }
    if let Some(query) = update.callback_query {
        return press_event(query);
    }
    if let Some(query) = update.inline_query {
        return query_event(query);
    }
    member_event(update.my_chat_member?)
}

fn message_event(message: Message, bot: &str) -> Option<Event> {
    let chat = message.chat.as_ref()?;
    let from = message.from.as_ref();
    let mut event = Event {
        chat: ChatId(chat.id),
        private: chat.is_private(),
        topic: message.topic(),
        sender: from.map(User::sender),
        kind: EventKind::Unknown,
    };
    // Other bots talk in groups too, and our own messages come back in some.
    let from_bot = from.is_some_and(|user| user.is_bot);
    if !from_bot {
        event.kind = kind_of(message, bot);
    }
    Some(event)
}

fn kind_of(message: Message, bot: &str) -> EventKind {
    if let Some(new) = message.migrate_to_chat_id {
        return EventKind::Migrated(ChatId(new));
    }
    if message.is_via(bot) {
        // What was chosen among our own answers is no words of the person's.
        return posted(&message, bot);
    }
    if let Some(text) = message.text {
        let text = clean(&text);
        return command(&text, bot).unwrap_or(EventKind::Words {
            text,
            reply_to: message.reply_to_message.and_then(|reply| reply.message_id),
        });
    }
    if let Some(contact) = message.contact {
        let own = contact.user_id.is_some() && contact.user_id == message.from.map(|user| user.id);
        return EventKind::Contact {
            phone: clean(&contact.phone_number),
            own,
        };
    }
    if let Some(place) = message.location {
        return EventKind::Location {
            lat_e6: micro(place.latitude),
            lon_e6: micro(place.longitude),
        };
    }
    if let Some(largest) = message.photo.into_iter().next_back() {
        return EventKind::Photo {
            file_id: largest.file_id,
            caption: clean(&message.caption.unwrap_or_default()),
        };
    }
    if let Some(name) = message.other.kind() {
        return EventKind::Other(name.to_owned());
    }
    // Last: an animation comes with a document beside it.
    match message.document {
        Some(document) if !document.file_id.is_empty() => EventKind::Document {
            file: SentFile {
                file_id: document.file_id,
                name: one_line(&clean(&document.file_name.unwrap_or_default())),
                mime: document.mime_type.unwrap_or_default(),
                size: document.file_size,
            },
            caption: clean(&message.caption.unwrap_or_default()),
        },
        Some(_) => EventKind::Other("document".to_owned()),
        None => EventKind::Unknown,
    }
}

/// `/name@bot argument`; a command for another bot is nothing to us.
fn command(text: &str, bot: &str) -> Option<EventKind> {
    let rest = text.strip_prefix('/')?;
    let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (name, target) = word
        .split_once('@')
        .map_or((word, None), |(n, t)| (n, Some(t)));
    let is_name = (1..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name {
        return None;
    }
    if target.is_some_and(|target| !target.eq_ignore_ascii_case(bot)) {
        return Some(EventKind::Unknown);
    }
    Some(EventKind::Command(
        name.to_ascii_lowercase(),
        argument.trim().to_owned(),
    ))
}

/// A search's result that somebody posted: in their own chat with us they want what its button
/// leads to, anywhere else it is for others.
fn posted(message: &Message, bot: &str) -> EventKind {
    let is_private = message.chat.as_ref().is_some_and(Chat::is_private);
    let start = format!("https://t.me/{bot}?start=");
    let keys = message
        .reply_markup
        .iter()
        .flat_map(|keys| &keys.inline_keyboard);
    let mut links = keys.flatten().filter_map(|key| key.url.as_deref());
    match links.find_map(|link| link.strip_prefix(start.as_str())) {
        Some(payload) if is_private => {
            EventKind::Command("start".to_owned(), clean(payload.trim_end_matches('/')))
        }
        Some(_) | None => EventKind::Unknown,
    }
}

fn query_event(query: InlineQuery) -> Option<Event> {
    let from = query.from?;
    let words: String = query.query.unwrap_or_default();
    let words: String = words.chars().take(MAX_QUERY).collect();
    let offset = query.offset.unwrap_or_default();
    Some(Event {
        chat: ChatId(from.id),
        private: true,
        topic: None,
        sender: Some(from.sender()),
        kind: EventKind::Inline(Query {
            id: query.id,
            words: one_line(&clean(&words)),
            // What is longer is none of ours: the first page.
            offset: Some(clean(&offset))
                .filter(|o| o.len() <= MAX_OFFSET)
                .unwrap_or_default(),
        }),
    })
}

fn press_event(query: CallbackQuery) -> Option<Event> {
    let from = query.from?;
    let message = query.message.unwrap_or_default();
    let topic = message.topic();
    let message_id = message.message_id;
    let chat = message.chat.unwrap_or(Chat {
        id: from.id,
        kind: "private".to_owned(),
        title: None,
    });
    let data = clean(&query.data.unwrap_or_default());
    // A modified client may send anything; what is too long is no button of ours.
    let data = if data.len() > MAX_DATA {
        String::new()
    } else {
        data
    };
    Some(Event {
        chat: ChatId(chat.id),
        private: chat.is_private(),
        topic,
        sender: Some(from.sender()),
        kind: EventKind::Press(Press {
            query_id: query.id,
            message_id,
            data,
        }),
    })
}

fn member_event(change: MemberChange) -> Option<Event> {
    let chat = change.chat?;
    let now = change.new_chat_member.unwrap_or_default();
    let present = match now.status.as_str() {
        "creator" | "administrator" | "member" => true,
        "restricted" => now.is_member,
        _ => false,
    };
    let kind = if chat.is_private() {
        EventKind::Reachable(present)
    } else {
        EventKind::Member {
            present,
            title: clean(chat.title.as_deref().unwrap_or_default()),
        }
    };
    Some(Event {
        chat: ChatId(chat.id),
        private: chat.is_private(),
        topic: None,
        sender: change.from.as_ref().map(User::sender),
        kind,
    })
}

/// PostgreSQL takes no NUL; Telegram's clients send none on purpose.
fn clean(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(MAX_TEXT).collect()
}

fn micro(degrees: f64) -> i64 {
    // Telegram's degrees lie within ±180, far inside what the cast can hold.
    (degrees * 1e6).round() as i64
}

#[cfg(test)]
mod tests;
