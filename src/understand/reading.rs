//! The order as it grows while a message is read: lines are added, corrected, shared, taken back.

mod apart;
mod changes;
mod parts;
mod phrase;
mod told;

use super::amount::Amount;
use super::elements::{Candidate, Element, Lead, Said, Unwanted};
use super::index::{How, Index};
use super::pieces::Qty;
use super::split::phrases;
use super::text::Token;

/// What a clause does to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Adds to it.
    Add,
    /// Corrects what was said last.
    Fix,
    /// Takes something out.
    Cancel,
    /// Takes the last line out, or everything.
    CancelLast(bool),
    /// Takes something out that what comes next, or came before, replaces.
    Replaced,
}

/// An option for every line that takes it.
#[derive(Debug, Clone)]
pub struct Share {
    /// The option.
    pub said: Said,
    /// The tokens it was read from.
    pub at: (usize, usize),
    /// Items that it is not said of.
    pub except: Vec<u32>,
}

/// What was said of no item.
#[derive(Debug, Clone)]
pub struct Stray {
    /// How much.
    pub qty: Option<Qty>,
    /// It is wanted besides what there is.
    pub more: bool,
    /// Options.
    pub said: Vec<Said>,
    /// The tokens of the options.
    pub spans: Vec<(usize, usize)>,
}

/// A line being made.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Items it may be of.
    pub items: Vec<(u32, How)>,
    /// The kind, if only that was named.
    pub category: Option<u32>,
    /// How much was said.
    pub qty: Option<Qty>,
    /// What is in each: "two packs of nine".
    pub inner: Option<Qty>,
    /// How much it was before parts of it were told apart.
    pub total: Option<Amount>,
    /// Quantities with options of their own are listed after it.
    pub list: bool,
    /// So much for each person.
    pub person: bool,
    /// Options said.
    pub options: Vec<(Candidate, i64)>,
    /// It is wanted besides what there is.
    pub more: bool,
    /// It says how something that is there shall be.
    pub changes: bool,
    /// What is said of all is not said of it.
    pub free: bool,
    /// Its options alone told what it is.
    pub is_told: bool,
    /// The tokens it was read from.
    pub spans: Vec<(usize, usize)>,
    /// The clause it was said in.
    pub clause: usize,
}

/// See the module.
pub struct Reading<'a> {
    /// What it is read by.
    pub index: &'a Index,
    tokens: &'a [Token],
    /// The lines.
    pub lines: Vec<Draft>,
    /// Options for every line.
    pub shares: Vec<Share>,
    /// How many people were named.
    pub people: Option<i64>,
    /// Items taken out that no line of this message is of.
    pub removed: Vec<(u32, Option<Qty>, usize, usize)>,
    /// Kinds of things that are not wanted.
    pub unwanted: Vec<Unwanted>,
    /// Words that were understood and came to nothing, as tokens.
    pub lost: Vec<(usize, usize)>,
    /// Where it was said that each has its own of the options.
    pub respective: Option<usize>,
    /// Items of which what is said of all is not said.
    pub excepted: Vec<u32>,
    /// Of how many of the last thing it is not said.
    pub except_so_many: Option<Amount>,
    /// What was understood and went again, as tokens.
    pub heard: Vec<(usize, usize)>,
    /// Names of groups, of use only to a line that has the group.
    pub groups: Vec<(u32, usize, usize)>,
    /// What was said of no item.
    pub loose: Option<Stray>,
    /// Items that were named but not ordered.
    pub about: Vec<u32>,
    clause: usize,
    /// Which form the name itself says: a latte is a coffee.
    form: Option<Candidate>,
    /// The clause says how something shall be.
    pub becomes: bool,
    /// What is spoken of: a line named again without more, or an item that a question named.
    topic: Option<usize>,
    /// An item that was spoken of but not ordered.
    pub spoken: Option<(u32, How)>,
    /// After how many clauses it was spoken of.
    spoken_after: usize,
    /// What `Replaced` took out: the next thing said takes its quantity and place.
    gap: Option<Draft>,
    /// What the clause before took out.
    cancelled: Option<Draft>,
}

/// A part of what was said of a thing: "two of them mild".
struct Sub<'a> {
    qty: Option<Qty>,
    lead: Lead,
    pronoun: bool,
    options: Vec<&'a Element>,
}

