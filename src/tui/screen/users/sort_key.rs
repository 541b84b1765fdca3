//! What rows are sorted by, as bytes, so that many are sorted fast.

/// What a row is sorted by: the number of its column, then the text of it, then the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Vec<u8>);

impl SortKey {
    /// What the column says, as a number or a moment and as a text, and the name or address that tells equals apart.
    pub fn new(number: i64, text: &str, name: &str) -> Self {
        let mut key = Vec::with_capacity(size_of::<i64>() + text.len() + 1 + name.len());
        // With the sign turned around, the bytes stand in the order of the numbers.
        key.extend((number ^ i64::MIN).to_be_bytes());
        key.extend(text.as_bytes());
        key.push(0);
        key.extend(name.as_bytes());
        Self(key)
    }
}

impl AsRef<[u8]> for SortKey {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_first_then_the_text_then_the_name() {
        let keys = [(-1, "b", "b"), (0, "a", "b"), (0, "ab", "a"), (0, "b", ""), (i64::MAX, "", "")];
        let keys = keys.map(|(number, text, name)| SortKey::new(number, text, name));
        assert!(keys.is_sorted());
    }
}
