use super::*;
use crate::telegram::pacing::Pacing;

fn body(html: &str, fresh: bool) -> String {
    let screen = Screen {
        html: html.into(),
        photo: None,
        inline: None,
        reply: None,
        topic: None,
        fresh,
        beside: false,
        loud: false,
    };
    serde_json::to_string(&Body::Screen(screen)).unwrap()
}

fn row(id: i64, chat: i64, card: Option<&str>, fresh: bool) -> OutRow {
    OutRow {
        id,
        chat: ChatId(chat),
        card: card.map(str::to_owned),
        version: id,
        hasty: true,
        adopt: None,
        takes: None,
        body: body(&format!("v{id}"), fresh),
        cause: None,
    }
}

/// What is sent, in order, as `id:text`, and what is superseded.
fn sent(rows: Vec<OutRow>) -> (Vec<String>, Vec<i64>) {
    let mut queues = Queues::default();
    queues.add(rows, 0);
    let mut pacer = Pacer::new(Pacing::none(), 0);
    let (mut sent, mut skipped) = (Vec::new(), Vec::new());
    while let Some(Next::Row { row, superseded }) = queues.next(&mut pacer, 0) {
        sent.push(format!("{}:{}", row.id, screen(&row).unwrap().html));
        skipped.extend(superseded.iter().map(|row| row.id));
        over(&mut queues, row.chat);
    }
    (sent, skipped)
}

fn ended(id: i64, card: Option<&str>) -> Unsettled {
    Unsettled {
        id,
        card: card.map(str::to_owned),
        takes: None,
        messages: Vec::new(),
    }
}

/// A row has ended, and that is committed.
fn over(queues: &mut Queues, chat: ChatId) {
    queues.landed(chat, ended(0, None), 0);
    queues.settled(chat, 0, 0);
}

#[test]
fn edits_that_wait_collapse_into_the_last() {
    let card = Some("ses");
    let rows = vec![
        row(1, 7, card, false),
        row(2, 7, None, false),
        row(3, 7, card, false),
        row(4, 7, card, false),
    ];
    assert_eq!(sent(rows), (vec!["4:v4".into(), "2:v2".into()], vec![1, 3]));
}

#[test]
fn a_new_message_takes_the_edits_behind_it_along() {
    let rows = vec![row(1, 7, Some("o"), true), row(2, 7, Some("o"), false)];
    let mut queues = Queues::default();
    queues.add(rows, 0);
    let Some(Next::Row { row, .. }) = queues.next(&mut Pacer::new(Pacing::none(), 0), 0) else {
        panic!()
    };
    assert_eq!(row.id, 2);
    assert!(screen(&row).unwrap().fresh);
}

#[test]
fn an_edit_before_a_fresh_card_is_pointless_but_fresh_ones_all_go() {
    let card = Some("ses");
    let rows = vec![
        row(1, 7, card, false),
        row(2, 7, None, false),
        row(3, 7, card, true),
        row(4, 7, card, true),
    ];
    let order = vec!["2:v2".into(), "3:v3".into(), "4:v4".into()];
    assert_eq!(sent(rows), (order, vec![1]));
}

#[test]
fn an_older_version_never_wins() {
    let mut old = row(2, 7, Some("o"), false);
    old.version = 0;
    assert_eq!(
        sent(vec![row(1, 7, Some("o"), false), old]),
        (vec!["1:v1".into()], vec![2])
    );
}

#[test]
fn one_row_of_a_chat_at_a_time_and_none_twice() {
    let mut queues = Queues::default();
    let mut pacer = Pacer::new(Pacing::none(), 0);
    queues.add(
        vec![
            row(2, 7, None, false),
            row(1, 7, None, false),
            row(3, 8, None, false),
        ],
        0,
    );
    queues.add(vec![row(1, 7, None, false)], 0);
    let mut first = Vec::new();
    while let Some(Next::Row { row, .. }) = queues.next(&mut pacer, 0) {
        first.push(row.id);
    }
    first.sort_unstable();
    assert_eq!(first, [1, 3]);
    over(&mut queues, ChatId(8));
    assert!(queues.next(&mut pacer, 0).is_none());
    over(&mut queues, ChatId(7));
    assert!(matches!(queues.next(&mut pacer, 0), Some(Next::Row { row, .. }) if row.id == 2));
    over(&mut queues, ChatId(7));
    queues.add(vec![row(1, 7, None, false)], 0);
    assert!(queues.next(&mut pacer, 0).is_none());
}

