//! Keys, pastes and the mouse, as crossterm reads them and as we name them.

use std::time::{Duration, Instant};

use crossterm::event as ct;
use tokio::sync::mpsc;

use super::ground::Answer;
use crate::tui::event::{Attention, Event, Mouse, MouseKind};
use crate::tui::key::{Code, Key};

/// The most events that are handled before a frame is drawn, so that an endless input cannot stop the drawing.
pub(super) const BATCH: usize = 1_024;

/// Reads keys for ever. What is there at once is sent at once.
pub(super) fn read_keys(keys: &mpsc::Sender<Vec<Event>>, mut answer: Answer) {
    let mut sift = |event| {
        let event = translate(event);
        event.map(|event| answer.sift(event, Instant::now())).unwrap_or_default()
    };
    while let Ok(first) = ct::read() {
        let mut batch: Vec<Event> = sift(first);
        while batch.len() < BATCH && ct::poll(Duration::ZERO).unwrap_or(false) {
            let Ok(next) = ct::read() else { return };
            batch.extend(sift(next));
        }
        if !batch.is_empty() && keys.blocking_send(batch).is_err() {
            return;
        }
    }
}

/// Our event for crossterm's, if it is one: releases of keys (some systems send them), movements of the mouse and keys
/// that we have no use for are none.
fn translate(event: ct::Event) -> Option<Event> {
    match event {
        ct::Event::Key(key) if key.kind == ct::KeyEventKind::Press => translate_key(key).map(Event::Key),
        ct::Event::Key(_) => None,
        ct::Event::Paste(text) => Some(Event::Paste(text)),
        ct::Event::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        ct::Event::FocusGained => Some(Event::Focus(Attention::Gained)),
        ct::Event::FocusLost => Some(Event::Focus(Attention::Lost)),
        ct::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                ct::MouseEventKind::Down(ct::MouseButton::Left) => MouseKind::Down,
                ct::MouseEventKind::ScrollUp => MouseKind::ScrollUp,
                ct::MouseEventKind::ScrollDown => MouseKind::ScrollDown,
                _ => return None,
            };
            Some(Event::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
    }
}

fn translate_key(key: ct::KeyEvent) -> Option<Key> {
    let ours = ct::KeyModifiers::CONTROL | ct::KeyModifiers::ALT | ct::KeyModifiers::SHIFT;
    if !ours.contains(key.modifiers) {
        return None;
    }
    let code = match key.code {
        ct::KeyCode::Char(c) => Code::Char(c),
        ct::KeyCode::Enter => Code::Enter,
        ct::KeyCode::Esc => Code::Esc,
        ct::KeyCode::Tab => Code::Tab,
        ct::KeyCode::BackTab => Code::BackTab,
        ct::KeyCode::Backspace => Code::Backspace,
        ct::KeyCode::Delete => Code::Delete,
        ct::KeyCode::Insert => Code::Insert,
        ct::KeyCode::Up => Code::Up,
        ct::KeyCode::Down => Code::Down,
        ct::KeyCode::Left => Code::Left,
        ct::KeyCode::Right => Code::Right,
        ct::KeyCode::Home => Code::Home,
        ct::KeyCode::End => Code::End,
        ct::KeyCode::PageUp => Code::PageUp,
        ct::KeyCode::PageDown => Code::PageDown,
        ct::KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let key = Key {
        code,
        ctrl: key.modifiers.contains(ct::KeyModifiers::CONTROL),
        alt: key.modifiers.contains(ct::KeyModifiers::ALT),
        shift: key.modifiers.contains(ct::KeyModifiers::SHIFT),
    };
    Some(key.normal())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn pressed(code: ct::KeyCode, modifiers: ct::KeyModifiers) -> Option<Event> {
        translate(ct::Event::Key(ct::KeyEvent::new(code, modifiers)))
    }

    fn key(text: &str) -> Option<Event> {
        Some(Event::Key(text.parse().unwrap()))
    }

    #[test]
    fn keys_come_in_our_spelling() {
        use ct::{KeyCode, KeyModifiers};
        assert_eq!(pressed(KeyCode::Char('A'), KeyModifiers::SHIFT), key("A"));
        assert_eq!(pressed(KeyCode::Char('c'), KeyModifiers::CONTROL), key("ctrl-c"));
        assert_eq!(pressed(KeyCode::BackTab, KeyModifiers::SHIFT), key("shift-tab"));
        assert_eq!(pressed(KeyCode::Up, KeyModifiers::SHIFT), key("shift-up"));
        assert_eq!(pressed(KeyCode::F(5), KeyModifiers::NONE), key("f5"));
        assert_eq!(pressed(KeyCode::Char('x'), KeyModifiers::SUPER), None);
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn a_key_counts_once_when_the_system_also_tells_its_release() {
        let event = |kind| {
            let (code, none) = (ct::KeyCode::Enter, ct::KeyModifiers::NONE);
            translate(ct::Event::Key(ct::KeyEvent::new_with_kind(code, none, kind)))
        };
        assert_eq!(event(ct::KeyEventKind::Press), key("enter"));
        assert_eq!(event(ct::KeyEventKind::Release), None);
        assert_eq!(event(ct::KeyEventKind::Repeat), None);
    }

    #[test]
    fn of_the_mouse_only_clicks_and_the_wheel_count() {
        let event = |kind| {
            let modifiers = ct::KeyModifiers::NONE;
            translate(ct::Event::Mouse(ct::MouseEvent { kind, column: 3, row: 4, modifiers }))
        };
        let expected = |kind| Some(Event::Mouse(Mouse { kind, column: 3, row: 4 }));
        assert_eq!(event(ct::MouseEventKind::Down(ct::MouseButton::Left)), expected(MouseKind::Down));
        assert_eq!(event(ct::MouseEventKind::ScrollDown), expected(MouseKind::ScrollDown));
        assert_eq!(event(ct::MouseEventKind::Moved), None);
        assert_eq!(event(ct::MouseEventKind::Down(ct::MouseButton::Right)), None);
    }

    #[test]
    fn a_paste_comes_whole() {
        let text = "a@example.com,\r\nb@example.com\x1b[2J";
        assert_eq!(translate(ct::Event::Paste(text.into())), Some(Event::Paste(text.into())));
    }
}
