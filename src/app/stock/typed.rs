//! What people type about stock: how much of something, until when. Pure.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::dialogue::Calendar;
use crate::dialogue::calendar::NoDay;
use crate::domain::catalogue::Unit;
use crate::kernel::Timestamp;
use crate::shop::Zone;

/// The most of anything that can be typed, in base units: a thousand tonnes.
pub const MOST: i64 = 1_000_000_000;

/// How far ahead something may be off the menu, in days.
const DAYS_AHEAD: u64 = 366;

/// Grams in a kilogram.
const KILOGRAM: i64 = 1_000;

/// A unit that somebody wrote behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitWord {
    /// Grams.
    Grams,
    /// Kilograms.
    Kilograms,
    /// Pieces.
    Pieces,
    /// Packs.
    Packs,
}

/// A number somebody typed, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// There are so many.
    Set(i64),
    /// So many more or fewer: it had a sign.
    By(i64),
}

/// Why words are no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAmount {
    /// They don't look like one, or the unit does not fit the item.
    Unreadable,
    /// More than [`MOST`].
    TooMuch,
}

/// Reads `40`, `+12`, `-3`, `1.5 kg`, also in full-width digits. A bare number is grams, packs
/// or pieces, as the item is sold; `unit_of` knows the words for units.
///
/// # Errors
/// Why it is none.
pub fn amount(
    words: &str,
    unit: Unit,
    unit_of: impl Fn(&str) -> Option<UnitWord>,
) -> Result<Typed, NoAmount> {
    let words = folded(words);
    let (sign, rest) = match words.strip_prefix('+') {
        Some(rest) => (Some(1), rest),
        None => match words.strip_prefix('-') {
            Some(rest) => (Some(-1), rest),
            None => (None, words.as_str()),
        },
    };
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(rest.len());
    let (number, word) = rest.split_at(end);
    let word = word.trim();
    let word = match word {
        "" => None,
        word => Some(unit_of(word).ok_or(NoAmount::Unreadable)?),
    };
    let scale = match (unit, word) {
        (Unit::Gram { .. }, None | Some(UnitWord::Grams)) => 1,
        (Unit::Gram { .. }, Some(UnitWord::Kilograms)) => KILOGRAM,
        (Unit::Pack { size }, None | Some(UnitWord::Packs)) => size,
        (Unit::Piece | Unit::Pack { .. }, Some(UnitWord::Pieces)) | (Unit::Piece, None) => 1,
        _ => return Err(NoAmount::Unreadable),
    };
    let amount = scaled(number, scale)?;
    Ok(match sign {
        Some(sign) => Typed::By(sign * amount),
        None => Typed::Set(amount),
    })
}

/// A number times a scale, as a whole number of at most [`MOST`].
fn scaled(number: &str, scale: i64) -> Result<i64, NoAmount> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_number = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    let has_part = !part.is_empty();
    if !is_number || part.contains('.') || (number.contains('.') && !has_part) {
        return Err(NoAmount::Unreadable);
    }
    let whole: i64 = whole.parse().map_err(|_| NoAmount::TooMuch)?;
    let mut amount = whole.checked_mul(scale).ok_or(NoAmount::TooMuch)?;
    if has_part {
        let digits = u32::try_from(part.len()).map_err(|_| NoAmount::Unreadable)?;
        let ten = 10_i64.checked_pow(digits).ok_or(NoAmount::Unreadable)?;
        let part: i64 = part.parse().map_err(|_| NoAmount::Unreadable)?;
        let part = part.checked_mul(scale).ok_or(NoAmount::Unreadable)?;
        if part % ten != 0 {
            return Err(NoAmount::Unreadable);
        }
        amount = amount.checked_add(part / ten).ok_or(NoAmount::TooMuch)?;
    }
    if amount > MOST {
        return Err(NoAmount::TooMuch);
    }
    Ok(amount)
}

/// Why words are no time to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTime {
    /// They don't look like one.
    Unreadable,
    /// It is over.
    Past,
    /// Too far ahead.
    TooFar,
}

/// Reads `18:30`, `tomorrow 9:00`, `2026-11-26 10:00`, or a day alone (its beginning). A time
/// of day alone is the next such time. `day_of` knows the words for days.
///
/// # Errors
/// Why it is none.
pub fn until(
    words: &str,
    (zone, now): (Zone, Timestamp),
    day_of: impl Fn(&str) -> Option<NaiveDate>,
) -> Result<Timestamp, NoTime> {
    let words = folded(words);
    let words = words.trim();
    let (day, clock) = match words.rsplit_once(char::is_whitespace) {
        Some((day, clock)) if minute(clock).is_some() => (day.trim(), minute(clock)),
        Some(_) => (words, None),
        None => match minute(words) {
            Some(minute) => ("", Some(minute)),
            None => (words, None),
        },
    };
    let calendar = Calendar {
        today: zone.date(now),
        ..Calendar::default()
    };
    let time = if day.is_empty() {
        let clock = clock.ok_or(NoTime::Unreadable)?;
        let today = zone.moment(calendar.today, clock);
        if today > now {
            today
        } else {
            zone.moment(calendar.ahead(1), clock)
        }
    } else {
        let day = match day_of(day) {
            Some(day) => day,
            None => calendar
                .read_day(day)
                .map_err(|_: NoDay| NoTime::Unreadable)?,
        };
        if day > calendar.ahead(DAYS_AHEAD) {
            return Err(NoTime::TooFar);
        }
        zone.moment(day, clock.unwrap_or_default())
    };
    if time <= now {
        return Err(NoTime::Past);
    }
    Ok(time)
}

