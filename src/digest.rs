//! SHA-256: what a text or a file is known by.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read};

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The SHA-256 of all that can be read, which need not have room in memory, and how many bytes that is.
///
/// # Errors
///
/// Why it cannot be read to its end.
pub fn sha256_of(source: impl Read) -> io::Result<(Digest, u64)> {
    let mut source = BufReader::new(source);
    let mut hash = Sha256::new();
    let mut length: u64 = 0;
    loop {
        let part = source.fill_buf()?;
        if part.is_empty() {
            return Ok((Digest(hash.finalize().into()), length));
        }
        hash.update(part);
        let read = part.len();
        length += read as u64;
        source.consume(read);
    }
}

/// A SHA-256 (FIPS 180-4), shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Reads 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        (Self(bytes).to_string() == text).then_some(Self(bytes))
    }

    /// Its first 64 bits: enough to see that a text is another one.
    #[must_use]
    pub fn fingerprint(self) -> Fingerprint {
        let first = self.0.iter().take(8);
        Fingerprint(first.fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The first 64 bits of a SHA-256, shown as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// Reads 16 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = u64::from_str_radix(text, 16).ok().map(Self)?;
        (value.to_string() == text).then_some(value)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_have_one_way_to_be_written() {
        let digest = "ab".repeat(32);
        assert_eq!(Digest::parse(&digest).unwrap().to_string(), digest);
        for wrong in [
            "",
            "ab",
            &"AB".repeat(32),
            &"+a".repeat(32),
            &"ä".repeat(32),
        ] {
            assert_eq!(Digest::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Fingerprint::parse("+123456789abcdef"), None);
        assert_eq!(
            Fingerprint::parse("00000000000000ff"),
            Some(Fingerprint(255))
        );
    }

    #[test]
    fn a_digest_is_that_of_the_standard() {
        let digest = sha256(b"abc").to_string();
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest, known);
        assert_eq!(Digest::parse(known), Some(sha256(b"abc")));
        let long = vec![7; 100_000];
        assert_eq!(sha256_of(&long[..]).unwrap(), (sha256(&long), 100_000));
    }
}
