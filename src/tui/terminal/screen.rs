//! The modes of the terminal: how it becomes a screen and how it is given back.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossterm::{cursor, event as ct, queue, style, terminal as mode};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::termios::tcgetwinsize;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;

use super::ground::QUESTION;
use super::program::{Behind, COPY_LIMIT, MouseUse, Program};

/// The device behind the screen; a test has its own.
pub(super) trait Tty {
    fn raw(&self) -> io::Result<()>;
    fn cooked(&self) -> io::Result<()>;
    /// Stops the process; returns when it is continued.
    fn stop(&self) -> io::Result<()>;
    fn is_there(&self) -> bool;
    /// Its columns and rows, if it says them.
    fn size(&self) -> Option<Size>;
}

/// The process's own terminal: standard input, or the controlling terminal when that is something else.
pub(super) struct Device(Option<File>);

impl Device {
    pub(super) fn open() -> io::Result<Self> {
        if io::stdin().is_terminal() {
            return Ok(Self(None));
        }
        let file = File::open("/dev/tty").map_err(|error| {
            let hint = "There is no terminal to read keys from. Start the dashboard in a terminal window";
            io::Error::new(error.kind(), format!("{hint} ({error})."))
        })?;
        Ok(Self(Some(file)))
    }
}

impl Tty for Device {
    fn raw(&self) -> io::Result<()> {
        mode::enable_raw_mode()
    }

    fn cooked(&self) -> io::Result<()> {
        mode::disable_raw_mode()
    }

    fn stop(&self) -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)
    }

    fn is_there(&self) -> bool {
        match &self.0 {
            None => io::stdin().is_terminal(),
            Some(file) => file.is_terminal(),
        }
    }

    fn size(&self) -> Option<Size> {
        let said = match &self.0 {
            None => tcgetwinsize(io::stdin()),
            Some(file) => tcgetwinsize(file),
        };
        said.ok().filter(|size| size.ws_col > 0 && size.ws_row > 0).map(|size| Size::new(size.ws_col, size.ws_row))
    }
}

/// The terminal as a screen: entered when made, left when dropped.
pub(super) struct Screen<W: Write, T: Tty> {
    terminal: Terminal<CrosstermBackend<Whole<W>>>,
    pub(super) tty: T,
    mouse: MouseUse,
    behind: Behind,
    entered: Arc<AtomicBool>,
    /// What the terminal shows is no longer what was drawn.
    pub(super) stale: bool,
}

impl<W: Write, T: Tty> Screen<W, T> {
    pub(super) fn enter(
        out: W,
        tty: T,
        (mouse, behind): (MouseUse, Behind),
        entered: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let size = match tty.size() {
            Some(size) => size,
            None => mode::size()?.into(),
        };
        // The size is asked of the terminal that is open already: otherwise it would be opened for every frame.
        let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
        let out = Whole { out, held: Vec::new(), entered: Arc::clone(&entered) };
        let terminal = Terminal::with_options(CrosstermBackend::new(out), TerminalOptions { viewport })?;
        let mut screen = Self { terminal, tty, mouse, behind, entered, stale: false };
        screen.resume()?;
        Ok(screen)
    }

    /// Enters the screen, anew if need be, and forgets what was on it.
    pub(super) fn resume(&mut self) -> io::Result<()> {
        self.leave()?;
        self.entered.store(true, Ordering::SeqCst);
        self.tty.raw()?;
        write_enter(self.terminal.backend_mut(), self.mouse)?;
        self.terminal.backend_mut().clear()?;
        self.terminal.swap_buffers();
        self.stale = true;
        Ok(())
    }

