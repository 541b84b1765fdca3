//! A program that speaks in lines, for screen readers and for terminals that can do nothing else.
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGTSTP};
use signal_hook::low_level;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

use super::program::{Effect, Ended, Program};
use super::signals::watch_signals;
use crate::domain::text::Shown;
use crate::tui::app::App;
use crate::tui::event::Event;
use crate::tui::plain::Talk;

/// Talks about a program until it ends. Belongs inside a tokio runtime with time enabled; the thread that reads lines
/// stays behind until the process ends.
///
/// # Errors
/// When the output cannot be written to.
pub async fn converse<P: Program + AsMut<App>>(
    program: &mut P,
    mut outside: mpsc::Receiver<Event>,
    clock: &dyn Fn() -> jiff::Timestamp,
    mut talk: Talk,
) -> io::Result<Ended> {
    let (mut signals, _watching) = watch_signals(&Arc::new(AtomicBool::new(false))).await?;
    let (wanted, mut lines) = reader()?;
    let mut remark = None;
    loop {
        let settling = settle(program, &mut outside, &mut signals).await;
        if let Some(ended) = settling? {
            return Ok(ended);
        }
        let text = match remark.take() {
            Some(remark) => remark,
            None => talk.say(program.as_mut()),
        };
        say(&text)?;
        let mut quiet = talk.hides().then(Echo::off).flatten();
        if wanted.send(()).await.is_err() {
            return Ok(Ended::HungUp);
        }
        let heard = loop {
            tokio::select! {
                biased;
                Some(number) = signals.recv() => match number {
                    SIGTSTP => stop(&mut quiet)?,
                    SIGCONT => {}
                    number => return Ok(Ended::Signal(number)),
                },
                line = lines.recv() => break line,
            }
        };
        if quiet.is_some() {
            drop(quiet);
            say("\n")?;
        }
        let Some(line) = heard else { return Ok(Ended::Quit) };
        program.handle(Event::Tick(clock()));
        remark = talk.hear(program.as_mut(), &line);
        if let Some(text) = &mut remark {
            text.push_str("> ");
        }
    }
}

/// Lets everything be done that was asked for.
async fn settle<P: Program + AsMut<App>>(
    program: &mut P,
    outside: &mut mpsc::Receiver<Event>,
    signals: &mut mpsc::Receiver<i32>,
) -> io::Result<Option<Ended>> {
    loop {
        while program.work() {}
        for effect in program.effects() {
            match effect {
                Effect::Copy(text) => say(&format!("To copy: {}\n", Shown::new(&text)))?,
                Effect::Quit => return Ok(Some(Ended::Quit)),
                Effect::Suspend => stop(&mut None)?,
                Effect::Title(_) => {}
            }
        }
        if !program.as_mut().waits() {
            return Ok(None);
        }
        tokio::select! {
            biased;
            Some(number) = signals.recv() => match number {
                SIGTSTP => stop(&mut None)?,
                SIGCONT => {}
                number => return Ok(Some(Ended::Signal(number))),
            },
            event = outside.recv() => match event {
                Some(event) => program.handle(event),
                None => return Ok(None),
            },
        }
    }
}

/// Stops until the shell continues it, and asks again then. Meanwhile what is typed is seen.
fn stop(quiet: &mut Option<Echo>) -> io::Result<()> {
    let was_quiet = quiet.take().is_some();
    low_level::emulate_default_handler(SIGTSTP)?;
    *quiet = was_quiet.then(Echo::off).flatten();
    say("> ")
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A thread that reads a line whenever one is wanted.
fn reader() -> io::Result<(mpsc::Sender<()>, mpsc::Receiver<Zeroizing<String>>)> {
    let (wanted, mut asked) = mpsc::channel::<()>(1);
    let (send, lines) = mpsc::channel(1);
    thread::Builder::new().name("lines".into()).spawn(move || {
        while asked.blocking_recv().is_some() {
            let mut line = Zeroizing::new(String::new());
            match io::stdin().lock().read_line(&mut line) {
                Ok(read) if read > 0 && send.blocking_send(line).is_ok() => {}
                _ => return,
            }
        }
    })?;
    Ok((wanted, lines))
}

/// What is typed is not seen until this is dropped.
struct Echo(rustix::termios::Termios);

impl Echo {
    fn off() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let stdin = io::stdin();
        if !stdin.is_terminal() {
            return None;
        }
        let before = tcgetattr(&stdin).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&stdin, OptionalActions::Now, &quiet).ok()?;
        Some(Self(before))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, &self.0);
    }
}
