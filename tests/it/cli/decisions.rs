//! What the log says about change requests: who asked, what waits, who decided and why.
use std::sync::Arc;

use rolodeck::command::{ApproveRequest, Command, CreateRole, InviteUsers, Invitee, RejectRequest, WithdrawRequest};
use rolodeck::domain::change_request::ChangeRequest;
use rolodeck::domain::id::{InvitationId, RoleId};
use rolodeck::domain::role::{Role, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::User;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::store::Store;
use serde_json::Value;

use super::recover::switch_on;
use super::shell::{Home, outside};
use super::{log_as, real_after, signed_in};
use crate::properties::company::{advanced, role_named};
use crate::signin::house::{ADA, BO, words};

const GUEST: &str = "guest@hollin.example.com";

/// Two Owners, with four-eyes on. One of them is an auditor, too, and signed up with a code that the other had looked
/// at.
struct Office {
    home: Home,
    store: Store,
    ada: Session,
    bo: Session,
}

impl Office {
    fn open() -> Self {
        let home = real_after(|org| {
            let by_address = |address: &str| org.users().values().find(|user| user.address.as_str() == address);
            let (ada, bo) = (by_address(ADA).unwrap().id, User::clone(by_address(BO).unwrap()));
            let auditor = Role {
                id: RoleId::new(outside().now(), &[6; 10]),
                name: "Auditor".parse().unwrap(),
                grants: advanced(&["resource_events:read"]),
                scope: Arc::new(Scope::nothing()),
                state: RoleState::Active,
                created: outside().now(),
            };
            let roles = bo.roles.with([auditor.id]);
            org.put(Row::Role(auditor));
            org.put(Row::User(User { code_seen_by: [ada].into_iter().collect(), roles, ..bo }));
        });
        switch_on(&home);
        let mut store = Store::open(&home.data().join("real.db")).unwrap();
        let (ada, bo) = (signed_in(&mut store, ADA), signed_in(&mut store, BO));
        Self { home, store, ada, bo }
    }

    fn run(&mut self, who: &Session, command: impl Into<Command>) -> Ran {
        run(&mut self.store, &outside(), &Actor::Person(who.clone()), &command.into(), &Secrets::none()).unwrap()
    }

    fn ask(&mut self, command: impl Into<Command>) -> ChangeRequest {
        let ada = self.ada.clone();
        match self.run(&ada, command) {
            Ran::Requested { request, .. } => self.store.org().change_request(request).unwrap().clone(),
            other => panic!("{other:?}"),
        }
    }

    fn invite(&self) -> InviteUsers {
        let (at, roles) = (outside().now(), [role_named(&self.store.org(), "Reader")].into_iter().collect());
        let id = InvitationId::new(at, &[4; 10]);
        let people = vec![Invitee { id, address: GUEST.parse().unwrap(), name: None }];
        InviteUsers { by: self.ada.person().user, at, roles, people }
    }

    fn approve(&mut self, request: &ChangeRequest) {
        let (bo, at, shown) = (self.bo.clone(), outside().now(), request.told.digest);
        let command = ApproveRequest { request: request.id, by: bo.person(), at, shown };
        self.run(&bo, command).done().unwrap();
    }

    /// The log as text, to an Owner.
    fn log(&self) -> String {
        let (code, screen) = log_as(&self.home, &["log"], ADA, words(ADA), None);
        assert_eq!(code, 0, "{screen}");
        screen
    }

    /// The log as JSON, to an Owner.
    fn entries(&self) -> Vec<Value> {
        let said = self.home.run_typing(&["log", "--json"], &[ADA, words(ADA)]);
        assert_eq!(said.code, 0, "{said:?}");
        said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[track_caller]
fn says(log: &str, words: &str) {
    assert!(log.contains(words), "“{words}” is not in:\n{log}");
}

#[test]
fn an_approval_says_who_asked_for_what_and_that_the_requester_knew_the_code() {
    let mut office = Office::open();
    let invite = office.invite();
    let request = office.ask(invite);
    office.approve(&request);
    let log = office.log();
    let filed = rolodeck::ledger::entry::time_text(request.filed);
    says(&log, "requested  invite_users  ada (Owner)");
    says(&log, &format!("asks for “{}”; a second person decides until", request.summary));
    says(&log, &format!("would change Invitation {GUEST}, Roles: nothing -> “Reader”"));
    says(&log, &format!("{GUEST} (invited) gains "));
    says(&log, "approved  approve_request  bo (Owner)");
    says(&log, &format!("approves “{}”, asked for by ada (Owner) at {filed}", request.summary));
    says(&log, "the requester had looked at the approver's invitation code");
    says(&log, &format!("+ invitation “{GUEST}”"));

    let entries = office.entries();
    let named = |outcome: &str| entries.iter().find(|entry| entry["outcome"] == outcome).unwrap();
    let (requested, approved) = (named("requested"), named("approved"));
    assert_eq!(requested["changes"][0]["kind"], "change_request");
    assert_eq!(requested["changes"][0]["after"]["parked"]["json"]["people"][0]["address"], GUEST);
    let kinds: Vec<_> = approved["changes"].as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["invitation", "change_request"]);
    assert_eq!(approved["changes"][1]["after"]["state"]["code_seen"], true);
}

#[test]
fn a_rejection_says_why_and_a_withdrawal_is_the_requesters_own() {
    let mut office = Office::open();
    let invite = office.invite();
    let request = office.ask(invite.clone());
    let (ada, bo, at) = (office.ada.clone(), office.bo.clone(), outside().now());
    let reason = "Guests come through the front door".parse().unwrap();
    office.run(&bo, RejectRequest { request: request.id, by: bo.person(), at, reason }).done().unwrap();
    let second = office.ask(invite);
    office.run(&ada, WithdrawRequest { request: second.id, by: ada.person().user, at }).done().unwrap();
    let log = office.log();
    says(&log, "rejected  reject_request  bo (Owner)");
    says(&log, &format!("rejects “{}”, asked for by ada (Owner) at ", request.summary));
    says(&log, "reason: Guests come through the front door");
    says(&log, "done  withdraw_request  ada (Owner)");
    says(&log, &format!("withdraws “{}”, asked for by ada (Owner)", second.summary));
}

#[test]
fn a_refused_approval_names_the_request() {
    let mut office = Office::open();
    let role = CreateRole {
        role: RoleId::new(outside().now(), &[5; 10]),
        name: "Night desk".parse().unwrap(),
        grants: advanced(&["accounts:read"]),
        scope: Scope::nothing(),
        at: outside().now(),
    };
    let request = office.ask(role);
    let ada = office.ada.clone();
    let command =
        ApproveRequest { request: request.id, by: ada.person(), at: outside().now(), shown: request.told.digest };
    assert_eq!(office.run(&ada, command).done().unwrap_err().code(), "own_request");
    let log = office.log();
    says(&log, "refused  approve_request  ada (Owner)");
    says(&log, &format!("request “{}”", request.summary));
}

#[test]
fn who_may_not_see_members_reads_of_requests_without_addresses() {
    let mut office = Office::open();
    let invite = office.invite();
    let request = office.ask(invite);
    office.approve(&request);
    for arguments in [&["log"][..], &["log", "--json"]] {
        let (code, screen) = log_as(&office.home, arguments, BO, words(BO), Some("Auditor"));
        assert_eq!(code, 0, "{screen}");
        says(&screen, "(hidden)");
        assert!(!screen.replacen(BO, "what was typed", 1).contains("hollin.example.com"), "{screen}");
    }
    let (_, screen) = log_as(&office.home, &["log"], BO, words(BO), Some("Auditor"));
    says(&screen, "asks for “(hidden)”; a second person decides until");
    says(&screen, "would change (hidden), Roles: nothing -> “Reader”");
    says(&screen, "approves “(hidden)”, asked for by ada (Owner)");
}
