//! E-mail addresses: what one is, when two are the same or look it, and lists of them as people
//! paste them.
mod domain;
mod email;
mod error;
mod judge;
mod list;
mod lookalike;
mod verdict;

pub use domain::Domain;
pub use email::{AddressKey, EmailAddress};
pub use error::{AddressError, Part};
pub use judge::{Holder, Judge, Known};
pub use list::{Candidate, Candidates, split_list};
pub use lookalike::{LookAlikes, Skeleton};
pub use verdict::{Judged, Verdict, Warning};
