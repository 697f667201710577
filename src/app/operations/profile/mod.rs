//! One's own profile: what is known of this person, shown and changed in one living message.
//!
//! It is always that of who presses. While they take somebody else's order it waits: what is
//! looked at then is the customer's.

mod addresses;
mod values;

use crate::app::cx::Cx;
use crate::app::marks;
use crate::app::outcome::TurnError;
use crate::app::route::{ProfileAct, Route, What};
use crate::app::screens::basics::home_row;
use crate::app::screens::profile as screen;
use crate::app::{ordering, profile, show};
use crate::chat::{Text, View};
use crate::dialogue::{Input, Point};
use crate::domain::customers::{Profile, Refusal};
use crate::store;
use crate::store::answers::Known;

/// Who presses, with what is kept of them.
struct Own {
    /// What is known of them.
    known: Known,
    /// Their profile.
    profile: Profile,
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: ProfileAct) -> Result<(), TurnError> {
    match act {
        // These belong to the order at hand, whoever it is for.
        ProfileAct::Deliver(id) => return profile::deliver(cx, id).await,
        ProfileAct::Page(page) => {
            cx.page = page;
            return ordering::hear(cx, Input::Begin).await;
        }
        ProfileAct::Keep(step) => return profile::keep(cx, &step).await,
        ProfileAct::Privacy => return privacy(cx).await,
        _ => {}
    }
    let Some(mut own) = own(cx).await? else {
        return Ok(());
    };
    match act {
        ProfileAct::Show => {
            values::show(cx, &own);
            Ok(())
        }
        ProfileAct::Ask(what) => {
            values::ask(cx, &own, &what);
            Ok(())
        }
        ProfileAct::Drop(what) => values::forget(cx, &mut own, &what).await,
        ProfileAct::Choose(what, id) => values::choose(cx, &mut own, (&what, &id)).await,
        ProfileAct::Marks => {
            marked(cx, &own);
            Ok(())
        }
        ProfileAct::Diet(id) => {
            if cx.shop.catalogue.diets().contains(&id) || own.profile.diet.contains(&id) {
                own.profile.turn_diet(&id);
                keep(cx, &mut own).await?;
            }
            marked(cx, &own);
            Ok(())
        }
        ProfileAct::Avoid(id) => {
            if cx.shop.catalogue.allergens().contains(&id) || own.profile.avoided.contains(&id) {
                own.profile.turn_avoided(&id);
                keep(cx, &mut own).await?;
            }
            marked(cx, &own);
            Ok(())
        }
        act => addresses::press(cx, &mut own, act).await,
    }
}

