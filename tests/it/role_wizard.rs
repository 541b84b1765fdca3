//! The role wizard: from permissions to a role that is stored, step by step, by typed keys.
use rolodeck::command::{CreateRole, DeleteRole, EditRole, RemoveEntity};
use rolodeck::domain::access::Person;
use rolodeck::domain::catalogue::{Group, GroupSet};
use rolodeck::domain::id::{EntityId, RoleId};
use rolodeck::domain::name::{EntityName, RoleName};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Entity;
use rolodeck::domain::permission::{Permission, PermissionSet};
use rolodeck::domain::role::{Grants, Role, RoleSet, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::User;
use rolodeck::engine::Request;
use rolodeck::tui::event::{Event, Mouse, MouseKind};
use rolodeck::tui::key::Key;
use uuid::Uuid;

use crate::desk::{Desk, LARGE, SMALL};

const SIZES: [((u16, u16), &str); 2] = [(SMALL, "small"), (LARGE, "large")];

/// The Owner of the sample, about to create a role.
fn creating(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample(size);
    desk.keys("2n");
    desk
}

/// Does something with a role of the Roles screen.
fn on(desk: &mut Desk, role: &str, key: &str) {
    desk.keys(&format!("2<esc>/{role}<enter>{key}"));
}

fn found<'a>(org: &'a Org, name: &str) -> Option<&'a Role> {
    org.active_roles().find(|role| role.name.as_str() == name)
}

fn stored(desk: &Desk, name: &str) -> Role {
    found(&desk.app.scene().org, name).unwrap_or_else(|| panic!("there is no role {name}")).clone()
}

fn roles(desk: &Desk) -> usize {
    desk.app.scene().org.active_roles().count()
}

fn groups<const N: usize>(groups: [Group; N]) -> Grants {
    Grants::Simple(groups.into_iter().collect::<GroupSet>())
}

fn permission(text: &str) -> Permission {
    text.parse().unwrap()
}

fn permissions(text: &str) -> PermissionSet {
    text.split_whitespace().map(permission).collect()
}

fn entity(org: &Org, name: &str) -> EntityId {
    org.entities().values().find(|row| row.name.as_str() == name).unwrap().id
}

fn scope(org: &Org, entities: &[&str], accounts: &[&str]) -> Scope {
    let account = |name: &&str| org.accounts().values().find(|row| row.name.as_str() == *name).unwrap().id;
    Scope::Chosen {
        entities: entities.iter().map(|name| entity(org, name)).collect(),
        accounts: accounts.iter().map(account).collect(),
    }
}

#[track_caller]
fn snapshot(desk: &mut Desk, name: &str, size: &str) {
    let screen = desk.screen();
    insta::assert_snapshot!(format!("wizard_{name}_{size}"), screen);
}

#[test]
fn simple_setup_shows_the_groups_and_what_each_contains() {
    for (size, named) in SIZES {
        let mut desk = creating(size);
        snapshot(&mut desk, "simple", named);
        desk.keys("jj jj j");
        desk.see("covered").see("Select accounts");
        snapshot(&mut desk, "simple_covered", named);
    }
}

#[test]
fn advanced_setup_shows_every_resource_by_its_levels() {
    for (size, named) in SIZES {
        let mut desk = creating(size);
        desk.keys("<tab>");
        snapshot(&mut desk, "advanced", named);
        desk.keys("/mandates<enter>jll l");
        desk.see("there is no DELETE here");
        snapshot(&mut desk, "advanced_filtered", named);
        desk.keys("<esc>/nothing like it");
        snapshot(&mut desk, "advanced_nothing_found", named);
    }
}

#[test]
fn accounts_are_selected_in_a_tree() {
    for (size, named) in SIZES {
        let mut desk = creating(size);
        desk.keys("j <enter>");
        snapshot(&mut desk, "accounts_all", named);
        desk.keys(" <down>jj jj /nord<enter>j ");
        desk.see("reaching");
        snapshot(&mut desk, "accounts_filtered", named);
        desk.keys("<esc>");
        snapshot(&mut desk, "accounts_chosen", named);
    }
}

#[test]
fn the_summary_tells_the_whole_role() {
    for (size, named) in SIZES {
        let mut desk = creating(size);
        desk.keys("jj j <enter> <down>jj <enter>");
        snapshot(&mut desk, "summary", named);
        desk.keys("<pgdn><pgdn>");
        snapshot(&mut desk, "summary_read_on", named);
        let mut desk = creating(size);
        desk.keys("<tab>/webhook_keys<enter>r<esc><enter>");
        desk.keys("Webhooks");
        snapshot(&mut desk, "summary_advanced", named);
    }
}

