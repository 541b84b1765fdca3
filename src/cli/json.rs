//! JSON on standard output, which may be a terminal.
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The same JSON without a character in it that acts on a terminal or hides: those are all inside of its strings,
/// where an escape means the very same.
pub fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether a character is more than what is seen of it.
fn acts(c: char) -> bool {
    use GeneralCategory as Is;
    let hidden = [Is::Control, Is::Format, Is::LineSeparator, Is::ParagraphSeparator, Is::PrivateUse, Is::Unassigned];
    !matches!(c, ' '..='~') && hidden.contains(&c.general_category())
}
