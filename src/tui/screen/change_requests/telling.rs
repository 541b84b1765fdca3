//! One request in words.
use ratatui::text::Line;

use super::facts::{Affects, Deciders, Facts, role_name};
use super::item::{State, name_of};
use super::prose::Prose;
use crate::domain::change_request::RequestState;
use crate::domain::effect;
use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::when::{both, exact, relative};
use crate::tui::widget::line::columns;

/// Whether the request was filed anew while somebody read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Read {
    /// It is as it was.
    #[default]
    Once,
    /// It does something else than what stood here a moment ago.
    Anew,
}

/// Everything about a request, in lines of at most `width` columns.
pub(super) fn lines(facts: &Facts, scene: &Scene, width: u16, read: Read) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let mut prose = Prose::new(theme, width);
    if read == Read::Anew {
        prose.warning("It was filed again while you looked at it. What it does now is told here: read it again.");
        prose.gap();
    }
    let summary = Shown::new(&facts.request.summary).to_string();
    prose.paragraph(format!("{} asks to {summary}.", facts.requester), theme.title);
    asked(&mut prose, facts, scene);
    state(&mut prose, facts, scene);
    effect(&mut prose, facts);
    if let Some(Deciders::Some { me, others, more }) = &facts.deciders {
        decide(&mut prose, *me, others, *more);
    }
    prose.lines()
}

fn asked(prose: &mut Prose<'_>, facts: &Facts, scene: &Scene) {
    let request = &facts.request;
    let muted = prose.theme.muted;
    prose.paragraph(format!("Asked as {}, {}", facts.role, both(scene.now, request.filed, &scene.zone)), muted);
    prose.paragraph(format!("Area: {}", request.area.name()), muted);
}

fn state(prose: &mut Prose<'_>, facts: &Facts, scene: &Scene) {
    let org = &scene.org;
    let (theme, request) = (prose.theme, &facts.request);
    if facts.state == State::Waiting {
        return waiting(prose, facts, scene);
    }
    prose.heading(format!("State: {}", facts.state.name().to_lowercase()));
    match &request.state {
        RequestState::Pending => match (facts.state, &facts.trouble) {
            (State::Expired, _) => {
                prose.alarm(format!(
                    "It expired {}. Nothing of it happened.",
                    both(scene.now, request.expires, &scene.zone)
                ));
                prose.paragraph(again(facts, scene), theme.text);
            }
            (_, trouble) => {
                if let Some(refusal) = trouble {
                    prose.alarm(format!("{refusal} Nothing of it happened."));
                }
                prose.paragraph(again(facts, scene), theme.text);
            }
        },
        RequestState::Applied { by, at, code_seen } => {
            let (who, role) = (name_of(org, by.user), role_name(org, by.role));
            let text = format!("Approved and done by {who} as {role}, {}.", both(scene.now, *at, &scene.zone));
            prose.hanging(theme.glyphs.ok, text, theme.ok);
            if *code_seen {
                prose.warning(format!(
                    "{} had looked at the invitation code that {who} signed up with, so the two may be one person.",
                    facts.requester
                ));
            }
        }
        RequestState::Rejected { by, at, reason } => {
            let (who, role) = (name_of(org, by.user), role_name(org, by.role));
            prose.hanging(
                theme.glyphs.wrong,
                format!("Rejected by {who} as {role}, {}. Nothing of it happened.", both(scene.now, *at, &scene.zone)),
                theme.text,
            );
            prose.paragraph(format!("Reason: {reason}"), theme.text);
        }
        RequestState::Withdrawn { at } => prose.paragraph(
            format!(
                "Taken back by {}, {}. Nothing of it happened.",
                facts.requester,
                both(scene.now, *at, &scene.zone)
            ),
            theme.text,
        ),
    }
}

fn again(facts: &Facts, scene: &Scene) -> String {
    if facts.mine {
        let key = |label, usual| scene.key(module_path!(), label, usual);
        let (again, withdraw) = (key("File again", 'g'), key("Withdraw", 'w'));
        format!("Press {again} to file it again with what it would do now, or {withdraw} to withdraw it.")
    } else {
        format!("{} can file it again.", facts.requester)
    }
}

