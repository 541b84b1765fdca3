//! Verdicts on entities and accounts.
use rolodeck::domain::access::{Need, decide};
use rolodeck::domain::id::EntityId;
use rolodeck::domain::import::{Kind, Plan, Verdict};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{AccountState, Entity};
use rolodeck::domain::permission::Permission;
use rolodeck::domain::role::{Grants, Role};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;

use super::mixed::{Expected, Mixed};
use super::{judge, labels, org, owner, tally};
use crate::desk::person;

const COLUMNS: &str = "entity,parent,account,currency,identifier\n";
const GROUP: &str = "Lumbrevik Group AB";
const NORDICS: &str = "Lumbrevik Nordics AB";

fn verdicts(text: &str) -> Vec<&'static str> {
    let org = org();
    labels(&judge(Kind::Places, &format!("{COLUMNS}{text}"), &org, owner(&org)))
}

/// The sample, and two entities with one name in it.
fn org_with_doublets() -> Org {
    let mut org = org();
    let parents: Vec<EntityId> = org.entities().keys().copied().take(2).collect();
    for (n, parent) in (1..).zip(parents) {
        let id = EntityId::from_uuid(uuid::Uuid::from_u128(n));
        org.put(Row::Entity(Entity { id, name: "Doublet".parse().unwrap(), parent: Some(parent) }));
    }
    org
}

/// The lines of every account that is there, with their labels.
fn accounts(org: &Org) -> Vec<Expected> {
    let line = |account: &rolodeck::domain::organization::Account| {
        let entity = org.entity(account.entity).unwrap().name.as_str();
        let (name, currency, identifier) = (account.name.as_str(), account.currency, account.identifier.as_str());
        let ignored = account.state == AccountState::Ignored;
        let label = if ignored { "ignored account" } else { "already there" };
        (format!("{entity},,\"{name}\",{currency},{identifier}"), label)
    };
    org.accounts().values().map(|account| line(account)).collect()
}

