//! Lost passwords and unverified addresses: where the links in mails lead.
use super::form::{Words, show_again};
use crate::{
    guards::{Form, PageContext, SignedIn, Visitor},
    pages::{Forgot, Reset, Verify, VerifyState},
    presenters::field_errors::problem,
    responses::{Answer, Reply, page, page_with},
};
use hollyn_core::{
    Error,
    ops::auth::{email_verification, invitation, password_reset},
};
use rocket::{
    FromForm, get,
    http::{CookieJar, Status},
    post,
};

/// `GET /forgot-password`
#[get("/forgot-password")]
pub fn forgot_form(page_context: PageContext<'_>, visitor: Visitor) -> Answer {
    Ok(page(&page_context, &visitor, &Forgot::default()))
}

/// The address of a lost password.
#[derive(FromForm)]
pub struct ForgotFields {
    #[field(default = String::new())]
    email: String,
}

/// `POST /forgot-password`: the same answer whether there is an account or not.
#[post("/forgot-password", data = "<fields>")]
pub async fn forgot(page_context: PageContext<'_>, visitor: Visitor, fields: Form<ForgotFields>) -> Answer {
    let email = fields.into_inner().email;
    match password_reset::request(&page_context.app.ctx, &visitor.caller, &email).await {
        Ok(()) => Ok(page(&page_context, &visitor, &Forgot { email, sent: true, ..Forgot::default() })),
        Err(error) => {
            let words = Words { field: problem, limited: "problem-mails-later" };
            let again = |problems| Forgot { email, problems, sent: false };
            show_again(&page_context, &visitor, error, &words, again)
        }
    }
}

/// `GET /reset-password/{token}`
#[get("/reset-password/<token>")]
pub async fn reset_form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let token_ok = password_reset::is_valid(&page_context.app.ctx, token).await?;
    let page_context = page_context.at("/forgot-password");
    Ok(page(&page_context, &visitor, &Reset { token_ok, ..Reset::default() }))
}

/// The new password.
#[derive(FromForm)]
pub struct ResetFields {
    #[field(default = String::new())]
    password: String,
}

/// `POST /reset-password/{token}`
#[post("/reset-password/<token>", data = "<fields>")]
pub async fn reset(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    token: &str,
    fields: Form<ResetFields>,
) -> Answer {
    let reset = password_reset::reset(&page_context.app.ctx, &visitor.caller, token, &fields.password).await;
    password_set(page_context, visitor, jar, reset, Reset::default())
}

/// `GET /invitation/{token}`
#[get("/invitation/<token>")]
pub async fn invitation_form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let token_ok = invitation::is_valid(&page_context.app.ctx, token).await?;
    let page_context = page_context.at("/forgot-password");
    Ok(page(&page_context, &visitor, &Reset { token_ok, is_invitation: true, ..Reset::default() }))
}

/// `POST /invitation/{token}`
#[post("/invitation/<token>", data = "<fields>")]
pub async fn accept_invitation(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    token: &str,
    fields: Form<ResetFields>,
) -> Answer {
    let accepted = invitation::accept(&page_context.app.ctx, &visitor.caller, token, &fields.password).await;
    let shown = Reset { is_invitation: true, ..Reset::default() };
    password_set(page_context, visitor, jar, accepted, shown)
}

/// The page after a password was sent by a link; `shown` is the page of an invalid link.
fn password_set(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    result: Result<(), Error>,
    shown: Reset,
) -> Answer {
    let page_context = page_context.at("/forgot-password");
    match result {
        Ok(()) => {
            page_context.app.session_cookie.clear(jar);
            let done = Reset { done: true, token_ok: true, ..shown };
            Ok(page(&page_context, &Visitor { user: None, ..visitor }, &done))
        }
        Err(Error::NotFound(_)) => {
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown))
        }
        Err(error) => {
            let words = Words { field: problem, limited: "problem-mails-later" };
            let again = |problems| Reset { token_ok: true, problems, ..shown };
            show_again(&page_context, &visitor, error, &words, again)
        }
    }
}

/// `GET /verify-email/{token}`: shows a button. Mail scanners follow links and must not use them up.
#[get("/verify-email/<token>")]
pub async fn verify_form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let email = email_verification::address_of(&page_context.app.ctx, token).await?;
    let state = if email.is_some() { VerifyState::Ready } else { VerifyState::Invalid };
    Ok(page(&page_context.at("/"), &visitor, &Verify { state, email }))
}

/// `POST /verify-email/{token}`
#[post("/verify-email/<token>")]
pub async fn verify(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let verified = email_verification::verify(&page_context.app.ctx, &visitor.caller, token).await;
    let page_context = page_context.at("/");
    match verified {
        Ok(email) => {
            let done = Verify { state: VerifyState::Done, email: Some(email) };
            Ok(page(&page_context, &visitor, &done))
        }
        Err(Error::NotFound(_)) => {
            let invalid = Verify { state: VerifyState::Invalid, email: None };
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &invalid))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /email/verification`: mails the link once more.
#[post("/email/verification")]
pub async fn resend(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let user = &signed_in.user;
    match email_verification::resend(&page_context.app.ctx, user).await {
        Ok(()) => Ok(Reply::Go("/profile?sent=1".into())),
        Err(error) => {
            let words = Words { field: problem, limited: "problem-mails-later" };
            super::profile::shown(&page_context, &signed_in, error, &words, None).await
        }
    }
}
