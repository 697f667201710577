//! A company's admin looks after its members: roles, limits, who goes.

use crate::chat::{Text, one_line};
use crate::domain::companies::{self, Role};
use crate::kernel::{AccountId, CompanyId, CustomerId};
use crate::store;
use crate::store::companies::Colleague;

use crate::app::audit::{self, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::basics::clipped;
use crate::app::screens::company_people as screen;
use crate::app::show;

use super::company::{self, Hand};
use super::company_details::{amount, amount_unreadable};
use super::company_leave;

/// People who wait that are shown; the next ones come up once these are decided.
const WAITING_SHOWN: i64 = 5;

/// A tap about members.
pub async fn press(cx: &mut Cx<'_>, act: CompanyAct) -> Result<(), TurnError> {
    match act {
        CompanyAct::Members(id, page) => match company::hand(cx, &id).await? {
            Some(hand) => list(cx, &hand, page).await,
            None => Ok(()),
        },
        CompanyAct::Member(id, user) => match company::hand(cx, &id).await? {
            Some(hand) => member(cx, &hand, user).await,
            None => Ok(()),
        },
        CompanyAct::RoleAsk(ref id, user, role) | CompanyAct::Role(ref id, user, role) => {
            change_role(cx, (&id.clone(), user, role), &act).await
        }
        CompanyAct::LimitAsk(id, user) => match company::admins_hand(cx, &id).await? {
            Some(hand) => ask_limit(cx, &hand, user).await,
            None => Ok(()),
        },
        CompanyAct::LimitNone(id, user) => set_limit(cx, (&id, user), None).await,
        CompanyAct::RemoveAsk(ref id, user) | CompanyAct::Remove(ref id, user) => {
            remove(cx, (&id.clone(), user), &act).await
        }
        _ => Ok(()),
    }
}

/// Shows a page of the members, and to an admin who waits to be let in.
pub async fn list(cx: &mut Cx<'_>, hand: &Hand, page: usize) -> Result<(), TurnError> {
    let id = &hand.company.id;
    let waiting = match hand.is_admin() {
        true => store::companies::waiting(cx.tx, id, WAITING_SHOWN).await?,
        false => Vec::new(),
    };
    let view = screen::members(cx.card(), hand, (&waiting, page));
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::Members(id.clone(), page)), view);
    Ok(())
}

/// Shows one member.
pub async fn member(cx: &mut Cx<'_>, hand: &Hand, user: CustomerId) -> Result<(), TurnError> {
    let Some(person) = hand.person(user) else {
        cx.notices.push(Text::new("company-member-gone"));
        return list(cx, hand, 0).await;
    };
    let limit = person.member.limit_minor.map(|minor| money(cx, minor));
    let let_in_by = person.member.let_in_by;
    let let_in_by = let_in_by.and_then(|user| hand.person(user));
    let budget = cx.shop.settings.credit.is_some();
    let budget = budget.then_some(cx.shop.settings.currency);
    let view = screen::member(cx.card(), hand, (person, let_in_by, limit), budget);
    let view = show::noted(cx, view);
    let at = CompanyAct::Member(hand.company.id.clone(), user);
    cx.show(&Route::Company(at), view);
    Ok(())
}

fn money(cx: &Cx<'_>, minor: i64) -> crate::kernel::Money {
    crate::kernel::Money::new(minor, cx.shop.settings.currency)
}

async fn change_role(
    cx: &mut Cx<'_>,
    (id, user, to): (&CompanyId, CustomerId, Role),
    act: &CompanyAct,
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let Some(person) = hand.person(user).cloned() else {
        return member(cx, &hand, user).await;
    };
    let from = person.member.role;
    if from == to {
        return member(cx, &hand, user).await;
    }
    if companies::check_change(hand.members(), user, Some(to)).is_err() {
        cx.alert(Text::new("company-last-admin"));
        return member(cx, &hand, user).await;
    }
    let name = clipped(&person.name);
    if let CompanyAct::RoleAsk(..) = act {
        let text = Text::new("company-role-ask")
            .with("who", name)
            .with("role", screen::role(to));
        return company::asked(cx, &hand, (text, CompanyAct::Role(id.clone(), user, to)));
    }
    company::save(cx, &mut hand.company).await?;
    if !store::companies::set_role(cx.tx, id, user, (from, to)).await? {
        return Err(TurnError::Overtaken);
    }
    let was = audit::place(from, person.member.limit_minor);
    let did = (Did::CompanyMember, audit::of_member(id, user));
    company::kept(cx, did, (was, audit::place(to, None))).await?;
    if user != cx.customer() {
        let text = Text::new("company-role-now")
            .with("name", hand.name())
            .with("role", screen::role(to));
        company::tell(cx, (user, person.locale.clone()), text);
    } else {
        hand.own = Some(to);
    }
    changed(cx, hand, user, |person| {
        (person.member.role, person.member.limit_minor) = (to, None);
    })
    .await
}

