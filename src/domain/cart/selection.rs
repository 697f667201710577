//! Chosen options: a tree of groups, choices and the groups that choices open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::{Catalogue, Choice, Group, Item, MAX_NESTING, Quantifier, SoldOut};
use crate::kernel::{ChoiceId, GroupId};

/// What is chosen, group by group. Groups that a choice opens lie inside its [`Pick`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Selection {
    pub(super) groups: BTreeMap<GroupId, BTreeMap<ChoiceId, Pick>>,
}

/// One choice taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pick {
    /// How many units; 0 only with [`Quantifier::Without`].
    pub units: i64,
    /// A wish about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantifier: Option<Quantifier>,
    /// Answers to the groups that it opens; they hold for each unit alike.
    #[serde(default, skip_serializing_if = "Selection::is_empty")]
    pub inner: Selection,
}

/// One step down the tree: the choice, in its group, whose inner groups are meant.
pub type Step = (GroupId, ChoiceId);

/// The way from the item to a group; empty for the item's own groups.
pub type Path = Vec<Step>;

/// A group that is open for an item with a selection.
#[derive(Debug, Clone)]
pub struct Open<'a> {
    /// The way to it.
    pub path: Path,
    /// The group.
    pub group: &'a Group,
}

impl Selection {
    /// Nothing chosen.
    pub fn none() -> Self {
        Self::default()
    }

    /// What is preselected for an item, inner groups of preselected choices included.
    pub fn defaults(catalogue: &Catalogue, item: &Item) -> Self {
        Self::defaults_of(catalogue, &item.groups, MAX_NESTING)
    }

    fn defaults_of(catalogue: &Catalogue, groups: &[GroupId], depth: usize) -> Self {
        let mut selection = Self::none();
        if depth == 0 {
            return selection;
        }
        for group in groups.iter().filter_map(|id| catalogue.group(id)) {
            for choice in group.choices.iter().filter(|choice| choice.default > 0) {
                let pick = Pick {
                    units: choice.default,
                    quantifier: None,
                    inner: Self::defaults_of(catalogue, &choice.groups, depth - 1),
                };
                selection.insert(&group.id, &choice.id, pick);
            }
        }
        selection
    }

