//! All that is kept about one person, as JSON that people and programs read. Pure; must never hold
//! anything of another person: whoever moved, decided or let in is named by their role alone.
//!
//! The keys are a format: `docs/handbook/en/own-data.md` lists them; new ones may come, none changes.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use crate::domain::cart::Cart;
use crate::domain::credit::{Account, Entry};
use crate::domain::orders::{Order, OrderLine};
use crate::kernel::{Locale, Money, Timestamp};
use crate::store::answers::Known;
use crate::store::companies::Membership;
use crate::store::customers::Customer;
use crate::store::erasure::own::{Rest, Words};
use crate::store::orders::Moved;

/// What the format is called.
const FORMAT: &str = "ks-order own data 1";

/// Everything but orders.
pub struct About<'a> {
    /// The shop's name.
    pub shop: &'a str,
    /// When.
    pub now: Timestamp,
    /// The reader's language.
    pub locale: &'a Locale,
    /// Name and phone, if ever seen.
    pub customer: Option<&'a Customer>,
    /// Answers and groups.
    pub known: &'a Known,
    /// Companies they belong to.
    pub companies: &'a [Membership],
    /// Roles in the team.
    pub roles: &'a [&'static str],
    /// Their own account with its newest entries, newest first.
    pub account: Option<(&'a Account, &'a [Entry])>,
    /// Saved orders, and what was learned from their words.
    pub words: Words,
    /// The rest.
    pub rest: &'a Rest,
    /// The cart at hand.
    pub cart: Option<&'a Cart>,
    /// What is answered of the order at hand.
    pub answers: Value,
}

fn time(at: Timestamp) -> Value {
    let at = DateTime::from_timestamp_millis(at.0);
    at.map_or(Value::Null, |at| {
        at.to_rfc3339_opts(SecondsFormat::Secs, true).into()
    })
}

fn money(amount: Money) -> Value {
    json!({ "amount": amount.to_string(), "currency": amount.currency.code() })
}

/// A file's head: which file of the export it is.
pub fn head(shop: &str, now: Timestamp, part: i64) -> Map<String, Value> {
    let mut head = Map::new();
    head.insert("format".into(), FORMAT.into());
    head.insert("shop".into(), shop.into());
    head.insert("made".into(), time(now));
    head.insert("part".into(), part.into());
    head
}

/// Everything but orders.
pub fn about(about: &About<'_>) -> Map<String, Value> {
    let mut all = head(about.shop, about.now, 1);
    let customer = about.customer;
    let seen = about.rest.seen;
    all.insert(
        "person".into(),
        json!({
            "telegram_id": customer.map(|customer| customer.id.0),
            "name": customer.map(|customer| customer.name.clone()),
            "phone": customer.and_then(|customer| customer.phone.clone()),
            "language": about.locale.as_str(),
            "messages": customer.map(|customer| customer.pushes.code()),
            "can_be_written_to": customer.map(|customer| customer.reachable),
            "first_seen": seen.map(|(first, _)| time(first)),
            "last_seen": seen.map(|(_, last)| time(last)),
            "groups": about.known.groups,
            "team_roles": about.roles,
            "away_until": about.rest.away.map(time),
        }),
    );
    all.insert("profile".into(), json!(about.known.profile));
    all.insert("saved_orders".into(), about.words.saved.clone().into());
    all.insert("learned_words".into(), about.words.learned.clone().into());
    let waits = about.rest.waits.iter();
    let waits = waits.map(|(item, since)| json!({ "item": item, "since": time(*since) }));
    all.insert("waits_for".into(), waits.collect());
    let repeats = about.rest.repeats.iter();
    let repeats = repeats.map(|(since, days)| json!({ "since": time(*since), "days": days }));
    all.insert("repeats".into(), repeats.collect());
    all.insert("answers".into(), json!(about.known.answers));
    all.insert(
        "companies".into(),
        about.companies.iter().map(company).collect(),
    );
    let asks = about.rest.asks.iter();
    let asks = asks.map(|(company, role)| json!({ "company": company, "role": role }));
    all.insert("company_requests".into(), asks.collect());
    let account = about.account;
    all.insert(
        "account".into(),
        account.map_or(Value::Null, |(account, entries)| {
            of_account(account, entries)
        }),
    );
    let links = about.rest.links.iter().map(|link| {
        json!({
            "kind": link.kind,
            "gives": link.grants,
            "made": link.made.map(time),
            "used": link.used.map(time),
        })
    });
    all.insert("links".into(), links.collect());
    let deeds = about.rest.deeds.iter();
    let deeds = deeds.map(|(at, act)| json!({ "at": time(*at), "act": act }));
    all.insert("record".into(), deeds.collect());
    let cart = about.cart.map(|cart| {
        let line = |line: &crate::domain::cart::Line| {
            json!({
                "item": line.item,
                "variant": line.variant,
                "quantity": line.quantity.0,
                "note": line.note,
            })
        };
        cart.lines.iter().map(line).collect::<Value>()
    });
    all.insert(
        "unfinished".into(),
        json!({ "cart": cart, "answers": about.answers }),
    );
    all
}

