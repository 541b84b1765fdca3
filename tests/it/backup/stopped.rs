//! Programs that are killed at any moment while they copy or put back.
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rolodeck::ledger::secrets::sha256;
use rolodeck::ledger::store::{Head, Store};

use super::office::{Writer, is_in_the_log, names};
use crate::cli::shell::Home;

/// A part of a whole that looks random, by its number.
fn part(n: u32) -> f64 {
    let drawn = sha256(&n.to_le_bytes()).0;
    f64::from(u16::from_le_bytes([drawn[0], drawn[1]])) / f64::from(u16::MAX)
}

/// Runs the program for as long, and kills it then. Whether it came to its end before.
fn killed_after(home: &Home, arguments: &[&str], time: Duration) -> bool {
    let begun = Instant::now();
    let mut child = home.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while begun.elapsed() < time {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap().success()
}

/// How long the program takes when nobody kills it.
fn undisturbed(home: &Home, arguments: &[&str]) -> Duration {
    let begun = Instant::now();
    home.run(arguments).done();
    begun.elapsed()
}

fn whole(path: &Path) -> Head {
    Store::open(path).unwrap().verify().unwrap().head
}

fn killed_backups(times: u32) {
    let home = Home::new();
    let path = home.sample("look");
    let mut writer = Writer::at(&path, "Writer");
    let folder = home.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let time = undisturbed(&home, &["backup", &file("first.db")]);
    let (mut there, mut left) = (0, 0);
    for n in 0..times {
        writer.write();
        let file = file(&format!("{n}.db"));
        let ended = killed_after(&home, &["backup", &file], time.mul_f64(part(n) * 1.1));
        left += u32::from(Path::new(&format!("{file}.unfinished-1")).exists());
        if Path::new(&file).exists() {
            there += 1;
            assert!(is_in_the_log(&writer.store, whole(Path::new(&file))), "round {n}");
        } else {
            assert!(!ended, "round {n}: it was done, and there is nothing");
        }
        // What was left behind is in nobody's way, and goes, whatever the next one is called.
        home.run(&["backup", &format!("{file}.next")]).done();
        assert_eq!(names(&folder).iter().filter(|name| name.contains("unfinished")).count(), 0, "round {n}");
        whole(&path);
    }
    println!("{times} backups killed: {there} were whole before, {left} left something behind, none was half");
}

fn killed_restores(times: u32) {
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("backup.db").to_str().unwrap().to_owned();
    Writer::at(&path, "Writer").write();
    home.run(&["backup", &file]).done();
    let backup = whole(Path::new(&file));
    let arguments = ["restore", &file, "--yes"];
    let time = undisturbed(&home, &arguments);
    let (mut old, mut new, mut nothing) = (0, 0, 0);
    for n in 0..times {
        let missing = n % 4 == 3;
        if missing {
            std::fs::remove_file(&path).unwrap();
        } else {
            let mut writer = Writer::at(&path, &format!("Round {n}"));
            writer.write();
        }
        let before = path.exists().then(|| whole(&path));
        // Named, because the last one that was used is not there in every round.
        let named = [&arguments[..], &["--org", "look"]].concat();
        let ended = killed_after(&home, &named, time.mul_f64(part(n) * 1.1));
        let after = path.exists().then(|| whole(&path));
        if after == before {
            assert!(!ended, "round {n}: it was done, and nothing happened");
            if missing { nothing += 1 } else { old += 1 }
        } else {
            let store = Store::open(&path).unwrap();
            let entry = store.entries(backup.seq, 9).unwrap();
            assert_eq!(entry.len(), 1, "round {n}");
            assert_eq!((entry[0].command.as_ref(), entry[0].previous), ("note_restore", backup.hash), "round {n}");
            new += 1;
            let kept = names(&home.data()).into_iter().filter(|name| name.contains("before-restore"));
            let kept = kept.filter(|name| !name.contains("unfinished")).map(|name| home.data().join(name));
            let heads: Vec<_> = kept.map(|kept| Store::open_read_only(&kept).unwrap().head()).collect();
            assert!(before.is_none_or(|before| heads.contains(&before)), "round {n}: what was replaced is not kept");
        }
        home.run(&named).done();
        let left = names(&home.data()).into_iter().filter(|name| name.contains("unfinished"));
        assert_eq!(left.count(), 0, "round {n}");
        whole(&path);
    }
    println!("{times} restores killed: {old} left the old one, {new} the new one, {nothing} nothing where nothing was");
}

#[test]
fn backups_that_are_killed_are_whole_or_not_there() {
    killed_backups(20);
}

#[test]
fn restores_that_are_killed_leave_the_old_or_the_new() {
    killed_restores(20);
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_backups_that_are_killed_are_whole_or_not_there() {
    killed_backups(200);
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_restores_that_are_killed_leave_the_old_or_the_new() {
    killed_restores(200);
}
