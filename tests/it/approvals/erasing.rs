//! Blanking somebody who left, with a second person who decides about it, in a file with everything that names people.
use std::collections::BTreeSet;

use rolodeck::command::*;
use rolodeck::domain::id::{ChangeRequestId, InvitationId};
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Difference;
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::Secret;
use rolodeck::ledger::signin;
use rolodeck::ledger::story;
use serde_json::Value;

use super::office::{Office, refused};

const NAME: &str = "Zebedee Quillfeather";
const CALLED: &str = "Zeb \"the Pen\" Quill";
const TYPO: &str = "Zebede Quilfether";
const ADDRESS: &str = "Zebedee.Quill@Zq.Example";

/// What may be found nowhere afterwards, in lower case; in JSON a quote stands behind a backslash.
const LEFT: [&str; 6] = ["zebedee", "quillfeather", "the pen", "zeb ", "quilfether", "zq.example"];

fn find(office: &Office, text: &str) -> bool {
    let folder = office.store.path().parent().unwrap();
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        String::from_utf8_lossy(&bytes).to_lowercase().contains(text)
    })
}

fn erase(office: &Office, by: &Session, name: &str) -> ErasePerson {
    ErasePerson { user: office.user(name), by: by.person().user, at: office.now() }
}

/// Everything that can name somebody: an invitation that waited, one that was rejected with words, tries with another
/// name, wrong passphrases, roles that were given, refusals, and the removal.
fn storied() -> (Office, Session, Session) {
    let mut office = Office::on_disk();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let invite = |office: &Office, address: &str, called: &str| {
        let people = vec![Invitee {
            id: InvitationId::from_uuid(office.uuid()),
            address: address.parse().unwrap(),
            name: Some(called.parse().unwrap()),
        }];
        InviteUsers { by: ada.person().user, at: office.now(), roles: office.roles("Reader"), people }
    };
    let rejected = office.ask(&ada, invite(&office, "zebedee.quill@zq.example", CALLED)).unwrap();
    let reason = format!("{CALLED} is {NAME}, ZEBEDEE.QUILL@zq.example").parse().unwrap();
    office.act(&bo, RejectRequest { request: rejected, by: bo.person(), at: office.now(), reason }).unwrap();
    let request = office.ask(&ada, invite(&office, ADDRESS, CALLED)).unwrap();
    office.approve(&bo, request).unwrap();
    let code = office.draw(ADDRESS);
    let resend = ResendInvitations { invitations: [office.invitation(ADDRESS).unwrap()].into(), at: office.now() };
    let resent = office.ask(&ada, resend).unwrap();
    // Somebody signs up between looking and approving: that needs the code, which a resend would change.
    office.withdraw(&ada, resent).unwrap();
    let wrong = AcceptInvitation {
        invitation: office.invitation(ADDRESS).unwrap(),
        code: rolodeck::ledger::secrets::sha256(b"wrong"),
        user: rolodeck::domain::id::UserId::from_uuid(office.uuid()),
        name: TYPO.parse().unwrap(),
        at: office.now(),
        passphrase: rolodeck::ledger::secrets::sha256(b"wrong"),
    };
    refused(
        office.run(&ada, wrong).done(),
        "wrong_actor",
        "This can only be done by whoever holds the invitation's code.",
    );
    office.accept(&code, NAME);
    for _ in 0..6 {
        let (cost, words) = (Cost::least().unwrap(), Secret::from("wrong"));
        let tried = signin::prove(&mut office.store, &office.outside, &cost, ADDRESS, &words).unwrap();
        assert!(tried.is_err());
    }
    refused_again(&mut office, &ada, ADDRESS);
    let give = office.give(NAME, "Clerk");
    office.together(give, ("ada", "bo"));
    let same_name = office.ask(&ada, office.create_role("Assistants")).unwrap();
    let about = format!("Ask {NAME} first.").parse().unwrap();
    office.act(&bo, RejectRequest { request: same_name, by: bo.person(), at: office.now(), reason: about }).unwrap();
    let remove = RemoveUser { user: office.user(NAME) };
    office.together(remove, ("ada", "bo"));
    (office, ada, bo)
}

fn refused_again(office: &mut Office, by: &Session, address: &str) {
    let again = office.invite(by, "Reader", &[address]);
    assert_eq!(office.act(by, again).unwrap_err().code(), "address_taken");
}

fn history(office: &Office) -> Vec<Org> {
    (1..=office.store.head().seq).map(|seq| office.store.fold(seq).unwrap()).collect()
}

/// The rows as JSON, in order.
fn rows(org: &Org) -> Vec<Value> {
    let rows = Difference::between(&Org::default(), org).changes;
    rows.iter()
        .map(|change| serde_json::from_slice(&change.after.as_ref().unwrap().to_json().unwrap()).unwrap())
        .collect()
}

/// Fails unless two values differ in texts alone that named somebody, and in digests of such texts.
#[track_caller]
fn assert_alike(before: &Value, after: &Value, changed: &mut usize) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            assert_eq!(before.keys().collect::<BTreeSet<_>>(), after.keys().collect::<BTreeSet<_>>());
            before.iter().for_each(|(name, value)| assert_alike(value, &after[name], changed));
        }
        (Value::Array(before), Value::Array(after)) => {
            assert_eq!(before.len(), after.len());
            before.iter().zip(after).for_each(|(before, after)| assert_alike(before, after, changed));
        }
        (Value::String(before), Value::String(after)) if before != after => {
            let named = LEFT.iter().any(|text| before.to_lowercase().contains(text));
            let digest = before.len() == 64 && *after == "0".repeat(64);
            assert!(named || digest, "{before} became {after}");
            *changed += 1;
        }
        _ => assert_eq!(before, after),
    }
}

