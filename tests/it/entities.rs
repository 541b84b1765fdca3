//! Entities and accounts.
use rolodeck::domain::id::{AccountId, EntityId};
use rolodeck::domain::name::{AccountIdentifier, AccountName, Currency, EntityName};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{Account, AccountState, Entity};
use rolodeck::domain::role::Role;
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::tui::event::{Event, Mouse, MouseKind};

use crate::desk::{Desk, LARGE, MONDAY, SMALL};

/// The screen of the sample organization.
fn desk(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample(size);
    desk.keys("5");
    desk
}

/// An organization that has nothing yet.
fn fresh(org: &mut Org) {
    let accounts: Vec<AccountId> = org.accounts().keys().copied().collect();
    accounts.into_iter().for_each(|id| org.remove(id.into()));
    let entities: Vec<EntityId> = org.entities().keys().copied().collect();
    entities.into_iter().for_each(|id| org.remove(id.into()));
    let roles: Vec<Role> = org.active_roles().cloned().collect();
    for role in roles {
        org.put(Row::Role(Role { scope: Scope::AllFuture.into(), ..role }));
    }
}

fn fresh_desk(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample_with(size, fresh);
    desk.keys("5");
    desk
}

fn entity<'a>(desk: &'a Desk, name: &str) -> Option<&'a Entity> {
    desk.app.scene().org.entities().values().map(AsRef::as_ref).find(|entity| entity.name.as_str() == name)
}

fn account<'a>(desk: &'a Desk, name: &str) -> Option<&'a Account> {
    desk.app.scene().org.accounts().values().map(AsRef::as_ref).find(|account| account.name.as_str() == name)
}

/// The room beside the navigation, line by line.
fn room(desk: &mut Desk) -> Vec<String> {
    let screen = desk.screen();
    screen.lines().filter_map(|line| line.split_once('│')).map(|(_, room)| room.to_owned()).collect()
}

/// Compares the screen with the one that was reviewed for its size.
#[track_caller]
fn shot(desk: &mut Desk, name: &str) {
    let screen = desk.screen();
    let size = if screen.lines().count() == usize::from(SMALL.1) { "small" } else { "large" };
    insta::assert_snapshot!(format!("{name}_{size}"), screen);
}

/// The selected row of the tree.
fn selected(desk: &mut Desk) -> String {
    room(desk).into_iter().find(|line| line.contains('▌')).unwrap_or_default()
}

/// Puts the selection on the first row with this name, by typing it into the filter and taking the filter away.
#[track_caller]
fn choose<'d>(desk: &'d mut Desk, name: &str) -> &'d mut Desk {
    desk.keys("/").paste(name).keys("<enter><esc>");
    let selected = selected(desk);
    assert!(selected.contains(name.get(..8).unwrap_or(name)), "“{name}” is not selected but {selected}");
    desk
}

/// Fails unless the room beside the navigation, or the dialog over it, says this, wherever lines are broken.
#[track_caller]
fn reads<'d>(desk: &'d mut Desk, text: &str) -> &'d mut Desk {
    let screen = desk.screen();
    let said = |column: usize| {
        let rows = screen.lines().filter_map(|line| line.split(['│', '┃']).nth(column));
        rows.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ").contains(text)
    };
    assert!(said(1) || said(2), "“{text}” is not said:\n{screen}");
    desk
}

#[test]
fn the_tree_shows_entities_and_their_accounts() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        shot(&mut desk, "tree");
        desk.keys("jj<enter>");
        shot(&mut desk, "detail_account");
        desk.keys("<esc>gjj");
        choose(&mut desk, "Lumbrevik Nordics AB").keys("<enter>");
        shot(&mut desk, "detail_entity");
    }
}

#[test]
fn a_filter_finds_names_currencies_and_identifiers() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("/driftskonto");
        shot(&mut desk, "filter");
        desk.see("2 found").see("NO3199901234562").see_not("Betriebskonto");
        desk.keys("<esc>").see("Betriebskonto");
        desk.keys("/").paste("de04 9999 9999 0007").see("1 found").see("Betriebskonto").see_not("Driftskonto");
        desk.keys("<esc>/jpy").see("普通預金").see_not("Cash pool");
        desk.keys("<esc>/nowhere");
        shot(&mut desk, "filter_no_match");
        desk.keys("<enter><esc>").see("Cash pool");
    }
}

#[test]
fn ignored_accounts_are_hidden_until_they_are_asked_for() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.see_not("Rent deposit").keys("i");
        shot(&mut desk, "ignored");
        desk.see("EUR  ignored …").keys("i").see_not("Rent deposit");
    }
}

