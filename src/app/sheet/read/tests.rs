//! Files as spreadsheets and people write them, and as nobody should.

use std::io::Write;

use encoding_rs::GB18030;
use proptest::prelude::*;

use super::*;
use crate::domain::quick::Column;

fn words() -> Words {
    let mut words = Words::default();
    words.headings("code, sku, \u{7f16}\u{7801}", Column::Code);
    words.headings("name, \u{54c1}\u{540d}", Column::Name);
    words.headings("quantity, qty, \u{6570}\u{91cf}", Column::Quantity);
    words
}

fn read(name: &str, bytes: &[u8]) -> Result<Read, FileFault> {
    read_sheet(name, bytes, &words())
}

/// Code and quantity of each row, and in what they were written.
fn table(name: &str, bytes: &[u8]) -> (Vec<(String, String)>, Option<Encoding>) {
    match read(name, bytes) {
        Ok(Read::Table {
            columns: [code, name, quantity],
            rows,
            encoding,
            ..
        }) => {
            let cell = |row: &[String], at: Option<usize>| {
                at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
            };
            let pairs = rows
                .iter()
                .map(|row| (cell(row, code.or(name)), cell(row, quantity)));
            (pairs.collect(), encoding)
        }
        other => panic!("{other:?}"),
    }
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn tables_are_read_whatever_separates_and_quotes_them() {
    let wanted = pairs(&[("A-1", "2"), ("B \"x\", y", "3")]);
    for text in [
        "code,quantity\nA-1,2\n\"B \"\"x\"\", y\",3\n",
        "\u{feff}Code;Quantity\r\nA-1;2\r\n\r\n\"B \"\"x\"\", y\";3",
        "QTY\tnote\tSKU\n2\t\tA-1\n3\thi\t\"B \"\"x\"\", y\"\n",
        "sep=|\ncode|quantity\nA-1|2\n\"B \"\"x\"\", y\"|3",
        "Our order,of May\n\ncode,quantity\nA-1,2\n\"B \"\"x\"\", y\",3\n;;\n,\n",
    ] {
        let (rows, encoding) = table("a.csv", text.as_bytes());
        assert_eq!(
            (rows, encoding),
            (wanted.clone(), Some(Encoding::Utf8)),
            "{text:?}"
        );
    }
}

#[test]
fn tables_are_read_in_every_encoding_that_spreadsheets_write() {
    let text = "\u{54c1}\u{540d},\u{6570}\u{91cf}\n\u{62c5}\u{62c5}\u{9762},2\n";
    let wanted = pairs(&[("\u{62c5}\u{62c5}\u{9762}", "2")]);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    let ascii: Vec<u8> = "code,qty\nA-1,2\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(table("a.csv", &ascii).1, Some(Encoding::Utf16));
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (GB18030.encode(text).0.into_owned(), Encoding::Gb18030),
        (marked(&[0xff, 0xfe], &little), Encoding::Utf16),
        (marked(&[0xfe, 0xff], &big), Encoding::Utf16),
    ] {
        assert_eq!(table("a.csv", &bytes), (wanted.clone(), Some(encoding)));
    }
}

#[test]
fn a_workbook_gives_its_values() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Name", "Code", "Qty"].iter().enumerate() {
        sheet.write_string(1, column as u16, *heading).unwrap();
    }
    sheet.write_string(0, 0, "Our order").unwrap();
    sheet.write_number(2, 1, 4711.0).unwrap();
    sheet.write_number(2, 2, 1.5).unwrap();
    let sum = rust_xlsxwriter::Formula::new("=1+1").set_result("2");
    sheet.write_string(5, 1, "=A1").unwrap();
    sheet.write_formula(5, 2, sum).unwrap();
    // A cell far away must not make anybody hold the sheet as large as it claims to be.
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (rows, encoding) = table("a.xlsx", &bytes);
    assert_eq!(rows, pairs(&[("4711", "1.5"), ("=A1", "2")]));
    assert_eq!(encoding, None);
}

#[test]
fn plain_lines_need_no_headings() {
    let read = read("list.txt", b"2 x tea\n\nA-1 3\n").unwrap();
    let wanted = Read::Lines {
        text: "2 x tea\nA-1 3".into(),
        more: 0,
        encoding: Encoding::Utf8,
    };
    assert_eq!(read, wanted);
    assert_eq!(
        table("list.txt", b"code\tqty\nA-1\t3").0,
        pairs(&[("A-1", "3")])
    );
}

#[test]
fn the_first_rows_are_kept_and_the_rest_counted() {
    let text = format!("code,qty\n{}", "A-1,1\n\n".repeat(10_000));
    let Ok(Read::Table { rows, more, .. }) = read("a.csv", text.as_bytes()) else {
        panic!("no table");
    };
    assert_eq!((rows.len(), more), (MAX_ROWS, 10_000 - MAX_ROWS));
    let lines = "tea 1\n".repeat(900);
    let Ok(Read::Lines { text, more, .. }) = read("a.txt", lines.as_bytes()) else {
        panic!("no lines");
    };
    assert_eq!((text.lines().count(), more), (MAX_ROWS, 700));
}

fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(&vec![b' '; *bytes]).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_list_is_found_out() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let bomb = archive(&[
        ("xl/workbook.xml", 100),
        ("xl/worksheets/sheet1.xml", 20 << 20),
    ]);
    assert!(bomb.len() < 1 << 20);
    let many: Vec<String> = (0..1_001).map(|n| format!("p{n}")).collect();
    let many: Vec<(&str, usize)> = many.iter().map(|name| (name.as_str(), 1)).collect();
    for (name, bytes, fault) in [
        ("a.csv", &b""[..], FileFault::Empty),
        ("a.csv", b" \n\t\n", FileFault::Empty),
        ("a.csv", b"code,qty\n", FileFault::Empty),
        ("a.csv", b"colour,size\nred,3\n", FileFault::Headings),
        ("a.csv", png, FileFault::OtherKind),
        ("a.txt", b"%PDF-1.7\n\x01\x02", FileFault::OtherKind),
        ("a.xlsx", png, FileFault::OtherKind),
        ("a.xlsx", b"code,qty\nA,1", FileFault::OtherKind),
        ("a.csv", &archive(&[("a", 10)]), FileFault::OtherKind),
        ("a.xlsx", b"PK\x03\x04 and nothing", FileFault::Broken),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            FileFault::Broken,
        ),
        ("a.xlsx", &archive(&[("a", 10)]), FileFault::Broken),
        ("a.xlsx", &bomb, FileFault::Bomb),
        ("a.xlsx", &archive(&many), FileFault::Bomb),
        ("a.pdf", b"code,qty\nA,1", FileFault::OtherKind),
        ("noname", b"code,qty\nA,1", FileFault::OtherKind),
    ] {
        assert_eq!(
            read(name, bytes),
            Err(fault),
            "{name} {:?}",
            bytes.get(..20)
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let head: &[u8] = [&b""[..], b"code,qty\n", b"PK\x03\x04", b"\xff\xfe"][head];
        let bytes = [head, &bytes].concat();
        for name in ["a.csv", "a.txt", "a.xlsx"] {
            if let Ok(Read::Table { rows, .. }) = read(name, &bytes) {
                prop_assert!(rows.len() <= MAX_ROWS);
            }
        }
    }
}
