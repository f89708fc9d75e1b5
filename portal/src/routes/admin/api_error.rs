//! The error body of the API: a code for programs, a sentence for staff, and the request's id for the log.
use crate::{guards::request_id, responses::TRY_AGAIN_SECONDS};
use hollyn_core::{
    access_failures::AccessFailure,
    api::{ErrorBody, ErrorCode, ErrorDetail},
    domain::{field_error::FieldError, time::Timestamp},
    error::{Conflict, Error},
    panel::PanelError,
};
use rocket::{
    Request, Response,
    http::{ContentType, Header, Status},
    response::Responder,
};
use std::{collections::BTreeMap, io::Cursor};

/// An error response.
#[derive(Debug)]
pub struct ApiError {
    status: Status,
    code: ErrorCode,
    message: String,
    fields: BTreeMap<String, String>,
    /// When to try again.
    again: Option<Timestamp>,
    /// The internal cause: logged, not sent.
    cause: Option<Box<Error>>,
}

/// An error with a sentence for staff.
pub fn refuse(status: Status, code: ErrorCode, message: impl Into<String>) -> ApiError {
    ApiError { status, code, message: message.into(), fields: BTreeMap::new(), again: None, cause: None }
}

impl ApiError {
    /// There is no such thing.
    pub fn not_found() -> ApiError {
        refuse(Status::NotFound, ErrorCode::NotFound, "There is no such thing.")
    }

    /// An internal error without a cause.
    pub fn internal() -> ApiError {
        refuse(Status::InternalServerError, ErrorCode::Internal, "Something failed on our side. Try again.")
    }

    /// The state does not allow it.
    pub fn conflict(message: impl Into<String>) -> ApiError {
        refuse(Status::Conflict, ErrorCode::Conflict, message)
    }

    /// One field cannot be used.
    pub fn field(name: &str, message: &str) -> ApiError {
        ApiError::fields([(name.to_owned(), message.to_owned())])
    }

    /// These fields cannot be used.
    pub fn fields(fields: impl IntoIterator<Item = (String, String)>) -> ApiError {
        let fields: BTreeMap<String, String> = fields.into_iter().collect();
        let message = fields.values().next().cloned().unwrap_or_default();
        ApiError { fields, ..refuse(Status::UnprocessableEntity, ErrorCode::Invalid, message) }
    }

    /// What a person typed cannot be used.
    pub fn invalid(errors: &[FieldError]) -> ApiError {
        ApiError::fields(errors.iter().map(|p| (p.field.to_owned(), sentence(p))))
    }

    /// The request does not have the shape that the endpoint declares.
    pub fn unreadable(error: &dyn std::error::Error) -> ApiError {
        refuse(
            Status::UnprocessableEntity,
            ErrorCode::Invalid,
            format!("The request cannot be read: {error}."),
        )
    }

    /// The password must be typed again first, with a code where `with_code`.
    fn reauth_required(with_code: bool) -> ApiError {
        let (code, sentence) = if with_code {
            let sentence = "Type your password and a code of your authenticator app, then this can be done.";
            (ErrorCode::ReauthCodeRequired, sentence)
        } else {
            (ErrorCode::ReauthRequired, "Type your password again, then this can be done.")
        };
        refuse(Status::Forbidden, code, sentence)
    }

    /// What was denied, where it was; wrong passwords and codes are recorded where they are checked.
    pub fn access_failure(&self) -> Option<AccessFailure> {
        match self.code {
            ErrorCode::Unauthorized => Some(AccessFailure::Unauthorized),
            ErrorCode::Forbidden => Some(AccessFailure::Forbidden),
            ErrorCode::Limited => Some(AccessFailure::Limited),
            ErrorCode::BadRequest
            | ErrorCode::WrongCredentials
            | ErrorCode::TotpRequired
            | ErrorCode::TotpWrong
            | ErrorCode::ReauthRequired
            | ErrorCode::ReauthCodeRequired
            | ErrorCode::EnrolmentRequired
            | ErrorCode::NotFound
            | ErrorCode::Conflict
            | ErrorCode::TooLarge
            | ErrorCode::Invalid
            | ErrorCode::Provider
            | ErrorCode::Internal => None,
        }
    }

