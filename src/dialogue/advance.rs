//! One turn of one conversation: which step comes next, and what is said before it.
//!
//! Pure and total: any input at any place gives a place that exists, or an end. What must
//! happen outside comes back as [`Then`]. Design notes: the review is a step like any other
//! and is never answered, so a flow always ends there; an answer given earlier is kept by
//! Back and offered again; steps whose condition fails, with a single choice, or filled
//! silently from the profile are not asked and don't count in "2/5".

use super::answer::Refusal;
use super::calendar::Calendar;
use super::condition::Condition;
use super::facts::Facts;
use super::flow::{Flow, PrefillMode, Step, StepKind};
use super::session::{Answer, Place, Point};

/// Not understood this many times in a row at one step: another way is offered.
pub const MAX_UNCLEAR: u32 = 3;

/// What the conversation hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Starts the flow, or goes on with it.
    Begin,
    /// Words, a shared phone number, or a choice's id.
    Value(String),
    /// A shared place.
    Pin(Point),
    /// A picture, by its id.
    Photo(String),
    /// An answer as it is kept somewhere.
    Kept(Answer),
    /// Ticks one of several choices, or takes its tick away.
    Tick(String),
    /// The offered known answer is taken.
    Known,
    /// Yes: to a yes-or-no step, to placing, to leaving.
    Yes,
    /// No: to a yes-or-no step, to leaving.
    No,
    /// The step before.
    Back,
    /// Leaves an optional step out.
    Skip,
    /// Leaves the order.
    Cancel,
    /// A button of an older message.
    StaleButton,
    /// Something that is no answer at all (a sticker).
    Unclear,
    /// What an operation came to.
    Ran(Outcome),
    /// What a rich screen came to.
    Screen(ScreenEnd),
    /// Goes to a step to change its answer.
    Goto(String),
}

/// What an operation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order is placed.
    Done,
    /// It was refused; the step that can mend it, if one can.
    Refused(Option<String>),
}

/// What a rich screen came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenEnd {
    /// The person is done with it.
    Done,
    /// The person went back.
    Back,
    /// The person wants to leave the order.
    Cancel,
}

/// What is said before the next step is shown. The words are in [`super::Patterns`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The answer does not fit; the step's `invalid` text, if it has one, says so better.
    Refused(Refusal),
    /// Not understood: the question again with its example.
    Unclear,
    /// Not understood too often: another way is offered.
    HandOff,
    /// An old button: this is where we are.
    Resumed,
    /// The step where the conversation stood is gone, or an answer no longer fits.
    StepGone,
    /// This step can't be left out.
    NotOptional,
    /// This step's answer was changed from the review.
    Corrected(String),
}

/// What comes now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// The place's step is asked: number `at` of `of`.
    Ask {
        /// 1-based.
        at: usize,
        /// Steps altogether, as far as is known now.
        of: usize,
    },
    /// The person is asked whether to leave the order.
    AskCancel,
    /// The order is to be placed; its outcome comes back as [`Input::Ran`].
    Run,
    /// Back from the first step: the conversation is left for now and can be resumed.
    Leave,
    /// The conversation is over.
    Ended(End),
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The order is placed.
    Placed,
    /// The person left the order.
    Cancelled,
}

/// What a turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Where the conversation stands now. After an end: where it stood.
    pub place: Place,
    /// What is said first, in this order.
    pub notes: Vec<Note>,
    /// What comes now.
    pub then: Then,
}

