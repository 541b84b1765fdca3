//! Provisioning accounts, one after another, with who will see them.
use ratatui::text::Line;

use super::known::Known;
use super::search::Search;
use super::sight::Sight;
use super::targets::{Offered, Targets, Top};
use crate::command::ProvisionAccount;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::name::{AccountIdentifier, AccountName, Currency};
use crate::domain::permission::Permission;
use crate::domain::refusal::{Named, Refusal};
use crate::domain::row::Kind;
use crate::domain::scope::Place;
use crate::engine::Ticket;
use crate::tui::acts::{Acts, Tone};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;
use crate::tui::widget::response::Response;

/// The questions about an account, the entity excepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// How its people call it.
    Name,
    /// Its currency.
    Currency,
    /// Its IBAN or identifier.
    Identifier,
}

/// What has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The line with the entity.
    Entity,
    /// The tree to choose an entity from.
    Tree,
    /// The questions.
    Form,
}

/// The form for accounts.
pub(super) struct Provision {
    pub(super) entity: Option<EntityId>,
    /// What is wrong with the entity.
    pub(super) problem: Option<String>,
    pub(super) form: Form<Ask>,
    pub(super) targets: Targets,
    pub(super) search: Search,
    pub(super) part: Part,
    known: Known,
    sight: Sight,
    /// Who will see the account.
    pub(super) outlook: Vec<String>,
    /// Names of the accounts that were provisioned here, as they may be shown.
    pub(super) made: Vec<String>,
    pub(super) waiting: Option<(Ticket, String)>,
}

impl Provision {
    /// Asks for accounts of the focused entity, or of one to be chosen.
    pub fn new(focused: Option<EntityId>, scene: &Scene) -> Self {
        let offered = Offered { permission: Permission::ACCOUNTS_CREATE, top: Top::None, without: None, now: None };
        let targets = Targets::new(scene, offered, focused);
        let entity = focused.filter(|_| targets.ready(scene) == Ready::Yes);
        let form = Form::new()
            .field(Ask::Name, Field::line("Name").placeholder("for example Supplier payments"))
            .field(Ask::Currency, Field::line("Currency").placeholder("three letters, for example EUR").limit(40))
            .field(
                Ask::Identifier,
                Field::line("IBAN or identifier").placeholder("an IBAN, an account number, a wallet address"),
            );
        Self {
            entity,
            problem: None,
            form,
            targets,
            search: Search::new("name of an entity"),
            part: if entity.is_some() { Part::Form } else { Part::Tree },
            known: Known::default(),
            sight: Sight::of(scene),
            outlook: Vec::new(),
            made: Vec::new(),
            waiting: None,
        }
    }

    /// As the organization is now.
    pub(super) fn renew(&mut self, scene: &Scene) {
        if !self.known.renew(scene) {
            return;
        }
        self.entity = self.entity.filter(|id| scene.org.entity(*id).is_some());
        self.sight = Sight::of(scene);
        self.targets.renew(scene);
        self.targets.filter(self.search.wanted().as_deref(), &scene.org);
        self.foresee(scene);
    }

    /// Says who will see an account of the entity: of the one that the keyboard is on while one is being chosen.
    pub(super) fn foresee(&mut self, scene: &Scene) {
        let entity = if self.part == Part::Tree { self.targets.selected().flatten() } else { self.entity };
        self.outlook = match entity {
            Some(entity) => self.sight.of_new(&scene.org, Place::Entity(entity)),
            None => Vec::new(),
        };
    }

    /// Opens the tree.
    pub(super) fn choose(&mut self, scene: &Scene) {
        self.part = Part::Tree;
        if self.entity.is_some() {
            self.targets.select(self.entity);
        }
        self.foresee(scene);
    }

    /// Takes the entity that the keyboard is on.
    pub(super) fn take(&mut self, scene: &Scene) {
        self.entity = self.targets.selected().flatten();
        self.problem = None;
        self.leave_tree(scene);
        self.part = Part::Form;
        self.form.focus_first();
    }

