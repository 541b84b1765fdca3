//! Known answers, and everything that must be refused.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use super::envelope::{opened, signed};
use super::*;
use crate::domain::id::OrganizationId;
use crate::domain::user::Digest;
use crate::ledger::checkpoint::Checkpoint;

/// The key, text and signatures that Go's golang.org/x/mod/sumdb/note documents.
const NEUMANN: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NEUMANN_PRIVATE: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const BY_NEUMANN: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const BY_ENOCH: &str =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

fn organization() -> OrganizationId {
    "0198c0de-0000-7000-8000-000000000001".parse().unwrap()
}

fn checkpoint() -> Checkpoint {
    let at = "2026-03-01T23:59:59.25Z".parse().unwrap();
    Checkpoint { organization: organization(), seq: 41, head: Digest([7; 32]), rows: Digest([9; 32]), at }
}

fn key() -> SigningKey {
    SigningKey::from_seed(organization(), [3; 32]).unwrap()
}

/// Signs any text as if it were a checkpoint.
fn forced(text: &str) -> String {
    signed(text, &key())
}

#[test]
fn the_known_answer_of_another_implementation_is_ours_too() {
    let private = SigningKey::read(NEUMANN_PRIVATE).unwrap();
    assert_eq!(private.verifier().to_string(), NEUMANN);
    assert_eq!(*private.secret_text(), format!("{NEUMANN_PRIVATE}\n"));
    assert_eq!(signed(TEXT, &private), format!("{TEXT}\n{BY_NEUMANN}"));
}

#[test]
fn each_key_opens_what_it_signed_and_tolerates_the_other_signature() {
    for note in [format!("{TEXT}\n{BY_NEUMANN}{BY_ENOCH}"), format!("{TEXT}\n{BY_ENOCH}{BY_NEUMANN}")] {
        for key in [NEUMANN, ENOCH] {
            assert_eq!(opened(&note, &key.parse().unwrap()), Ok(TEXT));
        }
    }
    let alone = format!("{TEXT}\n{BY_ENOCH}");
    assert_eq!(opened(&alone, &NEUMANN.parse().unwrap()), Err(CheckpointError::OtherKey));
}

#[test]
fn a_checkpoint_is_written_in_this_form_and_read_back() {
    let note = key().sign(&checkpoint()).unwrap();
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(
        lines[..6],
        [
            "rolodeck/0198c0de-0000-7000-8000-000000000001",
            "41",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
            "rows CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=",
            "time 2026-03-01T23:59:59.250Z",
            "",
        ]
    );
    assert_eq!(lines.len(), 7);
    assert!(lines[6].starts_with("— rolodeck/0198c0de-0000-7000-8000-000000000001 "));
    assert_eq!(read_signed(&note, &key().verifier()), Ok(checkpoint()));
    assert_eq!(origin_of(&note), Ok(organization()));
}

#[test]
fn a_witness_may_add_a_signature() {
    let note = key().sign(&checkpoint()).unwrap() + BY_ENOCH;
    assert_eq!(read_signed(&note, &key().verifier()), Ok(checkpoint()));
}

#[test]
fn every_bit_of_every_byte_matters() {
    let note = key().sign(&checkpoint()).unwrap().into_bytes();
    let (verifier, mut flips) = (key().verifier(), 0);
    for at in 0..note.len() {
        for bit in 0..8 {
            let mut changed = note.clone();
            changed[at] ^= 1 << bit;
            let read = note_text(&changed).and_then(|text| read_signed(text, &verifier));
            assert!(read.is_err(), "byte {at}, bit {bit}");
            flips += 1;
        }
    }
    assert_eq!(flips, note.len() * 8);
}

#[test]
fn every_part_of_a_checkpoint_is_not_one() {
    let note = key().sign(&checkpoint()).unwrap();
    for (at, _) in note.char_indices() {
        assert!(read_signed(&note[..at], &key().verifier()).is_err(), "the first {at} bytes");
        if at > 0 {
            assert!(read_signed(&note[at..], &key().verifier()).is_err(), "all but the first {at} bytes");
        }
    }
}

