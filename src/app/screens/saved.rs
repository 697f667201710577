//! Ready-made and saved orders: the list, one of each, names and lines to be changed.

use crate::app::route::{AwaitAct, Nudge, Route, SavedAct, ScheduleAct, Source};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::refill::Wish;
use crate::domain::catalogue::Catalogue;
use crate::domain::saved::{MAX_NAME_CHARS, Right, SavedOrder};
use crate::kernel::CustomerId;
use crate::shop::Template;
use crate::store::saved::Brief;
use crate::store::schedules::Brief as Repeats;

use super::schedule::clock;
use super::{Card, lines as words, refill};

/// Entries on one page.
const PAGE: usize = 8;

/// Lines to be changed on one page: each has a row of buttons.
const LINES: usize = 6;

/// Numbers of people in a row.
const IN_A_ROW: usize = 6;

/// What the list is shown with.
pub struct List<'a> {
    /// What the shop made ready.
    pub templates: &'a [Template],
    /// What this person may use.
    pub saved: &'a [Brief],
    /// How those that this person repeats stand.
    pub repeats: &'a [Repeats],
    /// Who looks.
    pub who: CustomerId,
    /// Whether there is a cart to be kept.
    pub may_keep: bool,
}

/// An entry: what it is called, the act that orders it, and the one that shows it.
type Entry = (Text, SavedAct, SavedAct);

fn templates(shown: &List<'_>) -> Vec<Entry> {
    let templates = shown.templates.iter().map(|template| {
        let people = template.people.map_or(0, |people| people.usual);
        let label = match people {
            0 => Text::new("button-saved-go"),
            people => Text::new("button-template-go").with("people", people),
        };
        let label = label.with("name", Arg::Shop(template.title.clone()));
        let go = SavedAct::TemplateGo(template.id.clone(), people);
        (label, go, SavedAct::Template(template.id.clone()))
    });
    templates.collect()
}

fn saved(shown: &List<'_>) -> Vec<Entry> {
    let saved = shown.saved.iter().map(|saved| {
        let label = Text::new(match (saved.owner == shown.who, saved.usual) {
            (true, true) => "button-saved-usual",
            (true, false) => "button-saved-go",
            (false, _) => "button-saved-shared",
        });
        let label = label.with("name", saved.name.as_str());
        (label, SavedAct::Go(saved.id), SavedAct::Open(saved.id))
    });
    saved.collect()
}

/// Those that the first screen offers, each ordered by one tap: what this person saved, then what
/// the shop made ready, as many as `most`.
pub fn at_home(shown: &List<'_>, most: usize) -> Vec<(Text, Route)> {
    let all = saved(shown).into_iter().chain(templates(shown));
    all.take(most)
        .map(|(label, go, _)| (label, Route::Saved(go)))
        .collect()
}

/// All of them: a tap on one orders it, a tap on the mark beside it shows it.
pub fn list(card: Card, shown: &List<'_>, page: usize) -> View {
    let mut all = templates(shown);
    all.extend(saved(shown));
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(Text::new("saved-title"));
    view = view.and(Text::new(match shown.saved.is_empty() {
        true => "saved-none",
        false => "saved-how",
    }));
    view.body.extend(repeats(shown));
    for (label, go, open) in all.into_iter().skip(page * PAGE).take(PAGE) {
        view = view.row(vec![
            card.button(label, &Route::Saved(go)),
            card.plain("button-saved-more", &Route::Saved(open)),
        ]);
    }
    view = view.row(turn(card, (page, pages), SavedAct::List));
    if shown.may_keep {
        let keep = Route::Saved(SavedAct::Keep(Source::Cart));
        view = view.row(vec![card.plain("button-saved-keep-cart", &keep)]);
    }
    view.row(vec![
        card.plain("button-awaited", &Route::Await(AwaitAct::List)),
        card.plain("button-home", &Route::Home),
    ])
}

