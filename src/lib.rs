//! Fascicle: a document build pipeline for evidence handbooks.
//!
//! # Steps
//! - **[Loading](load::load):** the content folder is read once into a [`Project`](load::Project).
//! - **[Parsing](parse::parse):** front matter, Markdown, editorial brackets and citations become
//!   a [`Draft`](model::draft::Draft), with the place of every node.
//! - **[Checking](check::check):** rules look for what a good editor would find.
//! - **[Assembling](assemble::assemble):** names are resolved, lists and indexes made, and every
//!   text that a reader will see written, into a [`Book`](model::book::Book).
//! - **[PDF](render::typst::pdf):** Typst sets the book; where each page begins becomes a
//!   [`PageMap`](render::PageMap).
//! - **[EPUB](render::epub::epub):** the same book as XHTML, with the pages of the PDF marked.
//!
//! [Reporting](report::report) counts for an editor what the draft says and rests on, and lists what is to be mended.
//!
//! Each step is a pure function on plain data, but for loading.

pub mod assemble;
pub mod check;
pub mod citation;
pub mod cli;
mod command;
pub mod diagnostic;
pub mod digest;
mod disk;
pub mod language;
pub mod ledger;
pub mod link;
pub mod load;
pub mod model;
mod outputs;
pub mod parse;
pub mod reading;
pub mod release;
pub mod render;
pub mod report;
pub mod session;
pub mod source;
mod styles;
pub mod text;
mod ui;
