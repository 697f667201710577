use super::*;
use crate::kernel::{Currency, Localised};

const EN: &str = "
hello = Hello, <b>{ $name }</b>!
dishes = { $n ->
    [one] one dish
   *[other] { $n } dishes
}
price = { $price }
when = at { $time }
list = { $lines }
outer = ({ $inner })
only-en = English only
currency-cny = ¥
money-symbol = { $sign }{ $symbol }{ $amount }
money-code = { $sign }{ $amount } { $code }
money-thousands = ,
time-other-day = { $day }.{ $month }. { $clock }
";
const ZH: &str = "
hello = 你好，{ $name }！
dishes = { $n } 道菜
";

fn texts() -> Texts {
    Texts::new(vec![
        (
            "en".into(),
            vec![
                EN.to_owned(),
                "hello = Welcome, <b>{ $name }</b>".to_owned(),
            ],
        ),
        ("zh-CN".into(), vec![ZH.to_owned()]),
    ])
}

fn here() -> Here {
    Here {
        zone: Zone::parse("Asia/Shanghai").unwrap(),
        now: Timestamp(1_795_392_000_000), // 2026-11-23 08:00 in Shanghai
    }
}

fn say(locale: &str, text: Text) -> String {
    texts().words(&locale.into(), &text, here())
}

#[test]
fn the_shops_words_override_the_products_message_by_message() {
    assert_eq!(
        say("en", Text::new("hello").with("name", "Li")),
        "Welcome, <b>Li</b>"
    );
    assert_eq!(say("en", Text::new("dishes").with("n", 1)), "one dish");
    assert_eq!(
        say("en", Text::new("dishes").with("n", 12_000)),
        "12000 dishes"
    );
}

#[test]
fn a_missing_message_falls_back_alone_and_an_unknown_one_shows_its_id() {
    assert_eq!(say("zh-CN", Text::new("only-en")), "English only");
    assert_eq!(say("zh-CN", Text::new("dishes").with("n", 2)), "2 道菜");
    assert_eq!(say("fr", Text::new("only-en")), "English only");
    assert_eq!(say("en", Text::new("nowhere")), "nowhere");
}

#[test]
fn what_people_typed_is_escaped_and_plain_text_is_not() {
    let text = Text::new("hello").with("name", "<i>A&B</i>");
    assert_eq!(
        say("en", text.clone()),
        "Welcome, <b>&lt;i&gt;A&amp;B&lt;/i&gt;</b>"
    );
    assert_eq!(
        texts().plain(&"en".into(), &text, here()),
        "Welcome, <i>A&B</i>"
    );
    let name = Localised([("en".to_owned(), "Fish & chips".to_owned())].into());
    let text = Text::new("hello").with("name", &name);
    assert_eq!(
        texts().plain(&"zh-CN".into(), &text, here()),
        "你好，Fish & chips！"
    );
}

#[test]
fn money_has_its_symbol_and_thousands() {
    let money = |minor, code| {
        let money = Money::new(minor, Currency::parse(code).unwrap());
        say("en", Text::new("price").with("price", money))
    };
    assert_eq!(money(2800, "CNY"), "¥28.00");
    assert_eq!(money(-123_456_789, "CNY"), "-¥1,234,567.89");
    assert_eq!(money(1000, "JPY"), "1,000 JPY");
}

#[test]
fn a_time_shows_its_date_only_on_another_day() {
    let at = |ms| {
        say(
            "en",
            Text::new("when").with("time", Timestamp(here().now.0 + ms)),
        )
    };
    assert_eq!(at(5 * 60_000), "at 08:05");
    assert_eq!(at(24 * 3_600_000), "at 24.11. 08:00");
}

#[test]
fn texts_nest_and_lines_join() {
    let line = |n: i64| Text::new("dishes").with("n", n);
    let lines = Text::new("list").with(
        "lines",
        vec![line(1), Text::new("list").with("lines", vec![]), line(2)],
    );
    assert_eq!(say("en", lines), "one dish\n2 dishes");
    let inner = Text::new("hello").with("name", "<");
    assert_eq!(
        say("en", Text::new("outer").with("inner", inner)),
        "(Welcome, <b>&lt;</b>)"
    );
    let mut deep = Text::new("only-en");
    for _ in 0..100 {
        deep = Text::new("outer").with("inner", deep);
    }
    assert!(say("en", deep).len() < 100);
}

#[test]
fn an_empty_paragraph_vanishes_from_a_view() {
    let view = View::say(Text::new("only-en"))
        .and(Text::new("list").with("lines", vec![]))
        .and(Text::new("dishes").with("n", 2))
        .row(vec![Button::data(
            Text::new("hello").with("name", "x"),
            "a",
        )]);
    let message = texts().view(&"en".into(), &view, here());
    assert_eq!(message.html, "English only\n2 dishes");
    assert_eq!(message.rows[0][0].label, "Welcome, x");
}

#[test]
fn telegrams_language_codes_find_their_language() {
    let texts = texts();
    for (code, locale) in [
        ("zh-hans", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("zh-hant", "zh-CN"),
        ("zh", "zh-CN"),
        ("en-GB", "en"),
        ("en", "en"),
        ("de", "en"),
        ("", "en"),
        ("???", "en"),
    ] {
        assert_eq!(texts.negotiate(Some(code)).as_str(), locale, "{code}");
    }
    assert_eq!(texts.negotiate(None).as_str(), "en");
}

#[test]
fn a_recording_notes_texts_and_faults() {
    let texts = texts();
    let en = "en".into();
    texts.words(&en, &Text::new("only-en"), here());
    assert!(texts.seen().texts.is_empty());
    texts.start_recording();
    texts.words(&en, &Text::new("only-en"), here());
    texts.words(&en, &Text::new("hello"), here());
    texts.words(&en, &Text::new("nowhere"), here());
    let seen = texts.seen();
    assert!(seen.texts.contains(&(en, "only-en".to_owned())));
    assert_eq!(seen.faults.len(), 2, "{:?}", seen.faults);
}
