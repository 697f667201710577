//! Money: whole minor units with their currency. No floats, no silent overflow.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code with its number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

/// Currencies whose minor unit is not a hundredth (ISO 4217, list one).
const OTHER_DECIMALS: &[(&str, u8)] = &[
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("ISK", 0),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("PYG", 0),
    ("RWF", 0),
    ("UGX", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
    ("BHD", 3),
    ("IQD", 3),
    ("JOD", 3),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("TND", 3),
];

impl Currency {
    /// Reads a code of three capital letters; `None` for anything else.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        if !bytes.iter().all(u8::is_ascii_uppercase) {
            return None;
        }
        let decimals = OTHER_DECIMALS
            .iter()
            .find(|(other, _)| *other == code)
            .map_or(2, |(_, decimals)| *decimals);
        Some(Self {
            code: bytes,
            decimals,
        })
    }

    /// ISO 4217's code for "no currency": what a shop has whose own can't be read.
    pub fn none() -> Self {
        Self {
            code: *b"XXX",
            decimals: 2,
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// Digits after the point of one major unit.
    pub fn decimals(&self) -> u8 {
        self.decimals
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("not a currency code"))
    }
}

/// Why a sum of money can't be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Amounts of two currencies met.
    #[error("amounts in {0} and {1} can't be combined")]
    Currencies(String, String),
    /// The sum leaves the range of 64 bits.
    #[error("the amount is too large")]
    Overflow,
}

/// An amount: minor units (cents, fen) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for a discount or a debt.
    pub minor: i64,
    /// What they are units of.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum.
    ///
    /// # Errors
    /// Different currencies, or a sum beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(
                self.currency.code().to_owned(),
                other.currency.code().to_owned(),
            ));
        }
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The amount `n` times.
    ///
    /// # Errors
    /// A product beyond 64 bits.
    pub fn times(self, n: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(n).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Reads a decimal such as `28`, `28.5` or `-3.00`; `None` if it is not one, or has
    /// more decimals than the currency.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let decimals = usize::from(currency.decimals());
        if whole.is_empty()
            || !all_digits(whole)
            || !all_digits(fraction)
            || fraction.len() > decimals
        {
            return None;
        }
        if digits.ends_with('.') {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<decimals$}").parse().ok()?;
        Some(Self::new(if negative { -minor } else { minor }, currency))
    }
}

impl fmt::Display for Money {
    /// The plain decimal, without currency or grouping: `28.00`. Texts add the symbol.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.currency.decimals());
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!(
            "{:0>width$}",
            self.minor.unsigned_abs(),
            width = decimals + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cny() -> Currency {
        Currency::parse("CNY").unwrap()
    }

    #[test]
    fn reads_and_shows_decimals() {
        for (text, minor) in [("28", 2800), ("28.5", 2850), ("-0.05", -5), ("0.00", 0)] {
            assert_eq!(Money::parse(text, cny()).unwrap().minor, minor, "{text}");
        }
        assert_eq!(Money::new(-5, cny()).to_string(), "-0.05");
        assert_eq!(Money::new(123_450, cny()).to_string(), "1234.50");
        assert_eq!(
            Money::new(500, Currency::parse("JPY").unwrap()).to_string(),
            "500"
        );
        assert_eq!(
            Money::new(1500, Currency::parse("KWD").unwrap()).to_string(),
            "1.500"
        );
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["", "1.", ".5", "1,5", "1.005", "1e3", "--1", "９"] {
            assert_eq!(Money::parse(text, cny()), None, "{text}");
        }
    }

    #[test]
    fn sums_are_checked() {
        let most = Money::new(i64::MAX, cny());
        assert_eq!(most.plus(Money::new(1, cny())), Err(MoneyError::Overflow));
        let yen = Money::zero(Currency::parse("JPY").unwrap());
        assert!(matches!(
            yen.plus(Money::zero(cny())),
            Err(MoneyError::Currencies(..))
        ));
    }
}
