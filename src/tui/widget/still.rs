//! What is told beside a list. While somebody goes through the list faster than anybody reads, it stays as it was: that
//! is less to look at, and little to send over a slow line.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::scene::{Pace, Scene};

/// What stood there last.
#[derive(Debug, Default)]
pub struct Still(Option<Buffer>);

impl Still {
    /// Draws what stood here last, if keys come fast; whether it did. Otherwise the caller draws, and
    /// [keeps](Self::keep) it.
    pub fn stands(&self, area: Rect, buf: &mut Buffer, scene: &Scene) -> bool {
        let Some(kept) = self.0.as_ref().filter(|kept| scene.pace == Pace::Hasty && kept.area == area) else {
            return false;
        };
        copy(area, kept, buf);
        true
    }

    /// Keeps what stands here now.
    pub fn keep(&mut self, area: Rect, buf: &Buffer) {
        let kept = self.0.get_or_insert_with(Buffer::default);
        kept.resize(area);
        copy(area, buf, kept);
    }
}

fn copy(area: Rect, from: &Buffer, to: &mut Buffer) {
    for place in area.positions() {
        if let (Some(from), Some(to)) = (from.cell(place), to.cell_mut(place)) {
            *to = from.clone();
        }
    }
}
