//! The command line: what it prints, how it ends, and what it leaves alone.
mod access;
mod audit;
mod broken;
mod checkpoint;
mod decisions;
mod doctor;
mod import;
mod recover;
pub mod shell;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use rolodeck::command::{AssignRoles, Command, CreateRole, Found, InviteUsers, Invitee};
use rolodeck::domain::id::{InvitationId, RoleId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::scope::Scope;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use serde_json::Value;

use crate::properties::company::{advanced, role_named};
use crate::signin::house::{ADA, BO, CY, real_company, words};
use crate::tty::Tty;
use shell::{Home, outside};

#[test]
fn it_says_its_version_and_its_commands() {
    let home = Home::new();
    assert_eq!(home.run(&["--version"]).done(), format!("rolodeck {}\n", env!("CARGO_PKG_VERSION")));
    let help = home.run(&["--help"]).done();
    for word in [
        "paths",
        "catalogue",
        "access",
        "log",
        "audit",
        "export",
        "import",
        "recover",
        "backup",
        "restore",
        "four-eyes",
        "--db",
        "--org",
        "--sample",
        "--read-only",
        "ROLODECK_DB",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(home.run(&["everything"]).code, 2);
    assert_eq!(home.run(&["log", "--nonsense"]).code, 2);
    assert!(!home.path().join(".local").exists(), "looking at the help made folders");
}

#[test]
fn the_catalogue_is_an_array_of_the_documented_rows_with_the_derived_ones_last() {
    let text = Home::new().run(&["catalogue", "--json"]).done();
    let first = r#"[{"group":"Basic Access","resource":"accounts","label":"Accounts","levels":["READ"],"account_scoped":false,"derived":false},"#;
    assert!(text.starts_with(first), "{}", &text[..200]);
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    let (documented, derived) = rows.split_at(85);
    assert!(documented.iter().all(|row| row["derived"] == false && row["group"] != "ERP access"));
    assert!(derived.iter().all(|row| row["derived"] == true && row["group"] == "ERP access"));
    let cells = |rows: &[Value]| -> Vec<(String, String)> {
        let of = |row: &Value| {
            let levels: Vec<_> = row["levels"].as_array().unwrap().iter().map(ToString::to_string).collect();
            levels.into_iter().map(|level| (row["resource"].to_string(), level)).collect::<Vec<_>>()
        };
        rows.iter().flat_map(of).collect()
    };
    assert_eq!(cells(documented).len(), 174);
    assert_eq!(cells(documented).into_iter().collect::<BTreeSet<_>>().len(), 139);
    assert_eq!(documented.iter().map(|row| row["resource"].to_string()).collect::<BTreeSet<_>>().len(), 51);
    let group = |name: &str| documented.iter().filter(|row| row["group"] == name).cloned().collect::<Vec<_>>();
    let mut erp: BTreeSet<_> = cells(&group("Read Financial Data")).into_iter().collect();
    for resource in ["\"credit_transfers\"", "\"direct_debits\""] {
        erp.insert((resource.into(), "\"CREATE\"".into()));
    }
    assert_eq!(cells(derived).into_iter().collect::<BTreeSet<_>>(), erp);
    for row in &rows {
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.len(), 6, "{keys:?}");
    }
}

#[test]
fn the_catalogue_as_text_has_every_group_and_row() {
    let text = Home::new().run(&["catalogue"]).done();
    assert_eq!(text.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).count(), 8);
    let rows: Vec<Value> = serde_json::from_str(&Home::new().run(&["catalogue", "--json"]).done()).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("  ")).count(), rows.len());
    assert!(text.contains("  Accounts                         READ\n"), "{text}");
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let home = Home::new();
    home.sample("look");
    for arguments in [&["catalogue"][..], &["catalogue", "--json"], &["paths"], &["log"], &["log", "--json"]] {
        let mut command = home.command(arguments);
        // A pipe whose reading end is closed already.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[test]
fn paths_prints_every_path_in_use() {
    let home = Home::new();
    let before = home.run(&["paths"]).done();
    assert!(before.starts_with("organization    none yet\n"), "{before}");
    let data = home.data();
    for path in [data.clone(), data.join("outbox"), home.path().join(".config/rolodeck/settings.toml")] {
        assert!(before.contains(&format!(" {}\n", path.display())), "{before}");
    }
    assert!(!data.exists(), "asking for the paths made a folder");
    let file = home.sample("look");
    let after = home.run(&["paths"]).done();
    assert!(after.starts_with(&format!("organization    {}\n", file.display())), "{after}");
    assert!(after.ends_with(&format!("found           {}\n", file.display())), "{after}");
}

#[test]
fn paths_follow_the_system_and_the_settings() {
    let home = Home::new();
    let (data, config) = (home.path().join("elsewhere"), home.path().join("config"));
    let variables = [("XDG_DATA_HOME", data.as_os_str()), ("XDG_CONFIG_HOME", config.as_os_str())];
    let text = home.run_with(&["paths"], &variables).done();
    assert!(text.contains(&format!("data directory  {}\n", data.join("rolodeck").display())), "{text}");
    assert!(text.contains(&format!("settings        {}\n", config.join("rolodeck/settings.toml").display())), "{text}");
    let outbox = home.path().join("my letters");
    home.settings(&format!("[mail]\noutbox = {:?}\n", outbox.display().to_string()));
    let text = home.run(&["paths"]).done();
    assert!(text.contains(&format!("outbox folder   {}\n", outbox.display())), "{text}");
}

#[test]
fn settings_that_are_wrong_are_refused_with_the_line_and_what_was_meant() {
    let home = Home::new();
    let file = home.sample("look");
    let before = std::fs::read(&file).unwrap();
    for (text, words) in [
        ("# ours\n[mail]\nservr = \"mail.example.com\"\n", "Line 3 of the settings"),
        ("[mial]\n", "Did you mean [mail]?"),
        ("[mail\n", "Line 1 of the settings"),
        ("[mail]\nserver = \"\u{1b}[31mred\"\n", "Line 2 of the settings"),
    ] {
        home.settings(text);
        let said = home.run::<&str>(&[]);
        said.failed(2, words);
        assert!(said.err.contains("settings.toml"), "{}", said.err);
        assert!(!said.err.contains('\u{1b}'));
        let paths = home.run(&["paths"]);
        assert_eq!(paths.code, 2);
        assert!(paths.out.contains("settings.toml") && paths.err.contains(words), "{paths:?}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_file_is_named_by_flag_variable_or_name_in_that_order() {
    let home = Home::new();
    let (one, two) = (home.sample("one"), home.sample("two"));
    let current = |said: shell::Said| said.done().lines().next().unwrap()[16..].to_owned();
    let (name, variable) = (|path: &std::path::Path| path.display().to_string(), [("ROLODECK_DB", two.as_os_str())]);
    assert_eq!(current(home.run(&["paths"])), name(&one));
    assert_eq!(current(home.run(&["paths", "--org", "two"])), name(&two));
    assert_eq!(current(home.run(&["--org", "two", "paths"])), name(&two));
    assert_eq!(current(home.run(&[OsStr::new("--db"), two.as_os_str(), OsStr::new("paths")])), name(&two));
    assert_eq!(current(home.run_with(&["paths"], &variable)), name(&two));
    assert_eq!(current(home.run_with(&["paths", "--org", "one"], &variable)), name(&one), "a flag beats the variable");
    let flag = [OsStr::new("paths"), OsStr::new("--db"), one.as_os_str()];
    assert_eq!(current(home.run_with(&flag, &variable)), name(&one), "a flag beats the variable");
    assert_eq!(current(home.run_with(&["paths"], &[("ROLODECK_DB", OsStr::new(""))])), name(&one));
    assert_eq!(home.run(&["paths", "--org", "one", "--db", "x.db"]).code, 2);
    let odd = OsStr::from_bytes(b"no\xfftext.db");
    assert_eq!(home.run(&[OsStr::new("log"), OsStr::new("--db"), odd]).code, 2);
}

#[test]
fn a_name_never_leads_out_of_the_data_directory() {
    let home = Home::new();
    home.sample("look");
    for name in ["", ".", "..", "../look", "/etc/passwd", "a/b", "a\\b", ".hidden", "..\\look", "./look", "look/"] {
        let said = home.run(&["log", &format!("--org={name}")]);
        said.failed(2, "--org takes the name of a file");
    }
    home.run(&["log", "--org", "missing"]).failed(2, "missing.db cannot be opened");
    assert!(!home.data().join("missing.db").exists());
    let said = home.run(&["log", "--org", "a\u{1b}[31m\u{202e}b"]);
    said.failed(2, "a<U+001B>[31m<U+202E>b.db cannot be opened");
}

#[test]
fn flags_of_the_dashboard_are_not_swallowed_by_other_commands() {
    let home = Home::new();
    home.sample("look");
    for flag in ["--sample", "--read-only"] {
        home.run(&[flag, "log"]).failed(2, flag);
    }
    let said = home.run(&["--sample", "--org", "look"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--sample"), "{}", said.err);
}

#[test]
fn without_a_terminal_the_dashboard_says_so_once() {
    let home = Home::new();
    for arguments in [&[][..], &["--sample"]] {
        let said = home.run::<&str>(arguments);
        said.failed(2, "not a terminal");
        assert_eq!(said.err.matches("subcommand").count(), 1, "{}", said.err);
    }
}

#[test]
fn the_log_of_a_sample_is_printed_newest_last_without_a_question() {
    let home = Home::new();
    home.sample("look");
    let text = home.run(&["log"]).done();
    let heads: Vec<_> =
        text.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(heads.len(), 2, "{text}");
    assert!(heads[0].contains("done  found  founder") && heads[1].contains("done  sign_in  "), "{heads:#?}");
    assert!(heads[1].ends_with(" (Owner)"), "{heads:#?}");
    let lines = home.run(&["log", "--json"]).done();
    let entries: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seqs: Vec<_> = entries.iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, [1, 2, 3]);
    assert_eq!(entries[0]["command"], "found");
    assert!(entries[0]["changes"].as_array().unwrap().len() > 40);
    assert_eq!((&entries[2]["command"], &entries[2]["outcome"]), (&"sign_in".into(), &"done".into()));
    for pair in entries.windows(2) {
        assert_eq!(pair[0]["hash"], pair[1]["previous"]);
        assert!(pair[0]["at"].as_str() <= pair[1]["at"].as_str());
    }
}

#[test]
fn there_is_nothing_to_log_before_there_is_an_organization() {
    let home = Home::new();
    home.run(&["log"]).failed(2, "There is no organization on this machine yet");
    Store::create(&home.data().join("half.db"), Nature::Real).unwrap();
    home.run(&["log"]).failed(2, "no organization");
}

/// A home with a real organization whose people have passphrases.
pub fn real() -> Home {
    real_after(|_| {})
}

/// The same, with something about it made otherwise before.
pub fn real_after(change: impl FnOnce(&mut Org)) -> Home {
    let home = Home::new();
    let (outside, path) = (outside(), home.data().join("real.db"));
    let (mut org, secrets) = real_company(&outside);
    change(&mut org);
    let creator = *org.users().keys().next().unwrap();
    let mut store = Store::create(&path, Nature::Real).unwrap();
    signin::found(&mut store, &outside, Found { org }, &secrets, creator).unwrap().unwrap();
    home
}

/// Somebody signed in as Owner, beside the program.
fn signed_in(store: &mut Store, address: &str) -> Session {
    let (cost, owner) = (Cost::least().unwrap(), role_named(&store.org(), "Owner"));
    let proof = signin::prove(store, &outside(), &cost, address, &Secret::from(words(address))).unwrap().unwrap();
    signin::enter(store, &outside(), &proof, owner).unwrap().unwrap()
}

/// Everything that the program showed, and its exit code, after somebody has signed in at its prompts.
fn log_as(home: &Home, arguments: &[&str], address: &str, passphrase: &str, role: Option<&str>) -> (u32, String) {
    let mut tty = Tty::start(home.path(), arguments, (250, 200));
    tty.see("E-mail: ").send(&format!("{address}\n"));
    tty.see("Passphrase: ").until_silent().send(&format!("{passphrase}\n"));
    if let Some(role) = role {
        tty.until("the choice of roles", |screen| screen.contains("Role (number): "));
        let screen = tty.screen();
        let line = screen.lines().find(|line| line.ends_with(role)).unwrap_or_else(|| panic!("{screen}")).to_owned();
        tty.send(&format!("{}\n", line.split_whitespace().next().unwrap()));
    }
    let code = tty.end();
    let shown = String::from_utf8(tty.raw().to_vec()).unwrap();
    assert!(!shown.contains(passphrase), "the passphrase was echoed");
    (code, shown)
}

#[test]
fn a_real_log_is_shown_to_who_signs_in_and_may_read_it() {
    let home = real();
    let (code, screen) = log_as(&home, &["log"], ADA, words(ADA), None);
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("done  sign_in  ada (Owner)"), "{screen}");
    let (code, screen) = log_as(&home, &["log"], BO, words(BO), Some("Owner"));
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("done  sign_in  bo (Owner)"), "{screen}");
}

#[test]
fn a_real_log_is_refused_to_who_may_not_read_it() {
    let home = real();
    let (code, screen) = log_as(&home, &["log", "--json"], CY, words(CY), None);
    assert_eq!(code, 1, "{screen}");
    assert!(screen.contains("the active role lacks resource_events:read"), "{screen}");
    assert!(screen.contains("It could be granted by "), "{screen}");
    assert!(!screen.contains("\"seq\""), "{screen}");
    let (code, screen) = log_as(&home, &["log"], BO, words(BO), Some("Reader"));
    assert_eq!(code, 1, "{screen}");
    let (code, screen) = log_as(&home, &["log"], ADA, "the wrong words", None);
    assert_eq!(code, 1, "{screen}");
    assert!(screen.contains("This address and passphrase do not fit together"), "{screen}");
}

#[test]
fn the_log_keeps_addresses_from_who_may_not_see_members() {
    let home = real();
    let auditor = RoleId::new(outside().now(), &[4; 10]);
    let role = || CreateRole {
        role: auditor,
        name: "Auditor".parse().unwrap(),
        grants: advanced(&["resource_events:read"]),
        scope: Scope::nothing(),
        at: outside().now(),
    };
    let mut store = Store::open(&home.data().join("real.db")).unwrap();
    let user = user_named(&store, "bo");
    let ada = signed_in(&mut store, ADA);
    let assign = AssignRoles { user, roles: [auditor].into_iter().collect() };
    let taken = InviteUsers {
        by: ada.person().user,
        at: outside().now(),
        roles: [auditor].into_iter().collect(),
        people: vec![Invitee {
            id: InvitationId::new(outside().now(), &[4; 10]),
            address: CY.parse().unwrap(),
            name: None,
        }],
    };
    for command in [Command::from(role()), assign.into(), taken.into()] {
        run(&mut store, &outside(), &Actor::Person(ada.clone()), &command, &Secrets::none()).unwrap();
    }
    drop(store);
    for arguments in [&["log"][..], &["log", "--json"]] {
        let (code, screen) = log_as(&home, arguments, BO, words(BO), Some("Auditor"));
        assert_eq!(code, 0, "{screen}");
        let said = screen.replacen(BO, "what was typed", 1);
        assert!(said.contains("invite_users") && said.contains("(hidden)"), "{screen}");
        assert!(!said.contains("hollin.example.com"), "{screen}");
    }
}

fn user_named(store: &Store, name: &str) -> UserId {
    store.org().users().values().find(|user| user.name.as_str() == name).unwrap().id
}

#[test]
fn without_anybody_to_ask_a_real_log_stays_closed() {
    let home = real();
    let said = home.run(&["log"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("there is nobody to ask"), "{}", said.err);
}
