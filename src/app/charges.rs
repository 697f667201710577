//! What a cart is charged besides its goods by the rules of its flow, and what it lacks.
//!
//! Pure: conditions read the facts that are given. A condition that can't be worked out (a
//! number out of range) counts as fulfilled: the fee is then on the review, for all to see.

use crate::dialogue::{Facts, Flow, Place};
use crate::domain::cart::Fee;
use crate::shop::FeeRule;

/// The moment that rules are held against: the conversation and what is known.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The flow whose rules these are.
    pub flow: &'a Flow,
    /// Where the conversation stands in it.
    pub place: &'a Place,
    /// What conditions may read; its order without any fee.
    pub facts: &'a Facts,
}

/// The fees that apply now, in the order of the file.
pub fn charged(rules: &[FeeRule], moment: Moment<'_>) -> Vec<Fee> {
    rules
        .iter()
        .filter(|rule| applies(rule, moment, moment.facts))
        .map(|rule| Fee {
            id: rule.id.clone(),
            amount: rule.amount,
            tax_class: rule.tax.clone(),
            tax: None,
        })
        .collect()
}

/// The nearest amount of goods, in minor units, at which a fee falls away and no other takes its
/// place, with that fee's id. The amounts tried are those that the conditions themselves name.
pub fn falls_away(rules: &[FeeRule], moment: Moment<'_>) -> Option<(String, i64)> {
    let now = moment.facts.order.subtotal_minor;
    let named = rules.iter().filter_map(|rule| rule.when.as_ref());
    let mut amounts: Vec<i64> = named
        .flat_map(|when| when.numbers())
        .flat_map(|number| [number, number.saturating_add(1)])
        .filter(|amount| *amount > now)
        .collect();
    amounts.sort_unstable();
    amounts.dedup();
    amounts.into_iter().find_map(|amount| {
        let mut facts = moment.facts.clone();
        facts.order.subtotal_minor = amount;
        let then = |rule: &FeeRule| applies(rule, moment, &facts);
        let before = |rule: &FeeRule| applies(rule, moment, moment.facts);
        let gone = rules.iter().find(|rule| before(rule) && !then(rule))?;
        let is_new = rules.iter().any(|rule| then(rule) && !before(rule));
        (!is_new).then(|| (gone.id.clone(), amount))
    })
}

fn applies(rule: &FeeRule, moment: Moment<'_>, facts: &Facts) -> bool {
    rule.when
        .as_ref()
        .is_none_or(|when| when.holds(moment.flow, moment.place, facts).unwrap_or(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Condition;
    use crate::kernel::{Currency, Money};

    fn rule(id: &str, when: &str, flow: &Flow) -> FeeRule {
        FeeRule {
            id: id.to_owned(),
            amount: Money::new(500, Currency::parse("CNY").unwrap()),
            tax: "food".into(),
            when: (!when.is_empty()).then(|| Condition::new(when, &flow.table()).unwrap()),
        }
    }

    /// Ids charged, and what falls away at which amount, for goods of `subtotal`.
    fn at(rules: &[(&str, &str)], subtotal: i64) -> (Vec<String>, Option<(String, i64)>) {
        let flow = Flow {
            id: "delivery".to_owned(),
            title: String::new(),
            starts: Vec::new(),
            steps: Vec::new(),
        };
        let rules: Vec<_> = rules
            .iter()
            .map(|(id, when)| rule(id, when, &flow))
            .collect();
        let mut facts = Facts::default();
        facts.order.subtotal_minor = subtotal;
        let moment = Moment {
            flow: &flow,
            place: &Place::default(),
            facts: &facts,
        };
        let ids = charged(&rules, moment).into_iter().map(|fee| fee.id);
        (ids.collect(), falls_away(&rules, moment))
    }

    fn falls(id: &str, amount: i64) -> Option<(String, i64)> {
        Some((id.to_owned(), amount))
    }

    #[test]
    fn a_fee_is_charged_below_its_amount_and_says_where_it_ends() {
        let rules = [("way", "order.subtotal_minor < 10000")];
        assert_eq!(
            at(&rules, 9_999),
            (vec!["way".into()], falls("way", 10_000))
        );
        assert_eq!(at(&rules, 10_000), (vec![], None));
        let rules = [("way", "!(order.subtotal_minor > 10000)")];
        assert_eq!(
            at(&rules, 10_000),
            (vec!["way".into()], falls("way", 10_001))
        );
    }

    #[test]
    fn a_fee_without_condition_is_always_charged() {
        assert_eq!(at(&[("bag", "")], 5), (vec!["bag".into()], None));
    }

    #[test]
    fn a_dearer_step_that_gives_way_to_a_cheaper_one_is_no_gift() {
        let rules = [
            ("far", "order.subtotal_minor < 5000"),
            (
                "near",
                "order.subtotal_minor >= 5000 && order.subtotal_minor < 10000",
            ),
        ];
        assert_eq!(
            at(&rules, 4_000),
            (vec!["far".into()], falls("far", 10_000))
        );
        assert_eq!(
            at(&rules, 6_000),
            (vec!["near".into()], falls("near", 10_000))
        );
    }

    #[test]
    fn a_fee_of_the_night_does_not_end_by_buying_more() {
        let rules = [("night", "time.hour >= 22 || time.hour < 6")];
        assert_eq!(at(&rules, 100), (vec!["night".into()], None));
    }
}
