//! Conditions: CEL expressions over the [`Table`] of facts, checked before they ever run.
//!
//! The crate has no type checker, and `a || wrong` runs well until `a` is false; so the tree
//! is checked here against the table: names, fields, functions, types, a bool at the end.
//! What this checker does not know is refused.

mod checker;
mod reach;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators as op};
use cel::{Context, Env, Program, Value};

use super::advance::settled;
use super::facts::{Facts, RECORDS, Table, Type};
use super::flow::{Flow, Step};
use super::session::{Answer, Place};

/// Characters of an expression; a longer one can't be read by a person either.
pub const MAX_CHARS: usize = 500;
/// Brackets (and conditional branches) within one another: a hundred overflow the parser on a
/// thread's usual 2 MiB of stack.
const MAX_BRACKETS: usize = 16;

static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// An expression that has passed the checker.
#[derive(Clone)]
pub struct Condition {
    source: String,
    program: Arc<Program>,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionFault {
    /// Byte offset in the expression.
    pub offset: usize,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

impl ConditionFault {
    #[track_caller]
    fn new(offset: usize, what: impl Into<String>, cure: impl Into<String>) -> Self {
        #[cfg(test)]
        crate::kernel::sites::seen(std::panic::Location::caller());
        Self {
            offset,
            what: what.into(),
            cure: cure.into(),
        }
    }
}

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Condition").field(&self.source).finish()
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Condition {}

impl Condition {
    /// Reads and checks an expression.
    ///
    /// # Errors
    /// Everything that is wrong with it; for broken syntax only that.
    pub fn new(source: &str, table: &Table) -> Result<Self, Vec<ConditionFault>> {
        if source.chars().count() > MAX_CHARS {
            return Err(vec![ConditionFault::new(
                0,
                format!("the condition is longer than {MAX_CHARS} characters"),
                "split it over several steps or rules",
            )]);
        }
        if brackets(source) > MAX_BRACKETS {
            return Err(vec![ConditionFault::new(
                0,
                "the condition is nested too deeply",
                "make it simpler",
            )]);
        }
        let program = ENV.compile(source).map_err(|errors| {
            errors
                .errors
                .iter()
                .map(|error| {
                    ConditionFault::new(
                        offset_of(source, error.pos),
                        format!("the condition can't be read: {}", one_line(&error.msg)),
                        "write it as in `order.total_minor > 20000 && time.hour < 12`",
                    )
                })
                .collect::<Vec<_>>()
        })?;
        let faults = checker::faults(&program, table);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            source: source.to_owned(),
            program: Arc::new(program),
        })
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The steps whose answers it reads.
    pub fn answers_read(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.program.expression(), &mut |expr| {
            found.extend(answer_of(expr).map(str::to_owned));
        });
        found
    }

    /// Comparisons of a step's answer with a word: `answer.time == 'asap'`.
    pub fn compared(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        walk(self.program.expression(), &mut |expr| {
            let Expr::Call(call) = &expr.expr else { return };
            if ![op::EQUALS, op::NOT_EQUALS].contains(&call.func_name.as_str()) {
                return;
            }
            let step = call.args.iter().find_map(answer_of);
            let word = call.args.iter().find_map(|arg| match &arg.expr {
                Expr::Literal(LiteralValue::String(word)) => Some(word.inner()),
                _ => None,
            });
            if let (Some(step), Some(word)) = (step, word) {
                found.push((step.to_owned(), word.to_string()));
            }
        });
        found
    }

    /// Whether it reads `RECORD.FIELD`.
    pub fn reads(&self, record: &str, field: &str) -> bool {
        let mut found = false;
        walk(self.program.expression(), &mut |expr| {
            if let Expr::Select(select) = &expr.expr
                && let Expr::Ident(name) = &select.operand.expr
            {
                found |= name == record && select.field == field;
            }
        });
        found
    }

    /// The whole numbers that it compares or counts with.
    pub fn numbers(&self) -> Vec<i64> {
        let mut found = Vec::new();
        walk(self.program.expression(), &mut |expr| {
            if let Expr::Literal(LiteralValue::Int(number)) = &expr.expr {
                found.push(*number.inner());
            }
        });
        found
    }

    /// The facts that it reads, `RECORD.FIELD`, each once, in the order written.
    pub fn facts_read(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        walk(self.program.expression(), &mut |expr| {
            if let Expr::Select(select) = &expr.expr
                && let Expr::Ident(name) = &select.operand.expr
                && RECORDS.contains(&name.as_str())
            {
                let fact = (name.clone(), select.field.clone());
                if !found.contains(&fact) {
                    found.push(fact);
                }
            }
        });
        found
    }

    /// Whether it holds at this place of a conversation.
    ///
    /// # Errors
    /// What went wrong while it ran, such as a number out of range.
    pub fn holds(&self, flow: &Flow, place: &Place, facts: &Facts) -> Result<bool, String> {
        self.run(&answers(flow, place, facts), facts)
    }

    fn run(&self, answers: &BTreeMap<String, Value>, facts: &Facts) -> Result<bool, String> {
        // Each record takes longer to make than an expression to run.
        let read = self.program.references();
        self.holds_at(&Moment::of(answers, facts, |name| read.has_variable(name)))
    }

