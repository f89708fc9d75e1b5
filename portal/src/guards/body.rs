//! Request bodies, read within a deadline.
//!
//! Rocket waits for a body as long as the client takes. The handlers read bodies here only, so that a client
//! that sends a few bytes at a time is answered with 408 and its connection closed. Headers, and the first
//! bytes of a body, are read by Rocket before any of our code runs: those deadlines are the front's
//! (`portal/deploy`).
use rocket::{
    Data, Request,
    data::{self, FromData, ToByteUnit},
    form::{Errors, FromForm},
    http::Status,
    outcome::Outcome,
};
use std::{ops::Deref, time::Duration};

/// The longest time that the body of a request may take. Forms of the portal are below 1 KB: one packet.
const DEADLINE: Duration = Duration::from_secs(10);
/// The longest body that is read.
const MAX_KIB: u64 = 64;

/// Why a body was not read.
pub enum BodyError {
    /// Longer than 64 KB.
    TooLarge,
    /// Not complete within the deadline.
    TooSlow,
    /// The connection ended before the body did.
    Incomplete,
}

/// Reads a whole body.
pub async fn read_body(data: Data<'_>) -> Result<Vec<u8>, BodyError> {
    match tokio::time::timeout(DEADLINE, data.open(MAX_KIB.kibibytes()).into_bytes()).await {
        Ok(Ok(body)) if body.is_complete() => Ok(body.into_inner()),
        Ok(Ok(_)) => Err(BodyError::TooLarge),
        Ok(Err(_)) => Err(BodyError::Incomplete),
        Err(_) => Err(BodyError::TooSlow),
    }
}

/// A form, like Rocket's, whose body arrived within the deadline.
pub struct Form<T>(rocket::form::Form<T>);

impl<T> Form<T> {
    /// The fields.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T> Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[rocket::async_trait]
impl<'r, T: FromForm<'r>> FromData<'r> for Form<T> {
    type Error = Errors<'r>;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        match tokio::time::timeout(DEADLINE, rocket::form::Form::from_data(request, data)).await {
            Ok(outcome) => outcome.map(Form),
            Err(_) => Outcome::Error((Status::RequestTimeout, Errors::new())),
        }
    }
}
