//! Seals personal data before it reaches the database, and hashes it for look-ups.
//!
//! A sealed value opens only in the table, column and row it was made for. Keys never appear in
//! errors or logs. Nonces and an
//! instance's name are all the chance that the store asks the system for.
//!
//! Layout: format (1 byte) · length of the key's id (1) · id · nonce (12) · ciphertext and tag.

use aes_gcm_siv::aead::{Aead, Payload};
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::error::StoreError;

const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 12;
/// AES-256.
const KEY_BYTES: usize = 32;
/// Enough to tell keys apart; it is stored with every value.
const MAX_ID_BYTES: usize = 16;

/// Why a key can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing there.
    #[error("KS_ORDER_KEY is empty; `ks-order init` writes a fresh one into .env")]
    Missing,
    /// Not `id:base64`.
    #[error("key {0} of KS_ORDER_KEY is not written as id:base64 (id of 1-16 letters and digits)")]
    Shape(usize),
    /// Not 32 bytes.
    #[error("key {0} of KS_ORDER_KEY is not 32 bytes in base64")]
    Length(usize),
    /// Twice the same id.
    #[error("key {0} of KS_ORDER_KEY has the id of another one")]
    Twice(usize),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
}

struct Key {
    id: String,
    cipher: Aes256GcmSiv,
    hash: [u8; KEY_BYTES],
}

/// The keys: the first seals, all of them open. Rotation: put a new one in front.
pub struct Keys {
    keys: Vec<Key>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|k| &k.id))
            .finish()
    }
}

impl Keys {
    /// Reads `id:base64`, several separated by commas or white space; the first one seals.
    pub fn from_env_value(value: &str) -> Result<Self, KeyError> {
        let mut keys: Vec<Key> = Vec::new();
        let parts = value.split([',', ' ', '\n', '\r', '\t']);
        for (at, part) in parts.filter(|part| !part.is_empty()).enumerate() {
            let key = Key::read(part, at + 1)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(KeyError::Twice(at + 1));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(KeyError::Missing);
        }
        Ok(Self { keys })
    }

    /// A fresh key in the form that [`Keys::from_env_value`] reads.
    pub fn fresh_env_value() -> Result<String, KeyError> {
        let mut bytes = [0_u8; KEY_BYTES + 3];
        getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
        let (key, id) = bytes.split_at(KEY_BYTES);
        let id: String = id.iter().map(|b| format!("{b:02x}")).collect();
        Ok(format!("k{id}:{}", STANDARD.encode(key)))
    }