    /// True if nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.groups.values().all(BTreeMap::is_empty)
    }

    /// The selection that lies inside the choice at the end of `path`; `None` if it is not taken.
    pub fn at(&self, path: &[Step]) -> Option<&Selection> {
        let mut here = self;
        for (group, choice) in path {
            here = &here.groups.get(group)?.get(choice)?.inner;
        }
        Some(here)
    }

    /// A choice taken here, if it is.
    pub fn pick(&self, group: &GroupId, choice: &ChoiceId) -> Option<&Pick> {
        self.groups.get(group)?.get(choice)
    }

    /// Units of a choice here; 0 if not taken.
    pub fn units(&self, group: &GroupId, choice: &ChoiceId) -> i64 {
        self.pick(group, choice).map_or(0, |pick| pick.units)
    }

    /// All units of a group here.
    pub fn units_of(&self, group: &GroupId) -> i64 {
        let picks = self.groups.get(group).into_iter().flatten();
        picks.fold(0, |sum: i64, (_, pick)| sum.saturating_add(pick.units))
    }

    /// The picks of a group here, in choice order.
    pub fn picks(&self, group: &GroupId) -> impl Iterator<Item = (&ChoiceId, &Pick)> {
        self.groups.get(group).into_iter().flatten()
    }

    /// The groups answered here.
    pub fn groups(&self) -> impl Iterator<Item = &GroupId> {
        self.groups.keys()
    }

    /// Sets a choice of a group here.
    pub fn insert(&mut self, group: &GroupId, choice: &ChoiceId, pick: Pick) {
        self.groups
            .entry(group.clone())
            .or_default()
            .insert(choice.clone(), pick);
    }

    /// Takes a choice of a group here away.
    pub fn remove(&mut self, group: &GroupId, choice: &ChoiceId) {
        if let Some(picks) = self.groups.get_mut(group) {
            picks.remove(choice);
            if picks.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    /// Takes all answers to a group here away.
    pub fn clear(&mut self, group: &GroupId) {
        self.groups.remove(group);
    }

    /// The selection inside the choice at the end of `path`, to be changed.
    pub fn at_mut(&mut self, path: &[Step]) -> Option<&mut Selection> {
        let mut here = self;
        for (group, choice) in path {
            here = &mut here.groups.get_mut(group)?.get_mut(choice)?.inner;
        }
        Some(here)
    }

    /// One tap on a choice, as people expect it. A single choice replaces the one before it
    /// and, where the group may stay empty, is taken away by a second tap. Elsewhere a tap adds
    /// a unit, and at the choice's or the group's most takes all units of it away; in a full
    /// group of a fixed number (a dozen) the unit comes from the choice that has most. The inner
    /// groups of a choice newly taken start with their defaults.
    ///
    /// False if `path`, group or choice is unknown, or the choice is sold out; or nothing fits.
    pub fn tap(
        &mut self,
        catalogue: &Catalogue,
        at: &(Path, GroupId, ChoiceId),
        sold_out: &SoldOut,
    ) -> bool {
        let (path, group, choice) = at;
        let Some(group) = catalogue.group(group) else {
            return false;
        };
        let Some(choice) = group.choice(choice) else {
            return false;
        };
        let Some(here) = self.at_mut(path) else {
            return false;
        };
        let units = here.units(&group.id, &choice.id);
        if sold_out.has_choice(&group.id, choice) {
            // What is sold out can only be taken off.
            here.remove(&group.id, &choice.id);
            return units > 0;
        }
        if group.is_single() {
            here.tap_single(catalogue, group, choice, units)
        } else {
            here.tap_counted(catalogue, group, choice, units)
        }
    }

    fn tap_single(
        &mut self,
        catalogue: &Catalogue,
        group: &Group,
        choice: &Choice,
        units: i64,
    ) -> bool {
        if units > 0 {
            if group.is_required() {
                return false;
            }
            self.remove(&group.id, &choice.id);
            return true;
        }
        self.clear(&group.id);
        self.take(catalogue, group, choice, 1);
        true
    }

    fn tap_counted(
        &mut self,
        catalogue: &Catalogue,
        group: &Group,
        choice: &Choice,
        units: i64,
    ) -> bool {
        let distinct = self.picks(&group.id).filter(|(_, p)| p.units > 0).count() as i64;
        let full = self.units_of(&group.id) >= group.max_units;
        let too_many_kinds = units == 0 && distinct >= group.max_distinct;
        if units < choice.max && !too_many_kinds {
            if !full {
                self.take(catalogue, group, choice, units + 1);
                return true;
            }
            if let Some((giver, has)) = self.giver(group, choice) {
                self.take(catalogue, group, giver, has - 1);
                self.take(catalogue, group, choice, units + 1);
                return true;
            }
        }
        self.remove(&group.id, &choice.id);
        units > 0
    }

    /// Who gives a unit to `choice` in a group of a fixed number: the other choice that has most,
    /// and keeps at least one.
    fn giver<'a>(&self, group: &'a Group, choice: &Choice) -> Option<(&'a Choice, i64)> {
        let others = group.choices.iter().filter(|other| other.id != choice.id);
        others
            .map(|other| (other, self.units(&group.id, &other.id)))
            .filter(|(_, units)| group.min_units == group.max_units && *units > 1)
            .max_by_key(|(_, units)| *units)
    }

    /// Sets the units of a choice here, opening its inner groups with their defaults where it
    /// is newly taken; zero takes it away. Limits are not looked at: [`super::validate`] does that.
    pub fn take(&mut self, catalogue: &Catalogue, group: &Group, choice: &Choice, units: i64) {
        if units <= 0 {
            self.remove(&group.id, &choice.id);
            return;
        }
        let before = self.pick(&group.id, &choice.id).cloned();
        let pick = match before {
            Some(pick) if pick.units > 0 => Pick { units, ..pick },
            _ => Pick {
                units,
                quantifier: None,
                inner: Self::defaults_of(catalogue, &choice.groups, MAX_NESTING - 1),
            },
        };
        self.insert(&group.id, &choice.id, pick);
    }

    /// Says `quantifier` of a choice here, or nothing any more. `Without` takes its units away;
    /// the other wishes take one unit where there was none.
    pub fn say(
        &mut self,
        catalogue: &Catalogue,
        group: &Group,
        choice: &Choice,
        quantifier: Option<Quantifier>,
    ) {
        if quantifier == Some(Quantifier::Without) {
            let pick = Pick {
                quantifier,
                ..Pick::default()
            };
            self.insert(&group.id, &choice.id, pick);
            return;
        }
        let units = self.units(&group.id, &choice.id);
        if units == 0 && quantifier.is_none() {
            self.remove(&group.id, &choice.id);
            return;
        }
        self.take(catalogue, group, choice, units.max(1));
        if let Some(pick) = self
            .groups
            .get_mut(&group.id)
            .and_then(|picks| picks.get_mut(&choice.id))
        {
            pick.quantifier = quantifier;
        }
    }

    /// The same selection without empty entries, so that equal selections compare equal.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for picks in self.groups.values_mut() {
            picks.retain(|_, pick| pick.units != 0 || pick.quantifier.is_some());
            for pick in picks.values_mut() {
                pick.inner = std::mem::take(&mut pick.inner).tidy();
            }
        }
        self.groups.retain(|_, picks| !picks.is_empty());
        self
    }

    /// Every group that is open for `item`, in the order asked: the item's own, each followed by
    /// those that its taken choices open.
    pub fn open<'a>(&self, catalogue: &'a Catalogue, item: &Item) -> Vec<Open<'a>> {
        let mut open = Vec::new();
        self.open_into(catalogue, &item.groups, &mut Vec::new(), &mut open);
        open
    }

    fn open_into<'a>(
        &self,
        catalogue: &'a Catalogue,
        groups: &[GroupId],
        path: &mut Path,
        open: &mut Vec<Open<'a>>,
    ) {
        if path.len() >= MAX_NESTING {
            return;
        }
        for group in groups.iter().filter_map(|id| catalogue.group(id)) {
            open.push(Open {
                path: path.clone(),
                group,
            });
            for choice in &group.choices {
                let Some(pick) = self.pick(&group.id, &choice.id) else {
                    continue;
                };
                if pick.units > 0 && !choice.groups.is_empty() {
                    path.push((group.id.clone(), choice.id.clone()));
                    pick.inner.open_into(catalogue, &choice.groups, path, open);
                    path.pop();
                }
            }
        }
    }
}
