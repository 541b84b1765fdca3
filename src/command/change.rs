//! What every command must say about itself.
use crate::domain::access::Need;
use crate::domain::id::{InvitationId, UserId};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;

/// The area of four-eyes approvals that a command belongs to (decision 11 in the crate docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Security settings.
    Organization,
    /// Roles, users and invitations.
    UserManagement,
    /// Never asks for a second person.
    Free,
}

impl Area {
    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organization => "Organization",
            Self::UserManagement => "User management",
            Self::Free => "none",
        }
    }
}

/// Who runs a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actors {
    /// Any signed-in person with what it requires.
    Person,
    /// This signed-in person and no other, with what it requires.
    Oneself(UserId),
    /// Somebody who founds the organization and has proved an address.
    Founder,
    /// Somebody who holds the code of this invitation.
    Invitee(InvitationId),
    /// The program itself, when it delivers mail.
    System,
}

/// What every command says about itself. There are no defaults: an answer that is missing does not compile.
pub trait Change {
    /// A stable name, as stored.
    fn name(&self) -> &'static str;

    /// Who runs it.
    fn actors(&self) -> Actors;

    /// The area of four-eyes approvals that guards it.
    fn area(&self) -> Area;

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
