//! Whether a condition can come true at all: tried with every answer that there can be.

use std::collections::BTreeMap;

use cel::Value;
use cel::common::ast::Expr;

use super::{Condition, Facts, walk};
use crate::dialogue::facts::RECORDS;
use crate::dialogue::flow::{Step, StepKind};

/// So many combinations of answers are tried; beyond, a condition counts as one that can hold.
const MAX_TRIES: usize = 4_096;

impl Condition {
    /// False only if it is certain that it never holds: it reads nothing but the answers of
    /// `steps` that are one of several choices, or yes and no, and none of them makes it true.
    pub fn can_hold(&self, steps: &[Step]) -> bool {
        let mut read = self.answers_read();
        read.sort_unstable();
        read.dedup();
        if self.reads_the_world() {
            return true;
        }
        let mut tries: Vec<BTreeMap<String, Value>> = vec![BTreeMap::new()];
        for id in read {
            let step = steps.iter().find(|step| step.id == id);
            let Some(values) = step.and_then(values) else {
                return true;
            };
            if tries.len().saturating_mul(values.len()) > MAX_TRIES {
                return true;
            }
            tries = tries
                .iter()
                .flat_map(|before| {
                    values.iter().map(|value| {
                        let mut answers = before.clone();
                        answers.insert(id.clone(), value.clone());
                        answers
                    })
                })
                .collect();
        }
        let facts = Facts::default();
        // What can't be told counts as true, as in a conversation.
        tries
            .iter()
            .any(|answers| self.run(answers, &facts).unwrap_or(true))
    }

    /// Whether it reads anything but answers.
    fn reads_the_world(&self) -> bool {
        let mut found = false;
        walk(self.program.expression(), &mut |expr| {
            if let Expr::Ident(name) = &expr.expr {
                found |= name != "answer" && RECORDS.contains(&name.as_str());
            }
        });
        found
    }
}

/// Every value that the answer of a step can have; none where they can't be counted.
fn values(step: &Step) -> Option<Vec<Value>> {
    match &step.kind {
        StepKind::Choice(choices) | StepKind::Payment(choices) => {
            let ids = choices.iter().map(|choice| choice.id.as_str());
            // Without an answer it is empty.
            let none = (step.optional || step.when.is_some()).then_some("");
            let all = ids.chain(none).map(|id| Value::from(id.to_owned()));
            Some(all.collect())
        }
        StepKind::YesNo => Some(vec![Value::Bool(true), Value::Bool(false)]),
        StepKind::Items
        | StepKind::Review
        | StepKind::Text { .. }
        | StepKind::Number { .. }
        | StepKind::Phone
        | StepKind::Choices { .. }
        | StepKind::Date { .. }
        | StepKind::Slot(_)
        | StepKind::Location
        | StepKind::Address { .. }
        | StepKind::Photo => None,
    }
}
