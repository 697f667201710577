//! What is wanted again ends in the cart or is told: single cases, and whatever the shop has become
//! since.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::cart::refill::*;
use crate::domain::catalogue::tests::sample::{catalogue, item, yuan};
use crate::domain::catalogue::{Category, Parts, Pricing, Unit};
use crate::domain::stock::Level;
use crate::kernel::{Localised, Money, Quantity};

#[derive(Debug)]
struct Shop {
    catalogue: Catalogue,
    sold_out: SoldOut,
    levels: BTreeMap<ItemId, Level>,
    own: Demand,
    taxes: TaxRules,
}

impl Shop {
    fn of(catalogue: Catalogue) -> Self {
        let classes = catalogue.items().iter().map(|item| item.tax.clone());
        let taxes = TaxRules {
            inclusive: true,
            rates: classes.map(|class| (class, TaxRate(60_000))).collect(),
        };
        Self {
            catalogue,
            sold_out: SoldOut::default(),
            levels: BTreeMap::new(),
            own: Demand::new(),
            taxes,
        }
    }

    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            catalogue: &self.catalogue,
            sold_out: &self.sold_out,
            levels: &self.levels,
            own: &self.own,
            taxes: &self.taxes,
            rounding: Rounding {
                scope: Scope::Total,
                mode: Mode::HalfUp,
            },
        }
    }

    fn wish(&self, id: &str, quantity: i64) -> Wish {
        let item = self.catalogue.item(&id.into()).unwrap();
        let mut line = NewLine::of(item, &self.catalogue);
        line.quantity = Quantity(quantity * item.unit.step().0);
        Wish {
            before: worth(&line, self.shelf()),
            ..Wish::of(line, item)
        }
    }

    fn have(&mut self, id: &str, on_hand: i64) {
        let level = Level {
            on_hand: Quantity(on_hand),
            held: Quantity(0),
        };
        self.levels.insert(id.into(), level);
    }

    fn fates(&self, wishes: &[Wish]) -> Vec<Fate> {
        refill(cart(), wishes, self.shelf()).fates
    }
}

#[test]
fn what_is_as_before_is_kept() {
    let shop = Shop::of(catalogue());
    let wishes = [shop.wish("kung-pao", 2), shop.wish("beer", 1)];
    let done = refill(cart(), &wishes, shop.shelf());
    assert!(done.is_plain());
    assert_eq!((done.cart.lines.len(), done.kept()), (2, 2));
}

#[test]
fn another_price_is_told_with_the_one_before() {
    let shop = Shop::of(catalogue());
    let mut wish = shop.wish("kung-pao", 2);
    let now = wish.before.unwrap();
    wish.before = Some(yuan("1.00"));
    let before = yuan("1.00");
    assert_eq!(shop.fates(&[wish.clone()]), [Fate::Price { before, now }]);
    // Where no price was promised there is nothing to tell.
    wish.before = None;
    assert_eq!(shop.fates(&[wish]), [Fate::Kept]);
}

#[test]
fn what_several_lines_want_of_an_item_is_summed() {
    let mut shop = Shop::of(catalogue());
    shop.have("kung-pao", 3);
    let mut noted = shop.wish("kung-pao", 2);
    noted.line.note = "no nuts".into();
    let wishes = [shop.wish("kung-pao", 2), noted];
    let short = Fate::Short { left: Quantity(1) };
    assert_eq!(shop.fates(&wishes), [Fate::Kept, short]);
    // What the cart holds already is there for it.
    shop.own = Demand::from([("kung-pao".into(), Quantity(1))]);
    assert_eq!(shop.fates(&wishes), [Fate::Kept, Fate::Kept]);
    shop.own.clear();
    shop.have("kung-pao", 2);
    let none = Fate::Short { left: Quantity(0) };
    assert_eq!(shop.fates(&wishes), [Fate::Kept, none]);
    shop.have("kung-pao", 0);
    assert_eq!(shop.fates(&wishes), [Fate::SoldOut, Fate::SoldOut]);
}

#[test]
fn what_is_in_the_cart_already_counts() {
    let mut shop = Shop::of(catalogue());
    shop.have("kung-pao", 3);
    let mut cart = cart();
    let line = shop.wish("kung-pao", 2).line;
    cart.add(line, &shop.catalogue, &shop.sold_out).unwrap();
    let done = refill(cart, &[shop.wish("kung-pao", 2)], shop.shelf());
    assert_eq!(done.fates, [Fate::Short { left: Quantity(1) }]);
    assert_eq!(done.cart.quantity_of(&"kung-pao".into()), Quantity(2));
}

