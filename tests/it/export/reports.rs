//! The HTML report: harmless whatever people are called, and its numbers counted a second time.
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rolodeck::command::{CreateEntity, DeactivateUser, EditOrganization, ExportFormat, RenameRole};
use rolodeck::domain::id::EntityId;
use rolodeck::domain::moment::Period;
use rolodeck::domain::org::Org;
use rolodeck::domain::user::UserStatus;
use rolodeck::ledger::story::tell;

use super::trail::{AUDITOR, EVERYTHING, OWNER, Office, STRANGER};

/// The text of every table, line by line and cell by cell.
fn tables(html: &str) -> Vec<Vec<Vec<String>>> {
    let cells = |line: &str| -> Vec<String> {
        let starts: Vec<_> = line.match_indices("<td").chain(line.match_indices("<th")).map(|(at, _)| at).collect();
        let mut starts = starts;
        starts.sort_unstable();
        let cell = |at: &usize| {
            let inside = line[*at..].split_once('>').unwrap().1;
            inside.split("</t").next().unwrap().to_owned()
        };
        starts.iter().map(cell).collect()
    };
    let table = |part: &str| part.split("<tr>").skip(1).map(cells).collect();
    html.replace("<table class=\"numbers\">", "<table>")
        .split("<table>")
        .skip(1)
        .map(|part| table(part.split("</table>").next().unwrap()))
        .collect()
}

/// The numbers of the line with this name: beginning, end, difference.
fn line(html: &str, name: &str) -> [String; 3] {
    let lines = tables(html).concat();
    let line = lines.iter().find(|line| line[0] == name).unwrap_or_else(|| panic!("no line {name}"));
    [line[1].clone(), line[2].clone(), line[3].clone()]
}

fn at(office: &Office, moment: &str) -> Org {
    let moment = moment.parse::<jiff::Timestamp>().unwrap();
    let headers = office.store.entries(0, 1_000).unwrap();
    office.store.fold(headers.iter().filter(|header| header.at < moment).count() as u64).unwrap()
}

#[test]
fn the_population_is_what_is_counted_by_hand() {
    let mut office = Office::busy();
    let ingrid = office.sign_in(OWNER);
    let user = office.store.org().users().values().find(|user| user.name.as_str() == "Oisín Ó Briain").unwrap().id;
    let when = office.weather.outside().now();
    office.done(&ingrid, DeactivateUser { user, by: ingrid.person().user, at: when });
    let period = Period::typed("2026-03-03", "", &TimeZone::UTC).unwrap();
    let (before, after) = (at(&office, "2026-03-03T00:00:00Z"), Org::clone(&office.store.org()));
    let html = office.export(&ingrid, ExportFormat::Html, period);
    let users = |org: &Org, status| org.users().values().filter(|user| user.status == status).count().to_string();
    for (name, status) in [("may sign in", UserStatus::Active), ("were deactivated", UserStatus::Deactivated)] {
        let [was, is, _] = line(&html, &format!("Users who {name}"));
        assert_eq!([was, is], [users(&before, status), users(&after, status)], "{name}");
    }
    assert_eq!(line(&html, "Users who may sign in")[2], "\u{2212}1");
    assert_eq!(line(&html, "Roles"), ["10", "12", "+2"]);
    assert_eq!(line(&html, "Entities")[2], "+1");
    assert_eq!(line(&html, "Open invitations")[2], "+1");
    for role in after.active_roles() {
        let holders = |org: &Org| org.holders(role.id).count().to_string();
        let [was, is, _] = line(&html, &role.name.to_string());
        assert_eq!([was, is], [holders(&before), holders(&after)], "{}", role.name);
    }
    assert_eq!(line(&office.export(&ingrid, ExportFormat::Html, EVERYTHING), "Roles")[0], "0");
}

