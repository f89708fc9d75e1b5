//! Users' accounts: what staff do with them, and what customers do with their own.
mod activity;
mod create;
mod delete;
mod disable;
mod edit;
mod input;
mod list;
mod profile;
mod show;

pub use activity::activity;
pub use create::create;
pub use delete::{delete, delete_own, deletion_blockers};
pub use disable::{disable, enable};
pub use edit::edit;
pub use input::UserInput;
pub use list::{actor_names, figures, search};
pub use profile::{change_email, change_name, change_phone, set_language};
pub use show::{UserDetails, services, show};
