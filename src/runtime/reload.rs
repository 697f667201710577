//! Reads the shop's folder again after a turn that asked for it was committed, and tells whoever
//! asked. One at a time: readings never overtake each other.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::chat::{Event, EventKind};
use crate::kernel::ChatId;
use crate::store::{StoreError, inbox};

use super::engine::Shared;
use super::handler::Handler;
use super::tick::internal;

/// Takes the chats of the people who asked, in private: there the chat is the lane.
pub(super) async fn run<H: Handler>(
    shared: Arc<Shared<H>>,
    mut wishes: mpsc::UnboundedReceiver<ChatId>,
) {
    loop {
        let chat = tokio::select! {
            wish = wishes.recv() => wish,
            () = shared.stopped() => None,
        };
        let Some(chat) = chat else { return };
        let faults = shared.handler.reload().await.err().unwrap_or_default();
        if let Some(receiving) = shared.handler.receiving() {
            shared.receive_by(receiving);
        }
        if let Err(error) = tell(&shared, chat, faults).await {
            // The folder is read; only the word about it is lost, and can be asked for again.
            tracing::warn!(%error, "nobody was told that the folder was read again");
        }
    }
}

async fn tell<H>(shared: &Shared<H>, chat: ChatId, faults: String) -> Result<(), StoreError> {
    let event = Event {
        chat,
        private: true,
        topic: None,
        sender: None,
        kind: EventKind::Reloaded { faults },
    };
    let now = shared.clock.now();
    let mut tx = shared.db.begin().await?;
    let id = shared.next_place(&mut shared.places(&mut tx).await?);
    let row = internal(id, chat.0.to_string(), &event, None);
    inbox::post(&mut tx, &[row], now).await?;
    inbox::relay(&mut tx, now).await?;
    tx.commit().await?;
    shared.work.notify_one();
    Ok(())
}
