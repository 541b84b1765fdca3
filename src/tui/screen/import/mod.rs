//! Import: a table from a file or the clipboard, judged line by line, and then imported all at once.
mod ask;
mod draw;
mod keys;
mod lines;
mod preview;

use crate::command::import_needs;
use crate::domain::access::Need;
use crate::domain::import::Kind;
use crate::tui::scene::{Ready, Scene};

pub use ask::AskImport;

/// Whether the active role may import any such things; where exactly is judged line by line.
pub fn import_ready(kind: Kind, scene: &Scene) -> Ready {
    let needs = import_needs(kind).iter().map(|permission| scene.may(Need::organization(*permission)));
    needs.reduce(|one, other| if other == Ready::Yes { other } else { one }).unwrap_or(Ready::Yes)
}
