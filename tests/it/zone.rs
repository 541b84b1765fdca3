//! Times in the zone of the settings, wherever people read and type them.
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use rolodeck::command::{ChangeFourEyes, Command, DeactivateUser, ExportFormat, RenameRole};
use rolodeck::domain::moment::Period;
use rolodeck::domain::row::Row;
use rolodeck::domain::security::{Area, Emergency, Rescue};
use rolodeck::engine::{Reply, Report, Request};
use rolodeck::ledger::export::Order;

use crate::cli::shell::Home;
use crate::desk::{Desk, LARGE};
use crate::export::trail::{EVERYTHING, OWNER as IN_OFFICE, Office};
use crate::users::{role, run, session_of, user};

const OWNER: (&str, &str) = ("Mateusz Wiśniewski", "Owner");
const STOCKHOLM: &str = "Europe/Stockholm";

/// The sample in Stockholm, where it is ten o'clock when it is nine in UTC.
fn desk() -> Desk {
    let mut desk = Desk::sample(LARGE);
    desk.go_by(STOCKHOLM);
    desk
}

/// Goes to the trail, and waits for its newest page and entry.
fn open(desk: &mut Desk) -> &mut Desk {
    desk.keys("4").screen();
    desk.settle();
    desk.screen();
    desk.settle();
    desk
}

fn stockholm() -> TimeZone {
    TimeZone::get(STOCKHOLM).unwrap()
}

#[test]
fn the_trail_tells_and_takes_times_of_the_zone() {
    let mut desk = desk();
    open(&mut desk).see("Mon 2 Mar 2026, 10:00:00").see("CET, just now").see_not("02 Mar 09:00").see_not("UTC");
    desk.keys("F<shift-tab>").see("Filters (Europe/Stockholm)");
    desk.keys("2026-03-02T10:00<enter>").see("No entry matches");
    desk.keys("xF<shift-tab>2026-03-02T10:01<enter>").see("02 Mar 10:00");
    desk.keys("xF<shift-tab>2026-03-02T09:00Z<enter>").see("No entry matches");
    // Midnight in Stockholm is eleven o'clock in the evening in UTC.
    desk.keys("x").wait(SignedDuration::from_mins(14 * 60 + 30));
    let owner = session_of(&mut desk, OWNER.0, OWNER.1);
    let name = RenameRole { role: role(&desk.app.scene().org, "Liquidity analyst"), name: "Late".parse().unwrap() };
    run(&mut desk, &owner, name);
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    desk.keys("F<shift-tab><shift-tab>2026-03-03<enter>").see("Late").see("03 Mar 00:30").see_not("02 Mar");
}

#[test]
fn a_wide_table_names_the_place_of_its_times() {
    let mut desk = Desk::sample((105, 40));
    desk.go_by("America/New_York");
    open(&mut desk).see("Time, New York").see("2026-03-02 04:00:00");
}

#[test]
fn users_roles_and_the_organization_are_told_in_the_zone() {
    let mut desk = desk();
    desk.keys("1/ingrid<enter><enter>").see("Last sign-in just now (2 Mar 2026, 10:00 CET)").see_not("UTC");
    let mut far = Desk::sample((120, 60));
    far.go_by("Pacific/Kiritimati");
    far.keys("1").keys("/ingrid<enter><enter>").see("2 Mar 2026, 23:00 +14");
    far.keys("6").see("No. 6, 2 March 2026, 23:00 +14").see_not("UTC");
    far.keys("m").see("2 March 2026, 23:00 +14");
    let mut early = Desk::sample(LARGE);
    early.go_by("America/Los_Angeles");
    early.keys("6").see("Founded           2 March 2026").keys("m").see("2 March 2026, 01:00 PST");
}

#[test]
fn change_requests_are_told_in_the_zone() {
    let mut desk = Desk::sample(LARGE);
    let owner = session_of(&mut desk, OWNER.0, OWNER.1);
    run(&mut desk, &owner, ChangeFourEyes { areas: [Area::UserManagement].into() });
    let asked = session_of(&mut desk, "Chiara Bianchi", "Treasury administrator");
    let name = "Cash analyst".parse().unwrap();
    let command: Command = RenameRole { role: role(&desk.app.scene().org, "Liquidity analyst"), name }.into();
    let answer = desk.worker.serve(Request::Run { session: asked, command });
    assert!(matches!(answer, Ok(Reply::Requested { .. })), "{answer:?}");
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    desk.go_by(STOCKHOLM);
    desk.keys("3<enter>").see("2 Mar 2026, 10:00 CET").see("Waiting until 5 Mar 2026, 10:00 CET").see_not("UTC");
}

