//! What rules add up to, who may decide, and every way a request can go.

use proptest::prelude::*;

use super::people::{Barred, Case, Creator, Person, makes_circle};
use super::request::{MOST_SAID, Next, Refusal, Said};
use super::*;
use crate::domain::cart::{Mode, Receipt, Rounding, Scope};
use crate::domain::contents::{Amendment, Answers};
use crate::kernel::{Currency, CustomerId, Money, Timestamp};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn need(roles: &[&str], quorum: Quorum) -> Need {
    Need {
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        quorum,
    }
}

fn fired(rule: &str) -> Fired {
    Fired {
        rule: rule.to_owned(),
        values: Vec::new(),
        failed: false,
        warns: false,
    }
}

fn failed(rule: &str) -> Fired {
    Fired {
        failed: true,
        warns: false,
        ..fired(rule)
    }
}

fn person(id: i64, role: &str) -> Person {
    Person {
        id: CustomerId(id),
        roles: vec![(role.to_owned(), None)],
        reachable: true,
        away: None,
    }
}

fn above() -> Vec<String> {
    vec!["owner".to_owned()]
}

fn case(people: &[Person]) -> Case<'_> {
    Case {
        people,
        creator: Creator {
            customer: CustomerId(77),
            by_hand: None,
            changed_by: None,
        },
        total: 50_000,
    }
}

fn request(tiers: Vec<Tier>) -> Request {
    Request::new(vec![fired("large")], tiers, (NOW, NOW.plus(3_600_000)))
}

fn vote(who: i64, yes: bool) -> Vote {
    Vote {
        who: CustomerId(who),
        name: who.to_string(),
        of: None,
        of_name: String::new(),
        yes,
        minutes: None,
        at: NOW,
    }
}

fn ids(deciders: &[people::Decider]) -> Vec<(i64, i64)> {
    deciders.iter().map(|d| (d.who.0, d.of.0)).collect()
}

#[test]
fn a_rule_that_rejects_wins_then_all_needs_then_it_is_approved() {
    let otherwise = need(&["owner"], Quorum::Any);
    let manager = Outcome::Need(vec![need(&["manager"], Quorum::Any)]);
    let both = Outcome::Need(vec![
        need(&["approver"], Quorum::Of(2)),
        need(&["owner"], Quorum::Any),
    ]);
    let (no, yes) = (Outcome::Reject, Outcome::Approve);
    let decided = decide(
        vec![
            (fired("a"), &manager),
            (fired("b"), &no),
            (fired("c"), &both),
        ],
        &otherwise,
    );
    assert_eq!(decided, Decision::Reject(vec![fired("b")]));
    let decided = decide(
        vec![
            (fired("a"), &manager),
            (fired("c"), &both),
            (fired("d"), &yes),
            (fired("e"), &manager),
        ],
        &otherwise,
    );
    let tiers = vec![
        vec![
            need(&["manager"], Quorum::Any),
            need(&["approver"], Quorum::Of(2)),
        ],
        vec![need(&["owner"], Quorum::Any)],
    ];
    let fired_all = vec![fired("a"), fired("c"), fired("e")];
    assert_eq!(
        decided,
        Decision::Need {
            fired: fired_all,
            tiers
        }
    );
    let decided = decide(vec![(fired("d"), &yes)], &otherwise);
    assert_eq!(decided, Decision::Approve(vec![fired("d")]));
    assert_eq!(
        decide(Vec::new(), &otherwise),
        Decision::Approve(Vec::new())
    );
}

#[test]
fn a_rule_that_can_not_be_worked_out_never_approves() {
    let otherwise = need(&["owner"], Quorum::Any);
    for outcome in [Outcome::Approve, Outcome::Reject] {
        let decided = decide(vec![(failed("x"), &outcome)], &otherwise);
        let expected = Decision::Need {
            fired: vec![failed("x")],
            tiers: vec![vec![otherwise.clone()]],
        };
        assert_eq!(decided, expected, "{outcome:?}");
    }
    let manager = need(&["manager"], Quorum::Any);
    let outcome = Outcome::Need(vec![manager.clone()]);
    let decided = decide(vec![(failed("x"), &outcome)], &otherwise);
    let expected = Decision::Need {
        fired: vec![failed("x")],
        tiers: vec![vec![manager]],
    };
    assert_eq!(decided, expected);
}

