//! Random keys, pastes, clicks, sizes and time for the whole app over a store of its own.
#![no_main]
#![allow(dead_code, reason = "the desk is shared with the tests, which use more of it")]

#[path = "../../it/desk.rs"]
mod desk;
#[path = "../../it/typist.rs"]
mod typist;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| typist::type_anything(bytes));
