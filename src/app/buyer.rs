//! For whom somebody orders: themselves, or a company that they belong to.
//!
//! Who belongs to one company orders for it unless they chose otherwise; who belongs to several
//! chooses. What they chose is only a wish: whether they still belong there is looked at in every
//! turn.

use crate::chat::Text;
use crate::dialogue::{Answer, Facts, StepKind};
use crate::kernel::CompanyId;
use crate::store::companies::Membership;

use super::cx::Cx;
use super::outcome::TurnError;

/// The companies that whoever the order is for belongs to, the stopped ones too.
pub async fn places(cx: &mut Cx<'_>) -> Result<Vec<Membership>, TurnError> {
    Ok(cx.glance().await?.companies.clone())
}

/// The companies that the person themselves belongs to; they wait while an order is taken for
/// somebody else, whose companies are none of theirs.
pub async fn own_places(cx: &mut Cx<'_>) -> Result<Vec<Membership>, TurnError> {
    match cx.session.by_hand {
        Some(_) => Ok(Vec::new()),
        None => places(cx).await,
    }
}

/// The company that an order would be for now; none: for the person themselves.
pub async fn company(cx: &mut Cx<'_>) -> Result<Option<Membership>, TurnError> {
    Ok(wished(cx).await?.filter(|place| place.active))
}

/// The same, whether it is stopped or not.
async fn wished(cx: &mut Cx<'_>) -> Result<Option<Membership>, TurnError> {
    let chosen = cx.session.company.clone();
    let places = &cx.glance().await?.companies;
    Ok(match (chosen.as_deref(), places.as_slice()) {
        (None, [only]) => Some(only.clone()),
        (None | Some(""), _) => None,
        (Some(id), places) => places.iter().find(|p| p.company.as_str() == id).cloned(),
    })
}

/// What a company is called; an erased one by its id.
pub fn name(place: &Membership) -> &str {
    place.details.called(&place.company)
}

/// The company that the order which is changed was placed for, in `Some(None)` none; none if no
/// order is changed. It stays theirs, whoever belongs there now.
pub fn changed_for(cx: &Cx<'_>) -> Option<Option<CompanyId>> {
    let by_hand = cx.session.by_hand.as_ref()?;
    by_hand.change.as_ref()?;
    let company = cx.session.company.as_deref();
    Some(company.filter(|id| !id.is_empty()).map(CompanyId::from))
}

/// Gives a chosen company up that can't be ordered for any more, and says so. `true` if it did:
/// then nothing that was pressed before counts.
pub async fn settle(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let is_chosen = matches!(cx.session.company.as_deref(), Some(id) if !id.is_empty());
    if !is_chosen || changed_for(cx).is_some() || company(cx).await?.is_some() {
        return Ok(false);
    }
    let notice = match wished(cx).await? {
        Some(stopped) => Text::new("company-stopped-now").with("name", name(&stopped)),
        None => Text::new("company-left-now"),
    };
    cx.notices.push(notice);
    cx.session.company = Some(String::new());
    Ok(true)
}

/// What conditions and steps know by the company: its values win over the person's own answers.
pub fn tell_facts(place: Option<&Membership>, facts: &mut Facts) {
    let Some(place) = place else {
        return;
    };
    facts.customer.company = place.company.0.clone();
    facts.customer.company_role = place.role.code().to_owned();
    facts.known.extend(place.details.fields.clone());
}

/// Whether an answer is one of a company's addresses.
pub fn is_address(place: &Membership, answer: Option<&Answer>) -> bool {
    match answer {
        Some(Answer::Address {
            words, pin: None, ..
        }) => {
            let mut known = place.details.addresses.iter();
            known.any(|address| address.words == *words)
        }
        _ => false,
    }
}

/// The line of the review that says for whom it is; none for who belongs to no company.
pub async fn line(cx: &mut Cx<'_>) -> Result<Option<Text>, TurnError> {
    if places(cx).await?.is_empty() {
        return Ok(None);
    }
    Ok(Some(match wished(cx).await? {
        Some(place) if place.active => Text::new("order-company").with("name", name(&place)),
        Some(stopped) => Text::new("review-company-stopped").with("name", name(&stopped)),
        None => Text::new("review-for-yourself"),
    }))
}

/// Takes a choice: from now on orders are for this company, or for the person (`None`). What was
/// answered by one company's values is asked again for another.
pub async fn choose(cx: &mut Cx<'_>, to: Option<&CompanyId>) -> Result<(), TurnError> {
    let before = company(cx).await?;
    cx.session.company = Some(to.map(|id| id.0.clone()).unwrap_or_default());
    let after = company(cx).await?;
    let id = |place: &Option<Membership>| place.as_ref().map(|place| place.company.clone());
    if id(&before) == id(&after) {
        return Ok(());
    }
    let shop = cx.shop.clone();
    let Some(place) = &mut cx.session.dialogue else {
        return Ok(());
    };
    let Some(flow) = shop.flow(&place.flow) else {
        return Ok(());
    };
    let mut first = None;
    for step in &flow.steps {
        let is_address = matches!(step.kind, StepKind::Address { .. });
        let concerned = [&before, &after].into_iter().flatten().any(|company| {
            let details = &company.details;
            details.fields.contains_key(&step.id) || (is_address && !details.addresses.is_empty())
        });
        if concerned && place.answers.remove(&step.id).is_some() {
            first.get_or_insert(step.id.clone());
        }
    }
    if let Some(first) = first {
        place.step = first;
        place.returning = true;
    }
    Ok(())
}
