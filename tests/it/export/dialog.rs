//! The dialog that exports the trail.
use std::os::unix::fs::PermissionsExt;

use rolodeck::command::ExportFormat;
use rolodeck::engine::Request;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::{Code, Key};

use super::trail::{EVERYTHING, in_utc};
use crate::desk::{Desk, LARGE, SMALL};

fn open(mut desk: Desk) -> Desk {
    desk.keys("4E");
    desk
}

/// The screen, without the name of this run's folder and what stands behind it on the line.
fn picture(desk: &mut Desk) -> String {
    let folder = desk.folder().to_string_lossy().into_owned();
    let screen = desk.screen();
    let lines = screen.lines().map(|line| match line.split_once(&folder) {
        Some((before, after)) => format!("{before}FOLDER{}", after.trim_end_matches(['│', '┃', ' '])),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_dialog_says_what_would_be_exported_and_where_to() {
    for (size, name) in [(SMALL, "small"), (LARGE, "large")] {
        insta::assert_snapshot!(format!("export_{name}"), picture(&mut open(Desk::sample(size))));
        let mut auditor = open(Desk::sample_as("Anouk Lefèvre", "External auditor", size));
        auditor.keys("<tab>2026-03-05<tab>2026-03-01<tab><enter>");
        insta::assert_snapshot!(format!("export_refused_{name}"), picture(&mut auditor));
    }
}

#[test]
fn an_export_lies_in_its_folder_and_in_the_log() {
    let mut desk = open(Desk::sample(LARGE));
    let head = |desk: &Desk| desk.app.scene().view.as_ref().unwrap().head.seq;
    let before = head(&desk);
    desk.see(&format!("{before} entries; that you take them becomes an entry too"));
    desk.keys("<tab><tab><tab><ctrl-u>march<enter>")
        .see(&format!("{before} entries exported to"))
        .see_not("Export the audit trail");
    let file = desk.folder().join("exports/march.html");
    assert!(std::fs::read_to_string(&file).unwrap().contains("<h1>Lumbrevik Group</h1>"));
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    assert_eq!(head(&desk), before + 1);
    desk.keys("E<tab><tab><tab><ctrl-u>march<enter>").see("A file with this name is there already");
    desk.keys("<ctrl-u>../march<enter>").see("This is no name for a file");
    desk.keys("<ctrl-u><enter>").see("This is no name for a file");
    for name in ["../march", "", ".march", "a\u{202e}b"] {
        let session = desk.app.scene().session.clone().unwrap();
        let order = in_utc(ExportFormat::Csv, EVERYTHING);
        desk.worker.serve(Request::ExportTrail { session, order, name: name.into() }).unwrap_err();
    }
    let files = std::fs::read_dir(file.parent().unwrap()).unwrap().count();
    assert_eq!((files, head(&desk)), (1, before + 1));
}

#[test]
fn an_export_that_is_stopped_leaves_nothing_behind() {
    let mut desk = open(Desk::sample(LARGE));
    let head = |desk: &Desk| desk.app.scene().view.as_ref().unwrap().head.seq;
    let before = head(&desk);
    desk.keys("<tab><tab><tab><ctrl-u>march");
    // The engine has not come to it when the next key is typed.
    desk.app.handle(Event::Key(Key::plain(Code::Enter)));
    desk.see("0 kB so far").see("Esc stops it").see("Esc Stop");
    desk.app.handle(Event::Key(Key::char('x')));
    desk.app.handle(Event::Key(Key::plain(Code::Esc)));
    desk.see("Export the audit trail");
    desk.settle();
    desk.see("It was stopped, and nothing was written.").see("Enter goes on, Esc closes");
    let files: Vec<_> = std::fs::read_dir(desk.folder().join("exports")).unwrap().collect();
    assert!(files.is_empty() && head(&desk) == before, "{files:?}");
    desk.keys("<enter>").see(&format!("{before} entries exported to"));
    assert!(desk.folder().join("exports/march.html").exists());
}

#[test]
fn the_period_is_counted_while_it_is_typed() {
    let mut desk = open(Desk::sample(LARGE));
    desk.keys("<tab>2026-03-03").see("No entries; that");
    desk.keys("<ctrl-u>2026-03-").see("The period is not clear yet");
    desk.keys("02").see("6 entries; that").keys("<tab>2026-03-01").see("The period is not clear yet");
    desk.keys("<tab><enter>").see("The period ends before it begins").see("Give an end after");
}

#[test]
fn who_may_not_read_the_trail_reads_why() {
    let mut desk = Desk::sample_as("Oisín Ó Briain", "Dashboard designer", SMALL);
    desk.keys("4E").see("the active role lacks resource_events:read").see_not("Export the audit trail");
    let mut asked = open(Desk::sample(SMALL));
    asked.keys("<esc>").see_not("Export the audit trail");
}
