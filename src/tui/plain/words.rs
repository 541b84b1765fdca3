//! Symbols as words.
//!
//! On the page they are private-use characters: those of a name that somebody typed are shown as escapes, so nobody
//! can write a symbol of ours.
use ratatui::symbols::border;

use crate::tui::glyphs::Glyphs;

/// The symbols on a page that is read back.
pub(super) const GLYPHS: Glyphs = Glyphs {
    on: "\u{e001}",
    off: "\u{e002}",
    partly: "\u{e003}",
    covered: "\u{e004}",
    not_available: "\u{e005}",
    added: "\u{e006}",
    removed: "\u{e007}",
    chosen: "\u{e008}",
    unchosen: "\u{e009}",
    marked: "\u{e00a}",
    pointer: " ",
    open: "\u{e00b}",
    closed: "\u{e00c}",
    branch: "\u{e00d} ",
    last_branch: "\u{e00d} ",
    trunk: "  ",
    bullet: "-",
    ok: "\u{e00e}",
    wrong: "\u{e00f}",
    warning: "\u{e010}",
    note: "\u{e011}",
    sensitive: "\u{e012}",
    ascending: "\u{e013}",
    descending: "\u{e014}",
    arrow: ">",
    crumb: ">",
    dot: "-",
    ellipsis: "~",
    mask: "*",
    full: " ",
    empty: " ",
    thumb: "\u{e015}",
    track: "\u{e016}",
    rule: " ",
    frame: NO_FRAME,
    frame_focused: NO_FRAME,
};

const NO_FRAME: border::Set<'static> = border::Set {
    top_left: " ",
    top_right: " ",
    bottom_left: " ",
    bottom_right: " ",
    vertical_left: " ",
    vertical_right: " ",
    horizontal_top: " ",
    horizontal_bottom: " ",
};

/// The word for a symbol; none for what is no symbol of ours.
pub(super) fn word(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "\u{e001}" => "[x]",
        "\u{e002}" => "[ ]",
        "\u{e003}" => "[partly]",
        "\u{e004}" => "[covered]",
        "\u{e005}" => "[not offered]",
        "\u{e006}" => "[added]",
        "\u{e007}" => "[taken away]",
        "\u{e008}" => "(x)",
        "\u{e009}" => "( )",
        "\u{e00a}" => "marked",
        "\u{e00b}" => "open,",
        "\u{e00c}" => "closed,",
        "\u{e00e}" => "OK:",
        "\u{e00f}" => "Wrong:",
        "\u{e010}" => "Careful:",
        "\u{e011}" => "Note:",
        "\u{e012}" => "sensitive",
        "\u{e013}" => "(smallest first)",
        "\u{e014}" => "(largest first)",
        "\u{e015}" | "\u{e016}" => "",
        _ => return None,
    })
}

/// Whether it is the branch of a tree.
pub(super) fn is_branch(symbol: &str) -> bool {
    symbol == "\u{e00d}"
}
