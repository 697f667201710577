//! The end of turns: what they decided is written and committed, then others hear of it, never
//! before.

use tokio::sync::mpsc;

use crate::kernel::ChatId;
use crate::store::{Engine, StoreError, Tx, inbox};

use super::super::engine::{Places, Shared};
use super::super::handler::Handler;
use super::super::send::News;
use super::super::turn::Writes;

/// Writes and commits, then lets others know. `places`: for the rows, from after the last turn.
pub(super) async fn commit<H: Handler>(
    shared: &Shared<H>,
    mut tx: Tx,
    mut writes: Writes,
    mut places: Places,
) -> Result<(), StoreError> {
    if writes.len() == 0 {
        return tx.rollback().await;
    }
    writes.number(shared, &mut places);
    writes.write(shared, &mut tx).await?;
    let statements = (tx.statements(), tx.statements_on_account());
    let posted = writes.has_posted();
    // One writer: no other transaction can hold these lanes.
    if posted && tx.engine() == Engine::Sqlite {
        inbox::relay(&mut tx, shared.clock.now()).await?;
    }
    let relay = posted && tx.engine() == Engine::Postgres;
    let announced = Announced::new(shared, &writes);
    tx.commit().await?;
    shared
        .counters
        .turns_committed(writes.len() as u64, statements.0, statements.1);
    for answer in writes.answers {
        shared.answer(answer);
    }
    for chat in writes.reloads {
        // An error means that the engine is stopping: the next start reads the folder.
        let _ = shared.reloads.send(chat);
    }
    if !writes.rows.is_empty() {
        announced.tell(News::Rows(writes.rows));
    }
    drop(announced);
    if relay {
        let mut tx = shared.db.begin().await?;
        inbox::relay(&mut tx, shared.clock.now()).await?;
        tx.commit().await?;
    }
    if posted {
        shared.work.notify_one();
    }
    Ok(())
}

/// Rows that the sender is told of before their commit, so that nothing of the same chat that is
/// committed after them goes first. Dropped, it says that nothing more comes.
struct Announced<'a> {
    sends: &'a mpsc::UnboundedSender<News>,
    rows: Vec<(ChatId, i64)>,
}

impl<'a> Announced<'a> {
    fn new<H>(shared: &'a Shared<H>, writes: &Writes) -> Self {
        let rows: Vec<_> = writes.rows.iter().map(|row| (row.chat, row.id)).collect();
        let announced = Self {
            sends: &shared.sends,
            rows,
        };
        if !announced.rows.is_empty() {
            announced.tell(News::Soon(announced.rows.clone()));
        }
        announced
    }

    fn tell(&self, news: News) {
        // An error means that the sender has ended: the next start sends what is committed.
        let _ended = self.sends.send(news);
    }
}

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            self.tell(News::Over(rows));
        }
    }
}
