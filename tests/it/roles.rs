//! User management, Roles.
use std::sync::Arc;

use rolodeck::command::{AssignRoles, Command, CreateRole, DeleteRole, RenameRole};
use rolodeck::domain::access::Person;
use rolodeck::domain::catalogue::{Group, GroupSet};
use rolodeck::domain::id::{RoleId, UserId};
use rolodeck::domain::name::RoleName;
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::Permission;
use rolodeck::domain::role::{Grants, Role, RoleSet, RoleState};
use rolodeck::domain::row::{Row, RowId};
use rolodeck::domain::scope::Scope;
use rolodeck::engine::{Report, Request};
use rolodeck::tui::event::{Event, Mouse, MouseKind};
use uuid::Uuid;

use crate::desk::{Desk, LARGE, MONDAY, SMALL, person};

/// The sample with the roles open.
fn roles(size: (u16, u16)) -> Desk {
    open(Desk::sample(size))
}

fn open(mut desk: Desk) -> Desk {
    desk.keys("2").screen();
    desk
}

fn role_id(org: &Org, name: &str) -> RoleId {
    org.active_roles().find(|role| role.name.as_str() == name).unwrap().id
}

fn user_id(org: &Org, name: &str) -> UserId {
    org.users().values().find(|user| user.name.as_str() == name).unwrap().id
}

/// A role that nobody holds.
fn put_role(org: &mut Org, name: &str, grants: Grants) -> RoleId {
    let id = RoleId::from_uuid(Uuid::from_u128(org.roles().len() as u128));
    org.put(Row::Role(Role {
        id,
        name: RoleName::new(name).unwrap(),
        grants,
        scope: Arc::new(Scope::AllFuture),
        state: RoleState::Active,
        created: MONDAY.parse().unwrap(),
    }));
    id
}

fn basic() -> Grants {
    Grants::Simple(GroupSet::from_iter([Group::BasicAccess]))
}

/// Gives somebody a role and nothing else, and sits down as them.
fn only_as(org: &mut Org, name: &str, role: RoleId) {
    let mut user = org.user(user_id(org, name)).unwrap().clone();
    user.roles = RoleSet::from_iter([role]);
    org.put(Row::User(user));
}

/// The sample as it would be on the first day: one person, one role.
fn nothing_but_owner(org: &mut Org) {
    let owner = org.owner_role().unwrap().id;
    let first = user_id(org, "Ingrid Åsgård");
    only_as(org, "Ingrid Åsgård", owner);
    let invitations: Vec<RowId> = org.invitations().keys().map(|id| RowId::from(*id)).collect();
    let users: Vec<RowId> = org.users().keys().filter(|id| **id != first).map(|id| RowId::from(*id)).collect();
    let roles: Vec<RowId> = org.roles().keys().filter(|id| **id != owner).map(|id| RowId::from(*id)).collect();
    for row in invitations.into_iter().chain(users).chain(roles) {
        org.remove(row);
    }
}

/// Somebody else does something meanwhile; with the same session, because it does not matter who.
fn meanwhile(desk: &mut Desk, command: impl Into<Command>) {
    let session = desk.app.scene().session.clone().unwrap();
    desk.worker.serve(Request::Run { session, command: command.into() }).unwrap();
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(Report::Moved(view));
}

/// Selects the role on the line that shows this text.
fn select(desk: &mut Desk, text: &str) {
    desk.keys("<home>");
    for _ in 0..desk.app.scene().org.roles().len() {
        if selected_line(desk).contains(text) {
            return;
        }
        desk.keys("j");
    }
    panic!("“{text}” cannot be selected:\n{}", desk.screen());
}

/// Opens the selected role and reads to the end of it.
fn read_to_the_end(desk: &mut Desk) -> &mut Desk {
    desk.keys("<enter>").screen();
    desk.keys("<end>")
}

/// The line of the table with the pointer.
fn selected_line(desk: &mut Desk) -> String {
    let screen = desk.screen();
    let line = screen.lines().find_map(|line| line.split_once("│ ▌ ").map(|(_, row)| row.to_owned()));
    line.unwrap_or_default()
}

