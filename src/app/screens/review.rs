//! The review: everything at a glance, every part one tap from being changed.

use std::collections::BTreeMap;

use crate::app::route::{CompanyAct, ProfileAct, Route, SavedAct, Source};
use crate::chat::{Arg, Text, View};
use crate::domain::cart::{Cart, Fee, Receipt, TaxRate};
use crate::domain::catalogue::Catalogue;
use crate::domain::stock::Shortage;
use crate::kernel::{ItemId, LineId, Money, Quantity, Timestamp};

use super::{Card, fit, lines};

/// Characters of the lines: a message holds 4096, with the answers and what the rules say.
const LINES_CHARS: usize = 2_000;

/// Short articles that are told at once, each with its buttons; Telegram takes a hundred of these.
/// The next ones come when these are dealt with.
const SHORT_SHOWN: usize = 10;

/// What has been answered at one step.
pub struct Answered {
    /// The step's id.
    pub step: String,
    /// Its title's text id in the shop's files.
    pub title: String,
    /// The answer in words.
    pub value: Text,
    /// What belongs to it besides: how to find the door of an address.
    pub more: Vec<Text>,
    /// There is no other answer, so it can't be changed.
    pub only: bool,
}

/// What the review is shown with.
pub struct Review<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// What is ordered.
    pub cart: &'a Cart,
    /// What it comes to.
    pub receipt: &'a Receipt,
    /// The answers, in the flow's order.
    pub answers: Vec<Answered>,
    /// This step's place and how many there are.
    pub place: (usize, usize),
    /// What the table is called that it is for; none if it is not for one.
    pub table: Option<Text>,
    /// For whom it is; none for who belongs to no company.
    pub buyer: Option<Text>,
    /// Until when stock is set aside; none while something is short.
    pub held_until: Option<Timestamp>,
    /// What is short.
    pub shortages: &'a [Shortage],
    /// What a little more would change.
    pub hint: Option<&'a Text>,
    /// What is to be said first.
    pub notices: Vec<Text>,
    /// How it stands on the account that it is on.
    pub on_account: Vec<Text>,
    /// What the lines are warned of.
    pub warnings: BTreeMap<LineId, Vec<Text>>,
    /// The steps whose answers may become the person's usual: id and title.
    pub usual: Vec<(String, String)>,
    /// What the rules say of it, if anything.
    pub judged: Vec<Text>,
    /// Whether the order may be placed as it is.
    pub can_place: bool,
    /// The label of the button that places it, or saves it; it says the total.
    pub place_label: &'static str,
    /// What the order came to before it was changed; none for a new one.
    pub was: Option<Money>,
    /// Whether it may be kept under a name.
    pub may_keep: bool,
    /// Whether no orders are taken now.
    pub is_stopped: bool,
}

