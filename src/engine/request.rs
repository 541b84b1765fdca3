//! What can be asked of the engine, and what it answers.
use std::path::PathBuf;

use jiff::Timestamp;

use crate::command::Command;
use crate::domain::address::EmailAddress;
use crate::domain::id::{ChangeRequestId, InvitationId, RoleId, UserId};
use crate::domain::moment::Period;
use crate::domain::name::{OrganizationName, PersonName};
use crate::domain::organization::Nature;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::{Difference, RowId};
use crate::domain::text::Shown;
use crate::ledger::actor::Session;
use crate::ledger::export::Order;
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;
use crate::ledger::query::{Query, Span};
use crate::ledger::secrets::Secret;
use crate::ledger::signin::Proof;
use crate::ledger::telling::Detail;
use crate::ledger::trail::Page;

use super::export::Exported;
use super::pasts::Then;
use super::undoing::LastChange;
use super::view::View;

/// Ties an answer to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Something that needs the file, the disk, the mail or a slow hash.
#[derive(Debug)]
pub enum Request {
    /// Set-up: keep the account that is being created, and send a code to its address.
    CreateAccount {
        /// The person.
        name: PersonName,
        /// Their address.
        address: EmailAddress,
        /// Accepted by [`crate::domain::passphrase::accept`] already.
        passphrase: Secret,
    },
    /// Set-up: send another code to the same address.
    SendCodeAgain,
    /// Set-up: the message with the code, when it lies in the drop folder.
    ReadCodeLetter,
    /// Set-up: check the six digits.
    VerifyAddress {
        /// As typed.
        code: Secret,
    },
    /// Set-up: log in for the first time.
    FirstSignIn {
        /// As typed.
        address: String,
        /// As typed.
        passphrase: Secret,
    },
    /// Set-up: found the organization.
    Found {
        /// Its name.
        organization: OrganizationName,
        /// *Start Fresh* or *Explore with a sample organization*.
        nature: Nature,
    },
    /// Save the recovery code that was just shown, in a file of its own.
    SaveRecoveryCode {
        /// The code.
        code: Secret,
    },
    /// Open the file that the program was started with. One that was never founded is as good as none.
    OpenFirst {
        /// Which.
        path: PathBuf,
    },
    /// Open another organization.
    Open {
        /// Its file.
        path: PathBuf,
    },
    /// Check an address and a passphrase.
    Prove {
        /// As typed.
        address: String,
        /// As typed.
        passphrase: Secret,
    },
    /// Sample organizations: be somebody else.
    LookThrough {
        /// Whose eyes.
        user: UserId,
    },
    /// Start a session in a role.
    Enter {
        /// Who.
        proof: Proof,
        /// As what.
        role: RoleId,
    },
    /// Go on in another role.
    SwitchRole {
        /// The session so far.
        session: Session,
        /// As what.
        role: RoleId,
    },
    /// End a session.
    Leave {
        /// Which.
        session: Session,
    },
    /// See what an invitation's code opens.
    CheckCode {
        /// As typed.
        code: Secret,
    },
    /// Sign up with an invitation's code.
    Accept {
        /// As typed.
        code: Secret,
        /// The person.
        name: PersonName,
        /// Accepted by [`crate::domain::passphrase::accept`] already.
        passphrase: Secret,
    },
    /// Change the organization.
    Run {
        /// Who asks.
        session: Session,
        /// For what.
        command: Command,
    },
    /// Prove again who one is, to approve something.
    ProveAgain {
        /// Who.
        session: Session,
        /// As typed; a sample asks for none.
        passphrase: Secret,
    },
    /// Send a code to one's own address, to prove it.
    SendAddressCode {
        /// Who.
        session: Session,
    },
    /// Prove one's own address with the code.
    ProveAddress {
        /// Who.
        session: Session,
        /// As typed.
        code: Secret,
    },
    /// Draw the new recovery code that was decided.
    DrawRecoveryCode {
        /// Who.
        session: Session,
    },
    /// Sample organizations: switch four-eyes on, and let others file requests that this person can decide.
    Practise {
        /// Who.
        session: Session,
    },
    /// Change one's own passphrase.
    ChangePassphrase {
        /// Whose.
        session: Session,
        /// As typed.
        current: Secret,
        /// Accepted by [`crate::domain::passphrase::accept`] already.
        next: Secret,
    },
    /// The message of an invitation, when it lies in the drop folder; that somebody looked is noted.
    ReadLetter {
        /// Who looks.
        session: Session,
        /// At whose.
        invitation: InvitationId,
    },
    /// When a user signed in last.
    LastSignIn {
        /// Who.
        user: UserId,
        /// Up to which entry of the log.
        upto: u64,
    },
    /// What somebody changed last, and what undoing it would do.
    LastOwnChange {
        /// Who.
        session: Session,
    },
    /// How the organization was at a moment.
    Past {
        /// When.
        at: Timestamp,
        /// How far it is, and stopping it.
        progress: Progress,
    },
    /// How many entries of the trail are in a period.
    CountTrail {
        /// Which.
        period: Period,
    },
    /// Export entries of the trail into a new file in the folder for exports.
    ExportTrail {
        /// Who asks.
        session: Session,
        /// For what.
        order: Order,
        /// The name of the file, without its ending.
        name: String,
    },
    /// What is in a file that somebody wants to import.
    ReadImport {
        /// Where it lies.
        path: PathBuf,
    },
    /// A page of the audit trail.
    Trail {
        /// Who reads.
        session: Session,
        /// Which entries.
        query: Query,
        /// Which page of them.
        span: Span,
    },
    /// One entry of the audit trail in full.
    Entry {
        /// Who reads.
        session: Session,
        /// Its number.
        seq: u64,
        /// What is told first, if it says something about it.
        row: Option<RowId>,
    },
}

