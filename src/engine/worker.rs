//! Serves requests, one after another. Knows nothing of threads, so that a test can drive it.
mod idle;
mod questions;

use std::path::{Path, PathBuf};

use super::checkpoint::{Keeping, Plan};
use super::delivery::{SenderLock, code_as_typed, forget_letters};
use super::file::discard_unfounded;
use super::founding::Account;
use super::library::Library;
use super::pasts::Pasts;
use super::practice::practise;
use super::proving::Proving;
use super::recovery_file::save_recovery_code;
use super::request::{Answer, Reply, Request, Trouble};
use super::trail::Trail;
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
use crate::ledger::store::Store;
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
    replaced: u64,
    pasts: Pasts,
    trail: Trail,
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
        let (store, account, proving, lock, replaced) = (None, None, None, None, 0);
        let (pasts, trail) = (Pasts::default(), Trail::default());
        Self {
            outside,
            cost,
            library,
            post,
            change,
            place,
            store,
            account,
            proving,
            lock,
            checkpoints,
            replaced,
            pasts,
            trail,
        }
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
        self.adopt(store);
    }

    /// Opens the file again after another copy was put into its place: nothing that was read or proved holds any more.
    fn open_again(&mut self) -> Result<(), Fault> {
        let Some(path) = self.store.as_ref().map(|store| store.path().to_path_buf()) else { return Ok(()) };
        tracing::info!("another copy was put into the place of the open file");
        self.proving = None;
        self.adopt(Store::open(&path)?);
        self.replaced += 1;
        Ok(())
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
        (self.store, self.lock) = (Some(store), None);
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
            blanked: store.blanked()?,
            deliveries: store.deliveries()?,
            route: self.post.mailer.describe(),
            checkpoints: self.checkpoints.shown(store),
            path: store.path().to_path_buf(),
            replaced: self.replaced,
        }))
    }

    /// Serves one request. When another copy turns out to be in the place of the file, that is opened instead.
    ///
    /// # Errors
    /// Why there is no reply.
    pub fn serve(&mut self, request: Request) -> Answer {
        let answer = self.serve_any(request);
        if let Err(Trouble::Fault(Fault::Parted { .. })) = answer {
            self.open_again()?;
        }
        answer
    }

    fn serve_any(&mut self, request: Request) -> Answer {
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
            Request::SaveRecoveryCode { code } => Ok(Reply::Saved(save_recovery_code(self.store()?.path(), &code)?)),
            Request::OpenFirst { path } => Ok(self.open(&path).map(|()| Reply::Opened)?),
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
            other => self.answer(other),
        }
    }

    fn store(&mut self) -> Result<&mut Store, Trouble> {
        self.store.as_mut().ok_or_else(no_organization)
    }

    fn may_change(&self) -> Result<(), Trouble> {
        if self.change == Change::Never { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    fn run(&mut self, session: Session, command: &Command) -> Answer {
        let outside = self.outside.clone();
        let ran = run(self.store()?, &outside, &Actor::Person(session), command, &Secrets::none())?;
        match ran {
            Ran::Done { difference, .. } => {
                if let Some(folder) = &self.post.folder {
                    forget_letters(self.store.as_ref(), folder, &difference);
                }
                Ok(Reply::Done(difference))
            }
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

fn no_organization() -> Trouble {
    Refusal::Founding("There is no organization yet.").into()
}

fn no_account() -> Trouble {
    Refusal::Founding("Create an account first.").into()
}
