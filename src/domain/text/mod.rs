//! Text that somebody typed, pasted, imported or loaded, made safe to look at.
//!
//! [`Shown`] is the only way from such text to a screen, a command's output, a window title, a
//! message, an error or a log line. A character that would act on the terminal, or that a reader
//! could not see, becomes `<U+202E>`: ASCII, greppable, and unambiguous, because a `<` that was
//! typed in front of `U+` or `scripts:` becomes `<U+003C>` itself.
mod cut;
mod fold;
mod harmless;
mod oddity;
mod piece;
mod script;
mod shown;
mod sorted;
#[cfg(test)]
mod tests;

pub use fold::folded;
pub use harmless::{harmless, without_guard};
pub use oddity::{Odd, Oddity, first_odd};
pub use script::mixed_script;
pub use shown::{Full, Shown};
pub use sorted::sorted;
