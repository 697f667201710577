//! Rows of orders, their lines and events, turned into values; what of them is sealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::approvals::Request;
use crate::domain::cart::{Receipt, Selection};
use crate::domain::catalogue::Unit;
use crate::domain::orders::{
    Actor, Answers, Approval, Delivery, Event, Fulfilment, Order, OrderEvent, OrderLine,
    OrderOption, Payment, Role, State,
};
use crate::domain::tables::Table;
use crate::kernel::{
    AccountId, ChatId, CompanyId, CustomerId, LineId, Localised, OrderId, Quantity, Timestamp,
};
use crate::store::error::StoreError;
use crate::store::read::Cell;
use crate::store::row::columns;
use crate::store::tx::Tx;

pub(super) const GET: &str = "orders.get";

/// The sealed column.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Personal {
    note: String,
    /// What its company was called; orders before there were companies have none.
    #[serde(default)]
    company_name: String,
    pub(super) answers: Answers,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// By line.
    line_notes: BTreeMap<i64, String>,
}

/// What is copied of a line besides its figures.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LineBody {
    pub(super) name: Localised,
    pub(super) variant_name: Option<Localised>,
    pub(super) options: Vec<OrderOption>,
    pub(super) selection: Selection,
    pub(super) unit: Unit,
}

/// An order with one of its lines.
pub(super) struct Row {
    id: i64,
    day: String,
    number: i64,
    customer: i64,
    flow: String,
    chat: i64,
    state: String,
    payment: String,
    delivery: String,
    approval: String,
    version: i64,
    cancel_asked: bool,
    reason: Option<String>,
    receipt: String,
    personal: Option<Vec<u8>>,
    ready_ms: Option<i64>,
    cause: i64,
    placed_ms: i64,
    moved_ms: i64,
    fulfilment: String,
    table_id: Option<String>,
    table_name: Option<String>,
    request: Option<Vec<u8>>,
    company: Option<String>,
    placed_by: Option<i64>,
    account: Option<String>,
    line: i64,
    item_id: String,
    variant: Option<String>,
    quantity: i64,
    counted: bool,
    body: String,
}
columns!(
    Row: id, day, number, customer, flow, chat, state, payment, delivery, approval, version,
    cancel_asked, reason, receipt, personal, ready_ms, cause, placed_ms, moved_ms, fulfilment,
    table_id, table_name, company, placed_by, account, request,
    line, item_id, variant, quantity, counted, body
);

pub(super) struct EventRow {
    version: i64,
    event: Option<String>,
    from_state: Option<String>,
    to_state: String,
    role: String,
    actor: Option<i64>,
    reason: Option<String>,
    rule: Option<String>,
    cause: i64,
    at_ms: i64,
}
columns!(EventRow: version, event, from_state, to_state, role, actor, reason, rule, cause, at_ms);

impl EventRow {
    pub(super) fn event(self, order: OrderId) -> Result<OrderEvent, StoreError> {
        let row = format!("{order}/{}", self.version);
        let cell = |column| Cell {
            query: "orders.events",
            table: "order_events",
            column,
            row: &row,
        };
        let event = match &self.event {
            None => None,
            Some(code) => Some(cell("event").known(Event::parse(code))?),
        };
        let from = match &self.from_state {
            None => None,
            Some(code) => Some(cell("from_state").known(State::parse(code))?),
        };
        Ok(OrderEvent {
            order,
            version: self.version,
            event,
            from,
            to: cell("to_state").known(State::parse(&self.to_state))?,
            actor: Actor {
                role: cell("role").known(Role::parse(&self.role))?,
                user: self.actor.map(CustomerId),
            },
            reason: self.reason,
            rule: self.rule,
            cause: self.cause,
            at: Timestamp(self.at_ms),
        })
    }
}

pub(super) fn personal(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: GET,
        table: "orders",
        column: "personal",
        row: id,
    }
}

pub(super) fn request_of(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: GET,
        table: "orders",
        column: "request",
        row: id,
    }
}

