//! The rows that an entry changed, field by field.
use serde_json::Value;

use super::change::{called, fields, words};
use super::{request, security};
use crate::domain::org::Org;
use crate::domain::text::Shown;
use crate::ledger::story::Change;

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It is new.
    New,
    /// It says something else.
    Changed,
    /// It is gone.
    Gone,
}

/// A row that an entry changed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowTold {
    /// Its kind and what it is called.
    pub row: String,
    /// What happened to it.
    pub happened: Happened,
    /// What differs.
    pub fields: Vec<FieldTold>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldTold {
    /// Its name.
    pub field: String,
    /// What differs in it.
    pub told: Told,
}

/// How a field differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// From one value to another.
    Sides {
        /// As it was; none when the row is new.
        before: Option<String>,
        /// As it is; none when the row is gone.
        after: Option<String>,
    },
    /// In a sentence that says both.
    Said(String),
}

/// Says a change field by field.
pub(super) fn row(org: &Org, change: &Change) -> RowTold {
    let happened = match (&change.before, &change.after) {
        (None, Some(_)) => Happened::New,
        (_, None) => Happened::Gone,
        (Some(_), Some(_)) => Happened::Changed,
    };
    let row = format!("{} {}", change.kind.replace('_', " "), called(org, change));
    if let Some(lines) = request::told(org, change) {
        let fields = lines.into_iter().map(|line| sentence("request", line)).collect();
        return RowTold { row, happened, fields };
    }
    let (before, after) = (fields(change.before.as_ref()), fields(change.after.as_ref()));
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let changed = names.filter(|name| *name != "id" && before.get(*name) != after.get(*name));
    let told = changed.flat_map(|name| {
        let (was, is) = (before.get(name), after.get(name));
        let sides = (was.unwrap_or(&Value::Null), is.unwrap_or(&Value::Null));
        let settings = (name == "security").then(|| security::changed(org, sides.0, sides.1)).flatten();
        match settings {
            Some(lines) => lines.into_iter().map(|line| sentence(name, line)).collect(),
            None => {
                let side = |value: Option<&Value>| value.map(|value| words(org, value));
                let told = Told::Sides { before: side(was), after: side(is) };
                vec![FieldTold { field: named(name), told }]
            }
        }
    });
    RowTold { row, happened, fields: told.collect() }
}

fn sentence(name: &str, line: String) -> FieldTold {
    FieldTold { field: named(name), told: Told::Said(line) }
}

fn named(field: &str) -> String {
    Shown::new(&field.replace('_', " ")).to_string()
}
