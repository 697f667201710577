//! Puts nobody in a person's place where figures must stay: their orders, and their account.

use super::super::customers;
use super::super::error::StoreError;
use super::super::tx::{Tx, sql};
use super::super::{orders, profiles};
use crate::domain::traces::Traces;
use crate::kernel::CustomerId;

/// So many of a person's newest orders are read for what they typed; older ones have been
/// forgotten wherever messages wait.
const ORDERS_READ: i64 = 60;

/// Learns a person's name, number and addresses, and what they called their saved orders, while
/// that is still there.
pub async fn learn_person(tx: &mut Tx, traces: &mut Traces) -> Result<(), StoreError> {
    if let Some(known) = customers::find(tx, traces.who).await? {
        traces.name(&known.name);
        traces.name(known.phone.as_deref().unwrap_or_default());
    }
    if let Some(profile) = profiles::find(tx, traces.who).await? {
        for name in [&profile.name, &profile.phone, &profile.proven] {
            traces.name(name);
        }
        for address in &profile.addresses {
            let door = &address.door;
            let typed = [
                &address.words,
                &door.entrance,
                &door.floor,
                &door.code,
                &door.note,
            ];
            for text in typed.into_iter().chain([&address.label]) {
                traces.text(text);
            }
        }
    }
    for saved in super::super::saved::list(tx, traces.who).await? {
        if saved.owner == traces.who {
            traces.title(&saved.name);
        }
    }
    Ok(())
}

/// Learns what a person typed for their orders, which are `stand_in`'s, while it is still there.
pub async fn learn_orders(
    tx: &mut Tx,
    traces: &mut Traces,
    stand_in: CustomerId,
) -> Result<(), StoreError> {
    let who = traces.who;
    for order in orders::of_customer(tx, stand_in, 0, ORDERS_READ).await? {
        traces.text(&order.note);
        traces.text(order.reason_words.as_deref().unwrap_or_default());
        for line in &order.lines {
            traces.text(&line.note);
        }
        let said = order.request.iter().flat_map(|request| &request.said);
        for said in said.filter(|said| said.who == who) {
            traces.name(&said.name);
            traces.text(&said.words);
        }
        for answer in order.answers.values() {
            learn_json(answer, traces);
        }
    }
    Ok(())
}

/// Learns every text within JSON.
fn learn_json(value: &serde_json::Value, traces: &mut Traces) {
    use serde_json::Value;
    match value {
        Value::String(text) => traces.text(text),
        Value::Array(all) => all.iter().for_each(|one| learn_json(one, traces)),
        Value::Object(all) => all.values().for_each(|one| learn_json(one, traces)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The orders and carts: nobody's from now on. Three statements, all or nothing, so that a database
/// is sound at any moment; what is personal in the orders goes in the next step, [`orders_forget`].
/// Carts that did not become orders change hands, too: so one that is begun afterwards, by a stranger,
/// is told from them whatever instance numbered it.
pub async fn orders(
    tx: &mut Tx,
    person: CustomerId,
    stand_in: CustomerId,
) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update orders set customer = $1, chat = $1,
         placed_by = case when placed_by = $2 then $1 else placed_by end,
         account = case when account = $3 then $4 else account end
         where customer = $2",
        stand_in.0,
        person.0,
        format!("p-{person}"),
        format!("p-{stand_in}")
    )
    .map_err(StoreError::on("erasure.orders"))?;
    sql!(
        tx,
        exec,
        "update carts set customer = $1 where customer = $2",
        stand_in.0,
        person.0
    )
    .map_err(StoreError::on("erasure.carts"))?;
    sql!(
        tx,
        exec,
        "update order_events set actor = $1 where actor = $2 and order_id in
         (select id from orders where customer = $1)",
        stand_in.0,
        person.0
    )
    .map_err(StoreError::on("erasure.events"))?;
    Ok(())
}

/// What is personal in those orders goes.
pub async fn orders_forget(tx: &mut Tx, stand_in: CustomerId) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update orders set personal = null, request = null where customer = $1",
        stand_in.0
    )
    .map_err(StoreError::on("erasure.orders_forget"))?;
    Ok(())
}

/// The account with its ledger: nobody's from now on, and blocked. Two
/// statements beside those of [`orders`], counted apart: hardly anybody has an account.
pub async fn account(
    tx: &mut Tx,
    person: CustomerId,
    stand_in: CustomerId,
) -> Result<(), StoreError> {
    let before = tx.statements();
    let (old, new) = (format!("p-{person}"), format!("p-{stand_in}"));
    let done = sql!(
        tx,
        exec,
        "update accounts set id = $1, person = $2, blocked = $3 where person = $4",
        new.as_str(),
        stand_in.0,
        true,
        person.0
    )
    .map_err(StoreError::on("erasure.account"))?;
    if done == 1 {
        sql!(
            tx,
            exec,
            "update account_entries set account = $1, body = null,
             actor = case when actor = $2 then $3 else actor end where account = $4",
            new.as_str(),
            person.0,
            stand_in.0,
            old.as_str()
        )
        .map_err(StoreError::on("erasure.entries"))?;
    }
    tx.count_on_account(before);
    Ok(())
}
