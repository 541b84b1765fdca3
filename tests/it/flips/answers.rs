//! Every answer of the product to every question, as one digest.
use std::path::Path;

use rolodeck::domain::org::Org;
use rolodeck::domain::row::{Difference, Row};
use rolodeck::domain::user::Digest;
use rolodeck::ledger::secrets::sha256;
use rolodeck::ledger::store::Store;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// What the store is asked beyond what it offers here: failed sign-ins, secrets, and the indexes of the trail. Each
/// index is walked from end to end.
const QUESTIONS: [&str; 20] = [
    "SELECT key, failures, paused_until, last FROM attempt",
    "SELECT tries, noted FROM stranger",
    "SELECT kind, owner, bytes FROM secret",
    "SELECT owner FROM secret INDEXED BY secret_code WHERE kind = 'invitation_code' AND bytes > x'' ORDER BY bytes",
    "SELECT invitation FROM outbox INDEXED BY outbox_waiting WHERE state = 'waiting' ORDER BY next_try",
    "SELECT user, seq, at FROM log INDEXED BY log_sign_in WHERE command = 'sign_in' AND outcome = 'done' ORDER BY user, seq DESC",
    "SELECT user, seq, command FROM log INDEXED BY log_user WHERE user > x'' ORDER BY user, seq DESC",
    "SELECT command, seq, outcome FROM log INDEXED BY log_command WHERE command > '' ORDER BY command, seq DESC",
    "SELECT outcome, seq, command FROM log INDEXED BY log_outcome WHERE outcome > '' ORDER BY outcome, seq DESC",
    "SELECT kind, id, seq, n, hash FROM log_body INDEXED BY log_body_row WHERE kind > '' ORDER BY kind, id, seq",
    "SELECT seq, id FROM log ORDER BY id",
    "SELECT seq, hash FROM log_head",
    "SELECT seq, n, entry, old, new FROM redaction",
    "SELECT entry, seq FROM redaction INDEXED BY redaction_entry WHERE entry > 0 ORDER BY entry",
    "SELECT key, typed, user, invitation FROM address",
    "SELECT key FROM address INDEXED BY address_user WHERE user IS NOT NULL ORDER BY user",
    "SELECT name_key, id FROM role INDEXED BY role_name WHERE state = 'active' ORDER BY name_key",
    "SELECT name_key, id FROM entity ORDER BY parent, name_key",
    "SELECT state, filed, id, effect FROM change_request INDEXED BY change_request_state WHERE state > '' ORDER BY state",
    "SELECT identifier, currency, id FROM account ORDER BY identifier, currency",
];

/// What the file answers; an error when it cannot be opened.
pub fn answers(path: &Path) -> Result<Digest, String> {
    let said = |error: rolodeck::ledger::fault::Fault| error.to_string();
    let store = Store::open(path).map_err(said)?;
    let mut all = Vec::new();
    organization(&store, &mut all);
    log(&store, &mut all).map_err(said)?;
    all.extend(format!("{:?}", store.deliveries().map_err(said)?).bytes());
    all.extend(format!("{:?}", store.waiting(jiff::Timestamp::MAX, 1_000).map_err(said)?).bytes());
    drop(store);
    beside(path, &mut all).map_err(|error| error.to_string())?;
    Ok(sha256(&all))
}

fn organization(store: &Store, all: &mut Vec<u8>) {
    let org = store.org();
    for change in Difference::between(&Org::default(), &org).changes {
        all.extend(change.after.as_ref().map(Row::to_json).unwrap().unwrap());
    }
    all.extend(format!("{:?} {:?}", org.addresses(), store.head()).bytes());
}

fn log(store: &Store, all: &mut Vec<u8>) -> Result<(), rolodeck::ledger::fault::Fault> {
    for header in store.entries(0, u32::MAX)? {
        all.extend(format!("{header:?}").bytes());
        for body in store.bodies(header.seq)? {
            all.extend(
                format!("{} {} {:?} {} {:?}", body.n, body.kind, body.id, body.version, body.bytes.is_some()).bytes(),
            );
            all.extend(body.salt.iter().chain(&body.hash.0).chain(&body.bytes.unwrap_or_default()));
        }
    }
    all.extend(format!("{:?}", store.newest_before(u64::MAX, 20)?).bytes());
    let org = store.org();
    for user in org.users().keys() {
        all.extend(format!("{:?}", store.last_sign_in(*user, u64::MAX)?).bytes());
        let before = store.body_before(store.head().seq + 1, (*user).into())?;
        all.extend(before.map(|body| body.hash.0).unwrap_or_default());
    }
    Ok(())
}

fn beside(path: &Path, all: &mut Vec<u8>) -> rusqlite::Result<()> {
    let address = format!("file:{}?mode=ro&immutable=1", path.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let raw = Connection::open_with_flags(address, flags)?;
    for question in QUESTIONS {
        let mut statement = raw.prepare(question)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let (kind, bytes) = match row.get_ref(column)? {
                    ValueRef::Null => (0, Vec::new()),
                    ValueRef::Integer(value) => (1, value.to_be_bytes().to_vec()),
                    ValueRef::Real(value) => (2, value.to_be_bytes().to_vec()),
                    ValueRef::Text(value) => (3, value.to_vec()),
                    ValueRef::Blob(value) => (4, value.to_vec()),
                };
                all.push(kind);
                all.extend((bytes.len() as u64).to_be_bytes());
                all.extend(bytes);
            }
        }
    }
    Ok(())
}
