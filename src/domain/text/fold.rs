//! The form in which texts are compared.
use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// A text without the differences that do not make it another one: NFKC, case folding, and
/// without the selectors that choose how an emoji is drawn.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .filter(|c| !matches!(c, '\u{FE0E}' | '\u{FE0F}'))
        .nfd()
        .default_case_fold()
        .nfkd()
        .default_case_fold()
        .nfkc()
        .collect()
}
