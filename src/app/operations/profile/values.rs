//! The single values of a profile: name, phone, what is usually taken, the shop's own fields.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{ProfileAct, What};
use crate::app::screens::profile as screen;
use crate::app::screens::step::value;
use crate::app::talk;
use crate::chat::{Arg, Text, one_line};
use crate::dialogue::advance::{Note, kept};
use crate::dialogue::answer::phone;
use crate::dialogue::{Calendar, Choice, Field, Prefill, Refusal, Step};
use crate::shop::Shop;
use crate::store;

use super::{Own, keep, refused, shown};

/// The steps of all flows.
fn steps(shop: &Shop) -> impl Iterator<Item = &Step> {
    shop.flows.iter().flat_map(|flow| &flow.steps)
}

/// The step that asks for a part of the profile, as the first flow has it; none if none does.
fn step_of(shop: &Shop, field: Field) -> Option<&Step> {
    steps(shop).find(|step| step.field == Some(field))
}

/// The shop's own fields: one a step's id, as the first flow has it.
fn fields(shop: &Shop) -> Vec<&Step> {
    let mut found: Vec<&Step> = Vec::new();
    for step in steps(shop) {
        let is_own = step.prefill == Some(Prefill::Profile) && step.field.is_none();
        if is_own && found.iter().all(|known| known.id != step.id) {
            found.push(step);
        }
    }
    found
}

fn field<'s>(shop: &'s Shop, id: &str) -> Option<&'s Step> {
    fields(shop).into_iter().find(|step| step.id == id)
}

/// The ways to pay that a profile may name.
fn payments(shop: &Shop) -> Vec<&Choice> {
    let mut found: Vec<&Choice> = Vec::new();
    let steps = steps(shop).filter(|step| step.field == Some(Field::Payment));
    for choice in steps.flat_map(Step::choices) {
        if found.iter().all(|known| known.id != choice.id) {
            found.push(choice);
        }
    }
    found
}

/// The flows that a profile may name, with their titles: where there is only one there is nothing
/// to choose.
fn ways(shop: &Shop) -> Vec<(&str, &str)> {
    let flows = shop.flows.iter().filter(|flow| flow.starts_anywhere());
    let ways: Vec<_> = flows
        .map(|flow| (flow.id.as_str(), flow.title.as_str()))
        .collect();
    if ways.len() < 2 { Vec::new() } else { ways }
}

/// The days that a step may speak of: those of its flow.
fn calendar(cx: &Cx<'_>, step: &str) -> Calendar {
    let flow = cx.shop.flows.iter().find(|flow| flow.step(step).is_some());
    flow.map(|flow| cx.shop.calendar(flow, cx.now))
        .unwrap_or_default()
}

/// A field's value in words; none if there is none, or none that the shop takes any more.
fn field_value(cx: &Cx<'_>, own: &Own, step: &Step) -> Option<Text> {
    let words = own.known.answers.get(&step.id)?;
    let answer = kept(step, words, &calendar(cx, &step.id))?;
    Some(value(step, &answer))
}

fn shop_text(id: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(id.to_owned()))
}

/// Shows all of it.
pub(super) fn show(cx: &mut Cx<'_>, own: &Own) {
    let shop = cx.shop.clone();
    let profile = &own.profile;
    let payments = payments(&shop);
    let payment = payments
        .iter()
        .find(|choice| choice.id == profile.payment.id);
    let ways = ways(&shop);
    let way = ways.iter().find(|(id, _)| *id == profile.way.id);
    let custom = fields(&shop).into_iter();
    let has = |field| step_of(&shop, field).is_some();
    let catalogue = &shop.catalogue;
    let all = screen::All {
        profile,
        has_name: has(Field::Name),
        has_phone: has(Field::Phone),
        has_addresses: has(Field::Address),
        fields: custom
            .map(|step| {
                (
                    step.id.clone(),
                    step.title.clone(),
                    field_value(cx, own, step),
                )
            })
            .collect(),
        has_payment: !payments.is_empty(),
        payment: payment.map(|choice| shop_text(&choice.label)),
        has_way: !ways.is_empty(),
        way: way.map(|(_, title)| shop_text(title)),
        has_marks: !catalogue.diets().is_empty() || !catalogue.allergens().is_empty(),
        language: shop.texts.shop_words(&cx.session.locale, "language-name"),
    };
    let view = screen::all(cx.card(), &all);
    shown(cx, ProfileAct::Show, view);
}

/// Asks for a value, or lets one be chosen.
pub(super) fn ask(cx: &mut Cx<'_>, own: &Own, what: &What) {
    let shop = cx.shop.clone();
    let profile = &own.profile;
    let card = cx.card();
    let view = match what {
        What::Name => screen::ask_name(card, &profile.name, step_of(&shop, Field::Name)),
        What::Phone => screen::ask_phone(card, profile),
        What::Payment => {
            let choices = payments(&shop).into_iter();
            let choices = choices.map(|choice| (choice.id.as_str(), choice.label.as_str()));
            screen::choose(
                card,
                what,
                ("profile-payment-ask", choices.collect()),
                &profile.payment,
            )
        }
        What::Way => screen::choose(card, what, ("profile-way-ask", ways(&shop)), &profile.way),
        What::Field(id) => match field(&shop, id) {
            Some(step) => screen::ask_field(card, step, field_value(cx, own, step)),
            None => return show(cx, own),
        },
    };
    shown(cx, ProfileAct::Ask(what.clone()), view);
}

