//! Signing in on the command line, with the same proof as on the screen.
use super::{Failure, Surroundings, ask, place::Place};
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::ledger::actor::Session;
use crate::ledger::passphrase::Cost;
use crate::ledger::secrets::Secret;
use crate::ledger::signin::{self, Proof};
use crate::ledger::store::Store;
use crate::outside::Outside;

/// Opens the organization that is meant.
///
/// # Errors
/// When there is none, or it cannot be opened.
pub fn open(place: &Place) -> Result<Store, Failure> {
    let Some(path) = place.file()? else {
        let text = "There is no organization on this machine yet.".into();
        return Err(Failure::Usage { text, hint: "Start rolodeck without a command to set one up.".into() });
    };
    let store = Store::open(&path)?;
    if store.org().organization().is_none() {
        let text = format!("There is no organization in {} yet.", path.display());
        return Err(Failure::Usage { text, hint: "Start rolodeck without a command to set one up.".into() });
    }
    Ok(store)
}

/// Asks for address, passphrase and, where there are several, the role. Nothing is asked in a sample.
///
/// # Errors
/// When the answers do not fit, or there is nobody to ask.
pub fn sign_in(store: &mut Store, outside: &Outside, _: &Surroundings) -> Result<Session, Failure> {
    let (proof, role) = if store.org().is_sample() {
        sample_owner(store, outside)?
    } else {
        let proof = prove(store, outside)?;
        let role = choose_role(&store.org(), &proof)?;
        (proof, role)
    };
    Ok(signin::enter(store, outside, &proof, role)??)
}

/// An Owner of the sample, as Owner.
fn sample_owner(store: &mut Store, outside: &Outside) -> Result<(Proof, RoleId), Failure> {
    let org = store.org();
    let owner = org.owner_role().and_then(|role| Some((org.holders(role.id).next()?.id, role.id)));
    let Some((user, role)) = owner else { return Err(no_input()) };
    Ok((signin::look_through(store, outside, user)??, role))
}

fn prove(store: &mut Store, outside: &Outside) -> Result<Proof, Failure> {
    let address = ask::line("E-mail: ").ok_or_else(no_input)?;
    let typed = ask::hidden("Passphrase: ").ok_or_else(no_input)?;
    Ok(signin::prove(store, outside, &Cost::recommended()?, &address, &Secret::from(typed.as_str()))??)
}

fn choose_role(org: &Org, proof: &Proof) -> Result<RoleId, Failure> {
    let roles: Vec<_> = org.user(proof.user()).map(|user| user.roles.iter().collect()).unwrap_or_default();
    if let [only] = roles.as_slice() {
        return Ok(*only);
    }
    for (n, role) in roles.iter().filter_map(|id| org.role(*id)).enumerate() {
        eprintln!("{}  {}", n + 1, role.name);
    }
    let number: usize = ask::line("Role (number): ").ok_or_else(no_input)?.parse().unwrap_or(0);
    let chosen = number.checked_sub(1).and_then(|n| roles.get(n)).copied();
    chosen.ok_or_else(|| Failure::Usage {
        text: "There is no role with that number.".into(),
        hint: "Type the number in front of the role to act in.".into(),
    })
}

fn no_input() -> Failure {
    Failure::Usage {
        text: "Signing in needs an address and a passphrase, and there is nobody to ask.".into(),
        hint: "Run this in a terminal.".into(),
    }
}
