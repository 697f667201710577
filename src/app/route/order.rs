//! The buttons on an order's cards, in the grammar of callback data: `o…` for its customer, `k…` for
//! staff.

use crate::kernel::OrderId;

/// What a button on an order's card asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderAct {
    /// The customer: shows the card anew below.
    Show,
    /// The customer: asks whether to cancel.
    CancelAsk,
    /// The customer: cancels.
    Cancel,
    /// The customer: asks the kitchen to cancel.
    CancelRequest,
    /// The customer: takes it back into the cart to change it.
    Change,
    /// The customer: agrees to a change that an approver proposes; the version is the request's.
    Agree,
    /// The customer: wants it as it was.
    Decline,
    /// The customer: orders the same again.
    Again,
    /// The customer: keeps it under a name.
    Save,
    /// The customer: all of its lines, below.
    Lines,
    /// The customer: back to the card's usual buttons.
    Back,
    /// Staff: back to the card's usual buttons.
    Card,
    /// Staff: shows the card to work on anew below.
    Work,
    /// Staff: changes it for its customer.
    Amend,
    /// Staff: the order as plain text, to be printed.
    Print,
    /// Staff: accepts, ready in so many minutes.
    Accept(i64),
    /// Staff: shows the reasons for a rejection.
    RejectAsk,
    /// Staff: rejects for a reason of the shop's list.
    Reject(String),
    /// Staff: begins to prepare.
    Prepare,
    /// Staff: it is ready.
    Ready,
    /// Staff: handed over.
    HandOver,
    /// Staff: served at the table.
    Serve,
    /// Courier or staff: on the way with it.
    Dispatch,
    /// Courier or staff: brought.
    Deliver,
    /// Courier or staff: shows the reasons why it could not be brought.
    FailAsk,
    /// Courier or staff: could not be brought, for a reason.
    Fail(String),
    /// Staff: grants a wish to cancel.
    GrantCancel,
    /// Staff: shows the reasons for refusing it.
    RefuseAsk,
    /// Staff: refuses it for a reason.
    RefuseCancel(String),
}

impl OrderAct {
    /// What it is, in one word for the record of what was tried.
    pub fn word(&self) -> &'static str {
        use OrderAct as A;
        match self {
            A::Show | A::Again | A::Save | A::Lines | A::Back | A::Card | A::Work => "look",
            A::Amend => "change",
            A::Print => "print",
            A::CancelAsk | A::Cancel | A::CancelRequest | A::Change => "cancel",
            A::Agree | A::Decline => "agree",
            A::Accept(_) => "accept",
            A::RejectAsk | A::Reject(_) => "reject",
            A::Prepare => "prepare",
            A::Ready => "finish",
            A::HandOver => "hand_over",
            A::Serve => "serve",
            A::Dispatch => "dispatch",
            A::Deliver => "deliver",
            A::FailAsk | A::Fail(_) => "fail",
            A::GrantCancel => "grant_cancel",
            A::RefuseAsk | A::RefuseCancel(_) => "refuse_cancel",
        }
    }

    pub(super) fn path(&self, id: OrderId) -> String {
        use OrderAct as A;
        match self {
            A::Show => format!("os.{id}"),
            A::CancelAsk => format!("oc.{id}"),
            A::Cancel => format!("oC.{id}"),
            A::CancelRequest => format!("or.{id}"),
            A::Change => format!("oe.{id}"),
            A::Agree => format!("oy.{id}"),
            A::Decline => format!("on.{id}"),
            A::Again => format!("oa.{id}"),
            A::Save => format!("ok.{id}"),
            A::Lines => format!("ol.{id}"),
            A::Back => format!("ob.{id}"),
            A::Card => format!("kc.{id}"),
            A::Work => format!("kw.{id}"),
            A::Amend => format!("ke.{id}"),
            A::Print => format!("kP.{id}"),
            A::Accept(minutes) => format!("ka.{id}.{minutes}"),
            A::RejectAsk => format!("kr.{id}"),
            A::Reject(reason) => format!("kR.{id}.{reason}"),
            A::Prepare => format!("kp.{id}"),
            A::Ready => format!("ky.{id}"),
            A::HandOver => format!("kh.{id}"),
            A::Serve => format!("ks.{id}"),
            A::Dispatch => format!("kd.{id}"),
            A::Deliver => format!("kD.{id}"),
            A::FailAsk => format!("kf.{id}"),
            A::Fail(reason) => format!("kF.{id}.{reason}"),
            A::GrantCancel => format!("kg.{id}"),
            A::RefuseAsk => format!("kn.{id}"),
            A::RefuseCancel(reason) => format!("kN.{id}.{reason}"),
        }
    }

    pub(super) fn from_parts(op: &str, rest: &[&str]) -> Option<Self> {
        use OrderAct as A;
        Some(match (op, rest) {
            ("os", []) => A::Show,
            ("oc", []) => A::CancelAsk,
            ("oC", []) => A::Cancel,
            ("or", []) => A::CancelRequest,
            ("oe", []) => A::Change,
            ("oy", []) => A::Agree,
            ("on", []) => A::Decline,
            ("oa", []) => A::Again,
            ("ok", []) => A::Save,
            ("ol", []) => A::Lines,
            ("ob", []) => A::Back,
            ("kc", []) => A::Card,
            ("kw", []) => A::Work,
            ("ke", []) => A::Amend,
            ("kP", []) => A::Print,
            ("ka", [minutes]) => A::Accept(minutes.parse().ok()?),
            ("kr", []) => A::RejectAsk,
            ("kR", [reason]) => A::Reject((*reason).into()),
            ("kp", []) => A::Prepare,
            ("ky", []) => A::Ready,
            ("kh", []) => A::HandOver,
            ("ks", []) => A::Serve,
            ("kd", []) => A::Dispatch,
            ("kD", []) => A::Deliver,
            ("kf", []) => A::FailAsk,
            ("kF", [reason]) => A::Fail((*reason).into()),
            ("kg", []) => A::GrantCancel,
            ("kn", []) => A::RefuseAsk,
            ("kN", [reason]) => A::RefuseCancel((*reason).into()),
            _ => return None,
        })
    }
}
