//! For tests alone: which places of the code have told a fault. What tells faults marks itself
//! `#[track_caller]` and calls [`seen`]; a test then holds the places against the source, so that
//! no fault is without an example.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::Location;

/// File and line of each place.
pub type Sites = BTreeSet<(String, u32)>;

thread_local! {
    static SEEN: RefCell<Sites> = const { RefCell::new(Sites::new()) };
}

/// A place has told a fault.
pub fn seen(at: &Location<'_>) {
    let site = (at.file().to_owned(), at.line());
    SEEN.with_borrow_mut(|seen| seen.insert(site));
}

/// The places so far, in this thread.
pub fn all() -> Sites {
    SEEN.with_borrow(Clone::clone)
}
