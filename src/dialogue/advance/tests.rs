use proptest::prelude::*;

use super::*;
use crate::dialogue::flow::{Choice, Prefill};

fn step(id: &str, kind: StepKind) -> Step {
    Step {
        id: id.to_owned(),
        kind,
        title: String::new(),
        prompt: String::new(),
        example: String::new(),
        optional: false,
        prefill: None,
        field: None,
        prefill_mode: PrefillMode::Ask,
        when: None,
        invalid: None,
    }
}

fn choice(id: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        label: String::new(),
        minutes: None,
    }
}

fn words() -> StepKind {
    StepKind::Text {
        min: 1,
        max: 10,
        pattern: None,
    }
}

/// items, time (asap / later), name (optional, from the profile), gift, card (if gift), review.
fn pickup() -> Flow {
    let mut flow = Flow {
        id: "pickup".to_owned(),
        title: String::new(),
        starts: Vec::new(),
        steps: vec![
            step("items", StepKind::Items),
            step(
                "time",
                StepKind::Choice(vec![choice("asap"), choice("later")]),
            ),
            Step {
                optional: true,
                prefill: Some(Prefill::Profile),
                ..step("name", words())
            },
            step("gift", StepKind::YesNo),
            step("card", words()),
            step("review", StepKind::Review),
        ],
    };
    let when = Condition::new("answer.gift", &flow.table()).unwrap();
    flow.steps[4].when = Some(when);
    flow
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.order.lines = 1;
    facts
}

struct Chat {
    flow: Flow,
    facts: Facts,
    place: Place,
}

impl Chat {
    fn new() -> Self {
        Self {
            flow: pickup(),
            facts: facts(),
            place: Place::default(),
        }
    }

    /// Gives the inputs one by one; the last turn.
    fn hear(&mut self, inputs: impl IntoIterator<Item = Input>) -> Turn {
        let mut last = None;
        for input in inputs {
            let turn = advance(&self.flow, self.place.clone(), input, &self.facts);
            self.place = turn.place.clone();
            last = Some(turn);
        }
        last.unwrap()
    }

    fn at_review(gift: bool) -> Self {
        let mut chat = Self::new();
        chat.hear([items_done(), value("asap"), Input::Skip]);
        if gift {
            chat.hear([Input::Yes, value("Congrats")]);
        } else {
            chat.hear([Input::No]);
        }
        assert_eq!(chat.place.step, "review");
        chat
    }
}

fn items_done() -> Input {
    Input::Screen(ScreenEnd::Done)
}

fn value(words: &str) -> Input {
    Input::Value(words.to_owned())
}

fn stands(turn: &Turn, step: &str, at: usize, of: usize) {
    assert_eq!(
        (turn.place.step.as_str(), &turn.then),
        (step, &Then::Ask { at, of }),
        "{turn:?}"
    );
}

#[test]
fn an_order_goes_from_step_to_step_and_counts_only_those_that_apply() {
    let mut chat = Chat::new();
    stands(&chat.hear([Input::Begin]), "items", 1, 5);
    stands(&chat.hear([items_done()]), "time", 2, 5);
    stands(&chat.hear([value("later")]), "name", 3, 5);
    stands(&chat.hear([value("李伟")]), "gift", 4, 5);
    stands(&chat.hear([Input::Yes]), "card", 5, 6);
    stands(&chat.hear([value("For you")]), "review", 6, 6);
    assert_eq!(chat.hear([Input::Yes]).then, Then::Run);
    let turn = chat.hear([Input::Ran(Outcome::Done)]);
    assert_eq!(turn.then, Then::Ended(End::Placed));
    let answers: Vec<_> = given(&chat.flow, &turn.place, &chat.facts)
        .into_iter()
        .map(|(step, _)| step.id.clone())
        .collect();
    assert_eq!(answers, ["time", "name", "gift", "card"]);
}