pub(super) fn personal_of(order: &Order) -> Personal {
    let notes = order.lines.iter().filter(|line| !line.note.is_empty());
    Personal {
        note: order.note.clone(),
        company_name: order.company_name.clone(),
        answers: order.answers.clone(),
        reason: order.reason_words.clone(),
        line_notes: notes.map(|line| (line.id.0, line.note.clone())).collect(),
    }
}

/// Rows of one order stand together; each brings one line.
pub(super) fn collect(tx: &Tx, rows: Vec<Row>) -> Result<Vec<Order>, StoreError> {
    let keys = tx.keys();
    let mut orders: Vec<Order> = Vec::new();
    let mut notes = BTreeMap::new();
    for row in rows {
        if orders.last().is_none_or(|order| order.id.0 != row.id) {
            let sealed = match &row.personal {
                // Erased on the person's wish.
                None => Personal::default(),
                Some(sealed) => personal(&row.id).open(&keys, sealed)?,
            };
            notes.clone_from(&sealed.line_notes);
            let request = row.request.as_ref();
            let request = request.map(|sealed| request_of(&row.id).open(&keys, sealed));
            orders.push(row.order(sealed, request.transpose()?)?);
        }
        let line = row.line(notes.remove(&row.line).unwrap_or_default())?;
        if let Some(order) = orders.last_mut() {
            order.lines.push(line);
        }
    }
    Ok(orders)
}

impl Row {
    fn cell(&self, column: &'static str) -> Cell<'_, i64> {
        Cell {
            query: GET,
            table: "orders",
            column,
            row: &self.id,
        }
    }

    fn order(&self, personal: Personal, request: Option<Request>) -> Result<Order, StoreError> {
        let receipt: Receipt = self.cell("receipt").json(&self.receipt)?;
        Ok(Order {
            id: OrderId(self.id),
            day: self.day.clone(),
            number: self.number,
            customer: CustomerId(self.customer),
            placed_by: self.placed_by.map(CustomerId),
            account: match &self.account {
                Some(code) => Some(self.cell("account").known(AccountId::parse(code))?),
                None => None,
            },
            company: self.company.clone().map(CompanyId),
            company_name: personal.company_name,
            flow: self.flow.clone(),
            fulfilment: self
                .cell("fulfilment")
                .known(Fulfilment::parse(&self.fulfilment))?,
            table: self.table()?,
            chat: ChatId(self.chat),
            lines: Vec::new(),
            note: personal.note,
            receipt,
            state: self.cell("state").known(State::parse(&self.state))?,
            payment: self.cell("payment").known(Payment::parse(&self.payment))?,
            delivery: self
                .cell("delivery")
                .known(Delivery::parse(&self.delivery))?,
            approval: self
                .cell("approval")
                .known(Approval::parse(&self.approval))?,
            version: self.version,
            cancel_asked: self.cancel_asked,
            reason: self.reason.clone(),
            reason_words: personal.reason,
            request,
            answers: personal.answers,
            ready_at: self.ready_ms.map(Timestamp),
            cause: self.cause,
            placed_at: Timestamp(self.placed_ms),
            moved_at: Timestamp(self.moved_ms),
        })
    }

    fn table(&self) -> Result<Option<Table>, StoreError> {
        let Some(id) = &self.table_id else {
            return Ok(None);
        };
        let name = self.table_name.as_ref();
        let name = name.map(|name| self.cell("table_name").json(name));
        Ok(Some(Table {
            id: id.as_str().into(),
            name: name.transpose()?,
        }))
    }

    fn line(&self, note: String) -> Result<OrderLine, StoreError> {
        let row = format!("{}/{}", self.id, self.line);
        let cell = Cell {
            query: GET,
            table: "order_lines",
            column: "body",
            row: &row,
        };
        let body: LineBody = cell.json(&self.body)?;
        Ok(OrderLine {
            id: LineId(self.line),
            item: self.item_id.as_str().into(),
            name: body.name,
            variant: self.variant.as_deref().map(Into::into),
            variant_name: body.variant_name,
            options: body.options,
            selection: body.selection,
            unit: body.unit,
            quantity: Quantity(self.quantity),
            counted: self.counted,
            note,
        })
    }
}
