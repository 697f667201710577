//! A company's admin looks after its addresses, its values for the shop's steps, its rules.

use unicode_normalization::UnicodeNormalization;

use crate::chat::{Text, one_line};
use crate::dialogue::advance::Note;
use crate::dialogue::{Answer, Step, StepKind};
use crate::domain::companies::{MOST_RULES, Quorum, Refusal, Role, Rule, Who};
use crate::kernel::{CompanyId, Money};
use crate::store;

use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::company_details as screen;
use crate::app::show;

use super::company::{self, Hand};

/// The most that an amount of a rule or a limit may be, in minor units: it travels in callback
/// data.
const MOST_MINOR: i64 = 1_000_000_000_000;

/// The colon that is typed in Chinese.
const FULL_COLON: char = '\u{ff1a}';

/// Bytes of a step's id that fit a button with a company's.
const STEP_BYTES: usize = 24;

/// A tap about them.
pub async fn press(cx: &mut Cx<'_>, act: CompanyAct) -> Result<(), TurnError> {
    match act {
        CompanyAct::Addresses(id) => match company::hand(cx, &id).await? {
            Some(hand) => addresses(cx, &hand),
            None => Ok(()),
        },
        CompanyAct::Fields(id) => match company::hand(cx, &id).await? {
            Some(hand) => fields(cx, &hand),
            None => Ok(()),
        },
        CompanyAct::Rules(id) => match company::hand(cx, &id).await? {
            Some(hand) => rules(cx, &hand).await,
            None => Ok(()),
        },
        CompanyAct::AddressNew(id) => match company::admins_hand(cx, &id).await? {
            Some(hand) => ask_address(cx, &hand),
            None => Ok(()),
        },
        CompanyAct::AddressDrop(id, address) => drop_address(cx, &id, address).await,
        CompanyAct::Field(id, step) => match company::admins_hand(cx, &id).await? {
            Some(hand) => ask_field(cx, &hand, &step),
            None => Ok(()),
        },
        CompanyAct::FieldDrop(id, step) => keep_field(cx, (&id, &step), None).await,
        CompanyAct::RuleNew(id) => match company::admins_hand(cx, &id).await? {
            Some(hand) => ask_amount(cx, &hand).await,
            None => Ok(()),
        },
        CompanyAct::RuleAdd(id, above, who, quorum) => {
            add_rule(cx, &id, (above, who, quorum)).await
        }
        CompanyAct::RuleDrop(id, rule) => drop_rule(cx, &id, rule).await,
        _ => Ok(()),
    }
}

fn shown(cx: &mut Cx<'_>, at: CompanyAct, view: crate::chat::View) -> Result<(), TurnError> {
    let view = show::noted(cx, view);
    cx.show(&Route::Company(at), view);
    Ok(())
}

fn addresses(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let view = screen::addresses(cx.card(), &hand.company, hand.is_admin());
    shown(cx, CompanyAct::Addresses(hand.company.id.clone()), view)
}

fn ask_address(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let id = hand.company.id.clone();
    let view = screen::ask_address(cx.card(), &id);
    shown(cx, CompanyAct::AddressNew(id), view)
}

/// `LABEL: ADDRESS`, typed where an address is asked for.
pub async fn new_address(cx: &mut Cx<'_>, id: &CompanyId, words: &str) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let words = one_line(words);
    let parts = words.split_once([':', FULL_COLON]);
    let (label, address) = parts.map_or(("", ""), |(label, rest)| (label.trim(), rest.trim()));
    match hand.company.details.add_address(label, address) {
        Ok(()) => {
            company::save(cx, &mut hand.company).await?;
            let did = (Did::CompanyAddress, audit::of_company(id));
            company::kept(cx, did, ("", &words)).await?;
            addresses(cx, &hand)
        }
        Err(Refusal::Full(most)) => {
            let text = Text::new("company-addresses-full").with("max", most as i64);
            cx.notices.push(text);
            addresses(cx, &hand)
        }
        Err(Refusal::Length(..) | Refusal::LastAdmin) => {
            cx.notices.push(Text::new("company-address-unreadable"));
            ask_address(cx, &hand)
        }
    }
}

async fn drop_address(cx: &mut Cx<'_>, id: &CompanyId, address: i64) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let known = &mut hand.company.details.addresses;
    let gone = known.iter().find(|known| known.id == address).cloned();
    known.retain(|known| known.id != address);
    if let Some(gone) = gone {
        company::save(cx, &mut hand.company).await?;
        let did = (Did::CompanyAddress, audit::of_company(id));
        company::kept(cx, did, (&gone.words, "")).await?;
    }
    addresses(cx, &hand)
}

/// The steps whose value a company may keep: typed ones that the shop fills in again. One a step
/// id, as the first flow has it.
fn steps(cx: &Cx<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for step in cx.shop.flows.iter().flat_map(|flow| &flow.steps) {
        let is_typed = matches!(
            step.kind,
            StepKind::Text { .. } | StepKind::Number { .. } | StepKind::Phone
        );
        let is_new = steps.iter().all(|known| known.id != step.id);
        if is_typed && is_new && step.prefill.is_some() && step.id.len() <= STEP_BYTES {
            steps.push(step.clone());
        }
    }
    steps
}

fn fields(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let view = screen::fields(cx.card(), &hand.company, (&steps(cx), hand.is_admin()));
    shown(cx, CompanyAct::Fields(hand.company.id.clone()), view)
}

fn ask_field(cx: &mut Cx<'_>, hand: &Hand, step: &str) -> Result<(), TurnError> {
    let id = hand.company.id.clone();
    match steps(cx).into_iter().find(|known| known.id == step) {
        Some(known) => {
            let view = screen::ask_field(cx.card(), &hand.company, &known);
            shown(cx, CompanyAct::Field(id, known.id), view)
        }
        None => fields(cx, hand),
    }
}

