//! The rooms are layers: which room uses which, read from the paths in the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseName, UseRename, UseTree};

use super::support::{files, root};

/// Each room, from the lowest layer to the highest, and the rooms that it uses. All of these stand above it in the table.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("digest", &[]),
    ("styles", &[]),
    ("source", &[]),
    ("diagnostic", &["source", "text"]),
    ("model", &["diagnostic", "digest", "source"]),
    ("language", &["model", "styles"]),
    ("product", &["language", "model"]),
    ("link", &["model"]),
    ("load", &["diagnostic", "source", "text"]),
    (
        "parse",
        &["diagnostic", "language", "load", "model", "source", "text"],
    ),
    ("pictures", &["model"]),
    ("reading", &["language", "model", "source"]),
    ("citation", &["language", "link", "model", "text"]),
    (
        "ledger",
        &[
            "diagnostic",
            "digest",
            "load",
            "model",
            "parse",
            "source",
            "text",
        ],
    ),
    ("skeleton", &["model", "styles", "text"]),
    (
        "check",
        &[
            "citation",
            "diagnostic",
            "language",
            "ledger",
            "link",
            "model",
            "reading",
            "source",
            "text",
        ],
    ),
    (
        "report",
        &[
            "citation",
            "diagnostic",
            "language",
            "model",
            "reading",
            "source",
        ],
    ),
    (
        "assemble",
        &[
            "citation", "language", "link", "model", "product", "reading", "source",
        ],
    ),
    ("render", &["model"]),
    (
        "render::typst",
        &[
            "diagnostic",
            "language",
            "model",
            "render",
            "source",
            "styles",
        ],
    ),
    ("render::html", &["model", "render", "source", "styles"]),
    (
        "render::epub",
        &["model", "render", "render::html", "styles"],
    ),
    (
        "render::web",
        &[
            "digest",
            "model",
            "product",
            "render",
            "render::html",
            "source",
            "styles",
        ],
    ),
    (
        "render::site",
        &["assemble", "model", "product", "render", "styles"],
    ),
    (
        "release",
        &[
            "assemble", "citation", "digest", "language", "ledger", "link", "model", "render",
            "source", "styles", "text",
        ],
    ),
    ("ui", &["diagnostic", "source", "text"]),
    (
        "outputs",
        &[
            "assemble",
            "citation",
            "diagnostic",
            "model",
            "product",
            "release",
            "render",
            "render::typst",
            "render::epub",
            "render::site",
            "render::web",
            "report",
            "source",
            "text",
            "ui",
        ],
    ),
    (
        "session",
        &[
            "check",
            "diagnostic",
            "ledger",
            "load",
            "model",
            "outputs",
            "parse",
            "pictures",
            "release",
            "render::typst",
            "source",
            "ui",
        ],
    ),
    (
        "disk",
        &[
            "digest",
            "load",
            "model",
            "product",
            "release",
            "render",
            "render::site",
            "source",
        ],
    ),
    (
        "command",
        &[
            "assemble",
            "citation",
            "diagnostic",
            "disk",
            "language",
            "ledger",
            "load",
            "model",
            "outputs",
            "parse",
            "pictures",
            "product",
            "release",
            "render",
            "render::epub",
            "render::html",
            "render::site",
            "render::typst",
            "render::web",
            "session",
            "skeleton",
            "source",
            "text",
            "ui",
        ],
    ),
    (
        "cli",
        &[
            "command", "link", "model", "outputs", "parse", "product", "ui",
        ],
    ),
    ("main", &["cli"]),
];

/// Where a file uses something of another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    from: String,
    to: String,
    /// The path as it is written, from the root of the crate.
    name: String,
}

/// The modules of the crate by their paths (`parse::fields`), each with its file below `src/`.
fn modules() -> BTreeMap<Vec<String>, String> {
    let sources = files(&root().join("src")).into_iter();
    let rust = sources.filter(|file| file.extension().is_some_and(|ending| ending == "rs"));
    rust.map(|file| (module(&file), file.to_str().unwrap().replace('\\', "/")))
        .collect()
}

fn module(file: &Path) -> Vec<String> {
    let mut parts: Vec<String> = (file.with_extension("").iter())
        .map(|part| part.to_str().unwrap().to_owned())
        .collect();
    parts.pop_if(|last| last == "mod" || last == "lib");
    parts
}

/// The room of a module.
fn room(module: &[String]) -> String {
    let is_room = |module: &[String]| LAYERS.iter().any(|(room, _)| *room == module.join("::"));
    let longest = (1..=module.len().min(2))
        .rev()
        .find(|length| is_room(&module[..*length]));
    longest.map_or_else(|| module.join("::"), |length| module[..length].join("::"))
}

