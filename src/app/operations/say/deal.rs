//! What a message does to a cart, over values: each thing goes in, comes out, or is asked about.
//!
//! Nothing vanishes: what can't be done as it was said ends as a question or is told. Must never
//! write, and never take less than was said without being told to.

use crate::domain::cart::refill::{Fate, Shelf, Wish, refill, whole_steps};
use crate::domain::cart::{
    Cart, Line, MAX_UNITS_PER_LINE, NewLine, Selection, SelectionFault, SelectionProblem, validate,
};
use crate::domain::catalogue::{Group, Item, Unit};
use crate::kernel::{CategoryId, ItemId, LineId, Quantity};

use super::kept::{Done, Offer, Said, Told, Why};

/// Answers that are offered to one question: what fits on a phone.
pub const OFFERS: usize = 8;

impl Kept {
    fn asked(why: Why, offer: Option<Offer>) -> Self {
        Self::Asked(Box::new((why, offer.into_iter().collect())))
    }
}

/// One message at work.
pub struct Deal<'a> {
    /// What the shop has.
    pub shelf: Shelf<'a>,
    /// The cart as it becomes.
    pub cart: Cart,
    /// What is said of it.
    pub said: Said,
}

/// What keeps a line out, with what may be answered.
type Question = (Why, Vec<Offer>);

/// Why a line is kept out.
enum Kept {
    /// It is asked about.
    Asked(Box<Question>),
    /// It is only told.
    Told(Told),
}

