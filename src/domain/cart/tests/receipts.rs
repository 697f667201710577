use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::kernel::{Quantity, TaxClass};
use sample::{catalogue, yuan};

fn rules(inclusive: bool) -> TaxRules {
    let rate = |text: &str| TaxRate::parse(text).unwrap();
    TaxRules {
        inclusive,
        rates: BTreeMap::from([("food".into(), rate("6%")), ("alcohol".into(), rate("13"))]),
    }
}

const PER_LINE: Rounding = Rounding {
    scope: Scope::Line,
    mode: Mode::HalfUp,
};
const PER_TOTAL: Rounding = Rounding {
    scope: Scope::Total,
    mode: Mode::HalfUp,
};

#[test]
fn the_cheapest_units_are_free() {
    let catalogue = catalogue();
    let noodles = catalogue.item(&"noodles".into()).unwrap();
    let price = |picks: &[(&str, i64)]| {
        unit_price(&catalogue, noodles, None, &chosen("toppings", picks)).unwrap()
    };
    assert_eq!(price(&[]), yuan("22"));
    assert_eq!(
        price(&[("egg", 1), ("beef", 1)]),
        yuan("22"),
        "two are free"
    );
    assert_eq!(price(&[("egg", 1), ("beef", 1), ("peanut", 1)]), yuan("30"));
    assert_eq!(price(&[("peanut", 3)]), yuan("23"));
}

#[test]
fn options_cost_by_size_and_by_what_opens_them() {
    let catalogue = catalogue();
    let tea = catalogue.item(&"tea".into()).unwrap();
    let pearls = chosen("pearls", &[("tapioca", 2)]);
    let with = |size: &str| unit_price(&catalogue, tea, Some(&size.into()), &pearls);
    assert_eq!(with("small").unwrap(), yuan("16"));
    assert_eq!(with("large").unwrap(), yuan("22"));
    assert!(with("huge").is_err());
    let set = catalogue.item(&"set".into()).unwrap();
    let mut two_colas = chosen("drink", &[("cola", 2)]);
    let path = [("drink".into(), "cola".into())];
    let inner = two_colas.at_mut(&path).unwrap();
    inner.insert(&"ice".into(), &"much".into(), pick(1));
    let price = unit_price(&catalogue, set, None, &two_colas).unwrap();
    assert_eq!(price, yuan("60"), "much ice in each cola");
}

#[test]
fn weight_is_priced_per_500_g_and_rounded() {
    let catalogue = catalogue();
    let mut line = new_line("crab", &catalogue).with_id(LineId(1));
    line.quantity = Quantity(150);
    let priced = line_price(&line, &catalogue, Mode::HalfUp).unwrap();
    assert_eq!(priced.amount, yuan("30.00"), "29.997");
    line.quantity = Quantity(250);
    assert_eq!(
        line_price(&line, &catalogue, Mode::HalfUp).unwrap().amount,
        yuan("50.00")
    );
    assert_eq!(
        line_price(&line, &catalogue, Mode::HalfEven)
            .unwrap()
            .amount,
        yuan("50.00")
    );
    line.quantity = Quantity(50);
    assert_eq!(
        line_price(&line, &catalogue, Mode::HalfEven)
            .unwrap()
            .amount,
        yuan("10.00")
    );
}

#[test]
fn halves_go_up_or_to_the_even_neighbour() {
    for (numerator, up, even) in [
        (5, 3, 2),
        (7, 4, 4),
        (3, 2, 2),
        (-5, -3, -2),
        (1, 1, 0),
        (-1, -1, 0),
    ] {
        assert_eq!(Mode::HalfUp.divide(numerator, 2), up, "{numerator}/2 up");
        assert_eq!(
            Mode::HalfEven.divide(numerator, 2),
            even,
            "{numerator}/2 even"
        );
    }
}