#[test]
fn a_known_answer_is_one_tap_and_a_silent_one_is_not_asked() {
    let mut chat = Chat::new();
    chat.facts.known.insert("name".to_owned(), "Li".to_owned());
    chat.hear([items_done(), value("asap")]);
    let name = chat.flow.step("name").unwrap();
    assert_eq!(
        known(name, &chat.place, &chat.facts),
        Some(Answer::Text("Li".to_owned()))
    );
    stands(&chat.hear([Input::Known]), "gift", 4, 5);
    let mut silent = Chat::new();
    silent.flow.steps[2].prefill_mode = PrefillMode::Silent;
    silent
        .facts
        .known
        .insert("name".to_owned(), "Li".to_owned());
    stands(&silent.hear([items_done(), value("asap")]), "gift", 3, 4);
    let shown = given(&silent.flow, &silent.place, &silent.facts);
    assert!(
        shown
            .iter()
            .any(|(step, answer)| step.id == "name" && *answer == Answer::Text("Li".to_owned()))
    );
}

#[test]
fn a_single_choice_is_taken_without_asking() {
    let mut chat = Chat::new();
    chat.flow.steps[1].kind = StepKind::Choice(vec![choice("asap")]);
    stands(&chat.hear([items_done()]), "name", 2, 4);
    let shown = given(&chat.flow, &chat.place, &chat.facts);
    assert_eq!(shown[0].1, Answer::Text("asap".to_owned()));
}

#[test]
fn what_may_be_left_out_silently_is_added_from_the_review() {
    let mut chat = Chat::new();
    chat.flow.steps[2].prefill_mode = PrefillMode::Silent;
    stands(&chat.hear([items_done(), value("asap")]), "gift", 3, 4);
    stands(&chat.hear([Input::No]), "review", 4, 4);
    let name = |chat: &Chat| {
        let shown = given(&chat.flow, &chat.place, &chat.facts);
        let found = shown.into_iter().find(|(step, _)| step.id == "name");
        found.map(|(_, answer)| answer)
    };
    assert_eq!(name(&chat), Some(Answer::Skipped));
    stands(&chat.hear([Input::Goto("name".to_owned())]), "name", 3, 5);
    let turn = chat.hear([value("Li")]);
    stands(&turn, "review", 5, 5);
    assert_eq!(turn.notes, [Note::Corrected("name".to_owned())]);
    assert_eq!(name(&chat), Some(Answer::Text("Li".to_owned())));
    // And a known one is changed for this order in the same way.
    chat.facts.known.insert("name".to_owned(), "Li".to_owned());
    stands(&chat.hear([Input::Goto("name".to_owned())]), "name", 3, 5);
    stands(&chat.hear([Input::Back]), "review", 5, 5);
    chat.hear([Input::Goto("name".to_owned()), value("Wang")]);
    assert_eq!(name(&chat), Some(Answer::Text("Wang".to_owned())));
    assert_eq!(chat.hear([Input::Yes]).then, Then::Run);
}

#[test]
fn a_step_with_one_possible_answer_is_not_asked() {
    let today: chrono::NaiveDate = "2026-11-30".parse().unwrap();
    let span = crate::dialogue::Span::read("10:00-12:00").unwrap();
    let slots = crate::dialogue::Slots {
        spans: vec![span],
        days: 2,
        lead: 60,
    };
    let only = [
        StepKind::Choice(vec![choice("asap")]),
        StepKind::Payment(vec![choice("cash")]),
        StepKind::Choices {
            choices: vec![choice("a"), choice("b")],
            min: 2,
            max: 2,
        },
        StepKind::Number { min: 4, max: 4 },
        StepKind::Date { from: 0, to: 0 },
    ];
    for kind in only {
        let mut chat = Chat::new();
        chat.facts.calendar.today = today;
        chat.flow.steps[1].kind = kind.clone();
        stands(&chat.hear([items_done()]), "name", 2, 4);
        let turn = chat.hear([Input::Skip, Input::No]);
        stands(&turn, "review", 4, 4);
        // There is nothing to change it to.
        let turn = chat.hear([Input::Goto("time".to_owned())]);
        assert_eq!(turn.notes, [Note::StepGone], "{kind:?}");
        chat.flow.steps[1].optional = true;
        chat.place = Place::default();
        stands(&chat.hear([items_done()]), "time", 2, 5);
    }
    let mut chat = Chat::new();
    chat.facts.calendar.today = today;
    chat.flow.steps[1].kind = StepKind::Slot(slots);
    stands(&chat.hear([items_done()]), "time", 2, 5);
    chat.facts.calendar.minute = 9 * 60 + 1;
    stands(&chat.hear([Input::Begin]), "name", 2, 4);
    chat.hear([Input::Skip, Input::No]);
    assert_eq!(
        chat.place.answers["time"],
        Answer::Text("2026-12-01_10:00-12:00".to_owned())
    );
    // The window that the review showed goes, another one is the only one: it is shown first.
    chat.facts.calendar.today = today.succ_opt().unwrap();
    let turn = chat.hear([Input::Yes]);
    stands(&turn, "review", 4, 4);
    assert_eq!(turn.notes, [Note::StepGone]);
    assert_eq!(
        chat.place.answers["time"],
        Answer::Text("2026-12-02_10:00-12:00".to_owned())
    );
    assert_eq!(chat.hear([Input::Yes]).then, Then::Run);
}