/// A value typed where a step's is asked for; it must be an answer to that step.
pub async fn new_field(
    cx: &mut Cx<'_>,
    (id, step): (&CompanyId, &str),
    words: &str,
) -> Result<(), TurnError> {
    let Some(hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let Some(known) = steps(cx).into_iter().find(|known| known.id == step) else {
        return fields(cx, &hand);
    };
    let flow = cx.shop.flows.iter().find(|flow| flow.step(step).is_some());
    let calendar = flow.map(|flow| cx.shop.calendar(flow, cx.now));
    match known.accept(words, &calendar.unwrap_or_default()) {
        Ok(Answer::Text(value)) => keep_field(cx, (id, step), Some(value)).await,
        Ok(Answer::Number(value)) => keep_field(cx, (id, step), Some(value.to_string())).await,
        Ok(_) => fields(cx, &hand),
        Err(refusal) => {
            let note = cx.shop.note(Some(&known), &Note::Refused(refusal));
            cx.notices.push(note);
            ask_field(cx, &hand, step)
        }
    }
}

async fn keep_field(
    cx: &mut Cx<'_>,
    (id, step): (&CompanyId, &str),
    value: Option<String>,
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let kept = &mut hand.company.details.fields;
    if kept.get(step) != value.as_ref() {
        let after = value.clone().unwrap_or_default();
        let before = match value {
            Some(value) => kept.insert(step.to_owned(), value),
            None => kept.remove(step),
        };
        company::save(cx, &mut hand.company).await?;
        let did = (Did::CompanyField, audit::of_company(id));
        company::kept(cx, did, (before.unwrap_or_default(), after)).await?;
    }
    fields(cx, &hand)
}

async fn rules(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let id = hand.company.id.clone();
    let rules = store::companies::rules(cx.tx, &id).await?;
    let currency = cx.shop.settings.currency;
    let view = screen::rules(
        cx.card(),
        &hand.company,
        (&rules, currency, hand.is_admin()),
    );
    shown(cx, CompanyAct::Rules(id), view)
}

async fn ask_amount(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let id = hand.company.id.clone();
    if store::companies::rules(cx.tx, &id).await?.len() >= MOST_RULES {
        let text = Text::new("company-rules-full").with("max", MOST_RULES as i64);
        cx.notices.push(text);
        return rules(cx, hand).await;
    }
    let view = screen::ask_amount(cx.card(), &id);
    shown(cx, CompanyAct::RuleNew(id), view)
}

/// An amount as people type it, in minor units of the shop's currency; none if it is none, or too
/// large.
pub fn amount(cx: &Cx<'_>, words: &str) -> Option<i64> {
    let words: String = words.nfkc().collect();
    let digits: String = words
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
        .collect();
    let is_amount = words.chars().all(|c| !c.is_alphabetic());
    let amount = Money::parse(&digits, cx.shop.settings.currency).filter(|_| is_amount)?;
    (0..=MOST_MINOR)
        .contains(&amount.minor)
        .then_some(amount.minor)
}

/// What is said to words that are no amount.
pub fn amount_unreadable() -> Text {
    Text::new("company-amount-unreadable")
}

/// An amount typed where a rule's is asked for: then who approves is asked.
pub async fn new_rule(cx: &mut Cx<'_>, id: &CompanyId, words: &str) -> Result<(), TurnError> {
    let Some(hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let Some(above) = amount(cx, &one_line(words)) else {
        cx.notices.push(amount_unreadable());
        return ask_amount(cx, &hand).await;
    };
    let amount = Money::new(above, cx.shop.settings.currency);
    let view = screen::ask_who(cx.card(), id, amount);
    shown(cx, CompanyAct::Rules(id.clone()), view)
}

async fn add_rule(
    cx: &mut Cx<'_>,
    id: &CompanyId,
    (above_minor, who, quorum): (i64, Who, Quorum),
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let known = store::companies::rules(cx.tx, id).await?;
    let is_there = known
        .iter()
        .any(|rule| (rule.above_minor, rule.who, rule.quorum) == (above_minor, who, quorum));
    let is_sound = (0..=MOST_MINOR).contains(&above_minor);
    if is_there || !is_sound || known.len() >= MOST_RULES {
        return rules(cx, &hand).await;
    }
    company::save(cx, &mut hand.company).await?;
    let rule = Rule {
        id: cx.id(),
        above_minor,
        who,
        quorum,
    };
    let by = (cx.customer(), cx.now);
    store::companies::add_rule(cx.tx, id, &rule, by).await?;
    let did = (Did::CompanyRule, audit::of_company(id));
    company::kept(cx, did, ("", rule_code(&rule))).await?;
    let approves = |role: Role| hand.members().any(|member| member.role == role);
    if who == Who::Approver && !approves(Role::Approver) {
        cx.notices.push(Text::new("company-rule-nobody"));
    }
    rules(cx, &hand).await
}

async fn drop_rule(cx: &mut Cx<'_>, id: &CompanyId, rule: i64) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let known = store::companies::rules(cx.tx, id).await?;
    if let Some(gone) = known.iter().find(|known| known.id == rule) {
        company::save(cx, &mut hand.company).await?;
        store::companies::remove_rule(cx.tx, id, rule).await?;
        let did = (Did::CompanyRule, audit::of_company(id));
        company::kept(cx, did, (rule_code(gone), "")).await?;
    }
    rules(cx, &hand).await
}

/// A rule as the record keeps it.
fn rule_code(rule: &Rule) -> String {
    format!("{} {}", rule.above_minor, rule.who.code())
}
