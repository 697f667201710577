//! `/company`: a company as its people and the shop's staff see it, and what they do with it.
//!
//! Rights are asked at every press, by what the person is in the company now; a company that is
//! none of theirs looks like one that does not exist.

use crate::chat::{Text, View, one_line};
use crate::domain::companies::{Company, Member, Role};
use crate::kernel::{ChatId, CompanyId, CustomerId, Locale};
use crate::store;
use crate::store::companies::Colleague;

use crate::app::access::{Act, acting};
use crate::app::audit::{Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::company as screen;
use crate::app::{buyer, commands, ordering, show, staff};

use super::tell::{self, Spot};
use super::{
    accounts, company_budget, company_details, company_leave, company_links, company_members,
    company_orders, company_staff,
};

/// The command that begins a new company's name.
const NEW: &str = "new";

/// A company in the hands of somebody who may see it.
pub struct Hand {
    /// The company.
    pub company: Company,
    /// Everybody in it, longest first.
    pub people: Vec<Colleague>,
    /// What the person is in it.
    pub own: Option<Role>,
    /// Whether the person makes and stops companies for the shop.
    pub staff: bool,
}

impl Hand {
    /// Whether the person looks after the company.
    pub fn is_admin(&self) -> bool {
        self.own == Some(Role::Admin)
    }

    /// Its members.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.people.iter().map(|person| &person.member)
    }

    /// One of its members.
    pub fn person(&self, user: CustomerId) -> Option<&Colleague> {
        let mut people = self.people.iter();
        people.find(|person| person.member.user == user)
    }

    /// What it is called; an erased one by its id.
    pub fn name(&self) -> &str {
        self.company.called()
    }
}

/// `/company` in a private chat.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    commands::set_menu(cx).await?;
    match words.split_once(char::is_whitespace) {
        Some((NEW, name)) => company_staff::create(cx, &one_line(name)).await,
        _ if words == NEW => company_staff::create(cx, "").await,
        _ => home(cx).await,
    }
}

/// A tap on one of its buttons.
pub async fn press(cx: &mut Cx<'_>, act: CompanyAct) -> Result<(), TurnError> {
    if !cx.shop.settings.companies {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    }
    match act {
        CompanyAct::Home => home(cx).await,
        CompanyAct::List(page) => company_staff::list(cx, page).await,
        CompanyAct::Open(id) => open(cx, &id).await,
        CompanyAct::LeaveAsk(ref id) | CompanyAct::Leave(ref id) => {
            company_leave::leave(cx, &id.clone(), &act).await
        }
        CompanyAct::StateAsk(ref id, active) | CompanyAct::State(ref id, active) => {
            company_staff::state(cx, &id.clone(), active, &act).await
        }
        CompanyAct::For => ask_for_whom(cx).await,
        CompanyAct::Choose(id) => choose(cx, id).await,
        CompanyAct::Deliver(address) => company_orders::deliver(cx, address).await,
        CompanyAct::Orders(id, page) => company_orders::list(cx, &id, page).await,
        CompanyAct::Order(order) => company_orders::order(cx, order).await,
        CompanyAct::LinkAsk(_)
        | CompanyAct::Link(..)
        | CompanyAct::AdminLink(_)
        | CompanyAct::TakeBack(..)
        | CompanyAct::Join(_)
        | CompanyAct::LetIn(..)
        | CompanyAct::Refuse(..) => company_links::press(cx, act).await,
        CompanyAct::Members(..)
        | CompanyAct::Member(..)
        | CompanyAct::RoleAsk(..)
        | CompanyAct::Role(..)
        | CompanyAct::LimitAsk(..)
        | CompanyAct::LimitNone(..)
        | CompanyAct::RemoveAsk(..)
        | CompanyAct::Remove(..) => company_members::press(cx, act).await,
        CompanyAct::BudgetAsk(..) | CompanyAct::BudgetNone(..) => {
            company_budget::press(cx, act).await
        }
        CompanyAct::Addresses(_)
        | CompanyAct::AddressNew(_)
        | CompanyAct::AddressDrop(..)
        | CompanyAct::Fields(_)
        | CompanyAct::Field(..)
        | CompanyAct::FieldDrop(..)
        | CompanyAct::Rules(_)
        | CompanyAct::RuleNew(_)
        | CompanyAct::RuleAdd(..)
        | CompanyAct::RuleDrop(..) => company_details::press(cx, act).await,
    }
}

