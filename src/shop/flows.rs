//! `flows/*.toml`: the steps of an order, read and proven sound.

mod kinds;
mod terms;

use super::ftl::TextUse;
use super::settings::{Settings, is_id};
use super::table::{Spot, Table};
use crate::dialogue::condition::nearest;
use crate::dialogue::flow::STARTS;
use crate::dialogue::{Condition, Field, Flow, Prefill, PrefillMode, Step, StepKind};

pub use terms::{FeeRule, Terms};

/// Most steps of a flow: nobody answers more.
const MAX_STEPS: usize = 30;

/// A flow as read, with what is checked later.
pub struct Read {
    /// The flow.
    pub flow: Flow,
    /// On which terms it takes orders.
    pub terms: Terms,
    /// Where its id stands.
    pub at: usize,
    /// The texts it names.
    pub texts: Vec<TextUse>,
}

/// Reads one flow; `None` if it has no id or no steps.
pub fn read(top: &Table<'_>, settings: &Settings) -> Option<Read> {
    let id = top.need_text("id");
    if let Some(id) = id
        && !is_id(id.value)
    {
        top.fault(id.at, bad_id(id.value), ID_CURE);
    }
    let id_text = id.map(|id| id.value).unwrap_or_default().to_owned();
    let mut texts = Vec::new();
    let title = text_id(top, "title", id_text.clone(), &mut texts);
    let starts = top.texts("starts");
    starts_are_known(top, &starts, settings);
    if starts.is_empty() {
        top.fault(
            top.key_at("starts"),
            "nothing begins this flow",
            "add starts = [\"menu\"]",
        );
    }
    let mut drafts: Vec<Draft> = Vec::new();
    top.tables("step", |table| {
        if let Some(draft) = step(table, &id_text, settings, &mut texts) {
            if drafts
                .iter()
                .any(|earlier| earlier.step.id == draft.step.id)
            {
                table.fault(
                    draft.at,
                    format!("the step `{}` is there twice", draft.step.id),
                    "rename one",
                );
            }
            drafts.push(draft);
        }
    });
    let mut flow = Flow {
        id: id_text,
        title,
        starts: starts.iter().map(|start| start.value.to_owned()).collect(),
        steps: drafts.iter().map(|draft| draft.step.clone()).collect(),
    };
    shape(top, &drafts);
    conditions(top, &mut flow, &drafts);
    let terms = terms::read(top, settings, &flow, &mut texts);
    windows(top, &drafts, &terms);
    Some(Read {
        at: id?.at,
        flow,
        terms,
        texts,
    })
}

/// A step that asks for a window has one that begins while orders are taken.
fn windows(top: &Table<'_>, drafts: &[Draft], terms: &Terms) {
    for draft in drafts {
        let StepKind::Slot(slots) = &draft.step.kind else {
            continue;
        };
        let mut begins = slots.spans.iter().map(|span| span.from);
        if !slots.spans.is_empty() && !begins.any(|minute| terms.hours.ever_open_at(minute)) {
            top.fault(
                draft.at,
                format!(
                    "no window of the step `{}` begins while the shop is open, so nobody can leave it",
                    draft.step.id
                ),
                "change `slots` or the hours",
            );
        }
    }
}

fn starts_are_known(top: &Table<'_>, starts: &[Spot<&str>], settings: &Settings) {
    for start in starts {
        if !STARTS.contains(&start.value) {
            let cure = nearest(start.value, STARTS)
                .unwrap_or_else(|| format!("known: {}", STARTS.join(", ")));
            let what = format!("a flow can't start from `{}`", start.value);
            top.fault(start.at, what, cure);
        } else if start.value == "table" && settings.tables.is_empty() {
            top.fault(
                start.at,
                "the flow starts at a table, and the shop has none",
                "add `[tables] count = …` or a `[[table]]` to shop.toml",
            );
        }
    }
}

/// A step whose condition is still text: it may read answers of any step.
struct Draft {
    step: Step,
    at: usize,
    when: Option<(String, usize)>,
}

const ID_CURE: &str = "use a-z, 0-9 and -, at most 24 bytes, so that it fits a button's 64";

fn bad_id(id: &str) -> String {
    if id.len() > 24 {
        format!("`{id}` is too long for an id")
    } else {
        format!("`{id}` is no id")
    }
}

