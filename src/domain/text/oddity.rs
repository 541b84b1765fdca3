//! Which characters are not what a reader takes them for.
use std::fmt;

use unicode_properties::{EmojiStatus, GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

use super::piece::{Piece, Pieces, Reading};

/// Marks that may stand on one letter. Vietnamese needs two and vocalised Hebrew four; more of
/// them grow over the lines above and below.
const PILE: usize = 4;

/// Why a character is shown as an escape, or refused in a name or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A C0 or C1 control character, escape among them.
    Control,
    /// A line break of any kind.
    LineBreak,
    /// A control for the direction of text (bidirectional override, isolate, mark).
    Direction,
    /// A zero-width, filler or formatting character.
    Invisible,
    /// A tag character, invisible and able to carry a hidden message.
    Tag,
    /// A variation selector that does not belong to an emoji.
    Variation,
    /// A space other than the ordinary one.
    Space,
    /// A character whose meaning is up to a font.
    PrivateUse,
    /// A code point without a meaning.
    Unassigned,
    /// A combining mark, or part of a flag or an emoji, without the character it belongs to.
    Stray,
    /// One mark too many on the same letter.
    Pile,
    /// A character written in another way than the usual composed one (not NFC).
    Decomposed,
    /// A symbol or letter variant that looks like an ASCII character.
    LookAlike,
    /// A `<` that could be taken for the beginning of an escape.
    Notation,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "a control character",
            Self::LineBreak => "a line break",
            Self::Direction => "a hidden control for the direction of text",
            Self::Invisible => "an invisible character",
            Self::Tag => "an invisible tag character",
            Self::Variation => "an invisible variation selector",
            Self::Space => "an unusual space",
            Self::PrivateUse => "a private-use character",
            Self::Unassigned => "a code point without a meaning",
            Self::Stray => "a mark without the character it belongs to",
            Self::Pile => "one mark too many on the same letter",
            Self::Decomposed => "a character in an unusual spelling",
            Self::LookAlike => "a look-alike of an ordinary character",
            Self::Notation => "the beginning of an escape",
        })
    }
}

/// An odd character and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Its place in the text, counted in characters (code points) from 1.
    pub position: usize,
    /// The character.
    pub character: char,
    /// What is odd about it.
    pub oddity: Oddity,
}

/// The first character of a text that [`super::Shown`] would have to escape. Text without one is
/// drawn exactly as it was typed. A typed `<U+` is not odd in this sense: it hides nothing.
pub fn first_odd(text: &str) -> Option<Odd> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let mut position = 1;
    for piece in Pieces::new(text, Reading::Line) {
        match piece {
            Piece::Plain { text, .. } => position += text.chars().count(),
            Piece::Escape(_, Oddity::Notation) => position += 1,
            Piece::Escape(character, oddity) => {
                return Some(Odd { position, character, oddity });
            }
        }
    }
    None
}

/// What was read just before a character: marks and emoji parts are judged by it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    character: Option<char>,
    marks: usize,
}

impl Before {
    /// Remembers a character that is shown as it is.
    pub(super) fn kept(&mut self, c: char) {
        self.marks = if is_mark(c) { self.marks + 1 } else { 0 };
        self.character = Some(c);
    }

    /// Remembers that an escape was shown instead.
    pub(super) fn escaped(&mut self) {
        *self = Self::default();
    }

    /// What is odd about `c` here, if anything.
    pub(super) fn judge(self, c: char) -> Option<Oddity> {
        match c {
            // Latin letters and symbols: all there, and none hidden but the soft hyphen.
            ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' => None,
            '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Oddity::LineBreak),
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => {
                Some(Oddity::Direction)
            }
            '\u{E0000}'..='\u{E007F}' => Some(Oddity::Tag),
            '\u{FE0E}' | '\u{FE0F}' if self.character.is_some_and(is_emoji) => None,
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => {
                Some(Oddity::Variation)
            }
            // Invisible although their category says letter, mark or symbol.
            '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}'
            | '\u{1D159}' => Some(Oddity::Invisible),
            '\u{1F3FB}'..='\u{1F3FF}' if !self.character.is_some_and(takes_skin_tone) => Some(Oddity::Stray),
            _ => self.judge_category(c),
        }
    }

    fn judge_category(self, c: char) -> Option<Oddity> {
        match c.general_category() {
            GeneralCategory::Control => Some(Oddity::Control),
            GeneralCategory::Format => Some(Oddity::Invisible),
            GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => Some(Oddity::LineBreak),
            GeneralCategory::SpaceSeparator => Some(Oddity::Space),
            GeneralCategory::PrivateUse => Some(Oddity::PrivateUse),
            GeneralCategory::Surrogate | GeneralCategory::Unassigned => Some(Oddity::Unassigned),
            _ if !is_mark(c) => None,
            _ if !self.character.is_some_and(|base| carries_marks(base) || is_mark(base)) => Some(Oddity::Stray),
            _ if self.marks >= PILE => Some(Oddity::Pile),
            _ => None,
        }
    }
}

/// Half of a flag.
pub(super) fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}'
        && matches!(
            c.general_category(),
            GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
        )
}

fn carries_marks(c: char) -> bool {
    use unicode_properties::GeneralCategoryGroup::{Letter, Number};
    matches!(c.general_category_group(), Letter | Number)
}

fn is_emoji(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

fn takes_skin_tone(c: char) -> bool {
    matches!(c.emoji_status(), EmojiStatus::EmojiModifierBase | EmojiStatus::EmojiPresentationAndModifierBase)
}