/// The review.
pub fn review(card: Card, shown: &Review<'_>) -> View {
    let mut view = View {
        body: shown.notices.clone(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view.and(
        Text::new("review-title")
            .with("at", shown.place.0 as i64)
            .with("of", shown.place.1 as i64),
    );
    if let Some(table) = &shown.table {
        view = view.and(Text::new("order-table").with("table", table.clone()));
    }
    view.body.extend(shown.buyer.clone());
    view.body.extend(goods(shown));
    view.body.extend(figures(shown.receipt));
    view.body.extend(
        shown
            .was
            .map(|was| Text::new("review-was").with("total", was)),
    );
    view.body.extend(shown.hint.cloned());
    for answer in &shown.answers {
        view = view.and(
            Text::new("review-answer")
                .with("title", Arg::Shop(answer.title.clone()))
                .with("value", answer.value.clone()),
        );
        view.body.extend(answer.more.iter().cloned());
    }
    view.body.extend(shown.on_account.iter().cloned());
    view.body.extend(shown.judged.iter().cloned());
    if !shown.shortages.is_empty() {
        view = shortages(card, shown, view);
    } else if shown.can_place {
        if let Some(until) = shown.held_until {
            view = view.and(Text::new("review-hold").with("time", until));
        }
        let place = Text::new(shown.place_label).with("total", shown.receipt.total);
        view = view.row(vec![card.button(place, &Route::Place)]);
    } else if shown.is_stopped {
        view = view.row(vec![card.plain("button-check-again", &Route::Review)]);
    }
    change_buttons(card, shown, view)
}

/// The lines that fit; the cart has them all.
fn goods(shown: &Review<'_>) -> Vec<Text> {
    let parts = shown.cart.lines.iter().filter_map(|line| {
        let amount = shown.receipt.lines.iter().find(|r| r.line == line.id)?;
        let mut texts = lines::line(shown.catalogue, line, amount.amount);
        let warnings = shown.warnings.get(&line.id).into_iter().flatten();
        let warning =
            |warning: &Text| Text::new("cart-line-warning").with("warning", warning.clone());
        texts.extend(warnings.map(warning));
        Some(texts)
    });
    let (mut texts, more) = fit::shortened(parts.collect(), LINES_CHARS);
    texts.extend(fit::more(more));
    texts
}

fn change_buttons(card: Card, shown: &Review<'_>, mut view: View) -> View {
    let mut buttons = vec![card.plain("button-cart", &Route::Cart)];
    for answer in shown.answers.iter().filter(|answer| !answer.only) {
        let label = Text::new("button-change").with("title", Arg::Shop(answer.title.clone()));
        buttons.push(card.button(label, &Route::Change(answer.step.clone())));
    }
    if shown.buyer.is_some() {
        let for_whom = Route::Company(CompanyAct::For);
        buttons.push(card.plain("button-company-for", &for_whom));
    }
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    for (step, title) in &shown.usual {
        let label = Text::new("button-keep-usual").with("title", Arg::Shop(title.clone()));
        let keep = Route::Profile(ProfileAct::Keep(step.clone()));
        view = view.row(vec![card.button(label, &keep)]);
    }
    let mut row = vec![card.plain("button-back", &Route::Back)];
    if shown.may_keep {
        let keep = Route::Saved(SavedAct::Keep(Source::Cart));
        row.push(card.plain("button-saved-keep", &keep));
    }
    row.push(card.plain("button-cancel", &Route::Cancel));
    view.row(row)
}

fn shortages(card: Card, shown: &Review<'_>, mut view: View) -> View {
    view = view.and(Text::new("shortage-title"));
    for short in shown.shortages.iter().take(SHORT_SHOWN) {
        let name = item_name(shown.catalogue, &short.item);
        let item = shown.catalogue.item(&short.item);
        view = view.and(
            Text::new("shortage-line")
                .with("name", name.clone())
                .with("wanted", lines::measured(item, short.wanted))
                .with(
                    "left",
                    lines::measured(item, short.available.max(Quantity(0))),
                ),
        );
        let id = short.item.as_str().to_owned();
        let mut row = Vec::new();
        let least = item.map_or(Quantity(1), |item| item.unit.min());
        if short.available >= least {
            let label = Text::new("button-take-left")
                .with("name", name.clone())
                .with("left", lines::measured(item, short.available));
            row.push(card.button(label, &Route::TakeLeft(id.clone())));
        }
        let drop = Text::new("button-drop").with("name", name.clone());
        row.push(card.button(drop, &Route::Drop(id.clone())));
        view = view.row(row);
        for substitute in &short.substitutes {
            let label = Text::new("button-replace")
                .with("name", name.clone())
                .with("with", item_name(shown.catalogue, substitute));
            let route = Route::Replace(id.clone(), substitute.as_str().to_owned());
            view = view.row(vec![card.button(label, &route)]);
        }
    }
    let more = shown.shortages.len().saturating_sub(SHORT_SHOWN);
    if more > 0 {
        view = view.and(Text::new("more-short").with("count", more as i64));
    }
    view
}

fn item_name(catalogue: &Catalogue, id: &ItemId) -> Text {
    match catalogue.item(id) {
        Some(item) => Text::new("value-text").with("value", &item.name),
        None => Text::new("value-text").with("value", id.as_str()),
    }
}

/// Every figure of a receipt below its lines: subtotal where it says something, fees, taxes, total.
pub fn figures(receipt: &Receipt) -> Vec<Text> {
    let mut texts = Vec::new();
    if !receipt.tax_inclusive || !receipt.fees.is_empty() {
        texts.push(Text::new("receipt-subtotal").with("total", receipt.subtotal));
    }
    texts.extend(fees(receipt));
    for part in receipt.taxes.iter().filter(|part| part.tax.minor != 0) {
        let id = if receipt.tax_inclusive {
            "receipt-tax-included"
        } else {
            "receipt-tax-added"
        };
        texts.push(
            Text::new(id)
                .with("name", Arg::Shop(format!("tax-{}", part.class.as_str())))
                .with("rate", percent(part.rate))
                .with("total", part.tax),
        );
    }
    texts.push(Text::new("receipt-total").with("total", receipt.total));
    texts
}

/// The fees of a receipt, each with its name.
pub fn fees(receipt: &Receipt) -> Vec<Text> {
    let fee = |fee: &Fee| {
        Text::new("receipt-fee")
            .with("name", Arg::Shop(format!("fee-{}", fee.id)))
            .with("total", fee.amount)
    };
    receipt.fees.iter().map(fee).collect()
}

/// A rate in millionths as a percentage without needless zeros: `6%`, `8.25%`.
fn percent(rate: TaxRate) -> String {
    let (whole, rest) = (rate.0 / 10_000, rate.0 % 10_000);
    if rest == 0 {
        return format!("{whole}%");
    }
    let digits = format!("{rest:04}");
    format!("{whole}.{}%", digits.trim_end_matches('0'))
}
