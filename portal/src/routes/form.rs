//! Showing a form again that could not be accepted.
use crate::{
    guards::{PageContext, Visitor},
    pages::{FieldError, Page},
    presenters::field_errors::limited,
    responses::{Answer, log, page_busy, page_later, page_with},
};
use hollyn_core::{Error, domain::field_error::FieldError as Found};
use rocket::http::Status;

/// The words for what is wrong with a form.
pub struct Words<W> {
    /// What is said of a field.
    pub field: W,
    /// The key of what is said after too many attempts.
    pub limited: &'static str,
}

/// Answers with the page that `page` makes of the errors: 422 where fields cannot be used, 429 after too many
/// attempts, 503 where the portal cannot do it now. Other errors are returned; they have a page of their own.
pub fn show_again<P: Page, W: Fn(&Found) -> FieldError>(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    error: Error,
    words: &Words<W>,
    page: impl FnOnce(Vec<FieldError>) -> P,
) -> Answer {
    match error {
        Error::Invalid(errors) => {
            let errors = errors.iter().map(&words.field).collect();
            Ok(page_with(Status::UnprocessableEntity, page_context, visitor, &page(errors)))
        }
        Error::RateLimited(until) => {
            let errors = vec![limited(words.limited, until)];
            Ok(page_later(page_context, visitor, until, &page(errors)))
        }
        Error::Busy | Error::Unavailable(_) => {
            if matches!(error, Error::Unavailable(_)) {
                log(page_context.request_id, &error);
            }
            Ok(page_busy(page_context, visitor, &page(vec![FieldError::new("", "problem-busy")])))
        }
        error @ (Error::NotFound(_)
        | Error::Conflict(_)
        | Error::Forbidden(_)
        | Error::ReauthRequired { .. }
        | Error::Provider(_)
        | Error::Internal(_)) => Err(error.into()),
    }
}
