//! What was read, as an order that the menu allows.

mod amounts;

use amounts::{as_option, measured};
pub(super) use amounts::{own_unit, sells_by_measure};

use std::collections::BTreeMap;
use std::ops::Range;

use super::amount::Amount;
use super::clauses::Manner;
use super::elements::{Candidate, Said};
use super::index::{How, Index};
use super::language::Role;
use super::order::{Chosen, Intent, Line, Loose, Removed, Understood};
use super::pieces::{Piece, Qty};
use super::reading::{Draft, Reading, Share, fitting};
use super::text::{Break, Token};

/// Makes the result of a reading.
pub fn result(
    tokens: &[Token],
    pieces: &[Piece],
    reading: &Reading<'_>,
    manner: Manner,
) -> Understood {
    let index = reading.index;
    let all = reading
        .lines
        .iter()
        .filter_map(|draft| line(index, tokens, draft, reading));
    let (lines, refused): (Vec<Line>, Vec<Line>) = all.partition(|line| line.quantity.0 > 0);
    let command = if lines.is_empty() {
        command(index, tokens, pieces)
    } else {
        None
    };
    let intent = match command {
        Some(command) => Intent::Command(command),
        None if manner.asks && lines.is_empty() => Intent::Question,
        None => Intent::Order,
    };
    let loose = reading
        .loose
        .as_ref()
        .filter(|_| lines.is_empty() && refused.is_empty());
    Understood {
        removed: removed(tokens, reading),
        unknown: unknown(tokens, pieces, reading),
        loose: loose.map(|loose| Loose {
            quantity: loose.qty.map(|qty| qty.amount),
            more: loose.more || loose.qty.is_some_and(|qty| qty.more),
            options: loose.said.iter().map(may_be).collect(),
        }),
        about: reading.about.iter().map(|item| *item as usize).collect(),
        intent,
        lines,
        refused,
    }
}

/// What was in the cart before and is not wanted any more.
fn removed(tokens: &[Token], reading: &Reading<'_>) -> Vec<Removed> {
    let items = reading.removed.iter();
    let items = items.map(|(item, qty, from, to)| {
        let quantity = qty.map(|qty| measured(reading.index, *item, qty, None).0);
        Removed {
            item: Some(*item as usize),
            category: None,
            // What can't be measured so is all of it.
            quantity: quantity.filter(|quantity| quantity.0 > 0),
            span: bytes(tokens, *from, *to),
        }
    });
    let kinds = reading.unwanted.iter().map(|kind| Removed {
        item: None,
        category: Some(kind.category as usize),
        quantity: kind.count,
        span: bytes(tokens, kind.from, kind.to),
    });
    items.chain(kinds).collect()
}

/// All that an option may be.
fn may_be(said: &Said) -> Vec<Chosen> {
    let chosen = |candidate: &Candidate| Chosen {
        group: candidate.group as usize,
        choice: candidate.choice as usize,
        negated: candidate.negated,
        much: candidate.much,
        count: said.count,
    };
    said.candidates.iter().map(chosen).collect()
}

fn bytes(tokens: &[Token], from: usize, to: usize) -> Range<usize> {
    let start = tokens.get(from).map_or(0, |token| token.at.start);
    let end = to
        .checked_sub(1)
        .and_then(|last| tokens.get(last))
        .map_or(start, |token| token.at.end);
    start..end.max(start)
}

fn line(index: &Index, tokens: &[Token], draft: &Draft, reading: &Reading<'_>) -> Option<Line> {
    let spans = draft
        .spans
        .iter()
        .map(|(from, to)| bytes(tokens, *from, *to))
        .collect();
    let said = draft.qty.unwrap_or(Qty::ONE);
    let people = reading.people.filter(|_| draft.person).unwrap_or(1);
    let Some((item, how)) = draft.items.first() else {
        let quantity = said.amount.times(Amount::whole(people))?;
        return Some(Line {
            item: None,
            category: Some(draft.category? as usize),
            quantity,
            counted: draft.qty.is_some(),
            more: draft.more,
            changes: draft.changes,
            unit: None,
            options: Vec::new(),
            score: 80,
            others: Vec::new(),
            spans,
        });
    };
    // "A melon", of what is sold by weight and by each, is counted; "melon" is so much as is usual.
    let uncounted = draft.qty.is_none() || said.unit.is_some();
    let counted = Qty {
        weak: said.weak && uncounted,
        ..said
    };
    let by_option = as_option(index, *item, counted, draft.inner);
    let (counted, inner) = by_option.map_or((counted, draft.inner), |(counted, _)| (counted, None));
    let (quantity, unit) = measured(index, *item, counted, inner);
    let quantity = quantity.times(Amount::whole(people))?;
    let others = draft
        .items
        .iter()
        .skip(1)
        .map(|(item, how)| (*item as usize, how.score()));
    Some(Line {
        item: Some(*item as usize),
        category: None,
        quantity,
        counted: draft.qty.is_some(),
        more: draft.more,
        changes: draft.changes,
        unit,
        options: with_form(
            index,
            *item as usize,
            said,
            tokens,
            options(
                index,
                draft,
                &reading.shares,
                by_option.map(|(_, choice)| choice),
            ),
        ),
        score: how.score(),
        others: others.collect(),
        spans,
    })
}

