//! Addresses and domains that can be mistaken for known ones.
use imbl::{OrdMap, OrdSet};
use unicode_security::skeleton;

use super::domain::Domain;
use super::email::{AddressKey, EmailAddress};

/// Domains shorter than this are not compared letter by letter: all short ones are neighbours.
const LONG_ENOUGH: usize = 6;
/// Domains remembered per spelling with a letter left out, so that no list of known domains can
/// make a question slow.
const NEIGHBOURS: usize = 16;

/// What a text looks like, after the confusables of Unicode Technical Standard 39: texts with one
/// skeleton can be mistaken for each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skeleton(Box<str>);

impl Skeleton {
    pub(super) fn of(text: &str) -> Self {
        if !text.is_ascii() || text.contains('%') {
            return Self(skeleton(text).collect::<String>().to_lowercase().into());
        }
        // The same for ASCII, ten times as fast: a whole organization is read when a list is judged.
        let mut shape = String::with_capacity(text.len() + 4);
        for c in text.chars() {
            match c {
                'm' => shape.push_str("rn"),
                '0' => shape.push('o'),
                '1' | 'I' | '|' => shape.push('l'),
                '"' => shape.push_str("''"),
                '`' => shape.push('\''),
                _ => shape.push(c.to_ascii_lowercase()),
            }
        }
        Self(shape.into())
    }
}

/// The known addresses and domains by their looks. Asking takes the same time however many there
/// are; adding can be done in slices. Copies share everything and cost nothing.
#[derive(Clone, Debug, Default)]
pub struct LookAlikes {
    shapes: OrdMap<Skeleton, EmailAddress>,
    mailboxes: OrdMap<AddressKey, EmailAddress>,
    domains: OrdSet<Domain>,
    domain_shapes: OrdMap<Skeleton, Domain>,
    /// Domains by their spelling and by every spelling with one letter left out: two domains that
    /// are one edit apart share one of these.
    spellings: OrdMap<Box<str>, Vec<Domain>>,
}

impl LookAlikes {
    /// Adds the address and the domain of a user or an open invitation.
    pub fn add(&mut self, address: &EmailAddress) {
        self.add_address(address);
        self.add_domain(address.domain());
    }

    /// Adds an address without its domain: one of a list that is being judged.
    pub(super) fn add_address(&mut self, address: &EmailAddress) {
        self.shapes.entry(address.skeleton()).or_insert_with(|| address.clone());
        self.mailboxes.entry(address.without_tag()).or_insert_with(|| address.clone());
    }

    /// Adds a domain.
    pub fn add_domain(&mut self, domain: Domain) {
        if self.domains.contains(&domain) {
            return;
        }
        let text = domain.in_unicode();
        self.domain_shapes.entry(Skeleton::of(&text)).or_insert_with(|| domain.clone());
        for spelling in spellings(&text) {
            let neighbours = self.spellings.entry(spelling).or_default();
            if neighbours.len() < NEIGHBOURS {
                neighbours.push(domain.clone());
            }
        }
        self.domains.insert(domain);
    }

    /// A known address that this one, being another, can be mistaken for.
    pub(super) fn address_like(&self, address: &EmailAddress) -> Option<&EmailAddress> {
        let key = address.key();
        [address.skeleton(), address.typed_skeleton()]
            .iter()
            .filter_map(|shape| self.shapes.get(shape))
            .find(|known| known.key() != key)
    }

    /// A known address with the same mailbox and another tag.
    pub(super) fn same_mailbox(&self, address: &EmailAddress) -> Option<&EmailAddress> {
        let known = self.mailboxes.get(&address.without_tag())?;
        (known.key() != address.key()).then_some(known)
    }

    /// A known domain that this one, being unknown, can be mistaken for.
    pub(super) fn domain_like(&self, domain: &Domain) -> Option<&Domain> {
        if self.domains.contains(domain) {
            return None;
        }
        let text = domain.in_unicode();
        let shape = self.domain_shapes.get(&Skeleton::of(&text));
        shape.or_else(|| {
            let close = |known: &&Domain| one_edit_apart(&text, &known.in_unicode());
            spellings(&text).filter_map(|spelling| self.spellings.get(&spelling)).flatten().find(close)
        })
    }
}

