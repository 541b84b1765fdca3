//! Deleting a role, or who stands against it.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::people::{holders, invited};
use super::text::Text;
use crate::command::DeleteRole;
use crate::domain::census::RoleUses;
use crate::domain::role::Role;
use crate::tui::acts::Acts;
use crate::tui::dialog::Confirm;
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::{Dialog, Gravity};
use crate::tui::widget::pane::{Pane, height};

/// Columns of the dialog's content.
const WIDTH: u16 = 64;

/// Asks whether to delete a role, or says who uses it.
pub(super) fn delete(role: &Role, scene: &Scene, acts: &mut Acts) {
    if RoleUses::of(&scene.org).of_role(role.id).total() > 0 {
        acts.open(InUse::new(scene, role));
        return;
    }
    let (id, name) = (role.id, role.name.clone());
    let lines = vec![
        format!("The role “{name}” will be deleted."),
        "Nobody holds it, and nobody was invited with it. Its name can be used again.".into(),
    ];
    acts.open(Confirm::new("Delete role", lines, "Delete", move |scene, acts| {
        acts.run(scene, DeleteRole { role: id }, format!("The role “{name}” was deleted."));
    }));
}

/// Says that a role cannot be deleted, and because of whom.
struct InUse {
    lines: Vec<Line<'static>>,
    pane: Pane,
}

impl InUse {
    fn new(scene: &Scene, role: &Role) -> Self {
        let mut text = Text::new(&scene.theme, WIDTH);
        text.paragraph(format!("“{}” is in use.", role.name), scene.theme.text);
        text.heading("Held by");
        text.people(holders(scene, role.id), "Nobody.");
        text.heading("Open invitations with it");
        text.people(invited(scene, role.id), "None.");
        text.heading("What to do");
        let advice = "Give these people another role, and revoke the invitations, in User management, Users. Then \
                      the role can be deleted.";
        text.paragraph(advice.into(), scene.theme.text);
        Self { lines: text.lines(), pane: Pane::default() }
    }
}

const BINDINGS: &[Binding<InUse>] = &[Binding {
    keys: &["enter"],
    label: "Close",
    about: "Leave the role as it is",
    ready: |_, _| Ready::Yes,
    run: |_, _, acts| acts.close(),
}];

impl Layer for InUse {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Delete role".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.pane.key(key),
            Input::Mouse(mouse) => self.pane.mouse(mouse),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let width = WIDTH.min(area.width.saturating_sub(4));
        let size = Size { width, height: height(&self.lines, width) };
        let dialog = Dialog::new("This role cannot be deleted yet", &scene.theme).gravity(Gravity::Grave);
        let inner = dialog.foot("Enter Close").draw(size, area, frame.buffer_mut());
        self.pane.draw(&self.lines, inner, frame.buffer_mut(), &scene.theme);
    }
}