#[test]
fn limits_presence_and_own_orders_decide_who_may() {
    let mut people = vec![
        person(1, "manager"),
        person(2, "manager"),
        person(3, "kitchen"),
        person(77, "manager"),
    ];
    let roles = vec!["manager".to_owned()];
    assert_eq!(
        ids(&case(&people).deciders(&roles)),
        [(1, 1), (2, 2)],
        "not their own order"
    );
    people[0].roles[0].1 = Some(49_999);
    assert_eq!(ids(&case(&people).deciders(&roles)), [(2, 2)]);
    assert_eq!(
        case(&people).barred(CustomerId(1), &roles),
        Barred::Limit(49_999)
    );
    assert_eq!(case(&people).barred(CustomerId(3), &roles), Barred::Role);
    assert_eq!(case(&people).barred(CustomerId(77), &roles), Barred::Own);
    assert_eq!(case(&people).barred(CustomerId(5), &roles), Barred::Role);
    people[0].roles[0].1 = Some(50_000);
    people[1].reachable = false;
    assert_eq!(
        ids(&case(&people).deciders(&roles)),
        [(1, 1)],
        "up to the limit itself"
    );
    people.remove(0);
    assert_eq!(
        ids(&case(&people).deciders(&roles)),
        [],
        "the other one is not there, but could be: not the creator"
    );
    people.remove(0);
    assert_eq!(
        ids(&case(&people).deciders(&roles)),
        [(77, 77)],
        "nobody else could ever"
    );
}

#[test]
fn who_is_away_is_stood_in_for_and_a_circle_is_nobody() {
    let mut people = vec![
        person(1, "manager"),
        person(2, "kitchen"),
        person(3, "kitchen"),
    ];
    let roles = vec!["manager".to_owned()];
    let deciders = |people: &[Person]| ids(&case(people).deciders(&roles));
    people[0].away = Some(Some(CustomerId(2)));
    assert_eq!(deciders(&people), [(2, 1)]);
    people[1].away = Some(Some(CustomerId(3)));
    assert_eq!(deciders(&people), [(3, 1)], "one after the other");
    people[2].away = Some(None);
    assert_eq!(deciders(&people), []);
    people[2].away = Some(Some(CustomerId(1)));
    assert_eq!(deciders(&people), [], "a circle ends");
    assert!(makes_circle(&people[..2], CustomerId(3), CustomerId(1)));
    assert!(makes_circle(&people, CustomerId(1), CustomerId(1)));
    assert!(!makes_circle(&people[..1], CustomerId(2), CustomerId(3)));
    people[0].away = Some(Some(CustomerId(77)));
    people.push(person(77, "kitchen"));
    assert_eq!(
        deciders(&people),
        [],
        "nobody stands in for their own order"
    );
    // Who is a manager too decides in their own right.
    let both = vec![
        Person {
            away: Some(Some(CustomerId(2))),
            ..person(1, "manager")
        },
        person(2, "manager"),
    ];
    assert_eq!(deciders(&both), [(2, 2)]);
}

#[test]
fn any_all_and_k_of_n_count_as_they_say() {
    let people: Vec<Person> = (1..=3).map(|id| person(id, "approver")).collect();
    let case = case(&people);
    for (quorum, wanted) in [(Quorum::Any, 1), (Quorum::Of(2), 2), (Quorum::All, 3)] {
        let mut request = request(vec![vec![need(&["approver"], quorum)]]);
        for who in 1..=wanted {
            let next = request.vote(vote(who, true), 1, (&case, &above())).unwrap();
            let expected = if who == wanted {
                Next::Approved
            } else {
                Next::More
            };
            assert_eq!(next, expected, "{quorum:?} {who}");
        }
        assert_eq!(request.state, State::Approved);
        assert_eq!(request.version, 1 + wanted);
        let late = request.vote(vote(3, false), 1, (&case, &above()));
        assert_eq!(late, Err(Refusal::Over));
    }
    let all = need(&["approver"], Quorum::Of(4));
    assert!(!request(vec![vec![all]]).can_be_satisfied(&case));
}

