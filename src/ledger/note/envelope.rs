//! A text and the lines below it that sign it.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::CheckpointError;
use super::signing_key::SigningKey;
use super::verifier_key::VerifierKey;

/// A signature line begins so.
const DASH: &str = "— ";

/// No checkpoint comes near this many bytes, however many witnesses sign it.
const LARGEST: usize = 64 * 1024;

/// As many signatures are looked at.
const MOST: usize = 100;

/// The bytes of a file as text that may be a note.
///
/// # Errors
/// When they are too many, or no plain text.
pub fn note_text(bytes: &[u8]) -> Result<&str, CheckpointError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CheckpointError::NotSigned("it is not a text"))?;
    plain(text)
}

fn plain(text: &str) -> Result<&str, CheckpointError> {
    if text.len() > LARGEST {
        return Err(CheckpointError::NotSigned("it is far too long"));
    }
    if text.contains(|c: char| c < ' ' && c != '\n') {
        return Err(CheckpointError::NotSigned("it has control characters in it"));
    }
    Ok(text)
}

/// The text, a blank line, and the key's signature.
pub(super) fn signed(text: &str, key: &SigningKey) -> String {
    let public = key.verifier();
    let mut bytes = public.id().to_vec();
    bytes.extend_from_slice(key.signature(text.as_bytes()).as_ref());
    format!("{text}\n{DASH}{} {}\n", public.name(), STANDARD.encode(bytes))
}

/// Takes a note apart: its text, and the signature lines. Nothing is checked yet.
pub(super) fn split(note: &str) -> Result<(&str, &str), CheckpointError> {
    let note = plain(note)?;
    let cut = note.rfind("\n\n").ok_or(CheckpointError::NotSigned("it has no blank line before its signatures"))?;
    let (text, rest) = note.split_at(cut + 1);
    let signatures = rest.strip_prefix('\n').unwrap_or(rest);
    if signatures.is_empty() || !signatures.ends_with('\n') {
        return Err(CheckpointError::NotSigned("it ends within its signatures"));
    }
    Ok((text, signatures))
}

/// The text of a note that this key signed. Signatures of other keys are tolerated, not believed.
pub(super) fn opened<'n>(note: &'n str, key: &VerifierKey) -> Result<&'n str, CheckpointError> {
    const LINE: CheckpointError = CheckpointError::NotSigned("one of its signature lines is not one");
    let (text, signatures) = split(note)?;
    let mut found = false;
    for (n, line) in signatures.split_terminator('\n').enumerate() {
        if n >= MOST {
            return Err(CheckpointError::NotSigned("it has far too many signatures"));
        }
        let (name, coded) = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or(LINE)?;
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
            return Err(LINE);
        }
        let bytes = STANDARD.decode(coded).map_err(|_| LINE)?;
        let (id, signature) = bytes.split_at_checked(4).filter(|(_, rest)| !rest.is_empty()).ok_or(LINE)?;
        if name != key.name().as_str() || id != key.id() {
            continue;
        }
        if !key.fits(text.as_bytes(), signature) {
            return Err(CheckpointError::Forged);
        }
        found = true;
    }
    if found { Ok(text) } else { Err(CheckpointError::OtherKey) }
}
