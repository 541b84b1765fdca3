//! An organization that several write to, and what lies in its folder.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rolodeck::command::{Command, CreateRole, RenameRole};
use rolodeck::domain::id::RoleId;
use rolodeck::domain::scope::Scope;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Head, Store};

use crate::cli::shell::{Home, outside};
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
        Self::try_at(path, named).unwrap()
    }

    /// The same, while the file may be replaced.
    pub fn try_at(path: &Path, named: &str) -> Result<Self, Fault> {
        let (outside, mut store) = (outside(), Store::open(path)?);
        let org = store.org();
        let owner = org.owner_role().unwrap().id;
        let user = org.holders(owner).next().unwrap().id;
        let proof = signin::look_through(&mut store, &outside, user)?.unwrap();
        let session = signin::enter(&mut store, &outside, &proof, owner)?.unwrap();
        let role = RoleId::new(outside.now(), &outside.seed());
        let mut writer = Self { store, session, role, named: named.into(), times: 0 };
        let grants = advanced(&["transactions:read"]);
        let name = named.parse().unwrap();
        writer.run(CreateRole { role, name, grants, scope: Scope::nothing(), at: outside.now() }.into())?;
        Ok(writer)
    }

    /// Changes something, in one entry.
    pub fn write(&mut self) {
        self.try_write().unwrap();
    }

    /// The same, while the file may be replaced. Returns the entry.
    pub fn try_write(&mut self) -> Result<Head, Fault> {
        self.times += 1;
        let name = format!("{} {}", self.named, self.times).parse().unwrap();
        self.run(RenameRole { role: self.role, name }.into())?;
        Ok(self.store.head())
    }

    fn run(&mut self, command: Command) -> Result<(), Fault> {
        let actor = Actor::Person(self.session.clone());
        run(&mut self.store, &outside(), &actor, &command, &Secrets::none())?.done().unwrap();
        Ok(())
    }
}

/// Runs the program where no file can grow beyond this many bytes, and returns what it complains about. A disk that is
/// full says no in the same places, and needs rights that a test has not.
pub fn with_little_room(home: &Home, bytes: u64, arguments: &[&str]) -> String {
    let mut shell = std::process::Command::new("bash");
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes / 1024);
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_rolodeck")]).args(arguments);
    let output = shell.env_clear().env("HOME", home.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    said
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
