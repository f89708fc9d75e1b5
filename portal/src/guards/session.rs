//! Who is at the other end. Asked once per request.
use crate::app::App;
use hollyn_core::ops::{
    Caller,
    accounts::{self, SessionRow, UserRow},
};
use rocket::{
    Request,
    http::{Cookie, CookieJar, SameSite, Status},
    request::{FromRequest, Outcome},
    time::Duration,
};

/// The session cookie's name and whether it is for https only.
#[derive(Debug, Clone)]
pub struct SessionCookie {
    name: &'static str,
    is_secure: bool,
}

impl SessionCookie {
    /// `__Host-` wherever there is https; the plain name for http on this machine.
    pub fn for_origin(origin: &str) -> SessionCookie {
        let is_secure = origin.starts_with("https://");
        SessionCookie { name: if is_secure { "__Host-session" } else { "session" }, is_secure }
    }

    /// Any cookie of ours: not for scripts, not for other sites.
    pub fn cookie(
        &self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        value: String,
        days: Option<i64>,
    ) -> Cookie<'static> {
        let mut cookie = Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.is_secure)
            .build();
        if let Some(days) = days {
            cookie.set_max_age(Duration::days(days));
        }
        cookie
    }

    /// Signs the browser in.
    pub fn set(&self, jar: &CookieJar<'_>, token: String, remember: bool) {
        jar.add(self.cookie(self.name, token, remember.then_some(30)));
    }

    /// The token that the browser holds.
    pub fn token<'a>(&self, jar: &'a CookieJar<'_>) -> Option<&'a str> {
        jar.get(self.name).map(Cookie::value)
    }

    /// Takes the cookie away.
    pub fn clear(&self, jar: &CookieJar<'_>) {
        jar.remove(Cookie::build(self.name).path("/"));
    }
}

/// Anybody, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    pub user: Option<UserRow>,
    pub caller: Caller,
    /// Whether this browser stays signed in for 30 days.
    pub is_remembered: bool,
}

/// Somebody who is signed in. Others are sent to sign in, and come back.
#[derive(Clone)]
pub struct SignedIn {
    pub user: UserRow,
    pub caller: Caller,
    /// As in [`Visitor`].
    pub is_remembered: bool,
}

impl From<SignedIn> for Visitor {
    fn from(signed_in: SignedIn) -> Visitor {
        Visitor {
            user: Some(signed_in.user),
            caller: signed_in.caller,
            is_remembered: signed_in.is_remembered,
        }
    }
}

/// The request's id, made where it is first asked for.
pub fn request_id<'r>(request: &'r Request<'_>) -> &'r str {
    request.local_cache(hollyn_core::random::uuid)
}

async fn visitor(request: &Request<'_>) -> Result<Visitor, ()> {
    let app = request.rocket().state::<App>().ok_or(())?;
    let session: Option<SessionRow> = match app.session_cookie.token(request.cookies()) {
        Some(token) => accounts::session(&app.shop, token).await.map_err(|error| {
            tracing::error!(request_id = request_id(request), %error, "the session could not be read");
        })?,
        None => None,
    };
    let is_remembered = session.as_ref().is_some_and(|session| session.is_remembered.into());
    let user = session.map(|session| session.user);
    let caller = Caller {
        user: user.as_ref().map(|user| user.id),
        staff: None,
        address: request.client_ip().map_or_else(|| "unknown".to_owned(), |ip| ip.to_string()),
        user_agent: request.headers().get_one("user-agent").unwrap_or_default().to_owned(),
        request_id: request_id(request).to_owned(),
    };
    Ok(Visitor { user, caller, is_remembered })
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.local_cache_async(visitor(request)).await {
            Ok(visitor) => Outcome::Success(visitor.clone()),
            Err(()) => Outcome::Error((Status::ServiceUnavailable, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Visitor::from_request(request).await {
            Outcome::Success(Visitor { user: Some(user), caller, is_remembered }) => {
                Outcome::Success(SignedIn { user, caller, is_remembered })
            }
            Outcome::Success(Visitor { user: None, .. }) => Outcome::Error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}