fn five_thousand(org: &Org) -> Mixed {
    let mut all = Mixed::default();
    // Ten levels each, and every parent stands behind its children.
    all.one("ok", 600, |n| {
        let parent = if n % 10 == 9 { GROUP.to_owned() } else { format!("Unit {}", n + 1) };
        format!("Unit {n},{parent},,,")
    });
    all.one("ok", 1_200, |n| format!("UNIT {},,Account {n},EUR,ACC-{n}", n % 600));
    all.one("ok", 300, |n| format!("Shop {n},{NORDICS},Till {n},SEK,TILL-{n}"));
    all.one("already there", 60, |_| format!("{NORDICS},{GROUP},,,"));
    all.kind(1, |_| accounts(org));
    all.one("wrong number of cells", 100, |n| format!("Short {n},{GROUP}"));
    all.one("no entity", 150, |n| format!(",{GROUP},Homeless {n},EUR,HOME-{n}"));
    all.one("invalid name", 100, |n| format!("Bad\u{202e} {n},,,,"));
    all.one("invalid name", 50, |n| format!("Unit 1,Bad\u{200b} {n},,,"));
    all.one("invalid name", 50, |n| format!("Unit 1,,Bad\u{7} {n},EUR,BAD-{n}"));
    all.one("account incomplete", 50, |n| format!("Unit 2,,No currency {n},,NOC-{n}"));
    all.one("account incomplete", 50, |n| format!("Unit 2,,,EUR,NON-{n}"));
    all.one("account incomplete", 50, |n| format!("Unit 2,,No identifier {n},EUR,"));
    all.one("unknown currency", 150, |n| format!("Unit 3,,Coins {n},EUX,COIN-{n}"));
    all.one("wrong check digits", 150, |n| format!("Unit 4,,Slip {n},EUR,DE45 5001 0517 5407 3249 31"));
    all.one("invalid identifier", 100, |n| format!("Unit 4,,Short {n},EUR,DE4450010517540732493"));
    all.one("identifier taken", 100, |n| format!("Unit 5,,Taken {n},SEK,SE29 9990 0000 0000 1001 0001"));
    all.kind(100, |n| {
        let (one, other) = (format!("Unit 6,,Pair {n},EUR,PAIR-{n}"), format!("Unit 7,,Pair {n},EUR,pair-{n}"));
        vec![(one, "ok"), (other, "identifier twice")]
    });
    all.kind(100, |n| vec![(format!("Twin {n},,,,"), "ok"), (format!(" twin  {n} ,,,,"), "twice in the file")]);
    all.kind(100, |n| {
        let line = format!("Unit 8,,Same {n},NOK,SAME-{n}");
        vec![(line.clone(), "ok"), (line, "twice in the file")]
    });
    all.one("unknown parent", 200, |n| format!("Orphan {n},Nowhere {n},,,"));
    all.one("parent left out", 100, |n| format!("Grandchild {n},Orphan {n},,,"));
    all.one("below itself", 150, |n| format!("Ring {n},Ring {},,,", n / 3 * 3 + (n + 1) % 3));
    all.one("below itself", 20, |n| format!("Self {n},Self {n},,,"));
    all.one("parent left out", 50, |n| format!("Pendant {n},Ring {n},,,"));
    all.kind(100, |n| vec![(format!("Torn {n},{GROUP},,,"), "ok"), (format!("Torn {n},{NORDICS},,,"), "two parents")]);
    all.one("below another parent", 60, |_| format!("Lumbrevik Norge AS,{GROUP},,,"));
    all.one("several of this name", 40, |_| "Doublet,,,,".into());
    all.one("several of this name", 40, |n| format!("Lost {n},Doublet,,,"));
    all.kind(1, |_| {
        let deep = |n: usize| format!("Deep {n},{},,,", if n == 0 { String::new() } else { format!("Deep {}", n - 1) });
        let label = |n| ["ok", "too deep", "parent left out"][usize::from(n > 31) + usize::from(n > 32)];
        (0..40).map(|n| (deep(n), label(n))).collect()
    });
    let left = 5_000 - all.len();
    all.one("ok", left, |n| format!("Rest {n},Lumbrevik Treasury AB,,,"));
    all
}

#[test]
fn five_thousand_lines_with_every_kind_of_defect_are_counted_exactly() {
    let org = org_with_doublets();
    let expected = five_thousand(&org).lines();
    assert_eq!(expected.len(), 5_000);
    let text: String = expected.iter().map(|(line, _)| format!("{line}\r\n")).collect();
    let judged = judge(Kind::Places, &format!("\u{FEFF}{COLUMNS}{text}"), &org, owner(&org));
    for (n, ((line, wanted), found)) in (2..).zip(expected.iter().zip(&judged.lines)) {
        assert_eq!((found.row.line, found.verdict.label()), (n, *wanted), "{line}: {:?}", found.verdict);
    }
    let mut wanted = tally(expected.iter().map(|(_, label)| *label));
    let counts = judged.counts;
    assert_eq!(Some(counts.fine), wanted.remove("ok"));
    assert_eq!(Some(counts.there), wanted.remove("already there"));
    assert_eq!(counts.refused, wanted.values().sum::<usize>());
    assert_eq!(counts.problems, wanted);
    assert_eq!(counts.total(), 5_000);
    let Plan::Places { entities, accounts } = judged.plan else { panic!("other things") };
    // Units, shops, twins, torn ones, deep ones and the rest; accounts of units and shops, pairs and same ones.
    let rest = expected.iter().filter(|(line, _)| line.starts_with("Rest ")).count();
    assert_eq!((entities.len(), accounts.len()), (600 + 300 + 100 + 100 + 32 + rest, 1_200 + 300 + 100 + 100));
}

