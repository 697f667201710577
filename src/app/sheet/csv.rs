//! A table as comma-separated values, RFC 4180, in UTF-8.

use super::{Cell, Sheet};

/// So that spreadsheets read it as UTF-8.
pub const BOM: &str = "\u{feff}";

/// The table's bytes. Days are ISO 8601, amounts plain decimals with as many places as their
/// currency has.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from(BOM);
    let head: Vec<String> = sheet.head.iter().map(|(name, _)| escaped(name)).collect();
    out.push_str(&head.join(","));
    out.push_str("\r\n");
    for row in &sheet.rows {
        let fields: Vec<String> = row.iter().map(field).collect();
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Words(words) => escaped(words),
        // Ours: a minus before it is no formula.
        Cell::Number(number) => number.to_string(),
        Cell::Money(money) => money.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

/// A field in quotes where it needs them, and with an apostrophe before what a spreadsheet takes
/// for a formula.
pub fn escaped(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    let needs_quotes = field.contains([',', '"', '\n', '\r', ';']);
    match needs_quotes {
        true => format!("\"{mark}{}\"", field.replace('"', "\"\"")),
        false => format!("{mark}{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Currency, Money};

    #[test]
    fn nothing_runs_as_a_formula_and_nothing_breaks_out_of_its_field() {
        for (field, wanted) in [
            ("busy", "busy"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("-3", "'-3"),
            ("@sum(a1)", "'@sum(a1)"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(escaped(field), wanted, "{field:?}");
        }
    }

    #[test]
    fn a_table_is_written_line_by_line() {
        let yen = Currency::parse("JPY").unwrap();
        let yuan = Currency::parse("CNY").unwrap();
        let sheet = Sheet {
            title: "x".into(),
            head: vec![("day".into(), 10), ("a, b".into(), 10), ("c".into(), 5)],
            rows: vec![
                vec![
                    Cell::Day("2026-11-03".parse().unwrap()),
                    Cell::Money(Money::new(-12_050, yuan)),
                    Cell::Words("=1+1".into()),
                ],
                vec![
                    Cell::Empty,
                    Cell::Money(Money::new(500, yen)),
                    Cell::Number(-7),
                ],
            ],
        };
        let text = String::from_utf8(csv(&sheet)).unwrap();
        let wanted = "\u{feff}day,\"a, b\",c\r\n2026-11-03,-120.50,'=1+1\r\n,500,-7\r\n";
        assert_eq!(text, wanted);
    }
}