#[test]
fn the_table_says_what_roles_there_are() {
    insta::assert_snapshot!("roles_table_small", roles(SMALL).screen());
    insta::assert_snapshot!("roles_table_large", roles(LARGE).screen());
    insta::assert_snapshot!("roles_table_wide", roles((160, 30)).screen());
}

#[test]
fn from_120_columns_on_every_column_shows_whatever_the_table_is_sorted_by() {
    for columns in [120, 140, 159, 160, 200] {
        let mut desk = roles((columns, 40));
        for _ in 0..6 {
            let screen = desk.keys("s").screen();
            for heading in ["Name", "Setup", "Permission groups", "Accounts", "Users", "Warnings"] {
                assert!(screen.contains(heading), "“{heading}” at {columns} columns:\n{screen}");
            }
        }
    }
}

#[test]
fn every_column_sorts_and_the_one_that_sorts_has_room() {
    let mut desk = roles(SMALL);
    let cases = [
        ("", "Name ↑", "Dashboard designer", "Treasury"),
        ("s", "Setup ↑", "External auditor", "Treasury"),
        ("s", "Permission groups ↑", "ERP connector", "Owner"),
        ("s", "Accounts ↓", "Dashboard designer", "Japan office"),
        ("s", "Users ↓", "Payment approver", "Japan office"),
        ("s", "Warnings ↓", "Japan office", "Payment initiator"),
        ("s", "Name ↑", "Dashboard designer", "Treasury"),
    ];
    for (key, heading, first, last) in cases {
        desk.keys(key).keys("<home>").see(heading);
        assert!(selected_line(&mut desk).contains(first), "first by {heading}:\n{}", desk.screen());
        desk.keys("<end>");
        assert!(selected_line(&mut desk).contains(last), "last by {heading}:\n{}", desk.screen());
    }
    desk.keys("S<home>").see("Name ↓");
    assert!(selected_line(&mut desk).contains("Treasury"));
}

#[test]
fn the_selection_is_a_role_and_not_a_line() {
    let mut desk = roles(SMALL);
    select(&mut desk, "Payment approver");
    for keys in ["s", "ss", "S", "/pay<enter>", "<esc>", "12", "5<esc>2"] {
        desk.keys(keys);
        assert!(selected_line(&mut desk).contains("Payment a"), "after {keys}:\n{}", desk.screen());
    }
    let role = role_id(&desk.app.scene().org, "Payment approver");
    meanwhile(&mut desk, RenameRole { role, name: RoleName::new("Zweite Unterschrift").unwrap() });
    assert!(selected_line(&mut desk).contains("Zweite Unt"), "{}", desk.screen());
}

#[test]
fn the_filter_finds_names_groups_and_people() {
    let mut desk = roles(SMALL);
    desk.keys("/PAYMENT").see("3/10").see("Payment approver").see("Payment initiator");
    desk.keys("<esc>").see("10 roles");
    desk.keys("/manage dash").see("1/10").see("Dashboard designer");
    desk.keys("<esc>/nunez").see("1/10").see("Payment approver");
    desk.keys("<esc>/佐藤").see("1/10").see("Japan office");
}

#[test]
fn the_filter_stays_until_it_is_cleared() {
    let mut desk = roles(SMALL);
    desk.keys("/auditor<enter>").see("1/10");
    desk.keys("1").see_not("1/10");
    desk.keys("2").see("1/10").see("External auditor");
    desk.keys("<esc>").see("10 roles");
    desk.keys("/n12?q").see("n12?q").see("0/10");
}

#[test]
fn a_filter_without_match_says_so() {
    let mut desk = roles(SMALL);
    insta::assert_snapshot!("roles_no_match_small", desk.keys("/astronaut<enter>").screen());
    insta::assert_snapshot!("roles_no_match_large", roles(LARGE).keys("/astronaut<enter>").screen());
    desk.keys("exrd<enter>").see("No role matches");
}

#[test]
fn with_nothing_but_owner_the_list_leads_to_create_new() {
    let first_day = |size| open(Desk::sample_with(size, nothing_but_owner));
    let mut desk = first_day(SMALL);
    insta::assert_snapshot!("roles_empty_small", desk.screen());
    insta::assert_snapshot!("roles_empty_large", first_day(LARGE).screen());
    desk.keys("n").see_not("There is only Owner yet");
}

