//! Serves requests, one after another. Knows nothing of threads, so that a test can drive it.
use std::path::{Path, PathBuf};

use super::checkpoint::{Keeping, Plan};
use super::delivery::{SenderLock, code_as_typed, deliver};
use super::founding::Account;
use super::library::Library;
use super::practice::practise;
use super::proving::Proving;
use super::request::{Answer, Reply, Request, Trouble};
use super::view::View;
use crate::command::{Command, LookAtCode};
use crate::domain::id::InvitationId;
use crate::domain::name::OrganizationName;
use crate::domain::organization::Nature;
use crate::domain::refusal::Refusal;
use crate::domain::row::Kind;
use crate::ledger::actor::{Actor, Session};
use crate::ledger::fault::Fault;
use crate::ledger::passphrase::{Cost, hash};
use crate::ledger::reproof::{change_passphrase, prove_again};
use crate::ledger::rescue::draw_recovery_code;
use crate::ledger::run::{Ran, run};
use crate::ledger::secrets::{Secret, Secrets};
use crate::ledger::signin::{self, Proof};
use crate::ledger::store::{Moved, Store};
use crate::mail::{DropFolder, LetterId, Mailer};
use crate::outside::Outside;

/// How messages leave, and where they can be read when they do not.
pub struct Post {
    /// Takes messages out of the house.
    pub mailer: Box<dyn Mailer>,
    /// The drop folder, when it is one.
    pub folder: Option<DropFolder>,
}

/// Whether this run of the program may change the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Yes.
    Allowed,
    /// No: it was started read-only.
    Never,
}

/// Serves requests on one file at a time.
pub struct Worker {
    outside: Outside,
    cost: Cost,
    library: Library,
    post: Post,
    change: Change,
    place: Option<PathBuf>,
    store: Option<Store>,
    account: Option<Account>,
    proving: Option<Proving>,
    lock: Option<SenderLock>,
    checkpoints: Keeping,
}

impl Worker {
    /// A worker without a file. `place` is where a new organization goes, if not into the library.
    pub fn new(
        outside: Outside,
        cost: Cost,
        library: Library,
        post: Post,
        change: Change,
        place: Option<PathBuf>,
    ) -> Self {
        let checkpoints = Keeping::default();
        let (store, account, proving, lock) = (None, None, None, None);
        Self { outside, cost, library, post, change, place, store, account, proving, lock, checkpoints }
    }

    /// Signs checkpoints of the log now and then, if there is a plan.
    pub fn keep_checkpoints(&mut self, plan: Option<Plan>) {
        self.checkpoints = Keeping::new(plan);
    }

