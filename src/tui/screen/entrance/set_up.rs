//! The set-up: from a new account to an organization. What was typed stays until it is done.
use ratatui::text::Line;

use super::ask::{self, Ask};
use super::new_passphrase::{checked, known_words, show_strength};
use super::step::Step;
use crate::domain::address::EmailAddress;
use crate::domain::name::{NameError, OrganizationName, PersonName};
use crate::domain::organization::Nature;
use crate::engine::Request;
use crate::ledger::secrets::Secret;
use crate::tui::theme::Theme;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::form::Form;

/// Digits of the code.
const DIGITS: usize = 6;

/// Where the code went.
pub(super) struct Sent {
    /// In words.
    pub(super) route: String,
    /// Whether it can be read here.
    pub(super) readable: bool,
}

/// Everything that the set-up was told so far.
pub(super) struct SetUp {
    /// Where it was left, to go on there.
    pub(super) at: Step,
    pub(super) account: Form<Ask>,
    pub(super) code: Form<Ask>,
    pub(super) log_in: Form<Ask>,
    pub(super) name: Form<Ask>,
    pub(super) nature: Form<Ask>,
    pub(super) sent: Option<Sent>,
}

impl SetUp {
    pub(super) fn new() -> Self {
        Self {
            at: Step::Account,
            account: ask::account(),
            code: ask::code("six digits"),
            log_in: ask::sign_in(),
            name: ask::organization(),
            nature: ask::nature(),
            sent: None,
        }
    }

    /// Whether something would be lost.
    pub(super) fn is_begun(&self) -> bool {
        let typed = |ask| self.account.get_field(ask).is_some_and(|field| !field.is_empty());
        self.at != Step::Account || [Ask::Name, Ask::Address, Ask::Passphrase, Ask::Again].into_iter().any(typed)
    }

    fn known(&self) -> Vec<String> {
        known_words(&self.account.value(Ask::Name), &self.account.value(Ask::Address))
    }

    /// Shows how strong the new passphrase is.
    pub(super) fn typed(&mut self, theme: &Theme) {
        let known = self.known();
        show_strength(&mut self.account, &known, theme);
    }

    /// Asks for the account, when all of it is right; else says at every field what is wrong.
    pub(super) fn create(&mut self) -> Option<Request> {
        let known = self.known();
        let name = self.account.value(Ask::Name).parse::<PersonName>();
        let address = self.account.value(Ask::Address).parse::<EmailAddress>();
        let passphrase = checked(&mut self.account, &known);
        if let Err(error) = &address {
            self.account.refuse(Ask::Address, error.to_string());
        }
        if let Err(error) = &name {
            self.account.refuse(Ask::Name, error.to_string());
        }
        Some(Request::CreateAccount { name: name.ok()?, address: address.ok()?, passphrase: passphrase? })
    }

    /// A code went out.
    pub(super) fn sent(&mut self, route: String, readable: bool) {
        self.sent = Some(Sent { route, readable });
        self.code = ask::code("six digits");
        self.at = Step::Verify;
    }

    /// Asks to check the six digits. What cannot be a code does not cost a try.
    pub(super) fn verify(&mut self) -> Option<Request> {
        let code: String = self.code.value(Ask::Code).chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            self.code.refuse(Ask::Code, "The code in the message has six digits.");
            return None;
        }
        Some(Request::VerifyAddress { code: Secret::from(code.as_str()) })
    }

    /// The address is the person's own.
    pub(super) fn verified(&mut self) {
        self.log_in = ask::sign_in();
        if let Some(field) = self.log_in.field_mut(Ask::Address) {
            field.set(&self.account.value(Ask::Address));
        }
        self.log_in.focus(Ask::Passphrase);
        self.at = Step::LogIn;
    }

    /// Asks for the name, when it can be one.
    pub(super) fn named(&mut self) -> Option<OrganizationName> {
        let name: Result<_, NameError> = self.name.value(Ask::Organization).parse();
        match name {
            Ok(name) => Some(name),
            Err(error) => {
                self.name.refuse(Ask::Organization, error.to_string());
                None
            }
        }
    }

    /// What the keyboard is on: real or sample.
    pub(super) fn nature(&self) -> Nature {
        match self.nature.get_choice(Ask::Nature).and_then(Choice::selected) {
            Some(1) => Nature::Sample,
            _ => Nature::Real,
        }
    }

    /// Asks for the organization, as named and chosen.
    pub(super) fn found(&mut self) -> Option<Request> {
        let nature = self.nature();
        self.named().map(|organization| Request::Found { organization, nature })
    }

    /// Where the code went, in sentences.
    pub(super) fn route_in_words(&self) -> Vec<Line<'static>> {
        let Some(sent) = &self.sent else { return Vec::new() };
        vec![
            Line::from(format!("A message with a six-digit code for {} went to {}.", self.address(), sent.route)),
            Line::from("The code works for 15 minutes; five wrong tries end it."),
        ]
    }

    fn address(&self) -> String {
        self.account.value(Ask::Address).parse::<EmailAddress>().map(|address| address.to_string()).unwrap_or_default()
    }
}
