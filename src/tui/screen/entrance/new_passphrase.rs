//! A new passphrase, typed twice.
use ratatui::text::{Line, Span};
use zeroize::Zeroizing;

use super::ask::Ask;
use crate::domain::passphrase::{SHORTEST, accept, strength};
use crate::ledger::secrets::Secret;
use crate::tui::theme::Theme;
use crate::tui::widget::form::Form;
use crate::tui::widget::meter::Strength;

/// Words that somebody would try first who wants to guess a passphrase: name and address, whole and in parts.
pub(in crate::tui::screen) fn known_words(name: &str, address: &str) -> Vec<String> {
    let parts = [name, address].into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let parts = parts.filter(|part| part.chars().count() > 2);
    [name, address].into_iter().chain(parts).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Shows below the new passphrase how strong it is so far.
pub(in crate::tui::screen) fn show_strength(form: &mut Form<Ask>, known: &[String], theme: &Theme) {
    let Some(field) = form.field_mut(Ask::Passphrase).filter(|field| !field.is_empty()) else { return };
    let typed = field.secret();
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    let mut line: Line<'static> = Strength::of(strength(&typed, &known).score).line(theme);
    let missing = SHORTEST.saturating_sub(typed.chars().count());
    if missing > 0 {
        let more = if missing == 1 { "1 more character".to_owned() } else { format!("{missing} more characters") };
        line.push_span(Span::styled(format!(" {} {more} needed", theme.glyphs.dot), theme.muted));
    }
    field.set_hint(Some(line));
}

/// The new passphrase, when it is accepted and both fields hold the same; else says at the field what is wrong.
pub(in crate::tui::screen) fn checked(form: &mut Form<Ask>, known: &[String]) -> Option<Secret> {
    let typed = |ask| form.get_field(ask).map_or_else(Zeroizing::default, |field| field.secret());
    let (first, again) = (typed(Ask::Passphrase), typed(Ask::Again));
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    match accept(&first, &known).map(Zeroizing::new) {
        Err(refusal) => form.refuse(Ask::Passphrase, format!("{refusal} {}", refusal.hint())),
        Ok(_) if first != again => {
            form.refuse(Ask::Again, "This is not the same as above. Type both again if in doubt.")
        }
        Ok(accepted) => return Some(Secret::from(accepted.as_str())),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_address_are_known_in_parts_too() {
        let known = known_words("Ada von Lovelace", "ada.l@example.com");
        for word in ["Ada von Lovelace", "Lovelace", "ada.l@example.com", "example"] {
            assert!(known.iter().any(|known| known == word), "{word} is missing in {known:?}");
        }
        assert_eq!(known_words("", ""), Vec::<String>::new());
    }
}
