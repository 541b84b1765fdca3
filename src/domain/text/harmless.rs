//! Cells that a spreadsheet shows and does not run.
use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text of a cell with an apostrophe before everything by which a spreadsheet would take it for a formula: `=`, `+`,
/// `-`, `@`, a tab or a carriage return at its beginning, also behind spaces, quotes and invisible characters, and in
/// full-width and other forms of the same signs. Where a list separator is a semicolon, a spreadsheet may cut a cell at
/// it, and may do so at line ends and tabs: what follows those counts as a beginning too.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let (mut kept, mut beginning) = (0, true);
    for (at, c) in text.char_indices() {
        if beginning && acts(c) {
            safe.push_str(text.get(kept..at).unwrap_or_default());
            safe.push('\'');
            kept = at;
            beginning = false;
        }
        beginning = ends_cell(c) || beginning && passes(c);
    }
    if safe.is_empty() {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The text of a cell that [`harmless`] wrote, as it was before; any other text as it is.
pub fn without_guard(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let mut plain = String::with_capacity(cell.len());
    let mut beginning = true;
    let mut letters = cell.chars().peekable();
    while let Some(c) = letters.next() {
        if beginning && c == '\'' && letters.peek().copied().is_some_and(acts) {
            plain.extend(letters.next());
            beginning = plain.ends_with(ends_cell);
            continue;
        }
        beginning = ends_cell(c) || beginning && passes(c);
        plain.push(c);
    }
    Cow::Owned(plain)
}

/// Whether a spreadsheet may cut a cell behind it.
const fn ends_cell(c: char) -> bool {
    matches!(c, ';' | '\t' | '\r' | '\n')
}

/// Whether a formula begins with it, in whatever form it is written.
fn acts(c: char) -> bool {
    let sign = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r');
    // The minus of mathematics is a character of its own.
    sign(c) || c == '\u{2212}' || !c.is_ascii() && std::iter::once(c).nfkc().next().is_some_and(sign)
}

/// Whether a spreadsheet may look behind it for the beginning.
fn passes(c: char) -> bool {
    use unicode_properties::{GeneralCategory as Is, UnicodeGeneralCategory};
    let quote = matches!(c, '"' | '\'' | '`' | '\u{ff02}' | '\u{ff07}');
    let unseen = [Is::Control, Is::Format, Is::NonspacingMark, Is::Unassigned];
    quote || c.is_whitespace() || unseen.contains(&c.general_category())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_made_harmless_is_read_as_it_was(text in "['=+@;a \\t\\r\\n\"＝−\u{feff}-]{0,12}") {
            let safe = harmless(&text).into_owned();
            prop_assert_eq!(without_guard(&safe), text);
        }
    }

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("  =1", "  '=1"),
            ("\" =1", "\" '=1"),
            ("＝1", "'＝1"),
            ("\u{3000}＋1", "\u{3000}'＋1"),
            ("－1", "'－1"),
            ("＠a", "'＠a"),
            ("﹦1", "'﹦1"),
            ("\u{2212}1", "'\u{2212}1"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("\u{200b}\"=1", "\u{200b}\"'=1"),
            ("Ada; =HYPERLINK(1)", "Ada; '=HYPERLINK(1)"),
            ("Ada\n=1", "Ada\n'=1"),
        ] {
            assert_eq!(harmless(text), safe, "{text:?}");
        }
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "Ada", "a = b", "one -> two", "ada@example.com", "3-4", "漢字", "'Ada'"] {
            assert!(matches!(harmless(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }
}