impl Deal<'_> {
    /// Puts something into the cart, or asks what keeps it out; `first` before all that waits.
    pub fn put(&mut self, line: NewLine, words: &str, first: bool) {
        match self.trial(&self.cart, &line) {
            Ok(cart) => {
                let id = grown(&self.cart, &cart);
                self.cart = cart;
                self.added(line, id);
            }
            Err(Kept::Asked(question)) => self.ask(words, *question, first),
            Err(Kept::Told(told)) => self.said.told.push(told),
        }
    }

    /// A line of the cart becomes another one, or it is asked what keeps it from that.
    pub fn change(&mut self, id: LineId, to: NewLine, words: &str, first: bool) {
        let mut without = self.cart.clone();
        if without.remove(id).is_err() {
            return self.put(to, words, first);
        }
        let (catalogue, sold_out) = (self.shelf.catalogue, self.shelf.sold_out);
        match self.trial(&without, &to) {
            Ok(_) => match self.cart.replace(id, to.clone(), catalogue, sold_out) {
                Ok(()) => self.said.done.push(Done::Changed(to, id)),
                Err(_) => self.said.told.push(Told::Gone(to.item)),
            },
            Err(Kept::Asked(question)) => {
                let (why, offers) = *question;
                let instead = |offer| match offer {
                    Offer::Put(line) => Offer::Change(id, line),
                    other => other,
                };
                let offers = offers.into_iter().map(instead).collect();
                self.ask(words, (why, offers), first);
            }
            Err(Kept::Told(told)) => self.said.told.push(told),
        }
    }

    /// Notes what was put in; the same once more is more of it.
    fn added(&mut self, line: NewLine, id: LineId) {
        for done in &mut self.said.done {
            if let Done::Added(before, known) = done
                && *known == id
            {
                before.quantity = Quantity(before.quantity.0.saturating_add(line.quantity.0));
                return;
            }
        }
        self.said.done.push(Done::Added(line, id));
    }

    /// A cart with a line more, or what keeps it out.
    fn trial(&self, cart: &Cart, line: &NewLine) -> Result<Cart, Kept> {
        let Some(item) = self.shelf.catalogue.item(&line.item) else {
            return Err(Kept::Told(Told::Gone(line.item.clone())));
        };
        let asked = self
            .variant(item, line)
            .or_else(|| self.options(item, line))
            .or_else(|| amount(item, line, cart.quantity_of(&item.id)));
        if let Some(question) = asked {
            return Err(Kept::Asked(Box::new(question)));
        }
        let wish = Wish::of(line.clone(), item);
        let refilled = refill(cart.clone(), std::slice::from_ref(&wish), self.shelf);
        let (line, item) = (line.clone(), line.item.clone());
        Err(match refilled.fates.into_iter().next() {
            Some(Fate::Kept | Fate::Price { .. }) => return Ok(refilled.cart),
            Some(Fate::SoldOut) => Kept::asked(Why::SoldOut(line), None),
            Some(Fate::Short { left }) => {
                let mut take = line.clone();
                take.quantity = left;
                let offers = (left.0 > 0).then_some(Offer::Put(take));
                Kept::asked(Why::Short(line, left), offers)
            }
            Some(Fate::OptionGone) => Kept::asked(Why::Options(line), None),
            Some(Fate::TooDear) => Kept::Told(Told::TooDear(item)),
            Some(Fate::Refused(_)) => Kept::Told(Told::Full(item)),
            Some(Fate::ItemGone | Fate::Skipped) | None => Kept::Told(Told::Gone(item)),
        })
    }

    /// Asks something.
    pub fn ask(&mut self, words: &str, question: Question, first: bool) {
        self.said.ask(words, question, first);
    }

    /// A variant that nobody chose: the first of several is nobody's choice.
    fn variant(&self, item: &Item, line: &NewLine) -> Option<Question> {
        if item.price(line.variant.as_ref()).is_some() {
            return None;
        }
        let variants = item.variants().iter().take(OFFERS);
        let offers = variants.map(|variant| {
            Offer::Put(NewLine {
                variant: Some(variant.id.clone()),
                ..line.clone()
            })
        });
        let offers = offers.collect();
        Some((Why::Variant(line.clone()), offers))
    }

    /// Options that must be chosen, or can't be had so.
    fn options(&self, item: &Item, line: &NewLine) -> Option<Question> {
        let catalogue = self.shelf.catalogue;
        let problems = validate(catalogue, item, &line.selection, self.shelf.sold_out).err()?;
        // Where one tap answers it, the answers are offered; all else is chosen on its card.
        let single = problems.iter().find_map(|problem| self.single(problem));
        Some(match single {
            Some(group) => self.choices(line, group),
            None => (Why::Options(line.clone()), Vec::new()),
        })
    }

    fn choices(&self, line: &NewLine, group: &Group) -> Question {
        let (catalogue, sold_out) = (self.shelf.catalogue, self.shelf.sold_out);
        let choices = group.choices.iter();
        let there = choices.filter(|choice| !sold_out.has_choice(&group.id, choice));
        let offers = there.take(OFFERS).map(|choice| {
            let mut selection: Selection = line.selection.clone();
            selection.clear(&group.id);
            selection.take(catalogue, group, choice, 1);
            Offer::Put(NewLine {
                selection,
                ..line.clone()
            })
        });
        let offers = offers.collect();
        (Why::Choice(line.clone(), group.id.clone()), offers)
    }

    /// The group of a problem, if one tap solves it.
    fn single(&self, problem: &SelectionProblem) -> Option<&Group> {
        let is_missing = matches!(
            problem.fault,
            SelectionFault::TooFew { .. }
                | SelectionFault::TooFewDistinct { .. }
                | SelectionFault::SoldOut { .. }
        );
        let group = self.shelf.catalogue.group(&problem.group)?;
        (is_missing && problem.path.is_empty() && group.is_single()).then_some(group)
    }

    /// Takes an item out of these lines of it: all of it, or so much. Gives how much went, if it did.
    pub fn remove(
        &mut self,
        item: &ItemId,
        lines: &[Line],
        quantity: Option<Quantity>,
        words: &str,
    ) -> Option<Quantity> {
        match lines {
            [] => {
                self.said.told.push(Told::NotThere(item.clone()));
                None
            }
            [line] => Some(self.take_out(line, quantity)),
            several => {
                let mut offers = each_goes(several, quantity);
                if quantity.is_none() {
                    offers.push(Offer::DropAll(item.clone()));
                }
                self.ask(words, (Why::Drop(item.clone()), offers), false);
                None
            }
        }
    }

    /// Asks which of several things of a kind goes.
    pub fn remove_one_of(&mut self, kind: &CategoryId, lines: &[Line], words: &str) {
        let offers = each_goes(lines, None);
        self.ask(words, (Why::DropKind(kind.clone()), offers), false);
    }

    /// The cart's lines of an item.
    pub fn lines_of(&self, item: &ItemId) -> Vec<Line> {
        let lines = self.cart.lines.iter().filter(|line| line.item == *item);
        lines.cloned().collect()
    }

    fn take_out(&mut self, line: &Line, quantity: Option<Quantity>) -> Quantity {
        let gone = quantity.unwrap_or(line.quantity).min(line.quantity);
        let left = Quantity(line.quantity.0 - gone.0);
        let (catalogue, sold_out) = (self.shelf.catalogue, self.shelf.sold_out);
        let mut out = NewLine::from(line);
        out.quantity = gone;
        // What is off the menu can't be changed any more: then all of it goes.
        if self
            .cart
            .set_quantity(line.id, left, catalogue, sold_out)
            .is_err()
        {
            let _gone_already = self.cart.remove(line.id);
            out.quantity = line.quantity;
        }
        self.said.done.push(Done::Removed(out.clone()));
        out.quantity
    }

    /// Carries out an answer.
    pub fn answer(&mut self, offer: Offer, words: &str) {
        match offer {
            Offer::Put(line) => self.put(line, words, true),
            Offer::Change(id, line) => self.change(id, line, words, true),
            Offer::Drop(id, gone) => match self.cart.line(id).cloned() {
                Some(line) => {
                    self.take_out(&line, Some(gone.quantity));
                }
                None => self.said.told.push(Told::NotThere(gone.item)),
            },
            Offer::DropAll(item) => {
                for line in self.lines_of(&item) {
                    self.take_out(&line, None);
                }
            }
        }
    }
}

