//! What the buttons of one's own profile ask for, and those by which an order uses it.

use crate::domain::customers::Part;

/// A value of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// What they are called.
    Name,
    /// Their phone number.
    Phone,
    /// How they usually pay.
    Payment,
    /// By which flow they usually order.
    Way,
    /// A field of the shop's own: the step's id.
    Field(String),
}

/// A button of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileAct {
    /// All of it.
    Show,
    /// Asks for a value.
    Ask(What),
    /// Takes a value away.
    Drop(What),
    /// Takes one of several as the value.
    Choose(What, String),
    /// The addresses.
    Addresses,
    /// Asks for another one.
    New,
    /// One of them.
    Address(i64),
    /// Asks for a part of one.
    Part(i64, Part),
    /// Takes a part away.
    PartDrop(i64, Part),
    /// Makes one the usual one.
    Usual(i64),
    /// Asks whether to remove one.
    RemoveAsk(i64),
    /// Removes it.
    Remove(i64),
    /// What an item must be and must not hold.
    Marks,
    /// Turns a mark of what it must be.
    Diet(String),
    /// Turns a mark of what it must not hold.
    Avoid(String),
    /// Why it is all kept.
    Privacy,
    /// The step at hand is answered by this address.
    Deliver(i64),
    /// Another page of the addresses that the step at hand offers, 0-based.
    Page(usize),
    /// What was answered at this step becomes the usual.
    Keep(String),
}

impl What {
    fn path(&self) -> String {
        match self {
            Self::Name => "n".into(),
            Self::Phone => "p".into(),
            Self::Payment => "y".into(),
            Self::Way => "w".into(),
            Self::Field(step) => format!("f.{step}"),
        }
    }

    /// Reads it; what is left of the parts comes with it.
    fn read<'p, 'a>(parts: &'p [&'a str]) -> Option<(Self, &'p [&'a str])> {
        Some(match parts {
            ["n", rest @ ..] => (Self::Name, rest),
            ["p", rest @ ..] => (Self::Phone, rest),
            ["y", rest @ ..] => (Self::Payment, rest),
            ["w", rest @ ..] => (Self::Way, rest),
            ["f", step, rest @ ..] => (Self::Field((*step).to_owned()), rest),
            _ => return None,
        })
    }

    fn whole(parts: &[&str]) -> Option<Self> {
        match Self::read(parts)? {
            (what, []) => Some(what),
            _ => None,
        }
    }
}

impl ProfileAct {
    /// As callback data and sessions keep it.
    pub fn path(&self) -> String {
        match self {
            Self::Show => "P".into(),
            Self::Ask(what) => format!("Pa.{}", what.path()),
            Self::Drop(what) => format!("Px.{}", what.path()),
            Self::Choose(what, id) => format!("Pc.{}.{id}", what.path()),
            Self::Addresses => "Pl".into(),
            Self::New => "Pn".into(),
            Self::Address(id) => format!("Pd.{id}"),
            Self::Part(id, part) => format!("Pe.{id}.{}", part.code()),
            Self::PartDrop(id, part) => format!("PE.{id}.{}", part.code()),
            Self::Usual(id) => format!("Ps.{id}"),
            Self::RemoveAsk(id) => format!("Pr.{id}"),
            Self::Remove(id) => format!("PR.{id}"),
            Self::Marks => "Pm".into(),
            Self::Diet(id) => format!("Pm.d.{id}"),
            Self::Avoid(id) => format!("Pm.a.{id}"),
            Self::Privacy => "Pv".into(),
            Self::Deliver(id) => format!("Pb.{id}"),
            Self::Page(page) => format!("Pg.{page}"),
            Self::Keep(step) => format!("Pu.{step}"),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["P"] => Self::Show,
            ["Pa", rest @ ..] => Self::Ask(What::whole(rest)?),
            ["Px", rest @ ..] => Self::Drop(What::whole(rest)?),
            ["Pc", rest @ ..] => match What::read(rest)? {
                (what, [id]) => Self::Choose(what, (*id).to_owned()),
                _ => return None,
            },
            ["Pl"] => Self::Addresses,
            ["Pn"] => Self::New,
            ["Pd", id] => Self::Address(id.parse().ok()?),
            ["Pe", id, part] => Self::Part(id.parse().ok()?, Part::parse(part)?),
            ["PE", id, part] => Self::PartDrop(id.parse().ok()?, Part::parse(part)?),
            ["Ps", id] => Self::Usual(id.parse().ok()?),
            ["Pr", id] => Self::RemoveAsk(id.parse().ok()?),
            ["PR", id] => Self::Remove(id.parse().ok()?),
            ["Pm"] => Self::Marks,
            ["Pm", "d", id] => Self::Diet((*id).to_owned()),
            ["Pm", "a", id] => Self::Avoid((*id).to_owned()),
            ["Pv"] => Self::Privacy,
            ["Pb", id] => Self::Deliver(id.parse().ok()?),
            ["Pg", page] => Self::Page(page.parse().ok()?),
            ["Pu", step] => Self::Keep((*step).to_owned()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::route::{MAX_DATA_BYTES, Route};

    #[test]
    fn what_is_written_is_read_and_fits_a_button() {
        let step = "s".repeat(24);
        let field = || What::Field(step.clone());
        let mut acts = vec![
            ProfileAct::Show,
            ProfileAct::Ask(What::Name),
            ProfileAct::Ask(field()),
            ProfileAct::Drop(What::Phone),
            ProfileAct::Choose(What::Payment, "c".repeat(24)),
            ProfileAct::Choose(What::Way, "c".repeat(24)),
            ProfileAct::Choose(field(), "c".repeat(24)),
            ProfileAct::Addresses,
            ProfileAct::New,
            ProfileAct::Address(i64::MAX),
            ProfileAct::Usual(20),
            ProfileAct::RemoveAsk(20),
            ProfileAct::Remove(20),
            ProfileAct::Marks,
            ProfileAct::Diet("d".repeat(24)),
            ProfileAct::Avoid("a".repeat(24)),
            ProfileAct::Privacy,
            ProfileAct::Deliver(7),
            ProfileAct::Page(3),
            ProfileAct::Keep(step.clone()),
        ];
        for part in Part::ALL {
            acts.push(ProfileAct::Part(i64::MAX, part));
            acts.push(ProfileAct::PartDrop(1, part));
        }
        for act in acts {
            let route = Route::Profile(act);
            let data = route.data(123_456);
            assert!(data.len() <= MAX_DATA_BYTES, "{data}");
            assert_eq!(Route::parse(&data), Some((route, 123_456)), "{data}");
        }
    }
}
