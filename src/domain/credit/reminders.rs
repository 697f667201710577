//! When a debtor is reminded: days before something is due and days after, by the account's own
//! calendar.
//!
//! Business decisions: each due day is reminded of by itself, once for each of the shop's days;
//! what was paid is reminded of no more. Which day it is comes in; that nobody hears of one day
//! twice follows from looking once a day.

use chrono::NaiveDate;

/// What is owed for one due day, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// The last day on which it is paid in time.
    pub due: NaiveDate,
    /// What of it is not paid.
    pub rest_minor: i64,
}

/// Something of which somebody is reminded on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// Of what.
    pub owed: Owed,
    /// In how many days it is due; below zero: for so many days it has been overdue.
    pub days_left: i64,
}

/// The days of a shop.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Days before something is due.
    pub before: &'a [i64],
    /// Days after it was.
    pub after: &'a [i64],
}

impl Plan<'_> {
    /// Of what somebody is reminded on a day, the oldest first.
    pub fn on(self, today: NaiveDate, owed: &[Owed]) -> Vec<Reminder> {
        let mut reminders: Vec<Reminder> = owed
            .iter()
            .map(|owed| Reminder {
                owed: *owed,
                days_left: (owed.due - today).num_days(),
            })
            .filter(|reminder| match reminder.days_left {
                left if left > 0 => self.before.contains(&left),
                left => self.after.contains(&-left),
            })
            .collect();
        reminders.sort_by_key(|reminder| reminder.owed.due);
        reminders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: Plan<'_> = Plan {
        before: &[7, 1],
        after: &[1, 7, 14],
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn owed(due: &str, rest_minor: i64) -> Owed {
        Owed {
            due: day(due),
            rest_minor,
        }
    }

    #[test]
    fn every_day_of_the_plan_comes_once() {
        let owed = [owed("2026-03-20", 500)];
        let told = day("2026-03-01").iter_days().take(60).flat_map(|today| {
            let left = PLAN.on(today, &owed).into_iter();
            left.map(move |reminder| (today.to_string(), reminder.days_left))
        });
        let wanted = [
            ("2026-03-13", 7),
            ("2026-03-19", 1),
            ("2026-03-21", -1),
            ("2026-03-27", -7),
            ("2026-04-03", -14),
        ];
        let wanted = wanted.map(|(day, left)| (day.to_owned(), left));
        assert_eq!(told.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn two_due_days_are_told_together_and_each_by_its_own() {
        let both = [owed("2026-03-20", 500), owed("2026-03-12", 100)];
        let told = PLAN.on(day("2026-03-13"), &both);
        let left: Vec<i64> = told.iter().map(|reminder| reminder.days_left).collect();
        assert_eq!(left, [-1, 7]);
    }

    #[test]
    fn nothing_owed_and_no_plan_remind_of_nothing() {
        let none = Plan {
            before: &[],
            after: &[],
        };
        let owed = [owed("2026-03-14", 500)];
        assert_eq!(none.on(day("2026-03-13"), &owed), []);
        assert_eq!(PLAN.on(day("2026-03-14"), &owed), []);
        assert_eq!(PLAN.on(day("2026-03-13"), &[]), []);
    }
}