#[test]
fn a_pause_holds_its_own_chat_only() {
    let mut queues = Queues::default();
    let mut pacer = Pacer::new(Pacing::none(), 0);
    queues.add(vec![row(1, 7, None, false)], 0);
    let Some(Next::Row { row: first, .. }) = queues.next(&mut pacer, 0) else {
        panic!()
    };
    let job = Job::new(first, Body::Strip, Vec::new(), None);
    queues.back(ChatId(7), Box::new(job), 5_000);
    queues.add(vec![row(2, 7, None, false), row(3, 8, None, false)], 10);
    assert!(matches!(queues.next(&mut pacer, 10), Some(Next::Row { row, .. }) if row.id == 3));
    assert!(queues.next(&mut pacer, 10).is_none());
    assert_eq!(queues.next_due(), Some(5_000));
    assert!(matches!(queues.next(&mut pacer, 5_000), Some(Next::Job(job)) if job.row.id == 1));
}

#[test]
fn paced_rows_wait_and_hasty_ones_do_not() {
    let mut queues = Queues::default();
    let mut pacer = Pacer::new(Pacing::default(), 0);
    for _ in 0..3 {
        pacer.count(ChatId(7), 0);
    }
    let mut slow = row(1, 7, None, false);
    slow.hasty = false;
    queues.add(vec![slow], 0);
    assert!(queues.next(&mut pacer, 0).is_none());
    assert_eq!(queues.next_due(), Some(1_000));
    queues.add(vec![row(2, 8, None, false)], 0);
    assert!(queues.next(&mut pacer, 0).is_some());
    assert!(queues.next(&mut pacer, 1_000).is_some());
}

#[test]
fn a_group_with_a_new_id_keeps_its_rows() {
    let mut queues = Queues::default();
    queues.add(vec![row(1, -7, None, false), row(2, -7, None, false)], 0);
    queues.rename(ChatId(-7), ChatId(-1007), 0);
    let mut pacer = Pacer::new(Pacing::none(), 0);
    let Some(Next::Row { row, .. }) = queues.next(&mut pacer, 0) else {
        panic!()
    };
    assert_eq!((row.id, row.chat), (1, ChatId(-1007)));
}

#[test]
fn nothing_overtakes_a_row_whose_commit_is_under_way() {
    let mut queues = Queues::default();
    let mut pacer = Pacer::new(Pacing::none(), 0);
    queues.expect(vec![(ChatId(7), 1), (ChatId(7), 2)]);
    queues.add(vec![row(3, 7, None, false), row(4, 8, None, false)], 0);
    assert!(matches!(queues.next(&mut pacer, 0), Some(Next::Row { row, .. }) if row.id == 4));
    assert!(queues.next(&mut pacer, 0).is_none());
    queues.add(vec![row(1, 7, None, false)], 0);
    queues.expect_no_more(vec![(ChatId(7), 1), (ChatId(7), 2)], 0);
    assert!(matches!(queues.next(&mut pacer, 0), Some(Next::Row { row, .. }) if row.id == 1));
    over(&mut queues, ChatId(7));
    assert!(matches!(queues.next(&mut pacer, 0), Some(Next::Row { row, .. }) if row.id == 3));
}

/// The living message is edited, becomes an order's card, and a new living message comes.
fn taken_over() -> Vec<OutRow> {
    let mut order = row(2, 7, Some("order"), false);
    order.takes = Some("ses".to_owned());
    vec![
        row(1, 7, Some("ses"), false),
        order,
        row(3, 7, Some("ses"), true),
    ]
}

#[test]
fn a_message_is_taken_over_before_its_old_card_goes_on_elsewhere() {
    let (sent_now, skipped) = sent(taken_over());
    assert_eq!(sent_now, ["1:v1", "2:v2", "3:v3"]);
    assert!(skipped.is_empty());

    // Edits of the new card collapse, and it still takes the message over; a fresh one does not
    // make that pointless.
    let mut rows = taken_over();
    rows.push(row(4, 7, Some("order"), false));
    rows.push(row(5, 7, Some("order"), true));
    let mut queues = Queues::default();
    queues.add(rows, 0);
    let mut pacer = Pacer::new(Pacing::none(), 0);
    let mut gone = Vec::new();
    while let Some(Next::Row { row, .. }) = queues.next(&mut pacer, 0) {
        gone.push((row.id, row.takes.is_some()));
        over(&mut queues, row.chat);
    }
    assert_eq!(gone, [(1, false), (4, true), (3, false), (5, false)]);
}

#[test]
fn who_takes_a_message_over_waits_until_it_is_known() {
    let mut queues = Queues::default();
    queues.add(taken_over(), 0);
    let mut pacer = Pacer::new(Pacing::none(), 0);
    let mut next = |queues: &mut Queues| match queues.next(&mut pacer, 0) {
        Some(Next::Row { row, .. }) => Some(row.id),
        _ => None,
    };
    assert_eq!(next(&mut queues), Some(1));
    queues.landed(ChatId(7), ended(1, Some("ses")), 0);
    assert_eq!(next(&mut queues), None);
    queues.settled(ChatId(7), 1, 0);
    assert_eq!(next(&mut queues), Some(2));
}

