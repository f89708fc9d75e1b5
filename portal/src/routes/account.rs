//! Register, sign in, sign out, language.
use super::{
    checkout, checkout_draft,
    form::{Words, show_again},
    impersonation,
};
use crate::{
    guards::{Form, LANG, PageContext, Visitor, known_devices},
    i18n::Lang,
    pages::{Code, FieldError, Login, Register},
    presenters::field_errors::problem,
    responses::{Answer, PageError, Reply, encode, own_path, page, page_with},
};
use hollyn_core::{
    domain::{ids::UserId, user::User},
    ops::{
        auth::{self, Registration, SignedIn, sessions, two_factor},
        users,
    },
};
use rocket::{
    FromForm, get,
    http::{CookieJar, Status},
    post,
};

/// Where a user goes after signing in without a page to return to.
const HOME: &str = "/dashboard";

/// The cookie between the password and the code, and for how many seconds it is valid. It holds a fingerprint
/// of the password: after a change of the password, the first step has to be taken again.
const HALFWAY: &str = "halfway";
const HALFWAY_SECONDS: i64 = 600;

fn target(next: &str) -> String {
    own_path(next).unwrap_or(HOME).to_owned()
}

/// `GET /login`
#[get("/login?<next>&<ended>")]
pub fn login_form(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    next: Option<&str>,
    ended: Option<bool>,
) -> Answer {
    let next = target(next.unwrap_or_default());
    if visitor.user.is_some() {
        return Ok(Reply::Go(next));
    }
    let ordering = next.starts_with("/checkout/");
    let email = checkout_draft::typed_email(&page_context, jar, &next).unwrap_or_default();
    let ended = ended.unwrap_or(false);
    Ok(page(&page_context, &visitor, &Login { next, email, ordering, ended, ..Login::default() }))
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
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<LoginFields>,
) -> Answer {
    let app = page_context.app;
    let next = target(&fields.next);
    let page_context = page_context.at(format!("/login?next={}", encode(&next)));
    let again = |problems| Login {
        ordering: next.starts_with("/checkout/"),
        ended: false,
        next: next.clone(),
        email: fields.email.clone(),
        remember: fields.remember,
        problems,
    };
    match auth::sign_in(&app.ctx, &visitor.caller, &fields.email, &fields.password).await {
        Ok(SignedIn::CodeRequired { user, password_fingerprint }) => {
            let until = app.ctx.now().plus_seconds(HALFWAY_SECONDS).0;
            let value = app.ctx.keys.sign(HALFWAY, &format!("{until}:{}:{password_fingerprint}", user.id));
            jar.add(app.session_cookie.cookie(HALFWAY, value, None));
            let remember = if fields.remember { "&remember=true" } else { "" };
            Ok(Reply::Go(format!("/login/code?next={}{remember}", encode(&next))))
        }
        Ok(SignedIn::Account(user)) => {
            enter(&page_context, &visitor, jar, &user, fields.remember, next).await
        }
        Ok(SignedIn::Rejected) => {
            let shown = again(vec![FieldError::new("email", "problem-sign-in")]);
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown))
        }
        Err(error) => {
            let words = Words { field: problem, limited: "problem-sign-in-later" };
            show_again(&page_context, &visitor, error, &words, again)
        }
    }
}

/// Signs the browser in, with a new token. The user is told by mail of a browser that they did not use
/// before.
async fn enter(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    user: &User,
    remember: bool,
    next: String,
) -> Answer {
    let app = page_context.app;
    leave(page_context, visitor, jar).await?;
    let token = sessions::open(&app.ctx, &visitor.caller, user, remember).await?;
    app.session_cookie.set(jar, token, remember);
    if !auth::known_devices::is_known(&app.ctx, &visitor.caller, user).await? {
        sessions::notify_new_device(&app.ctx, &visitor.caller, user).await?;
    }
    known_devices::remember(app, jar, user).await?;
    if app.session_cookie.value(jar, LANG).is_none() {
        jar.add(app.session_cookie.cookie(LANG, user.locale.clone(), Some(365)));
    }
    Ok(Reply::Go(next))
}

/// The user who typed the right password and must type a code.
async fn halfway(page_context: &PageContext<'_>, jar: &CookieJar<'_>) -> Result<Option<User>, PageError> {
    let cookie = page_context.app.session_cookie.value(jar, HALFWAY).unwrap_or_default();
    let value = page_context.app.ctx.keys.verify(HALFWAY, cookie);
    let parts: Vec<&str> = value.unwrap_or_default().split(':').collect();
    let [until, id, password] = parts[..] else { return Ok(None) };
    let in_time = until.parse().is_ok_and(|until: i64| until > page_context.app.ctx.now().0);
    let Some(id) = id.parse().ok().filter(|_| in_time) else { return Ok(None) };
    let user = auth::active_user(&page_context.app.ctx, UserId(id)).await?;
    let fingerprint = auth::password_fingerprint(&page_context.app.ctx, UserId(id)).await?;
    Ok(user.filter(|_| fingerprint.is_some_and(|fingerprint| fingerprint == password)))
}