fn is_step_id(id: &str) -> bool {
    id.len() <= 24
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether Fluent takes it as an id.
fn is_text_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A text id of a key, or the usual one.
pub(super) fn text_id(
    table: &Table<'_>,
    key: &'static str,
    usual: String,
    texts: &mut Vec<TextUse>,
) -> String {
    let named = table.text(key).filter(|named| {
        let is_id = is_text_id(named.value);
        if !is_id {
            table.fault(
                named.at,
                format!("`{}` can't be the id of a text", named.value),
                "begin with a letter, go on with letters, digits, - and _; the words themselves go into texts/",
            );
        }
        is_id
    });
    let at = named.or(table.text("id")).map_or(table.at, |spot| spot.at);
    let id = named.map_or(usual, |named| named.value.to_owned());
    texts.push(TextUse {
        id: id.clone(),
        file: table.page().path.to_owned(),
        at,
        label: matches!(key, "label" | "title"),
    });
    id
}

fn step(
    table: &Table<'_>,
    flow: &str,
    settings: &Settings,
    texts: &mut Vec<TextUse>,
) -> Option<Draft> {
    let id = table.need_text("id")?;
    if !is_step_id(id.value) {
        table.fault(
            id.at,
            bad_id(id.value),
            "a step's id is a-z, 0-9 and _, begins with a letter and has at most 24 bytes",
        );
    }
    let usual = format!("{flow}-{}", id.value);
    let kind = kinds::kind(table, &usual, settings, texts)?;
    let screen = matches!(kind, StepKind::Items | StepKind::Review);
    let mut named = |key, usual: String| text_id(table, key, usual, texts);
    let title = match kind {
        StepKind::Review => table
            .text("title")
            .map_or(usual.clone(), |t| t.value.to_owned()),
        _ => named("title", usual.clone()),
    };
    let (prompt, example, optional) = if screen {
        (String::new(), String::new(), false)
    } else {
        let prompt = named("prompt", format!("{usual}-ask"));
        let example = named("example", format!("{usual}-example"));
        (prompt, example, table.flag("optional").unwrap_or(false))
    };
    let invalid = table
        .has("invalid")
        .then(|| named("invalid", String::new()));
    let (prefill, prefill_mode, field) = if screen {
        (None, PrefillMode::Ask, None)
    } else {
        if kind == StepKind::Photo && table.has("prefill") {
            table.fault(
                table.key_at("prefill"),
                "a picture is not remembered",
                "remove `prefill`",
            );
        }
        let (prefill, mode) = prefill(table, optional);
        (prefill, mode, field(table, &kind, prefill))
    };
    let when = table
        .text("when")
        .map(|when| (when.value.to_owned(), when.at));
    Some(Draft {
        at: id.at,
        when,
        step: Step {
            id: id.value.to_owned(),
            kind,
            title,
            prompt,
            example,
            optional,
            prefill,
            field,
            prefill_mode,
            when: None,
            invalid,
        },
    })
}

/// Where a known answer comes from, and what is done with it. What may be left out can be silent
/// although nothing is ever known.
fn prefill(table: &Table<'_>, optional: bool) -> (Option<Prefill>, PrefillMode) {
    let known = [
        ("profile", Prefill::Profile),
        ("last_used", Prefill::LastUsed),
    ];
    let prefill = table.word("prefill", &known);
    let modes = [
        ("ask", PrefillMode::Ask),
        ("silent", PrefillMode::Silent),
        ("once", PrefillMode::Once),
    ];
    let mode = table.word("prefill_mode", &modes).unwrap_or_default();
    if mode == PrefillMode::Silent && prefill.is_none() && !optional {
        table.fault(
            table.key_at("prefill_mode"),
            "a step without `prefill` that must be answered can't be silent",
            "add `prefill`, or `optional = true`",
        );
    }
    if mode == PrefillMode::Once && prefill.is_none() {
        table.fault(
            table.key_at("prefill_mode"),
            "a step without `prefill` is asked each time",
            "add `prefill`, or remove `prefill_mode`",
        );
    }
    (prefill, mode)
}

/// What of the person's profile the step fills: as it says, or by its kind.
fn field(table: &Table<'_>, kind: &StepKind, prefill: Option<Prefill>) -> Option<Field> {
    let known = Field::ALL.map(|field| (field.name(), Some(field)));
    let words: Vec<(&str, Option<Field>)> = known.into_iter().chain([("none", None)]).collect();
    let said = table.word("field", &words);
    let usual = Field::ALL.into_iter().find(|field| {
        let is_by_kind = *field == Field::Address || prefill == Some(Prefill::Profile);
        is_by_kind && *field != Field::Name && field.fits(kind)
    });
    let at = table.key_at("field");
    match (said, prefill) {
        (None, None) => None,
        (None, Some(_)) => usual,
        (Some(_), None) => {
            let cure = "add prefill = \"profile\", or remove `field`";
            table.fault(at, "a step that nothing fills can't fill the profile", cure);
            None
        }
        (Some(None), _) => None,
        (Some(Some(field)), _) if !field.fits(kind) => {
            let (field, kind) = (field.name(), kind.name());
            table.fault(
                at,
                format!("a step of kind `{kind}` can't fill `{field}` of a profile"),
                "name: kind `text`; phone, address and payment: the kinds of these names",
            );
            None
        }
        (Some(Some(field)), Some(Prefill::LastUsed)) if field != Field::Address => {
            let cure = "write prefill = \"profile\", or remove `field`";
            table.fault(
                at,
                "the answer of the last order is no part of a profile",
                cure,
            );
            None
        }
        (Some(field), _) => field,
    }
}

/// Two steps that are always asked don't fill the same part of a profile: the second one is
/// hardly about the same person.
fn fields(top: &Table<'_>, drafts: &[Draft]) {
    for (n, draft) in drafts.iter().enumerate() {
        let Some(field) = draft.step.field else {
            continue;
        };
        let mut before = drafts.iter().take(n);
        let twice = before.any(|earlier| {
            earlier.step.field == Some(field) && earlier.when.is_none() && draft.when.is_none()
        });
        if twice {
            top.fault(
                draft.at,
                format!(
                    "the step `{}` fills `{}` of the profile as an earlier one does",
                    draft.step.id,
                    field.name()
                ),
                "add field = \"none\" to the one that is about somebody else",
            );
        }
    }
}

/// One `items` first of all, one `review` last of all: else the flow has no way in or out.
fn shape(top: &Table<'_>, drafts: &[Draft]) {
    if drafts.len() > MAX_STEPS {
        top.fault(
            top.at,
            format!("{} steps are too many", drafts.len()),
            format!("ask at most {MAX_STEPS}"),
        );
    }
    let of = |kind: &StepKind| {
        drafts
            .iter()
            .filter(|d| d.step.kind == *kind)
            .collect::<Vec<_>>()
    };
    for (kind, name) in [(StepKind::Items, "items"), (StepKind::Review, "review")] {
        match of(&kind).as_slice() {
            [] => top.fault(
                top.at,
                format!("the flow has no step of kind `{name}`"),
                format!("add one with kind = \"{name}\""),
            ),
            [_] => {}
            [_, second, ..] => top.fault(
                second.at,
                format!("a second step of kind `{name}`"),
                "remove one",
            ),
        }
    }
    reached(top, drafts);
    fields(top, drafts);
}

/// Nothing after the review, and no condition on a screen.
fn reached(top: &Table<'_>, drafts: &[Draft]) {
    let review = drafts.iter().position(|d| d.step.kind == StepKind::Review);
    for after in drafts.iter().skip(review.map_or(drafts.len(), |at| at + 1)) {
        top.fault(
            after.at,
            format!(
                "the step `{}` comes after the review and is never reached",
                after.step.id
            ),
            "move it before the review",
        );
    }
    for draft in drafts {
        if draft.step.is_screen()
            && let Some((_, at)) = &draft.when
        {
            top.fault(
                *at,
                "the cart and the review can't depend on a condition",
                "remove `when`",
            );
        }
    }
}

fn conditions(top: &Table<'_>, flow: &mut Flow, drafts: &[Draft]) {
    let table = flow.table();
    for (n, draft) in drafts.iter().enumerate() {
        let Some((source, at)) = &draft.when else {
            continue;
        };
        match Condition::new(source, &table) {
            Ok(condition) => {
                reach(top, drafts, n, &condition, *at);
                if let Some(step) = flow.steps.get_mut(n) {
                    step.when = Some(condition);
                }
            }
            Err(faults) => {
                let start = inside(top.page().text, *at);
                for fault in faults {
                    top.fault(start + fault.offset, fault.what, fault.cure);
                }
            }
        }
    }
}

/// Whether a condition can come true where its step stands.
fn reach(top: &Table<'_>, drafts: &[Draft], n: usize, condition: &Condition, at: usize) {
    let at = inside(top.page().text, at);
    let steps: Vec<Step> = drafts.iter().map(|draft| draft.step.clone()).collect();
    if !condition.can_hold(&steps) {
        top.fault(
            at,
            "the step is never reached: no answer makes this true",
            "remove the step or change `when`",
        );
    }
    for step in condition.answers_read() {
        if drafts
            .iter()
            .position(|draft| draft.step.id == step)
            .is_some_and(|place| place >= n)
        {
            top.fault(
                at,
                format!("the condition reads `answer.{step}`, which is asked later"),
                "move that step before this one",
            );
        }
    }
    for (step, word) in condition.compared() {
        let Some(draft) = drafts.iter().find(|draft| draft.step.id == step) else {
            continue;
        };
        let choices = draft.step.choices();
        if !word.is_empty() && !choices.is_empty() && draft.step.choice(&word).is_none() {
            let cure = nearest(&word, choices.iter().map(|choice| choice.id.as_str()))
                .unwrap_or_else(|| {
                    let known: Vec<&str> =
                        choices.iter().map(|choice| choice.id.as_str()).collect();
                    format!("known: {}", known.join(", "))
                });
            top.fault(
                at,
                format!("the step `{step}` has no choice `{word}`"),
                cure,
            );
        }
    }
}

/// Where a TOML string's words begin: after its quotes. Escapes inside move columns a little.
pub(super) fn inside(text: &str, at: usize) -> usize {
    let quoted = text.get(at..).unwrap_or_default();
    let quotes = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") {
        3
    } else {
        1
    };
    at + quotes
}
