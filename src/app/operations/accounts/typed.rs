//! What staff type about an account: an amount, a reference, a reason. Pure: nothing is looked up.

use unicode_normalization::UnicodeNormalization;

use crate::chat::one_line;
use crate::domain::credit::{Kind, MOST_MINOR, Terms, What, tidy_reference};
use crate::kernel::{Currency, Money};
use crate::shop::Zone;

/// Characters of a reason.
pub const MOST_WHY: usize = 200;

/// What was typed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// What.
    pub meant: Meant,
    /// Why; empty: not said.
    pub why: String,
}

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A change.
    Change(What),
    /// A refund for the order of this number, of so much.
    Refund(i64, i64),
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no amount where one is expected.
    Amount,
    /// More decimals than the currency has.
    Decimals,
    /// Nothing.
    Zero,
    /// Less than nothing.
    Negative,
    /// More than [`MOST_MINOR`].
    TooLarge,
    /// Neither `+` nor `-` in front.
    Sign,
    /// No reason.
    Why,
    /// A reason of more than [`MOST_WHY`] characters.
    LongWhy,
    /// No reference.
    Reference,
    /// A reference with other characters than it may have, or too many.
    OddReference,
    /// No number of an order.
    Order,
    /// No payment terms.
    Terms,
    /// No time zone.
    Zone,
}

/// Reads what was typed where a change of this kind is asked for. `is_month`: whether a word means
/// the end of the month.
///
/// # Errors
/// What is wrong with it; the first thing only.
pub fn read(
    kind: Kind,
    words: &str,
    (currency, is_month): (Currency, &dyn Fn(&str) -> bool),
) -> Result<Typed, Fault> {
    let words = one_line(words);
    let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
    let first = plain(first);
    let (meant, why) = match kind {
        Kind::Open => (
            What::Open(at_least_nothing(&first, currency)?),
            needed(rest)?,
        ),
        Kind::Limit => (
            What::Limit(at_least_nothing(&first, currency)?),
            needed(rest)?,
        ),
        Kind::Terms => {
            let (terms, why) = terms(&first, rest, is_month)?;
            (What::Terms(terms.code()), why)
        }
        Kind::Zone => {
            let zone = Zone::parse(&first).ok_or(Fault::Zone)?;
            (What::Zone(zone.name().to_owned()), rest)
        }
        // The button says what; only the reason is typed.
        Kind::Exceed => (What::Exceed(true), words.as_str()),
        Kind::Block => (What::Block(true), words.as_str()),
        Kind::Repay => {
            let amount = positive(&first, currency)?;
            let (reference, why) = rest.split_once(' ').unwrap_or((rest, ""));
            if reference.is_empty() {
                return Err(Fault::Reference);
            }
            let tidy = tidy_reference(&plain(reference)).ok_or(Fault::OddReference)?;
            (What::Repay(amount, tidy), why)
        }
        Kind::Adjust => (What::Adjust(signed(&first, currency)?), needed(rest)?),
        Kind::Refund => return refund(&first, rest, currency),
    };
    typed(Meant::Change(meant), why)
}

fn typed(meant: Meant, why: &str) -> Result<Typed, Fault> {
    if why.chars().count() > MOST_WHY {
        return Err(Fault::LongWhy);
    }
    let why = why.to_owned();
    Ok(Typed { meant, why })
}

/// Full-width signs and digits as their plain ones.
pub(super) fn plain(word: &str) -> String {
    let minus = |c: char| if c == '\u{2212}' { '-' } else { c };
    word.nfkc().map(minus).collect()
}

fn needed(why: &str) -> Result<&str, Fault> {
    match why.trim() {
        "" => Err(Fault::Why),
        why => Ok(why),
    }
}

fn refund(first: &str, rest: &str, currency: Currency) -> Result<Typed, Fault> {
    let number = first.strip_prefix('#').unwrap_or(first);
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = number.parse().ok().filter(|_| digits).ok_or(Fault::Order)?;
    if rest.is_empty() {
        return Err(Fault::Amount);
    }
    let (amount, why) = rest.split_once(' ').unwrap_or((rest, ""));
    let amount = positive(&plain(amount), currency)?;
    typed(Meant::Refund(number, amount), needed(why)?)
}

