//! What Telegram's error texts mean to the sender. The texts are matched by the part that has
//! stayed the same over the years. Pure.

use super::client::CallError;

/// What a refused call is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It already looks like that.
    NotModified,
    /// The message is gone or can no longer be edited.
    Gone,
    /// A text where the message is a photo, or the other way round.
    WrongKind,
    /// Nobody there: blocked, kicked, deactivated, unknown.
    Unreachable,
    /// The topic is gone or closed.
    NoTopic,
    /// Telegram does not know the file any more.
    WrongFile,
    /// The file is larger than bots may fetch.
    BigFile,
    /// The picture itself is refused.
    BadPicture,
    /// The tap was too long ago.
    TooOld,
    /// Anything else.
    Other,
}

const TEXTS: &[(&str, Refusal)] = &[
    ("message is not modified", Refusal::NotModified),
    ("message to edit not found", Refusal::Gone),
    ("message can't be edited", Refusal::Gone),
    ("message identifier is not specified", Refusal::Gone),
    ("MESSAGE_ID_INVALID", Refusal::Gone),
    ("message to delete not found", Refusal::Gone),
    (
        "there is no text in the message to edit",
        Refusal::WrongKind,
    ),
    (
        "there is no caption in the message to edit",
        Refusal::WrongKind,
    ),
    (
        "there is no media in the message to edit",
        Refusal::WrongKind,
    ),
    ("message can't be edited to media", Refusal::WrongKind),
    ("chat not found", Refusal::Unreachable),
    ("user not found", Refusal::Unreachable),
    ("PEER_ID_INVALID", Refusal::Unreachable),
    ("CHAT_WRITE_FORBIDDEN", Refusal::Unreachable),
    ("not enough rights to send", Refusal::Unreachable),
    ("have no rights to send", Refusal::Unreachable),
    ("group chat was deactivated", Refusal::Unreachable),
    ("message thread not found", Refusal::NoTopic),
    ("TOPIC_CLOSED", Refusal::NoTopic),
    ("TOPIC_DELETED", Refusal::NoTopic),
    ("wrong file identifier", Refusal::WrongFile),
    ("wrong file_id", Refusal::WrongFile),
    ("invalid file_id", Refusal::WrongFile),
    ("file is too big", Refusal::BigFile),
    ("wrong remote file", Refusal::WrongFile),
    ("FILE_REFERENCE", Refusal::WrongFile),
    ("PHOTO_", Refusal::BadPicture),
    ("IMAGE_PROCESS_FAILED", Refusal::BadPicture),
    ("too big for a photo", Refusal::BadPicture),
    ("query is too old", Refusal::TooOld),
    ("QUERY_ID_INVALID", Refusal::TooOld),
];

/// What a refused call means; none if the call was not refused but failed.
pub fn refusal(error: &CallError) -> Option<Refusal> {
    let CallError::Refused { code, description } = error else {
        return None;
    };
    if *code == 403 {
        return Some(Refusal::Unreachable);
    }
    let lower = description.to_ascii_lowercase();
    let found = TEXTS
        .iter()
        .find(|(text, _)| lower.contains(&text.to_ascii_lowercase()));
    Some(found.map_or(Refusal::Other, |(_, refusal)| *refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_own_texts_are_understood() {
        let says = |code, description: &str| {
            refusal(&CallError::Refused {
                code,
                description: description.into(),
            })
        };
        assert_eq!(
            says(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
            ),
            Some(Refusal::NotModified)
        );
        assert_eq!(
            says(400, "Bad Request: message to edit not found"),
            Some(Refusal::Gone)
        );
        assert_eq!(
            says(400, "Bad Request: There is no text in the message to edit"),
            Some(Refusal::WrongKind)
        );
        assert_eq!(
            says(403, "Forbidden: bot was kicked from the supergroup chat"),
            Some(Refusal::Unreachable)
        );
        assert_eq!(
            says(400, "Bad Request: wrong file identifier/HTTP URL specified"),
            Some(Refusal::WrongFile)
        );
        assert_eq!(
            says(400, "Bad Request: BUTTON_DATA_INVALID"),
            Some(Refusal::Other)
        );
        assert_eq!(refusal(&CallError::Server(502)), None);
    }
}