#[test]
fn a_receipt_explains_every_figure() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    let mut chicken = new_line("kung-pao", &catalogue);
    chicken.quantity = Quantity(2);
    cart.add(chicken, &catalogue, &none).unwrap();
    let mut beer = new_line("beer", &catalogue);
    beer.quantity = Quantity(12);
    cart.add(beer, &catalogue, &none).unwrap();
    let inclusive = price(&cart, &catalogue, &rules(true), PER_TOTAL, &[]).unwrap();
    assert_eq!(inclusive.subtotal, yuan("172"));
    assert_eq!(inclusive.total, yuan("172"));
    let taxes: Vec<_> = inclusive
        .taxes
        .iter()
        .map(|t| (t.class.as_str(), t.tax))
        .collect();
    assert_eq!(taxes, [("alcohol", yuan("11.04")), ("food", yuan("4.30"))]);
    let added = price(&cart, &catalogue, &rules(false), PER_TOTAL, &[]).unwrap();
    assert_eq!(added.total, yuan("189.04"), "172 + 12.48 + 4.56");
}

#[test]
fn rates_are_read_and_shown() {
    for (text, millionths, shown) in [
        ("6%", 60_000, "6"),
        ("8.875", 88_750, "8.875"),
        ("0", 0, "0"),
        ("100 %", 1_000_000, "100"),
    ] {
        let rate = TaxRate::parse(text).unwrap();
        assert_eq!((rate.0, rate.to_string().as_str()), (millionths, shown));
    }
    for text in ["", "-1", "101", "1.00001", "six", "5."] {
        assert_eq!(TaxRate::parse(text), None, "{text}");
    }
}

#[test]
fn what_has_no_rate_or_is_too_dear_is_refused() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let mut cart = cart();
    cart.add(new_line("beer", &catalogue), &catalogue, &none)
        .unwrap();
    let mut rules = rules(true);
    rules.rates.remove(&TaxClass::from("alcohol"));
    let refused = price(&cart, &catalogue, &rules, PER_LINE, &[]);
    assert_eq!(refused, Err(PriceError::NoRate("alcohol".into())));
    cart.lines[0].quantity = Quantity(i64::MAX - 5);
    assert_eq!(
        price(&cart, &catalogue, &rules, PER_LINE, &[]),
        Err(PriceError::Overflow)
    );
}

/// One line of one of three plain dishes.
fn dishes() -> impl Strategy<Value = Vec<(usize, i64)>> {
    prop::collection::vec((0usize..3, 1i64..40), 1..8)
}

#[test]
fn a_fee_is_taxed_like_goods_of_its_class() {
    let catalogue = catalogue();
    let mut cart = cart();
    let mut line = new_line("noodles", &catalogue).with_id(LineId(1));
    line.quantity = Quantity(1);
    cart.lines.push(line);
    let fees = [Fee {
        id: "delivery".to_owned(),
        amount: yuan("5"),
        tax_class: "alcohol".into(),
        tax: None,
    }];
    let inside = price(&cart, &catalogue, &rules(true), PER_TOTAL, &fees).unwrap();
    assert_eq!(inside.subtotal, yuan("22"), "goods alone");
    assert_eq!(inside.total, yuan("27"));
    let taxes: Vec<_> = inside
        .taxes
        .iter()
        .map(|part| (part.base, part.tax))
        .collect();
    // 5.00 * 13 / 113 and 22.00 * 6 / 106
    let expected = [(yuan("5"), yuan("0.58")), (yuan("22"), yuan("1.25"))];
    assert_eq!(taxes, expected);
    let on_top = price(&cart, &catalogue, &rules(false), PER_LINE, &fees).unwrap();
    assert_eq!(on_top.total, yuan("28.97"), "22 + 1.32 + 5 + 0.65");
    assert_eq!(on_top.fees[0].tax, Some(yuan("0.65")));
    let unknown = [Fee {
        tax_class: "luxury".into(),
        ..fees[0].clone()
    }];
    let refused = price(&cart, &catalogue, &rules(true), PER_TOTAL, &unknown);
    assert_eq!(refused, Err(PriceError::NoRate("luxury".into())));
}

#[test]
fn goods_below_the_minimum_lack_the_difference() {
    assert_eq!(missing(yuan("22"), None), None);
    assert_eq!(missing(yuan("22"), Some(yuan("22"))), None);
    assert_eq!(missing(yuan("22"), Some(yuan("30"))), Some(yuan("8")));
}

