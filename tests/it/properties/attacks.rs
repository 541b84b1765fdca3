//! What was tried against the rules by hand, each as short as it gets.
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::*;
use rolodeck::domain::id::{AccountId, EntityId, InvitationId, RoleId};
use rolodeck::domain::name::AccountIdentifier;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::row::Difference;
use rolodeck::domain::scope::Scope;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{DeliveryState, Store};
use rolodeck::outside::Outside;

use super::company::{advanced, chosen, company};
use crate::desk::Weather;

/// The company, and a word for everybody in it.
struct Scene {
    weather: Weather,
    outside: Outside,
    store: Store,
}

impl Scene {
    fn new() -> Self {
        let weather = Weather::new();
        let outside = weather.outside();
        let mut store = Store::in_memory(Nature::Sample).unwrap();
        let org = company(&outside, Nature::Sample);
        let creator = *org.users().keys().next().unwrap();
        signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
        Self { weather, outside, store }
    }

    fn org(&self) -> std::sync::Arc<Org> {
        self.store.org()
    }

    fn role(&self, name: &str) -> RoleId {
        self.org().active_roles().find(|role| role.name.as_str() == name).unwrap().id
    }

    fn entity(&self, name: &str) -> EntityId {
        self.org().entities().values().find(|entity| entity.name.as_str() == name).unwrap().id
    }

    fn account(&self, name: &str) -> AccountId {
        self.org().accounts().values().find(|account| account.name.as_str() == name).unwrap().id
    }

    fn invitation(&self, name: &str) -> InvitationId {
        self.org().invitations().values().find(|open| open.address.local() == name).unwrap().id
    }

    fn session(&mut self, user: &str, role: &str) -> Session {
        let user = self.org().users().values().find(|known| known.name.as_str() == user).unwrap().id;
        let role = self.role(role);
        let proof = signin::look_through(&mut self.store, &self.outside, user).unwrap().unwrap();
        signin::enter(&mut self.store, &self.outside, &proof, role).unwrap().unwrap()
    }

    fn run(&mut self, session: &Session, command: impl Into<Command>) -> Result<Difference, Refusal> {
        let actor = Actor::Person(session.clone());
        run(&mut self.store, &self.outside, &actor, &command.into(), &Secrets::none()).unwrap().done()
    }

    fn at(&self) -> Timestamp {
        self.outside.now()
    }
}

fn only<T: Ord>(one: T) -> BTreeSet<T> {
    BTreeSet::from([one])
}

#[test]
fn a_code_that_opens_the_owner_role_is_shown_to_owners_alone() {
    let mut scene = Scene::new();
    let admin = scene.session("cy", "Administrator");
    let look = LookAtCode { invitation: scene.invitation("ida"), by: admin.person().user };
    assert_eq!(scene.run(&admin, look), Err(Refusal::OwnersOnly));
    let local = scene.session("di", "North office");
    let look = LookAtCode { invitation: scene.invitation("jo"), by: local.person().user };
    assert!(matches!(scene.run(&local, look), Err(Refusal::Administration { .. })));
    let look = LookAtCode { invitation: scene.invitation("hal"), by: admin.person().user };
    assert!(scene.run(&admin, look).is_ok());
}

#[test]
fn creating_never_writes_over_what_is_there() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let (at, by) = (scene.at(), owner.person().user);
    let (group, south) = (scene.entity("Hollin Group"), scene.entity("Hollin South"));
    let address = |text: &str| text.parse().unwrap();
    let invitee = |id, text: &str| Invitee { id, address: address(text), name: None };
    let roles = || [scene.role("Reader")].into_iter().collect();
    let (hal, fresh) = (scene.invitation("hal"), InvitationId::new(at, &[1; 10]));
    let commands: [Command; 5] = [
        CreateEntity { entity: group, name: "New".parse().unwrap(), parent: Some(south) }.into(),
        ProvisionAccount {
            account: scene.account("TILL-1"),
            entity: south,
            name: "New".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            identifier: AccountIdentifier::new("TILL-9").unwrap(),
        }
        .into(),
        CreateRole {
            role: scene.role("Reader"),
            name: "New".parse().unwrap(),
            grants: advanced(&["credit_transfers:create"]),
            scope: Scope::AllFuture,
            at,
        }
        .into(),
        InviteUsers { by, at, roles: roles(), people: vec![invitee(hal, "new@hollin.example.com")] }.into(),
        InviteUsers {
            by,
            at,
            roles: roles(),
            people: vec![invitee(fresh, "new@hollin.example.com"), invitee(fresh, "too@hollin.example.com")],
        }
        .into(),
    ];
    for command in commands {
        let name = command.change().name();
        let refused = scene.run(&owner, command).err().unwrap_or_else(|| panic!("{name} was done"));
        assert_eq!(refused.code(), "id_taken", "{name}");
    }
}

