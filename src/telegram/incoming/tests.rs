use super::*;

fn kind(raw: &str) -> EventKind {
    read(raw, "shop_bot").unwrap().event.kind
}

fn text(text: &str) -> EventKind {
    let text = serde_json::to_string(text).unwrap();
    kind(&format!(
        r#"{{"update_id":1,"message":{{"message_id":5,"chat":{{"id":7,"type":"private"}},"from":{{"id":7,"first_name":"Lin"}},"text":{text}}}}}"#
    ))
}

fn message(part: &str) -> EventKind {
    kind(&format!(
        r#"{{"update_id":1,"message":{{"message_id":5,"chat":{{"id":7,"type":"private"}},"from":{{"id":7,"first_name":"Lin"}},{part}}}}}"#
    ))
}

fn words(text: &str) -> EventKind {
    EventKind::Words {
        text: text.to_owned(),
        reply_to: None,
    }
}

#[test]
fn words_and_commands() {
    assert_eq!(text("two teas"), words("two teas"));
    assert_eq!(text("a\0b"), words("ab"));
    assert_eq!(
        text("/start  abc "),
        EventKind::Command("start".into(), "abc".into())
    );
    assert_eq!(
        text("/START"),
        EventKind::Command("start".into(), String::new())
    );
    assert_eq!(
        text("/menu@Shop_Bot x"),
        EventKind::Command("menu".into(), "x".into())
    );
    assert_eq!(text("/menu@other_bot"), EventKind::Unknown);
    assert_eq!(text("/ menu"), words("/ menu"));
    assert_eq!(text("/菜单"), words("/菜单"));
}