#[test]
fn an_entity_is_created_below_the_focused_one() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Lumbrevik Nordics AB").keys("n").paste("Lumbrevik Suomi Oy");
        shot(&mut desk, "create");
        reads(&mut desk, "“Payment initiator” (2 people");
        desk.keys("<enter><enter>").see("The entity “Lumbrevik Suomi Oy” was created.");
        let nordics = entity(&desk, "Lumbrevik Nordics AB").unwrap().id;
        assert_eq!(entity(&desk, "Lumbrevik Suomi Oy").unwrap().parent, Some(nordics));
        assert!(selected(&mut desk).contains("Suomi"), "the new entity is selected");
    }
}

#[test]
fn an_entity_is_created_at_the_top_and_that_says_who_will_see_it() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("n").paste("Lumbrevik Fund").keys("<tab><down><space>");
        shot(&mut desk, "create_at_the_top");
        desk.see_not("Payment initiator").see_not("ERP connector").keys("<enter>");
        assert_eq!(entity(&desk, "Lumbrevik Fund").unwrap().parent, None);
    }
}

#[test]
fn a_refused_name_is_said_at_the_field_and_nothing_is_lost() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("n<enter><enter>").see("name").see("Create entity");
        desk.paste("LUMBREVIK nordics ab").keys("<enter><enter>");
        shot(&mut desk, "create_refused");
        reads(&mut desk, "There is already an entity here “LUMBREVIK nordics ab”. Choose another one.");
        assert_eq!(desk.app.scene().org.entities().len(), 7);
        desk.keys("<esc>").see("Leave without saving?").keys("<enter>").see("LUMBREVIK nordics ab");
        desk.keys("<esc>y").see_not("LUMBREVIK nordics ab");
    }
}

#[test]
fn a_hostile_name_is_refused_where_it_is_typed() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("n").paste("Fund \u{202e}\u{1b}[31m").keys("<enter><enter>");
        shot(&mut desk, "create_hostile");
        assert_eq!(desk.app.scene().org.entities().len(), 7);
    }
}

#[test]
fn an_organization_without_entities_says_where_to_begin() {
    for size in [SMALL, LARGE] {
        let mut desk = fresh_desk(size);
        shot(&mut desk, "fresh");
        desk.keys("p").see("create an entity first");
        desk.keys("n").paste("普通 Holding").keys("<enter>").see("The entity “普通 Holding” was created.");
        assert_eq!(entity(&desk, "普通 Holding").unwrap().parent, None);
        desk.keys("p").paste("Main").keys("<enter>eur<enter>0012345678<enter>").see("“Main” was provisioned");
        assert_eq!(account(&desk, "Main").unwrap().identifier.as_str(), "0012345678");
    }
}

#[test]
fn entities_and_accounts_are_renamed() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Lumbrevik Japan").keys("r").keys("<ctrl-u>").paste("日本ルンブレビク");
        shot(&mut desk, "rename");
        desk.keys("<enter>").see("“Lumbrevik Japan K.K.” is now called “日本ルンブレビク”.");
        assert!(entity(&desk, "日本ルンブレビク").is_some());
        choose(&mut desk, "普通預金").keys("r<ctrl-u>").paste("Everyday account").keys("<enter>");
        assert!(account(&desk, "Everyday account").is_some());
        choose(&mut desk, "Treasury").keys("r<ctrl-u>").paste("Lumbrevik Nordics AB").keys("<enter>");
        reads(&mut desk, "There is already an entity here").see("Rename entity");
        assert!(entity(&desk, "Lumbrevik Treasury AB").is_some());
    }
}

#[test]
fn moving_an_account_says_who_will_see_it_before_it_is_done() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Cash pool master").keys("v");
        shot(&mut desk, "move_account_here");
        desk.keys("<enter>").see("It is there already.");
        desk.keys("/nordics<enter>");
        shot(&mut desk, "move_account");
        reads(&mut desk, "Will see it: “Payment initiator”");
        reads(&mut desk, "No longer see it: “Liquidity analyst”");
        let nordics = entity(&desk, "Lumbrevik Nordics AB").unwrap().id;
        assert_ne!(account(&desk, "Cash pool master").unwrap().entity, nordics, "nothing is done yet");
        desk.keys("<enter>").see("“Cash pool master” was moved to “Lumbrevik Nordics AB”.");
        assert_eq!(account(&desk, "Cash pool master").unwrap().entity, nordics);
    }
}

#[test]
fn an_entity_is_offered_no_place_below_itself() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Lumbrevik Nordics AB").keys("v");
        shot(&mut desk, "move_entity");
        desk.see_not("Norge").see_not("Danmark").see("At the top");
        desk.keys("g");
        reads(&mut desk, "No longer see it: “ERP connector”").keys("<enter>");
        desk.see("“Lumbrevik Nordics AB” was moved to the top.");
        assert_eq!(entity(&desk, "Lumbrevik Nordics AB").unwrap().parent, None);
    }
}

