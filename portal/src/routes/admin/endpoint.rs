//! What every endpoint has in common: authentication, rights, parsing; then the handler; then JSON.
//!
//! Rights and types come from the endpoint's declaration, so that no handler can forget them.
use super::api_error::{ApiError, refuse};
use crate::{
    app::App,
    guards::{BodyError, client_address, read_body, request_id},
};
use hollyn_core::{
    AppContext,
    api::{Access, Endpoint, ErrorCode, Freshness, Id, MOUNT},
    domain::{ids::UserId, session::StaffSession, user::Role},
    ops::{Caller, access_failures, staff_sessions},
};
use rocket::{
    Data, Request, Response, Route,
    http::{ContentType, Method, Status},
    response::Responder,
    route::{Handler, Outcome},
};
use std::{io::Cursor, marker::PhantomData, sync::Arc};
use tracing::Instrument;

/// What a handler of `E` works with.
pub struct ApiRequest<E: Endpoint> {
    pub ctx: Arc<AppContext>,
    pub about: About,
    /// The caller's session; None only where the endpoint is open to all.
    staff_session: Option<StaffSession>,
    pub caller: Caller,
    pub id: E::Id,
    pub query: E::Query,
    pub body: E::Body,
}

/// What some handlers need from the configuration.
#[derive(Clone)]
pub struct About {
    pub company: String,
    pub origin: String,
}

impl<E: Endpoint> ApiRequest<E> {
    /// The caller's session. Unauthorized where the endpoint is open to all.
    pub fn staff_session(&self) -> Result<&StaffSession, ApiError> {
        self.staff_session.as_ref().ok_or_else(unauthorized)
    }
}

/// What a handler of `E` answers.
pub type Answer<E> = Result<<E as Endpoint>::Answer, ApiError>;

struct EndpointHandler<E, F> {
    handler: F,
    endpoint: PhantomData<fn() -> E>,
}

impl<E, F: Clone> Clone for EndpointHandler<E, F> {
    fn clone(&self) -> Self {
        EndpointHandler { handler: self.handler.clone(), endpoint: PhantomData }
    }
}