    fn leave(&mut self) -> io::Result<()> {
        if !self.entered.load(Ordering::SeqCst) {
            return Ok(());
        }
        let written = write_leave(self.terminal.backend_mut());
        self.entered.store(false, Ordering::SeqCst);
        self.tty.cooked()?;
        written
    }

    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.leave()?;
        self.tty.stop()?;
        self.resume()
    }

    pub(super) fn draw<P: Program>(&mut self, program: &mut P) -> io::Result<()> {
        self.stale = false;
        let area = self.tty.size().map(|size| Rect::from((Position::ORIGIN, size)));
        if let Some(area) = area.filter(|area| *area != self.terminal.get_frame().area()) {
            self.terminal.resize(area)?;
        }
        self.terminal.draw(|frame| program.draw(frame)).map(drop)
    }

    pub(super) fn draw_if_needed<P: Program>(&mut self, program: &mut P) -> io::Result<()> {
        if program.changed() || self.stale { self.draw(program) } else { Ok(()) }
    }

    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        if text.len() > COPY_LIMIT {
            return Ok(());
        }
        let copy = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
        let out = self.terminal.backend_mut();
        out.write_all(copy.as_bytes())?;
        if self.behind == Behind::Tmux {
            // As it is, it is taken with `set-clipboard on`; wrapped, it is passed on with `allow-passthrough on`.
            write!(out, "\x1bPtmux;{}\x1b\\", copy.replace('\x1b', "\x1b\x1b"))?;
        }
        Write::flush(out)
    }

    /// Asks for the background; the answer comes among the keys.
    pub(super) fn ask_ground(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(QUESTION)?;
        Write::flush(out)
    }

    pub(super) fn title(&mut self, text: &str) -> io::Result<()> {
        let clean: String = text.chars().filter(|c| !c.is_control()).take(120).collect();
        let out = self.terminal.backend_mut();
        queue!(out, mode::SetTitle(clean))?;
        Write::flush(out)
    }
}

impl<W: Write, T: Tty> Drop for Screen<W, T> {
    fn drop(&mut self) {
        // There is nobody left to tell, and nothing else to try.
        let _ = self.leave();
    }
}

/// Only presses and the wheel are asked for (1000 with the coordinates of 1006), not every movement. 22 and 23 keep the
/// window's title and put it back.
fn write_enter(out: &mut impl Write, mouse: MouseUse) -> io::Result<()> {
    out.write_all(b"\x1b[22;0t")?;
    queue!(out, mode::EnterAlternateScreen, ct::EnableBracketedPaste, ct::EnableFocusChange, cursor::Hide)?;
    if mouse == MouseUse::Events {
        out.write_all(b"\x1b[?1000h\x1b[?1006h")?;
    }
    out.flush()
}

fn write_leave(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[?1006l\x1b[?1000l")?;
    queue!(out, ct::DisableFocusChange, ct::DisableBracketedPaste, style::ResetColor)?;
    queue!(out, mode::LeaveAlternateScreen, cursor::Show)?;
    out.write_all(b"\x1b[23;0t")?;
    out.flush()
}

/// Gives the terminal back from outside of the loop: first what cannot be kept waiting by a terminal that takes nothing.
pub(super) fn restore(entered: &AtomicBool) {
    if entered.swap(false, Ordering::SeqCst) {
        let _ = mode::disable_raw_mode();
        let _ = write_leave(&mut io::stdout());
    }
}

/// A panic of the loop restores the terminal before it is reported. One of another thread is reported when the loop has
/// ended (the returned list), so that it does not write across the screen.
pub(super) fn restore_on_panic(entered: &Arc<AtomicBool>) -> Arc<Mutex<Vec<String>>> {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let (kept, entered) = (Arc::clone(&reports), Arc::clone(entered));
    let (previous, owner) = (panic::take_hook(), thread::current().id());
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == owner || !entered.load(Ordering::SeqCst) {
            restore(&entered);
            previous(info);
        } else {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
        }
    }));
    reports
}

