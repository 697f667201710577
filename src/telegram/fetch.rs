//! Fetches a file that somebody sent: where it is, and then what is in it. Must never keep more of
//! it than is wanted.

use serde_json::Value;

use super::calls;
use super::client::{CallError, Client};
use super::render::Wanted;

/// The bytes of a file; none if it has more than are taken.
pub(super) async fn fetch(client: &Client, wanted: &Wanted) -> Result<Option<Vec<u8>>, CallError> {
    let answer = client.call(&calls::get_file(&wanted.file.file_id)).await?;
    let size = answer.get("file_size").and_then(Value::as_u64).unwrap_or(0);
    if usize::try_from(size).unwrap_or(usize::MAX) > wanted.most {
        return Ok(None);
    }
    match answer.get("file_path").and_then(Value::as_str) {
        Some(path) => client.download(path, wanted.most).await,
        // A path is left out of files that can't be fetched.
        None => Err(CallError::Refused {
            code: 400,
            description: "no file_path".into(),
        }),
    }
}
