//! SQLite's readers: a few connections that see what was committed when they begin.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::error::Fault;
use super::super::sqlite::{NOTHING, Role, Sqlite};
use super::connect::ACQUIRE_TIMEOUT;

/// Readers are reports and `verify`; turns use the writer.
const READERS: usize = 4;

/// The connections that nobody uses now.
pub(super) struct Readers {
    file: PathBuf,
    role: Role,
    free: Mutex<Vec<Sqlite>>,
    slots: Arc<Semaphore>,
}

/// A reader in use. Dropped inside a transaction it leaves it.
pub(in super::super) struct Reader {
    conn: Option<Sqlite>,
    home: Arc<Readers>,
    _slot: OwnedSemaphorePermit,
}

impl Readers {
    /// Opens the first, so that a file that can't be read is known at once.
    pub(super) fn open(file: PathBuf, role: Role) -> Result<Arc<Self>, Fault> {
        let first = Sqlite::open(&file, role)?;
        Ok(Arc::new(Self {
            file,
            role,
            free: Mutex::new(vec![first]),
            slots: Arc::new(Semaphore::new(READERS)),
        }))
    }

    /// Waits for a free one and begins to read.
    pub(super) async fn begin(self: &Arc<Self>) -> Result<Reader, Fault> {
        let slot = self.slots.clone().acquire_owned();
        let slot = tokio::time::timeout(ACQUIRE_TIMEOUT, slot)
            .await
            .map_err(|_| Fault::NoneFree)?
            .map_err(|_| Fault::Gone)?;
        let free = self.lock().pop();
        let mut conn = match free {
            Some(conn) => conn,
            None => Sqlite::open(&self.file, self.role)?,
        };
        conn.exec("BEGIN", NOTHING)?;
        Ok(Reader {
            conn: Some(conn),
            home: self.clone(),
            _slot: slot,
        })
    }

    /// Closes them all; those in use, once they are not.
    pub(super) fn close(&self) {
        self.slots.close();
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Sqlite>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader {
    /// The connection.
    pub(in super::super) fn conn(&mut self) -> Option<&mut Sqlite> {
        self.conn.as_mut()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(mut conn) = self.conn.take()
            && conn.undo().is_ok()
            && !self.home.slots.is_closed()
        {
            self.home.lock().push(conn);
        }
    }
}
