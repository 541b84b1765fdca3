//! What becomes of a job when the disk fails at any one of its system calls, or the process dies there. Faults are
//! injected by `strace`, into the built program in plain mode.
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command as Process, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rolodeck::ledger::store::Store;

use crate::crowd::founded;

/// The system calls by which files and folders are read and changed.
const STORAGE: [&str; 20] = [
    "openat",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "mkdir",
    "rename",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "fchmod",
    "chmod",
    "fcntl",
    "mmap",
];

/// How long one run may take. Mostly it takes a fraction of a second; where a lock is not given back, others wait for it
/// ten seconds and more than once.
const LIMIT: Duration = Duration::from_secs(90);

/// Runs side by side for each processor: most wait.
const BESIDE: usize = 4;

/// What happens at a system call.
const FAULTS: [&str; 3] = ["error=EIO", "error=ENOSPC", "signal=KILL"];

/// A job, as somebody does it in plain mode.
#[derive(Clone, Copy, Debug)]
enum Job {
    Invite,
    CreateRole,
    Import,
    Migrate,
}

const SIGN_IN: &str = "ingrid\nbe this person\nowner\n<enter>\n";

impl Job {
    fn answers(self, folder: &Path) -> String {
        let there = match self {
            Self::Invite => {
                let addresses: Vec<String> = (0..100).map(|n| format!("person{n}@lumbrevik.example.com")).collect();
                format!("users\ninvite users\n{}\ndashboard designer\ncreate\n", addresses.join(", "))
            }
            Self::CreateRole => {
                "roles\ncreate new\nmanage dashboard\nmanage dashboard\nselect accounts\nsee role summary\nBoard\n"
                    .into()
            }
            Self::Import => format!("entities\nimport\n{}\nimport\nyes\n", folder.join("places.csv").display()),
            Self::Migrate => String::new(),
        };
        format!("{SIGN_IN}{there}look\nquit\n")
    }

    /// What is said, behind the question before it, when it is done. Migrating is not asked for.
    fn confirmation(self) -> &'static str {
        match self {
            Self::Invite | Self::Import | Self::Migrate => "help): OK: ",
            Self::CreateRole => "OK: The role “Board” was created.",
        }
    }

    /// How much of it is done in a file: everything, nothing, or (never) a part.
    fn done(self, store: &Store) -> (usize, usize) {
        let org = store.org();
        match self {
            Self::Invite => {
                let invited = org.invitations().values();
                (invited.filter(|open| open.address.as_str().starts_with("person")).count(), 100)
            }
            Self::CreateRole => (org.active_roles().filter(|role| role.name.as_str() == "Board").count(), 1),
            Self::Import => {
                let entities = org.entities().values();
                (entities.filter(|entity| entity.name.as_str().starts_with("Imported")).count(), 20)
            }
            // Whether the file has the old schema or the new one is seen by its shape; the same people are in both.
            Self::Migrate => (org.users().len(), PEOPLE),
        }
    }
}

/// The people of the organization that a file is migrated with.
const PEOPLE: usize = 15;

/// The schema of a file: its version, and how each of its tables, indexes and triggers was made.
fn shape(path: &Path) -> rusqlite::Result<String> {
    let conn = rusqlite::Connection::open(path)?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut made = conn.prepare("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY type, name")?;
    let made = made.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(format!("{version}\n{}", made.join("\n")))
}

/// A folder with an organization, and a table to import.
fn prepare(job: Job) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    drop(founded(&folder.path().join("northwind.db")));
    let mut table = String::from("entity,parent,account,currency,identifier\n");
    (0..20).for_each(|n| table.push_str(&format!("Imported {n},Lumbrevik Group AB,,,\n")));
    std::fs::write(folder.path().join("places.csv"), table).unwrap();
    if matches!(job, Job::Migrate) {
        make_older(&folder.path().join("northwind.db"));
    }
    folder
}

/// Takes away what the newest version of the schema brought.
fn make_older(path: &Path) {
    let first = include_str!("../../assets/schema/1.sql");
    let begin = first.find("CREATE TRIGGER log_body_is_fixed").unwrap();
    let end = begin + first[begin..].find("END;").unwrap() + 4;
    let conn = rusqlite::Connection::open(path).unwrap();
    let older = format!(
        "DROP TABLE redaction; DROP TABLE log_head; DROP TRIGGER log_body_is_fixed; {}
         DROP INDEX log_user; DROP INDEX log_command; DROP INDEX log_outcome;
         ALTER TABLE outbox DROP COLUMN seal; ALTER TABLE attempt DROP COLUMN seal;
         ALTER TABLE stranger DROP COLUMN seal; PRAGMA user_version = 2;",
        &first[begin..end]
    );
    conn.execute_batch(&older).unwrap();
}

fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
    }
    to
}

/// Does a job under `strace` with these options.
fn traced(job: Job, folder: &Path, options: &[&str]) -> Output {
    let mut strace = Process::new("strace");
    strace.args(["-f", "-qq", "-o"]).arg(folder.join("trace")).args(options);
    strace.arg(env!("CARGO_BIN_EXE_rolodeck")).arg("--plain").arg("--db").arg(folder.join("northwind.db"));
    strace.env_clear().env("HOME", folder).env("LANG", "C.UTF-8").env("PATH", std::env::var("PATH").unwrap());
    strace.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = strace.spawn().unwrap_or_else(|error| panic!("strace does not start: {error}"));
    // Whoever ended early does not listen any more.
    let _ = child.stdin.take().unwrap().write_all(job.answers(folder).as_bytes());
    let id = child.id();
    let (ended, patience) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if patience.recv_timeout(LIMIT) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            let _ = Process::new("pkill").args(["-KILL", "-P", &id.to_string()]).status();
        }
    });
    let output = child.wait_with_output().unwrap();
    drop(ended);
    watch.join().unwrap();
    output
}

