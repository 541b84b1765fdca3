//! Signing in as an attacker would try it: guesses, stolen codes, sessions that outlive their rights.
pub mod house;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use rolodeck::command::*;
use rolodeck::domain::access::Denial;
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::user::CredentialKind;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::reproof;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Finding, Store};
use rolodeck::ledger::story::tell;

use house::{ADA, BO, CY, House, INVITED, WRONG, words};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[test]
fn five_wrong_tries_make_a_pause_that_doubles_up_to_an_hour() {
    let mut house = House::in_memory();
    for _ in 0..4 {
        assert_eq!(house.prove(ADA, WRONG), Err(Refusal::SignInFailed));
    }
    let mut expected = 30;
    for failure in 5..60 {
        assert_eq!(house.prove(ADA, WRONG), Err(Refusal::SignInFailed), "failure {failure}");
        let until = house.now() + SignedDuration::from_secs(expected);
        assert_eq!(house.prove(ADA, WRONG), Err(Refusal::Paused { until }), "after failure {failure}");
        house.wait(SignedDuration::from_secs(expected) - SECOND);
        assert_eq!(house.prove(ADA, words(ADA)), Err(Refusal::Paused { until }), "also with the right one");
        house.wait(SECOND);
        expected = (2 * expected).min(3_600);
    }
    assert!(house.prove(ADA, words(ADA)).is_ok());
}

#[test]
fn signing_in_forgets_the_wrong_tries_before() {
    let mut house = House::in_memory();
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(house.prove(ADA, WRONG), Err(Refusal::SignInFailed));
        }
        assert!(house.prove(ADA, words(ADA)).is_ok());
    }
}

#[test]
fn a_pause_is_for_one_address_however_it_is_written_and_outlives_the_program() {
    let mut house = House::on_disk();
    for address in [ADA, "ADA@hollin.example.com", " ada@HOLLIN.example.com ", ADA, ADA] {
        assert_eq!(house.prove(address, WRONG), Err(Refusal::SignInFailed));
    }
    house.open_again();
    assert!(matches!(house.prove(ADA, words(ADA)), Err(Refusal::Paused { .. })));
    assert!(house.prove(BO, words(BO)).is_ok());
}

#[test]
fn nobody_learns_from_the_answers_who_is_here() {
    let mut answers = Vec::new();
    for address in [ADA, "stranger@hollin.example.com", INVITED, "gone@hollin.example.com", "no address", ""] {
        let mut house = House::in_memory();
        let mut heard = Vec::new();
        for wait in [0, 0, 0, 0, 0, 0, 29, 1, 0, 60, 0, 3_600, 0] {
            house.wait(SignedDuration::from_secs(wait));
            let refusal = house.prove(address, WRONG).unwrap_err();
            heard.push((refusal.code(), refusal.to_string(), refusal.hint()));
        }
        answers.push(heard);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
}

/// The work of a thread so far, in nanoseconds on a processor; none on systems that do not tell.
fn work() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
}

#[test]
#[ignore = "compares measured work; run it alone on a quiet machine"]
fn nobody_learns_from_the_work_who_is_here() {
    let cost = Cost::recommended().unwrap();
    let mut house = House::in_memory();
    let ada = house.person(ADA);
    house.change(&ada, words(ADA), "a new one, hashed at full cost", &cost);
    let mut least = |address: &str| {
        let once = |_| {
            let before = work()?;
            let refusal =
                signin::prove(&mut house.store, &house.outside, &cost, address, &Secret::from(WRONG)).unwrap();
            assert_eq!(refusal, Err(Refusal::SignInFailed));
            Some(work()? - before)
        };
        (0..3).filter_map(once).min()
    };
    let Some(known) = least(ADA) else { return };
    for address in ["stranger@hollin.example.com", INVITED, "gone@hollin.example.com", "no address"] {
        let other = least(address).unwrap();
        assert!(other > known / 2 && other < known * 2, "{address}: {other} ns instead of {known} ns");
    }
}

#[test]
fn a_day_of_guessing_at_one_person_leaves_few_entries_each_with_the_name() {
    let mut house = House::in_memory();
    let (head, ada) = (house.store.head().seq, house.user(ADA));
    for _ in 0..4_000 {
        let _ = house.prove(ADA, WRONG);
        house.wait(SignedDuration::from_secs(20));
    }
    let entries = house.store.entries(head, 1_000).unwrap();
    assert!((20..40).contains(&entries.len()), "{} entries", entries.len());
    assert!(entries.iter().all(|header| header.actor.user == Some(ada) && header.command.as_ref() == "sign_in"));
    assert!(entries.iter().all(|header| header.outcome.code() == "refused"));
}