#[test]
fn a_deleted_role_does_not_come_back_under_its_id() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let role = scene.role("Spare");
    scene.run(&owner, DeleteRole { role }).unwrap();
    let again = CreateRole {
        role,
        name: "Spare".parse().unwrap(),
        grants: advanced(&["credit_transfers:create"]),
        scope: Scope::AllFuture,
        at: scene.at(),
    };
    assert_eq!(scene.run(&owner, again).unwrap_err().code(), "id_taken");
}

#[test]
fn an_account_does_not_come_into_reach_by_ignoring_it_on_the_way() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let both = advanced(&["accounts:create", "accounts:update"]);
    let keeper = CreateRole {
        role: RoleId::new(scene.at(), &[3; 10]),
        name: "Keeper".parse().unwrap(),
        grants: both,
        scope: Scope::AllFuture,
        at: scene.at(),
    };
    let role = keeper.role;
    scene.run(&owner, keeper).unwrap();
    // Ed can pay from the south already.
    let ed = scene.session("ed", "Mover").person().user;
    scene.run(&owner, AssignRoles { user: ed, roles: [role].into_iter().collect() }).unwrap();
    let ed = scene.session("ed", "Keeper");
    let (account, south) = (scene.account("TILL-4"), scene.entity("Hollin South"));
    assert_eq!(scene.run(&ed, MoveAccount { account, entity: south }), Err(Refusal::OwnAccess));
    scene.run(&ed, IgnoreAccount { account }).unwrap();
    assert_eq!(scene.run(&ed, MoveAccount { account, entity: south }), Err(Refusal::OwnAccess));
    scene.run(&ed, ProvisionAgain { account }).unwrap();
}

#[test]
fn moving_an_entity_hands_nobody_administration_that_the_mover_lacks() {
    let mut scene = Scene::new();
    let mover = scene.session("ed", "Mover");
    // Di may create accounts and entities in the north; Ed may not.
    let into = MoveEntity { entity: scene.entity("Hollin Lone"), parent: Some(scene.entity("Hollin North")) };
    assert_eq!(scene.run(&mover, into.clone()).unwrap_err().code(), "administration");
    let owner = scene.session("ada", "Owner");
    scene.run(&owner, into).unwrap();
}

#[test]
fn moving_an_account_hands_nobody_administration_that_the_mover_lacks() {
    let mut scene = Scene::new();
    let mover = scene.session("ed", "Mover");
    let into = MoveAccount { account: scene.account("TILL-4"), entity: scene.entity("Hollin North") };
    assert_eq!(scene.run(&mover, into.clone()).unwrap_err().code(), "administration");
    let owner = scene.session("ada", "Owner");
    scene.run(&owner, into).unwrap();
}

#[test]
fn a_wider_scope_hands_nobody_administration_where_the_editor_lacks_it() {
    let mut scene = Scene::new();
    let local = scene.session("di", "North office");
    let desk = scene.org().role(scene.role("South desk")).unwrap().clone();
    let (north, lone, foreign) = (scene.entity("Hollin North"), scene.entity("Hollin Lone"), scene.account("TILL-4"));
    let mut widen = |scope: Scope| {
        let (name, grants) = (desk.name.clone(), desk.grants.clone());
        scene.run(&local, EditRole { role: desk.id, name, grants, scope }).map(|_| ())
    };
    for scope in [Scope::AllFuture, chosen(&[lone], &[]), chosen(&[], &[foreign])] {
        assert_eq!(widen(scope).unwrap_err().code(), "administration_elsewhere");
    }
    assert_eq!(widen(chosen(&[north], &[])), Ok(()));
}

#[test]
fn one_identifier_is_one_account_however_it_is_written() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let entity = scene.entity("Hollin South");
    for written in ["TILL-1", "till-1", "T ILL-1"] {
        let again = ProvisionAccount {
            account: AccountId::new(scene.at(), &[5; 10]),
            entity,
            name: "Again".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            identifier: AccountIdentifier::new(written).unwrap(),
        };
        assert_eq!(scene.run(&owner, again).unwrap_err().code(), "name_taken", "{written}");
    }
}

#[test]
fn a_resend_is_a_new_message_also_when_the_clock_stands_still() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let (invitation, at) = (scene.invitation("hal"), scene.at());
    scene.run(&owner, ResendInvitations { invitations: only(invitation), at }).unwrap();
    let asked = scene.store.deliveries().unwrap()[&invitation].asked;
    scene.store.sent(invitation, asked, at).unwrap();
    scene.run(&owner, ResendInvitations { invitations: only(invitation), at }).unwrap();
    assert_eq!(scene.store.deliveries().unwrap()[&invitation].state, DeliveryState::Waiting);
}

