//! The words of the business, parsed and typed. Nothing here reads a clock, a file or a network.
pub mod account;
pub mod attention;
pub mod audit;
pub mod field_error;
pub mod hostname;
pub mod ids;
pub mod money;
pub mod operator;
pub mod order;
pub mod payment;
pub mod phone;
pub mod plan;
pub mod search;
pub mod service;
pub mod service_action;
pub mod term;
pub mod time;
pub mod user;

/// A state machine was asked for a step it does not have.
///
/// It names both the state and the event, so that a log line reads alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{machine} cannot take {event} while {state}")]
pub struct InvalidTransition {
    /// Which machine: `order`, `payment` or `service`.
    pub machine: &'static str,
    /// The state it was in, as stored.
    pub state: &'static str,
    /// The event that was refused.
    pub event: &'static str,
}

/// Declares an enum whose values have one stored spelling each: `as_str`, `FromStr` and `ALL`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $value),+ }
        impl $name {
            /// Every value, in the order in which they are declared.
            pub const ALL: &'static [$name] = &[$($name::$value),+];
            /// The spelling in the database, in JSON and in templates.
            pub fn as_str(self) -> &'static str { match self { $($name::$value => $text),+ } }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::domain::UnknownVariant;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($text => Ok($name::$value),)+ _ => Err($crate::domain::UnknownVariant { kind: stringify!($name), word: text.to_owned() }) }
            }
        }
        impl TryFrom<String> for $name {
            type Error = $crate::domain::UnknownVariant;
            fn try_from(text: String) -> Result<Self, Self::Error> { text.parse() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(crate) use words;

/// A stored word that this version does not know: the row was written by a newer one, or by hand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a {kind}")]
pub struct UnknownVariant {
    /// The type that was expected.
    pub kind: &'static str,
    /// What was found.
    pub word: String,
}
