//! The verdicts on a table, and importing what is fine in it.
use std::sync::Arc;

use ratatui::layout::Rect;

use super::import_ready;
use super::keys::IMPORT_NOW;
use crate::command::{import, may_hand_out};
use crate::domain::import::{Judged, Judging, Kind, Line, Plan, Table, Verdict};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::engine::Ticket;
use crate::tui::acts::{Acts, Tone, Whose};
use crate::tui::dialog::Confirm;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::entities::{Search, plain};
use crate::tui::widget::progress::grouped;
use crate::tui::widget::rows::Rows;

/// Where a table came from.
pub(super) enum Source {
    /// A file, as it was typed.
    File(String),
    /// The clipboard: the table would be lost.
    Paste,
}

impl Source {
    fn words(&self) -> String {
        match self {
            Self::File(path) => Shown::new(path).to_string(),
            Self::Paste => "what was pasted".into(),
        }
    }
}

/// Which lines are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// All of them.
    All,
    /// Those that are left out, or have something to look at first.
    Problems,
}

impl Show {
    fn fits(self, line: &Line) -> bool {
        let problem = match &line.verdict {
            Verdict::Fine(_, warnings) => !warnings.is_empty(),
            Verdict::There => false,
            Verdict::Refused(_) => true,
        };
        self == Self::All || problem
    }
}

/// The verdicts on a table.
pub(super) struct Preview {
    table: Table,
    pub source: Source,
    org: Arc<Org>,
    judging: Option<Judging>,
    pub judged: Option<Judged>,
    pub show: Show,
    pub search: Search,
    /// The lines as they are compared with a filter; made when one is typed.
    texts: Option<Vec<String>>,
    pub visible: Vec<usize>,
    pub rows: Rows,
    /// Where the button was drawn.
    pub button: Rect,
    /// What the person was asked about.
    asked: Option<Plan>,
    waiting: Option<Ticket>,
}

impl Preview {
    pub(super) fn new(table: Table, source: Source, scene: &Scene) -> Self {
        let mut preview = Self {
            table,
            source,
            org: Arc::clone(&scene.org),
            judging: None,
            judged: None,
            show: Show::All,
            search: Search::new("name, address, verdict"),
            texts: None,
            visible: Vec::new(),
            rows: Rows::default(),
            button: Rect::default(),
            asked: None,
            waiting: None,
        };
        preview.judge_again(scene);
        preview
    }

    pub(super) const fn kind(&self) -> Kind {
        self.table.kind
    }

    /// Judges everything for the organization as it is now; what was found out before stays on the screen meanwhile.
    fn judge_again(&mut self, scene: &Scene) {
        let Some(who) = scene.person() else { return };
        self.org = Arc::clone(&scene.org);
        let may_give = |role: &_| may_hand_out(&scene.org, scene.role().ok_or(Refusal::OwnersOnly)?, role);
        self.judging = Some(Judging::new(self.table.clone(), &scene.org, who, scene.now, may_give));
    }

    pub(super) fn follow(&mut self, scene: &Scene) {
        if !Arc::ptr_eq(&self.org, &scene.org) {
            self.judge_again(scene);
        }
    }

    /// Does a slice of judging; whether there was any to do.
    pub(super) fn judge(&mut self) -> bool {
        let Some(judging) = &mut self.judging else { return false };
        if !judging.work() {
            self.judged = self.judging.take().map(Judging::judged);
            self.texts = None;
            self.sift();
        }
        true
    }

    /// How far judging has come, while it goes on.
    pub(super) fn progress(&self) -> Option<(usize, usize)> {
        self.judging.as_ref().map(Judging::progress)
    }

    pub(super) fn lines(&self) -> &[Line] {
        self.judged.as_ref().map(|judged| judged.lines.as_slice()).unwrap_or_default()
    }

    pub(super) fn selected(&self) -> Option<&Line> {
        self.lines().get(*self.visible.get(self.rows.selected()?)?)
    }