#[test]
fn a_place_where_the_name_is_taken_says_so_before_the_move() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("n").paste("Lumbrevik Norge AS").keys("<tab><down><space><enter>");
        desk.keys("v").see("Move “Lumbrevik Norge AS” to").keys("/nordics<enter>");
        shot(&mut desk, "move_refused");
        reads(&mut desk, "There is already an entity here “Lumbrevik Norge AS”").keys("<enter>");
        let nordics = entity(&desk, "Lumbrevik Nordics AB").unwrap().id;
        let below = desk.app.scene().org.entities().values().filter(|entity| entity.parent == Some(nordics)).count();
        assert_eq!(below, 2);
    }
}

#[test]
fn only_an_empty_entity_is_removed_and_only_after_a_question() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Lumbrevik Nordics AB").keys("x").see("is not empty: it has 2 entities and 3 accounts");
        desk.keys("n").paste("Short-lived").keys("<enter><enter>x");
        shot(&mut desk, "remove");
        desk.keys("<enter>");
        assert!(entity(&desk, "Short-lived").is_some(), "the harmless answer has the keyboard");
        desk.keys("xy").see("The entity “Short-lived” was removed.");
        assert!(entity(&desk, "Short-lived").is_none());
    }
}

#[test]
fn several_accounts_are_provisioned_one_after_another() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Lumbrevik Nordics AB").keys("p");
        shot(&mut desk, "provision");
        reads(&mut desk, "“Payment initiator” (2 people").paste("Payroll").keys("<enter>sek<enter>");
        desk.paste("SE29 9990 0000 0000 1009 0009").keys("<enter>");
        reads(&mut desk, "its check digits do not fit");
        shot(&mut desk, "provision_refused");
        assert!(account(&desk, "Payroll").is_none());
        desk.keys("<ctrl-u>").paste("DE44500105175407324931").see("its check digits fit").keys("<enter>");
        desk.see("“Payroll” was provisioned").see("1 account provisioned here: “Payroll”");
        desk.paste("Taxes").keys("<enter><enter>").paste("house-7").keys("<enter>");
        desk.see("2 accounts provisioned here: “Taxes”, “Payroll”");
        desk.paste("Again").keys("<enter><enter>").paste("DE44 5001 0517 5407 3249 31").keys("<enter>");
        shot(&mut desk, "provision_taken");
        reads(&mut desk, "There is already an account with the identifier");
        let nordics = entity(&desk, "Lumbrevik Nordics AB").unwrap().id;
        for (name, identifier) in [("Payroll", "DE44500105175407324931"), ("Taxes", "house-7")] {
            let account = account(&desk, name).unwrap();
            assert_eq!((account.entity, account.currency.code()), (nordics, "SEK"));
            assert_eq!(account.identifier.as_str(), identifier);
        }
        assert!(account(&desk, "Again").is_none());
        desk.keys("<esc>").see("not provisioned yet").keys("y");
        assert!(selected(&mut desk).contains("Taxes"), "the last new account is selected");
    }
}

#[test]
fn everything_that_is_wrong_with_an_account_is_said_at_its_field() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("p<tab><tab><enter>");
        shot(&mut desk, "provision_empty");
        for problem in ["The account name is empty", "The currency is missing", "The account identifier is empty"] {
            reads(&mut desk, problem);
        }
        desk.paste("Main").keys("<tab>euro<tab>x<enter>");
        reads(&mut desk, "Did you mean EUR (Euro)?");
    }
}

#[test]
fn the_entity_of_an_account_is_chosen_from_the_tree() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("p<up><enter>");
        shot(&mut desk, "provision_choose");
        desk.keys("/japan<enter>");
        shot(&mut desk, "provision_choose_filtered");
        reads(&mut desk, "“Japan office, all in one”").keys("<enter>").see("Lumbrevik Japan K.K. · in Lum");
        desk.paste("Wallet").keys("<enter>JPY<enter>wallet-9<enter>");
        let japan = entity(&desk, "Lumbrevik Japan K.K.").unwrap().id;
        assert_eq!(account(&desk, "Wallet").unwrap().entity, japan);
    }
}

#[test]
fn an_account_is_ignored_after_saying_who_loses_it_and_comes_back() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "普通預金").keys("x");
        shot(&mut desk, "ignore");
        reads(&mut desk, "No longer see it:");
        reads(&mut desk, "“Japan office, all in one” (1 person, 1 invited)").keys("y");
        desk.see("“普通預金” is ignored now.");
        assert_eq!(account(&desk, "普通預金").unwrap().state, AccountState::Ignored);
        desk.see_not("9999-001-7654321").keys("i");
        choose(&mut desk, "普通預金").keys("<enter>");
        shot(&mut desk, "detail_ignored");
        desk.see("Ignored: reached by no role").keys("p");
        shot(&mut desk, "provision_again");
        desk.see("Will see it:").keys("y").see("“普通預金” is provisioned again.").see("In use");
        assert_eq!(account(&desk, "普通預金").unwrap().state, AccountState::Provisioned);
    }
}

