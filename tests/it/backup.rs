//! Copies of an organization: taken while others write, and put back.
mod meanwhile;
mod office;
mod putting_back;
mod stopped;
mod taking;