/// Which are repeated, and when next.
fn repeats(shown: &List<'_>) -> Vec<Text> {
    let repeated = shown.repeats.iter().filter_map(|repeats| {
        let saved = shown.saved.iter().find(|saved| saved.id == repeats.saved)?;
        let text = match repeats.next {
            Some(day) => Text::new("schedule-list")
                .with("day", Text::day(day))
                .with("time", clock(repeats.minute)),
            None => Text::new("schedule-list-rests"),
        };
        Some(text.with("name", saved.name.as_str()))
    });
    repeated.collect()
}

fn turn(card: Card, (page, pages): (usize, usize), to: impl Fn(usize) -> SavedAct) -> Vec<Button> {
    let mut row = Vec::new();
    if page > 0 {
        row.push(card.plain("button-page-previous", &Route::Saved(to(page - 1))));
    }
    if page + 1 < pages {
        row.push(card.plain("button-page-next", &Route::Saved(to(page + 1))));
    }
    row
}

fn back(card: Card) -> Vec<Button> {
    vec![
        card.plain("button-back", &Route::Saved(SavedAct::List(0))),
        card.plain("button-home", &Route::Home),
    ]
}

/// The lines, each with its options and its note, without prices.
fn lines_of(catalogue: &Catalogue, wishes: &[Wish]) -> Vec<Text> {
    let line = |wish: &Wish| {
        let mut texts = vec![refill::what(wish)];
        let item = catalogue.item(&wish.line.item);
        let options = item.map_or_else(Vec::new, |item| {
            words::options(catalogue, item, &wish.line.selection)
        });
        if item.is_none() {
            texts.push(Text::new("saved-line-gone"));
        }
        texts.extend(words::details(options, &wish.line.note));
        texts
    };
    wishes.iter().flat_map(line).collect()
}

/// A template with what it wants for the usual number of people.
pub fn template(
    card: Card,
    catalogue: &Catalogue,
    (template, wishes): (&Template, &[Wish]),
) -> View {
    let name = Arg::Shop(template.title.clone());
    let mut view = View::say(match template.people {
        Some(people) => Text::new("template-people")
            .with("name", name)
            .with("people", people.usual),
        None => Text::new("saved-name").with("name", name),
    });
    if let Some(about) = &template.about {
        view = view.and(Text::new("lines").with("lines", Arg::Shop(about.clone())));
    }
    view.body.extend(lines_of(catalogue, wishes));
    let go = |people| Route::Saved(SavedAct::TemplateGo(template.id.clone(), people));
    match template.people {
        None => view = view.row(vec![card.plain("button-saved-order", &go(0))]),
        Some(people) => {
            view = view.and(Text::new("template-ask-people"));
            let numbers: Vec<Button> = (people.from..=people.to)
                .map(|number| {
                    let label = Text::new("button-template-people").with("people", number);
                    card.button(label, &go(number))
                })
                .collect();
            for row in numbers.chunks(IN_A_ROW) {
                view = view.row(row.to_vec());
            }
        }
    }
    view.row(back(card))
}

/// A saved order, with what this person may do.
pub fn card(card: Card, catalogue: &Catalogue, saved: &SavedOrder, right: Right) -> View {
    let id = saved.id;
    let mut view = View::say(Text::new("saved-name").with("name", saved.name.as_str()));
    if saved.company.is_some() {
        view = view.and(Text::new(match right {
            Right::Own => "saved-is-shared",
            Right::Change | Right::Use => "saved-is-anothers",
        }));
    }
    view.body.extend(lines_of(catalogue, &saved.body.wishes));
    let button = |label, act| card.plain(label, &Route::Saved(act));
    view = view.row(vec![button("button-saved-order", SavedAct::Go(id))]);
    if right >= Right::Change {
        view = view.row(vec![
            button("button-saved-lines", SavedAct::Lines(id, 0)),
            button("button-saved-rename", SavedAct::Rename(id)),
        ]);
    }
    if right == Right::Own {
        let usual = match saved.usual {
            true => "button-saved-unmark",
            false => "button-saved-mark",
        };
        view = view.row(vec![button(usual, SavedAct::Usual(id))]);
    }
    let repeat = Route::Schedule(ScheduleAct::Open(id));
    view = view.row(vec![card.plain("button-schedule", &repeat)]);
    let mut row = vec![button("button-saved-copy", SavedAct::Copy(id))];
    if right >= Right::Change {
        row.push(button("button-saved-link", SavedAct::Share(id)));
        if saved.company.is_some() {
            row.push(button("button-saved-unshare", SavedAct::Unshare(id)));
        }
        row.push(button("button-saved-delete", SavedAct::DeleteAsk(id)));
    }
    for row in row.chunks(2) {
        view = view.row(row.to_vec());
    }
    view.row(back(card))
}

