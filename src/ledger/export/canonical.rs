//! JSON that is always written the same way.
use serde_json::Value;

/// The value with the keys of every object in the order of their characters, without a space between its parts, and
/// with an escape for every character beyond printable ASCII. It is what Python's
/// `json.dumps(value, sort_keys=True, separators=(",", ":"))` says, so that anybody can check it. Nothing in it acts on
/// a terminal.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                separate(text, n);
                write(text, item);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            // The map may keep another order, depending on how its crate was built.
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (n, (name, field)) in fields.into_iter().enumerate() {
                separate(text, n);
                write_string(text, name);
                text.push(':');
                write(text, field);
            }
            text.push('}');
        }
    }
}

fn separate(text: &mut String, n: usize) {
    if n > 0 {
        text.push(',');
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            ' '..='~' => text.push(c),
            _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_nothing_acts_on_a_terminal() {
        let value = json!({ "b": [1, -2, true, null, {}], "a": { "z": "x", "é": "\u{1b}[31m\u{202e}😀\u{7f}\n\"\\" } });
        let said = r#"{"a":{"z":"x","\u00e9":"\u001b[31m\u202e\ud83d\ude00\u007f\n\"\\"},"b":[1,-2,true,null,{}]}"#;
        assert_eq!(canonical(&value), said);
    }

    proptest! {
        #[test]
        fn it_means_what_it_was_made_from(key in ".*", text in ".*", number in any::<u64>()) {
            let value = json!({ key: text, "n": number });
            let written = canonical(&value);
            prop_assert!(written.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            prop_assert!(serde_json::from_str::<Value>(&written).is_ok_and(|read| read == value));
        }
    }
}
