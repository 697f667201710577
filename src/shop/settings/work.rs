//! Readers of how the shop works: chats, holds, kitchen, sending.

use std::collections::BTreeMap;

use super::{Bringing, Hold, Kitchen, NamedChat, PURPOSES, Print, SendLimits, is_id};
use crate::dialogue::condition::nearest;
use crate::kernel::ChatId;
use crate::shop::ftl::TextUse;
use crate::shop::table::{Spot, Table};

pub(super) fn chats(top: &Table<'_>) -> BTreeMap<String, NamedChat> {
    let mut chats = BTreeMap::new();
    top.table("chats", |table| {
        for purpose in PURPOSES {
            let Some(named) = table.id_named(purpose) else {
                continue;
            };
            let chat = ChatId(named);
            chats.insert(purpose.to_owned(), NamedChat { chat, topic: None });
        }
        for key in table.keys() {
            let Some(purpose) = PURPOSES.iter().find(|purpose| **purpose == key.value) else {
                let cure = nearest(key.value, PURPOSES)
                    .unwrap_or_else(|| format!("known: {}", PURPOSES.join(", ")));
                table.fault(
                    key.at,
                    format!("there is no purpose `{}` of a chat", key.value),
                    cure,
                );
                continue;
            };
            if chats.contains_key(*purpose) {
                continue;
            }
            let named = table.table_named(purpose, |place| {
                Some(NamedChat {
                    chat: ChatId(place.id("chat")?.value),
                    topic: place.id("topic").map(|topic| topic.value),
                })
            });
            if let Some(named) = named.flatten() {
                chats.insert((*purpose).to_owned(), named);
            }
        }
        table.any_key();
    });
    chats
}

/// A person's id at Telegram is above zero; below are groups.
pub(super) fn person(table: &Table<'_>, key: &str, id: Spot<i64>) {
    if id.value <= 0 {
        table.fault(
            id.at,
            format!("`{key}` is {}, which is no person", id.value),
            "write the Telegram user id of a person, a number above 0",
        );
    }
}

pub(super) fn hold(top: &Table<'_>) -> Hold {
    let found = top.table("hold", |hold| {
        let minutes = hold.int("minutes", 2, 240).unwrap_or(15);
        let warn_minutes = hold.int("warn", 1, 239).unwrap_or(3);
        if warn_minutes >= minutes {
            hold.fault(
                hold.key_at("warn"),
                "the warning comes before the hold begins",
                "make `warn` smaller than `minutes`",
            );
        }
        Hold {
            minutes,
            warn_minutes,
        }
    });
    found.unwrap_or(Hold {
        minutes: 15,
        warn_minutes: 3,
    })
}