#[test]
fn guessing_at_strangers_is_one_entry_an_hour_that_counts_them_and_says_nothing_else() {
    let mut house = House::in_memory();
    let head = house.store.head().seq;
    let mut tried = 0;
    for n in 0..500 {
        let typed = format!("zebra{n}@unheard.example.com");
        assert_eq!(house.prove(&typed, "giraffe in the attic"), Err(Refusal::SignInFailed));
        let code = Secret::from(format!("elephant{n}").as_str());
        assert_eq!(signin::check_code(&mut house.store, &house.outside, &code).unwrap(), Err(Refusal::CodeRejected));
        tried += 2;
        house.wait(SignedDuration::from_secs(36));
    }
    let entries = house.store.entries(head, 1_000).unwrap();
    assert_eq!(entries.len(), 5, "one at the beginning of each of five hours");
    let mut counted = 0;
    for header in &entries {
        let story = tell(&house.store, header).unwrap();
        counted += story.session.unwrap()["tries"].as_u64().unwrap();
        assert_eq!((header.actor.kind.name(), header.actor.user), ("nobody", None));
        for body in house.store.bodies(header.seq).unwrap() {
            let text = String::from_utf8(body.bytes.unwrap()).unwrap();
            for typed in ["zebra", "unheard", "giraffe", "elephant"] {
                assert!(!text.contains(typed), "{text}");
            }
        }
    }
    assert_eq!(counted, tried - 199, "all but those since the last entry");
}

#[test]
fn what_is_known_and_what_is_typed_stays_out_of_the_file() {
    let mut house = House::on_disk();
    let guess = "ostrich behind the fridge";
    assert_eq!(house.prove(ADA, guess), Err(Refusal::SignInFailed));
    assert_eq!(house.prove("walrus@unheard.example.com", guess), Err(Refusal::SignInFailed));
    let ada = house.person(ADA);
    house.change(&ada, words(ADA), "a harp under the stairs", &Cost::least().unwrap());
    let code = house.draw(INVITED);
    let proof = house.accept(&code, "a drum on the balcony").unwrap();
    assert!(house.store.org().user(proof.user()).is_some());
    let left = house.draw("second@hollin.example.com");
    let secret: [&[u8]; 9] = [
        guess.as_bytes(),
        b"walrus",
        words(ADA).as_bytes(),
        words(BO).as_bytes(),
        b"a harp under the stairs",
        b"a drum on the balcony",
        code.bytes(),
        left.bytes(),
        house::RECOVERY.as_bytes(),
    ];
    house.never_in_a_file(&secret);
    for header in house.store.entries(0, 1_000).unwrap() {
        for body in house.store.bodies(header.seq).unwrap() {
            let bytes = body.bytes.unwrap_or_default();
            assert!(!contains(&bytes, b"argon2"), "a passphrase's hash is in entry {}", header.seq);
        }
    }
}

