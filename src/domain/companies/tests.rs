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

fn rule(id: i64, above_minor: i64, who: Who, quorum: Quorum) -> Rule {
    Rule {
        id,
        above_minor,
        who,
        quorum,
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
fn only_rules_below_the_total_ask_the_lowest_first() {
    let members = [
        member(1, Role::Admin),
        member(2, Role::Approver),
        member(3, Role::Approver),
        member(4, Role::Buyer),
    ];
    let rules = [
        rule(7, 100_000, Who::Admin, Quorum::Any),
        rule(8, 50_000, Who::Approver, Quorum::All),
        rule(9, 200_000, Who::Admin, Quorum::All),
    ];
    let asked = |total| -> Vec<(i64, usize, usize)> {
        let needs = needs(&rules, &members, CustomerId(4), total);
        let brief = |need: &Need| (need.rule.id, need.people.len(), need.wanted);
        needs.iter().map(brief).collect()
    };
    assert_eq!(asked(50_000), []);
    assert_eq!(asked(50_001), [(8, 2, 2)]);
    assert_eq!(asked(100_001), [(8, 2, 2), (7, 1, 1)]);
    assert_eq!(asked(200_001).len(), 3);
}

#[test]
fn a_rule_that_nobody_could_approve_falls_to_the_admins() {
    let rules = [rule(7, 0, Who::Approver, Quorum::Of(2))];
    let of = |members: &[Member], buyer| {
        let need = needs(&rules, members, CustomerId(buyer), 1).remove(0);
        (need.people, need.wanted, need.fell_to_admins)
    };
    let none = [member(1, Role::Admin), member(4, Role::Buyer)];
    assert_eq!(of(&none, 4), (vec![CustomerId(1)], 1, true));
    // The only approver does not approve their own order; the only admin alone may.
    let one = [member(1, Role::Admin), member(2, Role::Approver)];
    assert_eq!(of(&one, 2), (vec![CustomerId(1)], 1, true));
    assert_eq!(of(&one, 4), (vec![CustomerId(2)], 1, false));
    assert_eq!(of(&none, 1), (vec![CustomerId(1)], 1, true));
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
