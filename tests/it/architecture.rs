//! The rules of the architecture, read from the sources.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// What each layer may import of the crate. Nothing else.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("disk", &[]),
    ("outside", &["domain"]),
    ("command", &["domain"]),
    ("mail", &["disk", "domain"]),
    ("settings", &["domain", "mail"]),
    ("ledger", &["disk", "domain", "command", "outside"]),
    ("engine", &["disk", "domain", "command", "ledger", "mail", "outside"]),
    ("tui", &["settings", "domain", "command", "ledger", "engine", "mail", "outside"]),
    ("cli", &["disk", "domain", "command", "ledger", "engine", "mail", "outside", "settings", "tui"]),
];

/// Crates that only some places may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["ledger/store"]),
    ("crossterm", &["tui/terminal"]),
    ("tokio", &["tui/terminal", "cli/dashboard", "main"]),
    ("getrandom", &["main"]),
    ("lettre", &["mail"]),
    ("tui_textarea", &["tui/widget/field"]),
    ("rpassword", &["cli"]),
];

/// Paths that take time or randomness from the system; only `main` may.
const AMBIENT: &[&str] = &["Timestamp::now", "Zoned::now", "SystemTime::now", "Uuid::now_v7", "Uuid::new_v4"];

/// Where the monotonic clock may be used: waiting, never deciding.
const MONOTONIC: &[&str] =
    &["ledger/store/busy", "ledger/store/open", "ledger/store/probe", "tui/terminal", "engine/thread"];

struct Source {
    /// Below src, without the ending: `domain/org`, `tui/widget/mod`.
    place: String,
    module: Vec<String>,
    file: syn::File,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files.iter().filter(|path| !is_test(path)).map(|path| read(&root, path)).collect()
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.file_stem().is_some_and(|stem| stem == "tests")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn read(root: &Path, path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap();
    let place = path.strip_prefix(root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
    let mut module: Vec<_> = place.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    let code = text.lines().position(|line| line.contains("#[cfg(test)]")).unwrap_or(text.lines().count());
    Source { place, module, file: syn::parse_file(&text).unwrap(), lines: code }
}

/// Every path of a source, absolute: `use` trees, expressions, types; `super` and aliases resolved.
#[derive(Default)]
struct Paths {
    module: Vec<String>,
    aliases: BTreeMap<String, Vec<String>>,
    found: Vec<(Vec<String>, usize)>,
}

impl Paths {
    fn of(source: &Source) -> Vec<(Vec<String>, usize)> {
        let mut paths = Self { module: source.module.clone(), ..Self::default() };
        let mut uses = Uses { paths: &mut paths };
        uses.visit_file(&source.file);
        paths.visit_file(&source.file);
        paths.found
    }

    fn absolute(&self, segments: Vec<String>) -> Vec<String> {
        let mut here = self.module.clone();
        let mut rest = segments.into_iter().peekable();
        match rest.peek().map(String::as_str) {
            Some("crate") => {
                rest.next();
                std::iter::once("crate".to_owned()).chain(rest).collect()
            }
            Some("self" | "super") => {
                while let Some(word) = rest.next_if(|word| word == "self" || word == "super") {
                    if word == "super" {
                        here.pop();
                    }
                }
                std::iter::once("crate".to_owned()).chain(here).chain(rest).collect()
            }
            Some(first) => match self.aliases.get(first) {
                Some(meant) => meant.iter().cloned().chain(rest.skip(1)).collect(),
                None => rest.collect(),
            },
            None => Vec::new(),
        }
    }

    fn note(&mut self, segments: Vec<String>, line: usize) {
        let path = self.absolute(segments);
        self.found.push((path, line));
    }
}

/// Whether an item is there for tests alone.
fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

struct Uses<'a> {
    paths: &'a mut Paths,
}

impl Uses<'_> {
    fn tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree, line: usize) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(before, &path.tree, line);
                before.pop();
            }
            syn::UseTree::Name(name) => self.leaf(before, &name.ident.to_string(), &name.ident.to_string(), line),
            syn::UseTree::Rename(rename) => {
                self.leaf(before, &rename.ident.to_string(), &rename.rename.to_string(), line);
            }
            syn::UseTree::Glob(_) => self.paths.note(before.clone(), line),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree, line);
                }
            }
        }
    }

    fn leaf(&mut self, before: &[String], name: &str, alias: &str, line: usize) {
        let mut path = before.to_vec();
        if name != "self" {
            path.push(name.to_owned());
        }
        let absolute = self.paths.absolute(path.clone());
        self.paths.note(path, line);
        let alias = if alias == "self" { before.last().cloned().unwrap_or_default() } else { alias.to_owned() };
        self.paths.aliases.insert(alias, absolute);
    }
}

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !for_tests(&item.attrs) {
            self.tree(&mut Vec::new(), &item.tree, item.span().start().line);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.note(segments, path.span().start().line);
        }
        visit::visit_path(self, path);
    }
}

