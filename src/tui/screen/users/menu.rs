//! The menu behind *Actions*.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};

use crate::tui::acts::{Acts, Tone, Whose};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Look, Offer, Took, bound, offer_for};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::line::wrap;
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::rows::Rows;

/// Columns of its content.
const WIDTH: u16 = 56;

/// Lines below the list, for what the selected action does or why it cannot be done.
const ABOUT: u16 = 4;

/// Everything that can be done here, with its keys.
pub struct Menu {
    offers: Vec<Offer>,
    rows: Rows,
}

impl Menu {
    /// A menu of these offers of the layer below.
    pub fn new(offers: Vec<Offer>) -> Self {
        let rows = Rows::new(offers.len());
        Self { offers, rows }
    }

    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        if let Some(offer) = self.selected() {
            Self::take(offer, acts);
        }
    }

    fn selected(&self) -> Option<&Offer> {
        self.offers.get(self.rows.selected()?)
    }

    fn take(offer: &Offer, acts: &mut Acts) {
        match &offer.ready {
            Ready::No(why) => acts.say(Tone::Note, why.clone()),
            Ready::Yes | Ready::Hidden => acts.close_and_invoke(Whose::Layer, offer.index),
        }
    }

    fn item(offer: &Offer, scene: &Scene) -> Item<'static> {
        let theme = &scene.theme;
        let (style, key_style) = match offer.ready {
            Ready::No(_) => (theme.disabled, theme.disabled),
            Ready::Yes | Ready::Hidden => (theme.text, theme.key),
        };
        let key = offer.keys.first().map(|key| scene.theme.glyphs.of_key(key)).unwrap_or_default();
        Item::new(Span::styled(offer.label, style)).note(Span::styled(key, key_style))
    }

    fn about(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let line = self.selected().map(|offer| match &offer.ready {
            Ready::No(why) => Line::styled(why.clone(), theme.warning),
            Ready::Yes | Ready::Hidden => Line::styled(offer.about, theme.muted),
        });
        wrap(&line.unwrap_or_default(), width)
    }
}

const BINDINGS: &[Binding<Menu>] = &[
    Binding {
        keys: &["enter"],
        label: "Do it",
        about: "Do what the selected line says",
        ready: |_, _| Ready::Yes,
        run: Menu::choose,
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Select the line below",
        ready: |_, _| Ready::Yes,
        run: |menu, _, _| {
            menu.rows.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Select the line above",
        ready: |_, _| Ready::Yes,
        run: |menu, _, _| {
            menu.rows.key(&Key::plain(Code::Up));
        },
    },
];

impl Layer for Menu {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Actions".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match input {
            Input::Key(key) => match offer_for(&self.offers, *key) {
                Some(offer) => {
                    Self::take(offer, acts);
                    Took::Yes
                }
                None if self.rows.key(key) => Took::Yes,
                None => Took::No,
            },
            Input::Mouse(mouse) if self.rows.mouse(mouse) => {
                self.choose(scene, acts);
                Took::Yes
            }
            Input::Mouse(_) | Input::Paste(_) => Took::No,
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let listed = u16::try_from(self.offers.len()).unwrap_or(u16::MAX);
        let dialog = Dialog::new("Actions", theme).foot("Enter does it, Esc closes");
        let size = Size { width: WIDTH, height: listed.saturating_add(1 + ABOUT) };
        let place = dialog.draw(size, area, frame.buffer_mut());
        let list = Rect { height: listed.min(place.height.saturating_sub(1 + ABOUT)), ..place };
        let Self { offers, rows } = self;
        let item = |row: usize| offers.get(row).map_or_else(Item::default, |offer| Self::item(offer, scene));
        List::new(theme, scene.focus).draw(list, frame.buffer_mut(), rows, item);
        let below = Rect { y: list.bottom() + 1, height: place.bottom().saturating_sub(list.bottom() + 1), ..place };
        for (line, row) in self.about(scene, below.width).iter().zip(below.rows()) {
            frame.render_widget(line, row);
        }
    }
}