#[test]
fn editing_shows_the_difference_and_whom_it_reaches() {
    for (size, named) in SIZES {
        let mut desk = Desk::sample(size);
        on(&mut desk, "Payment initiator", "e");
        desk.see("Edit Payment initi").keys("jjj <enter>jj <enter>");
        snapshot(&mut desk, "edit", named);
        desk.keys("<home>Senior ");
        desk.see("So far it is called “Payment initiator”.").see("Save");
        snapshot(&mut desk, "edit_renamed", named);
    }
}

#[test]
fn the_documented_way_creates_exactly_what_was_chosen() {
    let mut desk = creating(SMALL);
    desk.see("Define permissions").see("See role summary").keys("j ");
    desk.see("Select accounts").keys("<enter>");
    desk.see("All future entities").keys("<enter>");
    desk.see("Complete the Role Setup").keys("Accounting<enter>");
    desk.see("The role “Accounting” was created.");
    let role = stored(&desk, "Accounting");
    assert_eq!(role.grants, groups([Group::BasicAccess, Group::ReadFinancialData]));
    assert_eq!(*role.scope, Scope::AllFuture);
}

#[test]
fn permissions_and_places_are_stored_one_by_one() {
    let mut desk = creating(LARGE);
    desk.keys("<tab>p/credit transfers<enter>").keys(" l <esc>/account_balances<enter>hhh <esc><enter>");
    desk.keys(" <down>/nordics<enter> <esc>/dividends<enter>j <esc>");
    desk.see("1 entity, 1 account, reaching 6 accounts").keys("<enter>Clerk<enter>");
    let role = stored(&desk, "Clerk");
    assert_eq!(
        role.grants,
        Grants::Advanced(permissions("credit_transfers:read credit_transfers:create account_balances:read"))
    );
    let org = &desk.app.scene().org;
    assert_eq!(*role.scope, scope(org, &["Lumbrevik Nordics AB"], &["Dividends and tax"]));
}

#[test]
fn without_account_scoped_permissions_no_accounts_are_asked_for() {
    let mut desk = creating(SMALL);
    desk.see_not("Select accounts").keys("<enter>");
    desk.see("Complete the Role Setup").see("9 permissions").keys("Guest<enter>");
    assert_eq!(*stored(&desk, "Guest").scope, Scope::AllFuture);
}

#[test]
fn a_row_a_column_and_a_group_are_turned_with_one_key_each() {
    let mut desk = creating(LARGE);
    desk.keys("<tab>/webhook<enter>r").see("Webhook keys: 2 permissions added.");
    desk.keys("r").see("Webhook keys: 2 permissions taken away.");
    desk.keys("c").see("READ: 1 permission added.");
    desk.keys("lllc").see("DELETE: 2 permissions added.");
    desk.keys("p").see("Sensitive admin operations:").see("☑ Sensitive admin operations  41 of 41");
    desk.keys("p").see("41 permissions taken away.").see("☐ Sensitive admin operations  0 of 41");
}

#[test]
fn a_level_that_is_not_available_cannot_be_ticked() {
    let mut desk = creating(SMALL);
    desk.keys("<tab>/webhook keys<enter>");
    let before = desk.screen();
    desk.keys(" ").see("Webhook keys has no READ");
    desk.keys("<left>");
    assert_eq!(desk.screen(), before, "nothing was ticked");
}

#[test]
fn changing_the_setup_keeps_the_permissions_or_says_why_it_cannot() {
    let mut desk = creating(SMALL);
    desk.keys("jj <tab>").see("30 permissions").keys("<tab>").see("☑ Initiate payments").see("30 permissions");
    desk.keys("<tab>/reports<enter> <esc>").see("31 permissions");
    desk.keys("<tab>").see("No groups give exactly these permissions").see("31 permissions");
    desk.keys("/reports<enter> <tab>").see("☑ Initiate payments").see("30 permissions");
}

#[test]
fn taking_basic_access_away_warns_and_one_key_brings_it_back() {
    let mut desk = creating(LARGE);
    desk.keys(" ").see("Every role should have Basic Access").see("No Basic Access.").see("No permission yet");
    desk.keys("+").see("☑ Basic Access").see("Added 9 permissions.").see_not("No Basic Access.");
}

