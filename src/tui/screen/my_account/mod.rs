//! Who I am, another role, my passphrase, signing out.
mod account;
mod details;
mod passphrase;
mod prove_address;
mod switch_role;
mod switch_user;

pub use account::MyAccount;