    /// Opens an organization's file. One that was never founded is as good as none.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&mut self, path: &Path) -> Result<(), Fault> {
        let store = Store::open(path)?;
        if store.head().seq > 0 {
            self.settle(path, store);
        }
        Ok(())
    }

    /// Works on the organization in this file. The place for a new one, if it was here, is taken now.
    fn settle(&mut self, path: &Path, store: Store) {
        self.library.remember(path);
        self.place = self.place.take().filter(|place| place != path);
        (self.store, self.lock) = (Some(store), None);
    }

    /// Opens another organization's file than the one so far.
    fn open_another(&mut self, path: &Path) -> Answer {
        self.open(path)?;
        if self.store.as_ref().is_some_and(|store| store.path() == path) {
            return Ok(Reply::Opened);
        }
        Err(Fault::NotOurs {
            path: path.into(),
            why: "the set-up of an organization was begun and never finished".into(),
        })?
    }

    /// Works on this store from now on.
    pub fn adopt(&mut self, store: Store) {
        self.store = Some(store);
    }

    /// The state that screens show; none before there is an organization.
    ///
    /// # Errors
    /// A fault of the file.
    pub fn view(&self) -> Result<Option<View>, Fault> {
        let Some(store) = &self.store else { return Ok(None) };
        Ok(Some(View {
            org: store.org(),
            head: store.head(),
            deliveries: store.deliveries()?,
            route: self.post.mailer.describe(),
            checkpoints: self.checkpoints.shown(store),
            path: store.path().to_path_buf(),
        }))
    }

    /// Serves one request.
    ///
    /// # Errors
    /// Why there is no reply.
    pub fn serve(&mut self, request: Request) -> Answer {
        match request {
            Request::CreateAccount { name, address, passphrase } => {
                let made = Account::create(&self.outside, &self.cost, &self.post, name, address, &passphrase)?;
                self.account = Some(made.0);
                Ok(made.1)
            }
            Request::SendCodeAgain => {
                let account = self.account.as_mut().ok_or_else(no_account)?;
                account.send_code(&self.outside, &self.post)
            }
            Request::ReadCodeLetter => {
                let letter = *self.account.as_ref().ok_or_else(no_account)?.letter();
                self.read(&letter)
            }
            Request::VerifyAddress { code } => {
                self.account.as_mut().ok_or_else(no_account)?.verify(&code, self.outside.now())
            }
            Request::FirstSignIn { address, passphrase } => {
                self.account.as_mut().ok_or_else(no_account)?.sign_in(&self.cost, &address, &passphrase)
            }
            Request::Found { organization, nature } => self.found(organization, nature),
            Request::SaveRecoveryCode { code } => self.save_recovery_code(&code),
            Request::Open { path } => self.open_another(&path),
            other => self.serve_people(other),
        }
    }

    /// The requests of people who have an organization already.
    fn serve_people(&mut self, request: Request) -> Answer {
        let (outside, cost) = (self.outside.clone(), self.cost.clone());
        match request {
            Request::Prove { address, passphrase } => {
                let proof = signin::prove(self.store()?, &outside, &cost, &address, &passphrase)?;
                Ok(Reply::Proved(proof?))
            }
            Request::LookThrough { user } => Ok(Reply::Proved(signin::look_through(self.store()?, &outside, user)??)),
            Request::Enter { proof, role } => {
                Ok(Reply::Entered(signin::enter(self.store()?, &outside, &proof, role)??))
            }
            Request::SwitchRole { session, role } => {
                Ok(Reply::Entered(signin::switch_role(self.store()?, &outside, &session, role)??))
            }
            Request::Leave { session } => {
                signin::leave(self.store()?, &outside, &session)?;
                Ok(Reply::Left)
            }
            Request::CheckCode { code } => self.check_code(&code),
            Request::Accept { code, name, passphrase } => {
                self.may_change()?;
                let hash = hash(&cost, &passphrase, &outside.bytes())?;
                let code = code_as_typed(&code);
                Ok(Reply::Proved(signin::accept(self.store()?, &outside, &code, name, hash)??))
            }
            Request::Run { session, command } => {
                self.may_change()?;
                self.run(session, &command)
            }
            Request::ChangePassphrase { session, current, next } => {
                self.may_change()?;
                let hash = hash(&cost, &next, &outside.bytes())?;
                let ran = change_passphrase(self.store()?, &outside, &cost, &session, &current, hash)?;
                Ok(Reply::Done(ran.done()?))
            }
            Request::ProveAgain { session, passphrase } => {
                Ok(Reply::Entered(prove_again(self.store()?, &outside, &cost, &session, &passphrase)??))
            }
            Request::SendAddressCode { session } => self.send_address_code(&session),
            Request::ProveAddress { session, code } => self.prove_address(&session, &code),
            Request::DrawRecoveryCode { session } => {
                self.may_change()?;
                Ok(Reply::RecoveryCode(draw_recovery_code(self.store()?, &outside, &session)??))
            }
            Request::Practise { session } => {
                self.may_change()?;
                Ok(Reply::Done(practise(self.store()?, &outside, &session)?))
            }
            Request::ReadLetter { session, invitation } => self.read_letter(session, invitation),
            Request::LastSignIn { user } => Ok(Reply::LastSignIn(self.store()?.last_sign_in(user)?)),
            _ => Err(Fault::Inconsistent("a request has no server".into()).into()),
        }
    }

    /// Takes over what others wrote, signs a checkpoint if one is due, and delivers waiting mail for a moment.
    ///
    /// # Errors
    /// A fault of the file or of the sender's lock.
    pub fn idle(&mut self) -> Result<Idle, Fault> {
        let mut idle = Idle { moved: false, more: false, trouble: None };
        let Some(store) = self.store.as_mut() else { return Ok(idle) };
        idle.moved = store.catch_up()? != Moved::Not;
        let kept = self.checkpoints.idle(store, &self.outside, &self.post, self.change);
        idle.moved |= kept.moved;
        idle.trouble = kept.trouble;
        if self.change == Change::Never {
            return Ok(idle);
        }
        let waiting = store.waiting(self.outside.now(), BATCH)?;
        if waiting.is_empty() {
            self.lock = None;
            return Ok(idle);
        }
        if self.lock.is_none() {
            self.lock = SenderLock::take(store.path())?;
        }
        if self.lock.is_some() {
            idle.more = waiting.len() >= BATCH as usize;
            for (invitation, delivery) in waiting {
                deliver(store, &self.outside, &self.post, invitation, &delivery)?;
                idle.moved = true;
            }
        }
        Ok(idle)
    }

    fn store(&mut self) -> Result<&mut Store, Trouble> {
        self.store.as_mut().ok_or_else(|| Refusal::Founding("There is no organization yet.").into())
    }

    fn may_change(&self) -> Result<(), Trouble> {
        if self.change == Change::Never { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    fn run(&mut self, session: Session, command: &Command) -> Answer {
        let outside = self.outside.clone();
        let ran = run(self.store()?, &outside, &Actor::Person(session), command, &Secrets::none())?;
        match ran {
            Ran::Done { difference, .. } => Ok(Reply::Done(difference)),
            Ran::Requested { request, approvers, .. } => Ok(Reply::Requested { request, approvers }),
            Ran::Refused { refusal, .. } => Err(refusal.into()),
        }
    }

    fn send_address_code(&mut self, session: &Session) -> Answer {
        self.may_change()?;
        let org = self.store()?.org();
        let user = org.user(session.person().user).ok_or(Refusal::Gone(Kind::User))?;
        let (proving, reply) = Proving::begin(&self.outside, &self.post, user)?;
        self.proving = Some(proving);
        Ok(reply)
    }

    fn prove_address(&mut self, session: &Session, code: &Secret) -> Answer {
        self.may_change()?;
        let outside = self.outside.clone();
        let asked = Refusal::Verification("No code was sent yet.");
        let proving = self.proving.as_mut().ok_or(asked)?;
        let proof = proving.check(session.person().user, code, outside.now())?;
        self.proving = None;
        let ran = run(self.store()?, &outside, &Actor::System, &proof.into(), &Secrets::none())?;
        Ok(Reply::Done(ran.done()?))
    }

    fn found(&mut self, name: OrganizationName, nature: Nature) -> Answer {
        self.may_change()?;
        let account = self.account.as_ref().ok_or_else(no_account)?;
        let founding = account.organization(&self.outside, name.clone(), nature)?;
        let path = self.place.clone().unwrap_or_else(|| self.library.new_file(&name));
        discard_unfounded(&path)?;
        let mut store = Store::create(&path, nature)?;
        let proof = signin::found(&mut store, &self.outside, founding.found, &founding.secrets, founding.user)??;
        let session = signin::enter(&mut store, &self.outside, &proof, founding.role)??;
        self.account = None;
        self.settle(&path, store);
        let recovery = (nature == Nature::Real).then_some(founding.recovery);
        Ok(Reply::Founded { session, recovery })
    }

    /// A dead code may lie there still: each goes into a file of its own.
    fn save_recovery_code(&mut self, code: &Secret) -> Answer {
        let file = self.store()?.path().to_path_buf();
        let endings = std::iter::once("recovery-code.txt".into());
        for ending in endings.chain((2..100).map(|n| format!("recovery-code-{n}.txt"))) {
            let path = file.with_extension(ending);
            match write_private(&path, code.bytes()) {
                Ok(()) => return Ok(Reply::Saved(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(Fault::Io { path, doing: "written", source }.into()),
            }
        }
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        Err(Fault::Io { path: file.with_extension("recovery-code.txt"), doing: "written", source }.into())
    }

    fn check_code(&mut self, code: &Secret) -> Answer {
        let outside = self.outside.clone();
        let store = self.store()?;
        let id = signin::check_code(store, &outside, &code_as_typed(code))??;
        let org = store.org();
        let open = org.invitation(id).ok_or(Refusal::CodeRejected)?;
        let roles = open.roles.iter().filter_map(|id| org.role(id)).map(|role| role.name.to_string()).collect();
        Ok(Reply::Invitation { address: open.address.clone(), name: open.name.clone(), roles })
    }

    /// That somebody looked is an entry, also when there is nothing to read.
    fn read_letter(&mut self, session: Session, invitation: InvitationId) -> Answer {
        self.may_change()?;
        let by = session.person().user;
        self.run(session, &LookAtCode { invitation, by }.into())?;
        let attempt = self.store()?.org().invitation(invitation).map_or(0, |open| open.attempt);
        self.read(&LetterId::new(invitation.uuid(), attempt))
    }

    fn read(&self, letter: &LetterId) -> Answer {
        let folder = self.post.folder.as_ref().ok_or(Refusal::Founding("Messages leave through a mail server."))?;
        Ok(Reply::Letter(folder.read(letter)?))
    }

    /// Chooses the sole role of somebody who has proved who they are, if it is one.
    pub fn only_role(&self, proof: &Proof) -> Option<crate::domain::id::RoleId> {
        let org = self.store.as_ref()?.org();
        let mut roles = org.user(proof.user())?.roles.iter();
        roles.next().filter(|_| roles.next().is_none())
    }
}

/// How many messages are sent between two looks at the requests.
const BATCH: u32 = 16;

/// What happened in a quiet moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The organization or the state of its mail changed.
    pub moved: bool,
    /// More mail is waiting.
    pub more: bool,
    /// What has to be said, once.
    pub trouble: Option<String>,
}

fn no_account() -> Trouble {
    Refusal::Founding("Create an account first.").into()
}

/// A file that was created but never founded makes room.
fn discard_unfounded(path: &Path) -> Result<(), Fault> {
    if !path.exists() {
        return Ok(());
    }
    if Store::open(path)?.head().seq > 0 {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(Fault::Io { path: path.into(), doing: "created", source });
    }
    std::fs::remove_file(path).map_err(|source| Fault::Io { path: path.into(), doing: "replaced", source })
}

/// Writes a file that only its owner can read; never over another one.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
