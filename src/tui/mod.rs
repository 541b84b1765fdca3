//! The dashboard in the terminal.
pub mod acts;
pub mod app;
pub mod chrome;
pub mod dialog;
pub mod event;
pub mod everywhere;
pub mod glyphs;
pub mod key;
pub mod layer;
pub mod past;
pub mod scene;
pub mod screen;
pub mod start;
pub mod terminal;
pub mod theme;
pub mod waiting;
pub mod widget;
