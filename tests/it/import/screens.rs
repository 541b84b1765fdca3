//! Import from the screens, by keys and pastes.
use rolodeck::command::{ChangeFourEyes, Command};
use rolodeck::domain::id::ChangeRequestId;
use rolodeck::domain::org::Org;
use rolodeck::domain::security::Area;
use rolodeck::engine::{Reply, Request};

use crate::desk::{Desk, LARGE, SMALL};

const PLACES: &str = "entity,parent,account,currency,identifier\n\
    Lumbrevik Sverige AB,Lumbrevik Nordics AB,,,\n\
    Lumbrevik Sverige AB,,Driftkonto,SEK,SE-0001\n\
    Lumbrevik Japan K.K.,,,,\n\
    Lumbrevik Suomi Oy,Lumbrevik Nordic AB,,,\n\
    Lumbrevik Sverige AB,,Valutakonto,EUX,SE-0002\n\
    Lumbrevik Sverige AB,,Lönekonto,SEK,SE45 5000 0000 0583 9825 7467\n";

const INVITATIONS: &str = "email\trole\tname\n\
    ada@lumbrevik.example.com\tLiquidity analyst\tAda Lind\n\
    bo@partner.example.org\tPayment approver\t\n\
    cy@lumbrevik.example.com\tPayment aprover\tCy\n\
    ADA@lumbrevik.example.com\tPayment approver\t\n";

fn preview(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample(size);
    desk.keys("5b").paste(PLACES);
    desk
}

fn has_entity(org: &Org, name: &str) -> bool {
    org.entities().values().any(|entity| entity.name.as_str() == name)
}

fn has_account(org: &Org, identifier: &str) -> bool {
    org.accounts().values().any(|account| account.identifier.as_str() == identifier)
}

#[test]
fn it_asks_for_a_file_or_the_table_itself() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("5b");
    insta::assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("Type the path of a file, or paste the table itself.");
    desk.keys("/nowhere/at all.csv<enter>").see("at all.csv cannot be read");
    desk.paste("name,parent\nx,y\n").see("there is no column “name”").see("entity,parent,account,currency,identifier");
    desk.keys("<esc>").see("Entities and accounts").see_not("Import entities");
}

#[test]
fn every_line_is_judged_before_anything_is_written() {
    for size in [SMALL, LARGE] {
        let mut desk = preview(size);
        desk.keys("jjj");
        insta::assert_snapshot!(format!("places_{}", size.0), desk.screen());
        assert!(!has_entity(&desk.app.scene().org, "Lumbrevik Sverige AB"));
        let mut desk = Desk::sample(size);
        desk.keys("1b").paste(INVITATIONS).keys("j");
        insta::assert_snapshot!(format!("invitations_{}", size.0), desk.screen());
    }
}

#[test]
fn a_file_is_read_and_what_is_fine_in_it_is_imported_after_a_question() {
    let mut desk = Desk::sample(LARGE);
    let path = desk.folder().join("places.csv");
    std::fs::write(&path, PLACES).unwrap();
    desk.keys("5b").paste(path.to_str().unwrap()).keys("<enter>").see("Import 2, leave out 3");
    desk.keys("c").see("This creates 1 entity and 1 account, all of them or none.");
    desk.see("1 line says what is so already; nothing is done for that.");
    desk.see("3 lines cannot be imported and are left out.");
    let head = desk.worker.view().unwrap().unwrap().head.seq;
    desk.keys("<enter>").see_not("This creates");
    assert_eq!(desk.worker.view().unwrap().unwrap().head.seq, head, "the harmless answer is focused");
    desk.keys("cy").see("Imported: 1 entity and 1 account.");
    assert_eq!(desk.worker.view().unwrap().unwrap().head.seq, head + 1, "it is one entry");
    let org = &desk.app.scene().org;
    assert!(has_entity(org, "Lumbrevik Sverige AB") && has_account(org, "SE-0001"));
    desk.see("Lumbrevik Sverige AB").keys("4").see("Import entities an");
    desk.keys("5b").paste(PLACES).see("3 already there").see("None of these lines can be imported.").keys("c");
    desk.see("None of these lines can be imported.");
}

