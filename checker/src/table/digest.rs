//! Digests of the rule table and of certificates.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of these bytes, `sha256:…` in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The digest of a rule table: of each family's name and text, in the order given.
#[must_use]
pub fn digest(rules: &[(&str, &str)]) -> String {
    let mut all = Vec::new();
    for (family, text) in rules {
        all.extend_from_slice(family.as_bytes());
        all.push(0);
        all.extend_from_slice(text.as_bytes());
        all.push(0);
    }
    sha256(&all)
}
