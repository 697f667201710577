//! Buttons of statements of account, in the grammar of [`Route`](super::Route).

use crate::domain::credit::statement::Span;
use crate::kernel::AccountId;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Any program that reads tables.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

/// What a button of the screens asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementAct {
    /// Which account.
    Accounts,
    /// The statement of an account.
    Open(AccountId, Span),
    /// The same with all its entries, as a file.
    File(AccountId, Span, Format),
}

impl StatementAct {
    pub(super) fn path(&self) -> String {
        match self {
            Self::Accounts => "za".into(),
            Self::Open(account, span) => format!("zo.{account}.{}", span.code()),
            Self::File(account, span, Format::Csv) => format!("zc.{account}.{}", span.code()),
            Self::File(account, span, Format::Xlsx) => format!("zx.{account}.{}", span.code()),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        let (op, account, span) = match parts {
            ["za"] => return Some(Self::Accounts),
            [op, account, span] => (*op, AccountId::parse(account)?, Span::parse(span)?),
            _ => return None,
        };
        Some(match op {
            "zo" => Self::Open(account, span),
            "zc" => Self::File(account, span, Format::Csv),
            "zx" => Self::File(account, span, Format::Xlsx),
            _ => return None,
        })
    }
}
