//! Where words stand: in files and logs in clear, in whatever form, and in sealed columns once these
//! are opened with the key. Must never pass over a table because it does not know it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ks_order::store::Keys;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Builder;

use crate::support::db::KEY;
use crate::support::table::Tables;

/// Everything that was logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A runtime each of whose threads logs everything into `log`.
pub fn logging(log: &Log) -> tokio::runtime::Runtime {
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let dispatch = tracing::Dispatch::new(subscriber);
    // With a single dispatcher alive, a place in the code that another test comes by first would be
    // silent for ever: that test's thread logs nowhere.
    static SECOND: OnceLock<tracing::Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| {
        let sink = tracing_subscriber::fmt().with_writer(io::sink);
        tracing::Dispatch::new(sink.with_max_level(tracing::Level::TRACE).finish())
    });
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(ks_order::runtime::STACK_BYTES)
        .on_thread_start(move || {
            std::mem::forget(tracing::dispatcher::set_default(&dispatch));
        })
        .enable_all()
        .build()
        .unwrap()
}

/// The forms in which a text could stand in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![text.as_bytes().to_vec()];
    let wide = text.encode_utf16();
    forms.push(wide.clone().flat_map(u16::to_le_bytes).collect());
    forms.push(wide.flat_map(u16::to_be_bytes).collect());
    // Wherever it begins within a longer text: what is certain of its base64 at each offset.
    for shift in 0..3_usize {
        let padded = [vec![0_u8; shift], text.as_bytes().to_vec()].concat();
        let whole = STANDARD_NO_PAD.encode(&padded);
        let inner = &whole[(shift * 4).div_ceil(3)..];
        let certain = inner.len() - usize::from(padded.len() % 3 != 0) - 1;
        forms.push(inner.as_bytes()[1..certain].to_vec());
    }
    forms.push(STANDARD.encode(text).into_bytes());
    forms.push(text.escape_unicode().to_string().into_bytes());
    forms
}

/// Whether bytes hold others; passes over as many at once as it can (Horspool), since whole
/// databases are looked through.
fn holds(bytes: &[u8], form: &[u8]) -> bool {
    let last = form.len() - 1;
    let mut skip = [form.len(); 256];
    for (at, byte) in form[..last].iter().enumerate() {
        skip[usize::from(*byte)] = last - at;
    }
    let mut end = last;
    while end < bytes.len() {
        if bytes[end] == form[last] && bytes[end - last..=end] == *form {
            return true;
        }
        end += skip[usize::from(bytes[end])];
    }
    false
}

/// Every file below a folder, except the shop's own.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// No file and no log holds a canary in clear.
pub fn nothing_in_clear(folder: &Path, log: &Log, canaries: &[&str]) {
    let mut found = Vec::new();
    files(folder, &mut found);
    let mut read = 0_usize;
    let mut texts: Vec<(String, Vec<u8>)> = found
        .into_iter()
        .filter_map(|path| Some((path.display().to_string(), std::fs::read(path).ok()?)))
        .collect();
    texts.push(("log".into(), log.0.lock().unwrap().clone()));
    for canary in canaries {
        for form in forms(canary) {
            for (name, bytes) in &texts {
                assert!(!holds(bytes, &form), "{name} holds {canary} in clear");
            }
        }
    }
    read += texts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    assert!(read > 1_000_000, "hardly anything was read");
    assert!(!log.0.lock().unwrap().is_empty(), "nothing was logged");
}

/// Where something of a person's stands: table, column, and what.
pub type Found = (String, String, String);

/// What is looked for.
#[derive(Default)]
pub struct Sought {
    words: Vec<String>,
    /// Hashes by which a guess could be confirmed, each with what it is of.
    hashes: Vec<(Vec<u8>, String)>,
    /// Words that stand in clear where they lead to somebody.
    clear: Vec<String>,
}

