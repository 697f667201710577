//! Words with a part: marks on what they belong to, kinds of things, names of questions.

use super::super::amount::Amount;
use super::super::index::{Found, How, Meaning};
use super::super::language::Role;
use super::super::pieces::Piece;
use super::super::text::{Break, Kind as TokenKind};
use super::{Builder, Kind, Much, Unwanted};

impl Builder<'_> {
    /// A word that is neither a mark nor a thing ends what "no" was said of.
    pub(super) fn after_word(&mut self) {
        self.much = None;
        if self.out.last().is_some_and(|last| {
            last.said()
                .is_some_and(|said| said.candidates.iter().any(|c| c.negated))
        }) {
            self.negated = false;
        }
    }

    pub(super) fn word(&mut self, at: usize, piece: &Piece) {
        if piece.is(Role::Without) || piece.is(Role::Cancel) {
            if self.much.is_some() && self.out.last().is_some_and(|last| last.han) {
                self.settle();
            }
            self.negated = true;
            self.newly = true;
            self.other_first = self.lead.other || self.lead.ordinal;
            self.much = None;
            return;
        }
        if self.is_all_but(at, piece) {
            (self.negated, self.newly) = (true, true);
            return;
        }
        self.much_of_it(piece);
        self.of_each(piece);
        self.of_which(at, piece);
        if self.stands_for_it(at, piece) {
            return self.push(Kind::Pronoun, piece);
        }
        if self.kind(at, piece) {
            return;
        }
        if piece.is(Role::And) {
            self.lead.and = true;
            if !piece.is(Role::With) || !self.negated {
                self.lead.with |= piece.is(Role::With) && !piece.is(Role::Noise);
                return;
            }
        }
        if piece.is(Role::With) {
            if self.newly && self.negated {
                // "I don't want it on thin crust".
                return;
            }
            self.settle();
            self.lead.with = true;
            self.negated = false;
            self.much = None;
        }
    }

    /// "Everything but onions".
    fn is_all_but(&self, at: usize, piece: &Piece) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at));
        piece.is(Role::Except)
            && piece.gap <= Break::Space
            && before.is_some_and(|before| {
                let first = self.tokens.get(before.from..before.from + 1);
                before.is(Role::All) || first.is_some_and(|word| self.index.is(word, Role::All))
            })
    }

    /// "All", "more", "extra", "light", "as usual".
    fn much_of_it(&mut self, piece: &Piece) {
        if piece.is(Role::All) {
            self.all = true;
            self.lead.all = true;
            self.all_at = Some(self.out.len());
        }
        if piece.is(Role::More) {
            self.lead.more = true;
            if piece.gap <= Break::Space && self.out.last().is_some_and(|last| last.qty().is_some())
            {
                self.mark_back(|lead| lead.more = true);
            }
        }
        if piece.is(Role::Extra) {
            self.much = Some(Much::Extra);
        }
        if piece.is(Role::Light) {
            self.much = Some(Much::Light);
        }
        if piece.is(Role::Usual) {
            self.usual = true;
        }
    }

    /// "Each", "per person", "respectively".
    fn of_each(&mut self, piece: &Piece) {
        if piece.is(Role::Respective) {
            self.respective = Some(self.out.len());
        }
        if piece.is(Role::PerPerson) || (piece.is(Role::Each) && self.people.is_some()) {
            let back = self.mark_all_back();
            self.lead.person |= !back;
            self.per_person = !back;
        }
        if piece.is(Role::Each) {
            let back = self.mark_back(|lead| lead.each = true);
            self.lead.each |= !back;
        }
    }

    /// "Of them", "the other", "the second", "less", "the rest", "the".
    fn of_which(&mut self, at: usize, piece: &Piece) {
        if piece.is(Role::OfThem) {
            self.lead.of_them = true;
            self.mark_back(|lead| lead.of_them = true);
        }
        self.lead.other |= piece.is(Role::Other);
        self.lead.ordinal |= piece.is(Role::Ordinal);
        if piece.is(Role::Fewer) && !self.is_less_of(at) {
            let back = piece.gap <= Break::Space && self.mark_back(|lead| lead.fewer = true);
            self.lead.fewer |= !back;
        }
        self.lead.rest |= piece.is(Role::Rest);
        self.lead.definite |= piece.is(Role::Definite);
    }

    /// "Less sugar" is no tea less.
    fn is_less_of(&self, at: usize) -> bool {
        let ahead = self.pieces.get(at + 1..).unwrap_or_default().iter();
        let mut ahead = ahead.skip_while(|piece| piece.is(Role::Noise) && piece.found.len() == 1);
        let degree = |next: &Piece| {
            next.graded().is_some()
                || next.choices().next().is_some() && next.items().next().is_none()
        };
        ahead
            .next()
            .is_some_and(|next| next.gap <= Break::Space && degree(next))
    }

    /// "The green ones".
    fn stands_for_it(&self, at: usize, piece: &Piece) -> bool {
        let next = self.pieces.get(at + 1);
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        piece.is(Role::Pronoun)
            && !piece.is(Role::Definite)
            && self
                .out
                .last()
                .is_some_and(|last| last.said().is_some() || last.qty().is_some())
            && !next.is_some_and(|next| next.is(Role::Counter))
            && !han
    }

    /// A kind of things, wanted or not; false if it is none, or of no use.
    fn kind(&mut self, at: usize, piece: &Piece) -> bool {
        if let Some(category) = piece
            .category()
            .filter(|_| self.negated && self.newly && piece.items().next().is_none())
        {
            // "No drinks" is said of no option.
            self.negated = false;
            self.not_wanted(category, piece);
            return true;
        }
        // "奶茶三杯".
        let after = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.gap == Break::None && next.qty.is_some_and(|qty| !qty.weak));
        let begins = piece.gap >= Break::Comma && !self.thing_next(at);
        let counted = begins && after || self.out.last().is_some_and(|last| last.qty().is_some());
        let new = |category: &u32| !self.negated && !self.names_one_of(*category);
        if let Some(category) = piece.category().filter(new).filter(|_| counted) {
            self.push(Kind::Category(category), piece);
            return true;
        }
        if counted && self.is_kind_by_group(piece) {
            let items = self.kind_by_group(piece);
            if !items.is_empty() {
                self.push(Kind::Head(items), piece);
                return true;
            }
        }
        self.of_no_use(piece);
        false
    }

    /// "Without the soup": a kind of things, unless one of it is named.
    fn not_wanted(&mut self, category: u32, piece: &Piece) {
        let one = self.lead.ordinal || self.lead.other || self.lead.fewer;
        if !self.names_one_of(category) {
            self.unwanted.push(Unwanted {
                category,
                count: one.then_some(Amount::ONE),
                from: piece.from,
                to: piece.to,
            });
        }
    }

    /// "Two noodles", where nothing is ordered that asks which noodles: several things have the name.
    pub(super) fn is_kind_by_group(&self, piece: &Piece) -> bool {
        let open = |item: u32, group: u32| self.index.menu.opens(item as usize, group as usize);
        let mut groups = piece.found.iter().filter_map(|found| match found.meaning {
            Meaning::Group(group) => Some(group),
            _ => None,
        });
        let items = || {
            self.pieces
                .iter()
                .flat_map(Piece::items)
                .map(|(item, _)| item)
        };
        let asked = |group: u32| {
            let mut all = items().chain(self.named.iter().copied());
            all.any(|item| open(item, group))
        };
        let word = piece.found.iter().any(is_word);
        !word && groups.next().is_some_and(|group| !asked(group)) && !groups.any(asked)
    }

    fn kind_by_group(&self, piece: &Piece) -> Vec<(u32, How)> {
        let words = self.tokens.get(piece.from..piece.to).unwrap_or_default();
        let holding = self.index.holding(words).into_iter();
        let items = holding.filter_map(|(meaning, _)| match meaning {
            Meaning::Item(item) => Some((item, How::Part)),
            _ => None,
        });
        items.collect()
    }

    /// A word for something on the menu that orders nothing as it stands.
    fn of_no_use(&mut self, piece: &Piece) {
        if piece.found.iter().any(is_word) {
            return;
        }
        for found in &piece.found {
            match found.meaning {
                Meaning::Group(group) => {
                    // "No rice, double chicken": what was said of a question is said of nothing else.
                    self.negated &= !self.newly;
                    self.much = None;
                    return self.groups.push((group, piece.from, piece.to));
                }
                Meaning::Category(category) if self.names_one_of(category) => return,
                Meaning::Category(_) | Meaning::Graded(_) => {
                    return self.lost.push((piece.from, piece.to));
                }
                _ => {}
            }
        }
    }
}

/// Whether it is a word of the language.
fn is_word(found: &Found) -> bool {
    matches!(found.meaning, Meaning::Role(_))
}
