//! One integration test binary.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod architecture;
mod cli;
mod delivery;
mod desk;
mod entities;
mod entrance;
mod founding;
mod four_eyes;
mod invite;
mod invited;
mod matrix;
mod my_account;
mod organization;
mod picture;
mod power;
mod properties;
mod readme;
mod role_wizard;
mod roles;
mod signin;
mod story;
mod terminal;
mod tty;
mod users;
mod waiting;
