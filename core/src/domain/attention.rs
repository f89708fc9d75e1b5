//! What needs a person.
use super::words;

words! {
    /// Which matters a list shows.
    Shown {
        /// Those that wait for somebody.
        Open = "open",
        /// Those that are settled, by a person or by themselves.
        Resolved = "resolved",
        /// Both.
        All = "all",
    }
}
