//! What there is to say about the organization, section by section.
use std::fmt::Display;

use crate::tui::when::Times;

use crate::domain::access::{Need, reaches_entity};
use crate::domain::address::Domain;
use crate::domain::census::AccountCounts;
use crate::domain::organization::{AccountState, Nature};
use crate::domain::permission::Permission;
use crate::domain::scope::Scope;
use crate::domain::text::Shown;
use crate::domain::user::UserStatus;
use crate::engine::checkpoint::Checkpoints;
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::{date, minute};

/// Facts under a heading.
pub(super) struct Section {
    /// What they are about.
    pub title: &'static str,
    /// Each with its label.
    pub facts: Vec<Fact>,
}

/// A label, and what it says in one or more lines.
pub(super) struct Fact {
    /// One to three words.
    pub label: &'static str,
    /// Fit to be shown.
    pub values: Vec<String>,
}

impl Fact {
    fn new(label: &'static str, value: impl Display) -> Self {
        Self { label, values: vec![value.to_string()] }
    }
}

/// What the organization is.
pub(super) fn identity(scene: &Scene) -> Option<Section> {
    let row = scene.org.organization()?;
    let kind = match row.nature {
        Nature::Real => "Production organization",
        Nature::Sample => "Sample organization: nothing in it is real",
    };
    let mut domains: Vec<String> = row.domains.iter().map(domain_in_words).collect();
    if domains.is_empty() {
        domains.push("None. Name them, and invitations to other domains are pointed out.".into());
    }
    let facts = vec![
        Fact::new("Name", Shown::new(row.name.as_str()).full()),
        Fact::new("Kind", kind),
        Fact::new("Founded", date(row.founded, &scene.zone)),
        Fact { label: "Own mail domains", values: domains },
    ];
    Some(Section { title: "Organization", facts })
}

fn domain_in_words(domain: &Domain) -> String {
    let unicode = domain.in_unicode();
    if unicode == domain.as_str() { domain.to_string() } else { format!("{domain} ({})", Shown::new(&unicode).full()) }
}

/// What the organization consists of, as far as the active role may see it. Looks at everything once.
pub(super) fn numbers(scene: &Scene) -> Section {
    let seen = |label, permission, count: fn(&Scene) -> String| match scene.may_see(Need::organization(permission)) {
        Ready::Yes => Fact::new(label, count(scene)),
        _ => Fact::new(label, format_args!("Not shown: your active role lacks {permission}.")),
    };
    let facts = vec![
        seen("Users", Permission::MEMBERSHIPS_READ, users),
        seen("Invited", Permission::INVITATIONS_READ, |scene| scene.org.invitations().len().to_string()),
        seen("Roles", Permission::ROLES_READ, |scene| scene.org.active_roles().count().to_string()),
        seen("Entities", Permission::ENTITIES_READ, entities),
        seen("Accounts", Permission::ACCOUNTS_READ, accounts),
    ];
    Section { title: "In numbers", facts }
}

fn users(scene: &Scene) -> String {
    let with = |status| scene.org.users().values().filter(|user| user.status == status).count();
    match (with(UserStatus::Active), with(UserStatus::Deactivated)) {
        (active, 0) => active.to_string(),
        (active, deactivated) => format!("{active} active, {deactivated} deactivated"),
    }
}

fn entities(scene: &Scene) -> String {
    within(scene, scene.org.entities().len(), |scope| {
        let reached = |entity| reaches_entity(&scene.org, scope, entity);
        scene.org.entities().keys().filter(|entity| reached(**entity)).count()
    })
}

fn accounts(scene: &Scene) -> String {
    let counts = AccountCounts::of(&scene.org);
    let ignored = scene.org.accounts().values().filter(|account| account.state == AccountState::Ignored).count();
    let all = within(scene, counts.total(), |scope| counts.reached(&scene.org, scope));
    let everything = scene.role().is_some_and(|role| *role.scope == Scope::AllFuture);
    if everything && ignored > 0 { format!("{all} in use, {ignored} ignored") } else { all }
}

/// A count of everything, or of what the active role's scope contains.
fn within(scene: &Scene, all: usize, reached: impl FnOnce(&Scope) -> usize) -> String {
    match scene.role().map(|role| role.scope.as_ref()) {
        None | Some(Scope::AllFuture) => all.to_string(),
        Some(scope) => format!("{} in your role's scope", reached(scope)),
    }
}

/// Where the organization is kept.
pub(super) fn storage(scene: &Scene) -> Option<Section> {
    let view = scene.view.as_ref()?;
    let path = view.path.to_string_lossy().into_owned();
    let head = scene.head().unwrap_or(view.head);
    let head = format!("No. {}, {}", head.seq, minute(head.at, &scene.zone));
    let facts = vec![
        Fact::new("File", Shown::new(&path)),
        Fact::new("Newest log entry", head),
        Fact { label: "Checkpoints", values: checkpoints(&view.checkpoints, &scene.zone) },
    ];
    Some(Section { title: "Storage", facts })
}

/// Where the newest signed checkpoint of the log is, and what stands in the way of the next.
fn checkpoints(kept: &Checkpoints, zone: &Times) -> Vec<String> {
    let (folder, newest, trouble) = match kept {
        Checkpoints::Off => return vec!["None: set checkpoint_folder in the settings file.".into()],
        Checkpoints::Sample => return vec!["None: a sample's log is not signed.".into()],
        Checkpoints::On { folder, newest, trouble } => (folder.to_string_lossy(), newest, trouble),
    };
    let folder = Shown::new(&folder);
    let state = match newest {
        Some(newest) => format!("No. {}, {}, in {folder}", newest.seq, minute(newest.at, zone)),
        None => format!("None yet in {folder}"),
    };
    let trouble = trouble.as_ref().map(|text| Shown::new(text).to_string());
    std::iter::once(state).chain(trouble).collect()
}

/// How messages leave; how they once did is not known.
pub(super) fn mail(scene: &Scene) -> Option<Section> {
    let view = scene.view.as_ref().filter(|_| scene.past.is_none())?;
    let facts = vec![Fact::new("Messages go to", &view.route)];
    Some(Section { title: "Mail", facts })
}
