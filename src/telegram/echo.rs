//! The simplest bot there is: what `load` compares the product with. It keeps nothing and does
//! nothing but answer; it must never be used for anything else.

use std::time::Duration;

use teloxide::Bot;
use teloxide::payloads::GetUpdatesSetters;
use teloxide::requests::Requester;
use teloxide::types::UpdateKind;

/// How long one poll waits, in seconds.
const POLL_S: u32 = 1;

/// Answers every text with itself until the task is aborted: one `sendMessage` per update, all
/// of a batch at once. Errors are waited out.
///
/// # Errors
/// The URL can't be understood.
pub async fn run(api_url: &str, token: &str) -> Result<(), String> {
    let url = api_url
        .parse()
        .map_err(|_| format!("{api_url} is no URL"))?;
    let bot = Bot::new(token).set_api_url(url);
    let mut offset = 0;
    loop {
        let Ok(updates) = bot.get_updates().offset(offset).timeout(POLL_S).await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        for update in updates {
            offset = i32::try_from(update.id.0)
                .unwrap_or(i32::MAX)
                .saturating_add(1);
            if let UpdateKind::Message(message) = update.kind {
                let bot = bot.clone();
                tokio::spawn(async move {
                    let text = message.text().unwrap_or_default().to_owned();
                    // What was refused shows as an answer that never comes.
                    drop(bot.send_message(message.chat.id, text).await);
                });
            }
        }
    }
}
