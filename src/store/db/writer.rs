//! SQLite's one writer: a connection behind a fair lock.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

use super::super::error::{Fault, Kind, classify};
use super::super::sqlite::{NOTHING, Role, Sqlite};

/// The connection that writes; none after a fault, until the next transaction.
pub(in super::super) struct Writer {
    file: PathBuf,
    conn: Option<Sqlite>,
}

/// The writer, held by one transaction.
pub(in super::super) type Held = OwnedMutexGuard<Writer>;

impl Writer {
    pub(super) fn open(file: PathBuf) -> Result<Arc<Mutex<Self>>, Fault> {
        let conn = Some(Sqlite::open(&file, Role::Writer)?);
        Ok(Arc::new(Mutex::new(Self { file, conn })))
    }

    /// The connection, if there is one.
    pub(in super::super) fn conn(&mut self) -> Option<&mut Sqlite> {
        self.conn.as_mut()
    }

    /// Undoes what was begun and not finished. A connection that can't is given up.
    pub(in super::super) fn undo(&mut self) {
        if let Some(Err(error)) = self.conn.as_mut().map(Sqlite::undo) {
            tracing::error!(%error, "the database connection is given up");
            self.conn = None;
        }
    }

    /// Closes it; a transaction still open is undone.
    pub(super) fn close(&mut self) {
        self.undo();
        self.conn = None;
    }

    fn begin(&mut self, wait: bool) -> Result<(), Fault> {
        // A transaction whose COMMIT nobody awaited may have come to nothing.
        self.undo();
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => Sqlite::open(&self.file, Role::Writer)?,
        };
        self.conn.insert(conn).begin_immediate(wait)
    }
}

/// Begins a transaction. It waits for another process on a thread where waiting harms nobody;
/// dropped meanwhile, the transaction is undone before the next.
pub(super) async fn begin(mut writer: Held) -> Result<Held, Fault> {
    match writer.begin(false) {
        Ok(()) => return Ok(writer),
        Err(fault) if classify(&fault) == Kind::Busy => {}
        Err(fault) => return Err(fault),
    }
    let waited = tokio::task::spawn_blocking(move || {
        let begun = writer.begin(true);
        (writer, begun)
    });
    let (writer, begun) = waited.await.map_err(|_| Fault::Gone)?;
    begun.map(|()| writer)
}

/// Commits on a thread where waiting for the disk harms nobody. Whoever awaits it may go away:
/// the writer is free only when it is done.
pub(in super::super) async fn commit(mut writer: Held) -> Result<(), Fault> {
    let committed = tokio::task::spawn_blocking(move || {
        let committed = match writer.conn() {
            Some(conn) => conn.exec("COMMIT", NOTHING).map(drop),
            None => Err(Fault::Gone),
        };
        writer.undo();
        committed
    });
    committed.await.map_err(|_| Fault::Gone)?
}
