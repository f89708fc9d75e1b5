//! The cookie with an unfinished order form: everything but the password.
use crate::{guards::PageContext, pages::CheckoutForm};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rocket::http::CookieJar;

const DRAFT: &str = "draft";

/// Keeps what was typed while the customer signs in, and for going back.
pub fn keep(page_context: &PageContext<'_>, jar: &CookieJar<'_>, slug: &str, form: &CheckoutForm) {
    let draft = serde_json::json!([slug, form.name, form.email, form.phone, form.domain, form.months]);
    let value = page_context.app.ctx.keys.sign(DRAFT, &URL_SAFE_NO_PAD.encode(draft.to_string()));
    // A browser drops a cookie of more than 4 KB; then only the typing is lost, not the order.
    if value.len() < 3500 {
        jar.add(page_context.app.session_cookie.cookie(DRAFT, value, None));
    }
}

/// Forgets what was typed: another person may use the browser next.
pub fn forget(page_context: &PageContext<'_>, jar: &CookieJar<'_>) {
    page_context.app.session_cookie.remove(jar, DRAFT);
}

/// The e-mail address that was typed at the checkout whose path is `back`.
pub fn typed_email(page_context: &PageContext<'_>, jar: &CookieJar<'_>, back: &str) -> Option<String> {
    read(page_context, jar, back.strip_prefix("/checkout/")?).map(|form| form.email)
}

/// What was typed for this plan.
pub fn read(page_context: &PageContext<'_>, jar: &CookieJar<'_>, slug: &str) -> Option<CheckoutForm> {
    let cookie = page_context.app.session_cookie.value(jar, DRAFT)?;
    let value = page_context.app.ctx.keys.verify(DRAFT, cookie)?;
    let json = URL_SAFE_NO_PAD.decode(value).ok()?;
    let (of, name, email, phone, domain, months): (String, String, String, String, String, i64) =
        serde_json::from_slice(&json).ok()?;
    (of == slug).then_some(CheckoutForm { name, email, phone, domain, months })
}