fn waiting(prose: &mut Prose<'_>, facts: &Facts, scene: &Scene) {
    let expires = facts.request.expires;
    let until = format!(
        "Waiting until {} ({}). Nothing of it has happened yet.",
        exact(expires, &scene.zone),
        relative(scene.now, expires)
    );
    prose.paragraph(until, prose.theme.text);
    if let Some(Deciders::Nobody(why)) = &facts.deciders {
        prose.alarm(format!(
            "NOBODY can approve this at present. Unless that changes, it expires undecided. Why: {why}."
        ));
    }
    if facts.code_seen && !facts.mine {
        prose.warning(format!(
            "{} looked at the invitation code that you signed up with. If you approve, the record will say so.",
            facts.requester
        ));
    }
}

fn decide(prose: &mut Prose<'_>, me: bool, others: &[String], more: bool) {
    prose.heading("Who can decide");
    if me {
        prose.items(["You".to_owned()]);
    }
    prose.items(others.iter().cloned());
    if more {
        prose.paragraph("  and others", prose.theme.muted);
    }
    if others.is_empty() {
        prose.paragraph("Nobody else could.", prose.theme.muted);
    }
}

fn effect(prose: &mut Prose<'_>, facts: &Facts) {
    let shows = &facts.shows;
    let (changes, access) = match facts.state {
        State::Waiting => ("Before and after", "Who gains or loses access"),
        State::Applied => ("Before and after, as approved", "Who gained or lost access"),
        _ => ("Before and after, as it was filed", "Who would have gained or lost access"),
    };
    prose.heading(changes);
    let mut subject = None;
    for line in &shows.lines {
        if subject.replace(&line.subject) != Some(&line.subject) {
            prose.paragraph(line.subject.clone(), prose.theme.accent);
        }
        field(prose, line);
    }
    if shows.lines.is_empty() {
        prose.paragraph("Nothing that is shown changes.", prose.theme.muted);
    }
    prose.heading(match &shows.affects {
        Some(affects) if !shows.access.is_empty() => format!("{access} ({})", in_numbers(affects)),
        _ => access.to_owned(),
    });
    if shows.access.is_empty() {
        prose.paragraph("Nobody.", prose.theme.text);
    }
    prose.items(shows.access.iter().cloned());
    if shows.more > 0 {
        let more = counted(shows.more, "line more is", "lines more are");
        prose.paragraph(format!("{more} not kept here; the log has all of them."), prose.theme.muted);
    }
    if !shows.arising.is_empty() {
        prose.heading("New warnings");
        shows.arising.iter().for_each(|warning| prose.warning(warning.as_str()));
    }
    if !shows.resolved.is_empty() {
        prose.heading("Warnings that go away");
        let (sign, style) = (prose.theme.glyphs.ok, prose.theme.ok);
        shows.resolved.iter().for_each(|warning| prose.hanging(sign, warning.as_str(), style));
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn in_numbers(affects: &Affects) -> String {
    let users = counted(affects.users, "user", "users");
    let invitations = counted(affects.invitations, "invitation", "invitations");
    match (affects.users, affects.invitations) {
        (_, 0) => users,
        (0, _) => invitations,
        _ => format!("{users}, {invitations}"),
    }
}

/// One field: on one line where there is room, else what was below what will be.
fn field(prose: &mut Prose<'_>, line: &effect::Line) {
    let theme = prose.theme;
    let (added, removed, arrow) = (theme.glyphs.added, theme.glyphs.removed, theme.glyphs.arrow);
    let name = &line.field;
    match (&line.before, &line.after) {
        (Some(before), Some(after)) => {
            let short = format!("{name}: {before} {arrow} {after}");
            if columns(&short) + 4 <= usize::from(prose.width) {
                return prose.hanging("   ", short, theme.text);
            }
            prose.hanging("   ", format!("{name}:"), theme.text);
            prose.hanging(&format!("    {removed}"), before.as_str(), theme.text);
            prose.hanging(&format!("    {added}"), after.as_str(), theme.text);
        }
        (None, Some(after)) => prose.hanging(&format!("  {added}"), format!("{name}: {after}"), theme.text),
        (Some(before), None) => prose.hanging(&format!("  {removed}"), format!("{name}: {before}"), theme.text),
        (None, None) => {}
    }
}
