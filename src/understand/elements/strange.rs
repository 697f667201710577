//! Words that are not understood: the rest of a name, another thing that is not sold, or one
//! character that stands for what was named.

use super::super::index::{How, Index};
use super::super::language::Role;
use super::super::menu::Category;
use super::super::pieces::Piece;
use super::super::text::{Break, Kind as TokenKind, Token};
use super::{Builder, Kind, Lead};

/// The one kind of things whose name holds a character.
pub fn kind_by_one(index: &Index, one: &Token) -> Option<u32> {
    let named = |category: &Category| {
        let mut names = category.names.iter();
        names.any(|name| name.contains(one.form.as_str()))
    };
    let all = index.menu.categories.iter().enumerate();
    let mut found = all.filter(|(_, category)| named(category));
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(at as u32),
        _ => None,
    }
}

impl Builder<'_> {
    /// "面要宽面": one character of a thing that was named, and of no other.
    pub(super) fn named_by_one(&mut self, at: usize, piece: &Piece) -> bool {
        let one = self
            .tokens
            .get(piece.from)
            .filter(|token| token.kind == TokenKind::Han && piece.to - piece.from == 1);
        let says_more = self.pieces.get(at + 1).is_some_and(|next| {
            next.is(Role::With) || next.is(Role::Without) || next.choices().next().is_some()
        });
        let breath = piece.gap >= Break::Comma;
        let Some(one) = one.filter(|_| says_more && breath) else {
            return false;
        };
        let holds = |item: u32| {
            let names = self
                .index
                .menu
                .items
                .get(item as usize)
                .map(|item| item.names.as_slice())
                .unwrap_or_default();
            names.iter().any(|name| name.contains(one.form.as_str()))
        };
        let mut named: Vec<(u32, How)> = Vec::new();
        for element in &self.out {
            if let Kind::Head(items) = &element.kind {
                let item = items.first().filter(|(item, _)| {
                    holds(*item) && !named.iter().any(|(known, _)| known == item)
                });
                named.extend(item);
            }
        }
        if named.len() != 1 {
            return false;
        }
        self.lead.definite = true;
        self.push(Kind::Head(named), piece);
        true
    }

    /// "一箱水", "来个汤": one character that one thing's name ends in, or that the name of one kind of
    /// things holds.
    pub(super) fn counted_by_one(&mut self, at: usize, piece: &Piece) -> bool {
        let one = self
            .tokens
            .get(piece.from)
            .filter(|token| token.kind == TokenKind::Han && piece.to - piece.from == 1);
        let last = self.out.last().filter(|_| piece.gap == Break::None);
        let before = last.is_some_and(|last| last.qty().is_some() && last.to == piece.from);
        // "水两瓶".
        let after = |next: &Piece| next.gap == Break::None && next.qty.is_some_and(|qty| !qty.weak);
        let begins = piece.gap >= Break::Space && !self.thing_next(at);
        let counted = before || begins && self.pieces.get(at + 1).is_some_and(after);
        let alone = self.pieces.get(at + 1).is_none_or(|next| {
            next.gap >= Break::Space || next.is(Role::Noise) || next.qty.is_some()
        });
        let Some(one) = one.filter(|_| counted && alone) else {
            return false;
        };
        if let Some(item) = self.index.ending_in(one) {
            self.push(Kind::Head(vec![(item, How::Part)]), piece);
            return true;
        }
        let Some(category) = kind_by_one(self.index, one).filter(|of| !self.names_one_of(*of))
        else {
            return false;
        };
        self.push(Kind::Category(category), piece);
        true
    }

    /// "盖饭" is no rice: one character that a strange one leads to.
    pub(super) fn ends_strange(&self, at: usize, piece: &Piece) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at));
        let touches = piece.gap == Break::None && piece.to - piece.from == 1;
        touches && self.is_han(piece) && before.is_some_and(|b| b.is_unknown() && self.is_han(b))
    }

    /// A name with another character than one that is named too: another thing.
    pub(super) fn is_beside_itself(&self, piece: &Piece) -> bool {
        let sure = |item: u32| {
            let mut all = self.pieces.iter().flat_map(Piece::items);
            all.any(|(other, how)| other == item && how <= How::Exact)
        };
        let mut items = piece.items();
        items
            .next()
            .is_some_and(|(item, how)| how == How::Wild && sure(item))
    }

    /// "Chicken wings" is no chicken: one word of a name beside a strange word.
    pub(super) fn beside_strange(&self, at: usize, piece: &Piece) -> bool {
        let before = at
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .filter(|_| piece.gap <= Break::Space);
        let after = self
            .pieces
            .get(at + 1)
            .filter(|next| next.gap <= Break::Space);
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        if han {
            // The rest of a longer name touches it.
            let touches = |next: &Piece| next.is_unknown() && next.gap == Break::None;
            return after.is_some_and(touches)
                || before.is_some_and(|before| before.is_unknown() && piece.gap == Break::None);
        }
        let other = |next: &Piece| next.items().any(|(_, how)| how <= How::Bag);
        piece.to - piece.from == 1
            && (before.into_iter().chain(after).any(Piece::is_unknown) || after.is_some_and(other))
    }

    /// A strange word; with a quantity before it and no thing after it, it is a thing that is not sold.
    pub(super) fn unknown(&mut self, at: usize, piece: &Piece) {
        if self.named_by_one(at, piece) || self.counted_by_one(at, piece) {
            return;
        }
        if self.is_rest_of_name(piece) {
            return;
        }
        self.lead.unknown = true;
        self.after_word();
        self.negated = false;
        if self.is_not_sold(at, piece) {
            self.push(Kind::Head(Vec::new()), piece);
        }
    }

    /// "云吞汤": the rest of a name; of a name that is only nearly right, it makes another thing.
    fn is_rest_of_name(&mut self, piece: &Piece) -> bool {
        let plain = self.lead == Lead::default();
        let stood = self.out.last().map(|last| (last.from, last.to));
        if let Some(Kind::Head(items)) = self
            .out
            .last_mut()
            .filter(|_| plain)
            .map(|last| &mut last.kind)
        {
            if items
                .first()
                .is_some_and(|(_, how)| *how >= How::Sound && *how != How::Typo)
            {
                items.clear();
                self.lost.extend(stood);
            }
            return self.is_han(piece) && piece.gap == Break::None;
        }
        false
    }

    pub(super) fn is_han(&self, piece: &Piece) -> bool {
        let token = self.tokens.get(piece.from);
        token.is_some_and(|token| token.kind == TokenKind::Han)
    }

    /// Whether a strange word is a thing: it is counted, before it or, in Chinese, after it.
    fn is_not_sold(&self, at: usize, piece: &Piece) -> bool {
        let since = self
            .out
            .iter()
            .rev()
            .take_while(|element| !element.is_head());
        let counted = since
            .clone()
            .any(|element| element.qty().is_some_and(|qty| !qty.times));
        let plain = !self.lead.with && !since.clone().any(|element| element.lead.with);
        let near = self.lead.gap <= Break::Space;
        // "Another one for grandma" is no other thing.
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at));
        let purpose = before.is_some_and(|before| before.is(Role::Purpose));
        // In Chinese a space is a breath.
        let touches = |at: usize| {
            self.pieces
                .get(at)
                .is_some_and(|next| next.gap == Break::None)
        };
        // "鱼香肉丝一份": the quantity after it is its own.
        let after = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap == Break::None
                && next.qty.is_some_and(|qty| !qty.weak)
                && !(touches(at + 2) && self.thing_next(at + 1))
        });
        // "EV-9999 x 2" too.
        let times = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.gap <= Break::Space && next.qty.is_some_and(|qty| qty.times));
        let counts = counted && near && !purpose && !self.thing_next(at) && !self.tells_some(at);
        plain && (after && self.is_han(piece) || times || counts)
    }

    /// Whether an item of a kind is named: then the kind's own name says nothing new.
    pub(super) fn names_one_of(&self, category: u32) -> bool {
        let of = |item: u32| {
            self.index
                .menu
                .items
                .get(item as usize)
                .is_some_and(|item| item.category == category as usize)
        };
        self.pieces
            .iter()
            .any(|piece| piece.items().any(|(item, _)| of(item)))
    }
}