fn terms<'w>(
    first: &str,
    rest: &'w str,
    is_month: &dyn Fn(&str) -> bool,
) -> Result<(Terms, &'w str), Fault> {
    if !first.eq_ignore_ascii_case("eom") && !is_month(first) {
        let terms = Terms::parse(first).ok_or(Fault::Terms)?;
        return Ok((terms, rest));
    }
    let (days, why) = rest.split_once(' ').unwrap_or((rest, ""));
    let days = plain(days);
    let is_number = !days.is_empty() && days.bytes().all(|b| b.is_ascii_digit());
    let (days, why) = if is_number {
        (days.as_str(), why)
    } else {
        ("0", rest)
    };
    let terms = Terms::parse(&format!("eom {days}")).ok_or(Fault::Terms)?;
    Ok((terms, why))
}

/// An amount above zero, in minor units.
pub(super) fn positive(word: &str, currency: Currency) -> Result<i64, Fault> {
    match at_least_nothing(word, currency)? {
        0 => Err(Fault::Zero),
        minor => Ok(minor),
    }
}

fn at_least_nothing(word: &str, currency: Currency) -> Result<i64, Fault> {
    match amount(word, currency)? {
        minor if minor < 0 || word.starts_with('-') => Err(Fault::Negative),
        minor => Ok(minor),
    }
}

fn signed(word: &str, currency: Currency) -> Result<i64, Fault> {
    let minor = match word.split_at_checked(1) {
        Some(("+", rest)) if !rest.starts_with('-') => amount(rest, currency)?,
        Some(("-", _)) => amount(word, currency)?,
        _ => {
            amount(word, currency)?;
            return Err(Fault::Sign);
        }
    };
    if minor == 0 {
        Err(Fault::Zero)
    } else {
        Ok(minor)
    }
}

/// An amount such as `1,200.50` or `¥-3`.
fn amount(word: &str, currency: Currency) -> Result<i64, Fault> {
    let (minus, word) = match word.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", word),
    };
    let word = word.trim_start_matches(['¥', '$', '€', '£', '\u{5143}']);
    let digits = ungrouped(word).ok_or(Fault::Amount)?;
    let has_form = |word: &str| {
        let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
        [whole, part]
            .iter()
            .all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    if !has_form(&digits) {
        return Err(Fault::Amount);
    }
    let part = digits.split_once('.').map_or("", |(_, part)| part);
    if part.len() > usize::from(currency.decimals()) {
        return Err(Fault::Decimals);
    }
    let read = Money::parse(&format!("{minus}{digits}"), currency).map(|money| money.minor);
    let within = read.filter(|minor| minor.abs() <= MOST_MINOR);
    within.ok_or(Fault::TooLarge)
}

