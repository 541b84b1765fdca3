//! The draft of an invitation, and what can be done with it.
use ratatui::layout::Rect;

use super::judging::{Counts, Judging};
use super::roles::Roles;
use crate::command::{InviteUsers, Invitee};
use crate::domain::access::Need;
use crate::domain::address::{Judged, Verdict};
use crate::domain::id::InvitationId;
use crate::domain::permission::Permission;
use crate::engine::Ticket;
use crate::tui::acts::{Acts, Tone};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::field::Field;
use crate::tui::widget::progress::grouped;
use crate::tui::widget::rows::Rows;

/// Rows that the field may fill; it takes as many as there is room for.
const FIELD_ROWS: u16 = 200;

/// The parts of the screen, in the order of Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Where addresses are typed.
    Addresses,
    /// The roles.
    Roles,
    /// The verdicts.
    List,
    /// The button *Create*.
    Create,
}

impl Part {
    const ALL: [Self; 4] = [Self::Addresses, Self::Roles, Self::List, Self::Create];

    fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|part| *part == self).unwrap_or(0);
        Self::ALL.get((at + by) % Self::ALL.len()).copied().unwrap_or(self)
    }
}

/// Which entries the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// All of them.
    All,
    /// Those that cannot be invited.
    Bad,
    /// Those that can, with something to look at first.
    Warned,
}

impl Show {
    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Bad => "bad ones",
            Self::Warned => "to look at",
        }
    }

    fn fits(self, entry: &Judged) -> bool {
        match self {
            Self::All => true,
            Self::Bad => !is_ok(entry),
            Self::Warned => !entry.warnings.is_empty(),
        }
    }
}

/// Where the parts were drawn, for the mouse.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// The field.
    pub addresses: Rect,
    /// The button *Create*.
    pub create: Rect,
}

/// *Invite users*.
pub struct Invite {
    pub(super) field: Field,
    pub(super) judging: Judging,
    pub(super) counts: Counts,
    pub(super) roles: Roles,
    pub(super) roles_first: bool,
    pub(super) show: Show,
    pub(super) visible: Vec<usize>,
    pub(super) rows: Rows,
    pub(super) part: Part,
    pub(super) places: Places,
    pub(super) may_invite: Ready,
    pub(super) may_create_role: Ready,
    dropped: Option<String>,
    waiting: Option<Ticket>,
}

impl Invite {
    /// An empty list, with all roles to choose from.
    pub fn new(scene: &Scene) -> Self {
        Self {
            field: Field::text("Addresses").rows(FIELD_ROWS).placeholder("Type or paste e-mail addresses"),
            judging: Judging::new(&scene.org, scene.now),
            counts: Counts::default(),
            roles: Roles::new(scene),
            roles_first: Roles::none_but_owner(scene),
            show: Show::All,
            visible: Vec::new(),
            rows: Rows::default(),
            part: Part::Addresses,
            places: Places::default(),
            may_invite: scene.may(Need::organization(Permission::INVITATIONS_CREATE)),
            may_create_role: scene.may(Need::organization(Permission::ROLES_CREATE)),
            dropped: None,
            waiting: None,
        }
    }

    /// Takes over another state of the organization.
    pub(super) fn follow(&mut self, scene: &Scene) {
        self.roles.follow(scene);
        self.roles_first = Roles::none_but_owner(scene);
        self.may_invite = scene.may(Need::organization(Permission::INVITATIONS_CREATE));
        self.may_create_role = scene.may(Need::organization(Permission::ROLES_CREATE));
        self.judging.set_org(&scene.org, scene.now);
        self.refresh();
    }

    /// Goes to the next part, or over all the others to the one before.
    pub(super) fn next_part(&mut self) {
        self.part = self.part.step(1);
    }

    /// Goes to the part before.
    pub(super) fn previous_part(&mut self) {
        self.part = self.part.step(Part::ALL.len() - 1);
    }

    /// Whether there is something that would be lost.
    pub(super) fn is_draft(&self) -> bool {
        !self.judging.is_empty() || !self.roles.ticked().is_empty()
    }

    /// Whether the invitation is being made.
    pub(super) const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether judging goes on, so that Esc can stop it.
    pub(super) fn is_judging(&self) -> bool {
        !self.judging.is_empty() && !self.judging.is_complete() && !self.judging.is_stopped()
    }

    /// Entries that cannot be invited.
    pub(super) const fn bad(&self) -> usize {
        self.counts.invalid + self.counts.twice + self.counts.users + self.counts.invited
    }

    /// The selected entry.
    pub(super) fn selected(&self) -> Option<&Judged> {
        self.judging.entries().get(*self.visible.get(self.rows.selected()?)?)
    }

    /// Looks at what was typed.
    pub(super) fn typed(&mut self, acts: &mut Acts) {
        self.dropped = None;
        if self.field.has_problem() {
            acts.say(Tone::Note, "That is more than fits here; the rest was left out.");
        }
        self.judging.set_text(self.field.value());
        self.refresh();
    }

    /// Does a slice of judging.
    pub(super) fn judge(&mut self) -> bool {
        let worked = self.judging.work();
        if worked {
            self.refresh();
        }
        worked
    }