#[test]
fn the_bars_are_the_changes_of_each_week() {
    let mut office = Office::busy();
    office.wait(24 * 21);
    let ingrid = office.sign_in(OWNER);
    office.create_role(&ingrid, "Late");
    let mut expected: BTreeMap<Date, u64> = BTreeMap::new();
    for header in office.store.entries(0, 1_000).unwrap() {
        if !tell(&office.store, &header).unwrap().changes.is_empty() {
            let day = header.at.to_zoned(jiff::tz::TimeZone::UTC).date();
            let days = day.since(Date::constant(2026, 3, 2)).unwrap().get_days();
            *expected.entry(Date::constant(2026, 3, 2) + jiff::Span::new().days(days / 7 * 7)).or_default() += 1;
        }
    }
    let html = office.export(&ingrid, ExportFormat::Html, EVERYTHING);
    let bars: Vec<u64> = html
        .match_indices("data-changes=\"")
        .map(|(at, found)| html[at + found.len()..].split('"').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(bars.len(), 6, "weeks without a change are there too");
    let drawn: Vec<_> = bars.iter().copied().filter(|changes| *changes > 0).collect();
    assert_eq!(drawn, expected.values().copied().collect::<Vec<_>>());
    assert_eq!(bars.iter().sum::<u64>(), html.matches("<article>").count() as u64);
    for (week, changes) in expected {
        assert!(html.contains(&format!("week of {week}: {changes}")), "no words for {week}");
        assert!(html.contains(&format!("<title>Week of {week}: {changes}</title>")), "no bar for {week}");
    }
}

#[test]
fn it_tells_the_whole_story() {
    let mut office = Office::busy();
    let ingrid = office.sign_in(OWNER);
    let head = office.store.head().hash;
    let html = office.export(&ingrid, ExportFormat::Html, EVERYTHING);
    for told in [
        "<h1>Lumbrevik Group</h1>",
        "Ingrid Åsgård (Owner)",
        "asked for by <b>Ingrid Åsgård (Owner)</b>, approved by <b>Mateusz Wiśniewski (Owner)</b>",
        "four-eyes on for nothing -&gt; User management",
        "<th scope=\"row\">User management</th><td>not founded yet</td><td>on</td>",
        "Creates and approves the same payment",
        "roles:delete",
        "<td>Reader</td><td>=Reader</td>",
        &head.to_string(),
    ] {
        assert!(html.contains(told), "{told}");
    }
}

/// Texts that would be something else than text, if a page let them.
fn hostile() -> Vec<String> {
    let ways = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg/onload=alert(1)>",
        "</title><script src=//x>",
        "</td></table><iframe>",
        "</desc></svg><b>",
        "&lt;script&gt;",
        "&#60;b&#62;",
        "<!--",
        "-->",
        "]]><x>",
        "</style><link rel=x>",
        "<a href=javascript:x>",
        "<<b>>",
        "<U+202E>",
        "\u{ff1c}script\u{ff1e}",
        "<meta http-equiv=refresh>",
        "`<b>`",
        "${<b>}",
        "<b\ttitle=x>",
    ];
    (0..200).map(|n| format!("{n}{}", ways[n % ways.len()])).filter(|name| !name.contains('\t')).collect()
}

#[test]
fn nothing_in_it_is_markup_that_somebody_typed() {
    let mut office = Office::busy();
    let ingrid = office.sign_in(OWNER);
    let plain = office.export(&ingrid, ExportFormat::Html, EVERYTHING);
    let auditor = office.sign_in(AUDITOR);
    let role = office.store.org().active_roles().find(|role| role.name.as_str() == "=Reader").unwrap().id;
    let names = hostile();
    assert!(names.len() >= 190);
    let mut taken = 0;
    for name in &names {
        if let Ok(name) = name.parse() {
            office.done(&ingrid, CreateEntity { entity: office.id(EntityId::new), name, parent: None });
            taken += 1;
        }
        if let Ok(name) = name.parse() {
            office.done(&ingrid, EditOrganization { name, domains: Vec::new() });
        }
        if let Ok(name) = name.parse() {
            office.run(&auditor, RenameRole { role, name }).done().unwrap_err();
        }
    }
    assert!(taken > 180, "only {taken} of the names are names");
    let html = office.export(&ingrid, ExportFormat::Html, EVERYTHING);
    assert!(html.matches("alert(1)").count() > 60);
    // Every tag, with its attributes and numbers aside, is one that a harmless report has as well.
    let tags = |html: &str| -> BTreeSet<String> {
        let tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap());
        tags.map(|tag| tag.replace(|c: char| c.is_ascii_digit(), "")).collect()
    };
    let unknown: Vec<_> = tags(&html).difference(&tags(&plain)).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(!html.contains("<script"));
    assert_eq!(html.matches("http").count(), html.matches("http-equiv").count(), "something from elsewhere");
    assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

#[test]
fn addresses_are_left_out_for_who_may_not_see_the_members() {
    let mut office = Office::with_a_stranger();
    let (ingrid, stranger) = (office.sign_in(OWNER), office.sign_in(STRANGER));
    let role = office.create_role(&ingrid, "Reader");
    office.invite(&ingrid, role, "nora@elsewhere.example.org");
    let html = office.export(&stranger, ExportFormat::Html, EVERYTHING);
    assert!(html.contains("(hidden)") && html.contains("may not see the members"));
    let styles = html.matches("@page").count() + html.matches("@media").count();
    assert_eq!(html.matches('@').count(), styles, "an address is in it");
    assert!(office.export(&ingrid, ExportFormat::Html, EVERYTHING).contains("nora@elsewhere.example.org"));
}