/// What comes from outside the crate, and the rooms that may use it. Macros of the standard library have their names only.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("typst", &["render::typst"]),
    ("typst_kit", &["render::typst"]),
    ("typst_layout", &["render::typst"]),
    ("typst_pdf", &["render::typst"]),
    ("typst_render", &["render::typst"]),
    ("biblatex", &["citation"]),
    ("epub_builder", &["render::epub"]),
    ("pulldown_cmark", &["parse"]),
    ("ttf_parser", &["parse"]),
    ("clap", &["cli", "command", "ui"]),
    ("clap_complete", &["cli", "command"]),
    ("clap_mangen", &["command"]),
    ("notify", &["command"]),
    ("std::fs", &["command", "disk", "load"]),
    // The working folder, and the day of a release unless it is given.
    ("std::env", &["command", "ui"]),
    ("std::time", &["command", "ui"]),
    ("std::thread", &["command"]),
    ("std::net", &["command"]),
    ("std::process::Command", &["command"]),
    ("std::io::stdout", &["ui"]),
    ("std::io::stderr", &["ui"]),
    ("print!", &[]),
    ("println!", &[]),
    ("eprint!", &[]),
    ("eprintln!", &[]),
    ("dbg!", &[]),
    // They are not the same in every run: an order, and random numbers.
    ("std::collections::HashMap", &[]),
    ("std::collections::HashSet", &[]),
    ("std::hash::RandomState", &[]),
    ("uuid::Uuid::new_v4", &[]),
    ("uuid::Uuid::now_v7", &[]),
    // The secret by which the preview knows its own pages.
    ("getrandom", &["command"]),
    ("rand", &[]),
];

/// Collects the paths of a file: those that lead to other files of the crate, and those that lead outside.
struct Paths {
    module: Vec<String>,
    found: BTreeSet<Vec<String>>,
    outside: BTreeSet<Vec<String>>,
    /// The names that the file has for things of the crate.
    own: BTreeSet<String>,
    /// The names that the file has for things from outside, and their paths.
    foreign: BTreeMap<String, Vec<String>>,
    /// Modules within the file that stand around what is visited.
    within: usize,
}

impl Paths {
    /// Adds a path; its first segment tells where it begins.
    fn add(&mut self, segments: &[String]) {
        let mut at = match segments.first().map(String::as_str) {
            Some("crate" | "fascicle") => Vec::new(),
            Some("self") => self.module.clone(),
            Some("super") => {
                let mut at = self.module.clone();
                let up = segments
                    .iter()
                    .take_while(|segment| *segment == "super")
                    .count();
                at.truncate(at.len().saturating_sub(up.saturating_sub(self.within)));
                at
            }
            Some(name) if !self.own.contains(name) => {
                let path = self.foreign.get(name).filter(|path| path[0] != name);
                self.outside.insert(match path {
                    Some(path) => [path, &segments[1..]].concat(),
                    None => segments.to_vec(),
                });
                return;
            }
            _ => return,
        };
        let is_start = |segment: &&String| is_crate(segment);
        at.extend(segments.iter().skip_while(is_start).cloned());
        self.found.insert(at);
    }

    /// Adds what `use` brings in; names of things of the crate hide crates of the same name.
    fn tree(&mut self, tree: &UseTree, before: &[String]) {
        let is_own = before.first().is_some_and(|first| is_crate(first));
        let with = |name: String| match name == "self" {
            true => before.to_vec(),
            false => [before, &[name]].concat(),
        };
        if let UseTree::Name(UseName { ident }) | UseTree::Rename(UseRename { ident, .. }) = tree {
            let path = with(ident.to_string());
            let name = match tree {
                UseTree::Rename(rename) => Some(rename.rename.to_string()),
                _ => path.last().cloned(),
            };
            let name = name.unwrap_or_default();
            match is_own {
                true => drop(self.own.insert(name)),
                false => drop(self.foreign.insert(name, path)),
            }
        }
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string())),
            UseTree::Name(name) => self.add(&with(name.ident.to_string())),
            UseTree::Rename(name) => self.add(&with(name.ident.to_string())),
            UseTree::Glob(_) if is_own => self.add(before),
            UseTree::Glob(_) => drop(self.outside.insert(with("*".to_owned()))),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before)),
        }
    }

    /// The paths among the words of a macro's arguments.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.add(&std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) if punct.as_char() == '!' => {
                    self.macro_name(&std::mem::take(&mut path));
                    colons = 0;
                }
                TokenTree::Group(group) => {
                    self.add(&std::mem::take(&mut path));
                    self.tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.add(&std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.add(&path);
    }

    /// Adds a macro by its last name, with its mark.
    fn macro_name(&mut self, path: &[String]) {
        let name = path.last().map(|name| vec![format!("{name}!")]);
        self.outside.extend(name);
    }
}

/// Whether a path that begins so leads to the crate itself.
fn is_crate(first: &str) -> bool {
    matches!(first, "crate" | "fascicle" | "self" | "super")
}

fn is_test(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| {
        let test = attribute.parse_args::<syn::Ident>();
        attribute.path().is_ident("cfg") && test.is_ok_and(|ident| ident == "test")
    })
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if is_test(&item.attrs) {
            return;
        }
        self.within += 1;
        visit::visit_item_mod(self, item);
        self.within -= 1;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.add(&segments);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        let name = item.path.segments.last().map(|name| name.ident.to_string());
        self.macro_name(&Vec::from_iter(name));
        self.tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }
}