    fn refresh(&mut self) {
        self.counts = self.judging.counts();
        let entries = self.judging.entries().iter().enumerate();
        self.visible = entries.filter(|(_, entry)| self.show.fits(entry)).map(|(at, _)| at).collect();
        self.rows.clamp(self.visible.len());
    }

    /// Shows other entries; those of which there are none are passed over.
    pub(super) fn show_next(&mut self) {
        let next = |show| match show {
            Show::All => Show::Bad,
            Show::Bad => Show::Warned,
            Show::Warned => Show::All,
        };
        self.show = next(self.show);
        while self.show != Show::All && !self.judging.entries().iter().any(|entry| self.show.fits(entry)) {
            self.show = next(self.show);
        }
        self.refresh();
        self.rows.select(0);
    }

    /// Shows all entries.
    pub(super) fn show_all(&mut self) {
        self.show = Show::All;
        self.refresh();
    }

    /// Takes the selected entry out of the list.
    pub(super) fn remove(&mut self, acts: &mut Acts) {
        let Some(gone) = self.rows.selected().and_then(|row| self.visible.get(row)).copied() else { return };
        self.keep(|at, _| at != gone);
        acts.say(Tone::Done, "One entry was taken out of the list; u brings it back.");
    }

    /// Takes out everything that cannot be invited.
    pub(super) fn drop_bad(&mut self, acts: &mut Acts) {
        let text = match self.bad() {
            1 => "One entry was taken out of the list; u brings it back.".to_owned(),
            gone => format!("{} entries were taken out of the list; u brings them back.", grouped(gone)),
        };
        self.keep(|_, entry| is_ok(entry));
        acts.say(Tone::Done, text);
    }

    fn keep(&mut self, keep: impl Fn(usize, &Judged) -> bool) {
        let entries = self.judging.entries().iter().enumerate();
        let kept: Vec<&str> =
            entries.filter(|(at, entry)| keep(*at, entry)).map(|(_, entry)| entry.candidate.text.as_ref()).collect();
        let text = kept.join("\n");
        self.dropped = Some(self.field.value());
        self.replace(text);
    }

    /// Whether entries were taken out and nothing was typed since.
    pub(super) const fn can_undo(&self) -> bool {
        self.dropped.is_some()
    }

    /// Brings back what was taken out last.
    pub(super) fn undo(&mut self) {
        if let Some(text) = self.dropped.take() {
            self.replace(text);
        }
    }

    fn replace(&mut self, text: String) {
        self.field.set(&text);
        self.judging.set_text(text);
        if self.show != Show::All && self.bad() == 0 {
            self.show = Show::All;
        }
        self.refresh();
    }

    /// Whether the invitation can be made, and if not, why.
    pub(super) fn ready(&self) -> Ready {
        let why = if self.is_waiting() {
            "The invitations are being made.".to_owned()
        } else if self.judging.is_empty() {
            "Type or paste at least one address.".to_owned()
        } else if self.judging.is_stopped() {
            format!("Judging was stopped: {} goes on.", self.outside_text("p"))
        } else if !self.judging.is_complete() {
            "Not every address is judged yet.".to_owned()
        } else if self.counts.invalid > 0 {
            let key = self.outside_text("d");
            match self.counts.invalid {
                1 => format!("Correct the invalid entry or drop it: {key}."),
                some => format!("Correct {} invalid entries or drop them: {key}.", grouped(some)),
            }
        } else if self.counts.ok == 0 {
            "None of these can be invited.".to_owned()
        } else if self.roles.ticked().is_empty() {
            "Tick at least one role.".to_owned()
        } else {
            return self.may_invite.clone();
        };
        self.may_invite.clone().and(|| Ready::No(why))
    }

    /// A key that is a letter where text is typed.
    fn outside_text(&self, key: &str) -> String {
        if self.part == Part::Addresses { format!("Tab, then {key}") } else { key.to_owned() }
    }

    /// Makes the invitations, all of them or none.
    pub(super) fn create(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(person) = scene.person().filter(|_| self.ready() == Ready::Yes) else { return };
        let at = scene.outside.now();
        let invitee = |entry: &Judged| match &entry.verdict {
            Verdict::Ok(address) => Some(Invitee {
                id: InvitationId::new(at, &scene.outside.seed()),
                address: address.clone(),
                name: entry.candidate.name.clone(),
            }),
            _ => None,
        };
        let people: Vec<_> = self.judging.entries().iter().filter_map(invitee).collect();
        let route = scene.view.as_ref().map(|view| format!(" to {}", view.route)).unwrap_or_default();
        let done = match people.as_slice() {
            [one] => format!("{} was invited. The message goes{route}.", one.address),
            people => format!("{} people were invited. Their messages go{route}.", grouped(people.len())),
        };
        let command = InviteUsers { by: person.user, at, roles: self.roles.ticked(), people };
        self.waiting = acts.run(scene, command, done);
    }

    /// Whether this is the answer that is waited for; it is not any more then.
    pub(super) fn settle(&mut self, ticket: Ticket) -> bool {
        let ours = self.waiting == Some(ticket);
        if ours {
            self.waiting = None;
        }
        ours
    }
}

fn is_ok(entry: &Judged) -> bool {
    matches!(entry.verdict, Verdict::Ok(_))
}
