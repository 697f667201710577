//! One step of a flow: its place, what is wanted with an example, the ways to answer.

use crate::app::route::Route;
use crate::chat::{Arg, Button, ReplyKeys, Text, View};
use crate::dialogue::{Answer, Step, StepKind};

use super::Card;

/// What a step is shown with.
pub struct Asked<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its place, 1-based, and how many there are.
    pub place: (usize, usize),
    /// An answer that one tap confirms.
    pub known: Option<Answer>,
    /// What is to be said first.
    pub notices: Vec<Text>,
}

/// The question.
pub fn ask(card: Card, asked: &Asked<'_>) -> View {
    let step = asked.step;
    let mut view = View {
        body: asked.notices.clone(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view
        .and(
            Text::new("step-place")
                .with("at", asked.place.0 as i64)
                .with("of", asked.place.1 as i64)
                .with("title", Arg::Shop(step.title.clone())),
        )
        .and(Text::new("value-text").with("value", Arg::Shop(step.prompt.clone())));
    if !step.example.is_empty() {
        view = view.and(Text::new("step-example").with("example", Arg::Shop(step.example.clone())));
    }
    for row in answers(card, asked) {
        view = view.row(row);
    }
    let mut last = vec![card.plain("button-back", &Route::Back)];
    if step.optional {
        last.push(card.plain("button-skip", &Route::Skip));
    }
    last.push(card.plain("button-cancel", &Route::Cancel));
    view.row(last)
}

fn answers(card: Card, asked: &Asked<'_>) -> Vec<Vec<Button>> {
    let step = asked.step;
    let known = asked.known.as_ref().map(|answer| {
        let label = Text::new("button-known").with("value", value(step, answer));
        card.button(label, &Route::Known)
    });
    match &step.kind {
        StepKind::Choice(choices) => {
            let buttons: Vec<Button> = choices
                .iter()
                .map(|choice| {
                    let chosen = asked.known == Some(Answer::Text(choice.id.clone()));
                    let id = if chosen { "button-known" } else { "value-text" };
                    let label = Text::new(id).with("value", Arg::Shop(choice.label.clone()));
                    card.button(label, &Route::Answer(choice.id.clone()))
                })
                .collect();
            buttons.chunks(2).map(<[Button]>::to_vec).collect()
        }
        StepKind::YesNo => vec![vec![
            card.plain("value-yes", &Route::Yes),
            card.plain("value-no", &Route::No),
        ]],
        StepKind::Items
        | StepKind::Review
        | StepKind::Text { .. }
        | StepKind::Number { .. }
        | StepKind::Phone => known.map(|button| vec![button]).into_iter().collect(),
    }
}

/// The reply keyboard that a step wants beside its question: a phone is shared by one button.
pub fn reply_keys(step: &Step) -> Option<ReplyKeys> {
    matches!(step.kind, StepKind::Phone)
        .then(|| ReplyKeys::Contact(Text::new("button-share-contact")))
}

/// An answer in words.
pub fn value(step: &Step, answer: &Answer) -> Text {
    let text = Text::new("value-text");
    match answer {
        Answer::Text(id) => match step.choice(id) {
            Some(choice) => text.with("value", Arg::Shop(choice.label.clone())),
            None => text.with("value", id.as_str()),
        },
        Answer::Number(n) => text.with("value", *n),
        Answer::Flag(true) => Text::new("value-yes"),
        Answer::Flag(false) => Text::new("value-no"),
        Answer::Many(ids) => {
            let labels = ids.iter().map(|id| {
                let text = Text::new("value-text");
                match step.choice(id) {
                    Some(choice) => text.with("value", Arg::Shop(choice.label.clone())),
                    None => text.with("value", id.as_str()),
                }
            });
            text.with("value", Arg::List(labels.collect()))
        }
        Answer::Skipped | Answer::Done => Text::new("value-skipped"),
    }
}