#[test]
fn tiers_follow_each_other_and_a_yes_counts_in_each_that_is_ones_own() {
    let people = [
        Person {
            roles: vec![("manager".to_owned(), None), ("owner".to_owned(), None)],
            ..person(1, "manager")
        },
        person(2, "manager"),
        person(3, "owner"),
    ];
    let case = case(&people);
    let tiers = || {
        vec![
            vec![need(&["manager"], Quorum::Any)],
            vec![need(&["owner"], Quorum::Any)],
        ]
    };
    let nobody: Vec<String> = vec!["nobody".to_owned()];
    let mut by_one = request(tiers());
    assert_eq!(
        by_one.vote(vote(1, true), 1, (&case, &nobody)),
        Ok(Next::Approved)
    );
    let mut by_two = request(tiers());
    let early = by_two.vote(vote(3, true), 1, (&case, &nobody));
    assert_eq!(early, Err(Refusal::Barred(Barred::Role)), "not asked yet");
    assert_eq!(
        by_two.vote(vote(2, true), 1, (&case, &nobody)),
        Ok(Next::NextTier)
    );
    assert_eq!(
        by_two.vote(vote(2, true), 1, (&case, &nobody)),
        Err(Refusal::Twice)
    );
    assert_eq!(
        by_two.vote(vote(3, false), 1, (&case, &nobody)),
        Ok(Next::Rejected)
    );
    assert_eq!(by_two.state, State::Rejected);
}

#[test]
fn the_escalation_decides_alone_and_is_asked_only_when_it_comes_to_that() {
    let people = [
        person(1, "approver"),
        person(2, "approver"),
        person(3, "owner"),
    ];
    let case = case(&people);
    let mut waits = request(vec![vec![need(&["approver"], Quorum::All)]]);
    assert_eq!(ids(&waits.pending(&case, &above())), [(1, 1), (2, 2)]);
    assert!(waits.escalate());
    assert!(!waits.escalate(), "once");
    assert_eq!(
        ids(&waits.pending(&case, &above())),
        [(1, 1), (2, 2), (3, 3)]
    );
    assert_eq!(
        waits.vote(vote(3, true), 1, (&case, &above())),
        Ok(Next::Approved)
    );
}

#[test]
fn who_agreed_may_still_refuse_and_an_older_round_does_not_count() {
    let people = [person(1, "approver"), person(2, "approver")];
    let case = case(&people);
    let mut waits = request(vec![vec![need(&["approver"], Quorum::All)]]);
    assert_eq!(
        waits.vote(vote(1, true), 1, (&case, &above())),
        Ok(Next::More)
    );
    assert_eq!(
        waits.vote(vote(2, true), 2, (&case, &above())),
        Err(Refusal::Changed)
    );
    assert_eq!(
        waits.vote(vote(1, false), 1, (&case, &above())),
        Ok(Next::Rejected)
    );
    assert_eq!(waits.votes.len(), 1, "each person once");
}

#[test]
fn a_card_holds_so_many_words_and_an_answer_ends_a_question() {
    let mut waits = request(vec![vec![need(&["approver"], Quorum::Any)]]);
    for at in 0..MOST_SAID {
        let said = Said {
            who: CustomerId(1),
            name: "Ana".to_owned(),
            words: "é".repeat(400),
            at: NOW,
        };
        assert!(waits.say(said, at % 2 == 0));
        assert_eq!(waits.unanswered, at % 2 == 0);
    }
    assert_eq!(waits.said[0].words.chars().count(), request::MAX_SAID);
    let more = waits.said[0].clone();
    assert!(!waits.say(more, true));
    assert!(waits.end(State::Expired));
    assert!(!waits.end(State::Withdrawn), "it ends once");
    assert!(!waits.escalate());
}

fn proposal(by: i64) -> Proposal {
    let zero = Money::new(0, Currency::parse("CNY").unwrap());
    let receipt = Receipt {
        lines: Vec::new(),
        subtotal: zero,
        fees: Vec::new(),
        tax_inclusive: true,
        taxes: Vec::new(),
        total: zero,
        rounding: Rounding {
            scope: Scope::Line,
            mode: Mode::HalfUp,
        },
    };
    Proposal {
        by: CustomerId(by),
        name: by.to_string(),
        amendment: Amendment {
            account: None,
            lines: Vec::new(),
            receipt,
            note: String::new(),
            answers: Answers::new(),
        },
        at: NOW,
    }
}

