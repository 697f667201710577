use super::*;
use crate::domain::catalogue::Unit;
use crate::domain::catalogue::tests::sample::catalogue;
use crate::kernel::Quantity;

#[test]
fn equal_lines_merge_and_others_do_not() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let first = cart
        .add(new_line("kung-pao", &catalogue), &catalogue, &none)
        .unwrap();
    let same = cart
        .add(new_line("kung-pao", &catalogue), &catalogue, &none)
        .unwrap();
    assert_eq!(first, same);
    let mut hot = new_line("kung-pao", &catalogue);
    hot.selection = chosen("heat", &[("hot", 1)]);
    let other = cart.add(hot, &catalogue, &none).unwrap();
    assert_ne!(first, other);
    let mut noted = new_line("kung-pao", &catalogue);
    noted.note = " no nuts ".into();
    cart.add(noted, &catalogue, &none).unwrap();
    assert_eq!(cart.lines.len(), 3);
    assert_eq!(cart.lines[2].note, "no nuts");
    assert_eq!(cart.demand(&catalogue)[&"kung-pao".into()], Quantity(4));
}

#[test]
fn line_ids_are_never_reused() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let first = cart
        .add(new_line("beer", &catalogue), &catalogue, &none)
        .unwrap();
    cart.remove(first).unwrap();
    assert_eq!(cart.remove(first), Err(Refusal::UnknownLine));
    let second = cart
        .add(new_line("beer", &catalogue), &catalogue, &none)
        .unwrap();
    assert_ne!(first, second);
    cart.set_quantity(second, Quantity(0), &catalogue, &none)
        .unwrap();
    assert!(cart.is_empty());
}

#[test]
fn a_refusal_leaves_the_cart_as_it_was() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let line = cart
        .add(new_line("crab", &catalogue), &catalogue, &none)
        .unwrap();
    let before = cart.clone();
    let refused = cart.set_quantity(line, Quantity(120), &catalogue, &none);
    assert_eq!(
        refused,
        Err(Refusal::Line(vec![LineProblem {
            line,
            fault: LineFault::Quantity {
                min: Quantity(100),
                step: Quantity(50),
                unit: Unit::Gram {
                    price_per: 500,
                    step: 50,
                    min: 100
                }
            }
        }]))
    );
    let mut many = new_line("kung-pao", &catalogue);
    many.quantity = Quantity(21);
    let refused = cart.add(many, &catalogue, &none).unwrap_err();
    assert!(format!("{refused:?}").contains("OverOrderLimit"));
    assert_eq!(cart, before);
}

#[test]
fn the_order_limit_counts_all_lines() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let mut mild = new_line("kung-pao", &catalogue);
    mild.quantity = Quantity(20);
    cart.add(mild, &catalogue, &none).unwrap();
    let mut hot = new_line("kung-pao", &catalogue);
    hot.selection = chosen("heat", &[("hot", 1)]);
    assert!(cart.add(hot, &catalogue, &none).is_err());
}

#[test]
fn limits_have_names() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    for n in 0..MAX_LINES {
        let mut line = new_line("beer", &catalogue);
        line.note = n.to_string();
        cart.add(line, &catalogue, &none).unwrap();
    }
    let one_more = cart.add(new_line("tea", &catalogue), &catalogue, &none);
    assert_eq!(one_more, Err(Refusal::TooManyLines { max: MAX_LINES }));
    let long = "麻".repeat(201);
    assert_eq!(cart.set_note(&long), Err(Refusal::NoteTooLong { max: 200 }));
    cart.set_note(&long[3..]).unwrap();
}

#[test]
fn what_left_the_menu_is_found_at_review() {
    let (catalogue, mut out) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let hot = NewLine {
        selection: chosen("heat", &[("hot", 1)]),
        ..new_line("kung-pao", &catalogue)
    };
    let line = cart.add(hot, &catalogue, &out).unwrap();
    out.choices.insert(("heat".into(), "hot".into()));
    out.items.insert("kung-pao".into());
    let faults: Vec<_> = cart
        .check(&catalogue, &out)
        .into_iter()
        .map(|p| p.fault)
        .collect();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert_eq!(faults[0], LineFault::SoldOut);
    let mut parts = sample::parts();
    parts.items.retain(|item| item.id.as_str() != "kung-pao");
    parts
        .groups
        .retain(|g| !["heat", "coriander"].contains(&g.id.as_str()));
    let smaller = Catalogue::new(parts).unwrap();
    let problems = cart.check(&smaller, &SoldOut::default());
    assert_eq!(problems[0].fault, LineFault::UnknownItem);
    assert_eq!(problems[0].line, line);
}
