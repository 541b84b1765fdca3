//! What can happen next.
use proptest::prelude::*;

use super::deed::{Deed, KINDS};

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    /// Time goes by, or somebody sets the clock back; in seconds.
    Clock(i64),
    /// Somebody looks through somebody's eyes.
    Enter { user: u8, role: u8 },
    /// Somebody goes on in another role.
    Switch { who: u8, role: u8 },
    /// Somebody signs out.
    Leave { who: u8 },
    /// Somebody asks for a change.
    Run { who: u8, deed: Deed },
    /// Somebody takes their last change back.
    Undo { who: u8 },
    /// The program draws a code.
    Draw { invitation: u8, late: bool },
    /// Somebody comes with a code.
    Accept { code: u8 },
    /// Somebody changes their passphrase.
    Passphrase { who: u8, right: bool },
}

/// Any sequence of at most so many steps.
pub fn sequences(longest: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 1..=longest)
}

fn step() -> impl Strategy<Value = Step> {
    let deed = (0..KINDS, any::<[u8; 4]>()).prop_map(|(kind, picks)| Deed { kind, picks });
    prop_oneof![
        1 => prop_oneof![Just(1), Just(3_600), Just(691_200), Just(-30), Just(-119), Just(-121), Just(-86_400)]
            .prop_map(Step::Clock),
        2 => any::<(u8, u8)>().prop_map(|(user, role)| Step::Enter { user, role }),
        1 => any::<(u8, u8)>().prop_map(|(who, role)| Step::Switch { who, role }),
        1 => any::<u8>().prop_map(|who| Step::Leave { who }),
        24 => (any::<u8>(), deed).prop_map(|(who, deed)| Step::Run { who, deed }),
        4 => any::<u8>().prop_map(|who| Step::Undo { who }),
        3 => any::<(u8, bool)>().prop_map(|(invitation, late)| Step::Draw { invitation, late: late && invitation % 4 == 0 }),
        3 => any::<u8>().prop_map(|code| Step::Accept { code }),
        1 => any::<(u8, bool)>().prop_map(|(who, right)| Step::Passphrase { who, right }),
    ]
}
