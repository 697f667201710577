//! Delivers one outbox row: which calls it takes, in which order, and what their answers mean.
//!
//! A card is edited where it stands, or sent anew and its old copies stripped. A job remembers
//! what it has already done, so that a `retry_after` in the middle repeats nothing. It reads and
//! writes no database: the runtime loads what it needs and settles what it reports.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::chat::{EventKind, FileFault};
use crate::kernel::ChatId;
use crate::store::cards::{CardChange, Copy};
use crate::store::outbox::{End, OutRow};

use super::calls::{self, Call, UPLOAD, UPLOAD_FIELD};
use super::client::{CallError, Client, Upload};
use super::fetch::fetch;
use super::refusal::{Refusal, refusal};
use super::render::{Body, Screen, Wanted};

/// What goes along with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A picture to be shown.
    Picture,
    /// A file to be kept, with its name and media type.
    Document(String, String),
}

/// A picture to be shown, or a file.
#[derive(Debug, Clone)]
pub struct Media {
    /// Which of the two.
    pub kind: Kind,
    /// What is in it; empty for one that somebody sent.
    pub sha256: Vec<u8>,
    /// The bytes, for an upload; none for one that somebody sent.
    pub bytes: Arc<Vec<u8>>,
    /// What Telegram calls it, once it has it.
    pub file_id: Option<String>,
}

/// A row on its way.
#[derive(Debug, Clone)]
pub struct Job {
    /// The row.
    pub row: OutRow,
    /// Its body, read.
    pub body: Body,
    /// The messages that show its card now.
    pub copies: Vec<Copy>,
    /// Its picture, if it has one that exists, or its file.
    pub media: Option<Media>,
    /// Failures so far that will be tried again.
    pub attempts: i64,
    progress: Progress,
}

/// What was already done, and what is to be noted of it.
#[derive(Debug, Clone, Default)]
struct Progress {
    /// The new message, if one was sent; its id, if Telegram told it.
    sent: Option<Option<i64>>,
    /// Messages dealt with.
    handled: Vec<i64>,
    /// Of those, how many show the card now.
    edited: usize,
    changes: Vec<CardChange>,
    new_file: Option<(Vec<u8>, String)>,
    fetched: Option<Result<Vec<u8>, FileFault>>,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// Over; to be settled.
    Settled(Settlement),
    /// This chat waits so long, then the same job goes on.
    Wait(Duration),
    /// Network or server: the same job goes on after a pause.
    Retry(CallError),
    /// The chat has another id: everything of it goes there.
    Migrated(ChatId),
}

/// What is to be written about a job that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// How it ended.
    pub end: End,
    /// What messages show now.
    pub changes: Vec<CardChange>,
    /// A file that Telegram has now: its hash and its id.
    pub file: Option<(Vec<u8>, String)>,
    /// What was fetched, where that was asked for.
    pub fetched: Option<Result<Vec<u8>, FileFault>>,
    /// What the chat is to hear of it.
    pub heard: Option<Box<EventKind>>,
}

impl Settlement {
    /// An end of which nothing else is to be noted.
    pub fn of(end: End) -> Self {
        Self {
            end,
            changes: Vec::new(),
            file: None,
            fetched: None,
            heard: None,
        }
    }
}

/// Failures after which a file is given up. With pauses of at most a few seconds that is some
/// minutes: whoever sent it waits for an answer, and can send it again.
const FETCH_TRIES: i64 = 60;

impl Job {
    /// A job at its beginning. A message that shows the card although we did not know it counts
    /// as a copy.
    pub fn new(row: OutRow, body: Body, copies: Vec<Copy>, media: Option<Media>) -> Self {
        let mut job = Self {
            row,
            body,
            copies,
            media,
            attempts: 0,
            progress: Progress::default(),
        };
        if let Some(message_id) = job.row.adopt
            && !job.copies.iter().any(|copy| copy.message_id == message_id)
        {
            let photo = job.media.is_some();
            job.copies.push(Copy {
                message_id,
                version: 0,
                photo,
            });
        }
        job
    }

