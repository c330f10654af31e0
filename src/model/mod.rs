//! Inert data: what the author wrote ([`draft`]) and what the reader gets ([`book`]).

pub(crate) mod author;
pub mod book;
pub mod content;
pub mod draft;
mod font;
mod id;
mod identifier;
pub mod ledger;
mod reference;
mod variant;

pub use author::{Author, Authors, ET_AL};
pub use font::Font;
pub use id::{ChapterId, PopulationId, ReferenceId, SiteId, TechniqueId, is_valid_id};
pub(crate) use id::{id_of, id_words};
pub use identifier::Identifier;
pub(crate) use identifier::pmid_in;
pub use reference::{Bibliographic, Date};
pub use variant::Variant;
