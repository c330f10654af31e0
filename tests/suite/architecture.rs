//! What ARCHITECTURE.md says of files; `layers.rs` tests what it says of rooms.

use std::collections::BTreeSet;

use super::support::{files, root};

#[test]
fn every_file_begins_with_its_purpose() {
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
fn the_top_level_has_no_other_files() {
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

/// Each file and folder of `src/` has its row in the map, and each row has its file or folder.
#[test]
fn the_map_names_every_room() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let head = "| room | what happens there |\n|---|---|\n";
    let (_, map) = page.split_once(head).unwrap();
    let rows = map
        .lines()
        .map_while(|line| line.strip_prefix('|')?.split('|').next());
    let quoted = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let named: BTreeSet<&str> = quoted.map(|name| name.trim_end_matches('/')).collect();
    let entries = std::fs::read_dir(root().join("src")).unwrap();
    let files: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .filter(|name| name != "lib.rs")
        .collect();
    let files: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(named, files);
    let library = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let public = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    for module in public.map(|rest| rest.trim_end_matches(';')) {
        assert!(library.contains(&format!("[`{module}`]")), "{module}");
    }
}
