//! Bringing in many things at once: a table is read, and judged line by line before anything is written.
mod counts;
mod invitations;
mod judged;
mod judging;
mod kind;
mod nearest;
mod places;
mod placing;
mod problem;
mod separator;
mod table;
mod unread;

pub use counts::Counts;
pub use judged::{Does, Judged, Line, NewAccount, NewEntity, NewInvitation, Plan, Spot, Verdict, places_in_words};
pub use judging::Judging;
pub use kind::Kind;
pub use problem::Problem;
pub use table::{LARGEST, Row, Table};
pub use unread::Unread;
