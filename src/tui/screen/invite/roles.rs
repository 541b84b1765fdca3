//! The roles that can be given, to tick.
use ratatui::text::Line;

use crate::command::may_hand_out;
use crate::domain::id::RoleId;
use crate::domain::refusal::Refusal;
use crate::domain::role::{Role, RoleSet};
use crate::domain::words::{grants_in_words, scope_in_words};
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;
use crate::tui::widget::choice::{Choice, Choosable, Pick};

/// The active roles by name, Owner last.
pub(super) struct Roles {
    ids: Vec<RoleId>,
    /// Why each of them cannot be given, where that is so.
    why_not: Vec<Option<Refusal>>,
    pub(super) choice: Choice,
}

impl Roles {
    /// The roles as they are; none is ticked.
    pub(super) fn new(scene: &Scene) -> Self {
        let mut roles = Self { ids: Vec::new(), why_not: Vec::new(), choice: Choice::new(Pick::Several, []) };
        roles.follow(scene);
        roles
    }

    /// Takes over the roles as they are now. What was ticked and can still be given stays ticked.
    pub(super) fn follow(&mut self, scene: &Scene) {
        let ticked = self.ticked();
        // Owner alone was not a choice: the first role to give comes before it, and Space must not find Owner there.
        let selected = self.choice.selected().filter(|_| self.ids.len() > 1).and_then(|at| self.ids.get(at)).copied();
        let mut roles: Vec<&Role> = scene.org.active_roles().collect();
        roles.sort_by_cached_key(|role| (role.is_owner(), role.name.key()));
        self.ids = roles.iter().map(|role| role.id).collect();
        self.why_not = roles.iter().map(|role| may_hand_out(&scene.org, scene.role()?, role).err()).collect();
        let options = roles.iter().zip(&self.why_not).map(|(role, why_not)| option(role, why_not.as_ref()));
        let mut choice = Choice::new(Pick::Several, options);
        for (at, (role, why_not)) in roles.iter().zip(&self.why_not).enumerate() {
            if ticked.contains(role.id) && why_not.is_none() {
                choice = choice.with(at);
            }
            if selected == Some(role.id) {
                choice.select(at);
            }
        }
        self.choice = choice;
    }

    /// The ticked roles.
    pub(super) fn ticked(&self) -> RoleSet {
        self.choice.all_chosen().iter().filter_map(|at| self.ids.get(*at)).copied().collect()
    }

    /// Whether there is no role to give but Owner.
    pub(super) fn none_but_owner(scene: &Scene) -> bool {
        scene.org.active_roles().all(Role::is_owner)
    }

    /// Why the selected role cannot be given, in full, if it cannot.
    pub(super) fn why_not(&self) -> Option<String> {
        let refusal = self.why_not.get(self.choice.selected()?)?.as_ref()?;
        Some(format!("{refusal} {}", refusal.hint()))
    }

    /// The selected role in a few sentences.
    pub(super) fn selected_in_words(&self, scene: &Scene, theme: &Theme) -> Vec<Line<'static>> {
        let id = self.choice.selected().and_then(|at| self.ids.get(at));
        let Some(role) = id.and_then(|id| scene.org.role(*id)) else { return Vec::new() };
        let mut lines = vec![
            Line::styled(role.name.to_string(), theme.title),
            Line::styled(format!("Permissions: {}", grants_in_words(&role.grants)), theme.text),
            Line::styled(format!("Accounts: {}", scope_in_words(&scene.org, &role.scope)), theme.text),
        ];
        if let Some(why_not) = self.why_not() {
            lines.insert(1, Line::styled(why_not, theme.warning));
        }
        lines
    }
}

fn option(role: &Role, why_not: Option<&Refusal>) -> Choosable {
    let option = Choosable::new(role.name.to_string());
    match why_not {
        None => option,
        Some(Refusal::OwnersOnly) => option.disabled("given by Owners"),
        Some(Refusal::Administration { .. }) => option.disabled("more than you may give"),
        Some(other) => option.disabled(other.to_string()),
    }
}