/// Minutes since midnight of `9:05`.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |s: &str, most| s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
    if minute.len() != 2 || !digits(hour, 2) || !digits(minute, 2) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Words in the plain form of their characters: full-width digits are digits, every dash a minus.
fn folded(words: &str) -> String {
    words
        .nfkc()
        .map(|c| match c {
            '\u{2212}' | '\u{2013}' | '\u{2014}' => '-',
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAMS: Unit = Unit::Gram {
        price_per: 500,
        step: 50,
        min: 100,
    };

    fn read(words: &str, unit: Unit) -> Result<Typed, NoAmount> {
        amount(words, unit, |word| match word {
            "g" => Some(UnitWord::Grams),
            "kg" => Some(UnitWord::Kilograms),
            "pieces" => Some(UnitWord::Pieces),
            "packs" => Some(UnitWord::Packs),
            _ => None,
        })
    }

    #[test]
    fn numbers_are_read_in_the_units_of_the_item() {
        for (words, unit, wanted) in [
            ("40", Unit::Piece, Typed::Set(40)),
            ("0", Unit::Piece, Typed::Set(0)),
            ("+12", Unit::Piece, Typed::By(12)),
            ("-5", Unit::Piece, Typed::By(-5)),
            ("\u{2212}5", Unit::Piece, Typed::By(-5)),
            ("\u{ff0b}\u{ff11}\u{ff12}", Unit::Piece, Typed::By(12)),
            ("\u{ff14}\u{ff10} pieces", Unit::Piece, Typed::Set(40)),
            ("500", GRAMS, Typed::Set(500)),
            ("500 g", GRAMS, Typed::Set(500)),
            ("1.5kg", GRAMS, Typed::Set(1_500)),
            ("- 0.25 KG", GRAMS, Typed::By(-250)),
            ("3", Unit::Pack { size: 24 }, Typed::Set(72)),
            ("+2 packs", Unit::Pack { size: 24 }, Typed::By(48)),
            ("-5 pieces", Unit::Pack { size: 24 }, Typed::By(-5)),
        ] {
            assert_eq!(read(words, unit), Ok(wanted), "{words}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (words, unit) in [
            ("abc", Unit::Piece),
            ("", Unit::Piece),
            ("+", Unit::Piece),
            ("1.5", Unit::Piece),
            ("1.", GRAMS),
            (".5 kg", GRAMS),
            ("1.0005 kg", GRAMS),
            ("1.5.5 kg", GRAMS),
            ("5 kg", Unit::Piece),
            ("5 packs", GRAMS),
            ("5 dozen", Unit::Piece),
        ] {
            assert_eq!(read(words, unit), Err(NoAmount::Unreadable), "{words}");
        }
        for words in ["1000000000000", "9999999999999999999999", "1000000001"] {
            assert_eq!(read(words, Unit::Piece), Err(NoAmount::TooMuch), "{words}");
        }
    }

    #[test]
    fn times_to_come_are_read() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let noon = zone.moment(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(), 12 * 60);
        let tomorrow = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        let read = |words: &str| {
            until(words, (zone, noon), |w| {
                (w == "tomorrow").then_some(tomorrow)
            })
        };
        let hours = |n: i64| Ok(noon.plus(n * crate::kernel::time::HOUR));
        assert_eq!(read("18:00"), hours(6));
        assert_eq!(read("\u{ff11}\u{ff18}\u{ff1a}\u{ff10}\u{ff10}"), hours(6));
        assert_eq!(read("9:00"), hours(21));
        assert_eq!(read("12:00"), hours(24));
        assert_eq!(read("tomorrow 9:00"), hours(21));
        assert_eq!(read("tomorrow"), hours(12));
        assert_eq!(read("2026-03-03 10:00"), hours(22));
        assert_eq!(read("3.3. 10:00"), hours(22));
        assert_eq!(read("2026-03-01 10:00"), Err(NoTime::Past));
        assert_eq!(read("2028-01-01"), Err(NoTime::TooFar));
        for words in ["", "soon", "25:00", "12:60", "2026-02-31 10:00", "1:2"] {
            assert_eq!(read(words), Err(NoTime::Unreadable), "{words}");
        }
    }
}
