//! Erases a person's data: what stands against it is looked at when it is asked for and again in
//! the turn that begins it; from then on [`super::steps`] goes on until it is done.
//!
//! Orders stay as figures of nobody, and so does the account: both change hands in the turn that
//! begins, all or nothing.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{OwnDataAct, Route};
use crate::app::screens::own_data::{self as screen, Why};
use crate::app::{buyer, by_hand, show, staff};
use crate::chat::Text;
use crate::dialogue::Session;
use crate::dialogue::session::Erasure;
use crate::domain::traces::Traces;
use crate::kernel::{Currency, CustomerId, Money};
use crate::store;
use crate::store::erasure::{Bar, Job, hand_over};

use super::steps::{self, Stage};

/// Says what erasing means, or what stands against it.
pub async fn ask(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    // What they change for somebody else ends here, not in the middle of the erasure.
    by_hand::stop(cx).await?;
    let bars = bars(cx).await?;
    let view = screen::ask(cx.card(), &bars);
    let view = show::noted(cx, view);
    cx.show(&Route::OwnData(OwnDataAct::Ask), view);
    Ok(())
}

/// What stands against it now.
async fn bars(cx: &mut Cx<'_>) -> Result<Vec<Why>, TurnError> {
    let who = cx.customer();
    let mut bars = Vec::new();
    if !staff::roles(cx, who).await?.is_empty() {
        bars.push(Why::Team);
    }
    let places = buyer::own_places(cx).await?;
    let usual = cx.shop.settings.currency;
    for bar in store::erasure::bars(cx.tx, who).await? {
        bars.push(match bar {
            Bar::Order(day, number) => Why::Order { day, number },
            Bar::Account(code, owed, held) => {
                let currency = Currency::parse(&code).unwrap_or(usual);
                Why::Account {
                    owed: Money::new(owed, currency),
                    held: Money::new(held, currency),
                }
            }
            Bar::Changes(count) => Why::Changes(count),
            Bar::Admin(id) => {
                let place = places.iter().find(|place| place.company.as_str() == id);
                Why::Company(place.map_or(id, |place| buyer::name(place).to_owned()))
            }
            Bar::UnderWay => Why::UnderWay,
        });
    }
    Ok(bars)
}

/// Begins to erase for sure, unless something stands against it by now.
pub async fn erase(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if cx.session.by_hand.is_some() {
        return ask(cx).await;
    }
    let bars = bars(cx).await?;
    if !bars.is_empty() {
        cx.toast(Text::new("erase-barred-now"));
        let view = screen::ask(cx.card(), &bars);
        cx.show(&Route::OwnData(OwnDataAct::Ask), view);
        return Ok(());
    }
    let job = begin(cx).await?;
    let (who, nobody) = (job.person, job.stand_in);
    hand_over::orders(cx.tx, who, nobody).await?;
    hand_over::account(cx.tx, who, nobody).await?;
    cx.look_again();
    // Nothing else of the conversation is remembered.
    cx.session = Session {
        version: cx.session.version,
        card: cx.session.card,
        keyboard: std::mem::take(&mut cx.session.keyboard),
        erasure: Some(Erasure::Begun),
        ..Session::new(cx.session.locale.clone())
    };
    cx.show(&Route::Home, screen::begun());
    cx.go_on(steps::OWN, job.id, who);
    steps::again(cx, job.id);
    Ok(())
}

/// Notes durably that it has begun.
async fn begin(cx: &mut Cx<'_>) -> Result<Job, TurnError> {
    let who = cx.customer();
    let (id, nobody) = (cx.id(), CustomerId::erased(cx.id()));
    let mut traces = Traces::new(who);
    traces.name(&cx.who.name);
    let job = Job {
        id,
        person: who,
        stand_in: nobody,
        locale: cx.session.locale.clone(),
        stage: Stage::FIRST.code().to_owned(),
        after: 0,
        after_lane: String::new(),
        until: 0,
        own_until: cx.cause,
        tries: 0,
        begun: cx.now,
        traces,
    };
    match store::erasure::begin(cx.tx, &job).await? {
        true => Ok(job),
        false => Err(TurnError::Overtaken),
    }
}
