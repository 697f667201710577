//! Customers: who they are, how to reach them. Name and phone are sealed; a keyed hash finds a
//! phone number again.

use super::batch::Batch;
use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::tx::{Tx, sql};
use crate::domain::orders::pushes::Wishes;
use crate::kernel::{CustomerId, Locale, Timestamp};

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Telegram's id.
    pub id: CustomerId,
    /// As Telegram shows them; empty = not known, or erased.
    pub name: String,
    /// Digits with a leading `+`; `None` = not given, or erased.
    pub phone: Option<String>,
    /// What they read.
    pub locale: Locale,
    /// False once they blocked the bot.
    pub reachable: bool,
    /// Which messages they want.
    pub pushes: Wishes,
}

/// A person as stored, their name still sealed: of a whole team few names are wanted.
#[derive(Debug, Clone)]
pub struct Met {
    /// Telegram's id.
    pub id: CustomerId,
    /// What they read.
    pub locale: Locale,
    /// False once they blocked the bot.
    pub reachable: bool,
    pub(super) pushes: Option<String>,
    pub(super) name: Option<Vec<u8>>,
}

impl Met {
    /// What is known of them, without their phone number.
    ///
    /// # Errors
    /// Something stored can't be read.
    pub fn open(&self, tx: &Tx) -> Result<Customer, StoreError> {
        let row = Row {
            id: self.id.0,
            name: self.name.clone(),
            phone: None,
            locale: self.locale.0.clone(),
            reachable: self.reachable,
            pushes: self.pushes.clone(),
        };
        row.customer(tx)
    }
}

/// What a customer wants to be told, as stored; nothing chosen yet is the default.
pub(super) fn wishes(id: i64, code: Option<&str>) -> Result<Wishes, StoreError> {
    let Some(code) = code else {
        return Ok(Wishes::default());
    };
    let cell = Cell {
        query: "customers.find",
        table: "customers",
        column: "pushes",
        row: &id,
    };
    cell.known(Wishes::parse(code))
}

struct Row {
    id: i64,
    name: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    locale: String,
    reachable: bool,
    pushes: Option<String>,
}
columns!(Row: id, name, phone, locale, reachable, pushes);

impl Row {
    fn customer(self, tx: &Tx) -> Result<Customer, StoreError> {
        let keys = tx.keys();
        let text = |column, sealed: Option<Vec<u8>>| {
            sealed
                .map(|sealed| keys.open_text("customers", column, self.id, &sealed))
                .transpose()
        };
        Ok(Customer {
            id: CustomerId(self.id),
            name: text("name", self.name)?.unwrap_or_default(),
            phone: text("phone", self.phone)?,
            locale: Locale(self.locale),
            reachable: self.reachable,
            pushes: wishes(self.id, self.pushes.as_deref())?,
        })
    }
}

/// A customer, if ever seen.
pub async fn find(tx: &mut Tx, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select id, name, phone, locale, reachable, pushes from customers where id = $1",
        id.0
    )
    .map_err(StoreError::on("customers.find"))?;
    row.map(|row| row.customer(tx)).transpose()
}

/// Who gave this phone number (in the form stored), oldest first.
pub async fn with_phone(tx: &mut Tx, phone: &str) -> Result<Vec<CustomerId>, StoreError> {
    let rows: Vec<(i64,)> = Batch::new("select id from customers where phone_digest in (")
        .list(tx.keys().digests("customers.phone", phone))
        .text(") order by first_ms, id")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("customers.with_phone"))?;
    Ok(rows.into_iter().map(|(id,)| CustomerId(id)).collect())
}

