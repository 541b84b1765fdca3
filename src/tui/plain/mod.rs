//! The dashboard without any drawing: questions and numbered answers, for screen readers and for terminals that can
//! do nothing but print lines.
//!
//! It is the same program. A screen is drawn as ever, into a page that nobody sees and with a theme in which every
//! style means something that can be read back: this is a row that can be chosen, this a place to type. What was read
//! is printed as lines; choosing a number is the click on what has it, and an answer is typed where the cursor stands.
//! So a new screen needs nothing of its own to be told here.
mod meaning;
mod page;
mod talk;
mod words;

pub use meaning::theme;
pub use talk::Talk;
