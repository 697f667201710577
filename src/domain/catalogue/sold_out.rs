//! What can't be had at the moment, on top of what the files say.

use std::collections::BTreeSet;

use crate::kernel::{ChoiceId, GroupId, ItemId};

use super::Choice;

/// Items and choices that staff took off the menu for now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoldOut {
    /// Whole items.
    pub items: BTreeSet<ItemId>,
    /// Choices of option groups.
    pub choices: BTreeSet<(GroupId, ChoiceId)>,
}

impl SoldOut {
    /// True if the item can't be had.
    pub fn has_item(&self, item: &ItemId) -> bool {
        self.items.contains(item)
    }

    /// True if the choice can't be had, by the file or by staff.
    pub fn has_choice(&self, group: &GroupId, choice: &Choice) -> bool {
        choice.sold_out || self.choices.contains(&(group.clone(), choice.id.clone()))
    }
}
