//! Lost passwords and unproven addresses: what a link in a mail leads to.
use super::{Answer, Reply, page, page_later, page_with};
use crate::{
    guards::{SignedIn, Stage, Visitor},
    pages::{Forgot, Problem, Reset, Verify, VerifyState},
    views::problems::{limited, problem},
};
use hollyn_core::ops::recovery::{self, Asked};
use rocket::{
    FromForm,
    form::Form,
    get,
    http::{CookieJar, Status},
    post,
};

/// `GET /forgot-password`
#[get("/forgot-password")]
pub fn forgot_form(stage: Stage<'_>, visitor: Visitor) -> Answer {
    Ok(page(&stage, &visitor, &Forgot::default()))
}

/// The address of a lost password.
#[derive(FromForm)]
pub struct ForgotFields {
    #[field(default = String::new())]
    email: String,
}

/// `POST /forgot-password`: the same answer whether there is an account or not.
#[post("/forgot-password", data = "<fields>")]
pub async fn forgot(stage: Stage<'_>, visitor: Visitor, fields: Form<ForgotFields>) -> Answer {
    let email = fields.into_inner().email;
    let asked = recovery::forgot_password(&stage.app.shop, &visitor.caller, &email).await?;
    Ok(match asked {
        Asked::Sent => page(&stage, &visitor, &Forgot { email, sent: true, ..Forgot::default() }),
        Asked::Problem(found) => {
            let shown = Forgot { email, problems: vec![problem(&found)], sent: false };
            page_with(Status::UnprocessableEntity, &stage, &visitor, &shown)
        }
        Asked::Limited(again) => {
            let shown = Forgot { email, problems: vec![limited("problem-mails-later", again)], sent: false };
            page_later(&stage, &visitor, again, &shown)
        }
    })
}

/// `GET /reset-password/{token}`
#[get("/reset-password/<token>")]
pub async fn reset_form(stage: Stage<'_>, visitor: Visitor, token: &str) -> Answer {
    let token_ok = recovery::is_reset_link_good(&stage.app.shop, token).await?;
    let stage = stage.at("/forgot-password");
    Ok(page(&stage, &visitor, &Reset { token_ok, ..Reset::default() }))
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
    stage: Stage<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    token: &str,
    fields: Form<ResetFields>,
) -> Answer {
    let stage = stage.at("/forgot-password");
    let done = recovery::reset_password(&stage.app.shop, &visitor.caller, token, &fields.password).await?;
    Ok(match done {
        recovery::Reset::Done(_) => {
            stage.app.session_cookie.clear(jar);
            page(
                &stage,
                &Visitor { user: None, ..visitor },
                &Reset { done: true, token_ok: true, ..Reset::default() },
            )
        }
        recovery::Reset::Problem(found) => {
            let shown = Reset { token_ok: true, problems: vec![problem(&found)], done: false };
            page_with(Status::UnprocessableEntity, &stage, &visitor, &shown)
        }
        recovery::Reset::BadLink => {
            page_with(Status::UnprocessableEntity, &stage, &visitor, &Reset::default())
        }
    })
}

/// `GET /verify-email/{token}`: shows a button. Programs that look into mails follow links, and must not use them up.
#[get("/verify-email/<token>")]
pub async fn verify_form(stage: Stage<'_>, visitor: Visitor, token: &str) -> Answer {
    let email = recovery::verification(&stage.app.shop, token).await?;
    let state = if email.is_some() { VerifyState::Ready } else { VerifyState::Invalid };
    Ok(page(&stage.at("/"), &visitor, &Verify { state, email }))
}

/// `POST /verify-email/{token}`
#[post("/verify-email/<token>")]
pub async fn verify(stage: Stage<'_>, visitor: Visitor, token: &str) -> Answer {
    let email = recovery::verification(&stage.app.shop, token).await?;
    let done = recovery::verify_email(&stage.app.shop, &visitor.caller, token).await?;
    let stage = stage.at("/");
    Ok(if done {
        page(&stage, &visitor, &Verify { state: VerifyState::Done, email })
    } else {
        page_with(
            Status::UnprocessableEntity,
            &stage,
            &visitor,
            &Verify { state: VerifyState::Invalid, email: None },
        )
    })
}

/// `POST /email/verification`: mails the link once more.
#[post("/email/verification")]
pub async fn resend(stage: Stage<'_>, signed_in: SignedIn) -> Answer {
    let user = &signed_in.user;
    match recovery::resend_verification(&stage.app.shop, user).await? {
        None => Ok(Reply::Go("/profile?sent=1".into())),
        Some(again) => {
            let problems: Vec<Problem> = vec![limited("problem-mails-later", again)];
            super::profile::shown(&stage, &signed_in, problems, None, Some(again)).await
        }
    }
}
