//! Buttons of `/away`, in the grammar of callback data: `v…`.

use crate::kernel::CustomerId;

/// What a button of the screens asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwayAct {
    /// Whether one is away.
    Show,
    /// Away for so many days, today included.
    Days(i64),
    /// Away until then, in seconds since 1970, and who decides meanwhile.
    Until(i64, Option<CustomerId>),
    /// Back again.
    Back,
}

impl AwayAct {
    pub(super) fn path(self) -> String {
        match self {
            Self::Show => "v".into(),
            Self::Days(days) => format!("vd.{days}"),
            Self::Until(seconds, None) => format!("vu.{seconds}"),
            Self::Until(seconds, Some(who)) => format!("vu.{seconds}.{who}"),
            Self::Back => "vb".into(),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        /// So far ahead nobody plans; larger numbers would not be a time in milliseconds.
        const LATEST: i64 = 1 << 40;
        let seconds = |text: &str| text.parse().ok().filter(|s| (0..LATEST).contains(s));
        Some(match parts {
            ["v"] => Self::Show,
            ["vd", days] => Self::Days(days.parse().ok()?),
            ["vu", until] => Self::Until(seconds(until)?, None),
            ["vu", until, who] => Self::Until(seconds(until)?, Some(CustomerId(who.parse().ok()?))),
            ["vb"] => Self::Back,
            _ => return None,
        })
    }
}
