//! What holds after any sequence of commands, sensible or not, by anybody.
mod attacks;
pub mod company;
mod deed;
mod erased;
pub mod model;
mod pending;
pub mod rules;
mod step;
mod undone;
mod world;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use rolodeck::command::Command;

use step::{Step, sequences};
use world::{Coverage, Story, World};

/// Plays so many sequences of at most so many steps, and says how often what happened.
#[track_caller]
fn play(cases: u32, longest: usize, seed: RngSeed, world: impl Fn(&Story) -> World) -> Coverage {
    let config = Config { cases, rng_seed: seed, failure_persistence: None, ..Config::default() };
    let (story, seen) = (Story::default(), RefCell::new(Coverage::new()));
    let once = |steps: Vec<Step>| -> Result<(), TestCaseError> {
        let mut world = world(&story);
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
            let again = catch_unwind(AssertUnwindSafe(|| once(steps)));
            drop(again);
            let story = story.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            panic!("{why}\nThe shortest way there:\n- {}", story.join("\n- "));
        }
    }
}

#[test]
fn any_sequence_of_commands_keeps_the_rules() {
    let seen = play(250, 40, RngSeed::Fixed(2), World::in_memory);
    let undone = |end| seen.get(&("undo", end)).copied().unwrap_or_default();
    assert!(undone("done") > 100 && undone("changed_since") > 0 && undone("cannot_undo") > 10, "{seen:?}");
    let done: Vec<_> = seen.keys().filter(|(_, end)| *end == "done").map(|(name, _)| *name).collect();
    // Founding happens once, backups are put back elsewhere, and four-eyes has a model of its own.
    assert_eq!(done.len(), Command::KINDS - 2 - 12, "only these were ever done: {done:?}");
}

#[test]
fn every_day_of_any_sequence_is_what_it_was() {
    let days = RefCell::new(0);
    let config = Config { cases: 40, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..Config::default() };
    let played = TestRunner::new(config).run(&sequences(40), |steps| {
        let mut world = World::in_memory(&Story::default());
        world.play(&steps);
        *days.borrow_mut() += world.check_every_day();
        Ok(())
    });
    played.unwrap_or_else(|error| panic!("{error}"));
    assert!(days.into_inner() > 400);
}

#[test]
fn any_sequence_is_the_same_after_opening_the_file_again() {
    play(8, 40, RngSeed::Fixed(3), |story| World::on_disk(1, story));
}

#[test]
fn two_programs_that_take_turns_on_one_file_stay_one() {
    play(8, 60, RngSeed::Fixed(4), |story| World::on_disk(2, story));
}

#[test]
#[ignore = "takes an hour: 100,000 sequences, other ones every time"]
fn a_hundred_thousand_sequences_keep_the_rules() {
    play(100_000, 40, RngSeed::Random, World::in_memory);
}
