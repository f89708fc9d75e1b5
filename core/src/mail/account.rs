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

/// To a new address: staff created an account; a link, valid for 7 days, to set its password. Without the
/// name: the address is not confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Invitation {
    pub link: Link,
}

/// To the present address: staff entered another one. The link confirms or cancels the change.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct EmailChangeRequested {
    pub name: String,
    /// As in [`EmailChanged`].
    pub new_email_masked: String,
    /// As staff entered it.
    pub reason: String,
    /// When it takes effect if nothing is done.
    pub applies_at: i64,
    pub link: Link,
}

/// To the new address that staff entered. Without the name: the address is not confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct EmailChangeAnnounced {
    /// `n***@gmail.com`.
    pub old_email_masked: String,
    /// When it takes effect if the present address does nothing.
    pub applies_at: i64,
}

/// To the user: an admin removed the second factor.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct TwoFactorReset {
    pub name: String,
    pub at: i64,
    /// As the admin entered it.
    pub reason: String,
}

/// What was done to an account of staff.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StaffChange {
    Created,
    Edited,
    Role,
    Email,
    Disabled,
    Enabled,
    Deleted,
    TwoFactorReset,
}

/// To every admin: an account of staff was created or changed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct StaffChanged {
    pub change: StaffChange,
    pub staff_name: String,
    pub staff_email: String,
    /// The name of the admin who did it.
    pub by: String,
    pub at: i64,
}
