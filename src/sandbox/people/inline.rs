//! Inline mode from the person's side: typing `@bot words` in any chat, and posting a result.

use serde_json::json;

use super::{
    super::{
        spec::SendOptions,
        state::{Author, Message, Query, QueryKind, State},
        view::TapId,
    },
    ActResult, refuse,
};

impl State {
    /// Types `@bot text` in a chat of theirs; `offset` is what the page before gave out.
    pub fn inline_query(
        &mut self,
        user: i64,
        chat: i64,
        text: &str,
        offset: &str,
    ) -> ActResult<TapId> {
        self.person_mut(user)?;
        let kind = match self.chats.get(&chat) {
            Some(chat) if !chat.has(user) => {
                return refuse(format!("{user} is not in the chat {}", chat.id));
            }
            Some(_) if chat == user => "sender",
            Some(chat) => chat.kind.name(),
            None => return refuse(format!("there is no chat {chat}")),
        };
        let asked_ms = self.now_ms();
        let query = self.add_query(Query {
            kind: QueryKind::Inline,
            user,
            chat,
            message_id: 0,
            asked_ms,
            answered: false,
        });
        let body = json!({
            "id": query, "from": self.person_json(user), "query": text, "offset": offset,
            "chat_type": kind,
        });
        self.push_update("inline_query", body);
        Ok(TapId(query))
    }

    /// Posts a result of one's own query, in the chat where it was typed. The bot hears of it as
    /// of a message, where it is; that a result was chosen it would have to be told by BotFather's
    /// `/setinlinefeedback`, which is off.
    pub fn choose_result(
        &mut self,
        user: i64,
        query: &TapId,
        result: &str,
        thread: Option<i64>,
    ) -> ActResult<i64> {
        let asked = self.queries.get(&query.0);
        let Some(asked) = asked.filter(|asked| asked.user == user) else {
            return refuse("there is no such query of theirs");
        };
        let chat = asked.chat;
        let answer = self.inline_answers.get(&query.0);
        let found = answer.and_then(|answer| answer.results.iter().find(|r| r.id == result));
        let Some(found) = found.cloned() else {
            return refuse(format!("the bot gave no result \"{result}\""));
        };
        let Some(content) = found.content else {
            return refuse("results of this kind can't be posted here");
        };
        let mut message = Message::new(chat, Author::User(user), self.now_ms(), content);
        message.inline = found.inline;
        message.via_bot = true;
        let options = SendOptions {
            thread,
            reply_to: None,
        };
        self.put(user, message, options)
    }
}