#[test]
fn a_role_is_told_in_words() {
    let mut desk = roles(SMALL);
    select(&mut desk, "Japan office");
    insta::assert_snapshot!("roles_words_small", desk.keys("<enter>").screen());
    insta::assert_snapshot!("roles_words_small_end", desk.keys("<end>").screen());
    desk.keys("<esc>").see("10 roles");
    let mut desk = roles(LARGE);
    select(&mut desk, "Payment initiator");
    insta::assert_snapshot!("roles_words_large", desk.keys("<tab>").screen());
    insta::assert_snapshot!("roles_words_large_end", desk.keys("<end>").screen());
    desk.keys("<tab>j").see("Treasury administrator");
    assert!(selected_line(&mut desk).contains("Treasury"));
}

#[test]
fn a_role_is_told_as_a_matrix() {
    let mut desk = roles(SMALL);
    select(&mut desk, "Payment initiator");
    insta::assert_snapshot!("roles_matrix_small", desk.keys("t").screen());
    insta::assert_snapshot!("roles_matrix_small_all", desk.keys("o<end>l").screen());
    desk.keys("o").see("o All resources");
    desk.keys("t").see("What it permits");
    let mut desk = roles(LARGE);
    select(&mut desk, "Treasury");
    insta::assert_snapshot!("roles_matrix_large", desk.keys("<enter>t").screen());
}

#[test]
fn the_matrix_explains_the_cell_under_the_cursor() {
    let mut desk = roles(SMALL);
    select(&mut desk, "Treasury");
    desk.keys("to").see("Accounts READ: on");
    desk.keys("l").see("Accounts CREATE: on").see("◆ sensitive");
    desk.keys("l").see("Accounts UPDATE: off");
    desk.keys("l").see("DELETE is not available for Accounts");
}

#[test]
fn owner_is_built_in() {
    let mut desk = roles(SMALL);
    let before = Arc::clone(&desk.app.scene().org);
    select(&mut desk, "Owner");
    for key in ["e", "r", "x"] {
        desk.keys(key).see("Owner is built in").see("10 roles");
        desk.keys("<home>");
        select(&mut desk, "Owner");
    }
    assert!(Arc::ptr_eq(&before, &desk.app.scene().org));
}

#[test]
fn a_role_in_use_is_not_deleted_and_says_by_whom() {
    let mut desk = roles(SMALL);
    select(&mut desk, "External auditor");
    insta::assert_snapshot!("roles_delete_refused_small", desk.keys("x").screen());
    desk.keys("<enter>").see("10 roles");
    let mut desk = roles(LARGE);
    select(&mut desk, "Payment initiator");
    insta::assert_snapshot!("roles_delete_refused_large", desk.keys("x").screen());
    assert!(desk.app.scene().org.roles().values().all(|role| role.is_active()));
}

#[test]
fn an_unused_role_is_deleted_after_a_question() {
    let mut spare = None;
    let mut desk = open(Desk::sample_with(SMALL, |org| spare = Some(put_role(org, "Spare", basic()))));
    let active = |desk: &Desk| desk.app.scene().org.role(spare.unwrap()).unwrap().is_active();
    select(&mut desk, "Spare");
    insta::assert_snapshot!("roles_delete_small", desk.keys("x").screen());
    desk.keys("<enter>").see("11 roles");
    assert!(active(&desk), "the harmless answer is the focused one");
    desk.keys("x<tab><enter>").see("The role “Spare” was deleted.").see("10 roles");
    assert!(!active(&desk));
    assert!(!selected_line(&mut desk).is_empty(), "something is selected in its place");
}

#[test]
fn a_role_that_finds_a_holder_meanwhile_is_not_deleted() {
    let mut spare = None;
    let mut desk = open(Desk::sample_with(SMALL, |org| spare = Some(put_role(org, "Spare", basic()))));
    let user = user_id(&desk.app.scene().org, "Oisín Ó Briain");
    select(&mut desk, "Spare");
    desk.keys("x");
    meanwhile(&mut desk, AssignRoles { user, roles: vec![spare.unwrap()].into() });
    desk.keys("<tab><enter>").see("“Spare” is in use: held by Oisín Ó Briain").see("11 roles");
}

