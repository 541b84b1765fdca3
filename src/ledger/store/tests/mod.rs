//! The store, on the disk and in memory.
mod attempts;
mod checkpoints;
mod desk;
mod erasures;
mod folding;
mod guards;
mod logs;
mod opening;
mod others;
mod outboxes;
mod raising;
mod requests;
mod rows;
mod seals;
mod secrets;
mod trails;
