//! One refusal a test, each in Telegram's own words.

use super::*;

/// A test that a call is refused with exactly these words.
macro_rules! refused {
    ($name:ident, $method:literal, $params:tt, $code:literal, $words:expr) => {
        #[tokio::test]
        async fn $name() {
            let desk = Desk::at_noon();
            let (code, words) = desk.refused($method, json!($params)).await;
            assert_eq!((code, words.as_str()), ($code, $words));
        }
    };
}

fn button(button: Value) -> Value {
    json!({"inline_keyboard": [[button]]})
}

const TOO_OLD: &str = "Bad Request: query is too old and response timeout expired or query ID is \
                       invalid";
const NOT_MODIFIED: &str = "Bad Request: message is not modified: specified new message content \
    and reply markup are exactly the same as a current content and reply markup of the message";

// The chat.
refused!(no_chat, "sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty");
refused!(unknown_chat, "sendMessage", {"chat_id": 99, "text": "x"}, 400, "Bad Request: chat not found");
refused!(chat_that_is_no_number, "sendMessage", {"chat_id": "x", "text": "x"}, 400, "Bad Request: chat not found");
refused!(blocked, "sendMessage", {"chat_id": BLOCKER, "text": "x"}, 403, "Forbidden: bot was blocked by the user");
refused!(deactivated, "sendMessage", {"chat_id": GONE, "text": "x"}, 403, "Forbidden: user is deactivated");
refused!(never_started, "sendMessage", {"chat_id": STRANGER, "text": "x"}, 403, "Forbidden: bot can't initiate conversation with a user");
refused!(kicked_from_group, "sendMessage", {"chat_id": KICKED, "text": "x"}, 403, "Forbidden: bot was kicked from the group chat");
refused!(kicked_from_supergroup, "sendMessage", {"chat_id": SUPER_KICKED, "text": "x"}, 403, "Forbidden: bot was kicked from the supergroup chat");
refused!(unknown_topic, "sendMessage", {"chat_id": FORUM, "text": "x", "message_thread_id": 77}, 400, "Bad Request: message thread not found");
refused!(answered_message_is_gone, "sendMessage", {"chat_id": LIN, "text": "x", "reply_parameters": {"message_id": 999}}, 400, "Bad Request: message to be replied not found");

