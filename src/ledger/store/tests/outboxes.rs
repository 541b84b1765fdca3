//! Messages wait, are sent or fail, and follow their invitations.
#![expect(clippy::unwrap_used, reason = "tests")]
use super::desk::*;
use crate::domain::id::InvitationId;
use crate::domain::row::Row;
use crate::domain::user::Invitation;
use crate::ledger::store::{Delivery, DeliveryState, Store};

fn invited() -> (tempfile::TempDir, std::path::PathBuf, Store) {
    let (folder, path, mut store) = on_disk();
    change(&mut store, |org| {
        org.put(Row::Invitation(invitation(1, "bo@example.com")));
        org.put(Row::Invitation(invitation(2, "cleo@example.com")));
    });
    (folder, path, store)
}

fn resend(store: &mut Store, n: u128, minutes: i64) {
    change(store, |org| {
        let again = Invitation { sent: later(minutes), ..org.invitation(invitation_id(n)).unwrap().clone() };
        org.put(Row::Invitation(again));
    });
}

fn waiting(store: &Store, minutes: i64) -> Vec<InvitationId> {
    store.waiting(later(minutes), 10).unwrap().into_iter().map(|(id, _)| id).collect()
}

fn delivery(store: &Store, n: u128) -> Delivery {
    store.deliveries().unwrap().get(&invitation_id(n)).unwrap().clone()
}

#[test]
fn a_new_invitation_waits_for_its_message() {
    let (_folder, _, store) = invited();
    assert_eq!(waiting(&store, 0), [invitation_id(1), invitation_id(2)]);
    assert_eq!(store.waiting(now(), 1).unwrap(), [(invitation_id(1), delivery(&store, 1))]);
    assert_eq!(waiting(&store, -1), []);
    let expected = Delivery {
        asked: now(),
        state: DeliveryState::Waiting,
        tries: 0,
        next_try: now(),
        last_error: None,
        written: now(),
    };
    assert_eq!(delivery(&store, 1), expected);
}

#[test]
fn what_was_sent_waits_no_longer_until_it_is_sent_again() {
    let (_folder, _, mut store) = invited();
    store.sent(invitation_id(1), now(), later(1)).unwrap();
    assert_eq!(waiting(&store, 2), [invitation_id(2)]);
    assert_eq!((delivery(&store, 1).state, delivery(&store, 1).written), (DeliveryState::Sent, later(1)));
    resend(&mut store, 1, 5);
    assert_eq!(delivery(&store, 1).state, DeliveryState::Waiting);
}

#[test]
fn a_delay_counts_tries_and_is_forgotten_by_a_resend() {
    let (_folder, _, mut store) = invited();
    store.delayed(invitation_id(1), now(), now(), "the server is down", later(10)).unwrap();
    store.delayed(invitation_id(1), now(), later(10), "it still is", later(20)).unwrap();
    assert_eq!(waiting(&store, 19), [invitation_id(2)]);
    assert_eq!(waiting(&store, 20), [invitation_id(2), invitation_id(1)]);
    let delayed = delivery(&store, 1);
    assert_eq!((delayed.tries, delayed.last_error.as_deref()), (2, Some("it still is")));
    resend(&mut store, 1, 5);
    let again = delivery(&store, 1);
    assert_eq!((again.tries, again.last_error), (0, None));
}

#[test]
fn a_new_code_does_not_put_a_message_back() {
    let (_folder, _, mut store) = invited();
    store.delayed(invitation_id(1), now(), now(), "the server is down", later(10)).unwrap();
    change(&mut store, |org| {
        let drawn = Invitation { attempt: 1, ..org.invitation(invitation_id(1)).unwrap().clone() };
        org.put(Row::Invitation(drawn));
    });
    assert_eq!(delivery(&store, 1).tries, 1);
}

#[test]
fn a_message_that_cannot_be_sent_waits_no_longer() {
    let (_folder, _, mut store) = invited();
    store.failed(invitation_id(2), now(), later(1), "nobody lives there").unwrap();
    assert_eq!(waiting(&store, 600), [invitation_id(1)]);
    let failed = delivery(&store, 2);
    assert_eq!((failed.state, failed.last_error.as_deref()), (DeliveryState::Failed, Some("nobody lives there")));
}

#[test]
fn a_closed_invitation_leaves_nothing_behind() {
    let (_folder, _, mut store) = invited();
    change(&mut store, |org| org.remove(invitation_id(1).into()));
    assert_eq!(store.deliveries().unwrap().len(), 1);
    store.sent(invitation_id(1), now(), now()).unwrap();
    store.failed(invitation_id(1), now(), now(), "too late").unwrap();
    assert_eq!(store.deliveries().unwrap().len(), 1);
    assert_kept(&store);
}

#[test]
fn a_sender_who_does_not_know_of_a_resend_does_not_note_it_as_sent() {
    let (_folder, path, mut sender) = invited();
    let asked = delivery(&sender, 1).asked;
    let mut administrator = Store::open(&path).unwrap();
    resend(&mut administrator, 1, 5);
    sender.sent(invitation_id(1), asked, later(6)).unwrap();
    sender.delayed(invitation_id(1), asked, later(6), "the server is down", later(60)).unwrap();
    sender.failed(invitation_id(1), asked, later(6), "nobody lives there").unwrap();
    assert_eq!((delivery(&sender, 1).state, delivery(&sender, 1).tries), (DeliveryState::Waiting, 0));
    sender.sent(invitation_id(1), later(5), later(7)).unwrap();
    assert_eq!(delivery(&administrator, 1).state, DeliveryState::Sent);
}
