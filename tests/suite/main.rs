//! Tests of the whole program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::case_sensitive_file_extension_comparisons)]
#![allow(clippy::format_collect, clippy::too_many_lines)]

mod again;
mod architecture;
mod causes;
mod changes;
mod cite;
mod command;
mod commonmark;
mod direction;
mod disk;
mod edition;
mod epub;
mod foreign;
mod fuzz;
mod grammar;
mod handbook;
mod hostile;
mod languages;
mod layers;
mod new;
mod pictures;
mod properties;
mod release;
mod released;
mod releases;
mod review;
mod rules;
mod schema;
mod site;
mod standing;
mod styles;
mod support;
mod verify;
mod watch;
mod web;
mod workflow;
