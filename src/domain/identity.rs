//! Who is the same person (decision 13 in the crate docs): mail to `anna+bank@example.com` reaches
//! `anna@example.com`, so two accounts of one mailbox count as one pair of eyes.
use super::address::AddressKey;
use super::id::UserId;
use super::org::Org;
use super::user::User;

/// The mailbox of a user, by which persons are told apart.
pub fn mailbox(user: &User) -> AddressKey {
    user.address.without_tag()
}

/// Whether two users are the same person: one user, or one mailbox whose users were not declared to be two people.
/// Users that are not there are nobody's other account.
pub fn same_person(org: &Org, one: UserId, other: UserId) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (org.user(one), org.user(other)) else { return false };
    !one.apart.contains(&other.id) && !other.apart.contains(&one.id) && mailbox(one) == mailbox(other)
}
