//! Buttons from left to right, in as many rows as they need.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::layer::Offer;
use crate::tui::scene::Ready;
use crate::tui::theme::Theme;
use crate::tui::widget::button::{Button, ButtonState};
use crate::tui::widget::line::draw_line;

/// Columns between two buttons.
const GAP: u16 = 2;

/// Draws a button for every offer, as far as there is room. Gives the number of each offer with its place.
pub(in crate::tui::screen) fn draw_flow(
    offers: &[Offer],
    focused: Option<usize>,
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) -> Vec<(usize, Rect)> {
    let mut drawn = Vec::new();
    for (n, (offer, place)) in offers.iter().zip(places(offers, area, theme)).enumerate() {
        if place.y >= area.bottom() {
            break;
        }
        let state = match offer.ready {
            _ if focused == Some(n) => ButtonState::Focused,
            Ready::No(_) => ButtonState::Disabled,
            Ready::Yes | Ready::Hidden => ButtonState::Ready,
        };
        draw_line(&button(offer).state(state).line(theme), place, buf, theme);
        drawn.push((offer.index, place));
    }
    drawn
}

/// Rows that the buttons need in so many columns.
pub(in crate::tui::screen) fn flow_height(offers: &[Offer], width: u16, theme: &Theme) -> u16 {
    let area = Rect { x: 0, y: 0, width, height: 0 };
    places(offers, area, theme).last().map_or(0, |place| place.y + 1)
}

fn places(offers: &[Offer], area: Rect, theme: &Theme) -> Vec<Rect> {
    let (mut x, mut y) = (area.x, area.y);
    let mut places = Vec::with_capacity(offers.len());
    for offer in offers {
        let width = button(offer).columns(theme).min(area.width);
        if x + width > area.right() && x > area.x {
            (x, y) = (area.x, y.saturating_add(1));
        }
        places.push(Rect { x, y, width, height: 1 });
        x += width + GAP;
    }
    places
}

fn button(offer: &Offer) -> Button<'_> {
    let button = Button::new(offer.label);
    match offer.keys.first() {
        Some(key) => button.key(*key),
        None => button,
    }
}
