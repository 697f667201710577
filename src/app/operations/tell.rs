//! Tells everybody concerned of an order: the customer's card and pushes, the kitchen's cards.

use crate::chat::{Arg, Button, Photo, Post, Text, View};
use crate::domain::orders::pushes::{Moment, StaffMoment};
use crate::domain::orders::{Audience, Event, Fulfilment, Order, State, Step, audience};
use crate::kernel::{ChatId, CustomerId, Locale, OrderId};
use crate::shop::Shop;
use crate::store;

use crate::app::access::{Act, Role, may};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{NotifyAct, Route};
use crate::app::screens::kitchen::Desk;
use crate::app::screens::review::Answered;
use crate::app::screens::{kitchen, order};
use crate::app::{ordering, staff, talk};

use super::{alert, fold};

/// A chat that works orders, and its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The chat.
    pub chat: ChatId,
    /// The topic.
    pub topic: Option<i64>,
    /// The language of its cards.
    pub locale: Locale,
}

impl Spot {
    /// Somebody's private chat.
    pub fn of(person: &staff::Person) -> Self {
        Self {
            chat: ChatId(person.id.0),
            topic: None,
            locale: person.locale.clone(),
        }
    }
}

/// The name of an order's card for its customer.
fn customer_card_name(order: &Order) -> String {
    format!("order:{}", order.id)
}

/// The name of an order's card for those who work it, the same in every chat. Not the
/// customer's: an owner who tries the shop alone has both in one chat.
pub fn work_card_name(order: OrderId) -> String {
    format!("work:{order}")
}

/// Shows the customer's card: in place, or anew below.
pub fn customer_card(cx: &mut Cx<'_>, order: &Order, fresh: bool) {
    let locale = cx.session.locale.clone();
    customer_card_in(cx, &locale, order, (fresh, order::Asking::Nothing));
}

/// The message that the order was put together on becomes its card: nothing scrolls away, and no
/// old screen is left above it.
pub fn living_becomes_card(cx: &mut Cx<'_>, order: &Order) {
    if cx.fresh {
        ordering::strip_living(cx);
        return customer_card(cx, order, true);
    }
    for notice in std::mem::take(&mut cx.notices) {
        cx.say(notice);
    }
    let answers = talk::answered_of(cx.shop.flow(&order.flow), order);
    let view = order::card(order, &answers, order::Asking::Nothing);
    cx.become_card(customer_card_name(order), order.version, view);
}

/// Shows the customer's card in their language, perhaps in the middle of a question.
pub fn customer_card_in(
    cx: &mut Cx<'_>,
    locale: &Locale,
    order: &Order,
    (fresh, asking): (bool, order::Asking),
) {
    let answers = talk::answered_of(cx.shop.flow(&order.flow), order);
    let post = Post::Card {
        chat: order.chat,
        topic: None,
        card: customer_card_name(order),
        version: order.version,
        view: order::card(order, &answers, asking),
        fresh,
        loud: false,
    };
    cx.post(locale.clone(), post);
}

/// The chats where orders are worked now: the kitchen's group, or its people one by one, or
/// the owner. Nothing waits unseen.
pub async fn kitchen_spots(cx: &mut Cx<'_>) -> Result<Vec<Spot>, TurnError> {
    if let Some(group) = staff::kitchen_group(cx).await? {
        return Ok(vec![group]);
    }
    let mut people = staff::reachable(cx).await?;
    people.retain(|person| may(&person.roles, Act::WorkOrders));
    let is_kitchen = |person: &&staff::Person| person.roles.contains(&Role::Kitchen);
    let kitchen: Vec<Spot> = people.iter().filter(is_kitchen).map(Spot::of).collect();
    if kitchen.is_empty() {
        return Ok(people.iter().map(Spot::of).collect());
    }
    Ok(kitchen)
}