#[test]
fn nobody_votes_while_the_customer_is_asked_whether_it_is_to_be_changed() {
    let people = [person(1, "approver"), person(2, "approver")];
    let case = case(&people);
    let mut waits = request(vec![vec![need(&["approver"], Quorum::All)]]);
    waits.vote(vote(1, true), 1, (&case, &above())).unwrap();
    assert!(waits.propose(proposal(1)));
    assert!(waits.propose(proposal(2)), "instead of the earlier one");
    assert_eq!(waits.proposal, Some(Box::new(proposal(2))));
    assert_eq!(waits.version, 4);
    for yes in [true, false] {
        let refused = waits.vote(vote(2, yes), 1, (&case, &above()));
        assert_eq!(refused, Err(Refusal::Proposed));
    }
    let stored = serde_json::to_string(&waits).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&stored).unwrap(), waits);
    assert!(waits.drop_proposal());
    assert!(!waits.drop_proposal());
    assert_eq!(waits.version, 5);
    let next = waits.vote(vote(2, true), 1, (&case, &above()));
    assert_eq!(next, Ok(Next::Approved));
    assert!(!waits.propose(proposal(1)), "it is over");
    let mut ends = request(vec![vec![need(&["approver"], Quorum::Any)]]);
    assert!(ends.propose(proposal(1)) && ends.end(State::Expired));
    assert_eq!(ends.proposal, None);
}

#[test]
fn requests_from_before_there_were_proposals_are_read() {
    let mut old = serde_json::to_value(request(Vec::new())).unwrap();
    old.as_object_mut().unwrap().remove("proposal").unwrap();
    let read: Request = serde_json::from_value(old).unwrap();
    assert_eq!(read, request(Vec::new()));
}

#[test]
fn a_new_round_asks_everybody_anew_and_keeps_what_was_said() {
    let people = [person(1, "approver"), person(2, "owner")];
    let case = case(&people);
    let mut first = request(vec![
        vec![need(&["approver"], Quorum::Any)],
        vec![need(&["owner"], Quorum::Any)],
    ]);
    let nobody: Vec<String> = Vec::new();
    first.vote(vote(1, true), 1, (&case, &nobody)).unwrap();
    let said = Said {
        who: CustomerId(2),
        name: "Bo".to_owned(),
        words: "why?".to_owned(),
        at: NOW,
    };
    assert!(first.say(said, true) && first.escalate() && first.propose(proposal(2)));
    let (later, due) = (NOW.plus(60_000), NOW.plus(7_200_000));
    let tiers = vec![vec![need(&["owner"], Quorum::Any)]];
    let mut anew = first.anew(vec![fired("new")], tiers.clone(), later, due);
    let expected = Request {
        round: 2,
        version: first.version + 1,
        said: first.said.clone(),
        unanswered: true,
        ..Request::new(vec![fired("new")], tiers, (later, due))
    };
    assert_eq!(anew, expected);
    let old = anew.vote(vote(2, true), 1, (&case, &nobody));
    assert_eq!(
        old,
        Err(Refusal::Changed),
        "the card was of the first round"
    );
    let next = anew.vote(vote(2, true), 2, (&case, &nobody));
    assert_eq!(next, Ok(Next::Approved));
    assert_eq!(anew.anew(Vec::new(), Vec::new(), later, due).round, 3);
}

#[test]
fn who_changed_it_by_hand_does_not_decide_it_either() {
    let people = [person(1, "manager"), person(2, "manager")];
    let mut case = case(&people);
    case.creator.changed_by = Some(CustomerId(2));
    let roles = vec!["manager".to_owned()];
    assert_eq!(ids(&case.deciders(&roles)), [(1, 1)]);
    assert_eq!(case.barred(CustomerId(2), &roles), Barred::Own);
}