#[test]
fn an_entity_comes_with_the_first_line_that_can_be_imported() {
    let text = "A,,Till,EUX,T-1\nA,,Till,EUR,T-1\nB,A,,,\nA,,,,\nC,D,,,\nD,,Till,EUX,T-2\n";
    assert_eq!(verdicts(text), ["unknown currency", "ok", "ok", "ok", "unknown parent", "unknown currency"],);
}

#[test]
fn an_empty_parent_says_nothing() {
    let text = format!("Norge,,Till,EUR,T-1\nNorge,{NORDICS},,,\n{NORDICS},,,,\nLumbrevik Norge AS,,Kasse,NOK,K-1\n");
    assert_eq!(verdicts(&text), ["ok", "ok", "already there", "ok"]);
}

#[test]
fn a_wrong_parent_in_one_line_leaves_the_others_alone() {
    let text =
        format!("Lumbrevik Norge AS,{GROUP},,,\nLumbrevik Norge AS,,Kasse,NOK,K-1\nOslo,Lumbrevik Norge AS,,,\n");
    assert_eq!(verdicts(&text), ["below another parent", "ok", "ok"]);
}

#[test]
fn an_unknown_parent_is_asked_about() {
    let org = org();
    let judged = judge(Kind::Places, &format!("{COLUMNS}Harbour,,,,\nQuay,Harbor,,,\n"), &org, owner(&org));
    let said = judged.lines[1].verdict.sentences().concat();
    assert_eq!(said, "There is no entity “Harbor”, here or in the file. Did you mean “Harbour”?");
}

#[test]
fn what_is_beyond_the_role_is_refused_line_by_line() {
    let mut org = org();
    let who = person(&org, "Chiara Bianchi", "Treasury administrator");
    let nordics = org.entities().values().find(|entity| entity.name.as_str() == NORDICS).unwrap().id;
    let role = org.role(who.role).unwrap().clone();
    let permissions =
        role.permissions().union([Permission::ENTITIES_CREATE, Permission::ACCOUNTS_CREATE].into_iter().collect());
    let scope = Scope::Chosen { entities: [nordics].into(), accounts: Default::default() };
    org.put(Row::Role(Role { grants: Grants::Advanced(permissions), scope: scope.into(), ..role }));
    assert!(!decide(&org, who, Need::entity(Permission::ENTITIES_CREATE, None)).is_allowed());
    let text = format!(
        "{COLUMNS}Top,,,,\nUnder top,Top,,,\nSverige,{NORDICS},Kassa,SEK,K-1\nMalmö,Sverige,Kassa,SEK,K-2\n\
         Lumbrevik Japan K.K.,,Till,JPY,J-1\nElsewhere,{GROUP},,,\n"
    );
    let judged = judge(Kind::Places, &text, &org, who);
    let refused = "not allowed here";
    assert_eq!(labels(&judged), [refused, "parent left out", "ok", "ok", refused, refused]);
    let command =
        rolodeck::command::import(&judged.plan, who.user, "2026-03-02T09:00:00Z".parse().unwrap(), &mut || [1; 10]);
    assert!(rolodeck::command::authorise(&org, who, &command).is_ok(), "what is judged fine is allowed");
}

#[test]
fn hostile_text_is_shown_and_does_no_harm() {
    let hostile = "=HYPERLINK(1)\u{1b}[31m\u{202e}\u{200b}";
    for column in 0..5 {
        let mut cells = ["Harbour", GROUP, "Till", "EUR", "TILL-1"].map(str::to_owned);
        cells[column] = hostile.into();
        let org = org();
        let judged = judge(Kind::Places, &format!("{COLUMNS}{}\n", cells.join(",")), &org, owner(&org));
        let line = &judged.lines[0];
        assert!(matches!(line.verdict, Verdict::Refused(_)), "{cells:?}");
        let shown = format!("{} {}", line.words(Kind::Places), line.verdict.sentences().concat());
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{shown:?}");
    }
}
