//! A table in CSV as spreadsheets write it (RFC 4180). Pure; knows nothing of accounts.

/// A record with the number of the line on which it begins, 1-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line.
    pub at: usize,
    /// Its fields, without the quotes around them.
    pub fields: Vec<String>,
}

/// The records of a text, empty lines left out.
///
/// # Errors
/// The line on which a quote is opened that nothing closes.
pub fn records(text: &str) -> Result<Vec<Record>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Vec::new();
    let mut signs = text.chars().peekable();
    let (mut line, mut at) = (1, 1);
    let mut fields: Vec<String> = Vec::new();
    let mut field = String::new();
    let mut quoted = None;
    while let Some(sign) = signs.next() {
        line += usize::from(sign == '\n');
        match (sign, quoted) {
            ('"', Some(_)) if signs.peek() == Some(&'"') => {
                signs.next();
                field.push('"');
            }
            ('"', Some(_)) => quoted = None,
            (other, Some(_)) => field.push(other),
            ('"', None) if field.is_empty() => quoted = Some(line),
            (',', None) => fields.push(std::mem::take(&mut field)),
            ('\r', None) if signs.peek() == Some(&'\n') => {}
            ('\n', None) => {
                fields.push(std::mem::take(&mut field));
                records.extend(record(at, std::mem::take(&mut fields)));
                at = line;
            }
            (other, None) => field.push(other),
        }
    }
    if let Some(opened) = quoted {
        return Err(opened);
    }
    fields.push(field);
    records.extend(record(at, fields));
    Ok(records)
}

fn record(at: usize, fields: Vec<String>) -> Option<Record> {
    let is_empty = fields.iter().all(|field| field.trim().is_empty());
    (!is_empty).then_some(Record { at, fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        let records = records(text).unwrap();
        records.into_iter().map(|r| (r.at, r.fields)).collect()
    }

    #[test]
    fn quotes_hold_commas_breaks_and_quotes() {
        let text = "\u{feff}a,b\r\n\"1,2\",\"say \"\"hi\"\"\r\nnow\"\r\n\r\n,,\nlast,";
        let wanted = [
            (1, vec!["a", "b"]),
            (2, vec!["1,2", "say \"hi\"\r\nnow"]),
            (6, vec!["last", ""]),
        ];
        let wanted =
            wanted.map(|(at, fields)| (at, fields.into_iter().map(str::to_owned).collect()));
        assert_eq!(read(text), wanted);
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_quote_that_nothing_closes_is_named() {
        assert_eq!(records("a\nb,\"c\nd"), Err(2));
    }
}
