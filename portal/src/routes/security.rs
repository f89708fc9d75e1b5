//! Signed-in devices, the second factor, and what was done with the account.
use super::{Answer, Failure, Reply, own_path, page, page_later, page_with};
use crate::{
    guards::{SignedIn, Stage, Visitor},
    pages::{Activity, Confirm, Problem, Security},
    views::{self, problems::limited},
};
use hollyn_core::{
    keys,
    ops::{
        accounts::{self, Confirmed},
        profile,
        two_factor::{self, Code, State},
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
pub async fn form(stage: Stage<'_>, signed_in: SignedIn, jar: &CookieJar<'_>, saved: Option<&str>) -> Answer {
    let saved = saved.filter(|saved| SAVED.contains(saved)).map(|saved| format!("saved-{saved}"));
    let stage = stage.at("/profile/security");
    let shown = Security { saved, ..facts(&stage, &signed_in, jar).await? };
    Ok(page(&stage, &Visitor::from(signed_in), &shown))
}

async fn facts(stage: &Stage<'_>, signed_in: &SignedIn, jar: &CookieJar<'_>) -> Result<Security, Failure> {
    let (shop, user) = (&stage.app.shop, &signed_in.user);
    let token = stage.app.session_cookie.token(jar).unwrap_or_default();
    let browsers = profile::browsers(shop, user, token).await?;
    let mut state = two_factor::state(shop, user).await?;
    // What was begun and left lying goes on for nobody but who types the password again.
    if matches!(state, State::Starting { .. }) && !is_confirmed(stage, jar) {
        state = State::Off;
    }
    Ok(views::profile::security(browsers, state))
}

async fn refused(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    found: Result<Problem, Code>,
) -> Answer {
    let stage = stage.at("/profile/security");
    let facts = facts(&stage, &signed_in, jar).await?;
    let visitor = Visitor::from(signed_in);
    Ok(match found {
        Err(Code::Limited(again)) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&stage, &visitor, again, &Security { problems, ..facts })
        }
        Err(Code::Right | Code::Wrong) => {
            let problems = vec![Problem::new("code", "problem-code").in_form("confirm")];
            page_with(Status::UnprocessableEntity, &stage, &visitor, &Security { problems, ..facts })
        }
        Ok(problem) => {
            let problems = vec![problem];
            page_with(Status::UnprocessableEntity, &stage, &visitor, &Security { problems, ..facts })
        }
    })
}

/// `POST /profile/sessions/{id}/end`
#[post("/profile/sessions/<id>/end")]
pub async fn end_session(stage: Stage<'_>, signed_in: SignedIn, id: i64) -> Answer {
    let ended = profile::end_session(&stage.app.shop, &signed_in.caller, &signed_in.user, id).await?;
    if ended { Ok(Reply::Go("/profile/security?saved=session".into())) } else { Err(Failure::NotFound) }
}

/// `POST /profile/sessions/end-others`
#[post("/profile/sessions/end-others")]
pub async fn end_others(stage: Stage<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    let token = stage.app.session_cookie.token(jar).unwrap_or_default();
    profile::end_other_sessions(&stage.app.shop, &signed_in.caller, &signed_in.user, token).await?;
    Ok(Reply::Go("/profile/security?saved=sessions".into()))
}

