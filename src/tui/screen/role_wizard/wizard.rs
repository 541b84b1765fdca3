//! The wizard as a layer: which step gets the input, and what becomes of the draft.
use ratatui::Frame;
use ratatui::layout::Rect;

use super::accounts::AccountsStep;
use super::advanced::AdvancedSetup;
use super::bindings::BINDINGS;
use super::click::Click;
use super::draft::{Purpose, RoleDraft, Setup, Step};
use super::frame;
use super::naming::copy_name;
use super::outlook::{Outlook, command};
use super::simple::SimpleSetup;
use super::summary::{SummaryStep, ready_name};
use crate::domain::id::RoleId;
use crate::domain::name::RoleName;
use crate::domain::refusal::Refusal;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::{Act, Acts, Tone};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Layer, Leave, Look, Took, bound, invoke, offer_for};
use crate::tui::scene::{Ready, Scene};
use crate::tui::unfinished::RoleInHand;
use crate::tui::widget::response::Response;

/// From permissions to a named role, step by step.
pub struct RoleWizard {
    pub(super) draft: RoleDraft,
    began: RoleDraft,
    title: String,
    pub(super) outlook: Outlook,
    pub(super) simple: SimpleSetup,
    pub(super) advanced: AdvancedSetup,
    pub(super) accounts: AccountsStep,
    pub(super) summary: SummaryStep,
    waiting: Option<Ticket>,
    buttons: frame::Buttons,
}

impl RoleWizard {
    /// A new role.
    pub fn create(_: &Scene) -> Self {
        Self::over(RoleDraft::create(), "New role".to_owned())
    }

    /// A role as it is, to change it.
    pub fn edit(scene: &Scene, role: RoleId) -> Self {
        match scene.org.role(role) {
            Some(role) => Self::over(RoleDraft::edit(role), format!("Edit {}", role.name.as_str())),
            None => Self::create(scene),
        }
    }

    /// A new role that begins as a copy.
    pub fn duplicate(scene: &Scene, role: RoleId) -> Self {
        let Some(role) = scene.org.role(role) else { return Self::create(scene) };
        let draft = RoleDraft::duplicate(role, copy_name(&scene.org, &role.name));
        Self::over(draft, format!("Duplicate {}", role.name.as_str()))
    }

    /// A role as somebody left it, to be gone on with; one that was being changed and is gone meanwhile becomes a new one.
    pub fn resume(scene: &Scene, role: &RoleInHand) -> Self {
        let mut wizard = match role.changes.filter(|role| scene.org.role(*role).is_some()) {
            Some(role) => Self::edit(scene, role),
            None => Self::create(scene),
        };
        wizard.draft.resume(role);
        wizard.summary = SummaryStep::new(&wizard.draft);
        wizard
    }

    fn over(draft: RoleDraft, title: String) -> Self {
        Self {
            began: draft.clone(),
            title,
            outlook: Outlook::default(),
            simple: SimpleSetup::default(),
            advanced: AdvancedSetup::default(),
            accounts: AccountsStep::default(),
            summary: SummaryStep::new(&draft),
            waiting: None,
            buttons: frame::Buttons::default(),
            draft,
        }
    }

    /// Looks again at what there is and what comes of the draft.
    fn observe(&mut self, scene: &Scene) {
        let gone = self.draft.forget_missing(&scene.org);
        self.accounts.miss(gone);
        if self.draft.step() == Step::Accounts {
            self.accounts.look(scene, &self.draft);
        }
        self.judge(scene);
    }

    /// Looks again at what comes of the draft.
    pub(super) fn judge(&mut self, scene: &Scene) {
        self.outlook = Outlook::of(scene, &self.draft);
        if self.draft.step() == Step::Summary && self.waiting.is_none() {
            self.summary.look(scene, &self.draft, &self.outlook);
        }
    }

    /// After every change of the draft.
    pub(super) fn changed(&mut self, scene: &Scene) {
        self.summary.refuse(None);
        if self.draft.step() == Step::Accounts {
            self.accounts.count(&scene.org, &self.draft);
        }
        self.judge(scene);
    }

    /// The name under which the role can be created or saved now.
    ///
    /// # Errors
    /// Why it cannot be.
    pub(super) fn ready_name(&self, scene: &Scene) -> Result<RoleName, String> {
        match self.waiting {
            Some(_) => Err("One moment: this is being done already.".to_owned()),
            None => ready_name(scene, &self.draft, &self.began, &self.outlook),
        }
    }

