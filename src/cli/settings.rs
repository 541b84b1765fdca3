//! `rolodeck settings`: what holds, and where it comes from.
use std::io::Write;

use clap::Args as ClapArgs;

use super::dashboard::looks;
use super::{Args, Failure, Surroundings, place::Place};
use crate::domain::text::Shown;
use crate::settings::{Settings, ThemeName};
use crate::tui::key::Key;
use crate::tui::keymap::{Keymap, key_lists};
use crate::tui::theme::Theme;

/// What is printed.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// Print every key of the dashboard as well, screen by screen
    #[arg(long)]
    keys: bool,
}

/// A setting and its default; without one nothing is set.
type Known = (&'static str, Option<&'static str>);

/// Every setting, section by section.
const KNOWN: &[(&str, &[Known])] = &[
    (
        "mail",
        &[
            ("outbox", None),
            ("server", None),
            ("tls", None),
            ("port", None),
            ("allow_unencrypted", None),
            ("from", None),
            ("user", None),
            ("password_file", None),
            ("password_env", None),
            ("ca_file", None),
        ],
    ),
    ("audit", &[("checkpoint_folder", None), ("checkpoint_mail", None)]),
    ("time", &[("zone", Some("\"UTC\"")), ("date", Some("\"international\""))]),
    (
        "screen",
        &[
            ("theme", Some("\"auto\"")),
            ("glyphs", Some("\"auto\"")),
            ("mouse", Some("true")),
            ("animation", Some("true")),
        ],
    ),
];

/// Prints them as a settings file that says the same.
///
/// # Errors
/// When the settings cannot be read or are wrong, or the output is closed.
pub fn run(wanted: &Wanted, args: &Args, place: &Place, surroundings: &Surroundings) -> Result<(), Failure> {
    let settings = place.read_settings()?;
    let wrong = |error| Failure::Settings(place.settings.clone(), error);
    let keymap = Keymap::new(&settings.keys).map_err(wrong)?;
    let written: toml::Table = std::fs::read_to_string(&place.settings).unwrap_or_default().parse().unwrap_or_default();
    let mut lines = vec![format!("# {}", Shown::new(&place.settings.display().to_string()))];
    for (section, known) in KNOWN {
        lines.push(format!("\n[{section}]"));
        for (key, default) in *known {
            let value = written.get(*section).and_then(|section| section.get(*key));
            lines.push(match (value, default) {
                (Some(value), _) => format!("{key} = {}  # from the file", Shown::new(&value.to_string())),
                (None, Some(default)) => format!("{key} = {default}  # default"),
                (None, None) => format!("# {key} is not set"),
            });
        }
    }
    lines.extend(in_this_terminal(args, &settings, surroundings));
    for list in key_lists() {
        let changed = |label| keymap.keys(list.screen, label).is_some();
        if !wanted.keys && !list.deeds.iter().any(|(label, _)| changed(label)) {
            continue;
        }
        lines.push(format!("\n[keys.{}]", list.screen));
        for (label, usual) in &list.deeds {
            let keys = keymap.keys(list.screen, label).unwrap_or(usual);
            if wanted.keys || changed(label) {
                let from = if changed(label) { "from the file" } else { "default" };
                lines.push(format!("\"{label}\" = {}  # {from}", array(keys)));
            }
        }
    }
    let mut out = std::io::stdout().lock();
    lines.into_iter().try_for_each(|line| writeln!(out, "{line}").map_err(|error| Failure::output(&error)))
}

/// What the choices lead to where rolodeck runs now.
fn in_this_terminal(args: &Args, settings: &Settings, surroundings: &Surroundings) -> Vec<String> {
    let looks = looks(args, &settings.screen, surroundings);
    let theme = looks.theme(settings.screen.theme);
    let mut lines = vec!["\n# In this terminal:".to_owned()];
    let quiet = theme.accent == Theme::mono().accent && settings.screen.theme != ThemeName::Mono;
    lines.push(match settings.screen.theme {
        _ if quiet => "# no colours: NO_COLOR is set, or TERM says that there are none".into(),
        ThemeName::Auto if looks.wants_ground(ThemeName::Auto) => {
            "# theme: light or dark, when the terminal tells its background".into()
        }
        name => format!("# theme: {}", name.about()),
    });
    let ascii = looks.theme(ThemeName::Mono).glyphs != Theme::mono().glyphs;
    lines.push(format!("# symbols: {}", if ascii { "ASCII" } else { "Unicode" }));
    lines
}

/// Keys as a list of TOML, as the settings read them.
fn array(keys: &[Key]) -> String {
    let keys = keys.iter().map(|key| toml::Value::String(key.spelled()).to_string());
    format!("[{}]", keys.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::settings::{DateForm, GlyphChoice, Switch};

    #[test]
    fn the_defaults_that_are_printed_are_those_that_hold() {
        let mut text = String::new();
        for (section, known) in KNOWN {
            text.push_str(&format!("[{section}]\n"));
            for (key, default) in *known {
                text.extend(default.map(|default| format!("{key} = {default}\n")));
            }
        }
        assert_eq!(Settings::parse(&text).unwrap(), Settings::default());
        assert_eq!(DateForm::default().key(), "international");
        assert_eq!((GlyphChoice::default().key(), Switch::default().key()), ("auto", "true"));
    }

    #[test]
    fn every_key_can_be_written_into_the_settings_as_it_is_printed() {
        for list in key_lists() {
            for (label, keys) in &list.deeds {
                for key in keys {
                    assert_eq!(key.spelled().parse::<Key>().as_ref(), Ok(key), "{label}");
                }
            }
        }
    }
}