#[test]
fn what_does_not_fit_is_said_and_at_the_third_time_handed_off() {
    let mut chat = Chat::new();
    let turn = chat.hear([items_done(), value("tomorrow")]);
    assert_eq!(turn.notes, [Note::Refused(Refusal::NotAChoice)]);
    stands(&turn, "time", 2, 5);
    assert_eq!(chat.hear([Input::Unclear]).notes, [Note::Unclear]);
    let turn = chat.hear([value("?")]);
    assert_eq!(
        turn.notes,
        [Note::Refused(Refusal::NotAChoice), Note::HandOff]
    );
    assert_eq!(turn.place.unclear, 0);
    assert_eq!(chat.hear([Input::Skip]).notes, [Note::NotOptional]);
    assert_eq!(chat.hear([Input::StaleButton]).notes, [Note::Resumed]);
}

#[test]
fn a_change_from_the_review_comes_straight_back() {
    let mut chat = Chat::at_review(false);
    stands(&chat.hear([Input::Goto("time".to_owned())]), "time", 2, 5);
    let turn = chat.hear([value("later")]);
    assert_eq!(turn.notes, [Note::Corrected("time".to_owned())]);
    stands(&turn, "review", 5, 5);
    stands(
        &chat.hear([Input::Goto("time".to_owned()), Input::Back]),
        "review",
        5,
        5,
    );
    assert_eq!(chat.place.answers["time"], Answer::Text("later".to_owned()));
}

#[test]
fn a_change_that_opens_a_step_asks_it_before_the_review() {
    let mut chat = Chat::at_review(false);
    stands(
        &chat.hear([Input::Goto("gift".to_owned()), Input::Yes]),
        "card",
        5,
        6,
    );
    stands(&chat.hear([value("Hi")]), "review", 6, 6);
    // And one that closes it leaves its answer out.
    stands(
        &chat.hear([Input::Goto("gift".to_owned()), Input::No]),
        "review",
        5,
        5,
    );
    assert!(
        given(&chat.flow, &chat.place, &chat.facts)
            .iter()
            .all(|(step, _)| step.id != "card")
    );
}

#[test]
fn cancelling_asks_only_where_something_would_be_lost() {
    let mut chat = Chat::at_review(false);
    assert_eq!(chat.hear([Input::Cancel]).then, Then::AskCancel);
    stands(&chat.hear([Input::No]), "review", 5, 5);
    assert_eq!(
        chat.hear([Input::Cancel, Input::Yes]).then,
        Then::Ended(End::Cancelled)
    );
    let mut empty = Chat::new();
    empty.facts.order.lines = 0;
    assert_eq!(
        empty.hear([Input::Cancel]).then,
        Then::Ended(End::Cancelled)
    );
}

#[test]
fn words_while_asked_to_leave_never_cancel() {
    let mut chat = Chat::at_review(false);
    let turn = chat.hear([Input::Cancel, value("hm")]);
    assert_eq!(turn.notes, [Note::Unclear]);
    stands(&turn, "review", 5, 5);
}

#[test]
fn a_conversation_whose_step_is_gone_goes_on_at_the_first_unanswered() {
    let mut chat = Chat::new();
    chat.hear([items_done(), value("asap")]);
    assert_eq!(chat.place.step, "name");
    chat.flow.steps.remove(2);
    let turn = chat.hear([Input::Known]);
    assert_eq!(turn.notes[0], Note::StepGone);
    assert_eq!(turn.place.step, "gift");
}

#[test]
fn an_answer_whose_choice_is_gone_is_asked_again() {
    let mut chat = Chat::at_review(false);
    chat.flow.steps[1].kind = StepKind::Choice(vec![choice("noon"), choice("later")]);
    let turn = chat.hear([Input::Goto("review".to_owned())]);
    assert!(turn.notes.contains(&Note::StepGone));
    assert!(!turn.place.answers.contains_key("time"));
}

