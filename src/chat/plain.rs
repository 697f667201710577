//! People's words as plain words on one line. Must never change what can be read in them.

/// Words without control and direction marks, on one line with single spaces. A mark of
/// direction in a name or a note would turn the words around it on somebody else's screen.
pub fn one_line(text: &str) -> String {
    let is_mark = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: String = text
        .chars()
        .map(|c| if is_mark(c) { ' ' } else { c })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_breaks_go_and_words_stay() {
        assert_eq!(
            one_line("  two \u{202e}spoons\u{0}\n& <b>x</b> "),
            "two spoons & <b>x</b>"
        );
        assert_eq!(one_line("王伟 שלום"), "王伟 שלום");
        assert_eq!(one_line("\u{200f}\t\u{2067}"), "");
    }
}