fn layer(source: &Source) -> &str {
    source.module.first().map_or("", String::as_str)
}

#[track_caller]
fn none(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

#[test]
fn layers_import_downward_only() {
    let layers: BTreeMap<_, BTreeSet<_>> =
        MAY_IMPORT.iter().map(|(layer, below)| (*layer, below.iter().copied().collect())).collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for source in sources() {
        let layer = layer(&source).to_owned();
        if layer == "lib" || layer == "main" {
            continue;
        }
        let below = layers.get(layer.as_str()).unwrap_or_else(|| panic!("src/{layer} is no layer of the design"));
        for (path, line) in Paths::of(&source) {
            let Some(other) = path.get(1).filter(|_| path[0] == "crate") else { continue };
            seen += 1;
            if layers.contains_key(other.as_str()) && *other != layer && !below.contains(other.as_str()) {
                wrong.push(format!("src/{}.rs:{line} uses {}", source.place, path.join("::")));
            }
        }
    }
    assert!(seen > 500, "only {seen} paths were seen, so nothing was checked");
    none(&wrong, "a layer may only use what is below it");
}

#[test]
fn some_crates_are_named_in_one_place_only() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        for (path, line) in Paths::of(&source) {
            for segment in &path {
                let Some((name, places)) = ONLY_IN.iter().find(|(name, _)| name == segment) else { continue };
                seen.insert(*name);
                if !places.iter().any(|place| source.place.starts_with(place)) {
                    wrong.push(format!("src/{}.rs:{line} names {name}", source.place));
                }
            }
        }
    }
    let known: BTreeSet<_> = ONLY_IN.iter().map(|(name, _)| *name).collect();
    assert_eq!(seen, known, "a crate of the rule is not used at all");
    none(&wrong, "these crates belong to one place");
}

#[test]
fn clock_and_randomness_come_from_outside() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (path, line) in Paths::of(&source) {
            let text = path.join("::");
            let ambient = AMBIENT.iter().any(|ambient| text.ends_with(ambient)) && source.place != "main";
            let pure = matches!(layer(&source), "domain" | "command");
            let monotonic =
                text.ends_with("Instant::now") && !MONOTONIC.iter().any(|place| source.place.starts_with(place));
            let io = pure
                && ["std::fs", "std::net", "std::env", "std::thread", "std::process", "std::io"]
                    .iter()
                    .any(|io| text.starts_with(io));
            if ambient || monotonic || io {
                wrong.push(format!("src/{}.rs:{line} uses {text}", source.place));
            }
        }
    }
    none(&wrong, "clock, randomness and I/O are passed in");
}

