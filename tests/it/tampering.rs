//! What somebody with another tool does to the file, and the word that it is found by.
mod beside;
mod cut;
mod forged;
pub mod forger;
mod moved;
mod quiet;
mod told;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rolodeck::ledger::checkpoint::Checkpoint;
use rolodeck::ledger::store::{Finding, Store, examine};

use crate::flips::Storied;
use forger::Forger;

/// How many entries the usual file has.
const ENTRIES: u64 = 32;

/// A file of its own, with the same organization in it each time.
pub struct Copy {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Copy {
    pub fn new() -> Self {
        static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
        Self::of(WHOLE.get_or_init(|| std::fs::read(Storied::with(ENTRIES).path()).unwrap()))
    }

    pub fn of(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.db");
        std::fs::write(&path, bytes).unwrap();
        Self { _folder: folder, path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn forge(&self) -> Forger {
        Forger::over(&self.path)
    }

    /// What could be signed about the file as it is now.
    pub fn checkpoint(&self) -> Checkpoint {
        let store = Store::open_read_only(&self.path).unwrap();
        store.checkpoint(store.head().at).unwrap()
    }

    #[track_caller]
    pub fn finding(&self, checkpoints: &[Checkpoint]) -> Finding {
        examine(&self.path, checkpoints).unwrap_err()
    }

    #[track_caller]
    pub fn word(&self, checkpoints: &[Checkpoint]) -> &'static str {
        self.finding(checkpoints).word()
    }
}

/// What is found after statements of another tool.
#[track_caller]
pub fn after(statements: &str) -> Finding {
    let copy = Copy::new();
    let forger = copy.forge();
    forger.sql(statements);
    forger.done();
    copy.finding(&[])
}
