//! The thread that owns the file: requests in, views out. It also delivers the mail.
pub mod checkpoint;
mod delivery;
mod export;
mod file;
mod founding;
mod import_file;
mod library;
mod pasts;
mod practice;
mod proving;
mod recovery_file;
mod request;
mod thread;
mod trail;
mod undoing;
mod view;
mod worker;

pub use export::{Exported, export_file, export_folder, export_to_file, export_to_writer, names_export};
pub use import_file::{read_import, read_whole};
pub use library::Library;
pub use pasts::Then;
pub use request::{Answer, Reply, Report, Request, Ticket, Trouble};
pub use thread::{Handle, spawn};
pub use undoing::LastChange;
pub use view::View;
pub use worker::{Change, Post, Worker};