    /// The panel did not do it, and so neither did we.
    pub fn panel(error: &PanelError) -> ApiError {
        ApiError::provider(format!("{} Nothing was changed here.", said(error)))
    }

    /// The panel did not do what was requested.
    pub fn panel_silent(error: &PanelError) -> ApiError {
        ApiError::provider(said(error))
    }

    /// The panel or the gateway did not do it.
    pub fn provider(message: impl Into<String>) -> ApiError {
        refuse(Status::BadGateway, ErrorCode::Provider, message)
    }

    /// Too often.
    pub fn limited(again: Timestamp) -> ApiError {
        let message = "That was too often. Wait, then try again.";
        ApiError { again: Some(again), ..refuse(Status::TooManyRequests, ErrorCode::Limited, message) }
    }
}

/// The panel's own words as a sentence.
fn said(error: &PanelError) -> String {
    let words = error.to_string();
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    format!("{}{}.", first.to_uppercase(), rest.trim_end_matches(['.', ' ']))
}

/// What is wrong with a field, for staff. Customers' pages have their own words.
fn sentence(problem: &FieldError) -> String {
    let what = match problem.field {
        "email" => "The e-mail",
        "name" => "The name",
        "phone" => "The phone number",
        "password" => "The password",
        "current" => "The present password",
        "domain" => "The domain",
        "plan" => "The plan",
        "months" => "The months",
        _ => "This",
    };
    match (problem.field, problem.code) {
        ("page", "far") => {
            let reach = problem.accepted.concat();
            format!("A list goes as far as its row {reach}: filter or search instead.")
        }
        ("reason", "empty") => "Say why: it is kept in the record.".into(),
        ("reason", "long") => "The reason should have at most 500 characters.".into(),
        ("confirm", "domain") => "Type the service's domain to confirm.".into(),
        ("domain", "taken") => "Another service has this domain.".into(),
        ("panel_plan", "unknown") => {
            let has = match problem.accepted.as_slice() {
                [] => "none at all".to_owned(),
                accepted => accepted.join(", "),
            };
            format!("The panel has no such plan. It has: {has}.")
        }
        ("plan", "unknown") => "There is no plan of that name.".into(),
        ("name", "characters") => {
            "The name should hold no links, no : / @ < > and no invisible characters.".into()
        }
        ("password", "own") => "The password should not be made of the name, e-mail, phone or site.".into(),
        ("name", "wrong") => "The name should have a letter or a digit in it.".into(),
        ("price_tzs", "empty") => "The price is missing.".into(),
        ("price_tzs", "wrong") => "The price should be between TSh 100 and TSh 10,000,000 a month.".into(),
        ("features", "many") => "There should be at most 40 features.".into(),
        ("features", "wrong") => {
            "Each feature should have a label of at most 60 characters and a value of at most 80, \
             in one line."
                .into()
        }
        ("reason", "unsettled") => "Say how it was settled.".into(),
        ("totp", "wrong") => {
            "The code is wrong, too old, or was used. Take the one that the app shows now.".into()
        }
        ("confirm", "slug") => "Type the plan's slug to confirm.".into(),
        ("confirm", "email") => "Type the account's e-mail.".into(),
        ("confirm", "number") => "Type the order's number, like H-7K3M9Q.".into(),
        ("reference", "empty") => "Type the gateway's reference.".into(),
        ("reference", "long") => "The reference should have at most 64 characters.".into(),
        ("reference", "used") => "This reference was used for another payment.".into(),
        ("customer_phone", "settled") => "The order is not waiting for money any more.".into(),
        ("domain", "settled") => "The domain is the service's now: change it there.".into(),
        ("user_id", "unknown") => "There is no such customer, or the account is locked.".into(),
        ("days", "wrong") => "A login is kept for 1 to 30 days.".into(),
        ("position", "wrong") => "The position should be between 0 and 999.".into(),
        (_, "empty") => format!("{what} is missing."),
        (_, "long") => format!("{what} is too long."),
        (_, "short") => format!("{what} should have at least 10 characters."),
        (_, "common") => format!("{what} is one of the most common passwords."),
        (_, "same") => format!("{what} is the present one."),
        (_, "taken") => format!("{what} is taken."),
        ("phone", "wrong") => {
            "The phone number should be a Tanzanian mobile number, like 0754 318 206.".into()
        }
        ("domain", "wrong") => "The domain should be like kahawa.co.tz.".into(),
        ("plan", "gone") => "The plan is not sold.".into(),
        ("months", "wrong") => "The months should be 1, 3, 6, 12, 24 or 36.".into(),
        (_, _) => format!("{what} is wrong."),
    }
}

