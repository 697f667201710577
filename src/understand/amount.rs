//! How much of something: a decimal number of thousandths, never a float.

use std::fmt;
use std::ops::{Add, Sub};

/// A quantity in thousandths: 1500 is one and a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(pub i64);

/// Nobody orders more; what is beyond is shown as this, and asked back.
const MOST: i64 = 1_000_000_000_000;

impl Amount {
    /// One.
    pub const ONE: Self = Self(1000);

    /// So many whole ones.
    pub fn whole(n: i64) -> Self {
        Self(n.saturating_mul(1000).clamp(-MOST, MOST))
    }

    /// Reads digits with a decimal point; more than three decimals are cut off. What is too large
    /// to be counted is the most that can be.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) {
            return None;
        }
        let whole = whole.parse::<i64>().unwrap_or(MOST).min(MOST / 1000);
        let part: String = part.chars().chain("000".chars()).take(3).collect();
        Some(Self(whole * 1000 + part.parse::<i64>().ok()?))
    }

    /// Times another amount; none if that can't be counted.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(other.0) / 1000;
        i64::try_from(product)
            .ok()
            .map(|n| Self(n.clamp(-MOST, MOST)))
    }

    /// In parts of another one, to the nearest thousandth.
    pub fn nearly_over(self, other: Self) -> Option<Self> {
        let (scaled, by) = (i128::from(self.0) * 1000, i128::from(other.0));
        if by <= 0 {
            return None;
        }
        i64::try_from((scaled + by / 2) / by).ok().map(Self)
    }

    /// In parts of another one, if it goes without a rest in thousandths.
    pub fn over(self, other: Self) -> Option<Self> {
        let scaled = i128::from(self.0) * 1000;
        let by = i128::from(other.0);
        if by == 0 || scaled % by != 0 {
            return None;
        }
        i64::try_from(scaled / by).ok().map(Self)
    }

    /// The whole number it is, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        (self.0 % 1000 == 0).then_some(self.0 / 1000)
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).clamp(-MOST, MOST))
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).clamp(-MOST, MOST))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}