/// Words typed on a screen of the profile; `false` if it asks for none.
pub async fn words(cx: &mut Cx<'_>, act: &ProfileAct, words: &str) -> Result<bool, TurnError> {
    let is_asked = matches!(
        act,
        ProfileAct::Ask(_) | ProfileAct::New | ProfileAct::Part(..)
    );
    if !is_asked {
        return Ok(false);
    }
    let Some(mut own) = own(cx).await? else {
        return Ok(true);
    };
    match act {
        ProfileAct::Ask(what) => return values::typed(cx, &mut own, (what, words)).await,
        ProfileAct::New => addresses::add(cx, &mut own, (words, None)).await?,
        ProfileAct::Part(id, part) => {
            addresses::set(cx, &mut own, (*id, *part), words).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// The person's own contact card; `false` if no screen of the profile asks for it.
pub async fn contact(cx: &mut Cx<'_>, phone: &str) -> Result<bool, TurnError> {
    let screen = Route::from_path(&cx.session.screen);
    if screen != Some(Route::Profile(ProfileAct::Ask(What::Phone))) {
        return Ok(false);
    }
    if let Some(mut own) = own(cx).await? {
        values::prove(cx, &mut own, phone).await?;
    }
    Ok(true)
}

/// A shared place; `false` if no screen of the profile asks for it.
pub async fn pin(cx: &mut Cx<'_>, pin: Point) -> Result<bool, TurnError> {
    let Some(Route::Profile(act)) = Route::from_path(&cx.session.screen) else {
        return Ok(false);
    };
    let is_asked = matches!(act, ProfileAct::New | ProfileAct::Part(..));
    if !is_asked {
        return Ok(false);
    }
    if let Some(mut own) = own(cx).await? {
        match act {
            ProfileAct::Part(id, _) => addresses::set_pin(cx, &mut own, (id, pin)).await?,
            _ => addresses::add(cx, &mut own, ("", Some(pin))).await?,
        }
    }
    Ok(true)
}

/// Who presses; none while they take somebody else's order, and then they are told.
async fn own(cx: &mut Cx<'_>) -> Result<Option<Own>, TurnError> {
    if cx.orderer() != cx.customer() {
        let view = View::say(Text::new("profile-waits")).row(home_row(cx.card()));
        shown(cx, ProfileAct::Show, view);
        return Ok(None);
    }
    let known = cx.glance().await?.known.clone();
    let profile = profile::of(&cx.shop, &known);
    Ok(Some(Own { known, profile }))
}

/// Writes the profile down, as its next version.
async fn keep(cx: &mut Cx<'_>, own: &mut Own) -> Result<(), TurnError> {
    profile::save(cx, &own.profile).await?;
    own.profile.version += 1;
    Ok(())
}

fn shown(cx: &mut Cx<'_>, act: ProfileAct, view: View) {
    let view = show::noted(cx, view);
    let route = Route::Profile(act);
    let keys = screen::keys_of(&route);
    cx.show(&route, view);
    if let Some(keys) = keys {
        ordering::offer_keys(cx, keys);
    }
}

fn marked(cx: &mut Cx<'_>, own: &Own) {
    let shop = cx.shop.clone();
    let list = |all: &std::collections::BTreeSet<String>,
                own: &std::collections::BTreeSet<String>| {
        // A mark that the shop has no more can still be taken away.
        let all = all.union(own).cloned();
        all.map(|id| (own.contains(&id), id)).collect::<Vec<_>>()
    };
    let diets = list(&shop.catalogue.diets(), &own.profile.diet);
    let allergens = list(&shop.catalogue.allergens(), &own.profile.avoided);
    let is_known = |kind: &str, id: &str| shop.texts.has(&format!("{kind}-{id}"));
    let label = |kind: &str, id: &str| match is_known(kind, id) {
        true => marks::name(kind, id),
        false => Text::new("value-text").with("value", id),
    };
    let diets = diets
        .into_iter()
        .map(|(on, id)| (on, label("diet", &id), ProfileAct::Diet(id)));
    let allergens = allergens
        .into_iter()
        .map(|(on, id)| (on, label("allergen", &id), ProfileAct::Avoid(id)));
    let view = screen::marks(cx.card(), (diets.collect(), allergens.collect()));
    shown(cx, ProfileAct::Marks, view);
}

/// Why it is all kept, in the shop's own words.
async fn privacy(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let told = match cx.orderer() == cx.customer() {
        true => profile::orderers(cx).await?.told,
        false => None,
    };
    let words = store::learned::count(cx.tx, cx.customer()).await?;
    let view = screen::privacy(cx.card(), told, words > 0);
    shown(cx, ProfileAct::Privacy, view);
    Ok(())
}

/// Why something is not kept, in words.
fn refused(refusal: Refusal) -> Text {
    match refusal {
        Refusal::Full(max) => Text::new("profile-addresses-full").with("max", max as i64),
        Refusal::TooShort(min) => Text::new("profile-too-short").with("min", min as i64),
        Refusal::TooLong(max) => Text::new("profile-too-long").with("max", max as i64),
        Refusal::Gone => Text::new("profile-address-gone"),
    }
}
