//! What verifying proved, and what it cannot, in plain words.
use std::path::Path;

use super::witness::Key;
use crate::domain::text::Shown;
use crate::ledger::entry::time_text;
use crate::ledger::store::Proof;

/// What is printed when everything fits.
pub(super) fn text(path: &Path, proof: &Proof, key: Key) -> String {
    let mut text = format!("{}\n\nProved:\n", Shown::new(&title(path, proof)));
    for (name, what) in proved(proof) {
        text.push_str(&format!("  {name:<12}  {what}\n"));
    }
    text.push_str("\nNot proved, and not to be proved from this file:\n");
    for line in open(proof, key) {
        text.push_str(&format!("  - {line}\n"));
    }
    text
}

fn title(path: &Path, proof: &Proof) -> String {
    match &proof.organization {
        Some(organization) => format!("{} ({}), {}", organization.name, organization.id, path.display()),
        None => format!("{}: no organization was founded in it yet", path.display()),
    }
}

fn proved(proof: &Proof) -> Vec<(&'static str, String)> {
    let head = proof.head;
    let entries = match proof.first {
        None => "none".into(),
        Some(first) => format!(
            "1 to {}, from {} to {}: each continues the one before it, and none was edited, taken out or moved",
            head.seq,
            time_text(first),
            time_text(head.at)
        ),
    };
    let mut lines = vec![
        ("entries", entries),
        ("newest", format!("{} {}", head.seq, head.hash)),
        ("tables", format!("{} rows say in every column what the log says, and there is no other row", proof.rows)),
        ("credentials", format!("{} fit the secrets that are stored for them", proof.credentials)),
        ("blanked", blanked(proof)),
        ("beside", "messages and counts of failed sign-ins are undamaged".into()),
    ];
    let numbers: Vec<_> = proof.checkpoints.iter().map(|known| known.seq.to_string()).collect();
    let checkpoints = match numbers.len() {
        0 => "none was given".into(),
        1 => format!("the one of entry {} is signed and fits", numbers.concat()),
        _ => format!("those of the entries {} are signed and fit", numbers.join(", ")),
    };
    lines.push(("checkpoints", checkpoints));
    lines
}

fn blanked(proof: &Proof) -> String {
    let told = format!("{} parts of entries, each as a later entry says", proof.redactions);
    match proof.believed {
        0 => format!("{told}, and nothing but names, addresses and texts in them"),
        older => format!(
            "{told}, and nothing but names, addresses and texts in them; of {older} that an older version wrote, the entry \
             alone says so"
        ),
    }
}

fn open(proof: &Proof, key: Key) -> Vec<String> {
    let mut lines = Vec::new();
    match proof.checkpoints.last() {
        None => lines.push(
            "That this is the newest state and the one that was written: whoever can write the file can put an older \
             copy back, cut the end off together with all that it changed, or compute everything anew. Only a \
             checkpoint that is kept where they cannot write tells; give it with --checkpoint."
                .into(),
        ),
        Some(newest) if newest.seq == proof.head.seq => lines.push(format!(
            "That nothing came after entry {}: entries that are newer than the newest checkpoint can be cut off \
             without a trace.",
            newest.seq
        )),
        Some(newest) => lines.push(format!(
            "Entries behind {}, the entry of the newest checkpoint: whoever can write the file can cut them off or \
             compute them anew.",
            newest.seq
        )),
    }
    if !proof.checkpoints.is_empty() {
        lines.push(
            "That the checkpoints are genuine against somebody who has the private key: with it, and with the file, \
             all of this can be made anew. What helps is where the checkpoints were kept."
                .into(),
        );
        if key == Key::Beside {
            lines.push(
                "That the public key is the right one: it was found beside the checkpoints. Name the one that you kept \
                 yourself with --key."
                    .into(),
            );
        }
    }
    lines.push(
        "Messages and counts of failed sign-ins stand outside the log: damage to them is noticed, not somebody who \
         writes them anew on purpose."
            .into(),
    );
    lines.push("Whether what was done was right: only that it was written down, in this order.".into());
    lines
}
