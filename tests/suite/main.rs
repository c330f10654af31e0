//! Tests of the whole program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod architecture;
mod cases;
mod command;
mod handbook;
mod properties;
mod support;
