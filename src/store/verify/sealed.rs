//! Checks of sealed columns: every value opens with the keys given, and says what it must.

use super::{PAGE, Violation};
use crate::kernel::{CartId, CustomerId};
use crate::store::error::StoreError;
use crate::store::tx::{Tx, sql};

const OPENS: &str = "sealed.opens";
const SESSION_CART: &str = "sessions.cart";
const PHONE: &str = "customers.phone";

pub(super) const RULES: &[&str] = &[OPENS, SESSION_CART, PHONE];

/// A sealed column: where it is, and a query of (key, value) behind a key.
struct Column {
    table: &'static str,
    column: &'static str,
    text: &'static str,
}

/// Columns of tables with a number as key; the others are keyed by name below.
const COLUMNS: &[Column] = &[
    Column {
        table: "inbox",
        column: "body",
        text: "select id, body from inbox where body is not null and id > $1 order by id limit $2",
    },
    Column {
        table: "outbox",
        column: "body",
        text: "select id, body from outbox where body is not null and id > $1 order by id limit $2",
    },
    Column {
        table: "carts",
        column: "body",
        text: "select id, body from carts where body is not null and id > $1 order by id limit $2",
    },
    Column {
        table: "orders",
        column: "personal",
        text: "select id, personal from orders where personal is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "orders",
        column: "request",
        text: "select id, request from orders where request is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "customers",
        column: "name",
        text: "select id, name from customers where name is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "customers",
        column: "phone",
        text: "select id, phone from customers where phone is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "audit",
        column: "body",
        text: "select id, body from audit where body is not null and id > $1 order by id limit $2",
    },
    Column {
        table: "account_entries",
        column: "body",
        text: "select id, body from account_entries where body is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "account_changes",
        column: "body",
        text: "select id, body from account_changes where body is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "erasures",
        column: "body",
        text: "select id, body from erasures where id > $1 order by id limit $2",
    },
    Column {
        table: "saved_orders",
        column: "name",
        text: "select id, name from saved_orders where id > $1 order by id limit $2",
    },
    Column {
        table: "saved_orders",
        column: "body",
        text: "select id, body from saved_orders where id > $1 order by id limit $2",
    },
    Column {
        table: "schedules",
        column: "body",
        text: "select id, body from schedules where body is not null and id > $1
               order by id limit $2",
    },
    Column {
        table: "learned",
        column: "phrase",
        text: "select id, phrase from learned where id > $1 order by id limit $2",
    },
    Column {
        table: "aliases",
        column: "phrase",
        text: "select id, phrase from aliases where id > $1 order by id limit $2",
    },
    Column {
        table: "customer_answers",
        column: "body",
        text: "select customer, body from customer_answers where customer > $1
               order by customer limit $2",
    },
    Column {
        table: "profiles",
        column: "body",
        text: "select customer, body from profiles where customer > $1
               order by customer limit $2",
    },
];

pub(super) async fn check(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    for column in COLUMNS {
        numbered(tx, column, found).await?;
    }
    titles(tx, found).await?;
    companies(tx, found).await?;
    sessions(tx, found).await?;
    phones(tx, found).await
}

fn closed(table: &'static str, column: &str, row: String) -> Violation {
    Violation {
        rule: OPENS,
        table,
        row,
        detail: format!("{column} can't be opened with the keys given"),
    }
}

async fn numbered(
    tx: &mut Tx,
    column: &Column,
    found: &mut Vec<Violation>,
) -> Result<(), StoreError> {
    let keys = tx.keys();
    let mut after = i64::MIN;
    loop {
        let rows = sql!(tx, fetch_all as (i64, Vec<u8>), column.text, after, PAGE)
            .map_err(StoreError::on("verify.sealed"))?;
        let Some(last) = rows.last().map(|row| row.0) else {
            return Ok(());
        };
        for (id, sealed) in rows {
            if keys.open(column.table, column.column, id, &sealed).is_err() {
                found.push(closed(column.table, column.column, id.to_string()));
            }
        }
        after = last;
    }
}

async fn titles(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let keys = tx.keys();
    let rows = sql!(
        tx,
        fetch_all as (String, Vec<u8>),
        "select purpose, title from chats where title is not null"
    )
    .map_err(StoreError::on("verify.titles"))?;
    for (purpose, sealed) in rows {
        if keys.open("chats", "title", &purpose, &sealed).is_err() {
            found.push(closed("chats", "title", purpose));
        }
    }
    Ok(())
}

