//! What counts as an answer to a step: reading, tidying, refusing.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::calendar::{Calendar, NoDay, Slot};
use super::flow::{Step, StepKind};
use super::session::{Answer, Point};
use crate::kernel::Doorway;

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
    /// Fewer choices than this.
    TooFew(usize),
    /// More choices than this.
    TooMany(usize),
    /// No day.
    NotADay,
    /// A day that the calendar does not have.
    NoSuchDay,
    /// A day outside these bounds.
    DayOutOfBounds(NaiveDate, NaiveDate),
    /// A day on which the shop is closed.
    ClosedThen(NaiveDate),
    /// No window that is offered, or no longer.
    NotASlot,
    /// No pin.
    NotAPin,
    /// No picture.
    NotAPhoto,
}

impl Step {
    /// Reads words (or a choice's id) as this step's answer.
    ///
    /// # Errors
    /// Why they are none. A rich screen takes no words at all.
    pub fn accept(&self, words: &str, calendar: &Calendar) -> Result<Answer, Refusal> {
        let words = tidy(words);
        match &self.kind {
            StepKind::Items | StepKind::Review => Err(Refusal::Pattern),
            StepKind::Text { min, max, pattern } => {
                let words = within(words, *min, *max)?;
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
            StepKind::Choice(_) | StepKind::Payment(_) => match self.choice(&words) {
                Some(choice) => Ok(Answer::Text(choice.id.clone())),
                None => Err(Refusal::NotAChoice),
            },
            StepKind::Choices { .. } => Err(Refusal::NotAChoice),
            StepKind::YesNo => Err(Refusal::NotYesOrNo),
            StepKind::Date { from, to } => {
                let bounds = (calendar.ahead(*from), calendar.ahead(*to));
                let day = day(&folded(&words), bounds, calendar)?;
                Ok(Answer::Text(day.to_string()))
            }
            StepKind::Slot(slots) => Slot::read(&words)
                .filter(|slot| calendar.slots(slots).contains(slot))
                .map(|slot| Answer::Text(slot.to_string()))
                .ok_or(Refusal::NotASlot),
            StepKind::Location => Err(Refusal::NotAPin),
            StepKind::Address { min, max } => Ok(Answer::Address {
                words: within(words, *min, *max)?,
                pin: None,
                door: Doorway::default(),
            }),
            StepKind::Photo => Err(Refusal::NotAPhoto),
        }
    }

    /// Reads a shared pin as this step's answer.
    ///
    /// # Errors
    /// The step wants something else, and what.
    pub fn accept_pin(&self, pin: Point) -> Result<Answer, Refusal> {
        match self.kind {
            StepKind::Location => Ok(Answer::Pin(pin)),
            StepKind::Address { .. } => Ok(Answer::Address {
                words: String::new(),
                pin: Some(pin),
                door: Doorway::default(),
            }),
            _ => Err(self.wants()),
        }
    }

    /// Takes a picture as this step's answer.
    ///
    /// # Errors
    /// The step wants something else, and what.
    pub fn accept_photo(&self, file_id: &str) -> Result<Answer, Refusal> {
        match self.kind {
            StepKind::Photo => Ok(Answer::Photo(file_id.to_owned())),
            _ => Err(self.wants()),
        }
    }

    /// Takes everything ticked as this step's answer.
    ///
    /// # Errors
    /// Too few or too many are ticked.
    pub fn accept_ticked(&self, ticked: &[String]) -> Result<Answer, Refusal> {
        let StepKind::Choices { choices, min, max } = &self.kind else {
            return Err(self.wants());
        };
        // In the step's order, whatever order they were ticked in.
        let chosen: Vec<String> = choices
            .iter()
            .filter(|choice| ticked.contains(&choice.id))
            .map(|choice| choice.id.clone())
            .collect();
        if chosen.len() < *min {
            return Err(Refusal::TooFew(*min));
        }
        if chosen.len() > *max {
            return Err(Refusal::TooMany(*max));
        }
        Ok(Answer::Many(chosen))
    }

    /// What is said to something of another kind than the step wants.
    fn wants(&self) -> Refusal {
        match self.kind {
            StepKind::Items | StepKind::Review | StepKind::Text { .. } => Refusal::Pattern,
            StepKind::Number { .. } => Refusal::NotANumber,
            StepKind::Phone => Refusal::NotAPhone,
            StepKind::Choice(_) | StepKind::Choices { .. } | StepKind::Payment(_) => {
                Refusal::NotAChoice
            }
            StepKind::YesNo => Refusal::NotYesOrNo,
            StepKind::Date { .. } => Refusal::NotADay,
            StepKind::Slot(_) => Refusal::NotASlot,
            StepKind::Location => Refusal::NotAPin,
            StepKind::Address { min, .. } => Refusal::TooShort(min),
            StepKind::Photo => Refusal::NotAPhoto,
        }
    }

    /// The answer that is taken without asking, since there is no other.
    pub fn only_answer(&self, calendar: &Calendar) -> Option<Answer> {
        if self.optional {
            return None;
        }
        match &self.kind {
            StepKind::Choice(choices) | StepKind::Payment(choices) => {
                let only = only(choices.iter())?;
                Some(Answer::Text(only.id.clone()))
            }
            StepKind::Choices { choices, min, .. } if *min == choices.len() => {
                let all = choices.iter().map(|choice| choice.id.clone());
                Some(Answer::Many(all.collect()))
            }
            StepKind::Number { min, max } if min == max => Some(Answer::Number(*min)),
            StepKind::Date { from, to } => {
                let days = (*from..=*to).map(|n| calendar.ahead(n));
                let day = only(days.filter(|day| calendar.opens(*day)))?;
                Some(Answer::Text(day.to_string()))
            }
            StepKind::Slot(slots) => {
                let slot = only(calendar.slots(slots).into_iter())?;
                Some(Answer::Text(slot.to_string()))
            }
            StepKind::Items
            | StepKind::Review
            | StepKind::Text { .. }
            | StepKind::Number { .. }
            | StepKind::Phone
            | StepKind::Choices { .. }
            | StepKind::YesNo
            | StepKind::Location
            | StepKind::Address { .. }
            | StepKind::Photo => None,
        }
    }

    /// Whether a stored answer is still one: a choice may be gone, bounds may have changed.
    pub fn still_accepts(&self, answer: &Answer, calendar: &Calendar) -> bool {
        match (answer, &self.kind) {
            (Answer::Skipped, _) => self.optional,
            (Answer::Done, StepKind::Items | StepKind::Review) => true,
            (Answer::Flag(_), StepKind::YesNo) => true,
            (Answer::Number(n), StepKind::Number { min, max }) => (*min..=*max).contains(n),
            (Answer::Text(words), _) => self.accept(words, calendar).as_ref() == Ok(answer),
            (Answer::Many(ids), _) => self.accept_ticked(ids).as_ref() == Ok(answer),
            (Answer::Pin(pin), StepKind::Location) => self.accept_pin(*pin).is_ok(),
            (Answer::Address { words, pin, .. }, StepKind::Address { .. }) => {
                (pin.is_some() && words.is_empty()) || self.accept(words, calendar).is_ok()
            }
            (Answer::Photo(_), StepKind::Photo) => true,
            _ => false,
        }
    }
}

/// The one of them, if there is just one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Words of a length in characters.
fn within(words: String, min: usize, max: usize) -> Result<String, Refusal> {
    let length = words.chars().count();
    if length < min {
        return Err(Refusal::TooShort(min));
    }
    if length > max {
        return Err(Refusal::TooLong(max));
    }
    Ok(words)
}

/// A day within bounds on which the shop opens.
fn day(
    words: &str,
    (from, to): (NaiveDate, NaiveDate),
    calendar: &Calendar,
) -> Result<NaiveDate, Refusal> {
    let day = calendar.read_day(words).map_err(|why| match why {
        NoDay::Unreadable => Refusal::NotADay,
        NoDay::Missing => Refusal::NoSuchDay,
    })?;
    if !(from..=to).contains(&day) {
        return Err(Refusal::DayOutOfBounds(from, to));
    }
    if !calendar.opens(day) {
        return Err(Refusal::ClosedThen(day));
    }
    Ok(day)
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
pub fn phone(words: &str) -> Option<String> {
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
            field: None,
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
        assert_eq!(
            name.accept("  李\n伟 ", &Calendar::default()),
            text("李 伟")
        );
        assert_eq!(
            name.accept("李", &Calendar::default()),
            Err(Refusal::TooShort(2))
        );
        assert_eq!(
            name.accept("abcde", &Calendar::default()),
            Err(Refusal::TooLong(4))
        );
        assert_eq!(
            name.accept("a1", &Calendar::default()),
            Err(Refusal::Pattern)
        );
        assert_eq!(
            name.accept("\u{0}\u{1}", &Calendar::default()),
            Err(Refusal::TooShort(2))
        );
    }

    #[test]
    fn numbers_are_whole_and_bounded_in_any_width() {
        let guests = step(StepKind::Number { min: 1, max: 12 });
        assert_eq!(
            guests.accept(" １２ ", &Calendar::default()),
            Ok(Answer::Number(12))
        );
        assert_eq!(
            guests.accept("13", &Calendar::default()),
            Err(Refusal::OutOfBounds(1, 12))
        );
        for words in ["", "1.5", "two", "99999999999999999999"] {
            assert_eq!(
                guests.accept(words, &Calendar::default()),
                Err(Refusal::NotANumber),
                "{words}"
            );
        }
    }

    #[test]
    fn phones_are_kept_as_digits() {
        let phone = step(StepKind::Phone);
        assert_eq!(
            phone.accept("+86 138-0013-8000", &Calendar::default()),
            text("+8613800138000")
        );
        assert_eq!(
            phone.accept("(010) 6552 9988", &Calendar::default()),
            text("01065529988")
        );
        assert_eq!(
            phone.accept("＋８６ １３８００１３８０００", &Calendar::default()),
            text("+8613800138000")
        );
        for words in ["12345", "call me", "1234567890123456", "138+00138000"] {
            assert_eq!(
                phone.accept(words, &Calendar::default()),
                Err(Refusal::NotAPhone),
                "{words}"
            );
        }
    }

    #[test]
    fn a_choice_that_is_gone_is_no_answer_any_more() {
        let time = step(StepKind::Choice(vec![Choice {
            id: "asap".to_owned(),
            label: String::new(),
            minutes: Some(0),
        }]));
        assert_eq!(time.accept("asap", &Calendar::default()), text("asap"));
        assert_eq!(
            time.accept("later", &Calendar::default()),
            Err(Refusal::NotAChoice)
        );
        assert!(time.still_accepts(&Answer::Text("asap".to_owned()), &Calendar::default()));
        assert!(!time.still_accepts(&Answer::Text("later".to_owned()), &Calendar::default()));
        assert!(!time.still_accepts(&Answer::Skipped, &Calendar::default()));
        assert!(!time.still_accepts(&Answer::Number(1), &Calendar::default()));
    }

    #[test]
    fn a_day_is_within_bounds_and_open() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let mut calendar = Calendar {
            today,
            ..Calendar::default()
        };
        let closed = calendar.ahead(3);
        calendar.open.insert(closed, Vec::new());
        let day = step(StepKind::Date { from: 1, to: 7 });
        assert_eq!(day.accept("24.11.", &calendar), text("2026-11-24"));
        assert_eq!(day.accept("３０／１１", &calendar), text("2026-11-30"));
        let bounds = Refusal::DayOutOfBounds(calendar.ahead(1), calendar.ahead(7));
        for (words, refusal) in [
            ("23.11.", bounds.clone()),
            ("1.12.", bounds),
            ("26.11.", Refusal::ClosedThen(closed)),
            ("31.2.", Refusal::NoSuchDay),
            ("soon", Refusal::NotADay),
        ] {
            assert_eq!(day.accept(words, &calendar), Err(refusal), "{words}");
        }
        assert!(day.still_accepts(&Answer::Text("2026-11-24".to_owned()), &calendar));
        calendar.today = calendar.ahead(1);
        assert!(!day.still_accepts(&Answer::Text("2026-11-24".to_owned()), &calendar));
    }

