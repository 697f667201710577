//! The shop's clock and hours, as schedules ask for them.

use chrono::NaiveDate;

use crate::domain::schedules::Calendar;
use crate::kernel::Timestamp;
use crate::shop::Shop;

/// The calendar of a flow; of the shop, where it is none.
pub struct Dates<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// The flow.
    pub flow: &'a str,
}

impl Calendar for Dates<'_> {
    fn day(&self, at: Timestamp) -> NaiveDate {
        self.shop.zone.date(at)
    }

    fn moment(&self, day: NaiveDate, minute: u32) -> Timestamp {
        self.shop.zone.moment(day, minute)
    }

    fn is_open(&self, at: Timestamp) -> bool {
        self.shop.is_open(self.flow, at)
    }
}
