//! What four-eyes approvals promise, one test for each promise, through the only door and on a real store.
mod approvers;
mod attacks;
mod company;
mod deadlock;
mod emergency;
mod erasing;
mod meanwhile;
mod office;
mod people;
mod settings;
mod time;
mod twice;
