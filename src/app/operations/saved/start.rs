//! A template or a saved order is ordered: what it wants becomes the cart by the way of all that is
//! ordered again, at the prices of now.

use std::collections::BTreeMap;

use crate::chat::Text;
use crate::dialogue::Answer;
use crate::domain::cart::refill::Wish;
use crate::domain::contents::Answers;
use crate::domain::saved::{Right, SavedOrder};
use crate::shop::Template;
use fluent_bundle::FluentArgs;

use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::operations::refill::{self, Origin, Refill};
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SavedAct};
use crate::app::screens::saved as screen;
use crate::app::show;

use super::{list, reach};

/// Shows a template; the list if it is gone.
pub(super) async fn template(cx: &mut Cx<'_>, id: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(template) = shop.template(id) else {
        cx.notices.push(Text::new("template-gone"));
        return list(cx, 0).await;
    };
    let usual = template.people.map(|people| people.usual);
    let wishes = wishes(cx, template, usual);
    let view = screen::template(cx.card(), &shop.catalogue, (template, &wishes));
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::Template(id.to_owned())), view);
    Ok(())
}

/// What a template wants for so many people.
fn wishes(cx: &Cx<'_>, template: &Template, people: Option<i64>) -> Vec<Wish> {
    let shop = &cx.shop;
    let lines = template.lines.iter().filter_map(|line| {
        let item = shop.catalogue.item(&line.line.item)?;
        let mut new = line.line.clone();
        new.quantity = line.quantity(item.unit, people);
        if let Some(note) = &line.note {
            let words = &shop.texts;
            new.note = words.shop_plain(&cx.session.locale, note, &FluentArgs::new());
        }
        Some(Wish::of(new, item))
    });
    lines.collect()
}

/// Orders a template for so many people; what the button says is brought within what it allows.
pub(super) async fn go_template(cx: &mut Cx<'_>, id: &str, people: i64) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(template) = shop.template(id) else {
        cx.notices.push(Text::new("template-gone"));
        return list(cx, 0).await;
    };
    let people = template.people.map(|allowed| allowed.within(people));
    let wishes = wishes(cx, template, people);
    let from = Origin::Template(template.id.clone(), template.title.clone());
    let refill = Refill {
        flow: template.flow.clone().unwrap_or_default(),
        ..Refill::new(from, wishes)
    };
    refill::start(cx, refill).await
}

/// Orders a saved one. What its owner answered goes with it for them alone.
pub(super) async fn go(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((saved, right)) = reach(cx, id, Right::Use).await? else {
        return Ok(());
    };
    // It is their own: what they were ordering for somebody else is over.
    by_hand::stop(cx).await?;
    let from = Origin::Saved(saved.id, saved.name.clone());
    refill::start(cx, wanted(saved, right, from)).await
}

/// A saved one as what is ordered again, by who has this right.
pub fn wanted(saved: SavedOrder, right: Right, from: Origin) -> Refill {
    let answers = match right {
        Right::Own => answers(&saved.body.answers),
        Right::Use | Right::Change => BTreeMap::new(),
    };
    Refill {
        flow: saved.body.flow,
        answers,
        company: saved.company.map(|company| company.0),
        ..Refill::new(from, saved.body.wishes)
    }
}

fn answers(kept: &Answers) -> BTreeMap<String, Answer> {
    let read = kept.iter().filter_map(|(step, raw)| {
        let answer: Answer = serde_json::from_value(raw.clone()).ok()?;
        Some((step.clone(), answer))
    });
    read.collect()
}
