//! What customers change about themselves.
use crate::{
    guards::{PageContext, SignedIn, Visitor},
    pages::{DeleteAccount, FieldError, Profile, Refused},
    presenters::{self, field_errors::limited},
    responses::{Answer, PageError, Reply, page, page_later, page_with},
};
use hollyn_core::{
    domain::time::Timestamp,
    ops::{
        auth,
        auth::two_factor,
        users::profile::{self, Changed, Deleted, DeletionBlockers},
    },
};
use rocket::{
    FromForm,
    form::Form,
    get,
    http::{CookieJar, Status},
    post,
};

/// The sentences that a page may show after a redirect, by what was saved.
const SAVED: [&str; 4] = ["name", "email", "phone", "password"];

/// `GET /profile`
#[get("/profile?<saved>&<sent>")]
pub async fn form(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    saved: Option<&str>,
    sent: Option<&str>,
) -> Answer {
    let saved = saved.filter(|saved| SAVED.contains(saved)).map(|saved| format!("saved-{saved}"));
    let page_context = page_context.at("/profile");
    let facts = facts(&page_context, &signed_in, Vec::new(), None).await?;
    let shown = Profile { saved, pending_note: sent.is_some() && !facts.is_verified, ..facts };
    Ok(page(&page_context, &Visitor::from(signed_in), &shown))
}

async fn facts(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
    problems: Vec<FieldError>,
    refused: Option<Refused>,
) -> Result<Profile, PageError> {
    let (ctx, user) = (&page_context.app.ctx, &signed_in.user);
    Ok(Profile {
        name: user.name.clone(),
        email: user.email.clone(),
        is_verified: user.email_verified_at.is_some(),
        pending_note: false,
        phone: user.phone.clone(),
        refused,
        problems,
        saved: None,
        has_two_factor: two_factor::is_on(ctx, user).await?,
        can_delete: profile::living(ctx, user).await?.is_empty(),
    })
}

/// The profile with what is wrong on it.
pub async fn shown(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
    problems: Vec<FieldError>,
    refused: Option<Refused>,
    again: Option<Timestamp>,
) -> Answer {
    let facts = facts(page_context, signed_in, problems, refused).await?;
    let visitor = Visitor::from(signed_in.clone());
    Ok(match again {
        Some(again) => page_later(page_context, &visitor, again, &facts),
        None => page_with(Status::UnprocessableEntity, page_context, &visitor, &facts),
    })
}

/// Answers one of the profile's forms.
async fn answer(
    page_context: PageContext<'_>,
    signed_in: &SignedIn,
    form: &'static str,
    typed: &str,
    changed: Changed,
) -> Answer {
    let page_context = page_context.at("/profile");
    let refused = Refused { form: form.to_owned(), typed: typed.to_owned() };
    match changed {
        Changed::Done => Ok(Reply::Go(format!("/profile?saved={form}"))),
        Changed::FieldError(found) => {
            let problem = match (found.field, found.code) {
                ("email", "same") => FieldError::new("email", "problem-email-same"),
                ("password", "same") => FieldError::new("password", "problem-password-same"),
                (_, _) => presenters::field_errors::own(&found),
            };
            let problems = vec![problem.in_form(form)];
            shown(&page_context, signed_in, problems, Some(refused), None).await
        }
        Changed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            shown(&page_context, signed_in, problems, Some(refused), Some(again)).await
        }
    }
}

/// One field and, where it is asked, the account's password.
#[derive(FromForm)]
pub struct Fields {
    #[field(default = String::new())]
    name: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    phone: String,
    #[field(default = String::new())]
    current: String,
    #[field(default = String::new())]
    password: String,
}

/// `POST /profile/name`
#[post("/profile/name", data = "<fields>")]
pub async fn name(page_context: PageContext<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let changed =
        profile::change_name(&page_context.app.ctx, &signed_in.caller, &signed_in.user, &fields.name).await?;
    answer(page_context, &signed_in, "name", &fields.name, changed).await
}

/// `POST /profile/email`
#[post("/profile/email", data = "<fields>")]
pub async fn email(page_context: PageContext<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let changed = profile::change_email(ctx, caller, user, &fields.email, &fields.password).await?;
    answer(page_context, &signed_in, "email", &fields.email, changed).await
}

/// `POST /profile/phone`
#[post("/profile/phone", data = "<fields>")]
pub async fn phone(page_context: PageContext<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let changed = profile::change_phone(ctx, caller, user, &fields.phone, &fields.password).await?;
    answer(page_context, &signed_in, "phone", &fields.phone, changed).await
}

/// `POST /profile/password`: every other browser is signed out, this one gets a new session.
#[post("/profile/password", data = "<fields>")]
pub async fn password(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let (app, caller, user) = (page_context.app, &signed_in.caller, &signed_in.user);
    let changed =
        profile::change_password(&app.ctx, caller, user, &fields.current, &fields.password, 0).await?;
    if changed == Changed::Done {
        let token = auth::open_session(&app.ctx, caller, user, signed_in.is_remembered).await?;
        app.session_cookie.set(jar, token, signed_in.is_remembered);
    }
    answer(page_context, &signed_in, "password", "", changed).await
}

/// `GET /profile/delete`
#[get("/profile/delete")]
pub async fn delete_form(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let living = profile::living(&page_context.app.ctx, &signed_in.user).await?;
    Ok(page(&page_context, &Visitor::from(signed_in), &kept_by(living)))
}

fn kept_by(living: DeletionBlockers) -> DeleteAccount {
    DeleteAccount { blocking: living.hosting, being_paid: living.being_paid, ..DeleteAccount::default() }
}

/// `POST /profile/delete`
#[post("/profile/delete", data = "<fields>")]
pub async fn delete(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let app = page_context.app;
    let deleted =
        profile::delete_account(&app.ctx, &signed_in.caller, &signed_in.user, &fields.password).await?;
    let visitor = Visitor::from(signed_in);
    Ok(match deleted {
        Deleted::Done => {
            app.session_cookie.clear(jar);
            let nobody = Visitor { user: None, ..visitor };
            page(&page_context.at("/"), &nobody, &DeleteAccount { done: true, ..DeleteAccount::default() })
        }
        Deleted::StillLiving(living) => {
            page_with(Status::Conflict, &page_context, &visitor, &kept_by(living))
        }
        Deleted::Wrong => {
            let problems = vec![FieldError::new("password", "problem-password-wrong")];
            let shown = DeleteAccount { problems, ..DeleteAccount::default() };
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown)
        }
        Deleted::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(
                &page_context,
                &visitor,
                again,
                &DeleteAccount { problems, ..DeleteAccount::default() },
            )
        }
    })
}