/// The chats where orders are brought from now: the couriers' group, or couriers one by one.
/// None: the kitchen does that too.
pub async fn courier_spots(cx: &mut Cx<'_>) -> Result<Vec<Spot>, TurnError> {
    if let Some(group) = staff::group(cx, staff::COURIERS).await? {
        return Ok(vec![group]);
    }
    let people = staff::reachable(cx).await?;
    let couriers = people
        .iter()
        .filter(|person| person.roles.contains(&Role::Courier));
    Ok(couriers.map(Spot::of).collect())
}

/// Whether those who bring orders are asked to bring this one.
pub fn is_to_go(order: &Order) -> bool {
    order.fulfilment == Fulfilment::Delivery
        && matches!(order.state, State::Ready | State::OutForDelivery)
}

/// For whom a card in this chat is. In a private chat the person's own roles decide: a courier
/// never gets the kitchen's card.
async fn desk(cx: &mut Cx<'_>, order: &Order, spot: &Spot) -> Result<Desk, TurnError> {
    let is_brought = order.fulfilment == Fulfilment::Delivery;
    if spot.chat.0 > 0 {
        let roles = staff::roles(cx, CustomerId(spot.chat.0)).await?;
        if !may(&roles, Act::WorkOrders) {
            let brings = is_brought && may(&roles, Act::Deliver);
            return Ok(if brings { Desk::Courier } else { Desk::Reader });
        }
    }
    if !is_brought {
        return Ok(Desk::All);
    }
    let couriers = courier_spots(cx).await?;
    let kitchen = kitchen_spots(cx).await?;
    let is_of = |spots: &[Spot]| spots.iter().any(|known| known.chat == spot.chat);
    Ok(match (is_of(&kitchen), is_of(&couriers)) {
        (true, false) if !couriers.is_empty() => Desk::Kitchen,
        (false, true) if spot.chat.0 < 0 => Desk::Courier,
        // One chat for both, nobody else who brings it, or somebody who looks after everything.
        _ => Desk::All,
    })
}

/// Shows the cards of those who work an order, and bring it once it is ready: anew where they do
/// now, or every copy edited; a chat that has none gets one.
pub async fn kitchen_cards(
    cx: &mut Cx<'_>,
    order: &Order,
    decided: Option<kitchen::Decided>,
    fresh: bool,
) -> Result<(), TurnError> {
    let mut spots = kitchen_spots(cx).await?;
    if is_to_go(order) {
        for spot in courier_spots(cx).await? {
            if !spots.iter().any(|known| known.chat == spot.chat) {
                spots.push(spot);
            }
        }
    }
    if !fresh {
        if let Some(group) = folded_in(cx, order.id).await? {
            // It has no card there: the list follows.
            spots.retain(|spot| spot.chat != group);
            fold::refresh(cx, group);
        }
        other_copies(cx, order, &mut spots).await?;
    }
    for spot in spots {
        let asking = kitchen::Asking::Nothing;
        kitchen_card(cx, order, &spot, (decided.clone(), asking, fresh)).await?;
    }
    Ok(())
}

/// Adds the chats where the card is shown beside those that are known.
async fn other_copies(
    cx: &mut Cx<'_>,
    order: &Order,
    spots: &mut Vec<Spot>,
) -> Result<(), TurnError> {
    for chat in showing(cx, &work_card_name(order.id)).await? {
        if !spots.iter().any(|spot| spot.chat == chat) && may_see(cx, chat).await? {
            let locale = staff::locale_of_chat(cx, chat).await?;
            spots.push(Spot {
                chat,
                topic: None,
                locale,
            });
        }
    }
    Ok(())
}

/// People have decided about an order, or it was taken back: once it is approved those who work it
/// get its card, and where somebody had looked it up before, that copy follows.
pub async fn ruled_cards(
    cx: &mut Cx<'_>,
    order: &Order,
    decided: Option<kitchen::Decided>,
) -> Result<(), TurnError> {
    let mut spots = Vec::new();
    if order.state == State::Confirmed {
        kitchen_cards(cx, order, None, true).await?;
        kitchen_photos(cx, order).await?;
        spots = kitchen_spots(cx).await?;
    }
    let shown_anew = spots.len();
    other_copies(cx, order, &mut spots).await?;
    for spot in spots.iter().skip(shown_anew) {
        let asking = kitchen::Asking::Nothing;
        kitchen_card(cx, order, spot, (decided.clone(), asking, false)).await?;
    }
    Ok(())
}

