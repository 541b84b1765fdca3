//! What the entrance holds, and what its keys do.
use ratatui::layout::Rect;

use super::ask::Ask;
use super::joining::Joining;
use super::organizations::Organizations;
use super::people::People;
use super::recovery::Recovery;
use super::role_list::RoleList;
use super::set_up::SetUp;
use super::sign_in::{self, SignIn};
use super::step::Step;
use crate::engine::{Request, Ticket};
use crate::ledger::signin::Proof;
use crate::tui::acts::Acts;
use crate::tui::scene::Scene;
use crate::tui::widget::form::Form;
use crate::tui::widget::rows::Rows;

/// Set-up, signing in and accepting an invitation: what stands before everything else. Steps back lose nothing that
/// was typed.
pub struct Entrance {
    pub(super) step: Step,
    pub(super) sign_in: SignIn,
    pub(super) people: People,
    pub(super) organizations: Organizations,
    pub(super) set_up: SetUp,
    pub(super) recovery: Option<Recovery>,
    pub(super) joining: Joining,
    pub(super) proof: Option<Proof>,
    pub(super) roles: RoleList,
    /// What the engine works on, in words.
    pub(super) waiting: Option<(Ticket, &'static str)>,
    /// What went wrong, when it is no field's fault.
    pub(super) trouble: Option<String>,
    /// Which button has the keyboard, if none of the fields has it.
    pub(super) button: Option<usize>,
    /// Which offer was drawn where.
    pub(super) places: Vec<(usize, Rect)>,
}

impl Entrance {
    /// Opens it: with the set-up where there is no organization yet.
    pub fn new(scene: &Scene) -> Self {
        let mut entrance = Self {
            step: Step::first(scene),
            sign_in: SignIn::new(),
            people: People::default(),
            organizations: Organizations::default(),
            set_up: SetUp::new(),
            recovery: None,
            joining: Joining::new(),
            proof: None,
            roles: RoleList::default(),
            waiting: None,
            trouble: None,
            button: None,
            places: Vec::new(),
        };
        entrance.refresh(scene);
        entrance
    }

    /// Reads what the lists show anew.
    pub(super) fn refresh(&mut self, scene: &Scene) {
        self.organizations.refresh(scene);
        if scene.org.is_sample() {
            self.people.refresh(&scene.org);
        }
    }

    /// Goes to a page.
    pub(super) fn go(&mut self, step: Step) {
        if matches!(self.step, Step::Account | Step::LogIn | Step::Name | Step::Nature) {
            self.set_up.at = self.step;
        }
        self.step = step;
        self.trouble = None;
        self.button = (step == Step::Recovery).then_some(0);
    }

    /// The page that Esc leads to, if it leads anywhere.
    pub(super) fn before(&self, scene: &Scene) -> Option<Step> {
        let first = Step::first(scene);
        match self.step {
            Step::SignIn | Step::People | Step::Recovery => None,
            Step::Account | Step::Name => (first != Step::Account).then_some(first),
            Step::Organizations | Step::Role | Step::Code => Some(first),
            Step::Verify | Step::LogIn => Some(Step::Account),
            Step::Nature => Some(Step::Name),
            Step::Join => Some(Step::Code),
        }
    }

    /// One step back.
    pub(super) fn back(&mut self, scene: &Scene) {
        let Some(before) = self.before(scene) else { return };
        if self.step == Step::Role {
            self.proof = None;
        }
        self.go(before);
    }

    /// The form of this page.
    pub(super) fn form(&mut self) -> Option<&mut Form<Ask>> {
        Some(match self.step {
            Step::SignIn => &mut self.sign_in.form,
            Step::Account => &mut self.set_up.account,
            Step::Verify => &mut self.set_up.code,
            Step::LogIn => &mut self.set_up.log_in,
            Step::Name => &mut self.set_up.name,
            Step::Nature => &mut self.set_up.nature,
            Step::Code => &mut self.joining.code,
            Step::Join => &mut self.joining.person,
            Step::People | Step::Organizations | Step::Recovery | Step::Role => return None,
        })
    }

    /// The list of this page.
    pub(super) fn rows(&mut self) -> Option<&mut Rows> {
        match self.step {
            Step::People => Some(&mut self.people.rows),
            Step::Organizations => Some(&mut self.organizations.rows),
            Step::Role => Some(&mut self.roles.rows),
            _ => None,
        }
    }

    /// Something was typed: what was said about it is out of date.
    pub(super) fn typed(&mut self, scene: &Scene) {
        self.trouble = None;
        match self.step {
            Step::SignIn => self.sign_in.typed(),
            Step::Account => self.set_up.typed(&scene.theme),
            Step::Join => self.joining.typed(&scene.theme),
            _ => {}
        }
    }

    /// Goes on from this page.
    pub(super) fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let asked = match self.step {
            Step::SignIn => self.sign_in.prove().map(|(address, passphrase)| Request::Prove { address, passphrase }),
            Step::People => self.people.selected().map(|user| Request::LookThrough { user }),
            Step::Organizations => self.organizations.selected().map(|path| Request::Open { path: path.into() }),
            Step::Account => self.set_up.create(),
            Step::Verify => self.set_up.verify(),
            Step::LogIn => sign_in::first(&mut self.set_up.log_in),
            Step::Name => {
                if self.set_up.named().is_some() {
                    self.go(Step::Nature);
                }
                None
            }
            Step::Nature => self.set_up.found(),
            Step::Recovery => None,
            Step::Role => {
                self.proof.clone().zip(self.roles.selected()).map(|(proof, role)| Request::Enter { proof, role })
            }
            Step::Code => self.joining.check(),
            Step::Join => self.joining.accept(),
        };
        if let Some(request) = asked {
            let doing = match self.step {
                Step::Account => "Sending the code",
                Step::Organizations => "Opening",
                Step::Nature => "Creating the organization",
                Step::Join => "Signing you up",
                Step::Role | Step::People => "Signing in",
                _ => "Checking",
            };
            self.ask(request, doing, acts);
        } else if self.form().is_some() {
            // Something is wrong with a field, which has the keyboard now.
            self.button = None;
        }
        self.refresh(scene);
    }

    /// Asks the engine. Until it has answered, nothing else can be asked.
    pub(super) fn ask(&mut self, request: Request, doing: &'static str, acts: &mut Acts) {
        self.trouble = None;
        self.waiting = Some((acts.ask(request), doing));
    }
}
