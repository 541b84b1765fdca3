//! The README's picture, made from the real program.
use std::fmt::Write;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::desk::Desk;

const CELL: (usize, usize) = (9, 19);

/// A dark terminal's colours.
fn colour(colour: Color, otherwise: &'static str) -> String {
    match colour {
        Color::Red | Color::LightRed => "#f07178".into(),
        Color::Green | Color::LightGreen => "#a6cc70".into(),
        Color::Yellow | Color::LightYellow => "#ffcc66".into(),
        Color::Blue | Color::LightBlue => "#73b8ff".into(),
        Color::Magenta | Color::LightMagenta => "#d4a5ff".into(),
        Color::Cyan | Color::LightCyan => "#5ccfe6".into(),
        Color::Gray | Color::DarkGray => "#8a919c".into(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => otherwise.into(),
    }
}

/// A screen as a drawing that scales.
pub fn svg(buffer: &Buffer) -> String {
    const PAPER: &str = "#1c2027";
    const INK: &str = "#d8dee9";
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 20, rows * CELL.1 + 20);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace,\
         'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for (n, cell) in buffer.content.iter().enumerate() {
        let (x, y) = (10 + n % columns * CELL.0, 10 + n / columns * CELL.1);
        let style = cell.style();
        let modifiers = style.add_modifier;
        let mut ink = colour(style.fg.unwrap_or(Color::Reset), INK);
        let mut paper = colour(style.bg.unwrap_or(Color::Reset), PAPER);
        if modifiers.contains(Modifier::REVERSED) {
            std::mem::swap(&mut ink, &mut paper);
        }
        let wide = cell.symbol().width().max(1) * CELL.0;
        if paper != PAPER {
            writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1)
                .unwrap();
        }
        let symbol = cell.symbol();
        if symbol.trim().is_empty() {
            continue;
        }
        let symbol = symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let bold = if modifiers.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
        let dim = if modifiers.contains(Modifier::DIM) { " opacity=\"0.6\"" } else { "" };
        let line = if modifiers.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
        let baseline = y + 14;
        writeln!(svg, "<text x=\"{x}\" y=\"{baseline}\" fill=\"{ink}\"{bold}{dim}{line}>{symbol}</text>").unwrap();
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_of_the_readme_is_what_the_program_shows() {
    let mut desk = Desk::sample((120, 34));
    desk.keys("2jj");
    let now = svg(&desk.buffer());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/roles.svg");
    if std::env::var_os("ROLODECK_DRAW_PICTURES").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &now).unwrap();
    }
    let drawn = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(drawn == now, "assets/pictures/roles.svg is old; draw it anew with ROLODECK_DRAW_PICTURES=1");
}
