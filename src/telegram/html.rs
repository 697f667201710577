//! Cuts Telegram HTML to a length without breaking it.
//!
//! Telegram counts UTF-16 units of the visible text, after tags and entities are read. Pure.

/// Longest text of a message, in UTF-16 units.
pub const MAX_TEXT: usize = 4096;
/// Longest caption of a photo, in UTF-16 units.
pub const MAX_CAPTION: usize = 1024;

const ELLIPSIS: char = '…';

/// One piece of HTML: how it is written and how many units it shows.
enum Piece<'a> {
    Open(&'a str, &'a str),
    Close(&'a str),
    Shown(&'a str, usize),
}

/// The visible length in UTF-16 units.
pub fn shown_units(html: &str) -> usize {
    pieces(html)
        .map(|piece| {
            if let Piece::Shown(_, units) = piece {
                units
            } else {
                0
            }
        })
        .sum()
}

/// The same text, or its beginning with "…" where it is longer than `limit` units; every tag
/// that is open at the cut is closed.
pub fn truncate(html: &str, limit: usize) -> String {
    if shown_units(html) <= limit {
        return html.to_owned();
    }
    let room = limit.saturating_sub(1);
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&str> = Vec::new();
    let mut used = 0;
    for piece in pieces(html) {
        match piece {
            Piece::Open(written, name) => {
                open.push(name);
                out.push_str(written);
            }
            Piece::Close(written) => {
                open.pop();
                out.push_str(written);
            }
            Piece::Shown(written, units) => {
                if used + units > room {
                    break;
                }
                used += units;
                out.push_str(written);
            }
        }
    }
    out.push(ELLIPSIS);
    for name in open.into_iter().rev() {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    out
}

/// Reads HTML piece by piece; a lone `<` or `&` is shown as it is.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, length) = match first {
            '<' => tag(rest),
            '&' => entity(rest),
            _ => None,
        }
        .unwrap_or_else(|| {
            let length = first.len_utf8();
            (
                Piece::Shown(rest.get(..length).unwrap_or_default(), first.len_utf16()),
                length,
            )
        });
        rest = rest.get(length..).unwrap_or_default();
        Some(piece)
    })
}

fn tag(rest: &str) -> Option<(Piece<'_>, usize)> {
    let length = rest.find('>')? + 1;
    let written = rest.get(..length)?;
    let inside = written.get(1..length - 1)?;
    if inside.starts_with('/') {
        return Some((Piece::Close(written), length));
    }
    let name = inside.split(char::is_whitespace).next()?;
    Some((Piece::Open(written, name), length))
}

/// Every entity that Telegram knows shows one character; numbers may show one outside the basic
/// plane, which counts two.
fn entity(rest: &str) -> Option<(Piece<'_>, usize)> {
    let length = rest.find(';')? + 1;
    let name = rest.get(1..length - 1)?;
    let units = match name {
        "lt" | "gt" | "amp" | "quot" => 1,
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?.len_utf16()
        }
    };
    Some((Piece::Shown(rest.get(..length)?, units), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays() {
        assert_eq!(truncate("<b>five</b>!", 5), "<b>five</b>!");
        assert_eq!(shown_units("a&amp;b<i>c</i>😀&#128512;"), 3 + 1 + 2 + 2);
        assert_eq!(shown_units("1 < 2 & 3"), 9);
    }

    #[test]
    fn a_cut_closes_what_is_open_and_breaks_no_entity() {
        assert_eq!(
            truncate("<b>one <i>two</i> three</b>", 6),
            "<b>one <i>t…</i></b>"
        );
        assert_eq!(truncate("ab&amp;cd", 3), "ab…");
        assert_eq!(truncate("ab&amp;cd", 4), "ab&amp;…");
        assert_eq!(truncate("<a href=\"x>y\">z</a>", 100).len(), 19);
        assert_eq!(truncate("😀😀", 3), "😀…");
    }

    #[test]
    fn the_result_always_fits() {
        let long = "<b>x &lt; 😀</b> ".repeat(900);
        for limit in [MAX_TEXT, MAX_CAPTION, 1, 2] {
            assert!(shown_units(&truncate(&long, limit)) <= limit);
        }
    }
}
