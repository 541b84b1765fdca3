//! What uses a role, an entity or an account. Enter goes there.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::finder::{Finder, Heard, Words};
use super::palette::{Item, Matching};
use crate::domain::access::Need;
use crate::domain::id::{AccountId, EntityId, RoleId};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::usage::{Reach, Use, Used, used_by};
use crate::tui::acts::{Acts, Aim, Place};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};

const WORDS: Words = Words {
    title: " Used by ",
    foot: " type to search, Enter goes there, Esc closes ",
    prompt: "Search: ",
    nothing: "Nothing that your role may see uses it.",
};

/// What uses something, searchable.
pub struct UsedBy {
    used: Used,
    finder: Finder,
    items: Vec<Item>,
    found: Vec<Item>,
}

impl UsedBy {
    /// Looks at what uses this.
    pub fn new(used: Used) -> Self {
        Self { used, finder: Finder::default(), items: Vec::new(), found: Vec::new() }
    }

    fn seek(&mut self) {
        let mut matching = Matching::new(self.finder.typed().trim());
        self.found = self.items.iter().filter(|item| matching.score(&item.words()).is_some()).cloned().collect();
        self.finder.count(self.found.len());
    }

    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        if let Some(item) = self.finder.selected().and_then(|row| self.found.get(row)) {
            item.clone().go(acts);
        }
    }
}

/// A use as a line, if the active role may see what it is.
fn item(scene: &Scene, found: Use) -> Option<Item> {
    let org = &scene.org;
    let may = |need| scene.person().is_some_and(|person| scene.decide(person, need).is_allowed());
    let people = || may(Need::organization(Permission::MEMBERSHIPS_READ));
    match found {
        Use::Holder(id) => {
            let user = org.user(id).filter(|_| people())?;
            let (name, address) = (user.name.as_str(), user.address.as_str());
            Some(rows("user", name, address, Place::Users, Aim::Users(address.into())))
        }
        Use::Invitation(id) => {
            let address = org.invitation(id).filter(|_| people())?.address.as_str();
            Some(rows("invited", address, "", Place::Users, Aim::Invited(address.into())))
        }
        Use::Role(id, reach) => {
            let role = org.role(id).filter(|_| may(Need::organization(Permission::ROLES_READ)))?;
            let name = role.name.as_str();
            Some(rows("role", name, &because(org, reach), Place::Roles, Aim::Roles(name.into())))
        }
        Use::Below(id) => {
            let name = org.entity(id).filter(|_| may(Need::entity(Permission::ENTITIES_READ, Some(id))))?.name.as_str();
            Some(rows("entity", name, "directly below it", Place::Entities, Aim::Entities(name.into())))
        }
        Use::Account(id) => {
            let account = org.account(id).filter(|_| may(Need::account(Permission::ACCOUNTS_READ, id)))?;
            let (name, number) = (account.name.as_str(), account.identifier.as_str());
            Some(rows("account", name, number, Place::Entities, Aim::Entities(number.into())))
        }
        Use::Request(id) => {
            let decides = || may(Need::organization(Permission::ORGANIZATIONS_UPDATE));
            let request = org.change_request(id)?;
            let own = scene.person().is_some_and(|person| person.user == request.by.user);
            (own || decides()).then(|| {
                let summary: &str = &request.summary;
                rows(
                    "request",
                    summary,
                    "waits for a second person",
                    Place::ChangeRequests,
                    Aim::Requests(summary.into()),
                )
            })
        }
    }
}

fn because(org: &Org, reach: Reach) -> String {
    match reach {
        Reach::Chosen => "chosen in its scope".into(),
        Reach::Above(entity) => {
            let name = org.entity(entity).map_or_else(String::new, |entity| entity.name.to_string());
            format!("by {name}")
        }
        Reach::Everything => "reaches everything".into(),
    }
}

fn rows(kind: &'static str, name: &str, detail: &str, place: Place, aim: Aim) -> Item {
    Item::Rows { kind, name: name.to_owned(), detail: detail.to_owned(), place, aim }
}

/// Shows what uses it.
pub fn open_used_by(used: impl Into<Used>, acts: &mut Acts) {
    acts.open(UsedBy::new(used.into()));
}

impl From<RoleId> for Used {
    fn from(id: RoleId) -> Self {
        Self::Role(id)
    }
}

impl From<EntityId> for Used {
    fn from(id: EntityId) -> Self {
        Self::Entity(id)
    }
}

impl From<AccountId> for Used {
    fn from(id: AccountId) -> Self {
        Self::Account(id)
    }
}

const BINDINGS: &[Binding<UsedBy>] = &[
    Binding {
        keys: &["enter"],
        label: "Go there",
        about: "Go to what the selected line names; Esc comes back here",
        ready: |used_by, _| Ready::when(!used_by.found.is_empty()),
        run: UsedBy::choose,
    },
    Binding {
        keys: &["up"],
        label: "Up",
        about: "Select the line above",
        ready: |_, _| Ready::Yes,
        run: |used_by, _, _| used_by.finder.step(false),
    },
    Binding {
        keys: &["down"],
        label: "Down",
        about: "Select the line below",
        ready: |_, _| Ready::Yes,
        run: |used_by, _, _| used_by.finder.step(true),
    },
];

impl Layer for UsedBy {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        let org = &scene.org;
        let name = match self.used {
            Used::Role(id) => org.role(id).map(|role| role.name.to_string()),
            Used::Entity(id) => org.entity(id).map(|entity| entity.name.to_string()),
            Used::Account(id) => org.account(id).map(|account| account.name.to_string()),
        };
        format!("What uses {}", name.unwrap_or_default())
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn moved(&mut self, scene: &Scene) {
        self.items = used_by(&scene.org, self.used).into_iter().filter_map(|found| item(scene, found)).collect();
        self.seek();
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match self.finder.input(input) {
            Heard::Nothing => return Took::No,
            Heard::Typed => self.seek(),
            Heard::Chosen => self.choose(scene, acts),
            Heard::Moved => {}
        }
        Took::Yes
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let told = self.finder.selected().and_then(|row| self.found.get(row)).map(|item| item.about(scene));
        let found = &self.found;
        let line = |row: usize, width| found.get(row).map_or_else(Line::default, |item| item.line(&scene.theme, width));
        self.finder.draw(frame, area, scene, &WORDS, line, told);
    }
}
