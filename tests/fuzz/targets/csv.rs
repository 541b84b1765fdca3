//! Any bytes as a table to import: read and judged, or refused with a line.
#![no_main]

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use rolodeck::domain::access::Person;
use rolodeck::domain::import::{Judging, Kind, Table};
use rolodeck::domain::org::Org;
use rolodeck::domain::sample;

static SAMPLE: LazyLock<(Arc<Org>, Person)> = LazyLock::new(|| {
    let mut seed = 0_u8;
    let mut next = || {
        seed = seed.wrapping_add(1);
        [seed; 10]
    };
    let org = sample::organization(Timestamp::UNIX_EPOCH, &mut next).unwrap();
    let role = org.owner_role().unwrap().id;
    let user = org.holders(role).next().unwrap().id;
    (Arc::new(org), Person { user, role })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let (kind, head) = match first % 4 {
        0 => (Kind::Places, ""),
        1 => (Kind::Places, "entity,parent,account,currency,identifier\n"),
        2 => (Kind::Invitations, ""),
        _ => (Kind::Invitations, "email,role,name\n"),
    };
    let bytes = [head.as_bytes(), rest].concat();
    let table = match Table::read(kind, &bytes) {
        Ok(table) => table,
        Err(unread) => return assert!(!unread.to_string().is_empty() && !unread.hint().is_empty()),
    };
    let rows = table.rows.len();
    let (org, who) = &*SAMPLE;
    let judged = Judging::new(table, org, *who, Timestamp::UNIX_EPOCH, |_| Ok(())).finish();
    assert_eq!(judged.lines.len(), rows, "a line has no verdict");
});