/// Notes that somebody is here: new, or with another name or language. They are reachable.
/// The phone number stays as it is.
pub async fn see(
    tx: &mut Tx,
    id: CustomerId,
    name: &str,
    locale: &Locale,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sealed = tx.keys().seal_text("customers", "name", id.0, name)?;
    sql!(
        tx,
        exec,
        "insert into customers (id, name, locale, reachable, first_ms, seen_ms)
         values ($1, $2, $3, $4, $5, $5)
         on conflict (id) do update set name = excluded.name, locale = excluded.locale,
         reachable = excluded.reachable, seen_ms = excluded.seen_ms",
        id.0,
        sealed,
        locale.as_str(),
        true,
        now.0
    )
    .map_err(StoreError::on("customers.see"))?;
    Ok(())
}

/// Writes somebody down who called: they can't be written to. Their id is new.
pub async fn write_down(
    tx: &mut Tx,
    id: CustomerId,
    (name, phone): (&str, Option<&str>),
    locale: &Locale,
    now: Timestamp,
) -> Result<(), StoreError> {
    let keys = tx.keys();
    let sealed = keys.seal_text("customers", "name", id.0, name)?;
    let number = phone
        .map(|phone| keys.seal_text("customers", "phone", id.0, phone))
        .transpose()?;
    let digest = phone.map(|phone| keys.digest("customers.phone", phone));
    sql!(
        tx,
        exec,
        "insert into customers
            (id, name, phone, phone_digest, locale, reachable, first_ms, seen_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        id.0,
        sealed,
        number,
        digest,
        locale.as_str(),
        false,
        now.0
    )
    .map_err(StoreError::on("customers.write_down"))?;
    Ok(())
}

/// Keeps a phone number, or forgets it; `false` if the customer was never seen.
pub async fn set_phone(
    tx: &mut Tx,
    id: CustomerId,
    phone: Option<&str>,
) -> Result<bool, StoreError> {
    let keys = tx.keys();
    let sealed = phone
        .map(|phone| keys.seal_text("customers", "phone", id.0, phone))
        .transpose()?;
    let digest = phone.map(|phone| keys.digest("customers.phone", phone));
    let done = sql!(
        tx,
        exec,
        "update customers set phone = $1, phone_digest = $2 where id = $3",
        sealed,
        digest,
        id.0
    )
    .map_err(StoreError::on("customers.set_phone"))?;
    Ok(done == 1)
}

/// Sets what they read; `false` if the customer was never seen.
pub async fn set_locale(tx: &mut Tx, id: CustomerId, locale: &Locale) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update customers set locale = $1 where id = $2",
        locale.as_str(),
        id.0
    )
    .map_err(StoreError::on("customers.set_locale"))?;
    Ok(done == 1)
}

/// Keeps which messages they want; `false` if the customer was never seen.
pub async fn set_pushes(tx: &mut Tx, id: CustomerId, wishes: Wishes) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update customers set pushes = $1 where id = $2",
        wishes.code(),
        id.0
    )
    .map_err(StoreError::on("customers.set_pushes"))?;
    Ok(done == 1)
}

/// Notes the name of somebody met in a group: they may never have written to the bot, so a
/// person not known before counts as unreachable.
pub async fn hear_of(
    tx: &mut Tx,
    id: CustomerId,
    name: &str,
    locale: &Locale,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sealed = tx.keys().seal_text("customers", "name", id.0, name)?;
    sql!(
        tx,
        exec,
        "insert into customers (id, name, locale, reachable, first_ms, seen_ms)
         values ($1, $2, $3, $4, $5, $5)
         on conflict (id) do update set name = excluded.name",
        id.0,
        sealed,
        locale.as_str(),
        false,
        now.0
    )
    .map_err(StoreError::on("customers.hear_of"))?;
    Ok(())
}

/// Notes that they blocked or unblocked the bot; `false` if the customer was never seen.
pub async fn set_reachable(
    tx: &mut Tx,
    id: CustomerId,
    reachable: bool,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update customers set reachable = $1 where id = $2",
        reachable,
        id.0
    )
    .map_err(StoreError::on("customers.set_reachable"))?;
    Ok(done == 1)
}
