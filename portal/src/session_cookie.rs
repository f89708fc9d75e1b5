//! The cookies of sessions, and how every cookie of the portal is set.
use rocket::{
    http::{Cookie, CookieJar, SameSite},
    time::Duration,
};

/// A session cookie's name and whether it is for https only.
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

    /// The same for staff who look at the site as a customer: a cookie of its own, beside the browser's own
    /// session.
    pub fn for_impersonation(origin: &str) -> SessionCookie {
        let is_secure = origin.starts_with("https://");
        SessionCookie { name: if is_secure { "__Host-impersonation" } else { "impersonation" }, is_secure }
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
