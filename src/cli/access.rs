//! `rolodeck access`: who could do what on which account, and by which role; now or at any moment.
use std::io::Write;

use clap::Args as ClapArgs;

use super::answer::{Asked, as_json, as_text};
use super::as_of::{AsOf, At};
use super::json::escaped;
use super::sign_in::{open, sign_in};
use super::{Failure, Surroundings, place::Place};
use crate::domain::access::{Decision, Need, Person, decide};
use crate::domain::find::{self, NotFound};
use crate::domain::holders::{Question, holdings, holds_on_accounts};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::outside::Outside;

/// Whose access is wanted, to what.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// On this account: its name, identifier or id
    #[arg(long)]
    account: Option<String>,
    /// Only this permission, like credit_transfers:create
    #[arg(long)]
    permission: Option<String>,
    /// Only this person: address, name or id
    #[arg(long)]
    person: Option<String>,
    #[command(flatten)]
    at: At,
    /// As a JSON object
    #[arg(long)]
    json: bool,
}

/// Signs in and prints who could do what.
///
/// # Errors
/// When the role may not see members and roles, when a name means nothing or several things, or when the file or the
/// output stands in the way.
pub fn run(wanted: &Wanted, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let when = wanted.at.when(place, outside)?;
    let permission = wanted.permission.as_deref().map(known_permission).transpose()?;
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    let now = store.org();
    // What may be read is decided by the present, whatever moment it is about.
    may_read(&now, session.person())?;
    let as_of = when.look_up(&store, outside)?;
    let user = wanted.person.as_deref().map(|typed| {
        let found = then_or_now(&as_of, &now, |org| find::person(org, typed))?;
        as_of.org.user(found).ok_or_else(|| not_yet(typed, &as_of))?;
        Ok::<_, Failure>(found)
    });
    let account = wanted.account.as_deref().map(|typed| {
        let found = then_or_now(&as_of, &now, |org| find::account(org, typed))?;
        as_of.org.account(found).ok_or_else(|| not_yet(typed, &as_of))?;
        Ok::<_, Failure>(found)
    });
    let question = Question { user: user.transpose()?, permission, account: account.transpose()? };
    if let (Some(permission), Some(_)) = (permission, question.account)
        && !holds_on_accounts(permission)
    {
        return Err(Failure::Usage {
            text: format!("{permission} holds for the organization and not for single accounts."),
            hint: "Leave --account out.".into(),
        });
    }
    let asked = Asked { as_of: &as_of, question, holdings: &holdings(&as_of.org, question) };
    let text = if wanted.json { format!("{}\n", escaped(&as_json(&asked).to_string())) } else { as_text(&asked) };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

/// Whether somebody may see who the members are and what their roles permit.
///
/// # Errors
/// When they may not.
pub fn may_read(org: &Org, who: Person) -> Result<(), Failure> {
    for permission in [Permission::MEMBERSHIPS_READ, Permission::ROLES_READ] {
        if let Decision::Deny(denial) = decide(org, who, Need::organization(permission)) {
            return Err(Refusal::denied(org, denial).into());
        }
    }
    Ok(())
}

fn known_permission(typed: &str) -> Result<Permission, Failure> {
    typed.trim().parse().map_err(|error| Failure::Usage {
        text: format!("--permission {typed}: {error}."),
        hint: "rolodeck catalogue lists them; write resource:level, like credit_transfers:create.".into(),
    })
}

/// What is meant by a name of that time, or by one of today.
fn then_or_now<T>(as_of: &AsOf, now: &Org, find: impl Fn(&Org) -> Result<T, NotFound>) -> Result<T, Failure> {
    let found = match find(&as_of.org) {
        Err(then @ NotFound::Nothing { .. }) => find(now).map_err(|_| then),
        found => found,
    };
    found.map_err(|error| Failure::Usage { text: format!("{error}."), hint: error.hint() })
}

fn not_yet(typed: &str, as_of: &AsOf) -> Failure {
    Failure::Usage {
        text: format!("“{typed}” was not there on {}.", as_of.in_words()),
        hint: "Ask for a later moment.".into(),
    }
}
