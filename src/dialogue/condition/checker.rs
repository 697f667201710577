//! The type checker of conditions: walks the parsed tree against the table of facts.

use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators as op,
};

use cel::Program;

use super::{ConditionFault, nearest};
use crate::dialogue::facts::{FUNCTIONS, RECORDS, Table, Type};

/// Macros (`exists`, `all` …) within one another: each multiplies the work.
const MAX_MACROS: usize = 3;
/// Levels of a tree; the checker and the interpreter walk it on the stack.
const MAX_DEPTH: usize = 40;

/// Everything that is wrong with a program.
pub fn faults(program: &Program, table: &Table) -> Vec<ConditionFault> {
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
    checker.faults
}

struct Checker<'a> {
    table: &'a Table,
    info: &'a SourceInfo,
    locals: Vec<(String, Type)>,
    faults: Vec<ConditionFault>,
}

impl Checker<'_> {
    #[track_caller]
    fn fault(&mut self, at: &IdedExpr, what: String, cure: String) {
        let offset = self
            .info
            .offset_for(at.id)
            .map_or(0, |(start, _)| start as usize);
        self.faults.push(ConditionFault::new(offset, what, cure));
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
        if [op::DIVIDE, op::MODULO].contains(&name) && call.args.get(1).is_some_and(is_zero) {
            self.fault(
                at,
                "this divides by zero".to_owned(),
                "divide by another number".to_owned(),
            );
            return None;
        }
        let result = match target {
            None => global(name, &args),
            Some(target) => member(name, &target, &args),
        };
        match result {
            Found::Type(found) => Some(found),
            Found::Unknown => {
                let known: Vec<&str> = FUNCTIONS.iter().map(|known| known.name).collect();
                let cure = nearest(name, known.iter().copied())
                    .unwrap_or_else(|| format!("known: {}", known.join(", ")));
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

fn is_zero(expr: &IdedExpr) -> bool {
    matches!(&expr.expr, Expr::Literal(LiteralValue::Int(number)) if *number.inner() == 0)
}

enum Found {
    Type(Type),
    /// There is no such function.
    Unknown,
    /// It does not take these.
    Wrong,
}

/// Whether a merchant may call it; operators aside.
fn is_function(name: &str) -> bool {
    FUNCTIONS.iter().any(|function| function.name == name)
}

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
        (known, _) if is_operator(known) || is_function(known) => return Found::Wrong,
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
        (known, _, _) if is_function(known) => Found::Wrong,
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