/// Digits without the commas between thousands; none if the commas stand elsewhere: `1,5` may mean
/// two things.
fn ungrouped(word: &str) -> Option<String> {
    if !word.contains(',') {
        return Some(word.to_owned());
    }
    let (whole, part) = word.split_once('.').unwrap_or((word, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    (is_grouped && !part.contains(',')).then(|| word.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(code: &str, kind: Kind, words: &str) -> Result<Typed, Fault> {
        let currency = Currency::parse(code).unwrap();
        read(kind, words, (currency, &|word| word == "月底"))
    }

    fn change(kind: Kind, words: &str) -> Result<(What, String), Fault> {
        read_in("CNY", kind, words).map(|typed| match typed.meant {
            Meant::Change(what) => (what, typed.why),
            Meant::Refund(..) => panic!("no refund"),
        })
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for words in [
            "5000 new",
            "5,000 new",
            "¥5,000.00 new",
            "５０００ new",
            " 5000.0  new ",
        ] {
            let limit = change(Kind::Limit, words);
            assert_eq!(limit, Ok((What::Limit(500_000), "new".into())), "{words}");
        }
        assert_eq!(
            change(Kind::Open, "0 prepaid only"),
            Ok((What::Open(0), "prepaid only".into()))
        );
        for (words, fault) in [
            ("", Fault::Amount),
            ("a lot", Fault::Amount),
            ("1,5 x", Fault::Amount),
            ("1.2.3 x", Fault::Amount),
            ("5. x", Fault::Amount),
            ("1.234 x", Fault::Decimals),
            ("-5 x", Fault::Negative),
            ("-0 x", Fault::Negative),
            ("99999999999999999999 x", Fault::TooLarge),
            ("10000000001 x", Fault::TooLarge),
            ("5000", Fault::Why),
        ] {
            assert_eq!(change(Kind::Limit, words), Err(fault), "{words}");
        }
        assert_eq!(read_in("JPY", Kind::Limit, "5.5 x"), Err(Fault::Decimals));
        let long = format!("5 {}", "x".repeat(MOST_WHY + 1));
        assert_eq!(change(Kind::Limit, &long), Err(Fault::LongWhy));
    }

    #[test]
    fn a_repayment_needs_its_reference() {
        let paid = |words| change(Kind::Repay, words);
        let tx = || What::Repay(120_050, "TX-17".to_owned());
        assert_eq!(paid("1200.50 tx-17"), Ok((tx(), String::new())));
        assert_eq!(paid("1200.50 TX-17 by bank"), Ok((tx(), "by bank".into())));
        for (words, fault) in [
            ("1200.50", Fault::Reference),
            ("1200.50 回单", Fault::OddReference),
            ("1200.50 --", Fault::OddReference),
            ("0 TX-1", Fault::Zero),
            ("-1 TX-1", Fault::Negative),
            ("TX-1 5", Fault::Amount),
        ] {
            assert_eq!(paid(words), Err(fault), "{words}");
        }
    }

    #[test]
    fn an_adjustment_says_which_way() {
        let adjusts = |words| change(Kind::Adjust, words);
        assert_eq!(adjusts("+50 fee"), Ok((What::Adjust(5000), "fee".into())));
        for words in ["-50 fee", "－50 fee", "\u{2212}50 fee"] {
            assert_eq!(adjusts(words), Ok((What::Adjust(-5000), "fee".into())));
        }
        for (words, fault) in [
            ("50 fee", Fault::Sign),
            ("+-50 fee", Fault::Amount),
            ("+0 fee", Fault::Zero),
            ("+50", Fault::Why),
            ("fee +50", Fault::Amount),
        ] {
            assert_eq!(adjusts(words), Err(fault), "{words}");
        }
    }

    #[test]
    fn a_refund_names_its_order() {
        let refund = |words| read_in("CNY", Kind::Refund, words);
        for words in ["#12 30 broken", "12 30.00 broken", "＃12 30 broken"] {
            let typed = refund(words).unwrap();
            assert_eq!(
                (typed.meant, &*typed.why),
                (Meant::Refund(12, 3000), "broken")
            );
        }
        for (words, fault) in [
            ("", Fault::Order),
            ("broken", Fault::Order),
            ("#12", Fault::Amount),
            ("#12 broken", Fault::Amount),
            ("#12 30", Fault::Why),
            ("#12 0 broken", Fault::Zero),
        ] {
            assert_eq!(refund(words), Err(fault), "{words}");
        }
    }

    #[test]
    fn terms_are_days_or_days_after_the_month() {
        let terms = |words| change(Kind::Terms, words);
        for (words, code, why) in [
            ("30", "30", ""),
            ("60 agreed today", "60", "agreed today"),
            ("eom 15", "eom 15", ""),
            ("EOM", "eom 0", ""),
            ("eom as agreed", "eom 0", "as agreed"),
            ("月底 １５", "eom 15", ""),
        ] {
            let read = Ok((What::Terms(code.to_owned()), why.to_owned()));
            assert_eq!(terms(words), read, "{words}");
        }
        for words in ["", "soon", "366", "-1", "eom 366"] {
            assert_eq!(terms(words), Err(Fault::Terms), "{words}");
        }
    }
}