#[test]
fn what_is_gone_is_told_by_what_is_gone() {
    let mut shop = Shop::of(catalogue());
    let mut gone = shop.wish("beer", 1);
    gone.line.item = "ale".into();
    let mut option = shop.wish("kung-pao", 1);
    option.line.selection = chosen("heat", &[("volcanic", 1)]);
    let mut skipped = shop.wish("beer", 1);
    skipped.skipped = true;
    let wishes = [gone, option.clone(), skipped];
    let told = [Fate::ItemGone, Fate::OptionGone, Fate::Skipped];
    assert_eq!(shop.fates(&wishes), told);
    // The usual options stand in for those that are gone.
    let usual = as_usual(&option, shop.shelf()).unwrap();
    let item = shop.catalogue.item(&"kung-pao".into()).unwrap();
    assert_eq!(usual.selection, Selection::defaults(&shop.catalogue, item));
    shop.sold_out.items.insert("kung-pao".into());
    assert_eq!(shop.fates(&[shop.wish("kung-pao", 1)]), [Fate::SoldOut]);
}

#[test]
fn a_cart_that_is_full_tells_what_does_not_go_in() {
    let shop = Shop::of(catalogue());
    let wishes: Vec<Wish> = (0..=MAX_LINES)
        .map(|n| {
            let mut wish = shop.wish("noodles", 1);
            wish.line.note = format!("for {n}");
            wish
        })
        .collect();
    let fates = shop.fates(&wishes);
    let (last, before) = fates.split_last().unwrap();
    assert!(before.iter().all(|fate| *fate == Fate::Kept));
    let full = Refusal::TooManyLines { max: MAX_LINES };
    assert_eq!(*last, Fate::Refused(full));
}

#[test]
fn an_order_that_can_not_be_counted_is_refused_line_by_line() {
    let mut dear = item("gold", "Gold", "Gold", "1.00");
    dear.price = Pricing::Single(Money::new(i64::MAX / 200, yuan("1.00").currency));
    let shop = Shop::of(small(vec![dear]));
    let mut wishes = [shop.wish("gold", 40), shop.wish("gold", 40)];
    wishes[1].line.note = "more".into();
    assert_eq!(shop.fates(&wishes), [Fate::Kept, Fate::TooDear]);
    assert_eq!(shop.fates(&[shop.wish("gold", 999)]), [Fate::TooDear]);
}

#[test]
fn what_is_offered_instead_is_what_the_shop_names_or_what_is_near() {
    let mut cola = item("cola", "Cola", "Cola", "5.00");
    cola.substitutes = vec!["soda".into()];
    let soda = item("soda", "Soda water", "Soda", "4.00");
    let tonic = item("tonic", "Tonic water", "Tonic", "6.00");
    let mut shop = Shop::of(small(vec![cola, soda, tonic]));
    let ids = |wish: &Wish, shop: &Shop| -> Vec<String> {
        // By its whole name first, then by its last word.
        let alike = |name: &str| {
            let word = name.rsplit(' ').next().unwrap_or_default();
            let items = shop.catalogue.items().iter();
            let named = |item: &&crate::domain::catalogue::Item| {
                item.name.0.values().any(|name| name.contains(word))
            };
            let mut all: Vec<_> = items.filter(named).collect();
            all.sort_by_key(|item| !item.name.0.values().any(|is| is == name));
            all
        };
        let offers = offers(wish, &shop.catalogue, alike).into_iter();
        offers.map(|item| item.id.to_string()).collect()
    };
    assert_eq!(ids(&shop.wish("cola", 2), &shop), ["soda"]);
    assert_eq!(ids(&shop.wish("soda", 2), &shop), ["tonic", "cola"]);
    let mut gone = shop.wish("tonic", 3);
    gone.line.item = "tonic-2".into();
    assert_eq!(ids(&gone, &shop).first().map(String::as_str), Some("tonic"));
    let tonic = shop.catalogue.item(&"tonic".into()).unwrap();
    assert_eq!(instead(&gone, tonic, &shop.catalogue).quantity, Quantity(3));
    assert!(can_be_had(tonic, shop.shelf()));
    shop.have("tonic", 0);
    let tonic = shop.catalogue.item(&"tonic".into()).unwrap();
    assert!(!can_be_had(tonic, shop.shelf()));
}

