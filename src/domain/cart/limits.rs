//! Limits of a cart, each with its unit and what happens there.

/// Lines in one cart; the next is refused. As many as a list may have that is pasted or sent; cards
/// show the first of them and say how many more there are.
pub const MAX_LINES: i64 = 200;

/// Characters of a note, of a line or of the whole cart; a longer one is refused, not cut, since
/// what is cut off may be the allergy.
pub const MAX_NOTE_CHARS: i64 = 200;

/// Steps (pieces, packs, weight steps) of one line; more is refused. An item's own
/// `max_per_order` is usually far lower.
pub const MAX_UNITS_PER_LINE: i64 = 999;

/// Refuses a note that is too long, naming the limit.
pub(super) fn note(note: &str) -> Result<(), i64> {
    if note.trim().chars().count() as i64 > MAX_NOTE_CHARS {
        Err(MAX_NOTE_CHARS)
    } else {
        Ok(())
    }
}