#[test]
fn nothing_of_a_person_is_left_in_the_files_and_everything_else_is() {
    let (mut office, ada, bo) = storied();
    let asked = office.ask(&ada, erase(&office, &ada, NAME)).unwrap();
    let before = history(&office);
    let headers = office.store.entries(0, 1_000).unwrap();
    for text in LEFT {
        assert!(find(&office, text), "{text} was never there");
    }
    let user = office.user(NAME);
    office.approve(&bo, asked).unwrap();
    for text in LEFT {
        assert!(!find(&office, text), "{text} is left");
    }
    assert!(office.org().user(user).unwrap().is_erased());
    let request = office.request(asked);
    assert_eq!(&*request.summary, "blank the name and the address of Erased person everywhere, for good");
    let after = history(&office);
    let mut changed = 0;
    for (before, after) in before.iter().zip(&after) {
        let (before, after) = (rows(before), rows(after));
        assert_eq!(before.len(), after.len());
        before.iter().zip(&after).for_each(|(before, after)| assert_alike(before, after, &mut changed));
    }
    assert!(changed > 20, "{changed}");
    assert_eq!(office.store.entries(0, 1_000).unwrap()[..headers.len()], headers);
    let verified = office.store.verify().unwrap();
    assert_eq!(verified.head.seq, office.store.head().seq);
    assert_eq!(Difference::between(after.last().unwrap(), &office.org()).changes, []);
}

#[test]
fn the_entry_that_blanks_says_neither_name_nor_anything_to_guess_it_by() {
    let (mut office, ada, bo) = storied();
    let asked = office.ask(&ada, erase(&office, &ada, NAME)).unwrap();
    let told = office.request(asked).told.digest;
    office.approve(&bo, asked).unwrap();
    let header = office.store.newest_before(u64::MAX, 1).unwrap().remove(0);
    let story = story::tell(&office.store, &header).unwrap();
    let said = format!("{story:?}").to_lowercase();
    assert_eq!((&*header.command, header.outcome.code()), ("approve_request", "approved"));
    assert!(!LEFT.iter().any(|text| said.contains(text)), "{said}");
    assert!(!find(&office, &told.to_string()), "the digest of what was shown would confirm a guess");
    let before = story.changes.iter().find(|change| &*change.kind == "user").unwrap().before.as_ref().unwrap();
    assert_eq!(before["name"], "Erased person");
}

#[test]
fn a_second_request_for_the_same_goes_stale() {
    let (mut office, ada, bo) = storied();
    let first = office.ask(&ada, erase(&office, &ada, NAME)).unwrap();
    let cy = office.sign_in("cy", "Administrator");
    let second = office.ask(&cy, erase(&office, &cy, NAME)).unwrap();
    office.approve(&bo, first).unwrap();
    assert_eq!(office.decidable(second).unwrap_err().code(), "request_stale");
    assert!(!LEFT.iter().any(|text| find(&office, text)));
    office.withdraw(&cy, second).unwrap();
    office.store.verify().unwrap();
}

#[test]
fn what_waits_and_names_the_person_comes_first() {
    let (mut office, ada, bo) = storied();
    let named = office.create_role(&format!("Successor of {NAME}"));
    let waiting = office.ask(&ada, named).unwrap();
    let sentence = format!(
        "A change request that waits names this person: “create the role “Successor of {NAME}” with 1 permissions”."
    );
    let erase_it = erase(&office, &ada, NAME);
    refused(office.ask(&ada, erase_it.clone()), "named_in_request", &sentence);
    office.reject(&bo, waiting).unwrap();
    let asked = office.ask(&ada, erase_it).unwrap();
    office.approve(&bo, asked).unwrap();
    assert!(!find(&office, "quillfeather"));
    office.store.verify().unwrap();
}

#[test]
fn an_expired_request_of_somebody_who_left_does_not_stand_in_the_way() {
    let (mut office, ada, _) = storied();
    let named = office.create_role(&format!("Successor of {NAME}"));
    office.ask(&ada, named).unwrap();
    office.wait(jiff::SignedDuration::from_hours(73));
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let asked: ChangeRequestId = office.ask(&ada, erase(&office, &ada, NAME)).unwrap();
    office.approve(&bo, asked).unwrap();
    assert!(office.store.verify().is_ok());
}

#[test]
fn nobody_erases_who_is_here() {
    let mut office = Office::new();
    let ada = office.sign_in("ada", "Owner");
    let sentence = "di was not removed, and only who was removed can be blanked.";
    refused(office.act(&ada, erase(&office, &ada, "di")), "not_removed", sentence);
    office.act(&ada, RemoveUser { user: office.user("di") }).unwrap();
    let again = office.invite(&ada, "Reader", &["di+new@hollin.example.com"]);
    office.act(&ada, again).unwrap();
    let sentence = "This person did not leave: the same mailbox was invited again as di+new@hollin.example.com.";
    refused(office.act(&ada, erase(&office, &ada, "di")), "still_here", sentence);
}

#[test]
fn another_program_goes_on() {
    let (mut office, ada, bo) = storied();
    let mut other = office.other_program();
    let asked = office.ask(&ada, erase(&office, &ada, NAME)).unwrap();
    office.approve(&bo, asked).unwrap();
    let there = other.sign_in("ada", "Owner");
    assert!(other.org().users().values().any(|user| user.is_erased()));
    assert_eq!(
        other.run(&there, TakeNote { by: there.person(), of: other.now() }).done().unwrap_err().code(),
        "nothing_changes"
    );
    other.store.verify().unwrap();
    office.store.catch_up().unwrap();
    assert_eq!(office.store.head(), other.store.head());
}