/// Shows a member as they are after a change.
pub async fn changed(
    cx: &mut Cx<'_>,
    mut hand: Hand,
    user: CustomerId,
    change: impl FnOnce(&mut Colleague),
) -> Result<(), TurnError> {
    let mut people = hand.people.iter_mut();
    if let Some(person) = people.find(|person| person.member.user == user) {
        change(person);
    }
    member(cx, &hand, user).await
}

async fn ask_limit(cx: &mut Cx<'_>, hand: &Hand, user: CustomerId) -> Result<(), TurnError> {
    let approver = hand
        .person(user)
        .filter(|person| person.member.role == Role::Approver);
    let Some(person) = approver else {
        return member(cx, hand, user).await;
    };
    let view = screen::ask_limit(cx.card(), hand, person);
    let view = show::noted(cx, view);
    let at = CompanyAct::LimitAsk(hand.company.id.clone(), user);
    cx.show(&Route::Company(at), view);
    Ok(())
}

/// An amount typed where an approver's limit is asked for.
pub async fn new_limit(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    words: &str,
) -> Result<(), TurnError> {
    match amount(cx, &one_line(words)) {
        Some(limit) if limit > 0 => set_limit(cx, (id, user), Some(limit)).await,
        _ => {
            let Some(hand) = company::admins_hand(cx, id).await? else {
                return Ok(());
            };
            cx.notices.push(amount_unreadable());
            ask_limit(cx, &hand, user).await
        }
    }
}

async fn set_limit(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    limit: Option<i64>,
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let approves = hand
        .person(user)
        .is_some_and(|person| person.member.role == Role::Approver);
    if !approves {
        return member(cx, &hand, user).await;
    }
    company::save(cx, &mut hand.company).await?;
    if !store::companies::set_limit(cx.tx, id, user, limit).await? {
        return Err(TurnError::Overtaken);
    }
    let was = hand
        .person(user)
        .and_then(|person| person.member.limit_minor);
    let place = |limit| audit::place(Role::Approver, limit);
    let did = (Did::CompanyMember, audit::of_member(id, user));
    company::kept(cx, did, (place(was), place(limit))).await?;
    changed(cx, hand, user, |person| person.member.limit_minor = limit).await
}

/// How many of somebody's open orders are on the company's account.
async fn open_orders(cx: &mut Cx<'_>, id: &CompanyId, user: CustomerId) -> Result<i64, TurnError> {
    if cx.shop.settings.credit.is_none() {
        return Ok(0);
    }
    let account = AccountId::Company(id.clone());
    Ok(store::orders::open_on(cx.tx, &account, user).await?)
}

async fn remove(
    cx: &mut Cx<'_>,
    (id, user): (&CompanyId, CustomerId),
    act: &CompanyAct,
) -> Result<(), TurnError> {
    let Some(mut hand) = company::admins_hand(cx, id).await? else {
        return Ok(());
    };
    let Some(person) = hand.person(user).cloned() else {
        return member(cx, &hand, user).await;
    };
    if companies::check_change(hand.members(), user, None).is_err() {
        cx.alert(Text::new("company-last-admin"));
        return member(cx, &hand, user).await;
    }
    let name = clipped(&person.name);
    if let CompanyAct::RemoveAsk(..) = act {
        let text = Text::new("company-remove-ask")
            .with("who", name)
            .with("name", hand.name());
        let text = match open_orders(cx, id, user).await? {
            0 => text,
            count => Text::new("company-remove-with").with("ask", text).with(
                "orders",
                Text::new("company-remove-open").with("count", count),
            ),
        };
        return company::asked(cx, &hand, (text, CompanyAct::Remove(id.clone(), user)));
    }
    company::save(cx, &mut hand.company).await?;
    if !store::companies::remove(cx.tx, id, user).await? {
        return Err(TurnError::Overtaken);
    }
    let was = audit::place(person.member.role, person.member.limit_minor);
    let did = (Did::CompanyMember, audit::of_member(id, user));
    company::kept(cx, did, (was, "")).await?;
    if user == cx.customer() {
        company_leave::gone(cx, id);
        return Ok(());
    }
    company_leave::taken_out(cx, id, user);
    cx.notices
        .push(Text::new("company-removed").with("who", name));
    let text = Text::new("company-removed-you").with("name", hand.name());
    company::tell(cx, (user, person.locale.clone()), text);
    hand.people.retain(|person| person.member.user != user);
    list(cx, &hand, 0).await
}
