//! Taking a pasted list of addresses apart.
use std::collections::VecDeque;

use crate::domain::name::PersonName;

/// One entry of a list, not judged yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The entry as it stands in the list.
    pub text: Box<str>,
    /// The name beside the address, when it could be one.
    pub name: Option<PersonName>,
    /// What should be an address.
    pub address: Box<str>,
}

/// Takes apart one or many addresses as people paste them: separated by commas, semicolons,
/// spaces, tabs or new lines, written `Jane <jane@example.com>`, `"Doe, Jane" <…>`,
/// `Doe, Jane <…>` or `mailto:…`.
///
/// Nothing with a letter or digit in it is dropped: what is no address becomes an entry, too, so
/// that it can be refused in sight. The time is linear in the length of the text, whatever it is.
pub fn split_list(text: &str) -> Candidates<'_> {
    Candidates { rest: text.trim_start_matches('\u{FEFF}'), ready: VecDeque::new() }
}

/// The entries of a list, one after another; see [`split_list`].
#[derive(Clone, Debug)]
pub struct Candidates<'a> {
    rest: &'a str,
    ready: VecDeque<Candidate>,
}

impl Iterator for Candidates<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        while self.ready.is_empty() && !self.rest.is_empty() {
            let (field, rest) = next_field(self.rest);
            self.rest = rest;
            read_field(field, &mut self.ready);
        }
        self.ready.pop_front()
    }
}

/// The text up to the next separator, and what follows. An unquoted `Doe, Jane <…>` is one field.
fn next_field(text: &str) -> (&str, &str) {
    let (end, after) = field_end(text);
    let (field, rest) = (text.get(..end).unwrap_or(text), text.get(after..).unwrap_or_default());
    if text.get(end..after) == Some(",") && is_surname(field) {
        let (longer, beyond) = field_end(rest);
        let following = rest.get(..longer).unwrap_or_default();
        if following.split_once('<').is_some_and(|(name, _)| is_surname(name)) {
            let both = text.get(..after + longer).unwrap_or(text);
            return (both, rest.get(beyond..).unwrap_or_default());
        }
    }
    (field, rest)
}

/// Where the first field of a text ends and the next one begins, in bytes.
fn field_end(text: &str) -> (usize, usize) {
    let mut quoted_until = 0;
    let mut after_space = true;
    for (at, c) in text.char_indices() {
        if at < quoted_until {
            continue;
        }
        if is_separator(c) {
            return (at, at + c.len_utf8());
        }
        if c == '"' && after_space {
            let quoted = text.get(at..).and_then(quoted_name);
            quoted_until = quoted.map_or(0, |angle| text.len() - angle.len());
        }
        after_space = c.is_whitespace();
    }
    (text.len(), text.len())
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '，' | '；' | '、'
    )
}

/// Words that are neither part of an address nor a mistyped one.
fn is_surname(field: &str) -> bool {
    let field = field.trim();
    !field.is_empty() && field.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'))
}

/// What follows the quoted name of a text like `"Doe, Jane" <…`, from its `<` on.
fn quoted_name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|c| {
        let ends = !escaped && matches!(c, '"' | '\n' | '\r');
        escaped = !escaped && c == '\\';
        ends
    })?;
    let angle = inside.get(end..)?.strip_prefix('"')?.trim_start_matches([' ', '\u{A0}']);
    angle.starts_with('<').then_some(angle)
}

fn read_field(field: &str, out: &mut VecDeque<Candidate>) {
    let mut rest = field.trim();
    while !rest.is_empty() {
        let Some((quote, angle)) = find_angle(rest) else {
            return read_words(rest, out);
        };
        let (before, angle) = rest.split_at_checked(angle).unwrap_or((rest, ""));
        let inside = angle.trim_start_matches('<');
        let end = inside.find(['<', '>']).unwrap_or(inside.len());
        let (address, after) = inside.split_at_checked(end).unwrap_or((inside, ""));
        let after = after.trim_start_matches('>');
        let entry = rest.get(..rest.len() - after.len()).unwrap_or(rest);
        let (others, name) = match quote.and_then(|quote| before.split_at_checked(quote)) {
            Some(parts) => parts,
            None => split_off_addresses(before, address),
        };
        read_words(others, out);
        out.push_back(Candidate {
            text: entry.get(others.len()..).unwrap_or(entry).trim().into(),
            name: PersonName::new(&unquoted(name)).ok(),
            address: bare(address).into(),
        });
        rest = after.trim_start();
    }
}

/// Where the first `<` outside quotation marks stands, and the quoted name in front of it.
fn find_angle(text: &str) -> Option<(Option<usize>, usize)> {
    let mut after_space = true;
    for (at, c) in text.char_indices() {
        if c == '<' {
            return Some((None, at));
        }
        if c == '"' && after_space {
            let quoted = text.get(at..).and_then(quoted_name);
            if let Some(angle) = quoted {
                return Some((Some(at), text.len() - angle.len()));
            }
        }
        after_space = c.is_whitespace();
    }
    None
}

/// A name without its quotation marks.
fn unquoted(name: &str) -> String {
    name.replace('\\', "").replace('"', " ")
}

/// Parts what stands before `<address>` into addresses of their own and the name. An address that
/// stands in the place of a name (`jane@example.com <jane@example.com>`) is that name.
fn split_off_addresses<'a>(before: &'a str, address: &str) -> (&'a str, &'a str) {
    let Some(at) = before.rfind('@') else {
        return ("", before);
    };
    let behind = before.get(at..).unwrap_or_default();
    let end = behind.find(char::is_whitespace).map_or(before.len(), |length| at + length);
    let (addresses, name) = before.split_at_checked(end).unwrap_or((before, ""));
    let last = addresses.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let (others, word) = addresses.split_at_checked(last).unwrap_or(("", addresses));
    match name.trim().is_empty() && bare(word).eq_ignore_ascii_case(&bare(address)) {
        true => (others, ""),
        false => (addresses, name),
    }
}

/// Every word with an `@` is an entry, and so is every run of words without one.
fn read_words(text: &str, out: &mut VecDeque<Candidate>) {
    let mut run: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if word.contains('@') {
            push_run(&mut run, out);
            out.push_back(Candidate { text: word.into(), name: None, address: bare(word).into() });
        } else if word.contains(char::is_alphanumeric) {
            run.push(word);
        }
    }
    push_run(&mut run, out);
}

fn push_run(run: &mut Vec<&str>, out: &mut VecDeque<Candidate>) {
    if !run.is_empty() {
        let text = run.join(" ");
        out.push_back(Candidate { address: bare(&text).into(), name: None, text: text.into() });
        run.clear();
    }
}

/// An address without what people and programs put around it.
fn bare(word: &str) -> String {
    let open = ['"', '(', '[', '<', '“', '‘', '«'];
    let close = ['"', ')', ']', '>', '”', '’', '»', '.', ':', '!', '?'];
    let word = word.trim().trim_start_matches(open).trim_end_matches(close);
    let word = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')).unwrap_or(word);
    match word.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            let link = word.get(7..).unwrap_or_default();
            percent_decoded(link.split_once('?').map_or(link, |(address, _)| address))
        }
        _ => word.to_owned(),
    }
}

/// A link's address with `%2B` and the like decoded, or unchanged when that gives no text.
fn percent_decoded(link: &str) -> String {
    let mut pieces = link.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let Some((byte, rest)) =
            piece.split_at_checked(2).and_then(|(hex, rest)| Some((u8::from_str_radix(hex, 16).ok()?, rest)))
        else {
            return link.to_owned();
        };
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap_or_else(|_| link.to_owned())
}

#[cfg(test)]
mod tests;
