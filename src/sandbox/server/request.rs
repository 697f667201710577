//! The parameters of a request, in any of the four ways Telegram takes them.

use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{Method, StatusCode, header},
};
use serde_json::{Map, Value};

use super::{
    super::api::{
        error::ApiError,
        params::{Params, Upload},
    },
    LARGEST_BODY,
};

/// Reads the parameters from wherever they are; the body wins over the query string.
pub(super) async fn params_of(request: Request) -> Result<Params, ApiError> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        form(query.to_owned(), &mut params).await;
    }
    if request.method() == Method::GET {
        return Ok(params);
    }
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        multipart(request, &mut params).await?;
        return Ok(params);
    }
    let too_large = |_| ApiError::new(413, "Request Entity Too Large");
    let body = axum::body::to_bytes(request.into_body(), LARGEST_BODY)
        .await
        .map_err(too_large)?;
    if body.is_empty() {
        return Ok(params);
    }
    if kind.starts_with("application/json") {
        match serde_json::from_slice::<Value>(&body) {
            Ok(Value::Object(fields)) => params.fields.extend(fields),
            _ => return Err(ApiError::bad("Can't parse JSON object")),
        }
    } else {
        form(body, &mut params).await;
    }
    Ok(params)
}

/// What can't be read is left out, as Telegram does.
async fn form(source: impl Into<Body>, params: &mut Params) {
    let request = Request::builder()
        .method(Method::POST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(source.into());
    let Ok(request) = request else { return };
    if let Ok(Form(fields)) = Form::<Map<String, Value>>::from_request(request, &()).await {
        params.fields.extend(fields);
    }
}

async fn multipart(request: Request<Body>, params: &mut Params) -> Result<(), ApiError> {
    let broken = || ApiError::bad("Can't parse multipart/form-data");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| broken())?;
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(()),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            Err(_) => return Err(broken()),
        };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(str::to_owned);
        let bytes = match part.bytes().await {
            Ok(bytes) => bytes,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(ApiError::new(413, "Request Entity Too Large"));
            }
            Err(_) => return Err(broken()),
        };
        match file_name {
            Some(file_name) => {
                let upload = Upload {
                    name: file_name,
                    mime,
                    bytes: bytes.to_vec().into(),
                };
                params.files.insert(name, upload);
            }
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                params.fields.insert(name, text.into());
            }
        }
    }
}
