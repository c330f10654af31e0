//! Fascicle: a document build pipeline for evidence handbooks.
//!
//! # Steps
//! - **[Loading](load::load):** reads the content folder once into a [`Project`](load::Project).
//! - **[Parsing](parse::parse):** front matter, Markdown, editorial brackets and citations become
//!   a [`Draft`](model::draft::Draft), with the place of every node.
//! - **[Checking](check::check):** rules report what a good editor would notice.
//! - **[Assembling](assemble::assemble):** resolves names, makes lists and indexes, and writes every
//!   text that a reader sees into a [`Book`](model::book::Book).
//! - **[PDF](render::typst::pdf):** Typst lays out the book; where each page begins becomes a
//!   [`PageMap`](render::PageMap).
//! - **[HTML](render::html::Html):** the same book as trees of elements, with the pages of the PDF marked.
//! - **[EPUB](render::epub::epub):** puts the trees in files, and the files in an archive.
//! - **[Releasing](release):** compares the book with the last release, and numbers the next edition.
//!
//! Each step is a pure function on plain data, except loading.
//!
//! # Rooms
//! The modules are layers: each uses only modules before it in this list.
//!
//! [`text`], [`digest`], [`source`] – [`diagnostic`] – [`model`] – [`language`] – [`product`], [`link`] – [`load`] – [`parse`],
//! [`pictures`], [`reading`], [`citation`] – [`ledger`] – [`check`] – [`report`] – [`assemble`] – [`render`] – [`release`] –
//! [`session`] – [`cli`] with the commands.

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
pub mod pictures;
pub mod product;
pub mod reading;
pub mod release;
pub mod render;
pub mod report;
pub mod session;
mod skeleton;
pub mod source;
mod styles;
pub mod text;
mod ui;
