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
    if units.is_empty() {
        if let Some((of, is)) = qty.measure.filter(|(of, _)| *of != Dimension::Count) {
            return (by_content(index, item, qty.amount, of, is), None);
        }
        // A dozen of what is sold by the dozen is one.
        let of = index
            .contents
            .get(&(item, 0))
            .filter(|one| one.of == Dimension::Count)
            .filter(|one| qty.pieces && qty.amount.0 % one.is == 0);
        return (
            of.map_or(qty.amount, |of| Amount(qty.amount.0 / of.is * 1000)),
            None,
        );
    }
    let of = |unit: u32| {
        index
            .units
            .get(unit as usize)
            .into_iter()
            .flatten()
            .find(|(known, _)| *known == item)
            .map(|(_, unit)| *unit as usize)
    };
    let content = |unit: usize| index.contents.get(&(item, unit as u32)).copied();
    // "two packs of nine", "two bags of 500 g".
    if let Some(inner) = inner {
        let holds = match inner.measure {
            Some((of, is)) => inner
                .amount
                .times(Amount(is))
                .map(|is| Content { of, is: is.0 }),
            None => Some(Content {
                of: Dimension::Count,
                is: inner.amount.0,
            }),
        };
        if let Some(unit) = (0..units.len()).find(|unit| holds.is_some() && content(*unit) == holds)
        {
            return (qty.amount, Some(unit));
        }
    }
    if let Some(unit) = qty.unit.and_then(of) {
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
    // A dozen of what comes by the dozen is one; a bare number counts pieces where there are some.
    let full = (0..units.len()).filter_map(|unit| {
        Some((
            unit,
            content(unit).filter(|content| content.of == Dimension::Count)?,
        ))
    });
    let mut full: Vec<(usize, i64)> = full.map(|(unit, content)| (unit, content.is)).collect();
    full.sort_by_key(|(_, is)| std::cmp::Reverse(*is));
    let by_piece =
        (0..units.len()).find(|unit| content(*unit).is_none() && !is_measure(index, item, *unit));
    let exactly = full.iter().find(|(_, is)| qty.amount.0 == *is);
    let evenly = full.iter().find(|(_, is)| qty.amount.0 % is == 0);
    let packs_alone = full.len() == units.len();
    let by_the_dozen = qty.pieces || packs_alone && !qty.packed;
    if by_the_dozen && !qty.packed {
        let many = qty.pieces || qty.amount.0 >= 6000 || qty.counted && !qty.packed;
        if let Some((unit, is)) = exactly.or(evenly.filter(|_| many)) {
            return (Amount(qty.amount.0 / is * 1000), Some(*unit));
        }
    }
    match by_piece.filter(|_| is_measure(index, item, 0)) {
        Some(unit) => (qty.amount, Some(unit)),
        None => (qty.amount, Some(0)),
    }
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
    let base = amount.times(Amount(is))?;
    for unit in 0..units {
        let content = index
            .contents
            .get(&(item, unit as u32))
            .filter(|content| content.of == dimension);
        if let Some(content) = content.filter(|content| base.0 % content.is == 0 && base.0 > 0) {
            return Some((Amount::whole(base.0 / content.is), Some(unit)));
        }
    }
    None
}
