//! An organization that several write to, and what lies in its folder.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rolodeck::command::{CreateRole, RenameRole};
use rolodeck::domain::id::RoleId;
use rolodeck::domain::scope::Scope;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Head, Store};

use crate::cli::shell::outside;
use crate::properties::company::advanced;

/// Somebody at an open store who can change something again and again.
pub struct Writer {
    pub store: Store,
    session: Session,
    role: RoleId,
    named: String,
    times: u32,
}

impl Writer {
    /// Sits down at a sample, and makes a role of their own there.
    pub fn at(path: &Path, named: &str) -> Self {
        let (outside, mut store) = (outside(), Store::open(path).unwrap());
        let org = store.org();
        let owner = org.owner_role().unwrap().id;
        let user = org.holders(owner).next().unwrap().id;
        let proof = signin::look_through(&mut store, &outside, user).unwrap().unwrap();
        let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
        let role = RoleId::new(outside.now(), &outside.seed());
        let mut writer = Self { store, session, role, named: named.into(), times: 0 };
        writer.run(&CreateRole {
            role,
            name: named.parse().unwrap(),
            grants: advanced(&["transactions:read"]),
            scope: Scope::nothing(),
            at: outside.now(),
        });
        writer
    }

    /// Changes something, in one entry.
    pub fn write(&mut self) {
        self.times += 1;
        let name = format!("{} {}", self.named, self.times).parse().unwrap();
        self.run(&RenameRole { role: self.role, name });
    }

    fn run(&mut self, command: &(impl Clone + Into<rolodeck::command::Command>)) {
        let actor = Actor::Person(self.session.clone());
        let ran = run(&mut self.store, &outside(), &actor, &command.clone().into(), &Secrets::none());
        ran.unwrap().done().unwrap();
    }
}

/// Whether this head is an entry of the log in `store`.
pub fn is_in_the_log(store: &Store, head: Head) -> bool {
    store.entries(head.seq - 1, 1).unwrap().first().is_some_and(|entry| entry.head() == head)
}

/// The files and folders in a folder, with what the files hold.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.clone(), path.is_file().then(|| std::fs::read(path).unwrap()))).collect()
}

/// The names of what lies in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    contents(folder).keys().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}
