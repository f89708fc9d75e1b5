//! The admin API: one list of endpoints with the shapes that go in and come out.
//!
//! From the list come the typed [`Client`], the TypeScript types (`ui/src/lib/generated/api.ts`) and
//! `openapi.json`; the portal mounts its handlers by the same list, so a handler whose shapes differ does not
//! compile. Knows no database.
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "contract")]
pub mod contract;
pub mod endpoints;
#[cfg(feature = "contract")]
mod schema;
pub mod types;

#[cfg(feature = "client")]
pub use client::{Client, ClientError};
pub use endpoints::ALL;
pub use types::*;

use serde::{Serialize, de::DeserializeOwned};

/// Where the portal mounts the API.
pub const MOUNT: &str = "/api/admin/v1";

/// The number in [`MOUNT`]. It grows when a shape changes so that an older program would misread it.
pub const VERSION: i64 = 1;

/// The description in OpenAPI 3.1, as it is served.
pub const OPENAPI: &str = include_str!("openapi.json");

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// All callers: it is how one signs in.
    Anyone,
    /// Staff of either role.
    Support,
    /// Staff with the role `admin`.
    Admin,
}

/// How recently the caller must have shown who they are. A session in which that was longer ago than
/// [`FRESH_SECONDS`](crate::domain::session::StaffSession::FRESH_SECONDS) is refused with 403 and
/// `reauth_required` or `reauth_code_required` until `confirm_password` was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// At some time in this session.
    Session,
    /// The password, in the last minutes: the endpoint gives power, moves money, changes who may sign in or
    /// opens a customer's hosting.
    Password,
    /// Password and a code of the second factor, in the last minutes. Without a second factor, the password.
    Code,
    /// As [`Password`](Freshness::Password); as [`Code`](Freshness::Code) where the account that the request
    /// is about is one of staff, or becomes one.
    CodeForStaff,
}

/// An endpoint as data, for tables, tests and descriptions.
#[derive(Debug, Clone, Copy)]
pub struct EndpointMeta {
    /// The operation's name, like `list_users`.
    pub name: &'static str,
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path under [`MOUNT`], like `/users/{id}`.
    pub path: &'static str,
    pub access: Access,
    pub freshness: Freshness,
    /// What it is for; the first line is the summary.
    pub about: &'static str,
}

/// An endpoint as a type: from it the client, the portal and the description are made.
pub trait Endpoint: Send + Sync + 'static {
    /// The same as data.
    const META: EndpointMeta;
    /// What stands for the braces in the path; `()` where there are none.
    type Id: Id;
    /// After the question mark.
    type Query: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// The JSON that is sent.
    type Body: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// The JSON that comes back with 200.
    type Answer: Serialize + DeserializeOwned + Send + Sync + 'static;
}

/// What can stand in a path.
pub trait Id: Send + Sync + Sized + 'static {
    /// From the path's piece; None where it cannot be one. `()` is asked with nothing.
    fn read(piece: &str) -> Option<Self>;
    /// As the path's piece. Only letters, digits and `-._` come out of the ids there are.
    fn write(&self) -> String;
}

impl Id for () {
    fn read(_: &str) -> Option<()> {
        Some(())
    }
    fn write(&self) -> String {
        String::new()
    }
}

impl Id for i64 {
    fn read(piece: &str) -> Option<i64> {
        piece.parse().ok().filter(|id| *id > 0)
    }
    fn write(&self) -> String {
        self.to_string()
    }
}

impl Id for String {
    fn read(piece: &str) -> Option<String> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
        (!piece.is_empty() && piece.len() <= 80 && piece.bytes().all(plain)).then(|| piece.to_owned())
    }
    fn write(&self) -> String {
        self.clone()
    }
}
