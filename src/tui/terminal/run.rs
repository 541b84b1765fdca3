//! A program in the terminal of this process, from entering to leaving.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::style::force_color_output;
use tokio::sync::mpsc;

use super::cycle::drive;
use super::ground::{Answer, Asking};
use super::input::read_keys;
use super::program::{Behind, Ended, MouseUse, Program};
use super::screen::{Device, Screen, Tty, restore_on_panic};
use super::signals::watch_signals;
use super::sources::Sources;
use crate::tui::event::Event;

/// Runs a program in this process's terminal until it ends. Belongs inside a tokio runtime with time enabled, and is
/// the last thing a process does with its terminal: the thread that reads keys stays behind until the process ends.
///
/// # Errors
/// When there is no terminal, or it cannot be written to although it is there.
pub async fn run<P: Program>(
    program: &mut P,
    outside: mpsc::Receiver<Event>,
    clock: &dyn Fn() -> jiff::Timestamp,
    (mouse, behind, asking): (MouseUse, Behind, Asking),
) -> io::Result<Ended> {
    if !io::stdout().is_terminal() {
        return Err(io::Error::other(
            "The output is not a terminal. Start the dashboard in a terminal window, or use a subcommand (--help).",
        ));
    }
    force_color_output(true);
    let tty = Device::open()?;
    let entered = Arc::new(AtomicBool::new(false));
    let reports = restore_on_panic(&entered);
    let (signals, _watching) = watch_signals(&entered).await?;
    let mut screen = Screen::enter(io::stdout(), tty, (mouse, behind), entered)?;
    let (keys, batches) = mpsc::channel(16);
    let answer = Answer::to(asking, Instant::now());
    if asking == Asking::Asked {
        screen.ask_ground()?;
    }
    thread::Builder::new().name("keys".into()).spawn(move || read_keys(&keys, answer))?;
    let mut sources = Sources::new(batches, outside, signals, (Duration::from_secs(1), clock));
    let ended = drive(program, &mut screen, &mut sources).await;
    let gone = !screen.tty.is_there();
    drop(screen);
    for report in reports.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        let _ = writeln!(io::stderr(), "{report}");
    }
    if gone { Ok(ended.unwrap_or(Ended::HungUp)) } else { ended }
}
