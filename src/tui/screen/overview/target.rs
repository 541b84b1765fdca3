//! The lines that can be selected, and where they lead.
use ratatui::text::{Line, Span};

use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::domain::overview::{Advice, Check, Goal};
use crate::domain::text::Shown;
use crate::tui::acts::{Acts, Aim, Place};
use crate::tui::theme::Theme;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A line of the checklist.
    Check(Check),
    /// Something to keep to.
    Advice(Advice),
    /// Somebody who was invited.
    Invited(InvitationId),
    /// All who were.
    AllInvited,
    /// An entry of the audit trail.
    Entry(u64),
    /// All of them.
    AllEntries,
}

impl Target {
    /// The part of the screen that it is in.
    pub const fn part(self) -> usize {
        match self {
            Self::Check(_) | Self::Advice(_) => 0,
            Self::Invited(_) | Self::AllInvited => 1,
            Self::Entry(_) | Self::AllEntries => 2,
        }
    }

    /// Goes there; `goal` is that of a line of the checklist.
    pub fn go(self, goal: Option<&Goal>, org: &Org, acts: &mut Acts) {
        match self {
            Self::Check(_) => goal.into_iter().for_each(|goal| follow(goal, org, acts)),
            Self::Advice(Advice::Offboarding) => acts.go_to(Place::Users, Aim::Users(String::new())),
            Self::Advice(Advice::Phishing) => {}
            Self::Invited(id) => {
                let address = org.invitation(id).map(|open| open.address.as_str().to_owned());
                acts.go_to(Place::Users, Aim::Invited(address.unwrap_or_default()));
            }
            Self::AllInvited => acts.go_to(Place::Users, Aim::Invited(String::new())),
            Self::Entry(seq) => acts.go_to(Place::AuditTrail, Aim::Entry(seq)),
            Self::AllEntries => acts.go(Place::AuditTrail),
        }
    }
}

/// The keys that lead to a goal, as they are typed one after the other.
pub(super) const fn keys(goal: &Goal) -> &'static str {
    match goal {
        Goal::NewRole => "2 n",
        Goal::Roles | Goal::Role(_) => "2",
        Goal::Users | Goal::User(_) => "1",
        Goal::Domains => "6 e",
        Goal::Cover | Goal::Storage => "6",
        Goal::Security => "6 s",
        Goal::RecoveryCode => "6 c",
        Goal::TakeNote => "6 o",
    }
}

fn follow(goal: &Goal, org: &Org, acts: &mut Acts) {
    match goal {
        Goal::NewRole | Goal::Roles => acts.go_to(Place::Roles, Aim::Roles(String::new())),
        Goal::Role(name) => acts.go_to(Place::Roles, Aim::Roles(name.as_str().to_owned())),
        Goal::Users => acts.go_to(Place::Users, Aim::Users(String::new())),
        Goal::User(id) => {
            let name = org.user(*id).map(|user| user.name.as_str().to_owned());
            acts.go_to(Place::Users, Aim::Users(name.unwrap_or_default()));
        }
        Goal::Domains | Goal::Cover | Goal::Security | Goal::RecoveryCode | Goal::TakeNote | Goal::Storage => {
            acts.go(Place::Organization);
        }
    }
}

/// Text that came from somewhere, on one line of so many columns.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    Shown::new(text).pad(columns)
}

/// The line that leads to everything, with the key that does, too.
pub(super) fn all(text: impl Into<String>, key: &'static str, theme: &Theme) -> Line<'static> {
    let text = Span::styled(format!("  {} ", text.into()), theme.muted);
    Line::from(vec![text, Span::styled(key, theme.key)])
}