#[test]
fn what_can_be_written_but_not_read_is_added_with_one_key() {
    let mut desk = creating(LARGE);
    desk.keys("jj ").see("Writes what it cannot read.").see("+ Add missing");
    desk.keys("+").see("Added credit_transfers:read, direct_debits:read.").see("this is Advanced setup now");
    desk.see_not("Writes what it cannot read.").keys("<enter><enter>Payer<enter>");
    let held = stored(&desk, "Payer").permissions();
    assert!(permissions("credit_transfers:read direct_debits:read").is_subset(held));
    assert_eq!(held.len(), 32);
}

#[test]
fn going_back_loses_nothing() {
    let mut desk = creating(SMALL);
    desk.keys("j <enter> <down>j <enter>Kept");
    let summary = desk.screen();
    desk.keys("<esc>").see("☑ Dividends and tax").see("1 account, reaching 1 account");
    desk.keys("<esc>").see("☑ Read Financial Data").see("39 permissions");
    desk.keys("<enter><enter>");
    assert_eq!(desk.screen(), summary);
}

#[test]
fn chosen_places_survive_all_future_entities_and_the_other_way_round() {
    let mut desk = creating(SMALL);
    desk.keys("j <enter> <down>j a").see("☑ All future entities").see("13 accounts now");
    desk.keys("a").see("☑ Dividends and tax").see("1 account, reaching 1 account");
}

#[test]
fn what_a_chosen_entity_covers_is_given_up_there() {
    let mut desk = creating(SMALL);
    desk.keys("j <enter> <down> ").see("▣ Dividends and tax").see("1 entity, reaching 13 accounts");
    desk.keys("j ").see("It belongs to “Lumbrevik Group AB”");
    desk.keys("k ").see("☐ Dividends and tax").see("nothing selected");
}

#[test]
fn a_scope_is_never_widened_behind_ones_back() {
    let mut desk = creating(LARGE);
    desk.keys("j <enter> <down>j <enter><esc><esc> <enter>Narrow<tab>");
    desk.see("Chosen accounts matter little").see("a All future entities");
    desk.keys("<enter>");
    let org = &desk.app.scene().org;
    assert_eq!(*stored(&desk, "Narrow").scope, scope(org, &[], &["Dividends and tax"]));
    desk.keys("n").keys("j <enter> <down>j <enter><esc><esc> <enter>Wide<tab>a<enter>");
    assert_eq!(*stored(&desk, "Wide").scope, Scope::AllFuture);
}

#[test]
fn leaving_asks_only_when_something_would_be_lost() {
    let mut desk = creating(SMALL);
    desk.keys("<esc>").see("Create new").keys("nj <esc>").see("Leave without saving?");
    desk.keys("<enter>").see("☑ Read Financial Data");
    desk.keys("1").see("Leave without saving?").keys("n").see("☑ Read Financial Data");
    desk.keys("q").see("Leave without saving?").keys("<esc>");
    assert!(!desk.ended);
    desk.keys("<esc>y").see("Create new").see_not("Least privilege");
    on(&mut desk, "Payment approver", "e");
    desk.see("Edit Payment appro").keys("<enter><enter><esc><esc><esc>").see("Create new");
}

#[test]
fn a_role_without_name_or_permission_is_not_created_and_the_reason_is_told() {
    let mut desk = creating(SMALL);
    let before = roles(&desk);
    desk.keys("<enter><enter>").see("The role has no name yet.");
    desk.keys("Empty<esc> <enter><enter>").see("A role needs at least one permission.");
    desk.keys("<esc> <enter><home>\u{202e}");
    desk.see("<U+202E>Empty").see("Character 1 of the role name");
    desk.keys("<enter>").see("delete it");
    assert_eq!(roles(&desk), before);
}

#[test]
fn hostile_names_are_refused_or_shown_as_they_are() {
    let mut desk = creating(SMALL);
    let before = roles(&desk);
    desk.keys("<enter>").paste("\u{1b}[31mred\u{7}\u{200b}\u{e0041}").see("Character 1 of the role name");
    desk.keys("<enter>");
    desk.keys("<ctrl-u>").paste(&"x".repeat(10_000)).see("200 characters").keys("<enter>");
    assert_eq!(roles(&desk), before);
    desk.keys("<ctrl-u>").paste("承認者\n👍 Zoë").keys("<enter>");
    desk.see("The role “承認者 👍 Zoë” was created.");
    assert!(found(&desk.app.scene().org, "承認者 👍 Zoë").is_some());
}

