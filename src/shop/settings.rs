//! `shop.toml`: who the shop is, when it is open, how it works.

use std::collections::BTreeMap;

use super::ftl::TextUse;
use super::table::{Spot, Table};
use super::zone::{Hours, Opening, Zone, read_opening};
use crate::domain::cart::{Mode, Rounding, Scope, TaxRate, TaxRules};
use crate::kernel::{ChatId, Currency, CustomerId, Locale, Localised, TaxClass};

/// Who confirms an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confirm {
    /// It is confirmed in the turn that places it.
    #[default]
    Auto,
    /// A person of the staff confirms it.
    Staff,
}

/// A chat that the shop's settings name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedChat {
    /// The chat.
    pub chat: ChatId,
    /// The forum topic in it.
    pub topic: Option<i64>,
}

/// A person that the shop's settings name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStaff {
    /// Who.
    pub id: CustomerId,
    /// Roles, of [`ROLES`].
    pub roles: Vec<String>,
}

/// How the kitchen works; times in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kitchen {
    /// Preparation times offered when an order is accepted.
    pub minutes: Vec<i64>,
    /// Without a press until then: a reminder.
    pub remind_minutes: i64,
    /// Until then: the owner and the customer hear of it.
    pub escalate_minutes: i64,
    /// Until then: the order is cancelled with an apology.
    pub limit_minutes: i64,
    /// Ids of reasons for refusing an order; their words are the texts `reason-ID`.
    pub reasons: Vec<String>,
}

/// How long a review keeps the goods; times in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// So long after the last activity.
    pub minutes: i64,
    /// So long before the end the customer is warned; below `minutes`.
    pub warn_minutes: i64,
}

/// What may be sent; Telegram's own limits unless lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendLimits {
    /// Messages a second to one chat.
    pub per_chat_per_second: i64,
    /// Messages a second altogether.
    pub overall_per_second: i64,
    /// Messages a minute to one group.
    pub per_group_per_minute: i64,
}

/// How updates come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Receive {
    /// The bot asks Telegram.
    #[default]
    Polling,
}

/// Everything of `shop.toml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The shop's id, `[a-z0-9-]`.
    pub id: String,
    /// Its name.
    pub name: Localised,
    /// The currency of every price.
    pub currency: Currency,
    /// Its time zone.
    pub zone: Zone,
    /// Its languages, the one for strangers first; never empty.
    pub locales: Vec<Locale>,
    /// When it takes orders.
    pub hours: Hours,
    /// Tax.
    pub taxes: TaxRules,
    /// Rounding of tax and of prices by weight.
    pub rounding: Rounding,
    /// The owner, if named here.
    pub owner: Option<CustomerId>,
    /// Chats named here, by purpose ([`PURPOSES`]).
    pub chats: BTreeMap<String, NamedChat>,
    /// People named here.
    pub staff: Vec<NamedStaff>,
    /// Who confirms an order.
    pub confirm: Confirm,
    /// How long a review keeps the goods.
    pub hold: Hold,
    /// How the kitchen works.
    pub kitchen: Kitchen,
    /// Days after which bodies of handled rows are removed.
    pub keep_days: i64,
    /// What may be sent.
    pub send: SendLimits,
    /// How updates come.
    pub receive: Receive,
}

/// What a staff chat can be for.
pub const PURPOSES: [&str; 4] = ["kitchen", "approvals", "couriers", "support"];
/// What a person of the staff can be.
pub const ROLES: [&str; 2] = ["manager", "kitchen"];

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Longest id in bytes; it travels in links.
const MAX_ID_BYTES: usize = 24;

