//! What happens to every request and every answer.
mod finish;
mod gate;

pub use finish::{Finish, policy};
pub use gate::Gate;