#[test]
fn a_role_sees_what_its_scope_reaches_and_nothing_else() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample_as("Søren Kjærgaard", "Payment initiator", size);
        desk.keys("5");
        shot(&mut desk, "initiator");
        desk.see_not("Lumbrevik Treasury").see_not("Lumbrevik Group AB").see("Norge");
        desk.keys("n").see("lacks entities:create").see("granted");
        desk.keys("v").see("lacks entities:update");
        let mut desk = Desk::sample_as("Anouk Lefèvre", "External auditor", size);
        desk.keys("5");
        shot(&mut desk, "auditor");
        desk.see("Cash pool master").see_not("Lumbrevik Nordics").see_not("Betriebskonto");
        desk.keys("<enter>");
        reads(&mut desk, "out of your active role's sight");
    }
}

#[test]
fn a_role_that_reaches_nothing_is_told_so() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::founded(
            size,
            |org| {
                let role = org.active_roles().find(|role| role.name.as_str() == "External auditor").cloned().unwrap();
                org.put(Row::Role(Role { scope: Scope::nothing().into(), ..role }));
            },
            |org| crate::desk::person(org, "Anouk Lefèvre", "External auditor"),
        );
        desk.keys("5");
        shot(&mut desk, "nothing_in_sight");
        reads(&mut desk, "reaches no entity and no account");
    }
}

#[test]
fn the_selection_stays_on_its_thing_and_copying_takes_the_identifier() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        choose(&mut desk, "Group euro account").keys("y").see("DE85999999990001234567").keys("<enter>");
        assert_eq!(desk.copied, ["DE85999999990001234567"]);
        desk.keys("r<ctrl-u>").paste("AAA first").keys("<enter>");
        assert!(selected(&mut desk).contains("AAA first"), "the same account is selected");
    }
}

/// A company with names as long as they may be.
fn long_names(org: &mut Org) {
    let group = org.entities().values().find(|entity| entity.parent.is_none()).unwrap().id;
    let mut parent = group;
    for (n, name) in ["日本電信電話".repeat(13), "W".repeat(80), "Ünïcödé ".repeat(9)].iter().enumerate() {
        let id = EntityId::new(MONDAY.parse().unwrap(), &[u8::try_from(n).unwrap(); 10]);
        org.put(Row::Entity(Entity { id, name: EntityName::new(name).unwrap(), parent: Some(parent) }));
        parent = id;
    }
    org.put(Row::Account(Account {
        id: AccountId::new(MONDAY.parse().unwrap(), &[9; 10]),
        entity: parent,
        name: AccountName::new(&"預金口座".repeat(20)).unwrap(),
        currency: Currency::new("MXN").unwrap(),
        identifier: AccountIdentifier::new("0x52908400098527886E0F7030069857D2E4169EE7-0123456789-abcdefgh-7").unwrap(),
        state: AccountState::Provisioned,
    }));
}

#[test]
fn the_longest_names_stay_in_their_places() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample_with(size, long_names);
        desk.keys("5");
        choose(&mut desk, "預金口座");
        shot(&mut desk, "long_tree");
        desk.keys("<enter>");
        shot(&mut desk, "long_detail");
        desk.keys("<esc>p");
        shot(&mut desk, "long_provision");
        desk.keys("<esc>v");
        shot(&mut desk, "long_move");
        desk.keys("<esc>r");
        shot(&mut desk, "long_rename");
        desk.keys("<esc>n");
        shot(&mut desk, "long_create");
        desk.keys("<esc>x");
        shot(&mut desk, "long_ignore");
    }
}

#[test]
fn a_change_from_elsewhere_is_shown_and_the_filter_stays() {
    let mut desk = desk(SMALL);
    desk.keys("/driftskonto<enter>r<ctrl-u>").paste("Driftskonto 2").keys("<enter>");
    desk.see("Filter").see("2 found").see("Driftskonto 2");
    desk.keys("1").keys("5").see("2 found").see("Driftskonto 2");
}

#[test]
fn buttons_are_pressed_with_the_mouse() {
    let mut desk = desk(SMALL);
    let click = |column| Event::Mouse(Mouse { kind: MouseKind::Down, column, row: 2 });
    desk.see("[ Create entity  n ]").app.handle(click(70));
    desk.see("Enter Create").keys("<esc>");
    desk.see("[ Create entity  n ]").app.handle(click(40));
    desk.see("Provision account").see("Entity");
}
