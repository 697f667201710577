//! What a cart comes to, every figure explained. Whole minor units only; sums run in 128 bits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tax::{Mode, Rounding, Scope, TaxRate, TaxRules, WHOLE};
use super::{Cart, Fee, Line, Path, Selection};
use crate::domain::catalogue::{Catalogue, Item};
use crate::kernel::{
    ChoiceId, Currency, GroupId, ItemId, LineId, Money, Quantity, TaxClass, VariantId,
};

/// What an order comes to. The parts add up: lines to subtotal; subtotal, fees and added taxes to
/// total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Each line's share.
    pub lines: Vec<ReceiptLine>,
    /// All lines' amounts.
    pub subtotal: Money,
    /// What is charged besides; empty for orders from before there were fees.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// True: the taxes are part of subtotal and fees. False: they come on top.
    pub tax_inclusive: bool,
    /// Tax by class, in class order; classes without a rate above zero too.
    pub taxes: Vec<TaxPart>,
    /// What is to be paid.
    pub total: Money,
    /// The rule that made the figures.
    pub rounding: Rounding,
}

/// One line's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// The cart's (and then the order's) line.
    pub line: LineId,
    /// The item's own price for `per` base units, in its variant, without options.
    pub price: Money,
    /// Base units that `price` is for.
    pub per: i64,
    /// How much was ordered, in base units.
    pub quantity: Quantity,
    /// How many times options are charged: pieces, packs, or once for goods by weight.
    pub portions: i64,
    /// `price * quantity / per`, rounded.
    pub goods: Money,
    /// Each option taken that costs something or could.
    pub options: Vec<OptionPrice>,
    /// `goods` and `portions` times all options.
    pub amount: Money,
    /// How it is taxed.
    pub tax_class: TaxClass,
    /// Its tax, where tax is rounded per line.
    pub tax: Option<Money>,
}

/// What one option adds to one portion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionPrice {
    /// The way to the group.
    pub path: Path,
    /// The group.
    pub group: GroupId,
    /// The choice.
    pub choice: ChoiceId,
    /// Units in one portion; inner options are multiplied by the units of what opens them.
    pub units: i64,
    /// Of these, free.
    pub free: i64,
    /// What one unit costs.
    pub unit_price: Money,
    /// `(units - free) * unit_price`, for one portion.
    pub amount: Money,
}

/// The tax of one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxPart {
    /// The class.
    pub class: TaxClass,
    /// Its rate.
    pub rate: TaxRate,
    /// The amounts of lines and fees that it is taken from (or contained in).
    pub base: Money,
    /// The tax.
    pub tax: Money,
}

/// Why no price can be had; [`Cart::check`] finds all but overflow and tax before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// The item left the catalogue.
    #[error("item {0} is unknown")]
    UnknownItem(ItemId),
    /// The variant does not fit the item.
    #[error("item {0} has no such variant")]
    Variant(ItemId),
    /// A choice is unknown, or has no price for the variant.
    #[error("item {0} has no such option")]
    Choice(ItemId),
    /// The shop has no rate for the class.
    #[error("tax class {0} has no rate")]
    NoRate(TaxClass),
    /// A figure leaves the range of 64 bits.
    #[error("the amount is too large")]
    Overflow,
}

