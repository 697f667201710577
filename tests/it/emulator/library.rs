//! A Bot API library, written by others against the real Telegram, understands the emulator.

use teloxide::{
    ApiError, Bot, RequestError,
    payloads::{GetUpdatesSetters, SendMessageSetters, SendPhotoSetters},
    prelude::Requester,
    types::{ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, ParseMode, UpdateKind},
};

use super::*;

fn bot(desk: &Desk) -> Bot {
    Bot::new(desk.telegram.token()).set_api_url(desk.telegram.url().parse().unwrap())
}

#[tokio::test]
async fn every_kind_of_update_can_be_read() {
    let desk = Desk::at_noon();
    let (telegram, bot) = (&desk.telegram, bot(&desk));
    telegram.promote_bot(FORUM, LIN).unwrap();
    let id = desk.button("x").await;
    telegram.tap(LIN, LIN, id, 0, 0).unwrap();
    telegram.tap_raw(LIN, LIN, 999, "x").unwrap();
    let said = telegram.say(LIN, "/menu now").unwrap();
    telegram.edit_text(LIN, LIN, said, "later").unwrap();
    telegram.share_contact(LIN, LIN, None).unwrap();
    telegram.share_location(LIN, LIN, 52.5, 13.4).unwrap();
    telegram.send_sticker(LIN, LIN, "🎉").unwrap();
    telegram.send_document(LIN, LIN, "a.csv", b"a").unwrap();
    telegram
        .send_photo(LIN, LIN, None, "", Default::default())
        .unwrap();
    telegram.inline_query(LIN, "soup").unwrap();
    telegram.create_topic(FORUM, LIN, "Orders").unwrap();
    telegram.migrate_group(GROUP).unwrap();
    let updates = bot.get_updates().limit(100).await.unwrap();
    assert!(updates.len() > 20);
    for update in updates {
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{update:?}");
    }
}

#[tokio::test]
async fn messages_and_refusals_can_be_read() {
    let desk = Desk::at_noon();
    let bot = bot(&desk);
    assert_eq!(bot.get_me().await.unwrap().username(), "sandbox_bot");
    let button = InlineKeyboardButton::callback("Add", "add:1");
    let sent = bot
        .send_message(ChatId(LIN), "<b>Soup</b>")
        .parse_mode(ParseMode::Html)
        .reply_markup(InlineKeyboardMarkup::new([[button]]))
        .await
        .unwrap();
    assert_eq!(sent.text(), Some("Soup"));
    let file = InputFile::memory(png(64, 64)).file_name("a.png");
    let photo = bot
        .send_photo(ChatId(LIN), file)
        .caption("Dish")
        .await
        .unwrap();
    assert_eq!(photo.photo().unwrap()[0].width, 64);
    assert_eq!(desk.shown(LIN, i64::from(photo.id.0)).text, "Dish");
    for (chat, wanted) in [
        (BLOCKER, ApiError::BotBlocked),
        (99, ApiError::ChatNotFound),
    ] {
        let error = bot.send_message(ChatId(chat), "x").await.unwrap_err();
        assert!(
            matches!(&error, RequestError::Api(got) if *got == wanted),
            "{error:?}"
        );
    }
    let error = bot.edit_message_text(ChatId(LIN), sent.id, "Soup").await;
    assert!(
        error.is_ok(),
        "the keyboard went away, so something changed"
    );
    let error = bot
        .edit_message_text(ChatId(LIN), sent.id, "Soup")
        .await
        .unwrap_err();
    assert!(
        matches!(error, RequestError::Api(ApiError::MessageNotModified)),
        "{error:?}"
    );
    let new = desk.telegram.migrate_group(GROUP).unwrap();
    let error = bot.send_message(ChatId(GROUP), "x").await.unwrap_err();
    assert!(
        matches!(error, RequestError::MigrateToChatId(id) if id == ChatId(new)),
        "{error:?}"
    );
}
