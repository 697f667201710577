//! For whom somebody of the team orders: a customer who called, or who can't do it themselves.
//!
//! The conversation becomes one about that customer's order, by the same flows, prices and rules;
//! what they were doing for themselves waits until it is over. The right is asked in every turn:
//! who lost it sees nothing more of the customer.

use std::collections::BTreeMap;
use std::mem::take;

use crate::chat::{Arg, Text, View};
use crate::dialogue::session::{ByHand, Changing, Own};
use crate::dialogue::{StepKind, answer};
use crate::kernel::{ChatId, CustomerId};
use crate::store;

use super::access::{Act, may};
use super::cx::Cx;
use super::outcome::TurnError;
use super::route::{ByHandAct, Route};
use super::screens::Card;
use super::screens::basics::clipped;
use super::{ordering, staff};

/// Makes the conversation one for this customer: about a new order, or one of theirs.
pub fn begin(cx: &mut Cx<'_>, (customer, name): (CustomerId, &str), change: Option<Changing>) {
    let session = &mut cx.session;
    let own = match session.by_hand.take() {
        Some(before) => before.own,
        None => Own {
            dialogue: session.dialogue.take(),
            cart: session.cart.take(),
            company: session.company.take(),
            seat: session.seat.take(),
        },
    };
    (session.dialogue, session.cart, session.draft) = (None, None, None);
    (session.company, session.seat, session.said) = (None, None, None);
    session.by_hand = Some(ByHand {
        customer,
        name: name.to_owned(),
        change,
        own,
    });
    cx.look_again();
}

/// Goes back to what was done before; what was put together for the customer is left as it is.
pub fn end(cx: &mut Cx<'_>) -> Option<ByHand> {
    let session = &mut cx.session;
    let mut over = session.by_hand.take()?;
    let own = take(&mut over.own);
    (session.dialogue, session.cart, session.draft) = (own.dialogue, own.cart, None);
    (session.company, session.seat, session.said) = (own.company, own.seat, None);
    (session.shown_minor, session.shown_company) = (None, None);
    cx.look_again();
    Some(over)
}

/// Stops it: the cart is closed, and what it held given back.
pub async fn stop(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if cx.session.by_hand.is_some() {
        ordering::drop_cart(cx).await?;
        end(cx);
    }
    Ok(())
}

/// Stops it for who may not order for others any more, and says so. Who proposes a change of an
/// order that they are asked about needs no such right; theirs is looked at when they do.
pub async fn stop_if_barred(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let change = |by_hand: &ByHand| by_hand.change.as_ref().is_some_and(|c| c.proposed);
    let is_bound = cx.session.by_hand.as_ref().is_some_and(|b| !change(b));
    if !is_bound || is_allowed(cx).await? {
        return Ok(());
    }
    cx.notices.push(Text::new("by-hand-barred"));
    stop(cx).await
}

/// Whether this person may order for others now.
pub async fn is_allowed(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::PlaceForOthers))
}

/// The chat of whom the order is for.
pub fn chat(cx: &Cx<'_>) -> ChatId {
    match &cx.session.by_hand {
        Some(by_hand) => ChatId(by_hand.customer.0),
        None => cx.chat,
    }
}

/// Whose order a screen is about stands on it, with the way out.
pub fn marked(by_hand: Option<&ByHand>, card: Card, mut view: View) -> View {
    let Some(by_hand) = by_hand else {
        return view;
    };
    let name = clipped(&by_hand.name);
    let title = match &by_hand.change {
        None => Text::new("by-hand-for").with("name", name),
        Some(change) => Text::new("by-hand-change")
            .with("number", Arg::Words(change.number.to_string()))
            .with("name", name),
    };
    view.body.insert(0, title);
    let stop = Route::ByHand(ByHandAct::Stop);
    view.row(vec![card.plain("button-by-hand-stop", &stop)])
}

/// Keeps a caller's number as what they would answer to the steps that ask for one.
pub async fn remember_phone(
    cx: &mut Cx<'_>,
    who: CustomerId,
    phone: &str,
) -> Result<(), TurnError> {
    let asked = cx.shop.flows.iter().flat_map(|flow| &flow.steps);
    let asked = asked.filter(|step| matches!(step.kind, StepKind::Phone) && step.prefill.is_some());
    let known: BTreeMap<String, String> = asked
        .map(|step| (step.id.clone(), phone.to_owned()))
        .collect();
    Ok(store::answers::remember(cx.tx, who, &known, cx.now).await?)
}

/// A customer as somebody of the team wrote them down: a name, a phone number, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The name; the phone number once more if that is all there is.
    pub name: String,
    /// Digits with a leading `+` where it was given.
    pub phone: Option<String>,
}

impl Caller {
    /// What they are called on cards: with the number, which is all that reaches them.
    pub fn called(&self) -> String {
        match &self.phone {
            Some(phone) if *phone != self.name => format!("{} · {phone}", self.name),
            _ => self.name.clone(),
        }
    }

    /// Reads `Lin +86 138 0000 0000`: the last words that make a phone number are one.
    pub fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        for at in 0..words.len() {
            let (name, number) = words.split_at(at);
            if let Some(phone) = answer::phone(&number.join(" ")) {
                let name = match name {
                    [] => phone.clone(),
                    name => name.join(" "),
                };
                return Self {
                    name,
                    phone: Some(phone),
                };
            }
        }
        Self {
            name: words.join(" "),
            phone: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(line: &str) -> (String, Option<String>) {
        let caller = Caller::read(line);
        (caller.name, caller.phone)
    }

    #[test]
    fn a_caller_has_a_name_a_number_or_both() {
        let number = Some("+8613800000000".to_owned());
        assert_eq!(
            caller(" Lin  Wei +86 138-0000-0000 "),
            ("Lin Wei".to_owned(), number.clone())
        );
        assert_eq!(
            caller("林 ＋８６１３８００００００００"),
            ("林".to_owned(), number.clone())
        );
        assert_eq!(
            caller("+86 138 0000 0000"),
            ("+8613800000000".to_owned(), number)
        );
        assert_eq!(caller("Lin 2"), ("Lin 2".to_owned(), None));
        assert_eq!(caller(""), (String::new(), None));
    }
}
