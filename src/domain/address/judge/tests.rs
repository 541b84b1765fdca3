#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::collections::BTreeMap;

use super::{Holder, Judge, Known};
use crate::domain::address::{
    AddressError, AddressKey, Domain, EmailAddress, Judged, LookAlikes, Verdict, Warning, split_list,
};

impl Known for BTreeMap<AddressKey, Holder> {
    fn holder(&self, key: &AddressKey) -> Option<Holder> {
        self.get(key).copied()
    }
}

fn address(typed: &str) -> EmailAddress {
    EmailAddress::new(typed).unwrap()
}

/// An organization at example.com that has Jane as a user and an invitation out to Joe.
fn judge() -> Judge<BTreeMap<AddressKey, Holder>> {
    let people = [("Jane.Doe@example.com", Holder::User), ("joe@partner.org", Holder::Invitation)];
    let mut like = LookAlikes::default();
    let mut known = BTreeMap::new();
    for (typed, holder) in people {
        like.add(&address(typed));
        known.insert(address(typed).key(), holder);
    }
    Judge::new(known, vec![Domain::new("example.com").unwrap()], like)
}

fn judged(list: &str) -> Vec<Judged> {
    let mut judge = judge();
    split_list(list).map(|candidate| judge.take(candidate)).collect()
}

fn verdicts(list: &str) -> Vec<&'static str> {
    judged(list).iter().map(|judged| judged.verdict.label()).collect()
}

fn warnings(list: &str) -> Vec<Warning> {
    judged(list).pop().unwrap().warnings
}

#[test]
fn each_entry_gets_its_verdict() {
    assert_eq!(
        verdicts("new@example.com, JANE.doe@Example.com, Joe <JOE@partner.org>, jane.doe, NEW@example.com"),
        ["ok", "already a user", "already invited", "invalid", "twice in the list"]
    );
    let list = judged("a@example.com x A@example.com jane.doe@example.com jane.doe@example.com");
    assert_eq!(list[2].verdict, Verdict::TwiceInList { first: 1 });
    assert_eq!(list[4].verdict, Verdict::TwiceInList { first: 4 });
    assert_eq!(list[1].verdict, Verdict::Invalid(AddressError::NoAt));
    assert_eq!(list[0].verdict, Verdict::Ok(address("a@example.com")));
}

#[test]
fn an_ordinary_address_of_the_own_domain_has_no_warning() {
    for list in ["new@example.com", "new@mail.EXAMPLE.com", "zoë@example.com", "new+tag@example.com"] {
        assert_eq!(warnings(list), [], "{list}");
    }
}

#[test]
fn what_may_deceive_is_warned_of() {
    let jane = || address("Jane.Doe@example.com");
    let own = || Domain::new("example.com").unwrap();
    let foreign = |typed| Warning::ForeignDomain(Domain::new(typed).unwrap());
    assert_eq!(warnings("jane.doe+x@example.com"), [Warning::PlusTag(jane())]);
    assert_eq!(warnings("jane.d0e@example.com"), [Warning::LooksLikeAddress(jane())]);
    assert_eq!(
        warnings("jane.doe@examp1e.com"),
        [Warning::LooksLikeAddress(jane()), Warning::LooksLikeDomain(own()), foreign("examp1e.com")]
    );
    assert_eq!(warnings("new@exampel.com"), [Warning::LooksLikeDomain(own()), foreign("exampel.com")]);
    assert_eq!(warnings("new@partner.org"), [foreign("partner.org")]);
    let partner = Warning::LooksLikeDomain(Domain::new("partner.org").unwrap());
    assert_eq!(warnings("new@partners.org"), [partner, foreign("partners.org")]);
    assert_eq!(warnings("n\u{435}w@example.com"), [Warning::MixedScript]);
    assert!(warnings("new@\u{435}xample.com").contains(&Warning::MixedScript));
}

#[test]
fn earlier_entries_of_the_list_count_as_known() {
    assert_eq!(warnings("kim@example.com, kim+2@example.com"), [Warning::PlusTag(address("kim@example.com"))]);
    assert_eq!(
        warnings("bill@example.com, bil1@example.com"),
        [Warning::LooksLikeAddress(address("bill@example.com"))]
    );
}

#[test]
fn without_own_domains_none_is_foreign() {
    let mut judge = Judge::new(BTreeMap::new(), Vec::new(), LookAlikes::default());
    let candidate = split_list("new@partner.org").next().unwrap();
    assert_eq!(judge.take(candidate).warnings, []);
}

#[test]
fn every_finding_has_words() {
    let list = judged(
        "jane.doe+x@example.com, jane.doe@exampl\u{435}.com, jane.doe@example.com, joe@partner.org, new@example.com new@example.com ?x",
    );
    let words: Vec<_> = list.iter().map(|judged| judged.verdict.to_string()).collect();
    assert_eq!(words[2], "A user has this address: assign roles to that user instead.");
    assert_eq!(words[3], "An invitation to this address is open: resend or revoke that one.");
    assert_eq!(words[4], "This address can be invited.");
    assert_eq!(words[5], "The same address stands in the list at number 5; it is invited once.");
    assert_eq!(words[6], "The @ is missing: an address looks like name@example.com.");
    let labels: Vec<_> = list[1].warnings.iter().map(Warning::label).collect();
    assert_eq!(
        labels,
        ["looks like another address", "mixed scripts", "looks like another domain", "not an own domain"]
    );
    assert_eq!(list[0].warnings[0].to_string(), "Its mail probably arrives in the mailbox of Jane.Doe@example.com.");
    assert_eq!(list[1].warnings[3].to_string(), "xn--exampl-8of.com is not one of the organization's own domains.");
}

#[test]
fn ten_thousand_addresses_are_each_judged_once() {
    let mut list = String::new();
    for number in 0..10_000 {
        list.push_str(&match number % 10 {
            0..=5 => format!("Person {number} <person.{number}@example.com>, "),
            6 => format!("person.{}@example.com\n", number - 1),
            7 => format!("person.{number}@example{number}.org; "),
            8 => format!("person.{number}.example.com, "),
            _ => "jane.doe@example.com ".to_owned(),
        });
    }
    let judged = judged(&list);
    let count = |label| judged.iter().filter(|judged| judged.verdict.label() == label).count();
    assert_eq!(judged.len(), 10_000);
    assert_eq!(count("ok"), 7_000);
    assert_eq!(count("invalid"), 1_000);
    assert_eq!(count("already a user"), 1);
    assert_eq!(count("twice in the list"), 1_000 + 999);
    let foreign = judged
        .iter()
        .filter(|judged| judged.warnings.iter().any(|warning| matches!(warning, Warning::ForeignDomain(_))));
    assert_eq!(foreign.count(), 1_000);
}
