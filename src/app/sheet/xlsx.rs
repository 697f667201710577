//! A table as an Excel workbook.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Sheet};
use crate::kernel::Money;

/// The most characters of a sheet's name.
const TITLE_CHARS: usize = 31;

/// The workbook's bytes.
///
/// # Errors
/// The table is larger than a sheet may be.
pub fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(title(&sheet.title))?;
    let bold = Format::new().set_bold();
    for (column, (name, width)) in (0..).zip(&sheet.head) {
        page.write_string_with_format(0, column, name, &bold)?;
        page.set_column_width(column, *width)?;
    }
    page.set_freeze_panes(1, 0)?;
    let formats = Formats::new(sheet);
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            write(page, (row, column), cell, &formats)?;
        }
    }
    workbook.save_to_buffer()
}

struct Formats {
    day: Format,
    money: Format,
}

impl Formats {
    fn new(sheet: &Sheet) -> Self {
        let amounts = sheet.rows.iter().flatten().find_map(|cell| match cell {
            Cell::Money(money) => Some(money.currency.decimals()),
            _ => None,
        });
        let money = match amounts {
            Some(0) => "#,##0".to_owned(),
            decimals => format!("#,##0.{}", "0".repeat(decimals.unwrap_or(2).into())),
        };
        Self {
            day: Format::new().set_num_format("yyyy-mm-dd"),
            money: Format::new().set_num_format(money),
        }
    }
}

fn write(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Words(words) => {
            page.write_string(row, column, words)?;
        }
        Cell::Number(number) => {
            page.write_number(row, column, *number as f64)?;
        }
        Cell::Money(money) => {
            page.write_number_with_format(row, column, decimal(*money), &formats.money)?;
        }
        Cell::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
            Ok(date) => {
                page.write_datetime_with_format(row, column, &date, &formats.day)?;
            }
            // Excel knows no day before 1900.
            Err(_) => {
                page.write_string(row, column, day.to_string())?;
            }
        },
    }
    Ok(())
}

/// An amount as a spreadsheet keeps every number. It is computed with here no more: the nearest
/// float to the decimal shows that decimal again up to 15 digits, more than an account may hold.
fn decimal(money: Money) -> f64 {
    money.to_string().parse().unwrap_or_default()
}

/// A name that a sheet may have.
fn title(words: &str) -> String {
    let allowed = |c: &char| !"[]:*?/\\'".contains(*c) && !c.is_control();
    let name: String = words.chars().filter(allowed).take(TITLE_CHARS).collect();
    match name.trim() {
        "" => "1".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::kernel::Currency;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            title: "Statement: [a/b]".into(),
            head: vec![
                ("Day".into(), 12),
                ("Amount".into(), 14),
                ("Words".into(), 30),
            ],
            rows,
        }
    }

    fn row(day: &str, minor: i64, words: &str) -> Vec<Cell> {
        vec![
            Cell::Day(day.parse().unwrap()),
            Cell::Money(Money::new(minor, Currency::parse("CNY").unwrap())),
            Cell::Words(words.into()),
        ]
    }

    #[test]
    fn a_workbook_opens_with_numbers_days_and_plain_words() {
        let bytes = xlsx(&sheet(vec![
            row("2026-11-03", -12_050, "=1+1"),
            row("2026-11-04", 1_000_000_000_001, "王 & <b>"),
        ]));
        let bytes = bytes.unwrap();
        let page = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(
            page.contains("<c r=\"B2\" s=\"3\"><v>-120.5</v></c>"),
            "{page}"
        );
        assert!(page.contains("<v>10000000000.01</v>"), "{page}");
        // The third of November 2026 in days since 1900.
        assert!(page.contains("<v>46329</v>"), "{page}");
        assert!(!page.contains("<f>"), "{page}");
        let words = part(&bytes, "xl/sharedStrings.xml");
        assert!(
            words.contains("=1+1") && words.contains("王 &amp; &lt;b&gt;"),
            "{words}"
        );
        assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Statement ab\""));
        let styles = part(&bytes, "xl/styles.xml");
        assert!(
            styles.contains("#,##0.00") || page.contains("s=\"3\""),
            "{styles}"
        );
    }

    #[test]
    fn twenty_thousand_rows_fit_into_one_message() {
        let rows = vec![row("2026-11-03", 12_345, "a reference"); 20_002];
        let bytes = xlsx(&sheet(rows.clone())).unwrap();
        assert!(bytes.len() < crate::chat::MOST_BYTES, "{}", bytes.len());
        let bytes = super::super::csv(&sheet(rows));
        assert!(bytes.len() < crate::chat::MOST_BYTES, "{}", bytes.len());
    }
}
