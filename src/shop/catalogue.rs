//! `catalogue.toml`: what the shop sells, read into the domain's catalogue.

mod places;

use std::collections::BTreeMap;

use self::places::Map;
use super::settings::is_id;
use super::table::{Spot, Table, clipped};
use crate::dialogue::condition::nearest;
use crate::domain::cart::TaxRules;
use crate::domain::catalogue::{
    Catalogue, Category, Choice, ChoicePrice, Group, Item, Parts, Place, Pricing, Quantifier, Unit,
    Variant,
};
use crate::kernel::{
    CategoryId, ChoiceId, Currency, GroupId, ItemId, Localised, Money, Quantity, TaxClass,
    VariantId,
};

/// Most items: more can't be browsed in a chat.
const MAX_ITEMS: usize = 999;
/// Most characters of a name: it stands on buttons and in lists.
const MAX_NAME_CHARS: usize = 60;
/// Most characters of a description: a caption holds 1024, with price, options and allergens.
const MAX_ABOUT_CHARS: usize = 300;

/// What reading a catalogue needs to know of the shop.
pub struct Frame<'a> {
    /// The currency of every price.
    pub currency: Currency,
    /// The shop's languages.
    pub locales: &'a [String],
    /// Its tax classes.
    pub taxes: &'a TaxRules,
}

/// A catalogue as read, with what is checked later.
pub struct Read {
    /// The catalogue; absent where it is unsound.
    pub catalogue: Option<Catalogue>,
    /// Pictures it names.
    pub photos: Vec<(String, usize)>,
    /// Allergens it names, with where first.
    pub allergens: BTreeMap<String, usize>,
    /// Diets it names, with where first.
    pub diets: BTreeMap<String, usize>,
    /// Where its items stand.
    pub items: BTreeMap<ItemId, usize>,
}

struct Reader<'a> {
    frame: Frame<'a>,
    map: Map,
    photos: Vec<(String, usize)>,
    allergens: BTreeMap<String, usize>,
    diets: BTreeMap<String, usize>,
}

/// Reads the file's top table.
pub fn read(top: &Table<'_>, frame: Frame<'_>) -> Read {
    let currency = frame.currency;
    let mut reader = Reader {
        frame,
        map: Map::default(),
        photos: Vec::new(),
        allergens: BTreeMap::new(),
        diets: BTreeMap::new(),
    };
    let categories: Vec<Category> = top
        .tables("category", |t| reader.category(t))
        .into_iter()
        .flatten()
        .collect();
    let items: Vec<Item> = top
        .tables("item", |t| reader.item(t))
        .into_iter()
        .flatten()
        .collect();
    let groups: Vec<Group> = top
        .tables("group", |t| reader.group(t))
        .into_iter()
        .flatten()
        .collect();
    counted(top, items.len());
    let parts = Parts {
        currency,
        categories,
        items,
        groups,
    };
    let catalogue = Catalogue::new(parts.clone())
        .map_err(|problems| {
            for problem in problems {
                reader.map.show(&top.page(), &problem, &parts);
            }
        })
        .ok();
    Read {
        catalogue,
        photos: reader.photos,
        allergens: reader.allergens,
        diets: reader.diets,
        items: reader.map.items(),
    }
}

/// Something to sell, and not more than can be browsed.
fn counted(top: &Table<'_>, items: usize) {
    if items == 0 {
        top.fault(0, "the shop sells nothing", "add an [[item]]");
    }
    if items > MAX_ITEMS {
        top.fault(
            0,
            format!("{items} items are too many"),
            format!("list at most {MAX_ITEMS}"),
        );
    }
}

