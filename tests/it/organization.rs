//! Organization.
use std::sync::Arc;

use rolodeck::domain::address::Domain;
use rolodeck::domain::organization::Organization;

use crate::desk::{Desk, LARGE, SMALL};

fn open(mut desk: Desk) -> Desk {
    desk.keys("5").screen();
    desk
}

fn row(desk: &Desk) -> &Organization {
    desk.app.scene().org.organization().unwrap()
}

fn domains(desk: &Desk) -> Vec<&str> {
    row(desk).domains.iter().map(Domain::as_str).collect()
}

/// The newest entry of the log.
fn newest(desk: &Desk) -> u64 {
    desk.app.scene().view.as_ref().unwrap().head.seq
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
fn it_says_what_the_organization_is_and_where_it_is_kept() {
    insta::assert_snapshot!("organization_small", picture(&mut open(Desk::sample(SMALL))));
    insta::assert_snapshot!("organization_large", picture(&mut open(Desk::sample(LARGE))));
}

#[test]
fn name_and_domains_are_changed_together() {
    let mut desk = open(Desk::sample(SMALL));
    let before = newest(&desk);
    insta::assert_snapshot!("organization_edit_small", picture(desk.keys("e")));
    desk.keys("<ctrl-u>Lumbrevik Holding<enter><ctrl-u>Example.ORG, bücher.example ,, example.org<enter>");
    desk.see("The organization was changed.").see("Lumbrevik Holding").see("(bücher.example)");
    assert_eq!(row(&desk).name.as_str(), "Lumbrevik Holding");
    assert_eq!(domains(&desk), ["example.org", "xn--bcher-kva.example"]);
    assert_eq!(newest(&desk), before + 1);
    desk.keys("e<tab><ctrl-u><enter>").see("None. Name them");
    assert!(domains(&desk).is_empty());
}

#[test]
fn what_is_not_a_domain_is_refused_at_its_field() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("e<tab><ctrl-u>example.com, foo<enter>").see("“foo” is not a mail domain").see("no dot");
    insta::assert_snapshot!("organization_edit_refused_small", picture(&mut desk));
    insta::assert_snapshot!(
        "organization_edit_refused_large",
        picture(open(Desk::sample(LARGE)).keys("e<tab>, a b.example<enter>"))
    );
    desk.keys("<ctrl-u>@example.com<enter>").see("it like example.com");
    desk.keys("<ctrl-u>").paste("exa\u{200b}mple.com").keys("<enter>").see("<U+200B>").see("delete it");
    desk.keys("<shift-tab><ctrl-u><enter><enter>").see("The organization name is empty");
    assert_eq!(domains(&desk), ["lumbrevik.example.com"]);
}

#[test]
fn without_a_change_nothing_is_written() {
    let mut desk = open(Desk::sample(SMALL));
    let before = Arc::clone(&desk.app.scene().org);
    desk.keys("e<enter><enter>").see_not("Edit organization").see_not("was changed");
    desk.keys("e<esc>").see_not("Edit organization");
    assert!(Arc::ptr_eq(&before, &desk.app.scene().org));
}

#[test]
fn a_draft_is_not_lost_without_a_question() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("ex<esc>").see("The changes are not saved yet.");
    desk.keys("<enter>").see("Lumbrevik Groupx");
    desk.keys("<esc>y").see_not("Edit organization");
    assert_eq!(row(&desk).name.as_str(), "Lumbrevik Group");
}

#[test]
fn who_may_not_change_it_reads_why_and_sees_only_their_part() {
    let mut desk = open(Desk::sample_as("佐藤 美咲", "Japan office, all in one", SMALL));
    desk.keys("e").see("the active role lacks organizations:update").see("Ingrid Åsgård, Mateusz");
    insta::assert_snapshot!("organization_denied_small", picture(&mut desk));
    desk.see_not("Edit organization").see("1 in your role's scope").see("invitations:read");
}

#[test]
fn the_path_can_be_copied() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("y").see("The path of the file was copied.");
    assert_eq!(desk.copied, [desk.folder().join("sample.db").to_string_lossy()]);
}

#[test]
fn a_long_name_stays_in_its_place() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("e<ctrl-u>").paste(&"漢".repeat(80)).keys("<enter><enter>").see("The organization was changed.");
    insta::assert_snapshot!("organization_long_name_small", picture(&mut desk));
}
