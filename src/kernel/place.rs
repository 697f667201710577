//! Where something is brought: a point on the globe, and how to find the door there.

use serde::{Deserialize, Serialize};

/// A place on the globe, in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, -90 000 000 to 90 000 000.
    pub lat_e6: i64,
    /// Longitude, -180 000 000 to 180 000 000.
    pub lon_e6: i64,
}

/// How to find the door at an address; what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Doorway {
    /// Which entrance of the building.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entrance: String,
    /// Which floor.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub floor: String,
    /// What opens the door below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// What who brings it should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Doorway {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
