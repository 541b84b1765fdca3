//! What the forms ask for.
use crate::domain::passphrase::SHORTEST;
use crate::tui::widget::choice::{Choice, Choosable, Pick};
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;

/// A question of one of the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::screen) enum Ask {
    /// What the person is called.
    Name,
    /// Their e-mail address.
    Address,
    /// The passphrase so far.
    Current,
    /// A passphrase; in forms that also ask for it again, a new one.
    Passphrase,
    /// The new passphrase once more.
    Again,
    /// A code out of a message.
    Code,
    /// What the organization is called.
    Organization,
    /// Real or sample.
    Nature,
}

/// What stands in an empty field for an address.
const EXAMPLE: &str = "name@example.com";

/// *Create New Account.*
pub(super) fn account() -> Form<Ask> {
    let address = Field::line("E-mail").placeholder(EXAMPLE);
    with_new_passphrase(Form::new().field(Ask::Name, Field::line("Name")).field(Ask::Address, address))
}

/// An address and a passphrase.
pub(super) fn sign_in() -> Form<Ask> {
    let address = Field::line("E-mail").placeholder(EXAMPLE);
    Form::new().field(Ask::Address, address).field(Ask::Passphrase, Field::passphrase("Passphrase"))
}

/// A code out of a message.
pub(super) fn code(placeholder: &'static str) -> Form<Ask> {
    Form::new().field(Ask::Code, Field::line("Code").placeholder(placeholder))
}

/// The organization's name.
pub(super) fn organization() -> Form<Ask> {
    Form::new().field(Ask::Organization, Field::line("Organization name"))
}

/// Real or sample, in the documentation's words.
pub(super) fn nature() -> Form<Ask> {
    let options = ["Start Fresh - No accounts or test data", "Explore with a sample organization"];
    let choice = Choice::new(Pick::One, options.map(Choosable::new)).with(0);
    Form::new().choice(Ask::Nature, "Begin with", choice)
}

/// Who accepts an invitation.
pub(super) fn joining() -> Form<Ask> {
    with_new_passphrase(Form::new().field(Ask::Name, Field::line("Name")))
}

/// Adds a new passphrase, typed twice.
pub(in crate::tui::screen) fn with_new_passphrase(form: Form<Ask>) -> Form<Ask> {
    let mut first = Field::passphrase("New passphrase");
    first.set_hint(Some(format!("At least {SHORTEST} characters; use several words.").into()));
    form.field(Ask::Passphrase, first).field(Ask::Again, Field::passphrase("The same again"))
}
