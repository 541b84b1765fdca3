//! Many processes at one file: nothing is lost, there is one chain, and nobody waits for long.
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use rolodeck::command::{Command, Found, RenameEntity};
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

/// The file, the number of the process and how many commands it runs, for a process of the crowd.
const TASK: &str = "ROLODECK_CROWD_TASK";

/// The clock and the randomness of this machine: processes must not have the same ids.
fn outside() -> Outside {
    Outside::new(jiff::Timestamp::now, |bytes| {
        let mut random = std::fs::File::open("/dev/urandom").unwrap();
        std::io::Read::read_exact(&mut random, bytes).unwrap();
    })
}

/// A process of the crowd; a test only so that this program can start itself as one. Says how long each command took.
#[test]
fn one_of_the_crowd() {
    let Ok(task) = std::env::var(TASK) else { return };
    let mut parts = task.splitn(3, ' ');
    let (who, count) = (parts.next().unwrap(), parts.next().unwrap().parse::<u32>().unwrap());
    let path = Path::new(parts.next().unwrap());
    let outside = outside();
    let mut store = Store::open(path).unwrap();
    let org = store.org();
    let role = org.owner_role().unwrap().id;
    let user = org.holders(role).next().unwrap().id;
    let proof = signin::look_through(&mut store, &outside, user).unwrap().unwrap();
    let session = signin::enter(&mut store, &outside, &proof, role).unwrap().unwrap();
    let entity = *org.entities().keys().next().unwrap();
    for n in 0..count {
        let command: Command = RenameEntity { entity, name: format!("Name {who} {n}").parse().unwrap() }.into();
        let began = Instant::now();
        let ran = run(&mut store, &outside, &Actor::Person(session.clone()), &command, &Secrets::none());
        assert!(matches!(ran, Ok(Ran::Done { .. })), "{ran:?}");
        println!("waited {}", began.elapsed().as_micros());
    }
}

/// A file with the sample organization.
pub fn founded(path: &Path) -> Store {
    let outside = outside();
    let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let owner = org.holders(org.owner_role().unwrap().id).next().unwrap().id;
    let mut store = Store::create(path, Nature::Sample).unwrap();
    signin::found(&mut store, &outside, Found { org }, &Secrets::none(), owner).unwrap().unwrap();
    store
}

/// Lets so many processes run so many commands each; how long each command took, the shortest first.
fn crowd(processes: u32, commands: u32) -> Vec<Duration> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("treasury.db");
    let mut store = founded(&path);
    let exe = std::env::current_exe().unwrap();
    let children: Vec<_> = (0..processes)
        .map(|who| {
            let task = format!("{who} {commands} {}", path.display());
            let mut child = Process::new(&exe);
            child.args(["crowd::one_of_the_crowd", "--exact", "--nocapture"]).env(TASK, task);
            child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let mut waits = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}\n{failed}");
        assert!(!said.contains("locked") && !failed.contains("locked"), "{said}\n{failed}");
        let told = said.lines().filter_map(|line| line.rsplit_once("waited ")?.1.parse().ok());
        waits.extend(told.map(Duration::from_micros));
    }
    assert_eq!(waits.len(), (processes * commands) as usize, "somebody's command is not told of");
    store.catch_up().unwrap();
    let verified = store.verify().unwrap_or_else(|mismatch| panic!("{mismatch}"));
    let renamed = store.entries(0, u32::MAX).unwrap();
    let renamed = renamed.iter().filter(|entry| &*entry.command == "rename_entity" && entry.outcome == Outcome::Done);
    assert_eq!(renamed.count(), waits.len(), "entries were lost");
    assert!(verified.head.seq > u64::from(processes * commands));
    waits.sort_unstable();
    waits
}

#[test]
fn a_few_processes_lose_nothing() {
    crowd(4, 15);
}

#[test]
#[ignore = "eight thousand durable commands, and it measures how long they wait"]
fn sixteen_processes_lose_nothing_and_nobody_waits_for_long() {
    let waits = crowd(16, 500);
    let of = |part: usize| waits[(waits.len() - 1) * part / 1_000];
    println!("waits: half {:?}, 99 of 100 {:?}, 999 of 1,000 {:?}, longest {:?}", of(500), of(990), of(999), of(1_000));
    assert!(of(990) < Duration::from_secs(1) && of(1_000) < Duration::from_secs(5));
}
