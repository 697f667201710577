//! Reminders of what is due on an account: to the person, or to every admin of the company.
//!
//! From the moment something is held or owed on an account, it is looked at every morning: the
//! timer is set in the turn that places an order, which sets others anyway, so that it costs no
//! statement; each look sets the next, until nothing is held or owed any more. A look tells what
//! its day is for in the shop's plan. So what was paid meanwhile is not reminded of, another plan
//! counts from the next morning on, and nothing is told twice: a look is always at a morning later
//! than the one before.

use chrono::NaiveDate;

use crate::app::credit;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{NotifyAct, Route, StatementAct};
use crate::app::screens::statement as screen;
use crate::chat::{Button, Post, Text};
use crate::domain::credit::Account;
use crate::domain::credit::reminders::{Owed, Plan};
use crate::domain::credit::statement::Span;
use crate::domain::orders::Order;
use crate::domain::orders::pushes::{Moment, Wishes};
use crate::kernel::{AccountId, ChatId, CustomerId, Locale, Timestamp};
use crate::shop::settings::Credit;
use crate::shop::{Shop, Zone};
use crate::store;
use crate::store::Tx;
use crate::store::timers::Timer;

use super::alert;

/// The timer; its key is the account's code.
pub const TIMER: &str = "credit-due";
/// The minute of the account's day at which its debtor is reminded: nine in the morning.
const MORNING: u32 = 9 * 60;

/// Something is held or owed on an account: it is looked at the next morning.
pub fn start(cx: &mut Cx<'_>, account: &Account) {
    if cx.shop.settings.credit.is_some() {
        let zone = credit::zone(&cx.shop, account);
        let morning = next_morning(&zone, cx.now);
        cx.set_named_timer(TIMER, &account.id.code(), morning);
    }
}

/// The same for the account that an order is on, if it is on one.
pub async fn watch(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    if let Some(id) = &order.account {
        let account = credit::of(cx, id).await?;
        start(cx, &account);
    }
    Ok(())
}

/// The first morning later than now.
fn next_morning(zone: &Zone, now: Timestamp) -> Timestamp {
    let today = zone.date(now);
    let tomorrow = today.succ_opt().unwrap_or(today);
    let mornings = [today, tomorrow].map(|day| zone.moment(day, MORNING));
    mornings.into_iter().find(|at| *at > now).unwrap_or(now)
}

/// Sets the timers that are not there: of what was brought in from files.
///
/// # Errors
/// The store failed.
pub async fn set_missing(tx: &mut Tx, shop: &Shop, now: Timestamp) -> Result<(), TurnError> {
    if shop.settings.credit.is_none() {
        return Ok(());
    }
    let mut timers = Vec::new();
    for (account, zone) in store::credit::without_timer(tx, TIMER).await? {
        let zone = Zone::parse(&zone).unwrap_or(shop.settings.zone);
        timers.push(Timer {
            kind: TIMER.to_owned(),
            name: account.code(),
            due_ms: next_morning(&zone, now).0,
            lane: alert::LANE.to_owned(),
        });
    }
    Ok(store::timers::set(tx, &timers).await?)
}

/// The timer of an account is due.
pub async fn due(cx: &mut Cx<'_>, code: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let (Some(settings), Some(id)) = (&shop.settings.credit, AccountId::parse(code)) else {
        return Ok(());
    };
    let account = store::credit::find(cx.tx, &id).await?;
    let is_watched = |account: &Account| account.balance_minor > 0 || account.held_minor > 0;
    let Some(account) = account.filter(is_watched) else {
        return Ok(());
    };
    start(cx, &account);
    let zone = credit::zone(&shop, &account);
    let today = zone.date(cx.now);
    // Earlier than that its zone is another one now; its morning is still to come.
    if cx.now < zone.moment(today, MORNING) || account.balance_minor <= 0 {
        return Ok(());
    }
    let owed = owed(cx.tx, &account, &zone).await?;
    let told = plan(settings).on(today, &owed);
    if !told.is_empty() {
        for debtor in debtors(cx, &id).await? {
            let body = screen::reminder(&account, debtor.company.as_deref(), &told);
            tell(cx, &account, &debtor, body);
        }
    }
    Ok(())
}

fn plan(settings: &Credit) -> Plan<'_> {
    Plan {
        before: &settings.before,
        after: &settings.after,
    }
}

