//! An order being put together: the dialogue engine's turns carried out.

use crate::chat::{Post, Text, View};
use crate::dialogue::session::Changing;
use crate::dialogue::{
    End, Facts, Flow, Input, Outcome as Ran, Place, ScreenEnd, Step, StepKind, Then, advance,
};
use crate::domain::approvals::Decision;
use crate::domain::orders::Order;
use crate::store;
use crate::store::companies::Membership;

use super::basket::{self, Basket};
use super::buyer;
use super::by_hand;
use super::credit;
use super::cx::{Cx, LIVING};
use super::operations::approval::judge::At;
use super::operations::{approval, hold_cart, place_order};
use super::outcome::TurnError;
use super::route::Route;
use super::screens::approval::rule_text;
use super::screens::{self, review, step};
use super::{marks, profile, seat, show, taking, talk};

/// Rounds of asking the engine again in one turn; more would be a loop in a flow.
const MAX_ROUNDS: usize = 8;

/// Begins a flow, or goes on with it if it is the one under way.
pub async fn begin(cx: &mut Cx<'_>, flow: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    match shop.flow(flow) {
        Some(wanted) if !seat::is_missing(cx, wanted) => {}
        _ => return show::home(cx).await,
    }
    take_flow(cx, flow).await?;
    hear(cx, Input::Begin).await
}

/// Makes the conversation one of this flow; the cart moves along.
pub async fn take_flow(cx: &mut Cx<'_>, flow: &str) -> Result<(), TurnError> {
    let under_way = cx.session.dialogue.as_ref().is_some_and(|p| p.flow == flow);
    if !under_way {
        cx.session.dialogue = Some(Place {
            flow: flow.to_owned(),
            ..Place::default()
        });
    }
    let cart = basket::load(cx).await?.map(|basket| basket.cart);
    if let Some(mut cart) = cart.filter(|cart| cart.flow != flow) {
        flow.clone_into(&mut cart.flow);
        basket::save(cx, cart).await?;
    }
    Ok(())
}

/// Lets the conversation hear something and shows what comes of it.
pub async fn hear(cx: &mut Cx<'_>, input: Input) -> Result<(), TurnError> {
    let Some(place) = cx.session.dialogue.clone() else {
        return show::home(cx).await;
    };
    let Some(mut flow) = cx.shop.flow(&place.flow).cloned() else {
        cx.session.dialogue = None;
        let gone = talk::shop_text(&cx.shop.patterns.step_gone);
        cx.notices.push(gone);
        return show::home(cx).await;
    };
    let leaving = matches!(input, Input::Cancel) || place.cancelling;
    if !leaving && seat::is_missing(cx, &flow) {
        return show::home(cx).await;
    }
    // What was pressed was meant for a company that they can't order for any more.
    let input = match !leaving && buyer::settle(cx).await? {
        true => Input::Begin,
        false => input,
    };
    credit::offer(cx, &mut flow).await?;
    let basket = basket::load(cx).await?;
    let facts = facts(cx, &place, basket.as_ref()).await?;
    let (whose, own) = (cx.orderer(), cx.glance().await?.known.clone());
    let company = buyer::company(cx).await?;
    let mut talk = Talk {
        flow: &flow,
        facts: &facts,
        basket,
    };
    let mut input = input;
    for _ in 0..MAX_ROUNDS {
        match Box::pin(talk.round(cx, input)).await? {
            Some(next) => input = next,
            // An order for somebody else is over, and with it their conversation.
            None if cx.orderer() != whose => return Ok(()),
            None => {
                let known = (&own, company.as_ref());
                return profile::remember(cx, (&flow, &facts), known).await;
            }
        }
    }
    Err(TurnError::Corrupt("a flow goes round and round".to_owned()))
}

/// One conversation within one turn: what was loaded for it.
struct Talk<'f> {
    flow: &'f Flow,
    facts: &'f Facts,
    basket: Option<Basket>,
}

