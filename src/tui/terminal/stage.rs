//! What the tests of this folder play on: a terminal that writes down what happened to it.

#![expect(clippy::expect_used, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ratatui::layout::Size;

use super::program::{Behind, MouseUse};
use super::screen::{Screen, Tty};

/// Everything that was sent to the terminal, and the changes of its modes, in order.
#[derive(Clone, Default)]
pub struct Stage {
    bytes: Rc<RefCell<Vec<u8>>>,
    modes: Rc<RefCell<Vec<&'static str>>>,
    gone: Rc<Cell<bool>>,
}

impl Stage {
    /// A screen of 20 columns and 3 rows on this stage.
    pub fn screen(&self, mouse: MouseUse) -> Screen<Stage, Stage> {
        self.screen_behind(mouse, Behind::Nothing)
    }

    /// Such a screen behind something.
    pub fn screen_behind(&self, mouse: MouseUse, behind: Behind) -> Screen<Stage, Stage> {
        let entered = Arc::new(AtomicBool::new(false));
        Screen::enter(self.clone(), self.clone(), (mouse, behind), entered).expect("a stage refuses nothing")
    }

    /// The bytes since the last call.
    pub fn take(&self) -> String {
        String::from_utf8(self.bytes.take()).expect("the terminal is sent UTF-8")
    }

    /// The changes of the modes so far.
    pub fn modes(&self) -> Vec<&'static str> {
        self.modes.borrow().clone()
    }

    /// The window is closed.
    pub fn vanish(&self) {
        self.gone.set(true);
    }
}

impl Write for Stage {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gone.get() {
            return Err(io::Error::from_raw_os_error(5));
        }
        self.bytes.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Tty for Stage {
    fn raw(&self) -> io::Result<()> {
        self.modes.borrow_mut().push("raw");
        Ok(())
    }

    fn cooked(&self) -> io::Result<()> {
        self.modes.borrow_mut().push("cooked");
        Ok(())
    }

    fn stop(&self) -> io::Result<()> {
        self.modes.borrow_mut().push("stop");
        Ok(())
    }

    fn is_there(&self) -> bool {
        !self.gone.get()
    }

    fn size(&self) -> Option<Size> {
        Some(Size::new(20, 3))
    }
}
