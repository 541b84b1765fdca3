//! An invitation in detail.
use ratatui::text::Line;

use super::delivery;
use super::facts::Facts;
use super::pending::expiry;
use super::rights::Rights;
use super::user_detail::code_seen_by;
use crate::domain::address::{AddressKey, Candidate, EmailAddress, Holder, Judge, Known, LookAlikes, Warning};
use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::domain::text::Shown;
use crate::domain::user::Invitation;
use crate::domain::words::{grants_in_words, scope_in_words};
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::{both, exact};

/// Nobody else is asked about: the address is this invitation's.
struct Alone;

impl Known for Alone {
    fn holder(&self, _: &AddressKey) -> Option<Holder> {
        None
    }
}

/// How closely an address is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In passing: by itself and beside the organization's own domains.
    Glance,
    /// Beside the address of every user, too, which takes longer the more there are.
    Close,
}

/// What to look at about the address of an invitation, worked out once for each.
#[derive(Default)]
pub struct Suspicion {
    of: Option<(InvitationId, Look)>,
    warnings: Vec<String>,
}

impl Suspicion {
    /// Works it out, unless that is done.
    pub fn follow(&mut self, org: &Org, open: &Invitation, look: Look) {
        if self.of != Some((open.id, look)) {
            self.of = Some((open.id, look));
            self.warnings = warnings(org, &open.address, look).iter().map(ToString::to_string).collect();
        }
    }
}

fn warnings(org: &Org, address: &EmailAddress, look: Look) -> Vec<Warning> {
    let own = org.organization().map(|row| row.domains.clone()).unwrap_or_default();
    let mut like = LookAlikes::default();
    if look == Look::Close {
        let shape = address.skeleton();
        let users = org.users().values().map(|user| &user.address);
        users.filter(|other| other.skeleton() == shape).for_each(|other| like.add(other));
    }
    let text = address.as_str();
    let candidate = Candidate { text: text.into(), name: None, address: text.into() };
    Judge::new(Alone, own, like).take(candidate).warnings
}

/// Everything about an invitation, in lines.
pub fn lines(
    scene: &Scene,
    open: &Invitation,
    suspicion: &Suspicion,
    rights: &Rights,
    width: u16,
) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let mut facts = Facts::new(theme, width);
    if let Some(name) = &open.name {
        facts.line(Line::styled(name.to_string(), theme.title));
    }
    facts.line(Line::styled(Shown::new(open.address.as_str()).full().to_string(), theme.title));
    suspicion.warnings.iter().for_each(|warning| facts.warning(warning.clone()));
    facts.gap();
    let inviter = scene.org.user(open.invited_by);
    facts.fact("Invited by", inviter.map(|user| user.name.to_string()).unwrap_or_default());
    facts.fact("Invited", both(scene.now, open.invited, &scene.zone));
    if open.sent != open.invited {
        facts.fact("Resent", both(scene.now, open.sent, &scene.zone));
    }
    let mut until = Line::from(expiry(scene, open));
    until.push_span(format!(" ({})", exact(open.expires, &scene.zone)));
    facts.fact("Expires", until);
    let told = delivery::sentences(scene, open.id);
    for (n, sentence) in told.into_iter().enumerate() {
        facts.fact(if n == 0 { "Message" } else { "" }, sentence);
    }
    facts.fact("Code seen by", code_seen_by(scene, open.code_seen_by.iter()));
    facts.heading("Roles that the person will hold");
    for role in open.roles.iter().filter_map(|id| scene.org.role(id)) {
        facts.line(Line::styled(role.name.to_string(), theme.badge));
        if rights.roles == Ready::Yes {
            facts.bullet(theme.muted, grants_in_words(&role.grants));
            facts.bullet(theme.muted, scope_in_words(&scene.org, &role.scope));
        }
    }
    facts.into_lines()
}
