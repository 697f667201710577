//! What a person sees: pure functions from loaded values to a [`View`](crate::chat::View).
//!
//! Nothing here reads the store, decides a right or knows a language's words.

pub mod approval;
pub mod audit;
pub mod awaited;
pub mod away;
pub mod basics;
pub mod by_hand;
pub mod cart;
pub mod company;
pub mod company_details;
pub mod company_people;
pub mod credit;
pub mod credit_plan;
pub mod fit;
pub mod fold;
pub mod inline;
pub mod item;
pub mod kitchen;
pub mod learn;
pub mod lines;
pub mod look;
pub mod menu;
pub mod notify;
pub mod order;
pub mod own_data;
pub mod pause;
pub mod print;
pub mod profile;
pub mod profile_addresses;
pub mod quick;
pub mod refill;
pub mod review;
pub mod said;
pub mod saved;
pub mod schedule;
pub mod schedule_card;
pub mod statement;
pub mod step;
pub mod stock;
pub mod tables;
pub mod team;

use crate::chat::{Button, Text};

use super::route::Route;

/// What every screen of the living message needs: the version its buttons carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card(pub i64);

impl Card {
    /// A button of this card.
    pub fn button(self, label: Text, route: &Route) -> Button {
        Button::data(label, route.data(self.0))
    }

    /// A button of this card whose label has no arguments.
    pub fn plain(self, label: &'static str, route: &Route) -> Button {
        self.button(Text::new(label), route)
    }
}
