//! The built program in a real pseudo-terminal. Waits for what the screen shows, never for time.
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a screen may take before the test has failed. Never waited for when all is well.
const LIMIT: Duration = Duration::from_secs(60);

/// The flag of a terminal that shows what is typed; the same on Linux and macOS.
const ECHO: u32 = 0o10;

/// A program and the terminal that it believes to be in.
pub struct Tty {
    parser: vt100::Parser,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    raw: Vec<u8>,
}

impl Tty {
    /// Starts the program with these arguments and this home.
    pub fn start(home: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start_with(home, arguments, size, &[])
    }

    /// Starts the program in an environment with these variables, too.
    pub fn start_with(home: &Path, arguments: &[&str], size: (u16, u16), variables: &[(&str, &str)]) -> Self {
        let (cols, rows) = size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rolodeck"));
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(read) = reader.read(&mut bytes) {
                if read == 0 || sender.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        Self { parser, output, input, child, master: pair.master, raw: Vec::new() }
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// The styles of the cells of the screen.
    pub fn cells(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Makes the terminal another size, as dragging its window does.
    pub fn resize(&mut self, (cols, rows): (u16, u16)) -> &mut Self {
        self.parser.set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self
    }

    /// Every byte that the program wrote.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits until the screen shows this.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.until(&format!("“{text}” to be shown"), |screen| screen.contains(text))
    }

    /// Waits until the screen no longer shows this.
    #[track_caller]
    pub fn see_not(&mut self, text: &str) -> &mut Self {
        self.until(&format!("“{text}” to be gone"), |screen| !screen.contains(text))
    }

    /// Waits until the screen is as wished.
    #[track_caller]
    pub fn until(&mut self, what: &str, wished: impl Fn(&str) -> bool) -> &mut Self {
        let begun = Instant::now();
        while !wished(&self.screen()) {
            match self.output.recv_timeout(LIMIT.saturating_sub(begun.elapsed())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("waited in vain for {what}:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => panic!("the program ended before {what}:\n{}", self.screen()),
            }
        }
        self
    }

    /// Waits until something beside the screen is so, and reads on meanwhile. Looked at again with everything that the
    /// program writes, and every moment when it writes nothing.
    #[track_caller]
    pub fn until_so(&mut self, what: &str, so: impl Fn(&Self) -> bool) -> &mut Self {
        let begun = Instant::now();
        while !so(self) {
            assert!(begun.elapsed() < LIMIT, "waited in vain for {what}:\n{}", self.screen());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(1)) {
                self.take(&bytes);
            }
        }
        self
    }

    /// Waits until what is typed is no longer shown.
    pub fn until_silent(&mut self) -> &mut Self {
        self.until_so("what is typed to be hidden", |tty| !tty.echoes())
    }

    /// Whether the terminal shows what is typed, as a shell wants it.
    pub fn echoes(&self) -> bool {
        self.master.get_termios().is_some_and(|now| now.local_flags.bits() & ECHO != 0)
    }

    /// Waits until the process is in this state, by the letter of `/proc`.
    pub fn until_process_is(&mut self, state: char) -> &mut Self {
        let path = format!("/proc/{}/stat", self.process());
        let is = || std::fs::read_to_string(&path).unwrap().rsplit(')').next().unwrap().trim().starts_with(state);
        self.until_so("another state of the process", |_| is());
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
        self
    }

    /// Types bytes as they are.
    pub fn send(&mut self, bytes: &str) -> &mut Self {
        self.input.write_all(bytes.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self
    }

    /// Pastes a text as terminals do.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// The process, to send signals to.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.process().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Kills it at once, as a power cut would. What it had written until then is on the screen.
    pub fn kill(&mut self) {
        self.signal("KILL");
        self.end();
    }

    /// Waits for the end and gives the exit code.
    pub fn end(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            match self.output.recv_timeout(LIMIT.saturating_sub(begun.elapsed())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap().exit_code(),
                Err(RecvTimeoutError::Timeout) => panic!("the program does not end:\n{}", self.screen()),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.parser.process(bytes);
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