async fn companies(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let keys = tx.keys();
    let rows = sql!(
        tx,
        fetch_all as (String, Vec<u8>),
        "select id, personal from companies where personal is not null"
    )
    .map_err(StoreError::on("verify.companies"))?;
    for (id, sealed) in rows {
        if keys.open("companies", "personal", &id, &sealed).is_err() {
            found.push(closed("companies", "personal", id));
        }
    }
    Ok(())
}

/// A session's carts, and nothing else of it: an older program's session must still verify.
#[derive(serde::Deserialize)]
struct Session {
    #[serde(default)]
    cart: Option<CartId>,
    #[serde(default)]
    by_hand: Option<ByHand>,
}

/// For whom a member of the team orders, and what waits meanwhile.
#[derive(serde::Deserialize)]
struct ByHand {
    customer: CustomerId,
    own: Own,
}

#[derive(serde::Deserialize)]
struct Own {
    cart: Option<CartId>,
}

impl Session {
    /// Each cart with its customer. `lane`: a private one is the person's id; in a group's it
    /// stands last.
    fn carts(&self, lane: &str) -> Vec<(CartId, String)> {
        let person = lane.rsplit('/').next().unwrap_or_default().to_owned();
        let (whose, aside) = match &self.by_hand {
            Some(by_hand) => (by_hand.customer.to_string(), by_hand.own.cart),
            None => (person.clone(), None),
        };
        let present = self.cart.map(|cart| (cart, whose));
        let aside = aside.map(|cart| (cart, person));
        present.into_iter().chain(aside).collect()
    }
}

async fn sessions(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let keys = tx.keys();
    let mut after = String::new();
    loop {
        let rows = sql!(
            tx,
            fetch_all as (String, Vec<u8>),
            "select lane, session from lanes where session is not null and lane > $1
             order by lane limit $2",
            after.as_str(),
            PAGE
        )
        .map_err(StoreError::on("verify.sessions"))?;
        let Some(last) = rows.last().map(|row| row.0.clone()) else {
            return Ok(());
        };
        for (lane, sealed) in rows {
            let plain = keys.open("lanes", "session", &lane, &sealed).ok();
            let session = plain.and_then(|plain| serde_json::from_slice::<Session>(&plain).ok());
            match session {
                None => found.push(closed("lanes", "session", lane)),
                Some(session) => {
                    for cart in session.carts(&lane) {
                        session_cart(tx, &lane, cart, found).await?;
                    }
                }
            }
        }
        after = last;
    }
}

/// The cart that a session names exists and belongs to the person whose lane it is, or to whom
/// they order for.
async fn session_cart(
    tx: &mut Tx,
    lane: &str,
    (cart, whose): (CartId, String),
    found: &mut Vec<Violation>,
) -> Result<(), StoreError> {
    let owner = sql!(
        tx,
        fetch_optional as (i64,),
        "select customer from carts where id = $1",
        cart.0
    )
    .map_err(StoreError::on("verify.session_cart"))?;
    let detail = match owner {
        None => "its cart does not exist",
        Some((owner,)) if owner.to_string() != whose => "its cart is another person's",
        Some(_) => return Ok(()),
    };
    found.push(Violation {
        rule: SESSION_CART,
        table: "lanes",
        row: lane.to_owned(),
        detail: detail.to_owned(),
    });
    Ok(())
}

/// A phone number and its hash come and go together, and fit.
async fn phones(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let keys = tx.keys();
    let mut after = i64::MIN;
    loop {
        let rows = sql!(
            tx,
            fetch_all as (i64, Option<Vec<u8>>, Option<Vec<u8>>),
            "select id, phone, phone_digest from customers
             where (phone is not null or phone_digest is not null) and id > $1
             order by id limit $2",
            after,
            PAGE
        )
        .map_err(StoreError::on("verify.phones"))?;
        let Some(last) = rows.last().map(|row| row.0) else {
            return Ok(());
        };
        for (id, phone, digest) in rows {
            let fits = match (phone, digest) {
                (Some(phone), Some(digest)) => {
                    match keys.open_text("customers", "phone", id, &phone) {
                        Ok(phone) => keys.digests("customers.phone", &phone).contains(&digest),
                        Err(_) => true, // the other rule says so
                    }
                }
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !fits {
                found.push(Violation {
                    rule: PHONE,
                    table: "customers",
                    row: id.to_string(),
                    detail: "the hash is not that of the phone number".to_owned(),
                });
            }
        }
        after = last;
    }
}