#[test]
fn pure_layers_hold_no_shared_state_and_await_nothing() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| matches!(layer(source), "domain" | "command")) {
        for (path, line) in Paths::of(source) {
            let last = path.last().map(String::as_str).unwrap_or_default();
            if matches!(last, "RefCell" | "Cell" | "Mutex" | "RwLock" | "Rc") || last.starts_with("Atomic") {
                wrong.push(format!("src/{}.rs:{line} uses {last}", source.place));
            }
        }
    }
    none(&wrong, "domain and command have no shared mutable state");
}

/// The graph of modules inside each layer has no cycle, folders taken as one.
#[test]
fn layers_have_no_cycles_between_their_parts() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        let top = |path: &[String]| path.first().cloned();
        let Some(from) = top(&source.module) else { continue };
        for (path, _) in Paths::of(&source) {
            let ours = path.first().is_some_and(|first| first == "crate");
            if let Some(to) = path.get(1).filter(|to| ours && **to != from) {
                edges.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    let known: BTreeSet<_> = edges.keys().cloned().collect();
    let mut done = BTreeSet::new();
    while done.len() < known.len() {
        let free = |part: &&String| {
            !done.contains(*part) && edges[*part].iter().filter(|to| known.contains(*to)).all(|to| done.contains(to))
        };
        let next: Vec<_> = known.iter().filter(free).cloned().collect();
        assert!(
            !next.is_empty(),
            "these use each other in a circle: {:?}",
            known.difference(&done).collect::<Vec<_>>()
        );
        done.extend(next);
    }
}

struct Functions {
    found: Vec<(String, usize, usize)>,
}

impl Functions {
    fn note(&mut self, name: &syn::Ident, span: proc_macro2::Span) {
        let (start, end) = (span.start().line, span.end().line);
        self.found.push((name.to_string(), start, end + 1 - start));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig.ident, item.block.span());
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig.ident, item.block.span());
        visit::visit_impl_item_fn(self, item);
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.lines > 400 {
            wrong.push(format!("src/{}.rs has {} lines of code", source.place, source.lines));
        }
        let mut functions = Functions { found: Vec::new() };
        functions.visit_file(&source.file);
        let long = functions.found.iter().filter(|(_, _, lines)| *lines > 70);
        wrong.extend(
            long.map(|(name, line, lines)| format!("src/{}.rs:{line} fn {name} has {lines} lines", source.place)),
        );
    }
    none(&wrong, "files have at most 400 lines, functions at most 70");
}

#[test]
fn modules_are_named_after_things() {
    let vague = ["util", "utils", "helper", "helpers", "manager", "service", "handler", "common", "misc"];
    let named = |source: &Source| source.module.iter().any(|part| vague.contains(&part.as_str()));
    let wrong: Vec<_> = sources().iter().filter(|source| named(source)).map(|source| source.place.clone()).collect();
    none(&wrong, "a module's name says what it holds");
}

#[test]
fn only_the_ledger_writes_and_makes_sessions() {
    let door = |name: &str| matches!(name, "begin" | "append" | "commit");
    for source in sources() {
        let mut found = Visibilities { place: source.place.clone(), wrong: Vec::new(), door };
        found.visit_file(&source.file);
        none(&found.wrong, "these belong to the ledger alone");
    }
}

struct Visibilities {
    place: String,
    wrong: Vec<String>,
    door: fn(&str) -> bool,
}

impl<'ast> Visit<'ast> for Visibilities {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let syn::Type::Path(of) = item.self_ty.as_ref() else { return };
        let of = of.path.segments.last().unwrap().ident.to_string();
        for function in &item.items {
            let syn::ImplItem::Fn(function) = function else { continue };
            let name = function.sig.ident.to_string();
            let guarded = (matches!(of.as_str(), "Store" | "Writing") && (self.door)(&name))
                || (matches!(of.as_str(), "Session" | "Invited") && name == "new");
            if guarded && matches!(function.vis, syn::Visibility::Public(_)) {
                self.wrong.push(format!("src/{}.rs: {of}::{name} is public", self.place));
            }
        }
    }
}
