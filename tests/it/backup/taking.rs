//! Taking a backup.
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use rolodeck::domain::row::Difference;
use rolodeck::ledger::backup::back_up;
use rolodeck::ledger::store::Store;

use super::office::{Writer, contents, is_in_the_log, names, with_little_room};
use crate::cli::shell::Home;

/// How many backups are taken, how many write meanwhile, and how often each does during one backup.
const BACKUPS: usize = 100;
const WRITERS: usize = 4;
const EACH: usize = 3;

#[test]
fn a_hundred_backups_while_others_write_are_all_states_that_were_committed() {
    let home = Home::new();
    let path = home.sample("look");
    let folder = tempfile::tempdir().unwrap();
    let mut committed = 0;
    let mut overtaken = 0;
    thread::scope(|scope| {
        let rounds: Vec<_> = (0..WRITERS)
            .map(|n| {
                let (begin, rounds) = channel();
                let mut writer = Writer::at(&path, &format!("Writer {n}"));
                scope.spawn(move || rounds.iter().for_each(|()| (0..EACH).for_each(|_| writer.write())));
                begin
            })
            .collect();
        let mut ours = Store::open(&path).unwrap();
        for n in 0..BACKUPS {
            rounds.iter().for_each(|round| round.send(()).unwrap());
            let file = folder.path().join(format!("{n}.db"));
            if n % 5 == 0 {
                // A process of its own writes, and another one takes the backup.
                let mut other = home.command(&["log"]).stdout(std::process::Stdio::null()).spawn().unwrap();
                home.run(&["backup", file.to_str().unwrap()]).done();
                assert!(other.wait().unwrap().success());
            } else {
                back_up(&ours, &file).unwrap();
            }
            let head = Store::open_read_only(&file).unwrap().verify().unwrap().head;
            ours.catch_up().unwrap();
            committed += usize::from(is_in_the_log(&ours, head));
            overtaken += usize::from(head != ours.head());
        }
    });
    println!("{committed} of {BACKUPS} backups hold a committed state; {overtaken} were overtaken meanwhile");
    assert_eq!(committed, BACKUPS);
    assert_eq!(names(folder.path()).len(), BACKUPS, "something was left behind");
    Store::open(&path).unwrap().verify().unwrap();
}

#[test]
fn a_backup_says_how_far_it_goes_and_opens_as_what_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("copy of it.db");
    let text = home.run(&["backup", file.to_str().unwrap()]).done();
    let (ours, copy) = (Store::open(&path).unwrap(), Store::open_read_only(&file).unwrap());
    assert_eq!((copy.head(), copy.nature()), (ours.head(), ours.nature()));
    assert!(Difference::between(&copy.org(), &ours.org()).is_empty());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let head = ours.head();
    let size = file.metadata().unwrap().len();
    for words in [
        format!(": {}\n", file.display()),
        format!("entries         {}\n", head.seq),
        format!("newest entry    {}\n", head.at),
        format!("its hash        {}\n", head.hash),
        format!("size            {size} bytes\n"),
    ] {
        assert!(text.contains(&words), "“{words}” is not in: {text}");
    }
    for user in ours.org().users().values() {
        assert!(!text.contains(user.name.as_str()) && !text.contains(user.address.as_str()), "{text}");
    }
}

#[test]
fn whatever_is_there_already_is_kept() {
    let home = Home::new();
    home.sample("look");
    let put = |name: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, "precious").unwrap();
        path
    };
    let link = home.path().join("link.db");
    std::os::unix::fs::symlink(home.path().join("nowhere"), &link).unwrap();
    let taken = [put("a.db"), home.data().join("look.db"), home.data(), link];
    let before = (contents(home.path()), contents(&home.data()));
    for file in taken {
        let said = home.run(&["backup", file.to_str().unwrap()]);
        said.failed(2, "is there already, and a backup never replaces a file");
    }
    assert_eq!((contents(home.path()), contents(&home.data())), before);
    home.run(&["backup", home.path().join("no/folder.db").to_str().unwrap()]).failed(2, "cannot be written");
    for arguments in [&["backup", ""][..], &["backup"]] {
        assert_eq!(home.run(arguments).code, 2);
    }
    assert!(!home.path().join("no").exists());
}

#[test]
fn there_is_nothing_to_back_up_without_an_organization() {
    let home = Home::new();
    let file = home.path().join("a.db");
    home.run(&[Path::new("backup"), &file]).failed(2, "There is no organization on this machine yet");
    assert!(!file.exists());
}

#[test]
fn what_does_not_hold_together_is_no_backup() {
    let home = Home::new();
    let path = home.sample("look");
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE role SET name = 'Planted' WHERE name = 'Payment initiator'").unwrap();
    drop(raw);
    let file = home.path().join("a.db");
    home.run(&[Path::new("backup"), &file]).failed(1, "does not hold together, and no backup was made: the role");
    assert_eq!(names(home.path()).iter().filter(|name| name.starts_with("a.db")).count(), 0);
}

#[test]
fn a_full_disk_leaves_no_half_file() {
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("a.db");
    let half = path.metadata().unwrap().len() / 2;
    let said = with_little_room(&home, half, &["backup", file.to_str().unwrap()]);
    assert!(said.contains("a.db cannot be"), "{said}");
    assert_eq!(names(home.path()).iter().filter(|name| name.starts_with("a.db")).count(), 0);
    home.run(&[Path::new("backup"), &file]).done();
}
