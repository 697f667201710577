use super::*;

fn member(user: i64, role: Role) -> Member {
    Member {
        user: CustomerId(user),
        role,
        since: Timestamp(1),
        let_in_by: None,
        limit_minor: None,
        ordered: None,
    }
}

#[test]
fn an_id_is_made_of_latin_letters_or_not_at_all() {
    for (name, id) in [
        ("ACME Ltd", Some("acme-ltd")),
        ("  Blue -- Lake & Co. ", Some("blue-lake-co")),
        ("Café №5", Some("caf-5")),
        ("长青办公", None),
        ("7 / 11", None),
        ("", None),
        (
            "An endless name of a company",
            Some("an-endless-name-of-a-com"),
        ),
        (
            "An endless name of the company",
            Some("an-endless-name-of-the-c"),
        ),
    ] {
        let made = id_of(name);
        assert_eq!(made.as_ref().map(CompanyId::as_str), id, "{name}");
    }
}

#[test]
fn a_tail_makes_an_id_its_own_and_fits() {
    let long = CompanyId("an-endless-name-of-a-com".to_owned());
    for (id, made) in [
        (None, "c-1f3a"),
        (Some(&CompanyId("acme".to_owned())), "acme-1f3a"),
        (Some(&long), "an-endless-name-of-1f3a"),
    ] {
        let with = id_with(id, "1f3a");
        assert_eq!(with.as_str(), made);
        assert!(with.as_str().len() <= ID_BYTES);
    }
}

#[test]
fn a_company_keeps_its_last_admin() {
    let one = [member(1, Role::Admin), member(2, Role::Buyer)];
    let two = [member(1, Role::Admin), member(3, Role::Admin)];
    let (first, buyer) = (CustomerId(1), CustomerId(2));
    for to in [None, Some(Role::Buyer), Some(Role::Approver)] {
        assert_eq!(check_change(&one, first, to), Err(Refusal::LastAdmin));
        assert_eq!(check_change(&two, first, to), Ok(()));
        assert_eq!(check_change(&one, buyer, to), Ok(()));
    }
    assert_eq!(check_change(&one, first, Some(Role::Admin)), Ok(()));
    assert_eq!(check_change(&[], first, None), Ok(()));
}

#[test]
fn addresses_have_ids_of_their_own_and_an_end() {
    let mut details = Details::default();
    assert_eq!(
        details.add_address("", "12 Nanjing Road"),
        Err(Refusal::Length(1, 24))
    );
    assert_eq!(
        details.add_address("Store", "12"),
        Err(Refusal::Length(4, 200))
    );
    for n in 1..=MOST_ADDRESSES {
        details.add_address("Store", "12 Nanjing Road").unwrap();
        assert_eq!(details.addresses.last().unwrap().id, n as i64);
    }
    assert_eq!(
        details.add_address("Store", "12 Nanjing Road"),
        Err(Refusal::Full(MOST_ADDRESSES))
    );
    details.addresses.pop();
    details.add_address("Store", "12 Nanjing Road").unwrap();
    assert!(details.address(20).is_none() && details.address(21).is_some());
}

#[test]
fn words_are_read_back() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.code()), Some(role));
    }
    for who in Who::ALL {
        assert_eq!(Who::parse(who.code()), Some(who));
    }
    for quorum in [Quorum::Any, Quorum::All, Quorum::Of(2), Quorum::Of(9)] {
        assert_eq!(Quorum::parse(&quorum.code()), Some(quorum));
    }
    for code in ["", "1", "10", "-2", "some"] {
        assert_eq!(Quorum::parse(code), None, "{code}");
    }
    assert_eq!(Who::parse("buyer"), None);
}
