//! Where a profile meets an order: what the steps know by it, what it learns from their answers.
//!
//! It is the profile of whom the order is for. What is empty there is filled by the first answer;
//! what is there and was answered in another way is offered as the new usual, never taken over
//! unasked. What a company's values answered is the company's and teaches nothing.

use std::collections::BTreeMap;

use crate::chat::Text;
use crate::dialogue::advance::given;
use crate::dialogue::{Answer, Facts, Field, Flow, Input, Place, Prefill, Step, StepKind};
use crate::domain::customers::{Address, MOST_ADDRESSES, Profile, Told};
use crate::kernel::Timestamp;
use crate::shop::Shop;
use crate::store;
use crate::store::answers::Known;
use crate::store::companies::Membership;

use super::cx::Cx;
use super::outcome::TurnError;
use super::{buyer, ordering, talk};

/// The profile of somebody who was looked at. Who ordered before there were profiles has one made
/// of what they answered then.
pub fn of(shop: &Shop, person: &Known) -> Profile {
    if let Some(profile) = &person.profile {
        return profile.clone();
    }
    let mut profile = Profile::default();
    for step in shop.flows.iter().flat_map(|flow| &flow.steps) {
        let (Some(field), Some(words)) = (step.field, person.answers.get(&step.id)) else {
            continue;
        };
        match field {
            Field::Name => profile.learn_name(words),
            Field::Phone => profile.learn_phone(words),
            Field::Payment => profile.payment.learn(words),
            Field::Address => {
                if let Ok(Answer::Address { words, pin, .. }) = serde_json::from_str(words) {
                    // What does not fit was kept by another shop's rules: it is asked for again.
                    profile.add_address(&words, pin).ok();
                }
            }
        }
    }
    profile
}

/// The profile of whom the order is for.
pub async fn orderers(cx: &mut Cx<'_>) -> Result<Profile, TurnError> {
    let shop = cx.shop.clone();
    Ok(of(&shop, &cx.glance().await?.known))
}

/// What is known for the steps of a flow, by step id.
pub fn known(shop: &Shop, flow: Option<&Flow>, person: &Known) -> BTreeMap<String, String> {
    let mut known = person.answers.clone();
    let profile = of(shop, person);
    for step in flow.map_or(&[][..], |flow| &flow.steps) {
        let Some(field) = step.field else {
            continue;
        };
        known.remove(&step.id);
        let words = match field {
            Field::Name => profile.name.clone(),
            Field::Phone => profile.phone.clone(),
            Field::Payment => profile.payment.id.clone(),
            Field::Address => {
                let place = match step.prefill {
                    Some(Prefill::LastUsed) => profile.latest_address(),
                    Some(Prefill::Profile) | None => profile.home(),
                };
                let answer = place.map(|place| serde_json::to_string(&answer_of(place)));
                answer.and_then(Result::ok).unwrap_or_default()
            }
        };
        if !words.is_empty() {
            known.insert(step.id.clone(), words);
        }
    }
    known
}

/// An address as the answer to a step: a copy, so that the order keeps it.
pub fn answer_of(address: &Address) -> Answer {
    Answer::Address {
        words: address.words.clone(),
        pin: address.pin,
        door: address.door.clone(),
    }
}

/// Takes note of one answer.
fn learn(profile: &mut Profile, step: &Step, answer: &Answer, now: Timestamp) {
    match (step.field, answer) {
        (Some(Field::Name), Answer::Text(words)) => profile.learn_name(words),
        (Some(Field::Phone), Answer::Text(words)) => profile.learn_phone(words),
        (Some(Field::Payment), Answer::Text(id)) => profile.payment.learn(id),
        (Some(Field::Address), Answer::Address { words, pin, .. }) => {
            profile.learn_address(words, *pin, now);
        }
        _ => {}
    }
}

/// Whether an answer is a company's and not the person's.
fn is_companys(company: Option<&Membership>, step: &Step, answer: &Answer) -> bool {
    company.is_some_and(|place| {
        place.details.fields.contains_key(&step.id) || buyer::is_address(place, Some(answer))
    })
}

/// Keeps what was answered for the next order, as far as it is not kept already; `own` is what was
/// known when the turn began.
pub async fn remember(
    cx: &mut Cx<'_>,
    (flow, facts): (&Flow, &Facts),
    (own, company): (&Known, Option<&Membership>),
) -> Result<(), TurnError> {
    let Some(place) = cx.session.dialogue.clone() else {
        return Ok(());
    };
    let answers = with_answers(flow, &place, (own, company));
    if answers != own.answers {
        cx.look_again();
        store::answers::remember(cx.tx, cx.orderer(), &answers, cx.now).await?;
    }
    let before = of(&cx.shop, own);
    let mut profile = before.clone();
    for (step, answer) in given(flow, &place, facts) {
        if !is_companys(company, step, &answer) {
            learn(&mut profile, step, &answer, cx.now);
        }
    }
    let is_reviewed = flow
        .step(&place.step)
        .is_some_and(|step| step.kind == StepKind::Review);
    if is_reviewed && flow.starts_anywhere() {
        profile.way.learn(&flow.id);
    }
    if let Some(phone) = cx.proven.take().filter(|_| cx.orderer() == cx.customer()) {
        if profile.proven != phone {
            store::customers::set_phone(cx.tx, cx.customer(), Some(&phone)).await?;
        }
        profile.proven = phone;
    }
    if std::mem::take(&mut cx.told) {
        profile.told = Some(Told {
            version: cx.shop.settings.privacy_version,
            at: cx.now,
        });
    }
    if profile != before {
        save(cx, &profile).await?;
    }
    Ok(())
}

