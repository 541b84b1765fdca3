//! A line of the palette: something to do, somewhere to go, or something to look at.
use frizbee::{Config, Matcher};
use ratatui::text::{Line, Span};

use crate::domain::text::Shown;
use crate::tui::acts::{Act, Acts, Aim, Place, Whose};
use crate::tui::dialog::help;
use crate::tui::layer::Offer;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;

/// Columns of the key or the kind at the beginning of a line.
const LEAD: usize = 14;

/// Keys that are typed in a place rather than done: moving, and what the palette itself is for.
const NO_DEEDS: [&str; 14] = [
    "Up",
    "Down",
    "Back",
    "Next part",
    "Other tab",
    "Keys",
    "Left",
    "Right",
    "Move",
    "Page up",
    "Page down",
    "Done",
    "Other column",
    "Go there",
];

/// A line of the palette.
#[derive(Clone, Debug)]
pub enum Item {
    /// An offer of the layer below or of the program.
    Here(Whose, Offer),
    /// An offer of another destination.
    Elsewhere(Place, Offer),
    /// Rows of a destination.
    Rows { kind: &'static str, name: String, detail: String, place: Place, aim: Aim },
}

impl Item {
    pub fn here(offer: Offer) -> Self {
        Self::Here(Whose::Layer, offer)
    }

    pub fn everywhere(offer: Offer) -> Self {
        Self::Here(Whose::Everywhere, offer)
    }

    pub const fn elsewhere(place: Place, offer: Offer) -> Self {
        Self::Elsewhere(place, offer)
    }

    /// Whether it does more than move the selection.
    pub fn is_a_deed(&self) -> bool {
        match self {
            Self::Here(_, offer) | Self::Elsewhere(_, offer) => !NO_DEEDS.contains(&offer.label),
            Self::Rows { .. } => true,
        }
    }

    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Self::Here(_, offer) => offer.label.to_owned(),
            Self::Elsewhere(place, offer) => format!("{} {}", offer.label, place.name()),
            Self::Rows { name, .. } => name.clone(),
        }
    }

    /// Whether its sentence has these words in it; `wanted` in small letters.
    pub fn says(&self, wanted: &str) -> bool {
        match self {
            Self::Here(_, offer) | Self::Elsewhere(_, offer) => offer.about.to_lowercase().contains(wanted),
            Self::Rows { .. } => false,
        }
    }

    /// Everything that it says, as it is compared with what is typed.
    pub fn words(&self) -> String {
        match self {
            Self::Rows { kind, name, detail, .. } => format!("{kind} {name} {detail}"),
            Self::Here(..) | Self::Elsewhere(..) => self.name(),
        }
    }

    /// Whether it can be done now.
    pub const fn ready(&self) -> &Ready {
        match self {
            Self::Here(_, offer) | Self::Elsewhere(_, offer) => &offer.ready,
            Self::Rows { .. } => &Ready::Yes,
        }
    }

    /// Takes the palette away and does it.
    pub fn run(self, acts: &mut Acts) {
        match self {
            Self::Here(whose, offer) => acts.close_and_invoke(whose, offer.index),
            other => {
                acts.close();
                other.go(acts);
            }
        }
    }

    /// Goes to another destination, and does there what is to be done.
    pub fn go(self, acts: &mut Acts) {
        match self {
            Self::Here(..) => {}
            Self::Elsewhere(place, offer) => acts.push(Act::GoAndInvoke(place, offer.index)),
            Self::Rows { place, aim, .. } => acts.go_to(place, aim),
        }
    }

    /// It in a sentence.
    pub fn about(&self, scene: &Scene) -> String {
        match self {
            Self::Here(_, offer) => help::about(&scene.theme, offer),
            Self::Elsewhere(place, offer) => format!("{}: {}", place.name(), help::about(&scene.theme, offer)),
            Self::Rows { name, detail, .. } if detail.is_empty() => name.clone(),
            Self::Rows { name, detail, .. } => format!("{name}: {detail}"),
        }
    }

    /// It on one line.
    pub fn line(&self, theme: &Theme, width: usize) -> Line<'static> {
        let (lead, text) = match self {
            Self::Here(_, offer) => {
                (key(theme, offer), format!("{} {} {}", offer.label, theme.glyphs.dot, offer.about))
            }
            Self::Elsewhere(place, offer) => {
                let label = place.name();
                (String::new(), format!("{label} {} {}", theme.glyphs.crumb, offer.label))
            }
            Self::Rows { kind, name, detail, .. } if detail.is_empty() => ((*kind).to_owned(), name.clone()),
            Self::Rows { kind, name, detail, .. } => {
                ((*kind).to_owned(), format!("{name} {} {detail}", theme.glyphs.dot))
            }
        };
        let refused = matches!(self.ready(), Ready::No(_));
        let style = if refused { theme.disabled } else { theme.text };
        let lead = Shown::new(&lead).pad(LEAD);
        let text = Shown::new(&text).cut(width.saturating_sub(LEAD + 1)).into_owned();
        Line::from(vec![
            Span::styled(lead, if refused { theme.disabled } else { theme.key }),
            Span::styled(format!(" {text}"), style),
        ])
    }
}

fn key(theme: &Theme, offer: &Offer) -> String {
    offer.keys.first().map(|key| theme.glyphs.of_key(key)).unwrap_or_default()
}

/// What is typed, compared with names letter by letter in order, gaps allowed.
pub struct Matching(Option<Matcher>);

impl Matching {
    /// Looks for this; everything fits nothing.
    pub fn new(typed: &str) -> Self {
        Self((!typed.is_empty()).then(|| Matcher::new(typed, &Config::default())))
    }

    /// How well a name fits; none when it does not.
    pub fn score(&mut self, name: &str) -> Option<u16> {
        match &mut self.0 {
            None => Some(0),
            Some(matcher) => matcher.match_one(name, 0).map(|found| found.score),
        }
    }
}