/// One turn of one conversation.
pub fn advance(flow: &Flow, place: Place, input: Input, facts: &Facts) -> Turn {
    let talk = Talk::new(flow, place, facts);
    if talk.place.cancelling {
        return talk.answer_to_cancel(input);
    }
    let Some(step) = talk.step() else {
        return talk.then(Then::Run);
    };
    match (&step.kind, input) {
        (_, Input::Begin) => talk.ask(),
        (StepKind::Items | StepKind::Review, Input::Value(_)) => talk.unclear(),
        (StepKind::Choices { .. }, Input::Tick(id)) => talk.ticked(step, id),
        (StepKind::Choices { .. }, Input::Value(words)) => match step.choice(&words) {
            Some(choice) => talk.ticked(step, choice.id.clone()),
            None => talk.refused(Refusal::NotAChoice),
        },
        (StepKind::Choices { .. }, Input::Screen(ScreenEnd::Done)) => {
            let ticked = talk.place.ticked.clone();
            talk.heard(step.accept_ticked(&ticked))
        }
        (StepKind::Items | StepKind::Review, Input::Pin(_) | Input::Photo(_) | Input::Kept(_)) => {
            talk.unclear()
        }
        (_, Input::Value(words)) => {
            let answer = step.accept(&words, &facts.calendar);
            talk.heard(answer)
        }
        (_, Input::Pin(pin)) => talk.heard(step.accept_pin(pin)),
        (_, Input::Photo(id)) => talk.heard(step.accept_photo(&id)),
        (_, Input::Kept(answer)) => match step.still_accepts(&answer, &facts.calendar) {
            true => talk.answered(answer),
            false => talk.unclear(),
        },
        (_, Input::Known) => match known(step, &talk.place, facts) {
            Some(answer) => talk.answered(answer),
            None => talk.unclear(),
        },
        (StepKind::YesNo, Input::Yes) => talk.answered(Answer::Flag(true)),
        (StepKind::YesNo, Input::No) => talk.answered(Answer::Flag(false)),
        (StepKind::Review, Input::Yes | Input::Screen(ScreenEnd::Done)) => talk.settle(),
        (StepKind::Items, Input::Screen(ScreenEnd::Done)) => talk.answered(Answer::Done),
        (
            _,
            Input::Yes
            | Input::No
            | Input::Tick(_)
            | Input::Screen(ScreenEnd::Done)
            | Input::Unclear,
        ) => talk.unclear(),
        (_, Input::Back | Input::Screen(ScreenEnd::Back)) => talk.back(),
        (_, Input::Skip) if step.optional => talk.answered(Answer::Skipped),
        (_, Input::Skip) => talk.note(Note::NotOptional).ask(),
        (_, Input::Cancel | Input::Screen(ScreenEnd::Cancel)) => talk.cancel(),
        (_, Input::StaleButton) => talk.note(Note::Resumed).ask(),
        (_, Input::Ran(Outcome::Done)) => talk.then(Then::Ended(End::Placed)),
        (_, Input::Ran(Outcome::Refused(Some(id)))) => talk.change(&id),
        (_, Input::Ran(Outcome::Refused(None))) => talk.ask(),
        (_, Input::Goto(id)) => talk.change(&id),
    }
}

/// The answer that a step offers to be confirmed by one tap: given before in this
/// conversation, or known from the profile.
pub fn known(step: &Step, place: &Place, facts: &Facts) -> Option<Answer> {
    let given = place
        .answers
        .get(&step.id)
        .filter(|answer| !matches!(answer, Answer::Skipped | Answer::Done))
        .filter(|answer| step.still_accepts(answer, &facts.calendar));
    given.cloned().or_else(|| from_profile(step, facts))
}

/// The steps that are asked, with what is known now, and the review. One that is filled in
/// silently is among them once somebody stood at it to change it.
pub fn asked<'f>(flow: &'f Flow, place: &Place, facts: &Facts) -> Vec<&'f Step> {
    flow.steps
        .iter()
        .filter(|step| applies(step, flow, place, facts))
        .filter(|step| settled(step, facts).is_none() || is_taken_up(step, place, facts))
        .collect()
}

/// Whether a step that need not be asked was answered in this conversation all the same, or is
/// just being changed: then it keeps its place among the others.
fn is_taken_up(step: &Step, place: &Place, facts: &Facts) -> bool {
    let is_here = place.step == step.id || place.answers.contains_key(&step.id);
    is_here && step.only_answer(&facts.calendar).is_none()
}

