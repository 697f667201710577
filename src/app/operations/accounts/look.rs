//! The list of accounts, one account, its ledger, and the search for whose it is.

use unicode_normalization::UnicodeNormalization;

use crate::chat::{EventKind, Text};
use crate::domain::credit::{Account, Plan};
use crate::kernel::{AccountId, CompanyId, CustomerId, OrderId};
use crate::store;
use crate::store::credit::{Change, Owed};
use crate::store::orders::Stretch;

use crate::app::by_hand::Caller;
use crate::app::credit;
use crate::app::cx::Cx;
use crate::app::lookup::meant;
use crate::app::operations::order_by_hand;
use crate::app::outcome::TurnError;
use crate::app::route::{CreditAct, LookAct, Route};
use crate::app::screens::credit as screen;
use crate::app::screens::credit::{Found, Listed, Shown};
use crate::app::{show, staff};

use super::check::whose;

/// Accounts on one page.
const PAGE: i64 = 8;
/// Entries on one page of a ledger.
const ENTRIES: i64 = 8;
/// Debts that an account's screen names.
const DEBTS: i64 = 10;
/// Open changes that it names; the next ones come up once these are decided.
const CHANGES: i64 = 5;
/// Accounts with open changes that are counted.
const COUNTED: i64 = 500;
/// Accounts about to be opened that are listed besides.
const NEW: usize = 8;
/// Names are sealed: so many companies are opened to look for one.
const AMONG: i64 = 500;
/// Accounts to choose from.
const SHOWN: usize = 8;
/// Characters of what is looked for.
const MOST_WRITTEN: usize = 80;

/// A page of all accounts.
pub async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let skip = i64::try_from(page).unwrap_or(0).saturating_mul(PAGE);
    let mut accounts = store::credit::list(cx.tx, skip, PAGE + 1).await?;
    let more = accounts.len() as i64 > PAGE;
    accounts.truncate(PAGE as usize);
    let waiting = store::credit::waiting(cx.tx, COUNTED).await?;
    let mut ids: Vec<AccountId> = accounts.iter().map(|account| account.id.clone()).collect();
    if page == 0 {
        // Who is about to get an account.
        let new = waiting.iter().filter(|waiting| !waiting.is_open);
        ids.extend(new.take(NEW).map(|waiting| waiting.account.clone()));
    }
    let names = names(cx, &ids).await?;
    let shop = cx.shop.clone();
    let listed: Vec<Listed> = ids
        .iter()
        .zip(names)
        .map(|(id, name)| {
            let account = accounts.iter().find(|account| account.id == *id).cloned();
            let overdue = account.as_ref().map_or(0, |account| {
                credit::overdue_days(account, &credit::zone(&shop, account), cx.now)
            });
            Listed {
                id: id.clone(),
                name,
                overdue_days: overdue,
                changes: waiting
                    .iter()
                    .find(|waiting| waiting.account == *id)
                    .map_or(0, |waiting| waiting.changes),
                account,
            }
        })
        .collect();
    let view = screen::list(cx.card(), &listed, (page, more));
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::List(page)), view);
    Ok(())
}

/// What the holders of these accounts are called, in their order.
async fn names(cx: &mut Cx<'_>, ids: &[AccountId]) -> Result<Vec<String>, TurnError> {
    let mut companies: Vec<CompanyId> = Vec::new();
    let mut people: Vec<CustomerId> = Vec::new();
    for id in ids {
        match id {
            AccountId::Company(id) => companies.push(id.clone()),
            AccountId::Person(id) => people.push(*id),
        }
    }
    let companies = match companies.is_empty() {
        true => Vec::new(),
        false => store::companies::names(cx.tx, companies).await?,
    };
    let people = match people.is_empty() {
        true => Vec::new(),
        false => store::orders::names(cx.tx, people).await?,
    };
    let name = |id: &AccountId| match id {
        AccountId::Company(id) => {
            let known = companies.iter().find(|(known, _)| known == id);
            known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
        }
        AccountId::Person(id) => {
            let known = people.iter().find(|(known, _)| known == id);
            let known = known.filter(|(_, name)| !name.is_empty());
            known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
        }
    };
    Ok(ids.iter().map(name).collect())
}

/// Whose account the words may mean: a company's id or name, an order's number, a customer, or the
/// account's own id.
pub async fn find(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let words: String = words.chars().take(MOST_WRITTEN).collect();
    if let Ok(LookAct::Number(number, _)) = meant(cx, &words) {
        let found = of_number(cx, number).await?;
        return match found.as_slice() {
            [only] => {
                go_on(cx, &only.id);
                Ok(())
            }
            _ => choose(cx, &words, &found),
        };
    }
    // As the account's screen writes it; who never ordered is known by nothing else.
    if let Some(person @ AccountId::Person(_)) = AccountId::parse(&words.to_lowercase()) {
        go_on(cx, &person);
        return Ok(());
    }
    let caller = Caller::read(&words);
    let mut found = match caller.phone {
        Some(_) => Vec::new(), // no company is called by a number
        None => companies(cx, &words).await?,
    };
    let exact = found.iter().find(
        |found| matches!(&found.id, AccountId::Company(id) if id.as_str() == words.to_lowercase()),
    );
    if let Some(exact) = exact {
        go_on(cx, &exact.id);
        return Ok(());
    }
    for candidate in order_by_hand::of_words(cx, &caller).await? {
        found.push(Found {
            id: AccountId::Person(candidate.who),
            name: candidate.name,
        });
    }
    found.truncate(SHOWN);
    choose(cx, &words, &found)
}

