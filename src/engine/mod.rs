//! The thread that owns the file: requests in, views out. It also delivers the mail.
pub mod checkpoint;
mod delivery;
mod founding;
mod library;
mod practice;
mod proving;
mod request;
mod thread;
mod view;
mod worker;

pub use library::Library;
pub use request::{Answer, Reply, Report, Request, Ticket, Trouble};
pub use thread::{Handle, spawn};
pub use view::View;
pub use worker::{Change, Post, Worker};
