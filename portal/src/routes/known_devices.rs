//! The cookie that says which accounts this browser has been signed in to.
use crate::guards::PageContext;
use hollyn_core::domain::user::User;
use rocket::http::CookieJar;

const DEVICE: &str = "device";

/// The accounts that this browser has been signed in to.
fn accounts(page_context: &PageContext<'_>, jar: &CookieJar<'_>) -> Vec<String> {
    let cookie = page_context.app.session_cookie.value(jar, DEVICE).unwrap_or_default();
    let value = page_context.app.ctx.keys.verify(DEVICE, cookie).unwrap_or_default();
    value.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Whether this browser has been signed in to the account.
pub fn is_known(page_context: &PageContext<'_>, jar: &CookieJar<'_>, user: &User) -> bool {
    accounts(page_context, jar).contains(&user.id.to_string())
}

/// Adds the account to the ones that this browser has been signed in to.
pub fn remember(page_context: &PageContext<'_>, jar: &CookieJar<'_>, user: &User) {
    let mut ids = accounts(page_context, jar);
    ids.retain(|id| *id != user.id.to_string());
    ids.insert(0, user.id.to_string());
    ids.truncate(10);
    let value = page_context.app.ctx.keys.sign(DEVICE, &ids.join(","));
    jar.add(page_context.app.session_cookie.cookie(DEVICE, value, Some(365)));
}
