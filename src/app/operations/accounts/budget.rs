//! A budget as people type it. Pure: nothing is looked up.

use crate::domain::credit::{Budget, Period};
use crate::kernel::Currency;

use super::typed;

/// Reads `500 month`, `500 a month` or `500/月`; none if there is no amount above zero, or no period.
pub fn read(
    words: &str,
    currency: Currency,
    period: &dyn Fn(&str) -> Option<Period>,
) -> Option<Budget> {
    let words = typed::plain(&words.to_lowercase());
    let letters = words.find(char::is_alphabetic)?;
    let (amount, word) = words.split_at_checked(letters)?;
    let amount = amount.trim().trim_end_matches('/').trim_end();
    let word = word.rsplit([' ', '/']).next()?;
    Some(Budget {
        limit_minor: typed::positive(amount, currency).ok()?,
        period: period(word)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_and_a_period_are_a_budget() {
        let cny = Currency::parse("CNY").unwrap();
        let period = |word: &str| match word {
            "day" | "天" => Some(Period::Day),
            "month" | "月" => Some(Period::Month),
            _ => None,
        };
        let budget = |limit_minor, period| {
            Some(Budget {
                limit_minor,
                period,
            })
        };
        for words in [
            "500 month",
            "500.00 a Month",
            "¥500/月",
            "500月",
            "500元/月",
            "５００ 月",
        ] {
            let read = read(words, cny, &period);
            assert_eq!(read, budget(50_000, Period::Month), "{words}");
        }
        assert_eq!(
            read("1,200.5 day", cny, &period),
            budget(120_050, Period::Day)
        );
        for words in [
            "",
            "500",
            "month",
            "0 month",
            "-5 month",
            "1.234 day",
            "500 year",
            "1,5 day",
        ] {
            assert_eq!(read(words, cny, &period), None, "{words}");
        }
    }
}
