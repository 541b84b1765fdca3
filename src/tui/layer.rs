//! A screen or dialog, and its keys as data.
//!
//! Footer, help, buttons and the README's key tables derive from the bindings, so that a key cannot be
//! in one of them and not in another.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Aim};
use crate::tui::event::Mouse;
use crate::tui::key::Key;
use crate::tui::keymap::screen_of;
use crate::tui::scene::{Ready, Scene};
use crate::tui::unfinished::RoleInHand;

/// One thing that a layer can do: its keys, its words, when it can, and the function that does it.
pub struct Binding<S: 'static> {
    /// Keys as [`Key`] parses them; the first is the one that is shown.
    pub keys: &'static [&'static str],
    /// One to three words, for the footer and buttons.
    pub label: &'static str,
    /// A sentence for the help, without a full stop.
    pub about: &'static str,
    /// Whether it can be done now.
    pub ready: fn(&S, &Scene) -> Ready,
    /// Does it.
    pub run: fn(&mut S, &Scene, &mut Acts),
}

/// A binding as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its number in the layer's list.
    pub index: usize,
    /// Its keys; the first is the one that is shown.
    pub keys: Vec<Key>,
    /// One to three words.
    pub label: &'static str,
    /// A sentence.
    pub about: &'static str,
    /// Whether it can be done now.
    pub ready: Ready,
}

/// What comes from outside, before bindings are looked at.
#[derive(Clone, Debug)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A text, whole.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
}

/// Whether an input was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// Yes; nobody else gets it.
    Yes,
    /// No.
    No,
}

/// How much of the terminal a layer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The room beside the navigation.
    Screen,
    /// The room of the navigation too; the lines above and below stay.
    Wide,
    /// Everything: nobody is signed in.
    Whole,
    /// A box over what is below.
    Dialog,
}

/// Whether a layer can be left.
pub enum Leave {
    /// At once.
    Now,
    /// There is a draft: this question comes first. Its yes must close both.
    Ask(String),
    /// It cannot be left, only finished.
    Never,
}

/// How it stands with long work after a slice of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// There is none.
    Done,
    /// There may be more, and what is shown changed.
    Shown,
    /// There may be more, and what is shown is as before.
    Unseen,
}

impl Work {
    /// What a slice came to that shows what it does, if there was one.
    pub const fn shown(worked: bool) -> Self {
        if worked { Self::Shown } else { Self::Done }
    }
}

/// A screen or dialog.
pub trait Layer {
    /// Its place in the path at the top.
    fn crumb(&self, scene: &Scene) -> String;

    /// Its bindings as they stand now.
    fn offers(&self, scene: &Scene) -> Vec<Offer>;

    /// Runs the binding with this number.
    fn invoke(&mut self, offer: usize, scene: &Scene, acts: &mut Acts);

    /// Draws it.
    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene);

    /// How much of the terminal it takes.
    fn look(&self) -> Look {
        Look::Screen
    }

    /// Whether letters are text now, `?` among them; then the footer names F1 for the help.
    fn typing(&self) -> bool {
        false
    }

    /// Gets an input before the bindings: text fields, movement in lists.
    fn input(&mut self, _input: &Input, _scene: &Scene, _acts: &mut Acts) -> Took {
        Took::No
    }

    /// It was put on top for the first time: asks for what it cannot read from the scene.
    fn opened(&mut self, _scene: &Scene, _acts: &mut Acts) {}

    /// The answer to what it asked. What it does not take is said in the message line.
    ///
    /// # Errors
    /// The answer, when it is left to others.
    fn answered(&mut self, _ticket: Ticket, answer: Answer, _scene: &Scene, _acts: &mut Acts) -> Result<(), Answer> {
        Err(answer)
    }

    /// The organization changed, or this layer is on top again.
    fn moved(&mut self, _scene: &Scene) {}

    /// Somebody came here to see this.
    fn aim(&mut self, _aim: &Aim, _scene: &Scene, _acts: &mut Acts) {}

    /// It is on top: asks for what it lacks by now. Called again and again, so that it has to know what it asked for.
    fn fetch(&mut self, _scene: &Scene, _acts: &mut Acts) {}

    /// Whether it tells seconds that go by.
    fn counts_down(&self, _scene: &Scene) -> bool {
        false
    }

    /// Does a slice of long work, of two milliseconds or so: a key that comes meanwhile waits for it.
    fn work(&mut self, _scene: &Scene) -> Work {
        Work::Done
    }

    /// What is being made here, and would be lost if the program ended now.
    fn in_hand(&self) -> Option<RoleInHand> {
        None
    }

    /// Whether Esc takes it away.
    fn leave(&self) -> Leave {
        Leave::Now
    }
}

/// The offers that bindings are now, with the keys that the settings give them on the screen that the module belongs to.
pub fn offers<S>(module: &'static str, bindings: &[Binding<S>], state: &S, scene: &Scene) -> Vec<Offer> {
    let screen = screen_of(module);
    let usual = |binding: &Binding<S>| binding.keys.iter().filter_map(|key| key.parse().ok()).collect();
    let changed = |binding: &Binding<S>| scene.appearance.keymap.keys(screen, binding.label).map(<[Key]>::to_vec);
    let offers = bindings.iter().enumerate().map(|(index, binding)| Offer {
        index,
        keys: changed(binding).unwrap_or_else(|| usual(binding)),
        label: binding.label,
        about: binding.about,
        ready: (binding.ready)(state, scene),
    });
    offers.filter(|offer| offer.ready != Ready::Hidden).collect()
}

/// Runs a binding.
pub fn invoke<S>(bindings: &[Binding<S>], state: &mut S, offer: usize, scene: &Scene, acts: &mut Acts) {
    if let Some(binding) = bindings.get(offer) {
        (binding.run)(state, scene, acts);
    }
}

/// Writes the two methods of [`Layer`] that say what the bindings are.
macro_rules! bound {
    ($bindings:expr) => {
        fn offers(&self, scene: &$crate::tui::scene::Scene) -> Vec<$crate::tui::layer::Offer> {
            $crate::tui::layer::offers(module_path!(), $bindings, self, scene)
        }

        fn invoke(&mut self, offer: usize, scene: &$crate::tui::scene::Scene, acts: &mut $crate::tui::acts::Acts) {
            $crate::tui::layer::invoke($bindings, self, offer, scene, acts);
        }
    };
}
pub(crate) use bound;

/// The offer that a key stands for.
pub fn offer_for(offers: &[Offer], key: Key) -> Option<&Offer> {
    offers.iter().find(|offer| offer.keys.contains(&key))
}
