//! Files: uploads, files sent again by `file_id`, and how wrong ones are refused.

use serde_json::{Value, json};

use super::{
    super::{
        people::mime_of,
        state::{Content, FileKind, State, picture_size},
    },
    error::{ApiError, ApiResult},
    params::{Params, Upload},
    texts,
};

/// Bytes of a photo.
const LARGEST_PHOTO: usize = 10 << 20;
/// Bytes of any other file that a bot uploads.
const LARGEST_FILE: usize = 50 << 20;

impl State {
    pub(super) fn send_photo_message(&mut self, params: &Params) -> ApiResult {
        let caption = texts::caption(params)?;
        let file = self.file_of(params, "photo", FileKind::Photo)?;
        self.post(params, Content::Photo { file, caption })
    }

    pub(super) fn send_document_message(&mut self, params: &Params) -> ApiResult {
        let caption = texts::caption(params)?;
        let file = self.file_of(params, "document", FileKind::Document)?;
        self.post(params, Content::Document { file, caption })
    }

    pub(super) fn send_sticker_message(&mut self, params: &Params) -> ApiResult {
        let file = self.file_of(params, "sticker", FileKind::Sticker)?;
        let emoji = params.text("emoji");
        self.post(params, Content::Sticker { file, emoji })
    }

    /// The file of a parameter, uploaded or known.
    fn file_of(&mut self, params: &Params, name: &str, kind: FileKind) -> Result<String, ApiError> {
        let given = params.text(name);
        match self.resolve_file(params, &given, Some(name), kind)? {
            Some(file) => Ok(file),
            None => Err(ApiError::bad(format!("There is no {name} in the request"))),
        }
    }

    /// What `given` stands for: a file of this request, or one that was sent before.
    pub(super) fn resolve_file(
        &mut self,
        params: &Params,
        given: &str,
        field: Option<&str>,
        kind: FileKind,
    ) -> Result<Option<String>, ApiError> {
        let attached = given.strip_prefix("attach://");
        if attached.is_none() && !given.is_empty() {
            return self.known_file(given, kind).map(Some);
        }
        let Some(upload) = attached.or(field).and_then(|field| params.files.get(field)) else {
            return Ok(None);
        };
        check_upload(upload, kind)?;
        let mime = upload
            .mime
            .as_deref()
            .unwrap_or_else(|| mime_of(&upload.name));
        let bytes = upload.bytes.clone();
        Ok(Some(self.files.add(kind, bare(&upload.name), mime, bytes)))
    }

    fn known_file(&self, given: &str, kind: FileKind) -> Result<String, ApiError> {
        if given.starts_with("http://") || given.starts_with("https://") {
            // There is no outside from here.
            return Err(ApiError::bad("Failed to get HTTP URL content"));
        }
        let well_formed = given.len() > 20
            && given
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        match self.files.get(given) {
            Some(file) if file.kind != kind => Err(ApiError::bad(format!(
                "Can't use file of type {} as {}",
                file.kind.name(),
                kind.name()
            ))),
            Some(_) => Ok(given.strip_suffix("-s").unwrap_or(given).to_owned()),
            None if well_formed => Err(ApiError::bad("Wrong file identifier/HTTP URL specified")),
            None => Err(ApiError::bad(
                "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
            )),
        }
    }

    pub(super) fn get_file(&mut self, params: &Params) -> ApiResult {
        let id = params.text("file_id");
        if id.is_empty() {
            return Err(ApiError::bad("file_id not specified"));
        }
        let Some(file) = self.files.get(&id) else {
            return Err(ApiError::bad(
                "wrong file_id or the file is temporarily unavailable",
            ));
        };
        if !file.may_be_fetched() {
            return Err(ApiError::bad("file is too big"));
        }
        Ok(json!({
            "file_id": id, "file_unique_id": file.unique_id, "file_size": file.bytes.len(),
            "file_path": file.path(&id),
        }))
    }

    /// The content of an `InputMedia`, for `editMessageMedia`.
    pub(super) fn input_media(&mut self, params: &Params) -> Result<Content, ApiError> {
        let media = params.json("media", "Can't parse input media JSON object")?;
        let refuse = |words: &str| ApiError::bad(format!("Can't parse InputMedia: {words}"));
        let Some(Value::Object(media)) = media else {
            return Err(refuse("expected an Object"));
        };
        let text = |name: &str| media.get(name).and_then(Value::as_str).unwrap_or_default();
        let entities = media.get("caption_entities").cloned();
        let caption = texts::checked_caption(text("caption"), text("parse_mode"), entities)?;
        let kind = match text("type") {
            "" => return Err(refuse("Can't find field \"type\"")),
            "photo" => FileKind::Photo,
            "document" => FileKind::Document,
            other => return Err(refuse(&format!("type \"{other}\" is unsupported"))),
        };
        let given = text("media");
        let Some(file) = self.resolve_file(params, given, None, kind)? else {
            return Err(refuse("media not found"));
        };
        Ok(match kind {
            FileKind::Photo => Content::Photo { file, caption },
            FileKind::Document | FileKind::Sticker | FileKind::Voice => {
                Content::Document { file, caption }
            }
        })
    }
}

/// A file's name without folders, as the apps show it.
fn bare(name: &str) -> &str {
    match name.rsplit(['/', '\\']).next() {
        Some(name) if !name.is_empty() => name,
        _ => "file",
    }
}

fn check_upload(upload: &Upload, kind: FileKind) -> Result<(), ApiError> {
    let size = upload.bytes.len();
    if size == 0 {
        return Err(ApiError::bad("File must be non-empty"));
    }
    if kind != FileKind::Photo {
        return match size > LARGEST_FILE {
            true => Err(ApiError::new(413, "Request Entity Too Large")),
            false => Ok(()),
        };
    }
    if size > LARGEST_PHOTO {
        return Err(ApiError::bad(format!(
            "File of size {size} bytes is too big for a photo; \
             the maximum size is {LARGEST_PHOTO} bytes"
        )));
    }
    let Some((width, height)) = picture_size(&upload.bytes) else {
        return Err(ApiError::bad("IMAGE_PROCESS_FAILED"));
    };
    let (long, short) = (width.max(height), width.min(height));
    if u64::from(width) + u64::from(height) > 10_000 || short == 0 || long / short > 20 {
        return Err(ApiError::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(())
}
