//! What counts as an answer to a step: reading, tidying, refusing.

use unicode_normalization::UnicodeNormalization;

use super::flow::{Step, StepKind};
use super::session::Answer;

/// Fewest digits of a phone number that can be called from anywhere.
const MIN_PHONE_DIGITS: usize = 6;
/// Most digits of a phone number (ITU-T E.164).
const MAX_PHONE_DIGITS: usize = 15;

/// Why words are no answer to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// They don't look as they must.
    Pattern,
    /// No whole number.
    NotANumber,
    /// Outside these bounds.
    OutOfBounds(i64, i64),
    /// No phone number.
    NotAPhone,
    /// None of the choices.
    NotAChoice,
    /// Neither yes nor no.
    NotYesOrNo,
}

impl Step {
    /// Reads words (or a choice's id) as this step's answer.
    ///
    /// # Errors
    /// Why they are none. A rich screen takes no words at all.
    pub fn accept(&self, words: &str) -> Result<Answer, Refusal> {
        let words = tidy(words);
        match &self.kind {
            StepKind::Items | StepKind::Review => Err(Refusal::Pattern),
            StepKind::Text { min, max, pattern } => {
                let length = words.chars().count();
                if length < *min {
                    return Err(Refusal::TooShort(*min));
                }
                if length > *max {
                    return Err(Refusal::TooLong(*max));
                }
                if pattern.as_ref().is_some_and(|p| !p.matches(&words)) {
                    return Err(Refusal::Pattern);
                }
                Ok(Answer::Text(words))
            }
            StepKind::Number { min, max } => {
                let number = folded(&words)
                    .trim()
                    .parse()
                    .map_err(|_| Refusal::NotANumber)?;
                if (*min..=*max).contains(&number) {
                    Ok(Answer::Number(number))
                } else {
                    Err(Refusal::OutOfBounds(*min, *max))
                }
            }
            StepKind::Phone => phone(&words).map(Answer::Text).ok_or(Refusal::NotAPhone),
            StepKind::Choice(_) => match self.choice(&words) {
                Some(choice) => Ok(Answer::Text(choice.id.clone())),
                None => Err(Refusal::NotAChoice),
            },
            StepKind::YesNo => Err(Refusal::NotYesOrNo),
        }
    }

    /// Whether a stored answer is still one: a choice may be gone, bounds may have changed.
    pub fn still_accepts(&self, answer: &Answer) -> bool {
        match (answer, &self.kind) {
            (Answer::Skipped, _) => self.optional,
            (Answer::Done, StepKind::Items | StepKind::Review) => true,
            (Answer::Flag(_), StepKind::YesNo) => true,
            (Answer::Number(n), StepKind::Number { min, max }) => (*min..=*max).contains(n),
            (Answer::Text(words), _) => self.accept(words).as_ref() == Ok(answer),
            (Answer::Done | Answer::Flag(_) | Answer::Number(_) | Answer::Many(_), _) => false,
        }
    }
}

/// Words on one line: control characters and runs of blanks become one blank.
fn tidy(words: &str) -> String {
    let mut tidy = String::with_capacity(words.len());
    for word in words.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !tidy.is_empty() {
                tidy.push(' ');
            }
            tidy.push_str(word);
        }
    }
    tidy
}

/// Full-width digits and signs as ASCII.
fn folded(words: &str) -> String {
    words.nfkc().collect()
}

/// A phone number as digits, with a leading `+` where it was given.
fn phone(words: &str) -> Option<String> {
    let words = folded(words);
    let words = words.trim();
    let (plus, rest) = match words.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", words),
    };
    let mut digits = String::new();
    for c in rest.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2015}' => {}
            _ => return None,
        }
    }
    (MIN_PHONE_DIGITS..=MAX_PHONE_DIGITS)
        .contains(&digits.len())
        .then(|| format!("{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::flow::{Choice, Pattern};

    fn step(kind: StepKind) -> Step {
        Step {
            id: "s".to_owned(),
            kind,
            title: String::new(),
            prompt: String::new(),
            example: String::new(),
            optional: false,
            prefill: None,
            prefill_mode: Default::default(),
            when: None,
            invalid: None,
        }
    }

    fn text(words: &str) -> Result<Answer, Refusal> {
        Ok(Answer::Text(words.to_owned()))
    }

    #[test]
    fn text_has_a_length_in_characters_and_a_pattern() {
        let name = step(StepKind::Text {
            min: 2,
            max: 4,
            pattern: Some(Pattern::new(r"^[\p{L} ]+$").unwrap()),
        });
        assert_eq!(name.accept("  李\n伟 "), text("李 伟"));
        assert_eq!(name.accept("李"), Err(Refusal::TooShort(2)));
        assert_eq!(name.accept("abcde"), Err(Refusal::TooLong(4)));
        assert_eq!(name.accept("a1"), Err(Refusal::Pattern));
        assert_eq!(name.accept("\u{0}\u{1}"), Err(Refusal::TooShort(2)));
    }

    #[test]
    fn numbers_are_whole_and_bounded_in_any_width() {
        let guests = step(StepKind::Number { min: 1, max: 12 });
        assert_eq!(guests.accept(" １２ "), Ok(Answer::Number(12)));
        assert_eq!(guests.accept("13"), Err(Refusal::OutOfBounds(1, 12)));
        for words in ["", "1.5", "two", "99999999999999999999"] {
            assert_eq!(guests.accept(words), Err(Refusal::NotANumber), "{words}");
        }
    }

    #[test]
    fn phones_are_kept_as_digits() {
        let phone = step(StepKind::Phone);
        assert_eq!(phone.accept("+86 138-0013-8000"), text("+8613800138000"));
        assert_eq!(phone.accept("(010) 6552 9988"), text("01065529988"));
        assert_eq!(
            phone.accept("＋８６ １３８００１３８０００"),
            text("+8613800138000")
        );
        for words in ["12345", "call me", "1234567890123456", "138+00138000"] {
            assert_eq!(phone.accept(words), Err(Refusal::NotAPhone), "{words}");
        }
    }

    #[test]
    fn a_choice_that_is_gone_is_no_answer_any_more() {
        let time = step(StepKind::Choice(vec![Choice {
            id: "asap".to_owned(),
            label: String::new(),
            minutes: Some(0),
        }]));
        assert_eq!(time.accept("asap"), text("asap"));
        assert_eq!(time.accept("later"), Err(Refusal::NotAChoice));
        assert!(time.still_accepts(&Answer::Text("asap".to_owned())));
        assert!(!time.still_accepts(&Answer::Text("later".to_owned())));
        assert!(!time.still_accepts(&Answer::Skipped));
        assert!(!time.still_accepts(&Answer::Number(1)));
    }
}
