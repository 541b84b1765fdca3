//! The pieces that screens are drawn from.
