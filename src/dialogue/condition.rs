//! Conditions: CEL expressions over the [`Table`] of facts, checked before they ever run.
//!
//! The crate has no type checker, and `a || wrong` runs well until `a` is false; so the tree
//! is checked here against the table: names, fields, functions, types, a bool at the end.
//! What this checker does not know is refused.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators as op,
};
use cel::{Context, Env, Program, Value};

use super::facts::{Facts, RECORDS, Table, Type};
use super::flow::Flow;
use super::session::{Answer, Place};

/// Characters of an expression; a longer one can't be read by a person either.
pub const MAX_CHARS: usize = 500;
/// Macros (`exists`, `all` …) within one another: each multiplies the work.
pub const MAX_MACROS: usize = 3;
/// Levels of a tree; the checker and the interpreter walk it on the stack.
const MAX_DEPTH: usize = 40;
/// Brackets (and conditional branches) within one another: the parser takes about 30 KiB of
/// stack for each, and a thread may have no more than 2 MiB.
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
            return Err(vec![ConditionFault {
                offset: 0,
                what: format!("the condition is longer than {MAX_CHARS} characters"),
                cure: "split it over several steps or rules".to_owned(),
            }]);
        }
        if brackets(source) > MAX_BRACKETS {
            return Err(vec![ConditionFault {
                offset: 0,
                what: "the condition is nested too deeply".to_owned(),
                cure: "make it simpler".to_owned(),
            }]);
        }
        let program = ENV.compile(source).map_err(|errors| {
            errors
                .errors
                .iter()
                .map(|error| ConditionFault {
                    offset: offset_of(source, error.pos),
                    what: format!("the condition can't be read: {}", one_line(&error.msg)),
                    cure: "write it as in `order.total_minor > 20000 && time.hour < 12`".to_owned(),
                })
                .collect::<Vec<_>>()
        })?;
        let mut checker = Checker {
            table,
            info: program.source_info(),
            locals: Vec::new(),
            faults: Vec::new(),
        };
        let root = program.expression();
        let found = checker.type_of(root, 0);
        if let Some(found) = found
            && found != Type::Flag
        {
            checker.fault(
                root,
                format!("the condition gives {}, not true or false", found.name()),
                "compare it with something".to_owned(),
            );
        }
        if !checker.faults.is_empty() {
            return Err(checker.faults);
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

    /// Whether it is the bare word `false`: then its step is never asked.
    pub fn is_never(&self) -> bool {
        self.source.trim() == "false"
    }

    /// Whether it holds at this place of a conversation.
    ///
    /// # Errors
    /// What went wrong while it ran, such as a number out of range.
    pub fn holds(&self, flow: &Flow, place: &Place, facts: &Facts) -> Result<bool, String> {
        self.run(&answers(flow, place), facts)
    }

    fn run(&self, answers: &BTreeMap<String, Value>, facts: &Facts) -> Result<bool, String> {
        let mut context = Context::with_env(ENV.clone());
        let added = context
            .add_variable("order", &facts.order)
            .and_then(|()| context.add_variable("customer", &facts.customer))
            .and_then(|()| context.add_variable("time", &facts.time));
        added.map_err(|error| error.to_string())?;
        let answers: std::collections::HashMap<String, Value> = answers
            .iter()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        context.add_variable_from_value("answer", Value::from(answers));
        match self.program.execute(&context) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(other) => Err(format!("{other:?} is neither true nor false")),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// `answer.…`: what is not answered is empty, zero or false, so that a condition always runs.
fn answers(flow: &Flow, place: &Place) -> BTreeMap<String, Value> {
    flow.steps
        .iter()
        .filter_map(|step| {
            let value = match (place.answers.get(&step.id), step.answer_type()?) {
                (Some(Answer::Text(words)), Type::Text) => Value::from(words.clone()),
                (Some(Answer::Number(number)), Type::Int) => Value::Int(*number),
                (Some(Answer::Flag(flag)), Type::Flag) => Value::Bool(*flag),
                (_, Type::Text) => Value::from(String::new()),
                (_, Type::Int) => Value::Int(0),
                (_, Type::Flag) => Value::Bool(false),
                (_, Type::List(_) | Type::Record(_)) => return None,
            };
            Some((step.id.clone(), value))
        })
        .collect()
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

struct Checker<'a> {
    table: &'a Table,
    info: &'a SourceInfo,
    locals: Vec<(String, Type)>,
    faults: Vec<ConditionFault>,
}

impl Checker<'_> {
    fn fault(&mut self, at: &IdedExpr, what: String, cure: String) {
        let offset = self
            .info
            .offset_for(at.id)
            .map_or(0, |(start, _)| start as usize);
        self.faults.push(ConditionFault { offset, what, cure });
    }

    /// The type of an expression; `None` once a fault was found in it.
    fn type_of(&mut self, at: &IdedExpr, depth: usize) -> Option<Type> {
        if depth > MAX_DEPTH {
            self.fault(
                at,
                "the condition is nested too deeply".to_owned(),
                "make it simpler".to_owned(),
            );
            return None;
        }
        match &at.expr {
            Expr::Literal(literal) => self.literal(at, literal),
            Expr::Ident(name) => self.ident(at, name),
            Expr::Select(select) => {
                let Type::Record(record) = self.type_of(&select.operand, depth + 1)? else {
                    self.fault(
                        at,
                        format!("`.{}` asks a field of what has none", select.field),
                        format!("fields are those of {}", RECORDS.join(", ")),
                    );
                    return None;
                };
                let found = self.field(at, record, &select.field)?;
                Some(if select.test { Type::Flag } else { found })
            }
            Expr::Call(call) => self.call(at, call, depth),
            Expr::List(list) => {
                let mut inner: Option<Type> = None;
                for element in &list.elements {
                    let found = self.type_of(element, depth + 1)?;
                    match &inner {
                        Some(first) if !first.fits(&found) => {
                            self.mixed(element, first.clone(), &found);
                            return None;
                        }
                        _ => inner = Some(found),
                    }
                }
                Some(Type::List(inner.map(Box::new)))
            }
            Expr::Comprehension(inner) => self.comprehension(at, inner, depth),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                self.fault(
                    at,
                    "this kind of expression is not used in conditions".to_owned(),
                    "use comparisons, `&&`, `||`, `!`, `in` and lists".to_owned(),
                );
                None
            }
        }
    }

    fn literal(&mut self, at: &IdedExpr, literal: &LiteralValue) -> Option<Type> {
        match literal {
            LiteralValue::Boolean(_) => Some(Type::Flag),
            LiteralValue::Int(_) => Some(Type::Int),
            LiteralValue::String(_) => Some(Type::Text),
            LiteralValue::Double(_)
            | LiteralValue::UInt(_)
            | LiteralValue::Bytes(_)
            | LiteralValue::Null => {
                self.fault(
                    at,
                    "this kind of value is not used in conditions".to_owned(),
                    "write whole numbers (money in minor units), text in quotes, true or false"
                        .to_owned(),
                );
                None
            }
        }
    }

    fn ident(&mut self, at: &IdedExpr, name: &str) -> Option<Type> {
        if let Some((_, found)) = self.locals.iter().rev().find(|(local, _)| local == name) {
            return Some(found.clone());
        }
        if let Some(record) = RECORDS.iter().find(|record| **record == name) {
            return Some(Type::Record(record));
        }
        let cure = nearest(name, RECORDS)
            .unwrap_or_else(|| format!("known names: {}", RECORDS.join(", ")));
        self.fault(at, format!("there is no `{name}`"), cure);
        None
    }

    fn field(&mut self, at: &IdedExpr, record: &'static str, field: &str) -> Option<Type> {
        let found = self.table.field(record, field);
        if found.is_none() {
            let fields = self.table.fields(record);
            let cure = nearest(field, fields.iter().copied())
                .unwrap_or_else(|| format!("`{record}` has: {}", fields.join(", ")));
            self.fault(at, format!("`{record}` has no `{field}`"), cure);
        }
        found
    }

    fn mixed(&mut self, at: &IdedExpr, left: Type, right: &Type) {
        self.fault(
            at,
            format!("{} and {} can't be put together", left.name(), right.name()),
            "both sides must be of the same kind".to_owned(),
        );
    }

    fn call(&mut self, at: &IdedExpr, call: &CallExpr, depth: usize) -> Option<Type> {
        let target = match &call.target {
            Some(target) => Some(self.type_of(target, depth + 1)?),
            None => None,
        };
        // All arguments are looked at, so that faults of both sides are told at once.
        let found: Vec<Option<Type>> = call
            .args
            .iter()
            .map(|arg| self.type_of(arg, depth + 1))
            .collect();
        let args: Vec<Type> = found.into_iter().collect::<Option<_>>()?;
        let name = call.func_name.as_str();
        let result = match target {
            None => global(name, &args),
            Some(target) => member(name, &target, &args),
        };
        match result {
            Found::Type(found) => Some(found),
            Found::Unknown => {
                let cure = nearest(name, FUNCTIONS)
                    .unwrap_or_else(|| format!("known: {}", FUNCTIONS.join(", ")));
                self.fault(at, format!("there is no function `{name}`"), cure);
                None
            }
            Found::Wrong => {
                let kinds: Vec<String> = args.iter().map(Type::name).collect();
                self.fault(
                    at,
                    format!("{} does not work on {}", spoken(name), kinds.join(" and ")),
                    "both sides must be of a kind that can be compared or counted".to_owned(),
                );
                None
            }
        }
    }

    fn comprehension(
        &mut self,
        at: &IdedExpr,
        inner: &ComprehensionExpr,
        depth: usize,
    ) -> Option<Type> {
        if self.macros_around() >= MAX_MACROS {
            self.fault(
                at,
                format!("more than {MAX_MACROS} of exists, all … within one another"),
                "make it simpler".to_owned(),
            );
            return None;
        }
        let range = self.type_of(&inner.iter_range, depth + 1)?;
        let Type::List(element) = range else {
            self.fault(
                at,
                format!("{} is no list", range.name()),
                "go through a list".to_owned(),
            );
            return None;
        };
        let element = element.map_or(Type::Text, |element| *element);
        let total = self.type_of(&inner.accu_init, depth + 1)?;
        self.locals.push((inner.accu_var.clone(), total));
        self.locals.push((inner.iter_var.clone(), element));
        let condition = self.type_of(&inner.loop_cond, depth + 1);
        let step = self.type_of(&inner.loop_step, depth + 1);
        self.locals.pop();
        // The step tells the type of what is collected; the empty list at first does not.
        if let (Some(step), Some((_, total))) = (&step, self.locals.last_mut()) {
            *total = step.clone();
        }
        let result = self.type_of(&inner.result, depth + 1);
        self.locals.pop();
        condition.and(step).and(result)
    }

    /// Each macro around this place holds two names.
    fn macros_around(&self) -> usize {
        self.locals.len() / 2
    }
}

