//! What the buttons about one's own data ask for.

/// A button about one's own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnDataAct {
    /// All of it as files.
    Export,
    /// What erasing it means, and what stands against it.
    Ask,
    /// Erases it for sure.
    Erase,
}

impl OwnDataAct {
    const WORDS: [(Self, &'static str); 3] =
        [(Self::Export, "Xx"), (Self::Ask, "Xa"), (Self::Erase, "Xe")];

    /// As callback data and sessions keep it.
    pub fn path(self) -> String {
        let known = Self::WORDS.iter().find(|(act, _)| *act == self);
        known.map_or_else(String::new, |(_, word)| (*word).to_owned())
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        let [word] = parts else {
            return None;
        };
        let known = Self::WORDS.iter().find(|(_, known)| known == word);
        known.map(|(act, _)| *act)
    }
}
