//! What a member of a company may order for on its account: set by the company's admins, and by
//! the shop's staff who look after companies.

use crate::chat::Text;
use crate::domain::credit::{Budget, Period};
use crate::kernel::{CompanyId, CustomerId};
use crate::store;

use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::company_people as screen;
use crate::app::show;

use super::accounts::budget::read;
use super::company::{self, Hand};
use super::company_members;

/// Each period with the text that has its word.
const PERIODS: [(Period, &str); 3] = [
    (Period::Day, "word-budget-day"),
    (Period::Week, "word-budget-week"),
    (Period::Month, "word-budget-month"),
];

/// A tap about them.
pub async fn press(cx: &mut Cx<'_>, act: CompanyAct) -> Result<(), TurnError> {
    match act {
        CompanyAct::BudgetAsk(id, user) => match able(cx, &id).await? {
            Some(hand) => ask(cx, &hand, user).await,
            None => Ok(()),
        },
        CompanyAct::BudgetNone(id, user) => set(cx, (&id, user), None).await,
        _ => Ok(()),
    }
}

/// The company in the hands of somebody who may set budgets; others are told.
async fn able(cx: &mut Cx<'_>, id: &CompanyId) -> Result<Option<Hand>, TurnError> {
    if cx.shop.settings.credit.is_none() {
        cx.toast(Text::new("press-unknown"));
        return Ok(None);
    }
    let Some(hand) = company::hand(cx, id).await? else {
        return Ok(None);
    };
    if hand.is_admin() || hand.staff {
        return Ok(Some(hand));
    }
    company::refuse(cx, "company-admins-only");
    Ok(None)
}

async fn ask(cx: &mut Cx<'_>, hand: &Hand, user: CustomerId) -> Result<(), TurnError> {
    let Some(person) = hand.person(user) else {
        return company_members::member(cx, hand, user).await;
    };
    let view = screen::ask_budget(cx.card(), hand, person);
    let view = show::noted(cx, view);
    let at = CompanyAct::BudgetAsk(hand.company.id.clone(), user);
    cx.show(&Route::Company(at), view);
    Ok(())
}

/// Words typed where a budget is asked for.
pub async fn typed(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    words: &str,
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let period = |word: &str| {
        let is_it =
            |(period, text): &&(Period, &str)| shop.says(text, word) || period.code() == word;
        PERIODS.iter().find(is_it).map(|(period, _)| *period)
    };
    match read(words, shop.settings.currency, &period) {
        Some(budget) => set(cx, (id, user), Some(budget)).await,
        None => {
            let Some(hand) = able(cx, id).await? else {
                return Ok(());
            };
            cx.notices.push(Text::new("company-budget-unreadable"));
            ask(cx, &hand, user).await
        }
    }
}

async fn set(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    budget: Option<Budget>,
) -> Result<(), TurnError> {
    let Some(mut hand) = able(cx, id).await? else {
        return Ok(());
    };
    let Some(was) = hand.person(user).map(|person| person.budget) else {
        return company_members::member(cx, &hand, user).await;
    };
    if was == budget {
        return company_members::member(cx, &hand, user).await;
    }
    company::save(cx, &mut hand.company).await?;
    if !store::companies::set_budget(cx.tx, id, user, budget).await? {
        return Err(TurnError::Overtaken);
    }
    cx.look_again();
    let code = |budget: Option<Budget>| budget.map(Budget::code).unwrap_or_default();
    let did = (Did::MemberBudget, audit::of_member(id, user));
    company::kept(cx, did, (code(was), code(budget))).await?;
    company_members::changed(cx, hand, user, |person| person.budget = budget).await
}