/// The answers that count, in the flow's order: those of steps whose condition holds.
pub fn given<'f>(flow: &'f Flow, place: &Place, facts: &Facts) -> Vec<(&'f Step, Answer)> {
    flow.steps
        .iter()
        .filter(|step| !step.is_screen() && applies(step, flow, place, facts))
        .filter_map(|step| {
            let answer = place.answers.get(&step.id).cloned();
            Some((step, answer.or_else(|| settled(step, facts))?))
        })
        .collect()
}

fn from_profile(step: &Step, facts: &Facts) -> Option<Answer> {
    step.prefill?;
    kept(step, facts.known.get(&step.id)?, &facts.calendar)
}

/// An answer as it was kept for the next order, if it still is one.
pub fn kept(step: &Step, words: &str, calendar: &Calendar) -> Option<Answer> {
    match step.kind {
        StepKind::YesNo => words.parse().ok().map(Answer::Flag),
        StepKind::Choices { .. } | StepKind::Location | StepKind::Address { .. } => {
            serde_json::from_str(words)
                .ok()
                .filter(|answer| step.still_accepts(answer, calendar))
        }
        _ => step.accept(words, calendar).ok(),
    }
}

/// The answer of a step that need not be asked: there is no other, or it is filled in silently.
pub(super) fn settled(step: &Step, facts: &Facts) -> Option<Answer> {
    let left_out = || step.optional.then_some(Answer::Skipped);
    match step.prefill_mode {
        PrefillMode::Silent => from_profile(step, facts).or_else(left_out),
        PrefillMode::Once => from_profile(step, facts),
        PrefillMode::Ask => None,
    }
    .or_else(|| step.only_answer(&facts.calendar))
}

/// A condition that can't be told counts as true: asking too much is better than too little.
fn applies(step: &Step, flow: &Flow, place: &Place, facts: &Facts) -> bool {
    step.when
        .as_ref()
        .is_none_or(|when: &Condition| when.holds(flow, place, facts).unwrap_or(true))
}

struct Talk<'a> {
    flow: &'a Flow,
    facts: &'a Facts,
    place: Place,
    /// The step at which the turn began.
    begun_at: String,
    notes: Vec<Note>,
}

impl<'a> Talk<'a> {
    /// Takes up a conversation. What no longer fits the flow is dropped and said.
    fn new(flow: &'a Flow, mut place: Place, facts: &'a Facts) -> Self {
        let fresh = place.step.is_empty() && place.answers.is_empty();
        let before = place.answers.len();
        place.answers.retain(|id, answer| {
            flow.step(id)
                .is_some_and(|step| step.still_accepts(answer, &facts.calendar))
        });
        let mut lost = place.answers.len() < before;
        place.flow.clone_from(&flow.id);
        let mut talk = Self {
            begun_at: place.step.clone(),
            flow,
            facts,
            place,
            notes: Vec::new(),
        };
        let standing = talk.asked().iter().any(|step| step.id == talk.place.step);
        if !standing {
            lost |= !talk.place.step.is_empty();
            talk.place.step = talk.first_unanswered();
            talk.place.cancelling = false;
            talk.place.unclear = 0;
            // A changed flow is gone through again from here, not jumped back from.
            talk.place.returning = false;
        }
        if lost && !fresh {
            talk.notes.push(Note::StepGone);
        }
        talk
    }

