//! A second model of who decides, played against the program.
mod ask;
mod company;
mod filed;
mod given;
mod model;
mod shown;
mod step;
mod world;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use step::{Step, sequences};
use world::{Coverage, Story, World};

/// Plays so many sequences of at most so many steps, and says how often what happened.
#[track_caller]
fn play(cases: u32, longest: usize, seed: RngSeed) -> Coverage {
    let config = Config { cases, rng_seed: seed, failure_persistence: None, ..Config::default() };
    let (story, seen) = (Story::default(), RefCell::new(Coverage::new()));
    let once = |(lineup, steps): (u8, Vec<Step>)| -> Result<(), TestCaseError> {
        let mut world = World::new(lineup, &story);
        world.play(&steps);
        for (what, times) in world.check() {
            *seen.borrow_mut().entry(what).or_default() += times;
        }
        Ok(())
    };
    match TestRunner::new(config).run(&sequences(longest), once) {
        Ok(()) => seen.into_inner(),
        Err(TestError::Abort(why)) => panic!("{why}"),
        Err(TestError::Fail(why, steps)) => {
            drop(catch_unwind(AssertUnwindSafe(|| once(steps))));
            let story = story.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            panic!("{why}\nThe shortest way there:\n- {}", story.join("\n- "));
        }
    }
}

#[test]
fn the_program_decides_as_the_model_does() {
    let seen = play(120, 40, RngSeed::Fixed(1));
    let ended = |what: &str, end: &str| seen.keys().any(|seen| *seen == (what, end));
    for end in ["done", "own_request", "same_person", "about_you", "not_approver", "request_closed", "request_stale"] {
        assert!(ended("approve_request", end), "no approval ever came to {end}");
    }
}

#[test]
#[ignore = "a quarter of an hour in the release profile: 100,000 sequences, other ones every time"]
fn a_hundred_thousand_sequences_are_decided_as_the_model_does() {
    play(100_000, 40, RngSeed::Random);
}
