//! What needs a person.
use super::Result;
use crate::{Shop, read, store::attention};

pub use crate::store::attention::EntryRow;

/// Everything open, oldest first.
pub async fn open(shop: &Shop) -> Result<Vec<EntryRow>> {
    Ok(read!(&shop.db, c => attention::open(c).await)?)
}
