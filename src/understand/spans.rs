//! Cuts a text into phrases that mean something, the cut that explains most winning.
//!
//! First by what is written; where words are left over, by spelling, sound and parts of names too.
//! A phrase keeps all its meanings: which one counts is for the sentence to say.

use super::amount::Amount;
use super::index::{Found, How, Index, Known, Meaning, words_first};
use super::language::Role;
use super::text::{Break, Kind, Token};

/// A phrase: some tokens and what they may mean; nothing if they are not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first token.
    pub from: usize,
    /// The token after the last one.
    pub to: usize,
    /// What it may mean, surest first.
    pub found: Vec<Found>,
    /// The number it is.
    pub number: Option<Amount>,
}

/// What a token is worth to be explained.
const TOKEN: i32 = 10;

/// What a phrase costs: one of two words is better than two of one.
const PHRASE: i32 = 3;

/// Letters of a word of the language that another one may be a slip of, at least.
const SHORTEST_WORD: usize = 5;

/// Phrases that are looked for by sound or as a part are no longer.
const LONGEST_GUESS: usize = 8;

/// So many words that are not understood are looked at more closely; a message with more is no
/// order, and each costs.
const MOST_GUESSES: usize = 60;

/// Cuts tokens into phrases, all of them, in order. `known`: further names.
pub fn spans(index: &Index, known: &Known, tokens: &[Token]) -> Vec<Span> {
    let mut cut = Cut {
        index,
        tokens,
        at: vec![Vec::new(); tokens.len()],
    };
    cut.exact();
    cut.without_pinyin();
    cut.known(known);
    let spans = cut.best();
    let open: Vec<usize> = spans
        .iter()
        .filter(|span| span.found.is_empty() && span.number.is_none())
        .flat_map(|span| span.from..span.to)
        .take(MOST_GUESSES)
        .collect();
    if open.is_empty() {
        return spans;
    }
    cut.guess(&open);
    let spans = cut.best();
    let still: Vec<usize> = spans
        .iter()
        .filter(|span| span.found.is_empty() && span.number.is_none())
        .flat_map(|span| span.from..span.to)
        .take(MOST_GUESSES)
        .collect();
    if still.is_empty() {
        return spans;
    }
    cut.parts(&still);
    cut.best()
}

struct Cut<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    at: Vec<Vec<Span>>,
}