fn is_excepted(share: &Share, draft: &Draft) -> bool {
    let item = draft.items.first();
    draft.free || item.is_some_and(|(item, _)| share.except.contains(item))
}

/// The options of a line, with those for every line, as the item's groups allow.
fn options(
    index: &Index,
    draft: &Draft,
    shares: &[Share],
    measured: Option<(u32, u32)>,
) -> Vec<Chosen> {
    let mut all = draft.options.clone();
    if let Some((group, choice)) = measured
        && !all.iter().any(|(known, _)| known.group == group)
    {
        all.push((Candidate::plain((group, choice, How::Exact)), 1));
    }
    for Share { said, .. } in shares.iter().filter(|share| !is_excepted(share, draft)) {
        if let Some(candidate) = fitting(index, draft, said) {
            let single = index.is_single(candidate.group);
            let own = all.iter().any(|(known, _)| {
                known.group == candidate.group && (single || known.choice == candidate.choice)
            });
            if !own {
                all.push((candidate, said.count));
            }
        }
    }
    let item = draft.items.first().map_or(0, |(item, _)| *item as usize);
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut taken: BTreeMap<u32, i64> = BTreeMap::new();
    for (candidate, count) in all {
        let Some(group) = index.menu.groups.get(candidate.group as usize) else {
            continue;
        };
        let most = group
            .choices
            .get(candidate.choice as usize)
            .map_or(1, |choice| choice.max);
        let used = taken.entry(candidate.group).or_default();
        let left = group.max.map_or(i64::MAX, |max| max.saturating_sub(*used));
        let count = count
            .min(most.max(1))
            .min(if candidate.negated { 1 } else { left });
        if count < 1 {
            continue;
        }
        if !candidate.negated {
            *used += count;
        }
        chosen.push(Chosen {
            group: candidate.group as usize,
            choice: candidate.choice as usize,
            negated: candidate.negated,
            much: candidate.much,
            count,
        });
    }
    opened(index, item, chosen)
}

/// "A bottle of wine": the word for counting tells which form, if one alone is called so.
fn with_form(
    index: &Index,
    item: usize,
    said: Qty,
    tokens: &[Token],
    mut chosen: Vec<Chosen>,
) -> Vec<Chosen> {
    let word = said.word.and_then(|at| tokens.get(at));
    let Some(word) = word.filter(|word| !index.is(std::slice::from_ref(*word), Role::Generic))
    else {
        return chosen;
    };
    let groups = index
        .menu
        .items
        .get(item)
        .map(|item| item.groups.as_slice())
        .unwrap_or_default();
    for opened in groups.iter().filter(|opened| opened.by.is_none()) {
        let Some(group) = index
            .menu
            .groups
            .get(opened.group)
            .filter(|group| group.form)
        else {
            continue;
        };
        if chosen.iter().any(|known| known.group == opened.group) {
            continue;
        }
        let called = |name: &String| {
            super::text::tokens(name, &index.canon)
                .iter()
                .any(|token| token.form == word.form)
        };
        let mut fitting = group
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.names.iter().any(called));
        if let (Some((choice, _)), None) = (fitting.next(), fitting.next()) {
            chosen.push(Chosen {
                group: opened.group,
                choice,
                negated: false,
                much: None,
                count: 1,
            });
        }
    }
    chosen
}

