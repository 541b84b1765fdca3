//! A user in detail.
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::text::{Line, Span};

use super::facts::Facts;
use super::people::status;
use super::rights::Rights;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::text::Shown;
use crate::domain::user::{User, UserStatus};
use crate::domain::words::user_access;
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::both;

/// What each role of a user comes to, worked out once for a state of the organization.
#[derive(Default)]
pub struct Access {
    of: Option<(UserId, Arc<Org>)>,
    roles: Vec<(String, Vec<String>)>,
}

impl Access {
    /// Works it out for a user, unless that is done.
    pub fn follow(&mut self, org: &Arc<Org>, user: &User) {
        let done = self.of.as_ref().is_some_and(|(id, of)| *id == user.id && Arc::ptr_eq(of, org));
        if !done {
            let access = user_access(org, user).into_iter();
            self.roles = access.map(|access| (access.role.name.to_string(), access.sentences)).collect();
            self.of = Some((user.id, Arc::clone(org)));
        }
    }
}

/// Everything about a user, in lines.
pub fn lines(
    scene: &Scene,
    user: &User,
    access: &Access,
    last_sign_in: Option<Option<Timestamp>>,
    rights: &Rights,
    width: u16,
) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let mut facts = Facts::new(theme, width);
    let mut title = vec![Span::styled(user.name.to_string(), theme.title)];
    if scene.person().is_some_and(|person| person.user == user.id) {
        title.push(Span::styled(" (you)", theme.badge));
    }
    facts.line(title);
    facts.line(Shown::new(user.address.as_str()).full().to_string());
    facts.gap();
    let means = match user.status {
        UserStatus::Active => "",
        UserStatus::Deactivated => ": cannot sign in, keeps the roles",
        UserStatus::Removed if user.is_erased() => ": gone for good, name and address were blanked",
        UserStatus::Removed => ": gone for good, holds no role",
    };
    let style = if user.is_active() { theme.text } else { theme.warning };
    facts.fact("Status", Line::styled(format!("{}{means}", status(user)), style));
    if let Some(done) = user.deactivated {
        let by = scene.org.user(done.by).map_or_else(|| "somebody".to_owned(), |by| by.name.to_string());
        facts.fact("Deactivated", format!("by {by}, {}", both(scene.now, done.at, &scene.zone)));
    }
    if !user.apart.is_empty() {
        facts.fact("Other than", code_seen_by(scene, user.apart.iter()));
    }
    facts.fact("Joined", both(scene.now, user.joined, &scene.zone));
    facts.fact(
        "Last sign-in",
        match last_sign_in {
            None => theme.glyphs.ellipsis.to_owned(),
            Some(None) => "never".to_owned(),
            Some(Some(at)) => both(scene.now, at, &scene.zone),
        },
    );
    if !user.code_seen_by.is_empty() {
        facts.fact("Code seen by", code_seen_by(scene, user.code_seen_by.iter()));
    }
    if user.status == UserStatus::Removed {
        return facts.into_lines();
    }
    facts.heading("Roles, and what each permits");
    if access.roles.len() > 1 {
        facts.line(Line::styled("One role is active at a time; they do not add up.", theme.muted));
    }
    for (name, sentences) in &access.roles {
        facts.line(Line::styled(name.clone(), theme.badge));
        if rights.roles == Ready::Yes {
            sentences.iter().for_each(|sentence| facts.bullet(theme.muted, sentence.clone()));
        }
    }
    if let Ready::No(why) = &rights.roles {
        facts.gap();
        facts.line(Line::styled(format!("What roles permit is not shown. {why}"), theme.muted));
    }
    facts.into_lines()
}

/// The names of who looked at a code.
pub fn code_seen_by<'u>(scene: &Scene, who: impl Iterator<Item = &'u UserId>) -> String {
    let names: Few = who.filter_map(|id| scene.org.user(*id)).map(|user| &user.name).collect();
    names.to_string()
}