/// Whether those in a chat may still see orders: a person may have left the team.
async fn may_see(cx: &mut Cx<'_>, chat: ChatId) -> Result<bool, TurnError> {
    if chat.0 < 0 {
        return Ok(true);
    }
    let roles = staff::roles(cx, CustomerId(chat.0)).await?;
    Ok(may(&roles, Act::LookUp) || may(&roles, Act::Deliver))
}

/// The group in whose list an order stands, if it does.
pub async fn folded_in(cx: &mut Cx<'_>, order: OrderId) -> Result<Option<ChatId>, TurnError> {
    if cx.about != Some(order) {
        return Ok(None);
    }
    Ok(cx.glance().await?.folded)
}

/// Shows an order anew to those who bring it now: couriers, or the kitchen if there are none.
pub async fn courier_cards(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let spots = courier_spots(cx).await?;
    if spots.is_empty() {
        return kitchen_cards(cx, order, None, true).await;
    }
    for spot in spots {
        let asking = kitchen::Asking::Nothing;
        kitchen_card(cx, order, &spot, (None, asking, true)).await?;
    }
    Ok(())
}

/// Sends the pictures of an order's answers to where it is worked, below its card.
pub async fn kitchen_photos(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let photos = talk::photos_of(shop.flow(&order.flow), order);
    if photos.is_empty() {
        return Ok(());
    }
    for spot in kitchen_spots(cx).await? {
        for (title, file_id) in &photos {
            let text = Text::new("kitchen-photo")
                .with("number", Arg::Words(order.number.to_string()))
                .with("title", Arg::Shop(title.clone()));
            let mut view = View::say(text);
            view.photo = Some(Photo::Sent(file_id.clone()));
            let post = Post::Say {
                chat: spot.chat,
                topic: spot.topic,
                view,
                loud: false,
            };
            cx.post(spot.locale.clone(), post);
        }
    }
    Ok(())
}

/// The chats where a card of this name is shown to the team.
pub async fn showing(cx: &mut Cx<'_>, card: &str) -> Result<Vec<ChatId>, TurnError> {
    let known = cx
        .about
        .is_some_and(|order| card.ends_with(&format!(":{order}")));
    if !known {
        return Ok(store::orders::chats_showing(cx.tx, card).await?);
    }
    let showing = cx.glance().await?.showing.iter();
    let here = showing.filter(|(shown, _)| shown == card);
    Ok(here.map(|(_, chat)| *chat).collect())
}

/// Shows the kitchen's card in one chat.
pub async fn kitchen_card(
    cx: &mut Cx<'_>,
    order: &Order,
    spot: &Spot,
    (decided, asking, fresh): (Option<kitchen::Decided>, kitchen::Asking, bool),
) -> Result<(), TurnError> {
    let view = kitchen_view(cx, order, spot, (decided, asking)).await?;
    let post = Post::Card {
        chat: spot.chat,
        topic: spot.topic,
        card: work_card_name(order.id),
        version: order.version,
        view,
        fresh,
        loud: cx.shop.settings.pushes.tells_staff(StaffMoment::Place) == Some(true),
    };
    cx.post(spot.locale.clone(), post);
    Ok(())
}

/// Shows a further copy of the kitchen's card, in another topic than the others.
pub async fn kitchen_copy(
    cx: &mut Cx<'_>,
    order: &Order,
    spot: &Spot,
    decided: Option<kitchen::Decided>,
) -> Result<(), TurnError> {
    let view = kitchen_view(cx, order, spot, (decided, kitchen::Asking::Nothing)).await?;
    let post = Post::Copy {
        chat: spot.chat,
        topic: spot.topic,
        card: work_card_name(order.id),
        version: order.version,
        view,
    };
    cx.post(spot.locale.clone(), post);
    Ok(())
}

