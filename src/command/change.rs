//! What every command must say about itself.
use crate::domain::access::{Need, Person};
use crate::domain::id::{ChangeRequestId, InvitationId, UserId};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::security::Area;

/// Whether a second person decides about a command (decision 11 in the crate docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guard {
    /// While four-eyes is on for this area.
    Area(Area),
    /// Always, once four-eyes was switched on: it changes four-eyes itself, or what switches it off.
    Settings,
    /// Never.
    Free,
}

/// Who runs a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actors {
    /// Any signed-in person with what it requires.
    Person,
    /// This signed-in person and no other, with what it requires.
    Oneself(UserId),
    /// This signed-in person in this role, with what it requires.
    Acting(Person),
    /// This person in this role, who proved who they are a moment ago, while the request can be decided.
    Approver {
        /// Who approves.
        by: Person,
        /// What.
        request: ChangeRequestId,
    },
    /// Whoever has the organization's recovery code, on the machine that holds the file.
    Rescuer,
    /// Somebody who founds the organization and has proved an address.
    Founder,
    /// Somebody who holds the code of this invitation.
    Invitee(InvitationId),
    /// The program itself, when it delivers mail or puts a backup back.
    System,
}

/// What every command says about itself. There are no defaults: an answer that is missing does not compile.
pub trait Change {
    /// A stable name, as stored.
    fn name(&self) -> &'static str;

    /// Who runs it.
    fn actors(&self) -> Actors;

    /// Whether a second person decides about it.
    fn guard(&self) -> Guard;

    /// What the actor's active role needs, and where (decision 16 in the crate docs).
    fn requires(&self, org: &Org) -> Vec<Need>;

    /// The users that it names as the ones something is done to.
    fn subjects(&self) -> Vec<UserId>;

    /// What it does, in one sentence without a full stop, read before it is done.
    fn summary(&self, org: &Org) -> String;

    /// Does it, on a copy.
    ///
    /// # Errors
    /// What stands against it; the copy is then thrown away.
    fn apply(&self, org: &mut Org) -> Result<(), Refusal>;
}

/// Makes the enum of every command from the list of their names.
macro_rules! commands {
    ($($name:ident,)+) => {
        /// Every change that an organization can undergo.
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "command", rename_all = "snake_case")]
        pub enum Command {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name($name),
            )+
        }

        impl Command {
            /// How many kinds of commands there are.
            pub const KINDS: usize = [$(stringify!($name)),+].len();

            /// What it says about itself.
            pub fn change(&self) -> &dyn Change {
                match self {
                    $(Self::$name(command) => command,)+
                }
            }
        }

        $(
            impl From<$name> for Command {
                fn from(command: $name) -> Self {
                    Self::$name(command)
                }
            }
        )+
    };
}
pub(super) use commands;
