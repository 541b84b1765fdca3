//! What a layer asks of the program around it.
use crate::command::Command;
use crate::domain::text::Shown;
use crate::engine::{Request, Ticket};
use crate::ledger::actor::Session;
use crate::settings::ThemeName;
use crate::tui::layer::Layer;
use crate::tui::past::Day;
use crate::tui::scene::Scene;
use crate::tui::terminal::COPY_LIMIT;
use crate::tui::unfinished::Unfinished;

/// The most columns of what was copied that are said; hashes and codes are longer.
const COPIED: usize = 50;

/// The navigation's destinations, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Overview.
    Overview,
    /// User management, Users.
    Users,
    /// User management, Roles.
    Roles,
    /// Change requests.
    ChangeRequests,
    /// Audit trail.
    AuditTrail,
    /// Entities and accounts.
    Entities,
    /// Organization.
    Organization,
}

impl Place {
    /// Every destination, in the navigation's order.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Users,
        Self::Roles,
        Self::ChangeRequests,
        Self::AuditTrail,
        Self::Entities,
        Self::Organization,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Users => "Users",
            Self::Roles => "Roles",
            Self::ChangeRequests => "Change requests",
            Self::AuditTrail => "Audit trail",
            Self::Entities => "Entities and accounts",
            Self::Organization => "Organization",
        }
    }

    /// The heading that it stands under, if any.
    pub const fn heading(self) -> Option<&'static str> {
        match self {
            Self::Users | Self::Roles => Some("User management"),
            Self::Overview | Self::ChangeRequests | Self::AuditTrail | Self::Entities | Self::Organization => None,
        }
    }
}

/// What to show first at a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The users that contain this; all of them when it is empty.
    Users(String),
    /// The open invitations that contain this; all of them when it is empty.
    Invited(String),
    /// The roles that contain this; all of them when it is empty.
    Roles(String),
    /// The entry of the audit trail with this number.
    Entry(u64),
    /// The entries that contain this; all of them when it is empty.
    Trail(String),
    /// The entities and accounts that contain this; all of them when it is empty.
    Entities(String),
    /// The change requests that contain this; all of them when it is empty.
    Requests(String),
}

/// Whose bindings are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The layer's.
    Layer,
    /// The program's.
    Everywhere,
}

/// How a message to the person sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is done.
    Done,
    /// Something to know.
    Note,
    /// It did not work.
    Wrong,
}

/// One wish.
pub enum Act {
    /// Put a layer on top.
    Open(Box<dyn Layer>),
    /// Take the asking layer away.
    Close,
    /// Take the asking layer away and put another one in its place.
    Replace(Box<dyn Layer>),
    /// Go to a destination of the navigation.
    Go(Place),
    /// Go to a destination and show this there; Esc comes back to where one was.
    GoTo(Place, Aim),
    /// Keep what was looked for, so that it can be looked for again.
    Remember(String),
    /// Go to a destination and run the offer with this number there.
    GoAndInvoke(Place, usize),
    /// Take the asking layer away and the one below too.
    CloseBoth,
    /// Take the asking layer away, then run the offer with this number.
    CloseAndInvoke(Whose, usize),
    /// Do it although there is a draft.
    Insist(Box<Act>),
    /// Look like this from now on.
    Theme(ThemeName),
    /// Show what every key of the top layer does.
    Help,
    /// Look for something by name.
    Palette,
    /// Leave the top layer as Esc does.
    Back,
    /// Stop the program until the shell wakes it.
    Suspend,
    /// Ask the engine. The answer goes to the asking layer; the sentence is said when it was a success.
    Ask(Ticket, Box<Request>, Option<String>),
    /// Say something in the message line.
    Say(Tone, String),
    /// Put something on the clipboard.
    Copy(String),
    /// Show another day in place of the present.
    Past(Box<Day>),
    /// Show the present again, if another day is shown; the reason is said.
    Present(Option<&'static str>),
    /// Somebody signed in, or goes on in another role. When somebody else is signed in, layers with a draft are asked
    /// first.
    SignedIn(Session),
    /// Put a draft of an earlier run before the person as it was.
    TakeUp(Box<Unfinished>),
    /// Sign out; layers with a draft are asked first.
    SignedOut,
    /// End the program; layers with a draft are asked first.
    Quit,
}

/// The wishes of one call.
#[derive(Default)]
pub struct Acts {
    list: Vec<Act>,
    tickets: u64,
}

impl Acts {
    /// Puts a layer on top.
    pub fn open(&mut self, layer: impl Layer + 'static) {
        self.list.push(Act::Open(Box::new(layer)));
    }