#[test]
fn a_role_gets_another_name() {
    let mut desk = roles(SMALL);
    select(&mut desk, "External auditor");
    desk.keys("r<ctrl-u>Auditor of 2026<enter>").see("“External auditor” is now called “Auditor of 2026”.");
    assert!(selected_line(&mut desk).contains("Auditor of 2026"));
    role_id(&desk.app.scene().org, "Auditor of 2026");
}

#[test]
fn a_name_that_cannot_be_is_refused_at_the_field() {
    let mut desk = roles(SMALL);
    select(&mut desk, "External auditor");
    insta::assert_snapshot!("roles_rename_taken_small", desk.keys("r<ctrl-u>OWNER<enter>").screen());
    desk.keys("<ctrl-u><enter>").see("The role name is empty");
    desk.paste("a\u{202e}b").keys("<enter>").see("<U+202E>").see("delete it");
    desk.keys("<ctrl-u>").paste(&"x".repeat(10_000)).keys("<enter>").see("allowed");
    desk.keys("<esc>").see("The new name is not saved yet.");
    desk.keys("<enter>").see("Rename “External auditor”").keys("<esc>y").see("10 roles");
    role_id(&desk.app.scene().org, "External auditor");
    desk.keys("r<enter>").see("10 roles").see_not("is now called");
}

#[test]
fn who_may_not_change_roles_reads_why_and_who_could() {
    let mut desk = open(Desk::sample_as("Fatima El-Amrani", "Group accountant (read-only)", SMALL));
    let before = Arc::clone(&desk.app.scene().org);
    select(&mut desk, "External auditor");
    let cases = [("n", "create"), ("e", "update"), ("d", "create"), ("r", "update"), ("x", "delete")];
    for (key, level) in cases {
        desk.keys(key)
            .see(&format!("the active role lacks roles:{level}"))
            .see("Ingrid Åsgård, Mateusz")
            .see("10 roles");
    }
    insta::assert_snapshot!("roles_denied_small", desk.screen());
    read_to_the_end(&mut desk).see("lacks invitations:read").see_not("emile.rousseau");
    assert!(Arc::ptr_eq(&before, &desk.app.scene().org));
}

#[test]
fn without_roles_read_there_is_a_sentence_instead() {
    let blind = |size| {
        open(Desk::founded(
            size,
            |org| {
                let role = put_role(
                    org,
                    "Nothing but accounts",
                    Grants::Advanced([Permission::ACCOUNTS_READ].into_iter().collect()),
                );
                only_as(org, "Oisín Ó Briain", role);
            },
            |org| person(org, "Oisín Ó Briain", "Nothing but accounts"),
        ))
    };
    let mut desk = blind(SMALL);
    insta::assert_snapshot!("roles_unseen_small", desk.screen());
    insta::assert_snapshot!("roles_unseen_large", blind(LARGE).screen());
    desk.keys("n/exd<enter>").see("You may not see the roles").see_not("Owner ");
}

#[test]
fn without_memberships_read_people_are_not_named() {
    let mut desk = open(Desk::founded(
        SMALL,
        |org| {
            let role = put_role(org, "Role reader", Grants::Advanced([Permission::ROLES_READ].into_iter().collect()));
            only_as(org, "Oisín Ó Briain", role);
        },
        |org| person(org, "Oisín Ó Briain", "Role reader"),
    ));
    desk.keys("/nunez").see("0/11").keys("<esc>");
    select(&mut desk, "Payment approver");
    assert!(selected_line(&mut desk).trim_end().ends_with('–'), "no count of users:\n{}", desk.screen());
    read_to_the_end(&mut desk).see("lacks memberships:read").see_not("Zoë");
}

#[test]
fn entities_outside_of_ones_own_scope_are_not_named() {
    let mut desk = open(Desk::sample_as("佐藤 美咲", "Japan office, all in one", SMALL));
    select(&mut desk, "Liquidity analyst");
    read_to_the_end(&mut desk).see("1 entity, 2 accounts that your active role may not").see_not("Treasury AB");
    let mut desk = roles(SMALL);
    select(&mut desk, "Liquidity analyst");
    read_to_the_end(&mut desk).see("Driftskonto");
}