    /// Makes the calls that are still to be made.
    pub async fn run(&mut self, client: &Client) -> Report {
        let body = self.body.clone();
        let done = match &body {
            Body::Commands(list) => self.menu(client, list).await,
            Body::Strip => self.strip_all(client, false).await,
            Body::Fetch(wanted) => self.fetch(client, wanted).await,
            Body::Screen(_) if self.is_outdated() => return self.settled(End::Superseded),
            Body::Screen(screen) | Body::Document(screen, _) => self.show(client, screen).await,
        };
        match done {
            Ok(()) => {
                let message_id = self.progress.sent.flatten();
                self.settled(End::Done { message_id })
            }
            Err(error) => self.failed(error),
        }
    }

    fn settled(&mut self, end: End) -> Report {
        Report::Settled(Settlement {
            end,
            changes: std::mem::take(&mut self.progress.changes),
            file: self.progress.new_file.take(),
            fetched: self.progress.fetched.take(),
            heard: None,
        })
    }

    /// What becomes of a job that failed too often; none: it is tried again.
    pub fn given_up(&self) -> Option<Settlement> {
        let is_fetch = matches!(self.body, Body::Fetch(_));
        (is_fetch && self.attempts >= FETCH_TRIES).then(|| Settlement {
            fetched: Some(Err(FileFault::Unreachable)),
            ..Settlement::of(End::Done { message_id: None })
        })
    }

    /// Fetches a file: where it is, and then what is in it.
    async fn fetch(&mut self, client: &Client, wanted: &Wanted) -> Result<(), CallError> {
        let fetched = fetch(client, wanted).await;
        self.progress.fetched = Some(match fetched {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(FileFault::TooBig),
            Err(error) => match refusal(&error) {
                Some(Refusal::BigFile) => Err(FileFault::TooBig),
                Some(_) => Err(FileFault::Gone),
                None => return Err(error),
            },
        });
        Ok(())
    }

    fn failed(&mut self, error: CallError) -> Report {
        match error {
            CallError::RetryAfter(wait) => Report::Wait(wait),
            CallError::Migrated(chat) => Report::Migrated(chat),
            CallError::Refused { .. } => match refusal(&error) {
                Some(Refusal::Unreachable) => self.settled(End::Unreachable(error.to_string())),
                _ => self.settled(End::Dead(error.to_string())),
            },
            CallError::Token(_) | CallError::Server(_) | CallError::Network(_) => {
                Report::Retry(error)
            }
        }
    }

    /// A newer version is already shown.
    fn is_outdated(&self) -> bool {
        self.progress.sent.is_none()
            && self.row.card.is_some()
            && self
                .copies
                .iter()
                .any(|copy| copy.version > self.row.version)
    }

    async fn menu(&mut self, client: &Client, list: &[(String, String)]) -> Result<(), CallError> {
        client
            .call(&calls::commands(self.row.chat, list))
            .await
            .map(|_| ())
    }

    async fn show(&mut self, client: &Client, screen: &Screen) -> Result<(), CallError> {
        if !screen.fresh && screen.reply.is_none() {
            self.edit_all(client, screen).await?;
        }
        if self.progress.edited == 0 && self.progress.sent.is_none() {
            let message_id = self.send_new(client, screen).await?;
            self.progress.sent = Some(message_id);
            if let Some(message_id) = message_id {
                self.note_new(message_id, screen);
            }
        }
        if self.row.card.is_some() && !screen.beside {
            self.strip_all(client, true).await?;
        }
        Ok(())
    }