/// The paths in each file of `src/`; unit tests left out.
fn paths() -> Vec<(String, Paths)> {
    let read = |(module, file): (Vec<String>, String)| {
        let text = std::fs::read_to_string(root().join("src").join(&file)).unwrap();
        let syntax = syn::parse_file(&text).unwrap();
        let mut paths = Paths {
            module,
            found: BTreeSet::new(),
            outside: BTreeSet::new(),
            own: BTreeSet::new(),
            foreign: BTreeMap::new(),
            within: 0,
        };
        let is_tested = |item: &&Item| !matches!(item, Item::Mod(item) if is_test(&item.attrs));
        let items: Vec<&Item> = syntax.items.iter().filter(is_tested).collect();
        // What `use` names comes first, wherever it is.
        let uses = items.iter().filter(|item| matches!(item, Item::Use(_)));
        uses.for_each(|item| paths.visit_item(item));
        for item in &items {
            paths.visit_item(item);
        }
        (file, paths)
    };
    modules().into_iter().map(read).collect()
}

/// What each file of `src/` uses of the others.
fn uses() -> BTreeSet<Use> {
    let modules = modules();
    let mut uses = BTreeSet::new();
    for (file, paths) in paths() {
        for path in &paths.found {
            let is_module = |length: &usize| modules.contains_key(&path[..*length]);
            let longest = (1..=path.len()).rev().find(is_module);
            let to = longest.and_then(|length| modules.get(&path[..length]));
            uses.extend(to.filter(|to| **to != file).map(|to| Use {
                from: file.clone(),
                to: to.clone(),
                name: path.join("::"),
            }));
        }
    }
    assert!(uses.len() > 200, "only {} uses were found", uses.len());
    uses
}

#[test]
fn external_crates_and_modules_stay_in_their_rooms() {
    let mut unused: BTreeSet<(&str, &str)> = OUTSIDE
        .iter()
        .flat_map(|(name, rooms)| rooms.iter().map(|room| (*name, *room)))
        .collect();
    let mut wrong = Vec::new();
    for (file, paths) in paths() {
        let room = room(&module(Path::new(&file)));
        for path in paths.outside.iter().map(|path| path.join("::")) {
            for (name, rooms) in OUTSIDE {
                // All that is in a module may be what is asked for.
                let is_all = (path.strip_suffix('*')).is_some_and(|all| name.starts_with(all));
                if path != *name && !path.starts_with(&format!("{name}::")) && !is_all {
                    continue;
                }
                unused.retain(|used| *used != (*name, room.as_str()));
                if !rooms.contains(&room.as_str()) {
                    wrong.push(format!("{file} uses {path}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not in the rooms of {wrong:#?}");
    assert!(unused.is_empty(), "rooms that do not need it: {unused:#?}");
}

#[test]
fn rooms_use_only_lower_rooms() {
    for (index, (room, uses)) in LAYERS.iter().enumerate() {
        for used in *uses {
            let lower = LAYERS[..index].iter().any(|(lower, _)| lower == used);
            assert!(
                lower,
                "the table lets `{room}` use `{used}`, which is no layer below it"
            );
        }
    }
    let mut unused: BTreeSet<(&str, &str)> = LAYERS
        .iter()
        .flat_map(|(room, uses)| uses.iter().map(|used| (*room, *used)))
        .collect();
    let mut wrong = Vec::new();
    for item in uses() {
        let of = |file: &str| room(&module(&PathBuf::from(file)));
        let (from, to) = (of(&item.from), of(&item.to));
        if from == to || from.is_empty() || to.is_empty() {
            continue;
        }
        unused.retain(|(user, used)| (*user, *used) != (from.as_str(), to.as_str()));
        let allowed = LAYERS.iter().find(|(room, _)| *room == from);
        if !allowed.is_some_and(|(_, uses)| uses.contains(&to.as_str())) {
            wrong.push(format!("{} uses {} ({})", item.from, item.to, item.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "edges that the table of layers does not have: {wrong:#?}"
    );
    assert!(
        unused.is_empty(),
        "edges of the table that no file needs: {unused:#?}"
    );
}

#[test]
fn every_room_has_a_layer() {
    for module in modules().into_keys().filter(|module| !module.is_empty()) {
        let room = room(&module);
        assert!(
            LAYERS.iter().any(|(known, _)| *known == room),
            "`{room}` is in no layer"
        );
    }
}

#[test]
fn files_do_not_use_each_other_in_circles() {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Use { from, to, .. } in uses() {
        let (inner, outer) = (module(&PathBuf::from(&from)), module(&PathBuf::from(&to)));
        // A module and its parts are one.
        let related = inner.starts_with(&outer) || outer.starts_with(&inner);
        if !related {
            graph.entry(from).or_default().insert(to);
        }
    }
    // What only uses files that are taken away is in no circle.
    loop {
        let left: BTreeSet<String> = graph.keys().cloned().collect();
        for uses in graph.values_mut() {
            uses.retain(|used| left.contains(used));
        }
        let before = graph.len();
        graph.retain(|_, uses| !uses.is_empty());
        if graph.len() == before {
            break;
        }
    }
    assert!(graph.is_empty(), "files that use each other: {graph:#?}");
}
