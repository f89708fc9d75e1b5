//! What goes in and what comes out, a file per noun. Amounts are whole shillings (`..._tzs`), times RFC 3339
//! in UTC.
//!
//! What the API does not list here it does not take and does not tell: no hash, no ciphertext, no provider's
//! key.

/// Derives what every shape has: both directions of JSON and, for the description, its schema and its
/// TypeScript type.
macro_rules! api_types {
    ($($item:item)+) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "contract", derive(schemars::JsonSchema, ts_rs::TS))]
        $item
    )+ };
}

/// A stored word as it goes over the wire: the same spelling, with a conversion from and to the domain's own
/// enum.
macro_rules! api_enums {
    ($($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$vdoc:meta])* $value:ident),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "contract", derive(schemars::JsonSchema, ts_rs::TS))]
        pub enum $name { $($(#[$vdoc])* $value),+ }

        impl From<$domain> for $name {
            fn from(word: $domain) -> $name {
                use $domain as Domain;
                match word { $(Domain::$value => $name::$value),+ }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> $domain {
                use $domain as Domain;
                match word { $($name::$value => Domain::$value),+ }
            }
        }
    )+ };
}

mod attention;
mod audit;
mod common;
mod dashboard;
mod enums;
mod exports;
mod orders;
mod plans;
mod services;
mod session;
mod users;

pub use attention::*;
pub use audit::*;
pub use common::*;
pub use dashboard::*;
pub use enums::*;
pub use exports::*;
pub use orders::*;
pub use plans::*;
pub use services::*;
pub use session::*;
pub use users::*;
