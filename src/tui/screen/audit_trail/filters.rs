//! Which entries are shown: what was typed, what it means, and how it is told.
use jiff::tz::TimeZone;

use super::resolve;
use crate::domain::moment::{Ends, Period};
use crate::domain::org::Org;
use crate::domain::text::Shown;
use crate::ledger::entry::Outcome;
use crate::ledger::query::{About, Query, Who};
use crate::ledger::telling::called;

/// One of the filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Who,
    What,
    About,
    Outcome,
    From,
    To,
}

impl Part {
    /// Every filter, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Who, Self::What, Self::About, Self::Outcome, Self::From, Self::To];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Who => "Who",
            Self::What => "What",
            Self::About => "Resource",
            Self::Outcome => "Outcome",
            Self::From => "From",
            Self::To => "To",
        }
    }
}

/// What was typed for each filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub who: String,
    pub what: String,
    pub about: String,
    pub outcomes: Vec<Outcome>,
    pub from: String,
    pub to: String,
}

/// The filters that are on.
#[derive(Clone, Debug, Default)]
pub(super) struct Filters {
    typed: Typed,
    query: Query,
}

impl Filters {
    /// What was typed.
    pub const fn typed(&self) -> &Typed {
        &self.typed
    }

    /// What they ask for, words left aside.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Filters by what was typed.
    ///
    /// # Errors
    /// Which of them is not understood, and why, in a sentence.
    pub fn read(typed: Typed, org: &Org, zone: &TimeZone) -> Result<Self, (Part, String)> {
        let wrong = |part| move |why| (part, why);
        let period = Period::typed(&typed.from, &typed.to, zone).map_err(|error| {
            let part = match error.end() {
                Ends::From => Part::From,
                Ends::To => Part::To,
            };
            (part, format!("{error}. {}", error.hint()))
        })?;
        let query = Query {
            who: resolve::who(&typed.who, org).map_err(wrong(Part::Who))?,
            commands: resolve::what(&typed.what).map_err(wrong(Part::What))?,
            about: resolve::about(&typed.about, org).map_err(wrong(Part::About))?,
            outcomes: typed.outcomes.clone(),
            from: period.from,
            until: period.before,
            text: String::new(),
        };
        Ok(Self { typed, query })
    }

    /// Shows one outcome alone after the other, then all again.
    pub fn turn_outcome(&mut self) {
        let next = match self.query.outcomes.first() {
            None => Outcome::ALL.first(),
            Some(now) => Outcome::ALL.iter().skip_while(|one| *one != now).nth(1),
        };
        self.query.outcomes = next.copied().into_iter().collect();
        self.typed.outcomes = self.query.outcomes.clone();
    }

    /// The filters that are on.
    pub fn on(&self) -> impl Iterator<Item = Part> + '_ {
        Part::ALL.into_iter().filter(|part| match part {
            Part::Who => self.query.who.is_some(),
            Part::What => !self.query.commands.is_empty(),
            Part::About => self.query.about.is_some(),
            Part::Outcome => !self.query.outcomes.is_empty(),
            Part::From => self.query.from.is_some(),
            Part::To => self.query.until.is_some(),
        })
    }

    /// Takes one away.
    pub fn clear(&mut self, part: Part) {
        let (typed, query) = (&mut self.typed, &mut self.query);
        match part {
            Part::Who => (typed.who, query.who) = (String::new(), None),
            Part::What => (typed.what, query.commands) = (String::new(), Vec::new()),
            Part::About => (typed.about, query.about) = (String::new(), None),
            Part::Outcome => (typed.outcomes, query.outcomes) = (Vec::new(), Vec::new()),
            Part::From => (typed.from, query.from) = (String::new(), None),
            Part::To => (typed.to, query.until) = (String::new(), None),
        }
    }

    /// One of them, told.
    pub fn told(&self, part: Part, org: &Org) -> String {
        let said = match part {
            Part::Who => match self.query.who {
                Some(Who::User(user)) => org.user(user).map(|user| user.name.to_string()).unwrap_or_default(),
                Some(Who::Kind(kind)) => kind.name().into(),
                None => String::new(),
            },
            Part::What => match self.query.commands.as_slice() {
                [only] => called(only).into_owned(),
                several => format!("“{}” ({} kinds)", Shown::new(self.typed.what.trim()), several.len()),
            },
            Part::About => match self.query.about {
                Some(About::Row(row)) => resolve::name(row, org),
                Some(About::Kind(kind)) => format!("any {}", kind.name().replace('_', " ")),
                None => String::new(),
            },
            Part::Outcome => {
                let words: Vec<_> = self.query.outcomes.iter().map(|outcome| outcome.code()).collect();
                words.join(" or ")
            }
            Part::From => Shown::new(self.typed.from.trim()).to_string(),
            Part::To => Shown::new(self.typed.to.trim()).to_string(),
        };
        format!("{} {said}", part.name())
    }
}
