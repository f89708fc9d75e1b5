//! What customers change about themselves.
use super::{Answer, Failure, Reply, page, page_later, page_with};
use crate::{
    guards::{SignedIn, Stage, Visitor},
    pages::{DeleteAccount, Problem, Profile, Refused},
    views::{self, problems::limited},
};
use hollyn_core::{
    domain::time::Moment,
    ops::{
        accounts,
        profile::{self, Changed, Deleted, Living},
        two_factor,
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
pub async fn form(stage: Stage<'_>, signed_in: SignedIn, saved: Option<&str>, sent: Option<&str>) -> Answer {
    let saved = saved.filter(|saved| SAVED.contains(saved)).map(|saved| format!("saved-{saved}"));
    let stage = stage.at("/profile");
    let facts = facts(&stage, &signed_in, Vec::new(), None).await?;
    let shown = Profile { saved, pending_note: sent.is_some() && !facts.is_verified, ..facts };
    Ok(page(&stage, &Visitor::from(signed_in), &shown))
}

async fn facts(
    stage: &Stage<'_>,
    signed_in: &SignedIn,
    problems: Vec<Problem>,
    refused: Option<Refused>,
) -> Result<Profile, Failure> {
    let (shop, user) = (&stage.app.shop, &signed_in.user);
    Ok(Profile {
        name: user.name.clone(),
        email: user.email.clone(),
        is_verified: user.email_verified_at.is_some(),
        pending_note: false,
        phone: user.phone.clone(),
        refused,
        problems,
        saved: None,
        has_two_factor: two_factor::is_on(shop, user).await?,
        can_delete: profile::living(shop, user).await?.is_empty(),
    })
}

/// The profile with what is wrong on it.
pub async fn shown(
    stage: &Stage<'_>,
    signed_in: &SignedIn,
    problems: Vec<Problem>,
    refused: Option<Refused>,
    again: Option<Moment>,
) -> Answer {
    let facts = facts(stage, signed_in, problems, refused).await?;
    let visitor = Visitor::from(signed_in.clone());
    Ok(match again {
        Some(again) => page_later(stage, &visitor, again, &facts),
        None => page_with(Status::UnprocessableEntity, stage, &visitor, &facts),
    })
}

/// Answers one of the profile's forms.
async fn answer(
    stage: Stage<'_>,
    signed_in: &SignedIn,
    form: &'static str,
    typed: &str,
    changed: Changed,
) -> Answer {
    let stage = stage.at("/profile");
    let refused = Refused { form: form.to_owned(), typed: typed.to_owned() };
    match changed {
        Changed::Done => Ok(Reply::Go(format!("/profile?saved={form}"))),
        Changed::Problem(found) => {
            let problem = match (found.field, found.code) {
                ("email", "same") => Problem::new("email", "problem-email-same"),
                ("password", "same") => Problem::new("password", "problem-password-same"),
                (_, _) => views::problems::own(&found),
            };
            let problems = vec![problem.in_form(form)];
            shown(&stage, signed_in, problems, Some(refused), None).await
        }
        Changed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            shown(&stage, signed_in, problems, Some(refused), Some(again)).await
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
pub async fn name(stage: Stage<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let changed =
        profile::change_name(&stage.app.shop, &signed_in.caller, &signed_in.user, &fields.name).await?;
    answer(stage, &signed_in, "name", &fields.name, changed).await
}

/// `POST /profile/email`
#[post("/profile/email", data = "<fields>")]
pub async fn email(stage: Stage<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (shop, caller, user) = (&stage.app.shop, &signed_in.caller, &signed_in.user);
    let changed = profile::change_email(shop, caller, user, &fields.email, &fields.password).await?;
    answer(stage, &signed_in, "email", &fields.email, changed).await
}

/// `POST /profile/phone`
#[post("/profile/phone", data = "<fields>")]
pub async fn phone(stage: Stage<'_>, signed_in: SignedIn, fields: Form<Fields>) -> Answer {
    let (shop, caller, user) = (&stage.app.shop, &signed_in.caller, &signed_in.user);
    let changed = profile::change_phone(shop, caller, user, &fields.phone, &fields.password).await?;
    answer(stage, &signed_in, "phone", &fields.phone, changed).await
}

/// `POST /profile/password`: every other browser is signed out, this one gets a new session.
#[post("/profile/password", data = "<fields>")]
pub async fn password(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let (app, caller, user) = (stage.app, &signed_in.caller, &signed_in.user);
    let changed =
        profile::change_password(&app.shop, caller, user, &fields.current, &fields.password, 0).await?;
    if changed == Changed::Done {
        let token = accounts::open_session(&app.shop, caller, user, signed_in.is_remembered).await?;
        app.session_cookie.set(jar, token, signed_in.is_remembered);
    }
    answer(stage, &signed_in, "password", "", changed).await
}

/// `GET /profile/delete`
#[get("/profile/delete")]
pub async fn delete_form(stage: Stage<'_>, signed_in: SignedIn) -> Answer {
    let living = profile::living(&stage.app.shop, &signed_in.user).await?;
    Ok(page(&stage, &Visitor::from(signed_in), &kept_by(living)))
}

fn kept_by(living: Living) -> DeleteAccount {
    DeleteAccount { blocking: living.hosting, being_paid: living.being_paid, ..DeleteAccount::default() }
}

/// `POST /profile/delete`
#[post("/profile/delete", data = "<fields>")]
pub async fn delete(
    stage: Stage<'_>,
    signed_in: SignedIn,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let app = stage.app;
    let deleted =
        profile::delete_account(&app.shop, &signed_in.caller, &signed_in.user, &fields.password).await?;
    let visitor = Visitor::from(signed_in);
    Ok(match deleted {
        Deleted::Done => {
            app.session_cookie.clear(jar);
            let nobody = Visitor { user: None, ..visitor };
            page(&stage.at("/"), &nobody, &DeleteAccount { done: true, ..DeleteAccount::default() })
        }
        Deleted::StillLiving(living) => page_with(Status::Conflict, &stage, &visitor, &kept_by(living)),
        Deleted::Wrong => {
            let problems = vec![Problem::new("password", "problem-password-wrong")];
            let shown = DeleteAccount { problems, ..DeleteAccount::default() };
            page_with(Status::UnprocessableEntity, &stage, &visitor, &shown)
        }
        Deleted::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&stage, &visitor, again, &DeleteAccount { problems, ..DeleteAccount::default() })
        }
    })
}