    /// Closes the tree; the entity stays what it was.
    pub(super) fn leave_tree(&mut self, scene: &Scene) {
        self.search.clear();
        self.targets.filter(None, &scene.org);
        self.part = Part::Entity;
        self.foresee(scene);
    }

    /// What the answers so far mean, below their fields.
    fn explain(&mut self, theme: &Theme) {
        let currency = Currency::new(&self.form.value(Ask::Currency)).ok();
        let hint = currency.map(|currency| Line::styled(currency.name().to_owned(), theme.muted));
        if let Some(field) = self.form.field_mut(Ask::Currency) {
            field.set_hint(hint);
        }
        let typed = self.form.value(Ask::Identifier);
        let hint = match AccountIdentifier::new(&typed) {
            _ if typed.trim().is_empty() => None,
            Ok(found) if found.is_iban() => Some(Line::styled("An IBAN; its check digits fit.", theme.ok)),
            Ok(_) => Some(Line::styled("Not an IBAN; taken as it is.", theme.muted)),
            Err(error) => Some(Line::styled(error.to_string(), theme.warning)),
        };
        if let Some(field) = self.form.field_mut(Ask::Identifier) {
            field.set_hint(hint);
        }
    }

    /// Goes on after a key in the questions; whether it was used.
    pub(super) fn answer(&mut self, response: Response, scene: &Scene, acts: &mut Acts) -> bool {
        match response {
            Response::Ignored => return false,
            Response::Refused(why) => acts.say(Tone::Note, why),
            Response::Submitted => self.submit(scene, acts),
            Response::Changed => self.explain(&scene.theme),
            Response::Taken => {}
        }
        true
    }

    /// Everything that is wrong is said where it is; the first of it gets the keyboard.
    fn command(&mut self, scene: &Scene) -> Option<ProvisionAccount> {
        let identifier = AccountIdentifier::new(&self.form.value(Ask::Identifier));
        let currency = Currency::new(&self.form.value(Ask::Currency));
        let name = AccountName::new(&self.form.value(Ask::Name));
        if let Err(error) = &identifier {
            self.form.refuse(Ask::Identifier, error.to_string());
        }
        if let Err(error) = &currency {
            self.form.refuse(Ask::Currency, error.to_string());
        }
        if let Err(error) = &name {
            self.form.refuse(Ask::Name, error.to_string());
        }
        if self.entity.is_none() {
            self.problem = Some("Choose the entity that owns the account.".into());
            self.part = Part::Entity;
        }
        Some(ProvisionAccount {
            account: AccountId::new(scene.outside.now(), &scene.outside.seed()),
            entity: self.entity?,
            name: name.ok()?,
            currency: currency.ok()?,
            identifier: identifier.ok()?,
        })
    }

    pub(super) fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(command) = self.command(scene) else { return };
        let name = command.name.to_string();
        let done = format!("“{name}” was provisioned. Type the next one, or press Esc.");
        self.waiting = acts.run(scene, command, done).map(|ticket| (ticket, name));
    }

    /// After a success: ready for the next account of the same entity and currency.
    pub(super) fn made(&mut self, name: String, theme: &Theme) {
        self.made.push(name);
        for ask in [Ask::Name, Ask::Identifier] {
            if let Some(field) = self.form.field_mut(ask) {
                field.set("");
            }
        }
        self.explain(theme);
        self.form.focus(Ask::Name);
        self.part = Part::Form;
    }

    /// After a refusal: says it where it belongs; gives it back where that is nowhere here.
    pub(super) fn refused(&mut self, refusal: Refusal) -> Option<Refusal> {
        let text = format!("{refusal} {}", refusal.hint());
        match refusal {
            Refusal::NameTaken { named: Named::Account, .. } => {
                self.part = Part::Form;
                self.form.refuse(Ask::Identifier, text);
            }
            Refusal::NotAllowed { .. } | Refusal::Gone(Kind::Entity) => {
                self.part = Part::Entity;
                self.problem = Some(text);
            }
            other => return Some(other),
        }
        None
    }

    /// Whether something was typed that would be lost.
    pub(super) fn has_draft(&self) -> bool {
        [Ask::Name, Ask::Identifier].iter().any(|ask| !self.form.value(*ask).trim().is_empty())
    }
}
