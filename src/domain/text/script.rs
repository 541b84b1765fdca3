//! Scripts (Latin, Cyrillic, Han, …) and letters of one that pass for letters of another.
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::GeneralSecurityProfile;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::skeleton;
use unicode_width::UnicodeWidthChar;

/// Whether a word of the text (or a label of a domain) mixes scripts that are not written
/// together: `pаypal` with a Cyrillic `а`. Latin beside Chinese, Japanese or Korean is ordinary,
/// and so are words of different scripts beside each other.
///
/// After the "highly restrictive" level of Unicode Technical Standard 39.
pub fn mixed_script(text: &str) -> bool {
    !text.is_ascii() && text.split(|c: char| c.is_whitespace() || c == '@' || c == '.').any(mixed_word)
}

/// The names of the scripts in a text whose letters may deceive: words of mixed scripts, or
/// letters other than Latin that all pass for Latin ones. `None` for a text that is what it seems.
pub(super) fn deceptive_scripts(text: &str) -> Option<Vec<&'static str>> {
    if text.is_ascii() || !(mixed_script(text) || foreign_but_latin_looking(text)) {
        return None;
    }
    let names: BTreeSet<_> = text.chars().filter_map(own_script).map(Script::full_name).collect();
    Some(names.into_iter().collect())
}

/// Whether a letter variant or symbol, narrow like ASCII, is easily taken for one ASCII character:
/// `ℓ`, `𝐚` or a minus sign, but not `ı`, `’` or a letter of another script.
pub(super) fn is_ascii_look_alike(c: char) -> bool {
    let ordinary = c.identifier_allowed() || matches!(c, '\u{2013}' | '\u{2018}');
    let latin = matches!(c.script(), Script::Latin | Script::Common | Script::Inherited);
    latin && (!ordinary || c == '\u{2010}') && c.width() == Some(1) && passes_for_ascii(c)
}

fn passes_for_ascii(c: char) -> bool {
    let mut buffer = [0; 4];
    let mut shape = skeleton(c.encode_utf8(&mut buffer));
    shape.next().is_some_and(|first| first.is_ascii()) && shape.next().is_none()
}

fn mixed_word(word: &str) -> bool {
    let mut all = AugmentedScriptSet::default();
    let mut others = AugmentedScriptSet::default();
    for c in word.nfc() {
        let scripts = AugmentedScriptSet::for_char(c);
        all.intersect_with(scripts);
        if !scripts.base.contains_script(Script::Latin) {
            others.intersect_with(scripts);
        }
    }
    all.is_empty() && !(others.hanb || others.jpan || others.kore)
}

fn foreign_but_latin_looking(text: &str) -> bool {
    let mut foreign = text.nfc().filter(|c| own_script(*c).is_some_and(|script| script != Script::Latin)).peekable();
    foreign.peek().is_some() && foreign.all(passes_for_ascii)
}

fn own_script(c: char) -> Option<Script> {
    match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        script => Some(script),
    }
}
