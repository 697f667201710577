//! Ordering on account: whose account an order would be on, how it would stand on it, what the
//! customer and the rules hear of that.
//!
//! Whatever is decided here the booking repeats, see [`store::credit::book`]. What is too much for
//! the limit or a budget is refused, unless a rule that looked at just that leaves it to people.

use chrono::NaiveDate;

use crate::chat::{Arg, Text};
use crate::dialogue::facts::{BudgetFacts, CreditFacts, UNLIMITED};
use crate::dialogue::{Answer, Facts, Flow, Place, StepKind, advance};
use crate::domain::approvals::Decision;
use crate::domain::credit::{Account, Budget, Op, Refusal};
use crate::domain::orders::{CreditMove, Order, OrderEvent};
use crate::kernel::{AccountId, CustomerId, Money, OrderId, Timestamp};
use crate::shop::{Shop, Zone};
use crate::store;
use crate::store::companies::Membership;
use crate::store::credit::{Booking, BudgetGuard, Guard};
use crate::store::glance::Glance;

use super::buyer;
use super::cx::Cx;
use super::outcome::TurnError;

/// How an order would stand on an account.
#[derive(Debug, Clone)]
pub struct Stand {
    /// The account as it is, without the order.
    pub account: Account,
    /// What the order comes to.
    pub total: Money,
    /// What it would use besides what it holds there already, in minor units.
    pub more_minor: i64,
    /// The member's budget.
    pub budget: Option<Left>,
    /// The last day on which it is paid in time, if the customer had it today.
    pub due: NaiveDate,
    /// For how many days the oldest debt is overdue; 0: none is.
    pub overdue_days: i64,
}

/// What is left of a member's budget, in minor units, without the order.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// The budget.
    pub budget: Budget,
    /// Who.
    pub member: CustomerId,
    /// When the present period began.
    pub since: Timestamp,
    /// What is left; below zero: more was ordered before it was lowered.
    pub left_minor: i64,
}

impl Stand {
    /// Why the order can't be placed on the account; what is too much people may still allow.
    pub fn refusal(&self) -> Option<Refusal> {
        let open = self.account.check_open(self.total.currency);
        let room = open.and_then(|()| self.account.check_room(self.more_minor));
        room.err().or_else(|| self.over_budget())
    }

    fn over_budget(&self) -> Option<Refusal> {
        let left = self.budget?.left_minor - self.total.minor;
        (left < 0 && self.more_minor > 0).then_some(Refusal::Budget(-left))
    }

    /// Whether the order can be placed on the account, as the rules decide it.
    pub fn is_let(&self, decision: &Decision) -> bool {
        match self.refusal() {
            None => true,
            Some(Refusal::Blocked | Refusal::Currency(_)) => false,
            Some(Refusal::Short(_)) => {
                looked_at(decision, ROOM_FACTS)
                    && (self.over_budget().is_none() || looked_at(decision, BUDGET_FACTS))
            }
            Some(Refusal::Budget(_)) => looked_at(decision, BUDGET_FACTS),
        }
    }

    /// What the booking repeats of it: what fits must still fit.
    pub fn guard(&self) -> Guard {
        let room = self.account.check_room(self.more_minor).is_ok();
        let budget = self.budget.filter(|_| self.over_budget().is_none());
        Guard {
            open: Some(self.total.currency),
            room,
            seq: None,
            budget: budget.map(|left| BudgetGuard {
                member: left.member,
                since: left.since,
                limit_minor: left.budget.limit_minor,
                total_minor: self.total.minor,
            }),
        }
    }

    /// What the rules see of it.
    pub fn tell_facts(&self, facts: &mut Facts) {
        let own = self.total.minor - self.more_minor;
        facts.credit = CreditFacts {
            on_account: true,
            limit: self.account.limit_minor,
            used: self.account.used_minor() - own,
            available_after: self.account.available_after(self.more_minor),
            overdue_days: self.overdue_days,
        };
        if let Some(left) = self.budget {
            facts.budget = BudgetFacts {
                left: left.left_minor,
                left_after: left.left_minor.saturating_sub(self.total.minor),
            };
        } else {
            facts.budget = BudgetFacts {
                left: UNLIMITED,
                left_after: UNLIMITED,
            };
        }
    }
}