    /// Takes this layer away.
    pub fn close(&mut self) {
        self.list.push(Act::Close);
    }

    /// Takes this layer away and puts another one in its place.
    pub fn replace(&mut self, layer: impl Layer + 'static) {
        self.list.push(Act::Replace(Box::new(layer)));
    }

    /// Goes to a destination of the navigation.
    pub fn go(&mut self, place: Place) {
        self.list.push(Act::Go(place));
    }

    /// Goes to a destination and shows this there.
    pub fn go_to(&mut self, place: Place, aim: Aim) {
        self.list.push(Act::GoTo(place, aim));
    }

    /// Takes this layer away and the one below too.
    pub fn close_both(&mut self) {
        self.list.push(Act::CloseBoth);
    }

    /// Takes this layer away, then runs an offer of the one below or of the program.
    pub fn close_and_invoke(&mut self, whose: Whose, offer: usize) {
        self.list.push(Act::CloseAndInvoke(whose, offer));
    }

    /// Wishes for anything.
    pub fn push(&mut self, act: Act) {
        self.list.push(act);
    }

    /// Says something in the message line.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.list.push(Act::Say(tone, text.into()));
    }

    /// Puts a text on the clipboard and says that `what` was copied, or that it is too long for a terminal.
    pub fn copy(&mut self, what: &str, text: impl Into<String>) {
        let text = text.into();
        if text.len() > COPY_LIMIT {
            let bytes = text.len();
            let why = format!(
                "The {what} was not copied: it has {bytes} bytes, and through a terminal go {COPY_LIMIT} at once."
            );
            return self.say(Tone::Wrong, why);
        }
        let told = Shown::new(&text);
        match told.width() > COPIED || text.contains(['\t', '\n']) {
            true => self.say(Tone::Done, format!("The {what} was copied.")),
            false => self.say(Tone::Done, format!("The {what} was copied: {told}")),
        }
        self.list.push(Act::Copy(text));
    }

    /// Signs somebody in.
    pub fn signed_in(&mut self, session: Session) {
        self.list.push(Act::SignedIn(session));
    }

    /// Signs out.
    pub fn signed_out(&mut self) {
        self.list.push(Act::SignedOut);
    }

    /// Ends the program.
    pub fn quit(&mut self) {
        self.list.push(Act::Quit);
    }

    /// Asks the engine for something; the answer comes to [`Layer::answered`].
    pub fn ask(&mut self, request: Request) -> Ticket {
        self.ask_and_say(request, None)
    }

    /// Runs a command for the signed-in person, and says `done` when it was done.
    pub fn run(&mut self, scene: &Scene, command: impl Into<Command>, done: impl Into<String>) -> Option<Ticket> {
        let session = scene.session.clone()?;
        let command = command.into();
        Some(self.ask_and_say(Request::Run { session, command }, Some(done.into())))
    }

    /// Whether a wish takes the asking layer away.
    pub fn closes(&self) -> bool {
        let closes = |act: &Act| {
            matches!(act, Act::Close | Act::CloseBoth | Act::Replace(_) | Act::CloseAndInvoke(..) | Act::Insist(_))
        };
        self.list.iter().any(closes)
    }

    /// Everything that was wished for, in order.
    pub fn take(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.list)
    }

    fn ask_and_say(&mut self, request: Request, done: Option<String>) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.list.push(Act::Ask(ticket, Box::new(request), done));
        ticket
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> (bool, String) {
        let mut acts = Acts::default();
        acts.copy("row", text);
        let list = acts.list;
        let said = list.iter().find_map(|act| if let Act::Say(_, said) = act { Some(said.clone()) } else { None });
        (list.iter().any(|act| matches!(act, Act::Copy(_))), said.unwrap_or_default())
    }

    #[test]
    fn what_was_copied_is_said_and_what_is_too_long_for_a_terminal() {
        assert_eq!(copied("a@example.com"), (true, "The row was copied: a@example.com".into()));
        assert_eq!(copied("Anna\tactive"), (true, "The row was copied.".into()));
        let (done, said) = copied(&"x".repeat(COPY_LIMIT + 1));
        assert!(!done && said.contains("not copied: it has 70001 bytes"), "{said}");
    }
}
