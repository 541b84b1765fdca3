//! The rows of *All users*.
use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use super::columns::Spec;
use super::filter::{Word, plain};
use super::listing::{Kind, Touched};
use super::sort_key::SortKey;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::role::RoleSet;
use crate::domain::row::Difference;
use crate::domain::text::Shown;
use crate::domain::user::{User, UserStatus};
use crate::tui::scene::Scene;
use crate::tui::when::day;
use crate::tui::widget::table::Row;

/// People who have signed up; those who were removed are shown to whoever filters for them.
pub struct People;

/// The word for people who may sign in.
const ACTIVE: &str = "active";

/// The word for people who may not sign in until they are reactivated.
const DEACTIVATED: &str = "deactivated";

/// The word for people who left.
const REMOVED: &str = "removed";

/// The filters that a key goes through.
pub const FILTERS: [&str; 2] = [DEACTIVATED, REMOVED];

/// The name.
pub const NAME: usize = 0;
const ADDRESS: usize = 1;
const ROLES: usize = 2;
const STATUS: usize = 3;
const JOINED: usize = 4;

impl Kind for People {
    type Id = UserId;

    const SPECS: &'static [Spec] = &[
        Spec { title: "Name", min: 18, share: 2, rank: 0 },
        Spec { title: "Address", min: 28, share: 3, rank: 3 },
        Spec { title: "Roles", min: 18, share: 2, rank: 1 },
        Spec { title: "Status", min: 11, share: 0, rank: 2 },
        Spec { title: "Joined", min: 10, share: 0, rank: 4 },
    ];

    const SORTABLE: &'static [usize] = &[NAME, ADDRESS, ROLES, STATUS, JOINED];

    fn layout(_: u16) -> &'static [usize] {
        &[NAME, ADDRESS, ROLES, STATUS, JOINED]
    }

    fn sorts_as(column: usize) -> usize {
        column
    }

    fn all(scene: &Scene, column: usize) -> impl Iterator<Item = (SortKey, UserId)> {
        scene.org.users().values().map(move |user| (key_of(scene, user, column), user.id))
    }

    fn is_listed(org: &Org, id: UserId) -> bool {
        org.user(id).is_some()
    }

    fn is_hidden(org: &Org, id: UserId, words: &[Word]) -> bool {
        org.user(id).is_none_or(is_removed) && !words.iter().any(|word| word.is(REMOVED))
    }

    fn hidden(org: &Org) -> BTreeSet<UserId> {
        org.users().values().filter(|user| is_removed(user)).map(|user| user.id).collect()
    }

    fn touched(difference: &Difference, column: usize) -> Touched<UserId> {
        if column == ROLES && difference.roles().next().is_some() {
            return Touched::Any;
        }
        let users = difference.users().filter_map(|(before, after)| after.or(before));
        Touched::These(users.map(|user| user.id).collect())
    }

    fn key(scene: &Scene, id: UserId, column: usize) -> SortKey {
        scene.org.user(id).map(|user| key_of(scene, user, column)).unwrap_or_default()
    }

    fn contains(scene: &Scene, id: UserId, word: &Word) -> bool {
        let Some(user) = scene.org.user(id) else { return false };
        word.is_in(user.name.as_str())
            || word.is_in(user.address.as_str())
            || user.roles.iter().any(|role| word.names(role))
            || word.begins(&[status(user)])
    }

    fn straw(scene: &Scene, id: UserId) -> Option<(Vec<String>, u8)> {
        let Some(user) = scene.org.user(id) else { return Some((Vec::new(), STATES)) };
        let roles = user.roles.iter().filter_map(|role| scene.org.role(role)).filter(|role| role.is_active());
        let says = [plain(user.name.as_str()), plain(user.address.as_str())].into_iter();
        let state = (0..STATES).find(|state| word_of(*state) == status(user)).unwrap_or(STATES);
        Some((says.chain(roles.map(|role| plain(role.name.as_str()))).collect(), state))
    }

    fn hidden_states(words: &[Word]) -> &'static [u8] {
        if words.iter().any(|word| word.is(REMOVED)) { &[] } else { &[GONE] }
    }

    fn states(word: &Word) -> Vec<u8> {
        (0..STATES).filter(|state| word.begins(&[word_of(*state)])).collect()
    }

    fn row(scene: &Scene, id: UserId, columns: impl Iterator<Item = (usize, usize)>) -> Row<'static> {
        let Some(user) = scene.org.user(id) else { return Row::default() };
        let cell = |(column, width): (usize, usize)| -> Line<'static> {
            match column {
                NAME => Shown::new(user.name.as_str()).cut(width).into_owned().into(),
                ADDRESS => Shown::new(user.address.as_str()).cut_address(width).into_owned().into(),
                ROLES => Shown::new(&role_names(&scene.org, &user.roles)).cut(width).into_owned().into(),
                STATUS if user.is_active() => Span::styled(status(user), scene.theme.muted).into(),
                STATUS => Span::styled(status(user), scene.theme.warning).into(),
                _ => day(user.joined, &scene.zone).into(),
            }
        };
        Row::new(columns.map(cell)).style(if user.is_active() { scene.theme.text } else { scene.theme.muted })
    }
}

fn key_of(scene: &Scene, user: &User, column: usize) -> SortKey {
    let name = plain(user.name.as_str());
    match column {
        ADDRESS => SortKey::new(0, &plain(user.address.as_str()), &name),
        ROLES => SortKey::new(0, &plain(&role_names(&scene.org, &user.roles)), &name),
        STATUS => SortKey::new(i64::from(!user.is_active()), "", &name),
        JOINED => SortKey::new(user.joined.as_millisecond(), "", &name),
        _ => SortKey::new(0, "", &name),
    }
}

/// How many states a user can be in, and the one of those who were removed.
const STATES: u8 = 3;
const GONE: u8 = 2;

/// The words for them.
const fn word_of(state: u8) -> &'static str {
    match state {
        0 => ACTIVE,
        1 => DEACTIVATED,
        _ => REMOVED,
    }
}

fn is_removed(user: &User) -> bool {
    user.status == UserStatus::Removed
}

/// The status in a word.
pub const fn status(user: &User) -> &'static str {
    match user.status {
        UserStatus::Active => ACTIVE,
        UserStatus::Deactivated => DEACTIVATED,
        UserStatus::Removed => REMOVED,
    }
}

/// The names of roles, as typed: through [`Shown`] before they are seen.
pub fn role_names(org: &Org, roles: &RoleSet) -> String {
    let names: Vec<&str> = roles.iter().filter_map(|id| org.role(id)).map(|role| role.name.as_str()).collect();
    names.join(", ")
}
