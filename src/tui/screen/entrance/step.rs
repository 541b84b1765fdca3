//! Where somebody stands who is not signed in.
use crate::domain::text::Shown;
use crate::tui::scene::Scene;

/// A page of the entrance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Address and passphrase.
    SignIn,
    /// A sample: whom to be.
    People,
    /// Another organization.
    Organizations,
    /// Set-up: who founds.
    Account,
    /// Set-up: the six digits.
    Verify,
    /// Set-up: the first log-in.
    LogIn,
    /// Set-up: what the organization is called.
    Name,
    /// Set-up: real or sample.
    Nature,
    /// Set-up: the recovery code.
    Recovery,
    /// Which role to act in.
    Role,
    /// An invitation's code.
    Code,
    /// An invited person's name and passphrase.
    Join,
}

impl Step {
    /// What comes first: the set-up where there is no organization, a choice of people in a sample, else signing in.
    pub(super) fn first(scene: &Scene) -> Self {
        match &scene.view {
            None => Self::Account,
            Some(_) if scene.org.is_sample() => Self::People,
            Some(_) => Self::SignIn,
        }
    }

    /// Whether it is one of those that come first when there is an organization.
    pub(super) const fn is_front(self) -> bool {
        matches!(self, Self::SignIn | Self::People)
    }

    /// Its number in the set-up.
    pub(super) const fn number(self) -> Option<u8> {
        match self {
            Self::Account => Some(1),
            Self::Verify => Some(2),
            Self::LogIn => Some(3),
            Self::Name => Some(4),
            Self::Nature => Some(5),
            _ => None,
        }
    }

    /// Its title, in the documentation's words where it has some.
    pub(super) fn title(self, scene: &Scene) -> String {
        let organization = scene.org.organization().map(|row| Shown::new(row.name.as_str()).to_string());
        let title = match (self, organization) {
            (Self::SignIn, Some(name)) => return format!("Sign in to {name}"),
            (Self::People, Some(name)) => return format!("Look around in {name}"),
            (Self::Join, Some(name)) => return format!("Join {name}"),
            (Self::SignIn | Self::People, None) => "Sign in",
            (Self::Join, None) | (Self::Code, _) => "Accept an invitation",
            (Self::Organizations, _) => "Another organization",
            (Self::Account, _) => "Create New Account",
            (Self::Verify, _) => "Verify your email address",
            (Self::LogIn, _) => "Log in to the dashboard",
            (Self::Name, _) => "Name your organization",
            (Self::Nature, _) => "How do you want to begin?",
            (Self::Recovery, _) => "Your recovery code",
            (Self::Role, _) => "Choose a role",
        };
        title.to_owned()
    }
}