#[test]
fn the_hash_of_somebody_who_was_removed_is_gone_from_the_disk() {
    let mut house = House::on_disk();
    let hash = house.hash_on_disk(CY);
    let (ada, user) = (house.person(ADA), house.user(CY));
    house.run(&ada, RemoveUser { user }).unwrap();
    house.never_in_a_file(&[&hash]);
    house.store.verify().unwrap();
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_passphrase_that_was_swapped_in_the_file_is_found() {
    let house = House::on_disk();
    house.store.verify().unwrap();
    let (ada, bo) = (house.user(ADA).uuid(), house.user(BO).uuid());
    let raw = rusqlite::Connection::open(house.path()).unwrap();
    let swap = "UPDATE secret SET bytes = (SELECT bytes FROM secret WHERE owner = ?2 AND kind = 'passphrase') WHERE owner = ?1 AND kind = 'passphrase'";
    raw.execute(swap, (ada.as_bytes(), bo.as_bytes())).unwrap();
    let found = house.store.verify().unwrap_err();
    assert!(matches!(found, Finding::Secret { kind: CredentialKind::Passphrase, owner } if owner == ada), "{found}");
    // Whoever swaps the digest, too, meets the log.
    let swap = "UPDATE credential SET digest = (SELECT digest FROM credential WHERE owner = ?2 AND kind = 'passphrase') WHERE owner = ?1 AND kind = 'passphrase'";
    raw.execute(swap, (ada.as_bytes(), bo.as_bytes())).unwrap();
    let found = house.store.verify().unwrap_err();
    assert!(matches!(found, Finding::Row(row) if row.id == ada), "{found}");
}

#[test]
fn somebody_who_is_deactivated_can_do_nothing_from_that_moment_on() {
    let mut house = House::on_disk();
    let bo = house.person(BO);
    let proof = house.prove(BO, words(BO)).unwrap();
    let mut elsewhere = Store::open(house.path()).unwrap();
    let (ada, user) = (house.person(ADA), house.user(BO));
    let deactivate = DeactivateUser { user, by: ada.person().user, at: house.outside.now() }.into();
    run(&mut elsewhere, &house.outside, &Actor::Person(ada.clone()), &deactivate, &Secrets::none())
        .unwrap()
        .done()
        .unwrap();

    let no = |refusal: Refusal| assert!(matches!(refusal, Refusal::NotAllowed { denial: Denial::Deactivated, .. }));
    let (reader, owner) = (house.role("Reader"), house.role("Owner"));
    let rename = RenameRole { role: reader, name: "Mine".parse().unwrap() };
    no(house.run(&bo, rename).unwrap_err());
    no(signin::switch_role(&mut house.store, &house.outside, &bo, reader).unwrap().unwrap_err());
    no(signin::enter(&mut house.store, &house.outside, &proof, owner).unwrap().unwrap_err());
    no(house.prove(BO, words(BO)).unwrap_err());
    let next = hash(&Cost::least().unwrap(), &Secret::from("a new beginning, please"), &[1; 16]).unwrap();
    let (cost, current) = (Cost::least().unwrap(), Secret::from(words(BO)));
    let ran = reproof::change_passphrase(&mut house.store, &house.outside, &cost, &bo, &current, next).unwrap();
    no(ran.done().unwrap_err());
    house.store.verify().unwrap();
}

#[test]
fn a_role_that_is_taken_away_does_nothing_from_that_moment_on() {
    let mut house = House::on_disk();
    let bo = house.person(BO);
    assert_eq!(bo.person().role, house.role("Owner"));
    let mut elsewhere = Store::open(house.path()).unwrap();
    let (ada, user, owner) = (house.person(ADA), house.user(BO), house.role("Owner"));
    let take = TakeAwayRoles { user, roles: [owner].into_iter().collect() }.into();
    run(&mut elsewhere, &house.outside, &Actor::Person(ada), &take, &Secrets::none()).unwrap().done().unwrap();

    let again = AssignRoles { user, roles: [owner].into_iter().collect() };
    let refusal = house.run(&bo, again).unwrap_err();
    assert!(matches!(refusal, Refusal::NotAllowed { denial: Denial::RoleNotHeld, .. }), "{refusal}");
    let refusal = signin::switch_role(&mut house.store, &house.outside, &bo, owner).unwrap().unwrap_err();
    assert!(matches!(refusal, Refusal::NotAllowed { denial: Denial::RoleNotHeld, .. }), "{refusal}");
    let reader = house.role("Reader");
    assert!(signin::switch_role(&mut house.store, &house.outside, &bo, reader).unwrap().is_ok());
}

#[test]
fn every_code_that_opens_nothing_gets_one_and_the_same_answer() {
    let mut house = House::in_memory();
    let ada = house.person(ADA);
    let mut dead = vec![Secret::from("never drawn"), Secret::default()];
    let invitation = house.invitation(INVITED);
    dead.push(house.draw(INVITED));
    let resend = ResendInvitations { invitations: BTreeSet::from([invitation]), at: house.now() };
    house.run(&ada, resend).unwrap();
    dead.push(house.draw(INVITED));
    let newest = house.draw(INVITED);
    assert!(house.accept(&newest, "a drum on the balcony").is_ok());
    dead.push(newest);
    dead.push(house.draw("second@hollin.example.com"));
    let second = house.invitation("second@hollin.example.com");
    house.run(&ada, RevokeInvitations { invitations: BTreeSet::from([second]) }).unwrap();
    let third = house.draw("third@hollin.example.com");
    assert!(signin::check_code(&mut house.store, &house.outside, &third).unwrap().is_ok());
    house.wait(SignedDuration::from_hours(7 * 24));
    dead.push(third);
    for code in dead {
        let checked = signin::check_code(&mut house.store, &house.outside, &code).unwrap().unwrap_err();
        let accepted = house.accept(&code, "a drum on the balcony").unwrap_err();
        assert_eq!((checked, accepted), (Refusal::CodeRejected, Refusal::CodeRejected));
    }
}

#[test]
fn guessing_the_passphrase_in_an_open_session_is_slowed_down_like_signing_in() {
    let mut house = House::in_memory();
    let ada = house.person(ADA);
    let head = house.store.head().seq;
    let cost = Cost::least().unwrap();
    let mut answers = Vec::new();
    for _ in 0..100 {
        let next = Secret::from("$not reached");
        let wrong = Secret::from(WRONG);
        let ran = reproof::change_passphrase(&mut house.store, &house.outside, &cost, &ada, &wrong, next).unwrap();
        let Ran::Refused { refusal, .. } = ran else { panic!("a wrong passphrase was taken") };
        answers.push(refusal.code());
    }
    assert_eq!(answers[..5], ["wrong_passphrase"; 5]);
    assert!(answers[5..].iter().all(|code| *code == "paused"), "{answers:?}");
    assert_eq!(house.store.head().seq - head, 5);
    assert!(matches!(house.prove(ADA, words(ADA)), Err(Refusal::Paused { .. })));
    house.wait(SignedDuration::from_secs(30));
    house.change(&ada, words(ADA), "a harp under the stairs", &cost);
    assert_eq!(house.prove(ADA, words(ADA)), Err(Refusal::SignInFailed));
    assert!(house.prove(ADA, "a harp under the stairs").is_ok());
}

#[test]
fn nobody_looks_through_the_eyes_of_real_people() {
    let mut house = House::on_disk();
    for user in house.store.org().users().keys() {
        let looked = signin::look_through(&mut house.store, &house.outside, *user).unwrap();
        assert_eq!(looked.unwrap_err(), Refusal::SignInFailed);
    }
    // A real file never takes a sample, and a sample never becomes real.
    for (file, inside) in [(Nature::Real, Nature::Sample), (Nature::Sample, Nature::Real)] {
        let mut store = Store::in_memory(file).unwrap();
        let org = crate::properties::company::company(&house.outside, inside);
        let creator = *org.users().keys().next().unwrap();
        assert!(signin::found(&mut store, &house.outside, Found { org }, &Secrets::none(), creator).is_err());
        assert_eq!(store.head().seq, 0);
        assert!(store.org().organization().is_none());
    }
    // Somebody who edits the file is found out: at once, or by who verifies it.
    let path = house.path().to_path_buf();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE organization SET nature = 'sample'", ()).unwrap();
    assert!(Store::open(&path).is_err());
    let sample = Store::create(&path.with_file_name("sample.db"), Nature::Sample).unwrap();
    let other = rusqlite::Connection::open(sample.path()).unwrap();
    let id: i32 = other.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    raw.pragma_update(None, "application_id", id).unwrap();
    assert!(Store::open(&path).map(|store| store.verify()).is_ok_and(|verified| verified.is_err()));
}

#[test]
fn the_same_words_are_the_same_passphrase_on_every_keyboard() {
    let mut house = House::in_memory();
    let ada = house.person(ADA);
    house.change(&ada, words(ADA), "Müllers Esel trägt Säcke", &Cost::least().unwrap());
    assert!(house.prove(ADA, "Mu\u{308}llers Esel tra\u{308}gt Sa\u{308}cke").is_ok());
    assert_eq!(house.prove(ADA, "Mullers Esel tragt Sacke"), Err(Refusal::SignInFailed));
}

#[test]
fn an_invitation_gives_what_its_roles_are_on_the_day_and_nothing_else() {
    let mut house = House::in_memory();
    let (ada, reader) = (house.person(ADA), house.role("Reader"));
    let id = InvitationId::new(house.now(), &[3; 10]);
    let invite = InviteUsers {
        by: ada.person().user,
        at: house.now(),
        roles: [reader].into_iter().collect(),
        people: vec![Invitee { id, address: "new@hollin.example.com".parse().unwrap(), name: None }],
    };
    house.run(&ada, invite).unwrap();
    let code = house.draw("new@hollin.example.com");
    // The inviter is gone by then; the invitation stands.
    let bo = house.person(BO);
    house.run(&bo, RemoveUser { user: ada.person().user }).unwrap();
    let proof = house.accept(&code, "a drum on the balcony").unwrap();
    let org = house.store.org();
    assert_eq!(org.user(proof.user()).unwrap().roles.iter().collect::<Vec<_>>(), [reader]);
    let owner = house.role("Owner");
    assert!(signin::enter(&mut house.store, &house.outside, &proof, owner).unwrap().is_err());
    assert!(signin::enter(&mut house.store, &house.outside, &proof, reader).unwrap().is_ok());
    let people: Vec<_> = org.users().values().filter(|user| user.is_active()).collect();
    assert!(people.iter().any(|user| user.address.as_str() == CY));
}