#[test]
fn what_is_left_is_whole_steps() {
    let grams = Unit::Gram {
        price_per: 500,
        step: 50,
        min: 200,
    };
    for (unit, left, most) in [
        (Unit::Piece, 3, 3),
        (Unit::Pack { size: 12 }, 30, 24),
        (Unit::Pack { size: 12 }, 11, 0),
        (grams, 349, 300),
        (grams, 199, 0),
    ] {
        assert_eq!(
            whole_steps(unit, Quantity(left)),
            Quantity(most),
            "{unit:?} {left}"
        );
    }
}

fn small(items: Vec<crate::domain::catalogue::Item>) -> Catalogue {
    let parts = Parts {
        currency: yuan("1.00").currency,
        categories: vec![Category {
            id: "food".into(),
            name: Localised::default(),
        }],
        items,
        groups: Vec::new(),
    };
    Catalogue::new(parts).unwrap()
}

/// A catalogue of a few items, some of them counted, some off the menu.
fn shops() -> impl Strategy<Value = Shop> {
    let one = (
        1_i64..2_000,
        0_i64..3,
        prop::option::of(0_i64..12),
        any::<bool>(),
        1_i64..9,
    );
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let items = all.iter().enumerate().map(|(n, (price, unit, _, _, max))| {
            let mut item = item(&format!("i{n}"), &format!("Item {n}"), "x", "1.00");
            item.price = Pricing::Single(Money::new(*price, yuan("1.00").currency));
            item.unit = match unit {
                0 => Unit::Piece,
                1 => Unit::Pack { size: 4 },
                _ => Unit::Gram {
                    price_per: 100,
                    step: 5,
                    min: 10,
                },
            };
            item.max_per_order = (*max > 5).then_some(Quantity(*max * 10));
            item
        });
        let mut shop = Shop::of(small(items.collect()));
        for (n, (_, _, stock, off, _)) in all.iter().enumerate() {
            let id = format!("i{n}");
            if let Some(stock) = stock {
                shop.have(&id, *stock);
            }
            if *off && n > 0 {
                shop.sold_out.items.insert(id.as_str().into());
            }
        }
        shop
    })
}

proptest! {
    #[test]
    fn nothing_vanishes(
        shop in shops(),
        wanted in prop::collection::vec((0_usize..8, 0_i64..40, any::<bool>(), 0_u8..3), 0..60),
        before in prop::option::of(1_i64..2_000),
    ) {
        let wishes: Vec<Wish> = wanted.iter().map(|(n, quantity, skipped, note)| Wish {
            line: NewLine {
                item: format!("i{n}").as_str().into(),
                variant: None,
                selection: Selection::none(),
                quantity: Quantity(*quantity),
                note: "x".repeat(usize::from(*note)),
            },
            name: Localised::default(),
            variant_name: None,
            unit: Unit::Piece,
            before: before.map(|minor| Money::new(minor, yuan("1.00").currency)),
            skipped: *skipped,
        }).collect();
        let done = refill(cart(), &wishes, shop.shelf());
        prop_assert_eq!(done.fates.len(), wishes.len());
        // What is in the cart is what the wishes that went in say, no more and no less.
        for item in shop.catalogue.items() {
            let asked = wishes.iter().zip(&done.fates);
            let asked = asked.filter(|(wish, fate)| fate.is_in() && wish.line.item == item.id);
            let asked: i64 = asked.map(|(wish, _)| wish.line.quantity.0).sum();
            prop_assert_eq!(done.cart.quantity_of(&item.id).0, asked);
            if let Some(level) = shop.levels.get(&item.id) {
                prop_assert!(asked <= level.available().0, "{} oversold", item.id);
            }
        }
        // It can be ordered as it is, and what was left out can't or was not to be.
        prop_assert_eq!(done.cart.check(&shop.catalogue, &shop.sold_out), vec![]);
        for (wish, fate) in wishes.iter().zip(&done.fates) {
            prop_assert_eq!(wish.skipped, *fate == Fate::Skipped);
            prop_assert_eq!(fate.is_open(), !fate.is_in() && !wish.skipped);
            if let Fate::Short { left } = fate {
                prop_assert!(*left < wish.line.quantity);
            }
        }
    }
}
