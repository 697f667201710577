//! The grammar of callback data: what a button means, in at most 64 bytes.
//!
//! `operation.argument.argument~version`. The version is the living message's card version for
//! screens and the order's version for order cards; an older one is a stale button. Data is
//! untrusted: parsing gives a value or nothing, never a panic, and rights are checked where the
//! operation is carried out. Names never travel here, only ids.

mod again;
mod approval;
mod audit;
mod await_item;
mod away;
mod by_hand;
mod company;
mod credit;
mod learn;
mod look;
mod notify;
mod order;
mod own_data;
mod pause;
mod profile;
mod quick;
mod said;
mod saved;
mod schedule;
mod statement;
mod stock;
mod team;

use crate::domain::pauses::Scope;
use crate::kernel::{LineId, OrderId};

pub use again::AgainAct;
pub use approval::{ApprovalAct, WaitingAct};
pub use audit::AuditAct;
pub use await_item::AwaitAct;
pub use away::AwayAct;
pub use by_hand::ByHandAct;
pub use company::CompanyAct;
pub use credit::CreditAct;
pub use learn::LearnAct;
pub use look::LookAct;
pub use notify::NotifyAct;
pub use order::OrderAct;
pub use own_data::OwnDataAct;
pub use pause::PauseAct;
pub use profile::{ProfileAct, What};
pub use quick::QuickAct;
pub use said::SaidAct;
pub use saved::{SavedAct, Source};
pub use schedule::{DateAct, ScheduleAct, Today};
pub use statement::{Format, StatementAct};
pub use stock::StockAct;
pub use team::TeamAct;

/// One step up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// One more.
    More,
    /// One fewer.
    Fewer,
}

/// What a button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The first screen.
    Home,
    /// The categories.
    Menu,
    /// One page of a category, 0-based.
    Category(String, usize),
    /// An item's card, with a fresh draft.
    Item(String),
    /// Takes a variant for the draft.
    Variant(String),
    /// A tap on a choice of the draft: open group and choice by their places on the card.
    Choice(usize, usize),
    /// The next quantifier (extra, light, without) of a choice.
    Quantifier(usize, usize),
    /// Changes the draft's quantity.
    Amount(Nudge),
    /// Puts the draft into the cart.
    Add,
    /// The cart.
    Cart,
    /// One page of a long cart, 0-based.
    CartPage(usize),
    /// One line of the cart.
    Line(LineId),
    /// Changes a line's quantity.
    LineAmount(LineId, Nudge),
    /// Removes a line.
    LineRemove(LineId),
    /// Opens a line's options.
    LineEdit(LineId),
    /// Asks for a note on a line.
    LineNote(LineId),
    /// Asks before the cart is emptied.
    Empty,
    /// Empties the cart for sure.
    EmptyYes,
    /// Begins or goes on with the flow of this id.
    Begin(String),
    /// Leaves the cart for the next step.
    Checkout,
    /// Asks by which flow the cart is to be ordered.
    Ways,
    /// Leaves the cart by this flow.
    CheckoutBy(String),
    /// The present step of the flow.
    Step,
    /// Answers the present step.
    Answer(String),
    /// Ticks one of several choices, or takes its tick away.
    Tick(String),
    /// Takes the prefilled answer.
    Known,
    /// Yes to the present step.
    Yes,
    /// No to the present step.
    No,
    /// Skips the present step.
    Skip,
    /// Back to the step before.
    Back,
    /// Asks whether to cancel.
    Cancel,
    /// Cancels for sure.
    CancelYes,
    /// Goes on after all.
    CancelNo,
    /// Everything at a glance.
    Review,
    /// Changes one step from the review.
    Change(String),
    /// Puts a substitute in the place of a short item.
    Replace(String, String),
    /// Takes what is left of a short item.
    TakeLeft(String),
    /// Takes all lines of a short item out.
    Drop(String),
    /// Keeps what is set aside: the review anew, below.
    Keep,
    /// Places the order.
    Place,
    /// My orders.
    Orders,
    /// One's own profile.
    Profile(ProfileAct),
    /// An order written as a list.
    Quick(QuickAct),
    /// An order in one's own words.
    Said(SaidAct),
    /// One's own data: what is kept, exported, erased.
    OwnData(OwnDataAct),
    /// Ready-made and saved orders.
    Saved(SavedAct),
    /// Saved orders that are repeated.
    Schedule(ScheduleAct),
    /// What is ordered again.
    Again(AgainAct),
    /// Items that somebody waits for.
    Await(AwaitAct),
    /// What was learned from customers' words.
    Learn(LearnAct),
    /// The languages.
    Languages,
    /// Takes a language.
    Language(String),
    /// Which messages come, and when silently.
    Notify(NotifyAct),
    /// Whether orders are taken, for staff: the shop's or a flow's.
    Pause(Scope, PauseAct),
    /// The help screen.
    Help,
    /// An order's card.
    Order(OrderId, OrderAct),
    /// A request for approval.
    Approval(OrderId, ApprovalAct),
    /// The requests that wait for somebody.
    Waiting(WaitingAct),
    /// Whether somebody of the team is away.
    Away(AwayAct),
    /// The customer answers what was asked about an order.
    Reply(OrderId),
    /// What a group is for.
    GroupFor(String),
    /// Takes an invite back, by its token.
    TakeBack(String),
    /// A page of a list of orders, for staff.
    Look(LookAct),
    /// The stock, for staff.
    Stock(StockAct),
    /// Companies that order here.
    Company(CompanyAct),
    /// Statements of account.
    Statement(StatementAct),
    /// Accounts, for staff.
    Credit(CreditAct),
    /// The team, for whoever manages it.
    Team(TeamAct),
    /// The record of what was done, for whoever reads it.
    Audit(AuditAct),
    /// Orders that the team takes for customers.
    ByHand(ByHandAct),
    /// Calls a waiter to the guest's table.
    Waiter,
    /// One page of the shop's tables, 0-based.
    Tables(usize),
    /// A table's code.
    TableCode(String),
    /// Asks whether to make a new code for a table; the generation of the present one.
    TableAsk(String, i64),
    /// Makes a new code for a table for sure.
    TableRenew(String, i64),
}

