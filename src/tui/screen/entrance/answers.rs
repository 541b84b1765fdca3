//! What the engine answers.
use super::ask::Ask;
use super::front::Entrance;
use super::recovery::Recovery;
use super::role_list::RoleList;
use super::sign_in::{SignIn, forget};
use super::step::Step;
use crate::domain::refusal::Refusal;
use crate::engine::{Answer, Reply, Request, Trouble};
use crate::ledger::signin::Proof;
use crate::tui::acts::Acts;
use crate::tui::dialog::Letter;
use crate::tui::scene::Scene;
use crate::tui::widget::form::Form;

impl Entrance {
    pub(super) fn answer(&mut self, answer: Answer, scene: &Scene, acts: &mut Acts) {
        match answer {
            Ok(reply) => self.replied(reply, scene, acts),
            Err(trouble) => self.refused(&trouble),
        }
    }

    fn replied(&mut self, reply: Reply, scene: &Scene, acts: &mut Acts) {
        match reply {
            Reply::CodeSent { route, readable } => {
                self.set_up.sent(route, readable);
                self.go(Step::Verify);
            }
            Reply::Letter(text) => acts.open(Letter::new(text)),
            Reply::AddressVerified => {
                self.set_up.verified();
                self.go(Step::LogIn);
            }
            Reply::FirstSignedIn => self.go(Step::Name),
            Reply::Founded { session, recovery: Some(code) } => {
                self.recovery = Some(Recovery::new(session, code));
                self.go(Step::Recovery);
            }
            Reply::Founded { session, recovery: None } | Reply::Entered(session) => acts.signed_in(session),
            Reply::Saved(path) => {
                if let Some(recovery) = &mut self.recovery {
                    recovery.saved = Some(path);
                }
                self.button = Some(1);
            }
            Reply::Opened => {
                self.sign_in = SignIn::new();
                self.go(Step::first(scene));
            }
            Reply::Proved(proof) => self.proved(proof, scene, acts),
            Reply::Invitation { address, name, roles } => {
                self.joining.opened(address, name.as_ref(), roles);
                self.go(Step::Join);
            }
            Reply::Left
            | Reply::RecoveryCode(_)
            | Reply::Requested { .. }
            | Reply::Done(_)
            | Reply::LastSignIn(_)
            | Reply::LastOwnChange(_)
            | Reply::Past(_)
            | Reply::Read(_)
            | Reply::Counted(_)
            | Reply::Exported(_)
            | Reply::Trail(_)
            | Reply::Entry(_) => {}
        }
    }

    /// Somebody is who they say: the only role is taken at once, of several one is chosen.
    fn proved(&mut self, proof: Proof, scene: &Scene, acts: &mut Acts) {
        let Some(user) = scene.org.user(proof.user()) else { return };
        self.roles = RoleList::of(&scene.org, user, None);
        if let Some(role) = self.roles.selected().filter(|_| self.roles.len() == 1) {
            self.ask(Request::Enter { proof, role }, "Signing in", acts);
        } else {
            self.proof = Some(proof);
            self.go(Step::Role);
        }
    }

    /// Says what went wrong where it belongs.
    fn refused(&mut self, trouble: &Trouble) {
        let text = trouble.in_full();
        match (self.step, trouble) {
            (Step::SignIn, _) => self.trouble = self.sign_in.refused(trouble),
            (Step::Verify, Trouble::Refused(Refusal::Verification(_) | Refusal::VerificationTries { .. })) => {
                again(&mut self.set_up.code, text);
            }
            (Step::LogIn, _) => {
                forget(&mut self.set_up.log_in);
                self.trouble = Some(text);
            }
            (Step::Code, Trouble::Refused(Refusal::CodeRejected)) => again(&mut self.joining.code, text),
            (Step::Join, Trouble::Refused(Refusal::CodeRejected)) => {
                self.go(Step::Code);
                again(&mut self.joining.code, text);
            }
            _ => {
                self.trouble = Some(text);
                return;
            }
        }
        // A field is to be filled in again: it has the keyboard, also where a button was pressed.
        self.button = None;
    }
}

/// Empties a code and says why.
fn again(form: &mut Form<Ask>, why: String) {
    if let Some(field) = form.field_mut(Ask::Code) {
        field.set("");
    }
    form.refuse(Ask::Code, why);
}
