//! Holds chosen options against what an item's groups allow.

use super::selection::{Path, Pick, Selection};
use crate::domain::catalogue::{Catalogue, Choice, Group, Item, Quantifier, SoldOut};
use crate::kernel::{ChoiceId, GroupId};

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