/// Telegram's limit for callback data, in bytes.
pub const MAX_DATA_BYTES: usize = 64;

impl Route {
    /// The data of a button, with the version it belongs to.
    pub fn data(&self, version: i64) -> String {
        format!("{}~{version}", self.path())
    }

    /// The route alone, as a session keeps the present screen.
    pub fn path(&self) -> String {
        use Route as R;
        match self {
            R::Home => "h".into(),
            R::Menu => "m".into(),
            R::Category(id, page) => format!("m.{id}.{page}"),
            R::Item(id) => format!("i.{id}"),
            R::Variant(id) => format!("iv.{id}"),
            R::Choice(g, c) => format!("io.{g}.{c}"),
            R::Quantifier(g, c) => format!("if.{g}.{c}"),
            R::Amount(nudge) => format!("iq.{}", sign(*nudge)),
            R::Add => "ia".into(),
            R::Cart => "c".into(),
            R::CartPage(page) => format!("cp.{page}"),
            R::Line(line) => format!("cl.{line}"),
            R::LineAmount(line, nudge) => format!("cq.{line}.{}", sign(*nudge)),
            R::LineRemove(line) => format!("cx.{line}"),
            R::LineEdit(line) => format!("ce.{line}"),
            R::LineNote(line) => format!("cn.{line}"),
            R::Empty => "c0".into(),
            R::EmptyYes => "c!".into(),
            R::Begin(flow) => format!("b.{flow}"),
            R::Checkout => "co".into(),
            R::Ways => "w".into(),
            R::CheckoutBy(flow) => format!("w.{flow}"),
            R::Step => "s".into(),
            R::Answer(value) => format!("sa.{value}"),
            R::Tick(choice) => format!("st.{choice}"),
            R::Known => "sp".into(),
            R::Yes => "s1".into(),
            R::No => "s0".into(),
            R::Skip => "ss".into(),
            R::Back => "sb".into(),
            R::Cancel => "sc".into(),
            R::CancelYes => "sy".into(),
            R::CancelNo => "sn".into(),
            R::Review => "r".into(),
            R::Change(step) => format!("rc.{step}"),
            R::Replace(short, with) => format!("rs.{short}.{with}"),
            R::TakeLeft(short) => format!("rl.{short}"),
            R::Drop(short) => format!("rx.{short}"),
            R::Keep => "rk".into(),
            R::Place => "rp".into(),
            R::Orders => "o".into(),
            R::Profile(act) => act.path(),
            R::OwnData(act) => act.path(),
            R::Saved(act) => act.path(),
            R::Quick(act) => act.path(),
            R::Said(act) => act.path(),
            R::Schedule(act) => act.path(),
            R::Again(act) => act.path(),
            R::Await(act) => act.path(),
            R::Learn(act) => act.path(),
            R::Languages => "l".into(),
            R::Language(tag) => format!("ll.{tag}"),
            R::Notify(act) => act.path(),
            R::Pause(scope, act) => act.path(scope),
            R::Help => "hp".into(),
            R::Order(id, act) => act.path(*id),
            R::Approval(id, act) => act.path(*id),
            R::Waiting(act) => act.path(),
            R::Away(act) => act.path(),
            R::Reply(id) => format!("aa.{id}"),
            R::GroupFor(purpose) => format!("g.{purpose}"),
            R::TakeBack(token) => format!("tx.{token}"),
            R::Look(act) => act.path(),
            R::Stock(act) => act.path(),
            R::Company(act) => act.path(),
            R::Statement(act) => act.path(),
            R::Credit(act) => act.path(),
            R::Team(act) => act.path(),
            R::Audit(act) => act.path(),
            R::ByHand(act) => act.path(),
            R::Waiter => "tw".into(),
            R::Tables(page) => format!("t.{page}"),
            R::TableCode(id) => format!("tc.{id}"),
            R::TableAsk(id, generation) => format!("ta.{id}.{generation}"),
            R::TableRenew(id, generation) => format!("tr.{id}.{generation}"),
        }
    }