    fn asked(&self) -> Vec<&'a Step> {
        asked(self.flow, &self.place, self.facts)
    }

    fn step(&self) -> Option<&'a Step> {
        self.flow.step(&self.place.step)
    }

    /// The id of the first step without an answer; empty if there is none.
    fn first_unanswered(&self) -> String {
        self.asked()
            .iter()
            .find(|step| self.is_open(step))
            .map(|step| step.id.clone())
            .unwrap_or_default()
    }

    fn is_open(&self, step: &Step) -> bool {
        !self.place.answers.contains_key(&step.id)
    }

    fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    fn then(self, then: Then) -> Turn {
        Turn {
            place: self.place,
            notes: self.notes,
            then,
        }
    }

    /// Asks the present step. Where several may be chosen, what is known is ticked on arrival.
    fn ask(mut self) -> Turn {
        if self.place.step != self.begun_at {
            self.place.ticked = match self.step() {
                Some(step) => match known(step, &self.place, self.facts) {
                    Some(Answer::Many(ids)) => ids,
                    _ => Vec::new(),
                },
                None => Vec::new(),
            };
        }
        self.pin();
        let asked = self.asked();
        let of = asked.len();
        match asked.iter().position(|step| step.id == self.place.step) {
            Some(at) => self.then(Then::Ask { at: at + 1, of }),
            None => self.then(Then::Run),
        }
    }

    /// Keeps the day and the window that the review shows although nobody was asked for them:
    /// when they are gone, others are shown before anything is placed.
    fn pin(&mut self) {
        if self.step().is_none_or(|step| step.kind != StepKind::Review) {
            return;
        }
        for step in &self.flow.steps {
            let passes = matches!(step.kind, StepKind::Date { .. } | StepKind::Slot(_));
            if passes
                && applies(step, self.flow, &self.place, self.facts)
                && let Some(only) = step.only_answer(&self.facts.calendar)
            {
                let answers = &mut self.place.answers;
                answers.entry(step.id.clone()).or_insert(only);
            }
        }
    }

    fn unclear(mut self) -> Turn {
        self.place.unclear = self.place.unclear.saturating_add(1);
        if self.place.unclear >= MAX_UNCLEAR {
            self.place.unclear = 0;
            return self.note(Note::HandOff).ask();
        }
        self.note(Note::Unclear).ask()
    }

    /// What came of reading an answer.
    fn heard(self, answer: Result<Answer, Refusal>) -> Turn {
        match answer {
            Ok(answer) => self.answered(answer),
            Err(refusal) => self.refused(refusal),
        }
    }

    /// Ticks a choice or takes its tick away. One more than may be taken is refused; where only
    /// one may be, it takes the place of the one before.
    fn ticked(mut self, step: &Step, id: String) -> Turn {
        let StepKind::Choices { max, .. } = step.kind else {
            return self.unclear();
        };
        if step.choice(&id).is_none() {
            return self.refused(Refusal::NotAChoice);
        }
        self.place.unclear = 0;
        let ticked = &mut self.place.ticked;
        match ticked.iter().position(|known| *known == id) {
            Some(at) => drop(ticked.remove(at)),
            None if max == 1 => *ticked = vec![id],
            None if ticked.len() >= max => return self.refused(Refusal::TooMany(max)),
            None => ticked.push(id),
        }
        self.ask()
    }

    fn refused(mut self, refusal: Refusal) -> Turn {
        self.place.unclear = self.place.unclear.saturating_add(1);
        let often = self.place.unclear >= MAX_UNCLEAR;
        let talk = self.note(Note::Refused(refusal));
        if often { talk.handed_off() } else { talk.ask() }
    }

    fn handed_off(mut self) -> Turn {
        self.place.unclear = 0;
        self.note(Note::HandOff).ask()
    }

    fn answered(mut self, answer: Answer) -> Turn {
        let here = self.place.step.clone();
        self.place.unclear = 0;
        self.place.answers.insert(here.clone(), answer);
        if self.place.returning {
            self.notes.push(Note::Corrected(here));
            let open = self.first_unanswered();
            // The change may have opened a step that is still to be answered first.
            self.place.returning = self.flow.step(&open).is_some_and(|step| !step.is_screen());
            self.place.step = open;
            return self.ask();
        }
        self.place.step = self.step_after(&here);
        self.ask()
    }

    /// The next step in order, or an earlier one without an answer that has come to apply.
    fn step_after(&self, here: &str) -> String {
        let order = |id: &str| self.flow.steps.iter().position(|step| step.id == id);
        let place = order(here);
        let asked = self.asked();
        let next = asked.iter().find(|step| order(&step.id) > place);
        let open = asked.iter().find(|step| self.is_open(step));
        match (next, open) {
            (Some(next), Some(open)) if order(&open.id) < order(&next.id) => open.id.clone(),
            (Some(next), _) => next.id.clone(),
            (None, Some(open)) => open.id.clone(),
            (None, None) => String::new(),
        }
    }

    fn back(mut self) -> Turn {
        self.place.unclear = 0;
        let asked = self.asked();
        if self.place.returning {
            self.place.returning = false;
            if let Some(review) = asked.iter().find(|step| step.kind == StepKind::Review) {
                self.place.step.clone_from(&review.id);
            }
            return self.ask();
        }
        let at = asked.iter().position(|step| step.id == self.place.step);
        match at
            .and_then(|at| at.checked_sub(1))
            .and_then(|before| asked.get(before))
        {
            Some(before) => {
                self.place.step.clone_from(&before.id);
                self.ask()
            }
            None => self.then(Then::Leave),
        }
    }

    /// Places the order, unless an answer is missing: one that no longer counts, or of a step that
    /// is new. Then that is asked first. Where another answer came in its place, it is shown.
    fn settle(self) -> Turn {
        let open = self.first_unanswered();
        match self.flow.step(&open).filter(|step| !step.is_screen()) {
            Some(_) => self.change(&open),
            None if self.notes.contains(&Note::StepGone) => self.ask(),
            None => self.then(Then::Run),
        }
    }

    /// Goes to a step to change its answer; then straight back to the review.
    fn change(mut self, id: &str) -> Turn {
        // One that is filled in silently is asked once somebody wants to change it.
        let there = |step: &&Step| {
            applies(step, self.flow, &self.place, self.facts)
                && step.only_answer(&self.facts.calendar).is_none()
        };
        let Some(step) = self.flow.step(id).filter(there) else {
            return self.note(Note::StepGone).ask();
        };
        self.place.unclear = 0;
        self.place.returning = match &step.kind {
            StepKind::Review => false,
            _ => {
                self.place.returning
                    || self
                        .step()
                        .is_some_and(|here| here.kind == StepKind::Review)
            }
        };
        self.place.step = id.to_owned();
        self.ask()
    }

    fn cancel(mut self) -> Turn {
        let typed = self
            .place
            .answers
            .values()
            .any(|answer| !matches!(answer, Answer::Skipped | Answer::Done));
        if self.facts.order.lines > 0 || typed {
            self.place.cancelling = true;
            return self.then(Then::AskCancel);
        }
        self.then(Then::Ended(End::Cancelled))
    }

    /// The answer to "leave this order?". Anything but Yes goes on; nothing is lost by chance.
    fn answer_to_cancel(mut self, input: Input) -> Turn {
        match input {
            Input::Yes => {
                self.place.cancelling = false;
                self.then(Then::Ended(End::Cancelled))
            }
            Input::Ran(Outcome::Done) => {
                self.place.cancelling = false;
                self.then(Then::Ended(End::Placed))
            }
            Input::Cancel | Input::Screen(ScreenEnd::Cancel) => self.then(Then::AskCancel),
            Input::StaleButton => self.note(Note::Resumed).then(Then::AskCancel),
            Input::No | Input::Back | Input::Begin | Input::Screen(ScreenEnd::Back) => {
                self.place.cancelling = false;
                self.ask()
            }
            Input::Goto(id) => {
                self.place.cancelling = false;
                self.change(&id)
            }
            Input::Ran(Outcome::Refused(_))
            | Input::Value(_)
            | Input::Pin(_)
            | Input::Photo(_)
            | Input::Kept(_)
            | Input::Tick(_)
            | Input::Known
            | Input::Skip
            | Input::Unclear
            | Input::Screen(ScreenEnd::Done) => {
                self.place.cancelling = false;
                self.note(Note::Unclear).ask()
            }
        }
    }
}

#[cfg(test)]
mod tests;
