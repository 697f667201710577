//! Buttons of `/pause`, in the grammar of [`Route`](super::Route): `p….SCOPE`.

use crate::domain::pauses::Scope;

/// What a button of the screens asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseAct {
    /// Whether orders are taken.
    Show,
    /// None for so many minutes.
    Minutes(i64),
    /// None until the end of the day.
    Day,
    /// None until somebody resumes.
    Open,
    /// Orders are taken again.
    Resume,
    /// Takes the words for customers away.
    Wordless,
}

impl PauseAct {
    pub(super) fn path(self, scope: &Scope) -> String {
        let scope = scope.code();
        match self {
            Self::Show => format!("p.{scope}"),
            Self::Minutes(minutes) => format!("pm.{scope}.{minutes}"),
            Self::Day => format!("pd.{scope}"),
            Self::Open => format!("po.{scope}"),
            Self::Resume => format!("pr.{scope}"),
            Self::Wordless => format!("px.{scope}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<(Scope, Self)> {
        let (scope, act) = match parts {
            ["p", scope] => (scope, Self::Show),
            ["pm", scope, minutes] => (scope, Self::Minutes(minutes.parse().ok()?)),
            ["pd", scope] => (scope, Self::Day),
            ["po", scope] => (scope, Self::Open),
            ["pr", scope] => (scope, Self::Resume),
            ["px", scope] => (scope, Self::Wordless),
            _ => return None,
        };
        Some((Scope::parse(scope), act))
    }
}
