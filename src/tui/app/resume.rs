//! What was being made when the program ended is offered again.
use super::App;
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::tui::acts::{Act, Place};
use crate::tui::dialog::Confirm;
use crate::tui::scene::Ready;
use crate::tui::screen::RoleWizard;
use crate::tui::unfinished::Unfinished;
use crate::tui::when::minute;

impl App {
    /// With the drafts of earlier runs; who signs in is offered their own.
    #[must_use]
    pub fn with_drafts(mut self, drafts: Vec<Unfinished>) -> Self {
        self.drafts = drafts;
        self.offer_draft();
        self
    }

    /// What is being made now and would be lost with the program.
    pub fn unfinished(&self) -> Option<Unfinished> {
        let waiting = self.visits.iter().rev().flat_map(|visit| visit.stack().iter().rev());
        let role = self.stack.iter().rev().chain(waiting).find_map(|live| live.layer.in_hand())?;
        let organization = self.scene.present().organization()?.id;
        let user = self.scene.person()?.user;
        Some(Unfinished { organization, user, at: self.scene.present_time(), role })
    }

    /// The drafts of earlier runs that were taken up in this one.
    pub fn taken_up(&self) -> &[Unfinished] {
        &self.taken_up
    }

    /// Offers whoever came in the newest draft that they left.
    pub(super) fn offer_draft(&mut self) {
        let Some(user) = self.scene.person().map(|person| person.user) else { return };
        let Some(organization) = self.scene.present().organization().map(|row| row.id) else { return };
        let theirs = |draft: &&Unfinished| draft.user == user && draft.organization == organization;
        let Some(draft) = self.drafts.iter().filter(theirs).max_by_key(|draft| draft.at).cloned() else { return };
        let need = match draft.role.changes {
            Some(_) => Permission::ROLES_UPDATE,
            None => Permission::ROLES_CREATE,
        };
        if self.scene.may(Need::organization(need)) != Ready::Yes {
            return;
        }
        let changed = draft.role.changes.and_then(|role| self.scene.present().role(role));
        let what = match (changed, draft.role.name.trim()) {
            (Some(role), _) => format!("Your changes to the role “{}”", role.name),
            (None, "") => "A new role without a name yet".into(),
            (None, name) => format!("A new role, “{name}”,"),
        };
        let lines = vec![
            format!("{what} stayed unfinished when rolodeck ended on {}.", minute(draft.at, &self.scene.zone)),
            "Continue puts it before you as it was. Not now keeps it until the next start.".into(),
        ];
        let then = Act::TakeUp(Box::new(draft));
        self.push(Box::new(Confirm::resume(lines, then)));
    }

    /// Puts a draft before the person as it was.
    pub(super) fn take_up(&mut self, draft: Unfinished) {
        let wizard = RoleWizard::resume(&self.scene, &draft.role);
        self.drafts.retain(|other| *other != draft);
        self.taken_up.push(draft);
        self.stack.clear();
        self.apply_one(0, Act::Go(Place::Roles));
        self.push(Box::new(wizard));
    }
}