    /// Seals `plain` for one place.
    pub fn seal(
        &self,
        table: &str,
        column: &str,
        row: impl std::fmt::Display,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let Some(key) = self.keys.first() else {
            return Err(StoreError::corrupt("seal", "no key"));
        };
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce)
            .map_err(|_| StoreError::corrupt("seal", "no random numbers from the system"))?;
        let place = place(table, column, row);
        let payload = Payload {
            msg: plain,
            aad: place.as_bytes(),
        };
        let sealed = key
            .cipher
            .encrypt(Nonce::from_slice(&nonce), payload)
            .map_err(|_| StoreError::corrupt("seal", "value too long to be sealed"))?;
        let mut out = Vec::with_capacity(2 + key.id.len() + NONCE_BYTES + sealed.len());
        out.push(FORMAT);
        out.push(key.id.len() as u8); // at most MAX_ID_BYTES
        out.extend_from_slice(key.id.as_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Seals a text; see [`Keys::seal`].
    pub fn seal_text(
        &self,
        table: &str,
        column: &str,
        row: impl std::fmt::Display,
        plain: &str,
    ) -> Result<Vec<u8>, StoreError> {
        self.seal(table, column, row, plain.as_bytes())
    }

    /// Opens what [`Keys::seal`] made for the same place.
    ///
    /// # Errors
    /// `Corrupt`, naming table, column and row, if the key is missing or the value was changed
    /// or moved.
    pub fn open(
        &self,
        table: &str,
        column: &str,
        row: impl std::fmt::Display,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let place = place(table, column, &row);
        self.try_open(&place, sealed).ok_or_else(|| {
            StoreError::corrupt(
                "open",
                format!("{table}.{column} of row {row} can't be opened"),
            )
        })
    }

    /// Opens a text; see [`Keys::open`].
    pub fn open_text(
        &self,
        table: &str,
        column: &str,
        row: impl std::fmt::Display,
        sealed: &[u8],
    ) -> Result<String, StoreError> {
        let plain = self.open(table, column, &row, sealed)?;
        String::from_utf8(plain).map_err(|_| {
            StoreError::corrupt("open", format!("{table}.{column} of row {row} is no text"))
        })
    }

    /// The id of the key that a sealed value needs, for rotation.
    pub fn key_id(sealed: &[u8]) -> Option<&str> {
        let (id, _) = split(sealed)?;
        std::str::from_utf8(id).ok()
    }

    /// The id of the key that seals now.
    pub fn current_id(&self) -> &str {
        self.keys.first().map_or("", |key| key.id.as_str())
    }

    /// A keyed hash of `value` for look-ups, made with the key that seals now. `purpose` keeps
    /// hashes of different columns apart.
    pub fn digest(&self, purpose: &str, value: &str) -> Vec<u8> {
        self.digests(purpose, value)
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    /// The hash under every key, the present one first: what a look-up compares with.
    pub fn digests(&self, purpose: &str, value: &str) -> Vec<Vec<u8>> {
        let text = format!("{purpose}\0{value}");
        self.keys
            .iter()
            .map(|key| hmac(&key.hash, text.as_bytes()).to_vec())
            .collect()
    }

    fn try_open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (id, rest) = split(sealed)?;
        let key = self.keys.iter().find(|key| key.id.as_bytes() == id)?;
        let (nonce, msg) = rest.split_at_checked(NONCE_BYTES)?;
        let aad = place.as_bytes();
        key.cipher
            .decrypt(Nonce::from_slice(nonce), Payload { msg, aad })
            .ok()
    }
}

impl Key {
    fn read(part: &str, at: usize) -> Result<Self, KeyError> {
        let (id, secret) = part.split_once(':').ok_or(KeyError::Shape(at))?;
        let id_is_good = (1..=MAX_ID_BYTES).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !id_is_good {
            return Err(KeyError::Shape(at));
        }
        let secret = STANDARD.decode(secret).map_err(|_| KeyError::Length(at))?;
        if secret.len() != KEY_BYTES {
            return Err(KeyError::Length(at));
        }
        // Two keys from one, so that a hash says nothing about the cipher's key.
        let seal = hmac(&secret, b"ks-order seal 1");
        let cipher = Aes256GcmSiv::new_from_slice(&seal).map_err(|_| KeyError::Length(at))?;
        Ok(Self {
            id: id.to_owned(),
            cipher,
            hash: hmac(&secret, b"ks-order digest 1"),
        })
    }
}

/// A name that no other process has.
pub(super) fn instance() -> Result<String, KeyError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

fn place(table: &str, column: &str, row: impl std::fmt::Display) -> String {
    format!("{table}\0{column}\0{row}")
}

fn split(sealed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[format, id_bytes], rest) = sealed.split_first_chunk::<2>()?;
    if format != FORMAT {
        return None;
    }
    rest.split_at_checked(usize::from(id_bytes))
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; KEY_BYTES] {
    // HMAC takes keys of any length: the error can't happen.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else {
        return [0; KEY_BYTES];
    };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const B: &str = "b:HxECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn keys(value: &str) -> Keys {
        Keys::from_env_value(value).unwrap()
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let keys = keys(A);
        let sealed = keys.seal_text("orders", "note", 7, "no onions").unwrap();
        assert_eq!(
            keys.open_text("orders", "note", 7, &sealed).unwrap(),
            "no onions"
        );
        assert!(keys.open("orders", "note", 8, &sealed).is_err());
        assert!(keys.open("orders", "name", 7, &sealed).is_err());
        assert!(keys.open("carts", "note", 7, &sealed).is_err());
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(
            keys.open("orders", "note", 7, &changed)
                .unwrap_err()
                .is_corrupt()
        );
        for short in 0..sealed.len() {
            assert!(keys.open("orders", "note", 7, &sealed[..short]).is_err());
        }
    }

    #[test]
    fn an_older_key_still_opens_and_the_first_one_seals() {
        let old = keys(A).seal_text("t", "c", 1, "x").unwrap();
        let rotated = keys(&format!("{B},{A}"));
        assert_eq!(rotated.open_text("t", "c", 1, &old).unwrap(), "x");
        let new = rotated.seal_text("t", "c", 1, "x").unwrap();
        assert_eq!(Keys::key_id(&new), Some("b"));
        assert!(keys(A).open("t", "c", 1, &new).is_err());
    }

    #[test]
    fn digests_depend_on_key_purpose_and_value() {
        let one = keys(A);
        assert_eq!(one.digest("phone", "+1"), one.digest("phone", "+1"));
        assert_ne!(one.digest("phone", "+1"), one.digest("phone", "+2"));
        assert_ne!(one.digest("phone", "+1"), one.digest("name", "+1"));
        assert_ne!(one.digest("phone", "+1"), keys(B).digest("phone", "+1"));
        let both = keys(&format!("{B} {A}")).digests("phone", "+1");
        assert!(both.contains(&one.digest("phone", "+1")));
    }

    #[test]
    fn a_bad_key_is_refused_without_being_shown() {
        for (value, error) in [
            ("", KeyError::Missing),
            ("secret", KeyError::Shape(1)),
            (":AAAA", KeyError::Shape(1)),
            ("a:AAAA", KeyError::Length(1)),
            ("a:###", KeyError::Length(1)),
        ] {
            assert_eq!(Keys::from_env_value(value).unwrap_err(), error, "{value}");
        }
        assert_eq!(
            Keys::from_env_value(&format!("{A},{A}")).unwrap_err(),
            KeyError::Twice(2)
        );
        assert!(Keys::from_env_value(&Keys::fresh_env_value().unwrap()).is_ok());
    }
}