#[test]
fn a_name_that_is_taken_is_refused_beside_the_name() {
    let mut desk = creating(SMALL);
    let before = roles(&desk);
    desk.keys("<enter>PAYMENT approver").see("✗ There is already a role “PAYMENT approver”.");
    desk.keys("<enter>");
    assert_eq!(roles(&desk), before);
    desk.keys(" 2").see_not("There is already").keys("<enter>");
    assert_eq!(roles(&desk), before + 1);
}

/// Changes the organization as another program would, before the app hears of it.
fn behind_its_back(desk: &mut Desk, command: impl Into<rolodeck::command::Command>) {
    let session = desk.app.scene().session.clone().unwrap();
    desk.worker.serve(Request::Run { session, command: command.into() }).unwrap();
}

#[test]
fn a_name_that_somebody_else_was_faster_with_keeps_the_wizard_open() {
    let mut desk = creating(SMALL);
    desk.keys("<enter>Quick");
    let scene = desk.app.scene();
    let command = CreateRole {
        role: RoleId::from_uuid(Uuid::from_u128(1)),
        name: RoleName::new("quick").unwrap(),
        grants: groups([Group::BasicAccess]),
        scope: Scope::AllFuture,
        at: scene.outside.now(),
    };
    behind_its_back(&mut desk, command);
    desk.keys("<enter>").see("Complete the Role Setup").see("✗ There is already a role “Quick”.");
    desk.keys("er<enter>").see("The role “Quicker” was created.");
}

#[test]
fn a_role_that_was_deleted_meanwhile_says_so_and_keeps_the_wizard_open() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("2n<enter>Unused<enter>");
    on(&mut desk, "Unused", "e");
    desk.keys("jjjjjj <enter><enter>");
    let role = stored(&desk, "Unused").id;
    behind_its_back(&mut desk, DeleteRole { role });
    desk.keys("<enter>").see("This role is not there any more.").see("Complete the Role Setup");
}

#[test]
fn pressing_enter_twice_creates_one_role() {
    let mut desk = creating(SMALL);
    let before = roles(&desk);
    desk.keys("<enter>Once");
    for key in Key::sequence("<enter><enter>x<enter>") {
        desk.app.handle(Event::Key(key));
    }
    let asked = desk.app.take_requests().collect::<Vec<_>>();
    assert_eq!(asked.len(), 1);
    for (ticket, request) in asked {
        let answer = desk.worker.serve(request);
        let view = desk.worker.view().unwrap().unwrap();
        desk.app.report(rolodeck::engine::Report::Moved(view));
        desk.app.report(rolodeck::engine::Report::Done(ticket, answer));
    }
    desk.settle();
    desk.keys("<enter>");
    assert!(found(&desk.app.scene().org, "Once").is_some());
    assert_eq!(roles(&desk), before + 1);
}

#[test]
fn an_edit_is_saved_and_reaches_whoever_holds_the_role() {
    let mut desk = Desk::sample(LARGE);
    let before = stored(&desk, "Payment initiator");
    on(&mut desk, "Payment initiator", "e");
    desk.keys("<enter><enter><enter>").see("Nothing has been changed yet.");
    desk.keys("<esc><esc>jjjjjj <enter><enter>");
    desk.see("+ Manage dashboard").see("2 active users: Jürgen Großmann").keys("<enter>");
    desk.see("The role “Payment initiator” was saved.");
    let after = stored(&desk, "Payment initiator");
    assert_eq!(after.id, before.id);
    assert_eq!(after.scope, before.scope);
    let wanted = [Group::BasicAccess, Group::ReadFinancialData, Group::InitiatePayments, Group::ManageDashboard];
    assert_eq!(after.grants, groups(wanted));
}

#[test]
fn a_duplicate_begins_as_the_role_under_a_free_name() {
    let mut desk = Desk::sample(SMALL);
    let original = stored(&desk, "Liquidity analyst");
    for name in ["Liquidity analyst copy", "Liquidity analyst copy 2"] {
        on(&mut desk, "Liquidity analyst", "gd");
        desk.see("Duplicate Liquidi").keys("<enter><enter>").see(name).keys("<enter>");
        let copy = stored(&desk, name);
        assert_eq!((&copy.grants, &copy.scope), (&original.grants, &original.scope));
        assert_ne!(copy.id, original.id);
    }
}

