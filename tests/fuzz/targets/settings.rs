//! Any text as a settings file: understood, or refused with a sentence and a hint.
#![no_main]

use rolodeck::settings::Settings;
use rolodeck::tui::keymap::Keymap;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let refused = match Settings::parse(text) {
        Ok(settings) => Keymap::new(&settings.keys).err(),
        Err(error) => Some(error),
    };
    if let Some(error) = refused {
        let said = format!("{error} {}", error.hint());
        assert!(!error.hint().is_empty() && !said.contains(char::is_control), "{said:?}");
        assert!(error.line().is_none_or(|line| line <= text.lines().count() + 1), "{said:?}");
    }
});