#[test]
fn an_unknown_entity_or_field_takes_nothing_away() {
    let part = r#""text":"tea","entities":[{"type":"date_time","offset":0,"length":3,"unix_time":5}],"new_field":{"a":[1]}"#;
    assert_eq!(message(part), words("tea"));
    // A part of the wrong shape counts as absent.
    assert_eq!(
        message(r#""text":"tea","reply_to_message":7,"photo":"x""#),
        words("tea")
    );
}

#[test]
fn things_people_send() {
    let own = r#""contact":{"phone_number":"+861","user_id":7,"first_name":"L"}"#;
    let phone = |own| EventKind::Contact {
        phone: "+861".into(),
        own,
    };
    assert_eq!(message(own), phone(true));
    assert_eq!(
        message(r#""contact":{"phone_number":"+861","user_id":8}"#),
        phone(false)
    );
    assert_eq!(
        message(r#""contact":{"phone_number":"+861"}"#),
        phone(false)
    );
    assert_eq!(
        message(r#""location":{"latitude":31.230416,"longitude":-121.4737}"#),
        EventKind::Location {
            lat_e6: 31_230_416,
            lon_e6: -121_473_700
        }
    );
    assert_eq!(
        message(r#""photo":[{"file_id":"s"},{"file_id":"l"}],"caption":"my card""#),
        EventKind::Photo {
            file_id: "l".into(),
            caption: "my card".into()
        }
    );
    assert_eq!(
        message(r#""sticker":{"emoji":"x"}"#),
        EventKind::Other("sticker".into())
    );
    assert_eq!(
        message(r#""animation":{},"document":{}"#),
        EventKind::Other("animation".into())
    );
    assert_eq!(message(r#""pinned_message":{}"#), EventKind::Unknown);
    assert_eq!(
        message(r#""migrate_to_chat_id":-1005"#),
        EventKind::Migrated(ChatId(-1005))
    );
}

#[test]
fn a_press_in_a_group_belongs_to_who_pressed_and_where() {
    let raw = r#"{"update_id":9,"callback_query":{"id":"77","from":{"id":8,"first_name":"A","last_name":"B","language_code":"en"},
        "message":{"message_id":3,"is_topic_message":true,"message_thread_id":4,"chat":{"id":-100,"type":"supergroup","title":"K"},"from":{"id":1,"is_bot":true}},"data":"o.1"}}"#;
    let read = read(raw, "b").unwrap();
    assert_eq!(read.lane, "-100/4/8");
    assert!(!read.event.private);
    assert_eq!(read.event.sender.unwrap().name, "A B");
    let EventKind::Press(press) = read.event.kind else {
        panic!()
    };
    assert_eq!((press.message_id, press.data.as_str()), (Some(3), "o.1"));
}

#[test]
fn forged_data_is_empty_data() {
    let long = "x".repeat(65);
    let raw = format!(
        r#"{{"update_id":9,"callback_query":{{"id":"1","from":{{"id":8}},"data":"{long}"}}}}"#
    );
    let read = read(&raw, "b").unwrap();
    assert_eq!((read.lane.as_str(), read.event.private), ("8", true));
    assert!(matches!(read.event.kind, EventKind::Press(press) if press.data.is_empty()));
}

#[test]
fn membership() {
    let member = |chat: &str, status: &str| {
        kind(&format!(
            r#"{{"update_id":1,"my_chat_member":{{"chat":{chat},"from":{{"id":7}},"new_chat_member":{{"status":"{status}"}}}}}}"#
        ))
    };
    let private = r#"{"id":7,"type":"private"}"#;
    assert_eq!(member(private, "kicked"), EventKind::Reachable(false));
    assert_eq!(member(private, "member"), EventKind::Reachable(true));
    let group = r#"{"id":-5,"type":"group","title":"Kitchen"}"#;
    let is = |present| EventKind::Member {
        present,
        title: "Kitchen".into(),
    };
    assert_eq!(member(group, "administrator"), is(true));
    assert_eq!(member(group, "left"), is(false));
}

#[test]
fn edits_bots_and_strangers() {
    let edited = r#"{"update_id":1,"edited_message":{"message_id":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"text":"x"}}"#;
    assert_eq!(kind(edited), EventKind::Edited);
    let bot = r#"{"update_id":1,"message":{"chat":{"id":-7,"type":"group"},"from":{"id":7,"is_bot":true},"text":"x"}}"#;
    assert_eq!(kind(bot), EventKind::Unknown);
    let unknown = read(r#"{"update_id":1,"brand_new":{"x":1}}"#, "b").unwrap();
    assert_eq!(unknown.event.kind, EventKind::Unknown);
    assert!(!unknown.may_skip);
    assert!(read(r#"{"message":{}}"#, "b").is_none());
    assert!(read("not json", "b").is_none());
}

#[test]
fn a_name_turns_no_words_around() {
    let raw = r#"{"update_id":1,"message":{"message_id":5,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"\u202eEve\u0000","last_name":" <b>\n"},"text":"x"}}"#;
    let event = read(raw, "shop_bot").unwrap().event;
    assert_eq!(event.sender.unwrap().name, "Eve <b>");
}

fn search(fields: &str) -> Incoming {
    let raw = format!(
        r#"{{"update_id":1,"inline_query":{{"id":"q1","from":{{"id":7,"first_name":"Lin","language_code":"zh-hans"}},{fields}}}}}"#
    );
    read(&raw, "shop_bot").unwrap()
}

fn query(read: Incoming) -> Query {
    match read.event.kind {
        EventKind::Inline(query) => query,
        other => panic!("no search: {other:?}"),
    }
}

#[test]
fn a_search_from_any_chat_stands_in_no_conversations_way() {
    let read = search(r#""query":" kung  pao\n","offset":"20","chat_type":"group""#);
    assert_eq!(read.lane, "inline/7");
    assert!(read.may_skip);
    assert_eq!((read.event.chat, read.event.private), (ChatId(7), true));
    let sender = read.event.sender.clone().unwrap();
    assert_eq!(sender.language.as_deref(), Some("zh-hans"));
    let wanted = Query {
        id: "q1".into(),
        words: "kung pao".into(),
        offset: "20".into(),
    };
    assert_eq!(query(read), wanted);
}

#[test]
fn an_odd_search_is_cut_to_what_telegram_allows() {
    let long = "宫".repeat(4096);
    let offset = "9".repeat(65);
    let odd = query(search(&format!(r#""query":"{long}","offset":"{offset}""#)));
    assert_eq!(odd.words.chars().count(), 256);
    assert_eq!(odd.offset, "");
    let empty = query(search(r#""query":7,"offset":null"#));
    assert_eq!((empty.words.as_str(), empty.offset.as_str()), ("", ""));
    let marks = query(search(r#""query":"a\u0000b \u202e🍜""#));
    assert_eq!(marks.words, "ab 🍜");
    let nobody = r#"{"update_id":1,"inline_query":{"id":"q1","query":"tea"}}"#;
    assert_eq!(kind(nobody), EventKind::Unknown);
}

#[test]
fn what_was_chosen_among_our_answers_is_nobodys_words() {
    let posted = |chat: &str, via: &str, url: &str| {
        kind(&format!(
            r#"{{"update_id":1,"message":{{"message_id":5,"chat":{chat},"from":{{"id":7}},"via_bot":{{"id":1,"is_bot":true,"username":"{via}"}},"text":"Tea","reply_markup":{{"inline_keyboard":[[{{"text":"Copy","copy_text":{{"text":"x"}}}}],[{{"text":"Order","url":"{url}"}}]]}}}}}}"#
        ))
    };
    let private = r#"{"id":7,"type":"private"}"#;
    let link = "https://t.me/shop_bot?start=i-tea";
    let opens = EventKind::Command("start".into(), "i-tea".into());
    assert_eq!(posted(private, "Shop_Bot", link), opens);
    // Elsewhere it is for others to read, and what leads away is nothing to us.
    let group = r#"{"id":-5,"type":"group"}"#;
    assert_eq!(posted(group, "shop_bot", link), EventKind::Unknown);
    let away = "https://t.me/other_bot?start=i-tea";
    assert_eq!(posted(private, "shop_bot", away), EventKind::Unknown);
    // Another bot's picture or text is what the person wanted to say.
    assert_eq!(posted(private, "gif", link), words("Tea"));
}