/// A text and every text that lacks one of its characters, if it is long enough to compare.
fn spellings(text: &str) -> impl Iterator<Item = Box<str>> {
    let long = text.chars().count() >= LONG_ENOUGH;
    let without = text.char_indices().map(|(at, c)| {
        let (before, after) = (text.get(..at), text.get(at + c.len_utf8()..));
        [before.unwrap_or_default(), after.unwrap_or_default()].concat().into()
    });
    std::iter::once(text.into()).chain(without).filter(move |_| long)
}

/// Whether one letter was added, left out or exchanged, or two neighbours swapped.
fn one_edit_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same_start..).unwrap_or_default(), other.get(same_start..).unwrap_or_default());
    match (one, other) {
        ([], []) => false,
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, rest @ ..]) if rest == one => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, rest @ ..], [c, d, tail @ ..]) => (a, b) == (d, c) && rest == tail,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use unicode_security::skeleton;

    use super::{LookAlikes, Skeleton, one_edit_apart};
    use crate::domain::address::{Domain, EmailAddress};

    fn address(typed: &str) -> EmailAddress {
        EmailAddress::new(typed).unwrap()
    }

    fn known() -> LookAlikes {
        let mut known = LookAlikes::default();
        for typed in ["jane.doe@example.com", "tim.miller+bank@example.com", "a@ab.io"] {
            known.add(&address(typed));
        }
        known
    }

    #[test]
    fn the_short_cut_for_ascii_gives_the_same_skeletons() {
        for c in '\0'..='\u{7F}' {
            let whole: String = skeleton(&c.to_string()).collect();
            assert_eq!(Skeleton::of(&c.to_string()).0.as_ref(), whole.to_lowercase(), "{c:?}");
        }
    }

    #[test]
    fn addresses_that_look_alike_are_found() {
        let known = known();
        for typed in [
            "jane.doe@exarnple.com",
            "j\u{430}ne.doe@example.com",
            "jane.d0e@example.com",
            "jane.doe@ex\u{430}mple.com",
            "jane.doe@xn--exmple-4nf.com",
        ] {
            assert_eq!(known.address_like(&address(typed)), Some(&address("jane.doe@example.com")), "{typed}");
        }
        assert_eq!(known.address_like(&address("tIm.mIller+bank@example.com")), None);
        assert_eq!(
            known.address_like(&address("tim.milIer+bank@example.com")),
            Some(&address("tim.miller+bank@example.com"))
        );
        for typed in ["JANE.DOE@example.com", "john.doe@example.com"] {
            assert_eq!(known.address_like(&address(typed)), None, "{typed}");
        }
    }

    #[test]
    fn another_tag_of_a_mailbox_is_found() {
        let known = known();
        assert_eq!(known.same_mailbox(&address("Jane.Doe+x@example.com")), Some(&address("jane.doe@example.com")));
        assert_eq!(
            known.same_mailbox(&address("tim.miller@example.com")),
            Some(&address("tim.miller+bank@example.com"))
        );
        assert_eq!(known.same_mailbox(&address("jane.doe@example.com")), None);
        assert_eq!(known.same_mailbox(&address("+x@example.com")), None);
    }

    #[test]
    fn domains_that_look_alike_are_found() {
        let known = known();
        let like = |typed| known.domain_like(&Domain::new(typed).unwrap()).map(Domain::as_str);
        for typed in [
            "examp1e.com",
            "exarnple.com",
            "exampl.com",
            "exxample.com",
            "exmaple.com",
            "example.co",
            "example.con",
            "ex\u{430}mple.com",
            "exämple.com",
        ] {
            assert_eq!(like(typed), Some("example.com"), "{typed}");
        }
        for typed in ["example.com", "EXAMPLE.com", "example.org", "sample.org", "ac.io", "exmapel.com"] {
            assert_eq!(like(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_edit_is_one_letter_or_one_swap() {
        for (one, other) in
            [("abc", "ab"), ("abc", "abcd"), ("abc", "xbc"), ("abc", "acb"), ("abc", "bac"), ("aab", "ab"), ("", "a")]
        {
            assert!(one_edit_apart(one, other) && one_edit_apart(other, one), "{one} {other}");
        }
        for (one, other) in [("abc", "abc"), ("abc", "cba"), ("abcd", "badc"), ("abc", "a"), ("", "")] {
            assert!(!one_edit_apart(one, other) && !one_edit_apart(other, one), "{one} {other}");
        }
    }
}
