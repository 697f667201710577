//! One row on its way: what it needs is loaded, its calls are made, a fault of ours is caught.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;

use crate::chat::{EventKind, FileFault, Photo};
use crate::kernel::ChatId;

use crate::store::cards::{self, Copy, Look, Shown};
use crate::store::outbox::{End, OutRow};
use crate::store::{StoreError, files};
use crate::telegram::render::{Attached, Body, Wanted};
use crate::telegram::send::{Job, Kind, Media, Report, Settlement};

use super::super::engine::Shared;
use super::super::handler::Handler;
use super::Back;

/// A row that no further try would help: a dead letter.
pub(super) fn given_up(row: OutRow, why: &str) -> Back {
    let job = Job::new(row, Body::Strip, Vec::new(), None);
    let report = Report::Settled(Settlement::of(End::Dead(why.to_owned())));
    Back::Report(Box::new(job), report)
}

/// What must be known of a row's card before it can go.
pub(super) fn look_of(row: &OutRow) -> Option<Look> {
    row.card.clone().map(|card| Look {
        chat: row.chat,
        card,
        other: row.takes.clone(),
        message: row.adopt,
    })
}

/// Looks at the cards of several rows at once.
pub(super) async fn look<H: Handler>(
    shared: Arc<Shared<H>>,
    looks: Vec<Look>,
) -> Result<Arc<Vec<Shown>>, Arc<StoreError>> {
    let look = async {
        let mut tx = shared.db.look().await?;
        cards::shown(&mut tx, &looks).await
    };
    look.await.map(Arc::new).map_err(Arc::new)
}

/// Adds what only the database knows: the card's messages, the id of a picture or file.
pub(super) async fn load<H: Handler>(
    shared: &Shared<H>,
    mut row: OutRow,
    shown: Option<Shown>,
) -> Result<Option<Job>, StoreError> {
    let Ok(body) = serde_json::from_str::<Body>(&row.body) else {
        return Ok(None);
    };
    let mut media = match &body {
        Body::Screen(screen) => screen.photo.as_ref().and_then(|photo| match photo {
            Photo::Shop(path) => picture(shared, path),
            Photo::Sent(file_id) => Some(Media {
                kind: Kind::Picture,
                sha256: Vec::new(),
                bytes: Arc::default(),
                file_id: Some(file_id.clone()),
            }),
        }),
        Body::Document(_, file) => Some(document(file)),
        Body::Strip | Body::Commands(_) | Body::Fetch(_) => None,
    };
    let Shown {
        mut copies,
        other,
        is_known,
    } = shown.unwrap_or_default();
    if copies.is_empty() {
        copies = other;
        taken_over(&mut copies, row.cause);
    }
    // A message that we know of is no doubled copy of this card.
    row.adopt = row.adopt.filter(|_| !is_known);
    if let Some(media) = media.as_mut().filter(|media| media.file_id.is_none()) {
        let mut tx = shared.db.look().await?;
        media.file_id = files::find(&mut tx, &media.sha256).await?;
    }
    Ok(Some(Job::new(row, body, copies, media)))
}

/// Messages that become another card's: the other's versions say nothing of this one. What is
/// newer than the turn that takes them over stays as it is.
fn taken_over(copies: &mut Vec<Copy>, cause: Option<i64>) {
    copies.retain(|copy| cause.is_none_or(|cause| copy.version <= cause));
    for copy in copies {
        copy.version = 0;
    }
}

fn picture<H: Handler>(shared: &Shared<H>, path: &str) -> Option<Media> {
    use sha2::Digest;
    let Some(bytes) = shared.handler.photo(path) else {
        tracing::warn!(path, "a picture is missing; sent without it");
        return None;
    };
    Some(Media {
        kind: Kind::Picture,
        sha256: sha2::Sha256::digest(&bytes).to_vec(),
        bytes: Arc::new(bytes),
        file_id: None,
    })
}

/// A file under the hash of its name and what is in it: the same one is uploaded once, whoever asks
/// for it, and after a crash that came behind the note of its id.
fn document(file: &Attached) -> Media {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for part in [file.name.as_bytes(), file.mime.as_bytes()] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(file.bytes.as_slice());
    Media {
        kind: Kind::Document(file.name.clone(), file.mime.clone()),
        sha256: hash.finalize().to_vec(),
        bytes: Arc::clone(&file.bytes),
        file_id: None,
    }
}

/// A fault of ours in one row must not hold its chat for ever: the row becomes a dead letter.
pub(super) async fn guarded(row: OutRow, flight: impl Future<Output = Back>) -> (ChatId, Back) {
    let chat = row.chat;
    let back = AssertUnwindSafe(flight).catch_unwind().await;
    (
        chat,
        back.unwrap_or_else(|_| given_up(row, "the sender broke")),
    )
}

pub(super) async fn fly<H: Handler>(shared: &Arc<Shared<H>>, mut job: Job) -> Back {
    let mut report = job.run(&shared.client).await;
    if let (Report::Settled(settlement), Body::Fetch(wanted)) = (&mut report, &job.body) {
        heard(shared, settlement, wanted).await;
    }
    Back::Report(Box::new(job), report)
}

/// Turns what was fetched into what its sender's chat hears. Reading takes time, so it happens
/// here and not in a turn; a file that breaks the reader is a broken file.
pub(super) async fn heard<H: Handler>(
    shared: &Arc<Shared<H>>,
    settlement: &mut Settlement,
    wanted: &Wanted,
) {
    let read = match settlement.fetched.take() {
        None => return,
        Some(Err(fault)) => Err(fault),
        Some(Ok(bytes)) => {
            let (shared, name) = (Arc::clone(shared), wanted.file.name.clone());
            let read = move || shared.handler.read_file(&name, &bytes);
            let read = tokio::task::spawn_blocking(read).await;
            read.unwrap_or(Err(FileFault::Broken))
        }
    };
    settlement.heard = Some(Box::new(EventKind::Fetched {
        name: wanted.file.name.clone(),
        read,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_newer_than_the_turn_is_not_taken_over() {
        let copy = |message_id, version| Copy {
            message_id,
            version,
            photo: false,
        };
        let mut copies = vec![copy(1, 40), copy(2, 42), copy(3, 41)];
        taken_over(&mut copies, Some(41));
        assert_eq!(copies, [copy(1, 0), copy(3, 0)]);
    }
}