/// What of an account is not paid, by the last day on which it is paid in time.
pub async fn owed(tx: &mut Tx, account: &Account, zone: &Zone) -> Result<Vec<Owed>, TurnError> {
    let paid = account.debts_minor - account.balance_minor;
    let unpaid = store::credit::unpaid_by_due(tx, &account.id, paid).await?;
    let mut owed: Vec<Owed> = Vec::new();
    for (due, rest_minor) in unpaid {
        let due = last_day(zone, due);
        match owed.last_mut().filter(|last| last.due == due) {
            Some(last) => last.rest_minor += rest_minor,
            None => owed.push(Owed { due, rest_minor }),
        }
    }
    Ok(owed)
}

/// The last day before a moment: what is due at midnight is paid in time the day before.
pub fn last_day(zone: &Zone, due: Timestamp) -> NaiveDate {
    zone.date(due.plus(-1))
}

/// Somebody who is reminded.
struct Debtor {
    who: CustomerId,
    locale: Locale,
    wishes: Wishes,
    /// What their company is called; none: it is their own account.
    company: Option<String>,
}

/// Who can be written to of those who look after an account.
async fn debtors(cx: &mut Cx<'_>, id: &AccountId) -> Result<Vec<Debtor>, TurnError> {
    let company = match id {
        AccountId::Person(who) => {
            let person = store::customers::find(cx.tx, *who).await?;
            let there = person.into_iter().filter(|person| person.reachable);
            return Ok(there
                .map(|person| Debtor {
                    who: person.id,
                    locale: person.locale,
                    wishes: person.pushes,
                    company: None,
                })
                .collect());
        }
        AccountId::Company(company) => company,
    };
    let found = store::companies::find(cx.tx, company).await?;
    let name = found.map_or_else(|| company.0.clone(), |found| found.called().to_owned());
    let members = store::companies::members(cx.tx, company).await?;
    let admins = members
        .into_iter()
        .filter(|person| person.member.role.sees_account() && person.reachable);
    Ok(admins
        .map(|person| Debtor {
            who: person.member.user,
            locale: person
                .locale
                .unwrap_or_else(|| cx.shop.texts.negotiate(None)),
            wishes: person.pushes,
            company: Some(name.clone()),
        })
        .collect())
}

/// As loud as the shop's table and the person want it; perhaps not at all.
fn tell(cx: &mut Cx<'_>, account: &Account, debtor: &Debtor, body: Vec<Text>) {
    let settings = &cx.shop.settings;
    let minute = settings.zone.wall(cx.now).minute;
    let told = settings
        .pushes
        .tells(Moment::AccountDue, debtor.wishes, minute);
    let Some(loud) = told else {
        return;
    };
    let statement = Route::Statement(StatementAct::Open(account.id.clone(), Span::ThisMonth));
    let notify = Route::Notify(NotifyAct::Show);
    let rows = [("button-statement", statement), ("button-notify", notify)];
    let rows = rows.map(|(label, route)| vec![Button::data(Text::new(label), route.data(0))]);
    let view = screen::of(body, rows.into());
    let post = Post::Say {
        chat: ChatId(debtor.who.0),
        topic: None,
        view,
        loud,
    };
    cx.post(debtor.locale.clone(), post);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_morning_is_always_later() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let nine = zone.moment(day("2026-03-29"), MORNING);
        assert_eq!(next_morning(&zone, zone.moment(day("2026-03-29"), 0)), nine);
        assert_eq!(next_morning(&zone, nine.plus(-1)), nine);
        let next = zone.moment(day("2026-03-30"), MORNING);
        assert_eq!(next_morning(&zone, nine), next);
    }

    #[test]
    fn the_day_on_which_the_clock_goes_forward_has_23_hours_and_is_a_whole_day() {
        const HOUR: i64 = 3_600_000;
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (from, until) = (
            zone.moment(day("2026-03-29"), 0),
            zone.moment(day("2026-03-30"), 0),
        );
        assert_eq!(until.0 - from.0, 23 * HOUR);
        assert_eq!(last_day(&zone, until), day("2026-03-29"));
        assert_eq!(last_day(&zone, from), day("2026-03-28"));
        let autumn = (
            zone.moment(day("2026-10-25"), 0),
            zone.moment(day("2026-10-26"), 0),
        );
        assert_eq!(autumn.1.0 - autumn.0.0, 25 * HOUR);
    }
}
