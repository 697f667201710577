//! Puts an order together apart from what the person is doing: that stands afterwards as before.
//!
//! What goes on apart is the person's own, by the same flows, prices and rules; nothing of it is
//! shown on the living message. Must never outlive its turn.

use std::mem::take;

use crate::chat::Text;
use crate::dialogue::Session;
use crate::kernel::OrderId;

use super::cx::Cx;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Apart {
    /// The order that was placed, and whether more came at that time than a group takes as cards.
    pub placed: Option<(OrderId, bool)>,
}

/// What was set aside.
pub struct Aside {
    session: Session,
    notices: Vec<Text>,
}

/// Sets aside what the person is doing.
pub fn enter(cx: &mut Cx<'_>) -> Aside {
    let aside = Aside {
        session: cx.session.clone(),
        notices: take(&mut cx.notices),
    };
    let session = &mut cx.session;
    (session.dialogue, session.cart, session.draft) = (None, None, None);
    (session.refill, session.said, session.seat) = (None, None, None);
    (session.shown_minor, session.shown_company) = (None, None);
    let by_hand = session.by_hand.take();
    cx.apart = Some(Apart::default());
    if let Some(by_hand) = by_hand {
        // What was looked at is somebody else's.
        cx.session.company = by_hand.own.company;
        cx.look_again();
    }
    aside
}

/// Goes back to it; gives what came of what went on apart.
pub fn leave(cx: &mut Cx<'_>, aside: Aside) -> Apart {
    let is_by_hand = aside.session.by_hand.is_some();
    (cx.session, cx.notices) = (aside.session, aside.notices);
    if is_by_hand {
        cx.look_again();
    }
    cx.apart.take().unwrap_or_default()
}
