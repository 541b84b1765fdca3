//! Choosing how the dashboard looks; each theme is shown while it is selected.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::boxed;
use crate::settings::ThemeName;
use crate::tui::acts::{Act, Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::rows::Rows;

/// The themes, one a line.
pub struct Themes {
    before: ThemeName,
    rows: Rows,
}

impl Themes {
    /// Shows them; the one in use is selected.
    pub fn new(scene: &Scene) -> Self {
        let before = scene.appearance.name;
        let mut rows = Rows::new(ThemeName::ALL.len());
        rows.select(ThemeName::ALL.iter().position(|name| *name == before).unwrap_or(0));
        Self { before, rows }
    }

    fn selected(&self) -> ThemeName {
        self.rows.selected().and_then(|row| ThemeName::ALL.get(row)).copied().unwrap_or(self.before)
    }

    fn keep(&mut self, _: &Scene, acts: &mut Acts) {
        let key = self.selected().key();
        acts.close();
        let text =
            format!("For now the theme is {key}. To keep it, write theme = \"{key}\" below [screen] in the settings.");
        acts.say(Tone::Note, text);
    }

    fn put_back(&mut self, _: &Scene, acts: &mut Acts) {
        acts.push(Act::Theme(self.before));
        acts.close();
    }
}

const BINDINGS: &[Binding<Themes>] = &[
    Binding {
        keys: &["enter"],
        label: "Take it",
        about: "Go on with this theme until rolodeck ends",
        ready: |_, _| Ready::Yes,
        run: Themes::keep,
    },
    Binding {
        keys: &["esc"],
        label: "As before",
        about: "Go back to the theme as it was",
        ready: |_, _| Ready::Yes,
        run: Themes::put_back,
    },
];

impl Layer for Themes {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Theme".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, acts: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.rows.key(key),
            Input::Mouse(mouse) => self.rows.mouse(mouse),
            Input::Paste(_) => false,
        };
        if !used {
            return Took::No;
        }
        acts.push(Act::Theme(self.selected()));
        Took::Yes
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let lines = ThemeName::ALL.iter().enumerate().map(|(row, name)| {
            let selected = self.rows.selected() == Some(row);
            let pointer = if selected { theme.glyphs.pointer } else { " " };
            Line::from(vec![
                Span::styled(pointer, theme.accent),
                Span::styled(format!(" {:<14}", name.key()), if selected { theme.selected } else { theme.text }),
                Span::styled(format!(" {}", name.about()), theme.muted),
            ])
        });
        let mut lines: Vec<Line<'static>> = lines.collect();
        lines.push(Line::default());
        let sample = [
            ("done", theme.ok),
            ("look twice", theme.warning),
            ("wrong", theme.danger),
            ("sensitive", theme.sensitive),
        ];
        let signs = [theme.glyphs.ok, theme.glyphs.warning, theme.glyphs.wrong, theme.glyphs.sensitive];
        let spans =
            sample.iter().zip(signs).map(|((word, style), sign)| Span::styled(format!("  {sign} {word}"), *style));
        lines.push(Line::from(spans.collect::<Vec<_>>()));
        let inner = boxed(frame, area, scene, "Theme", lines);
        let rows = u16::try_from(ThemeName::ALL.len()).unwrap_or(0);
        let _ = self.rows.visible(Rect { height: inner.height.min(rows), ..inner }).count();
    }
}