#[test]
fn nothing_is_placed_with_an_answer_that_no_longer_counts() {
    for goes_by_review in [false, true] {
        let mut chat = Chat::at_review(false);
        chat.flow.steps[1].kind = StepKind::Choice(vec![choice("noon"), choice("later")]);
        if goes_by_review {
            chat.hear([Input::Goto("review".to_owned())]);
        }
        let turn = chat.hear([Input::Yes]);
        assert_eq!(turn.notes.contains(&Note::StepGone), !goes_by_review);
        stands(&turn, "time", 2, 5);
        stands(&chat.hear([value("noon")]), "review", 5, 5);
        assert_eq!(chat.hear([Input::Yes]).then, Then::Run);
    }
}

#[test]
fn a_refused_order_goes_to_the_step_that_mends_it() {
    let mut chat = Chat::at_review(false);
    let refused = |step: Option<&str>| Input::Ran(Outcome::Refused(step.map(str::to_owned)));
    stands(&chat.hear([Input::Yes, refused(None)]), "review", 5, 5);
    stands(
        &chat.hear([Input::Yes, refused(Some("items"))]),
        "items",
        1,
        5,
    );
    stands(&chat.hear([items_done()]), "review", 5, 5);
}

#[test]
fn back_from_the_first_step_leaves_without_losing() {
    let mut chat = Chat::new();
    let turn = chat.hear([Input::Begin, Input::Back]);
    assert_eq!(turn.then, Then::Leave);
    stands(&chat.hear([Input::Begin]), "items", 1, 5);
}

fn inputs() -> impl Strategy<Value = Input> {
    let id = prop::sample::select(vec![
        "items", "time", "name", "gift", "card", "review", "gone", "",
    ]);
    prop_oneof![
        Just(Input::Begin),
        prop::sample::select(vec!["asap", "later", "Li", "", "longer than ten"]).prop_map(value),
        ".*".prop_map(Input::Value),
        Just(Input::Known),
        Just(Input::Yes),
        Just(Input::No),
        Just(Input::Back),
        Just(Input::Skip),
        Just(Input::Cancel),
        Just(Input::StaleButton),
        Just(Input::Unclear),
        Just(Input::Ran(Outcome::Done)),
        prop::option::of(id.clone().prop_map(str::to_owned))
            .prop_map(|id| Input::Ran(Outcome::Refused(id))),
        prop::sample::select(vec![ScreenEnd::Done, ScreenEnd::Back, ScreenEnd::Cancel])
            .prop_map(Input::Screen),
        id.prop_map(|id| Input::Goto(id.to_owned())),
    ]
}

proptest! {
    #[test]
    fn any_inputs_stand_at_a_step_that_exists(
        inputs in prop::collection::vec(inputs(), 0..40),
        removed in prop::option::of(1_usize..5),
        when in 0_usize..40,
    ) {
        let mut chat = Chat::new();
        for (n, input) in inputs.into_iter().enumerate() {
            if n == when && let Some(removed) = removed {
                chat.flow.steps.remove(removed);
            }
            let turn = chat.hear([input]);
            match turn.then {
                Then::Ask { at, of } => {
                    prop_assert!(chat.flow.step(&turn.place.step).is_some());
                    prop_assert!(1 <= at && at <= of && of <= chat.flow.steps.len());
                }
                Then::AskCancel => prop_assert!(turn.place.cancelling),
                Then::Run | Then::Leave => prop_assert!(!turn.place.cancelling),
                Then::Ended(_) => chat.place = Place::default(),
            }
            prop_assert!(turn.place.unclear < MAX_UNCLEAR);
        }
    }

    #[test]
    fn back_undoes_an_answer_and_keeps_it_as_an_offer(
        inputs in prop::collection::vec(inputs(), 0..20),
        answer in prop::sample::select(vec!["asap", "later", "Li"]),
    ) {
        let mut chat = Chat::new();
        chat.flow.steps[4].when = None;
        chat.hear(std::iter::once(Input::Begin).chain(inputs));
        if chat.place.cancelling || chat.place.returning {
            return Ok(());
        }
        let before = chat.place.clone();
        let forward = chat.hear([value(answer)]);
        if forward.notes.is_empty() && forward.place.step != before.step {
            let order = |id: &str| chat.flow.steps.iter().position(|s| s.id == id);
            if order(&forward.place.step) > order(&before.step) {
                let back = chat.hear([Input::Back]);
                prop_assert_eq!(&back.place.step, &before.step);
                let step = chat.flow.step(&before.step).unwrap();
                prop_assert_eq!(known(step, &chat.place, &chat.facts), Some(Answer::Text(answer.to_owned())));
            }
        }
    }
}

