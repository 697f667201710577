//! The team looks orders up: the queue, a search, an order to be printed. Works in the team's
//! groups and privately; the right is asked at every command and press.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::chat::{Arg, Post, Text, View};
use crate::dialogue::Calendar;
use crate::dialogue::calendar::NoDay;
use crate::domain::orders::Order;
use crate::kernel::CustomerId;
use crate::store;
use crate::store::orders::Stretch;

use super::access::{Act, may};
use super::cx::Cx;
use super::outcome::TurnError;
use super::route::LookAct;
use super::screens::basics::NAME_SHOWN;
use super::screens::{look, print};
use super::{show, staff, talk};

/// Names are sealed: so many of the newest orders are opened to look for one.
const AMONG: i64 = 200;

/// More digits than an order's number has are part of a phone number.
const MOST_DIGITS: usize = 5;

/// A day without a year is the last such day: so many days back.
const DAYS_BACK: u64 = 365;

/// Characters of words that are looked for.
const MOST_SOUGHT: usize = 64;

/// Whether this person may look orders up.
pub async fn allowed(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::LookUp))
}

/// `/queue`: the open orders, below.
pub async fn queue(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    list(cx, LookAct::Queue(0), true).await
}

/// A page was turned.
pub async fn press(cx: &mut Cx<'_>, act: LookAct) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    if matches!(act, LookAct::Words(_)) && cx.session.sought.is_empty() {
        cx.toast(Text::new("look-not-yours"));
        return Ok(());
    }
    list(cx, act, false).await
}

/// `/orders` with something behind it. Customers see their own orders, whatever they wrote.
pub async fn search(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.notices.push(Text::new("orders-own-only"));
        return show::orders(cx).await;
    }
    let words: String = words.nfkc().take(MOST_SOUGHT).collect();
    match meant(cx, words.trim()) {
        Ok(act) => {
            if let LookAct::Words(_) = act {
                cx.session.sought = words.trim().to_owned();
            }
            list(cx, act, true).await
        }
        Err(NoDay::Missing) => {
            cx.say(Text::new("refusal-no-such-day"));
            Ok(())
        }
        Err(NoDay::Unreadable) => {
            cx.say(Text::new("look-usage"));
            Ok(())
        }
    }
}

/// What words ask for: a number, a day, or else somebody's name.
pub fn meant(cx: &Cx<'_>, words: &str) -> Result<LookAct, NoDay> {
    let digits = words.trim_start_matches('#');
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && digits.len() <= MOST_DIGITS {
        let number = digits.parse().map_err(|_| NoDay::Unreadable)?;
        return Ok(LookAct::Number(number, 0));
    }
    let day = |day: NaiveDate| Ok(LookAct::Day(day.to_string(), 0));
    let today = cx.shop.zone.date(cx.now);
    if cx.shop.says("word-today", words) {
        return day(today);
    }
    if cx.shop.says("word-yesterday", words) {
        return day(today.pred_opt().unwrap_or(today));
    }
    if is_number || !words.chars().any(char::is_alphanumeric) {
        return if is_number {
            Ok(LookAct::Words(0))
        } else {
            Err(NoDay::Unreadable)
        };
    }
    let calendar = Calendar {
        today: today
            .checked_sub_days(chrono::Days::new(DAYS_BACK))
            .unwrap_or(today),
        ..Calendar::default()
    };
    match calendar.read_day(words) {
        Ok(found) => day(found),
        Err(NoDay::Missing) => Err(NoDay::Missing),
        Err(NoDay::Unreadable) => Ok(LookAct::Words(0)),
    }
}