    /// Creates or saves the role.
    pub(super) fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let Ok(name) = self.ready_name(scene) else { return };
        let id = RoleId::new(scene.outside.now(), &scene.outside.seed());
        let done = match self.draft.purpose() {
            Purpose::Edit(_) => format!("The role “{}” was saved.", name.as_str()),
            Purpose::Create | Purpose::Duplicate => format!("The role “{}” was created.", name.as_str()),
        };
        self.waiting = acts.run(scene, command(scene, &self.draft, name, id), done);
    }

    fn refused(&mut self, trouble: &Trouble) {
        let reason = trouble.in_full();
        match trouble {
            Trouble::Refused(Refusal::NameTaken { .. }) => self.summary.refuse_name(reason),
            _ => self.summary.refuse(Some(reason)),
        }
    }

    /// A click on a button does what its key does, and one on what is focused already ticks it.
    fn mouse(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        if let Some(code) = self.buttons.at(mouse).filter(|_| mouse.kind == MouseKind::Down) {
            self.press(Key::plain(code), scene, acts);
            return Took::Yes;
        }
        let click = match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Simple) => self.simple.mouse(mouse),
            (Step::Permissions, Setup::Advanced) => self.advanced.mouse(mouse),
            (Step::Accounts, _) => self.accounts.mouse(mouse, &self.draft),
            (Step::Summary, _) if self.summary.mouse(mouse) => Click::Moved,
            (Step::Summary, _) => Click::Missed,
        };
        if click == Click::Again {
            self.press(Key::char(' '), scene, acts);
        }
        if click == Click::Missed { Took::No } else { Took::Yes }
    }

    /// Does what a key does.
    fn press(&mut self, key: Key, scene: &Scene, acts: &mut Acts) {
        let offers = self.offers(scene);
        match offer_for(&offers, key).map(|offer| (&offer.ready, offer.index)) {
            Some((Ready::No(why), _)) => acts.say(Tone::Note, why.clone()),
            Some((_, index)) => invoke(BINDINGS, self, index, scene, acts),
            None if key.code == Code::Esc => acts.push(Act::Back),
            None => {}
        }
    }
}

impl Layer for RoleWizard {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        self.title.clone()
    }

    fn look(&self) -> Look {
        Look::Wide
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if let Input::Mouse(mouse) = input {
            return self.mouse(mouse, scene, acts);
        }
        match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Simple) => match input {
                Input::Key(key) if self.simple.key(key) => Took::Yes,
                _ => Took::No,
            },
            (Step::Permissions, Setup::Advanced) => self.advanced.input(input),
            (Step::Accounts, _) => self.accounts.input(input, &scene.org, &self.draft),
            (Step::Summary, _) if self.waiting.is_some() => match input {
                Input::Key(key) if key.typed().is_none() => Took::No,
                _ => Took::Yes,
            },
            (Step::Summary, _) => match self.summary.input(input, &mut self.draft) {
                Response::Ignored => Took::No,
                Response::Changed => {
                    self.summary.refuse(None);
                    self.summary.judge_name(scene, &self.draft);
                    Took::Yes
                }
                Response::Taken | Response::Refused(_) | Response::Submitted => Took::Yes,
            },
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(_) => acts.close(),
            Err(trouble) => self.refused(&trouble),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        self.observe(scene);
    }

    fn in_hand(&self) -> Option<RoleInHand> {
        self.draft.differs_from(&self.began).then(|| self.draft.in_hand())
    }

    fn leave(&self) -> Leave {
        if !self.draft.differs_from(&self.began) {
            return Leave::Now;
        }
        Leave::Ask(match self.draft.purpose() {
            Purpose::Edit(_) => "The changes to this role are not saved and would be lost.".to_owned(),
            Purpose::Create | Purpose::Duplicate => {
                "The role is not created yet, and what you chose would be lost.".to_owned()
            }
        })
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let said = frame::said(&self.draft);
        let rooms = frame::rooms(area, &self.draft);
        frame::draw_steps(frame, rooms.steps, &self.draft, theme);
        let offers = self.offers(scene);
        self.buttons = frame::draw_foot(frame, rooms.foot, &offers, &said, theme);
        match (self.draft.step(), self.draft.setup()) {
            (Step::Permissions, Setup::Simple) => {
                frame::draw_setups(frame, rooms.about, &self.draft, theme);
                self.simple.draw(frame, rooms.body, &self.draft, &self.outlook, theme);
            }
            (Step::Permissions, Setup::Advanced) => {
                frame::draw_setups(frame, rooms.about, &self.draft, theme);
                self.advanced.draw(frame, rooms.body, &self.draft, &self.outlook, scene);
            }
            (Step::Accounts, _) => self.accounts.draw(frame, rooms.body, scene, &self.draft),
            (Step::Summary, _) => self.summary.draw(frame, rooms.body, scene),
        }
    }
}
