//! Messages, a line each, of whatever length and whatever bytes.

use std::io::{self, BufRead, BufReader, Read};

use crate::understand::text::MAX_CHARS;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// Bytes of a line that are kept: no more than the longest message may have.
const MAX_BYTES: usize = MAX_CHARS * 4;

/// One message.
pub struct Message {
    /// Its text, at most [`MAX_CHARS`] characters of it.
    pub text: String,
    /// It was longer.
    pub is_cut: bool,
}

/// Reads messages.
pub struct Messages<R> {
    from: BufReader<R>,
    bytes: Vec<u8>,
    is_first: bool,
}

impl<R: Read> Messages<R> {
    /// Messages of a file or a pipe.
    pub fn new(from: R) -> Self {
        Self {
            from: BufReader::with_capacity(BUFFER, from),
            bytes: Vec::new(),
            is_first: true,
        }
    }

    /// Whether the next message is not here yet.
    pub fn may_wait(&self) -> bool {
        !self.from.buffer().contains(&b'\n')
    }

    /// The next message; none at the end.
    pub fn next(&mut self) -> io::Result<Option<Message>> {
        self.bytes.clear();
        let mut is_any = false;
        let mut is_cut = false;
        loop {
            let here = match self.from.fill_buf() {
                Ok(here) => here,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if here.is_empty() {
                break;
            }
            is_any = true;
            let end = here.iter().position(|byte| *byte == b'\n');
            let line = here.get(..end.unwrap_or(here.len())).unwrap_or_default();
            let room = MAX_BYTES.saturating_sub(self.bytes.len());
            is_cut |= line.len() > room;
            self.bytes.extend(line.iter().take(room));
            let used = end.map_or(here.len(), |end| end + 1);
            self.from.consume(used);
            if end.is_some() {
                break;
            }
        }
        Ok(is_any.then(|| self.message(is_cut)))
    }

    fn message(&mut self, is_cut: bool) -> Message {
        let text = String::from_utf8_lossy(&self.bytes);
        let mut text = text.strip_suffix('\r').unwrap_or(&text);
        if std::mem::take(&mut self.is_first) {
            // Editors on Windows begin files with a byte-order mark.
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        let end = text.char_indices().nth(MAX_CHARS);
        Message {
            text: end
                .and_then(|(end, _)| text.get(..end))
                .unwrap_or(text)
                .to_owned(),
            is_cut: is_cut || end.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<(String, bool)> {
        let mut messages = Messages::new(bytes);
        let mut all = Vec::new();
        while let Some(message) = messages.next().unwrap() {
            all.push((message.text, message.is_cut));
        }
        all
    }

    fn whole(text: &str) -> (String, bool) {
        (text.to_owned(), false)
    }

    #[test]
    fn each_line_is_a_message_whatever_its_bytes_and_its_end() {
        assert_eq!(read(b""), []);
        assert_eq!(
            read(b"\xef\xbb\xbftea\r\n\n\xfftea\xff\nlast"),
            [
                whole("tea"),
                whole(""),
                whole("\u{fffd}tea\u{fffd}"),
                whole("last")
            ]
        );
    }

    #[test]
    fn a_message_is_read_up_to_its_limit() {
        let long = "茶".repeat(MAX_CHARS);
        let lines = format!("{long}\n{long}x\n{}\nend\n", "y".repeat(MAX_BYTES * 9));
        let found = read(lines.as_bytes());
        let lengths: Vec<(usize, bool)> = found
            .iter()
            .map(|(text, is_cut)| (text.chars().count(), *is_cut))
            .collect();
        assert_eq!(
            lengths,
            [
                (MAX_CHARS, false),
                (MAX_CHARS, true),
                (MAX_CHARS, true),
                (3, false)
            ]
        );
    }

    #[test]
    fn it_is_known_whether_a_whole_message_is_there() {
        let mut messages = Messages::new(&b"a\nb\nc"[..]);
        assert!(messages.may_wait());
        messages.next().unwrap();
        assert!(!messages.may_wait());
        messages.next().unwrap();
        assert!(messages.may_wait());
    }
}