async fn kitchen_view(
    cx: &mut Cx<'_>,
    order: &Order,
    spot: &Spot,
    (decided, asking): (Option<kitchen::Decided>, kitchen::Asking),
) -> Result<View, TurnError> {
    let details = Details::load(cx, order).await?;
    let desk = desk(cx, order, spot).await?;
    // Privately alone: in a group the most would press in vain.
    let change = spot.chat.0 > 0 && {
        let roles = staff::roles(cx, CustomerId(spot.chat.0)).await?;
        may(&roles, Act::PlaceForOthers)
    };
    let shop = cx.shop.clone();
    Ok(kitchen::card(&kitchen::KitchenCard {
        desk,
        decided,
        asking,
        change,
        ..details.card(&shop, order)
    }))
}

/// What a card for the team says beside what the order itself holds.
pub struct Details {
    customer: String,
    reachable: bool,
    by_hand: Option<String>,
    answers: Vec<Answered>,
}

impl Details {
    /// Looks it up.
    pub async fn load(cx: &mut Cx<'_>, order: &Order) -> Result<Self, TurnError> {
        // A timer's turn is in the customer's lane too, but nobody's name came with it.
        let customer = if cx.customer() == order.customer && !cx.who.name.is_empty() {
            cx.who.name.clone()
        } else {
            staff::name_of(cx, order.customer).await?
        };
        Ok(Self {
            customer,
            reachable: staff::is_reachable(cx, order.customer).await?,
            by_hand: match order.placed_by {
                Some(who) => Some(staff::name_of(cx, who).await?),
                None => None,
            },
            answers: talk::answered_of(cx.shop.flow(&order.flow), order),
        })
    }

    /// The card for who looks after everything, with nothing decided or asked.
    pub fn card<'a>(&'a self, shop: &'a Shop, order: &'a Order) -> kitchen::KitchenCard<'a> {
        let flow = shop.flow(&order.flow);
        kitchen::KitchenCard {
            order,
            flow: flow.map_or("", |flow| flow.title.as_str()),
            customer: &self.customer,
            reachable: self.reachable,
            answers: &self.answers,
            minutes: &shop.settings.kitchen.minutes,
            reasons: &shop.settings.kitchen.reasons,
            refusals: &shop.settings.kitchen.refusals,
            print: shop.settings.print.button,
            change: false,
            by_hand: self.by_hand.as_deref(),
            failures: &shop.settings.delivery.failures,
            desk: Desk::All,
            decided: None,
            asking: kitchen::Asking::Nothing,
        }
    }
}

/// After a move: every card edited, and a message for whom it concerns. Whoever makes an order
/// hears of it once it is approved, and never of one that was not.
pub async fn moved(
    cx: &mut Cx<'_>,
    before: &Order,
    order: &Order,
    step: &Step,
) -> Result<(), TurnError> {
    let locale = customer_locale(cx, order).await?;
    customer_card_in(cx, &locale, order, (false, order::Asking::Nothing));
    let Some(event) = step.event.event else {
        return Ok(());
    };
    let decided = kitchen::Decided {
        event,
        who: match step.event.actor.user {
            Some(_) => cx.who.name.clone(),
            None => String::new(),
        },
        at: step.event.at,
    };
    let decided = step.event.actor.user.map(|_| decided);
    let is_new = before.is_ruled();
    if is_new {
        ruled_cards(cx, order, decided).await?;
    } else {
        kitchen_cards(cx, order, decided, false).await?;
    }
    for who in audience(Some(event), step.event.actor.role) {
        if is_new && who != Audience::Customer {
            continue;
        }
        match who {
            Audience::Customer => push(cx, &locale, order, step).await?,
            Audience::Kitchen => {
                let spots = kitchen_spots(cx).await?;
                ring(cx, order, event, &spots);
            }
            Audience::Couriers => {
                let was_asked =
                    matches!(step.event.from, Some(State::Ready | State::OutForDelivery));
                if was_asked && order.fulfilment == Fulfilment::Delivery {
                    let kitchen = kitchen_spots(cx).await?;
                    let mut spots = courier_spots(cx).await?;
                    spots.retain(|spot| !kitchen.iter().any(|known| known.chat == spot.chat));
                    ring(cx, order, event, &spots);
                }
            }
        }
    }
    Ok(())
}

