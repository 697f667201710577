//! What a picture's file says of itself: enough to know whether Telegram takes it as a photo.

/// Largest picture in bytes that Telegram takes as a photo.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Width and height together, in pixels, that Telegram takes.
const MAX_SIDES: u32 = 10_000;
/// The longer side is at most so many times the shorter one.
const MAX_RATIO: u32 = 20;

/// Why Telegram would not take a picture, and what helps; none if it takes it.
pub(super) fn refusal(bytes: &[u8]) -> Option<(String, &'static str)> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg(bytes)
    } else {
        return Some((
            "is neither a JPEG nor a PNG".to_owned(),
            "save the picture as JPEG",
        ));
    };
    if bytes.len() > MAX_BYTES {
        return Some(("has more than 10 MB".to_owned(), "save the picture smaller"));
    }
    let Some((width, height)) = size.filter(|(width, height)| *width > 0 && *height > 0) else {
        return Some((
            "is damaged: its size can't be read".to_owned(),
            "save the picture anew",
        ));
    };
    if width.saturating_add(height) > MAX_SIDES {
        return Some((
            format!("has {width} × {height} pixels"),
            "Telegram takes at most 10000 for both sides together: save it smaller",
        ));
    }
    if width.max(height) / width.min(height) >= MAX_RATIO {
        return Some((
            format!("has {width} × {height} pixels, a strip"),
            "one side may be at most 20 times the other: cut it",
        ));
    }
    None
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// Goes from marker to marker up to the one that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let short = |at: usize| {
        let pair = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(u16::from_be_bytes(pair))
    };
    let mut at = 2;
    loop {
        let marker = short(at)?;
        let is_frame =
            matches!(marker, 0xFFC0..=0xFFCF) && !matches!(marker, 0xFFC4 | 0xFFC8 | 0xFFCC);
        if is_frame {
            return Some((short(at + 7)?.into(), short(at + 5)?.into()));
        }
        if marker < 0xFF00 {
            return None;
        }
        at += 2 + usize::from(short(at + 2)?);
    }
}
