//! The symbols of the dashboard.

use ratatui::symbols::border;

use crate::tui::key::Key;

/// The symbols of the dashboard. Each takes the same number of columns in both sets, except where said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// A ticked box.
    pub on: &'static str,
    /// An empty box.
    pub off: &'static str,
    /// A box of which some content is ticked.
    pub partly: &'static str,
    /// A box that is ticked because what contains it is ticked.
    pub covered: &'static str,
    /// What is offered nowhere.
    pub not_available: &'static str,
    /// A box that is newly ticked in a comparison.
    pub added: &'static str,
    /// A box that is no longer ticked in a comparison.
    pub removed: &'static str,
    /// The chosen one of several.
    pub chosen: &'static str,
    /// One that is not chosen.
    pub unchosen: &'static str,
    /// A marked row.
    pub marked: &'static str,
    /// The selected row.
    pub pointer: &'static str,
    /// A branch that is open.
    pub open: &'static str,
    /// A branch that is closed.
    pub closed: &'static str,
    /// A branch with brothers below (2 columns, with the space after it).
    pub branch: &'static str,
    /// The last of its brothers (2 columns).
    pub last_branch: &'static str,
    /// The line past a branch with brothers below (2 columns).
    pub trunk: &'static str,
    /// One entry of a list in running text.
    pub bullet: &'static str,
    /// Done, fine.
    pub ok: &'static str,
    /// Refused, wrong.
    pub wrong: &'static str,
    /// Worth a second look.
    pub warning: &'static str,
    /// A remark.
    pub note: &'static str,
    /// Sensitive.
    pub sensitive: &'static str,
    /// Sorted with the smallest first.
    pub ascending: &'static str,
    /// Sorted with the largest first.
    pub descending: &'static str,
    /// From here to there.
    pub arrow: &'static str,
    /// The place in a path.
    pub crumb: &'static str,
    /// Between two things on one line.
    pub dot: &'static str,
    /// Where a text was cut.
    pub ellipsis: &'static str,
    /// One character of a hidden text.
    pub mask: &'static str,
    /// The filled part of a bar.
    pub full: &'static str,
    /// The rest of a bar.
    pub empty: &'static str,
    /// The handle of a scrollbar.
    pub thumb: &'static str,
    /// The track of a scrollbar.
    pub track: &'static str,
    /// A horizontal line.
    pub rule: &'static str,
    /// The lines of a box.
    pub frame: border::Set<'static>,
    /// The lines of the box with the keyboard.
    pub frame_focused: border::Set<'static>,
}

impl Glyphs {
    /// For terminals that can show Unicode, which is nearly all.
    pub const UNICODE: Self = Self {
        on: "☑",
        off: "☐",
        partly: "◪",
        covered: "▣",
        not_available: "–",
        added: "+",
        removed: "−",
        chosen: "◉",
        unchosen: "○",
        marked: "✓",
        pointer: "▌",
        open: "▾",
        closed: "▸",
        branch: "├ ",
        last_branch: "╰ ",
        trunk: "│ ",
        bullet: "•",
        ok: "✓",
        wrong: "✗",
        warning: "▲",
        note: "●",
        sensitive: "◆",
        ascending: "↑",
        descending: "↓",
        arrow: "→",
        crumb: "›",
        dot: "·",
        ellipsis: "…",
        mask: "•",
        full: "█",
        empty: "░",
        thumb: "┃",
        track: "│",
        rule: "─",
        frame: border::ROUNDED,
        frame_focused: border::THICK,
    };

    /// A key by its short name: arrows are words where only ASCII can be drawn.
    #[must_use]
    pub fn of_key(&self, key: &Key) -> String {
        let name = key.to_string();
        if self.ellipsis.is_ascii() {
            name.replace('↑', "Up").replace('↓', "Down").replace('←', "Left").replace('→', "Right")
        } else {
            name
        }
    }

    /// What stands for a sign of our sentences where only ASCII can be drawn; none for what somebody is called.
    #[must_use]
    pub fn plain(sign: &str) -> Option<&'static str> {
        Some(match sign {
            "…" => "~",
            "“" | "”" | "„" => "\"",
            "‘" | "’" => "'",
            "–" | "—" | "−" => "-",
            "·" => "-",
            "•" => "*",
            "↑" => "^",
            "↓" => "v",
            "←" => "<",
            "→" | "›" | "▸" => ">",
            _ => return None,
        })
    }

    /// The same lines for every box, where the style of the lines tells which box has the keyboard.
    #[must_use]
    pub const fn with_calm_frames(self) -> Self {
        Self { frame_focused: self.frame, ..self }
    }

    /// For terminals that can show nothing but ASCII.
    pub const ASCII: Self = Self {
        on: "X",
        off: ".",
        partly: "/",
        covered: "x",
        not_available: "-",
        added: "+",
        removed: "_",
        chosen: "@",
        unchosen: "o",
        marked: "*",
        pointer: ">",
        open: "v",
        closed: ">",
        branch: "|-",
        last_branch: "`-",
        trunk: "| ",
        bullet: "*",
        ok: "+",
        wrong: "x",
        warning: "!",
        note: "i",
        sensitive: "$",
        ascending: "^",
        descending: "v",
        arrow: ">",
        crumb: ">",
        dot: "-",
        ellipsis: "~",
        mask: "*",
        full: "#",
        empty: ".",
        thumb: "#",
        track: "|",
        rule: "-",
        frame: ASCII_FRAME,
        frame_focused: ASCII_FRAME_FOCUSED,
    };
}

const ASCII_FRAME: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

const ASCII_FRAME_FOCUSED: border::Set<'static> =
    border::Set { horizontal_top: "=", horizontal_bottom: "=", ..ASCII_FRAME };

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn glyphs(set: &Glyphs) -> Vec<&'static str> {
        vec![
            set.on,
            set.off,
            set.partly,
            set.covered,
            set.not_available,
            set.added,
            set.removed,
            set.chosen,
            set.unchosen,
            set.marked,
            set.pointer,
            set.open,
            set.closed,
            set.branch,
            set.last_branch,
            set.trunk,
            set.bullet,
            set.ok,
            set.wrong,
            set.warning,
            set.note,
            set.sensitive,
            set.ascending,
            set.descending,
            set.arrow,
            set.crumb,
            set.dot,
            set.ellipsis,
            set.mask,
            set.full,
            set.empty,
            set.thumb,
            set.track,
            set.rule,
        ]
    }

    #[test]
    fn both_sets_of_symbols_keep_the_columns() {
        let unicode = glyphs(&Glyphs::UNICODE);
        let ascii = glyphs(&Glyphs::ASCII);
        for (fine, plain) in unicode.iter().zip(&ascii) {
            assert_eq!(fine.width(), plain.width(), "{fine} and {plain}");
            assert!(plain.is_ascii(), "{plain}");
        }
    }

    #[test]
    fn the_states_of_a_box_differ_from_each_other() {
        for set in [Glyphs::UNICODE, Glyphs::ASCII] {
            let mut states = vec![set.on, set.off, set.partly, set.covered, set.not_available, set.added, set.removed];
            states.sort_unstable();
            states.dedup();
            assert_eq!(states.len(), 7);
        }
    }
}
