//! Whatever is typed, clicked, pasted and resized: nothing panics, and the log holds.
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::typist::type_anything;

fn play(cases: u32, longest: usize, seed: RngSeed) {
    let config =
        Config { cases, rng_seed: seed, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let anything = proptest::collection::vec(any::<u8>(), 2..longest);
    TestRunner::new(config)
        .run(&anything, |bytes| {
            type_anything(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn whatever_is_typed_nothing_breaks() {
    play(60, 160, RngSeed::Fixed(7));
}

/// Another seed with every run.
#[test]
#[ignore = "takes minutes"]
fn whatever_is_typed_for_long_nothing_breaks() {
    play(3_000, 400, RngSeed::Random);
}