/// What a cart comes to with the fees that apply to it.
///
/// # Errors
/// The cart names what the catalogue or the tax rules don't have, or a sum is too large.
pub fn price(
    cart: &Cart,
    catalogue: &Catalogue,
    taxes: &TaxRules,
    rounding: Rounding,
    fees: &[Fee],
) -> Result<Receipt, PriceError> {
    let currency = catalogue.currency();
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let mut priced = line_price(line, catalogue, rounding.mode)?;
        priced.tax = line_tax(&priced.tax_class, priced.amount, taxes, rounding)?;
        lines.push(priced);
    }
    let mut fees = fees.to_vec();
    for fee in &mut fees {
        fee.tax = line_tax(&fee.tax_class, fee.amount, taxes, rounding)?;
    }
    let subtotal = sum(currency, lines.iter().map(|line| line.amount))?;
    let charged = sum(currency, fees.iter().map(|fee| fee.amount))?;
    let of_lines = lines.iter().map(|l| (&l.tax_class, l.amount, l.tax));
    let of_fees = fees.iter().map(|f| (&f.tax_class, f.amount, f.tax));
    let taxed: Vec<Taxed<'_>> = of_lines.chain(of_fees).collect();
    let parts = tax_parts(&taxed, taxes, rounding, currency)?;
    let added = if taxes.inclusive {
        Money::zero(currency)
    } else {
        sum(currency, parts.iter().map(|part| part.tax))?
    };
    Ok(Receipt {
        lines,
        subtotal,
        fees,
        tax_inclusive: taxes.inclusive,
        taxes: parts,
        total: sum(currency, [subtotal, charged, added])?,
        rounding,
    })
}

/// What one line comes to, without tax.
///
/// # Errors
/// As [`price`].
pub fn line_price(
    line: &Line,
    catalogue: &Catalogue,
    mode: Mode,
) -> Result<ReceiptLine, PriceError> {
    let item = catalogue
        .item(&line.item)
        .ok_or_else(|| PriceError::UnknownItem(line.item.clone()))?;
    let variant = line.variant.as_ref();
    let price = item
        .price(variant)
        .ok_or_else(|| PriceError::Variant(item.id.clone()))?;
    let currency = catalogue.currency();
    let per = item.unit.per();
    let goods = i128::from(price.minor) * i128::from(line.quantity.0);
    let goods = money(mode.divide(goods, i128::from(per.max(1))), currency)?;
    let options = option_prices(catalogue, item, variant, &line.selection)?;
    let portions = item.unit.portions(line.quantity);
    let extra = sum(currency, options.iter().map(|option| option.amount))?;
    let extra = i128::from(extra.minor) * i128::from(portions);
    Ok(ReceiptLine {
        line: line.id,
        price,
        per,
        quantity: line.quantity,
        portions,
        goods,
        options,
        amount: money(i128::from(goods.minor) + extra, currency)?,
        tax_class: item.tax.clone(),
        tax: None,
    })
}

/// The price shown on the item card: the item's own price for [`crate::domain::catalogue::Unit::per`]
/// base units and its options once, free units taken off.
///
/// # Errors
/// As [`price`].
pub fn unit_price(
    catalogue: &Catalogue,
    item: &Item,
    variant: Option<&VariantId>,
    selection: &Selection,
) -> Result<Money, PriceError> {
    let price = item
        .price(variant)
        .ok_or_else(|| PriceError::Variant(item.id.clone()))?;
    let options = option_prices(catalogue, item, variant, selection)?;
    let amounts = options.iter().map(|option| option.amount);
    sum(catalogue.currency(), amounts.chain([price]))
}

fn option_prices(
    catalogue: &Catalogue,
    item: &Item,
    variant: Option<&VariantId>,
    selection: &Selection,
) -> Result<Vec<OptionPrice>, PriceError> {
    let mut options = Vec::new();
    for open in selection.open(catalogue, item) {
        let unknown = || PriceError::Choice(item.id.clone());
        let here = selection.at(&open.path).ok_or_else(unknown)?;
        let times = times(selection, &open.path);
        let mut picks = Vec::new();
        for (id, pick) in here.picks(&open.group.id) {
            let choice = open.group.choice(id).ok_or_else(unknown)?;
            let price = choice.price(variant).ok_or_else(unknown)?;
            if pick.units > 0 {
                picks.push((choice, pick.units, price));
            }
        }
        let free = free_units(open.group.free_units, &picks);
        for ((choice, units, unit_price), free) in picks.into_iter().zip(free) {
            let all = narrow(i128::from(units) * i128::from(times))?;
            let free = narrow(i128::from(free) * i128::from(times))?;
            let amount = i128::from(all - free) * i128::from(unit_price.minor);
            options.push(OptionPrice {
                path: open.path.clone(),
                group: open.group.id.clone(),
                choice: choice.id.clone(),
                units: all,
                free,
                unit_price,
                amount: money(amount, catalogue.currency())?,
            });
        }
    }
    Ok(options)
}