    #[test]
    fn what_is_ticked_counts_in_the_steps_order() {
        let choice = |id: &str| Choice {
            id: id.to_owned(),
            label: String::new(),
            minutes: None,
        };
        let extras = step(StepKind::Choices {
            choices: ["a", "b", "c"].map(choice).to_vec(),
            min: 1,
            max: 2,
        });
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            extras.accept_ticked(&ids(&["c", "gone", "a"])),
            Ok(Answer::Many(ids(&["a", "c"])))
        );
        assert_eq!(
            extras.accept_ticked(&ids(&["gone"])),
            Err(Refusal::TooFew(1))
        );
        assert_eq!(
            extras.accept_ticked(&ids(&["a", "b", "c"])),
            Err(Refusal::TooMany(2))
        );
    }

    #[test]
    fn pins_and_pictures_are_taken_where_they_are_wanted() {
        let pin = Point {
            lat_e6: 31_230_400,
            lon_e6: 121_473_700,
        };
        let address = step(StepKind::Address { min: 5, max: 80 });
        let calendar = Calendar::default();
        let found = address.accept_pin(pin).unwrap();
        assert!(address.still_accepts(&found, &calendar));
        assert_eq!(address.accept("5 A", &calendar), Err(Refusal::TooShort(5)));
        assert_eq!(
            step(StepKind::Photo).accept_pin(pin),
            Err(Refusal::NotAPhoto)
        );
        assert_eq!(
            step(StepKind::Phone).accept_photo("id"),
            Err(Refusal::NotAPhone)
        );
        assert_eq!(
            step(StepKind::Location).accept("here", &calendar),
            Err(Refusal::NotAPin)
        );
        assert_eq!(
            step(StepKind::Location).accept_pin(pin),
            Ok(Answer::Pin(pin))
        );
    }
}
