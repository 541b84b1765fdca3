//! Sorting many texts.

/// Bytes that are compared at once.
const CHUNK: usize = 8;

/// The items in the order of the bytes of their keys, and of themselves where the keys are equal.
///
/// Eight bytes of each are compared as one number, and only among equals the next eight: what many texts begin with is
/// read once, and hardly a comparison goes to where the text is.
pub fn sorted<T: Copy + Ord>(rows: impl Iterator<Item = (impl AsRef<[u8]>, T)>) -> Vec<T> {
    let rows: Vec<_> = rows.collect();
    let places = rows.iter().map(|(key, item)| Place { chunk: 0, ends: false, key: key.as_ref(), item: *item });
    let mut order: Vec<Place<'_, T>> = places.collect();
    sort(&mut order, 0);
    order.into_iter().map(|place| place.item).collect()
}

struct Place<'k, T> {
    chunk: u64,
    ends: bool,
    key: &'k [u8],
    item: T,
}

impl<T> Place<'_, T> {
    /// Reads the bytes from `depth` on as a number.
    fn read(&mut self, depth: usize) {
        let rest = self.key.get(depth..).unwrap_or_default();
        let mut chunk = [0; CHUNK];
        chunk.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.chunk = u64::from_be_bytes(chunk);
        self.ends = rest.len() <= CHUNK;
    }
}

fn sort<T: Copy + Ord>(rows: &mut [Place<'_, T>], depth: usize) {
    rows.iter_mut().for_each(|row| row.read(depth));
    rows.sort_unstable_by_key(|row| row.chunk);
    for equals in rows.chunk_by_mut(|one, next| one.chunk == next.chunk).filter(|equals| equals.len() > 1) {
        if equals.iter().any(|row| row.ends) {
            equals.sort_unstable_by(|one, other| (one.key, one.item).cmp(&(other.key, other.item)));
        } else {
            sort(equals, depth + CHUNK);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_are_sorted_as_two_are_compared(
            rows in prop::collection::vec(("[ab]{0,2}(aaaaaaaa|b\0?){0,4}", 0_u8..9), 0..60),
        ) {
            let mut expected = rows.clone();
            expected.sort();
            let expected: Vec<u8> = expected.into_iter().map(|row| row.1).collect();
            prop_assert_eq!(sorted(rows.into_iter()), expected);
        }
    }
}