/// The facts that a rule looks at which leaves to people what is too much for the limit.
const ROOM_FACTS: &[&str] = &["credit.available_after", "credit.used"];
/// And what is too much for a budget.
const BUDGET_FACTS: &[&str] = &["budget.left", "budget.left_after"];

/// Whether people decide because a rule looked at one of these facts.
fn looked_at(decision: &Decision, facts: &[&str]) -> bool {
    let Decision::Need { fired, .. } = decision else {
        return false;
    };
    let mut seen = fired
        .iter()
        .filter(|fired| !fired.failed && !fired.warns)
        .flat_map(|fired| &fired.values);
    seen.any(|(name, _)| facts.contains(&name.as_str()))
}

/// Whose account an order would be on.
pub fn whose(customer: CustomerId, company: Option<&Membership>) -> AccountId {
    match company {
        Some(place) => AccountId::Company(place.company.clone()),
        None => AccountId::Person(customer),
    }
}

/// Whose account an order can be on: theirs for whom it was placed, whoever belongs there now.
fn whose_is(order: &Order) -> AccountId {
    match &order.company {
        Some(company) => AccountId::Company(company.clone()),
        None => AccountId::Person(order.customer),
    }
}

/// The account that the present order could be on, if there is one.
pub async fn account(cx: &mut Cx<'_>) -> Result<Option<Account>, TurnError> {
    if cx.shop.settings.credit.is_none() {
        return Ok(None);
    }
    let id = match buyer::changed_for(cx) {
        Some(Some(company)) => AccountId::Company(company),
        Some(None) => AccountId::Person(cx.orderer()),
        None => whose(cx.orderer(), buyer::company(cx).await?.as_ref()),
    };
    let accounts = &cx.glance().await?.accounts;
    Ok(accounts.iter().find(|account| account.id == id).cloned())
}

/// An account that an order is on, looked at once a turn.
pub async fn of(cx: &mut Cx<'_>, id: &AccountId) -> Result<Account, TurnError> {
    let seen = &cx.glance().await?.accounts;
    if let Some(account) = seen.iter().find(|account| account.id == *id) {
        return Ok(account.clone());
    }
    let found = store::credit::of_order(cx.tx, id).await?;
    let found = found.ok_or_else(|| TurnError::Corrupt(format!("account {id} is gone")))?;
    cx.seen_account(found.clone());
    Ok(found)
}

/// Takes the way to pay that is on account out of a flow's steps, where nothing can be ordered on
/// the customer's account, or they have none.
pub async fn offer(cx: &mut Cx<'_>, flow: &mut Flow) -> Result<(), TurnError> {
    let Some(credit) = cx.shop.settings.credit.clone() else {
        return Ok(());
    };
    let account = account(cx).await?;
    let currency = cx.shop.settings.currency;
    if account.is_some_and(|account| account.check_open(currency).is_ok()) {
        return Ok(());
    }
    for step in &mut flow.steps {
        if let StepKind::Payment(ways) = &mut step.kind {
            ways.retain(|way| way.id != credit.payment);
        }
    }
    Ok(())
}

/// Whether the answers say that it is paid on account.
pub fn is_chosen(shop: &Shop, flow: &Flow, place: &Place, facts: &Facts) -> bool {
    let Some(credit) = &shop.settings.credit else {
        return false;
    };
    let given = advance::given(flow, place, facts);
    given.into_iter().any(|(step, answer)| {
        matches!(step.kind, StepKind::Payment(_)) && answer == Answer::Text(credit.payment.clone())
    })
}

