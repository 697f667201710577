//! Files that were sent, by either side. One content keeps one `file_unique_id`; every upload
//! gets a `file_id` of its own, which can be sent again without the bytes.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum FileKind {
    Photo,
    Document,
    Sticker,
    Voice,
}

impl FileKind {
    /// As Telegram's error texts call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "Photo",
            Self::Document => "Document",
            Self::Sticker => "Sticker",
            Self::Voice => "VoiceNote",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Photo => "AgACAgIAAxkBAAI",
            Self::Document => "BQACAgIAAxkBAAI",
            Self::Sticker => "CAACAgIAAxkBAAI",
            Self::Voice => "AwACAgIAAxkBAAI",
        }
    }
}

/// A file that Telegram has.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Stored {
    pub kind: FileKind,
    pub name: String,
    pub mime: String,
    pub unique_id: String,
    pub size: (u32, u32),
    pub bytes: Arc<[u8]>,
}

/// Bytes of a file that a bot may fetch.
const LARGEST_DOWNLOAD: usize = 20 << 20;

impl Stored {
    /// Where it can be fetched, as `getFile` says.
    pub fn path(&self, id: &str) -> String {
        let folder = match self.kind {
            FileKind::Photo => "photos",
            FileKind::Document => "documents",
            FileKind::Sticker => "stickers",
            FileKind::Voice => "voice",
        };
        let end = self.name.rsplit_once('.').map_or("bin", |(_, end)| end);
        let plain = end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        format!("{folder}/{id}.{}", if plain { end } else { "bin" })
    }

    pub fn may_be_fetched(&self) -> bool {
        self.bytes.len() <= LARGEST_DOWNLOAD
    }
}

#[derive(Debug, Default)]
pub(in crate::sandbox) struct Files {
    by_id: HashMap<String, Stored>,
    series: u64,
}

impl Files {
    /// Keeps a file and returns its `file_id`.
    pub fn add(&mut self, kind: FileKind, name: &str, mime: &str, bytes: Arc<[u8]>) -> String {
        self.series += 1;
        let digest = Sha256::digest(&bytes);
        let hex: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let id = format!("{}{:06}x{hex}BGkuAAE", kind.prefix(), self.series);
        let size = picture_size(&bytes).unwrap_or((0, 0));
        let stored = Stored {
            kind,
            name: name.to_owned(),
            mime: mime.to_owned(),
            unique_id: format!("AQAD{hex}"),
            size,
            bytes,
        };
        self.by_id.insert(id.clone(), stored);
        id
    }

    pub fn get(&self, id: &str) -> Option<&Stored> {
        // The small size of a photo is the same file here.
        self.by_id.get(id.strip_suffix("-s").unwrap_or(id))
    }

    /// The file at a path that `getFile` gave; no other way leads to it.
    pub fn at_path(&self, path: &str) -> Option<&Stored> {
        let name = path.rsplit('/').next()?;
        let id = name.rsplit_once('.').map_or(name, |(id, _)| id);
        let file = self.get(id)?;
        (file.path(id) == path && file.may_be_fetched()).then_some(file)
    }

    /// Telegram does not have it any more.
    pub fn forget(&mut self, id: &str) {
        self.by_id.remove(id);
    }

    /// The sizes of a photo, smallest first.
    pub fn photo_json(&self, id: &str) -> Value {
        let Some(file) = self.get(id) else {
            return json!([]);
        };
        let (width, height) = (file.size.0.max(1), file.size.1.max(1));
        let full = json!({
            "file_id": id, "file_unique_id": file.unique_id,
            "file_size": file.bytes.len(), "width": width, "height": height,
        });
        let largest = width.max(height);
        if largest <= 90 {
            return json!([full]);
        }
        let small = json!({
            "file_id": format!("{id}-s"), "file_unique_id": format!("{}s", file.unique_id),
            "file_size": file.bytes.len().min(1_500),
            "width": (width * 90 / largest).max(1), "height": (height * 90 / largest).max(1),
        });
        json!([small, full])
    }

    pub fn json(&self, id: &str, kind: FileKind) -> Value {
        let Some(file) = self.get(id) else {
            return json!({"file_id": id});
        };
        let common = json!({
            "file_id": id, "file_unique_id": file.unique_id, "file_size": file.bytes.len(),
        });
        let extra = match kind {
            FileKind::Sticker => json!({
                "type": "regular", "width": 512, "height": 512,
                "is_animated": false, "is_video": false,
            }),
            FileKind::Voice => json!({"mime_type": file.mime}),
            FileKind::Document | FileKind::Photo => {
                json!({"file_name": file.name, "mime_type": file.mime})
            }
        };
        let mut out = common.as_object().cloned().unwrap_or_default();
        out.extend(extra.as_object().cloned().unwrap_or_default());
        Value::Object(out)
    }
}

/// Width and height of a PNG, JPEG, GIF, BMP or WebP; `None` for anything else.
pub(in crate::sandbox) fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let be16 = |at: usize| {
        Some(u32::from(u16::from_be_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    let le16 = |at: usize| {
        Some(u32::from(u16::from_le_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    let be32 = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let le32 = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((be32(16)?, be32(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((le16(6)?, le16(8)?));
    }
    if bytes.starts_with(b"BM") {
        return Some((le32(18)?, le32(22)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some((512, 512));
    }
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    while *bytes.get(at)? == 0xff {
        let marker = *bytes.get(at + 1)?;
        let frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if frame {
            return Some((be16(at + 7)?, be16(at + 5)?));
        }
        at += 2 + usize::try_from(be16(at + 2)?).ok()?;
    }
    None
}
