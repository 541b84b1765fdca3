//! The keys of the screen, as data.
use super::invitations;
use super::mailbox;
use super::membership;
use super::screen::{Tab, Users};
use crate::domain::import::Kind;
use crate::domain::row::RowId;
use crate::tui::acts::Acts;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::{AskImport, Invite, history_ready, import_ready, open_history};

/// Whether a list with something in it is what is on the screen.
fn in_the_list(users: &Users, _: &Scene) -> Ready {
    let rows = match users.tab {
        Tab::All => users.all.len(),
        Tab::Invited => users.invited.len(),
    };
    Ready::when(!users.is_reading() && rows > 0)
}

fn ready_to_move(users: &Users, scene: &Scene) -> Ready {
    Ready::when(users.is_reading() || in_the_list(users, scene) == Ready::Yes)
}

fn in_the_detail(users: &Users, _: &Scene) -> Ready {
    Ready::when(users.is_reading())
}

/// Whether there is something for Esc: a detail, a filter or marks.
fn ready_to_step_back(users: &Users, _: &Scene) -> Ready {
    let filtered = match users.tab {
        Tab::All => !users.all.filter.is_empty(),
        Tab::Invited => !users.invited.filter.is_empty() || !users.invited.marks().is_empty(),
    };
    Ready::when(users.is_reading() || filtered)
}

fn open(users: &mut Users, _: &Scene, _: &mut Acts) {
    match users.tab {
        Tab::All => users.all.opened = users.all.selected(),
        Tab::Invited => users.invited.opened = users.invited.selected(),
    }
    users.pane.to_top();
}

/// One step at a time: the detail, then the filter, then the marks.
fn step_back(users: &mut Users, scene: &Scene, _: &mut Acts) {
    let reading = users.is_reading();
    match users.tab {
        _ if reading => {
            users.all.opened = None;
            users.invited.opened = None;
            users.pane.to_top();
        }
        Tab::All => users.all.filter.clear(),
        Tab::Invited if !users.invited.filter.is_empty() => users.invited.filter.clear(),
        Tab::Invited => users.invited.unmark(),
    }
    users.sift(scene);
}

fn neighbour(users: &mut Users, code: Code) {
    match users.tab {
        Tab::All => users.all.open_neighbour(&Key::plain(code)),
        Tab::Invited => users.invited.open_neighbour(&Key::plain(code)),
    }
    users.pane.to_top();
}

/// The keys that are shown first.
pub const FIRST: &[Binding<Users>] = &[
    Binding {
        keys: &["enter"],
        label: "Open",
        about: "Read everything about the selected row",
        ready: |users, scene| {
            in_the_list(users, scene)
                .and(|| Ready::when(users.user(scene).is_some() || users.invitation(scene).is_some()))
        },
        run: open,
    },
    Binding {
        keys: &["esc"],
        label: "Back",
        about: "Close the detail, clear the filter, take the marks away: one step at a time",
        ready: ready_to_step_back,
        run: step_back,
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show only rows that contain what is typed: names, addresses, roles, states, who invited",
        ready: in_the_list,
        run: |users, _, _| match users.tab {
            Tab::All => users.all.filter.type_in(),
            Tab::Invited => users.invited.filter.type_in(),
        },
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other tab",
        about: "Go from All users to Invited, and back",
        ready: |users, _| Ready::when(!users.is_reading()),
        run: |users, _, _| users.turn_tab(),
    },
    Binding {
        keys: &["a"],
        label: "Actions",
        about: "Open the menu of everything that can be done here",
        ready: |_, _| Ready::Yes,
        run: Users::open_menu,
    },
    any_day(|_, _| Ready::Yes),
    Binding {
        keys: &["space"],
        label: "Mark",
        about: "Mark the selected invitation, or take its mark away",
        ready: invitations::ready_to_mark,
        run: invitations::mark,
    },
];

/// What the menu begins with.
pub const INVITE: &str = "Invite users";