/// How an order of this conversation would stand on its account; none if it is not on one.
/// `order`: the one that is changed.
pub async fn stand(
    cx: &mut Cx<'_>,
    (flow, facts): (&Flow, &Facts),
    total: Money,
    order: Option<&Order>,
) -> Result<Option<Stand>, TurnError> {
    let place = cx.session.dialogue.clone().unwrap_or_default();
    if !is_chosen(&cx.shop, flow, &place, facts) {
        return Ok(None);
    }
    let company = buyer::company(cx).await?;
    let who = cx.orderer();
    let (shop, now) = (cx.shop.clone(), cx.now);
    let glance = cx.glance().await?;
    let seen = Seen {
        glance,
        who,
        company: company.as_ref(),
    };
    Ok(seen.stand((&shop, now), total, order))
}

/// Whose order it is, and what was looked at for them.
pub struct Seen<'a> {
    /// What was looked at.
    pub glance: &'a Glance,
    /// Who orders.
    pub who: CustomerId,
    /// For which company.
    pub company: Option<&'a Membership>,
}

impl Seen<'_> {
    /// How an order of that total would stand on their account; none if they have none.
    pub fn stand(
        &self,
        (shop, now): (&Shop, Timestamp),
        total: Money,
        order: Option<&Order>,
    ) -> Option<Stand> {
        let id = order.map_or_else(|| whose(self.who, self.company), whose_is);
        let account = self.glance.accounts.iter().find(|a| a.id == id)?.clone();
        let zone = zone(shop, &account);
        let held = order.filter(|order| order.account.as_ref() == Some(&id));
        let held = held.map_or(0, Order::claim_minor);
        Some(Stand {
            more_minor: total.minor - held,
            total,
            budget: self.left(&account, (&zone, now), order.map(|order| order.id)),
            due: account.terms.due(zone.date(now)),
            overdue_days: overdue_days(&account, &zone, now),
            account,
        })
    }

    fn left(
        &self,
        account: &Account,
        (zone, now): (&Zone, Timestamp),
        except: Option<OrderId>,
    ) -> Option<Left> {
        let budget = self.company?.budget?;
        let since = zone.moment(budget.period.first_day(zone.date(now)), 0);
        let spent = self.glance.spent.iter().filter(|spent| {
            spent.account == account.id && spent.placed >= since && Some(spent.order) != except
        });
        let spent: i64 = spent.map(|spent| spent.total_minor).sum();
        Some(Left {
            budget,
            member: self.who,
            since,
            left_minor: budget.limit_minor - spent,
        })
    }
}

/// The zone in which an account's days begin.
pub fn zone(shop: &Shop, account: &Account) -> Zone {
    Zone::parse(&account.zone).unwrap_or(shop.settings.zone)
}

/// For how many days the oldest debt is overdue, by the account's calendar; 0: none is.
pub fn overdue_days(account: &Account, zone: &Zone, now: Timestamp) -> i64 {
    match account.due {
        // The moment is the end of the last day on which it was paid in time.
        Some(due) if due <= now => (zone.date(now) - zone.date(due)).num_days() + 1,
        _ => 0,
    }
}

/// The moment after which what is received now is overdue: the end of its last day.
pub fn due_moment(shop: &Shop, account: &Account, now: Timestamp) -> Timestamp {
    let zone = zone(shop, account);
    let day = account.terms.due(zone.date(now));
    zone.moment(day.succ_opt().unwrap_or(day), 0)
}

/// What a move does on an account, as it is booked; none if it does nothing. `due`: when what is
/// received now is due.
pub fn booking<'a>(
    credit: &'a CreditMove,
    event: &OrderEvent,
    due: Option<Timestamp>,
) -> Option<Booking<'a>> {
    let (account, op, held, balance) = match credit {
        CreditMove::Keep => return None,
        CreditMove::Charge(account, amount) => (account, Op::Charged, -amount, *amount),
        CreditMove::Revert(account, amount) => (account, Op::Reverted, -amount, 0),
        CreditMove::Amend(account, more) => (account, Op::Amended, *more, 0),
    };
    Some(Booking {
        held,
        balance,
        due: due.filter(|_| balance > 0),
        order: Some(event.order),
        actor: event.actor.user,
        ..Booking::new(account, op)
    })
}

