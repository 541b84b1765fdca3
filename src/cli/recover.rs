//! `rolodeck recover`: breaking the glass with the recovery code (decision 15 in the crate docs).
use std::io::Write;

use clap::Args as ClapArgs;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::sign_in::open;
use super::{Failure, ask, place::Place};
use crate::domain::address::EmailAddress;
use crate::domain::id::UserId;
use crate::domain::org::{Holder, Org};
use crate::domain::passphrase::accept;
use crate::ledger::passphrase::{Cost, hash};
use crate::ledger::rescue::{check_recovery_code, reset_owner, switch_four_eyes_off};
use crate::ledger::secrets::Secret;
use crate::outside::Outside;

/// What shall be done with the recovery code; asked for when neither is given.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// Switch four-eyes approvals off, in every area
    #[arg(long, conflicts_with = "reset_owner")]
    pub switch_four_eyes_off: bool,

    /// Give the Owner whose address is asked for a new passphrase
    #[arg(long)]
    pub reset_owner: bool,
}

/// One of the two things that the recovery code can do.
#[derive(Clone, Copy)]
enum Rescue {
    FourEyesOff,
    OwnerReset,
}

/// Asks who somebody is and for the recovery code, and does the one thing. Nobody signs in by it.
///
/// # Errors
/// When the code is wrong, the named user is no Owner, or there is nobody to ask.
pub fn run(wanted: &Wanted, place: &Place, outside: &Outside) -> Result<(), Failure> {
    let mut store = open(place)?;
    if store.org().is_sample() {
        let text = "A sample organization has no recovery code, and nobody can be locked out of it.".into();
        return Err(Failure::Usage { text, hint: "Open it without a command to look around in it.".into() });
    }
    introduce(&store.org())?;
    let address = ask::line("Your e-mail, as an Owner: ").ok_or_else(no_input)?;
    let code = ask::hidden("Recovery code: ").ok_or_else(no_input)?;
    let rescued = check_recovery_code(&mut store, outside, &Secret::from(code.as_str()))??;
    let rescue = wanted.choose()?;
    let org = store.org();
    let claimed = claimed(&org, &address);
    let called = |id| org.user(id).map(|user| user.name.to_string()).unwrap_or_default();
    let (done, next) = match rescue {
        Rescue::FourEyesOff => {
            let next = switch_four_eyes_off(&mut store, outside, rescued, claimed)??;
            ("Four-eyes approvals are off, in every area. Switching them on again takes effect at once.".into(), next)
        }
        Rescue::OwnerReset => {
            let passphrase = new_passphrase(&[&called(claimed), &address])?;
            let hash = hash(&Cost::recommended()?, &passphrase, &outside.bytes())?;
            let next = reset_owner(&mut store, outside, rescued, claimed, hash)??;
            (format!("{} has a new passphrase, and signs in with it from now on.", called(claimed)), next)
        }
    };
    report(&done, &called(claimed), &next)
}

impl Wanted {
    fn choose(&self) -> Result<Rescue, Failure> {
        match (self.switch_four_eyes_off, self.reset_owner) {
            (true, _) => return Ok(Rescue::FourEyesOff),
            (_, true) => return Ok(Rescue::OwnerReset),
            (false, false) => {}
        }
        match ask::line("1 or 2: ").ok_or_else(no_input)?.as_str() {
            "1" => Ok(Rescue::FourEyesOff),
            "2" => Ok(Rescue::OwnerReset),
            _ => Err(Failure::Usage {
                text: "That is neither 1 nor 2; nothing was done, and the recovery code still works.".into(),
                hint: "Start again, or name it with --switch-four-eyes-off or --reset-owner.".into(),
            }),
        }
    }
}

/// Says what can be done, before anything is asked.
fn introduce(org: &Org) -> Result<(), Failure> {
    let name = org.organization().map(|row| row.name.to_string()).unwrap_or_default();
    let text = format!(
        "With its recovery code, one of two things can be done in {name}:\n  \
         1  switch four-eyes approvals off, in every area\n  \
         2  give an Owner a new passphrase\n\
         Either is noted in the log, and every screen shows it until an Owner takes note. Nothing else can be done.\n"
    );
    std::io::stderr().lock().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
}

/// Whom the address belongs to. The address of nobody stands for a user who is not there: what is asked for is refused
/// then, with an entry like every refusal.
fn claimed(org: &Org, address: &str) -> UserId {
    let key = address.parse::<EmailAddress>().ok().map(|address| address.key());
    match key.and_then(|key| org.holder(&key)) {
        Some(Holder::User(user)) => user,
        Some(Holder::Invitation(_)) | None => UserId::from_uuid(Uuid::nil()),
    }
}

/// Asks twice. Who sits at a terminal is asked again until it is good.
fn new_passphrase(known: &[&str]) -> Result<Secret, Failure> {
    loop {
        let first = ask::hidden("New passphrase: ").ok_or_else(no_input)?;
        let failure = match accept(&first, known).map(Zeroizing::new) {
            Err(refusal) => refusal.into(),
            Ok(accepted) => {
                let again = ask::hidden("New passphrase, again: ").ok_or_else(no_input)?;
                if *again == *first {
                    return Ok(Secret::from(accepted.as_str()));
                }
                Failure::Usage {
                    text: "The two passphrases are not the same; nothing was done.".into(),
                    hint: "Type the same one twice.".into(),
                }
            }
        };
        if !ask::at_terminal() {
            return Err(failure);
        }
        eprintln!("{failure}");
    }
}

/// Prints what was done and the new recovery code, which is nowhere else.
fn report(done: &str, claimed: &str, next: &Secret) -> Result<(), Failure> {
    let code = String::from_utf8_lossy(next.bytes());
    let text = Zeroizing::new(format!(
        "{done}\nThis is in the log, and every screen shows it until an Owner takes note: another one than {claimed}, \
         where there is one.\n\nThe recovery code that you typed is dead. This is the new one; it is shown this \
         once:\n\n  {code}\n",
    ));
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::Usage {
        text: format!("It was done, and the new recovery code could not be shown: {error}."),
        hint: "Sign in and renew the recovery code under Organization.".into(),
    })
}

fn no_input() -> Failure {
    Failure::Usage {
        text: "Recovering needs an address and the recovery code, and there is nobody to ask.".into(),
        hint: "Run this in a terminal.".into(),
    }
}
