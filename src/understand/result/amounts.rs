//! A quantity in the units of an item: what was measured, what was counted, what a pack holds.

use super::super::amount::Amount;
use super::super::index::Index;
use super::super::language::Dimension;
use super::super::menu::Content;
use super::super::pieces::Qty;
use super::super::text;

/// A quantity in one of the item's units.
pub(super) fn measured(
    index: &Index,
    item: u32,
    qty: Qty,
    inner: Option<Qty>,
) -> (Amount, Option<usize>) {
    let units = index
        .menu
        .items
        .get(item as usize)
        .map(|item| item.units.as_slice())
        .unwrap_or_default();
    let qty = counted_apart(index, item, qty);
    if units.is_empty() {
        return (in_pieces(index, item, qty), None);
    }
    if let Some(unit) = inner.and_then(|inner| packed(index, item, units.len(), inner)) {
        return (qty.amount, Some(unit));
    }
    // "A case, 2", "8连杯2组": what is in none, or in the same, is how many.
    let own = |unit: u32| own_unit(index, item, unit);
    let same = |unit: u32| own(unit).is_none_or(|own_one| qty.unit.and_then(own) == Some(own_one));
    let plain = inner.filter(|inner| inner.measure.is_none() && inner.unit.is_none_or(same));
    let qty = match plain.filter(|_| qty.weak && qty.unit.is_some()) {
        Some(inner) => Qty {
            amount: inner.amount,
            weak: false,
            ..qty
        },
        None => qty,
    };
    if let Some(unit) = qty.unit.and_then(own) {
        return (qty.amount, Some(unit));
    }
    if let Some(unit) = only_pack(index, item, units.len()).filter(|_| qty.packed) {
        return (qty.amount, Some(unit));
    }
    if let Some((dimension, is)) = qty.measure {
        if let Some(found) = by_measure(index, item, units.len(), qty.amount, dimension, is) {
            return found;
        }
        return match dimension {
            Dimension::Count => (qty.amount, Some(0)),
            Dimension::Mass | Dimension::Volume => (Amount(0), Some(0)),
        };
    }
    if qty.weak && qty.unit.is_none() {
        return (qty.amount, Some(0));
    }
    let (amount, unit) = counted(index, item, units.len(), qty);
    (amount, Some(unit))
}

/// A measure that is an option of the thing, and how many of it: "half a litre of cola", "two half-litre
/// colas", where there is a choice of 500 ml.
pub(super) fn as_option(
    index: &Index,
    item: u32,
    qty: Qty,
    inner: Option<Qty>,
) -> Option<(Qty, (u32, u32))> {
    if sells_by_measure(index, item) {
        return None;
    }
    let choice = |qty: Qty| {
        let (of, is) = qty.measure.filter(|(of, _)| *of != Dimension::Count)?;
        let is = qty.amount.times(Amount(is))?.0;
        index.choice_of(item as usize, Content { of, is })
    };
    if let Some(choice) = inner.and_then(choice) {
        return Some((qty, choice));
    }
    Some((Qty::ONE, choice(qty)?))
}

/// A quantity of what is sold by the piece.
fn in_pieces(index: &Index, item: u32, qty: Qty) -> Amount {
    if let Some((of, is)) = qty.measure.filter(|(of, _)| *of != Dimension::Count) {
        return by_content(index, item, qty.amount, of, is);
    }
    // A dozen of what is sold by the dozen is one.
    let of = index
        .contents
        .get(&(item, 0))
        .filter(|one| one.of == Dimension::Count)
        .filter(|one| qty.pieces && qty.amount.0 % one.is == 0);
    of.map_or(qty.amount, |of| Amount(qty.amount.0 / of.is * 1000))
}

/// "Four packs" of what does not come in four-packs.
fn counted_apart(index: &Index, item: u32, qty: Qty) -> Qty {
    let other = qty
        .unit
        .filter(|unit| qty.weak && own_unit(index, item, *unit).is_none());
    let counted = other.and_then(|unit| index.counted_units.get(&unit));
    let counted = counted.and_then(|(n, word)| Some((qty.amount.times(*n)?, *word)));
    match counted {
        Some((amount, unit)) => Qty {
            amount,
            unit,
            weak: false,
            ..qty
        },
        None => qty,
    }
}

/// The item's unit of a name for units.
pub(in super::super) fn own_unit(index: &Index, item: u32, unit: u32) -> Option<usize> {
    let mut of = index.units.get(unit as usize)?.iter();
    let (_, unit) = of.find(|(known, _)| *known == item)?;
    Some(*unit as usize)
}

