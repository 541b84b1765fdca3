//! What the wizard's keys do to the draft.
use super::draft::{Setup, Step, Turned};
use super::filter::Filter;
use super::wizard::RoleWizard;
use crate::domain::catalogue::Group;
use crate::domain::permission::PermissionSet;
use crate::tui::acts::{Acts, Tone};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Layer};
use crate::tui::scene::Scene;

impl RoleWizard {
    /// Goes to a step.
    pub(super) fn go(&mut self, step: Step, scene: &Scene) {
        self.draft.go(step);
        match step {
            Step::Permissions => {}
            Step::Accounts => self.accounts.enter(scene, &self.draft),
            Step::Summary => self.summary.enter(),
        }
        self.judge(scene);
    }

    /// Gives up a filter, else goes one step back.
    pub(super) fn back(&mut self, scene: &Scene) {
        match (self.draft.step(), self.draft.previous()) {
            (Step::Permissions, _) => self.advanced.clear_filter(),
            (Step::Accounts, _) if self.accounts.filter().is_on() => self.accounts.clear_filter(&scene.org),
            (_, Some(step)) => self.go(step, scene),
            (_, None) => {}
        }
    }

    /// Whether Esc does something within the wizard.
    pub(super) fn goes_back(&self) -> bool {
        self.draft.previous().is_some() || (self.draft.setup() == Setup::Advanced && self.advanced.filter().is_on())
    }

    /// The filter of what is shown, where there is one.
    pub(super) const fn filter(&self) -> Option<&Filter> {
        match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Advanced) => Some(self.advanced.filter()),
            (Step::Accounts, _) => Some(self.accounts.filter()),
            (Step::Permissions, Setup::Simple) | (Step::Summary, _) => None,
        }
    }

    /// The same, to change it.
    pub(super) const fn filter_mut(&mut self) -> Option<&mut Filter> {
        match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Advanced) => Some(self.advanced.filter_mut()),
            (Step::Accounts, _) => Some(self.accounts.filter_mut()),
            (Step::Permissions, Setup::Simple) | (Step::Summary, _) => None,
        }
    }

    /// Ticks what is focused.
    pub(super) fn tick(&mut self, scene: &Scene, acts: &mut Acts) {
        match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Simple) => {
                let Some(group) = self.simple.group() else { return };
                self.draft.toggle_group(group);
                if group == Group::BasicAccess && !self.draft.ticks().contains(group) {
                    acts.say(
                        Tone::Note,
                        "Every role should have Basic Access: without it people cannot find their way.",
                    );
                }
            }
            (Step::Permissions, Setup::Advanced) => {
                if let Some(permission) = self.advanced.permission() {
                    self.draft.toggle(permission);
                }
            }
            (Step::Accounts, _) => self.accounts.toggle(&scene.org, &mut self.draft),
            (Step::Summary, _) => {}
        }
        self.changed(scene);
    }

    /// Turns several permissions at once, and says what that did.
    pub(super) fn turn(&mut self, what: &str, permissions: PermissionSet, scene: &Scene, acts: &mut Acts) {
        let told = match self.draft.turn(permissions) {
            Turned::On(1) => format!("{what}: 1 permission added."),
            Turned::On(added) => format!("{what}: {added} permissions added."),
            Turned::Off(1) => format!("{what}: 1 permission taken away."),
            Turned::Off(gone) => format!("{what}: {gone} permissions taken away."),
        };
        acts.say(Tone::Note, told);
        self.changed(scene);
    }

    /// Changes between Simple and Advanced setup.
    pub(super) fn switch_setup(&mut self, scene: &Scene) {
        if self.draft.switch_setup().is_ok() {
            self.changed(scene);
        }
    }

    /// Does what a key does that is no binding of its own, such as moving.
    pub(super) fn travel(&mut self, code: Code, scene: &Scene, acts: &mut Acts) {
        self.input(&Input::Key(Key::plain(code)), scene, acts);
    }

    /// Adds what the first warning asks for.
    pub(super) fn remedy(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(remedy) = self.outlook.remedy().cloned() else { return };
        let before = self.draft.setup();
        self.draft.take_over(remedy.grants);
        let added: Vec<String> = remedy.added.iter().map(|permission| permission.to_string()).collect();
        let mut told = match added.as_slice() {
            few if few.len() <= 4 => format!("Added {}.", few.join(", ")),
            many => format!("Added {} permissions.", many.len()),
        };
        if before != self.draft.setup() {
            told.push_str(" No groups give exactly that, so this is Advanced setup now.");
        }
        acts.say(Tone::Note, told);
        self.changed(scene);
    }

    /// Reaches all future entities, or the chosen ones again.
    pub(super) fn toggle_reach(&mut self, scene: &Scene) {
        self.draft.toggle_reach();
        self.accounts.focus_all_future();
        self.changed(scene);
    }
}
