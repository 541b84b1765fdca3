//! The parts of entries: what they tell about a person, and what is left of them.
use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation;
use uuid::Uuid;

use super::frame::can_be_blanked;
use super::traces::Traces;
use crate::domain::address::EmailAddress;
use crate::domain::name::{PersonName, Reason};
use crate::domain::user::Digest;

/// Characters of a reason that was cut because what stands in it now is longer than a name was.
const REASON: usize = 199;

impl Traces {
    /// Learns names, spellings and invitations from a part of an entry: of this kind, about the row with this id.
    pub fn learn(&mut self, kind: &str, id: Option<Uuid>, value: &Value) {
        match kind {
            "user" if id == Some(self.user.uuid()) => {
                self.learn_name(text(value, "name"));
                self.learn_own(text(value, "address"));
            }
            "change_request" => self.learn_command(value.pointer("/parked/json").unwrap_or(&Value::Null)),
            "user" if self.is_address(text(value, "address")) => self.learn_spelling(text(value, "address")),
            "invitation" => self.learn_invited(value),
            "command" => self.learn_command(value),
            _ => {}
        }
    }

    fn learn_command(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                self.learn_invited(value);
                if self.is_acceptance(fields) {
                    self.learn_called(text(value, "name"));
                }
                fields.values().for_each(|field| self.learn_command(field));
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn_command(item)),
            _ => {}
        }
    }

    /// An invitation, or somebody to invite.
    fn learn_invited(&mut self, value: &Value) {
        if self.is_address(text(value, "address")) {
            self.learn_spelling(text(value, "address"));
            if let Some(name) = value.get("name").and_then(Value::as_str) {
                self.learn_called(name);
            }
            self.invitations.extend(text(value, "id").parse::<Uuid>());
        }
    }

    fn is_acceptance(&self, fields: &Map<String, Value>) -> bool {
        let id = |field| fields.get(field).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
        is(fields, "accept_invitation")
            && (id("user") == Some(self.user.uuid())
                || id("invitation").is_some_and(|id| self.invitations.contains(&id)))
    }

    /// Takes the person out of a part of an entry; whether anything of them was in it. Nothing but texts is changed, and
    /// only those that [`super::frame()`] leaves out.
    pub fn blank(&self, kind: &str, id: Option<Uuid>, value: &mut Value) -> bool {
        match kind {
            "user" => self.blank_user(id, value),
            "invitation" => self.blank_invited(value),
            "change_request" => self.blank_request(id, value),
            "command" => self.blank_command(value),
            _ => can_be_blanked(kind) && self.blank_texts(value),
        }
    }

    fn blank_user(&self, id: Option<Uuid>, value: &mut Value) -> bool {
        let own = id == Some(self.user.uuid());
        let reached = own || self.is_address(text(value, "address"));
        let address = reached && set(value, "address", EmailAddress::erased(self.user).as_str());
        let name = own && set(value, "name", PersonName::erased().as_str());
        address || name
    }

    fn blank_invited(&self, value: &mut Value) -> bool {
        if !self.is_address(text(value, "address")) {
            return false;
        }
        if value.get("name").is_some_and(Value::is_string) {
            set(value, "name", PersonName::erased().as_str());
        }
        set(value, "address", EmailAddress::erased(self.user).as_str())
    }

    fn blank_request(&self, id: Option<Uuid>, value: &mut Value) -> bool {
        let mut told = value.get_mut("summary").is_some_and(|summary| self.blank_texts(summary));
        for line in value.pointer_mut("/told/lines").and_then(Value::as_array_mut).into_iter().flatten() {
            for field in ["subject", "before", "after"] {
                told |= line.get_mut(field).is_some_and(|field| self.blank_texts(field));
            }
        }
        told |= value.pointer_mut("/told/access").is_some_and(|access| self.blank_texts(access));
        told |= value.pointer_mut("/parked/json").is_some_and(|command| self.blank_command(command));
        let known = id.is_some_and(|id| self.requests.contains(&id));
        let digest = value.pointer_mut("/told/digest").filter(|_| told || known).is_some_and(forget_digest);
        let reason = value.pointer_mut("/state/reason").is_some_and(|reason| self.blank_reason(reason));
        told || digest || reason
    }

    fn blank_command(&self, value: &mut Value) -> bool {
        match value {
            Value::String(word) if self.is_address(word) => {
                EmailAddress::erased(self.user).as_str().clone_into(word);
                true
            }
            Value::Array(items) => items.iter_mut().fold(false, |any, item| self.blank_command(item) | any),
            Value::Object(_) => {
                let mut any = self.blank_invited(value);
                if value.as_object().is_some_and(|fields| self.is_acceptance(fields)) {
                    any |= set(value, "name", PersonName::erased().as_str());
                }
                let Value::Object(fields) = value else { return any };
                if self.is_approval(fields) {
                    any |= fields.get_mut("shown").is_some_and(forget_digest);
                }
                // Others are called what they are called; what a thing is to be called is a text.
                let of_person = fields.contains_key("address") || is(fields, "accept_invitation");
                for (name, field) in fields {
                    any |= match name.as_str() {
                        "reason" => self.blank_reason(field),
                        "name" if !of_person => self.blank_texts(field),
                        _ => self.blank_command(field),
                    };
                }
                any
            }
            _ => false,
        }
    }

    /// Whether it approves a request whose text was blanked.
    fn is_approval(&self, fields: &Map<String, Value>) -> bool {
        let request = fields.get("request").and_then(Value::as_str).and_then(|id| id.parse().ok());
        request.is_some_and(|id| self.requests.contains(&id))
    }

    /// Every text in it is one that people read.
    fn blank_texts(&self, value: &mut Value) -> bool {
        match value {
            Value::String(words) => match self.prose(words) {
                Some(left) => {
                    *words = left;
                    true
                }
                None => false,
            },
            Value::Array(items) => items.iter_mut().fold(false, |any, item| self.blank_texts(item) | any),
            Value::Object(fields) => fields.values_mut().fold(false, |any, field| self.blank_texts(field) | any),
            _ => false,
        }
    }

    /// What is left of a reason must be one, too.
    fn blank_reason(&self, value: &mut Value) -> bool {
        let Some(left) = value.as_str().and_then(|reason| self.prose(reason)) else { return false };
        let cut: String = left.graphemes(true).take(REASON).chain(["…"]).collect();
        let fitting = [left, cut].into_iter().find(|reason| Reason::new(reason).is_ok());
        *value = fitting.unwrap_or_else(|| PersonName::erased().as_str().to_owned()).into();
        true
    }
}

fn is(fields: &Map<String, Value>, command: &str) -> bool {
    fields.get("command").is_some_and(|name| name == command)
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn set(value: &mut Value, field: &str, text: &str) -> bool {
    match value.get_mut(field) {
        Some(Value::String(old)) if old != text => {
            text.clone_into(old);
            true
        }
        _ => false,
    }
}

/// Puts a digest that belongs to nothing in the place of one that could confirm a guess.
fn forget_digest(value: &mut Value) -> bool {
    let (Value::String(digest), none) = (value, Digest([0; 32]).to_string()) else { return false };
    let had = *digest != none;
    *digest = none;
    had
}
