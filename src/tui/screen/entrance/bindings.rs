//! The entrance's keys.
use super::front::Entrance;
use super::step::Step;
use crate::engine::{Change, Request};
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};

/// What goes on from a page with Enter.
const fn go_on(label: &'static str, about: &'static str, ready: fn(&Entrance, &Scene) -> Ready) -> Binding<Entrance> {
    Binding { keys: &["enter"], label, about, ready, run: Entrance::submit }
}

fn writable(scene: &Scene) -> Ready {
    match scene.change {
        Change::Allowed => Ready::Yes,
        Change::Never => Ready::No("This session is read-only. Start without --read-only to change something.".into()),
    }
}

/// A run that shows a sample alone would lose what is set up in it.
fn may_set_up(entrance: &Entrance, scene: &Scene) -> Ready {
    let alone = scene.organizations.is_empty() && scene.org.is_sample();
    Ready::when(entrance.step.is_front()).and(|| writable(scene)).and(|| match alone {
        true => {
            Ready::No("This run shows the sample alone. Start rolodeck without --sample to set up your own.".into())
        }
        false => Ready::Yes,
    })
}

/// Its bindings. Fields own the letters, so what else can be done while one is focused has a function key, and a
/// button that Tab leads to.
pub(super) const BINDINGS: &[Binding<Entrance>] = &[
    go_on("Sign in", "Sign in with address and passphrase", |e, _| Ready::when(e.step == Step::SignIn)),
    go_on("Be this person", "Look at the sample as the selected person", |e, _| {
        Ready::when(e.step == Step::People && e.people.selected().is_some())
    }),
    go_on("Open", "Open the selected organization", |e, _| {
        Ready::when(e.step == Step::Organizations && e.organizations.selected().is_some())
    }),
    go_on("Create account", "Create the account and send a code to its address", |e, scene| {
        Ready::when(e.step == Step::Account).and(|| writable(scene))
    }),
    go_on("Verify", "Check the six digits", |e, _| Ready::when(e.step == Step::Verify)),
    go_on("Log in", "Log in with the new account", |e, _| Ready::when(e.step == Step::LogIn)),
    go_on("Next", "Go on with this name", |e, _| Ready::when(e.step == Step::Name)),
    go_on("Create organization", "Create the organization as chosen", |e, _| Ready::when(e.step == Step::Nature)),
    go_on("Go on", "Go on in the selected role", |e, _| Ready::when(e.step == Step::Role)),
    go_on("Next", "See what the code opens", |e, _| Ready::when(e.step == Step::Code)),
    go_on("Sign up", "Accept the invitation", |e, _| Ready::when(e.step == Step::Join)),
    Binding {
        keys: &["s"],
        label: "Save to a file",
        about: "Save the recovery code in a file that only you can read",
        ready: |e, _| {
            let saved = e.recovery.as_ref().and_then(super::recovery::Recovery::saved_in);
            Ready::when(e.step == Step::Recovery)
                .and(|| saved.map_or(Ready::Yes, |path| Ready::No(format!("It is saved in {path}."))))
        },
        run: |e, _, acts| {
            if let Some(request) = e.recovery.as_ref().map(super::recovery::Recovery::save) {
                e.ask(request, "Saving", acts);
            }
        },
    },
    Binding {
        keys: &["w"],
        label: "I have written it down",
        about: "Go on; the recovery code is never shown again",
        ready: |e, _| Ready::when(e.step == Step::Recovery),
        run: |e, _, acts| {
            if let Some(recovery) = e.recovery.take() {
                acts.signed_in(recovery.session);
            }
        },
    },
    Binding {
        keys: &["f5"],
        label: "Read the message",
        about: "Show the message with the code",
        ready: |e, _| Ready::when(e.step == Step::Verify && e.set_up.sent.as_ref().is_some_and(|sent| sent.readable)),
        run: |e, _, acts| e.ask(Request::ReadCodeLetter, "Reading", acts),
    },
    Binding {
        keys: &["f6"],
        label: "Send a new code",
        about: "Send another code; the one before stops to work",
        ready: |e, _| Ready::when(e.step == Step::Verify),
        run: |e, _, acts| e.ask(Request::SendCodeAgain, "Sending a new code", acts),
    },
    Binding {
        keys: &["f2"],
        label: "Create New Account",
        about: "Set up an organization of your own, or go on with setting it up",
        ready: may_set_up,
        run: |e, _, _| e.go(e.set_up.at),
    },
    Binding {
        keys: &["f3"],
        label: "Accept an invitation",
        about: "Sign up with the code from an invitation",
        ready: |e, scene| Ready::when(e.step.is_front()).and(|| writable(scene)),
        run: |e, _, _| e.go(Step::Code),
    },
    Binding {
        keys: &["f4"],
        label: "Another organization",
        about: "Open another organization on this machine",
        ready: |e, _| Ready::when((e.step.is_front() || e.step == Step::Account) && !e.organizations.is_empty()),
        run: |e, _, _| e.go(Step::Organizations),
    },
    Binding {
        keys: &["esc"],
        label: "Back",
        about: "Go one step back; what was typed stays",
        ready: |e, scene| Ready::when(e.before(scene).is_some()),
        run: |e, scene, _| e.back(scene),
    },
];
