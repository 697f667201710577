//! The lines of an import: what each says, and what is wrong with it. Pure.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::table::{self, Record};
use crate::domain::credit::{Account, MOST_MINOR, Terms};
use crate::kernel::{AccountId, CompanyId, Currency, CustomerId, Money, Timestamp};
use crate::shop::{Shop, Zone};

/// The first line of a file.
const HEAD: [&str; 7] = [
    "account", "limit", "terms", "balance", "due", "currency", "comment",
];
/// Characters of a comment.
const MOST_COMMENT: usize = 200;

/// An account to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// On which line it stands, 1-based.
    pub at: usize,
    /// The account, nothing on it yet.
    pub account: Account,
    /// What is owed; below zero: paid ahead.
    pub balance_minor: i64,
    /// The moment after which that is overdue.
    pub due: Option<Timestamp>,
    /// Why.
    pub comment: String,
}

/// What is wrong, with its line.
pub type Fault = (usize, String);

/// Reads a file: the lines that are good, and what is wrong with the others.
pub fn read(shop: &Shop, text: &str) -> (Vec<Line>, Vec<Fault>) {
    let records = match table::records(text) {
        Ok(records) => records,
        Err(at) => {
            let why = "a quote begins here and never ends".to_owned();
            return (Vec::new(), vec![(at, why)]);
        }
    };
    let mut records = records.into_iter();
    let head = records.next();
    let is_head = |head: &Record| {
        let fields = head.fields.iter().map(|field| field.trim());
        fields.eq(HEAD)
    };
    if !head.as_ref().is_some_and(is_head) {
        let why = format!("the first line must be: {}", HEAD.join(","));
        return (Vec::new(), vec![(head.map_or(1, |head| head.at), why)]);
    }
    let mut seen = BTreeSet::new();
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for record in records {
        match line(shop, &record) {
            Ok(line) if !seen.insert(line.account.id.clone()) => {
                faults.push((
                    line.at,
                    "the account stands on a line before too".to_owned(),
                ));
            }
            Ok(line) => lines.push(line),
            Err(whys) => faults.extend(whys.into_iter().map(|why| (record.at, why))),
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push((1, "there are no accounts below the first line".to_owned()));
    }
    (lines, faults)
}

fn line(shop: &Shop, record: &Record) -> Result<Line, Vec<String>> {
    let fields: Vec<&str> = record.fields.iter().map(|field| field.trim()).collect();
    let [account, limit, terms, balance, due, currency, comment] = fields[..] else {
        let why = format!("{} fields instead of {}", fields.len(), HEAD.len());
        return Err(vec![why]);
    };
    let mut faults = Faults(Vec::new());
    let own = shop.settings.currency;
    if currency != own.code() {
        let why = format!("the currency is `{currency}`, the shop's {}", own.code());
        faults.0.push(why);
    }
    let id = faults.of(account_id(account), || {
        format!("`{account}` is no company's id and not like p-123456789")
    });
    let limit_minor = faults.amount("limit", limit, own);
    if limit_minor.is_some_and(|limit| limit < 0) {
        faults.0.push("the limit is below zero".to_owned());
    }
    let balance_minor = faults.amount("balance", balance, own);
    let usual = shop.settings.credit.as_ref().map(|credit| credit.terms);
    let read = match terms {
        "" => usual,
        terms => Terms::parse(terms),
    };
    let terms = faults.of(read, || {
        format!("terms: `{terms}` are neither days nor like `eom 15`")
    });
    let due = faults.due(due, balance_minor, &shop.settings.zone);
    if comment.chars().count() > MOST_COMMENT {
        let why = format!("the comment is longer than {MOST_COMMENT} characters");
        faults.0.push(why);
    }
    let (Some(id), Some(limit_minor), Some(balance_minor), Some(terms), []) =
        (id, limit_minor, balance_minor, terms, &faults.0[..])
    else {
        return Err(faults.0);
    };
    Ok(Line {
        at: record.at,
        balance_minor,
        due,
        comment: comment.to_owned(),
        account: opened(id, limit_minor, terms, shop),
    })
}

/// What is wrong with one line.
struct Faults(Vec<String>);

impl Faults {
    /// What was read; else why not.
    fn of<T>(&mut self, read: Option<T>, why: impl FnOnce() -> String) -> Option<T> {
        if read.is_none() {
            self.0.push(why());
        }
        read
    }

    fn amount(&mut self, what: &str, text: &str, currency: Currency) -> Option<i64> {
        let read = Money::parse(text, currency).map(|money| money.minor);
        let read = read.filter(|minor| minor.abs() <= MOST_MINOR);
        self.of(read, || {
            format!("{what}: `{text}` is no amount such as 1200.50")
        })
    }

    /// The moment after which a debt is overdue: it is in time until the end of its day. None where
    /// nothing is owed.
    fn due(&mut self, text: &str, balance_minor: Option<i64>, zone: &Zone) -> Option<Timestamp> {
        let owes = balance_minor.is_some_and(|minor| minor > 0);
        if text.is_empty() && !owes {
            return None;
        }
        let day: Option<NaiveDate> = text.parse().ok();
        let needed = if owes { ", and something is owed" } else { "" };
        let day = self.of(day, || {
            format!("due: `{text}` is no day such as 2026-12-15{needed}")
        })?;
        owes.then(|| zone.moment(day.succ_opt().unwrap_or(day), 0))
    }
}

/// An account with nothing on it yet.
fn opened(id: AccountId, limit_minor: i64, terms: Terms, shop: &Shop) -> Account {
    Account {
        id,
        currency: shop.settings.currency,
        limit_minor,
        may_exceed: false,
        blocked: false,
        terms,
        zone: shop.settings.zone.name().to_owned(),
        balance_minor: 0,
        held_minor: 0,
        waiting_minor: 0,
        debts_minor: 0,
        due: None,
        seq: 0,
    }
}

/// `p-123456789` is a person's, anything else a company's.
fn account_id(text: &str) -> Option<AccountId> {
    if let Some(digits) = text.strip_prefix("p-")
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return digits
            .parse()
            .ok()
            .map(|id| AccountId::Person(CustomerId(id)));
    }
    let is_id = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let fits = (1..=24).contains(&text.len()) && text.bytes().all(is_id);
    fits.then(|| AccountId::Company(CompanyId::from(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Source;

    const FIRST: &str = "account,limit,terms,balance,due,currency,comment\n";

    fn read_in(lines: &str) -> (Vec<Line>, Vec<Fault>) {
        let shop = Shop::load(&Source::Pack("retail".into())).unwrap();
        read(&shop, &format!("{FIRST}{lines}"))
    }

    #[test]
    fn good_lines_are_accounts() {
        let (lines, faults) = read_in(
            "acme-ltd,5000,,1200.50,2026-12-15,CNY,old books\r\np-77,300,eom 15,-20,,CNY,\n",
        );
        assert_eq!(faults, []);
        let seen: Vec<_> = lines
            .iter()
            .map(|line| {
                let account = &line.account;
                let (limit, terms) = (account.limit_minor, account.terms.code());
                (line.at, account.id.code(), limit, terms, line.balance_minor)
            })
            .collect();
        assert_eq!(
            seen,
            [
                (
                    2,
                    "c-acme-ltd".to_owned(),
                    500_000,
                    "30".to_owned(),
                    120_050
                ),
                (3, "p-77".to_owned(), 30_000, "eom 15".to_owned(), -2000),
            ]
        );
        assert!(lines[0].due.is_some() && lines[1].due.is_none());
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let (_, faults) = read_in(
            "ACME,5000,30,0,,CNY,\n\
             acme,5000,30,10,,CNY,\n\
             acme,-1,x,1.234,soon,USD,\n\
             acme,5000,30,0,,CNY,\n\
             acme,5000,30,0,,CNY,\n\
             acme,5000\n",
        );
        let at: Vec<usize> = faults.iter().map(|(at, _)| *at).collect();
        assert_eq!(at, [2, 3, 4, 4, 4, 4, 4, 6, 7], "{faults:?}");
        let shop = Shop::load(&Source::Pack("retail".into())).unwrap();
        for text in ["", "account,limit\n", FIRST, "\"account"] {
            assert_eq!(read(&shop, text).1.len(), 1, "{text}");
        }
    }
}