impl Sought {
    /// Words with their hashes, and the hash of a phone number.
    pub fn new(words: &[&str], number: &str) -> Self {
        let hash = keys().digest("customers.phone", number);
        let mut hashes = vec![(hash, "the hash of their number".to_owned())];
        for word in words {
            let hash = keys().digest("learned.digest", word);
            hashes.push((hash, format!("the hash of {word}")));
        }
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            hashes,
            clear: Vec::new(),
        }
    }

    /// Learns the digests of what came in and went out with any of the words in it.
    pub fn learn_digests(&mut self, url: &str) {
        for (table, column, rows) in Tables::open(url).bytes() {
            if column != "body" || !["inbox", "outbox"].contains(&table.as_str()) {
                continue;
            }
            for (names, bytes) in rows {
                let opens = |row: &String| keys().open(&table, &column, row, &bytes).ok();
                let plain = names.iter().find_map(opens).unwrap();
                let text = String::from_utf8(plain).unwrap();
                if let Some(word) = self.words.iter().find(|word| text.contains(word.as_str())) {
                    let of = format!("the digest of what says {word}");
                    self.hashes.push((keys().digest(&table, &text), of));
                }
            }
        }
    }

    /// Learns by what a file that was sent is known.
    pub fn learn_file(&mut self, (name, mime): (&str, &str), bytes: &[u8], file_id: &str) {
        let mut hash = Sha256::new();
        for part in [name.as_bytes(), mime.as_bytes()] {
            hash.update(part);
            hash.update([0]);
        }
        hash.update(bytes);
        let bare = hash.finalize().to_vec();
        let hex: String = bare.iter().map(|byte| format!("{byte:02x}")).collect();
        let keyed = keys().digest("files", &hex);
        self.hashes.push((keyed, format!("the hash of {name}")));
        self.hashes.push((bare, format!("the bare hash of {name}")));
        self.clear.push(file_id.to_owned());
    }
}

fn keys() -> Keys {
    Keys::from_env_value(KEY).unwrap()
}

/// Where any of it stands, what is sealed opened with the key.
pub fn opened(url: &str, sought: &Sought) -> Vec<Found> {
    let (keys, mut tables) = (keys(), Tables::open(url));
    let mut found = Vec::new();
    for (table, column, rows) in tables.bytes() {
        let mut note = |what: &str| found.push((table.clone(), column.clone(), what.to_owned()));
        for (names, bytes) in rows {
            let of = sought.hashes.iter().find(|(hash, _)| *hash == bytes);
            if let Some((_, of)) = of {
                note(of);
            }
            // Which column names the row for the seal, nobody has to say: one of them opens it.
            let opens = |row: &String| keys.open(&table, &column, row, &bytes).ok();
            let plain = names.iter().find_map(opens);
            let text = String::from_utf8_lossy(plain.as_ref().unwrap_or(&bytes)).into_owned();
            for word in sought.words.iter().filter(|word| text.contains(*word)) {
                note(word);
            }
        }
    }
    for (table, columns, rows) in tables.texts() {
        for (column, cell) in rows.iter().flat_map(|row| columns.iter().zip(row)) {
            for word in sought.words.iter().chain(&sought.clear) {
                if cell.contains(word.as_str()) {
                    found.push((table.clone(), column.clone(), word.clone()));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Cells in clear that name somebody by number: table and column, with the whole row.
pub fn leads_to(url: &str, who: i64) -> Vec<(String, String, Vec<String>)> {
    let id = who.to_string();
    let is_part = |c: char| c.is_ascii_digit();
    let names = |text: &str| {
        text.match_indices(id.as_str()).any(|(at, found)| {
            !text[..at].ends_with(is_part) && !text[at + found.len()..].starts_with(is_part)
        })
    };
    let mut found = Vec::new();
    for (table, columns, rows) in Tables::open(url).texts() {
        for row in rows {
            for (column, cell) in columns.iter().zip(&row) {
                if names(cell) {
                    found.push((table.clone(), column.clone(), row.clone()));
                }
            }
        }
    }
    found
}

#[test]
fn what_is_in_clear_would_be_found() {
    let text = "Zephyrine";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hidden = [
        format!("x{text}y").into_bytes(),
        [b"ab".to_vec(), wide].concat(),
        STANDARD.encode(format!("1{text}")).into_bytes(),
        STANDARD.encode(format!("22{text}!")).into_bytes(),
        STANDARD.encode(format!("333{text}!!")).into_bytes(),
        serde_json::to_vec(&format!("a {text}")).unwrap(),
    ];
    for bytes in hidden {
        assert!(
            forms(text).iter().any(|form| holds(&bytes, form)),
            "{bytes:?}"
        );
    }
    assert!(!forms(text).iter().any(|form| holds(b"Zephyrin", form)));
}