pub(super) fn kitchen(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Kitchen {
    let mut kitchen = Kitchen {
        minutes: vec![10, 15, 20, 30, 45],
        remind_minutes: 3,
        escalate_minutes: 6,
        limit_minutes: 20,
        reasons: Vec::new(),
        refusals: Vec::new(),
    };
    top.table("kitchen", |table| {
        let minutes = table.ints("minutes");
        if minutes.len() > MAX_MINUTES {
            table.fault(
                table.key_at("minutes"),
                format!("{} times are too many to choose from", minutes.len()),
                format!("offer at most {MAX_MINUTES}"),
            );
        }
        if !minutes.is_empty() {
            for offer in minutes
                .iter()
                .filter(|offer| !(1..=600).contains(&offer.value))
            {
                table.fault(
                    offer.at,
                    format!("{} minutes can't be offered", offer.value),
                    "1 to 600 make sense",
                );
            }
            kitchen.minutes = minutes.into_iter().map(|offer| offer.value).collect();
        }
        kitchen.remind_minutes = table
            .int("remind", 1, 600)
            .unwrap_or(kitchen.remind_minutes);
        kitchen.escalate_minutes = table
            .int("escalate", 1, 600)
            .unwrap_or(kitchen.escalate_minutes);
        kitchen.limit_minutes = table.int("limit", 1, 1440).unwrap_or(kitchen.limit_minutes);
        if !(kitchen.remind_minutes < kitchen.escalate_minutes
            && kitchen.escalate_minutes < kitchen.limit_minutes)
        {
            table.fault(
                table.at,
                "the kitchen's times are out of order",
                "`remind` must be below `escalate`, and that below `limit`",
            );
        }
        kitchen.reasons = reasons(table, "reasons", texts);
        kitchen.refusals = reasons(table, "refusals", texts);
        if kitchen.refusals.is_empty() {
            kitchen.refusals.clone_from(&kitchen.reasons);
        }
    });
    kitchen
}

/// Columns of the usual narrow paper, 58 mm wide.
const NARROW: i64 = 32;
/// Columns of the widest paper for receipts.
const WIDEST: i64 = 48;

pub(super) fn print(top: &Table<'_>) -> Print {
    let found = top.table("print", |table| {
        (
            table.int("columns", NARROW, WIDEST).unwrap_or(NARROW),
            table.flag("button").unwrap_or(false),
        )
    });
    let (columns, button) = found.unwrap_or((NARROW, false));
    Print {
        columns: usize::try_from(columns).unwrap_or_default(),
        button,
    }
}

/// Reasons for changing the stock that need no text of the shop's own.
const STOCK_REASONS: [&str; 4] = ["delivery", "waste", "count", "other"];

pub(super) fn stock(top: &Table<'_>, texts: &mut Vec<TextUse>) -> (Vec<String>, Option<i64>) {
    let mut found = Vec::new();
    let mut low = None;
    top.table("stock", |table| {
        found = reason_ids(table, ("reasons", "stock-reason"), texts);
        low = table.int("low", 0, 1_000_000_000);
    });
    if found.is_empty() {
        found = STOCK_REASONS.map(str::to_owned).to_vec();
    }
    (found, low)
}

pub(super) fn delivery(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Bringing {
    let mut bringing = Bringing {
        failures: Vec::new(),
        remind_minutes: 10,
        escalate_minutes: 20,
    };
    top.table("delivery", |table| {
        bringing.failures = reasons(table, "failures", texts);
        bringing.remind_minutes = table
            .int("remind", 1, 600)
            .unwrap_or(bringing.remind_minutes);
        bringing.escalate_minutes = table
            .int("escalate", 1, 600)
            .unwrap_or(bringing.escalate_minutes);
        if bringing.remind_minutes >= bringing.escalate_minutes {
            table.fault(
                table.at,
                "the times of delivery are out of order",
                "`remind` must be below `escalate`",
            );
        }
    });
    bringing
}

pub(super) fn send(top: &Table<'_>) -> SendLimits {
    let mut send = SendLimits {
        per_chat_per_second: 1,
        overall_per_second: 30,
        per_group_per_minute: 20,
    };
    top.table("send", |table| {
        let read = |key, most, usual| table.int(key, 1, most).unwrap_or(usual);
        send.per_chat_per_second = read(
            "per_chat_per_second",
            MOST_PER_SECOND,
            send.per_chat_per_second,
        );
        send.overall_per_second = read(
            "overall_per_second",
            MOST_PER_SECOND,
            send.overall_per_second,
        );
        send.per_group_per_minute = read(
            "per_group_per_minute",
            MOST_PER_SECOND * 60,
            send.per_group_per_minute,
        );
    });
    send
}

/// Telegram's own limit is 1 000, that of paid broadcasts; a Bot API server of one's own takes
/// what it is given.
const MOST_PER_SECOND: i64 = 10_000;

/// Most preparation times on a kitchen's card.
const MAX_MINUTES: usize = 20;
/// Most reasons to choose from.
const MAX_REASONS: usize = 20;

/// Groups of customers.
pub(super) fn groups(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Vec<String> {
    reason_ids(top, ("groups", "group"), texts)
}

/// Ids of reasons, and the texts they need.
pub(in crate::shop) fn reasons(
    table: &Table<'_>,
    key: &'static str,
    texts: &mut Vec<TextUse>,
) -> Vec<String> {
    reason_ids(table, (key, "reason"), texts)
}

/// Ids to choose from, whose words are the texts `TEXT-ID`.
fn reason_ids(
    table: &Table<'_>,
    (key, text): (&'static str, &str),
    texts: &mut Vec<TextUse>,
) -> Vec<String> {
    let what = if key == "groups" { "group" } else { "reason" };
    let mut found = Vec::new();
    for reason in table.texts(key) {
        let id = reason.value;
        if !is_id(id) {
            table.fault(
                reason.at,
                format!("`{id}` is no id"),
                "use a-z, 0-9 and -, at most 24",
            );
        }
        if found.iter().any(|known| known == id) {
            table.fault(
                reason.at,
                format!("the {what} `{id}` is listed twice"),
                "remove one",
            );
        }
        texts.push(TextUse::new(format!("{text}-{id}"), table, reason.at));
        found.push(id.to_owned());
    }
    if found.len() > MAX_REASONS {
        table.fault(
            table.key_at(key),
            format!("{} {what}s are too many to choose from", found.len()),
            format!("list at most {MAX_REASONS}"),
        );
    }
    found
}
