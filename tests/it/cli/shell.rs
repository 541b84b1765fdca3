//! The built program, started as from a shell in a home of its own.
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rolodeck::command::Found;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

/// A home without anything in it.
pub struct Home {
    folder: tempfile::TempDir,
}

/// How a program ended and what it said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Fails unless it did what it was asked, without a word of complaint.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Fails unless it ended with this code and these words in one line on standard error, and a hint after them.
    #[track_caller]
    pub fn failed(&self, code: i32, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        let ends = [".\n", "?\n"].iter().any(|end| self.err.ends_with(end));
        assert!(self.err.starts_with("rolodeck: ") && ends, "{}", self.err);
        assert!(self.err.contains(words), "“{words}” is not in: {}", self.err);
        assert!(self.err.contains(". "), "no hint: {}", self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
    }
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where organizations live.
    pub fn data(&self) -> PathBuf {
        self.path().join(".local/share/rolodeck")
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Said {
        self.run_with(arguments, &[])
    }

    pub fn run_with<A: AsRef<OsStr>>(&self, arguments: &[A], variables: &[(&str, &OsStr)]) -> Said {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        Said::of(command.output().unwrap())
    }

    /// Runs the program with these lines on its standard input.
    pub fn run_typing(&self, arguments: &[&str], lines: &[&str]) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut text = lines.join("\n");
        text.push('\n');
        let typed = child.stdin.take().unwrap().write_all(if lines.is_empty() { b"" } else { text.as_bytes() });
        // A program that has heard enough closes its ear.
        assert!(typed.is_ok() || typed.is_err_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe));
        Said::of(child.wait_with_output().unwrap())
    }

    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rolodeck"));
        command.args(arguments).env_clear().env("HOME", self.path()).stdin(Stdio::null());
        command
    }

    /// Writes the settings file.
    pub fn settings(&self, text: &str) {
        let folder = self.path().join(".config/rolodeck");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("settings.toml"), text).unwrap();
    }

    /// Makes a sample organization in the data directory.
    pub fn sample(&self, name: &str) -> PathBuf {
        let path = self.data().join(format!("{name}.db"));
        let outside = outside();
        let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        let creator = *org.users().keys().next().unwrap();
        let mut store = Store::create(&path, Nature::Sample).unwrap();
        signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
        path
    }
}

/// The true clock, because the program has no other.
pub fn outside() -> Outside {
    let now = || jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap();
    Outside::new(now, |bytes| {
        let fresh = uuid();
        for (byte, random) in bytes.iter_mut().zip(fresh.iter().cycle()) {
            *byte = *random;
        }
    })
}

/// Sixteen bytes that nobody else has.
fn uuid() -> [u8; 32] {
    use std::hash::{BuildHasher, RandomState};
    let mut bytes = [0; 32];
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&RandomState::new().hash_one(0).to_le_bytes());
    }
    bytes
}