impl Talk<'_> {
    /// One round of the engine; what an operation came to is heard in the next.
    async fn round(&mut self, cx: &mut Cx<'_>, input: Input) -> Result<Option<Input>, TurnError> {
        let place = cx.session.dialogue.clone().unwrap_or_default();
        let before = self.flow.step(&place.step);
        let turn = advance(self.flow, place, input, self.facts);
        let said_to = before.or_else(|| self.flow.step(&turn.place.step));
        let notes = turn.notes.iter().map(|note| cx.shop.note(said_to, note));
        let notes: Vec<Text> = notes.collect();
        cx.notices.extend(notes);
        cx.session.dialogue = Some(turn.place);
        if let Some(basket) = self.basket.take() {
            // A fee may depend on what was just answered.
            self.basket = Some(basket::priced(cx, basket.cart).await?);
        }
        match turn.then {
            Then::Ask { .. } => ask(cx, self.flow, self.facts, self.basket.take()).await?,
            Then::AskCancel => show::ask_cancel(cx),
            Then::Leave => show::home(cx).await?,
            Then::Ended(End::Cancelled) => cancelled(cx).await?,
            Then::Ended(End::Placed) => {
                cx.session.dialogue = None;
                cx.session.cart = None;
                by_hand::end(cx);
            }
            Then::Run => return self.place(cx).await.map(Some),
        }
        Ok(None)
    }

    async fn place(&self, cx: &mut Cx<'_>) -> Result<Input, TurnError> {
        let basket = self
            .basket
            .as_ref()
            .filter(|basket| !basket.cart.is_empty());
        let Some(basket) = basket else {
            let items = self.flow.steps.iter().find(|s| s.kind == StepKind::Items);
            return Ok(Input::Ran(Ran::Refused(items.map(|s| s.id.clone()))));
        };
        let placed = place_order::place_order(cx, self.flow, self.facts, basket).await?;
        Ok(Input::Ran(if placed {
            Ran::Done
        } else {
            Ran::Refused(None)
        }))
    }
}

/// Whether the conversation stands at choosing items; none if it stands nowhere.
fn at_items(cx: &Cx<'_>) -> Option<bool> {
    let place = cx.session.dialogue.as_ref()?;
    let step = cx.shop.flow(&place.flow)?.step(&place.step)?;
    Some(step.kind == StepKind::Items)
}

/// Whether the conversation stands at choosing items.
pub fn stands_at_items(cx: &Cx<'_>) -> bool {
    at_items(cx) == Some(true)
}

/// Whether the conversation stands at a step that asks for an address.
pub fn stands_at_address(cx: &Cx<'_>) -> bool {
    let place = cx.session.dialogue.as_ref();
    place
        .and_then(|place| cx.shop.flow(&place.flow)?.step(&place.step))
        .is_some_and(|step| matches!(step.kind, StepKind::Address { .. }))
}

/// Done with choosing: whatever step the conversation stands at, the items are settled.
pub async fn leave_items(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    match at_items(cx) {
        Some(false) => hear(cx, Input::Begin).await,
        Some(true) | None => hear(cx, Input::Screen(ScreenEnd::Done)).await,
    }
}

/// The facts of this moment for steps and conditions.
pub async fn facts(
    cx: &mut Cx<'_>,
    place: &Place,
    basket: Option<&Basket>,
) -> Result<Facts, TurnError> {
    let person = cx.glance().await?.known.clone();
    let cart = basket.map(|b| (&b.cart, &b.receipt));
    let language = cx.session.locale.as_str().to_owned();
    let mut facts = talk::facts(&cx.shop, place, cart, &person, (&language, cx.now));
    facts.order.table = seat::table_id(cx);
    buyer::tell_facts(buyer::company(cx).await?.as_ref(), &mut facts);
    Ok(facts)
}

async fn ask(
    cx: &mut Cx<'_>,
    flow: &Flow,
    facts: &Facts,
    basket: Option<Basket>,
) -> Result<(), TurnError> {
    let Some(place) = cx.session.dialogue.clone() else {
        return show::home(cx).await;
    };
    let Some(asked) = flow.step(&place.step) else {
        return show::home(cx).await;
    };
    let at = talk::place_of(flow, &place, facts);
    match asked.kind {
        StepKind::Items => {
            let title = Text::new("step-place")
                .with("at", at.0 as i64)
                .with("of", at.1 as i64)
                .with("title", crate::chat::Arg::Shop(asked.title.clone()));
            show::categories(cx, Some(title)).await
        }
        StepKind::Review => show_review(cx, flow, facts, (basket, at)).await,
        StepKind::Text { .. }
        | StepKind::Number { .. }
        | StepKind::Phone
        | StepKind::Choice(_)
        | StepKind::Choices { .. }
        | StepKind::YesNo
        | StepKind::Date { .. }
        | StepKind::Slot(_)
        | StepKind::Location
        | StepKind::Address { .. }
        | StepKind::Photo
        | StepKind::Payment(_) => {
            if matches!(asked.kind, StepKind::Payment(_)) {
                let standing = credit::at_payment(cx, &flow.id).await?;
                cx.notices.extend(standing);
            }
            let company = buyer::company(cx).await?;
            show_step(cx, asked, at, (facts, company.as_ref())).await
        }
    }
}