/// What a frame is sent as that is the same as the one before: no cell, the styles put back, the cursor hidden again.
const UNCHANGED: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m\x1b[?25l";

/// Sends each frame in one piece, nothing for one that changes nothing, and nothing while the screen is not entered.
struct Whole<W: Write> {
    out: W,
    held: Vec<u8>,
    entered: Arc<AtomicBool>,
}

impl<W: Write> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        if held == UNCHANGED {
            return Ok(());
        }
        if self.entered.load(Ordering::SeqCst) {
            self.out.write_all(&held)?;
            self.out.flush()?;
        }
        Ok(())
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            let known = DIGITS.get(bits >> (18 - 6 * digit) & 63).filter(|_| digit <= group.len());
            text.push(known.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::terminal::stage::Stage;

    fn shown_by(bytes: &str) -> vt100::Parser {
        let mut terminal = vt100::Parser::new(3.try_into().unwrap(), 20.try_into().unwrap(), 0);
        terminal.process(bytes.as_bytes());
        terminal
    }

    #[test]
    fn entering_turns_everything_on_and_leaving_turns_everything_off() {
        let stage = Stage::default();
        let screen = stage.screen(MouseUse::Events);
        let entering = stage.take();
        let entered = shown_by(&entering);
        assert!(entered.screen().alternate_screen());
        assert!(entered.screen().bracketed_paste());
        assert!(entered.screen().hide_cursor());
        assert_ne!(entered.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        drop(screen);
        let left = shown_by(&(entering.clone() + &stage.take()));
        assert!(!left.screen().alternate_screen());
        assert!(!left.screen().bracketed_paste());
        assert!(!left.screen().hide_cursor());
        assert_eq!(left.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(stage.modes(), ["raw", "cooked"]);
        assert!(entering.contains("\x1b[?1004h"), "focus is reported");
    }

    #[test]
    fn the_mouse_can_stay_the_terminals() {
        let stage = Stage::default();
        let _screen = stage.screen(MouseUse::Terminal);
        let entered = shown_by(&stage.take());
        assert_eq!(entered.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }

    #[test]
    fn a_text_is_copied_whole_or_not_at_all() {
        let stage = Stage::default();
        let mut screen = stage.screen(MouseUse::Terminal);
        stage.take();
        screen.copy("Zoë ✓").unwrap();
        assert_eq!(stage.take(), "\x1b]52;c;Wm/DqyDinJM=\x07");
        screen.copy(&"x".repeat(COPY_LIMIT + 1)).unwrap();
        assert_eq!(stage.take(), "");
    }

    #[test]
    fn what_is_copied_comes_through_tmux_whichever_way_it_lets_it() {
        let stage = Stage::default();
        let mut screen = stage.screen_behind(MouseUse::Terminal, Behind::of(Some("/tmp/tmux-1/default,1,0")));
        stage.take();
        screen.copy("a").unwrap();
        assert_eq!(stage.take(), "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
        assert_eq!((Behind::of(None), Behind::of(Some(""))), (Behind::Nothing, Behind::Nothing));
    }

    #[test]
    fn a_frame_that_changes_nothing_is_not_sent() {
        let stage = Stage::default();
        let mut screen = stage.screen(MouseUse::Terminal);
        stage.take();
        let mut draw = |text: &str| {
            screen.terminal.draw(|frame| frame.render_widget(text, frame.area())).unwrap();
            stage.take()
        };
        assert!(draw("a").contains('a'));
        assert_eq!(draw("a"), "");
        assert!(draw("b").contains('b'));
    }

    #[test]
    fn base64_pads_to_groups_of_four() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (text, encoded) in pairs {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_title_cannot_end_its_own_sequence() {
        let stage = Stage::default();
        let mut screen = stage.screen(MouseUse::Terminal);
        stage.take();
        screen.title("Acme\x07\x1b[2J\u{9c} Ltd").unwrap();
        assert_eq!(stage.take(), "\x1b]0;Acme[2J Ltd\x07");
    }

    #[test]
    fn nothing_is_sent_after_leaving() {
        let stage = Stage::default();
        let mut screen = stage.screen(MouseUse::Terminal);
        screen.leave().unwrap();
        stage.take();
        screen.title("late").unwrap();
        drop(screen);
        assert_eq!(stage.take(), "");
        assert_eq!(stage.modes(), ["raw", "cooked"]);
    }

    #[test]
    fn a_terminal_that_is_gone_is_left_without_complaint() {
        let stage = Stage::default();
        let screen = stage.screen(MouseUse::Terminal);
        stage.vanish();
        drop(screen);
        assert_eq!(stage.modes(), ["raw", "cooked"]);
    }
}
