//! What no program can check off.

/// Something to keep to, which the organization's state says nothing about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// What to do when somebody leaves the company.
    Offboarding,
    /// How not to be taken in.
    Phishing,
}

impl Advice {
    /// Both, in the order of the screen.
    pub const ALL: [Self; 2] = [Self::Offboarding, Self::Phishing];

    /// A few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Offboarding => "When somebody leaves",
            Self::Phishing => "Letters that are not ours",
        }
    }

    /// What to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Offboarding => {
                "Put rolodeck on the company's list for leavers: whoever goes is deactivated the same day (Users, d), and \
                 an Owner hands over first."
            }
            Self::Phishing => {
                "Nobody honest asks for your passphrase or a code. Expect a letter only after you or a colleague caused \
                 it, and type its code here, never into a page."
            }
        }
    }
}