enum Found {
    Type(Type),
    /// There is no such function.
    Unknown,
    /// It does not take these.
    Wrong,
}

/// What a merchant may call; operators aside.
const FUNCTIONS: [&str; 9] = [
    "size",
    "startsWith",
    "endsWith",
    "contains",
    "has",
    "exists",
    "all",
    "exists_one",
    "filter",
];

fn global(name: &str, args: &[Type]) -> Found {
    let found = match (name, args) {
        (op::LOGICAL_AND | op::LOGICAL_OR, [Type::Flag, Type::Flag])
        | (op::LOGICAL_NOT | op::NOT_STRICTLY_FALSE, [Type::Flag]) => Type::Flag,
        (op::EQUALS | op::NOT_EQUALS, [a, b]) if a.fits(b) && !matches!(a, Type::Record(_)) => {
            Type::Flag
        }
        (
            op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS,
            [Type::Int, Type::Int] | [Type::Text, Type::Text],
        ) => Type::Flag,
        (
            op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | op::MODULO,
            [Type::Int, Type::Int],
        )
        | (op::NEGATE, [Type::Int])
        | ("size", [Type::Text | Type::List(_)]) => Type::Int,
        (op::ADD, [Type::Text, Type::Text]) => Type::Text,
        (op::ADD, [Type::List(a), Type::List(b)])
            if Type::List(a.clone()).fits(&Type::List(b.clone())) =>
        {
            Type::List(a.clone().or_else(|| b.clone()))
        }
        (op::CONDITIONAL, [Type::Flag, a, b]) if a.fits(b) => a.clone(),
        (op::IN, [a, Type::List(Some(inner))]) if a.fits(inner) => Type::Flag,
        (op::IN, [_, Type::List(None)]) => Type::Flag,
        (known, _) if is_operator(known) || FUNCTIONS.contains(&known) => return Found::Wrong,
        _ => return Found::Unknown,
    };
    Found::Type(found)
}

