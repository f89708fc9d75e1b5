//! Users' accounts: what staff do with them, and what customers do with their own.
mod activity;
mod create;
mod delete;
mod disable;
mod edit;
pub mod email_change;
mod input;
mod invite;
mod list;
mod profile;
mod reset_two_factor;
mod rights;
mod show;

pub use activity::activity;
pub use create::create;
pub use delete::{delete, delete_own, deletion_blockers};
pub use disable::{disable, enable};
pub use edit::edit;
pub(super) use email_change::apply_due as apply_due_email_change;
pub use input::UserInput;
pub use invite::invite_again;
pub use list::{actor_names, figures, search};
pub use profile::{change_email, change_name, change_phone, set_language};
pub use reset_two_factor::reset_two_factor;
pub use show::{UserDetails, services, show};
