//! The program `fascicle`.

use std::process::ExitCode;

fn main() -> ExitCode {
    fascicle::cli::run()
}
