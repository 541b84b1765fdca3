//! Copies of an organization: taken while others write, and put back.
mod office;
mod taking;