/// The sample with a role that may create roles and nothing else of administration, and somebody in it.
fn role_maker(size: (u16, u16)) -> Desk {
    let id = RoleId::from_uuid(Uuid::from_u128(7));
    let change = |org: &mut Org| {
        let model = found(org, "Payment approver").unwrap().clone();
        org.put(Row::Role(Role {
            id,
            name: RoleName::new("Role maker").unwrap(),
            grants: Grants::Advanced(
                Group::BasicAccess.permissions().union(permissions("roles:create roles:update approval_chains:read")),
            ),
            state: RoleState::Active,
            ..model
        }));
        let user = org.users().values().find(|user| user.name.as_str() == "Oisín Ó Briain").unwrap();
        let user = User { roles: RoleSet::from_iter([id]), ..User::clone(user) };
        org.put(Row::User(user));
    };
    Desk::founded(size, change, |org| Person { user: org.holders(id).next().unwrap().id, role: id })
}

#[test]
fn administration_that_one_lacks_is_told_where_it_is_chosen_and_not_handed_out() {
    for (size, named) in SIZES {
        let mut desk = role_maker(size);
        let before = roles(&desk);
        desk.keys("2njjjj ").see("Your active role lacks");
        snapshot(&mut desk, "administration", named);
        desk.keys("<enter>Boss<enter>").see("Your active role lacks what you would hand out");
        assert_eq!(roles(&desk), before);
        desk.keys("<esc> j <enter><enter>");
        assert_eq!(roles(&desk), before + usize::from(found(&desk.app.scene().org, "Boss").is_some()));
    }
}

#[test]
fn nobody_widens_their_own_role() {
    let mut desk = role_maker(LARGE);
    on(&mut desk, "Role maker", "e");
    desk.keys("/dashboards<enter>l ").see("Nobody widens their own access");
    desk.keys("<esc><enter><enter>").see("Nobody widens their own access").see("Role maker");
    assert_eq!(stored(&desk, "Role maker").permissions().len(), 12);
}

#[test]
fn what_was_chosen_and_is_gone_is_taken_out() {
    let id = EntityId::from_uuid(Uuid::from_u128(9));
    let mut desk = Desk::sample_with(SMALL, |org| {
        org.put(Row::Entity(Entity { id, name: EntityName::new("Aaa").unwrap(), parent: None }));
    });
    desk.keys("2nj <enter> <down> ").see("☑ Aaa").see("1 entity, reaching no account");
    behind_its_back(&mut desk, RemoveEntity { entity: id });
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(rolodeck::engine::Report::Moved(view));
    desk.see_not("Aaa").see("1 selected place does not exist any more").keys("<enter>Left<enter>");
    assert_eq!(*stored(&desk, "Left").scope, Scope::nothing());
}

#[test]
fn ignored_accounts_are_not_offered() {
    let mut desk = creating(LARGE);
    desk.keys("j <enter> ").see("Web shop wallet").see_not("Rent deposit");
}

#[test]
fn a_right_that_was_lost_meanwhile_is_told() {
    let mut desk = role_maker(SMALL);
    let before = roles(&desk);
    desk.keys("2n<enter>Mine");
    let scene = desk.app.scene();
    let id = scene.role().unwrap().id;
    let command = EditRole {
        role: id,
        name: RoleName::new("Role maker").unwrap(),
        grants: groups([Group::BasicAccess]),
        scope: Scope::AllFuture,
    };
    behind_its_back(&mut desk, command);
    desk.keys("<enter>").see("You may not do this: the active role lacks roles:create.").see("Complete the Role Setup");
    assert_eq!(roles(&desk), before);
}

#[test]
fn the_mouse_does_it_all_too() {
    let mut desk = creating(LARGE);
    let click = |desk: &mut Desk, text: &str| {
        let screen = desk.screen();
        let row = screen.lines().position(|line| line.contains(text)).unwrap();
        let line = screen.lines().nth(row).unwrap();
        let column = line.split(text).next().unwrap().chars().count();
        let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column, row }));
        desk.settle();
    };
    click(&mut desk, "☐ Read Financial Data");
    desk.see_not("☑ Read Financial Data");
    click(&mut desk, "☐ Read Financial Data");
    desk.see("☑ Read Financial Data");
    click(&mut desk, "Select accounts  Enter");
    click(&mut desk, "All future entities");
    desk.see("☐ All future entities");
    click(&mut desk, "Cash pool master");
    click(&mut desk, "Cash pool master");
    desk.see("☑ Cash pool master").see("1 account, reaching 1 account");
    click(&mut desk, "See role summary");
    desk.see("Name  ");
    click(&mut desk, "Create  Enter");
    desk.see("The role has no name yet.");
    click(&mut desk, "Back  Esc");
    click(&mut desk, "Back  Esc");
    desk.see("Least privilege");
    click(&mut desk, "Back  Esc");
    desk.see("Leave without saving?");
}