/// What a choice opens counts only with that choice, which is taken along where it alone opens it.
fn opened(index: &Index, item: usize, mut chosen: Vec<Chosen>) -> Vec<Chosen> {
    let mut at = 0;
    while let Some(option) = chosen.get(at).copied() {
        let by = index
            .menu
            .opened(item, option.group)
            .and_then(|opened| opened.by);
        let Some((group, choice)) = by else {
            at += 1;
            continue;
        };
        let ways: Vec<(usize, usize)> = index
            .menu
            .items
            .get(item)
            .into_iter()
            .flat_map(|item| &item.groups)
            .filter(|opened| opened.group == option.group)
            .filter_map(|opened| opened.by)
            .collect();
        let has = chosen
            .iter()
            .any(|known| ways.contains(&(known.group, known.choice)) && !known.negated);
        let other = chosen
            .iter()
            .any(|known| known.group == group && !ways.contains(&(known.group, known.choice)));
        if has {
            at += 1;
        } else if ways.len() == 1 && !other {
            chosen.push(Chosen {
                group,
                choice,
                negated: false,
                much: None,
                count: 1,
            });
            at += 1;
        } else {
            chosen.remove(at);
        }
    }
    chosen
}

/// Words around a command that are looked at.
const MOST_AROUND: usize = 12;

/// The command that a message is, if nothing else of it says something.
fn command(index: &Index, tokens: &[Token], pieces: &[Piece]) -> Option<String> {
    // Politeness around it does not matter; anything else does.
    let quiet = |pieces: &[Piece]| {
        pieces
            .iter()
            .all(|piece| piece.is(Role::Noise) && piece.qty.is_none())
    };
    for from in 0..pieces.len().min(MOST_AROUND) {
        if !quiet(pieces.get(..from)?) {
            break;
        }
        for to in (from + 1..=pieces.len()).rev().take(MOST_AROUND) {
            let (first, last) = (pieces.get(from)?, pieces.get(to - 1)?);
            let Some(command) = index.command(tokens.get(first.from..last.to)?) else {
                continue;
            };
            if quiet(pieces.get(to..)?) {
                return Some(command.to_owned());
            }
        }
    }
    None
}

/// Where words stood that were not understood, or came to nothing.
fn unknown(tokens: &[Token], pieces: &[Piece], reading: &Reading<'_>) -> Vec<Range<usize>> {
    let strange = pieces.iter().filter(|piece| piece.is_unknown());
    let mut lost = came_to_nothing(reading);
    if lost.is_empty() && reading.loose.is_none() && strange.clone().next().is_none() {
        return Vec::new();
    }
    let said = reading.lines.iter().flat_map(|line| &line.spans).copied();
    let kinds = reading.unwanted.iter().map(|kind| (kind.from, kind.to));
    let said: Vec<(usize, usize)> = said
        .chain(kinds)
        .chain(reading.heard.iter().copied())
        .collect();
    let is_said = |(from, to): &(usize, usize)| {
        let mut said = said.iter();
        said.any(|(start, end)| start <= from && to <= end)
    };
    let strange = strange.map(|piece| (piece.from, piece.to));
    let mut all: Vec<(usize, usize)> = strange.filter(|at| !is_said(at)).collect();
    // With strange words beside it, it may be of those.
    let strange = !all.is_empty() || !reading.lines.is_empty();
    let loose = reading.loose.iter().filter(|_| strange);
    lost.extend(loose.flat_map(|loose| &loose.spans));
    all.extend(lost.into_iter().filter(|lost| !is_said(lost)));
    all.sort_unstable();
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (from, to) in all {
        let at = bytes(tokens, from, to);
        let gap = tokens.get(from).map_or(Break::Strong, |token| token.gap);
        let goes_on = last.is_some_and(|last| from < last || from == last && gap <= Break::Space);
        match out.last_mut().filter(|_| goes_on) {
            Some(open) => open.end = open.end.max(at.end),
            None => out.push(at),
        }
        last = last.max(Some(to));
    }
    out
}

/// Words that were understood and are in no line, as tokens.
fn came_to_nothing(reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let index = reading.index;
    let mut all = reading.lost.clone();
    let takes = |said: &Said| {
        let mut lines = reading.lines.iter();
        lines.any(|line| fitting(index, line, said).is_some())
    };
    let shares = reading.shares.iter().filter(|share| !takes(&share.said));
    all.extend(shares.map(|share| share.at));
    let has = |group: u32| {
        let items = reading.lines.iter().flat_map(|line| &line.items);
        let mut items = items.chain(&reading.spoken);
        items.any(|(item, _)| index.menu.opens(*item as usize, group as usize))
    };
    let groups = reading.groups.iter().filter(|(group, _, _)| !has(*group));
    all.extend(groups.map(|(_, from, to)| (*from, *to)));
    all
}
