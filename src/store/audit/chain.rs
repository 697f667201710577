//! What makes the entries a chain: pure functions, so that anybody can check an export.
//!
//! Every value is preceded by its length in bytes (8, big-endian); numbers are 8 bytes big-endian.
//! `digest = SHA-256(salt name before after why)`, and
//! `hash = SHA-256("ks-order audit 1" id at actor role act subject cause digest prev)`, where an
//! actor that is none is the empty value.

use sha2::{Digest, Sha256};

use super::Personal;

/// What the first entry names as the hash before it.
pub const START: [u8; 32] = [0; 32];

/// So that a hash of this chain is none of anything else.
const PURPOSE: &str = "ks-order audit 1";

/// Everything that an entry's hash covers.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Its number.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Who.
    pub actor: Option<i64>,
    /// As what.
    pub role: &'a str,
    /// What.
    pub act: &'a str,
    /// To what.
    pub subject: &'a str,
    /// The inbox row.
    pub cause: i64,
    /// [`digest`] of what is sealed.
    pub digest: &'a [u8],
    /// The hash of the entry before.
    pub prev: &'a [u8],
}

/// The hash of an entry.
pub fn hash(link: &Link<'_>) -> Vec<u8> {
    let mut hash = Sha256::new();
    put(&mut hash, PURPOSE.as_bytes());
    put(&mut hash, &link.id.to_be_bytes());
    put(&mut hash, &link.at_ms.to_be_bytes());
    match link.actor {
        Some(actor) => put(&mut hash, &actor.to_be_bytes()),
        None => put(&mut hash, &[]),
    }
    for text in [link.role, link.act, link.subject] {
        put(&mut hash, text.as_bytes());
    }
    put(&mut hash, &link.cause.to_be_bytes());
    put(&mut hash, link.digest);
    put(&mut hash, link.prev);
    hash.finalize().to_vec()
}

/// The hash of what may be erased.
pub fn digest(personal: &Personal) -> Vec<u8> {
    let mut hash = Sha256::new();
    for text in [
        &personal.salt,
        &personal.name,
        &personal.before,
        &personal.after,
        &personal.why,
    ] {
        put(&mut hash, text.as_bytes());
    }
    hash.finalize().to_vec()
}

fn put(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link<'a>(role: &'a str, act: &'a str) -> Link<'a> {
        Link {
            id: 1,
            at_ms: 2,
            actor: None,
            role,
            act,
            subject: "order/3",
            cause: 4,
            digest: &[5],
            prev: &START,
        }
    }

    #[test]
    fn no_two_entries_have_one_hash() {
        let base = link("owner", "refused");
        let others = [
            link("ownerr", "efused"),
            Link { id: 2, ..base },
            Link { at_ms: 3, ..base },
            Link {
                actor: Some(0),
                ..base
            },
            Link {
                subject: "order/4",
                ..base
            },
            Link { cause: 5, ..base },
            Link {
                digest: &[6],
                ..base
            },
            Link {
                prev: &[1; 32],
                ..base
            },
        ];
        let mut hashes: Vec<_> = others.iter().chain([&base]).map(hash).collect();
        assert_eq!(hashes.len(), 9);
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 9);
    }

    #[test]
    fn the_encoding_stays_as_it_is() {
        let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let personal = Personal {
            name: "Ann".into(),
            before: "a".into(),
            after: "b".into(),
            why: String::new(),
            salt: "s".into(),
        };
        assert_eq!(
            [hex(digest(&personal)), hex(hash(&link("owner", "x")))],
            [
                "3e7d7a34dcf7697fc50fc19bae9068b40551421bf42f875c93b9eb469be54588",
                "c3d45c28602edd8b10a3978c4c6814233cb9beb5f3d0d3c000fe152dfd5ba9ba"
            ]
        );
    }
}