    /// Whether it holds at a moment that was made ready for many conditions.
    ///
    /// # Errors
    /// What went wrong while it ran, such as a division by zero.
    pub fn holds_at(&self, moment: &Moment) -> Result<bool, String> {
        let context = moment.context.as_ref().map_err(Clone::clone)?;
        match self.program.execute(context) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(other) => Err(format!("{other:?} is neither true nor false")),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The values of one moment, ready to be read by any number of conditions.
pub struct Moment {
    context: Result<Context<'static, 'static>, String>,
}

impl Moment {
    /// Everything that a condition may read at this place of a conversation.
    pub fn new(flow: &Flow, place: &Place, facts: &Facts) -> Self {
        Self::of(&answers(flow, place, facts), facts, |_| true)
    }

    fn of(answers: &BTreeMap<String, Value>, facts: &Facts, reads: impl Fn(&str) -> bool) -> Self {
        let mut context = Context::with_env(ENV.clone());
        let mut added = Ok(());
        if reads("order") {
            added = added.and(context.add_variable("order", &facts.order));
        }
        if reads("customer") {
            added = added.and(context.add_variable("customer", &facts.customer));
        }
        if reads("time") {
            added = added.and(context.add_variable("time", &facts.time));
        }
        if reads("credit") {
            added = added.and(context.add_variable("credit", &facts.credit));
        }
        if reads("budget") {
            added = added.and(context.add_variable("budget", &facts.budget));
        }
        let answers: std::collections::HashMap<String, Value> = answers
            .iter()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        context.add_variable_from_value("answer", Value::from(answers));
        Self {
            context: match added {
                Ok(()) => Ok(context),
                Err(error) => Err(error.to_string()),
            },
        }
    }
}

/// `answer.…`: what is not answered is empty, zero or false, so that a condition always runs. What
/// is known without asking counts where its step applies, which only earlier answers decide.
fn answers(flow: &Flow, place: &Place, facts: &Facts) -> BTreeMap<String, Value> {
    let none = flow.steps.iter();
    let none = none.filter_map(|step| Some((step.id.clone(), value(step, None)?)));
    let mut values: BTreeMap<String, Value> = none.collect();
    for step in &flow.steps {
        let known = match place.answers.get(&step.id) {
            Some(given) => Some(given.clone()),
            None => settled(step, facts).filter(|_| {
                let when = step.when.as_ref();
                when.is_none_or(|when| when.run(&values, facts).unwrap_or(true))
            }),
        };
        if let Some(value) = known.and_then(|known| value(step, Some(&known))) {
            values.insert(step.id.clone(), value);
        }
    }
    values
}

/// An answer as a condition reads it; none if it reads none of such a step.
fn value(step: &Step, answer: Option<&Answer>) -> Option<Value> {
    Some(match (answer, step.answer_type()?) {
        (Some(Answer::Text(words) | Answer::Address { words, .. }), Type::Text) => {
            Value::from(words.clone())
        }
        (Some(Answer::Many(ids)), Type::List(_)) => Value::from(ids.clone()),
        (Some(Answer::Number(number)), Type::Int) => Value::Int(*number),
        (Some(Answer::Flag(flag)), Type::Flag) => Value::Bool(*flag),
        (_, Type::Text) => Value::from(String::new()),
        (_, Type::Int) => Value::Int(0),
        (_, Type::Flag) => Value::Bool(false),
        (_, Type::List(_)) => Value::from(Vec::<String>::new()),
        (_, Type::Record(_)) => return None,
    })
}

/// `STEP` of `answer.STEP`.
fn answer_of(expr: &IdedExpr) -> Option<&str> {
    match &expr.expr {
        Expr::Select(select) => match &select.operand.expr {
            Expr::Ident(name) if name == "answer" => Some(&select.field),
            _ => None,
        },
        _ => None,
    }
}

/// Shows every node of a checked tree to `see`.
fn walk(at: &IdedExpr, see: &mut impl FnMut(&IdedExpr)) {
    see(at);
    match &at.expr {
        Expr::Select(select) => walk(&select.operand, see),
        Expr::Call(call) => {
            for inner in call.target.iter().map(|target| &**target).chain(&call.args) {
                walk(inner, see);
            }
        }
        Expr::List(list) => {
            for element in &list.elements {
                walk(element, see);
            }
        }
        Expr::Comprehension(c) => {
            for inner in [
                &c.iter_range,
                &c.accu_init,
                &c.loop_cond,
                &c.loop_step,
                &c.result,
            ] {
                walk(inner, see);
            }
        }
        Expr::Ident(_) | Expr::Literal(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {}
    }
}

/// "did you mean", if something is near enough.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    /// Below this two words have nothing to do with each other.
    const ALIKE: f64 = 0.75;
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(name, word), word))
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| format!("did you mean `{word}`?"))
}

/// How deep brackets lie, those in quotes too; every `?` counts, since branches nest.
fn brackets(source: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for c in source.chars() {
        match c {
            '(' | '[' | '{' | '?' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

fn one_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim().to_owned()
}

/// The byte offset of a 1-based line and column.
fn offset_of(source: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let before: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = source.get(before..).unwrap_or_default();
    before
        + rest
            .char_indices()
            .nth(column)
            .map_or(rest.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests;