/// Takes a value away.
pub(super) async fn forget(cx: &mut Cx<'_>, own: &mut Own, what: &What) -> Result<(), TurnError> {
    match what {
        What::Name => own.profile.name.clear(),
        What::Phone => {
            if !own.profile.proven.is_empty() {
                store::customers::set_phone(cx.tx, cx.customer(), None).await?;
            }
            own.profile.forget_phone();
        }
        What::Payment => own.profile.payment.choose(""),
        What::Way => own.profile.way.choose(""),
        What::Field(id) => return set_field(cx, own, (id, None)).await,
    }
    keep(cx, own).await?;
    done(cx, own);
    Ok(())
}

/// Takes one of several as a value.
pub(super) async fn choose(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (what, id): (&What, &str),
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    match what {
        What::Payment if payments(&shop).iter().any(|choice| choice.id == id) => {
            own.profile.payment.choose(id);
        }
        What::Way if ways(&shop).iter().any(|(way, _)| *way == id) => own.profile.way.choose(id),
        What::Field(step) if is_choice(&shop, step, id) => {
            return set_field(cx, own, (step, Some(id.to_owned()))).await;
        }
        _ => {
            // A choice that the shop took away, or that it never had.
            cx.toast(Text::new("press-unknown"));
            ask(cx, own, what);
            return Ok(());
        }
    }
    keep(cx, own).await?;
    done(cx, own);
    Ok(())
}

fn is_choice(shop: &Shop, step: &str, id: &str) -> bool {
    field(shop, step).is_some_and(|step| {
        step.choice(id).is_some() || (screen::is_yes_no(step) && matches!(id, "true" | "false"))
    })
}

/// Words typed where a value is asked for; `false` if it can only be chosen.
pub(super) async fn typed(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (what, words): (&What, &str),
) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    let words = one_line(words);
    match what {
        What::Name => {
            let step = step_of(&shop, Field::Name);
            let read = step.map(|step| step.accept(&words, &Calendar::default()));
            if let Some(Err(refusal)) = read {
                again(cx, own, (what, step), refusal);
            } else if let Err(refusal) = own.profile.set_name(&words) {
                cx.notices.push(refused(refusal));
                ask(cx, own, what);
            } else {
                keep(cx, own).await?;
                done(cx, own);
            }
        }
        What::Phone => match phone(&words) {
            Some(phone) => {
                own.profile.phone = phone;
                keep(cx, own).await?;
                done(cx, own);
            }
            None => {
                let step = step_of(&shop, Field::Phone);
                again(cx, own, (what, step), Refusal::NotAPhone);
            }
        },
        What::Payment | What::Way => return Ok(false),
        What::Field(id) => match field(&shop, id) {
            Some(step) => typed_field(cx, own, step, &words).await?,
            None => show(cx, own),
        },
    }
    Ok(true)
}

async fn typed_field(
    cx: &mut Cx<'_>,
    own: &mut Own,
    step: &Step,
    words: &str,
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let meant = shop.choice_of(step, words);
    let words = meant.as_deref().unwrap_or(words);
    match step.accept(words, &calendar(cx, &step.id)) {
        Ok(answer) => set_field(cx, own, (&step.id, talk::kept_words(&answer))).await,
        Err(refusal) => {
            let what = What::Field(step.id.clone());
            again(cx, own, (&what, Some(step)), refusal);
            Ok(())
        }
    }
}

/// Asks once more after saying why the words are no answer.
fn again(cx: &mut Cx<'_>, own: &Own, (what, step): (&What, Option<&Step>), refusal: Refusal) {
    let note = cx.shop.note(step, &Note::Refused(refusal));
    cx.notices.push(note);
    ask(cx, own, what);
}

async fn set_field(
    cx: &mut Cx<'_>,
    own: &mut Own,
    (step, words): (&str, Option<String>),
) -> Result<(), TurnError> {
    let answers = &mut own.known.answers;
    match words {
        Some(words) => drop(answers.insert(step.to_owned(), words)),
        None => drop(answers.remove(step)),
    }
    cx.look_again();
    store::answers::remember(cx.tx, cx.customer(), &own.known.answers, cx.now).await?;
    done(cx, own);
    Ok(())
}

/// Telegram vouches for the number on the person's own card.
pub(super) async fn prove(cx: &mut Cx<'_>, own: &mut Own, number: &str) -> Result<(), TurnError> {
    let Some(number) = phone(number) else {
        again(cx, own, (&What::Phone, None), Refusal::NotAPhone);
        return Ok(());
    };
    if own.profile.proven != number {
        store::customers::set_phone(cx.tx, cx.customer(), Some(&number)).await?;
    }
    own.profile.phone.clone_from(&number);
    own.profile.proven = number;
    keep(cx, own).await?;
    done(cx, own);
    Ok(())
}

fn done(cx: &mut Cx<'_>, own: &Own) {
    cx.toast(Text::new("profile-kept"));
    show(cx, own);
}