fn member(name: &str, target: &Type, args: &[Type]) -> Found {
    match (name, target, args) {
        ("size", Type::Text | Type::List(_), []) => Found::Type(Type::Int),
        ("startsWith" | "endsWith" | "contains", Type::Text, [Type::Text]) => {
            Found::Type(Type::Flag)
        }
        (known, _, _) if FUNCTIONS.contains(&known) => Found::Wrong,
        _ => Found::Unknown,
    }
}

fn is_operator(name: &str) -> bool {
    name.starts_with(['_', '!', '-', '@'])
}

/// `_<_` is spoken as `<`.
fn spoken(name: &str) -> String {
    let bare = name
        .trim_matches('_')
        .trim_start_matches('@')
        .trim_end_matches('_');
    format!("`{bare}`")
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
mod tests {
    use super::*;
    use crate::dialogue::facts::OrderFacts;

    fn table() -> Table {
        Table {
            answers: BTreeMap::from([
                ("guests".to_owned(), Type::Int),
                ("delivery".to_owned(), Type::Flag),
                ("name".to_owned(), Type::Text),
            ]),
        }
    }

    fn faults(source: &str) -> Vec<(usize, String)> {
        match Condition::new(source, &table()) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|f| (f.offset, f.what)).collect(),
        }
    }

    fn facts() -> Facts {
        Facts {
            order: OrderFacts {
                total_minor: 30_000,
                lines: 2,
                items: vec!["beer".to_owned(), "rice".to_owned()],
                ..Default::default()
            },
            ..Default::default()
        }
    }

    fn holds(source: &str) -> bool {
        let answers = BTreeMap::from([
            ("guests".to_owned(), Value::Int(4)),
            ("delivery".to_owned(), Value::Bool(false)),
            ("name".to_owned(), Value::from("李伟".to_owned())),
        ]);
        let condition = Condition::new(source, &table()).unwrap();
        condition.run(&answers, &facts()).unwrap()
    }

    #[test]
    fn sound_conditions_run() {
        for (source, expected) in [
            ("order.total_minor >= 20000", true),
            ("order.total_minor + 1 > 30000 && order.lines == 2", true),
            ("!answer.delivery || answer.guests > 8", true),
            ("answer.name.contains('伟') && size(answer.name) == 2", true),
            ("'beer' in order.items", true),
            ("order.items.exists(i, i.startsWith('wine'))", false),
            ("order.items.all(i, size(i) == 4)", true),
            ("size(order.items.filter(i, i == 'beer')) == 1", true),
            ("order.items.exists_one(i, i == 'rice')", true),
            ("order.categories == []", true),
            ("(time.hour < 12 ? order.lines : 0) > 1", true),
            (
                "has(order.flow) && -order.lines < 0 && order.lines % 2 == 0",
                true,
            ),
        ] {
            assert_eq!(holds(source), expected, "{source}");
        }
    }

    #[test]
    fn what_would_fail_later_is_refused_before() {
        for (source, offset, what) in [
            ("order.totl > 1", 5, "`order` has no `totl`"),
            ("ordr.lines > 1", 0, "there is no `ordr`"),
            (
                "time.open || order.lines > 'a'",
                25,
                "`>` does not work on a number and text",
            ),
            ("order.lines", 5, "gives a number, not true or false"),
            (
                "order.lines == 1 && nosuch(order.lines) == 1",
                26,
                "there is no function `nosuch`",
            ),
            ("order.lines * 1.5 > 2", 14, "this kind of value"),
            ("answer.table == 'x'", 6, "`answer` has no `table`"),
            ("order == customer", 6, "does not work on"),
            (
                "order.items.exists(i, i > 3)",
                24,
                "does not work on text and a number",
            ),
            ("order.lines.foo > 1", 11, "asks a field of what has none"),
            ("{'a': 1} == {}", 0, "this kind of expression"),
            ("[1, 'a'] == []", 4, "can't be put together"),
        ] {
            let found = faults(source);
            assert!(
                found
                    .iter()
                    .any(|(at, text)| *at == offset && text.contains(what)),
                "{source}: {found:?}"
            );
        }
    }

    #[test]
    fn faults_of_both_sides_are_told_at_once() {
        assert_eq!(faults("order.totl > 1 && time.our > 2").len(), 2);
    }

    #[test]
    fn offsets_are_bytes_even_after_other_scripts() {
        let found = faults("answer.name == '中文' && order.x == 1");
        assert_eq!(found[0].0, "answer.name == '中文' && order".len());
    }

    #[test]
    fn length_nesting_and_syntax_have_limits() {
        assert!(
            faults(&format!("order.lines > {}", "1".repeat(500)))[0]
                .1
                .contains("longer than 500")
        );
        let mut nested = "a == b".to_owned();
        for name in ["d", "c", "b", "a"] {
            nested = format!("order.items.exists({name}, {nested})");
        }
        assert!(
            faults(&nested)
                .iter()
                .any(|(_, what)| what.contains("more than 3"))
        );
        let deep = format!("{}true{}", "!(".repeat(100), ")".repeat(100));
        let branches = format!("{}true", "true?true:".repeat(40));
        assert!(faults(&branches)[0].1.contains("nested too deeply"));
        assert!(faults(&format!("{}true", "!".repeat(480))).len() < 2);
        assert!(faults(&format!("{}1 == 1", "-".repeat(480))).len() < 2);
        assert!(faults(&format!("true{}", "&&true".repeat(80))).len() < 2);
        assert!(faults(&format!("1{} == 1", "+1".repeat(240))).len() < 3);
        assert!(faults(&format!("order{}", ".a".repeat(240))).len() < 3);
        assert!(
            faults(&deep)
                .iter()
                .any(|(_, what)| what.contains("nested too deeply"))
        );
        assert_eq!(faults("order.lines >")[0].0, "order.lines >".len());
    }
}
