//! An organization that was set up by typing, for tests that need a real one.
use std::path::PathBuf;

use jiff::SignedDuration;
use rolodeck::command::{Command, CreateRole, InviteUsers, Invitee};
use rolodeck::domain::catalogue::{Group, GroupSet};
use rolodeck::domain::id::{InvitationId, RoleId};
use rolodeck::domain::role::Grants;
use rolodeck::domain::scope::Scope;
use rolodeck::engine::{Answer, Report, Request};
use tempfile::TempDir;

use crate::desk::{Desk, Weather};

/// What the creator chooses to sign in with.
pub const PASSPHRASE: &str = "wandering teapot under snow";

/// A machine whose folder has a name of always the same length, so that pages that show it always look the same.
pub struct Machine {
    folder: TempDir,
}

impl Machine {
    /// Without any organization.
    pub fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("desk-").rand_bytes(6).tempdir_in("/tmp").unwrap() }
    }

    /// Sits down at it.
    pub fn desk(&self, size: (u16, u16)) -> Desk {
        Desk::at(self.folder.path(), Weather::new(), size)
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The screen, with the name of the folder made the same on every run.
    pub fn page(&self, desk: &mut Desk) -> String {
        desk.screen().replace(&*self.folder.path().to_string_lossy(), "/tmp/desk-______")
    }
}

/// Creates Ada's account and stops where the code is asked for. A second goes by, so that its messages are the newest.
pub fn create_account(desk: &mut Desk) {
    desk.wait(SignedDuration::from_secs(1));
    desk.keys("Ada Lovelace<enter>ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").keys(PASSPHRASE);
    desk.keys("<enter>").see("Verify your email address");
}

/// The code in the newest message to the person who sets up.
pub fn six_digits(desk: &Desk) -> String {
    let (_, text) = desk.letters().pop().unwrap();
    let code = text.lines().map(str::trim).find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()));
    code.unwrap().to_owned()
}

/// Goes on from the code to the question for the organization's name.
pub fn log_in(desk: &mut Desk) {
    let code = six_digits(desk);
    desk.keys(&code).keys("<enter>").see("Log in to the dashboard").keys(PASSPHRASE).keys("<enter>");
    desk.see("Name your organization");
}

/// The whole set-up of “Northwind” with Ada as its Owner, who is signed in at the end.
pub fn found(desk: &mut Desk) {
    create_account(desk);
    log_in(desk);
    desk.keys("Northwind<enter><enter>").see("Your recovery code").keys("w").see("Ada Lovelace · Owner");
}

/// Runs a command for whoever is signed in.
pub fn run(desk: &mut Desk, command: impl Into<Command>) -> Answer {
    let session = desk.app.scene().session.clone().unwrap();
    let answer = desk.worker.serve(Request::Run { session, command: command.into() });
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(Report::Moved(view));
    desk.settle();
    answer
}

/// Creates a role that may see things.
pub fn create_role(desk: &mut Desk, name: &str) -> RoleId {
    let outside = desk.weather.outside();
    let role = RoleId::new(outside.now(), &outside.seed());
    let grants = Grants::Simple([Group::BasicAccess].into_iter().collect::<GroupSet>());
    let name = name.parse().unwrap();
    run(desk, CreateRole { role, name, grants, scope: Scope::AllFuture, at: outside.now() }).unwrap();
    role
}

/// Invites somebody.
pub fn invite(desk: &mut Desk, address: &str, name: Option<&str>, role: RoleId) -> InvitationId {
    let outside = desk.weather.outside();
    let id = InvitationId::new(outside.now(), &outside.seed());
    let by = desk.app.scene().person().unwrap().user;
    let people = vec![Invitee { id, address: address.parse().unwrap(), name: name.map(|name| name.parse().unwrap()) }];
    let roles = [role].into_iter().collect();
    run(desk, InviteUsers { by, at: outside.now(), roles, people }).unwrap();
    id
}

/// The code in the newest message to an invited person.
pub fn invitation_code(desk: &Desk, id: InvitationId) -> String {
    let name = id.uuid().to_string();
    let (_, text) = desk.letters().into_iter().rfind(|(file, _)| file.starts_with(&name)).unwrap();
    let code = text.lines().map(str::trim).find(|line| line.len() == 64 && line.bytes().all(|b| b.is_ascii_hexdigit()));
    code.unwrap().to_owned()
}
