#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Result<Table, Unread> {
    Table::read(Kind::Invitations, text.as_bytes())
}

fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
    let of = |row: Row| (row.line, row.cells.unwrap().iter().map(|cell| cell.to_string()).collect());
    read(text).unwrap().rows.into_iter().map(of).collect()
}

#[test]
fn every_way_to_write_a_table_is_read_the_same() {
    let wanted = vec![(2, vec!["a@example.com".to_owned(), "Reader".into(), "Ada, the first".into()])];
    for text in [
        "email,role,name\na@example.com,Reader,\"Ada, the first\"\n",
        "\u{FEFF}email,role,name\r\na@example.com,Reader,\"Ada, the first\"",
        "Email;ROLE;Name\na@example.com;Reader;Ada, the first",
        " name \temail\trole\r\nAda, the first\ta@example.com\t Reader \r\n",
        "email,role,name\ra@example.com,Reader,\"Ada, the first\"\r",
        "email,role,name\na@example.com,Reader,\"Ada, the first\"\n,,\n\n ; \n".trim_end_matches("\n ; \n"),
    ] {
        assert_eq!(cells(text), wanted, "{text:?}");
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "\n\nemail,role,name\r\n\r\n\"a\nb\",,\n\n\n,,\nc,,\r\n";
    let lines: Vec<_> = cells(text).into_iter().map(|(line, cells)| (line, cells.first().cloned().unwrap())).collect();
    assert_eq!(lines, [(5, "a\nb".to_owned()), (10, "c".to_owned())]);
}

#[test]
fn an_apostrophe_of_a_spreadsheet_is_taken_away() {
    let wanted = ["+a@example.com", "=Reader", "'Ada'"].map(str::to_owned).to_vec();
    assert_eq!(cells("email,role,name\n'+a@example.com,'=Reader,'Ada'\n"), [(2, wanted)]);
}

#[test]
fn what_cannot_be_read_says_where_and_what_to_do() {
    for (text, sentence) in [
        ("", "There is nothing in it."),
        ("\n\n", "There is nothing in it."),
        ("email,role,name,phone\n", "Line 1: there is no column “phone”."),
        ("\nemail,role,name,\n", "Line 2: there is no column without a name."),
        ("email,role\n", "Line 1: the column name is missing."),
        ("email,role,name,Email\n", "Line 1: the column “email” is there twice."),
        ("a@example.com,Reader,Ada\n", "Line 1: there is no column “a@example.com”."),
        ("email,role,name\na,b,c\n\"d,e,f\ng,h,i\n", "Line 3: a quotation mark is opened and never closed."),
    ] {
        let unread = read(text).unwrap_err();
        assert_eq!(unread.to_string(), sentence, "{text:?}");
        assert!(unread.hint().ends_with('.') || unread.hint().contains("email,role,name"), "{}", unread.hint());
    }
    let latin = Table::read(Kind::Invitations, b"email,role,name\na,b,J\xFCrgen\n").unwrap_err();
    assert_eq!(latin, Unread::NotText { line: 2 });
    let hostile = read("email,role,\u{202e}\u{1b}[31m\n").unwrap_err().to_string();
    assert!(!hostile.contains(['\u{202e}', '\u{1b}']) && hostile.contains("<U+202E>"), "{hostile}");
}

#[test]
fn more_than_can_be_imported_is_refused() {
    let large = vec![b'a'; LARGEST + 1];
    assert_eq!(Table::read(Kind::Places, &large), Err(Unread::TooLarge));
    let long = format!("email,role,name\n{}", "a,b,c\n".repeat(LINES + 1));
    assert_eq!(read(&long), Err(Unread::TooLong));
}

#[test]
fn a_line_with_another_number_of_cells_is_kept_to_be_refused() {
    let rows = read("email,role,name\na,b\na,b,c,d\n").unwrap().rows;
    assert_eq!(rows, [Row { line: 2, cells: Err(2) }, Row { line: 3, cells: Err(4) }]);
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(table in proptest::collection::vec(["\\PC{0,6}", "[a\"',;\t=+]{0,5}", "x"], 0..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["email", "role", "name"]).unwrap();
        for [a, b, c] in &table {
            writer.write_record([a, b, c].map(|cell| crate::domain::text::harmless(cell.trim()).into_owned())).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let rows = Table::read(Kind::Invitations, &bytes).unwrap().rows;
        let read: Vec<_> = rows.iter().map(|row| [0, 1, 2].map(|column| row.cell(column).trim().to_owned())).collect();
        let wanted: Vec<_> = table.iter().map(|[a, b, c]| [a, b, c].map(|cell| cell.trim().to_owned())).collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn nothing_makes_the_reader_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Table::read(Kind::Places, &[b"entity,parent,account,currency,identifier\n", bytes.as_slice()].concat());
    }
}
