//! How much a line asks for: a number as people write it, perhaps with a unit.

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::Unit;
use crate::kernel::Quantity;

/// In what an amount is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Nothing is said.
    Bare,
    /// Pieces, packs.
    Piece,
    /// Grams.
    Gram,
    /// Half kilograms, as Chinese markets count.
    Jin,
    /// Kilograms.
    Kilogram,
}

/// How much, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// Nothing is said: the least that is sold.
    Least,
    /// A number.
    Number {
        /// In thousandths; what is larger than any order counts as just too large.
        thousandths: i64,
        /// In what.
        measure: Measure,
    },
    /// No number, where one should stand.
    Unreadable,
}

/// Why an amount can't be had of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountFault {
    /// It is no number.
    Unreadable,
    /// It is zero or less.
    NotPositive,
    /// It is no whole number of pieces, packs or grams.
    Fraction,
    /// It is in kilograms or grams, and the article is sold by the piece.
    ByPiece,
    /// It is in pieces, and the article is sold by weight.
    ByWeight,
    /// It is less than is sold, or no whole number of steps.
    Step {
        /// The least that is sold, in base units.
        min: Quantity,
        /// The step, in base units.
        step: Quantity,
    },
    /// It is more than one line may have.
    TooMuch {
        /// The most, in base units.
        max: Quantity,
    },
}

/// What no amount reaches: a million of a million.
const HUGE: i64 = 1_000_000_000_000_000;

impl Amount {
    /// Reads a number with an optional sign, a decimal point or comma, and commas between
    /// thousands; none if the text is no number.
    pub fn number(text: &str, measure: Measure) -> Option<Self> {
        let (minus, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let thousandths = thousandths(digits)?;
        Some(Self::Number {
            thousandths: if minus { -thousandths } else { thousandths },
            measure,
        })
    }

    /// The quantity in base units of an article measured so.
    ///
    /// # Errors
    /// Why it can't be had; `most` is the most steps that one line may have.
    pub fn of(self, unit: Unit, most: i64) -> Result<Quantity, AmountFault> {
        let (thousandths, measure) = match self {
            Self::Least => return Ok(unit.min()),
            Self::Unreadable => return Err(AmountFault::Unreadable),
            Self::Number {
                thousandths,
                measure,
            } => (thousandths, measure),
        };
        if thousandths <= 0 {
            return Err(AmountFault::NotPositive);
        }
        let base = match (unit, measure) {
            (Unit::Piece, Measure::Bare | Measure::Piece) => whole(thousandths, 1)?,
            (Unit::Pack { size }, Measure::Bare | Measure::Piece) => {
                whole(thousandths, 1)?.saturating_mul(size)
            }
            (Unit::Gram { .. }, Measure::Bare | Measure::Gram) => whole(thousandths, 1)?,
            (Unit::Gram { .. }, Measure::Jin) => whole(thousandths, 500)?,
            (Unit::Gram { .. }, Measure::Kilogram) => whole(thousandths, 1000)?,
            (Unit::Gram { .. }, Measure::Piece) => return Err(AmountFault::ByWeight),
            (Unit::Piece | Unit::Pack { .. }, Measure::Gram | Measure::Jin | Measure::Kilogram) => {
                return Err(AmountFault::ByPiece);
            }
        };
        let max = Quantity(unit.step().0.saturating_mul(most));
        if Quantity(base) > max {
            return Err(AmountFault::TooMuch { max });
        }
        if !unit.allows(Quantity(base)) {
            let (min, step) = (unit.min(), unit.step());
            return Err(AmountFault::Step { min, step });
        }
        Ok(Quantity(base))
    }
}

fn whole(thousandths: i64, times: i64) -> Result<i64, AmountFault> {
    let all = thousandths.saturating_mul(times);
    if all % 1000 == 0 {
        Ok(all / 1000)
    } else {
        Err(AmountFault::Fraction)
    }
}

/// Digits with at most one decimal mark; a comma before exactly three digits stands between
/// thousands.
fn thousandths(text: &str) -> Option<i64> {
    let plain = ungrouped(text);
    let (whole, part) = match plain.split_once(['.', ',']) {
        Some((whole, part)) => (whole, part),
        None => (plain.as_str(), "0"),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().unwrap_or(HUGE).min(HUGE);
    let kept: String = part.chars().chain("000".chars()).take(3).collect();
    // What lies behind the third place makes a fraction of it all the same.
    let rest = part.chars().skip(3).any(|c| c != '0');
    let part: i64 = kept.parse().unwrap_or(0);
    let thousandths = whole.saturating_mul(1000).saturating_add(part);
    Some(if rest && part == 0 {
        thousandths.saturating_add(1)
    } else {
        thousandths
    })
}

fn ungrouped(text: &str) -> String {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let groups: Vec<&str> = groups.collect();
    let (last, middle) = match groups.split_last() {
        Some(split) => split,
        None => return text.to_owned(),
    };
    let last = last.split('.').next().unwrap_or_default();
    let are_groups = (1..=3).contains(&first.len())
        && first != "0"
        && !first.contains('.')
        && middle.iter().chain([&last]).all(|group| group.len() == 3);
    if are_groups {
        text.replace(',', "")
    } else {
        text.to_owned()
    }
}