/// Shows the account in the next turn: this one has enough to look at.
fn go_on(cx: &mut Cx<'_>, id: &AccountId) {
    let kind = EventKind::Timer {
        kind: super::OPEN.to_owned(),
        key: id.code(),
    };
    let whose = cx.customer();
    cx.go_on_with(kind, whose);
}

fn choose(cx: &mut Cx<'_>, words: &str, found: &[Found]) -> Result<(), TurnError> {
    let view = screen::found(cx.card(), words, found);
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::List(0)), view);
    Ok(())
}

/// Those whose account the newest orders of that number are on, or would be.
async fn of_number(cx: &mut Cx<'_>, number: i64) -> Result<Vec<Found>, TurnError> {
    let newest = Stretch {
        skip: 0,
        limit: SHOWN as i64,
    };
    let orders = store::orders::numbered(cx.tx, number, newest).await?;
    let mut ids: Vec<AccountId> = Vec::new();
    for order in orders {
        let id = order.account.unwrap_or(match order.company {
            Some(company) => AccountId::Company(company),
            None => AccountId::Person(order.customer),
        });
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() < 2 {
        // It is opened at once, under its own name.
        let unnamed = |id| Found {
            id,
            name: String::new(),
        };
        return Ok(ids.into_iter().map(unnamed).collect());
    }
    let names = names(cx, &ids).await?;
    let each = ids.into_iter().zip(names);
    Ok(each.map(|(id, name)| Found { id, name }).collect())
}

async fn companies(cx: &mut Cx<'_>, words: &str) -> Result<Vec<Found>, TurnError> {
    let plain = |text: &str| -> String { text.nfkc().collect::<String>().to_lowercase() };
    let wanted = plain(words);
    let all = store::companies::list(cx.tx, 0, AMONG).await?;
    let companies = all.into_iter().map(|listed| listed.company);
    let meant = companies.filter(|company| {
        company.id.as_str() == wanted || plain(company.called()).contains(&wanted)
    });
    Ok(meant
        .map(|company| Found {
            name: company.called().to_owned(),
            id: AccountId::Company(company.id),
        })
        .collect())
}

/// One account, or that somebody has none yet.
pub async fn account(cx: &mut Cx<'_>, id: &AccountId) -> Result<(), TurnError> {
    let Some(name) = whose(cx, id).await? else {
        cx.toast(Text::new("press-unknown"));
        return list(cx, 0).await;
    };
    let account = store::credit::find(cx.tx, id).await?;
    let changes = store::credit::open_changes(cx.tx, id, CHANGES).await?;
    let mut names = Vec::new();
    for change in &changes {
        // Whoever has a role is known without looking.
        names.push((change.by, staff::name_of(cx, change.by).await?));
    }
    let changes = plans(changes);
    let view = match account {
        None => screen::none(cx.card(), (id, &name), &changes, &names),
        Some(account) => {
            let debts = owed(cx, &account).await?;
            let zone = credit::zone(&cx.shop, &account);
            let shown = Shown {
                account: &account,
                name: &name,
                overdue_days: credit::overdue_days(&account, &zone, cx.now),
                zone,
                debts: &debts,
                changes: &changes,
                names: &names,
            };
            screen::account(cx.card(), &shown)
        }
    };
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::Open(id.clone())), view);
    Ok(())
}

/// Proposed changes that this version can read.
fn plans(changes: Vec<Change>) -> Vec<(Change, Plan)> {
    let read = |change: Change| {
        let plan = serde_json::from_value(change.what.clone()).ok()?;
        Some((change, plan))
    };
    changes.into_iter().filter_map(read).collect()
}

async fn owed(cx: &mut Cx<'_>, account: &Account) -> Result<Vec<Owed>, TurnError> {
    if account.balance_minor <= 0 {
        return Ok(Vec::new());
    }
    let paid = account.debts_minor - account.balance_minor;
    Ok(store::credit::owed(cx.tx, &account.id, paid, DEBTS).await?)
}

async fn numbers(
    cx: &mut Cx<'_>,
    orders: impl Iterator<Item = Option<OrderId>>,
) -> Result<Vec<(OrderId, i64)>, TurnError> {
    let mut orders: Vec<OrderId> = orders.flatten().collect();
    orders.sort();
    orders.dedup();
    Ok(store::orders::numbers(cx.tx, &orders).await?)
}

async fn people_named(
    cx: &mut Cx<'_>,
    mut people: Vec<CustomerId>,
) -> Result<Vec<(CustomerId, String)>, TurnError> {
    people.sort();
    people.dedup();
    match people.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(store::orders::names(cx.tx, people).await?),
    }
}

/// A page of an account's ledger, newest first.
pub async fn entries(cx: &mut Cx<'_>, id: &AccountId, page: usize) -> Result<(), TurnError> {
    let (Some(name), Some(account)) = (whose(cx, id).await?, store::credit::find(cx.tx, id).await?)
    else {
        return self::account(cx, id).await;
    };
    let skip = i64::try_from(page).unwrap_or(0).saturating_mul(ENTRIES);
    let mut entries = store::credit::page(cx.tx, id, skip, ENTRIES + 1).await?;
    let more = entries.len() as i64 > ENTRIES;
    entries.truncate(ENTRIES as usize);
    let numbers = numbers(cx, entries.iter().map(|entry| entry.order)).await?;
    let people = entries.iter().filter_map(|entry| entry.actor).collect();
    let names = people_named(cx, people).await?;
    let known = screen::Ledger {
        account: &account,
        name: &name,
        numbers: &numbers,
        names: &names,
    };
    let view = screen::entries(cx.card(), &known, &entries, (page, more));
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::Entries(id.clone(), page)), view);
    Ok(())
}