#[test]
fn invitations_go_out_with_the_role_of_each_line() {
    let mut desk = Desk::sample(LARGE);
    let (letters, head) = (desk.letters().len(), desk.worker.view().unwrap().unwrap().head.seq);
    desk.keys("1b").paste(INVITATIONS).see("2 to import  1 to look at  2 left out");
    desk.keys("c").see("This makes 2 invitations, all of them or none, and sends their");
    desk.see("1 line has something to look at first; f shows such lines.");
    desk.keys("y").see("Imported: 2 invitations.");
    let org = desk.app.scene().org.clone();
    let roles = |address: &str| -> Vec<String> {
        let open = org.invitations().values().find(|open| open.address.as_str() == address).unwrap();
        open.roles.iter().map(|role| org.role(role).unwrap().name.to_string()).collect()
    };
    assert_eq!(roles("ada@lumbrevik.example.com"), ["Liquidity analyst"]);
    assert_eq!(roles("bo@partner.example.org"), ["Payment approver"]);
    assert_eq!(desk.letters().len(), letters + 2);
    let entries = desk.worker.view().unwrap().unwrap().head.seq - head;
    assert_eq!(entries, 1 + 2, "one for the import, and one for each code that was drawn");
}

#[test]
fn problems_can_be_looked_at_alone_and_lines_found() {
    let mut desk = preview(LARGE);
    desk.keys("f").see("only problems").see_not("Driftkonto, SEK").see("Lönekonto");
    desk.keys("<esc>").see("Driftkonto, SEK");
    desk.keys("/lonekonto").see("1 found").see_not("Valutakonto").keys("<enter>").see("wrong check digits");
    desk.keys("<esc>").see("Valutakonto");
    desk.keys("/nothing like it").see("No line has this in it. Press Esc to see all.");
}

#[test]
fn a_pasted_table_is_not_thrown_away_without_a_question() {
    let mut desk = preview(SMALL);
    desk.keys("<esc>").see("the pasted table would be lost").keys("<enter>").see("Import 2, leave out 3");
}

#[test]
fn whoever_may_not_import_is_told_why() {
    let mut desk = Desk::sample_as("Ólafur Þórðarson", "Group accountant (read-only)", LARGE);
    desk.keys("5b").see("lacks entities:create").see_not("a path, or paste");
}

#[test]
fn only_visible_lines_are_drawn_however_many_there_are() {
    let lines: String = (0..5_000).map(|n| format!("Unit {n},,,,\n")).collect();
    let mut desk = Desk::sample(LARGE);
    desk.keys("5b").paste(&format!("entity,parent,account,currency,identifier\n{lines}"));
    desk.see("5,000 to import").keys("G").see("Unit 4999").see_not("Unit 4900");
    desk.keys("cy").see("Imported: 5000 entities.");
    assert!(has_entity(&desk.app.scene().org, "Unit 4999"));
}

#[test]
fn with_four_eyes_the_import_waits_for_a_second_person() {
    let mut desk = Desk::sample(LARGE);
    let session = desk.app.scene().session.clone().unwrap();
    let command = Command::from(ChangeFourEyes { areas: [Area::UserManagement].into() });
    desk.worker.serve(Request::Run { session, command }).unwrap();
    desk.keys("1b").paste(INVITATIONS).keys("cy").see("second person");
    let org = desk.app.scene().org.clone();
    assert!(org.invitations().values().all(|open| open.address.as_str() != "ada@lumbrevik.example.com"));
    let waiting: Vec<ChangeRequestId> = org.open_requests().map(|request| request.id).collect();
    assert_eq!(waiting.len(), 1);
    desk.keys("3<tab>").see("Invite 2 people as");
}

#[test]
fn the_reply_to_a_file_is_its_bytes_and_no_more_than_can_be_imported() {
    let mut desk = Desk::sample(SMALL);
    let path = desk.folder().join("large.csv");
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let Reply::Read(bytes) = desk.worker.serve(Request::ReadImport { path: path.clone() }).unwrap() else { panic!() };
    assert_eq!(bytes.len(), rolodeck::domain::import::LARGEST + 1);
    let folder = desk.folder().to_path_buf();
    assert!(desk.worker.serve(Request::ReadImport { path: folder }).is_err());
    assert!(desk.worker.serve(Request::ReadImport { path: "/dev/zero".into() }).is_err());
}
