//! Files that people send in transcripts, made of a few words.

use std::io::Write;

use encoding_rs::GB18030;

/// The bytes of a file: `how` is `text`, `gbk`, `utf16`, `xlsx`, `png`, `bomb`, `30 MB`, or
/// `10000 rows` (the words and then so many rows of `a4-paper,1`).
pub fn bytes(how: &str, words: &str) -> Result<Vec<u8>, String> {
    if let Some(size) = how.strip_suffix(" MB") {
        let size: usize = size.parse().map_err(|_| format!("{how:?} is no size"))?;
        return Ok(vec![b'x'; size << 20]);
    }
    if let Some(count) = how.strip_suffix(" rows") {
        let count: usize = count.parse().map_err(|_| format!("{how:?} is no number"))?;
        return Ok(format!("{words}\n{}", "a4-paper,1\n".repeat(count)).into_bytes());
    }
    match how {
        "text" => Ok(words.as_bytes().to_vec()),
        "gbk" => Ok(GB18030.encode(words).0.into_owned()),
        "utf16" => Ok(utf16(words)),
        "xlsx" => workbook(words),
        "png" => Ok(include_bytes!("pixel.png").to_vec()),
        "bomb" => Ok(bomb()),
        other => Err(format!("nobody knows how to make {other:?}")),
    }
}

fn utf16(words: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(words.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// A workbook of these rows; a cell of digits is a number, one that begins with `=` a formula
/// whose saved value is what stands behind `#`.
pub fn workbook(words: &str) -> Result<Vec<u8>, String> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in words.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let at = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            let written = match (cell.parse::<f64>(), cell.split_once('#')) {
                (Ok(number), _) => sheet.write_number(at.0, at.1, number),
                (_, Some((formula, value))) if cell.starts_with('=') => {
                    let formula = rust_xlsxwriter::Formula::new(formula).set_result(value);
                    sheet.write_formula(at.0, at.1, formula)
                }
                _ => sheet.write_string(at.0, at.1, cell),
            };
            written.map_err(|e| e.to_string())?;
        }
    }
    book.save_to_buffer().map_err(|e| e.to_string())
}

/// A workbook whose first sheet unpacks to 64 MB, packed in less than one.
pub fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    archive
        .start_file("xl/worksheets/sheet1.xml", options)
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..64 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