/// The answers kept by their steps' ids, with those of this order: the last one where the step
/// wants that, the first one where it is the person's to change.
fn with_answers(
    flow: &Flow,
    place: &Place,
    (own, company): (&Known, Option<&Membership>),
) -> BTreeMap<String, String> {
    let mut kept = own.answers.clone();
    for (id, words) in talk::to_remember(flow, &place.answers) {
        let (Some(step), Some(answer)) = (flow.step(&id), place.answers.get(&id)) else {
            continue;
        };
        if step.field.is_some() || is_companys(company, step, answer) {
            continue;
        }
        match step.prefill {
            Some(Prefill::LastUsed) => drop(kept.insert(id, words)),
            Some(Prefill::Profile) | None => drop(kept.entry(id).or_insert(words)),
        }
    }
    kept
}

/// Writes the profile of whom the order is for, as what it was made of has not changed since.
pub async fn save(cx: &mut Cx<'_>, profile: &Profile) -> Result<(), TurnError> {
    let who = cx.orderer();
    cx.look_again();
    match store::profiles::save(cx.tx, who, profile, cx.now).await? {
        true => Ok(()),
        false => Err(TurnError::Overtaken),
    }
}

/// The steps that were answered in another way than the profile has it: their answers are offered
/// as the new usual. None while somebody else's order is taken.
pub async fn changed(cx: &mut Cx<'_>, flow: &Flow) -> Result<Vec<Step>, TurnError> {
    let Some(place) = cx.session.dialogue.clone() else {
        return Ok(Vec::new());
    };
    if cx.orderer() != cx.customer() {
        return Ok(Vec::new());
    }
    let company = buyer::company(cx).await?;
    let own = cx.glance().await?.known.clone();
    let profile = of(&cx.shop, &own);
    let steps = flow.steps.iter().filter(|step| {
        let answer = place.answers.get(&step.id);
        answer.is_some_and(|answer| {
            !is_companys(company.as_ref(), step, answer) && differs(&profile, &own, step, answer)
        })
    });
    Ok(steps.cloned().collect())
}

/// Whether an answer is another one than the usual, which there is.
fn differs(profile: &Profile, own: &Known, step: &Step, answer: &Answer) -> bool {
    if step.prefill != Some(Prefill::Profile) {
        return false;
    }
    match (step.field, answer) {
        (Some(Field::Name), Answer::Text(words)) => {
            !profile.name.is_empty() && profile.name != *words
        }
        (Some(Field::Phone), Answer::Text(words)) => {
            !profile.phone.is_empty() && profile.phone != *words
        }
        (Some(Field::Payment), Answer::Text(id)) => {
            profile.payment.chosen && profile.payment.id != *id
        }
        (Some(Field::Address), Answer::Address { words, pin, .. }) => {
            // A new one is kept at the end of the turn that shows this, if there is room.
            let kept = profile.same_address(words, *pin);
            let has_room = profile.addresses.len() < MOST_ADDRESSES;
            let usual = profile.usual_address;
            usual.is_some() && usual != kept && (kept.is_some() || has_room)
        }
        (Some(_), _) => false,
        (None, answer) => match (own.answers.get(&step.id), talk::kept_words(answer)) {
            (Some(usual), Some(words)) => *usual != words,
            _ => false,
        },
    }
}

/// What was answered at a step becomes the usual.
pub async fn keep(cx: &mut Cx<'_>, step: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let place = cx.session.dialogue.clone().unwrap_or_default();
    let Some(flow) = shop.flow(&place.flow) else {
        return ordering::hear(cx, Input::Begin).await;
    };
    let offered = changed(cx, flow).await?;
    let step = offered.iter().find(|offered| offered.id == step);
    if let (Some(step), Some(answer)) = (step, place.answers.get(step.map_or("", |s| &s.id))) {
        let own = cx.glance().await?.known.clone();
        let mut profile = of(&shop, &own);
        match (step.field, answer) {
            (Some(Field::Name), Answer::Text(words)) => words.clone_into(&mut profile.name),
            (Some(Field::Phone), Answer::Text(words)) => words.clone_into(&mut profile.phone),
            (Some(Field::Payment), Answer::Text(id)) => profile.payment.choose(id),
            (Some(Field::Address), Answer::Address { words, pin, .. }) => {
                profile.usual_address = profile.same_address(words, *pin);
            }
            (_, answer) => {
                let mut answers = own.answers;
                if let Some(words) = talk::kept_words(answer) {
                    answers.insert(step.id.clone(), words);
                }
                cx.look_again();
                store::answers::remember(cx.tx, cx.orderer(), &answers, cx.now).await?;
            }
        }
        if step.field.is_some() {
            save(cx, &profile).await?;
        }
        cx.toast(Text::new("profile-kept"));
    }
    ordering::hear(cx, Input::Begin).await
}

/// The step at hand is answered by one of the addresses of whom the order is for.
pub async fn deliver(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let profile = orderers(cx).await?;
    match profile.address(id).map(answer_of) {
        Some(answer) if ordering::stands_at_address(cx) => {
            ordering::hear(cx, Input::Kept(answer)).await
        }
        Some(_) => ordering::hear(cx, Input::Begin).await,
        None => {
            cx.notices.push(Text::new("profile-address-gone"));
            ordering::hear(cx, Input::Begin).await
        }
    }
}

/// Why personal data is kept, where a step is the first to ask for some: said once for each
/// version of the words, and never to who asks for somebody else.
pub async fn why(cx: &mut Cx<'_>, step: &Step) -> Result<Option<Text>, TurnError> {
    if !step.is_personal() || cx.orderer() != cx.customer() {
        return Ok(None);
    }
    let profile = orderers(cx).await?;
    if profile.is_told(cx.shop.settings.privacy_version) {
        return Ok(None);
    }
    cx.told = true;
    Ok(Some(Text::new("privacy-line")))
}
