//! A report to read and print: one file without scripts and without anything from elsewhere.
mod chart;
mod cover;
mod entries;
mod four_eyes;
mod paper;
mod population;
mod report;
mod sign_ins;
mod tally;
mod warnings;

pub use report::{Report, write};
