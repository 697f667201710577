use super::*;
use crate::kernel::Point;

const PIN: Point = Point {
    lat_e6: 31_230_400,
    lon_e6: 121_473_700,
};

fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}

#[test]
fn what_is_empty_is_filled_and_what_is_there_stays() {
    let mut profile = Profile::default();
    profile.learn_name("Lin");
    profile.learn_name("Wang");
    profile.learn_phone("+861");
    profile.learn_phone("+862");
    assert_eq!(
        (profile.name.as_str(), profile.phone.as_str()),
        ("Lin", "+861")
    );
    profile.payment.learn("cash");
    profile.payment.learn("card");
    assert_eq!(profile.payment.id, "card", "what was taken last");
    profile.payment.choose("cash");
    profile.payment.learn("card");
    assert_eq!(profile.payment.id, "cash", "what was chosen stays");
    profile.payment.choose("");
    profile.payment.learn("card");
    assert_eq!(profile.payment.id, "card");
}

#[test]
fn a_number_is_proven_by_its_own_card_alone() {
    let mut profile = Profile {
        proven: "+861".to_owned(),
        ..Profile::default()
    };
    assert!(!profile.is_proven(), "there is no number yet");
    profile.learn_phone("+862");
    assert!(!profile.is_proven());
    profile.phone = "+861".to_owned();
    assert!(profile.is_proven());
    profile.forget_phone();
    assert_eq!(profile, Profile::default());
}

#[test]
fn the_first_address_is_the_usual_one_and_the_same_is_not_added_twice() {
    let mut profile = Profile::default();
    profile.learn_address("12 Garden Road", None, at(1));
    profile.learn_address("8 Harbour Street", None, at(2));
    profile.learn_address("", Some(PIN), at(3));
    profile.learn_address("12 Garden Road", None, at(4));
    assert_eq!(profile.addresses.len(), 3);
    assert_eq!(profile.home().map(|home| home.id), Some(1));
    assert_eq!(profile.latest_address().map(|home| home.id), Some(1));
    profile.make_usual(3).unwrap();
    let order: Vec<i64> = profile.addresses_by_use().iter().map(|a| a.id).collect();
    assert_eq!(order, [3, 1, 2]);
    assert!(profile.remove_address(3));
    assert!(!profile.remove_address(3));
    assert_eq!(profile.home().map(|home| home.id), Some(1), "used last");
    profile.learn_address("5 New Lane", None, at(5));
    assert_eq!(profile.last_address, 4, "a number is never given twice");
}

#[test]
fn using_the_address_used_last_changes_nothing() {
    let mut profile = Profile::default();
    profile.learn_address("12 Garden Road", None, at(1));
    let before = profile.clone();
    profile.learn_address("12 Garden Road", None, at(9));
    assert_eq!(profile, before);
}

#[test]
fn of_forty_addresses_twenty_are_kept() {
    let mut profile = Profile::default();
    for n in 0..40 {
        profile.learn_address(&format!("{n} Long Street"), None, at(n));
    }
    assert_eq!(profile.addresses.len(), MOST_ADDRESSES);
    assert_eq!(
        profile.add_address("40 Long Street", None),
        Err(Refusal::Full(MOST_ADDRESSES))
    );
    assert_eq!(
        profile.add_address("3 Long Street", None),
        Ok(4),
        "there it is"
    );
}

#[test]
fn what_is_too_long_or_too_short_changes_nothing() {
    let mut profile = Profile::default();
    profile.add_address("12 Garden Road", None).unwrap();
    let before = profile.clone();
    for (part, most) in [
        (Part::Words, ADDRESS_CHARS),
        (Part::Label, LABEL_CHARS),
        (Part::Entrance, DOOR_CHARS),
        (Part::Floor, DOOR_CHARS),
        (Part::Code, DOOR_CHARS),
        (Part::Note, NOTE_CHARS),
    ] {
        let long = "x".repeat(most + 1);
        assert_eq!(
            profile.set_part(1, part, &long),
            Err(Refusal::TooLong(most))
        );
        let fits = "x".repeat(most);
        assert_eq!(profile.clone().set_part(1, part, &fits), Ok(()));
    }
    let short = Err(Refusal::TooShort(LEAST_ADDRESS_CHARS));
    assert_eq!(profile.set_part(1, Part::Words, "5 A"), short);
    assert_eq!(
        profile.set_part(1, Part::Words, ""),
        short,
        "nothing would say where"
    );
    assert_eq!(profile.set_part(7, Part::Label, "Home"), Err(Refusal::Gone));
    assert_eq!(profile.make_usual(7), Err(Refusal::Gone));
    assert_eq!(profile.set_pin(7, PIN), Err(Refusal::Gone));
    let long = "x".repeat(NAME_CHARS + 1);
    assert_eq!(profile.set_name(&long), Err(Refusal::TooLong(NAME_CHARS)));
    assert_eq!(profile, before);
}

#[test]
fn an_address_keeps_its_words_or_its_pin() {
    let mut profile = Profile::default();
    profile.add_address("", Some(PIN)).unwrap();
    profile.set_part(1, Part::Pin, "").unwrap();
    assert_eq!(
        profile.address(1).unwrap().pin,
        Some(PIN),
        "nothing else says where"
    );
    profile.set_part(1, Part::Words, "12 Garden Road").unwrap();
    profile.set_part(1, Part::Pin, "").unwrap();
    assert_eq!(profile.address(1).unwrap().pin, None);
    profile.set_pin(1, PIN).unwrap();
    profile.set_part(1, Part::Words, "").unwrap();
    assert_eq!(profile.address(1).unwrap().words, "");
}

#[test]
fn marks_are_held_against_an_item() {
    let mut profile = Profile::default();
    profile.turn_avoided("egg");
    profile.turn_avoided("nut");
    profile.turn_avoided("nut");
    profile.turn_diet("vegan");
    profile.turn_diet("gone");
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(profile.holds(&ids(&["milk", "egg", "nut"])), ["egg"]);
    let known = BTreeSet::from(["vegan".to_owned(), "vegetarian".to_owned()]);
    assert_eq!(profile.lacks(&ids(&["vegetarian"]), &known), ["vegan"]);
    assert!(profile.lacks(&ids(&["vegan"]), &known).is_empty());
}

#[test]
fn words_of_a_later_version_are_told_again() {
    let mut profile = Profile::default();
    assert!(!profile.is_told(1));
    profile.told = Some(Told {
        version: 1,
        at: at(1),
    });
    assert!(profile.is_told(1));
    assert!(!profile.is_told(2));
}

#[test]
fn a_profile_is_read_as_it_was_written_and_an_older_one_too() {
    let mut profile = Profile::default();
    profile.learn_address("12 Garden Road", Some(PIN), at(1));
    profile.set_part(1, Part::Code, "4711").unwrap();
    let text = serde_json::to_string(&profile).unwrap();
    assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
    assert_eq!(
        serde_json::from_str::<Profile>("{}").unwrap(),
        Profile::default()
    );
}
