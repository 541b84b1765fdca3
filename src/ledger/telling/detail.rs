//! An entry in full, part by part, for whoever lays it out.
use super::change::{self, RowTold, fields};
use super::decision::{Asked, Became};
use super::teller::Teller;
use super::{kinds, request};
use crate::domain::text::Shown;
use crate::ledger::entry::Header;
use crate::ledger::story::{Change, Story};

/// An entry, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// Its header.
    pub header: Header,
    /// Who it is from.
    pub who: String,
    /// What its command or event is called.
    pub action: String,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// What it decides, when it decides about a change request.
    pub asked: Option<Asked>,
    /// What waits for a decision, line by line.
    pub waits: Vec<String>,
    /// What was asked for, when nothing changed.
    pub command: Vec<(String, String)>,
    /// Facts about the session.
    pub facts: Vec<(String, String)>,
    /// The rows that it changed.
    pub rows: Vec<RowTold>,
    /// Parts that are left out because there are so many.
    pub more: u32,
    /// All of it as text.
    pub text: String,
}

impl Teller<'_> {
    /// An entry in full; `more` parts of it were not read.
    pub fn detail(&self, header: &Header, story: &Story, more: u32) -> Detail {
        let pairs = |value: &Option<serde_json::Value>| -> Vec<(String, String)> {
            let told = fields(value.clone().map(|value| self.hidden(value)).as_ref()).into_iter();
            let told = told.filter(|(field, _)| field != "command");
            told.map(|(field, value)| {
                let said = self.masked(&super::words(self.org(), &value));
                (Shown::new(&field.replace('_', " ")).to_string(), said)
            })
            .collect()
        };
        let request = story.changes.iter().find(|change| change.kind.as_ref() == "change_request");
        let decided = self.asked(header, story).filter(|asked| asked.became != Became::Waits);
        let waits = match &decided {
            None => request.and_then(|change| request::told(self.org(), &self.side(change))).unwrap_or_default(),
            Some(_) => Vec::new(),
        };
        let told_above =
            |change: &&Change| change.kind.as_ref() != "change_request" || (decided.is_none() && waits.is_empty());
        let rows = story.changes.iter().filter(told_above).map(|change| {
            let told = change::row_told(self.org(), &self.side(change));
            told.map(|text| self.masked(text))
        });
        Detail {
            header: header.clone(),
            who: self.who(header),
            action: kinds::called(&header.command).into_owned(),
            refusal: self.refusal(story),
            rows: rows.collect(),
            waits: waits.iter().map(|line| self.masked(line)).collect(),
            command: if story.changes.is_empty() { pairs(&story.command) } else { Vec::new() },
            facts: pairs(&story.session),
            asked: decided,
            more,
            text: self.text(header, story),
        }
    }
}