impl<'a> Reading<'a> {
    /// An empty order.
    pub fn new(index: &'a Index, tokens: &'a [Token]) -> Self {
        Self {
            index,
            tokens,
            lines: Vec::new(),
            shares: Vec::new(),
            people: None,
            removed: Vec::new(),
            unwanted: Vec::new(),
            lost: Vec::new(),
            respective: None,
            excepted: Vec::new(),
            except_so_many: None,
            heard: Vec::new(),
            groups: Vec::new(),
            loose: None,
            about: Vec::new(),
            clause: 0,
            gap: None,
            cancelled: None,
            becomes: false,
            topic: None,
            form: None,
            spoken: None,
            spoken_after: 0,
        }
    }

    /// A question or a reason names items: the last of them may be ordered next, or cancelled.
    pub fn speaks_of(&mut self, items: &[(u32, How)]) {
        self.about.extend(items.iter().map(|(item, _)| *item));
        if let Some(last) = items.last() {
            self.spoken = Some(*last);
            self.spoken_after = self.clause;
        }
    }

    /// Takes up a clause.
    pub fn clause(&mut self, op: Op, elements: &[Element]) {
        self.clause += 1;
        let op = self.in_place_of_cancelled(op);
        let (elements, own) = self.respective(elements);
        if let Op::CancelLast(everything) = op {
            return self.cancel_last(everything);
        }
        let aside = |from: usize| match op {
            Op::Fix => Some(0),
            Op::Add if !self.lines.is_empty() => Some(25),
            Op::Add if self.is_thing_by_itself(elements, from) => Some(60),
            _ => None,
        };
        let found = phrases(self.index, elements, aside);
        let first = found.first().map_or(elements.len(), |phrase| phrase.from);
        let ahead = elements.get(..first).unwrap_or_default();
        if op == Op::Cancel || op == Op::Replaced {
            return self.cancel(op, elements, &found);
        }
        if !ahead.is_empty() {
            self.headless(op, ahead);
        }
        let before = self.lines.len();
        for phrase in &found {
            self.phrase(elements, *phrase);
        }
        self.spread(before);
        if op == Op::Fix {
            self.fix_all_named(elements, &found);
            // "Sorry, 2 kg, and a bag of sugar": what is said of the last one corrects it.
            self.fixed(before, ahead.is_empty());
        }
        self.each_its_own(own);
        if let Some(n) = self.except_so_many.take() {
            self.except_some(n);
        }
    }

    /// Notes an option on a line; one that it does not take goes to the last line that does.
    fn option(&mut self, at: usize, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        if said.all {
            self.shares.push(Share {
                said: said.clone(),
                at: (element.from, element.to),
                except: self.excepted.clone(),
            });
            return;
        }
        let takes = |line: &Draft| fitting(self.index, line, said).is_some();
        let at = if self.lines.get(at).is_some_and(takes) {
            at
        } else {
            // Said of a thing that was named before.
            self.lines.iter().rposition(takes).unwrap_or(at)
        };
        let span = (element.from, element.to);
        match (self.put(at, said), self.lines.get_mut(at)) {
            (true, Some(line)) => line.spans.push(span),
            _ => self.lost.push(span),
        }
    }

    fn put(&mut self, at: usize, said: &Said) -> bool {
        let index = self.index;
        let Some(line) = self.lines.get_mut(at) else {
            return false;
        };
        let Some(candidate) = fitting(index, line, said) else {
            return false;
        };
        let single = index.is_single(candidate.group);
        line.options.retain(|(known, _)| {
            let same =
                known.group == candidate.group && (single || known.choice == candidate.choice);
            !same
        });
        line.options.push((candidate, said.count));
        true
    }
}

/// The answer that a line's item may have.
pub fn fitting(index: &Index, line: &Draft, said: &Said) -> Option<Candidate> {
    let Some((item, _)) = line.items.first() else {
        return said
            .candidates
            .first()
            .copied()
            .filter(|_| line.category.is_some());
    };
    let opens = |candidate: &&Candidate| index.menu.opens(*item as usize, candidate.group as usize);
    said.candidates.iter().find(opens).copied()
}