    /// Finds the lines to show anew.
    pub(super) fn sift(&mut self) {
        let Some(judged) = &self.judged else { return };
        let before = self.rows.selected().and_then(|row| self.visible.get(row)).copied();
        let kind = judged.kind;
        let text = |line: &Line| plain(&format!("{}\n{}\n{}", line.row.line, line.words(kind), line.verdict.label()));
        let wanted = self.search.wanted();
        if wanted.is_some() && self.texts.is_none() {
            self.texts = Some(judged.lines.iter().map(text).collect());
        }
        let found = |at: usize| match (&wanted, &self.texts) {
            (Some(wanted), Some(texts)) => texts.get(at).is_some_and(|text| text.contains(wanted)),
            _ => true,
        };
        let shown = judged.lines.iter().enumerate().filter(|(at, line)| self.show.fits(line) && found(*at));
        self.visible = shown.map(|(at, _)| at).collect();
        self.rows.clamp(self.visible.len());
        self.rows.select(before.and_then(|before| self.visible.binary_search(&before).ok()).unwrap_or(0));
    }

    pub(super) fn turn_show(&mut self) {
        self.show = if self.show == Show::All { Show::Problems } else { Show::All };
        self.sift();
    }

    /// Whether there is anything in the table that is not fine without a look.
    pub(super) fn has_problems(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.counts.refused + judged.counts.warned > 0)
    }

    pub(super) const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether the lines that are fine can be imported, and if not, why.
    pub(super) fn ready(&self, scene: &Scene) -> Ready {
        import_ready(self.kind(), scene).and(|| match &self.judged {
            _ if self.is_waiting() => Ready::No("The import is being made.".into()),
            _ if self.judging.is_some() => Ready::No("Not every line is judged yet.".into()),
            Some(judged) if !judged.plan.is_empty() => Ready::Yes,
            Some(judged) if judged.counts.refused == 0 => Ready::No("There is nothing to import.".into()),
            _ => Ready::No("None of these lines can be imported.".into()),
        })
    }

    /// What importing is called now: `Import 3, leave out 2`.
    pub(super) fn offer(&self) -> String {
        let counts = self.judged.as_ref().map(|judged| (judged.counts.fine, judged.counts.refused));
        match counts.unwrap_or_default() {
            (fine, 0) => format!("Import {}", grouped(fine)),
            (fine, refused) => format!("Import {}, leave out {}", grouped(fine), grouped(refused)),
        }
    }

    /// Asks whether what is fine should be imported.
    pub(super) fn ask(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(judged) = self.judged.as_ref().filter(|_| self.ready(scene) == Ready::Yes) else { return };
        let counts = &judged.counts;
        let lines = |count: usize, one: &str, many: &str| match count {
            1 => one.to_owned(),
            many_lines => format!("{} {many}", grouped(many_lines)),
        };
        let mut question = vec![match &judged.plan {
            Plan::Places { .. } => format!("This creates {}, all of them or none.", judged.plan.words()),
            Plan::Invitations(_) => {
                format!("This makes {}, all of them or none, and sends their messages.", judged.plan.words())
            }
        }];
        if counts.there > 0 {
            let there = lines(counts.there, "1 line says what is so already", "lines say what is so already");
            question.push(format!("{there}; nothing is done for that."));
        }
        if counts.refused > 0 {
            let refused = lines(counts.refused, "1 line cannot be imported and is", "lines cannot be imported and are");
            question.push(format!("{refused} left out."));
        }
        if counts.warned > 0 {
            let warned = lines(counts.warned, "1 line has", "lines have");
            question.push(format!("{warned} something to look at first; f shows such lines."));
        }
        self.asked = Some(judged.plan.clone());
        let title = format!("Import {} from {}?", self.kind().name(), Shown::new(&self.source.words()).cut(40));
        acts.open(Confirm::new(title, question, "Import", |_, acts| {
            acts.close_and_invoke(Whose::Layer, IMPORT_NOW);
        }));
    }

    /// Imports what was asked about, if it is still that.
    pub(super) fn import(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(asked) = self.asked.take() else { return };
        let same = self.judged.as_ref().is_some_and(|judged| judged.plan == asked) && self.ready(scene) == Ready::Yes;
        let Some(person) = scene.person().filter(|_| same) else {
            acts.say(Tone::Note, "Something changed meanwhile, and nothing was imported. Look at the lines again.");
            return;
        };
        let command = import(&asked, person.user, scene.outside.now(), &mut || scene.outside.seed());
        let done = match (&asked, scene.view.as_ref()) {
            (Plan::Invitations(_), Some(view)) => {
                format!("Imported: {}. Messages go to {}.", asked.words(), view.route)
            }
            _ => format!("Imported: {}.", asked.words()),
        };
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
