//! What is worth knowing about the draft, asked again after every change of it.
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use uuid::Uuid;

use super::draft::RoleDraft;
use super::prose::Prose;
use crate::command::{Command, CreateRole, EditRole};
use crate::domain::draft::Draft;
use crate::domain::findings::{Finding, Severity, role_findings};
use crate::domain::id::RoleId;
use crate::domain::name::RoleName;
use crate::domain::permission::PermissionSet;
use crate::domain::refusal::Refusal;
use crate::domain::role::{Grants, Role};
use crate::ledger::actor::Actor;
use crate::ledger::run::attempt;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;

/// What is worth knowing about the draft.
#[derive(Debug, Default)]
pub struct Outlook {
    /// The most serious first.
    pub warnings: Vec<Warning>,
    /// Why the role would be refused as it is, its name and the number of its permissions aside.
    pub obstacle: Option<Refusal>,
    /// What the active role permits, which limits what it can hand out.
    pub own: PermissionSet,
}

/// Which warnings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Those about the permissions themselves, while they are chosen.
    Permissions,
    /// Those about the accounts and other roles, too, once the role is complete.
    Everything,
}

/// One thing worth knowing, in words.
#[derive(Debug)]
pub struct Warning {
    when: Told,
    severity: Severity,
    title: &'static str,
    sentence: String,
    remedy: Option<Remedy>,
}

/// What would settle a warning.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The permissions as they would be.
    pub grants: Grants,
    /// What is added.
    pub added: PermissionSet,
}

impl Outlook {
    /// Looks the draft over.
    pub fn of(scene: &Scene, draft: &RoleDraft) -> Self {
        let (grants, scope) = (draft.grants(), draft.scope());
        let findings = role_findings(&scene.org, Draft { role: draft.role(), grants: &grants, scope: &scope });
        let warnings = findings.into_iter().map(|finding| Warning {
            when: when(&finding),
            severity: finding.severity(),
            title: finding.title(),
            sentence: finding.sentence(&scene.org),
            remedy: finding
                .remedied(&grants)
                .map(|remedied| Remedy { added: remedied.permissions().minus(grants.permissions()), grants: remedied }),
        });
        let own = scene.role().map(Role::permissions).unwrap_or_default();
        Self { warnings: warnings.collect(), obstacle: obstacle(scene, draft), own }
    }

    /// What would settle the first warning that can be settled by adding permissions.
    pub fn remedy(&self) -> Option<&Remedy> {
        self.warnings.iter().find_map(|warning| warning.remedy.as_ref())
    }

    fn told(&self, which: Told) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(move |warning| which == Told::Everything || warning.when == which)
    }

    /// In full.
    pub fn tell(&self, prose: &mut Prose, which: Told, theme: &Theme) {
        if let Some(obstacle) = &self.obstacle {
            let text = Line::styled(format!("{obstacle} {}", obstacle.hint()), theme.danger);
            prose.hanging(Span::styled(theme.glyphs.wrong, theme.danger), text);
        }
        let mut offered = false;
        for warning in self.told(which) {
            let (sign, style) = warning.sign(theme);
            let mut line = Line::from(Span::styled(format!("{}. ", warning.title), style));
            line.spans.push(Span::styled(warning.sentence.clone(), theme.text));
            if warning.remedy.is_some() && !offered {
                offered = true;
                line.spans.extend([
                    Span::raw(" "),
                    Span::styled("+", theme.key),
                    Span::styled(" adds it.", theme.muted),
                ]);
            }
            prose.hanging(Span::styled(sign, style), line);
        }
    }

    /// The titles of those about permissions, one a line.
    pub fn titles(&self, theme: &Theme) -> Vec<Line<'static>> {
        let mut offered = false;
        let warning = |warning: &Warning| {
            let (sign, style) = warning.sign(theme);
            let mut line =
                Line::from(vec![Span::styled(sign, style), Span::styled(format!(" {}", warning.title), style)]);
            if warning.remedy.is_some() && !offered {
                offered = true;
                let key = [Span::styled("  +", theme.key), Span::styled(" adds it", theme.muted)];
                line.spans.extend(key);
            }
            line
        };
        let obstacle = self.obstacle.iter().map(|refusal| {
            let style = theme.danger;
            Line::from(vec![Span::styled(theme.glyphs.wrong, style), Span::styled(format!(" {refusal}"), style)])
        });
        obstacle.chain(self.told(Told::Permissions).map(warning)).collect()
    }
}

impl Warning {
    const fn sign(&self, theme: &Theme) -> (&'static str, Style) {
        match self.severity {
            Severity::Note => (theme.glyphs.note, theme.muted),
            Severity::Warning => (theme.glyphs.warning, theme.warning),
            Severity::Serious => (theme.glyphs.wrong, theme.danger),
        }
    }
}

/// Other roles and accounts matter when the role is complete.
const fn when(finding: &Finding) -> Told {
    match finding {
        Finding::EqualRole { .. }
        | Finding::ContainedRole { .. }
        | Finding::ReachesNothing { .. }
        | Finding::ScopeUnused { .. } => Told::Everything,
        Finding::CreatesAndApproves { .. }
        | Finding::ApprovesUnseen { .. }
        | Finding::SensitiveAdmin { .. }
        | Finding::WritesUnread { .. }
        | Finding::NoBasicAccess { .. } => Told::Permissions,
    }
}

/// The command that makes the draft a role. `id` is that of a new role.
pub fn command(scene: &Scene, draft: &RoleDraft, name: RoleName, id: RoleId) -> Command {
    let (grants, scope) = (draft.grants(), draft.scope());
    match draft.role() {
        Some(role) => EditRole { role, name, grants, scope }.into(),
        None => CreateRole { role: id, name, grants, scope, at: scene.outside.now() }.into(),
    }
}

/// Tries it under a name that nobody has.
fn obstacle(scene: &Scene, draft: &RoleDraft) -> Option<Refusal> {
    let nobody = RoleId::from_uuid(Uuid::nil());
    let name = RoleName::new(&nobody.to_string()).ok()?;
    let actor = Actor::Person(scene.session.clone()?);
    match attempt(&scene.org, scene.now, &actor, &command(scene, draft, name, nobody)) {
        Ok(_) | Err(Refusal::NoPermission) => None,
        Err(refusal) => Some(refusal),
    }
}