#[test]
fn what_everybody_is_told_is_told_in_the_zone() {
    let mut desk = Desk::sample_with(LARGE, |org| {
        let mut row = org.organization().unwrap().clone();
        let claimed = user(org, OWNER.0).id;
        let emergency = Emergency { at: row.founded, rescue: Rescue::FourEyesOff, claimed };
        row.security.emergencies = vec![emergency];
        org.put(Row::Organization(row));
    });
    desk.go_by(STOCKHOLM);
    for place in ["1", "2", "3", "4", "5", "m"] {
        desk.keys(place).see("RECOVERY CODE USED, 2 March, 10:00 CET: four-eyes is off");
    }
    desk.keys("6").see("The recovery code was used on 2 March 2026, 10:00 CET");
    let other = session_of(&mut desk, OWNER.0, OWNER.1);
    let (fatima, by) = (user(&desk.app.scene().org, "Fatima El-Amrani").id, other.person().user);
    let at = desk.weather.outside().now();
    run(&mut desk, &other, DeactivateUser { user: fatima, by, at });
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    desk.see("Fatima El-Amrani was deactivated by Mateusz Wiśniewski on 2 March, 10:00 CET");
}

#[test]
fn an_export_counts_days_and_weeks_in_the_zone_and_names_it() {
    let mut office = Office::busy();
    // Sunday evening in UTC, and Monday in Stockholm.
    office.wait(5 * 24 + 14);
    let ingrid = office.sign_in(IN_OFFICE);
    office.create_role(&ingrid, "Late");
    let order = |format, period| Order { format, period, zone: stockholm(), progress: Default::default() };
    let now = office.weather.outside().now();
    assert_eq!(now.to_string(), "2026-03-22T23:00:00Z");
    let period = Period::typed("2026-03-23", "", &stockholm()).unwrap();
    let csv = office.export_by(&ingrid, order(ExportFormat::Csv, period));
    assert!(csv.starts_with("entry,time (Europe/Stockholm),who,"), "{csv}");
    assert!(csv.contains(",2026-03-23T00:00:00.000+01:00,Ingrid Åsgård,"), "{csv}");
    assert!(csv.lines().skip(1).all(|line| line.contains("2026-03-23T")), "{csv}");
    let html = office.export_by(&ingrid, order(ExportFormat::Html, period));
    assert!(html.contains("<dt>Times in</dt><dd>Europe/Stockholm</dd>"));
    assert!(html.contains("from 2026-03-23 00:00:00 CET until"));
    assert!(html.contains("<time>2026-03-23 00:00:00 CET</time>"));
    assert!(html.contains("<title>Week of 2026-03-23: 1</title>"));
    let in_utc = office.export(&ingrid, ExportFormat::Html, period);
    assert!(in_utc.contains("<title>Week of 2026-03-16: 1</title>"));
    assert!(in_utc.contains("<dt>Times in</dt><dd>UTC</dd>") && in_utc.contains("<time>2026-03-22 23:00:00</time>"));
    // What is stored is the same in every zone.
    let lines = office.export_by(&ingrid, order(ExportFormat::JsonLines, period));
    assert!(lines.contains("2026-03-22T23:00:00.000Z") && !lines.contains("+01:00"));
    let whole = office.export_by(&ingrid, order(ExportFormat::JsonLines, EVERYTHING));
    let utc = office.export(&ingrid, ExportFormat::JsonLines, EVERYTHING);
    assert!(utc.starts_with(whole.lines().next().unwrap()));
}

#[test]
fn the_dialog_exports_by_the_zone() {
    let mut desk = desk();
    desk.keys("4E").see("Export the audit trail (Europe/Stockholm)").see("audit-trail-20260302-1000");
    desk.keys("<tab>2026-03-02T10:01").see("No entries; that").keys("<ctrl-u>2026-03-02T10:00").see_not("No entries");
    desk.keys("<tab><tab><ctrl-u>here<enter>").see("exported to");
    let html = std::fs::read_to_string(desk.folder().join("exports/here.html")).unwrap();
    assert!(html.contains("from 2026-03-02 10:00:00 CET until"));
}

#[test]
fn the_command_line_exports_by_the_zone_of_the_settings() {
    let home = Home::new();
    home.sample("look");
    home.settings("[time]\nzone = \"Europe/Stockholm\"\n");
    let csv = home.run(&["export", "--format", "csv", "--from", "2020-01-01"]).done();
    assert!(csv.starts_with("entry,time (Europe/Stockholm),"), "{csv}");
    let log = home.run(&["log"]).done();
    assert!(log.lines().all(|line| !line.contains("+01:00") && !line.contains("+02:00")), "{log}");
}
