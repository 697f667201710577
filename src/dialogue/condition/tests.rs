use super::*;
use crate::dialogue::facts::{FUNCTIONS, OPERATORS, OrderFacts};

fn table() -> Table {
    Table {
        answers: BTreeMap::from([
            ("guests".to_owned(), Type::Int),
            ("delivery".to_owned(), Type::Flag),
            ("name".to_owned(), Type::Text),
        ]),
        rules: true,
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

#[test]
fn every_operator_and_function_that_is_listed_works() {
    for form in OPERATORS.iter().chain(FUNCTIONS) {
        assert_eq!(faults(form.example), [], "{}", form.example);
        let sign = form.name.chars().next().unwrap();
        assert!(form.example.contains(sign), "{}", form.example);
        if form.name.len() > 2 {
            assert!(form.example.contains(form.name), "{}", form.example);
        }
        assert!(form.form.contains(sign) && !form.meaning.is_empty());
        let condition = Condition::new(form.example, &table()).unwrap();
        assert!(condition.run(&BTreeMap::new(), &facts()).is_ok());
    }
}

#[test]
fn no_operator_works_that_is_not_listed() {
    let listed = |sign: &str| OPERATORS.iter().any(|form| form.name == sign);
    for sign in [
        "&&", "||", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in",
    ] {
        let works = ["1 {} 2", "time.open {} time.open", "1 {} [2]"]
            .iter()
            .flat_map(|form| {
                [
                    form.replace("{}", sign),
                    format!("({}) == 3", form.replace("{}", sign)),
                ]
            })
            .any(|source| faults(&source).is_empty());
        assert_eq!(works, listed(sign), "{sign}");
    }
    for source in [
        "1 & 2 == 0",
        "1 ** 2 == 1",
        "[1][0] == 1",
        "{'a': 1}.a == 1",
    ] {
        assert!(!faults(source).is_empty(), "{source}");
    }
}

#[test]
fn the_deepest_condition_that_passes_runs_on_half_a_stack() {
    // Each `+ 1` lies one level deeper; one more than what passes is refused.
    let chain = |length: usize| format!("order.lines{} > 0", " + 1".repeat(length));
    let deepest = (1..100)
        .rev()
        .find(|n| faults(&chain(*n)).is_empty())
        .unwrap();
    assert!(deepest > 30, "{deepest}");
    let condition = Condition::new(&chain(deepest), &table()).unwrap();
    let half = crate::runtime::STACK_BYTES / 2;
    let work = move || condition.run(&BTreeMap::new(), &Facts::default());
    let thread = std::thread::Builder::new().stack_size(half).spawn(work);
    assert_eq!(thread.unwrap().join().unwrap(), Ok(true));
}

#[test]
fn many_conditions_read_one_moment_as_each_alone() {
    let flow = Flow {
        id: "pickup".to_owned(),
        title: String::new(),
        starts: Vec::new(),
        steps: Vec::new(),
    };
    let (place, facts) = (Place::default(), facts());
    let moment = Moment::new(&flow, &place, &facts);
    for source in [
        "order.total_minor > 100",
        "time.open",
        "'beer' in order.items",
    ] {
        let condition = Condition::new(source, &table()).unwrap();
        let alone = condition.holds(&flow, &place, &facts);
        assert_eq!(condition.holds_at(&moment), alone, "{source}");
    }
    let zero = Condition::new("10 / customer.completed_orders > 1", &table()).unwrap();
    assert!(zero.holds_at(&moment).is_err(), "it divides by zero");
    let read = zero.facts_read();
    assert_eq!(
        read,
        [("customer".to_owned(), "completed_orders".to_owned())]
    );
}
