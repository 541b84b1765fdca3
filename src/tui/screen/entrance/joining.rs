//! Accepting an invitation.
use super::ask::{self, Ask};
use super::new_passphrase::{checked, known_words, show_strength};
use crate::domain::address::EmailAddress;
use crate::domain::name::PersonName;
use crate::domain::refusal::Few;
use crate::domain::text::Shown;
use crate::engine::Request;
use crate::ledger::secrets::Secret;
use crate::tui::theme::Theme;
use crate::tui::widget::form::Form;

/// What an invitation's code opens.
struct Opened {
    code: Secret,
    address: EmailAddress,
    roles: Vec<String>,
}

/// Somebody with an invitation.
pub(super) struct Joining {
    pub(super) code: Form<Ask>,
    pub(super) person: Form<Ask>,
    opened: Option<Opened>,
}

impl Joining {
    pub(super) fn new() -> Self {
        Self { code: ask::code("as it stands in the message"), person: ask::joining(), opened: None }
    }

    /// Whether something would be lost.
    pub(super) fn is_begun(&self) -> bool {
        let typed = |ask| self.person.get_field(ask).is_some_and(|field| !field.is_empty());
        [Ask::Passphrase, Ask::Again].into_iter().any(typed)
    }

    /// Asks what the code opens.
    pub(super) fn check(&mut self) -> Option<Request> {
        let code = self.code.value(Ask::Code);
        if code.trim().is_empty() {
            self.code.refuse(Ask::Code, "Type or paste the code from your invitation.");
            return None;
        }
        Some(Request::CheckCode { code: Secret::from(code.as_str()) })
    }

    /// The code opens an invitation. Another person's passphrase is not kept.
    pub(super) fn opened(&mut self, address: EmailAddress, name: Option<&PersonName>, roles: Vec<String>) {
        let code = Secret::from(self.code.value(Ask::Code).as_str());
        if self.opened.as_ref().is_none_or(|opened| opened.address != address) {
            self.person = ask::joining();
            if let (Some(name), Some(field)) = (name, self.person.field_mut(Ask::Name)) {
                field.set(name.as_str());
            }
        }
        self.opened = Some(Opened { code, address, roles });
    }

    fn known(&self) -> Vec<String> {
        let address = self.opened.as_ref().map_or("", |opened| opened.address.as_str());
        known_words(&self.person.value(Ask::Name), address)
    }

    /// Shows how strong the new passphrase is.
    pub(super) fn typed(&mut self, theme: &Theme) {
        let known = self.known();
        show_strength(&mut self.person, &known, theme);
    }

    /// Asks to sign up, when all is right; else says at every field what is wrong.
    pub(super) fn accept(&mut self) -> Option<Request> {
        let known = self.known();
        let code = self.opened.as_ref()?.code.clone();
        let name = self.person.value(Ask::Name).parse::<PersonName>();
        let passphrase = checked(&mut self.person, &known);
        if let Err(error) = &name {
            self.person.refuse(Ask::Name, error.to_string());
        }
        Some(Request::Accept { code, name: name.ok()?, passphrase: passphrase? })
    }

    /// Whose invitation it is, and to what.
    pub(super) fn in_words(&self) -> String {
        let Some(opened) = &self.opened else { return String::new() };
        let roles: Few = opened.roles.iter().map(|role| format!("“{}”", Shown::new(role))).collect();
        let noun = if roles.total() == 1 { "the role" } else { "the roles" };
        format!("{} is invited, with {noun} {roles}. This address is what you will sign in with.", opened.address)
    }
}
