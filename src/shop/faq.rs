//! `faq.LOCALE.md`: questions as headings, answers below; searched by /help.

use std::fmt;

use super::fault::Page;
use crate::understand::find::{self, Finder, Part, Typed};
use crate::understand::index::Spelling;
use crate::understand::text::{Kind, Token};

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The heading.
    pub question: String,
    /// Everything up to the next heading.
    pub answer: String,
}

/// Most characters of an answer: a message holds 4096.
const MAX_ANSWER_CHARS: usize = 3000;
/// What a word in a question counts for, against one in an answer.
const IN_QUESTION: usize = 3;

/// A word says something if at most one of so many questions has it.
const RARE: usize = 3;

/// Reads one file.
pub fn read(page: &Page<'_>) -> Vec<Question> {
    let mut found: Vec<(Question, usize)> = Vec::new();
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        let words = line.trim();
        if let Some(question) = words.strip_prefix('#') {
            let question = question.trim_start_matches('#').trim().to_owned();
            if question.is_empty() {
                page.fault(
                    at,
                    "a heading without a question",
                    "write the question after #",
                );
            }
            found.push((
                Question {
                    question,
                    answer: String::new(),
                },
                at,
            ));
        } else if let Some((last, _)) = found.last_mut() {
            last.answer.push_str(line);
        } else if !words.is_empty() {
            page.fault(
                at,
                "words before the first question",
                "begin with a heading: # Question",
            );
        }
        at += line.len();
    }
    for (entry, at) in &mut found {
        entry.answer = entry.answer.trim().to_owned();
        proven(page, entry, *at);
    }
    found.into_iter().map(|(entry, _)| entry).collect()
}

/// An answer that is there and fits a message.
fn proven(page: &Page<'_>, entry: &Question, at: usize) {
    let chars = entry.answer.chars().count();
    if chars == 0 {
        page.fault(
            at,
            "a question without an answer",
            "write the answer below it",
        );
    }
    if chars > MAX_ANSWER_CHARS {
        page.fault(
            at,
            format!("the answer has {chars} characters"),
            format!("at most {MAX_ANSWER_CHARS} fit a message"),
        );
    }
}

/// Questions with what finds them.
pub struct Faq {
    all: Vec<Question>,
    /// Two documents for each: the question, and its answer.
    finder: Finder,
    spelling: Spelling,
}

impl fmt::Debug for Faq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.all).finish()
    }
}

impl Faq {
    /// Questions, ready to be found.
    pub fn new(all: Vec<Question>) -> Self {
        let mut finder = Finder::default();
        let mut spelling = Spelling::default();
        for (at, entry) in (0..).step_by(2).zip(&all) {
            let question = telling_words(&entry.question);
            finder.add_sound(at, &question, usize::MAX);
            for (doc, words) in [(at, question), (at + 1, telling_words(&entry.answer))] {
                finder.add(doc, &words);
                words.iter().for_each(|word| spelling.add(&word.form));
            }
        }
        finder.close();
        spelling.close();
        Self {
            all,
            finder,
            spelling,
        }
    }

    /// The questions that have to do with some words, best first; all of them for no words.
    pub fn search(&self, words: &str, limit: usize) -> Vec<&Question> {
        let parts = self.parts(words, Typed::Begun);
        if parts.is_empty() {
            return self.all.iter().take(limit).collect();
        }
        let mut scores = vec![0_usize; self.all.len()];
        for doc in parts.iter().flat_map(|part| &part.docs) {
            let worth = if doc % 2 == 0 { IN_QUESTION } else { 1 };
            if let Some(score) = scores.get_mut((doc / 2) as usize) {
                *score += worth;
            }
        }
        let mut scored: Vec<(usize, &Question)> = scores.into_iter().zip(&self.all).collect();
        scored.retain(|(score, _)| *score > 0);
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let found = scored.into_iter().take(limit);
        found.map(|(_, entry)| entry).collect()
    }

    /// The words by which one of the questions is surely meant: it shares them with these, and most
    /// others don't have them, as they have "you" and "order". None unless at least one of `enough`
    /// words is such a one.
    pub fn telling(&self, words: &str, enough: usize) -> Option<String> {
        let parts = self.parts(words, Typed::Whole);
        let mut rare: Vec<&str> = Vec::new();
        let mut shared = vec![0_usize; self.all.len()];
        for part in &parts {
            let having = part.docs.iter().filter(|doc| *doc % 2 == 0);
            let count = having.clone().count();
            if count == 0 || count * RARE > self.all.len() {
                continue;
            }
            rare.push(&part.term);
            for doc in having {
                if let Some(shared) = shared.get_mut((doc / 2) as usize) {
                    *shared += 1;
                }
            }
        }
        let best = shared.into_iter().max().unwrap_or_default();
        (best > 0 && best * enough >= parts.len()).then(|| rare.join(" "))
    }

    fn parts(&self, words: &str, typed: Typed) -> Vec<Part> {
        let words = telling_words(words);
        self.finder.parts(&words, &self.spelling, typed)
    }
}

/// The tokens of a text without words of one or two letters: "is", "do".
fn telling_words(text: &str) -> Vec<Token> {
    let mut words = find::read(text);
    words.retain(|word| word.kind == Kind::Han || word.raw().len() > 2);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::fault::Book;

    fn questions(text: &str) -> Faq {
        let book = Book::default();
        let read = read(&Page {
            path: "faq.en.md",
            text,
            book: &book,
        });
        assert!(book.close().is_empty());
        Faq::new(read)
    }

    #[test]
    fn questions_are_found_by_their_words_in_both_scripts() {
        let all = questions(
            "# When are you open?\nDaily.\n\n# How do I pay?\nCash\nor card.\n# 怎么付款？\n柜台付款。",
        );
        assert_eq!(all.all[1].answer, "Cash\nor card.");
        assert_eq!(
            all.search("can I pay by card", 5)[0].question,
            "How do I pay?"
        );
        assert_eq!(all.search("如何付款", 5)[0].question, "怎么付款？");
        assert_eq!(all.search("opn", 5).len(), 1);
        assert_eq!(all.search("zenme fukuan", 5)[0].question, "怎么付款？");
        assert_eq!(all.search("怎麼付款", 5)[0].question, "怎么付款？");
        assert_eq!(all.search("怎么富款", 5)[0].question, "怎么付款？");
        assert!(all.search("zebra", 5).is_empty());
        assert_eq!(all.search("", 2).len(), 2);
    }

    #[test]
    fn a_question_is_surely_meant_by_a_word_that_others_have_not() {
        let all = questions(
            "# When are you open?\nDaily.\n\n# How do I pay?\nCash.\n\n# Do you deliver?\nNo.\n\n# 怎么付款？\n柜台。",
        );
        let tell = |words| all.telling(words, 2);
        assert!(tell("how can I pay?").unwrap().contains("pay"));
        assert!(tell("when do you open").unwrap().contains("open"));
        assert!(tell("怎么付款").is_some());
        assert_eq!(tell("do you have sushi"), None);
        assert_eq!(tell("有寿司吗"), None);
        assert_eq!(tell("is there parking near the place where you open"), None);
        assert_eq!(tell(""), None);
        assert_eq!(Faq::new(Vec::new()).telling("how can I pay?", 2), None);
    }
}
