//! Judging a list of addresses before anybody is invited.
use imbl::OrdMap;

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
/// time for each does not depend on how many users or entries there are. A copy costs nothing and
/// remembers a place in the list, from which another ending of it can be judged.
///
/// The source: decision 13 in the crate documentation.
#[derive(Clone, Debug)]
pub struct Judge<K> {
    known: K,
    own: Vec<Domain>,
    like_own: LookAlikes,
    like: LookAlikes,
    taken: usize,
    seen: OrdMap<AddressKey, usize>,
    domains: OrdMap<Domain, Vec<Warning>>,
}

impl<K: Known> Judge<K> {
    /// Starts a list, with who is known, the organization's own domains (none: no domain is
    /// foreign) and the known addresses by their looks.
    pub fn new(known: K, own: Vec<Domain>, like: LookAlikes) -> Self {
        let mut like_own = LookAlikes::default();
        for domain in &own {
            like_own.add_domain(domain.clone());
        }
        Self { known, own, like_own, like, taken: 0, seen: OrdMap::new(), domains: OrdMap::new() }
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
        warnings.extend(self.about_domain(domain));
        self.like.add_address(address);
        warnings
    }

    /// The warnings about a domain, found once for all its addresses in the list.
    fn about_domain(&mut self, domain: Domain) -> Vec<Warning> {
        if let Some(found) = self.domains.get(&domain) {
            return found.clone();
        }
        let mut warnings = Vec::new();
        if !self.own.iter().any(|own| domain.is_within(own)) {
            let other = self.like_own.domain_like(&domain).or_else(|| self.like.domain_like(&domain));
            warnings.extend(other.cloned().map(Warning::LooksLikeDomain));
            warnings.extend((!self.own.is_empty()).then(|| Warning::ForeignDomain(domain.clone())));
        }
        self.domains.insert(domain, warnings.clone());
        warnings
    }
}

#[cfg(test)]
mod tests;
