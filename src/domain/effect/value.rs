//! Values in one fixed form, by ids and keys, so that equal values have equal bytes.
use std::fmt::Display;

use serde_json::Value;

use crate::domain::organization::AccountState;
use crate::domain::permission::PermissionSet;
use crate::domain::role::{Grants, RoleState};
use crate::domain::scope::Scope;
use crate::domain::user::UserStatus;

pub(super) fn list<T: Display>(items: impl IntoIterator<Item = T>) -> Value {
    items.into_iter().map(|item| Value::from(item.to_string())).collect()
}

pub(super) fn optional<T: Display>(one: Option<T>) -> Value {
    one.map_or(Value::Null, |one| Value::from(one.to_string()))
}

pub(super) fn setup(grants: &Grants) -> Value {
    match grants {
        Grants::Everything => Value::from("everything"),
        Grants::Simple(groups) => list(groups.iter().map(|group| group.key())),
        Grants::Advanced(_) => Value::from("advanced"),
    }
}

pub(super) fn permissions(permissions: PermissionSet) -> Value {
    Value::from(Vec::<String>::from(permissions))
}

pub(super) fn scope(scope: &Scope) -> Value {
    match scope {
        Scope::AllFuture => Value::from("all_future"),
        Scope::Chosen { entities, accounts } => Value::from(vec![list(entities), list(accounts)]),
    }
}

pub(super) fn account_state(state: AccountState) -> Value {
    Value::from(match state {
        AccountState::Provisioned => "provisioned",
        AccountState::Ignored => "ignored",
    })
}

pub(super) fn role_state(state: RoleState) -> Value {
    Value::from(match state {
        RoleState::Active => "active",
        RoleState::Deleted => "deleted",
    })
}

pub(super) fn user_status(status: UserStatus) -> Value {
    Value::from(match status {
        UserStatus::Active => "active",
        UserStatus::Deactivated => "deactivated",
        UserStatus::Removed => "removed",
    })
}
