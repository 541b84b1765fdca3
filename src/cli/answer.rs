//! What `rolodeck access` answers, as text and as JSON.
use serde_json::{Value, json};

use super::as_of::AsOf;
use crate::domain::find::account_in_full;
use crate::domain::holders::{Holding, Question, Way};
use crate::domain::id::AccountId;
use crate::domain::org::Org;
use crate::domain::organization::AccountState;
use crate::domain::permission::Permission;
use crate::domain::refusal::Few;
use crate::domain::role::Grants;
use crate::domain::user::UserStatus;
use crate::domain::words::{account_reach, scope_in_words};

/// A question with its answer.
pub struct Asked<'a> {
    /// When it was so.
    pub as_of: &'a AsOf,
    /// What was asked.
    pub question: Question,
    /// Who holds it.
    pub holdings: &'a [Holding<'a>],
}

/// The answer as text: the moment, the question, and a line for each person and role.
pub fn as_text(asked: &Asked<'_>) -> String {
    let org = asked.as_of.org.as_ref();
    let mut text = format!("{}\n{}\n", asked.as_of.line(), asked_for(asked));
    for remark in remarks(asked) {
        text.push_str(&format!("{remark}\n"));
    }
    for held in asked.holdings {
        text.push_str(&format!("  {} as “{}”: {}\n", held.user.name, held.role.name, where_held(org, asked, held)));
        if asked.question.permission.is_none() {
            text.push_str(&format!("      {}\n", what(held)));
        }
        if asked.question.account.is_none() && !held.accounts.is_empty() && !reaches_all(held) {
            let accounts: Few = held.accounts.iter().filter_map(|(id, _)| named(org, *id)).collect();
            text.push_str(&format!("      on {accounts}\n"));
        }
    }
    text
}

fn asked_for(asked: &Asked<'_>) -> String {
    let (org, question) = (asked.as_of.org.as_ref(), asked.question);
    let what = question.permission.map_or_else(|| "Access".to_owned(), |permission| permission.to_string());
    let on = question.account.and_then(|id| named(org, id)).map(|name| format!(" on {name}")).unwrap_or_default();
    let of = question.user.and_then(|id| org.user(id)).map(|user| format!(" of {} ({})", user.name, user.address));
    let mut people: Vec<_> = asked.holdings.iter().map(|held| held.user.id).collect();
    people.dedup();
    let count = match people.len() {
        _ if question.user.is_some() && asked.holdings.is_empty() => "none".to_owned(),
        _ if question.user.is_some() => format!("by {} of their roles", asked.holdings.len()),
        0 => "nobody".into(),
        1 => "1 person".into(),
        many => format!("{many} people"),
    };
    format!("{what}{on}{}: {count}.", of.unwrap_or_default())
}

/// What has to be known to read the answer rightly.
fn remarks(asked: &Asked<'_>) -> Vec<String> {
    let (org, question) = (asked.as_of.org.as_ref(), asked.question);
    let mut remarks = Vec::new();
    if question.account.and_then(|id| org.account(id)).is_some_and(|row| row.state == AccountState::Ignored) {
        remarks.push("The account was ignored at that moment, and an ignored account is reached by nobody.".to_owned());
    }
    match question.user.and_then(|id| org.user(id)).map(|user| user.status) {
        Some(UserStatus::Deactivated) => {
            remarks.push("This person was deactivated at that moment and could use none of this.".into());
        }
        Some(UserStatus::Removed) => remarks.push("This person had been removed and held no role.".into()),
        Some(UserStatus::Active) | None => {}
    }
    remarks
}

fn where_held(org: &Org, asked: &Asked<'_>, held: &Holding<'_>) -> String {
    match (asked.question.account, held.accounts.first()) {
        (Some(_), Some((_, way))) => way_in_words(org, *way),
        _ if held.role.is_owner() => "everything, everywhere".into(),
        (_, None) if asked.question.permission.is_some_and(|permission| !permission.resource().account_scoped()) => {
            "in the organization".into()
        }
        _ => account_reach(org, &held.role.scope),
    }
}

fn way_in_words(org: &Org, way: Way) -> String {
    match way {
        Way::AllFuture => "it reaches all accounts".into(),
        Way::Account => "its scope names this account".into(),
        Way::Entity(entity) => {
            let name = org.entity(entity).map(|entity| format!(" “{}”", entity.name)).unwrap_or_default();
            format!("its scope names the entity{name}")
        }
    }
}

fn reaches_all(held: &Holding<'_>) -> bool {
    held.accounts.iter().all(|(_, way)| *way == Way::AllFuture)
}

fn what(held: &Holding<'_>) -> String {
    if matches!(held.role.grants, Grants::Everything) {
        return format!("everything ({} permissions)", held.permissions.len());
    }
    let names: Vec<_> = held.permissions.iter().map(|permission| permission.to_string()).collect();
    names.join(", ")
}

fn named(org: &Org, account: AccountId) -> Option<String> {
    org.account(account).map(|account| account_in_full(org, account))
}

/// The answer for programs.
pub fn as_json(asked: &Asked<'_>) -> Value {
    let (org, question) = (asked.as_of.org.as_ref(), asked.question);
    let account = |id: AccountId| {
        org.account(id).map(|row| {
            json!({
                "account": row.id,
                "name": row.name.as_str(),
                "identifier": row.identifier.as_str(),
                "currency": row.currency.code(),
                "entity": row.entity,
                "ignored": row.state == AccountState::Ignored,
            })
        })
    };
    let user = question.user.and_then(|id| org.user(id)).map(|user| {
        json!({ "user": user.id, "name": user.name.as_str(), "address": user.address.as_str(), "status": user.status })
    });
    let holding = |held: &Holding<'_>| {
        json!({
            "user": held.user.id,
            "name": held.user.name.as_str(),
            "address": held.user.address.as_str(),
            "can_act": held.user.is_active(),
            "role": held.role.id,
            "role_name": held.role.name.as_str(),
            "scope": scope_in_words(org, &held.role.scope),
            "permissions": held.permissions.iter().map(|permission| permission.to_string()).collect::<Vec<_>>(),
            "accounts": held.accounts.iter().map(|(id, way)| on(*id, *way)).collect::<Vec<_>>(),
        })
    };
    json!({
        "as_of": asked.as_of.json(),
        "asked": {
            "account": question.account.and_then(account),
            "permission": question.permission.as_ref().map(Permission::to_string),
            "person": user,
        },
        "holders": asked.holdings.iter().map(holding).collect::<Vec<_>>(),
    })
}

fn on(account: AccountId, way: Way) -> Value {
    match way {
        Way::AllFuture => json!({ "account": account, "by": "all_future" }),
        Way::Account => json!({ "account": account, "by": "account" }),
        Way::Entity(entity) => json!({ "account": account, "by": "entity", "entity": entity }),
    }
}
