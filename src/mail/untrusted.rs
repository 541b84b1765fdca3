//! Text that somebody typed, made fit for a message.
use crate::domain::text::{Shown, first_odd};

/// The most characters of one typed text that a message repeats.
const LONGEST: usize = 120;
/// How many of them are the end of the text: where two long names differ, and where a domain says whose it is.
const TAIL: usize = 40;

/// `text` as it may stand in a message: on one line, with everything invisible or misleading written out, and
/// cut in the middle when it is very long.
pub(crate) fn shown(text: &str) -> String {
    cut(&visible(text))
}

/// Whether nothing in `text` has to be written out, so that it can be used as it is.
pub(super) fn is_plain(text: &str) -> bool {
    first_odd(text).is_none()
}

fn visible(text: &str) -> String {
    Shown::new(text).text().into_owned()
}

fn cut(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return text.to_owned();
    }
    let head = text.chars().take(LONGEST - TAIL - 1);
    let tail = text.chars().skip(length - TAIL);
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_is_written_out() {
        assert_eq!(shown("Acme\r\nBcc: x@example.com"), "Acme<U+000D><U+000A>Bcc: x@example.com");
    }

    #[test]
    fn a_right_to_left_override_is_written_out() {
        assert_eq!(shown("Acme\u{202e}moc"), "Acme<U+202E>moc");
    }

    #[test]
    fn ordinary_names_of_any_script_stay_as_they_are() {
        for name in ["Acme & Søn", "株式会社テスト", "Čeněk Růžička", "O’Neill"] {
            assert_eq!(shown(name), name);
            assert!(is_plain(name));
        }
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        let long = format!("begin{}end.example.com", "x".repeat(10_000));
        let shown = shown(&long);
        assert_eq!(shown.chars().count(), LONGEST);
        assert!(shown.starts_with("begin") && shown.ends_with("end.example.com"));
    }
}
