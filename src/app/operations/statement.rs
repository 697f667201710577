//! `/statement`: what an account owed before a period, what changed it, and what it owes now.
//!
//! For the person whose account it is, for those of a company who may see its account, and for
//! staff who keep accounts. The right is asked at every press; an account that is none of theirs
//! looks like one that does not exist.

use crate::app::access::{Act, may};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, StatementAct};
use crate::app::screens::statement::{self as screen, Shown};
use crate::app::{buyer, commands, credit, show, staff};
use crate::chat::Text;
use crate::domain::credit::statement::{Days, NoSuchDay, Span, Statement};
use crate::domain::credit::{Account, reminders::Owed};
use crate::kernel::{AccountId, CompanyId, CustomerId, Timestamp};
use crate::shop::Zone;
use crate::store;
use crate::store::companies::Membership;

use super::{credit_due, statement_file};

/// Names are sealed: so many companies are opened to look for one.
const AMONG: i64 = 1_000;

/// An account in the hands of somebody who may see it.
pub struct Hand {
    /// The account.
    pub account: Account,
    /// What it is called; none: the reader's own.
    pub name: Option<String>,
    /// Whether the reader keeps accounts, and so reads what staff noted.
    pub staff: bool,
}

/// A period of an account.
pub struct Period {
    /// Where its days begin.
    pub zone: Zone,
    /// What was asked for.
    pub span: Span,
    /// Its days.
    pub days: Days,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

impl Period {
    /// A period by the account's own calendar.
    fn of(cx: &Cx<'_>, account: &Account, span: Span) -> Self {
        let zone = credit::zone(&cx.shop, account);
        let days = span.days(zone.date(cx.now));
        let first = days.first.map(|day| zone.moment(day, 0));
        let next = days.last.succ_opt().unwrap_or(days.last);
        Self {
            span,
            days,
            from: first.unwrap_or(Timestamp(i64::MIN)),
            until: zone.moment(next, 0),
            zone,
        }
    }
}

/// Whether the command is offered to this person.
pub async fn is_offered(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    if cx.shop.settings.credit.is_none() {
        return Ok(false);
    }
    Ok(is_staff(cx).await? || !own(cx).await?.is_empty())
}

async fn is_staff(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    Ok(may(&staff::roles(cx, cx.customer()).await?, Act::Credit))
}

/// What a membership's account is called, if they may see it.
fn seen_by(place: &Membership) -> Option<(AccountId, Option<String>)> {
    let id = AccountId::Company(place.company.clone());
    let name = buyer::name(place).to_owned();
    place.role.sees_account().then_some((id, Some(name)))
}

/// The accounts that are the person's own to see, each with its name: their own has none. None
/// while they order for somebody else, whose accounts are none of theirs.
async fn own(cx: &mut Cx<'_>) -> Result<Vec<(AccountId, Option<String>)>, TurnError> {
    if cx.session.by_hand.is_some() {
        return Ok(Vec::new());
    }
    let places = buyer::own_places(cx).await?;
    let mut own = vec![(AccountId::Person(cx.customer()), None)];
    own.extend(places.iter().filter_map(seen_by));
    let accounts = &cx.glance().await?.accounts;
    own.retain(|(id, _)| accounts.iter().any(|account| account.id == *id));
    Ok(own)
}

/// `/statement`, perhaps with an account's name, perhaps with days.
pub async fn command(cx: &mut Cx<'_>, argument: &str) -> Result<(), TurnError> {
    commands::set_menu(cx).await?;
    let (who, span) = match asked(cx, argument) {
        Ok(asked) => asked,
        Err(NoSuchDay) => {
            cx.say(Text::new("refusal-no-such-day"));
            return Ok(());
        }
    };
    let accounts = own(cx).await?;
    if !who.is_empty() {
        return match named(cx, &who, &accounts).await? {
            Some(id) => open(cx, id, span).await,
            None => missing(cx, &who).await,
        };
    }
    let company = buyer::company(cx).await?.map(|place| place.company);
    let chosen = company.map(AccountId::Company);
    let chosen = accounts.iter().find(|(id, _)| Some(id) == chosen.as_ref());
    match (chosen, accounts.as_slice()) {
        (Some((id, _)), _) | (None, [(id, _)]) => open(cx, id.clone(), span).await,
        (None, []) => {
            let text = match is_staff(cx).await? {
                true => "statement-usage",
                false => "statement-none",
            };
            cx.say(Text::new(text));
            Ok(())
        }
        (None, several) => {
            let view = screen::choose(cx.card(), several);
            show_at(cx, StatementAct::Accounts, view);
            Ok(())
        }
    }
}

/// What stands behind the command: an account's name, and a period.
fn asked(cx: &Cx<'_>, argument: &str) -> Result<(String, Span), NoSuchDay> {
    let today = cx.shop.zone.date(cx.now);
    let words: Vec<&str> = argument.split_whitespace().collect();
    // The longest end of it that is days.
    for at in 0..words.len() {
        let (who, days) = words.split_at(at);
        if let Some(span) = Span::typed(&days.join(" "), today) {
            return Ok((who.join(" "), span?));
        }
    }
    Ok((words.join(" "), Span::ThisMonth))
}

/// The account that words name: one of their own, or any for staff.
async fn named(
    cx: &mut Cx<'_>,
    words: &str,
    own: &[(AccountId, Option<String>)],
) -> Result<Option<AccountId>, TurnError> {
    let wanted = words.to_lowercase();
    let is_it = |id: &AccountId, name: &str| {
        let by_id = match id {
            AccountId::Company(id) => id.0 == wanted,
            AccountId::Person(id) => id.to_string() == wanted,
        };
        by_id || id.code() == wanted || name.to_lowercase() == wanted
    };
    let found = own
        .iter()
        .find(|(id, name)| is_it(id, name.as_deref().unwrap_or_default()));
    if let Some((id, _)) = found {
        return Ok(Some(id.clone()));
    }
    if !is_staff(cx).await? {
        return Ok(None);
    }
    if let Some(id) = AccountId::parse(&wanted) {
        return Ok(Some(id));
    }
    if let Ok(person) = wanted.parse() {
        return Ok(Some(AccountId::Person(CustomerId(person))));
    }
    let companies = store::companies::list(cx.tx, 0, AMONG).await?;
    let found = companies.into_iter().find(|listed| {
        let id = AccountId::Company(listed.company.id.clone());
        is_it(&id, listed.company.called())
    });
    Ok(found.map(|listed| AccountId::Company(listed.company.id)))
}

async fn missing(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let words: String = crate::app::screens::basics::clipped(words);
    let id = match is_staff(cx).await? {
        true => "statement-unknown",
        false => "statement-not-yours",
    };
    cx.say(Text::new(id).with("words", words));
    Ok(())
}

/// A tap on the screens, or below a reminder.
pub async fn press(cx: &mut Cx<'_>, act: StatementAct) -> Result<(), TurnError> {
    if cx.shop.settings.credit.is_none() {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    }
    match act {
        StatementAct::Accounts => {
            let accounts = own(cx).await?;
            let view = screen::choose(cx.card(), &accounts);
            show_at(cx, StatementAct::Accounts, view);
            Ok(())
        }
        StatementAct::Open(id, span) => open(cx, id, span).await,
        StatementAct::File(id, span, format) => match hand(cx, &id).await? {
            Some(hand) => {
                let period = Period::of(cx, &hand.account, span);
                statement_file::send(cx, &hand, &period, format).await
            }
            None => refuse(cx),
        },
    }
}

/// Words typed on a screen: another period. `false` if they are not for it.
pub async fn words(cx: &mut Cx<'_>, at: &StatementAct, words: &str) -> Result<bool, TurnError> {
    let (StatementAct::Open(id, span) | StatementAct::File(id, span, _)) = at else {
        return Ok(false);
    };
    let today = cx.shop.zone.date(cx.now);
    let span = match Span::typed(words, today) {
        None => return Ok(false),
        Some(Ok(typed)) => typed,
        Some(Err(NoSuchDay)) => {
            cx.notices.push(Text::new("refusal-no-such-day"));
            *span
        }
    };
    open(cx, id.clone(), span).await?;
    Ok(true)
}

fn refuse(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let refused = Text::new("statement-gone");
    match cx.query {
        Some(_) => cx.alert(refused),
        None => cx.say(refused),
    }
    Ok(())
}

/// The account, if there is one that this person may see now.
async fn hand(cx: &mut Cx<'_>, id: &AccountId) -> Result<Option<Hand>, TurnError> {
    let own = own(cx).await?.into_iter().find(|(known, _)| known == id);
    let staff = is_staff(cx).await?;
    if own.is_none() && !staff {
        return Ok(None);
    }
    let seen = cx.glance().await?.accounts.iter();
    let account = match seen.clone().find(|account| account.id == *id) {
        Some(account) => Some(account.clone()),
        None => store::credit::find(cx.tx, id).await?,
    };
    let Some(account) = account else {
        return Ok(None);
    };
    let name = match (own, id) {
        (Some((_, name)), _) => name,
        (None, AccountId::Company(company)) => Some(company_name(cx, company).await?),
        (None, AccountId::Person(who)) => Some(staff::name_of(cx, *who).await?),
    };
    Ok(Some(Hand {
        account,
        name,
        staff,
    }))
}

async fn company_name(cx: &mut Cx<'_>, id: &CompanyId) -> Result<String, TurnError> {
    let company = store::companies::find(cx.tx, id).await?;
    Ok(company.map_or_else(|| id.0.clone(), |company| company.called().to_owned()))
}

/// What a period of an account comes to, and what of the account is not paid now.
pub async fn load(
    cx: &mut Cx<'_>,
    account: &Account,
    period: &Period,
) -> Result<(Statement, Vec<Owed>), TurnError> {
    let moments = (period.from, period.until);
    let (opening, booked) = store::credit::sums(cx.tx, &account.id, moments).await?;
    let owed = credit_due::owed(cx.tx, account, &period.zone).await?;
    Ok((Statement::new(opening, booked), owed))
}

/// Shows the statement of an account.
pub async fn open(cx: &mut Cx<'_>, id: AccountId, span: Span) -> Result<(), TurnError> {
    let Some(hand) = hand(cx, &id).await? else {
        return refuse(cx);
    };
    let period = Period::of(cx, &hand.account, span);
    let (statement, owed) = load(cx, &hand.account, &period).await?;
    let shown = Shown {
        name: hand.name.as_deref(),
        account: &hand.account,
        period: (span, period.days),
        statement: &statement,
        owed: &owed,
        today: period.zone.date(cx.now),
        others: own(cx).await?.len() > 1,
    };
    let view = screen::statement(cx.card(), &shown);
    show_at(cx, StatementAct::Open(id, span), view);
    Ok(())
}

fn show_at(cx: &mut Cx<'_>, act: StatementAct, view: crate::chat::View) {
    let view = show::noted(cx, view);
    cx.show(&Route::Statement(act), view);
}
