//! The first sheet of an Excel workbook. Formulas count as the values that were saved with them.

use std::io::{Cursor, Read as _, copy, sink};

use calamine::{DataRef, Reader as _, Xlsx};

use super::{Gather, MAX_COLUMNS, clipped};
use crate::chat::FileFault;
use crate::domain::quick::Words;

/// The most bytes that a workbook may unpack to. A list of ten thousand rows is about one
/// megabyte; what is made to fill memory is a thousand times its own size.
const MOST_UNPACKED: u64 = 16 << 20;

/// The most parts of a workbook.
const MOST_PARTS: usize = 1_000;

/// Reads the rows of the first sheet.
pub(super) fn rows<'w>(bytes: &[u8], words: &'w Words) -> Result<Gather<'w>, FileFault> {
    // An old workbook, and one with a password, are packed in this.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(FileFault::Broken);
    }
    if !bytes.starts_with(b"PK") {
        return Err(FileFault::OtherKind);
    }
    measure(bytes)?;
    let broken = |_| FileFault::Broken;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = book.sheet_names().first().cloned();
    let sheet = sheet.ok_or(FileFault::Empty)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut gather = Gather::new(words);
    // Cell by cell: a sheet may claim to be as large as it likes.
    let (mut row, mut at): (Vec<String>, Option<u32>) = (Vec::new(), None);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (line, column) = cell.get_position();
        if at != Some(line) {
            gather.row(std::mem::take(&mut row));
            at = Some(line);
        }
        let column = column as usize;
        if column < MAX_COLUMNS {
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if let Some(place) = row.get_mut(column) {
                *place = clipped(&words_of(cell.get_value()));
            }
        }
    }
    gather.row(row);
    Ok(gather)
}

/// Unpacks it into nothing, to see how much it is: what it says of itself may be a lie.
fn measure(bytes: &[u8]) -> Result<(), FileFault> {
    let broken = |_| FileFault::Broken;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(FileFault::Bomb);
    }
    let mut room = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| FileFault::Broken)?;
        let unpacked = copy(&mut part.take(room + 1), &mut sink()).map_err(broken)?;
        room = room.checked_sub(unpacked).ok_or(FileFault::Bomb)?;
    }
    Ok(())
}

fn words_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Without a needless ".0": an article number is often kept as a number.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
