//! Currencies of accounts.
use std::fmt;
use std::str::FromStr;

use iso_currency::Flag;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::text::{Shown, folded};

/// How many codes a refusal proposes.
const PROPOSALS: usize = 3;

/// A currency of ISO 4217, shown and stored as its three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

/// Why a currency is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurrencyError {
    /// Nothing was typed.
    #[error("The currency is missing: type its three letters, for example EUR.")]
    Empty,
    /// Not a code.
    #[error("{} is not a currency code of ISO 4217. {}", Shown::new(typed).cut(20), proposal(near))]
    Unknown {
        /// What was typed.
        typed: Box<str>,
        /// Codes that may have been meant.
        near: Vec<Currency>,
    },
    /// A code that is no longer used.
    #[error("{} was replaced by {}: use that.", old.code(), new.code())]
    Replaced {
        /// The code that was typed.
        old: Currency,
        /// The code that is used now.
        new: Currency,
    },
}

impl Currency {
    /// Parses a code in any case.
    ///
    /// # Errors
    /// [`CurrencyError`] with codes that may have been meant.
    pub fn new(typed: &str) -> Result<Self, CurrencyError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(CurrencyError::Empty);
        }
        let Some(currency) = Self::of_code(&typed.to_ascii_uppercase()) else {
            return Err(CurrencyError::Unknown { typed: typed.into(), near: near(typed) });
        };
        match currency.replacement() {
            Some(new) => Err(CurrencyError::Replaced { old: currency, new }),
            None => Ok(currency),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        self.0.code()
    }

    /// The English name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    fn of_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }

    fn replacement(self) -> Option<Self> {
        self.0.flags().into_iter().find_map(|flag| match flag {
            Flag::Superseded(new) => Some(Self(new)),
            Flag::Fund | Flag::Special => None,
        })
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(typed: &str) -> Result<Self, CurrencyError> {
        Self::new(typed)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Box::<str>::deserialize(deserializer)?;
        // A code that was replaced after it was stored stays readable.
        Self::of_code(&stored)
            .ok_or_else(|| serde::de::Error::custom(CurrencyError::Unknown { typed: stored, near: Vec::new() }))
    }
}

fn proposal(near: &[Currency]) -> String {
    match near {
        [] => "Codes have three letters, for example EUR.".to_owned(),
        [one] => format!("Did you mean {one} ({})?", one.name()),
        _ => format!("Did you mean {}?", near.iter().map(Currency::code).collect::<Vec<_>>().join(" or ")),
    }
}

/// Codes for what may have been meant: a code with something behind it, a name or a part of one,
/// or a code with one wrong letter.
fn near(typed: &str) -> Vec<Currency> {
    let typed = folded(typed);
    let mut ranked: Vec<_> = ordinary().filter_map(|currency| Some((rank(&typed, currency)?, currency))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, currency)| currency).take(PROPOSALS).collect()
}

fn rank(typed: &str, currency: Currency) -> Option<u8> {
    let code = currency.code().to_ascii_lowercase();
    let name = folded(currency.name());
    let wrong_letters = code.chars().zip(typed.chars()).filter(|(right, wrong)| right != wrong).count();
    if name == typed {
        Some(0)
    } else if typed.starts_with(&code) {
        Some(1)
    } else if typed.chars().count() > 3 && name.contains(typed) {
        Some(2)
    } else if typed.chars().count() == 3 && wrong_letters == 1 {
        Some(3)
    } else {
        None
    }
}

/// Every currency that people pay with.
fn ordinary() -> impl Iterator<Item = Currency> {
    let letters = || b'A'..=b'Z';
    letters()
        .flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])))
        .filter_map(|code| Currency::of_code(std::str::from_utf8(&code).ok()?))
        .filter(|currency| currency.0.flags().is_empty())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Currency;

    fn refusal(typed: &str) -> String {
        Currency::new(typed).unwrap_err().to_string()
    }

    #[test]
    fn a_code_is_read_in_any_case() {
        for typed in ["EUR", "eur", " Eur\n"] {
            assert_eq!(Currency::new(typed).unwrap().code(), "EUR");
        }
        assert_eq!(Currency::new("sek").unwrap().name(), "Swedish krona/kronor");
    }

    #[test]
    fn an_unknown_code_proposes_what_may_have_been_meant() {
        assert_eq!(refusal("euro"), "euro is not a currency code of ISO 4217. Did you mean EUR (Euro)?");
        assert_eq!(
            refusal("Pounds sterling"),
            "Pounds sterling is not a currency code of ISO 4217. Codes have three letters, for example EUR."
        );
        assert_eq!(refusal("swiss"), "swiss is not a currency code of ISO 4217. Did you mean CHF (Swiss franc)?");
        assert_eq!(refusal("EUX"), "EUX is not a currency code of ISO 4217. Did you mean EUR (Euro)?");
        assert_eq!(
            refusal("\u{1B}[31mEUR"),
            "<U+001B>[31mEUR is not a currency code of ISO 4217. Codes have three letters, for example EUR."
        );
        assert_eq!(refusal(""), "The currency is missing: type its three letters, for example EUR.");
        assert_eq!(refusal("HRK"), "HRK was replaced by EUR: use that.");
    }

    #[test]
    fn a_replaced_currency_that_was_stored_stays_readable() {
        let stored: Currency = serde_json::from_str("\"HRK\"").unwrap();
        assert_eq!(serde_json::to_string(&stored).unwrap(), "\"HRK\"");
        assert!(serde_json::from_str::<Currency>("\"XYZ\"").is_err());
    }
}
