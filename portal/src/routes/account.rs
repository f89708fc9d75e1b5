//! Register, sign in, sign out, language.
use super::{Answer, Failure, Reply, own_path, page, page_later, page_with};
use crate::{
    guards::{Stage, Visitor},
    i18n::Lang,
    pages::{Login, Problem, Register},
    views::problems::{limited, problems},
};
use hollyn_core::ops::accounts::{self, Registered, SignedIn, TypedAccount};
use rocket::{
    FromForm,
    form::Form,
    get,
    http::{CookieJar, Status},
    post,
};

/// Where a signed-in person goes who came from nowhere.
const HOME: &str = "/dashboard";

fn target(next: &str) -> String {
    own_path(next).unwrap_or(HOME).to_owned()
}

/// `GET /login`
#[get("/login?<next>")]
pub fn login_form(stage: Stage<'_>, visitor: Visitor, next: Option<&str>) -> Answer {
    let next = target(next.unwrap_or_default());
    if visitor.user.is_some() {
        return Ok(Reply::Go(next));
    }
    let ordering = next.starts_with("/checkout/");
    Ok(page(&stage, &visitor, &Login { next, ordering, ..Login::default() }))
}

/// The sign-in form.
#[derive(FromForm)]
pub struct LoginFields {
    #[field(default = String::new())]
    next: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = false)]
    remember: bool,
}

/// `POST /login`
#[post("/login", data = "<fields>")]
pub async fn login(
    stage: Stage<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<LoginFields>,
) -> Answer {
    let app = stage.app;
    let next = target(&fields.next);
    let stage = stage.at(format!("/login?next={}", super::encode(&next)));
    let again = |problems| Login {
        ordering: next.starts_with("/checkout/"),
        next: next.clone(),
        email: fields.email.clone(),
        remember: fields.remember,
        problems,
    };
    match accounts::sign_in(&app.shop, &visitor.caller, &fields.email, &fields.password).await? {
        SignedIn::Account(user) => {
            leave(&stage, jar).await?;
            let token = accounts::open_session(&app.shop, &visitor.caller, &user, fields.remember).await?;
            app.session_cookie.set(jar, token, fields.remember);
            Ok(Reply::Go(next))
        }
        SignedIn::Wrong => {
            let shown = again(vec![Problem::new("email", "problem-sign-in")]);
            Ok(page_with(Status::UnprocessableEntity, &stage, &visitor, &shown))
        }
        SignedIn::Limited(at) => {
            Ok(page_later(&stage, &visitor, at, &again(vec![limited("problem-sign-in-later", at)])))
        }
    }
}

/// `GET /register`
#[get("/register?<next>")]
pub fn register_form(stage: Stage<'_>, visitor: Visitor, next: Option<&str>) -> Answer {
    let next = target(next.unwrap_or_default());
    if visitor.user.is_some() {
        return Ok(Reply::Go(next));
    }
    Ok(page(&stage, &visitor, &Register { next, ..Register::default() }))
}

/// The form for a new account.
#[derive(FromForm)]
pub struct RegisterFields {
    #[field(default = String::new())]
    next: String,
    #[field(default = String::new())]
    name: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    phone: String,
    #[field(default = String::new())]
    password: String,
}

/// `POST /register`
#[post("/register", data = "<fields>")]
pub async fn register(
    stage: Stage<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<RegisterFields>,
) -> Answer {
    let app = stage.app;
    let next = target(&fields.next);
    let stage = stage.at(format!("/register?next={}", super::encode(&next)));
    let typed = TypedAccount {
        name: fields.name.clone(),
        email: fields.email.clone(),
        phone: fields.phone.clone(),
        password: fields.password.clone(),
    };
    let again = |problems| Register {
        next: next.clone(),
        name: fields.name.clone(),
        email: fields.email.clone(),
        phone: fields.phone.clone(),
        problems,
    };
    match accounts::register(&app.shop, &visitor.caller, &typed, stage.lang.code()).await? {
        Registered::Account(user) => {
            let token = accounts::open_session(&app.shop, &visitor.caller, &user, false).await?;
            app.session_cookie.set(jar, token, false);
            Ok(Reply::Go(next))
        }
        Registered::Problems(found) => {
            Ok(page_with(Status::UnprocessableEntity, &stage, &visitor, &again(problems(&found))))
        }
        Registered::Limited(at) => {
            Ok(page_later(&stage, &visitor, at, &again(vec![limited("problem-too-many", at)])))
        }
    }
}

/// `POST /logout`
#[post("/logout")]
pub async fn logout(stage: Stage<'_>, jar: &CookieJar<'_>) -> Answer {
    leave(&stage, jar).await?;
    stage.app.session_cookie.clear(jar);
    Ok(Reply::Go("/".into()))
}

/// Ends the browser's session on the server.
async fn leave(stage: &Stage<'_>, jar: &CookieJar<'_>) -> Result<(), Failure> {
    let token = stage.app.session_cookie.token(jar).map(str::to_owned);
    match token {
        Some(token) => Ok(accounts::sign_out(&stage.app.shop, &token).await?),
        None => Ok(()),
    }
}

/// The language switch.
#[derive(FromForm)]
pub struct LanguageFields {
    #[field(default = String::new())]
    lang: String,
    #[field(default = String::new())]
    next: String,
}

/// `POST /language`: kept in the browser, and with the account.
#[post("/language", data = "<fields>")]
pub async fn language(
    stage: Stage<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<LanguageFields>,
) -> Answer {
    let lang = Lang::from_code(&fields.lang).ok_or(Failure::NotFound)?;
    jar.add(stage.app.session_cookie.cookie("lang", lang.code().to_owned(), Some(365)));
    if let Some(user) = &visitor.user {
        accounts::choose_language(&stage.app.shop, user, lang.code()).await?;
    }
    Ok(Reply::Go(own_path(&fields.next).unwrap_or("/").to_owned()))
}
