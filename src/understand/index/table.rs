//! Values by hashed keys, for a hundred thousand names as for ten.
//!
//! What was added is found once the table is closed; more may be added then, and closed again. Keys
//! lie in their order, so that the first bits of one tell where to look: no place is kept free.
//! Must never be asked for what no hash of [`Key`](super::Key)'s kind leads to: its bits are taken
//! as they are.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Values of one key that are kept: what means more than this many things means nothing.
const MOST_VALUES: usize = 48;

/// First bits by which keys are put in their place: more places at a time than the processor's
/// nearest memory holds would be slower than comparing.
const MOST_BITS: u32 = 12;

/// See the module.
#[derive(Clone)]
pub(super) struct Table<T> {
    keys: Vec<u64>,
    values: Vec<T>,
    /// Where the keys with the same first bits begin, and at last where all end.
    starts: Vec<u32>,
    /// How many bits those are not.
    shift: u32,
    /// What is there and what was added, from the first addition until it is closed.
    added: Vec<(u64, T)>,
    /// What was added for keys that lead to nothing else.
    otherwise: Vec<(u64, T)>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            values: Vec::new(),
            starts: Vec::new(),
            shift: u64::BITS - 1,
            added: Vec::new(),
            otherwise: Vec::new(),
        }
    }
}

impl<T: Copy + PartialEq> Table<T> {
    /// A key leads to a value, as soon as the table is closed.
    pub fn add(&mut self, key: u64, value: T) {
        if self.added.is_empty() {
            let known = self.keys.iter().zip(&self.values);
            self.added.extend(known.map(|(key, value)| (*key, *value)));
        }
        self.added.push((key, value));
    }

    /// A key leads to a value if it leads to nothing else when the table is closed.
    pub fn add_otherwise(&mut self, key: u64, value: T) {
        self.otherwise.push((key, value));
    }

    /// Takes up what was added, the first [`MOST_VALUES`] of each key, each once.
    pub fn close(&mut self) {
        self.add_what_is_missing();
        if self.added.is_empty() {
            return;
        }
        let all = in_order(&std::mem::take(&mut self.added));
        self.keys = Vec::with_capacity(all.len());
        self.values = Vec::with_capacity(all.len());
        for same in all.chunk_by(|(a, _), (b, _)| a == b) {
            let first = self.values.len();
            for (key, value) in same {
                let kept = self.values.get(first..).unwrap_or_default();
                if kept.len() < MOST_VALUES && !kept.contains(value) {
                    self.keys.push(*key);
                    self.values.push(*value);
                }
            }
        }
        self.keys.shrink_to_fit();
        self.values.shrink_to_fit();
        self.find_starts();
    }

    fn add_what_is_missing(&mut self) {
        let otherwise = std::mem::take(&mut self.otherwise);
        let mut missing: HashSet<u64, BuildHasherDefault<AsIs>> =
            otherwise.iter().map(|(key, _)| *key).collect();
        missing.retain(|key| self.count(*key) == 0);
        for (key, _) in &self.added {
            missing.remove(key);
        }
        for (key, value) in otherwise {
            if missing.contains(&key) {
                self.add(key, value);
            }
        }
    }

    fn find_starts(&mut self) {
        // One or two places for each key: half of what is not there is found missing at once.
        let bits = bits(self.keys.len());
        self.shift = u64::BITS - bits;
        self.starts = Vec::with_capacity((1 << bits) + 1);
        for (at, key) in self.keys.iter().enumerate() {
            let place = (key >> self.shift) as usize;
            while self.starts.len() <= place {
                self.starts.push(at as u32);
            }
        }
        self.starts.resize((1 << bits) + 1, self.keys.len() as u32);
    }

    fn values(&self, key: u64) -> &[T] {
        let place = (key >> self.shift) as usize;
        let bounds = self.starts.get(place).zip(self.starts.get(place + 1));
        let (from, to) = bounds.map_or((0, 0), |(from, to)| (*from as usize, *to as usize));
        let near = self.keys.get(from..to).unwrap_or_default();
        let before = near.iter().take_while(|other| **other < key).count();
        let same = near.iter().skip(before).take_while(|other| **other == key);
        let first = from + before;
        self.values
            .get(first..first + same.count())
            .unwrap_or_default()
    }

    /// What a key leads to, the newest first.
    pub fn get(&self, key: u64) -> impl Iterator<Item = T> {
        self.values(key).iter().rev().copied()
    }

    /// How much it leads to.
    pub fn count(&self, key: u64) -> usize {
        self.values(key).len()
    }
}

/// First bits of so many keys by which they can be told apart.
fn bits(keys: usize) -> u32 {
    keys.max(1).ilog2() + 1
}

/// In the order of the keys, those of one key in the order in which they came. Keys are hashes:
/// put where their first bits belong, they have few others to be compared with.
fn in_order<T: Copy>(all: &[(u64, T)]) -> Vec<(u64, T)> {
    let shift = u64::BITS - bits(all.len()).min(MOST_BITS);
    let place = |key: u64| (key >> shift) as usize;
    let mut ends = vec![0u32; 1 << (u64::BITS - shift)];
    for (key, _) in all {
        if let Some(count) = ends.get_mut(place(*key)) {
            *count += 1;
        }
    }
    let mut end = 0;
    for count in &mut ends {
        end += *count;
        *count = end;
    }
    let mut sorted = all.to_vec();
    for entry in all.iter().rev() {
        if let Some(end) = ends.get_mut(place(entry.0)) {
            *end -= 1;
            if let Some(free) = sorted.get_mut(*end as usize) {
                *free = *entry;
            }
        }
    }
    for part in sorted.chunk_by_mut(|(a, _), (b, _)| place(*a) == place(*b)) {
        part.sort_by_key(|(key, _)| *key);
    }
    sorted
}

/// For keys that are hashes already.
#[derive(Default, Clone)]
pub(in super::super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_too_many_values_the_first_are_kept() {
        let mut table = Table::default();
        for value in (0..100).chain(0..100) {
            table.add(7, value);
        }
        assert_eq!(table.count(7), 0, "not closed yet");
        table.close();
        assert!(table.get(7).eq((0..MOST_VALUES as i32).rev()));
    }

    #[test]
    fn what_is_added_otherwise_takes_nobodys_place() {
        let mut table = Table::default();
        table.add(1, 'a');
        table.close();
        table.add(2, 'b');
        for key in 1..4 {
            table.add_otherwise(key, 'x');
            table.add_otherwise(key, 'y');
        }
        table.close();
        let all = |key| table.get(key).collect::<String>();
        assert_eq!([all(1), all(2), all(3)], ["a", "b", "yx"]);
    }

    proptest! {
        #[test]
        fn values_are_found_newest_first_however_often_it_was_closed(
            parts in prop::collection::vec(
                // Of keys that share their first bits, and of the first and the last of all.
                prop::collection::vec((prop::sample::select(vec![0, 1, 2, 3 << 62, u64::MAX]), 0..9), 0..20),
                0..4,
            ),
            absent in 3..u64::MAX,
        ) {
            let mut table = Table::default();
            let mut expected: BTreeMap<u64, Vec<i32>> = BTreeMap::new();
            for part in parts {
                for (key, value) in part {
                    table.add(key, value);
                    let values = expected.entry(key).or_default();
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                table.close();
                for (key, values) in &expected {
                    prop_assert!(table.get(*key).eq(values.iter().rev().copied()));
                    prop_assert_eq!(table.count(*key), values.len());
                }
                if absent != 3 << 62 {
                    prop_assert_eq!(table.count(absent), 0);
                }
            }
        }
    }
}
