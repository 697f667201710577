//! Things: whether a name is a thing or an option here, and what belongs to the name itself.

use super::super::index::{Found, How, Meaning};
use super::super::language::Role;
use super::super::pieces::Piece;
use super::super::text::Break;
use super::{Builder, Candidate, Element, Kind, Lead, Said};

impl Builder<'_> {
    /// What stands right before a name and is a part of it, or a shorter name of the same thing.
    pub(super) fn absorb(&mut self, piece: &Piece, items: &[(u32, How)]) {
        let touches = self.lead.gap <= Break::Space && !self.lead.and && !self.lead.with;
        let Some(last) = self
            .out
            .last()
            .filter(|last| touches && last.to == piece.from)
        else {
            return;
        };
        let part = match &last.kind {
            Kind::Head(known) => known.iter().any(|(item, how)| {
                *how == How::Part && items.iter().any(|(other, _)| other == item)
            }),
            Kind::Option(_) if last.han => {
                let words = self.tokens.get(last.from..piece.to).unwrap_or_default();
                let both: String = words.iter().map(|token| token.form.as_str()).collect();
                let names = items
                    .first()
                    .and_then(|(item, _)| self.index.menu.items.get(*item as usize))
                    .map(|item| item.names.as_slice());
                names
                    .unwrap_or_default()
                    .iter()
                    .any(|name| name.contains(&both))
            }
            _ => false,
        };
        if part {
            let part = self.out.pop();
            self.heard
                .extend(part.iter().map(|part| (part.from, part.to)));
            let lead = part.map(|part| part.lead).unwrap_or_default();
            self.lead = Lead {
                negated: self.lead.negated,
                ..lead
            };
        }
    }

    /// "Latte" is a coffee and which one.
    pub(super) fn own_option(&mut self, piece: &Piece, items: &[(u32, How)]) {
        let Some((item, _)) = items.first() else {
            return;
        };
        // Its own name says no more than what it is.
        let is_name = |found: &Found| found.meaning == Meaning::Item(*item) && !found.alias;
        if piece.found.iter().any(is_name) {
            return;
        }
        let candidates: Vec<Candidate> = piece
            .choices()
            .filter(|(group, _, how)| {
                *how <= How::Pinyin && self.index.menu.opens(*item as usize, *group as usize)
            })
            .map(Candidate::plain)
            .collect();
        if !candidates.is_empty() {
            self.push(
                Kind::Option(Said {
                    candidates,
                    count: 1,
                    all: false,
                }),
                piece,
            );
        }
    }

    /// A name of the very thing named last says which form of it: "2 coffees, one latte".
    pub(super) fn is_form_of_last(&self, piece: &Piece) -> bool {
        let Some((at, Kind::Head(items))) = self
            .out
            .iter()
            .rposition(Element::is_head)
            .and_then(|at| Some((at, &self.out.get(at)?.kind)))
        else {
            return false;
        };
        let same = piece
            .items()
            .any(|(item, _)| items.iter().any(|(known, _)| *known == item));
        let own = |group: u32| {
            self.out
                .get(at + 1)
                .and_then(Element::said)
                .is_some_and(|said| {
                    said.candidates.iter().any(|c| c.group == group)
                        && self
                            .out
                            .get(at + 1)
                            .is_some_and(|e| Some(e.from) == self.out.get(at).map(|head| head.from))
                })
        };
        same && piece.choices().any(|(group, _, _)| {
            items
                .iter()
                .any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))
                && !own(group)
        })
    }

    pub(super) fn head(&mut self, piece: &Piece, items: Vec<(u32, How)>, purpose: bool) {
        if purpose && self.out.last().is_none_or(|last| last.qty().is_none()) {
            // "for lunch": what for, if something else is ordered.
            let known = |element: &Element| matches!(&element.kind, Kind::Head(known) if known.iter().any(|(item, _)| items.iter().any(|(other, _)| other == item)));
            if self.out.iter().any(known) {
                self.lead.definite = true;
                self.push(Kind::Head(items), piece);
                return;
            }
            let others = self
                .pieces
                .iter()
                .filter(|other| other.from != piece.from && other.items().next().is_some())
                .count();
            if others > 0 {
                return;
            }
        }
        // "不放葱的面" is noodles: "no" was said of the spring onions. "不要微辣的面" is none.
        let negated = std::mem::take(&mut self.negated);
        let said = self.out.last().and_then(Element::said);
        let of_option = said.is_some_and(|said| said.candidates.iter().any(|c| c.negated));
        self.lead.negated = negated && (self.newly || self.lists() || !of_option);
        self.much = None;
        self.all = false;
        self.absorb(piece, &items);
        self.push(Kind::Head(items), piece);
    }

    /// Whether a name that an item and an option share is the option here.
    pub(super) fn is_option(&self, at: usize, piece: &Piece) -> bool {
        // "A latte and a mocha, the mocha with ice".
        if self.lead.definite && self.is_known(piece) {
            return false;
        }
        let takes = |items: &[(u32, How)]| {
            piece.choices().any(|(group, _, _)| {
                items
                    .iter()
                    .any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))
            })
        };
        let next = self.thing_in_sight(at).is_some_and(|next| {
            let items: Vec<(u32, How)> = next.items().collect();
            takes(&items) && self.leads_straight(at, next)
        });
        if next || self.is_answer(at, piece) {
            return true;
        }
        let head = self.out.iter().rposition(Element::is_head);
        let Some((at_head, Kind::Head(items))) =
            head.and_then(|at| Some((at, &self.out.get(at)?.kind)))
        else {
            return false;
        };
        if !takes(items) {
            return false;
        }
        if self.negated || self.much.is_some() || self.is_form_of_last(piece) {
            return true;
        }
        self.goes_on_with(self.out.get(at_head + 1..).unwrap_or_default())
    }

    /// Whether a piece names what was named before.
    fn is_known(&self, piece: &Piece) -> bool {
        let mut heads = self.out.iter().filter_map(|element| match &element.kind {
            Kind::Head(items) => items.first().map(|(item, _)| *item),
            _ => None,
        });
        heads.any(|known| piece.items().any(|(item, _)| item == known))
    }

    /// The first thing after a piece in the same breath.
    fn thing_in_sight(&self, at: usize) -> Option<&Piece> {
        let rest = self.pieces.get(at + 1..)?.iter().take(6);
        let mut rest = rest.take_while(|next| next.gap <= Break::Space && next.qty.is_none());
        rest.find(|next| next.items().next().is_some())
    }

    /// Whether what was said since a thing makes what comes now more of it, rather than another one.
    fn goes_on_with(&self, since: &[Element]) -> bool {
        let counted = since.last().and_then(Element::qty);
        let with = self.lead.with || since.iter().any(|element| element.lead.with);
        if let Some(qty) = counted {
            let leads = self.lead.with
                || self.lead.and
                || since
                    .last()
                    .is_some_and(|last| last.lead.and || last.lead.with);
            return self.lead.with
                || qty.weak
                    && leads
                    && (with || since.iter().any(|element| element.said().is_some()));
        }
        let near = self.lead.gap <= Break::Bracket;
        let lists = since.last().is_some_and(|last| last.said().is_some());
        near && (with || lists || !self.lead.and)
    }

    /// "主菜要糖醋里脊": the name of the group stands before the answer.
    pub(super) fn is_answer(&self, at: usize, piece: &Piece) -> bool {
        let before = self
            .pieces
            .get(at.saturating_sub(3)..at)
            .unwrap_or_default();
        let groups = before
            .iter()
            .rev()
            .take_while(|piece| piece.qty.is_none())
            .flat_map(|piece| &piece.found);
        let groups: Vec<u32> = groups
            .filter_map(|found| match found.meaning {
                Meaning::Group(group) => Some(group),
                _ => None,
            })
            .collect();
        let named = |group: u32| {
            self.index
                .menu
                .groups
                .get(group as usize)
                .map(|group| group.names.as_slice())
                .unwrap_or_default()
        };
        let alike = |group: u32| {
            groups.iter().any(|known| {
                *known == group || named(*known).iter().any(|name| named(group).contains(name))
            })
        };
        let opens = |group: u32| {
            self.out.iter().any(|element| matches!(&element.kind, Kind::Head(items) if items.iter().any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))))
        };
        piece
            .choices()
            .any(|(group, _, _)| alike(group) && opens(group))
    }

    /// Whether nothing but options stand between a name and the thing after it.
    pub(super) fn leads_straight(&self, at: usize, next: &Piece) -> bool {
        let between = self
            .pieces
            .get(at + 1..)
            .into_iter()
            .flatten()
            .take_while(|piece| piece.from < next.from);
        between.into_iter().all(|piece| {
            piece.choices().next().is_some()
                || piece.is(Role::And)
                || piece.is(Role::Noise) && piece.to - piece.from == 1 && !piece.is(Role::With)
        })
    }
}
