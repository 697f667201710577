//! SQLite's one writer: a connection behind a fair lock, whose users share a COMMIT.
//!
//! A COMMIT waits for the disk, and that is most of what a small transaction takes. Whoever ends
//! while others wait for the connection therefore leaves the transaction open to them and waits:
//! each works behind a savepoint of its own, the last one commits for all, and none of them is
//! told before. What they lose they lose together, as with any COMMIT that fails.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::super::error::{Fault, Kind, classify};
use super::super::sqlite::{NOTHING, Role, Sqlite};

/// What became of a shared transaction.
type Outcome = Result<(), Kind>;

/// The writer, and who waits for it.
pub(in super::super) struct Desk {
    writer: Arc<Mutex<Writer>>,
    waiting: AtomicUsize,
}

/// The connection that writes; none after a fault, until the next transaction.
pub(in super::super) struct Writer {
    file: PathBuf,
    conn: Option<Sqlite>,
    /// Those who have ended and wait for the COMMIT of the transaction that is open.
    parked: Vec<oneshot::Sender<Outcome>>,
}

/// The writer, held by one transaction.
pub(in super::super) struct Held {
    writer: OwnedMutexGuard<Writer>,
    desk: Arc<Desk>,
}

/// Counts one who waits, as long as it waits.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::AcqRel);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Desk {
    pub(super) fn open(file: PathBuf) -> Result<Arc<Self>, Fault> {
        let writer = Writer {
            conn: Some(Sqlite::open(&file, Role::Writer)?),
            file,
            parked: Vec::new(),
        };
        Ok(Arc::new(Self {
            writer: Arc::new(Mutex::new(writer)),
            waiting: AtomicUsize::new(0),
        }))
    }

    /// Begins a transaction. It waits for another process on a thread where waiting harms nobody;
    /// dropped meanwhile, the transaction is undone before the next.
    pub(super) async fn begin(self: Arc<Self>) -> Result<Held, Fault> {
        let mut writer = self.lock().await;
        match writer.begin(false) {
            Err(fault) if classify(&fault) == Kind::Busy => {}
            begun => return begun.map(|()| Held { writer, desk: self }),
        }
        let waited = tokio::task::spawn_blocking(move || {
            let begun = writer.begin(true);
            (writer, begun)
        });
        let (writer, begun) = waited.await.map_err(|_| Fault::Gone)?;
        begun.map(|()| Held { writer, desk: self })
    }

    async fn lock(&self) -> OwnedMutexGuard<Writer> {
        let _waits = Waits::new(&self.waiting);
        self.writer.clone().lock_owned().await
    }

    /// Closes the connection; who waits for a COMMIT has it before.
    pub(super) async fn close(&self) {
        let mut writer = self.writer.lock().await;
        // Who waits is told; nobody else asks.
        let _told = writer.commit();
        writer.conn = None;
    }

    fn is_wanted(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }
}

impl Writer {
    fn is_shared(&self) -> bool {
        !self.parked.is_empty()
    }

    fn exec(&mut self, text: &str) -> Result<(), Fault> {
        let conn = self.conn.as_mut().ok_or(Fault::Gone)?;
        conn.exec(text, NOTHING).map(drop)
    }

    /// Whether the transaction is still there: SQLite undoes it by itself when a disk is full.
    fn open(&self) -> Result<(), Fault> {
        match &self.conn {
            Some(conn) if conn.is_open() => Ok(()),
            Some(_) | None => Err(Fault::Together(Kind::Busy)),
        }
    }

    fn begin(&mut self, wait: bool) -> Result<(), Fault> {
        if self.is_shared() {
            match self.exec("SAVEPOINT member") {
                Ok(()) => return Ok(()),
                Err(fault) => self.end(Err(classify(&fault))),
            }
        }
        // A transaction whose COMMIT nobody awaited may have come to nothing.
        self.end(Ok(()));
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => Sqlite::open(&self.file, Role::Writer)?,
        };
        self.conn.insert(conn).begin_immediate(wait)
    }

    /// Keeps what the present user wrote and lets the next one go on; the user hears of the
    /// COMMIT.
    fn park(&mut self) -> Result<oneshot::Receiver<Outcome>, Fault> {
        let kept = match self.is_shared() {
            true => self.exec("RELEASE member"),
            false => self.open(),
        };
        if let Err(fault) = kept {
            self.end(Err(Kind::Busy));
            return Err(fault);
        }
        let (tell, told) = oneshot::channel();
        self.parked.push(tell);
        Ok(told)
    }

    /// Undoes what the present user wrote, and nothing else if it can be helped.
    fn undo(&mut self) {
        if self.is_shared() {
            let undone = self.exec("ROLLBACK TO member");
            match undone.and_then(|()| self.exec("RELEASE member")) {
                Ok(()) => return,
                // SQLite undid everything by itself, after a full disk for one.
                Err(fault) => tracing::warn!(%fault, "a shared transaction is lost"),
            }
            return self.end(Err(Kind::Busy));
        }
        self.end(Ok(()));
    }

    fn commit(&mut self) -> Result<(), Fault> {
        let committed = self.open().and_then(|()| self.exec("COMMIT"));
        self.end(match &committed {
            Ok(()) => Ok(()),
            Err(fault) => Err(classify(fault)),
        });
        committed
    }

    /// Leaves no transaction open and tells everybody what became of it. A connection that can't
    /// undo is given up.
    fn end(&mut self, outcome: Outcome) {
        if let Some(Err(error)) = self.conn.as_mut().map(Sqlite::undo) {
            tracing::error!(%error, "the database connection is given up");
            self.conn = None;
        }
        for parked in self.parked.drain(..) {
            // Nobody there any more: the rows decide.
            let _ = parked.send(outcome.clone());
        }
    }
}

impl Held {
    /// The connection, if there is one.
    pub(in super::super) fn conn(&mut self) -> Option<&mut Sqlite> {
        self.writer.conn.as_mut()
    }

    /// Undoes what this transaction wrote.
    pub(in super::super) fn undo(mut self) {
        self.writer.undo();
    }

    /// Commits, with the next ones if there are any. Whoever awaits it may go away: it happens
    /// all the same.
    pub(in super::super) async fn keep(mut self) -> Result<(), Fault> {
        if !self.desk.is_wanted() {
            return commit_now(self.writer).await;
        }
        let is_first = !self.writer.is_shared();
        let told = self.writer.park()?;
        let Self { writer, desk } = self;
        drop(writer);
        if is_first {
            // Behind those who wait now: should none of them commit, this does.
            tokio::spawn(async move {
                let writer = desk.writer.clone().lock_owned().await;
                if writer.is_shared() {
                    // Who waits is told.
                    let _told = commit_now(writer).await;
                }
            });
        }
        let outcome = told.await.map_err(|_| Fault::Gone)?;
        outcome.map_err(Fault::Together)
    }
}

/// Commits on a thread where waiting for the disk harms nobody: the writer is free only when it
/// is done.
async fn commit_now(mut writer: OwnedMutexGuard<Writer>) -> Result<(), Fault> {
    let committed = tokio::task::spawn_blocking(move || writer.commit());
    committed.await.map_err(|_| Fault::Gone)?
}
