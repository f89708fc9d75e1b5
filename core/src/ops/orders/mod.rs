//! Orders: how they are placed, edited, cancelled and deleted, and as customers and staff look at them.
mod cancel;
mod delete;
mod edit;
mod give_up;
mod list;
mod place;
mod show;

pub use cancel::cancel;
pub use delete::delete;
pub use edit::{Edit, edit};
pub use give_up::give_up;
pub use list::{Overview, by_ids, overview, page, search};
pub use place::{Checkout, Placed, PlacedFor, place, place_for};
pub use show::{OrderView, by_uuid, show};
