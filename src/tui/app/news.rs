//! What the engine tells, and what time brings.
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::access::{Need, standing};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Few;
use crate::domain::row::Difference;
use crate::domain::text::Shown;
use crate::domain::user::{Deactivated, User};
use crate::engine::{Answer, Reply, Report, Ticket, Trouble, View};
use crate::tui::acts::{Acts, Tone};
use crate::tui::chrome::Message;
use crate::tui::layer::Layer;
use crate::tui::scene::{Pace, Ready, Scene};
use crate::tui::when::lately;

/// How long a deactivation is news to whoever signs in.
const LATELY: SignedDuration = SignedDuration::from_hours(72);

/// Seconds after which what is said of times is drawn again when nothing else happens. It is said in minutes and more.
const FRESH: i64 = 10;

/// What is said when a backup was put back under whoever is here.
const REPLACED: &str =
    "A backup was put back in the place of this organization's file. You were signed out: sign in again.";

impl App {
    /// What the engine tells.
    pub fn report(&mut self, report: Report) {
        self.changed = true;
        match report {
            Report::Moved(view) => self.show(view),
            Report::Trouble(text) => self.message = Some(Message::new(Tone::Wrong, Shown::new(&text).to_string())),
            Report::Done(ticket, answer) => self.answer(ticket, answer),
        }
    }

    fn show(&mut self, view: View) {
        let was = self.scene.view.as_ref();
        let replaced = was.is_some_and(|was| was.replaced != view.replaced);
        if was.is_none_or(|was| was.path != view.path) && !self.scene.organizations.contains(&view.path) {
            self.scene.organizations.push(view.path.clone());
        }
        self.scene.answers.forget();
        let before = Arc::clone(self.scene.present());
        let blanked = self.scene.view.as_ref().is_some_and(|old| old.blanked != view.blanked);
        let now = Arc::clone(&view.org);
        self.scene.view = Some(view);
        if blanked {
            // What is shown may name whom the log no longer does.
            self.come_back_because(Some("Somebody was erased meanwhile; ask for the other day again."));
        }
        if self.scene.past.is_none() {
            self.scene.org = now;
        }
        self.scene.wait();
        if replaced {
            // Whatever is still answered was asked of the other copy.
            self.asked.clear();
            self.go_out();
            self.message = Some(Message::new(Tone::Wrong, REPLACED.into()));
            return;
        }
        let lost = self.scene.person().and_then(|person| standing(self.scene.present(), person).err());
        if let Some(denial) = lost {
            self.go_out();
            self.message = Some(Message::new(Tone::Wrong, format!("You were signed out: {denial}.")));
            return;
        }
        self.tell_deactivations(&before);
        self.all_moved();
    }

    /// No key has come for a moment: what was left out is drawn, and whoever still waits is told so.
    pub(super) fn rest(&mut self) {
        let slow = !self.asked.is_empty();
        self.changed |= self.scene.pace == Pace::Hasty || slow != self.slow;
        (self.scene.pace, self.slow) = (Pace::Reading, slow);
    }

    /// Time went on: a request may have expired.
    pub(super) fn tick(&mut self, now: Timestamp) {
        let step = |at: Timestamp| at.as_second().div_euclid(FRESH);
        // Whoever waits sees the seconds go by, the last one too.
        self.slow = !self.asked.is_empty();
        self.changed |= self.slow || self.counts_down();
        if self.scene.past.is_none() {
            self.changed |= step(self.scene.now) != step(now);
            self.scene.now = now;
        }
        if self.scene.waiting.is_over(now) {
            self.scene.wait();
            self.all_moved();
            self.changed = true;
        }
    }

    fn counts_down(&self) -> bool {
        self.layers().any(|live| live.layer.counts_down(&self.scene))
    }

    /// A deactivation never waits for a second person, so the others are told.
    fn tell_deactivations(&mut self, before: &Org) {
        let Some(me) = self.scene.person().map(|person| person.user) else { return };
        let difference = Difference::between(before, self.scene.present());
        let by_others = difference.users().filter_map(|(old, new)| {
            let deactivated = new?.deactivated.filter(|done| done.by != me)?;
            (old?.deactivated != Some(deactivated)).then_some((new?, deactivated))
        });
        let told: Few = by_others.map(|(user, done)| deactivation(&self.scene, user, done)).collect();
        if !told.is_empty() {
            self.message = Some(Message::new(Tone::Note, format!("{told}. Deactivating never waits for approval.")));
        }
    }

    /// Whoever comes in is told which people others deactivated lately.
    pub(super) fn tell_lately(&mut self) {
        if self.scene.may_see(Need::organization(Permission::MEMBERSHIPS_READ)) != Ready::Yes
            || self.scene.org.security().four_eyes.areas.is_empty()
        {
            return;
        }
        let Some(me) = self.scene.person().map(|person| person.user) else { return };
        let lately = |done: &Deactivated| done.by != me && self.scene.now.duration_since(done.at) < LATELY;
        let users = self.scene.org.users().values();
        let lately = users.filter_map(|user| Some((user, user.deactivated.filter(lately)?)));
        let told: Few = lately.map(|(user, done)| deactivation(&self.scene, user, done)).collect();
        if !told.is_empty() {
            self.message = Some(Message::new(Tone::Note, format!("{told}. Deactivating never waits for approval.")));
        }
    }

    pub(super) fn all_moved(&mut self) {
        let ids: Vec<_> = self.layers().map(|live| live.id).collect();
        for id in ids {
            self.with(id, |layer, scene, _| layer.moved(scene));
        }
    }

    fn answer(&mut self, ticket: Ticket, answer: Answer) {
        let Some((id, done)) = self.asked.remove(&ticket) else { return };
        // Whoever asks next has not waited yet.
        self.slow &= !self.asked.is_empty();
        let succeeded = answer.is_ok();
        let waits = match &answer {
            Ok(Reply::Requested { approvers, .. }) => Some(waits_for(approvers)),
            _ => None,
        };
        let mut answer = Some(answer);
        let asker = |layer: &mut dyn Layer, scene: &Scene, acts: &mut Acts| match answer.take() {
            Some(answer) => layer.answered(ticket, answer, scene, acts),
            None => Ok(()),
        };
        let left = self.with(id, asker).unwrap_or(Ok(())).err().or(answer);
        match (left, done) {
            // Whoever stopped it and went away knows.
            (Some(Err(Trouble::Stopped)), _) => {}
            (Some(Err(trouble)), _) => {
                self.message = Some(Message::new(Tone::Wrong, trouble.in_full()));
            }
            _ if waits.is_some() => self.message = waits.map(|text| Message::new(Tone::Note, text)),
            (_, Some(done)) if succeeded && self.message.is_none() => {
                self.message = Some(Message::new(Tone::Done, done))
            }
            _ => {}
        }
    }
}

/// What is said in place of "done" when a change waits for a second person.
fn waits_for(approvers: &Few) -> String {
    format!("Nothing changed yet: this waits for a second person. {approvers} can approve it under Change requests.")
}

fn deactivation(scene: &Scene, user: &User, done: Deactivated) -> String {
    let by = scene.present().user(done.by).map_or_else(|| "somebody".into(), |by| by.name.to_string());
    format!("{} was deactivated by {by} on {}", user.name, lately(done.at, &scene.zone))
}
