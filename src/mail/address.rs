//! The form of an address that mail servers understand.
use lettre::Address;

use super::error::MailError;
use super::untrusted::{is_plain, shown};

/// `text` as an address for headers and servers: a domain in other letters than ASCII takes its ASCII form.
///
/// # Errors
/// [`MailError::Address`] when it is not an address, or contains anything invisible.
pub(super) fn deliverable(text: &str) -> Result<Address, MailError> {
    let refusal = || MailError::Address { address: shown(text) };
    let (user, domain) = text.rsplit_once('@').ok_or_else(refusal)?;
    if !is_plain(text) || text.chars().any(char::is_whitespace) {
        return Err(refusal());
    }
    if domain.is_ascii() {
        return Address::new(user, domain).map_err(|_| refusal());
    }
    let domain = idna::domain_to_ascii(domain).map_err(|_| refusal())?;
    Address::new(user, domain).map_err(|_| refusal())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_international_domain_takes_its_ascii_form() {
        assert_eq!(deliverable("ana@bücher.example").unwrap().to_string(), "ana@xn--bcher-kva.example");
    }

    #[test]
    fn a_name_in_other_letters_than_ascii_stays() {
        assert_eq!(deliverable("žofie@example.com").unwrap().user(), "žofie");
    }

    #[test]
    fn what_could_break_out_of_a_header_or_a_command_is_refused() {
        for address in [
            "ana@example.com\r\nBcc: eve@example.com",
            "ana@example.com> SIZE=1",
            "ana\u{200b}@example.com",
            "ana@exam\u{202e}ple.com",
            "\"ana eve\"@example.com",
            "ana",
            "@example.com",
            "ana@",
            "",
        ] {
            assert!(deliverable(address).is_err(), "{address:?}");
        }
    }
}