    /// Whether this screen is a part of putting an order together.
    pub fn is_ordering(&self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Menu
                | Self::Category(..)
                | Self::Item(_)
                | Self::Cart
                | Self::CartPage(_)
                | Self::Line(_)
                | Self::LineNote(_)
                | Self::Empty
                | Self::Ways
                | Self::Again(_)
                | Self::Said(_)
                | Self::Step
                | Self::Review
                | Self::Cancel
        )
    }

    /// Reads a button's data: the route and its version. `None` for anything not ours.
    pub fn parse(data: &str) -> Option<(Self, i64)> {
        if data.len() > MAX_DATA_BYTES {
            return None;
        }
        let (path, version) = data.rsplit_once('~')?;
        Some((Self::from_path(path)?, version.parse().ok()?))
    }

    /// Reads a session's screen.
    pub fn from_path(path: &str) -> Option<Self> {
        use Route as R;
        let parts: Vec<&str> = path.split('.').collect();
        Some(match parts.as_slice() {
            ["h"] => R::Home,
            ["m"] => R::Menu,
            ["m", id, page] => R::Category((*id).into(), page.parse().ok()?),
            ["i", id] => R::Item((*id).into()),
            ["iv", id] => R::Variant((*id).into()),
            ["io", g, c] => R::Choice(g.parse().ok()?, c.parse().ok()?),
            ["if", g, c] => R::Quantifier(g.parse().ok()?, c.parse().ok()?),
            ["iq", nudge] => R::Amount(unsign(nudge)?),
            ["ia"] => R::Add,
            ["c"] => R::Cart,
            ["cp", page] => R::CartPage(page.parse().ok()?),
            ["cl", line] => R::Line(LineId(line.parse().ok()?)),
            ["cq", line, nudge] => R::LineAmount(LineId(line.parse().ok()?), unsign(nudge)?),
            ["cx", line] => R::LineRemove(LineId(line.parse().ok()?)),
            ["ce", line] => R::LineEdit(LineId(line.parse().ok()?)),
            ["cn", line] => R::LineNote(LineId(line.parse().ok()?)),
            ["c0"] => R::Empty,
            ["c!"] => R::EmptyYes,
            ["b", flow] => R::Begin((*flow).into()),
            ["co"] => R::Checkout,
            ["w"] => R::Ways,
            ["w", flow] => R::CheckoutBy((*flow).into()),
            ["s"] => R::Step,
            ["sa", value] => R::Answer((*value).into()),
            ["st", choice] => R::Tick((*choice).into()),
            ["sp"] => R::Known,
            ["s1"] => R::Yes,
            ["s0"] => R::No,
            ["ss"] => R::Skip,
            ["sb"] => R::Back,
            ["sc"] => R::Cancel,
            ["sy"] => R::CancelYes,
            ["sn"] => R::CancelNo,
            ["r"] => R::Review,
            ["rc", step] => R::Change((*step).into()),
            ["rs", short, with] => R::Replace((*short).into(), (*with).into()),
            ["rl", short] => R::TakeLeft((*short).into()),
            ["rx", short] => R::Drop((*short).into()),
            ["rk"] => R::Keep,
            ["rp"] => R::Place,
            ["o"] => R::Orders,
            [op, ..] if op.starts_with('P') => R::Profile(ProfileAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('X') => R::OwnData(OwnDataAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('B') => R::Await(AwaitAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('L') => R::Learn(LearnAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('A') => R::Again(AgainAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('W') => R::Said(SaidAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('Q') => R::Quick(QuickAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('S') => R::Schedule(ScheduleAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('T') => R::Saved(SavedAct::from_parts(&parts)?),
            ["l"] => R::Languages,
            ["ll", tag] => R::Language((*tag).into()),
            ["n", act] => R::Notify(NotifyAct::read(act)?),
            [op, ..] if op.starts_with('p') => {
                let (scope, act) = PauseAct::from_parts(&parts)?;
                R::Pause(scope, act)
            }
            ["hp"] => R::Help,
            ["g", purpose] => R::GroupFor((*purpose).into()),
            [op, ..] if op.starts_with('v') => R::Away(AwayAct::from_parts(&parts)?),
            ["aa", id] => R::Reply(OrderId(id.parse().ok()?)),
            ["al" | "ab" | "aB", ..] => R::Waiting(WaitingAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('a') => {
                let (id, act) = ApprovalAct::from_parts(&parts)?;
                R::Approval(id, act)
            }
            ["tx", token] => R::TakeBack((*token).into()),
            [op, ..] if op.starts_with('q') => R::Look(LookAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('w') => R::Stock(StockAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('y') => R::Company(CompanyAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('z') => R::Statement(StatementAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('d') => R::Credit(CreditAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('e') => R::Team(TeamAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('u') => R::Audit(AuditAct::from_parts(&parts)?),
            [op, ..] if op.starts_with('f') => R::ByHand(ByHandAct::from_parts(&parts)?),
            ["tw"] => R::Waiter,
            ["t", page] => R::Tables(page.parse().ok()?),
            ["tc", id] => R::TableCode((*id).into()),
            ["ta", id, generation] => R::TableAsk((*id).into(), generation.parse().ok()?),
            ["tr", id, generation] => R::TableRenew((*id).into(), generation.parse().ok()?),
            [op, id, rest @ ..] => {
                R::Order(OrderId(id.parse().ok()?), OrderAct::from_parts(op, rest)?)
            }
            _ => return None,
        })
    }
}

fn sign(nudge: Nudge) -> char {
    match nudge {
        Nudge::More => '+',
        Nudge::Fewer => '-',
    }
}

fn unsign(text: &str) -> Option<Nudge> {
    match text {
        "+" => Some(Nudge::More),
        "-" => Some(Nudge::Fewer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::domain::credit::statement::Span;
    use crate::kernel::{AccountId, CustomerId};

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let id = OrderId(i64::MAX);
        let christmas = "2026-12-24".parse().unwrap();
        let date = |act| ScheduleAct::Date(i64::MAX, christmas, act);
        let routes = [
            Route::Home,
            Route::Category("hot-dishes".into(), 12),
            Route::Item("a".repeat(24)),
            Route::Choice(3, 11),
            Route::LineAmount(LineId(50), Nudge::Fewer),
            Route::Replace("a".repeat(24), "b".repeat(24)),
            Route::Answer("in-30".into()),
            Route::Answer("2026-11-24_10:00-12:00".into()),
            Route::Tick("a".repeat(24)),
            Route::Ways,
            Route::CheckoutBy("a".repeat(24)),
            Route::Language("zh-CN".into()),
            Route::OwnData(OwnDataAct::Export),
            Route::OwnData(OwnDataAct::Ask),
            Route::OwnData(OwnDataAct::Erase),
            Route::Notify(NotifyAct::Show),
            Route::Notify(NotifyAct::Want(
                crate::domain::orders::pushes::Wanted::Important,
            )),
            Route::Notify(NotifyAct::QuietShop),
            Route::Notify(NotifyAct::QuietOff),
            Route::Notify(NotifyAct::QuietAsk),
            Route::Order(id, OrderAct::Accept(20)),
            Route::Order(id, OrderAct::Reject("r".repeat(24))),
            Route::Order(id, OrderAct::RefuseCancel("late".into())),
            Route::Order(id, OrderAct::Fail("r".repeat(24))),
            Route::Order(id, OrderAct::Deliver),
            Route::Order(id, OrderAct::Change),
            Route::Approval(id, ApprovalAct::Show),
            Route::Approval(id, ApprovalAct::Card),
            Route::Approval(id, ApprovalAct::Approve(None)),
            Route::Approval(id, ApprovalAct::Approve(Some(1440))),
            Route::Approval(id, ApprovalAct::RejectAsk),
            Route::Approval(id, ApprovalAct::Reject("r".repeat(24))),
            Route::Approval(id, ApprovalAct::RejectTyped),
            Route::Approval(id, ApprovalAct::AskHow),
            Route::Approval(id, ApprovalAct::AskTyped),
            Route::Approval(id, ApprovalAct::LeaveTyped),
            Route::Waiting(WaitingAct::Page(3)),
            Route::Waiting(WaitingAct::AllAsk),
            Route::Waiting(WaitingAct::All),
            Route::Reply(id),
            Route::Away(AwayAct::Show),
            Route::Away(AwayAct::Days(7)),
            Route::Away(AwayAct::Until(1 << 39, None)),
            Route::Away(AwayAct::Until(
                1 << 39,
                Some(crate::kernel::CustomerId(i64::MAX)),
            )),
            Route::Away(AwayAct::Back),
            Route::GroupFor("kitchen".into()),
            Route::TakeBack("f".repeat(32)),
            Route::Look(LookAct::Day("2026-11-25".into(), 12)),
            Route::Look(LookAct::Number(99_999, usize::MAX)),
            Route::Pause(Scope::Shop, PauseAct::Show),
            Route::Pause(Scope::Flow("f".repeat(24)), PauseAct::Minutes(1440)),
            Route::Pause(Scope::Flow("f".repeat(24)), PauseAct::Day),
            Route::Pause(Scope::Shop, PauseAct::Open),
            Route::Pause(Scope::Shop, PauseAct::Wordless),
            Route::Pause(Scope::Flow("dine-in".into()), PauseAct::Resume),
            Route::Stock(StockAct::Nudge(-10)),
            Route::Stock(StockAct::Book("waste".into())),
            Route::Stock(StockAct::Choice("g".repeat(24), "c".repeat(24))),
            Route::ByHand(ByHandAct::For(CustomerId::by_phone(i64::MAX))),
            Route::Statement(StatementAct::Accounts),
            Route::Statement(StatementAct::Open(
                AccountId::Company("c".repeat(24).as_str().into()),
                Span::parse("20261001-20261115").unwrap(),
            )),
            Route::Statement(StatementAct::File(
                AccountId::Person(CustomerId(i64::MAX)),
                Span::All,
                Format::Xlsx,
            )),
            Route::Order(id, OrderAct::Agree),
            Route::Order(id, OrderAct::Again),
            Route::Again(AgainAct::Show),
            Route::Said(SaidAct::Show),
            Route::Said(SaidAct::Take(i64::MAX, 11)),
            Route::Said(SaidAct::Leave(1)),
            Route::Said(SaidAct::Choose(1)),
            Route::Said(SaidAct::Undo(i64::MAX)),
            Route::Schedule(ScheduleAct::Open(i64::MAX)),
            Route::Schedule(ScheduleAct::Day(i64::MAX, 6)),
            Route::Schedule(ScheduleAct::Times(i64::MAX)),
            Route::Schedule(ScheduleAct::Time(i64::MAX, 1439)),
            Route::Schedule(ScheduleAct::AutoAsk(1)),
            Route::Schedule(ScheduleAct::Auto(i64::MAX, i64::MAX)),
            Route::Schedule(ScheduleAct::AutoOff(1)),
            Route::Schedule(ScheduleAct::PauseAsk(1)),
            Route::Schedule(ScheduleAct::Pause(i64::MAX, None, Today::Ask)),
            Route::Schedule(ScheduleAct::Pause(
                i64::MAX,
                "2026-12-24".parse().ok(),
                Today::Keep,
            )),
            Route::Schedule(ScheduleAct::Pause(1, None, Today::Cancel)),
            Route::Schedule(ScheduleAct::Resume(1)),
            Route::Schedule(ScheduleAct::Skip(1)),
            Route::Schedule(ScheduleAct::Unskip(1)),
            Route::Schedule(ScheduleAct::Lines(1)),
            Route::Schedule(ScheduleAct::Line(i64::MAX, 49)),
            Route::Schedule(ScheduleAct::StopAsk(1)),
            Route::Schedule(ScheduleAct::Stop(1)),
            Route::Schedule(date(DateAct::Yes)),
            Route::Schedule(date(DateAct::Change)),
            Route::Schedule(date(DateAct::Skip)),
            Route::Schedule(date(DateAct::Lines)),
            Route::Schedule(date(DateAct::Line(49))),
            Route::Schedule(date(DateAct::Back)),
            Route::Schedule(date(DateAct::Undo)),
            Route::Await(AwaitAct::List),
            Route::Learn(LearnAct::List(12)),
            Route::Learn(LearnAct::Open(i64::MAX)),
            Route::Learn(LearnAct::Accept(i64::MAX)),
            Route::Learn(LearnAct::Decline(1)),
            Route::Learn(LearnAct::Remove(1)),
            Route::Learn(LearnAct::Mine(3)),
            Route::Learn(LearnAct::Forget(i64::MAX)),
            Route::Learn(LearnAct::ForgetAll),
            Route::Saved(SavedAct::List(2)),
            Route::Saved(SavedAct::TemplateGo("t".repeat(24), 12)),
            Route::Saved(SavedAct::Amount(i64::MAX, 49, Nudge::Fewer)),
            Route::Saved(SavedAct::Keep(Source::Cart)),
            Route::Saved(SavedAct::KeepSo(Source::Order(id))),
            Route::Saved(SavedAct::Lines(i64::MAX, 8)),
            Route::Await(AwaitAct::Open("i".repeat(24))),
            Route::Notify(NotifyAct::Back),
            Route::Again(AgainAct::Order(id)),
            Route::Again(AgainAct::Put(49, "i".repeat(24))),
            Route::Again(AgainAct::Toggle(49, 7)),
            Route::Again(AgainAct::Usual(0)),
            Route::Again(AgainAct::Tell(3)),
            Route::Order(id, OrderAct::Amend),
            Route::Approval(id, ApprovalAct::Change),
            Route::Waiter,
            Route::Tables(7),
            Route::TableCode("t".repeat(24)),
            Route::TableAsk("5".into(), 3),
            Route::TableRenew("t".repeat(24), 1_000_000),
        ];
        for route in routes {
            let data = route.data(123_456);
            assert!(data.len() <= MAX_DATA_BYTES, "{data}");
            assert_eq!(Route::parse(&data), Some((route, 123_456)), "{data}");
        }
    }

    proptest! {
        #[test]
        fn forged_data_never_panics(data in ".{0,80}") {
            let _ = Route::parse(&data);
        }
    }
}
