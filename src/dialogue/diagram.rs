//! A flow as a Mermaid flowchart, to be looked at before it is tried.
//!
//! It shows what [`advance`](super::advance()) does: the order of the steps, the conditions,
//! Skip, Back, Cancel and the review's changes. After a change it goes straight back to the
//! review, which is not drawn. Words are the caller's; every label is quoted and escaped, so
//! that no title breaks the drawing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::flow::{Flow, PrefillMode, Step, StepKind};

/// The words of a drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The flow's name.
    pub flow: String,
    /// The steps' names, by id; a step without one shows its id.
    pub steps: BTreeMap<String, String>,
    /// The review's buttons that go to a step, by its id.
    pub changes: BTreeMap<String, String>,
    /// The button that goes back.
    pub back: String,
    /// The button that leaves a step out.
    pub skip: String,
    /// The button that leaves the order.
    pub cancel: String,
    /// Where Back leads from the first step.
    pub home: String,
    /// The button that places the order.
    pub place: String,
    /// The button that says that the order is to be left.
    pub cancelled: String,
}

/// Draws a flow.
pub fn mermaid(flow: &Flow, words: &Words) -> String {
    let mut drawing = Drawing {
        flow,
        words,
        out: String::from("flowchart TD\n"),
    };
    drawing.nodes();
    drawing.forth();
    drawing.back();
    drawing.change();
    drawing.cancel();
    drawing.out
}

struct Drawing<'a> {
    flow: &'a Flow,
    words: &'a Words,
    out: String,
}

impl Drawing<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a String can't fail.
        let _ = writeln!(self.out, "    {line}");
    }

    fn nodes(&mut self) {
        let Words {
            flow,
            place,
            cancelled,
            home,
            ..
        } = self.words;
        self.line(format_args!("start([{}])", quoted(flow)));
        for step in &self.flow.steps {
            if step.when.is_some() {
                self.line(format_args!("if_{}{{\" \"}}", step.id));
            }
            let label = self.label(step);
            self.line(format_args!("step_{}[{label}]", step.id));
        }
        self.line(format_args!("placed([{}])", quoted(place)));
        self.line(format_args!("home([{}])", quoted(home)));
        self.line(format_args!("cancelled([{}])", quoted(cancelled)));
    }

    /// A step's title, and below it what its file says of it.
    fn label(&self, step: &Step) -> String {
        let title = self.words.steps.get(&step.id).unwrap_or(&step.id);
        let mut about = format!("{}: {}", step.id, step.kind.name());
        if let Some(prefill) = step.prefill {
            about.push_str(", prefill ");
            about.push_str(prefill.name());
        }
        match step.prefill_mode {
            PrefillMode::Ask => {}
            PrefillMode::Silent => about.push_str(", silent"),
            PrefillMode::Once => about.push_str(", once"),
        }
        // The line break is ours, all else is escaped.
        format!("\"{}<br/>{}\"", escaped(title), escaped(&about))
    }

    /// Where a step is come to: its condition, if it has one.
    fn entry(&self, at: usize) -> String {
        match self.flow.steps.get(at) {
            None => "placed".to_owned(),
            Some(step) if step.when.is_some() => format!("if_{}", step.id),
            Some(step) => format!("step_{}", step.id),
        }
    }

    fn forth(&mut self) {
        let first = self.entry(0);
        self.line(format_args!("start --> {first}"));
        for (at, step) in self.flow.steps.iter().enumerate() {
            let next = self.entry(at + 1);
            let id = &step.id;
            if let Some(when) = &step.when {
                let holds = quoted(when.source());
                let not = quoted(&format!("!({})", when.source()));
                self.line(format_args!("if_{id} -->|{holds}| step_{id}"));
                self.line(format_args!("if_{id} -->|{not}| {next}"));
            }
            self.line(format_args!("step_{id} --> {next}"));
            if step.optional {
                let skip = quoted(&self.words.skip);
                self.line(format_args!("step_{id} -->|{skip}| {next}"));
            }
        }
    }

    /// Back leads to the step before that was asked: beyond a conditional one, to either.
    fn back(&mut self) {
        let back = quoted(&self.words.back);
        for (at, step) in self.flow.steps.iter().enumerate() {
            let id = &step.id;
            let mut is_open = true;
            for before in self.flow.steps.iter().take(at).rev() {
                self.line(format_args!("step_{id} -.->|{back}| step_{}", before.id));
                is_open = before.when.is_some();
                if !is_open {
                    break;
                }
            }
            if is_open {
                self.line(format_args!("step_{id} -.->|{back}| home"));
            }
        }
    }

    fn change(&mut self) {
        let is_review = |step: &&Step| step.kind == StepKind::Review;
        let Some(review) = self.flow.steps.iter().find(is_review) else {
            return;
        };
        for step in self.flow.steps.iter().filter(|step| !is_review(step)) {
            if let Some(change) = self.words.changes.get(&step.id) {
                let change = quoted(change);
                self.line(format_args!(
                    "step_{} -.->|{change}| step_{}",
                    review.id, step.id
                ));
            }
        }
    }

    fn cancel(&mut self) {
        let all: Vec<String> = self
            .flow
            .steps
            .iter()
            .map(|step| format!("step_{}", step.id))
            .collect();
        let cancel = quoted(&self.words.cancel);
        self.line(format_args!("{} -.->|{cancel}| cancelled", all.join(" & ")));
    }
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", escaped(words))
}

/// Words that mean nothing to Mermaid and nothing as HTML.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' => {
                let _ = write!(safe, "#{};", u32::from(c));
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    // An empty label is none.
    if safe.trim().is_empty() {
        safe.push(' ');
    }
    safe
}
