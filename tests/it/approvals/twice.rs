//! Two programs decide about one request at the same moment.
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Barrier;

use rolodeck::domain::change_request::RequestState;
use rolodeck::domain::id::ChangeRequestId;
use rolodeck::domain::refusal::Refusal;
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::store::Store;

use super::office::Office;
use crate::desk::Weather;

/// Where the other process finds the file, the request and who it is.
const FILE: &str = "ROLODECK_TEST_FILE";
const REQUEST: &str = "ROLODECK_TEST_REQUEST";
const WHO: &str = "ROLODECK_TEST_WHO";

/// What the other process says when it has signed in.
const READY: &str = "ready to approve";

/// Ada's request to invite somebody, in a file.
fn waiting() -> (Office, ChangeRequestId) {
    let mut office = Office::on_disk();
    let ada = office.sign_in("ada", "Owner");
    let request = office.ask(&ada, office.invite(&ada, "Reader", &["uma@hollin.example.com"])).unwrap();
    (office, request)
}

/// Fails unless the request was applied exactly once, in the tables and in the log.
#[track_caller]
fn applied_once(office: &mut Office, request: ChangeRequestId) {
    office.store.catch_up().unwrap();
    assert!(matches!(office.request(request).state, RequestState::Applied { .. }));
    let entries = office.store.entries(0, 1_000).unwrap();
    let decided = |outcome| {
        entries.iter().filter(|entry| entry.command.as_ref() == "approve_request" && entry.outcome == outcome).count()
    };
    assert_eq!((decided(Outcome::Approved), decided(Outcome::Refused)), (1, 1));
    assert_eq!((office.org().invitations().len(), office.waiting()), (1, 1));
    office.store.verify().unwrap();
}

#[test]
fn two_programs_with_one_file_apply_a_request_exactly_once() {
    for _ in 0..10 {
        let (mut office, request) = waiting();
        let together = Barrier::new(2);
        let approve = |name: &'static str, role: &'static str| {
            let mut program = office.other_program();
            let together = &together;
            move || {
                let session = program.sign_in(name, role);
                let approval = program.approval(&session, request);
                together.wait();
                program.act(&session, approval).map(|_| ())
            }
        };
        let (bo, cy) = (approve("bo", "Owner"), approve("cy", "Administrator"));
        let answers: [Result<(), Refusal>; 2] = std::thread::scope(|scope| {
            let (bo, cy) = (scope.spawn(bo), scope.spawn(cy));
            [bo.join().unwrap(), cy.join().unwrap()]
        });
        let refusals: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert_eq!(refusals.len(), 1, "{answers:?}");
        assert_eq!(refusals[0].to_string(), "This change request is applied already.");
        applied_once(&mut office, request);
    }
}

#[test]
fn two_processes_with_one_file_apply_a_request_exactly_once() {
    let (mut office, request) = waiting();
    let file = office.store.path().to_owned();
    let mut processes: Vec<_> = ["bo", "cy"].map(|name| other_process(&file, request, name)).into();
    // Kept, because a process does not print into nothing.
    let mut said = Vec::new();
    for process in &mut processes {
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains(READY)), "it ended too early");
        said.push(lines);
    }
    for process in &mut processes {
        process.stdin.take().unwrap().write_all(b"now\n").unwrap();
    }
    let ended: Vec<_> = processes.into_iter().map(|process| process.wait_with_output().unwrap()).collect();
    let approved = ended.iter().filter(|output| output.status.success()).count();
    assert_eq!(approved, 1, "{ended:?}");
    applied_once(&mut office, request);
}

/// This test binary again, which runs the one test below.
fn other_process(file: &Path, request: ChangeRequestId, name: &str) -> std::process::Child {
    let this = std::env::current_exe().unwrap();
    let test = "approvals::twice::the_other_process";
    Command::new(this)
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(FILE, file)
        .env(REQUEST, request.to_string())
        .env(WHO, name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "the other half of two_processes_with_one_file_apply_a_request_exactly_once, which starts it"]
fn the_other_process() {
    let Some(file) = std::env::var_os(FILE) else { return };
    let (request, name) = (std::env::var(REQUEST).unwrap().parse().unwrap(), std::env::var(WHO).unwrap());
    let weather = Weather::new();
    // Numbers that nobody else draws.
    let drawn = if name == "bo" { 10_000 } else { 20_000 };
    for _ in 0..drawn {
        weather.outside().seed();
    }
    let mut office = Office::opened(Store::open(Path::new(&file)).unwrap(), weather);
    let session = office.sign_in(&name, if name == "bo" { "Owner" } else { "Administrator" });
    let approval = office.approval(&session, request);
    println!("{READY}");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    office.act(&session, approval).unwrap();
}
