//! The visitor of a request. Looked up once per request.
use super::{client_address, known_devices};
use crate::{app::App, pages::Viewing};
use hollyn_core::{
    domain::{time::Timestamp, user::User},
    ops::{Caller, auth::sessions, impersonation},
};
use rocket::{
    Request,
    http::Status,
    request::{FromRequest, Outcome},
};

/// A visitor, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    pub user: Option<User>,
    pub caller: Caller,
    /// Whether this browser stays signed in for 30 days.
    pub is_remembered: bool,
    /// Until when staff look at the site as `user`; None where `user` is at their own browser.
    pub viewed_until: Option<Timestamp>,
    /// How far the record of changes was when the session was read; 0 where there is none of the user's own.
    pub record: i64,
}

impl Visitor {
    /// For the banner on every page, while staff look at the site as a customer.
    pub fn viewing(&self) -> Option<Viewing> {
        let (user, until) = (self.user.as_ref()?, self.viewed_until?);
        Some(Viewing { name: user.name.clone(), until: until.0 })
    }
}

/// A visitor who is signed in. Others are sent to sign in, and come back.
#[derive(Clone)]
pub struct SignedIn {
    pub user: User,
    pub caller: Caller,
    /// As in [`Visitor`].
    pub is_remembered: bool,
    /// As in [`Visitor`].
    pub viewed_until: Option<Timestamp>,
    /// As in [`Visitor`].
    pub record: i64,
}

impl From<SignedIn> for Visitor {
    fn from(signed_in: SignedIn) -> Visitor {
        Visitor {
            user: Some(signed_in.user),
            caller: signed_in.caller,
            is_remembered: signed_in.is_remembered,
            viewed_until: signed_in.viewed_until,
            record: signed_in.record,
        }
    }
}

/// The request's id, made on first use.
pub fn request_id<'r>(request: &'r Request<'_>) -> &'r str {
    request.local_cache(hollyn_core::random::uuid)
}

/// The visitor, looked up once per request. Err where the database cannot be read.
pub async fn visitor(request: &Request<'_>) -> Result<Visitor, ()> {
    request.local_cache_async(find(request)).await.clone()
}

/// The visitor, where it has been looked up already.
pub fn known_visitor(request: &Request<'_>) -> Option<Visitor> {
    request.local_cache(|| Err::<Visitor, ()>(())).clone().ok()
}

async fn find(request: &Request<'_>) -> Result<Visitor, ()> {
    let app = request.rocket().state::<App>().ok_or(())?;
    let unread = |error: hollyn_core::ops::Error| {
        tracing::error!(request_id = request_id(request), %error, "the session could not be read");
    };
    let anonymous = Visitor {
        user: None,
        caller: Caller {
            user: None,
            staff: None,
            address: client_address(request),
            user_agent: request.headers().get_one("user-agent").unwrap_or_default().to_owned(),
            request_id: request_id(request).to_owned(),
            device: known_devices::fingerprint(app, request.cookies()),
            session: None,
        },
        is_remembered: false,
        viewed_until: None,
        record: 0,
    };
    // A browser with the impersonation cookie is that customer or anonymous; its own session is not used.
    if let Some(token) = app.impersonation_cookie.token(request.cookies()) {
        let Some(found) = impersonation::session(&app.ctx, token).await.map_err(unread)? else {
            return Ok(anonymous);
        };
        let caller = impersonation::in_place_of(&anonymous.caller, found.staff, found.customer.id);
        let (user, viewed_until) = (Some(found.customer), Some(found.ends_at));
        return Ok(Visitor { user, caller, viewed_until, ..anonymous });
    }
    let Some(token) = app.session_cookie.token(request.cookies()) else { return Ok(anonymous) };
    let Some(session) = sessions::by_token(&app.ctx, token).await.map_err(unread)? else {
        return Ok(anonymous);
    };
    let of_session = Some(format!("session:{}", session.id));
    let caller = Caller { user: Some(session.user.id), session: of_session, ..anonymous.caller };
    let (is_remembered, record) = (session.is_remembered, session.audit_position);
    Ok(Visitor { user: Some(session.user), caller, is_remembered, viewed_until: None, record })
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match visitor(request).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(()) => Outcome::Error((Status::ServiceUnavailable, ())),
        }
    }
}

/// The visitor, where staff look at the site as a customer. For public pages: only requests with the
/// impersonation cookie cost a query.
pub struct ImpersonationGuard(pub Option<Visitor>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ImpersonationGuard {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let app = request.rocket().state::<App>();
        if app.is_none_or(|app| app.impersonation_cookie.token(request.cookies()).is_none()) {
            return Outcome::Success(ImpersonationGuard(None));
        }
        Visitor::from_request(request).await.map(|visitor| ImpersonationGuard(Some(visitor)))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Visitor::from_request(request).await {
            Outcome::Success(Visitor { user: Some(user), caller, is_remembered, viewed_until, record }) => {
                Outcome::Success(SignedIn { user, caller, is_remembered, viewed_until, record })
            }
            Outcome::Success(Visitor { user: None, .. }) => Outcome::Error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}
