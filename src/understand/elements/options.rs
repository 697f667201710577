//! Options: which answers words may mean, with "no", "extra" and "less" said of them.

use super::super::index::{Degree, How, Index};
use super::super::language::Role;
use super::super::menu::Choice;
use super::super::pieces::Piece;
use super::super::text::{Break, Token, stem};
use super::{Builder, Candidate, Element, Kind, Lead, Much, Said};

impl Builder<'_> {
    /// "香菜不要", "葱花多放点": what was said after its thing.
    pub(super) fn settle(&mut self) {
        let (negated, much) = (
            std::mem::take(&mut self.negated),
            std::mem::take(&mut self.much),
        );
        let usual = std::mem::take(&mut self.usual);
        if !negated && much.is_none() && !usual {
            return;
        }
        let index = self.index;
        // "One with ice, one without".
        if negated
            && self.newly
            && self.out.last().is_some_and(|last| {
                last.qty().is_some() || last.lead.other && last.said().is_none()
            })
        {
            self.newly = false;
            if !self.without_it(Lead::default()) {
                self.as_they_are();
            }
            return;
        }
        let all = self.all_at == Some(self.out.len());
        for element in self.out.iter_mut().rev().take_while(|element| element.han) {
            let Kind::Option(said) = &mut element.kind else {
                return;
            };
            if said
                .candidates
                .iter()
                .any(|c| c.negated || c.much.is_some())
            {
                return;
            }
            let made = remade(index, &said.candidates, negated, much);
            if made.is_empty() {
                return;
            }
            said.candidates = made;
            if !all || element.lead.gap >= Break::Comma {
                return;
            }
        }
    }

    /// "One with ice, one without", "the other without": the option that was said last is not wanted
    /// of what led there; false if none was said that "no" can be said of.
    fn without_it(&mut self, lead: Lead) -> bool {
        let said = self.out.iter().rev().find_map(Element::said);
        let (Some(said), Some(last)) = (said, self.out.last()) else {
            return false;
        };
        let candidates = remade(self.index, &said.candidates, true, None);
        if candidates.is_empty() {
            return false;
        }
        let kind = Kind::Option(Said {
            candidates,
            ..said.clone()
        });
        let element = Element {
            kind,
            lead,
            ..last.clone()
        };
        self.out.push(element);
        true
    }

    /// "一个加热一个不用", of what is never said not to be wanted: the second one stays as it is.
    fn as_they_are(&mut self) {
        let since = self.out.iter().rev().take_while(|last| !last.is_head());
        let counted = since.filter(|element| element.qty().is_some());
        if counted.count() > 1 {
            self.out.pop();
        }
    }

    pub(super) fn end(&mut self) {
        if self.negated && self.newly && (self.lead.ordinal || self.lead.other) {
            let lead = std::mem::take(&mut self.lead);
            self.negated = false;
            self.one_less = !(self.other_first && self.without_it(lead));
        }
        self.settle();
        if let Some(at) = self.all_at {
            self.all_before(at);
        }
    }

    /// "with ice in all": nothing came after "all", so it is for what came before, to the last breath.
    pub(super) fn all_before(&mut self, at: usize) {
        if at != self.out.len() {
            return;
        }
        for element in self.out.iter_mut().rev() {
            let Kind::Option(said) = &mut element.kind else {
                break;
            };
            said.all = true;
            if element.lead.gap >= Break::Comma {
                break;
            }
        }
    }

    /// "糖少点": how much of what stands before it.
    pub(super) fn much_behind(&mut self, at: usize) {
        let next = |n: usize| {
            let next = self.pieces.get(at + n);
            next.filter(|next| next.gap == Break::None)
        };
        let is_much = |piece: &Piece| piece.is(Role::Light) || piece.is(Role::Extra);
        let Some(much) = next(1).filter(|next| is_much(next)) else {
            return;
        };
        // "加糖少放葱" says it of what comes, "糖少点冰少点" does not.
        let answers = |next: &Piece| next.graded().is_some() || next.choices().next().is_some();
        let of_next = next(2).is_some_and(answers) && !next(3).is_some_and(is_much);
        if !of_next && !self.negated && !self.lead.with {
            let light = much.is(Role::Light);
            self.much = Some(if light { Much::Light } else { Much::Extra });
        }
    }

    pub(super) fn has_degree(&self, piece: &Piece) -> bool {
        let graded = piece
            .graded()
            .and_then(|at| self.index.graded.get(at as usize));
        graded.is_some_and(|graded| {
            graded
                .choices
                .iter()
                .any(|(degree, _, _)| self.wishes(*degree))
        })
    }

    /// Whether the words so far ask for this much.
    pub(super) fn wishes(&self, degree: Degree) -> bool {
        match self.degree() {
            Some(Degree::More) => matches!(degree, Degree::More | Degree::Added),
            Some(wish) => wish == degree,
            None if degree == Degree::Added => {
                self.lead.with
                    || self.lead.and
                    || self.lead.more
                    || self.out.last().is_some_and(|last| last.qty().is_some())
            }
            None => (self.lead.with || self.lead.all) && degree == Degree::Usual,
        }
    }

    pub(super) fn degree(&self) -> Option<Degree> {
        match (self.negated, self.much, self.usual) {
            (true, _, _) => Some(Degree::None),
            (_, Some(Much::Light), _) => Some(Degree::Less),
            (_, Some(Much::Extra), _) => Some(Degree::More),
            (_, _, true) => Some(Degree::Usual),
            _ => None,
        }
    }

    /// "Light ice" is little of it, though a roast may be light too.
    pub(super) fn says_how_much(&self, at: usize, piece: &Piece) -> bool {
        let of_what = |next: &&Piece| next.gap <= Break::Space && next.qty.is_none();
        let next = self.pieces.get(at + 1).filter(of_what);
        let quantifiable = |group: u32| {
            let group = self.index.menu.groups.get(group as usize);
            group.is_some_and(|group| group.quantifiable)
        };
        let other = |group: u32| piece.choices().all(|(own, ..)| own != group);
        let is_much = piece.is(Role::Light) || piece.is(Role::Extra);
        let mut wanted = next.into_iter().flat_map(Piece::choices);
        is_much && wanted.any(|(group, ..)| quantifiable(group) && other(group))
    }

    pub(super) fn option(&mut self, at: usize, piece: &Piece) {
        // "No" goes on through a list only where the list says that it goes on, and not past "extra".
        let lists = self.lists() || self.lists_in_chinese(piece);
        if self.negated && !self.newly && (self.much.is_some() || !lists) {
            self.negated = false;
        }
        self.newly = false;
        let mut candidates = self.candidates(piece);
        let count = self.count(at, &candidates);
        let all = (self.all || self.lead.all) && !self.lead.rest;
        self.much = None;
        self.usual = false;
        if candidates.is_empty() {
            return self.lost.push((piece.from, piece.to));
        }
        if self.says_the_same(piece, &candidates) {
            if let Some(last) = self.out.last_mut() {
                last.to = piece.to;
            }
            return;
        }
        candidates.sort_by_key(|candidate| candidate.how);
        self.push(
            Kind::Option(Said {
                candidates,
                count,
                all,
            }),
            piece,
        );
    }

    /// Whether what comes is said to go on a list.
    pub(super) fn lists(&self) -> bool {
        self.lead.and || self.lead.gap == Break::List
    }

    /// "不要葱姜蒜": answers to one question with nothing between them, the first one not wanted.
    fn lists_in_chinese(&self, piece: &Piece) -> bool {
        let Some(last) = self.out.last().filter(|last| last.han) else {
            return false;
        };
        let mut of_last = last.said().into_iter().flat_map(|said| &said.candidates);
        last.to == piece.from
            && self.lead.gap == Break::None
            && of_last
                .any(|old| old.negated && piece.choices().any(|(group, ..)| group == old.group))
    }

    /// All that a piece may mean as an option, with "no", "extra" and "less" said of it.
    fn candidates(&self, piece: &Piece) -> Vec<Candidate> {
        let plain: Vec<Candidate> = piece.choices().map(Candidate::plain).collect();
        let graded = piece.graded();
        let graded = graded.and_then(|at| self.index.graded.get(at as usize));
        let degrees = graded.into_iter().flat_map(|graded| &graded.choices);
        let wished = degrees.filter(|(degree, _, _)| self.wishes(*degree));
        // Where "less" was said, "ice" alone is not what is meant; "two larges" are not extra large.
        let how = self.degree().map_or(How::Exact, |_| How::Verbatim);
        let wished: Vec<Candidate> = wished
            .map(|(_, group, choice)| Candidate::plain((*group, *choice, how)))
            .collect();
        let plain = remade(self.index, &plain, self.negated, self.much);
        match self.degree() {
            Some(_) => wished.into_iter().chain(plain).collect(),
            None => plain.into_iter().chain(wished).collect(),
        }
    }

    /// "cheddar cheese", "jalapeno peppers": the second word is what the first one is a kind of. Of two
    /// names for one thing the surer one counts.
    pub(super) fn says_the_same(&mut self, piece: &Piece, candidates: &[Candidate]) -> bool {
        let plain = self.lead
            == Lead {
                gap: self.lead.gap,
                ..Lead::default()
            }
            && self.lead.gap <= Break::Space;
        let (Some(last), Some(new)) = (self.out.last(), candidates.first()) else {
            return false;
        };
        let Some(old) = last
            .said()
            .and_then(|said| said.candidates.first())
            .filter(|_| plain)
        else {
            return false;
        };
        // "An extra shot of espresso", where "espresso" alone is a shot.
        let between = self.tokens.get(last.to..piece.from).unwrap_or_default();
        if (old.group, old.choice, None, false) == (new.group, new.choice, new.much, new.negated) {
            return between.iter().all(|token| self.index.is_small(token));
        }
        if old.group != new.group || !between.is_empty() {
            return false;
        }
        let choices = self
            .index
            .menu
            .groups
            .get(old.group as usize)
            .map(|group| group.choices.as_slice())
            .unwrap_or_default();
        let kind = choices.get(new.choice as usize);
        if kind.is_some_and(|kind| kind.any_of.contains(&(old.choice as usize))) {
            return true;
        }
        if new.how == How::Part && old.how < How::Part {
            return true;
        }
        if old.how == How::Part && new.how < How::Part {
            let scrap = self.out.pop();
            self.lost.extend(scrap.map(|scrap| (scrap.from, scrap.to)));
            return false;
        }
        piece.to - piece.from == 1 && self.is_noun_of(last, piece, (choices, old.choice))
    }

    /// One thing alone before several: "jalapeno peppers" is no list of two.
    fn is_noun_of(&self, last: &Element, piece: &Piece, of: (&[Choice], u32)) -> bool {
        let (choices, old) = of;
        let raw = |at: usize| self.tokens.get(at).map_or("", Token::raw);
        let many = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        let single = !many(raw(last.to.saturating_sub(1)));
        let usual = choices
            .get(old as usize)
            .and_then(|choice| choice.names.first());
        let listed = usual.is_some_and(|name| many(name));
        let noun = self
            .tokens
            .get(piece.from)
            .map_or("", |token| token.form.as_str());
        let kinds = choices.iter().filter(|choice| {
            choice.names.first().is_some_and(|name| {
                name.split(' ').count() > 1
                    && name
                        .split(' ')
                        .next_back()
                        .is_some_and(|word| stem(word) == noun)
            })
        });
        single && listed && many(raw(piece.from)) && kinds.count() >= 2
    }
}

/// Candidates with "no" or "extra" said of them: what their groups allow.
pub(super) fn remade(
    index: &Index,
    plain: &[Candidate],
    negated: bool,
    much: Option<Much>,
) -> Vec<Candidate> {
    let group = |candidate: &Candidate| index.menu.groups.get(candidate.group as usize);
    plain
        .iter()
        .filter_map(|candidate| {
            let group = group(candidate)?;
            if negated {
                let fits = group.negatable;
                return fits.then_some(Candidate {
                    negated: true,
                    much: much.filter(|_| group.quantifiable),
                    ..*candidate
                });
            }
            Some(Candidate {
                much: much.filter(|_| group.quantifiable),
                ..*candidate
            })
        })
        .collect()
}