/// `POST /profile/two-factor/start`: asks for the password first.
#[post("/profile/two-factor/start")]
pub async fn start(stage: Stage<'_>, signed_in: SignedIn, jar: &CookieJar<'_>) -> Answer {
    if !is_confirmed(&stage, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    two_factor::start(&stage.app.shop, &signed_in.user).await?;
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
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if !is_confirmed(&stage, jar) {
        return Ok(Reply::Go("/confirm-password?next=/profile/security".into()));
    }
    let (code, codes) =
        two_factor::confirm(&stage.app.shop, &signed_in.caller, &signed_in.user, &fields.code).await?;
    if code != Code::Right {
        return refused(stage, signed_in, jar, Err(code)).await;
    }
    with_codes(stage, signed_in, jar, codes).await
}

async fn with_codes(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    codes: Vec<String>,
) -> Answer {
    let stage = stage.at("/profile/security");
    let facts = facts(&stage, &signed_in, jar).await?;
    Ok(page(&stage, &Visitor::from(signed_in), &Security { recovery_codes: Some(codes), ..facts }))
}

/// What is wrong with the account's password; None where it is right.
async fn doubt(
    stage: &Stage<'_>,
    signed_in: &SignedIn,
    password: &str,
    form: &str,
) -> Result<Option<Result<Problem, Code>>, Failure> {
    let confirmed =
        accounts::confirm_password(&stage.app.shop, &signed_in.caller, &signed_in.user, password).await?;
    Ok(match confirmed {
        Confirmed::Yes => None,
        Confirmed::No => Some(Ok(Problem::new("password", "problem-password-wrong").in_form(form))),
        Confirmed::Limited(again) => Some(Err(Code::Limited(again))),
    })
}

/// `POST /profile/two-factor/off`
#[post("/profile/two-factor/off", data = "<fields>")]
pub async fn off(stage: Stage<'_>, signed_in: SignedIn, jar: &CookieJar<'_>, fields: Form<Fields>) -> Answer {
    if let Some(found) = doubt(&stage, &signed_in, &fields.password, "off").await? {
        return refused(stage, signed_in, jar, found).await;
    }
    two_factor::remove(&stage.app.shop, &signed_in.caller, &signed_in.user).await?;
    Ok(Reply::Go("/profile/security?saved=two-factor-off".into()))
}

/// `POST /profile/two-factor/codes`: new recovery codes, shown this once.
#[post("/profile/two-factor/codes", data = "<fields>")]
pub async fn codes(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    if let Some(found) = doubt(&stage, &signed_in, &fields.password, "codes").await? {
        return refused(stage, signed_in, jar, found).await;
    }
    if !two_factor::is_on(&stage.app.shop, &signed_in.user).await? {
        return Err(Failure::NotFound);
    }
    let codes = two_factor::renew_codes(&stage.app.shop, &signed_in.caller, &signed_in.user).await?;
    with_codes(stage, signed_in, jar, codes).await
}

/// `GET /confirm-password`
#[get("/confirm-password?<next>")]
pub fn confirm_form(stage: Stage<'_>, signed_in: SignedIn, next: Option<&str>) -> Answer {
    let next = next.and_then(own_path).unwrap_or("/profile/security").to_owned();
    Ok(page(&stage, &Visitor::from(signed_in), &Confirm { next, ..Confirm::default() }))
}

/// `POST /confirm-password`
#[post("/confirm-password", data = "<fields>")]
pub async fn confirm_password(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let next = own_path(&fields.next).unwrap_or("/profile/security").to_owned();
    let confirmed =
        accounts::confirm_password(&stage.app.shop, &signed_in.caller, &signed_in.user, &fields.password)
            .await?;
    let stage = stage.at(format!("/confirm-password?next={}", super::encode(&next)));
    let visitor = Visitor::from(signed_in);
    Ok(match confirmed {
        Confirmed::Yes => {
            remember_confirmed(&stage, jar);
            Reply::Go(next)
        }
        Confirmed::No => {
            let problems = vec![Problem::new("password", "problem-password-wrong")];
            page_with(Status::UnprocessableEntity, &stage, &visitor, &Confirm { next, problems })
        }
        Confirmed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&stage, &visitor, again, &Confirm { next, problems })
        }
    })
}

/// Bound to this browser's session: another one's cookie, or an older session's, counts for nothing.
fn remember_confirmed(stage: &Stage<'_>, jar: &CookieJar<'_>) {
    let token = stage.app.session_cookie.token(jar).unwrap_or_default();
    let until = stage.app.shop.now().plus_seconds(CONFIRMED_SECONDS).0;
    let value = stage.app.shop.keys.sign(CONFIRMED, &format!("{until}:{}", keys::fingerprint(token)));
    jar.add(stage.app.session_cookie.cookie(CONFIRMED, value, None));
}

fn is_confirmed(stage: &Stage<'_>, jar: &CookieJar<'_>) -> bool {
    let cookie = jar.get(CONFIRMED).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let value = stage.app.shop.keys.verify(CONFIRMED, &cookie);
    let Some((until, fingerprint)) = value.and_then(|value| value.split_once(':')) else { return false };
    let token = stage.app.session_cookie.token(jar).unwrap_or_default();
    until.parse().is_ok_and(|until: i64| until > stage.app.shop.now().0)
        && fingerprint == keys::fingerprint(token)
}

/// `GET /profile/activity`
#[get("/profile/activity?<page>")]
pub async fn activity(stage: Stage<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, all) = profile::activity(&stage.app.shop, &signed_in.user, number, PER_PAGE).await?;
    let shown = Activity {
        entries: rows.iter().map(views::profile::activity).collect(),
        page: number,
        pages: views::pages_of(all, PER_PAGE),
    };
    Ok(super::page(&stage, &Visitor::from(signed_in), &shown))
}
