//! What separates the cells of a table, and whether its quotation marks end.

/// What may stand between two cells; the first is taken where none is there.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The separator that the first line has most of, outside of quotation marks.
pub(super) fn separator_of(text: &str) -> char {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| {
        let mut quoted = false;
        let outside = |c: &char| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        };
        header.chars().filter(outside).count()
    };
    let most = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator));
    most.unwrap_or(',')
}

/// Whether a record ends inside of quotation marks. Such a record has swallowed everything behind it.
pub(super) fn is_open(record: &str, separator: char) -> bool {
    let (mut quoted, mut cell_begins, mut closed) = (false, true, false);
    for c in record.chars() {
        if c == '"' && quoted {
            (quoted, closed) = (false, true);
            continue;
        }
        // A mark behind one that closed makes a pair, which stands for one mark.
        quoted |= c == '"' && (cell_begins || closed);
        closed = false;
        cell_begins = !quoted && (c == separator || matches!(c, '\r' | '\n'));
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_the_first_line_has_most_of() {
        for (text, separator) in [
            ("entity,parent\na;b;c;d", ','),
            ("\r\n\"a,b,c\";parent;account\n", ';'),
            ("entity\tparent\n", '\t'),
            ("entity\n", ','),
            ("", ','),
        ] {
            assert_eq!(separator_of(text), separator, "{text:?}");
        }
    }

    #[test]
    fn quotation_marks_that_do_not_end_are_noticed() {
        for open in ["\"a", "a,\"b\n", "\"a\"\"", "\"a\"\",b\nc", "a,\"\"\""] {
            assert!(is_open(open, ','), "{open:?}");
        }
        for closed in ["a", "\"a\"", "5\" pipe", "\"a\"\"b\"", "a,\"\",b", "\"a,\nb\",c", "\"a\"b"] {
            assert!(!is_open(closed, ','), "{closed:?}");
        }
    }
}
