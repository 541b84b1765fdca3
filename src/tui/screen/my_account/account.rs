//! *My account* itself.
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::details::details;
use super::passphrase::ChangePassphrase;
use super::prove_address::ProveAddress;
use super::switch_role::SwitchRole;
use super::switch_user::SwitchUser;
use crate::domain::user::CredentialKind;
use crate::engine::{Answer, Change, Reply, Request, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::layer::{Binding, Input, Layer, Took, bound, invoke};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::entrance::{draw_flow, flow_height};
use crate::tui::widget::pane::{Pane, height};

/// Who I am, and what I can do about it.
pub struct MyAccount {
    lines: Vec<Line<'static>>,
    last_sign_in: Option<Timestamp>,
    pane: Pane,
    places: Vec<(usize, Rect)>,
}

impl MyAccount {
    /// Opens it.
    pub fn new(scene: &Scene) -> Self {
        let lines = details(scene, None);
        Self { lines, last_sign_in: None, pane: Pane::default(), places: Vec::new() }
    }

    fn click(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let found = self.places.iter().find(|(_, place)| place.contains(at)).map(|(offer, _)| *offer);
        let offer = self.offers(scene).into_iter().find(|offer| Some(offer.index) == found);
        match offer.filter(|_| mouse.kind == MouseKind::Down).map(|offer| (offer.index, offer.ready)) {
            Some((_, Ready::No(why))) => acts.say(Tone::Note, why),
            Some((index, _)) => invoke(BINDINGS, self, index, scene, acts),
            None => return if self.pane.mouse(mouse) { Took::Yes } else { Took::No },
        }
        Took::Yes
    }
}

fn switch_role(scene: &Scene) -> Ready {
    let roles = scene.user().map_or(0, |user| user.roles.len());
    if roles > 1 { Ready::Yes } else { Ready::No("You hold one role only. Somebody else can assign you more.".into()) }
}

fn change_passphrase(scene: &Scene) -> Ready {
    let user = scene.user().map(|user| user.id.uuid());
    let has_one = user.is_some_and(|user| scene.org.credential(CredentialKind::Passphrase, user).is_some());
    Ready::when(has_one).and(|| match scene.change {
        Change::Allowed => Ready::Yes,
        Change::Never => Ready::No("This session is read-only. Start without --read-only to change it.".into()),
    })
}

/// Offered to those whose invitation code somebody looked at.
fn prove_address(scene: &Scene) -> Ready {
    Ready::when(scene.user().is_some_and(|user| !user.code_seen_by.is_empty())).and(|| match scene.change {
        Change::Allowed => Ready::Yes,
        Change::Never => Ready::No("This session is read-only. Start without --read-only to prove it.".into()),
    })
}

pub(super) const BINDINGS: &[Binding<MyAccount>] = &[
    Binding {
        keys: &["w"],
        label: "Switch role",
        about: "Go on in another one of your roles",
        ready: |_, scene| switch_role(scene),
        run: |_, scene, acts| acts.open(SwitchRole::new(scene)),
    },
    Binding {
        keys: &["p"],
        label: "Change passphrase",
        about: "Choose another passphrase to sign in with",
        ready: |_, scene| change_passphrase(scene),
        run: |_, scene, acts| acts.open(ChangePassphrase::new(scene)),
    },
    Binding {
        keys: &["v"],
        label: "Prove address",
        about: "Have a code sent to your address and type it, so that it no longer matters who saw your invitation's",
        ready: |_, scene| prove_address(scene),
        run: |_, scene, acts| acts.open(ProveAddress::new(scene)),
    },
    Binding {
        keys: &["u"],
        label: "Switch user",
        about: "Let somebody else sign in; in a sample, look through another person's eyes",
        ready: |_, _| Ready::Yes,
        run: |_, scene, acts| {
            if scene.org.is_sample() {
                acts.open(SwitchUser::new(scene));
            } else {
                acts.signed_out();
            }
        },
    },
    Binding {
        keys: &["o"],
        label: "Sign out",
        about: "End your session",
        ready: |_, _| Ready::Yes,
        run: |_, _, acts| acts.signed_out(),
    },
];

impl Layer for MyAccount {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "My account".into()
    }

    fn opened(&mut self, scene: &Scene, acts: &mut Acts) {
        if let Some(user) = scene.user() {
            acts.ask(Request::LastSignIn { user: user.id, upto: u64::MAX });
        }
    }

    fn answered(&mut self, _: Ticket, answer: Answer, scene: &Scene, _: &mut Acts) -> Result<(), Answer> {
        match answer {
            Ok(Reply::LastSignIn(at)) => {
                self.last_sign_in = at;
                self.lines = details(scene, at);
                Ok(())
            }
            other => Err(other),
        }
    }

    fn moved(&mut self, scene: &Scene) {
        self.lines = details(scene, self.last_sign_in);
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match input {
            Input::Key(key) if self.pane.key(key) => Took::Yes,
            Input::Key(_) | Input::Paste(_) => Took::No,
            Input::Mouse(mouse) => self.click(mouse, scene, acts),
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let buf = frame.buffer_mut();
        let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
        let offers = self.offers(scene);
        let below = flow_height(&offers, inner.width, &scene.theme).min(inner.height);
        let text = Rect { height: inner.height.saturating_sub(below + 1), ..inner };
        let shown = height(&self.lines, text.width).min(text.height);
        self.pane.draw(&self.lines, text, buf, &scene.theme);
        let buttons = Rect { y: inner.y + shown + 1, height: below, ..inner };
        self.places = draw_flow(&offers, None, buttons, buf, &scene.theme);
    }
}
