//! Opens an address or a file with whatever the system has for it.

use std::process::{Command, Stdio};

/// Opens `what`, and does not wait.
pub(crate) fn open(what: &str) -> Result<(), String> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    start(Command::new(program).args(arguments).arg(what))
        .map_err(|error| format!("cannot open `{what}`: `{program}`: {error}"))
}

/// Starts a program that is left alone from then on.
pub(crate) fn start(command: &mut Command) -> std::io::Result<()> {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = quiet.spawn()?;
    // Somebody must ask how it ended, or the system keeps it.
    std::thread::spawn(move || child.wait());
    Ok(())
}
