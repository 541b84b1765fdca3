//! CSV: a line for each field, and nothing that a spreadsheet would run.
use jiff::tz::TimeZone;
use rolodeck::command::{CreateEntity, ExportFormat, RenameRole};
use rolodeck::domain::id::EntityId;
use rolodeck::domain::moment::Period;

use super::trail::{EVERYTHING, OWNER, Office, STRANGER};

type Row = Vec<String>;

/// The table as another program reads it.
fn read(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Whether a spreadsheet would take a cell for a formula: looked at without the program's own eyes.
fn runs(cell: &str) -> bool {
    let dangerous = "=+-@\t\r＝＋－＠﹦﹢﹣﹫\u{2212}";
    let skipped = |c: char| c.is_whitespace() && c != '\t' && c != '\r' || "\"\u{200b}\u{feff}\u{202e}".contains(c);
    cell.split([';', '\n']).any(|part| part.trim_start_matches(skipped).starts_with(|c| dangerous.contains(c)))
}

#[test]
fn every_change_has_its_lines_with_who_asked_and_who_approved() {
    let mut office = Office::busy();
    let ingrid = office.sign_in(OWNER);
    let rows = read(&office.export(&ingrid, ExportFormat::Csv, EVERYTHING));
    let header = "entry,time,who,role,command,outcome,asked by,approved by,row,field,before,after";
    assert_eq!(rows[0].join(","), header);
    assert!(rows.iter().all(|row| row.len() == 12));
    let entries: std::collections::BTreeSet<u64> = rows[1..].iter().map(|row| row[0].parse().unwrap()).collect();
    assert_eq!(entries.len() as u64, office.store.head().seq - 1, "every entry but that of the export");
    let find = |command: &str, field: &str| {
        rows.iter().find(|row| row[4] == command && row[9] == field).unwrap_or_else(|| panic!("no {command} {field}"))
    };
    let renamed = find("rename_role", "name");
    assert_eq!(renamed[2..4], ["Ingrid Åsgård", "Owner"]);
    assert_eq!(renamed[8..], ["role “=Reader”", "name", "Reader", "'=Reader"]);
    let approved = rows.iter().find(|row| row[5] == "approved" && row[9] == "name").unwrap();
    assert_eq!(approved[6..8], ["Ingrid Åsgård (Owner)", "Mateusz Wiśniewski (Owner)"]);
    assert_eq!(approved[11], "Second reader");
    assert!(find("delete_role", "refusal")[11].contains("roles:delete"));
}

#[test]
fn no_cell_runs_whatever_the_names_are() {
    let mut office = Office::quiet();
    let ingrid = office.sign_in(OWNER);
    let role = office.create_role(&ingrid, "Reader");
    let begins = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "\u{2212}", "\"=", "' =", "a;=", "a; @", "a;\"-"];
    for (n, begin) in begins.iter().enumerate() {
        let name = format!("{begin}cmd|' /C calc'!A{n}");
        let entity = CreateEntity { entity: office.id(EntityId::new), name: name.parse().unwrap(), parent: None };
        office.done(&ingrid, entity);
        office.done(&ingrid, RenameRole { role, name: name.parse().unwrap() });
    }
    let text = office.export(&ingrid, ExportFormat::Csv, EVERYTHING);
    let rows = read(&text);
    let cells: Vec<_> = rows.iter().flatten().collect();
    assert!(cells.iter().filter(|cell| cell.contains("calc")).count() > 3 * begins.len());
    for cell in cells {
        assert!(!runs(cell), "{cell:?}");
    }
    assert!(text.lines().all(|line| !line.is_empty()) && text.matches("\r\n").count() == rows.len());
}

#[test]
fn a_period_takes_its_own_entries_only() {
    let mut office = Office::busy();
    let ingrid = office.sign_in(OWNER);
    let numbers = |text: &str| -> Vec<u64> {
        let mut numbers: Vec<_> = read(text)[1..].iter().map(|row| row[0].parse().unwrap()).collect();
        numbers.dedup();
        numbers
    };
    for (from, to) in [("2026-03-03", "2026-03-10"), ("", "2026-03-02"), ("2026-03-10", ""), ("2027-01-01", "")] {
        let period = Period::typed(from, to, &TimeZone::UTC).unwrap();
        let inside = |at| period.from.is_none_or(|from| at >= from) && period.before.is_none_or(|before| at < before);
        let headers = office.store.entries(0, 1_000).unwrap();
        let expected: Vec<_> = headers.iter().filter(|header| inside(header.at)).map(|header| header.seq).collect();
        assert_eq!(numbers(&office.export(&ingrid, ExportFormat::Csv, period)), expected, "{from} {to}");
    }
}

#[test]
fn addresses_are_left_out_for_who_may_not_see_the_members() {
    let mut office = Office::with_a_stranger();
    let (ingrid, stranger) = (office.sign_in(OWNER), office.sign_in(STRANGER));
    let role = office.create_role(&ingrid, "Reader");
    office.invite(&ingrid, role, "nora@elsewhere.example.org");
    let text = office.export(&stranger, ExportFormat::Csv, EVERYTHING);
    assert!(!text.contains('@') && text.contains("(hidden)"));
    assert!(office.export(&ingrid, ExportFormat::Csv, EVERYTHING).contains("nora@elsewhere.example.org"));
}
