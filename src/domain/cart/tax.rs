//! Tax and rounding rules of a shop.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::TaxClass;

/// A rate in millionths: 6 % = 60 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxRate(pub i64);

/// One whole in [`TaxRate`]'s millionths.
pub(super) const WHOLE: i128 = 1_000_000;

/// Whether prices contain tax, and how much for which class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRules {
    /// True: prices contain it (shown as "of which"). False: it is added on top.
    pub inclusive: bool,
    /// The rates; a class without one is an error when pricing.
    pub rates: BTreeMap<TaxClass, TaxRate>,
}

/// How fractions of a minor unit are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    /// Where tax is rounded.
    pub scope: Scope,
    /// How.
    pub mode: Mode,
}

/// Where tax is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// On each line; a class's tax is the sum of its lines'.
    Line,
    /// Once per class, on the sum of its lines.
    Total,
}

/// How a fraction is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// A half goes away from zero.
    HalfUp,
    /// A half goes to the even neighbour.
    HalfEven,
}

impl TaxRate {
    /// Reads a percentage such as `6`, `6%` or `8.875 %`: 0 to 100, at most four decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 4 {
            return None;
        }
        if number.ends_with('.') {
            return None;
        }
        let millionths: i64 = format!("{whole}{fraction:0<4}").parse().ok()?;
        (millionths <= 1_000_000).then_some(Self(millionths))
    }
}

impl fmt::Display for TaxRate {
    /// The percentage without its sign: `6`, `8.875`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / 10_000, self.0 % 10_000);
        if fraction == 0 {
            write!(f, "{whole}")
        } else {
            let digits = format!("{fraction:04}");
            write!(f, "{whole}.{}", digits.trim_end_matches('0'))
        }
    }
}

impl Mode {
    /// `numerator / denominator` as a whole number; the denominator is positive.
    pub fn divide(self, numerator: i128, denominator: i128) -> i128 {
        let floor = numerator.div_euclid(denominator);
        let twice = numerator.rem_euclid(denominator) * 2;
        let up = match twice.cmp(&denominator) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => match self {
                Self::HalfUp => numerator >= 0,
                Self::HalfEven => floor % 2 != 0,
            },
        };
        floor + i128::from(up)
    }
}
