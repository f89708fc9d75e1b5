//! Lost passwords and unproven addresses: what a link in a mail leads to.
use crate::{
    guards::{PageContext, SignedIn, Visitor},
    pages::{FieldError, Forgot, Reset, Verify, VerifyState},
    presenters::field_errors::{limited, problem},
    responses::{Answer, Reply, page, page_later, page_with},
};
use hollyn_core::ops::auth::password_reset::{self, Asked};
use rocket::{
    FromForm,
    form::Form,
    get,
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
    let asked = password_reset::forgot_password(&page_context.app.ctx, &visitor.caller, &email).await?;
    Ok(match asked {
        Asked::Sent => page(&page_context, &visitor, &Forgot { email, sent: true, ..Forgot::default() }),
        Asked::FieldError(found) => {
            let shown = Forgot { email, problems: vec![problem(&found)], sent: false };
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown)
        }
        Asked::Limited(again) => {
            let shown = Forgot { email, problems: vec![limited("problem-mails-later", again)], sent: false };
            page_later(&page_context, &visitor, again, &shown)
        }
    })
}

/// `GET /reset-password/{token}`
#[get("/reset-password/<token>")]
pub async fn reset_form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let token_ok = password_reset::is_reset_link_good(&page_context.app.ctx, token).await?;
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
    let page_context = page_context.at("/forgot-password");
    let done =
        password_reset::reset_password(&page_context.app.ctx, &visitor.caller, token, &fields.password)
            .await?;
    Ok(match done {
        password_reset::Reset::Done(_) => {
            page_context.app.session_cookie.clear(jar);
            page(
                &page_context,
                &Visitor { user: None, ..visitor },
                &Reset { done: true, token_ok: true, ..Reset::default() },
            )
        }
        password_reset::Reset::FieldError(found) => {
            let shown = Reset { token_ok: true, problems: vec![problem(&found)], done: false };
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown)
        }
        password_reset::Reset::BadLink => {
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &Reset::default())
        }
    })
}

/// `GET /verify-email/{token}`: shows a button. Programs that look into mails follow links, and must not use them up.
#[get("/verify-email/<token>")]
pub async fn verify_form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let email = password_reset::verification(&page_context.app.ctx, token).await?;
    let state = if email.is_some() { VerifyState::Ready } else { VerifyState::Invalid };
    Ok(page(&page_context.at("/"), &visitor, &Verify { state, email }))
}

/// `POST /verify-email/{token}`
#[post("/verify-email/<token>")]
pub async fn verify(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let email = password_reset::verification(&page_context.app.ctx, token).await?;
    let done = password_reset::verify_email(&page_context.app.ctx, &visitor.caller, token).await?;
    let page_context = page_context.at("/");
    Ok(if done {
        page(&page_context, &visitor, &Verify { state: VerifyState::Done, email })
    } else {
        page_with(
            Status::UnprocessableEntity,
            &page_context,
            &visitor,
            &Verify { state: VerifyState::Invalid, email: None },
        )
    })
}

/// `POST /email/verification`: mails the link once more.
#[post("/email/verification")]
pub async fn resend(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let user = &signed_in.user;
    match password_reset::resend_verification(&page_context.app.ctx, user).await? {
        None => Ok(Reply::Go("/profile?sent=1".into())),
        Some(again) => {
            let problems: Vec<FieldError> = vec![limited("problem-mails-later", again)];
            super::profile::shown(&page_context, &signed_in, problems, None, Some(again)).await
        }
    }
}