/// The language of an order's customer.
pub async fn customer_locale(cx: &mut Cx<'_>, order: &Order) -> Result<Locale, TurnError> {
    if cx.customer() == order.customer {
        return Ok(cx.session.locale.clone());
    }
    staff::locale_of(cx, order.customer).await
}

async fn push(
    cx: &mut Cx<'_>,
    locale: &Locale,
    order: &Order,
    step: &Step,
) -> Result<(), TurnError> {
    let moment = step
        .event
        .event
        .and_then(|event| Moment::of(event, order.fulfilment));
    if let (Some(moment), Some(text)) = (moment, order::push(order, &step.event)) {
        customer(cx, (locale, order), moment, text).await?;
    }
    Ok(())
}

/// A message for an order's customer, as loud as the shop's table and they want it; perhaps none.
/// One that they can switch off says how.
pub async fn customer(
    cx: &mut Cx<'_>,
    (locale, order): (&Locale, &Order),
    moment: Moment,
    text: Text,
) -> Result<(), TurnError> {
    let wishes = staff::wishes_of(cx, order.customer).await?;
    let settings = &cx.shop.settings;
    let minute = settings.zone.wall(cx.now).minute;
    let Some(loud) = settings.pushes.tells(moment, wishes, minute) else {
        return Ok(());
    };
    let mut view = View::say(text);
    if !moment.is_always_told() {
        let data = Route::Notify(NotifyAct::Show).data(0);
        view = view.row(vec![Button::data(Text::new("button-notify"), data)]);
    }
    let post = Post::Say {
        chat: order.chat,
        topic: None,
        view,
        loud,
    };
    cx.post(locale.clone(), post);
    Ok(())
}

fn ring(cx: &mut Cx<'_>, order: &Order, event: Event, spots: &[Spot]) {
    let id = match event {
        Event::RequestCancel => "ring-cancel-asked",
        Event::Amend => "ring-amended",
        Event::Fail => "ring-not-delivered",
        Event::GrantCancel => "ring-cancelled",
        Event::Cancel if !order::nobody_took(order) => "ring-cancelled",
        _ => "ring-expired",
    };
    let Some(moment) = StaffMoment::of(event) else {
        return;
    };
    let text = Text::new(id).with("number", Arg::Words(order.number.to_string()));
    said_to(cx, moment, &text, spots);
}

/// A message where orders are worked now, as loud as the shop's table wants it; perhaps none.
pub async fn kitchen(cx: &mut Cx<'_>, moment: StaffMoment, text: Text) -> Result<(), TurnError> {
    let spots = kitchen_spots(cx).await?;
    said_to(cx, moment, &text, &spots);
    Ok(())
}

/// A message in some chats of the team, as loud as the shop's table wants it; perhaps none.
fn said_to(cx: &mut Cx<'_>, moment: StaffMoment, text: &Text, spots: &[Spot]) {
    let Some(loud) = cx.shop.settings.pushes.tells_staff(moment) else {
        return;
    };
    for spot in spots {
        let post = Post::Say {
            chat: spot.chat,
            topic: spot.topic,
            view: View::say(text.clone()),
            loud,
        };
        cx.post(spot.locale.clone(), post);
    }
}

/// A message that rings in one chat.
pub fn show(cx: &mut Cx<'_>, spot: &Spot, view: View) {
    let post = Post::Say {
        chat: spot.chat,
        topic: spot.topic,
        view,
        loud: true,
    };
    cx.post(spot.locale.clone(), post);
}

/// A message that rings for the shop's owners, or for its managers if no owner can be reached.
pub async fn owners(cx: &mut Cx<'_>, text: Text) -> Result<(), TurnError> {
    for spot in alert::recipients(cx).await? {
        show(cx, &spot, View::say(text.clone()));
    }
    Ok(())
}
