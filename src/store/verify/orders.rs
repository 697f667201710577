//! Checks of orders that need more than SQL: known words, the table of moves, receipts that add up.

use std::collections::BTreeMap;

use super::super::row::columns;
use super::{PAGE, Violation};
use crate::domain::cart::{Receipt, Scope};
use crate::domain::orders::{
    Approval, Delivery, Event, Fulfilment, Payment, Role, State, TRANSITIONS,
};
use crate::store::error::StoreError;
use crate::store::tx::{Tx, sql};

const WORDS: &str = "orders.words";
const RECEIPT: &str = "orders.receipt";
const RECEIPT_LINES: &str = "orders.receipt-lines";
const ALLOWED: &str = "events.allowed";

pub(super) const RULES: &[&str] = &[WORDS, RECEIPT, RECEIPT_LINES, ALLOWED];

struct Row {
    id: i64,
    state: String,
    payment: String,
    delivery: String,
    approval: String,
    fulfilment: String,
    receipt: String,
    currency: String,
    subtotal_minor: i64,
    total_minor: i64,
}
columns!(
    Row: id, state, payment, delivery, approval, fulfilment, receipt, currency, subtotal_minor,
    total_minor
);

struct LineRow {
    order_id: i64,
    line: i64,
    quantity: i64,
    amount_minor: i64,
}
columns!(LineRow: order_id, line, quantity, amount_minor);

pub(super) async fn check(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let mut after = i64::MIN;
    loop {
        let rows = sql!(
            tx,
            fetch_all as Row,
            "select id, state, payment, delivery, approval, fulfilment, receipt, currency,
             subtotal_minor, total_minor from orders where id > $1 order by id limit $2",
            after,
            PAGE
        )
        .map_err(StoreError::on("verify.orders"))?;
        let Some(last) = rows.last().map(|row| row.id) else {
            break;
        };
        let lines = sql!(
            tx,
            fetch_all as LineRow,
            "select order_id, line, quantity, amount_minor from order_lines
             where order_id > $1 and order_id <= $2",
            after,
            last
        )
        .map_err(StoreError::on("verify.order_lines"))?;
        let mut by_order: BTreeMap<i64, Vec<LineRow>> = BTreeMap::new();
        for line in lines {
            by_order.entry(line.order_id).or_default().push(line);
        }
        for row in &rows {
            let lines = by_order.remove(&row.id).unwrap_or_default();
            order(row, &lines, found);
        }
        after = last;
    }
    moves(tx, found).await
}

fn order(row: &Row, lines: &[LineRow], found: &mut Vec<Violation>) {
    let mut add = |rule, detail: String| {
        found.push(Violation {
            rule,
            table: "orders",
            row: row.id.to_string(),
            detail,
        });
    };
    let words = [
        ("state", State::parse(&row.state).is_some()),
        ("payment", Payment::parse(&row.payment).is_some()),
        ("delivery", Delivery::parse(&row.delivery).is_some()),
        ("approval", Approval::parse(&row.approval).is_some()),
        ("fulfilment", Fulfilment::parse(&row.fulfilment).is_some()),
    ];
    for (column, _) in words.iter().filter(|(_, known)| !known) {
        add(WORDS, format!("{column} is no word that is known"));
    }
    let Ok(receipt) = serde_json::from_str::<Receipt>(&row.receipt) else {
        add(RECEIPT, "can't be understood".to_owned());
        return;
    };
    if let Some(fault) = receipt_fault(row, &receipt) {
        add(RECEIPT, fault);
    }
    if !lines_fit(lines, &receipt) {
        let detail = "lines differ from those of the receipt";
        add(RECEIPT_LINES, detail.to_owned());
    }
}

