//! How an account is identified at its bank.
use std::fmt;

use iban::{Iban, IbanLike, ParseIbanError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::key::NameKey;
use super::label::{NameError, parsed};
use crate::domain::text::Shown;

/// Characters of an identifier that is not an IBAN.
const CHARACTERS: usize = 64;

/// The IBAN of an account, or whatever else identifies it: an account number, a wallet address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountIdentifier {
    form: Form,
    text: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Iban,
    Other,
}

/// Why an account identifier is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// An IBAN with a typing mistake.
    #[error(
        "This looks like an IBAN, but its check digits do not fit: a character is wrong, missing or swapped. If it is not an IBAN, write it with a dash."
    )]
    CheckDigits,
    /// An IBAN that its country does not use.
    #[error(
        "An IBAN that begins with {country} has another length or form: compare it with the bank's paper. If it is not an IBAN, write it with a dash."
    )]
    CountryForm {
        /// The two letters of the country.
        country: Box<str>,
    },
    /// Not an IBAN, and not a possible identifier either.
    #[error(transparent)]
    Text(#[from] NameError),
}

impl AccountIdentifier {
    /// Parses what was typed. An IBAN may be typed in any case, with or without spaces and dashes,
    /// and with the word IBAN in front.
    ///
    /// # Errors
    /// [`IdentifierError`], when it looks like an IBAN and is none, or cannot be an identifier.
    pub fn new(typed: &str) -> Result<Self, IdentifierError> {
        match read_iban(typed) {
            Some(Ok(text)) => Ok(Self { form: Form::Iban, text }),
            Some(Err(error)) => Err(error),
            None => Ok(Self::other(typed)?),
        }
    }

    /// The identifier as it is stored; an IBAN in capitals without spaces.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is an IBAN with valid check digits.
    pub fn is_iban(&self) -> bool {
        self.form == Form::Iban
    }

    /// The form in which it is compared with others: without case and spaces.
    pub fn key(&self) -> NameKey {
        NameKey::of(&self.text.replace(' ', ""))
    }

    fn other(typed: &str) -> Result<Self, NameError> {
        let text = parsed("account identifier", CHARACTERS, typed)?;
        Ok(Self { form: Form::Other, text })
    }
}

impl fmt::Display for AccountIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.form == Form::Other {
            return Shown::new(&self.text).fmt(f);
        }
        for (place, c) in self.text.chars().enumerate() {
            let gap = if place > 0 && place % 4 == 0 { " " } else { "" };
            write!(f, "{gap}{c}")?;
        }
        Ok(())
    }
}

impl Serialize for AccountIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for AccountIdentifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Box::<str>::deserialize(deserializer)?;
        // Countries join the IBAN registry: what was stored as another identifier stays readable.
        Self::new(&stored).or_else(|_| Self::other(&stored)).map_err(serde::de::Error::custom)
    }
}

/// The electronic form of an IBAN, or `None` for a text that is not meant as one.
fn read_iban(typed: &str) -> Option<Result<Box<str>, IdentifierError>> {
    let typed = typed.trim();
    let bare = match typed.get(..4) {
        Some(word) if word.eq_ignore_ascii_case("iban") => typed.get(4..)?.trim_start_matches(':'),
        _ => typed,
    };
    let compact = |kept: fn(&char) -> bool| bare.chars().filter(kept).collect::<String>().to_ascii_uppercase();
    let iban = compact(|c| !c.is_whitespace() && *c != '-');
    if let Ok(valid) = iban.parse::<Iban>() {
        return Some(Ok(valid.electronic_str().into()));
    }
    // With a dash in it, it was perhaps never meant as an IBAN.
    let iban = compact(|c| !c.is_whitespace());
    let checked = with_right_check_digits(&iban)?;
    match checked.parse::<Iban>() {
        Ok(_) => Some(Err(IdentifierError::CheckDigits)),
        Err(ParseIbanError::InvalidBban(base)) => {
            Some(Err(IdentifierError::CountryForm { country: base.country_code().into() }))
        }
        Err(_) => None,
    }
}

/// The same IBAN with the check digits that would fit (ISO 7064, modulo 97), for a text that has
/// the shape of one.
fn with_right_check_digits(iban: &str) -> Option<String> {
    let (country, rest) = iban.split_at_checked(2)?;
    let (digits, account) = rest.split_at_checked(2)?;
    let shaped = (15..=34).contains(&iban.len())
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && account.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let remainder = account.chars().chain(country.chars()).chain("00".chars()).filter_map(|c| c.to_digit(36)).fold(
        0,
        |sum, value| {
            let shift = if value > 9 { 100 } else { 10 };
            (sum * shift + value) % 97
        },
    );
    shaped.then(|| format!("{country}{:02}{account}", 98 - remainder))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{AccountIdentifier, IdentifierError};

    fn parse(typed: &str) -> AccountIdentifier {
        AccountIdentifier::new(typed).unwrap()
    }

    #[test]
    fn an_iban_is_normalised_and_shown_in_fours() {
        for typed in [
            "DE44500105175407324931",
            " de44 5001 0517 5407 3249 31 ",
            "DE44-5001-0517-5407-3249-31",
            "IBAN: DE44 5001 0517 5407 3249 31",
            "DE44\u{A0}5001 051754073 24931",
        ] {
            let identifier = parse(typed);
            assert!(identifier.is_iban());
            assert_eq!(identifier.as_str(), "DE44500105175407324931");
            assert_eq!(identifier.to_string(), "DE44 5001 0517 5407 3249 31");
        }
        assert_eq!(parse("NO9386011117947").to_string(), "NO93 8601 1117 947");
    }

    #[test]
    fn a_mistyped_iban_is_refused_with_the_reason() {
        let wrong = |typed| AccountIdentifier::new(typed).unwrap_err();
        assert_eq!(wrong("DE44500105175407324913"), IdentifierError::CheckDigits);
        assert_eq!(wrong("DE45 5001 0517 5407 3249 31"), IdentifierError::CheckDigits);
        assert_eq!(wrong("DE4450010517540732493"), IdentifierError::CountryForm { country: "DE".into() });
        assert_eq!(wrong("GB82 1234 1234 5698 7654 32"), IdentifierError::CountryForm { country: "GB".into() });
    }

    #[test]
    fn anything_else_is_an_identifier_of_its_own() {
        for typed in [
            "0012345678",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "Petty cash, Lyon",
            "XY12345678901234567",
            "DE12-house-account-7",
            "US12 3456 7890 1234 5678",
        ] {
            let identifier = parse(typed);
            assert!(!identifier.is_iban(), "{typed}");
            assert_eq!(identifier.to_string(), typed);
        }
        assert_eq!(parse("12 34").key(), parse("1234").key());
        assert!(AccountIdentifier::new(&"9".repeat(64)).is_ok());
        for typed in ["", "12\u{200B}34", &"9".repeat(65)] {
            assert!(matches!(AccountIdentifier::new(typed), Err(IdentifierError::Text(_))), "{typed:?}");
        }
    }

    #[test]
    fn what_was_stored_stays_readable() {
        for typed in ["DE44 5001 0517 5407 3249 31", "0012345678", "A <b> \"c\""] {
            let stored = serde_json::to_string(&parse(typed)).unwrap();
            assert_eq!(serde_json::from_str::<AccountIdentifier>(&stored).unwrap(), parse(typed));
        }
        let of_a_later_registry: AccountIdentifier = serde_json::from_str("\"DE44500105175407324913\"").unwrap();
        assert!(!of_a_later_registry.is_iban());
        assert!(serde_json::from_str::<AccountIdentifier>("\"12\\u200b\"").is_err());
    }
}