#[test]
fn a_resend_in_the_moment_of_the_first_message_still_asks_for_the_right_role() {
    let mut scene = Scene::new();
    let invitation = scene.invitation("ida");
    let at = scene.org().invitation(invitation).unwrap().sent;
    let admin = scene.session("cy", "Administrator");
    let resend = ResendInvitations { invitations: only(invitation), at };
    assert_eq!(scene.run(&admin, resend), Err(Refusal::OwnersOnly));
}

#[test]
fn with_a_clock_far_behind_a_wrong_code_is_neither_noted_nor_forgotten() {
    let mut scene = Scene::new();
    let code = Secret::from("nothing");
    scene.session("ada", "Owner");
    let head = scene.store.head();
    scene.weather.wait(SignedDuration::from_mins(-3));
    let tried = signin::check_code(&mut scene.store, &scene.outside, &code);
    assert!(matches!(tried, Err(Fault::Clock { .. })), "{tried:?}");
    scene.weather.wait(SignedDuration::from_mins(3));
    assert_eq!(signin::check_code(&mut scene.store, &scene.outside, &code).unwrap(), Err(Refusal::CodeRejected));
    assert_eq!(scene.store.head().seq, head.seq + 1);
}

#[test]
fn a_code_that_expired_by_the_log_stays_expired_when_the_clock_is_set_back() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let (invitation, at) = (scene.invitation("hal"), scene.at());
    scene.run(&owner, ResendInvitations { invitations: only(invitation), at }).unwrap();
    let code = draw(&mut scene, invitation);
    scene.weather.wait(SignedDuration::from_hours(7 * 24) + SignedDuration::from_secs(30));
    scene.session("ada", "Owner");
    scene.weather.wait(SignedDuration::from_secs(-60));
    assert_eq!(signin::check_code(&mut scene.store, &scene.outside, &code).unwrap(), Err(Refusal::CodeRejected));
}

/// Draws the code of an invitation, as the delivery does.
fn draw(scene: &mut Scene, invitation: InvitationId) -> Secret {
    use rolodeck::domain::user::CredentialKind;
    use rolodeck::ledger::secrets::{Stored, sha256};
    let code = Secret::from("c0de");
    let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
    let stored = Stored { kind: CredentialKind::InvitationCode, owner: invitation.uuid(), bytes };
    let attempt = scene.org().invitation(invitation).unwrap().attempt + 1;
    let command = DrawCode { invitation, attempt, at: scene.at(), digest: stored.digest() };
    let secrets = Secrets::none().with(stored);
    let ran = run(&mut scene.store, &scene.outside, &Actor::System, &command.into(), &secrets).unwrap();
    assert!(matches!(ran, Ran::Done { .. }));
    code
}

#[test]
fn secrets_that_do_not_belong_to_a_command_are_a_fault_and_change_nothing() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let (head, user, at) = (scene.store.head(), owner.person().user, scene.at());
    let (digest, secrets) = signin::passphrase_secret(user.uuid(), Secret::from("hash"));
    let actor = Actor::Person(owner);
    let without = ChangePassphrase { user, at, passphrase: digest }.into();
    assert!(run(&mut scene.store, &scene.outside, &actor, &without, &Secrets::none()).is_err());
    let rename = RenameRole { role: scene.role("Reader"), name: "Looker".parse().unwrap() }.into();
    assert!(run(&mut scene.store, &scene.outside, &actor, &rename, &secrets).is_err());
    let (_, other) = signin::passphrase_secret(user.uuid(), Secret::from("another hash"));
    assert!(run(&mut scene.store, &scene.outside, &actor, &without, &other).is_err());
    scene.store.catch_up().unwrap();
    assert_eq!(scene.store.head(), head);
    scene.store.verify().unwrap();
}

#[test]
fn a_scope_that_names_what_is_not_there_is_refused() {
    let mut scene = Scene::new();
    let owner = scene.session("ada", "Owner");
    let nowhere = EntityId::new(scene.at(), &[9; 10]);
    let role = CreateRole {
        role: RoleId::new(scene.at(), &[9; 10]),
        name: "Nowhere".parse().unwrap(),
        grants: advanced(&["credit_transfers:create"]),
        scope: chosen(&[nowhere], &[]),
        at: scene.at(),
    };
    assert_eq!(scene.run(&owner, role).unwrap_err().code(), "gone");
}
