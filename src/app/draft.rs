//! An item being put together on its card: kept in the session until it goes into the cart.

use serde::{Deserialize, Serialize};

use crate::domain::cart::{Line, NewLine, Selection};
use crate::domain::catalogue::{Catalogue, Choice, Group, Item, Quantifier, SoldOut};
use crate::kernel::{ItemId, LineId, Localised, Quantity, VariantId};

use super::route::Nudge;

/// What a tap on a choice came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tapped {
    /// Something is chosen otherwise now.
    Changed,
    /// Nothing changed, and there is nothing to say about it.
    Same,
    /// The choice is sold out.
    SoldOut,
    /// The group takes no more.
    Full {
        /// The group.
        name: Localised,
        /// How many units, or different choices, it takes.
        max: i64,
    },
}

/// What is chosen so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The item.
    pub item: ItemId,
    /// Its variant.
    pub variant: Option<VariantId>,
    /// Its options.
    pub selection: Selection,
    /// How much, in base units.
    pub quantity: Quantity,
    /// The note that the line has already.
    pub note: String,
    /// The cart line that is being changed; none = a new line.
    pub line: Option<LineId>,
    /// The line of what is ordered again, by its place, whose options are chosen anew.
    #[serde(default)]
    pub wish: Option<usize>,
    /// The line of a list, by its place, whose options are chosen.
    #[serde(default)]
    pub list: Option<usize>,
    /// The question about an order in words, by its number, that is answered.
    #[serde(default)]
    pub said: Option<i64>,
}

impl Draft {
    /// The least of an item as the menu offers it.
    pub fn of(item: &Item, catalogue: &Catalogue) -> Self {
        Self::from_new(NewLine::of(item, catalogue), None)
    }

    /// A line of the cart, to be changed.
    pub fn change(line: &Line) -> Self {
        Self::from_new(NewLine::from(line), Some(line.id))
    }

    /// A line of what is ordered again, to be chosen anew.
    pub fn of_wish(new: NewLine, at: usize) -> Self {
        Self {
            wish: Some(at),
            ..Self::from_new(new, None)
        }
    }

    /// A line of an order in words, to be chosen.
    pub fn of_said(new: NewLine, serial: i64) -> Self {
        Self {
            said: Some(serial),
            ..Self::from_new(new, None)
        }
    }

    /// A line of a list, to be chosen.
    pub fn of_list(
        item: &Item,
        catalogue: &Catalogue,
        (variant, quantity): (Option<VariantId>, Quantity),
        at: usize,
    ) -> Self {
        let usual = Self::of(item, catalogue);
        Self {
            variant: variant.or(usual.variant),
            quantity,
            list: Some(at),
            ..usual
        }
    }

    fn from_new(new: NewLine, line: Option<LineId>) -> Self {
        Self {
            item: new.item,
            variant: new.variant,
            selection: new.selection,
            quantity: new.quantity,
            note: new.note,
            line,
            wish: None,
            list: None,
            said: None,
        }
    }

    /// The line it becomes.
    pub fn into_new(self) -> NewLine {
        NewLine {
            item: self.item,
            variant: self.variant,
            selection: self.selection,
            quantity: self.quantity,
            note: self.note,
        }
    }

    /// A tap on the `choice`-th choice of the `group`-th open group.
    pub fn tap(
        &mut self,
        catalogue: &Catalogue,
        sold_out: &SoldOut,
        (group, choice): (usize, usize),
    ) -> Tapped {
        let Some(item) = catalogue.item(&self.item) else {
            return Tapped::Same;
        };
        let open = self.selection.open(catalogue, item);
        let Some(open) = open.get(group) else {
            return Tapped::Same;
        };
        let group = open.group;
        let Some(choice) = group.choices.get(choice) else {
            return Tapped::Same;
        };
        let at = (open.path.clone(), group.id.clone(), choice.id.clone());
        if self.selection.tap(catalogue, &at, sold_out) {
            Tapped::Changed
        } else if sold_out.has_choice(&group.id, choice) {
            Tapped::SoldOut
        } else if group.is_single() {
            Tapped::Same
        } else {
            let here = self.selection.at(&open.path);
            let units = here.map_or(0, |here| here.units_of(&group.id));
            Tapped::Full {
                name: group.name.clone(),
                max: if units < group.max_units {
                    group.max_distinct
                } else {
                    group.max_units
                },
            }
        }
    }

    /// The next wish about a choice: not taken, as usual, then each that the group allows.
    pub fn next_quantifier(&mut self, catalogue: &Catalogue, (group, choice): (usize, usize)) {
        let Some(item) = catalogue.item(&self.item) else {
            return;
        };
        let open = self.selection.open(catalogue, item);
        let Some(open) = open.get(group) else {
            return;
        };
        let group = open.group;
        let Some(choice) = group.choices.get(choice) else {
            return;
        };
        if let Some(here) = self.selection.at_mut(&open.path) {
            turn(here, catalogue, group, choice);
        }
    }

    /// One step more or fewer, never below the least sold.
    pub fn nudge(&mut self, item: &Item, nudge: Nudge) {
        let step = item.unit.step().0;
        let change = match nudge {
            Nudge::More => step,
            Nudge::Fewer => -step,
        };
        let quantity = self.quantity.0.saturating_add(change);
        self.quantity = Quantity(quantity.max(item.unit.min().0));
    }
}

fn turn(here: &mut Selection, catalogue: &Catalogue, group: &Group, choice: &Choice) {
    let taken = here
        .pick(&group.id, &choice.id)
        .map(|pick| (pick.units > 0, pick.quantifier));
    let next = |after: Option<Quantifier>| match after {
        None => group.quantifiers.first(),
        Some(now) => group
            .quantifiers
            .iter()
            .skip_while(|quantifier| **quantifier != now)
            .nth(1),
    };
    match taken {
        None => here.take(catalogue, group, choice, 1),
        Some((_, now)) => match next(now) {
            Some(quantifier) => here.say(catalogue, group, choice, Some(*quantifier)),
            None => here.remove(&group.id, &choice.id),
        },
    }
}
