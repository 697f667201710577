//! `faq.LOCALE.md`: questions as headings, answers below; searched by /help.

use super::fault::Page;

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
/// Two words as alike as this are the same word with a slip.
const ALIKE: f64 = 0.9;

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

/// The questions that have to do with some words, best first; all of them for no words.
pub fn search<'a>(questions: &'a [Question], words: &str, limit: usize) -> Vec<&'a Question> {
    let wanted = terms(words);
    if wanted.is_empty() {
        return questions.iter().take(limit).collect();
    }
    let mut scored: Vec<(usize, &Question)> = questions
        .iter()
        .map(|entry| {
            (
                score(&wanted, &entry.question) * 3 + score(&wanted, &entry.answer),
                entry,
            )
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored
        .into_iter()
        .take(limit)
        .map(|(_, entry)| entry)
        .collect()
}

/// The words by which one of the questions is surely meant: it shares them with these, and most
/// others don't have them, as they have "you" and "order". None unless at least one of `enough`
/// words is such a one.
pub fn telling(questions: &[Question], words: &str, enough: usize) -> Option<String> {
    let wanted = terms(words);
    let rare = |word: &&String| {
        let has = |entry: &&Question| score(std::slice::from_ref(*word), &entry.question) > 0;
        let having = questions.iter().filter(has).count();
        having > 0 && having * RARE <= questions.len()
    };
    let rare: Vec<String> = wanted.iter().filter(rare).cloned().collect();
    let best = questions.iter().map(|entry| score(&rare, &entry.question));
    let best = best.max().unwrap_or_default();
    (best > 0 && best * enough >= wanted.len()).then(|| rare.join(" "))
}

fn score(wanted: &[String], text: &str) -> usize {
    let have = terms(text);
    wanted
        .iter()
        .filter(|word| {
            have.iter()
                .any(|other| other == *word || strsim::jaro_winkler(other, word) >= ALIKE)
        })
        .count()
}

/// Words of three letters and more; for scripts without blanks, pairs of characters.
fn terms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        if word.is_ascii() || word.chars().all(|c| (c as u32) < 0x2E80) {
            if word.chars().count() > 2 {
                found.push(word.to_owned());
            }
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        if let [only] = letters.as_slice() {
            found.push(only.to_string());
        }
        found.extend(
            letters
                .windows(2)
                .map(|pair| pair.iter().collect::<String>()),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::fault::Book;

    fn questions(text: &str) -> Vec<Question> {
        let book = Book::default();
        let read = read(&Page {
            path: "faq.en.md",
            text,
            book: &book,
        });
        assert!(book.close().is_empty());
        read
    }

    #[test]
    fn questions_are_found_by_their_words_in_both_scripts() {
        let all = questions(
            "# When are you open?\nDaily.\n\n# How do I pay?\nCash\nor card.\n# 怎么付款？\n柜台付款。",
        );
        assert_eq!(all[1].answer, "Cash\nor card.");
        assert_eq!(
            search(&all, "can I pay by card", 5)[0].question,
            "How do I pay?"
        );
        assert_eq!(search(&all, "如何付款", 5)[0].question, "怎么付款？");
        assert_eq!(search(&all, "opn", 5).len(), 1);
        assert!(search(&all, "zebra", 5).is_empty());
        assert_eq!(search(&all, "", 2).len(), 2);
    }

    #[test]
    fn a_question_is_surely_meant_by_a_word_that_others_have_not() {
        let all = questions(
            "# When are you open?\nDaily.\n\n# How do I pay?\nCash.\n\n# Do you deliver?\nNo.\n\n# 怎么付款？\n柜台。",
        );
        let tell = |words| telling(&all, words, 2);
        assert!(tell("how can I pay?").unwrap().contains("pay"));
        assert!(tell("when do you open").unwrap().contains("open"));
        assert!(tell("怎么付款").is_some());
        assert_eq!(tell("do you have sushi"), None);
        assert_eq!(tell("有寿司吗"), None);
        assert_eq!(tell("is there parking near the place where you open"), None);
        assert_eq!(tell(""), None);
        assert_eq!(telling(&[], "how can I pay?", 2), None);
    }
}
