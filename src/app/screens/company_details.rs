//! A company's addresses, its values for the shop's steps, its rules.

use crate::app::route::{CompanyAct, Route};
use crate::chat::{Arg, Text, View};
use crate::dialogue::Step;
use crate::domain::companies::{Company, Quorum, Rule, Who};
use crate::kernel::{CompanyId, Currency, Money};

use super::Card;
use super::company::back;

fn to(act: CompanyAct) -> Route {
    Route::Company(act)
}

/// The delivery addresses.
pub fn addresses(card: Card, company: &Company, admin: bool) -> View {
    let (id, known) = (&company.id, &company.details.addresses);
    let mut view = View::say(Text::new(match known.is_empty() {
        true => "company-addresses-none",
        false => "company-addresses",
    }));
    for address in known {
        view = view.and(
            Text::new("company-address")
                .with("label", address.label.as_str())
                .with("words", address.words.as_str()),
        );
        if admin {
            let label = Text::new("button-company-drop").with("what", address.label.as_str());
            let drop = to(CompanyAct::AddressDrop(id.clone(), address.id));
            view = view.row(vec![card.button(label, &drop)]);
        }
    }
    if admin {
        let new = to(CompanyAct::AddressNew(id.clone()));
        view = view.row(vec![card.plain("button-company-add", &new)]);
    }
    view.row(back(card, id))
}

/// Asks for another address.
pub fn ask_address(card: Card, id: &CompanyId) -> View {
    let list = to(CompanyAct::Addresses(id.clone()));
    View::say(Text::new("company-address-ask")).row(vec![card.plain("button-back", &list)])
}

/// The values for the shop's steps.
pub fn fields(card: Card, company: &Company, (steps, admin): (&[Step], bool)) -> View {
    let id = &company.id;
    let mut view = View::say(Text::new("company-fields"));
    for step in steps {
        let title = || Arg::Shop(step.title.clone());
        let value = company.details.fields.get(&step.id);
        view = view.and(match value {
            Some(value) => Text::new("review-answer")
                .with("title", title())
                .with("value", value.as_str()),
            None => Text::new("review-answer")
                .with("title", title())
                .with("value", Text::new("value-skipped")),
        });
        if admin {
            let label = Text::new("button-change").with("title", title());
            let change = to(CompanyAct::Field(id.clone(), step.id.clone()));
            view = view.row(vec![card.button(label, &change)]);
        }
    }
    view.row(back(card, id))
}

/// Asks for the value of one step, as the step itself does.
pub fn ask_field(card: Card, company: &Company, step: &Step) -> View {
    let id = &company.id;
    let mut view =
        View::say(Text::new("company-field-ask").with("title", Arg::Shop(step.title.clone())));
    if !step.example.is_empty() {
        view = view.and(Text::new("step-example").with("example", Arg::Shop(step.example.clone())));
    }
    if company.details.fields.contains_key(&step.id) {
        let label = Text::new("button-company-drop").with("what", Arg::Shop(step.title.clone()));
        let drop = to(CompanyAct::FieldDrop(id.clone(), step.id.clone()));
        view = view.row(vec![card.button(label, &drop)]);
    }
    let list = to(CompanyAct::Fields(id.clone()));
    view.row(vec![card.plain("button-back", &list)])
}

/// Who approves by a rule, in words.
fn need(who: Who, quorum: Quorum) -> Text {
    let id = match who {
        Who::Approver => "company-need-approver",
        Who::Admin => "company-need-admin",
    };
    Text::new(id).with("quorum", quorum.code())
}

/// The company's own rules.
pub fn rules(
    card: Card,
    company: &Company,
    (rules, currency, admin): (&[Rule], Currency, bool),
) -> View {
    let id = &company.id;
    let mut view = View::say(Text::new(match rules.is_empty() {
        true => "company-rules-none",
        false => "company-rules",
    }));
    for rule in rules {
        let text = Text::new("company-rule")
            .with("amount", Money::new(rule.above_minor, currency))
            .with("need", need(rule.who, rule.quorum));
        view = view.and(text.clone());
        if admin {
            let label = Text::new("button-company-drop").with("what", text);
            let drop = to(CompanyAct::RuleDrop(id.clone(), rule.id));
            view = view.row(vec![card.button(label, &drop)]);
        }
    }
    if admin {
        let new = to(CompanyAct::RuleNew(id.clone()));
        view = view.row(vec![card.plain("button-company-add", &new)]);
    }
    view.row(back(card, id))
}

/// Asks for the amount of another rule.
pub fn ask_amount(card: Card, id: &CompanyId) -> View {
    let list = to(CompanyAct::Rules(id.clone()));
    View::say(Text::new("company-rule-ask")).row(vec![card.plain("button-back", &list)])
}

/// Who approves, and how many, of those that a button offers.
const OFFERED: [(Who, Quorum); 5] = [
    (Who::Approver, Quorum::Any),
    (Who::Approver, Quorum::Of(2)),
    (Who::Approver, Quorum::All),
    (Who::Admin, Quorum::Any),
    (Who::Admin, Quorum::All),
];

/// Asks who approves orders above an amount.
pub fn ask_who(card: Card, id: &CompanyId, above: Money) -> View {
    let mut view = View::say(Text::new("company-rule-who").with("amount", above));
    for (who, quorum) in OFFERED {
        let label = Text::new("value-text").with("value", need(who, quorum));
        let add = to(CompanyAct::RuleAdd(id.clone(), above.minor, who, quorum));
        view = view.row(vec![card.button(label, &add)]);
    }
    let list = to(CompanyAct::Rules(id.clone()));
    view.row(vec![card.plain("button-back", &list)])
}