async fn list(cx: &mut Cx<'_>, act: LookAct, fresh: bool) -> Result<(), TurnError> {
    let page = act.page();
    let of = Stretch {
        skip: i64::try_from(page.saturating_mul(look::PAGE)).unwrap_or(i64::MAX),
        limit: look::PAGE as i64 + 1,
    };
    let mut orders = match &act {
        LookAct::Queue(_) => store::orders::open_page(cx.tx, of).await?,
        LookAct::Number(number, _) => store::orders::numbered(cx.tx, *number, of).await?,
        LookAct::Day(day, _) => store::orders::of_day(cx.tx, day, of).await?,
        LookAct::Words(_) => with_words(cx, of).await?,
    };
    let more = orders.len() > look::PAGE;
    orders.truncate(look::PAGE);
    let names = match &act {
        LookAct::Queue(_) => Vec::new(),
        _ => store::orders::names(cx.tx, orders.iter().map(|order| order.customer)).await?,
    };
    let shop = cx.shop.clone();
    let name = |id: CustomerId| names.iter().find(|(known, _)| *known == id);
    let lines: Vec<look::Line<'_>> = orders
        .iter()
        .map(|order| look::Line {
            order,
            flow: shop
                .flow(&order.flow)
                .map_or("", |flow| flow.title.as_str()),
            customer: name(order.customer).map_or("", |(_, name)| name.as_str()),
        })
        .collect();
    let title = title(cx, &act);
    let page = look::Page { act, more };
    let view = match title {
        Some(title) => look::found(title, &lines, &page),
        None => look::queue(&lines, &page, cx.now),
    };
    post(cx, view, fresh);
    Ok(())
}

async fn with_words(cx: &mut Cx<'_>, of: Stretch) -> Result<Vec<Order>, TurnError> {
    let words = cx.session.sought.clone();
    let all = store::orders::with_words(cx.tx, &words, AMONG).await?;
    let skip = usize::try_from(of.skip).unwrap_or(usize::MAX);
    let limit = usize::try_from(of.limit).unwrap_or_default();
    let ids: Vec<_> = all.into_iter().skip(skip).take(limit).collect();
    Ok(store::orders::of_ids(cx.tx, &ids).await?)
}

/// What is said above what was found; none for the queue, which says it itself.
fn title(cx: &Cx<'_>, act: &LookAct) -> Option<Text> {
    match act {
        LookAct::Queue(_) => None,
        LookAct::Number(number, _) => {
            Some(Text::new("look-numbered").with("number", Arg::Words(number.to_string())))
        }
        LookAct::Day(day, _) => {
            let day = match day.parse::<NaiveDate>() {
                Ok(day) => Text::day(day),
                Err(_) => Text::new("value-text").with("value", day.as_str()),
            };
            Some(Text::new("look-of-day").with("day", day))
        }
        LookAct::Words(_) => {
            let words: String = cx.session.sought.chars().take(NAME_SHOWN).collect();
            Some(
                Text::new("look-words")
                    .with("words", words)
                    .with("among", AMONG),
            )
        }
    }
}

/// A list is a card of its own, one in each topic: turning a page edits it.
fn post(cx: &mut Cx<'_>, view: View, fresh: bool) {
    let card = match cx.topic {
        Some(topic) => format!("list/{topic}"),
        None => "list".to_owned(),
    };
    let post = Post::Card {
        chat: cx.chat,
        topic: cx.topic,
        card,
        version: cx.cause,
        view,
        fresh,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
}

/// `/print 12`: the newest order of that number, as plain text for a narrow printer.
pub async fn print(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let words: String = words.nfkc().take(MOST_SOUGHT).collect();
    let Ok(LookAct::Number(number, _)) = meant(cx, words.trim()) else {
        cx.say(Text::new("print-usage"));
        return Ok(());
    };
    let newest = Stretch { skip: 0, limit: 1 };
    match store::orders::numbered(cx.tx, number, newest).await?.pop() {
        Some(order) => slip(cx, &order).await,
        None => {
            let number = Arg::Words(number.to_string());
            cx.say(Text::new("print-none").with("number", number));
            Ok(())
        }
    }
}

/// Sends an order as plain text, in as many messages as it takes.
pub async fn slip(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let customer = staff::name_of(cx, order.customer).await?;
    let shop = cx.shop.clone();
    let flow = shop.flow(&order.flow);
    let answers = talk::answered_of(flow, order);
    let texts = print::slip(&print::Slip {
        order,
        shop: &shop.settings.name,
        flow: flow.map_or("", |flow| flow.title.as_str()),
        customer: &customer,
        answers: &answers,
    });
    let here = cx.here();
    let words = |text: &Text| shop.texts.plain(&cx.session.locale, text, here);
    let pages = print::pages(&texts, shop.settings.print.columns, words);
    for page in pages {
        cx.say(Text::new("print-page").with("text", page));
    }
    Ok(())
}