impl Reader<'_> {
    fn category(&mut self, table: &Table<'_>) -> Option<Category> {
        let id = table.need_text("id")?;
        let id_value = CategoryId::from(id.value);
        self.map.put(Place::Category(id_value.clone()), id.at);
        Some(Category {
            id: id_value,
            name: self.name(table),
        })
    }

    fn name(&self, table: &Table<'_>) -> Localised {
        let name = table
            .need_localised("name", self.frame.locales)
            .unwrap_or_default();
        clipped(table, "name", &name, MAX_NAME_CHARS);
        name
    }

    fn item(&mut self, table: &Table<'_>) -> Option<Item> {
        let id = table.need_text("id")?;
        let id_value = ItemId::from(id.value);
        let place = Place::Item(id_value.clone());
        self.map.put(place.clone(), id.at);
        let about = table
            .localised("about", self.frame.locales)
            .unwrap_or_default();
        clipped(table, "about", &about, MAX_ABOUT_CHARS);
        let photo = table.text("photo");
        if let Some(photo) = photo {
            self.photos.push((photo.value.to_owned(), photo.at));
        }
        let contains = table.texts("contains");
        for allergen in &contains {
            if !is_id(allergen.value) {
                table.fault(
                    allergen.at,
                    format!("`{}` is no id of an allergen", allergen.value),
                    "use a-z, 0-9 and -, at most 24; its words are the text `allergen-ID`",
                );
            }
            self.allergens
                .entry(allergen.value.to_owned())
                .or_insert(allergen.at);
        }
        let diet = table.texts("diet");
        for kind in &diet {
            if !is_id(kind.value) {
                table.fault(
                    kind.at,
                    format!("`{}` is no id of a diet", kind.value),
                    "use a-z, 0-9 and -, at most 24; its words are the text `diet-ID`",
                );
            }
            self.diets.entry(kind.value.to_owned()).or_insert(kind.at);
        }
        let category = table.need_text("category");
        Some(Item {
            name: self.name(table),
            about,
            category: self.named(&place, category).map(CategoryId::from)?,
            tax: self.tax(table),
            photo: photo.map(|photo| photo.value.to_owned()),
            code: self.code(&place, table),
            aliases: values(table.texts("aliases")),
            opening_stock: table.int("stock", 0, 1_000_000_000).map(Quantity),
            low: table.int("low", 0, 1_000_000_000).map(Quantity),
            unit: unit(table),
            contains: values(contains),
            diet: values(diet),
            groups: self.all(&place, table.texts("groups"), |id| GroupId::from(id)),
            substitutes: self.all(&place, table.texts("substitutes"), |id| ItemId::from(id)),
            max_per_order: table.int("max_per_order", 1, 1_000_000_000).map(Quantity),
            price: self.pricing(table, &id_value),
            id: id_value,
        })
    }

    /// The merchant's own article number.
    fn code(&mut self, place: &Place, table: &Table<'_>) -> Option<String> {
        let code = table.text("code")?;
        self.map.name(place, code.value, code.at);
        Some(code.value.to_owned())
    }

    /// Remembers where a name stands, for a fault about it.
    fn named<'t>(&mut self, place: &Place, spot: Option<Spot<&'t str>>) -> Option<&'t str> {
        let spot = spot?;
        self.map.name(place, spot.value, spot.at);
        Some(spot.value)
    }

    fn all<T>(
        &mut self,
        place: &Place,
        spots: Vec<Spot<&str>>,
        make: impl Fn(&str) -> T,
    ) -> Vec<T> {
        spots
            .into_iter()
            .filter_map(|spot| self.named(place, Some(spot)).map(&make))
            .collect()
    }

    fn tax(&self, table: &Table<'_>) -> TaxClass {
        let class = table.need_text("tax");
        if let Some(class) = class
            && !self
                .frame
                .taxes
                .rates
                .contains_key(&TaxClass::from(class.value))
        {
            let known: Vec<&str> = self
                .frame
                .taxes
                .rates
                .keys()
                .map(TaxClass::as_str)
                .collect();
            let cure = nearest(class.value, known.iter().copied()).unwrap_or_else(|| {
                if known.is_empty() {
                    "add a [[tax]] with this `class` to shop.toml".to_owned()
                } else {
                    format!("shop.toml has: {}", known.join(", "))
                }
            });
            table.fault(
                class.at,
                format!("there is no tax class `{}`", class.value),
                cure,
            );
        }
        TaxClass::from(class.map(|class| class.value).unwrap_or_default())
    }

    fn pricing(&mut self, table: &Table<'_>, item: &ItemId) -> Pricing {
        if !table.has("variant") {
            table.need_text("price");
            return Pricing::Single(self.price(table));
        }
        if table.has("price") {
            table.fault(
                table.key_at("price"),
                "an item with variants has its prices there",
                "remove this `price`",
            );
        }
        let variants = table.tables("variant", |inner| {
            let id = inner.need_text("id")?;
            let id_value = VariantId::from(id.value);
            self.map
                .put(Place::Variant(item.clone(), id_value.clone()), id.at);
            inner.need_text("price");
            Some(Variant {
                code: self.code(&Place::Variant(item.clone(), id_value.clone()), inner),
                id: id_value,
                name: self.name(inner),
                price: self.price(inner),
                default: inner.flag("default").unwrap_or(false),
            })
        });
        Pricing::Variants(variants.into_iter().flatten().collect())
    }

    fn price(&self, table: &Table<'_>) -> Money {
        let zero = Money::zero(self.frame.currency);
        table
            .text("price")
            .map_or(zero, |text| self.amount(table, text))
    }

    fn amount(&self, table: &Table<'_>, text: Spot<&str>) -> Money {
        let currency = self.frame.currency;
        Money::parse(text.value, currency).unwrap_or_else(|| {
            table.fault(
                text.at,
                format!("`{}` is no amount of {}", text.value, currency.code()),
                format!(
                    "write it with at most {} decimals, as in \"28\"",
                    currency.decimals()
                ),
            );
            Money::zero(currency)
        })
    }

    fn group(&mut self, table: &Table<'_>) -> Option<Group> {
        let id = table.need_text("id")?;
        let id_value = GroupId::from(id.value);
        let place = Place::Group(id_value.clone());
        self.map.put(place, id.at);
        let quantifiers = table.texts("quantifiers").into_iter().filter_map(|word| {
            let found = Quantifier::parse(word.value);
            if found.is_none() {
                table.fault(
                    word.at,
                    format!("there is no quantifier `{}`", word.value),
                    "known: extra, light, without",
                );
            }
            found
        });
        let quantifiers = quantifiers.collect();
        let choices: Vec<Choice> = table
            .tables("choice", |t| self.choice(t, &id_value))
            .into_iter()
            .flatten()
            .collect();
        let most = i64::try_from(choices.len()).unwrap_or(i64::MAX);
        let units = |key, usual| table.int(key, 0, 1000).unwrap_or(usual);
        let max_units = units("max_units", most);
        Some(Group {
            id: id_value,
            name: self.name(table),
            min_units: units("min_units", 0),
            max_units,
            min_distinct: units("min_distinct", 0),
            max_distinct: units("max_distinct", most.min(max_units)),
            free_units: units("free_units", 0),
            quantifiers,
            choices,
        })
    }

    fn choice(&mut self, table: &Table<'_>, group: &GroupId) -> Option<Choice> {
        let id = table.need_text("id")?;
        let id_value = ChoiceId::from(id.value);
        let place = Place::Choice(group.clone(), id_value.clone());
        self.map.put(place.clone(), id.at);
        let by_variant = table.table("prices", |prices| {
            prices.any_key();
            prices
                .keys()
                .into_iter()
                .filter_map(|key| {
                    let text = prices.text_named(key.value)?;
                    Some((VariantId::from(key.value), self.amount(prices, text)))
                })
                .collect::<BTreeMap<_, _>>()
        });
        let price = match by_variant {
            Some(prices) => ChoicePrice::ByVariant(prices),
            None => ChoicePrice::Single(self.price(table)),
        };
        Some(Choice {
            name: self.name(table),
            price,
            default: table.int("default", 0, 1000).unwrap_or(0),
            max: table.int("max", 1, 1000).unwrap_or(1),
            sold_out: table.flag("sold_out").unwrap_or(false),
            groups: self.all(&place, table.texts("groups"), |id| GroupId::from(id)),
            id: id_value,
        })
    }
}

fn unit(table: &Table<'_>) -> Unit {
    #[derive(Clone, Copy)]
    enum Word {
        Piece,
        Gram,
        Pack,
    }
    let words = [
        ("piece", Word::Piece),
        ("gram", Word::Gram),
        ("pack", Word::Pack),
    ];
    match table.word("unit", &words).unwrap_or(Word::Piece) {
        Word::Piece => Unit::Piece,
        Word::Gram => Unit::Gram {
            price_per: table.int("price_per", 1, 1_000_000).unwrap_or(500),
            step: table.int("step", 1, 1_000_000).unwrap_or(50),
            min: table.int("min", 1, 1_000_000).unwrap_or(50),
        },
        Word::Pack => Unit::Pack {
            size: table.int("size", 1, 1_000_000).unwrap_or(1),
        },
    }
}

fn values(spots: Vec<Spot<&str>>) -> Vec<String> {
    spots
        .into_iter()
        .map(|spot| spot.value.to_owned())
        .collect()
}