/// The menu behind *Actions*.
pub const ACTIONS: &[Binding<Users>] = &[
    Binding {
        keys: &["R"],
        label: "Resend",
        about: "Send the marked invitations, or this one, with new codes; the old codes stop working",
        ready: invitations::ready_to_resend,
        run: invitations::resend,
    },
    Binding {
        keys: &["i"],
        label: INVITE,
        about: "Invite one or many people by their e-mail addresses",
        ready: |users, _| users.rights.invite.clone(),
        run: |_, scene, acts| acts.open(Invite::new(scene)),
    },
    Binding {
        keys: &["e"],
        label: "Assign roles",
        about: "Give the user more roles",
        ready: membership::ready_to_assign,
        run: membership::assign,
    },
    Binding {
        keys: &["t"],
        label: "Take away roles",
        about: "Take roles from the user; at least one stays",
        ready: membership::ready_to_take_away,
        run: membership::take_away,
    },
    Binding {
        keys: &["d"],
        label: "Deactivate",
        about: "Stop the user from signing in, at once; roles and address stay",
        ready: membership::ready_to_deactivate,
        run: membership::deactivate,
    },
    Binding {
        keys: &["d"],
        label: "Reactivate",
        about: "Let the user sign in again",
        ready: membership::ready_to_reactivate,
        run: membership::reactivate,
    },
    Binding {
        keys: &["x"],
        label: "Remove",
        about: "End the membership for good; the history keeps the name",
        ready: membership::ready_to_remove,
        run: membership::remove,
    },
    Binding {
        keys: &["X"],
        label: "Erase…",
        about: "Blank the name and the address of somebody who was removed, everywhere and for good",
        ready: membership::ready_to_erase,
        run: membership::erase,
    },
    Binding {
        keys: &["x"],
        label: "Revoke",
        about: "Take back the marked invitations, or this one; the addresses are free again",
        ready: invitations::ready_to_revoke,
        run: invitations::revoke,
    },
    Binding {
        keys: &["l"],
        label: "Read message",
        about: "Read the message with the code, to hand it over; that you looked is noted",
        ready: invitations::ready_to_read_letter,
        run: invitations::read_letter,
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the address, the name, the id or the row of the user",
        ready: membership::ready_to_read,
        run: membership::copy,
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the address, the id or the row of the invitation; its code is in the message",
        ready: invitations::ready_to_read,
        run: invitations::copy,
    },
    Binding {
        keys: &["w"],
        label: "One or two people",
        about: "Say whether this user and another one with the same mailbox are one person or two",
        ready: |users, scene| {
            Ready::when(membership::member(users, scene).is_some()).and(|| users.rights.update.clone())
        },
        run: mailbox::tell_apart,
    },
    Binding {
        keys: &["b"],
        label: "Import",
        about: "Invite many people with different roles from a table; every line is judged first",
        ready: |users, scene| Ready::when(!users.is_reading()).and(|| import_ready(Kind::Invitations, scene)),
        run: |_, _, acts| acts.open(AskImport::new(Kind::Invitations)),
    },
];

/// The keys for marks, orders and movement.
pub const MORE: &[Binding<Users>] = &[
    Binding {
        keys: &["E"],
        label: "Mark expired",
        about: "Mark every expired invitation that is shown",
        ready: invitations::ready_to_mark,
        run: invitations::mark_expired,
    },
    Binding {
        keys: &["A"],
        label: "Mark all",
        about: "Mark every invitation that is shown, or take all marks away",
        ready: invitations::ready_to_mark,
        run: invitations::mark_all,
    },
    Binding {
        keys: &["f"],
        label: "Next filter",
        about: "Show only expired invitations, then pending ones, then those whose message waits, is sent, delayed, failed",
        ready: invitations::ready_to_filter,
        run: invitations::next_filter,
    },
    Binding {
        keys: &["f"],
        label: "Next filter",
        about: "Show only deactivated users, then those who were removed",
        ready: membership::ready_to_filter,
        run: membership::next_filter,
    },
    Binding {
        keys: &["H"],
        label: "History",
        about: "See what was done to the selected user or invitation, in the audit trail; and what the user did",
        ready: |users, scene| {
            let focused = users.user(scene).is_some() || users.invitation(scene).is_some();
            Ready::when(focused).and(|| history_ready(scene))
        },
        run: |users, scene, acts| {
            let user = users.user(scene).map(|user| user.id.into());
            if let Some(row) = user.or_else(|| users.invitation(scene).map(|open| RowId::from(open.id))) {
                open_history(row, acts);
            }
        },
    },
    Binding {
        keys: &["s"],
        label: "Sort",
        about: "Sort by the next column",
        ready: in_the_list,
        run: |users, scene, _| match users.tab {
            Tab::All => users.all.sort_by_next(scene),
            Tab::Invited => users.invited.sort_by_next(scene),
        },
    },
    Binding {
        keys: &["S"],
        label: "Turn order",
        about: "Sort the other way round",
        ready: in_the_list,
        run: |users, scene, _| match users.tab {
            Tab::All => users.all.turn(scene),
            Tab::Invited => users.invited.turn(scene),
        },
    },
    Binding {
        keys: &["right"],
        label: "Next",
        about: "Read about the next row",
        ready: in_the_detail,
        run: |users, _, _| neighbour(users, Code::Down),
    },
    Binding {
        keys: &["left"],
        label: "Previous",
        about: "Read about the row before",
        ready: in_the_detail,
        run: |users, _, _| neighbour(users, Code::Up),
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Go to the row below; PgDn and End go further",
        ready: ready_to_move,
        run: |users, _, _| {
            users.move_by(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Go to the row above; PgUp and Home go further",
        ready: ready_to_move,
        run: |users, _, _| {
            users.move_by(&Key::plain(Code::Up));
        },
    },
];

/// The keys while a filter is typed.
pub const TYPING: &[Binding<Users>] = &[
    Binding {
        keys: &["enter"],
        label: "Keep",
        about: "Keep the filter and go on to the rows",
        ready: |_, _| Ready::Yes,
        run: |users, _, _| match users.tab {
            Tab::All => users.all.filter.keep(),
            Tab::Invited => users.invited.filter.keep(),
        },
    },
    Binding {
        keys: &["esc"],
        label: "Clear",
        about: "Clear the filter and show every row",
        ready: |_, _| Ready::Yes,
        run: |users, scene, _| {
            match users.tab {
                Tab::All => users.all.filter.clear(),
                Tab::Invited => users.invited.filter.clear(),
            }
            users.sift(scene);
        },
    },
];