/// Mounts a handler for an endpoint.
pub fn at<E, F, Fut>(handler: F) -> Route
where
    E: Endpoint,
    F: Fn(ApiRequest<E>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer<E>> + Send + 'static,
{
    let declared = E::META;
    let method = match declared.method {
        "POST" => Method::Post,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => Method::Get,
    };
    let path = format!("{MOUNT}{}", declared.path.replace("{id}", "<id>"));
    let mut route = Route::new(method, &path, EndpointHandler::<E, F> { handler, endpoint: PhantomData });
    route.name = Some(declared.name.into());
    route
}

#[rocket::async_trait]
impl<E, F, Fut> Handler for EndpointHandler<E, F>
where
    E: Endpoint,
    F: Fn(ApiRequest<E>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer<E>> + Send + 'static,
{
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let id = request_id(request).to_owned();
        let span = tracing::info_span!("request", request_id = id, endpoint = E::META.name);
        let work = async {
            let api_request = parse::<E>(request, data).await?;
            (self.handler)(api_request).await
        };
        let answer = work.instrument(span).await;
        if let Err(error) = &answer {
            record_denial(request, error).await;
        }
        let response = match answer.map(|answer| serde_json::to_vec(&answer)) {
            Ok(Ok(json)) => Response::build()
                .status(Status::Ok)
                .header(ContentType::JSON)
                .sized_body(json.len(), Cursor::new(json))
                .ok(),
            Ok(Err(error)) => {
                tracing::error!(request_id = id, %error, "an answer could not be written");
                ApiError::internal().respond_to(request)
            }
            Err(error) => error.respond_to(request),
        };
        match response {
            Ok(response) => Outcome::Success(response),
            Err(status) => Outcome::Error(status),
        }
    }
}

/// The member of staff who makes the request, once the session is read.
struct ActingStaff(Option<UserId>);

/// Records that the request was denied, where it was.
pub(super) async fn record_denial(request: &Request<'_>, error: &ApiError) {
    let Some(app) = request.rocket().state::<App>() else { return };
    let Some(failure) = error.access_failure() else { return };
    let staff = request.local_cache(|| ActingStaff(None)).0;
    let (address, request_id) = (client_address(request), request_id(request).to_owned());
    let caller = Caller { staff, address, request_id, ..Caller::default() };
    access_failures::record(&app.ctx, failure, &caller.audit_context(), staff).await;
}

/// Checks rights and parses the request.
pub(super) async fn parse<E: Endpoint>(
    request: &Request<'_>,
    data: Data<'_>,
) -> Result<ApiRequest<E>, ApiError> {
    let declared = E::META;
    let Some(app) = request.rocket().state::<App>() else { return Err(ApiError::internal()) };
    let staff_session = match declared.access {
        Access::Anyone => None,
        Access::Support | Access::Admin => {
            let token = bearer(request).ok_or_else(unauthorized)?;
            Some(staff_sessions::session(&app.ctx, token).await?.ok_or_else(unauthorized)?)
        }
    };
    if let Some(staff_session) = &staff_session {
        request.local_cache(|| ActingStaff(Some(staff_session.user.id)));
        if declared.access == Access::Admin && staff_session.user.role != Role::Admin {
            return Err(refuse(Status::Forbidden, ErrorCode::Forbidden, "Only an admin may do this."));
        }
        match declared.freshness {
            Freshness::Session => {}
            Freshness::Password | Freshness::CodeForStaff => {
                staff_sessions::require_password(&app.ctx, staff_session)?;
            }
            Freshness::Code => staff_sessions::require_code(&app.ctx, staff_session)?,
        }
    }
    let piece: String = if declared.path.contains("{id}") {
        // The place of the braces, counted in the whole path.
        let nth = MOUNT.matches('/').count()
            + declared.path.split('/').skip(1).position(|piece| piece == "{id}").unwrap_or(0);
        request.routed_segment(nth).unwrap_or_default().to_owned()
    } else {
        String::new()
    };
    let id = E::Id::read(&piece).ok_or_else(ApiError::not_found)?;
    let query = request.uri().query().map_or("", |query| query.as_str());
    let query = serde_urlencoded::from_str(if size_of::<E::Query>() == 0 { "" } else { query })
        .map_err(|error| ApiError::unreadable(&error))?;
    let body = body::<E>(request, data).await?;
    let caller = Caller {
        user: None,
        staff: staff_session.as_ref().map(|staff_session| staff_session.user.id),
        address: client_address(request),
        user_agent: request.headers().get_one("user-agent").unwrap_or_default().to_owned(),
        request_id: request_id(request).to_owned(),
        device: None,
        session: staff_session.as_ref().map(|staff_session| format!("token:{}", staff_session.token_id)),
    };
    let about = About { company: app.company.clone(), origin: app.origin.clone() };
    Ok(ApiRequest { ctx: app.ctx.clone(), about, staff_session, caller, id, query, body })
}

fn bearer<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let header = request.headers().get_one("authorization")?;
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.trim())
}

fn unauthorized() -> ApiError {
    refuse(Status::Unauthorized, ErrorCode::Unauthorized, "Sign in again.")
}

async fn body<E: Endpoint>(_: &Request<'_>, data: Data<'_>) -> Result<E::Body, ApiError> {
    if size_of::<E::Body>() == 0 {
        return serde_json::from_str("null").map_err(|error| ApiError::unreadable(&error));
    }
    let bytes = read_body(data).await.map_err(|error| match error {
        BodyError::TooLarge => {
            refuse(Status::PayloadTooLarge, ErrorCode::TooLarge, "The request is longer than 64 KB.")
        }
        BodyError::TooSlow => {
            refuse(Status::RequestTimeout, ErrorCode::BadRequest, "The request took too long to arrive.")
        }
        BodyError::Incomplete => {
            refuse(Status::BadRequest, ErrorCode::BadRequest, "The request broke off before its end.")
        }
    })?;
    serde_json::from_slice(&bytes).map_err(|error| ApiError::unreadable(&error))
}