#[test]
fn names_of_any_width_keep_the_columns_straight() {
    let crowded = |size| {
        open(Desk::sample_with(size, |org| {
            put_role(org, &"資金管理部門の承認者".repeat(8), basic());
            put_role(org, &"W".repeat(80), basic());
            put_role(org, "Zażółć gęślą jaźń 🏦 e\u{301}", basic());
        }))
    };
    let mut desk = crowded(SMALL);
    select(&mut desk, "資金");
    insta::assert_snapshot!("roles_long_names_small", desk.screen());
    insta::assert_snapshot!("roles_long_names_small_detail", desk.keys("<enter>").screen());
    insta::assert_snapshot!("roles_long_names_small_rename", desk.keys("r").screen());
    let mut desk = crowded(LARGE);
    select(&mut desk, "資金");
    insta::assert_snapshot!("roles_long_names_large", desk.screen());
}

#[test]
fn a_role_that_was_just_created_is_the_selected_one() {
    let mut desk = roles(SMALL);
    desk.keys("n");
    let scene = desk.app.scene();
    let role = RoleId::new(scene.outside.now(), &scene.outside.seed());
    let (name, at) = (RoleName::new("Night shift").unwrap(), scene.outside.now());
    meanwhile(&mut desk, CreateRole { role, name, grants: basic(), scope: Scope::AllFuture, at });
    desk.keys("<esc>").see("11 roles");
    assert!(selected_line(&mut desk).contains("Night shift"), "{}", desk.screen());
}

#[test]
fn a_role_that_is_deleted_meanwhile_leaves_the_screen() {
    let mut spare = None;
    let mut desk = open(Desk::sample_with(SMALL, |org| spare = Some(put_role(org, "Spare", basic()))));
    select(&mut desk, "Spare");
    desk.keys("<enter>").see("Roles › Spare");
    meanwhile(&mut desk, DeleteRole { role: spare.unwrap() });
    desk.see_not("Spare");
}

#[test]
fn in_another_role_the_same_person_may_do_other_things() {
    let mut desk = Desk::founded(SMALL, |_| {}, |org| person(org, "Chiara Bianchi", "Treasury administrator"));
    let mut desk = {
        desk.keys("2");
        desk
    };
    let Person { user, .. } = desk.app.scene().person().unwrap();
    assert_eq!(desk.app.scene().org.user(user).unwrap().roles.len(), 2);
    select(&mut desk, "External auditor");
    desk.keys("r").see("Rename “External auditor”");
}

#[test]
fn the_mouse_selects_and_presses() {
    let mut desk = roles(LARGE);
    let mut click = |column, row| {
        desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column, row }));
        desk.settle();
        desk.screen()
    };
    assert!(click(30, 7).contains("│ ▌ External auditor"));
    assert!(!click(110, 2).contains("10 roles"), "Create new was pressed");
}

#[test]
fn the_wizard_opens_for_a_new_a_changed_and_a_copied_role() {
    let mut desk = roles(SMALL);
    desk.keys("n").see("Roles › New role").keys("<esc>").see("10 roles");
    select(&mut desk, "External auditor");
    desk.keys("e").see("Roles › Edit External").keys("<esc>").see("10 roles");
    desk.keys("d").see("Roles › Duplicate External").keys("<esc>").see("10 roles");
    select(&mut desk, "Owner");
    desk.keys("d").see("Roles › Duplicate Owner");
}

#[test]
fn after_the_wizard_the_new_role_is_selected() {
    let mut desk = roles(SMALL);
    desk.keys("n<enter>Night shift<enter>").see("11 roles");
    assert!(selected_line(&mut desk).contains("Night shift"), "{}", desk.screen());
}

#[test]
fn the_help_tells_the_selected_line_in_full_and_why_its_key_does_nothing() {
    let mut desk = roles(SMALL);
    select(&mut desk, "Owner");
    desk.keys("?Edit").see("Change what the selected role permits, and where").see("cannot be changed or deleted.");
}

#[test]
fn where_letters_are_text_the_footer_names_another_key_for_the_help() {
    let mut desk = roles(SMALL);
    desk.see("? keys")
        .keys("/")
        .see("F1 keys")
        .keys("?")
        .see("Filter  ?")
        .keys("<f1>")
        .see("Go to the roles that match");
}
