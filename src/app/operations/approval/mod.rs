//! People decide what the rules leave to them: asked, reminded, decided once, never by silence.
//!
//! `judge` asks the rules and `begin` the people, `propose` the customer whether a change suits them, `decide` takes a press, `wait` is what the clock
//! does, `talk` what is asked of the customer, `show` the cards. Rights are asked at each press by
//! person, role and limit: neither a card nor a group gives any.

pub mod away;
pub mod begin;
pub mod decide;
pub mod judge;
pub mod propose;
pub mod show;
pub mod talk;
pub mod wait;

use crate::domain::approvals::Request;
use crate::domain::approvals::people::{Case, Creator, Person};
use crate::domain::companies;
use crate::domain::orders::Order;
use crate::kernel::{ChatId, CustomerId, Locale, OrderId};
use crate::shop::approval::COMPANY_ROLES;
use crate::store;
use crate::store::companies::Colleague;

use crate::app::cx::Cx;
use crate::app::operations::tell::Spot;
use crate::app::outcome::TurnError;
use crate::app::staff;

/// An order that people were asked about, and who may decide.
#[derive(Debug, Clone)]
pub struct Matter {
    /// The order; it has a request, which is `request`.
    pub order: Order,
    /// The request, as it changes.
    pub request: Request,
    /// Everybody with a role.
    pub people: Vec<Person>,
    /// Who of them can be written to, with their language.
    pub spots: Vec<Spot>,
}

impl Matter {
    /// What those who may decide are told apart by.
    pub fn case(&self) -> Case<'_> {
        case(&self.order, &self.people)
    }
}

/// What is to be decided about an order.
pub fn case<'a>(order: &Order, people: &'a [Person]) -> Case<'a> {
    Case {
        people,
        creator: Creator {
            customer: order.customer,
            by_hand: order.placed_by,
            changed_by: order
                .request
                .as_ref()
                .and_then(|request| request.changed_by),
        },
        total: order.receipt.total.minor,
    }
}

/// An order that rules left to people; none if they never did.
pub async fn load(cx: &mut Cx<'_>, id: OrderId) -> Result<Option<Matter>, TurnError> {
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(None);
    };
    let Some(request) = order.request.clone() else {
        return Ok(None);
    };
    let mut people = people(cx).await?;
    let team = staff::reachable(cx).await?;
    let mut spots: Vec<Spot> = team.iter().map(Spot::of).collect();
    if let Some(company) = &order.company {
        for colleague in store::companies::members(cx.tx, company).await? {
            let member = &colleague.member;
            // Who presses is there.
            if colleague.reachable || member.user == cx.customer() {
                count_in(&mut people, member.user, (member.role, member.limit_minor));
            }
            let spot = spot(&colleague);
            let known = spots.iter().any(|known| known.chat == spot.chat);
            if colleague.reachable && !known {
                spots.push(spot);
            }
        }
    }
    Ok(Some(Matter {
        order,
        request,
        people,
        spots,
    }))
}

/// Counts a member of the order's company among those who may be asked.
pub fn count_in(
    people: &mut Vec<Person>,
    who: CustomerId,
    (role, limit): (companies::Role, Option<i64>),
) {
    let [approver, admin] = COMPANY_ROLES.map(str::to_owned);
    let role = match role {
        companies::Role::Buyer => return,
        companies::Role::Approver => (approver, limit),
        companies::Role::Admin => (admin, None),
    };
    match people.iter_mut().find(|person| person.id == who) {
        Some(known) => known.roles.push(role),
        None => people.push(Person {
            id: who,
            roles: vec![role],
            reachable: true,
            away: None,
        }),
    }
}

fn spot(colleague: &Colleague) -> Spot {
    Spot {
        chat: ChatId(colleague.member.user.0),
        topic: None,
        locale: colleague.locale.clone().unwrap_or_else(|| Locale::from("")),
    }
}

/// Everybody of the team as far as rules name their roles. Who presses is there; so is who looks
/// into the group for approvals, where there is one; otherwise whoever can be written to.
pub async fn people(cx: &mut Cx<'_>) -> Result<Vec<Person>, TurnError> {
    // Nobody's name comes with a timer: that is no press.
    let presses = (!cx.who.name.is_empty()).then_some(cx.customer());
    let group = staff::group(cx, staff::APPROVALS).await?.is_some();
    let duties = staff::duties(cx).await?;
    let seen = cx.glance().await?;
    let mut found: Vec<Person> = Vec::new();
    for duty in duties {
        let (id, role) = (duty.who, (duty.role.name().to_owned(), duty.limit));
        if let Some(known) = found.iter_mut().find(|person| person.id == id) {
            known.roles.push(role);
            continue;
        }
        let absence = seen.absences.iter().find(|absence| absence.who == id);
        found.push(Person {
            id,
            roles: vec![role],
            reachable: group
                || presses == Some(id)
                || seen.person(id).is_some_and(|person| person.reachable),
            away: absence.map(|absence| absence.stand_in),
        });
    }
    Ok(found)
}

/// Writes the request that changed while its order did not move.
async fn write(cx: &mut Cx<'_>, matter: &mut Matter) -> Result<(), TurnError> {
    matter.order.request = Some(matter.request.clone());
    if !store::orders::update_request(cx.tx, &matter.order).await? {
        return Err(TurnError::Overtaken);
    }
    Ok(())
}

/// The name of whoever acts, also in a turn that nobody's name came with.
async fn own_name(cx: &mut Cx<'_>) -> Result<String, TurnError> {
    if cx.who.name.is_empty() {
        return staff::name_of(cx, cx.customer()).await;
    }
    Ok(cx.who.name.clone())
}