#[test]
fn every_byte_of_a_key_matters() {
    for at in 0..NEUMANN.len() {
        let mut changed = NEUMANN.as_bytes().to_vec();
        changed[at] += 1;
        let key = std::str::from_utf8(&changed).unwrap().parse::<VerifierKey>();
        assert!(key.is_err(), "byte {at}: {key:?}");
    }
    for at in 0..NEUMANN_PRIVATE.len() {
        let mut changed = NEUMANN_PRIVATE.as_bytes().to_vec();
        changed[at] += 1;
        assert!(SigningKey::read(std::str::from_utf8(&changed).unwrap()).is_err(), "byte {at}");
    }
}

#[test]
fn another_key_of_the_same_name_is_told_apart() {
    let other = SigningKey::from_seed(organization(), [4; 32]).unwrap();
    let note = other.sign(&checkpoint()).unwrap();
    assert_eq!(read_signed(&note, &key().verifier()), Err(CheckpointError::OtherKey));
}

#[test]
fn a_key_signs_and_reads_only_its_own_organization() {
    let elsewhere =
        Checkpoint { organization: "0198c0de-0000-7000-8000-000000000002".parse().unwrap(), ..checkpoint() };
    assert_eq!(key().sign(&elsewhere), Err(CheckpointError::OtherOrganization));
    let note = signed(&super::body::text_of(&elsewhere), &key());
    assert_eq!(read_signed(&note, &key().verifier()), Err(CheckpointError::OtherOrganization));
}

#[test]
fn a_signed_text_of_another_form_is_refused_with_what_is_wrong() {
    let good = super::body::text_of(&checkpoint());
    let hash = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let cases = [
        (good.replace("rolodeck/", "elsewhere/"), "its first line is not the name of an organization"),
        (good.replace("rolodeck/0198c0de", "rolodeck/0198C0DE"), "its first line is not the name of an organization"),
        (good.replace("\n41\n", "\n041\n"), "its second line is not the number of an entry"),
        (good.replace("\n41\n", "\n+41\n"), "its second line is not the number of an entry"),
        (good.replace("\n41\n", "\n0\n"), "its second line is not the number of an entry"),
        (good.replace("\n41\n", "\n99999999999999999999\n"), "its second line is not the number of an entry"),
        (good.replace(hash, "BwcH"), "its third line is not a hash"),
        (good.replace("rows ", "row "), "its line with the digest is not one"),
        (good.replace("Z\n", "+00:00\n"), "its line with the time is not one"),
        (good.replace("59.250Z", "59.25Z"), "its line with the time is not one"),
        (good.clone() + "more\n", "it has lines that this version does not know"),
        (good.clone() + "\n", "it has lines that this version does not know"),
        ("\n".into(), "its first line is not the name of an organization"),
        (good.lines().take(3).map(|line| format!("{line}\n")).collect(), "lines are missing"),
    ];
    for (text, why) in cases {
        let refusal = read_signed(&forced(&text), &key().verifier());
        assert_eq!(refusal, Err(CheckpointError::NotACheckpoint(why)), "{text:?}");
    }
}

#[test]
fn what_is_no_note_is_refused_with_what_is_wrong() {
    let note = key().sign(&checkpoint()).unwrap();
    let many = BY_ENOCH.repeat(100);
    let cases = [
        (String::new(), "it has no blank line before its signatures"),
        (note.replace("\n\n", "\n"), "it has no blank line before its signatures"),
        (note.trim_end().to_owned(), "it ends within its signatures"),
        (note.replace('\n', "\r\n"), "it has control characters in it"),
        (note.clone() + "— \n", "one of its signature lines is not one"),
        (note.clone() + "— a b+c\n", "one of its signature lines is not one"),
        (note.clone() + "— a AAAAAA==\n", "one of its signature lines is not one"),
        (note.clone() + "- a AAAAAAA=\n", "one of its signature lines is not one"),
        (note.clone() + &many, "it has far too many signatures"),
        ("x".repeat(70_000), "it is far too long"),
    ];
    for (text, why) in cases {
        let refusal = read_signed(&text, &key().verifier());
        assert_eq!(refusal, Err(CheckpointError::NotSigned(why)), "{:.80}", text);
    }
    assert_eq!(note_text(&[0xff, 0xfe]), Err(CheckpointError::NotSigned("it is not a text")));
}

#[test]
fn a_private_key_is_not_shown_when_it_is_debugged() {
    assert_eq!(format!("{:?}", key()), "SigningKey(rolodeck/0198c0de-0000-7000-8000-000000000001)");
}
