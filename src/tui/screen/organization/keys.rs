//! What can be done on the screen.
use super::edit::Edit;
use super::recovery_code::RecoveryCode;
use super::screen::Organization;
use super::security::Security;
use crate::command::TakeNote;
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::security::Emergency;
use crate::engine::{Change, Reply, Request};
use crate::ledger::actor::Actor;
use crate::ledger::run::attempt;
use crate::tui::acts::Acts;
use crate::tui::dialog::offer_copies;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};

fn may_update(scene: &Scene) -> Ready {
    scene.may(Need::organization(Permission::ORGANIZATIONS_UPDATE))
}

/// The use of the recovery code that is taken note of next.
fn oldest(scene: &Scene) -> Option<Emergency> {
    scene.org.security().emergencies.first().copied()
}

fn take_note(scene: &Scene) -> Option<TakeNote> {
    Some(TakeNote { by: scene.person()?, of: oldest(scene)?.at })
}

/// Whether the person at the keyboard can take note of the oldest use of the recovery code.
pub(super) fn may_take_note(scene: &Scene) -> Ready {
    let Some((command, session)) = take_note(scene).zip(scene.session.clone()) else { return Ready::Hidden };
    if let Some(past) = scene.past {
        return Ready::No(past.why_not(&scene.zone));
    }
    if scene.change == Change::Never {
        return Ready::No(said(&Refusal::ReadOnly));
    }
    match attempt(&scene.org, scene.now, &Actor::Person(session), &command.into()) {
        Ok(_) => Ready::Yes,
        // Here it is not about making an Owner.
        Err(Refusal::OwnersOnly) => Ready::No("Only somebody signed in as Owner takes note of this.".into()),
        Err(refusal) => Ready::No(said(&refusal)),
    }
}

fn said(refusal: &Refusal) -> String {
    format!("{refusal} {}", refusal.hint())
}

/// Practising is for samples, as long as four-eyes was never on.
fn may_practise(organization: &Organization, scene: &Scene) -> Ready {
    Ready::when(scene.org.is_sample() && !scene.org.security().four_eyes.begun).and(|| may_update(scene)).and(|| {
        match organization.practising {
            Some(_) => Ready::No("Four-eyes is being switched on.".into()),
            None => Ready::Yes,
        }
    })
}

/// What is said when the requests of the others wait.
pub(super) fn practised(reply: &Reply) -> String {
    let filed = match reply {
        Reply::Done(difference) => difference.change_requests().count(),
        _ => 0,
    };
    let number = match filed {
        1 => "one request waits".into(),
        2 => "two requests wait".into(),
        3 => "three requests wait".into(),
        4 => "four requests wait".into(),
        more => format!("{more} requests wait"),
    };
    format!("Four-eyes is on, {number}: press 3.")
}

pub(super) const BINDINGS: &[Binding<Organization>] = &[
    Binding {
        keys: &["e"],
        label: "Edit",
        about: "Change the organization's name and its own mail domains",
        ready: |_, scene| may_update(scene),
        run: |_, scene, acts: &mut Acts| {
            if let Some(row) = scene.org.organization() {
                acts.open(Edit::new(row));
            }
        },
    },
    Binding {
        keys: &["s"],
        label: "Security",
        about: "Switch four-eyes on or off, area by area",
        ready: |_, scene| may_update(scene),
        run: |_, scene, acts| acts.open(Security::new(scene)),
    },
    Binding {
        keys: &["c"],
        label: "Recovery code",
        about: "Replace the recovery code, or draw the new one that was decided",
        ready: |_, scene| may_update(scene),
        run: |_, _, acts| acts.open(RecoveryCode::new()),
    },
    Binding {
        keys: &["o"],
        label: "Take note",
        about: "Take note of a use of the recovery code, so that the banner goes",
        ready: |organization, _| organization.note.clone(),
        run: |_, scene, acts| {
            if let Some(command) = take_note(scene) {
                acts.run(scene, command, "Noted: the banner is gone when no other use is left.");
            }
        },
    },
    Binding {
        keys: &["p"],
        label: "Practise four-eyes",
        about: "Switch four-eyes on in this sample, with requests of others to decide",
        ready: may_practise,
        run: |organization, scene, acts| {
            let session = scene.session.clone();
            organization.practising = session.map(|session| acts.ask(Request::Practise { session }));
        },
    },
    any_day(|_, _| Ready::Yes),
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the path of the organization's file, or its id",
        ready: |_, scene| Ready::when(scene.view.is_some()),
        run: |_, scene, acts| {
            if let Some(view) = &scene.view {
                let id = scene.org.organization().map(|organization| ("id", organization.id.to_string()));
                let path = ("path", view.path.to_string_lossy().into_owned());
                offer_copies(acts, [path].into_iter().chain(id).collect());
            }
        },
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: |organization, _| Ready::when(organization.pane.scrolls()),
        run: |organization, _, _| {
            organization.pane.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: |organization, _| Ready::when(organization.pane.scrolls()),
        run: |organization, _, _| {
            organization.pane.key(&Key::plain(Code::Up));
        },
    },
];
