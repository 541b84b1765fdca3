//! The program: wires everything, builds what comes from outside once, and turns the result into an exit code.
use std::process::ExitCode;

use clap::Parser;
use rolodeck::cli::{self, Args, Surroundings};
use rolodeck::outside::Outside;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Help and the version are no errors.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            eprint!("{}", Args::complaint(std::env::args_os()).unwrap_or_default());
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let surroundings =
        Surroundings { variable: |name| std::env::var(name).ok(), path: |name| std::env::var_os(name).map(Into::into) };
    let outside = Outside::new(jiff::Timestamp::now, random);
    match cli::run(args, &surroundings, outside) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = failure.to_string();
            if !text.is_empty() {
                eprintln!("rolodeck: {text}");
            }
            ExitCode::from(failure.code())
        }
    }
}

/// Without randomness no id and no code may be made, so the program ends at once.
fn random(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        eprintln!("rolodeck: the system gives no random bytes: {error}");
        std::process::abort();
    }
}