async fn show_step(
    cx: &mut Cx<'_>,
    asked: &Step,
    at: (usize, usize),
    (facts, company): (&Facts, Option<&Membership>),
) -> Result<(), TurnError> {
    let why = profile::why(cx, asked).await?;
    let own = profile::orderers(cx).await?;
    let place = cx.session.dialogue.clone().unwrap_or_default();
    let notices = std::mem::take(&mut cx.notices);
    let known = talk::offered(asked, &place, facts);
    let own = step::Own::of(asked, &own, (known.as_ref(), cx.page), &facts.calendar);
    let shown = step::Asked {
        step: asked,
        place: at,
        known,
        own,
        why,
        ticked: &place.ticked,
        calendar: &facts.calendar,
        addresses: company.map_or(&[], |company| &company.details.addresses),
        notices,
    };
    let view = step::ask(cx.card(), &shown);
    cx.show(&Route::Step, view);
    // Who takes an order for somebody else has no number or place of theirs to share.
    let keys = step::reply_keys(asked).filter(|_| cx.session.by_hand.is_none());
    if let Some(keys) = keys {
        offer_keys(cx, keys);
    }
    Ok(())
}

/// Offers a reply keyboard beside a screen that is no step, unless it lies there already.
pub fn offer_keys(cx: &mut Cx<'_>, (text, keys): (&'static str, crate::chat::ReplyKeys)) {
    if cx.session.keyboard != text {
        text.clone_into(&mut cx.session.keyboard);
        say_keys(cx, text, keys);
    }
}

/// Takes the reply keyboard of a step or of a profile's screen away once that is left.
pub fn put_keys_away(cx: &mut Cx<'_>) {
    let place = cx.session.dialogue.as_ref();
    let asks = place
        .and_then(|place| cx.shop.flow(&place.flow)?.step(&place.step))
        .is_some_and(|step| step::reply_keys(step).is_some());
    let screen = Route::from_path(&cx.session.screen);
    let asks = asks || screen.is_some_and(|screen| screens::profile::keys_of(&screen).is_some());
    if !cx.session.keyboard.is_empty() && !asks {
        cx.session.keyboard.clear();
        say_keys(cx, "keys-away", crate::chat::ReplyKeys::Remove);
    }
}

fn say_keys(cx: &mut Cx<'_>, id: &'static str, keys: crate::chat::ReplyKeys) {
    let mut view = View::say(Text::new(id));
    view.reply = Some(keys);
    let post = Post::Say {
        chat: cx.chat,
        topic: cx.topic,
        view,
        loud: false,
    };
    cx.post(cx.session.locale.clone(), post);
}

