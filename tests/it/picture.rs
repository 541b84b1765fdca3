//! The README's pictures, made from the real program.
use std::fmt::Write;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
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
    for (y, row) in buffer.content.chunks(columns).enumerate() {
        line(&mut svg, row, 10 + y * CELL.1, (PAPER, INK));
    }
    svg.push_str("</svg>\n");
    svg
}

/// How a cell looks, and how wide it is.
#[derive(PartialEq)]
struct Look {
    ink: String,
    paper: String,
    marks: String,
}

impl Look {
    fn of(cell: &Cell, (paper, ink): (&'static str, &'static str)) -> Self {
        let style = cell.style();
        let mut look = Self {
            ink: colour(style.fg.unwrap_or(Color::Reset), ink),
            paper: colour(style.bg.unwrap_or(Color::Reset), paper),
            marks: String::new(),
        };
        if style.add_modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut look.ink, &mut look.paper);
        }
        let marks = [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.6\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        ];
        let marks = marks.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
        look.marks.extend(marks.map(|(_, mark)| *mark));
        look
    }
}

/// A line of the screen: grounds first, then words, each of which is as long as its cells whatever the font.
fn line(svg: &mut String, row: &[Cell], y: usize, usual: (&'static str, &'static str)) {
    let looks: Vec<_> = row.iter().map(|cell| Look::of(cell, usual)).collect();
    let mut x = 0;
    while let Some(look) = looks.get(x) {
        let cells = looks[x..].iter().take_while(|other| other.paper == look.paper).count();
        if look.paper != usual.0 {
            let (left, width) = (10 + x * CELL.0, cells * CELL.0);
            let (height, paper) = (CELL.1, &look.paper);
            writeln!(svg, "<rect x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>")
                .unwrap();
        }
        x += cells;
    }
    let mut x = 0;
    while let Some(cell) = row.get(x) {
        let mut word = String::new();
        let mut cells = 0;
        while let Some(next) = row.get(x + cells).filter(|next| !next.symbol().trim().is_empty()) {
            if looks[x + cells] != looks[x] {
                break;
            }
            word.push_str(next.symbol());
            cells += next.symbol().width().max(1);
        }
        if word.is_empty() {
            x += cell.symbol().width().max(1);
            continue;
        }
        let Look { ink, marks, .. } = &looks[x];
        let word = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let (left, baseline, length) = (10 + x * CELL.0, y + 14, cells * CELL.0);
        let long = if cells > 1 { format!(" textLength=\"{length}\"") } else { String::new() };
        writeln!(svg, "<text x=\"{left}\" y=\"{baseline}\"{long} fill=\"{ink}\"{marks}>{word}</text>").unwrap();
        x += cells;
    }
}

/// A screen of the README: its file, and how somebody comes there.
struct Picture {
    file: &'static str,
    size: (u16, u16),
    keys: &'static str,
}

const PICTURES: [Picture; 6] = [
    Picture { file: "overview.svg", size: (120, 34), keys: "0" },
    Picture { file: "roles.svg", size: (120, 34), keys: "2jj" },
    Picture { file: "wizard.svg", size: (120, 34), keys: "2n+<tab>jjjj<right>" },
    Picture { file: "request.svg", size: (120, 34), keys: "6p3<enter>" },
    Picture { file: "trail.svg", size: (120, 30), keys: "6p4j" },
    Picture { file: "access.svg", size: (120, 34), keys: "5/betriebs<enter>Gw" },
];

#[test]
fn the_pictures_of_the_readme_are_what_the_program_shows() {
    let readme = include_str!("../../README.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let mut old = Vec::new();
    for Picture { file, size, keys } in PICTURES {
        let mut desk = Desk::sample(size);
        desk.keys(keys).screen();
        // What stands beside a table is asked for when there is room for it.
        desk.settle();
        let now = svg(&desk.buffer());
        assert!(now.len() < 80_000, "{file} has {} bytes", now.len());
        if std::env::var_os("ROLODECK_DRAW_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(file), &now).unwrap();
        }
        if std::fs::read_to_string(folder.join(file)).unwrap_or_default() != now {
            old.push(file);
        }
        assert!(readme.contains(&format!("assets/pictures/{file}")), "{file} is in no place of the README");
    }
    assert!(old.is_empty(), "{old:?} are old; draw them anew with ROLODECK_DRAW_PICTURES=1");
}