/// "A crate" of what comes in single ones and by the case.
fn only_pack(index: &Index, item: u32, units: usize) -> Option<usize> {
    let several = |unit: &usize| {
        let content = index.contents.get(&(item, *unit as u32));
        content.is_some_and(|content| content.of == Dimension::Count && content.is > 1000)
    };
    let mut packs = (0..units).filter(several);
    packs.next().filter(|_| packs.next().is_none() && units > 1)
}

/// "two packs of nine", "two bags of 500 g": the unit that holds just that.
fn packed(index: &Index, item: u32, units: usize, inner: Qty) -> Option<usize> {
    let holds = match inner.measure {
        Some((of, is)) => Content {
            of,
            is: inner.amount.times(Amount(is))?.0,
        },
        None => Content {
            of: Dimension::Count,
            is: inner.amount.0,
        },
    };
    (0..units).find(|unit| index.contents.get(&(item, *unit as u32)) == Some(&holds))
}

/// A dozen of what comes by the dozen is one; a bare number counts pieces where there are some.
fn counted(index: &Index, item: u32, units: usize, qty: Qty) -> (Amount, usize) {
    let content = |unit: usize| index.contents.get(&(item, unit as u32)).copied();
    let full = (0..units).filter_map(|unit| {
        let content = content(unit).filter(|content| content.of == Dimension::Count)?;
        Some((unit, content.is))
    });
    let mut full: Vec<(usize, i64)> = full.collect();
    full.sort_by_key(|(_, is)| std::cmp::Reverse(*is));
    let exactly = full.iter().find(|(_, is)| qty.amount.0 == *is);
    let evenly = full.iter().find(|(_, is)| qty.amount.0 % is == 0);
    let packs_alone = full.len() == units;
    let by_the_dozen = qty.pieces || packs_alone && !qty.packed;
    if by_the_dozen && !qty.packed {
        let many = qty.pieces || qty.amount.0 >= 6000 || qty.counted && !qty.packed;
        if let Some((unit, is)) = exactly.or(evenly.filter(|_| many && packs_alone)) {
            return (Amount(qty.amount.0 / is * 1000), *unit);
        }
    }
    let mut others = 0..units;
    let by_piece = others.find(|unit| content(*unit).is_none() && !is_measure(index, item, *unit));
    let by_piece = by_piece.filter(|_| is_measure(index, item, 0));
    (qty.amount, by_piece.unwrap_or(0))
}

/// A weight or a volume of what is sold by the piece: as many as hold just so much; else none, which
/// is asked back.
fn by_content(index: &Index, item: u32, amount: Amount, of: Dimension, is: i64) -> Amount {
    let content = index.contents.get(&(item, 0)).filter(|one| one.of == of);
    let base = amount.times(Amount(is)).map_or(0, |base| base.0);
    content
        .filter(|one| base % one.is == 0)
        .map_or(Amount(0), |one| Amount::whole(base / one.is))
}

/// Whether an item is sold by weight or volume.
pub(in super::super) fn sells_by_measure(index: &Index, item: u32) -> bool {
    let item_units = index.menu.items.get(item as usize);
    let units = item_units.map_or(0, |item| item.units.len());
    (0..units).any(|unit| is_measure(index, item, unit))
}

/// Whether a unit is a measure itself, such as the kilogram.
pub(super) fn is_measure(index: &Index, item: u32, unit: usize) -> bool {
    own_measure(index, item, unit).is_some()
}

pub(super) fn own_measure(index: &Index, item: u32, unit: usize) -> Option<(Dimension, i64)> {
    let unit = index.menu.items.get(item as usize)?.units.get(unit)?;
    unit.names.iter().find_map(|name| {
        let tokens = text::tokens(name, &index.canon);
        let token = tokens.first().filter(|_| tokens.len() == 1);
        match token {
            Some(token) => index.measure(token),
            None => index.measure_of(&tokens),
        }
    })
}

pub(super) fn by_measure(
    index: &Index,
    item: u32,
    units: usize,
    amount: Amount,
    dimension: Dimension,
    is: i64,
) -> Option<(Amount, Option<usize>)> {
    for unit in 0..units {
        if let Some((of, one)) = own_measure(index, item, unit)
            && of == dimension
        {
            let base = amount.times(Amount(is))?;
            return Some((base.nearly_over(Amount(one))?, Some(unit)));
        }
    }
    // As few as hold just so much.
    let base = amount.times(Amount(is)).filter(|base| base.0 > 0)?;
    let packs = (0..units).filter_map(|unit| {
        let content = index.contents.get(&(item, unit as u32))?;
        let just = content.of == dimension && base.0 % content.is == 0;
        just.then_some((base.0 / content.is, unit))
    });
    let (packs, unit) = packs.min()?;
    Some((Amount::whole(packs), Some(unit)))
}
