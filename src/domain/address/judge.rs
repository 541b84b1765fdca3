//! Judging a list of addresses before anybody is invited.
use std::collections::BTreeMap;

use super::domain::Domain;
use super::email::{AddressKey, EmailAddress};
use super::list::Candidate;
use super::lookalike::LookAlikes;
use super::verdict::{Judged, Verdict, Warning};
use crate::domain::text::mixed_script;

/// Whose address it is already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person who has signed up.
    User,
    /// An open invitation.
    Invitation,
}

/// What is known about addresses.
pub trait Known {
    /// Who holds an address, if anybody does.
    fn holder(&self, key: &AddressKey) -> Option<Holder>;
}

/// Judges the entries of one list, one after another, so that the caller can stop in between: the
/// time for each does not depend on how many users or entries there are.
///
/// The source: decision 13 in the crate documentation.
#[derive(Clone, Debug)]
pub struct Judge<K> {
    known: K,
    own: Vec<Domain>,
    like_own: LookAlikes,
    like: LookAlikes,
    taken: usize,
    seen: BTreeMap<AddressKey, usize>,
    domains: BTreeMap<Domain, Vec<Warning>>,
}

impl<K: Known> Judge<K> {
    /// Starts a list, with who is known, the organization's own domains (none: no domain is
    /// foreign) and the known addresses by their looks.
    pub fn new(known: K, own: Vec<Domain>, like: LookAlikes) -> Self {
        let mut like_own = LookAlikes::default();
        for domain in &own {
            like_own.add_domain(domain.clone());
        }
        Self { known, own, like_own, like, taken: 0, seen: BTreeMap::new(), domains: BTreeMap::new() }
    }

    /// Judges the next entry.
    pub fn take(&mut self, candidate: Candidate) -> Judged {
        self.taken += 1;
        let verdict = match EmailAddress::new(&candidate.address) {
            Ok(address) => self.verdict(address),
            Err(error) => Verdict::Invalid(error),
        };
        let warnings = match &verdict {
            Verdict::Ok(address) => self.warnings(address),
            _ => Vec::new(),
        };
        Judged { candidate, verdict, warnings }
    }

    fn verdict(&mut self, address: EmailAddress) -> Verdict {
        let key = address.key();
        if let Some(first) = self.seen.get(&key) {
            return Verdict::TwiceInList { first: *first };
        }
        let holder = self.known.holder(&key);
        self.seen.insert(key, self.taken);
        match holder {
            Some(Holder::User) => Verdict::AlreadyUser,
            Some(Holder::Invitation) => Verdict::AlreadyInvited,
            None => Verdict::Ok(address),
        }
    }

    fn warnings(&mut self, address: &EmailAddress) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let domain = address.domain();
        if let Some(other) = self.like.same_mailbox(address) {
            warnings.push(Warning::PlusTag(other.clone()));
        } else if let Some(other) = self.like.address_like(address) {
            warnings.push(Warning::LooksLikeAddress(other.clone()));
        }
        if mixed_script(address.local()) || mixed_script(&domain.in_unicode()) {
            warnings.push(Warning::MixedScript);
        }
        warnings.extend_from_slice(self.about_domain(domain));
        self.like.add_address(address);
        warnings
    }

    /// The warnings about a domain, found once for all its addresses in the list.
    fn about_domain(&mut self, domain: Domain) -> &[Warning] {
        let (own, like_own, like) = (&self.own, &self.like_own, &self.like);
        self.domains.entry(domain).or_insert_with_key(|domain| {
            if own.iter().any(|own| domain.is_within(own)) {
                return Vec::new();
            }
            let other = like_own.domain_like(domain).or_else(|| like.domain_like(domain));
            let foreign = (!own.is_empty()).then(|| Warning::ForeignDomain(domain.clone()));
            other.cloned().map(Warning::LooksLikeDomain).into_iter().chain(foreign).collect()
        })
    }
}

#[cfg(test)]
mod tests;
