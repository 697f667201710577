//! `shop.toml`: who the shop is, when it is open, how it works.

mod credit;
pub mod hours;
mod pushes;
mod receive;
mod tables;
mod team;
mod trade;
mod work;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use super::ftl::TextUse;
use super::table::Table;
use super::zone::{Hours, Zone};
use crate::domain::cart::{Rounding, TaxRules};
use crate::domain::orders::pushes::Pushes;
use crate::domain::tables::Table as GuestTable;
use crate::kernel::{ChatId, Currency, CustomerId, Locale, Localised};

pub use credit::Credit;
pub(super) use receive::{Holds, Named};
pub(super) use work::reasons;

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
    /// The largest total of an order that they may approve, in minor units; none: any.
    pub limit: Option<i64>,
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
    /// Ids of reasons for refusing a customer's wish to cancel; without a list, the same.
    pub refusals: Vec<String>,
}

/// How orders are brought; times in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bringing {
    /// Ids of reasons why an order could not be brought; their words are the texts `reason-ID`.
    pub failures: Vec<String>,
    /// Ready and taken by nobody until then: a reminder.
    pub remind_minutes: i64,
    /// Until then: the owner hears of it.
    pub escalate_minutes: i64,
}

/// How long a review keeps the goods; times in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// So long after the last activity.
    pub minutes: i64,
    /// So long before the end the customer is warned; below `minutes`.
    pub warn_minutes: i64,
}

/// How orders are printed as plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// Characters of a line; a Chinese one counts for two.
    pub columns: usize,
    /// Whether the cards of staff have a button for it.
    pub button: bool,
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Receive {
    /// The bot asks Telegram.
    #[default]
    Polling,
    /// Telegram calls the bot.
    Webhook(Webhook),
}

/// Where Telegram calls the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Where the bot listens.
    pub listen: SocketAddr,
    /// What Telegram is told, with the path that the bot answers on.
    pub public_url: String,
    /// How many deliveries at once Telegram may make.
    pub connections: i64,
    /// Files for TLS; none: something in front of the bot ends TLS.
    pub tls: Option<Tls>,
}

/// Files of the folder that TLS needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The certificate, or a chain of them, as PEM.
    pub cert: String,
    /// Its private key, as PEM.
    pub key: String,
    /// The certificate is nobody else's: Telegram gets a copy to know it by.
    pub self_signed: bool,
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
    /// Ids of the ways to pay, in the order offered.
    pub payments: Vec<String>,
    /// How orders on account are paid; none: there are none.
    pub credit: Option<Credit>,
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
    /// The tables that guests sit at, in the order of the file.
    pub tables: Vec<GuestTable>,
    /// Groups that staff may put customers in, for rules; their words are the texts `group-ID`.
    pub groups: Vec<String>,
    /// Whether companies may have members here who order for them.
    pub companies: bool,
    /// Whether the menu can be searched from any chat.
    pub inline: bool,
    /// Who confirms an order.
    pub confirm: Confirm,
    /// How long a review keeps the goods.
    pub hold: Hold,
    /// Minutes for which what a person saw of their cart counts: whoever comes back later is
    /// shown what is short by now.
    pub cart_minutes: i64,
    /// How the kitchen works.
    pub kitchen: Kitchen,
    /// How orders are brought.
    pub delivery: Bringing,
    /// How orders are printed.
    pub print: Print,
    /// Ids of reasons for which staff change the stock; their words are the texts
    /// `stock-reason-ID`.
    pub stock_reasons: Vec<String>,
    /// The owner is told when so many pieces of a counted item are left, or fewer.
    pub low_stock: Option<i64>,
    /// What customers and staff hear of an order, and how loud.
    pub pushes: Pushes,
    /// The version of the words that say why personal data is kept: a later one is told anew.
    pub privacy_version: i64,
    /// So many minutes before a repeated order is placed its customer is asked.
    pub ask_minutes: i64,
    /// So many customers must mean the same by a phrase before the merchant is asked whether it is
    /// another name: what fewer typed, nobody of the shop is shown.
    pub propose_after: i64,
    /// Days after which bodies of handled rows are removed.
    pub keep_days: i64,
    /// What may be sent.
    pub send: SendLimits,
    /// How updates come.
    pub receive: Receive,
    /// Where the bot tells how it is; loopback. None: nowhere.
    pub monitor: Option<SocketAddr>,
}

/// What a staff chat can be for.
pub const PURPOSES: [&str; 4] = ["kitchen", "approvals", "couriers", "support"];
/// What a person of the staff can be.
pub const ROLES: [&str; 7] = [
    "manager", "approver", "operator", "kitchen", "courier", "support", "auditor",
];
/// Which of them decide about orders, up to a limit.
pub const APPROVING: [&str; 2] = ["manager", "approver"];

/// Longest id in bytes; it travels in links.
const MAX_ID_BYTES: usize = 24;

/// What `shop.toml` needs elsewhere.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Texts that it names.
    pub(super) texts: Vec<TextUse>,
    /// Files that it names.
    pub(super) files: Vec<Named>,
}

/// Reads `shop.toml`. What is missing or wrong is noted and gets a harmless value.
pub(super) fn read(top: &Table<'_>, needs: &mut Needs) -> Settings {
    let Needs { texts, files } = needs;
    let locales = trade::locales(top);
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
    let (stock_reasons, low_stock) = work::stock(top, texts);
    let currency = trade::currency(top);
    let payments = trade::payments(top, texts);
    Settings {
        id: id.map(|id| id.value.to_owned()).unwrap_or_default(),
        name: trade::name(top, &tags),
        currency,
        zone: trade::zone(top),
        locales,
        hours: hours::read(top).unwrap_or_default(),
        credit: credit::read(top, &payments),
        payments,
        taxes: trade::taxes(top, texts),
        rounding: trade::rounding(top),
        owner: top.id("owner").map(|id| {
            work::person(top, "owner", id);
            CustomerId(id.value)
        }),
        chats: work::chats(top),
        staff: team::team(top, currency),
        tables: tables::read(top, &tags),
        companies: top
            .table("companies", |companies| companies.flag("enabled"))
            .flatten()
            .unwrap_or(false),
        inline: top
            .table("inline", |inline| inline.flag("enabled"))
            .flatten()
            .unwrap_or(false),
        confirm: top
            .word(
                "confirm",
                &[("auto", Confirm::Auto), ("staff", Confirm::Staff)],
            )
            .unwrap_or_default(),
        groups: work::groups(top, texts),
        hold: work::hold(top),
        cart_minutes: top
            .table("cart", |cart| cart.int("fresh", 1, 1440))
            .flatten()
            .unwrap_or(30),
        kitchen: work::kitchen(top, texts),
        delivery: work::delivery(top, texts),
        print: work::print(top),
        stock_reasons,
        low_stock,
        pushes: pushes::pushes(top),
        privacy_version: top
            .table("privacy", |privacy| privacy.int("version", 1, 1_000_000))
            .flatten()
            .unwrap_or(1),
        ask_minutes: top
            .table("schedule", |schedule| schedule.int("ask", 5, 1440))
            .flatten()
            .unwrap_or(60),
        propose_after: top
            .table("understanding", |words| words.int("propose_after", 2, 100))
            .flatten()
            .unwrap_or(3),
        keep_days: top
            .table("keep", |keep| keep.int("days", 3, 3650))
            .flatten()
            .unwrap_or(7),
        send: work::send(top),
        receive: receive::receive(top, files),
        monitor: receive::monitor(top),
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
