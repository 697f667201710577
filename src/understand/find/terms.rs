//! Terms and the documents that have them: few large tables, since a menu may have a hundred
//! thousand names. Terms are found whole or by their beginning.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::super::index::AsIs;

/// See the module.
#[derive(Default, Clone)]
pub(super) struct Terms {
    /// All terms in their order, one after the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    /// The documents of all terms, and where those of each end.
    docs: Vec<u32>,
    docs_ends: Vec<u32>,
    open: Open,
}

/// What is gathered until all are there.
#[derive(Default, Clone)]
struct Open {
    /// Terms by the hash of their letters.
    places: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    text: String,
    ends: Vec<u32>,
    /// A term, a document that has it.
    posts: Vec<(u32, u32)>,
}

fn part<'t>(text: &'t str, ends: &[u32], at: usize) -> &'t str {
    let from = at.checked_sub(1).and_then(|before| ends.get(before));
    let from = from.map_or(0, |end| *end as usize);
    let to = ends.get(at).map_or(from, |end| *end as usize);
    text.get(from..to).unwrap_or_default()
}

/// FNV-1a: two of a million terms share one of its values once in some ten million menus.
fn hash(term: &str) -> u64 {
    term.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Terms {
    /// A document has a term. All of them before [`Terms::close`].
    pub fn add(&mut self, term: &str, doc: u32) {
        let Open {
            places,
            text,
            ends,
            posts,
        } = &mut self.open;
        let at = *places.entry(hash(term)).or_insert_with(|| {
            text.push_str(term);
            ends.push(text.len() as u32);
            ends.len() as u32 - 1
        });
        posts.push((at, doc));
    }

    /// All are there.
    pub fn close(&mut self) {
        let Open {
            text,
            ends,
            mut posts,
            ..
        } = std::mem::take(&mut self.open);
        let mut order: Vec<u32> = (0..ends.len() as u32).collect();
        order.sort_unstable_by_key(|at| part(&text, &ends, *at as usize));
        let mut rank = vec![0u32; ends.len()];
        self.text = String::with_capacity(text.len());
        self.ends = Vec::with_capacity(ends.len());
        for (place, at) in order.iter().enumerate() {
            self.text.push_str(part(&text, &ends, *at as usize));
            self.ends.push(self.text.len() as u32);
            if let Some(rank) = rank.get_mut(*at as usize) {
                *rank = place as u32;
            }
        }
        for (term, _) in &mut posts {
            *term = rank.get(*term as usize).copied().unwrap_or_default();
        }
        posts.sort_unstable();
        posts.dedup();
        self.docs_ends = Vec::with_capacity(self.ends.len());
        self.docs = Vec::with_capacity(posts.len());
        for (term, doc) in posts {
            while self.docs_ends.len() < term as usize {
                self.docs_ends.push(self.docs.len() as u32);
            }
            self.docs.push(doc);
        }
        self.docs_ends
            .resize(self.ends.len(), self.docs.len() as u32);
    }

    fn term(&self, at: usize) -> &str {
        part(&self.text, &self.ends, at)
    }

    /// The documents of the terms from one to before another.
    fn docs(&self, from: usize, to: usize) -> &[u32] {
        let end = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| self.docs_ends.get(at));
            before.map_or(0, |end| *end as usize)
        };
        self.docs.get(end(from)..end(to)).unwrap_or_default()
    }

    /// The first term that is not before another.
    fn from(&self, term: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.term(middle) < term {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// The documents that have a term; none if there is no such term.
    pub fn exact(&self, term: &str) -> Option<&[u32]> {
        let at = self.from(term);
        let is_there = at < self.ends.len() && self.term(at) == term;
        is_there.then(|| self.docs(at, at + 1))
    }

    /// The documents that have a term with this beginning; some may come more than once.
    pub fn begun(&self, term: &str) -> &[u32] {
        let from = self.from(term);
        let mut to = from;
        while to < self.ends.len() && self.term(to).starts_with(term) {
            to += 1;
        }
        self.docs(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_whole_and_by_their_beginning() {
        let mut terms = Terms::default();
        for (term, doc) in [
            ("tea", 3),
            ("teapot", 1),
            ("tea", 0),
            ("tea", 3),
            ("ice", 2),
            ("\u{8336}", 4),
        ] {
            terms.add(term, doc);
        }
        terms.close();
        assert_eq!(terms.exact("tea"), Some(&[0, 3][..]));
        assert_eq!(terms.exact("te"), None);
        assert_eq!(terms.exact("zebra"), None);
        assert_eq!(terms.begun("tea"), [0, 3, 1]);
        assert_eq!(terms.begun("i"), [2]);
        assert_eq!(terms.begun("\u{8336}"), [4]);
        assert_eq!(terms.begun("x"), [0_u32; 0]);
        assert_eq!(Terms::default().begun("x"), [0_u32; 0]);
    }
}
