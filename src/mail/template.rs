//! The texts of the letters, from assets/mail, and how they are filled in.
use jiff::Timestamp;

use super::letter::{Checkpoint, Content, Invitation, Verification};
use super::untrusted::shown;

const VERIFICATION: &str = include_str!("../../assets/mail/verification.txt");
const INVITATION: &str = include_str!("../../assets/mail/invitation.txt");
const CHECKPOINT: &str = include_str!("../../assets/mail/checkpoint.txt");

/// How many roles an invitation lists by name.
const MOST_ROLES: usize = 30;

/// A letter in words.
pub(super) struct Text {
    /// One line.
    pub(super) subject: String,
    /// The lines, ending in `\n`.
    pub(super) body: String,
}

/// The words of a letter to somebody called `name`, written at `now`.
pub(super) fn text(content: &Content, name: Option<&str>, now: Timestamp) -> Text {
    match content {
        Content::Verification(verification) => verification_text(verification, name, now),
        Content::Invitation(invitation) => invitation_text(invitation),
        Content::Checkpoint(checkpoint) => checkpoint_text(checkpoint),
    }
}

fn verification_text(verification: &Verification, name: Option<&str>, now: Timestamp) -> Text {
    let greeting = name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {},", shown(name)));
    fill(
        VERIFICATION,
        &[
            ("greeting", &greeting),
            ("code", verification.code.reveal()),
            ("minutes", &minutes(now, verification.until)),
            ("until", &moment(verification.until)),
        ],
    )
}

fn invitation_text(invitation: &Invitation) -> Text {
    let organization = shown(&invitation.organization);
    fill(
        INVITATION,
        &[
            ("organization_in_subject", &in_subject(&organization)),
            ("organization", &organization),
            ("inviter", &shown(&invitation.inviter)),
            ("inviter_address", &shown(&invitation.inviter_address)),
            ("roles_heading", roles_heading(invitation.roles.len())),
            ("roles", &roles(&invitation.roles)),
            ("code", invitation.code.reveal()),
            ("until", &moment(invitation.until)),
        ],
    )
}

/// The signed text stands there as it is: rolodeck wrote it, and one changed letter would make it worthless.
fn checkpoint_text(checkpoint: &Checkpoint) -> Text {
    let organization = shown(&checkpoint.organization);
    fill(
        CHECKPOINT,
        &[
            ("organization_in_subject", &in_subject(&organization)),
            ("organization", &organization),
            ("at", &moment(checkpoint.at)),
            ("seq", &checkpoint.seq.to_string()),
            ("note", &checkpoint.note),
            ("key", &checkpoint.key),
        ],
    )
}

/// A name for the subject line, where `=?` would start a text in code that mail programs decode: a way to bring
/// back what was made visible.
fn in_subject(text: &str) -> String {
    text.replace("=?", "<U+003D>?")
}

fn roles_heading(count: usize) -> &'static str {
    if count == 1 { "Your role there:" } else { "Your roles there:" }
}

fn roles(names: &[String]) -> String {
    let mut lines: Vec<String> = names.iter().take(MOST_ROLES).map(|name| format!("  - {}", shown(name))).collect();
    if names.len() > MOST_ROLES {
        lines.push(format!("  - and {} more", names.len() - MOST_ROLES));
    }
    lines.join("\n")
}

/// The whole minutes from `now` to `until`, in words; never less than one.
fn minutes(now: Timestamp, until: Timestamp) -> String {
    match (until.as_second() - now.as_second() + 30) / 60 {
        i64::MIN..=1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// A moment for readers anywhere.
fn moment(time: Timestamp) -> String {
    time.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// Puts the values into the template. Its first line is the subject, the rest after an empty line the body. Every
/// value is put in once and not looked at again, so that a name like `{code}` stays a name.
fn fill(template: &str, values: &[(&str, &str)]) -> Text {
    let (head, body) = template.split_once("\n\n").unwrap_or((template, ""));
    let subject = head.strip_prefix("Subject: ").unwrap_or(head);
    Text { subject: filled(subject, values), body: filled(body, values) }
}

fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((key, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == key) {
            out.push_str(value);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_value_that_looks_like_a_place_is_not_filled_in_again() {
        let text = filled("{a} and {b}", &[("a", "{b}"), ("b", "two")]);
        assert_eq!(text, "{b} and two");
    }

    #[test]
    fn a_lonely_brace_stays() {
        assert_eq!(filled("one { two", &[]), "one { two");
    }

    #[test]
    fn moments_are_named_in_full_and_in_utc() {
        assert_eq!(moment(at("2026-03-05T07:09:59Z")), "5 March 2026, 07:09 UTC");
    }

    #[test]
    fn minutes_are_rounded_and_never_none() {
        let now = at("2026-03-05T07:00:00Z");
        assert_eq!(minutes(now, at("2026-03-05T07:15:00Z")), "15 minutes");
        assert_eq!(minutes(now, at("2026-03-05T07:14:58Z")), "15 minutes");
        assert_eq!(minutes(now, at("2026-03-05T07:00:10Z")), "1 minute");
        assert_eq!(minutes(now, at("2026-03-05T06:00:00Z")), "1 minute");
    }

    #[test]
    fn every_template_has_a_subject_and_short_lines() {
        for template in [VERIFICATION, INVITATION, CHECKPOINT] {
            assert!(template.starts_with("Subject: "));
            assert!(template.is_ascii());
            assert!(template.lines().all(|line| line.len() <= 74), "{template}");
        }
    }

    #[test]
    fn a_long_list_of_roles_says_how_many_it_leaves_out() {
        let names: Vec<String> = (1..=33).map(|n| format!("Role {n}")).collect();
        let listed = roles(&names);
        assert_eq!(listed.lines().count(), 31);
        assert!(listed.ends_with("  - Role 30\n  - and 3 more"));
    }
}
