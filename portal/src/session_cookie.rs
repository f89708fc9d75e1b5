//! How every cookie of the portal is named and set, and the cookies of sessions.
use rocket::{
    http::{Cookie, CookieJar, SameSite},
    time::Duration,
};
use std::borrow::Cow;

/// A session's cookie, and the rules that it shares with all others.
#[derive(Debug, Clone)]
pub struct SessionCookie {
    name: &'static str,
    is_secure: bool,
}

impl SessionCookie {
    /// The cookie of the visitor's own session, for a portal with this origin.
    pub fn for_origin(origin: &str) -> SessionCookie {
        SessionCookie { name: "session", is_secure: origin.starts_with("https://") }
    }

    /// The same for staff who look at the site as a customer: a cookie of its own, beside the browser's own
    /// session.
    pub fn for_impersonation(origin: &str) -> SessionCookie {
        SessionCookie { name: "impersonation", is_secure: origin.starts_with("https://") }
    }

    /// The name under which the browser keeps a cookie: with `__Host-` wherever there is https, so that no
    /// other host can set it; the plain name for http on this machine.
    fn full_name(&self, name: &'static str) -> Cow<'static, str> {
        if self.is_secure { format!("__Host-{name}").into() } else { name.into() }
    }

    /// Any cookie of ours: not for scripts, not for other sites.
    pub fn cookie(&self, name: &'static str, value: String, days: Option<i64>) -> Cookie<'static> {
        let mut cookie = Cookie::build((self.full_name(name), value))
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

    /// The value of any cookie of ours, as the browser sent it.
    pub fn value<'a>(&self, jar: &'a CookieJar<'_>, name: &'static str) -> Option<&'a str> {
        jar.get(&self.full_name(name)).map(Cookie::value)
    }

    /// Takes any cookie of ours away.
    pub fn remove(&self, jar: &CookieJar<'_>, name: &'static str) {
        // A browser ignores a `__Host-` cookie without `Secure`, also one that is to be removed.
        jar.remove(self.cookie(name, String::new(), None));
    }

    /// Signs the browser in.
    pub fn set(&self, jar: &CookieJar<'_>, token: String, remember: bool) {
        jar.add(self.cookie(self.name, token, remember.then_some(30)));
    }

    /// The token that the browser holds.
    pub fn token<'a>(&self, jar: &'a CookieJar<'_>) -> Option<&'a str> {
        self.value(jar, self.name)
    }

    /// Signs the browser out.
    pub fn clear(&self, jar: &CookieJar<'_>) {
        self.remove(jar, self.name);
    }
}
