//! An organization's file, a folder that somebody else looks after, and a clock.
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::{Command, EditOrganization, Found};
use rolodeck::domain::id::OrganizationId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::engine::checkpoint::Plan;
use rolodeck::engine::{Change, Library, Post, Request, Worker};
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::note::VerifierKey;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::mail::{DropFolder, text_of};
use rolodeck::outside::Outside;

use crate::desk::Weather;
use crate::signin::house::real_company;

/// Seven days.
pub const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// One machine and one share.
pub struct Office {
    weather: Weather,
    folder: tempfile::TempDir,
    organization: OrganizationId,
    session: Session,
}

impl Office {
    /// A real organization, founded on Monday at nine, and an empty folder for checkpoints.
    pub fn open() -> Self {
        let weather = Weather::new();
        let (org, secrets) = real_company(&weather.outside());
        Self::founded(weather, org, &secrets, Nature::Real)
    }

    /// The same with the sample.
    pub fn sample() -> Self {
        let weather = Weather::new();
        let outside = weather.outside();
        let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        Self::founded(weather, org, &Secrets::none(), Nature::Sample)
    }

    fn founded(weather: Weather, org: rolodeck::domain::org::Org, secrets: &Secrets, nature: Nature) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let outside = weather.outside();
        let role = org.owner_role().unwrap().id;
        let user = org.holders(role).next().unwrap().id;
        let organization = org.organization().unwrap().id;
        let mut store = Store::create(&folder.path().join("hollin.db"), nature).unwrap();
        let proof = signin::found(&mut store, &outside, Found { org }, secrets, user).unwrap().unwrap();
        let session = signin::enter(&mut store, &outside, &proof, role).unwrap().unwrap();
        std::fs::create_dir(folder.path().join("share")).unwrap();
        drop(store);
        let office = Self { weather, folder, organization, session };
        // The invitations leave before anything is looked at.
        let mut worker = office.worker();
        worker.keep_checkpoints(None);
        while worker.idle().unwrap().more {}
        office
    }

    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    pub fn outside(&self) -> Outside {
        self.weather.outside()
    }

    pub fn now(&self) -> Timestamp {
        self.outside().now()
    }

    pub fn wait(&self, time: SignedDuration) {
        self.weather.wait(time);
    }

    pub fn wait_hours(&self, hours: i64) {
        self.wait(SignedDuration::from_hours(hours));
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("hollin.db")
    }

    pub fn store(&self) -> Store {
        Store::open(&self.database()).unwrap()
    }

    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("hollin.signing-key")
    }

    pub fn outbox(&self) -> PathBuf {
        self.folder.path().join("checkpoint-outbox")
    }

    /// The folder for checkpoints. Beside the file only for the sake of the test.
    pub fn share(&self) -> PathBuf {
        self.folder.path().join("share")
    }

    pub fn worker(&self) -> Worker {
        self.worker_that(Change::Allowed)
    }

    pub fn worker_that(&self, change: Change) -> Worker {
        self.worker_with(change, None)
    }

    pub fn worker_that_mails(&self) -> Worker {
        self.worker_with(Change::Allowed, Some("auditor@example.com"))
    }

    fn worker_with(&self, change: Change, mail: Option<&str>) -> Worker {
        let drop_folder = DropFolder::new(self.outbox());
        let post = Post { mailer: Box::new(drop_folder), folder: None };
        let library = Library::new(self.folder.path().to_path_buf());
        let mut worker = Worker::new(self.outside(), Cost::least().unwrap(), library, post, change, None);
        worker.open(&self.database()).unwrap();
        let mail = mail.map(|address| address.parse().unwrap());
        worker.keep_checkpoints(Some(Plan { folder: self.share(), mail }));
        worker
    }

    /// Something that is one entry.
    pub fn happen(&self, worker: &mut Worker) {
        worker.serve(Request::Leave { session: self.session.clone() }).unwrap();
    }

    pub fn rename(&self, worker: &mut Worker, name: &str) {
        let store = self.store();
        let org = store.org();
        let row = org.organization().unwrap();
        let command = EditOrganization { name: name.parse().unwrap(), domains: row.domains.clone() };
        let command = Command::from(command);
        worker.serve(Request::Run { session: self.session.clone(), command }).unwrap();
    }

    /// Everything in the folder for checkpoints.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.share()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What does not belong there, or beside the organization's file.
    pub fn leftovers(&self) -> Vec<String> {
        let beside = std::fs::read_dir(self.folder.path()).unwrap();
        let beside = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let all = self.files().into_iter().chain(beside);
        all.filter(|name| name.contains("unfinished")).collect()
    }

    /// The entries for which there are checkpoints.
    pub fn numbers(&self) -> Vec<u64> {
        let start = format!("{}-", self.organization);
        let files = self.files();
        let names = files.iter().filter_map(|name| name.strip_prefix(&start)?.strip_suffix(".checkpoint"));
        names.map(|number| number.parse().unwrap()).collect()
    }

    pub fn checkpoint(&self, seq: u64) -> PathBuf {
        self.share().join(format!("{}-{seq:010}.checkpoint", self.organization))
    }

    pub fn note(&self, seq: u64) -> Vec<u8> {
        std::fs::read(self.checkpoint(seq)).unwrap()
    }

    pub fn public_key(&self) -> VerifierKey {
        let text = std::fs::read_to_string(self.share().join(format!("{}.vkey", self.organization))).unwrap();
        text.parse().unwrap()
    }

    /// The texts of the messages with checkpoints.
    pub fn letters(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.outbox()) else { return Vec::new() };
        let paths = entries.map(|entry| entry.unwrap().path());
        let letters = paths.filter(|path| path.to_string_lossy().contains(&self.organization.to_string()));
        letters.map(|path| text_of(&std::fs::read(path).unwrap()).unwrap()).collect()
    }

    /// The organization's file as it is now. Nobody may have it open.
    pub fn copy(&self) -> Vec<u8> {
        std::fs::read(self.database()).unwrap()
    }

    pub fn put_back(&self, copy: &[u8]) {
        for ending in ["db-wal", "db-shm"] {
            std::fs::remove_file(self.database().with_extension(ending)).ok();
        }
        std::fs::write(self.database(), copy).unwrap();
    }
}
