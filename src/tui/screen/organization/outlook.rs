//! What saving the switches would do, said before it is done.
use std::collections::BTreeSet;

use super::cover::in_words;
use crate::command::{AreaCover, ChangeFourEyes, Command, Proposal, Spare, asks_second, doctor};
use crate::domain::access::Person;
use crate::domain::identity::same_person;
use crate::domain::org::Org;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::security::Area;
use crate::ledger::actor::Actor;
use crate::ledger::run::attempt;
use crate::tui::scene::Scene;
use crate::tui::widget::toast::Tone;

/// The most requesters that are named one by one.
const MOST: usize = 3;

/// What saving would do.
#[derive(Default)]
pub(super) struct Outlook {
    /// Sentences to read before.
    pub(super) said: Vec<(Tone, String)>,
    /// Why it cannot be saved.
    pub(super) refused: Option<String>,
}

impl Outlook {
    /// Tries to save these switches.
    pub(super) fn of(scene: &Scene, areas: &BTreeSet<Area>) -> Self {
        let Some(session) = scene.session.clone() else { return Self::default() };
        let person = session.person();
        let command = Command::from(ChangeFourEyes { areas: areas.clone() });
        let mut outlook = Self::default();
        match attempt(&scene.org, scene.now, &Actor::Person(session), &command) {
            Err(Refusal::NothingChanges) => {
                outlook.refused = Some("Nothing is changed yet.".into());
                return outlook;
            }
            Err(refusal) => outlook.refuse(&refusal),
            Ok(_) => outlook.when(scene, person, command),
        }
        let covers = doctor(&scene.org).into_iter().filter(|cover| areas.contains(&cover.area));
        covers.for_each(|cover| outlook.eligible(&scene.org, &cover));
        outlook
    }

    /// At once, or after a second person.
    fn when(&mut self, scene: &Scene, person: Person, command: Command) {
        if asks_second(&scene.org, &command).is_none() {
            let text = "The first time takes effect at once. From then on every change of these switches waits for a \
                        second person.";
            self.said.push((Tone::Note, text.into()));
            return;
        }
        match Proposal::new(&scene.org, person, command) {
            Err(refusal) => self.refuse(&refusal),
            Ok(proposal) => {
                let approvers: Few = proposal.approvers(&scene.org).map(|(user, _)| &user.name).collect();
                if approvers.is_empty() {
                    self.refuse(&Refusal::NobodyApproves { why: proposal.why_nobody(&scene.org) });
                } else {
                    let text = format!("This becomes a change request. It can be approved by {approvers}.");
                    self.said.push((Tone::Note, text));
                }
            }
        }
    }

    fn refuse(&mut self, refusal: &Refusal) {
        let text = format!("{refusal} {}", refusal.hint());
        self.said.push((Tone::Problem, text.clone()));
        self.refused = Some(text);
    }

    /// Who is eligible, and what will not be possible where there are only two.
    fn eligible(&mut self, org: &Org, cover: &AreaCover) {
        let name = cover.area.name();
        let approvers: BTreeSet<_> = cover.covers.iter().flat_map(|row| &row.approvers).copied().collect();
        let names: Few = approvers.iter().filter_map(|user| org.user(*user)).map(|user| &user.name).collect();
        match cover.spare() {
            Spare::Enough => self.said.push((Tone::Done, format!("{name}: {names} can approve."))),
            Spare::Hole => {}
            Spare::OneOnly => {
                let two = approvers.len() == 2 && !same_pair(org, &approvers);
                let how = if two { "only two people" } else { "too few people to be on the safe side" };
                self.said.push((Tone::Warning, format!("{name}: {how} can approve, {names}.")));
                let alone = cover.covers.iter().filter(|row| row.spare() == Spare::OneOnly).take(MOST);
                for row in alone {
                    let (asks, approve) = in_words(org, cover.area, row);
                    self.said.push((Tone::Warning, format!("What {asks} asks for: {approve} can approve it.")));
                }
                let text = "While that person is away, such a request waits; a change about that person cannot be asked \
                            for at all. With a third person who can approve, both would be possible.";
                self.said.push((Tone::Warning, text.into()));
            }
        }
    }
}

/// Whether all of them are one person.
fn same_pair(org: &Org, users: &BTreeSet<crate::domain::id::UserId>) -> bool {
    let mut users = users.iter();
    users.next().is_some_and(|first| users.all(|other| same_person(org, *first, *other)))
}