    /// Edits every copy of the card that can show the screen: a text may become a photo where it
    /// stands, a photo never a text.
    async fn edit_all(&mut self, client: &Client, screen: &Screen) -> Result<(), CallError> {
        for mut copy in self.copies.clone() {
            if self.progress.handled.contains(&copy.message_id)
                || (copy.photo && self.media.is_none())
            {
                continue;
            }
            match self.edit(client, &copy, screen).await {
                Ok(()) => {
                    self.progress.edited += 1;
                    copy.photo = self.media.is_some();
                    self.handled(&copy, true);
                }
                Err(error) => match refusal(&error) {
                    Some(Refusal::NotModified) => {
                        self.progress.edited += 1;
                        self.handled(&copy, true);
                    }
                    Some(Refusal::Gone) => self.handled(&copy, false),
                    // Stripped or taken away below, once the new one is there.
                    Some(Refusal::WrongKind | Refusal::BadPicture | Refusal::WrongFile) => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(())
    }

    async fn edit(
        &mut self,
        client: &Client,
        copy: &Copy,
        screen: &Screen,
    ) -> Result<(), CallError> {
        let (chat, id) = (self.row.chat, copy.message_id);
        if self.media.is_some() {
            let make = |file: &str| calls::edit_photo(chat, id, screen, file);
            match self.with_media(client, make).await {
                Err(error) if self.gives_up_picture(&error) && !copy.photo => {}
                other => return other.map(drop),
            }
        }
        let text = calls::edit_text(chat, id, screen);
        client.call(&text).await.map(drop)
    }

    /// Whether the picture is refused; the screen is shown without it then. A file never is left
    /// out: without it there is nothing to be sent.
    fn gives_up_picture(&mut self, error: &CallError) -> bool {
        let is_picture = |media: &Media| media.kind == Kind::Picture;
        let refused = self.media.as_ref().is_some_and(is_picture)
            && matches!(
                refusal(error),
                Some(Refusal::BadPicture | Refusal::WrongFile)
            );
        if refused {
            tracing::warn!(%error, "a picture is refused; shown without it");
            self.media = None;
        }
        refused
    }

    async fn send_new(
        &mut self,
        client: &Client,
        screen: &Screen,
    ) -> Result<Option<i64>, CallError> {
        let answer = match self.try_send(client, screen).await {
            Err(error) if refusal(&error) == Some(Refusal::NoTopic) && screen.topic.is_some() => {
                tracing::warn!(chat = self.row.chat.0, "a topic is gone; sent without it");
                let mut screen = screen.clone();
                screen.topic = None;
                self.try_send(client, &screen).await?
            }
            Err(error) if self.gives_up_picture(&error) => self.try_send(client, screen).await?,
            other => other?,
        };
        Ok(answer.get("message_id").and_then(Value::as_i64))
    }

    async fn try_send(&mut self, client: &Client, screen: &Screen) -> Result<Value, CallError> {
        let chat = self.row.chat;
        match self.media.as_ref().map(|media| &media.kind) {
            None => client.call(&calls::send_text(chat, screen)).await,
            Some(Kind::Picture) => {
                self.with_media(client, |file| calls::send_photo(chat, screen, file))
                    .await
            }
            Some(Kind::Document(..)) => {
                self.with_media(client, |file| calls::send_document(chat, screen, file))
                    .await
            }
        }
    }

    /// By its id if Telegram has it, else with the bytes.
    async fn with_media(
        &mut self,
        client: &Client,
        make: impl Fn(&str) -> Call,
    ) -> Result<Value, CallError> {
        let Some(media) = &mut self.media else {
            return Ok(Value::Null);
        };
        if let Some(file_id) = &media.file_id {
            match client.call(&make(file_id)).await {
                Err(error)
                    if refusal(&error) == Some(Refusal::WrongFile) && !media.bytes.is_empty() =>
                {
                    media.file_id = None; // forgotten by Telegram, or another bot's
                }
                other => return other,
            }
        }
        let answer = client.upload(&make(UPLOAD), media.upload()).await?;
        if let Some(file_id) = file_id_in(&answer) {
            media.file_id = Some(file_id.clone());
            self.progress.new_file = Some((media.sha256.clone(), file_id));
        }
        Ok(answer)
    }

    /// Takes the buttons from the copies that were not edited. With `old`, they no longer show
    /// the card; a copy of the other kind is taken away altogether.
    async fn strip_all(&mut self, client: &Client, old: bool) -> Result<(), CallError> {
        let chat = self.row.chat;
        for copy in self.copies.clone() {
            if self.progress.handled.contains(&copy.message_id) {
                continue;
            }
            if old && copy.photo != self.media.is_some() {
                match client.call(&calls::delete(chat, copy.message_id)).await {
                    Ok(_) => {
                        self.handled(&copy, false);
                        continue;
                    }
                    // Older than 48 hours: it keeps its text and loses its buttons.
                    Err(CallError::Refused { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            match client.call(&calls::strip(chat, copy.message_id)).await {
                Ok(_) => {}
                Err(error) => match refusal(&error) {
                    Some(Refusal::Unreachable) | None => return Err(error),
                    Some(_) => {} // not modified, gone: it has no buttons
                },
            }
            self.handled(&copy, !old);
        }
        Ok(())
    }

    fn handled(&mut self, copy: &Copy, live: bool) {
        self.progress.handled.push(copy.message_id);
        let Some(card) = &self.row.card else { return };
        self.progress.changes.push(CardChange {
            chat: self.row.chat,
            card: card.clone(),
            message_id: copy.message_id,
            version: self.row.version.max(copy.version),
            photo: copy.photo,
            live,
        });
    }

    fn note_new(&mut self, message_id: i64, screen: &Screen) {
        let card = match &self.row.card {
            Some(card) => card.clone(),
            None if screen.inline.is_some() => String::new(),
            None => return,
        };
        self.progress.changes.push(CardChange {
            chat: self.row.chat,
            live: !card.is_empty() && screen.reply.is_none(), // that one can't be edited
            card,
            message_id,
            version: self.row.version,
            photo: self.media.is_some(),
        });
    }
}

impl Media {
    fn upload(&self) -> Upload<'_> {
        let (name, mime) = match &self.kind {
            Kind::Picture => ("picture.png", None),
            Kind::Document(name, mime) => (name.as_str(), Some(mime.as_str())),
        };
        Upload {
            field: UPLOAD_FIELD,
            name,
            mime,
            bytes: self.bytes.as_ref().clone(),
        }
    }
}

/// The id of the file that a message carries; of a photo, that of its largest size.
fn file_id_in(message: &Value) -> Option<String> {
    let photo = message.get("photo").and_then(Value::as_array);
    let file = match photo {
        Some(sizes) => sizes.last()?,
        None => message.get("document")?,
    };
    Some(file.get("file_id")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::SentFile;

    fn job(body: Body) -> Job {
        let row = OutRow {
            id: 1,
            chat: ChatId(7),
            card: None,
            version: 0,
            hasty: true,
            adopt: None,
            takes: None,
            body: String::new(),
            cause: None,
        };
        Job::new(row, body, Vec::new(), None)
    }

    #[test]
    fn a_file_that_never_comes_is_given_up_and_nothing_else_is() {
        let file = SentFile {
            file_id: "x".into(),
            name: "a.csv".into(),
            mime: String::new(),
            size: None,
        };
        let mut fetch = job(Body::Fetch(Wanted { file, most: 10 }));
        let mut strip = job(Body::Strip);
        for tries in 0..FETCH_TRIES {
            (fetch.attempts, strip.attempts) = (tries, tries);
            assert!(fetch.given_up().is_none() && strip.given_up().is_none());
        }
        (fetch.attempts, strip.attempts) = (FETCH_TRIES, FETCH_TRIES);
        let end = fetch.given_up().unwrap();
        assert_eq!(end.fetched, Some(Err(FileFault::Unreachable)));
        assert_eq!(end.end, End::Done { message_id: None });
        assert!(strip.given_up().is_none());
    }
}
