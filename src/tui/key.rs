//! Keys as this program knows them, whatever terminal or test they come from.

use std::fmt;
use std::str::FromStr;

/// Which key was pressed, modifiers aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A key that types a character. Capital letters are the character itself, not Shift and a letter.
    Char(char),
    /// The Enter key.
    Enter,
    /// The Escape key.
    Esc,
    /// The Tab key.
    Tab,
    /// Tab with Shift held.
    BackTab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// The Insert key.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Start of the line or list.
    Home,
    /// End of the line or list.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// A function key, F1 is `F(1)`.
    F(u8),
}

/// A key press with its modifiers, in one spelling: two presses that mean the same are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; never set for characters, where the character tells.
    pub shift: bool,
}

/// The names of the keys that are written as words. The first name of a code is the one shown.
const NAMES: [(&str, Code); 27] = [
    ("Enter", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Tab", Code::Tab),
    ("BackTab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Bs", Code::Backspace),
    ("Del", Code::Delete),
    ("Delete", Code::Delete),
    ("Ins", Code::Insert),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PageUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("PageDown", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("Lt", Code::Char('<')),
    ("Gt", Code::Char('>')),
    ("Minus", Code::Char('-')),
    ("Plus", Code::Char('+')),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The key that types `c`.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Ctrl and the key that types `c`.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::char(c.to_ascii_lowercase()) }
    }

    /// Alt and the key that types `c`.
    #[must_use]
    pub const fn alt(c: char) -> Self {
        Self { alt: true, ..Self::char(c) }
    }

    /// The one spelling of this press: Shift and a letter is the capital letter, Shift-Tab is `BackTab`, Ctrl and a
    /// letter has no case (terminals do not tell).
    #[must_use]
    pub fn normal(self) -> Self {
        match self.code {
            Code::Char(c) => {
                let mut c = c;
                if self.ctrl {
                    c = c.to_ascii_lowercase();
                } else if self.shift {
                    c = capital(c);
                }
                Self { code: Code::Char(c), shift: false, ..self }
            }
            Code::Tab if self.shift => Self { code: Code::BackTab, shift: false, ..self },
            Code::BackTab => Self { shift: false, ..self },
            _ => self,
        }
    }

    /// The press as the settings file spells it, so that it can be read back: `up`, `ctrl-s`, `A`.
    #[must_use]
    pub fn spelled(&self) -> String {
        let name = NAMES.iter().find(|(_, code)| *code == self.code).map(|(name, _)| name.to_lowercase());
        match name {
            Some(name) if self.code != Code::BackTab => {
                Self { code: Code::Char('x'), ..*self }.to_string().to_lowercase().replace('x', &name)
            }
            _ => self.to_string(),
        }
    }

    /// The character that this press types into a field, if it types one.
    #[must_use]
    pub const fn typed(&self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Keys from a typed text, for driving the program: every character is a key, names stand in angle brackets
    /// (`"jj<enter>abc<ctrl-s><esc>"`), `<lt>` is the bracket itself. What is in brackets and is no key is taken
    /// letter by letter.
    #[must_use]
    pub fn sequence(text: &str) -> Vec<Self> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((name, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>'))
                && let Ok(key) = name.parse()
            {
                keys.push(key);
                rest = after;
                continue;
            }
            keys.push(Self::plain(match c {
                '\n' => Code::Enter,
                '\t' => Code::Tab,
                c => Code::Char(c),
            }));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        keys
    }
}

/// The capital of a letter that has exactly one.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no key; write for example a, ctrl-s, shift-tab, enter or f1")]
pub struct UnknownKey(String);

impl FromStr for Key {
    type Err = UnknownKey;

    /// Reads `a`, `A`, `/`, `space`, `enter`, `shift-tab`, `ctrl-c`, `alt-enter`, `f1`; names in any case.
    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => return Err(unknown()),
            }
            rest = after;
        }
        key.code = code(rest).ok_or_else(unknown)?;
        Ok(key.normal())
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(Code::Char(c));
    }
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['f', 'F'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(Code::F(number))
}

/// The short label of footers and help: `a`, `Enter`, `Ctrl-C`, `Shift-Tab`, `↑`, `F1`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.code {
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            Code::BackTab => f.write_str("Shift-Tab"),
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code);
                f.write_str(name.map_or("?", |(name, _)| name))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn reads_plain_named_and_modified_keys() {
        assert_eq!(key("a"), Key::char('a'));
        assert_eq!(key("A"), Key::char('A'));
        assert_eq!(key("/"), Key::char('/'));
        assert_eq!(key("-"), Key::char('-'));
        assert_eq!(key("ctrl--"), Key::ctrl('-'));
        assert_eq!(key("space"), Key::char(' '));
        assert_eq!(key("Enter"), Key::plain(Code::Enter));
        assert_eq!(key("pagedown"), Key::plain(Code::PageDown));
        assert_eq!(key("f12"), Key::plain(Code::F(12)));
        assert_eq!(key("ctrl-C"), Key::ctrl('c'));
        assert_eq!(key("ctrl-alt-up"), Key { ctrl: true, alt: true, ..Key::plain(Code::Up) });
    }

    #[test]
    fn two_presses_that_mean_the_same_are_equal() {
        assert_eq!(key("shift-a"), key("A"));
        assert_eq!(key("shift-ö"), key("Ö"));
        assert_eq!(key("shift-?"), key("?"));
        assert_eq!(key("shift-tab"), key("backtab"));
        assert_eq!(key("ctrl-shift-s"), key("ctrl-s"));
        assert_ne!(key("shift-up"), key("up"));
        assert_eq!(key("shift-ß"), key("ß"), "a letter without a single capital stays");
    }

    #[test]
    fn refuses_what_names_no_key() {
        for text in ["", "ctrl-", "hyper-x", "entr", "f0", "f99", "ctrl-ab"] {
            assert!(text.parse::<Key>().is_err(), "{text:?}");
        }
        let sentence = "entr".parse::<Key>().unwrap_err().to_string();
        assert!(sentence.contains("“entr”") && sentence.contains("shift-tab"));
    }

    #[test]
    fn labels_are_short_and_can_be_read_back() {
        let labels = ["Ctrl-C", "Enter", "Space", "Shift-Tab", "a", "A", "?", "F1", "Esc", "PgDn", "Del", "Alt-x"];
        for label in labels {
            assert_eq!(key(label).to_string(), label);
        }
        assert_eq!(key("up").to_string(), "↑");
        assert_eq!(key("ctrl-right").to_string(), "Ctrl-→");
    }

    #[test]
    fn a_typed_text_becomes_keys() {
        assert_eq!(
            Key::sequence("jJ<enter>a b<ctrl-s><lt>ü\n"),
            vec![
                Key::char('j'),
                Key::char('J'),
                key("enter"),
                Key::char('a'),
                Key::char(' '),
                Key::char('b'),
                Key::ctrl('s'),
                Key::char('<'),
                Key::char('ü'),
                key("enter"),
            ]
        );
    }

    #[test]
    fn brackets_that_name_no_key_are_typed_as_they_stand() {
        let typed: String = Key::sequence("Ada <ada@example.com> <").iter().filter_map(Key::typed).collect();
        assert_eq!(typed, "Ada <ada@example.com> <");
    }

    #[test]
    fn only_unmodified_characters_are_typed() {
        assert_eq!(key("é").typed(), Some('é'));
        assert_eq!(key("ctrl-a").typed(), None);
        assert_eq!(key("alt-a").typed(), None);
        assert_eq!(key("enter").typed(), None);
    }
}
