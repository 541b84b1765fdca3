//! Address and passphrase.
use jiff::{SignedDuration, Timestamp};

use super::ask::{self, Ask};
use crate::domain::refusal::Refusal;
use crate::engine::{Request, Trouble};
use crate::ledger::secrets::Secret;
use crate::tui::widget::form::Form;

/// Somebody who says who they are.
pub(super) struct SignIn {
    pub(super) form: Form<Ask>,
    /// Until when further tries at the address have to wait.
    paused: Option<Timestamp>,
}

impl SignIn {
    pub(super) fn new() -> Self {
        Self { form: ask::sign_in(), paused: None }
    }

    /// The proof to ask for; says at the field what is missing.
    pub(super) fn prove(&mut self) -> Option<(String, Secret)> {
        prove(&mut self.form)
    }

    /// Something else was typed.
    pub(super) const fn typed(&mut self) {
        self.paused = None;
    }

    /// The answer was no. What to say about it; nothing when it counts down by itself.
    pub(super) fn refused(&mut self, trouble: &Trouble) -> Option<String> {
        forget(&mut self.form);
        if let Trouble::Refused(Refusal::Paused { until }) = trouble {
            self.paused = Some(*until);
            return None;
        }
        Some(trouble.in_full())
    }

    /// How long to wait for the next try, in words.
    pub(super) fn pause(&self, now: Timestamp) -> Option<String> {
        let until = self.paused?;
        let left = until.duration_since(now);
        if left <= SignedDuration::ZERO {
            return Some("The pause is over: you can try again.".into());
        }
        Some(format!("Too many tries. The next one is possible in {}.", in_words(left)))
    }
}

/// What a form of address and passphrase holds; says at the field what is missing.
pub(super) fn prove(form: &mut Form<Ask>) -> Option<(String, Secret)> {
    let address = form.value(Ask::Address);
    let passphrase = form.get_field(Ask::Passphrase)?.secret();
    if passphrase.is_empty() {
        form.refuse(Ask::Passphrase, "Type your passphrase.");
    }
    if address.trim().is_empty() {
        form.refuse(Ask::Address, "Type your e-mail address.");
    }
    let complete = !passphrase.is_empty() && !address.trim().is_empty();
    complete.then(|| (address, Secret::from(passphrase.as_str())))
}

/// The request that logs somebody in for the first time.
pub(super) fn first(form: &mut Form<Ask>) -> Option<Request> {
    prove(form).map(|(address, passphrase)| Request::FirstSignIn { address, passphrase })
}

/// Empties the passphrase and gives it the keyboard.
pub(super) fn forget(form: &mut Form<Ask>) {
    if let Some(field) = form.field_mut(Ask::Passphrase) {
        field.set("");
    }
    form.focus(Ask::Passphrase);
}

/// `2 minutes 5 seconds`; what is begun counts as a whole second.
fn in_words(left: SignedDuration) -> String {
    let seconds = u64::try_from(left.as_millis()).unwrap_or(0).div_ceil(1000);
    let counted = |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match (seconds / 60, seconds % 60) {
        (0, seconds) => counted(seconds, "second"),
        (minutes, 0) => counted(minutes, "minute"),
        (minutes, seconds) => format!("{} {}", counted(minutes, "minute"), counted(seconds, "second")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_in_minutes_and_begun_seconds() {
        let words = |millis| in_words(SignedDuration::from_millis(millis));
        assert_eq!(words(1), "1 second");
        assert_eq!(words(29_500), "30 seconds");
        assert_eq!(words(60_000), "1 minute");
        assert_eq!(words(125_000), "2 minutes 5 seconds");
    }
}
