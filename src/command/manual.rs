//! `fascicle completions` and `fascicle man`: the arguments of this program for shells, and its manual pages.

use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};

use super::{Outcome, finish};
use crate::ui::Ui;

/// Prints what completes the arguments of `program` in a shell.
pub(crate) fn completions(mut program: Command, shell: Shell) -> Outcome {
    let mut script = Vec::new();
    generate(shell, &mut program, "fascicle", &mut script);
    Ui::document(String::from_utf8_lossy(&script).trim_end());
    Outcome::Done
}

/// Writes a manual page for `program` and for each of its commands.
pub(crate) fn man(ui: &Ui, program: Command, folder: &Path) -> Outcome {
    let write = || {
        fs::create_dir_all(folder)?;
        clap_mangen::generate_to(program.disable_help_subcommand(true), folder)
    };
    finish(match write() {
        Ok(()) => {
            ui.result(&folder.display().to_string());
            Ok(Outcome::Done)
        }
        Err(error) => Err(format!("cannot write `{}`: {error}", folder.display())),
    })
}
