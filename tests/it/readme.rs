//! The README says what the program does.
use std::path::Path;

use rolodeck::tui::everywhere::BINDINGS;
use rolodeck::tui::key::Key;

const BEGIN: &str = "<!-- keys: made from the program's bindings, held by a test -->\n";
const END: &str = "<!-- end of keys -->";

fn table() -> String {
    let mut table = String::from("| key | | what it does |\n|---|---|---|\n");
    for binding in BINDINGS {
        let keys: Vec<_> = binding.keys.iter().map(|key| format!("`{}`", key.parse::<Key>().unwrap())).collect();
        table.push_str(&format!("| {} | {} | {} |\n", keys.join(" "), binding.label, binding.about));
    }
    table
}

#[test]
fn the_keys_of_the_readme_are_the_keys_of_the_program() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let now = table();
    if std::env::var_os("ROLODECK_WRITE_README").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{now}{END}{after}")).unwrap();
    }
    assert!(written == now, "the keys in README.md are old; write them anew with ROLODECK_WRITE_README=1");
}
