//! Questions on the command line. They go to standard error, so that standard output stays clean.
use std::io::{BufRead, IsTerminal, Write};

use zeroize::Zeroizing;

use crate::domain::text::Shown;

/// Asks for one line; none when there is nobody to ask.
pub fn line(question: &str) -> Option<String> {
    put(question)?;
    Some(read()?.trim().to_owned())
}

/// Asks for something that is not shown while it is typed. Where standard input is no terminal it is one line of that;
/// none when there is nobody to ask.
pub fn hidden(question: &str) -> Option<Zeroizing<String>> {
    if at_terminal() {
        return rpassword::prompt_password(Shown::new(question).to_string()).ok().map(Zeroizing::new);
    }
    put(question)?;
    let typed = read()?;
    // Spaces belong to it, the end of the line does not.
    Some(Zeroizing::new(typed.trim_end_matches(['\r', '\n']).to_owned()))
}

/// Whether somebody can be asked again.
pub fn at_terminal() -> bool {
    std::io::stdin().is_terminal()
}

fn put(question: &str) -> Option<()> {
    let mut err = std::io::stderr().lock();
    write!(err, "{}", Shown::new(question)).and_then(|()| err.flush()).ok()
}

fn read() -> Option<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().read_line(&mut line).ok()?;
    (read > 0).then_some(line)
}
