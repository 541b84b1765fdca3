//! Looking at another day: which one, and what is said about it.
use std::sync::Arc;

use crate::tui::when::Times;
use jiff::Timestamp;

use crate::domain::moment::in_words;
use crate::domain::org::Org;
use crate::domain::text::Shown;
use crate::ledger::store::Head;
use crate::tui::dialog::AnyDay;
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};

/// The state of another day that the screens show in place of the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The moment.
    pub at: Timestamp,
    /// The newest entry of that time.
    pub head: Head,
}

/// Another day and the organization as it was.
pub struct Day {
    /// When.
    pub past: Past,
    /// What was.
    pub org: Arc<Org>,
}

impl Past {
    /// The line that stands on every screen; `room` is its width.
    pub fn banner(&self, zone: &Times, room: usize) -> String {
        let (when, entry) = (in_words(self.at, zone), grouped(self.head.seq));
        let whole = format!(" AS IT WAS ON {when}, entry {entry}: read-only, @ goes back ");
        if Shown::new(&whole).width() <= room {
            return whole;
        }
        format!(" AS IT WAS {when}, entry {entry}: @ goes back ")
    }

    /// Why nothing can be changed.
    pub fn why_not(&self, zone: &Times) -> String {
        format!(
            "This is how it was on {}, and the past cannot be changed. Press @ to go back to now.",
            in_words(self.at, zone)
        )
    }
}

/// A number as people read it: `4,711`.
fn grouped(number: u64) -> String {
    let figures = number.to_string();
    let mut text = String::new();
    for (n, figure) in figures.chars().enumerate() {
        if n > 0 && (figures.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(figure);
    }
    text
}

/// The key with which a screen shows another day, the same on each.
pub const fn any_day<S>(ready: fn(&S, &Scene) -> Ready) -> Binding<S> {
    Binding {
        keys: &["@"],
        label: "Any day",
        about: "See the whole organization as it was on any other day, or as it is now again",
        ready,
        run: |_, scene, acts| acts.open(AnyDay::new(scene)),
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn large_numbers_are_read_in_groups() {
        let read = [0, 7, 999, 1_000, 4_711, 100_000, 1_234_567].map(grouped);
        assert_eq!(read, ["0", "7", "999", "1,000", "4,711", "100,000", "1,234,567"]);
    }
}
