//! The parameters of a call, whichever way they came: query string, form, JSON or multipart.
//! Lenient about types as Telegram is: a number may be a string and an object a string of JSON.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value, json};

use super::error::ApiError;

/// A file that came with the call.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Upload {
    pub name: String,
    pub mime: Option<String>,
    pub bytes: Arc<[u8]>,
}

#[derive(Debug, Clone, Default)]
pub(in crate::sandbox) struct Params {
    pub fields: Map<String, Value>,
    pub files: HashMap<String, Upload>,
}

impl Params {
    /// The parameter as text; empty if it is not there.
    pub fn text(&self, name: &str) -> String {
        match self.fields.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    pub fn has(&self, name: &str) -> bool {
        match self.fields.get(name) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        }
    }

    /// The parameter as a whole number; 0 if it is not there or not one.
    pub fn int(&self, name: &str) -> i64 {
        match self.fields.get(name) {
            Some(Value::Number(number)) => number.as_i64().unwrap_or(0),
            Some(Value::String(text)) => text.trim().parse().unwrap_or(0),
            _ => 0,
        }
    }

    pub fn flag(&self, name: &str) -> bool {
        match self.fields.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => {
                matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1")
            }
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    pub fn float(&self, name: &str) -> f64 {
        match self.fields.get(name) {
            Some(Value::Number(number)) => number.as_f64().unwrap_or(0.0),
            Some(Value::String(text)) => text.trim().parse().unwrap_or(0.0),
            _ => 0.0,
        }
    }

    /// A structured parameter; `words` is the refusal if its JSON is broken.
    pub fn json(&self, name: &str, words: &str) -> Result<Option<Value>, ApiError> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| ApiError::bad(words)),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// A text that must be there.
    pub fn required(&self, name: &str) -> Result<String, ApiError> {
        let text = self.text(name);
        if text.is_empty() {
            return Err(ApiError::bad(format!("Parameter \"{name}\" is required")));
        }
        Ok(text)
    }

    /// For the call log: structured parameters as such, files as name and size.
    pub fn logged(&self) -> Value {
        let mut shown = Map::new();
        for (name, value) in &self.fields {
            let parsed = match value {
                Value::String(text) if text.starts_with(['{', '[']) => {
                    serde_json::from_str(text).unwrap_or_else(|_| value.clone())
                }
                _ => value.clone(),
            };
            shown.insert(name.clone(), parsed);
        }
        for (name, file) in &self.files {
            shown.insert(
                name.clone(),
                json!({"file_name": file.name, "size": file.bytes.len()}),
            );
        }
        Value::Object(shown)
    }
}

/// A field of an object inside a parameter, in the words of Telegram's JSON reader.
pub(super) fn text_field(object: &Value, name: &str) -> Result<String, ApiError> {
    match object.get(name) {
        None | Some(Value::Null) => Err(ApiError::bad(format!("Can't find field \"{name}\""))),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(ApiError::bad(format!(
            "Field \"{name}\" must be of type String"
        ))),
    }
}