/// Words typed where one of its screens asks for some; `false` if none does.
pub async fn words(cx: &mut Cx<'_>, at: &CompanyAct, words: &str) -> Result<bool, TurnError> {
    if !cx.shop.settings.companies {
        return Ok(false);
    }
    match at {
        CompanyAct::AddressNew(id) => company_details::new_address(cx, id, words).await?,
        CompanyAct::Field(id, step) => company_details::new_field(cx, (id, step), words).await?,
        CompanyAct::RuleNew(id) => company_details::new_rule(cx, id, words).await?,
        CompanyAct::LimitAsk(id, user) => {
            company_members::new_limit(cx, (id, *user), words).await?;
        }
        CompanyAct::BudgetAsk(id, user) => {
            company_budget::typed(cx, (id, *user), words).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// The company in the hands of whoever asks; none, and that is said, if it is none of theirs.
pub async fn hand(cx: &mut Cx<'_>, id: &CompanyId) -> Result<Option<Hand>, TurnError> {
    let staff = company_staff::is_staff(cx).await?;
    let places = buyer::own_places(cx).await?;
    let is_in = places.iter().any(|place| place.company == *id);
    let found = match staff || is_in {
        true => store::companies::find(cx.tx, id).await?,
        false => None,
    };
    let Some(company) = found else {
        refuse(cx, "company-not-yours");
        return Ok(None);
    };
    let people = store::companies::members(cx.tx, id).await?;
    let who = cx.customer();
    let own = people.iter().find(|person| person.member.user == who);
    let own = own.map(|person| person.member.role);
    if own.is_none() && !staff {
        // Taken out since the glance.
        refuse(cx, "company-not-yours");
        return Ok(None);
    }
    Ok(Some(Hand {
        company,
        people,
        own,
        staff,
    }))
}

/// The same for one of its admins only; others are told that it takes one.
pub async fn admins_hand(cx: &mut Cx<'_>, id: &CompanyId) -> Result<Option<Hand>, TurnError> {
    let Some(hand) = hand(cx, id).await? else {
        return Ok(None);
    };
    if hand.is_admin() {
        return Ok(Some(hand));
    }
    refuse(cx, "company-admins-only");
    Ok(None)
}

/// Says no, as an alert to a tap and as a message else.
pub fn refuse(cx: &mut Cx<'_>, text: &'static str) {
    match cx.query {
        Some(_) => cx.alert(Text::new(text)),
        None => cx.say(Text::new(text)),
    }
}

/// Writes the company, its version raised: whatever else of it is changed in this turn was decided
/// by what nobody changed meanwhile.
///
/// # Errors
/// [`TurnError::Overtaken`] if somebody was faster.
pub async fn save(cx: &mut Cx<'_>, company: &mut Company) -> Result<(), TurnError> {
    match store::companies::save(cx.tx, company, cx.now).await? {
        true => Ok(()),
        false => Err(TurnError::Overtaken),
    }
}

/// Keeps in the record what somebody changed, as which of the shop's roles if they have one that
/// looks after companies.
pub async fn kept(
    cx: &mut Cx<'_>,
    (did, subject): (Did, String),
    (before, after): (impl ToString, impl ToString),
) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let role = acting(&roles, Act::Companies);
    cx.audit(Deed::new(did, role, subject).from(before).to(after));
    Ok(())
}

/// A message that rings in somebody's private chat.
pub fn tell(cx: &mut Cx<'_>, (user, locale): (CustomerId, Option<Locale>), text: Text) {
    let spot = Spot {
        chat: ChatId(user.0),
        topic: None,
        locale: locale.unwrap_or_else(|| staff::first_locale(cx)),
    };
    tell::show(cx, &spot, View::say(text));
}

/// The same for every admin of a company but whoever acts.
pub fn tell_admins(cx: &mut Cx<'_>, hand: &Hand, text: &Text) {
    for admin in hand.people.iter().filter(|p| p.member.role == Role::Admin) {
        if admin.member.user != cx.customer() {
            let whom = (admin.member.user, admin.locale.clone());
            tell(cx, whom, text.clone());
        }
    }
}

async fn home(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if company_staff::is_staff(cx).await? {
        return company_staff::list(cx, 0).await;
    }
    let places = buyer::own_places(cx).await?;
    match places.as_slice() {
        [] => {
            cx.say(Text::new("company-none"));
            Ok(())
        }
        [only] => open(cx, &only.company.clone()).await,
        several => {
            let view = screen::own(cx.card(), several);
            let view = show::noted(cx, view);
            cx.show(&Route::Company(CompanyAct::Home), view);
            Ok(())
        }
    }
}

/// Shows a company.
pub async fn open(cx: &mut Cx<'_>, id: &CompanyId) -> Result<(), TurnError> {
    match hand(cx, id).await? {
        Some(hand) => opened(cx, &hand).await,
        None => Ok(()),
    }
}

/// Shows a company that is in hand.
pub async fn opened(cx: &mut Cx<'_>, hand: &Hand) -> Result<(), TurnError> {
    let for_it = buyer::company(cx).await?;
    let for_it = for_it.is_some_and(|place| place.company == hand.company.id);
    let credit = cx.shop.settings.credit.is_some() && accounts::is_allowed(cx).await?;
    let view = screen::open(
        cx.card(),
        &screen::Shown {
            company: &hand.company,
            members: hand.people.len() as i64,
            own: hand.own,
            staff: hand.staff,
            credit,
            for_it,
        },
    );
    let view = show::noted(cx, view);
    let at = CompanyAct::Open(hand.company.id.clone());
    cx.show(&Route::Company(at), view);
    Ok(())
}

/// Asks once more before `act` is carried out.
pub fn asked(
    cx: &mut Cx<'_>,
    hand: &Hand,
    (text, act): (Text, CompanyAct),
) -> Result<(), TurnError> {
    let back = CompanyAct::Open(hand.company.id.clone());
    let view = screen::ask(cx.card(), text, (act, back.clone()));
    let view = show::noted(cx, view);
    // Asked anew the company itself is shown: a question that nobody answered is over.
    cx.show(&Route::Company(back), view);
    Ok(())
}

async fn ask_for_whom(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let places = buyer::places(cx).await?;
    let now = buyer::company(cx).await?;
    let now = now.map(|place| place.company);
    let back = match &cx.session.dialogue {
        Some(_) => Route::Review,
        None => Route::Home,
    };
    let view = screen::for_whom(cx.card(), &places, (now.as_ref(), &back));
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::For), view);
    Ok(())
}

async fn choose(cx: &mut Cx<'_>, id: Option<CompanyId>) -> Result<(), TurnError> {
    let places = buyer::places(cx).await?;
    let place = match &id {
        None => None,
        Some(id) => {
            let place = places.iter().find(|place| place.company == *id);
            match place.filter(|place| place.active) {
                Some(place) => Some(place),
                None => {
                    refuse(cx, "company-not-yours");
                    return ask_for_whom(cx).await;
                }
            }
        }
    };
    buyer::choose(cx, id.as_ref()).await?;
    cx.toast(match place {
        Some(place) => Text::new("company-chosen").with("name", buyer::name(place)),
        None => Text::new("company-chosen-none"),
    });
    match (&cx.session.dialogue, id) {
        (Some(_), _) => ordering::hear(cx, crate::dialogue::Input::Begin).await,
        (None, Some(id)) => open(cx, &id).await,
        (None, None) => show::home(cx).await,
    }
}