impl Request {
    /// Whether it reads and leaves everything as it is, so that nobody has to look again.
    pub const fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::LastSignIn { .. }
                | Self::LastOwnChange { .. }
                | Self::Past { .. }
                | Self::CountTrail { .. }
                | Self::ReadImport { .. }
                | Self::Trail { .. }
                | Self::Entry { .. }
        )
    }
}

/// The answer to a request.
#[derive(Debug)]
pub enum Reply {
    /// The code was sent; where to, in words, and whether it can be read here.
    CodeSent {
        /// Where it lies or who carries it.
        route: String,
        /// Whether [`Request::ReadCodeLetter`] will find it.
        readable: bool,
    },
    /// A message.
    Letter(String),
    /// The address is the person's own.
    AddressVerified,
    /// The person logged in for the first time.
    FirstSignedIn,
    /// There is an organization now, and its creator is signed in.
    Founded {
        /// The creator's session.
        session: Session,
        /// The recovery code, shown this once; none for a sample.
        recovery: Option<Secret>,
    },
    /// The file that the recovery code was saved to.
    Saved(PathBuf),
    /// Another organization is open.
    Opened,
    /// Somebody is who they say.
    Proved(Proof),
    /// A session began or goes on in another role.
    Entered(Session),
    /// The session ended.
    Left,
    /// What the code opens.
    Invitation {
        /// The invited address.
        address: EmailAddress,
        /// What the inviter calls the person.
        name: Option<PersonName>,
        /// The names of the roles.
        roles: Vec<String>,
    },
    /// The change was made.
    Done(Difference),
    /// A new recovery code, shown this once.
    RecoveryCode(Secret),
    /// The change waits for a second person.
    Requested {
        /// The request.
        request: ChangeRequestId,
        /// Who could approve it.
        approvers: Few,
    },
    /// When the user signed in last.
    LastSignIn(Option<Timestamp>),
    /// The last change of whoever asked; none when there is none that could be undone.
    LastOwnChange(Option<Box<LastChange>>),
    /// How many entries there are.
    Counted(u64),
    /// The export lies in a file.
    Exported(Exported),
    /// What is in a file.
    Read(Vec<u8>),
    /// How the organization was.
    Past(Then),
    /// A page of the audit trail.
    Trail(Page),
    /// An entry in full; none when there is none with that number.
    Entry(Option<Box<Detail>>),
}

/// What a request came to.
pub type Answer = Result<Reply, Trouble>;

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// An expected no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Something is in the way; paths in it are such as anybody may have typed.
    #[error("{}.", Shown::new(&_0.to_string()))]
    Fault(#[from] Fault),
    /// A message could not be sent or read.
    #[error("{0}")]
    Mail(#[from] crate::mail::MailError),
    /// Somebody stopped what they had asked for.
    #[error("It was stopped, and nothing was written.")]
    Stopped,
}

impl Trouble {
    /// What is wrong and what to do about it.
    pub fn in_full(&self) -> String {
        format!("{self} {}", self.hint())
    }

    /// What to do about it, in a sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.hint(),
            Self::Fault(fault) => fault.hint().into(),
            Self::Mail(error) => error.hint().into(),
            Self::Stopped => "Do it again whenever you like.".into(),
        }
    }
}

/// What the engine tells.
#[derive(Debug)]
pub enum Report {
    /// The organization or the state of its mail changed, by us or by another program.
    Moved(View),
    /// A request was served.
    Done(Ticket, Answer),
    /// The engine met a fault on its own account, such as a full disk while delivering.
    Trouble(String),
}
