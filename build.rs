//! Embeds `styles/`, so that the program carries its looks and words wherever it is copied, and the digest of its
//! sources, so that it knows which program it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rustc-env=FASCICLE_SOURCES={}", sources(&root)?);
    println!("cargo::rerun-if-changed=styles");
    let mut files = Vec::new();
    list(&root.join("styles"), "", &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let path = root.join("styles").join(&file);
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            code,
            "    ({file:?}, include_str!({:?})),",
            path.display().to_string()
        );
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("styles.rs"), code)
}

/// The SHA-256 of everything that decides what the program makes of content, but the styles: its own sources, and the
/// versions of the crates that it is built with. It needs no git, and is the same in every folder and on every system.
fn sources(root: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    list(&root.join("src"), "src/", &mut files)?;
    // Nothing else that may lie there, such as a copy by an editor, is built.
    let is_built = |file: &str| {
        let ending = Path::new(file).extension();
        ending.is_some_and(|ending| ending == "rs" || ending == "md")
    };
    files.retain(|file| is_built(file));
    files.extend(["Cargo.lock", "build.rs"].map(str::to_owned));
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        let text = fs::read_to_string(root.join(file))?.replace("\r\n", "\n");
        hash.update(format!("{file} {}\n{text}", text.len()));
    }
    for path in ["Cargo.lock", "build.rs", "src"] {
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}
