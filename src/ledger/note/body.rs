//! The text of a checkpoint: origin, number, hash, and two lines of our own.
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::envelope;
use super::error::CheckpointError;
use super::name::KeyName;
use super::verifier_key::VerifierKey;
use crate::domain::id::OrganizationId;
use crate::domain::user::Digest;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::entry::time_text;

/// The signed text of a checkpoint.
pub(super) fn text_of(checkpoint: &Checkpoint) -> String {
    let Checkpoint { organization, seq, head, rows, at } = checkpoint;
    let mut text = format!("{}\n{seq}\n{}\n", KeyName::from(*organization), STANDARD.encode(head.0));
    let _ = writeln!(text, "rows {}", STANDARD.encode(rows.0));
    let _ = writeln!(text, "time {}", time_text(*at));
    text
}

/// Reads a checkpoint that this key signed.
///
/// # Errors
/// What is wrong with it. Nothing of a text that the key did not sign is believed.
pub fn read_signed(text: &str, key: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
    let read = parse(envelope::opened(text, key)?)?;
    if key.organization() == Some(read.organization) { Ok(read) } else { Err(CheckpointError::OtherOrganization) }
}

/// Whose checkpoint a text claims to be, in order to find the key for it. The signature is not looked at.
///
/// # Errors
/// When it is no signed checkpoint at all.
pub fn origin_of(text: &str) -> Result<OrganizationId, CheckpointError> {
    let (body, _) = envelope::split(text)?;
    Ok(parse(body)?.organization)
}

fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
    let wrong = CheckpointError::NotACheckpoint;
    let mut lines = text.split_terminator('\n');
    let mut next = || lines.next().ok_or(wrong("lines are missing"));
    let origin: KeyName = next()?.parse().map_err(|_| wrong("its first line is not the name of an organization"))?;
    let checkpoint = Checkpoint {
        organization: origin.organization().ok_or(wrong("its first line is not the name of an organization"))?,
        seq: number(next()?).ok_or(wrong("its second line is not the number of an entry"))?,
        head: digest(next()?).ok_or(wrong("its third line is not a hash"))?,
        rows: next()?.strip_prefix("rows ").and_then(digest).ok_or(wrong("its line with the digest is not one"))?,
        at: next()?.strip_prefix("time ").and_then(time).ok_or(wrong("its line with the time is not one"))?,
    };
    if lines.next().is_some() {
        return Err(wrong("it has lines that this version does not know"));
    }
    Ok(checkpoint)
}

/// A number as it is written by us: there is only one way to write it.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text && *number > 0)
}

fn digest(text: &str) -> Option<Digest> {
    Some(Digest(STANDARD.decode(text).ok()?.try_into().ok()?))
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok().filter(|at| time_text(*at) == text)
}
