//! (Book, last release) → release: what the book is made of, what changed, and the number of the next edition.

mod appearance;
mod archive;
pub mod canon;
pub mod compare;
pub mod difference;
pub mod digest;
pub mod edition;
mod evidence;
pub mod files;
mod identity;
pub mod issue;
pub mod later;
pub mod making;
pub mod members;
pub mod notes;
pub mod plan;
pub mod verify;

pub use difference::difference;
pub use digest::inventory;
pub use issue::issue;