/// What a customer reads of an account that they may order on: limit, used and free.
pub fn standing(account: &Account) -> Text {
    let text = Text::new("credit-standing")
        .with("limit", account.money(account.limit_minor))
        .with("used", Arg::Text(used(account.used_minor(), account)));
    let left = account.available_minor();
    let free = match left < 0 {
        true => Text::new("credit-over").with("amount", account.money(-left)),
        false => Text::new("credit-free").with("amount", account.money(left)),
    };
    text.with("free", Arg::Text(free))
}

fn used(used_minor: i64, account: &Account) -> Text {
    match used_minor < 0 {
        true => Text::new("credit-ahead").with("amount", account.money(-used_minor)),
        false => Text::new("credit-used").with("amount", account.money(used_minor)),
    }
}

/// Why nothing can be ordered on an account, or not so much.
pub fn refusal_text(account: &Account, refusal: Refusal) -> Text {
    match refusal {
        Refusal::Blocked => Text::new("credit-blocked"),
        Refusal::Currency(currency) => {
            Text::new("credit-currency").with("currency", currency.code().to_owned())
        }
        Refusal::Short(missing) => {
            Text::new("credit-short").with("missing", account.money(missing))
        }
        Refusal::Budget(missing) => {
            Text::new("credit-budget-short").with("missing", account.money(missing))
        }
    }
}

/// What is said where one chooses how to pay: how the account stands, or why it can't be used;
/// none where there is no account or no such choice.
pub async fn at_payment(cx: &mut Cx<'_>, flow: &str) -> Result<Option<Text>, TurnError> {
    let Some(account) = account(cx).await? else {
        return Ok(None);
    };
    let Some(credit) = &cx.shop.settings.credit else {
        return Ok(None);
    };
    let steps = cx.shop.flow(flow).map_or(&[][..], |flow| &flow.steps);
    let has = |kind: &StepKind| match kind {
        StepKind::Payment(ways) => ways.iter().any(|way| way.id == credit.payment),
        _ => false,
    };
    if !steps.iter().any(|step| has(&step.kind)) {
        return Ok(None);
    }
    Ok(Some(match account.check_open(cx.shop.settings.currency) {
        Ok(()) => standing(&account),
        Err(refusal) => refusal_text(&account, refusal),
    }))
}

/// What the review says of an order on account.
pub fn review(stand: &Stand, decision: &Decision) -> Vec<Text> {
    let account = &stand.account;
    let mut lines = vec![standing(account)];
    if account.waiting_minor > 0 {
        let waiting = account.money(account.waiting_minor);
        lines.push(Text::new("credit-waiting").with("amount", waiting));
    }
    if let Some(left) = stand.budget {
        lines.push(budget_text(account, left));
    }
    lines.push(Text::new("credit-due").with("day", Arg::Text(Text::day(stand.due))));
    if stand.overdue_days > 0 {
        lines.push(Text::new("credit-overdue").with("days", stand.overdue_days));
    }
    if let Some(refusal) = stand.refusal() {
        lines.push(match (refusal, stand.is_let(decision)) {
            (Refusal::Short(missing), true) => {
                Text::new("credit-short-let").with("missing", account.money(missing))
            }
            (Refusal::Budget(missing), true) => {
                Text::new("credit-budget-short-let").with("missing", account.money(missing))
            }
            (refusal, _) => refusal_text(account, refusal),
        });
    }
    lines
}

/// What is left of a member's budget.
pub fn budget_text(account: &Account, left: Left) -> Text {
    let id = match left.budget.period {
        crate::domain::credit::Period::Day => "credit-budget-day",
        crate::domain::credit::Period::Week => "credit-budget-week",
        crate::domain::credit::Period::Month => "credit-budget-month",
    };
    let minor = left.left_minor;
    let words = match minor < 0 {
        true => Text::new("credit-budget-over").with("amount", account.money(-minor)),
        false => Text::new("credit-budget-left").with("amount", account.money(minor)),
    };
    Text::new(id)
        .with("left", Arg::Text(words))
        .with("budget", account.money(left.budget.limit_minor))
}

#[cfg(test)]
mod tests;
