//! What keys do while people are invited.
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::paste::one_on_a_line;
use super::state::{Invite, Part, Show};
use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, Work, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::RoleWizard;
use crate::tui::widget::progress::grouped;
use crate::tui::widget::response::Response;

/// Hidden where letters are text, and before there is anything to invite with.
fn outside(invite: &Invite) -> Ready {
    Ready::when(!invite.roles_first && invite.part != Part::Addresses)
}

fn in_list(invite: &Invite) -> Ready {
    Ready::when(!invite.roles_first && invite.part == Part::List)
}

fn judged(invite: &Invite) -> Ready {
    if invite.judging.is_complete() { Ready::Yes } else { Ready::No("Not every address is judged yet.".into()) }
}

pub(super) const BINDINGS: &[Binding<Invite>] = &[
    Binding {
        keys: &["tab"],
        label: "Next part",
        about: "Go on: addresses, roles, verdicts, Create",
        ready: |invite, _| Ready::when(!invite.roles_first),
        run: |invite, _, _| invite.next_part(),
    },
    Binding {
        keys: &["enter"],
        label: "Create",
        about: "Invite everybody who can be invited, with the ticked roles",
        ready: |invite, _| Ready::when(!invite.roles_first && invite.part == Part::Create).and(|| invite.ready()),
        run: Invite::create,
    },
    Binding {
        keys: &["space"],
        label: "Tick",
        about: "Give the selected role, or not",
        ready: |invite, _| Ready::when(!invite.roles_first && invite.part == Part::Roles),
        run: |invite, _, acts| invite.tick(acts),
    },
    Binding {
        keys: &["c"],
        label: "Create",
        about: "Invite everybody who can be invited, with the ticked roles",
        ready: |invite, _| outside(invite).and(|| Ready::when(invite.part != Part::Create)).and(|| invite.ready()),
        run: Invite::create,
    },
    Binding {
        keys: &["d"],
        label: "Drop bad ones",
        about: "Take everything out of the list that cannot be invited",
        ready: |invite, _| outside(invite).and(|| Ready::when(invite.bad() > 0)).and(|| judged(invite)),
        run: |invite, _, acts| invite.drop_bad(acts),
    },
    Binding {
        keys: &["x"],
        label: "Take out",
        about: "Take the selected entry out of the list",
        ready: |invite, _| in_list(invite).and(|| Ready::when(invite.selected().is_some())).and(|| judged(invite)),
        run: |invite, _, acts| invite.remove(acts),
    },
    Binding {
        keys: &["u"],
        label: "Undo",
        about: "Bring back what was taken out of the list last",
        ready: |invite, _| outside(invite).and(|| Ready::when(invite.can_undo())),
        run: |invite, _, _| invite.undo(),
    },
    Binding {
        keys: &["f"],
        label: "Show",
        about: "Show all entries, those that cannot be invited, or those to look at first",
        ready: |invite, _| in_list(invite),
        run: |invite, _, _| invite.show_next(),
    },
    Binding {
        keys: &["p"],
        label: "Go on",
        about: "Go on judging the list",
        ready: |invite, _| outside(invite).and(|| Ready::when(invite.judging.is_stopped())),
        run: |invite, _, _| invite.judging.go_on(),
    },
    Binding {
        keys: &["n"],
        label: "Create new role",
        about: "Create a role to invite people with; the list stays",
        ready: |invite, _| {
            Ready::when(invite.roles_first || invite.part == Part::Roles).and(|| invite.may_create_role.clone())
        },
        run: |_, scene, acts| acts.open(RoleWizard::create(scene)),
    },
    Binding {
        keys: &["shift-tab"],
        label: "Part before",
        about: "Go back a part",
        ready: |invite, _| Ready::when(!invite.roles_first),
        run: |invite, _, _| invite.previous_part(),
    },
];

impl Invite {
    fn tick(&mut self, acts: &mut Acts) {
        if let Response::Refused(why) = self.roles.choice.key(&Key::char(' ')) {
            acts.say(Tone::Note, self.roles.why_not().unwrap_or(why));
        }
    }

    fn key(&mut self, key: &Key, acts: &mut Acts) -> Took {
        if key.code == Code::Esc && self.is_judging() {
            self.judging.stop();
            return Took::Yes;
        }
        if key.code == Code::Esc && self.part == Part::List && self.show != Show::All {
            self.show_all();
            return Took::Yes;
        }
        let took = match self.part {
            Part::Addresses => match self.field.key(key) {
                Response::Ignored => false,
                Response::Changed => {
                    self.typed(acts);
                    true
                }
                _ => true,
            },
            Part::Roles if *key != Key::char(' ') => {
                self.roles.choice.key(key) != Response::Ignored || matches!(key.code, Code::Up | Code::Down)
            }
            Part::List => self.rows.key(key),
            Part::Roles | Part::Create => false,
        };
        if took { Took::Yes } else { Took::No }
    }

    fn mouse(&mut self, mouse: &Mouse, acts: &mut Acts, scene: &Scene) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let click = mouse.kind == MouseKind::Down;
        if self.rows.mouse(mouse) {
            self.part = if click { Part::List } else { self.part };
            return Took::Yes;
        }
        match self.roles.choice.mouse(mouse) {
            Response::Ignored => {}
            Response::Refused(why) => acts.say(Tone::Note, self.roles.why_not().unwrap_or(why)),
            _ => self.part = if click { Part::Roles } else { self.part },
        }
        if click && self.places.addresses.contains(at) {
            self.part = Part::Addresses;
        }
        if click && self.places.create.contains(at) {
            self.part = Part::Create;
            match self.ready() {
                Ready::No(why) => acts.say(Tone::Note, why),
                _ => self.create(scene, acts),
            }
        }
        Took::Yes
    }
}

impl Layer for Invite {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Invite users".into()
    }

    fn look(&self) -> Look {
        Look::Wide
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if self.roles_first || self.is_waiting() {
            return Took::No;
        }
        match input {
            Input::Key(key) => self.key(key, acts),
            Input::Mouse(mouse) => self.mouse(mouse, acts, scene),
            Input::Paste(text) => {
                self.part = Part::Addresses;
                self.field.paste(&one_on_a_line(text));
                self.typed(acts);
                Took::Yes
            }
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.settle(ticket) && answer.is_ok() {
            acts.close();
            return Ok(());
        }
        Err(answer)
    }

    fn moved(&mut self, scene: &Scene) {
        self.follow(scene);
    }

    fn work(&mut self, _: &Scene) -> Work {
        Work::shown(self.judge())
    }

    fn leave(&self) -> Leave {
        if self.is_waiting() {
            return Leave::Never;
        }
        if !self.is_draft() {
            return Leave::Now;
        }
        let entries = self.judging.len();
        Leave::Ask(match entries {
            0 => "Nobody was invited yet, and the ticked roles would be forgotten.".into(),
            1 => "Nobody was invited yet, and the list with its one entry would be lost.".into(),
            _ => format!("Nobody was invited yet, and the list of {} entries would be lost.", grouped(entries)),
        })
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.draw_all(frame, area, scene);
    }
}