fn company(place: &Membership) -> Value {
    json!({
        "id": place.company,
        "name": place.details.called(&place.company),
        "role": place.role.code(),
        "active": place.active,
        "budget_minor": place.budget.as_ref().map(|budget| budget.limit_minor),
    })
}

fn of_account(account: &Account, entries: &[Entry]) -> Value {
    let of = |minor| money(account.money(minor));
    let entry = |entry: &Entry| {
        json!({
            "number": entry.seq,
            "at": time(entry.at),
            "what": entry.op.code(),
            "amount": of(entry.amount_minor),
            "balance_after": of(entry.balance_after),
            "held_after": of(entry.held_after),
            "due": entry.due.map(time),
            "reference": entry.reference,
            "order": entry.order.map(|order| order.0.to_string()),
        })
    };
    json!({
        "limit": of(account.limit_minor),
        "owed": of(account.balance_minor),
        "held": of(account.held_minor),
        "blocked": account.blocked,
        "terms": account.terms.code(),
        "entries": entries.iter().map(entry).collect::<Value>(),
    })
}

/// Orders with their moves, as they came.
pub fn orders(orders: &[Order], moves: &[Moved], locale: &Locale) -> Value {
    let one = |order: &Order| {
        let history = moves.iter().filter(|moved| moved.order == order.id);
        let history = history
            .map(|moved| json!({ "at": time(moved.at), "state": moved.state, "by": moved.role }));
        let own = |who| if who == order.customer { "me" } else { "shop" };
        let said = order.request.iter().flat_map(|request| &request.said);
        let said = said
            .map(|said| json!({ "at": time(said.at), "from": own(said.who), "words": said.words }));
        json!({
            "id": order.id.0.to_string(),
            "day": order.day,
            "number": order.number,
            "placed": time(order.placed_at),
            "way": order.flow,
            "fulfilment": order.fulfilment.code(),
            "table": order.table.as_ref().map(|table| table.id.to_string()),
            "company": order.company,
            "on_account": order.account.is_some(),
            "taken_by_staff": order.placed_by.is_some(),
            "state": order.state.code(),
            "payment": order.payment.code(),
            "delivery": order.delivery.code(),
            "reason": order.reason,
            "reason_words": order.reason_words,
            "ready": order.ready_at.map(time),
            "lines": order.lines.iter().map(|l| line(l, order, locale)).collect::<Value>(),
            "note": order.note,
            "answers": order.answers,
            "said": said.collect::<Value>(),
            "subtotal": money(order.receipt.subtotal),
            "total": money(order.receipt.total),
            "history": history.collect::<Value>(),
        })
    };
    orders.iter().map(one).collect()
}

fn line(line: &OrderLine, order: &Order, locale: &Locale) -> Value {
    let mut priced = order.receipt.lines.iter();
    let priced = priced.find(|priced| priced.line == line.id);
    let options = line.options.iter();
    let options = options.map(|option| option.choice.get(locale).to_owned());
    json!({
        "item": line.item,
        "name": line.name.get(locale),
        "variant": line.variant_name.as_ref().map(|name| name.get(locale)),
        "options": options.collect::<Vec<_>>(),
        "quantity": line.quantity.0,
        "note": line.note,
        "amount": priced.map(|priced| money(priced.amount)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    #[test]
    fn values_read_as_people_write_them() {
        let yuan = Currency::parse("CNY").unwrap();
        let amount = json!({ "amount": "-120.50", "currency": "CNY" });
        assert_eq!(money(Money::new(-12_050, yuan)), amount);
        assert_eq!(time(Timestamp(1_772_424_000_000)), "2026-03-02T04:00:00Z");
        let head = head("Shop", Timestamp(0), 3);
        assert_eq!(head["format"], FORMAT);
        assert_eq!(head["part"], 3);
    }
}