/// The letters of a word, in order.
fn sorted(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

impl Cut<'_> {
    fn add(&mut self, from: usize, to: usize, found: Found) {
        let Some(list) = self.at.get_mut(from) else {
            return;
        };
        match list.iter_mut().find(|span| span.to == to) {
            Some(span) => {
                match span
                    .found
                    .iter_mut()
                    .find(|known| known.meaning == found.meaning)
                {
                    Some(known) => {
                        known.how = known.how.min(found.how);
                        known.alias &= found.alias;
                    }
                    None => span.found.push(found),
                }
            }
            None => list.push(Span {
                from,
                to,
                found: vec![found],
                number: None,
            }),
        }
    }

    fn exact(&mut self) {
        for from in 0..self.tokens.len() {
            let rest = self.tokens.get(from..).unwrap_or_default();
            let mut hits: Vec<(usize, Found)> = Vec::new();
            self.index
                .exact(rest, |length, found| hits.push((length, found)));
            for (length, found) in hits {
                self.add(from, from + length, found);
            }
            self.number(from);
        }
    }

    /// Further names mean just what they were given to. What the menu calls so goes before them;
    /// where it calls several things so, they tell which of them.
    fn known(&mut self, known: &Known) {
        for from in 0..self.tokens.len() {
            let rest = self.tokens.get(from..).unwrap_or_default();
            let mut hits: Vec<(usize, Meaning)> = Vec::new();
            known.exact(rest, |length, item| {
                hits.push((length, Meaning::Item(item)));
            });
            for (length, meaning) in hits {
                self.means(from, from + length, meaning);
            }
        }
    }

    fn means(&mut self, from: usize, to: usize, meaning: Meaning) {
        let spans = self.at.get_mut(from).into_iter().flatten();
        let mut spans = spans.filter(|span| span.to == to);
        if let Some(span) = spans.next() {
            let is_name = |found: &Found| {
                found.how <= How::Exact && matches!(found.meaning, Meaning::Item(_))
            };
            let mut names = span.found.iter().filter(|found| is_name(found));
            let is_one_of = names.clone().any(|found| found.meaning == meaning);
            if names.next().is_some() && !is_one_of {
                return;
            }
            span.found.clear();
        }
        self.add(from, to, Found::new(meaning, How::Verbatim));
    }

    /// Words in pinyin count only where a name in pinyin stands: "he" and "ban" are English words too.
    fn without_pinyin(&mut self) {
        let sold = |found: &Found| {
            matches!(found.meaning, Meaning::Item(_) | Meaning::Choice(..))
                && found.how == How::Pinyin
        };
        if !self.index.has_han()
            || self
                .at
                .iter()
                .flatten()
                .any(|span| span.found.iter().any(sold))
        {
            return;
        }
        for list in &mut self.at {
            for span in list.iter_mut() {
                span.found.retain(|found| {
                    found.how != How::Pinyin || !matches!(found.meaning, Meaning::Role(_))
                });
                let word = self.tokens.get(span.from).is_some_and(|token| {
                    token.kind == Kind::Word
                        && !token.form.starts_with(|c: char| c.is_ascii_digit())
                });
                if word {
                    span.number = None;
                }
            }
            list.retain(|span| !span.found.is_empty() || span.number.is_some());
        }
    }

    fn number(&mut self, from: usize) {
        let Some(token) = self.tokens.get(from) else {
            return;
        };
        let number = match token.kind {
            Kind::Number => Amount::parse(&token.form),
            Kind::Word => Amount::parse(&token.form)
                .or_else(|| self.index.pinyin_count(token).map(Amount::whole)),
            Kind::Han => self
                .index
                .words
                .digits
                .get(&token.form)
                .map(|n| Amount::whole(*n)),
            Kind::Sign => None,
        };
        let (Some(number), Some(list)) = (number, self.at.get_mut(from)) else {
            return;
        };
        match list.iter_mut().find(|span| span.to == from + 1) {
            Some(span) => span.number = Some(number),
            None => list.push(Span {
                from,
                to: from + 1,
                found: Vec::new(),
                number: Some(number),
            }),
        }
    }

    /// The cut of the greatest worth.
    fn best(&self) -> Vec<Span> {
        let n = self.tokens.len();
        // Worth from each token on, and the span that begins there.
        let mut worth = vec![0i32; n + 1];
        let mut pick: Vec<Option<&Span>> = vec![None; n];
        for from in (0..n).rev() {
            let mut best = worth.get(from + 1).copied().unwrap_or(0);
            let mut chosen = None;
            for span in self.at.get(from).into_iter().flatten() {
                let value = self.value(span) + worth.get(span.to).copied().unwrap_or(0);
                // Of two cuts worth as much the one whose phrase goes further: 加热, not 热的.
                let further = chosen.is_some_and(|known: &Span| span.to > known.to);
                if value > best || value == best && further {
                    (best, chosen) = (value, Some(span));
                }
            }
            if let (Some(slot), Some(picked)) = (worth.get_mut(from), pick.get_mut(from)) {
                *slot = best;
                *picked = chosen;
            }
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < n {
            let span = match pick.get(at).copied().flatten() {
                Some(span) => span.clone(),
                None => Span {
                    from: at,
                    to: at + 1,
                    found: Vec::new(),
                    number: None,
                },
            };
            at = span.to;
            let mut span = span;
            words_first(&mut span.found);
            span.found.sort_by_key(|found| (found.how, found.alias));
            out.push(span);
        }
        out
    }

    fn value(&self, span: &Span) -> i32 {
        let tokens = (span.to - span.from) as i32;
        let full = TOKEN * tokens - PHRASE;
        let of = |found: &Found| {
            let is_sold = matches!(
                found.meaning,
                Meaning::Item(_) | Meaning::Choice(..) | Meaning::Form(_)
            );
            // A word of the language gives way to a name of the same length: 不|加热, not 不加|热.
            let full = match is_sold {
                true => full + i32::from(tokens > 1),
                false => full - 1,
            };
            let sure = full * i32::from(found.how.score()) / 100;
            // "Chai latte" of a chai tea latte, not a part of it beside a latte.
            let tells = found.how == How::Part && tokens > 1 && span.found.len() == 1;
            match (found.how <= How::Exact, is_sold) {
                (true, _) => sure,
                (false, true) if tells => sure + 2 * (tokens - 1) - 1,
                (false, true) => sure - 2,
                // "Dan dan noddles" is a dish, not one with a slip of a group's name after it.
                (false, false) => sure - 3,
            }
        };
        let best = span.found.iter().map(of).max();
        best.or(span.number.map(|_| full - 1)).unwrap_or(0)
    }

    /// Spelling and sound, for phrases that hold one of the `open` tokens.
    fn guess(&mut self, open: &[usize]) {
        let mut hits: Vec<(usize, usize, Found)> = Vec::new();
        let spelt: Vec<(usize, Vec<(&str, u8)>)> = open
            .iter()
            .filter_map(|at| Some((*at, self.index.corrections(self.tokens.get(*at)?))))
            .collect();
        for at in open {
            for (from, to) in self.windows(*at, 2) {
                let Some(phrase) = self.tokens.get(from..to) else {
                    continue;
                };
                if phrase.iter().all(|token| token.kind == Kind::Han) {
                    if self.index.is_number_with_one(phrase) {
                        continue;
                    }
                    self.index.by_sound(phrase, |found, wrong| {
                        // A word that is understood is not taken for a slip.
                        if wrong.is_none_or(|wrong| open.contains(&(from + wrong))) {
                            hits.push((from, to, found));
                        }
                    });
                    continue;
                }
                self.index
                    .half_in_pinyin(phrase, |found| hits.push((from, to, found)));
                if self.may_be_part(phrase) {
                    self.index
                        .any_order(phrase, |found| hits.push((from, to, found)));
                }
            }
            self.misspelt(*at, &spelt, &mut hits);
            for (from, to) in self.windows(*at, 2) {
                let phrase = self.tokens.get(from..to).unwrap_or_default();
                let words =
                    phrase.iter().all(|token| token.kind == Kind::Word) && phrase.len() <= 5;
                let ends = [phrase.first(), phrase.last()].into_iter().flatten();
                if words && !ends.into_iter().any(|token| self.joins(token)) {
                    self.index.misspelt(phrase, |meaning| {
                        hits.push((from, to, Found::new(meaning, How::Typo)))
                    });
                }
            }
        }
        for (from, to, found) in hits {
            self.add(from, to, found);
        }
    }

    /// Phrases around a token, within one breath.
    fn windows(&self, at: usize, shortest: usize) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        let first = at.saturating_sub(LONGEST_GUESS - 1);
        let parted = |token: &Token| token.gap > Break::Space;
        for from in (first..=at).rev() {
            if from < at && self.tokens.get(from + 1).is_some_and(parted) {
                break;
            }
            for to in at + 1..=(from + LONGEST_GUESS).min(self.tokens.len()) {
                if to > at + 1 && self.tokens.get(to - 1).is_some_and(parted) {
                    break;
                }
                if to - from >= shortest {
                    all.push((from, to));
                }
            }
        }
        all
    }

    fn misspelt(
        &self,
        at: usize,
        spelt: &[(usize, Vec<(&str, u8)>)],
        hits: &mut Vec<(usize, usize, Found)>,
    ) {
        let of = |at: usize| {
            spelt
                .iter()
                .find(|(known, _)| *known == at)
                .map(|(_, words)| words.as_slice())
                .unwrap_or_default()
        };
        if of(at).is_empty() {
            return;
        }
        for (from, to) in self.windows(at, 1) {
            let ends = [from, to - 1].into_iter().filter(|end| *end != at);
            if ends
                .filter_map(|end| self.tokens.get(end))
                .any(|token| self.joins(token))
            {
                continue;
            }
            let mut forms: Vec<&str> = (from..to)
                .map(|nth| match of(nth).first() {
                    Some((word, _)) if nth != at => word,
                    _ => self.tokens.get(nth).map_or("", |token| token.form.as_str()),
                })
                .collect();
            for (word, score) in of(at) {
                let how = if *score >= 70 { How::Typo } else { How::Part };
                if let Some(form) = forms.get_mut(at - from) {
                    *form = word;
                }
                // "Two scones" are no cones of anything.
                let of = self.tokens.get(to).map(std::slice::from_ref);
                let counts = of.is_some_and(|of| self.index.is(of, Role::OfWhat));
                let typed = self.tokens.get(at).map_or("", |token| token.form.as_str());
                let turned = |word: &str| sorted(word) == sorted(typed);
                let meant = |found: &Found| match found.meaning {
                    Meaning::Role(Role::Counter) => counts,
                    // A donut is no "don't", but "wiht" is "with".
                    Meaning::Role(_) => word.len() >= SHORTEST_WORD || turned(word),
                    _ => true,
                };
                self.index.phrase(&forms, |found| {
                    if found.how <= How::Bag && meant(&found) {
                        hits.push((from, to, Found { how, ..found }));
                    }
                });
            }
        }
    }

    /// Parts of names, for phrases that hold one of the `open` tokens.
    fn parts(&mut self, open: &[usize]) {
        let mut hits: Vec<(usize, usize, Found)> = Vec::new();
        for at in open {
            let mut best = 0;
            for (from, to) in self.windows(*at, 1) {
                let Some(phrase) = self.tokens.get(from..to) else {
                    continue;
                };
                if to - from < best || !self.may_be_part(phrase) {
                    continue;
                }
                let names = self.index.holding(phrase);
                if names.is_empty() {
                    continue;
                }
                best = to - from;
                for (meaning, _) in names {
                    hits.push((from, to, Found::new(meaning, How::Part)));
                }
            }
        }
        for (from, to, found) in hits {
            self.add(from, to, found);
        }
    }

    /// At least two characters or a word of three letters, and no word that joins things.
    fn may_be_part(&self, phrase: &[Token]) -> bool {
        let han = phrase.iter().all(|token| token.kind == Kind::Han);
        if han {
            return phrase.len() >= 2;
        }
        let ends = [phrase.first(), phrase.last()];
        // The "t" of "t-shirt" is no word by itself.
        let hyphened = |at: usize| {
            let glued = |token: &Token| token.gap == Break::None;
            at == 0 && phrase.get(1).is_some_and(glued)
        };
        let mut words = phrase.iter().enumerate();
        words.all(|(at, token)| token.kind == Kind::Word && (token.form.len() >= 3 || hyphened(at)))
            && !ends.into_iter().flatten().any(|token| self.joins(token))
    }

    /// Whether a word has a part in the sentence, and so none at the end of a name.
    fn joins(&self, token: &Token) -> bool {
        let roles = [Role::Without, Role::Extra, Role::Light, Role::Counter];
        self.index.is_small(token)
            || roles
                .iter()
                .any(|role| self.index.is(std::slice::from_ref(token), *role))
    }
}