/// The cheapest units of a group are free, `n` of them, whatever they cost; of equally dear
/// choices the first one's. That is the rule customers can check, and the one that never makes
/// adding a dear topping cheaper.
fn free_units<C>(n: i64, picks: &[(C, i64, Money)]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..picks.len()).collect();
    order.sort_by_key(|at| picks.get(*at).map(|pick| pick.2.minor));
    let mut free = vec![0; picks.len()];
    let mut left = n;
    for at in order {
        if let (Some(pick), Some(free)) = (picks.get(at), free.get_mut(at)) {
            *free = pick.1.min(left);
            left -= *free;
        }
    }
    free
}

/// How many units the choices on the way to a group have, multiplied.
fn times(selection: &Selection, path: &Path) -> i64 {
    let mut times: i64 = 1;
    let mut here = selection;
    for (group, choice) in path {
        let Some(pick) = here.pick(group, choice) else {
            return 0;
        };
        times = times.saturating_mul(pick.units);
        here = &pick.inner;
    }
    times
}

/// What is taxed: class, amount, and its own tax where tax is rounded per line.
type Taxed<'a> = (&'a TaxClass, Money, Option<Money>);

/// The tax of one line or fee, where tax is rounded on each; `None` where it is not. Either way
/// its class must have a rate.
fn line_tax(
    class: &TaxClass,
    amount: Money,
    taxes: &TaxRules,
    rounding: Rounding,
) -> Result<Option<Money>, PriceError> {
    let rate = rate(taxes, class)?;
    match rounding.scope {
        Scope::Line => tax(amount, rate, taxes.inclusive, rounding.mode).map(Some),
        Scope::Total => Ok(None),
    }
}

fn tax_parts(
    taxed: &[Taxed<'_>],
    taxes: &TaxRules,
    rounding: Rounding,
    currency: Currency,
) -> Result<Vec<TaxPart>, PriceError> {
    let mut classes: BTreeMap<&TaxClass, Vec<&Taxed<'_>>> = BTreeMap::new();
    for one in taxed {
        classes.entry(one.0).or_default().push(one);
    }
    let mut parts = Vec::new();
    for (class, taxed) in classes {
        let rate = rate(taxes, class)?;
        let base = sum(currency, taxed.iter().map(|(_, amount, _)| *amount))?;
        let tax = match rounding.scope {
            Scope::Line => sum(currency, taxed.iter().filter_map(|(.., tax)| *tax))?,
            Scope::Total => tax(base, rate, taxes.inclusive, rounding.mode)?,
        };
        parts.push(TaxPart {
            class: class.clone(),
            rate,
            base,
            tax,
        });
    }
    Ok(parts)
}

/// The tax on (or in) an amount.
fn tax(base: Money, rate: TaxRate, inclusive: bool, mode: Mode) -> Result<Money, PriceError> {
    let rate = i128::from(rate.0);
    let whole = if inclusive { WHOLE + rate } else { WHOLE };
    money(
        mode.divide(i128::from(base.minor) * rate, whole),
        base.currency,
    )
}

fn rate(taxes: &TaxRules, class: &TaxClass) -> Result<TaxRate, PriceError> {
    let rate = taxes.rates.get(class).copied();
    rate.ok_or_else(|| PriceError::NoRate(class.clone()))
}

fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money, PriceError> {
    let sum = amounts
        .into_iter()
        .map(|amount| i128::from(amount.minor))
        .sum();
    money(sum, currency)
}

fn money(minor: i128, currency: Currency) -> Result<Money, PriceError> {
    Ok(Money::new(narrow(minor)?, currency))
}

fn narrow(n: i128) -> Result<i64, PriceError> {
    i64::try_from(n).map_err(|_| PriceError::Overflow)
}
