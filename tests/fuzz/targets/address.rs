//! Any text as a list of addresses, and as one.
#![no_main]

use rolodeck::domain::address::{EmailAddress, split_list};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let entries: Vec<_> = split_list(text).collect();
    for entry in &entries {
        if let Ok(address) = EmailAddress::new(&entry.address) {
            // What is an address stays one, and is the same one, however often it is read.
            let again = EmailAddress::new(address.as_str()).unwrap();
            assert_eq!(again.key(), address.key());
            assert!(!address.as_str().contains(char::is_control));
        }
    }
    // Nothing with a letter or digit in it is dropped without a word.
    if entries.is_empty() {
        assert!(!text.contains(|c: char| c.is_ascii_alphanumeric()), "{text:?} was dropped");
    }
});
