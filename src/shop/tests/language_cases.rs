//! What can be wrong with a shop's own words of a language.

use super::cases::case;
use super::kinds::Case;
use super::kinds::Plant::Text;

/// One of each.
#[rustfmt::skip]
pub(super) const LANGUAGE_CASES: &[Case] = &[
    case("language_broken", "language/en.toml", Text("", "[phrases]\nextra = = []"), &[
        "language/en.toml:2:9: broken TOML: extra `=`, expected nothing; see docs/dialogues.md for the form",
        "language/en.toml:2:11: broken TOML: unexpected key or value, expected newline, `#`; see docs/dialogues.md for the form",
    ]),
    case("language_of_an_unknown_part", "language/en.toml", Text("", "[phrase]\nextra = [\"lots of\"]"), &[
        "language/en.toml:1:2: unknown field `phrase`; *", "…",
    ]),
    case("language_of_a_wrong_type", "language/en.toml", Text("", "[phrases]\nextra = \"lots of\""), &[
        "language/en.toml:2:9: invalid type: string \"lots of\"; expected a sequence",
    ]),
    case("language_of_an_unknown_role", "language/en.toml", Text("", "[phrases]\nextre = [\"lots of\"]"), &[
        "language/en.toml:2:1: unknown variant `extre`; *", "…",
    ]),
    case("language_of_an_unknown_command", "language/en.toml", Text("", "[commands]\norders = [\"where is it\"]\nordrs = [\"where is it now\"]"), &[
        "language/en.toml:3:1: there is no command `ordrs`; did you mean `orders`?",
    ]),
    case("language_of_no_number", "language/en.toml", Text("", "[numbers]\nfew = \"some\""), &[
        "language/en.toml:2:1: `few` is no number; write its value in digits: \"7\", or \"0.5\"",
    ]),
    case("language_of_an_empty_measure", "language/en.toml", Text("", "[measures.stone]\nof = \"mass\"\nis = 0\nwords = [\"stone\"]"), &[
        "language/en.toml:1:11: the measure `stone` holds nothing; write `is` in thousandths of a gram, a millilitre or a piece",
    ]),
    case("language_of_a_mute_phrase", "language/en.toml", Text("", "[phrases]\nnoise = [\"please\", \" ! \"]\n[commands]\nhelp = [\"\"]"), &[
        "language/en.toml:2:20: a phrase of `noise` has no letters; write what people say, or remove it",
        "language/en.toml:4:9: a phrase of `help` has no letters; write what people say, or remove it",
    ]),
    case("language_not_in_utf_8", "language/zh.toml", super::kinds::Plant::Bytes(b"[phrases]\nextra = [\"\xff\"]", 0), &[
        "language/zh.toml:1:1: the file is not in UTF-8; save it as UTF-8",
    ]),
];
