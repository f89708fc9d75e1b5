//! Mails about an account: links that prove an address, and security notices. Times are Unix microseconds.
use super::Link;
use serde::{Deserialize, Serialize};

/// To a new address: a link that confirms it, valid for 60 minutes.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct VerifyEmail {
    pub name: String,
    pub link: Link,
}

/// To the user: a link to set a new password, valid once and for 60 minutes.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct ResetPassword {
    pub name: String,
    pub link: Link,
}

/// To the user: the password was changed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct PasswordChanged {
    pub name: String,
    pub at: i64,
    /// The browser; empty where it is unknown.
    pub device: String,
    /// The IP address; empty where it is unknown.
    pub address: String,
}

/// To the previous address: the account has another one.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct EmailChanged {
    pub name: String,
    /// `n***@gmail.com`: readers of the previous mailbox do not see the new address.
    pub new_email_masked: String,
    pub at: i64,
}

/// To the user: an unknown browser signed in.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct NewDevice {
    pub name: String,
    pub at: i64,
    /// The browser; empty where it is unknown.
    pub device: String,
    /// The IP address; empty where it is unknown.
    pub address: String,
}