/// Asks under which name it is to be kept; one is offered.
pub fn ask_name(card: Card, source: Source, offered: &str) -> View {
    let label = Text::new("button-saved-keep-so").with("name", offered);
    View::say(Text::new("saved-ask-name").with("max", MAX_NAME_CHARS as i64))
        .row(vec![
            card.button(label, &Route::Saved(SavedAct::KeepSo(source))),
        ])
        .row(back(card))
}

/// Asks for another name.
pub fn ask_rename(card: Card, saved: &SavedOrder) -> View {
    let open = Route::Saved(SavedAct::Open(saved.id));
    View::say(
        Text::new("saved-ask-rename")
            .with("name", saved.name.as_str())
            .with("max", MAX_NAME_CHARS as i64),
    )
    .row(vec![card.plain("button-back", &open)])
}

/// Asks before it is deleted.
pub fn ask_delete(card: Card, saved: &SavedOrder) -> View {
    let act = |act| Route::Saved(act);
    View::say(Text::new("saved-ask-delete").with("name", saved.name.as_str())).row(vec![
        card.plain("button-saved-delete-yes", &act(SavedAct::Delete(saved.id))),
        card.plain("button-back", &act(SavedAct::Open(saved.id))),
    ])
}

/// The page on which a line is changed.
pub fn page_of(at: usize) -> usize {
    at / LINES
}

/// Its lines, a page of them: more, fewer, out.
pub fn lines(
    card: Card,
    (catalogue, saved): (&Catalogue, &SavedOrder),
    page: usize,
    may_add: bool,
) -> View {
    let (id, wishes) = (saved.id, &saved.body.wishes);
    let pages = wishes.len().div_ceil(LINES).max(1);
    let page = page.min(pages - 1);
    let mut view = View::say(Text::new("saved-name").with("name", saved.name.as_str()));
    if pages > 1 {
        let line = Text::new("menu-page").with("page", page as i64 + 1);
        view = view.and(line.with("pages", pages as i64));
    }
    let part = wishes.iter().enumerate().skip(page * LINES).take(LINES);
    let part: Vec<(usize, &Wish)> = part.collect();
    for (at, wish) in &part {
        let line = Text::new("saved-line").with("at", *at as i64 + 1);
        view = view.and(line.with("what", refill::what(wish)));
        if catalogue.item(&wish.line.item).is_none() {
            view = view.and(Text::new("saved-line-gone"));
        }
    }
    for (at, _) in part {
        let button = |label, act| {
            let label = Text::new(label).with("at", at as i64 + 1);
            card.button(label, &Route::Saved(act))
        };
        view = view.row(vec![
            button("button-saved-fewer", SavedAct::Amount(id, at, Nudge::Fewer)),
            button("button-saved-add", SavedAct::Amount(id, at, Nudge::More)),
            button("button-saved-remove", SavedAct::Remove(id, at)),
        ]);
    }
    view = view.row(turn(card, (page, pages), |page| SavedAct::Lines(id, page)));
    if may_add {
        let add = Route::Saved(SavedAct::AddCart(id));
        view = view.row(vec![card.plain("button-saved-add-cart", &add)]);
    }
    let open = Route::Saved(SavedAct::Open(id));
    view.row(vec![card.plain("button-back", &open)])
}
