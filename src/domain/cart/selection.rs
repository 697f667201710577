//! Chosen options: a tree of groups, choices and the groups that choices open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::{Catalogue, Choice, Group, Item, MAX_NESTING, Quantifier, SoldOut};
use crate::kernel::{ChoiceId, GroupId};

/// What is chosen, group by group. Groups that a choice opens lie inside its [`Pick`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Selection {
    groups: BTreeMap<GroupId, BTreeMap<ChoiceId, Pick>>,
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

/// What is wrong with the answers to one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectionFault {
    /// Fewer units than wanted.
    TooFew {
        /// The least.
        min: i64,
        /// What is chosen.
        chosen: i64,
    },
    /// More units than allowed.
    TooMany {
        /// The most.
        max: i64,
        /// What is chosen.
        chosen: i64,
    },
    /// Fewer different choices than wanted.
    TooFewDistinct {
        /// The least.
        min: i64,
        /// What is chosen.
        chosen: i64,
    },
    /// More different choices than allowed.
    TooManyDistinct {
        /// The most.
        max: i64,
        /// What is chosen.
        chosen: i64,
    },
    /// More units of one choice than allowed.
    ChoiceOver {
        /// The choice.
        choice: ChoiceId,
        /// The most of it.
        max: i64,
        /// What is chosen.
        chosen: i64,
    },
    /// The choice is sold out.
    SoldOut {
        /// The choice.
        choice: ChoiceId,
    },
    /// The group does not have this choice.
    UnknownChoice {
        /// The choice.
        choice: ChoiceId,
    },
    /// The group is not open here.
    UnknownGroup,
    /// The group does not take this wish, or it contradicts the units.
    Quantifier {
        /// The choice.
        choice: ChoiceId,
    },
    /// Units below zero, or none without a wish.
    Nonsense {
        /// The choice.
        choice: ChoiceId,
    },
}

/// A fault of a selection and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionProblem {
    /// The way to the group.
    pub path: Path,
    /// The group.
    pub group: GroupId,
    /// What is wrong.
    pub fault: SelectionFault,
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
    /// a unit, and at the choice's or the group's most takes all units of it away. The inner
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
        let full = self.units_of(&group.id) >= group.max_units
            || (units == 0 && distinct >= group.max_distinct);
        if units < choice.max && !full {
            self.take(catalogue, group, choice, units + 1);
            return true;
        }
        self.remove(&group.id, &choice.id);
        units > 0
    }

    /// Sets the units of a choice here, opening its inner groups with their defaults where it
    /// is newly taken; zero takes it away. Limits are not looked at: [`validate`] does that.
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

/// Holds a selection against an item's groups: units, distinct choices, maxima, wishes, inner
/// groups (asked for only where a taken choice opens them), what is sold out or unknown.
///
/// # Errors
/// Everything that is wrong, in the order of the groups.
pub fn validate(
    catalogue: &Catalogue,
    item: &Item,
    selection: &Selection,
    sold_out: &SoldOut,
) -> Result<(), Vec<SelectionProblem>> {
    let mut check = Check {
        catalogue,
        sold_out,
        path: Vec::new(),
        problems: Vec::new(),
    };
    check.groups(&item.groups, selection);
    if check.problems.is_empty() {
        Ok(())
    } else {
        Err(check.problems)
    }
}

struct Check<'a> {
    catalogue: &'a Catalogue,
    sold_out: &'a SoldOut,
    path: Path,
    problems: Vec<SelectionProblem>,
}

impl Check<'_> {
    fn add(&mut self, group: &GroupId, fault: SelectionFault) {
        self.problems.push(SelectionProblem {
            path: self.path.clone(),
            group: group.clone(),
            fault,
        });
    }

    fn groups(&mut self, open: &[GroupId], selection: &Selection) {
        for id in selection.groups.keys().filter(|id| !open.contains(id)) {
            self.add(id, SelectionFault::UnknownGroup);
        }
        for group in open.iter().filter_map(|id| self.catalogue.group(id)) {
            self.group(group, selection);
        }
    }

    fn group(&mut self, group: &Group, selection: &Selection) {
        let mut distinct = 0;
        for (id, pick) in selection.picks(&group.id) {
            match group.choice(id) {
                None => self.add(
                    &group.id,
                    SelectionFault::UnknownChoice { choice: id.clone() },
                ),
                Some(choice) => self.pick(group, choice, pick),
            }
            distinct += i64::from(pick.units > 0);
        }
        let units = selection.units_of(&group.id);
        // One fault a group is enough to be mended: of two, the units say more.
        if let Some(fault) = unit_fault(group, units).or_else(|| distinct_fault(group, distinct)) {
            self.add(&group.id, fault);
        }
    }

    fn pick(&mut self, group: &Group, choice: &Choice, pick: &Pick) {
        let id = || choice.id.clone();
        if pick.units < 0 || (pick.units == 0 && pick.quantifier.is_none()) {
            self.add(&group.id, SelectionFault::Nonsense { choice: id() });
            return;
        }
        if pick.units > choice.max {
            let (max, chosen) = (choice.max, pick.units);
            let choice = id();
            let fault = SelectionFault::ChoiceOver {
                choice,
                max,
                chosen,
            };
            self.add(&group.id, fault);
        }
        if let Some(quantifier) = pick.quantifier {
            let fits = (quantifier == Quantifier::Without) == (pick.units == 0);
            if !fits || !group.quantifiers.contains(&quantifier) {
                self.add(&group.id, SelectionFault::Quantifier { choice: id() });
            }
        }
        if pick.units > 0 && self.sold_out.has_choice(&group.id, choice) {
            self.add(&group.id, SelectionFault::SoldOut { choice: id() });
        }
        self.path.push((group.id.clone(), choice.id.clone()));
        let opened: &[GroupId] = if pick.units > 0 { &choice.groups } else { &[] };
        self.groups(opened, &pick.inner);
        self.path.pop();
    }
}

fn unit_fault(group: &Group, chosen: i64) -> Option<SelectionFault> {
    if chosen < group.min_units {
        let min = group.min_units;
        Some(SelectionFault::TooFew { min, chosen })
    } else if chosen > group.max_units {
        let max = group.max_units;
        Some(SelectionFault::TooMany { max, chosen })
    } else {
        None
    }
}

fn distinct_fault(group: &Group, chosen: i64) -> Option<SelectionFault> {
    if chosen < group.min_distinct {
        let min = group.min_distinct;
        Some(SelectionFault::TooFewDistinct { min, chosen })
    } else if chosen > group.max_distinct {
        let max = group.max_distinct;
        Some(SelectionFault::TooManyDistinct { max, chosen })
    } else {
        None
    }
}
