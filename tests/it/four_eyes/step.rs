//! What can happen next, as numbers, so that any numbers are a step.
use proptest::prelude::*;

/// How many kinds of commands people ask for.
pub const KINDS: u8 = 16;

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Time goes by, in minutes.
    Wait(i64),
    /// Somebody asks for a change.
    Ask { who: u8, kind: u8, picks: [u8; 3] },
    /// Somebody approves: first of all after a new proof, or not.
    Approve { who: u8, request: u8, prove: bool, odd: u8 },
    /// Somebody rejects, takes back or files again.
    Decide { who: u8, request: u8, kind: u8, odd: u8 },
    /// Somebody who was invited signs up.
    Accept { invitation: u8 },
}

/// A line-up of people, and any sequence of at most so many steps.
pub fn sequences(longest: usize) -> impl Strategy<Value = (u8, Vec<Step>)> {
    (any::<u8>(), proptest::collection::vec(step(), 1..=longest))
}

fn step() -> impl Strategy<Value = Step> {
    let any4 = any::<(u8, u8, u8, u8)>;
    prop_oneof![
        1 => prop_oneof![Just(4), Just(6), Just(60), Just(1_440), Just(4_319), Just(4_320)].prop_map(Step::Wait),
        9 => (any::<u8>(), 0..KINDS, any::<[u8; 3]>()).prop_map(|(who, kind, picks)| Step::Ask { who, kind, picks }),
        9 => any4().prop_map(|(who, request, prove, odd)| Step::Approve { who, request, prove: prove > 30, odd }),
        2 => any4().prop_map(|(who, request, kind, odd)| Step::Decide { who, request, kind, odd }),
        1 => any::<u8>().prop_map(|invitation| Step::Accept { invitation }),
    ]
}
