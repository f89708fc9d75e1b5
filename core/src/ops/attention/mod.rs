//! Attention items: what only staff can settle.
mod list;
mod panel;
mod resolve;
mod show;

pub use list::{count_open, list, open};
pub use resolve::resolve;
pub use show::{AttentionCase, Candidate, case, show};

pub(super) use panel::note_panel;
