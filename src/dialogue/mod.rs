//! The engine of conversations: flow definitions, sessions, `advance`. Pure.
//!
//! It knows kinds of steps, never shops, catalogues or Telegram. `flow` is what a merchant
//! writes, `advance` what happens with it, `answer` what counts as an answer to a step,
//! `calendar` the days and windows a step may offer, `condition` when a step is asked, `facts` what
//! that may read, `patterns` the words of repair that all flows share, `diagram` a flow as a drawing.

pub mod advance;
pub mod answer;
pub mod calendar;
pub mod condition;
pub mod diagram;
pub mod facts;
pub mod flow;
pub mod patterns;
pub mod session;

pub use advance::{End, Input, Note, Outcome, ScreenEnd, Then, Turn, advance};
pub use answer::Refusal;
pub use calendar::{Calendar, Slot, Slots, Span};
pub use condition::{Condition, ConditionFault};
pub use facts::Facts;
pub use flow::{Choice, Field, Flow, Pattern, Prefill, PrefillMode, Step, StepKind};
pub use patterns::Patterns;
pub use session::{Answer, Place, Point, Seat, Session};
