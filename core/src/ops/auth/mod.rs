//! Who a user is: registration, sign-in, passwords, sessions and the second factor.
mod attempt_counts;
mod change_password;
pub(super) mod email_links;
pub mod email_verification;
pub mod invitation;
pub mod known_devices;
mod new_account;
pub mod password_reset;
mod passwords;
mod reauthenticate;
mod register;
pub mod sessions;
mod sign_in;
pub mod two_factor;

pub use change_password::change_password;
pub use new_account::{NewAccount, WelcomeEmail, create_account};
pub(in crate::ops) use passwords::new_password;
pub use passwords::password_fingerprint;
pub use reauthenticate::reauthenticate;
pub use register::{Registration, register};
pub use sign_in::{SignedIn, active_user, sign_in};
