//! The invariants of ARCHITECTURE.md.

use std::path::Path;

use super::support::{files, root};

/// The lines of every Rust file below `src/`, with the path of the file; unit tests left out.
fn lines() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let sources = files(&root().join("src"));
    for file in sources
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
    {
        let path = file.to_str().unwrap().replace('\\', "/");
        let text = std::fs::read_to_string(root().join("src").join(file)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        lines.extend(
            code.lines()
                .map(|line| (path.clone(), line.trim().to_owned())),
        );
    }
    assert!(lines.len() > 1000);
    lines
}

fn only(pattern: &str, allowed: &[&str]) {
    let offenders: Vec<(String, String)> = lines()
        .into_iter()
        .filter(|(_, line)| !line.starts_with("//") && line.contains(pattern))
        .filter(|(path, _)| !allowed.iter().any(|allowed| path.starts_with(allowed)))
        .collect();
    assert!(
        offenders.is_empty(),
        "{pattern} outside {allowed:?}: {offenders:#?}"
    );
}

#[test]
fn only_ui_prints() {
    for name in ["print!", "println!", "std::io::stdout", "std::io::stderr"] {
        only(name, &["ui.rs"]);
    }
}

#[test]
fn no_clock_and_no_environment_below_the_commands() {
    only("Instant::", &["ui.rs"]);
    // The day of a release, unless it is given.
    only("SystemTime", &["command/release.rs"]);
    only("env::var", &["ui.rs", "command/release.rs"]);
}

#[test]
fn no_order_of_hashes() {
    only("HashMap", &[]);
    only("HashSet", &[]);
}

#[test]
fn a_new_kind_of_node_must_be_dealt_with_by_both_backends() {
    let emitters = ["render/typst/emit.rs", "render/html/"];
    for emitter in emitters {
        let lines = lines();
        let mut own = (lines.iter()).filter(|(path, _)| path.starts_with(emitter));
        assert!(own.clone().count() > 100, "{emitter}");
        let wildcard = own.find(|(_, line)| line.starts_with("_ =>"));
        assert!(wildcard.is_none(), "{wildcard:?}");
    }
    // Clippy also sees `other =>`.
    let lines = lines();
    let lints = (lines.iter()).filter(|(_, line)| line.contains("wildcard_enum_match_arm"));
    let lints: Vec<(&str, &str)> = lints.map(|(path, line)| (&**path, &**line)).collect();
    let all = "#![warn(clippy::wildcard_enum_match_arm)]";
    assert_eq!(lints, [("render/mod.rs", all)]);
}

#[test]
fn every_file_says_what_it_is() {
    let sources = files(&root().join("src"));
    for file in sources
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
    {
        let text = std::fs::read_to_string(root().join("src").join(file)).unwrap();
        assert!(text.starts_with("//! "), "{}", file.display());
    }
}

#[test]
fn the_top_level_holds_what_it_should() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "content",
        "styles",
        "tests",
        "build.rs",
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "LICENSE-CC-BY",
        "target",
        "dist",
    ];
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_str().unwrap().to_owned();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "{name}"
        );
    }
}

#[test]
fn the_map_names_every_room() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap().to_owned();
        assert!(
            map.contains(&name),
            "ARCHITECTURE.md does not mention {name}"
        );
    }
    assert!(Path::new(&root().join("README.md")).is_file());
}
