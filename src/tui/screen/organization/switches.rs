//! Four-eyes and the recovery code, as the screen tells them.
use ratatui::text::{Line, Span};

use super::cover::name_of;
use super::hanging::{hanging, toned};
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::domain::security::{Area, Emergency, Rescue, Security};
use crate::domain::user::CredentialKind;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::when::{date, minute};
use crate::tui::widget::toast::Tone;

/// What the switches are not about.
pub(super) const PAYMENTS: &str = "This is about changes that are made here. Whether a payment goes out is decided by \
                                   approval chains, not by these switches.";

/// The section's lines.
pub(super) fn security(scene: &Scene, width: u16) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let security = scene.org.security();
    let mut lines = vec![Line::styled("Organization security", theme.heading)];
    for emergency in &security.emergencies {
        let hint = match scene.past {
            None => format!(" Press {} to take note.", scene.key(module_path!(), "Take note", 'o')),
            Some(_) => String::new(),
        };
        lines.extend(toned(Tone::Warning, format!("{}.{hint}", used(scene, emergency)), 2, width, theme));
    }
    for area in Area::ALL {
        lines.extend(switch("  ", area, security.four_eyes.areas.contains(&area), area.about(), theme, width));
    }
    let said = |text: String| hanging(Span::raw("  "), Span::styled(text, theme.muted), width);
    if security.four_eyes.begun {
        lines.extend(said("Every change of these switches waits for a second person.".into()));
    } else if scene.org.is_sample() && scene.may(Need::organization(Permission::ORGANIZATIONS_UPDATE)) == Ready::Yes {
        lines.extend(said("To see it at work in this sample, press p: four requests will wait for you.".into()));
    }
    lines.extend(said(PAYMENTS.into()));
    let label = Span::styled(format!("  {:18}", "Recovery code"), theme.muted);
    lines.extend(hanging(label, Span::styled(recovery_code(scene, &security), theme.text), width));
    lines
}

/// A switch: its glyph, its name, a word for how it stands, and what is said about it.
pub(super) fn switch(
    lead: &str,
    area: Area,
    on: bool,
    about: &'static str,
    theme: &Theme,
    width: u16,
) -> Vec<Line<'static>> {
    let (glyph, word, style) = match (area.protects(), on) {
        (false, _) => (theme.glyphs.not_available, "Off", theme.disabled),
        (true, true) => (theme.glyphs.on, "On", theme.ok),
        (true, false) => (theme.glyphs.off, "Off", theme.text),
    };
    let lead = Span::styled(format!("{lead}{glyph} {:16}{word:4}", area.name()), style);
    let muted = if area.protects() { theme.muted } else { theme.disabled };
    hanging(lead, Span::styled(about, muted), width)
}

/// What was done with the recovery code, when, and in whose name.
pub(super) fn used(scene: &Scene, emergency: &Emergency) -> String {
    let what = match emergency.rescue {
        Rescue::FourEyesOff => "switch four-eyes off".into(),
        Rescue::OwnerReset(owner) => format!("replace the passphrase of {}", name_of(&scene.org, owner)),
    };
    let when = minute(emergency.at, &scene.zone);
    let claimed = name_of(&scene.org, emergency.claimed);
    format!("The recovery code was used on {when} to {what}, by somebody who named {claimed}")
}

fn recovery_code(scene: &Scene, security: &Security) -> String {
    let me = scene.person().map(|person| person.user);
    if security.code_due.is_some() && security.code_due == me && scene.past.is_none() {
        let key = scene.key(module_path!(), "Recovery code", 'c');
        return format!("A new one was decided for you. Press {key} to draw it.");
    }
    let organization = scene.org.organization().map(|row| row.id.uuid()).unwrap_or_default();
    let since = scene.org.credential(CredentialKind::RecoveryCode, organization).map(|code| code.since);
    let since = match since {
        Some(since) => format!("Valid since {}.", date(since, &scene.zone)),
        None => "There is none yet.".into(),
    };
    match security.code_due {
        Some(other) => format!("{since} {} may draw a new one.", name_of(&scene.org, other)),
        None => since,
    }
}
