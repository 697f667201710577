//! The boundary to the application: what the engine asks of it.

use std::future::Future;

use crate::app::{Outcome, TurnError, TurnInput};
use crate::chat::{Event, FileFault, Read};
use crate::kernel::Locale;
use crate::store::glance::Ask;
use crate::store::sessions::Session;

use super::receive::Receiving;

/// Decides turns. The real one calls `app`; tests bring their own.
pub trait Handler: Send + Sync + 'static {
    /// What the turn of an event will look at first, to be looked at for several turns at once;
    /// none: nothing.
    fn ask(&self, _event: &Event, _session: Option<&Session>) -> Option<Ask> {
        None
    }

    /// One turn: reads and writes the domain in the turn's transaction, and says what is to be
    /// written and sent for it. Awaits the store and nothing else.
    fn turn(&self, input: TurnInput<'_>)
    -> impl Future<Output = Result<Outcome, TurnError>> + Send;

    /// The turn of a row that failed for good: an apology to who sent it and an alert to the
    /// owner, with the row's id (`cause`).
    fn dead(&self, input: TurnInput<'_>)
    -> impl Future<Output = Result<Outcome, TurnError>> + Send;

    /// The notice on a tap that is not handled because too many of its lane wait; in the
    /// language that the person is known to read, or that their app speaks. None: no words.
    fn too_fast(&self, known: Option<&Locale>, language: Option<&str>) -> Option<String>;

    /// The bytes of a picture of the shop, by its path.
    fn photo(&self, path: &str) -> Option<Vec<u8>>;

    /// Reads a file that somebody sent, by its name and what is in it. Called outside of any turn,
    /// on a thread that may be kept busy for a while.
    fn read_file(&self, _name: &str, _bytes: &[u8]) -> Result<Read, FileFault> {
        Err(FileFault::OtherKind)
    }

    /// Reads the shop's folder again, as a turn asked; the faults, one a line, if it has any.
    fn reload(&self) -> impl Future<Output = Result<(), String>> + Send {
        async { Ok(()) }
    }

    /// How updates come, by the folder as it was read last; none: as before.
    fn receiving(&self) -> Option<Receiving> {
        None
    }

    /// A digest of the shop's files as they were read: instances compare them.
    fn files(&self) -> String {
        String::new()
    }

    /// Reads the shop's folder again, as another instance did, and takes it only if its files are
    /// now those of `files`; false if they are not, or have faults.
    fn follow(&self, files: &str) -> impl Future<Output = bool> + Send {
        let same = self.files() == files;
        async move { same }
    }

    /// The last preparation before the first turn, when it is certain that this process may work
    /// on this database. The error is for the operator.
    fn begin(&self) -> impl Future<Output = Result<(), TurnError>> + Send {
        async { Ok(()) }
    }
}