async fn show_review(
    cx: &mut Cx<'_>,
    flow: &Flow,
    facts: &Facts,
    (basket, step): (Option<Basket>, (usize, usize)),
) -> Result<(), TurnError> {
    let Some(basket) = basket.filter(|basket| !basket.cart.is_empty()) else {
        return show::cart(cx).await;
    };
    let change = cx.session.by_hand.as_ref().and_then(|b| b.change.clone());
    let held = match &change {
        // The order has its goods set aside; what it needs besides is looked at when it is saved.
        Some(_) => hold_cart::Held {
            until: None,
            shortages: std::mem::take(&mut cx.short),
        },
        None => hold_cart::hold_cart(cx, &basket).await?,
    };
    let sold_out = basket::sold_out(cx).await?;
    let faults = basket.cart.check(&cx.shop.catalogue, &sold_out);
    let mut notices = std::mem::take(&mut cx.notices);
    for problem in &faults {
        let texts = super::screens::item::fault_texts(&cx.shop.catalogue, &problem.fault);
        let line = basket.cart.line(problem.line);
        for text in texts {
            notices.push(match line {
                Some(line) => Text::new("cart-line-fault")
                    .with(
                        "name",
                        super::screens::lines::line_name(&cx.shop.catalogue, line),
                    )
                    .with("fault", text),
                None => text,
            });
        }
    }
    let before = match &change {
        Some(change) => store::orders::find(cx.tx, change.order).await?,
        None => None,
    };
    // An order that there is may be changed although no new ones are taken.
    let stop = match &change {
        Some(_) => None,
        None => taking::stop(cx, &flow.id).await?,
    };
    if let Some(stop) = &stop {
        notices.push(stop.text(&cx.shop));
        if Route::from_path(&cx.session.screen) == Some(Route::Review) {
            // The screen may not change: whoever tapped hears all the same that it was looked at.
            cx.toast(stop.brief(&cx.shop));
        }
    }
    let demand = before.as_ref().map(Order::demand);
    let at = demand.as_ref().map_or(At::Review, At::Changing);
    let total = basket.receipt.total;
    let stand = credit::stand(cx, (flow, facts), total, before.as_ref()).await?;
    let judged = approval::judge::judge(cx, flow, (&basket, at, stand.as_ref())).await?;
    let is_let = stand.as_ref().is_none_or(|stand| stand.is_let(&judged));
    let refused = matches!(judged, Decision::Reject(_)) || !is_let;
    let on_account = stand.map(|stand| credit::review(&stand, &judged));
    let can_place = faults.is_empty() && stop.is_none() && basket.missing.is_none() && !refused;
    cx.session.shown_minor = Some(basket.receipt.total.minor);
    let company = buyer::company(cx).await?;
    cx.session.shown_company = company.map(|company| company.company.0);
    let buyer = buyer::line(cx).await?;
    let place = cx.session.dialogue.clone().unwrap_or_default();
    let person = profile::orderers(cx).await?;
    let usual = profile::changed(cx, flow).await?.into_iter();
    let mut answers = talk::answered(flow, &place, facts);
    if cx.orderer() != cx.customer() {
        // How to get in is between the customer and who brings it.
        answers.iter_mut().for_each(|answer| answer.more.clear());
    }
    let at_table = seat::table(cx).filter(|_| flow.starts_at_table());
    let shown = review::Review {
        warnings: marks::of_cart(&cx.shop.catalogue, &basket.cart, &person),
        usual: usual.map(|step| (step.id, step.title)).collect(),
        catalogue: &cx.shop.catalogue,
        cart: &basket.cart,
        receipt: &basket.receipt,
        answers,
        place: step,
        table: at_table.map(super::screens::tables::name),
        buyer,
        held_until: held.until,
        shortages: &held.shortages,
        hint: basket.hint.as_ref(),
        notices,
        judged: judged_texts(&judged),
        on_account: on_account.unwrap_or_default(),
        can_place,
        place_label: match change {
            None => "button-place",
            Some(Changing { proposed: true, .. }) => "button-propose",
            Some(_) => "button-save-change",
        },
        was: before.map(|order| order.receipt.total),
        may_keep: cx.session.by_hand.is_none(),
        is_stopped: stop.is_some(),
    };
    let view = review::review(cx.card(), &shown);
    cx.show(&Route::Review, view);
    Ok(())
}

/// What the customer is told beforehand of what the rules say.
fn judged_texts(judged: &Decision) -> Vec<Text> {
    let (title, fired) = match judged {
        Decision::Approve(fired) => (None, fired),
        Decision::Need { fired, .. } => (Some("review-decides"), fired),
        Decision::Reject(fired) => (Some("review-refused"), fired),
    };
    let warnings = fired.iter().filter(|fired| fired.warns);
    let warnings =
        warnings.map(|fired| Text::new("review-warning").with("rule", rule_text(&fired.rule)));
    let why = fired.iter().filter(|fired| title.is_some() && !fired.warns);
    let why = why.map(|fired| Text::new("order-decides-why").with("rule", rule_text(&fired.rule)));
    warnings.chain(title.map(Text::new)).chain(why).collect()
}

/// The person left the order: the cart is closed, what it held is given back.
async fn cancelled(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    drop_cart(cx).await?;
    cx.session.dialogue = None;
    by_hand::end(cx);
    let done = talk::shop_text(&cx.shop.patterns.cancel.done.clone());
    let view = View::say(done).row(super::screens::basics::home_row(cx.card()));
    let view = show::noted(cx, view);
    cx.show(&Route::Home, view);
    Ok(())
}

/// Closes the cart and gives back what it held.
pub async fn drop_cart(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if let Some(basket) = basket::load(cx).await? {
        hold_cart::release(cx, basket.cart.id).await?;
        let mut cart = basket.cart;
        cart.lines.clear();
        if cart.version > 0 && !store::carts::save(cx.tx, &mut cart, cx.now).await? {
            return Err(TurnError::Overtaken);
        }
    }
    cx.session.cart = None;
    cx.session.draft = None;
    Ok(())
}

/// Strips the living message, so that a card sent after it is the one to press.
pub fn strip_living(cx: &mut Cx<'_>) {
    let post = Post::Strip {
        chat: cx.chat,
        card: LIVING.to_owned(),
        version: cx.cause,
    };
    cx.post(cx.session.locale.clone(), post);
}
