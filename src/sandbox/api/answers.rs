//! Answers to what waits: taps, payments.

use super::{
    super::{
        state::{CHECKOUT_ANSWER_MS, Query, QueryKind, State, TAP_ANSWER_MS},
        view::{Answer, TapId},
    },
    error::{ApiError, ApiResult},
    params::Params,
};

const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

impl State {
    /// The query that is answered, if it still waits.
    pub(super) fn waiting(
        &self,
        id: &str,
        kind: QueryKind,
        wait_ms: i64,
    ) -> Result<Query, ApiError> {
        match self.queries.get(id) {
            Some(query) if query.kind == kind && self.now_ms() - query.asked_ms <= wait_ms => {
                Ok(query.clone())
            }
            _ => Err(ApiError::bad(TOO_OLD)),
        }
    }

    pub(super) fn answer_callback_query(&mut self, params: &Params) -> ApiResult {
        let id = params.text("callback_query_id");
        let query = self.waiting(&id, QueryKind::Tap, TAP_ANSWER_MS)?;
        let text = params.text("text");
        if text.chars().count() > 200 {
            return Err(ApiError::bad("MESSAGE_TOO_LONG"));
        }
        let url = Some(params.text("url")).filter(|url| !url.is_empty());
        if let Some(url) = &url {
            let own = format!("t.me/{}?start=", self.bot.username);
            if !url.trim_start_matches("https://").starts_with(&own) {
                return Err(ApiError::bad("URL_INVALID"));
            }
        }
        if query.answered {
            // The app has shown the first answer; a second one changes nothing.
            return Ok(true.into());
        }
        let answer = Answer {
            tap: TapId(id.clone()),
            user: query.user,
            chat: query.chat,
            message_id: query.message_id,
            text,
            alert: params.flag("show_alert"),
            url,
            at_ms: self.now_ms(),
        };
        self.answers.insert(id.clone(), answer);
        self.settled(&id);
        Ok(true.into())
    }

    pub(super) fn settled(&mut self, id: &str) {
        if let Some(query) = self.queries.get_mut(id) {
            query.answered = true;
        }
        self.rev += 1;
    }

    pub(super) fn answer_pre_checkout_query(&mut self, params: &Params) -> ApiResult {
        let (id, ok) = (params.text("pre_checkout_query_id"), params.flag("ok"));
        if !ok {
            params.required("error_message")?;
        }
        let query = self.waiting(&id, QueryKind::Checkout, CHECKOUT_ANSWER_MS)?;
        if query.answered {
            return Err(ApiError::bad(TOO_OLD));
        }
        self.settled(&id);
        if ok {
            self.paid(&id, &query);
        }
        Ok(true.into())
    }
}