/// Which of its calls, counted for each thread, touch the folder, and the shape that the file has when it is done. Other
/// calls are those of the loader and between threads.
fn calls(job: Job, template: &Path) -> (BTreeMap<&'static str, BTreeSet<usize>>, String) {
    let folder = copy(template);
    let set = format!("trace={}", STORAGE.join(","));
    let output = traced(job, folder.path(), &["-y", "-s", "4096", "-e", &set]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let path = folder.path().join("northwind.db");
    let after = shape(&path).unwrap();
    let store = Store::open(&path).unwrap();
    let (done, all) = job.done(&store);
    assert_eq!(done, all, "without a fault it is done: {said}");
    let trace = std::fs::read_to_string(folder.path().join("trace")).unwrap();
    let place = folder.path().to_string_lossy();
    let mut counts: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    let mut points: BTreeMap<&'static str, BTreeSet<usize>> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let name = rest.trim_start().split('(').next().unwrap_or_default();
        if let Some(call) = STORAGE.iter().find(|call| **call == name) {
            let count = counts.entry((thread, call)).or_default();
            *count += 1;
            if rest.contains(&*place) {
                points.entry(*call).or_default().insert(*count);
            }
        }
    }
    (points, after)
}

/// Lets a fault happen, and holds what became of the job against what was said.
fn strike(
    job: Job,
    (template, shapes): (&Path, &[String; 2]),
    call: &str,
    fault: &str,
    nth: usize,
) -> Result<bool, String> {
    let folder = copy(template);
    let inject = format!("inject={call}:{fault}:when={nth}");
    let output = traced(job, folder.path(), &["-e", &format!("trace={call}"), "-e", &inject]);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let hangs = !fault.starts_with("signal") && output.status.signal() == Some(9);
    let wrong = |what: &str| Err(format!("{job:?}, {inject}: {what}\n{said}"));
    // Waking another thread is a write too, to no file.
    let between_threads = said.contains("failed to wake I/O driver");
    if hangs && !between_threads {
        return wrong("it hangs");
    }
    if (said.contains("panicked") && !between_threads) || said.contains("database is locked") {
        return wrong("this is nothing to show anybody");
    }
    let path = folder.path().join("northwind.db");
    match shape(&path) {
        Ok(shape) if shapes.contains(&shape) => {}
        Ok(shape) => return wrong(&format!("the file has neither the schema from before nor the one after: {shape}")),
        Err(error) => return wrong(&format!("the schema cannot be read: {error}")),
    }
    let store = match Store::open(&path) {
        Ok(store) => store,
        Err(fault) => return wrong(&format!("the file cannot be opened any more: {fault}")),
    };
    if let Err(mismatch) = store.verify() {
        return wrong(&format!("the log does not hold: {mismatch}"));
    }
    let (done, all) = job.done(&store);
    if done != 0 && done != all {
        return wrong(&format!("{done} of {all} are done"));
    }
    if done == 0 && said.contains(job.confirmation()) {
        return wrong("what was confirmed is lost");
    }
    // What the loader cannot read ends the program before it is ours; where output cannot be written, nothing is said.
    let loading = said.contains("error while loading shared libraries");
    let ours = !loading && !between_threads && !said.contains("The dashboard cannot go on");
    let names_a_file = said.contains(&*folder.path().to_string_lossy());
    let told = fault.starts_with("signal") || done == all || names_a_file || !ours;
    if !told {
        return wrong("nobody is told which file is meant");
    }
    Ok(done == all)
}

/// Every fault at every `step`-th system call of a job.
fn strike_everywhere(job: Job, step: usize) {
    let template = prepare(job);
    let before = shape(&template.path().join("northwind.db")).unwrap();
    let (counts, after) = calls(job, template.path());
    let shapes = [before, after];
    assert_eq!(shapes[0] != shapes[1], matches!(job, Job::Migrate), "migrating alone changes the schema");
    let told: Vec<String> = counts.iter().map(|(call, points)| format!("{call} {}", points.len())).collect();
    println!("{job:?}: {}", told.join(", "));
    let points: Vec<(&str, &str, usize)> = counts
        .iter()
        .flat_map(|(call, points)| {
            FAULTS.into_iter().flat_map(move |fault| points.iter().map(move |n| (*call, fault, *n)))
        })
        .step_by(step)
        .collect();
    let (next, done, wrong) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..BESIDE * std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((call, fault, n)) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match strike(job, (template.path(), &shapes), call, fault, *n) {
                        Ok(all) => drop(done.fetch_add(usize::from(all), Ordering::Relaxed)),
                        Err(text) => wrong.lock().unwrap().push(text),
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!(
        "{job:?}: {} faults, {} times it was done all the same, {} wrong",
        points.len(),
        done.into_inner(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n\n"));
}

/// Where the environment says so, only every so many-th system call.
fn step() -> usize {
    std::env::var("ROLODECK_FAULTS_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(1)
}

#[test]
#[ignore = "needs strace, and takes long"]
fn whatever_fails_while_people_are_invited_it_is_done_or_not() {
    strike_everywhere(Job::Invite, step());
}

#[test]
#[ignore = "needs strace, and takes long"]
fn whatever_fails_while_a_role_is_created_it_is_done_or_not() {
    strike_everywhere(Job::CreateRole, step());
}

#[test]
#[ignore = "needs strace, and takes long"]
fn whatever_fails_while_places_are_imported_it_is_done_or_not() {
    strike_everywhere(Job::Import, step());
}

#[test]
#[ignore = "needs strace, and takes long"]
fn whatever_fails_while_a_file_is_migrated_it_is_done_or_not() {
    strike_everywhere(Job::Migrate, step());
}
