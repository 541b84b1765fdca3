//! Cutting text to a number of columns.
use std::borrow::Cow;

use super::piece::{Piece, Pieces, Reading};
use super::shown::{Shown, is_plain};

/// Text that was made to fit.
pub(super) struct Cut<'a> {
    pub(super) text: Cow<'a, str>,
    columns: usize,
}

impl<'a> Cut<'a> {
    /// The text filled with spaces up to so many columns.
    pub(super) fn fill(self, columns: usize) -> String {
        let mut text = self.text.into_owned();
        text.extend(std::iter::repeat_n(' ', columns.saturating_sub(self.columns)));
        text
    }

    fn join(beginning: &[Piece<'_>], end: &[Piece<'_>]) -> Self {
        let mut text = String::new();
        beginning.iter().for_each(|piece| piece.push_to(&mut text));
        text.push('…');
        end.iter().for_each(|piece| piece.push_to(&mut text));
        Self { text: Cow::Owned(text), columns: total(beginning) + 1 + total(end) }
    }
}

/// Keeps the beginning.
pub(super) fn end(shown: Shown<'_>, columns: usize) -> Cut<'_> {
    if let Some(whole) = whole(shown, columns) {
        return whole;
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cut { text: Cow::Borrowed(""), columns: 0 };
    };
    match shown.source().get(..room) {
        Some(beginning) if is_plain(shown.source()) => Cut { text: Cow::Owned([beginning, "…"].concat()), columns },
        _ => Cut::join(&head(shown.pieces(), room), &[]),
    }
}

/// Keeps the end of the domain, then the whole domain, then both ends of the local part.
pub(super) fn address(shown: Shown<'_>, columns: usize) -> Cut<'_> {
    if let Some(whole) = whole(shown, columns) {
        return whole;
    }
    let source = shown.source();
    let parts = source.rfind('@').and_then(|at| source.split_at_checked(at));
    let (Some((local, domain)), Some(room)) = (parts, columns.checked_sub(1)) else {
        return end(shown, columns);
    };
    let domain: Vec<_> = Pieces::new(domain, Reading::Line).collect();
    let Some(room) = room.checked_sub(total(&domain)) else {
        return Cut::join(&[], &tail(&domain, room));
    };
    let local: Vec<_> = Pieces::new(local, Reading::Line).collect();
    let beginning = head(local.iter().copied(), room.div_ceil(2));
    let mut ending = tail(&local, room.saturating_sub(total(&beginning)));
    ending.extend(domain);
    Cut::join(&beginning, &ending)
}

/// The whole text when it fits, found out without reading much more of it than fits.
fn whole(shown: Shown<'_>, columns: usize) -> Option<Cut<'_>> {
    let mut used = 0;
    let fits = match is_plain(shown.source()) {
        true => {
            used = shown.source().len();
            used <= columns
        }
        false => shown.pieces().all(|piece| {
            used += piece.columns();
            used <= columns
        }),
    };
    fits.then(|| Cut { text: shown.text(), columns: used })
}

/// The first pieces that fit.
fn head<'a>(pieces: impl Iterator<Item = Piece<'a>>, columns: usize) -> Vec<Piece<'a>> {
    let mut used = 0;
    pieces
        .take_while(|piece| {
            used += piece.columns();
            used <= columns
        })
        .collect()
}

/// The last pieces that fit.
fn tail<'a>(pieces: &[Piece<'a>], columns: usize) -> Vec<Piece<'a>> {
    let mut kept = head(pieces.iter().rev().copied(), columns);
    kept.reverse();
    kept
}

fn total(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(Piece::columns).sum()
}