impl From<FieldError> for ApiError {
    fn from(error: FieldError) -> ApiError {
        ApiError::invalid(&[error])
    }
}

impl From<Vec<FieldError>> for ApiError {
    fn from(errors: Vec<FieldError>) -> ApiError {
        ApiError::invalid(&errors)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        match error {
            Error::NotFound(_) => ApiError::not_found(),
            Error::Conflict(Conflict::Rule(sentence)) => ApiError::conflict(sentence),
            Error::Conflict(Conflict::Stale(_) | Conflict::Transition(_)) => {
                ApiError::conflict("It was changed by someone else meanwhile. Look again.")
            }
            Error::Invalid(errors) => ApiError::invalid(&errors),
            Error::RateLimited(until) => ApiError::limited(until),
            Error::Busy => refuse(
                Status::ServiceUnavailable,
                ErrorCode::Internal,
                "Too many people sign in at this moment. Try again in a few seconds.",
            ),
            Error::Forbidden(sentence) => refuse(Status::Forbidden, ErrorCode::Forbidden, sentence),
            Error::ReauthRequired { with_code } => ApiError::reauth_required(with_code),
            Error::Provider(error) => ApiError::panel(&error),
            Error::Unavailable(_) => ApiError {
                cause: Some(Box::new(error)),
                ..refuse(
                    Status::ServiceUnavailable,
                    ErrorCode::Internal,
                    "The portal cannot reach its database now. Try again in a moment.",
                )
            },
            Error::Internal(_) => ApiError { cause: Some(Box::new(error)), ..ApiError::internal() },
        }
    }
}

impl<'r> Responder<'r, 'static> for ApiError {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let id = request_id(request);
        if let Some(cause) = &self.cause {
            tracing::error!(
                request_id = id,
                error = hollyn_core::error_chain(cause.as_ref()),
                "the request failed"
            );
        }
        let error = ErrorDetail {
            code: self.code,
            message: self.message,
            fields: self.fields,
            request_id: id.to_owned(),
        };
        let json = serde_json::to_vec(&ErrorBody { error }).map_err(|_| Status::InternalServerError)?;
        let mut response = Response::build();
        response.status(self.status).header(ContentType::JSON).sized_body(json.len(), Cursor::new(json));
        if self.status == Status::Unauthorized {
            response.header(Header::new("www-authenticate", "Bearer"));
        }
        if let Some(again) = self.again {
            let now = request.rocket().state::<crate::app::App>().map_or(again, |app| app.ctx.now());
            response.header(Header::new("retry-after", again.seconds_since(now).max(1).to_string()));
        }
        if self.status == Status::ServiceUnavailable {
            response.header(Header::new("retry-after", TRY_AGAIN_SECONDS.to_string()));
        }
        response.ok()
    }
}