/// What does not add up, in 128 bits.
fn receipt_fault(row: &Row, receipt: &Receipt) -> Option<String> {
    let sum = |amounts: &mut dyn Iterator<Item = i64>| -> i128 { amounts.map(i128::from).sum() };
    let subtotal = i128::from(receipt.subtotal.minor);
    let lines = sum(&mut receipt.lines.iter().map(|line| line.amount.minor));
    let fees = sum(&mut receipt.fees.iter().map(|fee| fee.amount.minor));
    let bases = sum(&mut receipt.taxes.iter().map(|part| part.base.minor));
    let taxes = sum(&mut receipt.taxes.iter().map(|part| part.tax.minor));
    let of_lines = receipt.lines.iter().map(|line| line.tax);
    let of_fees = receipt.fees.iter().map(|fee| fee.tax);
    let by_line = sum(&mut of_lines
        .chain(of_fees)
        .filter_map(|tax| tax.map(|tax| tax.minor)));
    let added = if receipt.tax_inclusive { 0 } else { taxes };
    let total = i128::from(receipt.total.minor);
    let code = receipt.total.currency.code();
    let checks = [
        (lines == subtotal, "lines are not the subtotal"),
        (
            bases == subtotal + fees,
            "taxed amounts are not the subtotal and the fees",
        ),
        (
            receipt.rounding.scope != Scope::Line || by_line == taxes,
            "taxes of lines and fees are not the taxes of classes",
        ),
        (
            subtotal + fees + added == total,
            "subtotal, fees and taxes are not the total",
        ),
        (
            i128::from(row.subtotal_minor) == subtotal,
            "the column has another subtotal",
        ),
        (
            i128::from(row.total_minor) == total,
            "the column has another total",
        ),
        (row.currency == code, "the column has another currency"),
    ];
    let broken = checks.iter().find(|(holds, _)| !holds)?;
    Some(broken.1.to_owned())
}

fn lines_fit(lines: &[LineRow], receipt: &Receipt) -> bool {
    lines.len() == receipt.lines.len()
        && lines.iter().all(|line| {
            receipt.lines.iter().any(|priced| {
                priced.line.0 == line.line
                    && priced.amount.minor == line.amount_minor
                    && priced.quantity.0 == line.quantity
            })
        })
}

struct MoveRow {
    order_id: i64,
    version: i64,
    event: Option<String>,
    from_state: Option<String>,
    to_state: String,
    role: String,
}
columns!(MoveRow: order_id, version, event, from_state, to_state, role);

/// Every kind of move that ever happened, with one example: there are only as many as the table
/// has, however many orders there are.
async fn moves(tx: &mut Tx, found: &mut Vec<Violation>) -> Result<(), StoreError> {
    let rows = sql!(
        tx,
        fetch_all as MoveRow,
        "select e.order_id, e.version, e.event, e.from_state, e.to_state, e.role
         from order_events e join (select min(order_id) as order_id, event, from_state, to_state,
         role from order_events group by event, from_state, to_state, role) k
         on k.order_id = e.order_id and k.to_state = e.to_state and k.role = e.role
         and coalesce(k.event, '') = coalesce(e.event, '')
         and coalesce(k.from_state, '') = coalesce(e.from_state, '')"
    )
    .map_err(StoreError::on("verify.moves"))?;
    for row in rows.iter().filter(|row| !is_allowed(row)) {
        found.push(Violation {
            rule: ALLOWED,
            table: "order_events",
            row: format!("{}/{}", row.order_id, row.version),
            detail: format!(
                "no move from {} to {} by {}",
                row.from_state.as_deref().unwrap_or("nothing"),
                row.to_state,
                row.role
            ),
        });
    }
    Ok(())
}

fn is_allowed(row: &MoveRow) -> bool {
    let Some(to) = State::parse(&row.to_state) else {
        return false;
    };
    let Some(role) = Role::parse(&row.role) else {
        return false;
    };
    match (&row.event, &row.from_state) {
        (None, None) => {
            // By staff: by hand for the customer.
            let places = matches!(role, Role::Customer | Role::Kitchen | Role::Owner);
            to == State::Placed && places && row.version == 1
        }
        (Some(event), Some(from)) => match (Event::parse(event), State::parse(from)) {
            (Some(event), Some(from)) => TRANSITIONS.iter().any(|entry| {
                entry.from == from
                    && entry.event == event
                    && entry.to == to
                    && entry.roles.contains(&role)
            }),
            _ => false,
        },
        (None, Some(_)) | (Some(_), None) => false,
    }
}
