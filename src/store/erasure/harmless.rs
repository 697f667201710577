//! The columns that the erasure leaves alone where others' rows are concerned, each with why it says
//! nothing of anybody. With [`super::registry`] these are all columns there are; a test compares both
//! with the database, so that whoever adds a column says here or there what erasure does with it.

/// Columns of one table that are harmless for the same reason: table, columns, why.
pub type Harmless = (&'static str, &'static [&'static str], &'static str);

/// A number of the engine's, which leads to a row of `inbox`; there nobody's lane stands by then.
const CAUSE: &str = "the turn that did it; its row in inbox is nobody's by then";
/// Words that the program or the shop's files define.
const CODES: &str = "words of the program's or of the shop's files";
/// Times.
const TIMES: &str = "times, as they stay with the figures";
/// Numbers.
const FIGURES: &str = "figures";
/// Numbers of rows.
const ROWS: &str = "numbers of rows that are nobody's, or how often a row changed";
/// Of a row that goes.
const GOES: &str = "goes with the row where it is the person's";
/// Of the engine's own.
const ENGINE: &str = "how far the engine is with a row";
/// A company is no person.
const COMPANY: &str = "which company; a company is no person";

/// All of them.
pub const HARMLESS: &[Harmless] = &[
    ("absences", &["until_ms", "since_ms"], GOES),
    ("account_changes", &["id", "cause"], CAUSE),
    ("account_changes", &["state"], CODES),
    ("account_changes", &["proposed_ms", "decided_ms"], TIMES),
    ("account_entries", &["id", "seq", "order_id"], ROWS),
    ("account_entries", &["cause"], CAUSE),
    ("account_entries", &["op"], CODES),
    ("account_entries", &["due_ms", "at_ms"], TIMES),
    (
        "account_entries",
        &[
            "amount_minor",
            "balance_change",
            "held_change",
            "balance_after",
            "held_after",
            "limit_after",
            "debts_after",
        ],
        FIGURES,
    ),
    ("accounts", &["company"], COMPANY),
    ("accounts", &["currency", "terms", "zone"], CODES),
    (
        "accounts",
        &[
            "limit_minor",
            "may_exceed",
            "blocked",
            "balance_minor",
            "held_minor",
            "debts_minor",
            "seq",
        ],
        FIGURES,
    ),
    ("accounts", &["due_ms", "made_ms", "changed_ms"], TIMES),
    ("aliases", &["id"], ROWS),
    ("aliases", &["item_id", "state"], CODES),
    ("aliases", &["people"], FIGURES),
    ("aliases", &["proposed_ms", "decided_ms"], TIMES),
    ("audit", &["id"], ROWS),
    ("audit", &["cause"], CAUSE),
    ("audit", &["role", "act"], CODES),
    ("audit", &["at_ms"], TIMES),
    ("awaited", &["item_id", "quantity", "since_ms"], GOES),
    (
        "cards",
        &["message_id", "version", "photo", "live", "sent_ms"],
        "a message of a chat that is in the registry",
    ),
    ("carts", &["id", "version", "order_id"], ROWS),
    ("carts", &["flow"], CODES),
    ("carts", &["updated_ms"], TIMES),
    ("chats", &["purpose", "locale"], CODES),
    ("chats", &["topic", "since_ms"], "of a group"),
    ("companies", &["id"], COMPANY),
    ("companies", &["active", "version"], FIGURES),
    ("companies", &["made_ms", "changed_ms"], TIMES),
    (
        "company_members",
        &[
            "company",
            "role",
            "since_ms",
            "limit_minor",
            "budget_minor",
            "budget_period",
        ],
        GOES,
    ),
    ("company_requests", &["company", "role", "asked_ms"], GOES),
    ("company_rules", &["company"], COMPANY),
    ("company_rules", &["rule", "above_minor"], FIGURES),
    ("company_rules", &["quorum"], CODES),
    ("company_rules", &["made_ms"], TIMES),
    ("customer_answers", &["changed_ms"], GOES),
    ("customer_groups", &["since_ms"], GOES),
    (
        "customers",
        &["locale", "reachable", "first_ms", "seen_ms", "pushes"],
        GOES,
    ),
    (
        "erasures",
        &[
            "id",
            "locale",
            "stage",
            "after_id",
            "until_id",
            "own_until",
            "tries",
            "begun_ms",
        ],
        "goes with the row, which is the last thing of all",
    ),
    ("files", &["sent_ms"], "goes with the row"),
    ("fold_lists", &["version", "fresh_ms"], "of a group"),
    ("folded", &["order_id"], ROWS),
    ("folded", &["since_ms"], TIMES),
    ("holds", &["item_id"], CODES),
    ("holds", &["quantity"], FIGURES),
    ("holds", &["order_id"], ROWS),
    ("holds", &["expires_ms"], TIMES),
    (
        "inbox",
        &["id", "update_id", "cause"],
        "numbers of rows and of Telegram's updates, which are nobody's once lane and body are",
    ),
    ("inbox", &["kind"], CODES),
    ("inbox", &["state", "attempts", "starts"], ENGINE),
    ("inbox", &["created_ms", "handled_ms"], TIMES),
    (
        "lanes",
        &["head", "due_ms", "waiting", "session_version", "session_ms"],
        ENGINE,
    ),
    ("learned", &["id", "item_id", "used_ms"], GOES),
    ("order_events", &["order_id", "version"], ROWS),
    (
        "order_events",
        &["event", "from_state", "to_state", "role", "reason", "rule"],
        CODES,
    ),
    ("order_events", &["cause"], CAUSE),
    ("order_events", &["at_ms"], TIMES),
    ("orders", &["id", "number", "cart_id", "version"], ROWS),
    ("orders", &["cause"], CAUSE),
    ("orders", &["company"], COMPANY),
    (
        "orders",
        &[
            "flow",
            "state",
            "payment",
            "delivery",
            "approval",
            "cancel_asked",
            "reason",
            "currency",
            "fulfilment",
            "table_id",
            "request_state",
            "request_version",
        ],
        CODES,
    ),
    (
        "orders",
        &["receipt", "subtotal_minor", "total_minor"],
        "what it came to, line by line and without words",
    ),
    (
        "orders",
        &[
            "day",
            "ready_ms",
            "placed_ms",
            "moved_ms",
            "closed_ms",
            "request_due_ms",
        ],
        TIMES,
    ),
    ("outbox", &["id", "cause"], CAUSE),
    (
        "outbox",
        &[
            "version",
            "hasty",
            "adopt",
            "state",
            "attempts",
            "message_id",
        ],
        ENGINE,
    ),
    ("outbox", &["due_ms", "created_ms", "settled_ms"], TIMES),
    ("profiles", &["version", "changed_ms"], GOES),
    (
        "saved_orders",
        &[
            "id",
            "company",
            "usual",
            "place",
            "version",
            "made_ms",
            "changed_ms",
        ],
        GOES,
    ),
    (
        "schedule_runs",
        &["schedule_id", "day", "state", "told", "order_id", "at_ms"],
        GOES,
    ),
    (
        "schedules",
        &[
            "id",
            "saved_id",
            "days",
            "minute",
            "auto_minor",
            "paused",
            "skip_day",
            "last_day",
            "next_day",
            "next_ms",
            "version",
            "made_ms",
            "changed_ms",
        ],
        GOES,
    ),
    ("settings", &["changed_ms"], TIMES),
    ("sold_out", &["since_ms", "until_ms"], TIMES),
    (
        "staff",
        &["role", "since_ms", "limit_minor"],
        "of somebody who is in the team",
    ),
    ("stock_ledger", &["id", "order_id"], ROWS),
    ("stock_ledger", &["item_id", "reason", "why"], CODES),
    ("stock_ledger", &["on_hand_change", "held_change"], FIGURES),
    ("stock_ledger", &["cause"], CAUSE),
    ("stock_ledger", &["at_ms"], TIMES),
    ("timers", &["kind"], CODES),
    ("timers", &["due_ms"], TIMES),
    ("tokens", &["kind", "single_use"], CODES),
    (
        "tokens",
        &["made_ms", "expires_ms", "used_ms", "revoked_ms"],
        TIMES,
    ),
];
