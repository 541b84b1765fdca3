//! Exports of the audit trail: what is in them, who may take them, and what they leave behind.
mod chain;
mod dialog;
mod files;
mod reports;
mod tables;
pub mod trail;
