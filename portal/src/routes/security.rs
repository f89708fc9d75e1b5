//! Signed-in devices, the second factor, and what was done with the account.
use super::form::{Words, show_again};
use crate::{
    guards::{Form, PageContext, SignedIn, Visitor},
    pages::{Activity, Confirm, FieldError, Security},
    presenters::{self, field_errors::own},
    responses::{self, Answer, PageError, Reply, encode, own_path, page},
};
use hollyn_core::{
    Error,
    domain::field_error::FieldError as Found,
    keys,
    ops::{
        auth::{
            self, sessions,
            two_factor::{self, State},
        },
        users,
    },
};
use rocket::{FromForm, get, http::CookieJar, post};

/// The cookie of a browser that just typed the account's password.
const CONFIRMED: &str = "confirmed";
/// For how long that counts, in seconds.
const CONFIRMED_SECONDS: i64 = 900;
/// How many lines of activity a page shows.
const PER_PAGE: i64 = 20;

/// The sentences that the page may show after a redirect.
const SAVED: [&str; 3] = ["session", "sessions", "two-factor-off"];

/// `GET /profile/security`
#[get("/profile/security?<saved>")]
pub async fn form(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    saved: Option<&str>,
) -> Answer {
    let saved = saved.filter(|saved| SAVED.contains(saved)).map(|saved| format!("saved-{saved}"));
    let page_context = page_context.at("/profile/security");
    let shown = Security { saved, ..facts(&page_context, &signed_in, jar).await? };
    Ok(page(&page_context, &Visitor::from(signed_in), &shown))
}

async fn facts(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
    jar: &CookieJar<'_>,
) -> Result<Security, PageError> {
    let (ctx, user) = (&page_context.app.ctx, &signed_in.user);
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    let browsers = sessions::browsers(ctx, user, token).await?;
    let mut state = two_factor::state(ctx, user).await?;
    // A seed that was made earlier is shown again only after the password was typed.
    if !is_confirmed(page_context, jar) {
        state = match state {
            State::Starting(_) | State::Off => State::Off,
            State::On { codes_left, .. } => State::On { codes_left, replacement: None },
        };
    }
    let (is_verified, can_turn_off) = (user.email_verified_at.is_some(), two_factor::may_turn_off(ctx, user));
    Ok(presenters::profile::security(browsers, state, is_verified, can_turn_off))
}

/// The page with what is wrong with one of its forms.
async fn refused(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    form: &'static str,
    error: Error,
) -> Answer {
    let page_context = page_context.at("/profile/security");
    let facts = facts(&page_context, &signed_in, jar).await?;
    let field = |found: &Found| {
        let shown = match found.field {
            "code" => FieldError::new("code", "problem-code"),
            _ => own(found),
        };
        shown.in_form(form)
    };
    let words = Words { field, limited: "problem-sign-in-later" };
    let again = |problems| Security { problems, ..facts };
    show_again(&page_context, &Visitor::from(signed_in), error, &words, again)
}

/// `POST /profile/sessions/{id}/end`
#[post("/profile/sessions/<id>/end")]
pub async fn end_session(page_context: PageContext<'_>, signed_in: SignedIn, id: i64) -> Answer {
    sessions::end(&page_context.app.ctx, &signed_in.caller, &signed_in.user, id).await?;
    Ok(Reply::Go("/profile/security?saved=session".into()))
}

/// `POST /profile/sessions/end-others`
#[post("/profile/sessions/end-others")]
pub async fn end_others(page_context: PageContext<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    sessions::end_others(&page_context.app.ctx, &signed_in.caller, &signed_in.user, token).await?;
    Ok(Reply::Go("/profile/security?saved=sessions".into()))
}