#[test]
fn who_placed_it_by_hand_does_not_decide_it_either() {
    let roles = vec!["manager".to_owned()];
    let creator = Creator {
        customer: CustomerId(77),
        by_hand: Some(CustomerId(2)),
        changed_by: None,
    };
    let mut people = vec![
        person(1, "manager"),
        person(2, "manager"),
        person(77, "manager"),
    ];
    let by_hand = |people: &[Person]| {
        let case = Case {
            creator,
            ..case(people)
        };
        (
            ids(&case.deciders(&roles)),
            case.barred(CustomerId(2), &roles),
        )
    };
    assert_eq!(by_hand(&people), (vec![(1, 1)], Barred::Own));
    people[0].away = Some(Some(CustomerId(2)));
    let nobody = (Vec::new(), Barred::Own);
    assert_eq!(by_hand(&people), nobody, "nor for somebody else");
    people.remove(0);
    let both = vec![(2, 2), (77, 77)];
    assert_eq!(
        by_hand(&people),
        (both, Barred::Own),
        "nobody else could ever"
    );
}

#[test]
fn a_question_is_only_asked_where_its_answer_has_room() {
    let mut waits = request(vec![vec![need(&["approver"], Quorum::Any)]]);
    let said = Said {
        who: CustomerId(1),
        name: "Ana".to_owned(),
        words: "Today?".to_owned(),
        at: NOW,
    };
    for _ in 1..MOST_SAID {
        assert!(waits.say(said.clone(), true));
    }
    let before = waits.clone();
    assert!(!waits.say(said.clone(), true), "its answer would be lost");
    assert_eq!(waits, before);
    assert!(waits.say(said, false));
    assert!(!waits.unanswered);
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Vote(i64, bool, i64),
    Escalate,
    End,
    Say,
    Propose,
    Drop,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..6_i64, prop::bool::weighted(0.85), 1..3_i64)
            .prop_map(|(who, yes, round)| Step::Vote(who, yes, round)),
        1 => Just(Step::Escalate),
        1 => Just(Step::End),
        1 => Just(Step::Say),
        1 => Just(Step::Propose),
        2 => Just(Step::Drop),
    ];
    prop::collection::vec(step, 0..20)
}

proptest! {
    /// Whatever happens, in whatever order: it ends once, each change is a version, nobody who
    /// may not decides, and it is approved only if every need had its votes or somebody above.
    #[test]
    fn a_request_ends_once_and_only_by_those_who_may(
        steps in steps(),
        quorum in prop_oneof![Just(Quorum::Any), Just(Quorum::All), Just(Quorum::Of(2))],
    ) {
        let people = [
            person(1, "approver"), person(2, "approver"), person(3, "manager"),
            person(4, "owner"), person(5, "kitchen"),
        ];
        let case = case(&people);
        let tiers = vec![vec![need(&["approver"], quorum)], vec![need(&["manager"], Quorum::Any)]];
        let mut request = request(tiers);
        for step in steps {
            let before = request.clone();
            match step {
                Step::Vote(who, yes, round) => {
                    let done = request.vote(vote(who, yes), round, (&case, &above()));
                    if done.is_err() {
                        prop_assert_eq!(&request, &before);
                        continue;
                    }
                    prop_assert_eq!(round, 1);
                    prop_assert_eq!(&before.proposal, &None);
                    prop_assert!(!matches!(who, 0 | 5));
                }
                Step::Escalate => { request.escalate(); }
                Step::End => { request.end(State::Expired); }
                Step::Propose => { request.propose(proposal(1)); }
                Step::Drop => { request.drop_proposal(); }
                Step::Say => {
                    let said = Said { who: CustomerId(1), name: String::new(), words: "x".to_owned(), at: NOW };
                    request.say(said, true);
                }
            }
            if request != before {
                prop_assert_eq!(before.state, State::Open);
                prop_assert_eq!(request.version, before.version + 1);
            }
            prop_assert!(request.proposal.is_none() || request.is_open());
            if request.state == State::Approved {
                let yes = |ids: &[i64]| request.votes.iter()
                    .filter(|vote| vote.yes && ids.contains(&vote.who.0)).count();
                let first = yes(&[1, 2]) >= request::wanted(quorum, 2);
                prop_assert!(yes(&[4]) > 0 || (first && yes(&[3]) > 0));
                prop_assert!(request.votes.iter().all(|vote| vote.yes));
            }
        }
    }
}
