//! What customers change about themselves.
use super::form::{Words, show_again};
use crate::{
    guards::{Form, PageContext, SignedIn, Visitor},
    pages::{DeleteAccount, FieldError, Profile, Refused},
    presenters::field_errors::own,
    responses::{Answer, PageError, Reply, page, page_with},
};
use hollyn_core::{
    Error,
    domain::{customer::DeletionBlockers, field_error::FieldError as Found},
    ops::{
        auth::{self, sessions, two_factor},
        users,
    },
};
use rocket::{
    FromForm, get,
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
    let facts = facts(&page_context, &signed_in, None).await?;
    let shown = Profile { saved, pending_note: sent.is_some() && !facts.is_verified, ..facts };
    Ok(page(&page_context, &Visitor::from(signed_in), &shown))
}

async fn facts(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
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
        problems: Vec::new(),
        saved: None,
        has_two_factor: two_factor::is_on(ctx, user).await?,
        can_delete: users::deletion_blockers(ctx, user).await?.is_empty(),
    })
}

/// The profile with what is wrong on it.
pub async fn shown<W: Fn(&Found) -> FieldError>(
    page_context: &PageContext<'_>,
    signed_in: &SignedIn,
    error: Error,
    words: &Words<W>,
    refused: Option<Refused>,
) -> Answer {
    let facts = facts(page_context, signed_in, refused).await?;
    let visitor = Visitor::from(signed_in.clone());
    show_again(page_context, &visitor, error, words, |problems| Profile { problems, ..facts })
}

/// Answers one of the profile's forms.
async fn answer(
    page_context: PageContext<'_>,
    signed_in: &SignedIn,
    form: &'static str,
    typed: &str,
    changed: Result<(), Error>,
) -> Answer {
    let Err(error) = changed else { return Ok(Reply::Go(format!("/profile?saved={form}"))) };
    let refused = Refused { form: form.to_owned(), typed: typed.to_owned() };
    let field = |found: &Found| {
        let shown = match (found.field, found.code) {
            ("email", "same") => FieldError::new("email", "problem-email-same"),
            ("password", "same") => FieldError::new("password", "problem-password-same"),
            (_, _) => own(found),
        };
        shown.in_form(form)
    };
    let words = Words { field, limited: "problem-sign-in-later" };
    shown(&page_context.at("/profile"), signed_in, error, &words, Some(refused)).await
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
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let changed = users::change_name(ctx, caller, user, &fields.name).await;
    answer(page_context, &signed_in, "name", &fields.name, changed).await
}

/// `POST /profile/email`
#[post("/profile/email", data = "<fields>")]
pub async fn email(page_context: PageContext<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let changed = users::change_email(ctx, caller, user, &fields.email, &fields.password).await;
    answer(page_context, &signed_in, "email", &fields.email, changed).await
}

/// `POST /profile/phone`
#[post("/profile/phone", data = "<fields>")]
pub async fn phone(page_context: PageContext<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (ctx, caller, user) = (&page_context.app.ctx, &signed_in.caller, &signed_in.user);
    let changed = users::change_phone(ctx, caller, user, &fields.phone, &fields.password).await;
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
    let changed = auth::change_password(&app.ctx, caller, user, &fields.current, &fields.password, 0).await;
    if changed.is_ok() {
        let token = sessions::open(&app.ctx, caller, user, signed_in.is_remembered).await?;
        app.session_cookie.set(jar, token, signed_in.is_remembered);
    }
    answer(page_context, &signed_in, "password", "", changed).await
}

/// `GET /profile/delete`
#[get("/profile/delete")]
pub async fn delete_form(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let blockers = users::deletion_blockers(&page_context.app.ctx, &signed_in.user).await?;
    Ok(page(&page_context, &Visitor::from(signed_in), &blocked_by(blockers)))
}

fn blocked_by(blockers: DeletionBlockers) -> DeleteAccount {
    DeleteAccount { blocking: blockers.hosting, being_paid: blockers.being_paid, ..DeleteAccount::default() }
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
    let deleted = users::delete_own(&app.ctx, &signed_in.caller, &signed_in.user, &fields.password).await;
    match deleted {
        Ok(()) => {
            app.session_cookie.clear(jar);
            let visitor = Visitor { user: None, ..Visitor::from(signed_in) };
            let done = DeleteAccount { done: true, ..DeleteAccount::default() };
            Ok(page(&page_context.at("/"), &visitor, &done))
        }
        Err(Error::Conflict(_)) => {
            let blockers = users::deletion_blockers(&app.ctx, &signed_in.user).await?;
            let visitor = Visitor::from(signed_in);
            Ok(page_with(Status::Conflict, &page_context, &visitor, &blocked_by(blockers)))
        }
        Err(error) => {
            let words = Words { field: own, limited: "problem-sign-in-later" };
            let again = |problems| DeleteAccount { problems, ..DeleteAccount::default() };
            show_again(&page_context, &Visitor::from(signed_in), error, &words, again)
        }
    }
}