/// Reads `shop.toml`. What is missing or wrong is noted and gets a harmless value.
pub fn read(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Settings {
    let locales = locales(top);
    let tags: Vec<String> = locales.iter().map(|l| l.as_str().to_owned()).collect();
    let id = top.need_text("id");
    if let Some(id) = id
        && !is_id(id.value)
    {
        top.fault(
            id.at,
            format!("`{}` is no id", id.value),
            "use a-z, 0-9 and -, at most 24",
        );
    }
    Settings {
        id: id.map(|id| id.value.to_owned()).unwrap_or_default(),
        name: top.need_localised("name", &tags).unwrap_or_default(),
        currency: currency(top),
        zone: zone(top),
        locales,
        hours: hours(top),
        taxes: taxes(top, texts),
        rounding: rounding(top),
        owner: top.id("owner").map(|id| CustomerId(id.value)),
        chats: chats(top),
        staff: top.tables("staff", staff).into_iter().flatten().collect(),
        confirm: top
            .word(
                "confirm",
                &[("auto", Confirm::Auto), ("staff", Confirm::Staff)],
            )
            .unwrap_or_default(),
        hold: hold(top),
        kitchen: kitchen(top, texts),
        keep_days: top
            .table("keep", |keep| keep.int("days", 3, 3650))
            .flatten()
            .unwrap_or(7),
        send: send(top),
        receive: top
            .table("receive", |receive| {
                receive.word("mode", &[("polling", Receive::Polling)])
            })
            .flatten()
            .unwrap_or_default(),
    }
}

/// Whether an id is of `[a-z0-9-]` and at most 24 bytes.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= MAX_ID_BYTES
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn locales(top: &Table<'_>) -> Vec<Locale> {
    let found = top.texts("locales");
    let mut locales: Vec<Locale> = Vec::new();
    for tag in found {
        if tag
            .value
            .parse::<unic_langid::LanguageIdentifier>()
            .is_err()
        {
            top.fault(
                tag.at,
                format!("`{}` is no language tag", tag.value),
                "write it as in `en` or `zh-CN`",
            );
        } else if locales.iter().any(|l| l.as_str() == tag.value) {
            top.fault(
                tag.at,
                format!("`{}` is listed twice", tag.value),
                "remove one",
            );
        } else {
            locales.push(tag.value.into());
        }
    }
    if locales.is_empty() {
        top.fault(
            top.key_at("locales"),
            "the shop speaks no language",
            "add `locales = [\"en\"]`",
        );
        locales.push("en".into());
    }
    locales
}

fn currency(top: &Table<'_>) -> Currency {
    /// The currencies of ISO 4217 that are in use; a slip such as `CYN` must not pass.
    const KNOWN: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
        BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
        GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
        LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN \
        PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS \
        TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";
    let text = top.need_text("currency");
    let parsed = text.and_then(|text| {
        let known = KNOWN.split_whitespace().any(|code| code == text.value);
        let parsed = Currency::parse(text.value).filter(|_| known);
        if parsed.is_none() {
            let cure = crate::dialogue::condition::nearest(text.value, KNOWN.split_whitespace())
                .unwrap_or_else(|| "write the three letters of ISO 4217, such as `CNY`".to_owned());
            top.fault(
                text.at,
                format!("there is no currency `{}`", text.value),
                cure,
            );
        }
        parsed
    });
    parsed.unwrap_or_else(Currency::none)
}

fn zone(top: &Table<'_>) -> Zone {
    let text = top.need_text("zone");
    let zone = text.and_then(|text| {
        let zone = Zone::parse(text.value);
        if zone.is_none() {
            let cure = crate::dialogue::condition::nearest(text.value, Zone::names())
                .unwrap_or_else(|| "write an IANA name such as `Asia/Shanghai`".to_owned());
            top.fault(
                text.at,
                format!("there is no time zone `{}`", text.value),
                cure,
            );
        }
        zone
    });
    zone.unwrap_or_else(Zone::utc)
}

fn hours(top: &Table<'_>) -> Hours {
    let week = top.table("hours", |hours| {
        DAYS.map(|day| {
            let mut spans: Vec<Spot<Opening>> = Vec::new();
            for text in hours.texts(day) {
                match read_opening(text.value) {
                    Some(opening) => spans.push(Spot {
                        value: opening,
                        at: text.at,
                    }),
                    None => hours.fault(
                        text.at,
                        format!("`{}` is no opening", text.value),
                        "write it as in `11:00-14:30`, within one day, `24:00` at its end",
                    ),
                }
            }
            for (n, span) in spans.iter().enumerate() {
                let earlier = spans.iter().take(n);
                if earlier
                    .clone()
                    .any(|o| o.value.from < span.value.to && span.value.from < o.value.to)
                {
                    hours.fault(span.at, "this opening overlaps an earlier one", "join them");
                }
            }
            spans.into_iter().map(|span| span.value).collect()
        })
    });
    Hours { week }
}

fn taxes(top: &Table<'_>, texts: &mut Vec<TextUse>) -> TaxRules {
    let mut rates = BTreeMap::new();
    top.tables("tax", |tax| {
        let class = tax.need_text("class");
        let rate = tax.need_text("percent").and_then(|percent| {
            let rate = TaxRate::parse(percent.value);
            if rate.is_none() {
                tax.fault(
                    percent.at,
                    format!("`{}` is no percentage", percent.value),
                    "write 0 to 100 with at most four decimals, as in \"8.875\"",
                );
            }
            rate
        });
        let Some(class) = class else { return };
        texts.push(TextUse::new(format!("tax-{}", class.value), tax, class.at));
        let known = rates.insert(TaxClass::from(class.value), rate.unwrap_or(TaxRate(0)));
        if known.is_some() {
            tax.fault(
                class.at,
                format!("the tax class `{}` is there twice", class.value),
                "remove one",
            );
        }
    });
    TaxRules {
        inclusive: top.flag("tax_included").unwrap_or(true),
        rates,
    }
}

fn rounding(top: &Table<'_>) -> Rounding {
    let found = top.table("rounding", |rounding| Rounding {
        scope: rounding
            .word("scope", &[("line", Scope::Line), ("total", Scope::Total)])
            .unwrap_or(Scope::Total),
        mode: rounding
            .word(
                "mode",
                &[("half-up", Mode::HalfUp), ("half-even", Mode::HalfEven)],
            )
            .unwrap_or(Mode::HalfUp),
    });
    found.unwrap_or(Rounding {
        scope: Scope::Total,
        mode: Mode::HalfUp,
    })
}

fn chats(top: &Table<'_>) -> BTreeMap<String, NamedChat> {
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
                let cure = crate::dialogue::condition::nearest(key.value, PURPOSES)
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

fn staff(table: &Table<'_>) -> Option<NamedStaff> {
    let id = table.id("id");
    if id.is_none() {
        table.fault(
            table.at,
            "this person has no `id`",
            "add the Telegram user id, a whole number",
        );
    }
    let roles = table.texts("roles");
    for role in &roles {
        if !ROLES.contains(&role.value) {
            let cure = crate::dialogue::condition::nearest(role.value, ROLES)
                .unwrap_or_else(|| format!("known: {}", ROLES.join(", ")));
            table.fault(role.at, format!("there is no role `{}`", role.value), cure);
        }
    }
    Some(NamedStaff {
        id: CustomerId(id?.value),
        roles: roles
            .into_iter()
            .map(|role| role.value.to_owned())
            .collect(),
    })
}

fn hold(top: &Table<'_>) -> Hold {
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

fn kitchen(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Kitchen {
    let mut kitchen = Kitchen {
        minutes: vec![10, 15, 20, 30, 45],
        remind_minutes: 3,
        escalate_minutes: 6,
        limit_minutes: 20,
        reasons: Vec::new(),
    };
    top.table("kitchen", |table| {
        let minutes = table.ints("minutes");
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
        for reason in table.texts("reasons") {
            if !is_id(reason.value) {
                table.fault(
                    reason.at,
                    format!("`{}` is no id", reason.value),
                    "use a-z, 0-9 and -, at most 24",
                );
            }
            texts.push(TextUse::new(
                format!("reason-{}", reason.value),
                table,
                reason.at,
            ));
            kitchen.reasons.push(reason.value.to_owned());
        }
    });
    kitchen
}

fn send(top: &Table<'_>) -> SendLimits {
    let mut send = SendLimits {
        per_chat_per_second: 1,
        overall_per_second: 30,
        per_group_per_minute: 20,
    };
    top.table("send", |table| {
        let read = |key, most, usual| table.int(key, 1, most).unwrap_or(usual);
        send.per_chat_per_second = read("per_chat_per_second", 1, send.per_chat_per_second);
        send.overall_per_second = read("overall_per_second", 30, send.overall_per_second);
        send.per_group_per_minute = read("per_group_per_minute", 20, send.per_group_per_minute);
    });
    send
}
