//! Verdicts on invitations.
use std::collections::BTreeSet;

use rolodeck::domain::import::{Kind, Plan};
use rolodeck::domain::org::Org;
use rolodeck::domain::role::{Role, RoleState};
use rolodeck::domain::row::Row;

use super::mixed::Mixed;
use super::{judge, labels, org, owner, tally};
use crate::desk::person;

const COLUMNS: &str = "email;role;name\n";

/// The sample after a role was deleted.
fn org_without_a_role() -> Org {
    let mut org = org();
    let role = org.active_roles().find(|role| role.name.as_str() == "Dashboard designer").unwrap().clone();
    org.put(Row::Role(Role { state: RoleState::Deleted, ..role }));
    org
}

fn five_thousand() -> Mixed {
    let mut all = Mixed::default();
    all.one("ok", 1_500, |n| format!("person{n}@lumbrevik.example.com;payment APPROVER;Person {n}"));
    all.one("ok", 1_000, |n| format!("reader{n}@lumbrevik.example.com;Liquidity analyst;"));
    all.one("not an own domain", 200, |n| format!("guest{n}@hallberg.example.org;External auditor;Guest"));
    all.one("same mailbox, other tag", 50, |n| format!("ingrid.asgard+{n}@lumbrevik.example.com;Liquidity analyst;"));
    // The same address is known once, and after that it is twice in the file.
    let known = |address: &str, label| {
        let line = format!("{address};Liquidity analyst;");
        move |n: usize| vec![(line.clone(), if n == 0 { label } else { "twice in the file" })]
    };
    all.kind(60, known("Ingrid.Asgard@lumbrevik.example.com", "already a user"));
    all.kind(40, known("zoe.nunez@lumbrevik.example.com", "already a user"));
    all.kind(100, known("saoirse.nibhriain@lumbrevik.example.com", "already invited"));
    all.kind(200, |n| {
        let line = |name: &str| format!("{name}{n}@lumbrevik.example.com;Liquidity analyst;");
        vec![(line("twin"), "ok"), (line("TWIN"), "twice in the file")]
    });
    all.one("invalid address", 200, |n| format!("nobody{n};Liquidity analyst;"));
    all.one("invalid address", 50, |_| ";Liquidity analyst;Nobody".into());
    all.one("invalid address", 50, |n| format!("evil\u{202e}{n}@lumbrevik.example.com;Liquidity analyst;"));
    all.one("invalid name", 150, |n| format!("odd{n}@lumbrevik.example.com;Liquidity analyst;Odd\u{200b}"));
    all.one("no role", 100, |n| format!("idle{n}@lumbrevik.example.com;;Idle"));
    all.one("unknown role", 300, |n| format!("typo{n}@lumbrevik.example.com;Liquidity analist {n};"));
    all.one("deleted role", 100, |n| format!("late{n}@lumbrevik.example.com;Dashboard designer;"));
    all.one("role not yours to give", 100, |n| format!("boss{n}@lumbrevik.example.com;Owner;"));
    all.one("wrong number of cells", 100, |n| format!("short{n}@lumbrevik.example.com;Liquidity analyst"));
    let left = 5_000 - all.len();
    all.one("ok", left, |n| format!("last{n}@lumbrevik.example.com;Group accountant (read-only);'=Last"));
    all
}

#[test]
fn five_thousand_lines_with_every_kind_of_defect_are_counted_exactly() {
    let org = org_without_a_role();
    let expected = five_thousand().lines();
    assert_eq!(expected.len(), 5_000);
    let text: String = expected.iter().map(|(line, _)| format!("{line}\n")).collect();
    let who = person(&org, "Chiara Bianchi", "Treasury administrator");
    let judged = judge(Kind::Invitations, &format!("{COLUMNS}{text}"), &org, who);
    for ((line, wanted), found) in expected.iter().zip(&judged.lines) {
        assert_eq!(found.verdict.label(), *wanted, "{line}: {:?}", found.verdict);
    }
    let mut wanted = tally(expected.iter().map(|(_, label)| *label));
    let warned = ["not an own domain", "same mailbox, other tag"].map(|label| wanted.remove(label).unwrap());
    let counts = judged.counts;
    assert_eq!(counts.warned, warned.iter().sum::<usize>());
    assert_eq!(counts.fine, wanted.remove("ok").unwrap() + counts.warned);
    assert_eq!((counts.there, counts.total()), (0, 5_000));
    assert_eq!(counts.problems, wanted);
    let Plan::Invitations(people) = judged.plan else { panic!("other things") };
    assert_eq!(people.len(), counts.fine);
    assert_eq!(people.iter().map(|new| new.role).collect::<BTreeSet<_>>().len(), 4);
    assert!(people.iter().any(|new| new.name.as_ref().is_some_and(|name| name.as_str() == "=Last")));
}

#[test]
fn an_unknown_role_is_asked_about_and_owner_is_for_owners() {
    let org = org();
    let text = format!("{COLUMNS}a@lumbrevik.example.com;Liquidity analist;\nb@lumbrevik.example.com;owner;\n");
    let judged = judge(Kind::Invitations, &text, &org, owner(&org));
    let said = judged.lines[0].verdict.sentences().concat();
    assert_eq!(said, "There is no role “Liquidity analist”. Did you mean “Liquidity analyst”?");
    assert_eq!(labels(&judged), ["unknown role", "ok"]);
}

#[test]
fn a_line_that_is_refused_takes_no_address() {
    let org = org();
    let text = format!("{COLUMNS}a@lumbrevik.example.com;Nobody;\na@lumbrevik.example.com;Liquidity analyst;\n");
    assert_eq!(labels(&judge(Kind::Invitations, &text, &org, owner(&org))), ["unknown role", "ok"]);
}
