//! `rolodeck import`.
use rolodeck::command::Found;
use rolodeck::domain::organization::Nature;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use super::shell::{Home, Said, outside};
use crate::signin::house::{ADA, CY, real_company, words};

const PLACES: &str = "entity,parent,account,currency,identifier\n\
    Lumbrevik Sverige AB,Lumbrevik Nordics AB,Driftkonto,SEK,SE-0001\n\
    Lumbrevik Suomi Oy,Lumbrevik Nordic AB,,,\n\
    Lumbrevik Japan K.K.,,,,\n";

fn home(table: &str) -> Home {
    let home = Home::new();
    home.sample("look");
    std::fs::write(home.path().join("table.csv"), table).unwrap();
    home
}

fn import(home: &Home, arguments: &[&str]) -> Said {
    let file = home.path().join("table.csv");
    home.run(&[&["import", arguments[0], file.to_str().unwrap()], &arguments[1..]].concat())
}

fn is_there(home: &Home, entity: &str) -> bool {
    let org = Store::open(&home.data().join("look.db")).unwrap().org();
    org.entities().values().any(|row| row.name.as_str() == entity)
}

#[test]
fn every_line_gets_its_verdict_and_nothing_is_imported_while_one_is_refused() {
    let home = home(PLACES);
    for arguments in [&["places"][..], &["places", "--dry-run"]] {
        let said = import(&home, arguments);
        assert_eq!(said.code, 1, "{said:?}");
        assert_eq!(
            said.out,
            "     2  ok          entity Lumbrevik Sverige AB below Lumbrevik Nordics AB; account Driftkonto, SEK SE-0001\n     \
             3  left out    entity Lumbrevik Suomi Oy below Lumbrevik Nordic AB\n                    \
             There is no entity “Lumbrevik Nordic AB”, here or in the file. Did you mean “Lumbrevik Nordics AB”?\n     \
             4  there       entity Lumbrevik Japan K.K.\n\
             3 lines: 1 to import, 1 already there, 1 left out (1 unknown parent). That makes 1 entity and 1 account.\n"
        );
        assert!(said.err.contains("1 of 3 lines cannot be imported, and nothing was imported. "), "{}", said.err);
    }
    let said = import(&home, &["places", "--dry-run", "--skip-refused"]).done();
    assert!(said.ends_with("Nothing was imported: this was a dry run.\n"), "{said}");
    assert!(!is_there(&home, "Lumbrevik Sverige AB"));
}

#[test]
fn what_is_fine_is_imported_when_the_rest_may_be_left_out() {
    let home = home(PLACES);
    let said = import(&home, &["places", "--skip-refused"]).done();
    assert!(said.ends_with("Imported: 1 entity and 1 account.\n"), "{said}");
    assert!(is_there(&home, "Lumbrevik Sverige AB"));
    let again = import(&home, &["places", "--skip-refused"]).done();
    assert!(again.ends_with("There is nothing to import.\n"), "{again}");
}

#[test]
fn invited_people_get_their_messages_before_the_program_ends() {
    let home =
        home("role;email;name\nLiquidity analyst;ada@lumbrevik.example.com;Ada\nOwner;bo@lumbrevik.example.com;\n");
    let said = import(&home, &["invitations"]).done();
    assert!(said.ends_with("Imported: 2 invitations.\n"), "{said}");
    let letters = std::fs::read_dir(home.data().join("outbox")).unwrap();
    let addressed = letters.filter(|letter| {
        let text = std::fs::read_to_string(letter.as_ref().unwrap().path()).unwrap_or_default();
        text.contains("ada@lumbrevik") || text.contains("bo@lumbrevik")
    });
    assert_eq!(addressed.count(), 2);
}

#[test]
fn what_cannot_be_read_is_said_with_the_line() {
    let home = home("entity,parent\n");
    let said = import(&home, &["places"]);
    said.failed(2, "Line 1: the column account is missing");
    std::fs::write(home.path().join("table.csv"), b"email,role,name\n\xff\n").unwrap();
    import(&home, &["invitations"]).failed(2, "Line 2 is not UTF-8 text");
    home.run(&["import", "places", "/nowhere.csv"]).failed(2, "/nowhere.csv cannot be read");
    home.run(&["import", "places"]).err.contains("FILE").then_some(()).unwrap();
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let home = home("entity,parent,account,currency,identifier\nA\u{1b}[31m\u{202e},\u{200b},\u{7},\u{9b}x,\u{202e}\n");
    let said = import(&home, &["places"]);
    assert_eq!(said.code, 1);
    let all = said.out + &said.err;
    assert!(
        !all.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{7}', '\u{9b}']) && all.contains("<U+202E>"),
        "{all:?}"
    );
}

#[test]
fn it_asks_who_one_is_and_reads_the_table_behind_the_answers() {
    let home = Home::new();
    let outside = outside();
    let (org, secrets) = real_company(&outside);
    let creator = *org.users().keys().next().unwrap();
    let mut store = Store::create(&home.data().join("real.db"), Nature::Real).unwrap();
    signin::found(&mut store, &outside, Found { org }, &secrets, creator).unwrap().unwrap();
    drop(store);
    let columns = "entity,parent,account,currency,identifier";
    let arguments = ["import", "places", "-"];
    let said = home.run_typing(&arguments, &[ADA, words(ADA), columns, "Harbour,,,,"]);
    assert_eq!((said.code, said.out.contains("Imported: 1 entity.")), (0, true), "{said:?}");
    let said = home.run_typing(&arguments, &[CY, words(CY), columns, "Wharf,,,,"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{said:?}");
    assert!(said.err.contains("You may not do this"), "{}", said.err);
    let said = home.run_typing(&arguments, &[]);
    assert_eq!(said.code, 2, "{said:?}");
}