#[test]
fn several_choices_are_ticked_and_taken_together() {
    let mut chat = Chat::new();
    chat.flow.steps[1].kind = StepKind::Choices {
        choices: vec![choice("a"), choice("b"), choice("c")],
        min: 1,
        max: 2,
    };
    let tick = |id: &str| Input::Tick(id.to_owned());
    let turn = chat.hear([items_done(), Input::Screen(ScreenEnd::Done)]);
    assert_eq!(turn.notes, [Note::Refused(Refusal::TooFew(1))]);
    let turn = chat.hear([tick("c"), tick("a"), tick("b")]);
    assert_eq!(turn.notes, [Note::Refused(Refusal::TooMany(2))]);
    assert_eq!(chat.place.ticked, ["c", "a"]);
    chat.hear([tick("c"), value("b"), Input::Screen(ScreenEnd::Done)]);
    let many = Answer::Many(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(chat.place.answers.get("time"), Some(&many));
    assert_eq!(chat.place.step, "name");
    // Coming back, what was taken is ticked; a forged tick is refused.
    let turn = chat.hear([Input::Back, tick("gone")]);
    assert_eq!(turn.notes, [Note::Refused(Refusal::NotAChoice)]);
    assert_eq!(chat.place.ticked, ["a", "b"]);
}

#[test]
fn an_answer_asked_once_is_changed_from_the_review_and_keeps_its_place_afterwards() {
    let mut chat = Chat::new();
    chat.flow.steps[2].prefill_mode = PrefillMode::Once;
    chat.facts.known.insert("name".to_owned(), "Li".to_owned());
    chat.hear([items_done(), value("asap"), Input::No]);
    stands(&chat.hear([Input::Goto("name".to_owned())]), "name", 3, 5);
    stands(&chat.hear([Input::Back]), "review", 4, 4);
    chat.hear([Input::Goto("name".to_owned())]);
    stands(&chat.hear([value("Wang")]), "review", 5, 5);
    let shown = given(&chat.flow, &chat.place, &chat.facts);
    assert!(
        shown
            .iter()
            .any(|(step, answer)| step.id == "name" && *answer == Answer::Text("Wang".to_owned()))
    );
}

#[test]
fn what_becomes_known_by_an_answer_does_not_take_its_step_away() {
    let mut chat = Chat::new();
    chat.flow.steps[2].prefill_mode = PrefillMode::Once;
    chat.hear([items_done(), value("asap")]);
    stands(&chat.hear([value("Li")]), "gift", 4, 5);
    chat.facts.known.insert("name".to_owned(), "Li".to_owned());
    stands(&chat.hear([Input::Begin]), "gift", 4, 5);
    stands(&chat.hear([Input::Back]), "name", 3, 5);
}

#[test]
fn a_kept_answer_counts_where_it_still_fits() {
    let mut chat = Chat::new();
    chat.hear([items_done(), value("asap")]);
    let long = Answer::Text("much too long".to_owned());
    stands(&chat.hear([Input::Kept(long)]), "name", 3, 5);
    let kept = Answer::Text("Li".to_owned());
    stands(&chat.hear([Input::Kept(kept)]), "gift", 4, 5);
}

#[test]
fn what_is_known_without_asking_counts_in_a_condition_where_its_step_applies() {
    let mut chat = Chat::new();
    chat.flow.steps[2].prefill_mode = PrefillMode::Once;
    chat.facts.known.insert("name".to_owned(), "Li".to_owned());
    let when = Condition::new("answer.name != ''", &chat.flow.table()).unwrap();
    chat.flow.steps[4].when = Some(when);
    stands(
        &chat.hear([items_done(), value("asap"), Input::No]),
        "card",
        4,
        5,
    );
    let never = Condition::new("answer.time == 'later'", &chat.flow.table()).unwrap();
    chat.flow.steps[2].when = Some(never);
    stands(&chat.hear([Input::Begin]), "review", 4, 4);
}