// Texts.
refused!(no_text, "sendMessage", {"chat_id": LIN}, 400, "Bad Request: message text is empty");
refused!(empty_text, "sendMessage", {"chat_id": LIN, "text": ""}, 400, "Bad Request: message text is empty");
refused!(blank_text, "sendMessage", {"chat_id": LIN, "text": " \n "}, 400, "Bad Request: text must be non-empty");
refused!(only_tags, "sendMessage", {"chat_id": LIN, "text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: text must be non-empty");
refused!(long_text, "sendMessage", {"chat_id": LIN, "text": ("x".repeat(4097))}, 400, "Bad Request: message is too long");
refused!(long_in_utf16, "sendMessage", {"chat_id": LIN, "text": ("🍜".repeat(2049))}, 400, "Bad Request: message is too long");
refused!(far_too_long_text, "sendMessage", {"chat_id": LIN, "text": ("x".repeat(40_000))}, 400, "Bad Request: text is too long");
refused!(unknown_parse_mode, "sendMessage", {"chat_id": LIN, "text": "x", "parse_mode": "bbcode"}, 400, "Bad Request: unsupported parse_mode");
refused!(unknown_tag, "sendMessage", {"chat_id": LIN, "text": "a <x>b</x>", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 2");
refused!(open_tag, "sendMessage", {"chat_id": LIN, "text": "<b>b", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"");
refused!(stray_end_tag, "sendMessage", {"chat_id": LIN, "text": "b</b>", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1");
refused!(crossed_tags, "sendMessage", {"chat_id": LIN, "text": "<b>b</i>", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"");
refused!(bare_less_than, "sendMessage", {"chat_id": LIN, "text": "a <", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2");

// Keyboards.
refused!(long_callback_data, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": (button(json!({"text": "a", "callback_data": "x".repeat(65)})))}, 400, "Bad Request: BUTTON_DATA_INVALID");
refused!(callback_data_counts_bytes, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": (button(json!({"text": "a", "callback_data": "菜".repeat(22)})))}, 400, "Bad Request: BUTTON_DATA_INVALID");
refused!(button_without_data, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": (button(json!({"text": "a", "callback_data": ""})))}, 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
refused!(button_without_text, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": (button(json!({"callback_data": "x"})))}, 400, "Bad Request: can't parse inline keyboard button: Can't find field \"text\"");
refused!(button_with_bad_link, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": (button(json!({"text": "a", "url": "nonsense"})))}, 400, "Bad Request: inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL");
refused!(too_many_buttons, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": {"inline_keyboard": (vec![vec![json!({"text": "a", "callback_data": "x"}); 8]; 13])}}, 400, "Bad Request: reply markup is too long");
refused!(markup_is_no_json, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": "{"}, 400, "Bad Request: can't parse reply keyboard markup JSON object");
refused!(markup_is_no_object, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": []}, 400, "Bad Request: object expected as reply markup");
refused!(rows_are_no_lists, "sendMessage", {"chat_id": LIN, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}}, 400, "Bad Request: field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays");
refused!(contact_button_in_a_group, "sendMessage", {"chat_id": GROUP, "text": "x", "reply_markup": {"keyboard": [[{"text": "a", "request_contact": true}]]}}, 400, "Bad Request: phone number can be requested in private chats only");
refused!(location_button_in_a_group, "sendMessage", {"chat_id": SUPER, "text": "x", "reply_markup": {"keyboard": [[{"text": "a", "request_location": true}]]}}, 400, "Bad Request: location can be requested in private chats only");

// Files.
refused!(no_photo, "sendPhoto", {"chat_id": LIN}, 400, "Bad Request: there is no photo in the request");
refused!(no_document, "sendDocument", {"chat_id": LIN}, 400, "Bad Request: there is no document in the request");
refused!(file_of_another_bot, "sendPhoto", {"chat_id": LIN, "photo": "AgACAgIAAxkBAAIAAAAAAAAAAAAAAAA"}, 400, "Bad Request: wrong file identifier/HTTP URL specified");
refused!(file_id_that_is_none, "sendPhoto", {"chat_id": LIN, "photo": "soup"}, 400, "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
refused!(photo_from_elsewhere, "sendPhoto", {"chat_id": LIN, "photo": "https://x.org/a.png"}, 400, "Bad Request: failed to get HTTP URL content");
refused!(
    no_file_to_get,
    "getFile",
    {},
    400,
    "Bad Request: file_id not specified"
);

// Editing and deleting.
refused!(edit_of_nothing, "editMessageText", {"text": "x"}, 400, "Bad Request: message identifier is not specified");
refused!(edit_of_an_unknown_message, "editMessageText", {"chat_id": LIN, "message_id": 999, "text": "x"}, 400, "Bad Request: message to edit not found");
refused!(delete_of_an_unknown_message, "deleteMessage", {"chat_id": LIN, "message_id": 999}, 400, "Bad Request: message to delete not found");
refused!(delete_of_nothing, "deleteMessage", {"chat_id": LIN}, 400, "Bad Request: message identifier is not specified");
refused!(delete_nowhere, "deleteMessage", {"message_id": 1}, 400, "Bad Request: chat identifier is not specified");
refused!(delete_of_an_empty_list, "deleteMessages", {"chat_id": LIN, "message_ids": []}, 400, "Bad Request: message identifiers are not specified");
refused!(delete_of_too_many, "deleteMessages", {"chat_id": LIN, "message_ids": ((1..=101).collect::<Vec<i64>>())}, 400, "Bad Request: too many message identifiers specified");
refused!(pin_of_nothing, "pinChatMessage", {"chat_id": LIN, "message_id": 999}, 400, "Bad Request: message to pin not found");
refused!(pin_without_the_right, "pinChatMessage", {"chat_id": SUPER, "message_id": 1}, 400, "Bad Request: not enough rights to manage pinned messages in the chat");
refused!(reaction_to_nothing, "setMessageReaction", {"chat_id": LIN, "message_id": 999, "reaction": [{"type": "emoji", "emoji": "👍"}]}, 400, "Bad Request: message to react not found");

// Queries.
refused!(unknown_tap, "answerCallbackQuery", {"callback_query_id": "1"}, 400, TOO_OLD);
refused!(unknown_checkout, "answerPreCheckoutQuery", {"pre_checkout_query_id": "1", "ok": true}, 400, TOO_OLD);
refused!(checkout_refused_without_a_reason, "answerPreCheckoutQuery", {"pre_checkout_query_id": "1", "ok": false}, 400, "Bad Request: parameter \"error_message\" is required");
refused!(unknown_inline_query, "answerInlineQuery", {"inline_query_id": "1", "results": []}, 400, TOO_OLD);
refused!(too_many_inline_results, "answerInlineQuery", {"inline_query_id": "1", "results": (vec![json!({}); 51])}, 400, "Bad Request: too many inline query results specified");

// The bot's face.
refused!(bad_command_letters, "setMyCommands", {"commands": [{"command": "Menü", "description": "x"}]}, 400, "Bad Request: BOT_COMMAND_INVALID");
refused!(empty_command, "setMyCommands", {"commands": [{"command": "/", "description": "x"}]}, 400, "Bad Request: command must be non-empty");
refused!(long_command, "setMyCommands", {"commands": [{"command": ("x".repeat(33)), "description": "x"}]}, 400, "Bad Request: command length must not exceed 32");
refused!(empty_description, "setMyCommands", {"commands": [{"command": "menu", "description": " "}]}, 400, "Bad Request: command description must be non-empty");
refused!(long_description, "setMyCommands", {"commands": [{"command": "menu", "description": ("x".repeat(257))}]}, 400, "Bad Request: command description length must not exceed 256");
refused!(too_many_commands, "setMyCommands", {"commands": (vec![json!({"command": "menu", "description": "x"}); 101])}, 400, "Bad Request: BOT_COMMANDS_TOO_MUCH");
refused!(unknown_scope, "setMyCommands", {"commands": [], "scope": {"type": "moon"}}, 400, "Bad Request: can't parse BotCommandScope: Unsupported type specified");
refused!(scope_of_an_unknown_chat, "setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 99}}, 400, "Bad Request: chat not found");
refused!(language_with_a_region, "setMyCommands", {"commands": [], "language_code": "zh-CN"}, 400, "Bad Request: invalid language code specified");
refused!(unknown_menu_button, "setChatMenuButton", {"menu_button": {"type": "moon"}}, 400, "Bad Request: can't parse menu button: MenuButton has unsupported type");

// Chats, places, money, webhooks.
refused!(no_admins_in_private, "getChatAdministrators", {"chat_id": LIN}, 400, "Bad Request: there are no administrators in the private chat");
refused!(member_without_id, "getChatMember", {"chat_id": GROUP}, 400, "Bad Request: invalid user_id specified");
refused!(topic_without_a_forum, "createForumTopic", {"chat_id": SUPER, "name": "x"}, 400, "Bad Request: the chat is not a forum");
refused!(topic_without_the_right, "createForumTopic", {"chat_id": FORUM, "name": "x"}, 400, "Bad Request: not enough rights to create a topic");
refused!(unknown_action, "sendChatAction", {"chat_id": LIN, "action": "dancing"}, 400, "Bad Request: wrong parameter action in request");
refused!(location_without_latitude, "sendLocation", {"chat_id": LIN, "longitude": 1.5}, 400, "Bad Request: latitude is empty");
refused!(venue_without_title, "sendVenue", {"chat_id": LIN, "latitude": 1, "longitude": 1}, 400, "Bad Request: parameter \"title\" is required");
refused!(invoice_without_title, "sendInvoice", {"chat_id": LIN}, 400, "Bad Request: parameter \"title\" is required");
refused!(invoice_without_prices, "sendInvoice", {"chat_id": LIN, "title": "x", "description": "x", "payload": "x", "currency": "EUR", "prices": []}, 400, "Bad Request: there must be at least one price");
refused!(stars_with_two_prices, "sendInvoice", {"chat_id": LIN, "title": "x", "description": "x", "payload": "x", "currency": "XTR", "prices": [{"label": "a", "amount": 1}, {"label": "b", "amount": 1}]}, 400, "Bad Request: STARS_INVOICE_INVALID");
refused!(webhook_without_tls, "setWebhook", {"url": "http://x.org"}, 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
refused!(webhook_nowhere, "setWebhook", {"url": "x"}, 400, "Bad Request: invalid webhook URL specified");
refused!(webhook_on_another_port, "setWebhook", {"url": "https://x.org:8080/a"}, 400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
refused!(webhook_on_loopback, "setWebhook", {"url": "https://127.0.0.1/a"}, 400, "Bad Request: bad webhook: IP address 127.0.0.1 is reserved");
refused!(webhook_on_an_unknown_host, "setWebhook", {"url": "https://nowhere.test/a"}, 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known");
refused!(webhook_secret_letters, "setWebhook", {"url": "https://x.org", "secret_token": "a b"}, 400, "Bad Request: secret token contains unallowed characters");
refused!(
    unknown_method,
    "sendSoup",
    {},
    404,
    "Not Found: method not found"
);

#[tokio::test]
async fn wrong_token() {
    let desk = Desk::at_noon();
    for (token, words) in [
        ("12:x", "Unauthorized"),
        ("x", "Unauthorized: invalid token specified"),
    ] {
        let url = format!("{}/bot{token}/getMe", desk.telegram.url());
        let answer = desk.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["description"], words);
    }
}

#[tokio::test]
async fn group_that_became_a_supergroup() {
    let desk = Desk::at_noon();
    let new = desk.telegram.migrate_group(GROUP).unwrap();
    let body = desk
        .call("sendMessage", json!({"chat_id": GROUP, "text": "x"}))
        .await;
    assert_eq!(
        body["description"],
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
    assert_eq!(body["parameters"]["migrate_to_chat_id"], new);
    desk.ok("sendMessage", json!({"chat_id": new, "text": "x"}))
        .await;
}

#[tokio::test]
async fn bot_that_left_a_supergroup() {
    let desk = Desk::at_noon();
    desk.ok("leaveChat", json!({"chat_id": SUPER})).await;
    let (code, words) = desk
        .refused("sendMessage", json!({"chat_id": SUPER, "text": "x"}))
        .await;
    let wanted = "Forbidden: bot is not a member of the supergroup chat";
    assert_eq!((code, words.as_str()), (403, wanted));
}

#[tokio::test]
async fn edit_that_changes_nothing() {
    let desk = Desk::at_noon();
    let id = desk.text("<b>Soup</b>").await;
    let params = json!({"chat_id": LIN, "message_id": id, "text": "<b>Soup</b>"});
    assert_eq!(
        desk.refused("editMessageText", params).await,
        (400, NOT_MODIFIED.into())
    );
    let params = json!({"chat_id": LIN, "message_id": id});
    assert_eq!(
        desk.refused("editMessageReplyMarkup", params).await,
        (400, NOT_MODIFIED.into())
    );
}

#[tokio::test]
async fn text_over_a_photo() {
    let desk = Desk::at_noon();
    let (id, _) = desk.photo().await;
    let params = json!({"chat_id": LIN, "message_id": id, "text": "x"});
    let (_, words) = desk.refused("editMessageText", params).await;
    assert_eq!(
        words,
        "Bad Request: there is no text in the message to edit"
    );
}

#[tokio::test]
async fn caption_of_a_text() {
    let desk = Desk::at_noon();
    let id = desk.text("x").await;
    let params = json!({"chat_id": LIN, "message_id": id, "caption": "x"});
    let (_, words) = desk.refused("editMessageCaption", params).await;
    assert_eq!(
        words,
        "Bad Request: there is no caption in the message to edit"
    );
}

#[tokio::test]
async fn long_caption() {
    let desk = Desk::at_noon();
    let (_, file) = desk.photo().await;
    let params = json!({"chat_id": LIN, "photo": file, "caption": "x".repeat(1025)});
    let (_, words) = desk.refused("sendPhoto", params).await;
    assert_eq!(words, "Bad Request: message caption is too long");
}

#[tokio::test]
async fn document_that_is_empty_or_has_a_long_caption() {
    let desk = Desk::at_noon();
    for (bytes, caption, words) in [
        (Vec::new(), "x".to_owned(), "file must be non-empty"),
        (
            b"a".to_vec(),
            "x".repeat(1025),
            "message caption is too long",
        ),
    ] {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("a.csv");
        let form = reqwest::multipart::Form::new()
            .text("chat_id", LIN.to_string())
            .text("caption", caption)
            .part("document", part);
        let body = desk.post_form("sendDocument", form).await;
        assert_eq!(body["description"], format!("Bad Request: {words}"));
    }
}

#[tokio::test]
async fn photo_as_a_document() {
    let desk = Desk::at_noon();
    let (_, file) = desk.photo().await;
    let (_, words) = desk
        .refused("sendDocument", json!({"chat_id": LIN, "document": file}))
        .await;
    assert_eq!(
        words,
        "Bad Request: can't use file of type Photo as Document"
    );
}

#[tokio::test]
async fn edit_of_a_persons_message() {
    let desk = Desk::at_noon();
    let id = desk.telegram.say(LIN, "hello").unwrap();
    let params = json!({"chat_id": LIN, "message_id": id, "text": "x"});
    let (_, words) = desk.refused("editMessageText", params).await;
    assert_eq!(words, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn edit_of_a_message_with_a_reply_keyboard() {
    let desk = Desk::at_noon();
    let keyboard = json!({"keyboard": [["Menu"]]});
    let params = json!({"chat_id": LIN, "text": "x", "reply_markup": keyboard});
    let id = desk.ok("sendMessage", params).await["message_id"].clone();
    let params = json!({"chat_id": LIN, "message_id": id, "text": "y"});
    let (_, words) = desk.refused("editMessageText", params).await;
    assert_eq!(words, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn edit_with_a_reply_keyboard() {
    let desk = Desk::at_noon();
    let id = desk.text("x").await;
    let keyboard = json!({"keyboard": [["Menu"]]});
    let params = json!({"chat_id": LIN, "message_id": id, "text": "y", "reply_markup": keyboard});
    let (_, words) = desk.refused("editMessageText", params).await;
    assert_eq!(words, "Bad Request: inline keyboard expected");
}

#[tokio::test]
async fn delete_after_two_days() {
    let desk = Desk::at_noon();
    let id = desk.text("x").await;
    desk.telegram.advance(48 * 3600 * 1000 + 1);
    let (_, words) = desk
        .refused("deleteMessage", json!({"chat_id": LIN, "message_id": id}))
        .await;
    assert_eq!(words, "Bad Request: message can't be deleted for everyone");
}

#[tokio::test]
async fn delete_of_a_members_message_without_the_right() {
    let desk = Desk::at_noon();
    let id = desk
        .telegram
        .send_text(LIN, SUPER, "/menu", Default::default())
        .unwrap();
    let (_, words) = desk
        .refused("deleteMessage", json!({"chat_id": SUPER, "message_id": id}))
        .await;
    assert_eq!(words, "Bad Request: message can't be deleted");
}

#[tokio::test]
async fn answer_that_is_too_late_or_too_long() {
    let desk = Desk::at_noon();
    let id = desk.button("x").await;
    let tap = desk.telegram.tap(LIN, LIN, id, 0, 0).unwrap().0;
    let params = json!({"callback_query_id": tap, "text": "x".repeat(201)});
    let (_, words) = desk.refused("answerCallbackQuery", params).await;
    assert_eq!(words, "Bad Request: MESSAGE_TOO_LONG");
    desk.telegram.advance(15_001);
    let params = json!({"callback_query_id": tap});
    assert_eq!(
        desk.refused("answerCallbackQuery", params).await,
        (400, TOO_OLD.into())
    );
}

#[tokio::test]
async fn photo_that_is_too_large_empty_or_no_picture() {
    let desk = Desk::at_noon();
    let mut large = png(320, 200);
    large.resize((10 << 20) + 1, 0);
    let size =
        "File of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes";
    for (bytes, words) in [
        (large, format!("Bad Request: f{}", &size[1..])),
        (Vec::new(), "Bad Request: file must be non-empty".into()),
        (b"soup".to_vec(), "Bad Request: IMAGE_PROCESS_FAILED".into()),
        (
            png(9_000, 2_000),
            "Bad Request: PHOTO_INVALID_DIMENSIONS".into(),
        ),
    ] {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("a.png");
        let form = reqwest::multipart::Form::new()
            .text("chat_id", LIN.to_string())
            .part("photo", part);
        assert_eq!(
            desk.post_form("sendPhoto", form).await["description"],
            words
        );
    }
}

#[tokio::test]
async fn updates_while_a_webhook_is_set() {
    let desk = Desk::at_noon();
    let place = WebhookHost {
        addr: "127.0.0.1:9".parse().unwrap(),
        tls: false,
    };
    desk.telegram.host_webhook("x.org", place).unwrap();
    desk.ok("setWebhook", json!({"url": "https://x.org/hook"}))
        .await;
    let wanted = "Conflict: can't use getUpdates method while webhook is active; use \
                  deleteWebhook to delete the webhook first";
    assert_eq!(
        desk.refused("getUpdates", json!({})).await,
        (409, wanted.into())
    );
    desk.ok("deleteWebhook", json!({})).await;
    assert!(!desk.updates(json!({})).await.is_empty());
}

#[tokio::test]
async fn two_polls_at_once() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let older = desk.refused("getUpdates", json!({"timeout": 30}));
    let newer = async {
        let waits = |telegram: &Emulator| telegram.state(u64::MAX).bot_connected;
        assert!(desk.telegram.wait_until(SOON, waits).await);
        tokio::time::sleep(Duration::from_millis(50)).await;
        desk.updates(json!({"timeout": 1})).await
    };
    let (refused, _) = tokio::join!(older, newer);
    let wanted = "Conflict: terminated by other getUpdates request; make sure that only one bot \
                  instance is running";
    assert_eq!(refused, (409, wanted.into()));
}

#[tokio::test]
async fn too_many_messages_to_one_person() {
    let desk = Desk::at_noon();
    desk.telegram.set_pacing(true);
    let mut refused = Value::Null;
    for n in 0..6 {
        refused = desk
            .call(
                "sendMessage",
                json!({"chat_id": LIN, "text": n.to_string()}),
            )
            .await;
    }
    assert_eq!(refused["description"], "Too Many Requests: retry after 1");
    assert_eq!(refused["parameters"]["retry_after"], 1);
    desk.telegram.advance(1_000);
    desk.text("again").await;
}