/// `GET /login/code`: the second step of signing in.
#[get("/login/code?<next>&<remember>")]
pub async fn code_form(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    next: Option<&str>,
    remember: Option<bool>,
) -> Answer {
    let next = target(next.unwrap_or_default());
    if halfway(&page_context, jar).await?.is_none() {
        return Ok(Reply::SignIn(next));
    }
    Ok(page(
        &page_context,
        &visitor,
        &Code { next, remember: remember.unwrap_or(false), problems: Vec::new() },
    ))
}

/// The code's form.
#[derive(FromForm)]
pub struct CodeFields {
    #[field(default = String::new())]
    next: String,
    #[field(default = false)]
    remember: bool,
    #[field(default = String::new())]
    code: String,
}

/// `POST /login/code`
#[post("/login/code", data = "<fields>")]
pub async fn code(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<CodeFields>,
) -> Answer {
    let next = target(&fields.next);
    let Some(user) = halfway(&page_context, jar).await? else { return Ok(Reply::SignIn(next)) };
    let remember = if fields.remember { "&remember=true" } else { "" };
    let page_context = page_context.at(format!("/login/code?next={}{remember}", encode(&next)));
    match two_factor::check_sign_in(&page_context.app.ctx, &visitor.caller, &user, &fields.code).await {
        Ok(()) => {
            page_context.app.session_cookie.remove(jar, HALFWAY);
            enter(&page_context, &visitor, jar, &user, fields.remember, next).await
        }
        Err(error) => {
            let typed = fields.code.chars().filter(char::is_ascii_alphanumeric).count();
            let wrong = |_: &_| match typed {
                0..=6 => FieldError::new("code", "problem-code"),
                _ => FieldError::new("recovery.code", "problem-recovery-wrong"),
            };
            let words = Words { field: wrong, limited: "problem-sign-in-later" };
            let again = |problems| Code { next, remember: fields.remember, problems };
            show_again(&page_context, &visitor, error, &words, again)
        }
    }
}

/// `GET /register`
#[get("/register?<next>")]
pub fn register_form(page_context: PageContext<'_>, visitor: Visitor, next: Option<&str>) -> Answer {
    let next = target(next.unwrap_or_default());
    if visitor.user.is_some() {
        return Ok(Reply::Go(next));
    }
    Ok(page(&page_context, &visitor, &Register { next, ..Register::default() }))
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
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<RegisterFields>,
) -> Answer {
    let app = page_context.app;
    let next = target(&fields.next);
    let page_context = page_context.at(format!("/register?next={}", encode(&next)));
    let RegisterFields { name, email, phone, password, .. } = fields.into_inner();
    let typed = Registration { name, email, phone, password: password.into() };
    match auth::register(&app.ctx, &visitor.caller, &typed, page_context.lang.code()).await {
        Ok(user) => {
            leave(&page_context, &visitor, jar).await?;
            let token = sessions::open(&app.ctx, &visitor.caller, &user, false).await?;
            app.session_cookie.set(jar, token, false);
            known_devices::remember(app, jar, &user).await?;
            Ok(Reply::Go(next))
        }
        Err(error) => {
            let Registration { name, email, phone, .. } = typed;
            let words = Words { field: problem, limited: "problem-too-many" };
            let again = |problems| Register { next, name, email, phone, problems };
            show_again(&page_context, &visitor, error, &words, again)
        }
    }
}

/// `POST /logout`
#[post("/logout")]
pub async fn logout(page_context: PageContext<'_>, visitor: Visitor, jar: &CookieJar<'_>) -> Answer {
    if visitor.viewed_until.is_some() {
        return impersonation::leave(&page_context, visitor, jar).await;
    }
    leave(&page_context, &visitor, jar).await?;
    page_context.app.session_cookie.clear(jar);
    checkout_draft::forget(&page_context, jar);
    checkout::forget_orders(&page_context, jar);
    Ok(Reply::GoSignedOut("/".into()))
}

/// Ends the browser's session on the server.
async fn leave(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
) -> Result<(), PageError> {
    let token = page_context.app.session_cookie.token(jar).map(str::to_owned);
    match token {
        Some(token) => Ok(sessions::sign_out(&page_context.app.ctx, &visitor.caller, &token).await?),
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

/// `POST /language`: kept in the browser, and in the account of a signed-in user.
#[post("/language", data = "<fields>")]
pub async fn language(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<LanguageFields>,
) -> Answer {
    let lang = Lang::from_code(&fields.lang).ok_or(PageError::NotFound)?;
    jar.add(page_context.app.session_cookie.cookie(LANG, lang.code().to_owned(), Some(365)));
    if let Some(user) = visitor.user.as_ref().filter(|_| visitor.viewed_until.is_none()) {
        users::set_language(&page_context.app.ctx, user, lang.code()).await?;
    }
    Ok(Reply::Go(own_path(&fields.next).unwrap_or("/").to_owned()))
}
