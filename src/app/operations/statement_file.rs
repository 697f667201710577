//! A statement with all its entries as a file, sent below the screen.
//!
//! It is made in the turn that asks for it: the most rows that one may have take about a tenth of
//! a second. What staff noted beside a booking stands in their own files alone.

use std::collections::HashMap;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Format;
use crate::app::screens::statement::{self as screen, Shown};
use crate::app::sheet::{self, Cell, Sheet};
use crate::chat::{Document, Post, Text, View};
use crate::domain::credit::statement::{Kind, Statement, running};
use crate::domain::credit::{Account, Entry};
use crate::kernel::OrderId;
use crate::store;

use super::credit_due::last_day;
use super::statement::{Hand, Period, load};

/// The most entries of a file: 20,000 lines are written in a few milliseconds, a spreadsheet of
/// 8,000 in about a tenth of a second, most of which is packing it.
fn most_entries(format: Format) -> i64 {
    match format {
        Format::Csv => 20_000,
        Format::Xlsx => 8_000,
    }
}

/// The columns, each with its width in characters; the last one for staff alone.
const COLUMNS: [(&str, u16); 10] = [
    ("sheet-date", 12),
    ("sheet-time", 8),
    ("sheet-what", 18),
    ("sheet-order-day", 12),
    ("sheet-order", 10),
    ("sheet-reference", 22),
    ("sheet-amount", 16),
    ("sheet-balance", 16),
    ("sheet-due", 12),
    ("sheet-comment", 40),
];

/// Makes the file and sends it; or says that the period is too long.
pub async fn send(
    cx: &mut Cx<'_>,
    hand: &Hand,
    period: &Period,
    format: Format,
) -> Result<(), TurnError> {
    let account = &hand.account;
    let (statement, owed) = load(cx, account, period).await?;
    let count: i64 = statement.sums.iter().map(|sum| sum.count).sum();
    let most = most_entries(format);
    let document = match count <= most {
        true => {
            let sheet = sheet(cx, hand, (period, &statement)).await?;
            written(&sheet, (format, period.days.file_name()))
        }
        false => None,
    };
    let Some(file) = document else {
        cx.alert(Text::new("statement-too-long").with("max", most));
        return Ok(());
    };
    let shown = Shown {
        name: hand.name.as_deref(),
        account,
        period: (period.span, period.days),
        statement: &statement,
        owed: &owed,
        today: period.zone.date(cx.now),
        others: false,
    };
    let view = View::say(screen::caption(&shown, count));
    let post = Post::File {
        chat: cx.chat,
        topic: cx.topic,
        view,
        file,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
    cx.toast(Text::new("statement-sent"));
    Ok(())
}

/// The table's bytes with the name that they are sent under; none if they are too many.
fn written(sheet: &Sheet, (format, name): (Format, String)) -> Option<Document> {
    match format {
        Format::Csv => Document::new(format!("{name}.csv"), "text/csv", sheet::csv(sheet)),
        Format::Xlsx => {
            let bytes = sheet::xlsx(sheet)
                .map_err(|error| tracing::error!(%error, "a statement can't be written"))
                .ok()?;
            let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Document::new(format!("{name}.xlsx"), mime, bytes)
        }
    }
}

/// The words of a text in the reader's language.
fn words(cx: &Cx<'_>, text: &Text) -> String {
    cx.shop.texts.plain(&cx.session.locale, text, cx.here())
}

async fn sheet(
    cx: &mut Cx<'_>,
    hand: &Hand,
    (period, statement): (&Period, &Statement),
) -> Result<Sheet, TurnError> {
    let id = &hand.account.id;
    let moments = (period.from, period.until);
    let most = most_entries(Format::Csv);
    let entries = store::credit::on_statement(cx.tx, id, moments, most).await?;
    let orders = store::credit::order_numbers(cx.tx, id, moments).await?;
    let columns = COLUMNS.len() - usize::from(!hand.staff);
    let currency = hand.account.currency.code().to_owned();
    let head = COLUMNS.iter().take(columns).map(|(id, width)| {
        let text = Text::new(id).with("currency", currency.clone());
        (words(cx, &text), *width)
    });
    let mut sheet = Sheet {
        title: words(cx, &Text::new("sheet-title")),
        head: head.collect(),
        rows: Vec::with_capacity(entries.len() + 2),
    };
    let balances = running(statement.opening, &entries);
    let closing = balances.last().copied().unwrap_or(statement.opening);
    let names = names(cx);
    let table = Table {
        account: &hand.account,
        period,
        orders: &orders,
        names: &names,
    };
    let edge =
        |cx: &Cx<'_>, id, day, balance| table.edge((words(cx, &Text::new(id)), day), balance);
    let (first, last) = (period.days.first, Some(period.days.last));
    sheet
        .rows
        .push(edge(cx, "sheet-opening", first, statement.opening));
    let lines = entries.iter().zip(balances);
    let lines = lines.map(|(entry, balance)| table.line(entry, balance));
    sheet.rows.extend(lines);
    sheet.rows.push(edge(cx, "sheet-closing", last, closing));
    for row in &mut sheet.rows {
        row.truncate(columns);
    }
    Ok(sheet)
}

/// What each kind of entry is called.
fn names(cx: &Cx<'_>) -> HashMap<Kind, String> {
    let names = [
        (Kind::Opened, "sheet-opened"),
        (Kind::Charged, "sheet-charged"),
        (Kind::Paid, "sheet-paid"),
        (Kind::Refunded, "sheet-refunded"),
        (Kind::Adjusted, "sheet-adjusted"),
    ];
    let named = names.map(|(kind, id)| (kind, words(cx, &Text::new(id))));
    named.into()
}

/// What the lines of a table are made with.
struct Table<'a> {
    account: &'a Account,
    period: &'a Period,
    orders: &'a HashMap<OrderId, (String, i64)>,
    names: &'a HashMap<Kind, String>,
}

