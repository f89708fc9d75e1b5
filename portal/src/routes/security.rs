//! Signed-in devices, the second factor, and what was done with the account.
use crate::{
    guards::{PageContext, SignedIn, Visitor},
    pages::{Activity, Confirm, FieldError, Security},
    presenters::{self, field_errors::limited},
    responses::{self, Answer, PageError, Reply, encode, own_path, page, page_later, page_with},
};
use hollyn_core::{
    keys,
    ops::{
        auth::two_factor::{self, Code, State},
        auth::{self, Confirmed},
        users::profile,
    },
};
use rocket::{
    FromForm,
    form::Form,
    get,
    http::{CookieJar, Status},
    post,
};

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
    let browsers = profile::browsers(ctx, user, token).await?;
    let mut state = two_factor::state(ctx, user).await?;
    // What was begun and left lying goes on for nobody but who types the password again.
    if matches!(state, State::Starting { .. }) && !is_confirmed(page_context, jar) {
        state = State::Off;
    }
    Ok(presenters::profile::security(browsers, state))
}

async fn refused(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    found: Result<FieldError, Code>,
) -> Answer {
    let page_context = page_context.at("/profile/security");
    let facts = facts(&page_context, &signed_in, jar).await?;
    let visitor = Visitor::from(signed_in);
    Ok(match found {
        Err(Code::Limited(again)) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&page_context, &visitor, again, &Security { problems, ..facts })
        }
        Err(Code::Right | Code::Wrong) => {
            let problems = vec![FieldError::new("code", "problem-code").in_form("confirm")];
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &Security { problems, ..facts })
        }
        Ok(problem) => {
            let problems = vec![problem];
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &Security { problems, ..facts })
        }
    })
}

/// `POST /profile/sessions/{id}/end`
#[post("/profile/sessions/<id>/end")]
pub async fn end_session(page_context: PageContext<'_>, signed_in: SignedIn, id: i64) -> Answer {
    let ended = profile::end_session(&page_context.app.ctx, &signed_in.caller, &signed_in.user, id).await?;
    if ended { Ok(Reply::Go("/profile/security?saved=session".into())) } else { Err(PageError::NotFound) }
}

/// `POST /profile/sessions/end-others`
#[post("/profile/sessions/end-others")]
pub async fn end_others(page_context: PageContext<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    profile::end_other_sessions(&page_context.app.ctx, &signed_in.caller, &signed_in.user, token).await?;
    Ok(Reply::Go("/profile/security?saved=sessions".into()))
}

/// `POST /profile/two-factor/start`: asks for the password first.
#[post("/profile/two-factor/start")]
pub async fn start(page_context: PageContext<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    if !is_confirmed(&page_context, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    two_factor::start(&page_context.app.ctx, &signed_in.user).await?;
    Ok(Reply::Go("/profile/security#two-factor".into()))
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
    let (code, codes) =
        two_factor::confirm(&page_context.app.ctx, &signed_in.caller, &signed_in.user, &fields.code).await?;
    if code != Code::Right {
        return refused(page_context, signed_in, jar, Err(code)).await;
    }
    with_codes(page_context, signed_in, jar, codes).await
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

/// What is wrong with the account's password; None where it is right.
async fn reauthenticate(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
    password: &str,
    form: &str,
) -> Result<Option<Result<FieldError, Code>>, PageError> {
    let confirmed =
        auth::confirm_password(&page_context.app.ctx, &signed_in.caller, &signed_in.user, password).await?;
    Ok(match confirmed {
        Confirmed::Yes => None,
        Confirmed::No => Some(Ok(FieldError::new("password", "problem-password-wrong").in_form(form))),
        Confirmed::Limited(again) => Some(Err(Code::Limited(again))),
    })
}

/// `POST /profile/two-factor/off`
#[post("/profile/two-factor/off", data = "<fields>")]
pub async fn off(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if let Some(found) = reauthenticate(&page_context, &signed_in, &fields.password, "off").await? {
        return refused(page_context, signed_in, jar, found).await;
    }
    two_factor::remove(&page_context.app.ctx, &signed_in.caller, &signed_in.user).await?;
    Ok(Reply::Go("/profile/security?saved=two-factor-off".into()))
}

/// `POST /profile/two-factor/codes`: new recovery codes, shown this once.
#[post("/profile/two-factor/codes", data = "<fields>")]
pub async fn codes(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if let Some(found) = reauthenticate(&page_context, &signed_in, &fields.password, "codes").await? {
        return refused(page_context, signed_in, jar, found).await;
    }
    if !two_factor::is_on(&page_context.app.ctx, &signed_in.user).await? {
        return Err(PageError::NotFound);
    }
    let codes = two_factor::renew_codes(&page_context.app.ctx, &signed_in.caller, &signed_in.user).await?;
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
    let confirmed =
        auth::confirm_password(&page_context.app.ctx, &signed_in.caller, &signed_in.user, &fields.password)
            .await?;
    let page_context = page_context.at(format!("/confirm-password?next={}", encode(&next)));
    let visitor = Visitor::from(signed_in);
    Ok(match confirmed {
        Confirmed::Yes => {
            remember_confirmed(&page_context, jar);
            Reply::Go(next)
        }
        Confirmed::No => {
            let problems = vec![FieldError::new("password", "problem-password-wrong")];
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &Confirm { next, problems })
        }
        Confirmed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&page_context, &visitor, again, &Confirm { next, problems })
        }
    })
}

/// Bound to this browser's session: another one's cookie, or an older session's, counts for nothing.
fn remember_confirmed(page_context: &PageContext<'_>, jar: &CookieJar<'_>) {
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    let until = page_context.app.ctx.now().plus_seconds(CONFIRMED_SECONDS).0;
    let value = page_context.app.ctx.keys.sign(CONFIRMED, &format!("{until}:{}", keys::fingerprint(token)));
    jar.add(page_context.app.session_cookie.cookie(CONFIRMED, value, None));
}

fn is_confirmed(page_context: &PageContext<'_>, jar: &CookieJar<'_>) -> bool {
    let cookie = jar.get(CONFIRMED).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let value = page_context.app.ctx.keys.verify(CONFIRMED, &cookie);
    let Some((until, fingerprint)) = value.and_then(|value| value.split_once(':')) else { return false };
    let token = page_context.app.session_cookie.token(jar).unwrap_or_default();
    until.parse().is_ok_and(|until: i64| until > page_context.app.ctx.now().0)
        && fingerprint == keys::fingerprint(token)
}

/// `GET /profile/activity`
#[get("/profile/activity?<page>")]
pub async fn activity(page_context: PageContext<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, all) = profile::activity(&page_context.app.ctx, &signed_in.user, number, PER_PAGE).await?;
    let shown = Activity {
        entries: rows.iter().map(presenters::profile::activity).collect(),
        page: number,
        pages: presenters::pages_of(all, PER_PAGE),
    };
    Ok(responses::page(&page_context, &Visitor::from(signed_in), &shown))
}
