//! Webhooks, as far as the bot sets and asks for them, and what `getUpdates` is told.
//! Nothing is delivered to a webhook; while one is set, `getUpdates` is refused.

use serde_json::{Value, json};

use super::{
    super::state::State,
    error::{ApiError, ApiResult},
    params::Params,
};

impl State {
    /// Remembers which kinds of updates are wanted, if the call says so.
    pub(in crate::sandbox) fn allow_updates(&mut self, params: &Params) {
        // A list that can't be read leaves everything as it was.
        if let Ok(Some(Value::Array(kinds))) = params.json("allowed_updates", "") {
            let kinds: Vec<String> = kinds
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            self.queue.allow(&kinds);
        }
    }

    pub(super) fn set_webhook(&mut self, params: &Params) -> ApiResult {
        let url = params.text("url");
        if url.is_empty() {
            return self.delete_webhook(params);
        }
        let host = url.strip_prefix("https://").unwrap_or_default();
        if host
            .split(['/', ':'])
            .next()
            .is_none_or(|host| !host.contains('.'))
        {
            return Err(ApiError::bad("invalid webhook URL specified"));
        }
        let secret = params.text("secret_token");
        if secret.len() > 256 {
            return Err(ApiError::bad("secret token is too long"));
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !secret.bytes().all(allowed) {
            return Err(ApiError::bad("secret token contains unallowed characters"));
        }
        if params.flag("drop_pending_updates") {
            self.queue.clear();
        }
        self.allow_updates(params);
        let most = match params.int("max_connections") {
            0 => 40,
            most => most.clamp(1, 100),
        };
        self.queue.webhook = Some(json!({"url": url, "max_connections": most}));
        self.queue.poll += 1;
        self.queue.taken_over_by_webhook = true;
        self.rev += 1;
        Ok(true.into())
    }

    pub(super) fn delete_webhook(&mut self, params: &Params) -> ApiResult {
        self.queue.webhook = None;
        if params.flag("drop_pending_updates") {
            self.queue.clear();
        }
        self.rev += 1;
        Ok(true.into())
    }

    pub(super) fn webhook_info(&self) -> Value {
        let mut info = json!({
            "url": "", "has_custom_certificate": false,
            "pending_update_count": self.queue.pending(),
        });
        if let Some(info) = info.as_object_mut() {
            if let Some(Value::Object(webhook)) = &self.queue.webhook {
                info.extend(webhook.clone());
            }
            if let Some(allowed) = self.queue.allowed_json() {
                info.insert("allowed_updates".into(), allowed);
            }
        }
        info
    }
}