impl Table<'_> {
    /// The first line or the last one: a balance.
    fn edge(&self, (name, day): (String, Option<chrono::NaiveDate>), balance: i64) -> Vec<Cell> {
        let mut cells = vec![Cell::Empty; COLUMNS.len()];
        for (cell, value) in cells.iter_mut().zip([
            day.map_or(Cell::Empty, Cell::Day),
            Cell::Empty,
            Cell::Words(name),
        ]) {
            *cell = value;
        }
        if let Some(cell) = cells.get_mut(7) {
            *cell = Cell::Money(self.account.money(balance));
        }
        cells
    }

    fn line(&self, entry: &Entry, balance: i64) -> Vec<Cell> {
        let zone = &self.period.zone;
        let minute = zone.wall(entry.at).minute;
        let kind = Kind::of(entry.op).and_then(|kind| self.names.get(&kind));
        let order = entry.order.and_then(|order| self.orders.get(&order));
        let some_words = |words: &str| match words {
            "" => Cell::Empty,
            words => Cell::Words(words.to_owned()),
        };
        vec![
            Cell::Day(zone.date(entry.at)),
            Cell::Words(format!("{:02}:{:02}", minute / 60, minute % 60)),
            some_words(kind.map_or("", String::as_str)),
            order
                .and_then(|(day, _)| day.parse().ok())
                .map_or(Cell::Empty, Cell::Day),
            order.map_or(Cell::Empty, |(_, number)| Cell::Number(*number)),
            some_words(entry.reference.as_deref().unwrap_or_default()),
            Cell::Money(self.account.money(entry.balance_change)),
            Cell::Money(self.account.money(balance)),
            entry
                .due
                .map_or(Cell::Empty, |due| Cell::Day(last_day(zone, due))),
            some_words(&entry.comment),
        ]
    }
}