proptest! {
    #[test]
    fn parts_add_up(
        lines in dishes(),
        inclusive in any::<bool>(),
        per_line in any::<bool>(),
        half_even in any::<bool>(),
        millionths in 0i64..300_000,
        charged in prop::collection::vec((0i64..5_000, any::<bool>()), 0..4),
    ) {
        let catalogue = catalogue();
        let mut cart = cart();
        for (n, (dish, quantity)) in lines.iter().enumerate() {
            let id = ["noodles", "crab", "beer"][*dish];
            let item = catalogue.item(&id.into()).unwrap();
            let mut line = NewLine::of(item, &catalogue).with_id(LineId(n as i64 + 1));
            line.quantity = Quantity(quantity * item.unit.step().0);
            cart.lines.push(line);
        }
        let mut rules = rules(inclusive);
        rules.rates.insert("food".into(), TaxRate(millionths));
        let fees: Vec<Fee> = charged.iter().enumerate().map(|(n, (minor, food))| Fee {
            id: format!("fee-{n}"),
            amount: crate::kernel::Money::new(*minor, catalogue.currency()),
            tax_class: if *food { "food".into() } else { "alcohol".into() },
            tax: None,
        }).collect();
        let fees_sum: i128 = charged.iter().map(|(minor, _)| i128::from(*minor)).sum();
        let mode = if half_even { Mode::HalfEven } else { Mode::HalfUp };
        let scope = if per_line { Scope::Line } else { Scope::Total };
        let receipt = price(&cart, &catalogue, &rules, Rounding { scope, mode }, &fees).unwrap();

        let minor = |amounts: Vec<crate::kernel::Money>| -> i128 {
            amounts.into_iter().map(|m| i128::from(m.minor)).sum()
        };
        let lines_sum = minor(receipt.lines.iter().map(|l| l.amount).collect());
        prop_assert_eq!(lines_sum, i128::from(receipt.subtotal.minor));
        prop_assert_eq!(minor(receipt.fees.iter().map(|f| f.amount).collect()), fees_sum);
        prop_assert_eq!(minor(receipt.taxes.iter().map(|t| t.base).collect()), lines_sum + fees_sum);
        let tax = minor(receipt.taxes.iter().map(|t| t.tax).collect());
        let added = if inclusive { 0 } else { tax };
        prop_assert_eq!(i128::from(receipt.total.minor), lines_sum + fees_sum + added);
        // The tax is the nearest whole number to the exact one: within a half for each rounding.
        for part in &receipt.taxes {
            let rate = i128::from(part.rate.0);
            let whole = if inclusive { 1_000_000 + rate } else { 1_000_000 };
            let roundings = if per_line {
                let lines = receipt.lines.iter().filter(|l| l.tax_class == part.class).count();
                let fees = receipt.fees.iter().filter(|f| f.tax_class == part.class).count();
                (lines + fees) as i128
            } else { 1 };
            let off = i128::from(part.tax.minor) * whole - i128::from(part.base.minor) * rate;
            prop_assert!(off.abs() * 2 <= whole * roundings, "{part:?}");
        }
        if per_line {
            let of_lines = receipt.lines.iter().map(|l| l.tax);
            let each = of_lines.chain(receipt.fees.iter().map(|f| f.tax));
            prop_assert_eq!(tax, minor(each.flatten().collect()));
        }
        for line in &receipt.lines {
            let exact = i128::from(line.price.minor) * i128::from(line.quantity.0);
            let off = i128::from(line.goods.minor) * i128::from(line.per) - exact;
            prop_assert!(off.abs() * 2 <= i128::from(line.per));
        }
    }

    #[test]
    fn free_units_are_the_best_deal(units in prop::collection::vec(0i64..3, 4), free in 0i64..5) {
        // Brute force: the total of all chosen units minus the cheapest `free` of them.
        let mut parts = sample::parts();
        parts.groups[2].free_units = free;
        let catalogue = Catalogue::new(parts).unwrap();
        let item = catalogue.item(&"noodles".into()).unwrap();
        let names = [("egg", 300i64), ("tofu", 200), ("beef", 800), ("peanut", 100)];
        let picks: Vec<_> = names.iter().zip(&units).filter(|(_, n)| **n > 0)
            .map(|((id, _), n)| (*id, *n)).collect();
        let mut each: Vec<i64> = names.iter().zip(&units)
            .flat_map(|((_, price), n)| std::iter::repeat_n(*price, *n as usize)).collect();
        each.sort_unstable();
        let paid: i64 = each.iter().skip(free as usize).sum();
        let price = unit_price(&catalogue, item, None, &chosen("toppings", &picks)).unwrap();
        prop_assert_eq!(price.minor, 2200 + paid);
    }
}
