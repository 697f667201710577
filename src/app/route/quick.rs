//! What the buttons of an order written as a list ask for.

/// A button of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuickAct {
    /// How to write one.
    Start,
    /// A file is being fetched.
    Wait,
    /// One page of the lines, 0-based.
    Page(usize),
    /// Takes a candidate for a line, both by their places.
    Pick(usize, usize),
    /// Chooses a line's variant and options.
    Options(usize),
    /// Leaves a line out.
    Skip(usize),
    /// Puts what can be had into the cart.
    Put,
    /// Sends a sample file.
    Sample,
    /// Throws the list away.
    Drop,
}

impl QuickAct {
    /// As callback data and sessions keep it.
    pub fn path(&self) -> String {
        match self {
            Self::Start => "Q".into(),
            Self::Wait => "Qw".into(),
            Self::Page(page) => format!("Ql.{page}"),
            Self::Pick(line, candidate) => format!("Qc.{line}.{candidate}"),
            Self::Options(line) => format!("Qo.{line}"),
            Self::Skip(line) => format!("Qx.{line}"),
            Self::Put => "Qp".into(),
            Self::Sample => "Qs".into(),
            Self::Drop => "Qd".into(),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["Q"] => Self::Start,
            ["Qw"] => Self::Wait,
            ["Ql", page] => Self::Page(page.parse().ok()?),
            ["Qc", line, candidate] => Self::Pick(line.parse().ok()?, candidate.parse().ok()?),
            ["Qo", line] => Self::Options(line.parse().ok()?),
            ["Qx", line] => Self::Skip(line.parse().ok()?),
            ["Qp"] => Self::Put,
            ["Qs"] => Self::Sample,
            ["Qd"] => Self::Drop,
            _ => return None,
        })
    }
}
