//! The past as it reads after people were blanked.
use rolodeck::domain::erasure::Traces;
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Difference;

/// By what those were known who were blanked in between.
pub fn between(before: &Org, after: &Org) -> Vec<Traces> {
    let difference = Difference::between(before, after);
    let users = difference.users().filter_map(|(old, new)| Some((old?, new?)));
    users.filter(|(old, new)| new.is_erased() && !old.is_erased()).map(|(old, _)| Traces::of(old)).collect()
}

/// An organization as it was, without them.
pub fn without(then: &Org, erased: &[Traces]) -> Org {
    let mut left = then.clone();
    for traces in erased {
        let rows = Difference::between(&Org::default(), &left).changes;
        let blanked: Vec<_> = rows.iter().filter_map(|change| traces.blanked(change.after.as_ref()?)).collect();
        blanked.into_iter().for_each(|row| left.put(row));
    }
    left
}
