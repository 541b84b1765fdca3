//! Practising four-eyes in a sample: it is switched on, and other people ask for something.
use std::sync::Arc;

use crate::command::{
    AssignRoles, ChangeFourEyes, Command, EditOrganization, EditRole, InviteUsers, Invitee, Proposal, ReactivateUser,
};
use crate::domain::access::Person;
use crate::domain::id::{InvitationId, UserId};
use crate::domain::identity::same_person;
use crate::domain::name::{OrganizationName, PersonName};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::row::Difference;
use crate::domain::sample::practice::{ASSIGNED, INVITED, REACTIVATED, RENAMED, WIDENED};
use crate::domain::scope::Scope;
use crate::domain::security::Area;
use crate::domain::user::User;
use crate::ledger::actor::{Actor, Session};
use crate::ledger::run::{attempt, run};
use crate::ledger::secrets::Secrets;
use crate::ledger::signin;
use crate::ledger::store::Store;
use crate::outside::Outside;

use super::request::Trouble;

/// How many requests are filed at most.
const MOST: usize = 4;

/// Makes the command for whoever asks; none when the sample no longer has what it is about.
type Wish = fn(&Org, UserId, &Outside) -> Option<Command>;

/// What others could ask for; the first that are possible are filed.
const WISHES: [Wish; 5] = [invite, widen, reactivate, rename, assign];

/// Switches four-eyes on for what it protects, as this person, and files requests of other people that this person can
/// decide. Returns everything that changed.
pub(super) fn practise(store: &mut Store, outside: &Outside, session: &Session) -> Result<Difference, Trouble> {
    store.catch_up()?;
    let before = store.org();
    if !before.is_sample() {
        return Err(Refusal::Founding("Only a sample organization is there to practise in.").into());
    }
    let areas = Area::ALL.into_iter().filter(|area| area.protects()).collect();
    let on = Command::from(ChangeFourEyes { areas });
    let actor = Actor::Person(session.clone());
    // Whatever stands against switching on comes first; then it must be of use.
    let (after, _) = attempt(&before, outside.now(), &actor, &on)?;
    let planned = plan(&after, outside, session.person());
    if planned.is_empty() {
        return Err(Refusal::Founding("Nobody else here could ask for something that you may decide.").into());
    }
    run(store, outside, &actor, &on, &Secrets::none())?.done()?;
    for (requester, command) in planned {
        let proof = signin::look_through(store, outside, requester.user)??;
        let other = signin::enter(store, outside, &proof, requester.role)??;
        run(store, outside, &Actor::Person(other.clone()), &command, &Secrets::none())?.done()?;
        signin::leave(store, outside, &other)?;
    }
    Ok(Difference::between(&before, &store.org()))
}

/// Who asks for what, so that `me` can decide it. Those who asked for less come first.
fn plan(org: &Org, outside: &Outside, me: Person) -> Vec<(Person, Command)> {
    let mut planned: Vec<(Person, Command)> = Vec::new();
    for wish in WISHES {
        let asked = |person: &Person| planned.iter().filter(|(other, _)| other.user == person.user).count();
        let mut people = others(org, me);
        people.sort_by_key(asked);
        let able = people.into_iter().find_map(|person| {
            let command = wish(org, person.user, outside)?;
            let proposal = Proposal::new(org, person, command.clone()).ok()?;
            proposal.may_approve(org, me).ok().map(|()| (person, command))
        });
        planned.extend(able);
    }
    planned.truncate(MOST);
    planned
}

/// Everybody else in each of their roles.
fn others(org: &Org, me: Person) -> Vec<Person> {
    let users = org.users().values().filter(|user| user.is_active() && !same_person(org, user.id, me.user));
    users.flat_map(|user| user.roles.iter().map(|role| Person { user: user.id, role })).collect()
}

fn invite(org: &Org, by: UserId, outside: &Outside) -> Option<Command> {
    let (name, address, role) = INVITED;
    let at = outside.now();
    let invitee = Invitee {
        id: InvitationId::new(at, &outside.seed()),
        address: address.parse().ok()?,
        name: Some(PersonName::new(name).ok()?),
    };
    let roles = [role_named(org, role)?.id].into_iter().collect();
    Some(InviteUsers { by, at, roles, people: vec![invitee] }.into())
}

fn widen(org: &Org, _: UserId, _: &Outside) -> Option<Command> {
    let (role, entity) = WIDENED;
    let role = role_named(org, role)?;
    let Scope::Chosen { mut entities, accounts } = Scope::clone(&role.scope) else { return None };
    entities.insert(org.entities().values().find(|other| other.name.as_str() == entity)?.id);
    let scope = Scope::Chosen { entities, accounts };
    Some(EditRole { role: role.id, name: role.name.clone(), grants: role.grants.clone(), scope }.into())
}

fn reactivate(org: &Org, _: UserId, _: &Outside) -> Option<Command> {
    Some(ReactivateUser { user: user_named(org, REACTIVATED)?.id }.into())
}

fn rename(org: &Org, _: UserId, _: &Outside) -> Option<Command> {
    let domains = org.organization()?.domains.clone();
    Some(EditOrganization { name: OrganizationName::new(RENAMED).ok()?, domains }.into())
}

fn assign(org: &Org, _: UserId, _: &Outside) -> Option<Command> {
    let (user, role) = ASSIGNED;
    let roles = [role_named(org, role)?.id].into_iter().collect();
    Some(AssignRoles { user: user_named(org, user)?.id, roles }.into())
}

fn role_named<'a>(org: &'a Org, name: &str) -> Option<&'a Role> {
    org.active_roles().find(|role| role.name.as_str() == name)
}

fn user_named<'a>(org: &'a Org, name: &str) -> Option<&'a User> {
    org.users().values().map(Arc::as_ref).find(|user| user.name.as_str() == name)
}
