//! Who has an address already, for judging a list of them.
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::address::{AddressKey, EmailAddress, Holder, Known};
use crate::domain::org::{self, Org};
use crate::domain::user::Invitation;

/// The addresses of an organization at a moment. An expired invitation holds nothing: its address can be invited
/// again, and the new invitation takes its place.
#[derive(Clone)]
pub struct Addresses {
    org: Arc<Org>,
    now: Timestamp,
}

impl Addresses {
    /// The addresses of `org` at `now`.
    pub const fn new(org: Arc<Org>, now: Timestamp) -> Self {
        Self { org, now }
    }

    /// The organization.
    pub const fn org(&self) -> &Arc<Org> {
        &self.org
    }

    /// The invitation that expired and would be replaced.
    pub fn expired(&self, address: &EmailAddress) -> Option<&Invitation> {
        match self.org.holder(&address.key())? {
            org::Holder::User(_) => None,
            org::Holder::Invitation(id) => self.org.invitation(id).filter(|open| open.is_expired(self.now)),
        }
    }
}

impl Known for Addresses {
    fn holder(&self, key: &AddressKey) -> Option<Holder> {
        match self.org.holder(key)? {
            org::Holder::User(_) => Some(Holder::User),
            org::Holder::Invitation(id) => {
                let open = self.org.invitation(id).is_none_or(|open| !open.is_expired(self.now));
                open.then_some(Holder::Invitation)
            }
        }
    }
}