/// `POST /profile/two-factor/start`: asks for the password first.
#[post("/profile/two-factor/start")]
pub async fn start(page_context: PageContext<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    if !is_confirmed(&page_context, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    // The page says that the email has to be confirmed first.
    if signed_in.user.email_verified_at.is_some() {
        two_factor::start(&page_context.app.ctx, &signed_in.user).await?;
    }
    Ok(Reply::Go("/profile/security#two-factor".into()))
}

/// `POST /profile/two-factor/replace`: another authenticator app, with a code of the present one or a
/// recovery code. Asks for the password first.
#[post("/profile/two-factor/replace", data = "<fields>")]
pub async fn replace(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if !is_confirmed(&page_context, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    match two_factor::start_replacement(ctx, caller, user, &fields.code).await {
        Ok(()) => Ok(Reply::Go("/profile/security#two-factor".into())),
        Err(error) => refused(page_context, signed_in, jar, "replace", error).await,
    }
}

/// A code, or the account's password.
#[derive(FromForm)]
pub struct Fields {
    #[field(default = String::new())]
    code: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
}

/// `POST /profile/two-factor/confirm`
#[post("/profile/two-factor/confirm", data = "<fields>")]
pub async fn confirm(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if !is_confirmed(&page_context, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    match two_factor::confirm(ctx, caller, user, &fields.code).await {
        Ok(codes) => with_codes(page_context, signed_in, jar, codes).await,
        Err(error) => refused(page_context, signed_in, jar, "confirm", error).await,
    }
}

async fn with_codes(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    codes: Vec<String>,
) -> Answer {
    let page_context = page_context.at("/profile/security");
    let facts = facts(&page_context, &signed_in, jar).await?;
    Ok(page(&page_context, &Visitor::from(signed_in), &Security { recovery_codes: Some(codes), ..facts }))
}

/// `POST /profile/two-factor/off`: password and a code.
#[post("/profile/two-factor/off", data = "<fields>")]
pub async fn off(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    if let Err(error) = auth::reauthenticate(ctx, caller, user, "password", &fields.password).await {
        return refused(page_context, signed_in, jar, "off", error).await;
    }
    match two_factor::turn_off(ctx, caller, user, &fields.code).await {
        Ok(()) => Ok(Reply::Go("/profile/security?saved=two-factor-off".into())),
        Err(error) => refused(page_context, signed_in, jar, "off", error).await,
    }
}

/// `POST /profile/two-factor/codes`: new recovery codes, shown this once.
#[post("/profile/two-factor/codes", data = "<fields>")]
pub async fn codes(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    if let Err(error) = auth::reauthenticate(ctx, caller, user, "password", &fields.password).await {
        return refused(page_context, signed_in, jar, "codes", error).await;
    }
    if !two_factor::is_on(ctx, user).await? {
        return Err(PageError::NotFound);
    }
    let codes = two_factor::renew_codes(ctx, caller, user).await?;
    with_codes(page_context, signed_in, jar, codes).await
}

/// `GET /confirm-password`
#[get("/confirm-password?<next>")]
pub fn confirm_form(page_context: PageContext<'_>, signed_in: SignedIn, next: Option<&str>) -> Answer {
    let next = next.and_then(own_path).unwrap_or("/profile/security").to_owned();
    Ok(page(&page_context, &Visitor::from(signed_in), &Confirm { next, ..Confirm::default() }))
}

/// `POST /confirm-password`
#[post("/confirm-password", data = "<fields>")]
pub async fn confirm_password(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let next = own_path(&fields.next).unwrap_or("/profile/security").to_owned();
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let confirmed = auth::reauthenticate(ctx, caller, user, "password", &fields.password).await;
    let page_context = page_context.at(format!("/confirm-password?next={}", encode(&next)));
    match confirmed {
        Ok(()) => {
            remember_confirmed(&page_context, jar);
            Ok(Reply::Go(next))
        }
        Err(error) => {
            let words = Words { field: own, limited: "problem-sign-in-later" };
            let again = |problems| Confirm { next, problems };
            show_again(&page_context, &Visitor::from(signed_in), error, &words, again)
        }
    }
}

/// Bound to this browser's session: the cookie of another session is not valid.
fn remember_confirmed(page_context: &PageContext<'_>, jar: &CookieJar<'_>) {
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    let until = page_context.app.ctx.now().plus_seconds(CONFIRMED_SECONDS).0;
    let value = page_context.app.ctx.keys.sign(CONFIRMED, &format!("{until}:{}", keys::fingerprint(token)));
    jar.add(page_context.app.session_cookie.cookie(CONFIRMED, value, None));
}

fn is_confirmed(page_context: &PageContext<'_>, jar: &CookieJar<'_>) -> bool {
    let cookie = page_context.app.session_cookie.value(jar, CONFIRMED).unwrap_or_default();
    let value = page_context.app.ctx.keys.verify(CONFIRMED, cookie);
    let Some((until, fingerprint)) = value.and_then(|value| value.split_once(':')) else { return false };
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    until.parse().is_ok_and(|until: i64| until > page_context.app.ctx.now().0)
        && fingerprint == keys::fingerprint(token)
}

/// `GET /profile/activity`
#[get("/profile/activity?<page>")]
pub async fn activity(page_context: PageContext<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, all) = users::activity(&page_context.app.ctx, &signed_in.user, number, PER_PAGE).await?;
    let shown = Activity {
        entries: rows.iter().map(presenters::profile::activity).collect(),
        page: number,
        pages: presenters::pages_of(all, PER_PAGE),
    };
    Ok(responses::page(&page_context, &Visitor::from(signed_in), &shown))
}
