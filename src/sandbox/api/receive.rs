//! Webhooks, as the bot sets and asks for them, and what `getUpdates` is told. What is
//! delivered, `server::deliver` posts; while a webhook is set, `getUpdates` is refused.

use serde_json::{Value, json};

use super::{
    super::state::{State, USUAL_CONNECTIONS, Webhook, read_url},
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
        let (host, path) = read_url(&url).map_err(ApiError::bad)?;
        let secret = params.text("secret_token");
        if secret.len() > 256 {
            return Err(ApiError::bad("secret token is too long"));
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !secret.bytes().all(allowed) {
            return Err(ApiError::bad("secret token contains unallowed characters"));
        }
        let Some(place) = self.hosts.get(&host).copied() else {
            let words = "bad webhook: Failed to resolve host: Name or service not known";
            return Err(ApiError::bad(words));
        };
        let certificate = match params.files.get("certificate") {
            Some(file) if reqwest::Certificate::from_pem(&file.bytes).is_err() => {
                return Err(ApiError::bad("bad webhook: can't read the certificate"));
            }
            file => file.map(|file| file.bytes.to_vec()),
        };
        if params.flag("drop_pending_updates") {
            self.queue.clear();
        }
        self.allow_updates(params);
        let most = match params.int("max_connections") {
            0 => USUAL_CONNECTIONS,
            most => most.clamp(1, 100),
        };
        self.queue.poll += 1;
        self.queue.webhook = Some(Webhook {
            url,
            host,
            path,
            place,
            secret,
            most: usize::try_from(most).unwrap_or(1),
            certificate,
            last_error: None,
            series: self.queue.poll,
        });
        self.queue.hurry();
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
        let pending = self.queue.pending();
        let mut info = match &self.queue.webhook {
            None => json!({"url": "", "has_custom_certificate": false}),
            Some(webhook) => json!({
                "url": webhook.url,
                "has_custom_certificate": webhook.certificate.is_some(),
                "max_connections": webhook.most,
                "ip_address": webhook.place.addr.ip().to_string(),
            }),
        };
        info["pending_update_count"] = pending.into();
        let webhook = self.queue.webhook.as_ref();
        if let Some((date, words)) = webhook.and_then(|webhook| webhook.last_error.as_ref()) {
            info["last_error_date"] = (*date).into();
            info["last_error_message"] = words.as_str().into();
        }
        if let Some(allowed) = self.queue.allowed_json() {
            info["allowed_updates"] = allowed;
        }
        info
    }
}
