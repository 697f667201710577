use super::*;

const NIGHT: u32 = 23 * 60;
const NOON: u32 = 12 * 60;

fn shop() -> Pushes {
    Pushes {
        quiet: Quiet::parse("22:00-08:00"),
        ..Pushes::default()
    }
}

fn wishes(code: &str) -> Wishes {
    Wishes::parse(code).unwrap()
}

#[test]
fn who_hears_what_and_how_loud() {
    use Moment as M;
    let (silent, rings) = (Some(false), Some(true));
    for (moment, code, at, heard) in [
        (M::Prepare, "all shop", NOON, silent),
        (M::Promise, "all shop", NOON, rings),
        (M::Promise, "all shop", NIGHT, silent),
        (M::Promise, "all off", NIGHT, rings),
        (M::Promise, "all 11:00-13:00", NOON, silent),
        (M::Promise, "all 11:00-13:00", NIGHT, rings),
        (M::FinishPickup, "all shop", NIGHT, rings),
        (M::FinishDelivery, "all shop", NOON, silent),
        (M::Dispatch, "all shop", NIGHT, rings),
        (M::Prepare, "important shop", NOON, None),
        (M::FinishDelivery, "important shop", NOON, None),
        (M::Promise, "important shop", NIGHT, silent),
        (M::FinishPickup, "important shop", NOON, rings),
        (M::FinishPickup, "none shop", NOON, None),
        (M::Promise, "none off", NOON, None),
    ] {
        assert_eq!(
            shop().tells(moment, wishes(code), at),
            heard,
            "{moment} {code} {at}"
        );
    }
}

#[test]
fn what_the_shop_will_not_do_is_told_to_everybody_at_any_hour() {
    let told: Vec<_> = Moment::ALL
        .iter()
        .filter(|moment| shop().tells(**moment, wishes("none shop"), NIGHT) == Some(true))
        .map(|moment| moment.code())
        .collect();
    let always = [
        "placed_by_hand",
        "amend",
        "fail",
        "reject",
        "cancel",
        "grant_cancel",
        "refuse_cancel",
        "expire",
    ];
    assert_eq!(told, always);
}

#[test]
fn the_shops_table_goes_first() {
    let mut shop = shop();
    shop.customer.insert(Moment::Promise, Loudness::Card);
    shop.customer.insert(Moment::Prepare, Loudness::Urgent);
    shop.customer.insert(Moment::Reject, Loudness::Silent);
    let tells = |moment| shop.tells(moment, Wishes::default(), NIGHT);
    assert_eq!(tells(Moment::Promise), None);
    assert_eq!(tells(Moment::Prepare), Some(true));
    assert_eq!(tells(Moment::Reject), Some(false));
}

#[test]
fn every_event_has_its_moment_or_none_on_purpose() {
    for event in Event::ALL {
        for way in [Fulfilment::Pickup, Fulfilment::DineIn, Fulfilment::Delivery] {
            let none = [
                "ask_approval",
                "request_approval",
                "request_cancel",
                "complete",
            ];
            let moment = Moment::of(*event, way);
            assert_eq!(moment.is_none(), none.contains(&event.code()), "{event}");
        }
    }
}

#[test]
fn staff_hear_what_the_shop_leaves_on() {
    let mut shop = shop();
    for moment in StaffMoment::ALL {
        assert_eq!(shop.tells_staff(*moment), Some(true), "{moment}");
    }
    shop.staff.insert(StaffMoment::Cancel, Loudness::Card);
    shop.staff.insert(StaffMoment::Place, Loudness::Silent);
    assert_eq!(shop.tells_staff(StaffMoment::Cancel), None);
    assert_eq!(shop.tells_staff(StaffMoment::Place), Some(false));
}

#[test]
fn quiet_hours_may_pass_midnight() {
    for (span, minute, quiet) in [
        ("22:00-08:00", 21 * 60 + 59, false),
        ("22:00-08:00", 22 * 60, true),
        ("22:00-08:00", 0, true),
        ("22:00-08:00", 7 * 60 + 59, true),
        ("22:00-08:00", 8 * 60, false),
        ("13:00-15:00", 13 * 60, true),
        ("13:00-15:00", 15 * 60, false),
        ("13:00-15:00", 0, false),
        ("22:00-24:00", 1439, true),
        ("22:00-24:00", 0, false),
    ] {
        let holds = Quiet::parse(span).unwrap().holds(minute);
        assert_eq!(holds, quiet, "{span} {minute}");
    }
}

#[test]
fn only_spans_are_quiet_hours() {
    assert_eq!(
        Quiet::parse("22:30 - 7:05"),
        Some(Quiet {
            from: 1350,
            to: 425
        })
    );
    for text in [
        "",
        "22",
        "22:00",
        "22-7",
        "22:00-22:00",
        "25:00-07:00",
        "22:60-07:00",
        "24:01-07:00",
        "+2:00-07:00",
        "22:0-07:00",
        "a:00-b:00",
        "24:00-00:00",
        "00022:00-07:00",
    ] {
        assert_eq!(Quiet::parse(text), None, "{text}");
    }
}

#[test]
fn wishes_are_read_as_they_are_written() {
    for code in ["all shop", "important off", "none 22:00-07:05"] {
        assert_eq!(wishes(code).code(), code);
    }
    for code in ["", "all", "some shop", "all 22:00"] {
        assert_eq!(Wishes::parse(code), None, "{code}");
    }
    assert_eq!(Wishes::default().code(), "all shop");
}
