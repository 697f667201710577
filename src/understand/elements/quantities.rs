//! Quantities: of a thing, of an option, of each person, or of nothing.

use super::super::amount::Amount;
use super::super::index::{Found, How, Meaning};
use super::super::language::Role;
use super::super::pieces::{Piece, Qty};
use super::super::text::{Break, Kind as TokenKind};
use super::{Builder, Candidate, Element, Kind, Lead};

impl Builder<'_> {
    pub(super) fn quantity(&mut self, at: usize, piece: &Piece, qty: Qty) {
        // "without a crust": an article counts nothing there.
        if self.newly && self.negated && qty.weak && qty.unit.is_none() {
            return;
        }
        // "Make that eight, not six": what it is not.
        let is_last = !self.thing_next(at) && !self.option_next(at) && !self.is_han(piece);
        if self.newly && self.negated && is_last && self.out.iter().any(Element::is_head) {
            (self.newly, self.negated) = (false, false);
            return;
        }
        self.settle();
        if self.counts_nothing(at, &qty) || self.announces(at) {
            return;
        }
        let of_all = self.lead.all || self.all_at == Some(self.out.len()) && self.all;
        if of_all && piece.gap <= Break::Space {
            // "都来两份": each of them; not "spicy for all, two soups".
            self.lead.each = true;
        }
        self.all = false;
        if self.counts_option(at, &qty) || self.counts_what_comes(at, &qty) {
            return;
        }
        if self.stands_for_the_thing(at, piece, &qty) {
            return self.push(Kind::Pronoun, piece);
        }
        // "第二碗" is one of them.
        let amount = match self.lead.ordinal {
            true => Amount::ONE,
            false => qty.amount,
        };
        let told = self.told_by_unit(at, &qty);
        self.push(Kind::Qty(Qty { amount, ..qty }), piece);
        if let Some(item) = told {
            self.push(Kind::Head(vec![(item, How::Part)]), piece);
        }
    }

    /// "Two loaves and a litre of milk": the one item that is sold so, where none is named.
    fn told_by_unit(&self, at: usize, qty: &Qty) -> Option<u32> {
        let of = self
            .index
            .units
            .get(qty.unit.filter(|_| qty.measure.is_none())? as usize)?;
        let (item, _) = *of.first()?;
        let alone = of.iter().all(|(other, _)| *other == item);
        let heads = self.out.iter().filter_map(|element| match &element.kind {
            Kind::Head(items) => items.first().map(|(item, _)| *item),
            _ => None,
        });
        let is_named = heads
            .chain(self.named.iter().copied())
            .any(|known| known == item);
        // "帆布鞋白色一双": so many of what was named just before.
        let last = self.out.iter().rposition(Element::is_head);
        let counted = |last: usize| {
            let head = self.out.get(last);
            let breath = head.is_some_and(|head| head.lead.gap <= Break::Space);
            let from = last.saturating_sub(usize::from(breath));
            let mut around = self.out.get(from..).unwrap_or_default().iter();
            around.any(|element| element.qty().is_some())
        };
        let is_free = last.is_none_or(counted);
        let is_it =
            is_free && alone && !is_named && !self.thing_next(at) && !self.beside_unknown(at);
        is_it.then_some(item)
    }

    /// "A tub of ice cream", "ice cream, a tub", of what is not sold.
    fn beside_unknown(&self, at: usize) -> bool {
        let (before, rest) = self.pieces.split_at(at.min(self.pieces.len()));
        let is_idle = |piece: &&Piece| piece.is(Role::Noise) && !piece.is(Role::And);
        let graded = |found: &Found| matches!(found.meaning, Meaning::Graded(_));
        let is_strange = |piece: &Piece| {
            piece.is_unknown() || piece.qty.is_none() && piece.found.iter().all(graded)
        };
        let mut after = rest.iter().skip(1).skip_while(is_idle);
        let next = after
            .next()
            .is_some_and(|next| is_strange(next) && next.gap < Break::Strong);
        let mut back = before.iter().rev().skip_while(is_idle);
        let gap = rest.first().map_or(Break::None, |piece| piece.gap);
        next || gap < Break::Strong && back.next().is_some_and(is_strange)
    }

    /// A number of what is not counted by it: of a group's name, of all that was said.
    fn counts_nothing(&self, at: usize, qty: &Qty) -> bool {
        let Some(next) = self.pieces.get(at + 1) else {
            return false;
        };
        // "三个都要": all of them, which are three.
        let all = next.gap == Break::None && next.is(Role::All) && qty.counted && !qty.weak;
        // "可乐三罐雪碧两罐都要冰的" counts the second of them too.
        let counted = self.out.iter().any(|element| element.qty().is_some());
        let named = self.out.iter().filter(|element| element.is_head()).count();
        // "烤虾两份都要辣的" are two of the one that was named.
        let those = i64::try_from(named).ok().map(Amount::whole);
        if all && !counted && (named > 1 || those == Some(qty.amount)) {
            return true;
        }
        if next.gap > Break::Space || next.items().next().is_some() {
            return false;
        }
        // "two toppings": a number of a group's name is of no use.
        let is_group = |found: &Found| matches!(found.meaning, Meaning::Group(_));
        let counts_group = next.qty.is_none()
            && !next.is(Role::Extra)
            && next.found.iter().any(is_group)
            && next.choices().next().is_none()
            && !self.is_kind_by_group(next);
        counts_group || next.is(Role::Generic) && !self.thing_next(at)
    }

    /// "a white one": one stands for the thing.
    fn stands_for_the_thing(&self, at: usize, piece: &Piece, qty: &Qty) -> bool {
        let token = self.tokens.get(piece.from);
        let is_one = qty.amount == Amount::ONE
            && !qty.weak
            && token.is_some_and(|token| token.kind == TokenKind::Word);
        let back = self.out.iter().rev();
        let options = back.take_while(|element| element.said().is_some()).count();
        let (ahead, said) = self.out.split_at(self.out.len() - options);
        let mut since_head = ahead.iter().rev().take_while(|last| !last.is_head());
        let counted = since_head.find_map(Element::qty);
        // "Three mediums, one with ham": one of them.
        let of_several = counted.is_some_and(|qty| qty.amount > Amount::ONE);
        let next = self.pieces.get(at + 1);
        let is_part = of_several && next.is_some_and(|next| next.is(Role::With));
        let after_option = options > 0 && counted.is_some() && !is_part;
        // "One with ham one with tuna" are two, "一份黑椒汁 one with ham" too.
        let begins = |option: &Element| option.lead.with || option.han;
        let after_option = after_option && !said.iter().any(begins);
        let lead = &self.lead;
        is_one
            && after_option
            && lead.gap <= Break::Space
            && !lead.and
            && !lead.with
            && !self.thing_next(at)
            && !self.option_next(at)
    }

    /// "酸菜加两份": a number after a choice that can be taken several times.
    pub(super) fn counts_option(&mut self, at: usize, qty: &Qty) -> bool {
        if self.lead.gap > Break::None || qty.weak || qty.measure.is_some() || self.thing_next(at) {
            return false;
        }
        // "一份宽粉和两份豆皮" counts what follows, "第二份" nothing.
        let added = self.lead.and || self.lead.with;
        let counts_next = added && self.option_next(at);
        if counts_next || self.lead.ordinal || !added && self.is_part(qty) {
            return false;
        }
        let head = self.out.iter().rposition(Element::is_head);
        let counted = head.is_some_and(|head| {
            let near = |element: &Element| element.qty().is_some();
            self.out
                .get(head + 1..)
                .unwrap_or_default()
                .iter()
                .any(near)
                || head > 0 && self.out.get(head - 1).is_some_and(near)
        });
        let added = self.lead.with || self.lead.and;
        let once = self
            .out
            .last()
            .and_then(Element::said)
            .is_some_and(|said| said.count == 1);
        let most = self
            .out
            .last()
            .filter(|last| last.han && once)
            .and_then(Element::said)
            .and_then(|said| said.candidates.first())
            .map_or(1, |c| self.most(c));
        let Some(n) = qty
            .amount
            .as_whole()
            .filter(|n| *n >= 1 && most > 1 && head.is_some() && (counted || added))
        else {
            return false;
        };
        if let Some(Kind::Option(said)) = self.out.last_mut().map(|last| &mut last.kind) {
            said.count = n;
        }
        self.lead = Lead::default();
        true
    }

    /// "With one pump of vanilla": a number of an option that is had once only says nothing more.
    pub(super) fn counts_what_comes(&self, at: usize, qty: &Qty) -> bool {
        let next = self
            .pieces
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .find(|piece| !piece.is(Role::Noise) || piece.choices().next().is_some());
        let near = self.lead.gap <= Break::Space;
        let Some(next) = next.filter(|next| {
            near && next.gap <= Break::Space && !qty.weak && self.lead.with && !self.thing_next(at)
        }) else {
            return false;
        };
        let once = next.choices().next().is_some()
            && next
                .choices()
                .all(|choice| self.most(&Candidate::plain(choice)) <= 1);
        // "要两杯大的": so many of the thing are large.
        let single = |(group, ..): (u32, u32, How)| self.index.is_single(group);
        let of_thing = qty.counted && self.is_han(next) && next.choices().all(single);
        once && !of_thing
            && self
                .out
                .last()
                .is_some_and(|last| last.is_head() || last.said().is_some())
    }

    /// Whether an option follows straight: "two large one small".
    fn option_next(&self, at: usize) -> bool {
        let next = self.pieces.get(at + 1);
        next.is_some_and(|next| next.gap <= Break::Space && next.choices().next().is_some())
    }

    /// Whether a thing follows at once.
    pub(super) fn thing_next(&self, at: usize) -> bool {
        let rest = self.pieces.get(at + 1..).unwrap_or_default().iter();
        rest.take_while(|piece| {
            piece.gap <= Break::Space
                && piece.qty.is_none()
                && !piece.is(Role::With)
                && !piece.is(Role::And)
        })
        .any(|piece| piece.items().next().is_some())
    }

    /// "two shots": a number before a choice that can be taken several times counts it, unless a
    /// thing follows that the number may count.
    pub(super) fn count(&mut self, at: usize, candidates: &[Candidate]) -> i64 {
        let countable = candidates.iter().any(|candidate| self.most(candidate) > 1);
        // "Two shots", not "one with a shot".
        let near = countable && self.lead.gap <= Break::Space && !self.lead.with;
        // "其中一杯不加珍珠": so many of the thing.
        let of_thing = |lead: &Lead| lead.of_them || lead.other || lead.ordinal;
        let wanted = near && candidates.iter().any(|candidate| !candidate.negated);
        let last = self
            .out
            .last()
            .filter(|last| wanted && !of_thing(&last.lead));
        let Some(number) = last.and_then(Element::qty) else {
            return 1;
        };
        let ahead = self.pieces.get(at + 1..).unwrap_or_default();
        let counts_thing = ahead
            .iter()
            .take_while(|piece| {
                piece.gap <= Break::Space
                    && piece.qty.is_none()
                    && !piece.is(Role::With)
                    && !piece.is(Role::Without)
            })
            .any(|piece| piece.items().next().is_some());
        let has_head = self.out.iter().any(Element::is_head);
        let added = last.is_some_and(|last| last.lead.with || last.lead.and);
        let counts_thing = counts_thing || !added && self.is_part(number);
        let Some(n) = number
            .amount
            .as_whole()
            .filter(|n| !counts_thing && has_head && *n >= 1)
        else {
            return 1;
        };
        if let Some(counted) = self.out.pop() {
            let gap = self.lead.gap;
            self.lead = counted.lead;
            self.lead.gap = self.lead.gap.max(gap);
        }
        n
    }

    /// "两杯珍奶，一杯椰果": fewer, in the same word for counting, are a part of what was counted.
    fn is_part(&self, number: &Qty) -> bool {
        let word = |qty: &Qty| qty.word.and_then(|at| self.tokens.get(at));
        let Some(same) = word(number) else {
            return false;
        };
        let mut counted = self.out.iter().filter_map(Element::qty);
        counted.any(|qty| {
            qty.amount > number.amount && word(qty).is_some_and(|word| word.form == same.form)
        })
    }

    pub(super) fn most(&self, candidate: &Candidate) -> i64 {
        let group = self.index.menu.groups.get(candidate.group as usize);
        group
            .and_then(|group| group.choices.get(candidate.choice as usize))
            .map_or(1, |choice| choice.max)
    }

    /// "One rice and one beer each": of all that was counted since the people were named.
    pub(super) fn mark_all_back(&mut self) -> bool {
        if self.out.last().is_none_or(|last| last.han) {
            return false;
        }
        let mut any = false;
        for element in self.out.iter_mut().rev() {
            if element.lead.person {
                break;
            }
            if element.qty().is_some() {
                element.lead.person = true;
                any = true;
                if element.lead.more {
                    // "Two plates, and also a bowl for each of us".
                    break;
                }
            }
        }
        // "Wonton soup for everybody": one for each.
        if let Some(last) = self.out.last_mut().filter(|last| !any && last.is_head()) {
            last.lead.person = true;
            any = true;
        }
        any
    }

    /// "one coke each": the mark comes after what it belongs to.
    pub(super) fn mark_back(&mut self, mark: impl Fn(&mut Lead)) -> bool {
        if self.out.last().is_some_and(|last| last.han) {
            return false;
        }
        for element in self.out.iter_mut().rev() {
            if element.qty().is_some() {
                mark(&mut element.lead);
                return true;
            }
            if element.lead.gap >= Break::Comma {
                return false;
            }
        }
        false
    }
}
