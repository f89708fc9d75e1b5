//! The cookie by which a browser is known to the accounts that were signed in with it.
use crate::app::App;
use hollyn_core::{
    Result,
    domain::user::User,
    keys,
    ops::auth::known_devices::{self, DAYS},
    random,
};
use rocket::http::CookieJar;

const DEVICE: &str = "device";

/// The browser's token, where it has one of ours.
fn token(app: &App, jar: &CookieJar<'_>) -> Option<String> {
    let cookie = app.session_cookie.value(jar, DEVICE)?;
    app.ctx.keys.verify(DEVICE, cookie).map(str::to_owned)
}

/// The fingerprint of the browser's token.
pub fn fingerprint(app: &App, jar: &CookieJar<'_>) -> Option<String> {
    token(app, jar).map(|token| keys::fingerprint(&token))
}

/// Remembers that the account was signed in with this browser.
pub async fn remember(app: &App, jar: &CookieJar<'_>, user: &User) -> Result<()> {
    let token = token(app, jar).unwrap_or_else(random::token);
    known_devices::remember(&app.ctx, user, &token).await?;
    jar.add(app.session_cookie.cookie(DEVICE, app.ctx.keys.sign(DEVICE, &token), Some(DAYS)));
    Ok(())
}