/// A quantity that nobody can order, beside what the cart has of it.
fn amount(item: &Item, line: &NewLine, has: Quantity) -> Option<Question> {
    let (unit, has) = (item.unit, has.0);
    let with = |quantity: i64| {
        Offer::Put(NewLine {
            quantity: Quantity(quantity),
            ..line.clone()
        })
    };
    let most_of_line = unit.step().0.saturating_mul(MAX_UNITS_PER_LINE);
    let limit = item.max_per_order.unwrap_or(Quantity(most_of_line));
    let most = limit.0.min(most_of_line);
    if line.quantity.0.saturating_add(has) > most && line.quantity.0 > 0 {
        let free = whole_steps(unit, Quantity((most - has).max(0)));
        let offers = (free.0 > 0).then(|| with(free.0));
        let why = Why::Most(line.clone(), Quantity(most));
        return Some((why, offers.into_iter().collect()));
    }
    if unit.allows(line.quantity) {
        return None;
    }
    let near = near_amounts(unit, line.quantity);
    let near = near.into_iter().filter(|near| near + has <= most);
    let why = Why::Amount(line.clone(), unit.min(), unit.step());
    Some((why, near.map(with).collect()))
}

/// The line that holds what was added.
fn grown(before: &Cart, after: &Cart) -> LineId {
    let grown = after.lines.iter().find(|line| {
        let known = before.line(line.id);
        known.is_none_or(|known| known.quantity != line.quantity)
    });
    grown.map_or(LineId(0), |line| line.id)
}

/// What can be sold near a quantity: the steps below and above it, else the first few.
fn near_amounts(unit: Unit, wanted: Quantity) -> Vec<i64> {
    let (min, step) = (unit.min().0, unit.step().0.max(1));
    if wanted.0 < min {
        return (0..3).map(|more| min + more * step).collect();
    }
    let below = wanted.0 / step * step;
    let mut near = vec![below, below + step];
    near.retain(|near| *near >= min);
    near
}

/// Each of these lines goes, or so much of it.
fn each_goes(lines: &[Line], quantity: Option<Quantity>) -> Vec<Offer> {
    let each = lines.iter().take(OFFERS).map(|line| {
        let mut gone = NewLine::from(line);
        gone.quantity = quantity.unwrap_or(line.quantity).min(line.quantity);
        Offer::Drop(line.id, gone)
    });
    each.collect()
}
