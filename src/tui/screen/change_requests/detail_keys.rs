//! What can be done with one request.
use super::ask::{Ask, What};
use super::detail::Detail;
use super::facts::Facts;
use crate::command::{FileAgain, WithdrawRequest};
use crate::domain::text::Shown;
use crate::engine::Change;
use crate::tui::acts::Acts;
use crate::tui::dialog::{Confirm, offer_copies};
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::{history_ready, open_history};

/// The request is on the screen, and no question over it.
fn reading(detail: &Detail, ready: impl FnOnce(&Facts) -> Ready) -> Ready {
    match &detail.facts {
        Some(facts) if detail.ask.is_none() => detail.idle().and(|| ready(facts)),
        _ => Ready::Hidden,
    }
}

fn withdrawable(detail: &Detail, scene: &Scene) -> Ready {
    reading(detail, |facts| Ready::when(facts.mine && facts.request.is_open())).and(|| match scene.change {
        Change::Never => Ready::No("This session is read-only. Start without --read-only to change something.".into()),
        _ => Ready::Yes,
    })
}

fn withdraw(detail: &mut Detail, _: &Scene, acts: &mut Acts) {
    let Some(facts) = &detail.facts else { return };
    let (id, summary) = (facts.request.id, Shown::new(&facts.request.summary).to_string());
    let lines = vec![format!("You asked to {summary}."), "Nobody can approve it then. It stays in the list.".into()];
    acts.open(Confirm::new("Withdraw the request?", lines, "Withdraw", move |scene, acts| {
        let Some(person) = scene.person() else { return };
        let command = WithdrawRequest { request: id, by: person.user, at: scene.outside.now() };
        acts.run(scene, command, format!("Withdrawn: {summary}."));
    }));
}

fn file_again(detail: &mut Detail, scene: &Scene, acts: &mut Acts) {
    let (Some(facts), Some(by)) = (&detail.facts, scene.person()) else { return };
    let done = format!("Filed again: {}.", Shown::new(&facts.request.summary));
    let command = FileAgain { request: facts.request.id, by, at: scene.outside.now() };
    if let Some(ticket) = acts.run(scene, command, done) {
        detail.wait_for(ticket);
    }
}

fn asking(detail: &Detail, what: What) -> Ready {
    let asks = detail.ask.as_ref().is_some_and(|ask| ask.what == what);
    Ready::when(asks).and(|| detail.idle())
}

fn scrolling(detail: &Detail) -> Ready {
    reading(detail, |_| Ready::when(detail.reader.scrolls()))
}

/// Its bindings.
pub(super) const BINDINGS: &[Binding<Detail>] = &[
    Binding {
        keys: &["a"],
        label: "Approve",
        about: "Approve what stands here; it is done in the same moment",
        ready: |detail, _| reading(detail, |facts| facts.approve.clone()),
        run: Detail::approve,
    },
    Binding {
        keys: &["x"],
        label: "Reject",
        about: "Say no, and why",
        ready: |detail, _| reading(detail, |facts| facts.reject.clone()),
        run: |detail, _, _| detail.ask = Some(Ask::new(What::Reason)),
    },
    Binding {
        keys: &["w"],
        label: "Withdraw",
        about: "Take your own request back",
        ready: withdrawable,
        run: withdraw,
    },
    Binding {
        keys: &["g"],
        label: "File again",
        about: "Ask again for the same, with what it would do now",
        ready: |detail, _| reading(detail, |facts| facts.again.clone()),
        run: file_again,
    },
    Binding {
        keys: &["tab"],
        label: "Next",
        about: "Leave this one undecided and go on to the next marked one",
        ready: |detail, _| reading(detail, |_| Ready::when(detail.has_next())),
        run: Detail::go_on,
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the sentence or the id of the request",
        ready: |detail, _| reading(detail, |_| Ready::Yes),
        run: |detail, _, acts| {
            if let Some(facts) = &detail.facts {
                let request = &facts.request;
                offer_copies(acts, vec![("sentence", request.summary.to_string()), ("id", request.id.to_string())]);
            }
        },
    },
    Binding {
        keys: &["H"],
        label: "History",
        about: "See when it was filed and decided, in the audit trail",
        ready: |detail, scene| reading(detail, |_| history_ready(scene)),
        run: |detail, _, acts| {
            if let Some(facts) = &detail.facts {
                open_history(facts.request.id, acts);
            }
        },
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: |detail, _| scrolling(detail),
        run: |detail, _, _| {
            detail.reader.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: |detail, _| scrolling(detail),
        run: |detail, _, _| {
            detail.reader.key(&Key::plain(Code::Up));
        },
    },
    Binding {
        keys: &["enter"],
        label: "Reject",
        about: "Reject it for this reason",
        ready: |detail, _| asking(detail, What::Reason),
        run: Detail::answer,
    },
    Binding {
        keys: &["enter"],
        label: "Approve",
        about: "Check the passphrase and approve",
        ready: |detail, _| asking(detail, What::Passphrase),
        run: Detail::answer,
    },
    Binding {
        keys: &["esc"],
        label: "Cancel",
        about: "Decide nothing and read on",
        ready: |detail, _| Ready::when(detail.ask.is_some()).and(|| detail.idle()),
        run: |detail, _, _| detail.ask = None,
    },
];
