//! Every column that is sealed, or that may hold or lead to a person, with what becomes of it when
//! the person's data are erased.
//!
//! A column that is neither here nor in [`super::harmless`] fails a test, so that none is forgotten:
//! who adds one says what erasure does with it.
//!
//! A digest of what somebody wrote is no proof that it is gone: who guesses the words can tell whether
//! they were right. So it goes with what it is of (`inbox`, `outbox`, `files`, `customers`), although
//! all of those are keyed; one with a random salt stays where the salt is sealed with the words and
//! went with them (`audit`).

use super::super::error::StoreError;
use super::super::tx::{Tx, sql};
use crate::kernel::CustomerId;

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The person's rows go, all of them; `$1` is the person.
    Goes(&'static str),
    /// It goes with its row, by the column named.
    With(&'static str),
    /// Nobody takes the person's place in a table that is small; `$1` is nobody, `$2` the person.
    Nobody(&'static str),
    /// A function of this module's neighbours does it: which, and what it does.
    By(&'static str),
    /// It stays as it is, because.
    Stays(&'static str),
}

/// A column, and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What becomes of it.
    pub how: How,
}

const fn held(table: &'static str, column: &'static str, how: How) -> Held {
    Held { table, column, how }
}

/// Tables without any such column, each with why that is so.
pub const TABLES_WITHOUT: &[(&str, &str)] = &[
    ("items", "what the shop sells"),
    ("stock", "levels"),
    ("day_counters", "the last number of a day"),
    ("table_codes", "the shop's tables"),
    (
        "order_lines",
        "what was ordered; notes are in the order's sealed column",
    ),
    ("alerts", "what goes wrong with the service"),
    ("instances", "processes"),
    ("leases", "processes"),
];

/// A group's chat is nobody's; the person's private chat is in none of these.
const GROUP: How = How::Stays("a group's chat, which is no person");
const NO_PERSON: How = How::Stays("a name or hash of the program's own, or of the shop's files");

/// The columns. Of a table the one whose statement takes the rows away comes first.
pub const HELD: &[Held] = &[
    held("meta", "name", NO_PERSON),
    held("meta", "value", NO_PERSON),
    // Keyed, and gone in the end all the same: whoever has the key could try what they guess.
    held("files", "sha256", How::By("sweep::forget_files")),
    held("files", "file_id", How::With("sha256")),
    // What is known of a person as such.
    held(
        "customers",
        "id",
        How::Goes("delete from customers where id = $1"),
    ),
    held("customers", "name", How::With("id")),
    held("customers", "phone", How::With("id")),
    held("customers", "phone_digest", How::With("id")),
    held(
        "customer_answers",
        "customer",
        How::Goes("delete from customer_answers where customer = $1"),
    ),
    held("customer_answers", "body", How::With("customer")),
    held(
        "profiles",
        "customer",
        How::Goes("delete from profiles where customer = $1"),
    ),
    held("profiles", "body", How::With("customer")),
    held(
        "customer_groups",
        "customer",
        How::Goes("delete from customer_groups where customer = $1"),
    ),
    held(
        "saved_orders",
        "owner",
        How::Goes("delete from saved_orders where owner = $1"),
    ),
    held("saved_orders", "name", How::With("owner")),
    held("saved_orders", "body", How::With("owner")),
    held(
        "awaited",
        "customer",
        How::Goes("delete from awaited where customer = $1"),
    ),
    held(
        "schedules",
        "owner",
        How::Goes("delete from schedules where owner = $1"),
    ),
    held("schedules", "body", How::With("owner")),
    held(
        "schedule_runs",
        "owner",
        How::Goes("delete from schedule_runs where owner = $1"),
    ),
    held("customer_groups", "name", NO_PERSON),
    held(
        "customer_groups",
        "granter",
        How::Nobody("update customer_groups set granter = $1 where granter = $2"),
    ),
    held(
        "absences",
        "user_id",
        How::Goes("delete from absences where user_id = $1"),
    ),
    held(
        "absences",
        "stand_in",
        How::Nobody("update absences set stand_in = $1 where stand_in = $2"),
    ),
    held(
        "learned",
        "customer",
        How::Goes("delete from learned where customer = $1"),
    ),
    held("learned", "digest", How::With("customer")),
    held("learned", "phrase", How::With("customer")),
    // Names of what the shop sells: enough others said the same, or it would not have been asked.
    held(
        "aliases",
        "phrase",
        How::Stays("words that several customers use for an item; the merchant's by then"),
    ),
    held(
        "aliases",
        "digest",
        How::Stays("of words that several customers use"),
    ),
    held(
        "aliases",
        "decided_by",
        How::Nobody("update aliases set decided_by = $1 where decided_by = $2"),
    ),
    // Companies: who belongs there no longer does. What a company is called and where it is, is
    // the company's.
    held(
        "company_members",
        "user_id",
        How::Goes("delete from company_members where user_id = $1"),
    ),
    held(
        "company_members",
        "let_in_by",
        How::Nobody("update company_members set let_in_by = $1 where let_in_by = $2"),
    ),
    held(
        "company_requests",
        "user_id",
        How::Goes("delete from company_requests where user_id = $1"),
    ),
    held(
        "company_requests",
        "asked_by",
        How::Nobody("update company_requests set asked_by = $1 where asked_by = $2"),
    ),
    held(
        "company_rules",
        "made_by",
        How::Nobody("update company_rules set made_by = $1 where made_by = $2"),
    ),
    held("company_rules", "who", NO_PERSON),
    held(
        "companies",
        "made_by",
        How::Nobody("update companies set made_by = $1 where made_by = $2"),
    ),
    held(
        "companies",
        "personal",
        How::Stays("the company's own name, addresses and values, which outlive its members"),
    ),
    // The team: a person who is in it is refused, so only what they did there is left.
    held(
        "staff",
        "user_id",
        How::Stays("a person of the team is refused until the role is taken away"),
    ),
    held(
        "staff",
        "granter",
        How::Nobody("update staff set granter = $1 where granter = $2"),
    ),
    held("sold_out", "subject", NO_PERSON),
    held(
        "sold_out",
        "actor",
        How::Nobody("update sold_out set actor = $1 where actor = $2"),
    ),
    held(
        "tokens",
        "made_by",
        How::Nobody("update tokens set made_by = $1 where made_by = $2"),
    ),
    held(
        "tokens",
        "used_by",
        How::Nobody("update tokens set used_by = $1 where used_by = $2"),
    ),
    held("tokens", "digest", NO_PERSON),
    held("tokens", "grants", NO_PERSON),
    // Carts and orders.
    held(
        "carts",
        "customer",
        How::By("hand_over::orders, sweep::one_cart"),
    ),
    held("carts", "body", How::With("customer")),
    held(
        "holds",
        "claim",
        How::By("sweep::one_cart gives back what a cart held"),
    ),
    held("orders", "customer", How::By("hand_over::orders")),
    held("orders", "chat", How::By("hand_over::orders")),
    held("orders", "personal", How::By("hand_over::orders_forget")),
    held(
        "orders",
        "request",
        How::By("hand_over::orders_forget, sweep::orders"),
    ),
    held("orders", "placed_by", How::By("sweep::orders")),
    held("orders", "account", How::By("hand_over::orders")),
    held("orders", "table_name", NO_PERSON),
    held(
        "order_events",
        "actor",
        How::By("hand_over::orders, sweep::orders"),
    ),
    held("stock_ledger", "actor", How::By("sweep::ledger")),
    held(
        "stock_ledger",
        "claim",
        How::Stays("a cart's id, which leads to nobody"),
    ),
    held("folded", "chat", GROUP),
    held("fold_lists", "chat", GROUP),
    held("chats", "chat", GROUP),
    held("chats", "title", How::Stays("what a group is called")),
    // Accounts.
    held("accounts", "id", How::By("hand_over::account")),
    held("accounts", "person", How::By("hand_over::account")),
    held("account_entries", "account", How::By("hand_over::account")),
    held("account_entries", "actor", How::By("sweep::entries")),
    held(
        "account_entries",
        "reference",
        How::Stays("the bank's reference, by which a payment counts once"),
    ),
    held(
        "account_entries",
        "body",
        How::By("hand_over::account, sweep::entries"),
    ),
    held("account_changes", "account", How::By("sweep::changes")),
    held("account_changes", "proposed_by", How::By("sweep::changes")),
    held("account_changes", "decided_by", How::By("sweep::changes")),
    held("account_changes", "body", How::By("sweep::changes")),
    // The record: hashes stay, so that the chain holds.
    held(
        "audit",
        "actor",
        How::By("sweep::audit, which notes which entries it changed"),
    ),
    held(
        "audit",
        "subject",
        How::By("sweep::audit, which notes which entries it changed"),
    ),
    held("audit", "body", How::By("sweep::audit")),
    held(
        "audit",
        "digest",
        How::Stays("a hash with a salt that is gone with the body"),
    ),
    held("audit", "prev", NO_PERSON),
    held("audit", "hash", NO_PERSON),
    // The engine.
    held(
        "lanes",
        "lane",
        How::Stays("the person's own lane, which any later message needs; it leads to no order"),
    ),
    held(
        "lanes",
        "session",
        How::By("the person's own turn, and that of whoever names them"),
    ),
    held("inbox", "lane", How::By("sweep::inbox")),
    held("inbox", "body", How::By("sweep::inbox")),
    held("inbox", "digest", How::By("sweep::inbox")),
    held("inbox", "error", NO_PERSON),
    held("outbox", "chat", How::By("sweep::own_messages")),
    held(
        "outbox",
        "card",
        How::By("sweep::own_messages, sweep::outbox"),
    ),
    held("outbox", "takes", How::By("sweep::own_messages")),
    held(
        "outbox",
        "body",
        How::By("sweep::own_messages, sweep::outbox"),
    ),
    held(
        "outbox",
        "digest",
        How::By("sweep::own_messages, sweep::outbox"),
    ),
    held("outbox", "error", NO_PERSON),
    held("cards", "chat", How::By("sweep::own_messages")),
    held(
        "cards",
        "card",
        How::By("sweep::own_messages, sweep::outbox"),
    ),
    held("timers", "name", How::By("sweep::timers")),
    held("timers", "lane", How::By("sweep::timers")),
    held("settings", "name", NO_PERSON),
    held("settings", "value", NO_PERSON),
    held(
        "erasures",
        "person",
        How::By("erasure::end, when all is done"),
    ),
    held("erasures", "stand_in", How::With("person")),
    held("erasures", "after_lane", How::With("person")),
    held("erasures", "body", How::With("person")),
];

/// So many statements of the lists below in one turn.
pub const AT_ONCE: usize = 4;

fn texts(pick: fn(How) -> Option<&'static str>) -> impl Iterator<Item = &'static str> {
    HELD.iter().filter_map(move |held| pick(held.how))
}

/// Takes away the rows that are the person's alone, from the `skip`-th table on; gives whether
/// there is more to do.
pub async fn take_away(tx: &mut Tx, who: CustomerId, skip: usize) -> Result<bool, StoreError> {
    let goes = |how| match how {
        How::Goes(text) => Some(text),
        _ => None,
    };
    for text in texts(goes).skip(skip).take(AT_ONCE) {
        sql!(tx, exec, text, who.0).map_err(StoreError::on("erasure.take_away"))?;
    }
    Ok(texts(goes).count() > skip + AT_ONCE)
}

/// Puts nobody in the person's place in small tables, from the `skip`-th column on; gives whether
/// there is more to do.
pub async fn replace(
    tx: &mut Tx,
    (who, nobody): (CustomerId, CustomerId),
    skip: usize,
) -> Result<bool, StoreError> {
    let small = |how| match how {
        How::Nobody(text) => Some(text),
        _ => None,
    };
    for text in texts(small).skip(skip).take(AT_ONCE) {
        sql!(tx, exec, text, nobody.0, who.0).map_err(StoreError::on("erasure.replace"))?;
    }
    Ok(texts(small).count() > skip + AT_ONCE)
}