#[test]
fn what_needs_an_uncommitted_message_waits_and_others_do_not() {
    let (mut queues, mut pacer) = (Queues::default(), Pacer::new(Pacing::none(), 0));
    queues.add(
        vec![
            row(1, -7, Some("a"), true),
            row(2, -7, Some("b"), true),
            row(3, -7, Some("a"), false),
            row(4, -7, Some("b"), false),
        ],
        0,
    );
    let mut next = |queues: &mut Queues| match queues.next(&mut pacer, 0) {
        Some(Next::Row { row, .. }) => Some(row.id),
        _ => None,
    };
    // The edit of "a" collapses into the first row; it goes, and is not yet committed.
    assert_eq!(next(&mut queues), Some(3));
    queues.landed(ChatId(-7), ended(3, Some("a")), 0);
    assert_eq!(next(&mut queues), Some(4), "another card");
    queues.landed(ChatId(-7), ended(4, Some("b")), 0);
    queues.add(vec![row(5, -7, Some("b"), false)], 0);
    assert_eq!(next(&mut queues), None, "the same card");
    queues.add(vec![row(6, 8, Some("b"), false)], 0);
    assert_eq!(next(&mut queues), Some(6), "another chat");
    queues.settled(ChatId(-7), 3, 0);
    assert_eq!(next(&mut queues), None);
    queues.settled(ChatId(-7), 4, 0);
    assert_eq!(next(&mut queues), Some(5));
}

#[test]
fn a_card_that_lost_its_message_waits_until_that_is_committed() {
    let (mut queues, mut pacer) = (Queues::default(), Pacer::new(Pacing::none(), 0));
    queues.add(
        vec![
            row(1, -7, Some("order"), true),
            row(2, -7, Some("ses"), true),
        ],
        0,
    );
    let mut next = |queues: &mut Queues| match queues.next(&mut pacer, 0) {
        Some(Next::Row { row, .. }) => Some(row.id),
        _ => None,
    };
    assert_eq!(next(&mut queues), Some(1));
    let took = Unsettled {
        takes: Some("ses".to_owned()),
        ..ended(1, Some("order"))
    };
    queues.landed(ChatId(-7), took, 0);
    assert_eq!(next(&mut queues), None);
    queues.settled(ChatId(-7), 1, 0);
    assert_eq!(next(&mut queues), Some(2));
}

#[test]
fn a_message_whose_end_is_not_committed_is_no_doubled_copy() {
    let (mut queues, mut pacer) = (Queues::default(), Pacer::new(Pacing::none(), 0));
    let adopting = |id, message| OutRow {
        adopt: Some(message),
        ..row(id, -7, Some("a"), false)
    };
    let mut next = |queues: &mut Queues| match queues.next(&mut pacer, 0) {
        Some(Next::Row { row, .. }) => Some((row.id, row.adopt)),
        _ => None,
    };
    queues.add(vec![row(1, -7, Some("b"), true)], 0);
    assert_eq!(next(&mut queues), Some((1, None)));
    let made = Unsettled {
        messages: vec![99],
        ..ended(1, Some("b"))
    };
    queues.landed(ChatId(-7), made, 0);
    queues.add(vec![adopting(2, 99)], 0);
    assert_eq!(next(&mut queues), Some((2, None)), "ours");
    queues.landed(ChatId(-7), ended(2, Some("a")), 0);
    queues.settled(ChatId(-7), 1, 0);
    queues.settled(ChatId(-7), 2, 0);
    queues.add(vec![adopting(3, 99)], 0);
    assert_eq!(next(&mut queues), Some((3, Some(99))), "the database knows");
}

#[test]
fn a_persons_next_message_waits_until_the_one_before_is_committed() {
    let (mut queues, mut pacer) = (Queues::default(), Pacer::new(Pacing::none(), 0));
    queues.add(vec![row(1, 7, None, true), row(2, 7, None, true)], 0);
    let mut next = |queues: &mut Queues| match queues.next(&mut pacer, 0) {
        Some(Next::Row { row, .. }) => Some(row.id),
        _ => None,
    };
    assert_eq!(next(&mut queues), Some(1));
    queues.landed(ChatId(7), ended(1, None), 0);
    assert_eq!(next(&mut queues), None);
    queues.settled(ChatId(7), 1, 0);
    assert_eq!(next(&mut queues), Some(2));
}
