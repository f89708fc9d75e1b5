//! Accounts and sessions: register, sign in, sign out, and whether a password is right.
pub mod password_reset;
pub mod two_factor;

use crate::ops::{Caller, Error, Result, rate_limits};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        ids::UserId,
        phone::Phone,
        session::Session,
        time::Timestamp,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    keys,
    mail::Mail,
    random, read,
    store::{self, UniqueKey, audit, mails, rate_limit_events, sessions, users},
    tx,
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// A remembered browser stays signed in for 30 days, another one for 2 idle hours.
const REMEMBERED_SECONDS: i64 = 30 * 86_400;
const IDLE_SECONDS: i64 = 2 * 3600;
/// A session's last sight is written at most every 5 minutes, so that reading pages stays reading.
const TOUCH_SECONDS: i64 = 300;

/// What somebody typed to register.
#[derive(Debug, Clone, Default)]
pub struct TypedAccount {
    pub name: String,
    pub email: String,
    /// May be empty.
    pub phone: String,
    pub password: String,
}

/// Somebody's account, unless it is disabled.
pub async fn by_id(ctx: &AppContext, id: UserId) -> Result<Option<User>> {
    let user = read!(&ctx.db, tx => users::by_id(tx, id).await)?;
    Ok(user.filter(User::is_active))
}

/// How registering ended.
pub enum Registered {
    /// The account is there.
    Account(User),
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// Too many new accounts from that address; when to try again.
    Limited(Timestamp),
}

/// Makes a customer's account.
pub async fn register(
    ctx: &AppContext,
    caller: &Caller,
    typed: &TypedAccount,
    locale: &str,
) -> Result<Registered> {
    let phone = if typed.phone.trim().is_empty() {
        Ok(None)
    } else {
        Phone::parse(&typed.phone).map(Some).ok_or(FieldError::new("phone", "wrong"))
    };
    let parsed = (
        PersonName::parse(&typed.name),
        Email::parse(&typed.email),
        phone,
        NewPassword::parse(&typed.password),
    );
    let (Ok(name), Ok(email), Ok(phone), Ok(password)) = &parsed else {
        let (name, email, phone, password) = parsed;
        let problems = [name.err(), email.err(), phone.err(), password.err()];
        return Ok(Registered::Problems(problems.into_iter().flatten().collect()));
    };
    let most = ctx.settings.limits.register_address;
    if let Some(again) = rate_limits::count(ctx, "register", &caller.address, most, rate_limits::HOUR).await?
    {
        return Ok(Registered::Limited(again));
    }
    let phone = phone.as_ref().map(Phone::local);
    let letter = WelcomeEmail::Verify(random::token());
    match make(ctx, caller, name, email, phone.as_deref(), password, Role::User, locale, &letter).await? {
        Some(user) => Ok(Registered::Account(user)),
        None => Ok(Registered::Problems(vec![FieldError::new("email", "taken")])),
    }
}

/// Writes the account; None where the e-mail has one.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a typed fact of its own; a struct would only rename them"
)]
pub async fn create(
    ctx: &AppContext,
    caller: &Caller,
    name: &PersonName,
    email: &Email,
    phone: Option<&str>,
    password: &NewPassword,
    role: Role,
    locale: &str,
) -> Result<Option<User>> {
    make(ctx, caller, name, email, phone, password, role, locale, &WelcomeEmail::None).await
}

/// What a new account's owner is sent at once. The token is the link's.
pub(in crate::ops) enum WelcomeEmail {
    None,
    /// A link that proves the address.
    Verify(String),
    /// A link to set a password: nobody knows the one that it was made with.
    SetPassword(String),
}

/// The same, with a first letter in the same transaction.
#[expect(clippy::too_many_arguments, reason = "as for create")]
pub(in crate::ops) async fn make(
    ctx: &AppContext,
    caller: &Caller,
    name: &PersonName,
    email: &Email,
    phone: Option<&str>,
    password: &NewPassword,
    role: Role,
    locale: &str,
    letter: &WelcomeEmail,
) -> Result<Option<User>> {
    let hash = hash(ctx, password.expose()).await?;
    let now = ctx.now();
    let written = tx!(&ctx.db, tx => {
        let new = users::NewUser { name: name.as_str(), email: email.as_str(), password: &hash, phone, role, locale };
        let id = users::insert(tx, now, &new).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserCreated, Some(id.0), Some(role.into_str())).await?;
        let user = users::by_id(tx, id).await?;
        match (&user, letter) {
            (Some(user), WelcomeEmail::Verify(token)) => {
                password_reset::send_verification(tx, ctx, now, user, token).await?;
            }
            (Some(user), WelcomeEmail::SetPassword(token)) => {
                password_reset::send_reset(tx, ctx, now, user, token).await?;
            }
            (None, _) | (_, WelcomeEmail::None) => {}
        }
        Ok(user)
    });
    match written {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Ok(None),
        written => Ok(written?),
    }
}

/// How signing in ended.
pub enum SignedIn {
    /// The password is right.
    Account(User),
    /// No such account, a wrong password or a disabled account: nobody learns which.
    Wrong,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
}

/// Checks e-mail and password. Wrong ones are counted per account and per address.
///
/// Each is counted before it is looked at, and the right one is taken back: a hundred guesses that come at once are as many
/// guesses as a hundred one by one.
pub async fn sign_in(ctx: &AppContext, caller: &Caller, email: &str, password: &str) -> Result<SignedIn> {
    let (now, settings) = (ctx.now(), ctx.settings.limits);
    let account = email.trim().to_lowercase();
    let since = now.minus_seconds(rate_limits::QUARTER);
    let counted = tx!(&ctx.db, tx => {
        let of_account = rate_limit_events::since(tx, "sign_in", &account, since).await?;
        let of_address = rate_limit_events::since(tx, "sign_in_from", &caller.address, since).await?;
        let again = rate_limits::free_again(&of_account, settings.sign_in_account, rate_limits::QUARTER, now)
            .or(rate_limits::free_again(&of_address, settings.sign_in_address, rate_limits::QUARTER, now));
        if let Some(again) = again {
            return Ok(Err(again));
        }
        rate_limit_events::insert(tx, now, "sign_in", &account).await?;
        let from_address = rate_limit_events::insert(tx, now, "sign_in_from", &caller.address).await?;
        let user = users::by_email(tx, &account).await?;
        let hash = match &user {
            Some(user) => users::password_hash(tx, user.id).await?,
            None => None,
        };
        Ok(Ok((from_address, user, hash)))
    })?;
    let (from_address, user, stored) = match counted {
        Ok(counted) => counted,
        Err(again) => return Ok(SignedIn::Limited(again)),
    };
    let stored = stored.unwrap_or_else(|| DUMMY_HASH.to_owned());
    let right = verify(ctx, password, &stored).await?;
    match user.filter(|user| right && user.is_active()) {
        Some(user) => {
            let modern = (!stored.starts_with("$argon2id$")).then(|| hash(ctx, password));
            let modern = match modern {
                Some(hashing) => Some(hashing.await?),
                None => None,
            };
            let user = tx!(&ctx.db, tx => {
                rate_limit_events::clear(tx, "sign_in", &account).await?;
                rate_limit_events::delete(tx, from_address).await?;
                if let Some(modern) = &modern {
                    match users::rehash(tx, now, user.id, &stored, modern).await {
                        // Stale: another sign-in has put the modern hash in.
                        Ok(()) | Err(store::Error::Stale(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                users::by_id(tx, user.id).await
            })?;
            Ok(user.map_or(SignedIn::Wrong, SignedIn::Account))
        }
        None => Ok(SignedIn::Wrong),
    }
}

/// Signs a browser in and returns the cookie's token: 256 bits that are stored as a fingerprint only.
pub async fn open_session(ctx: &AppContext, caller: &Caller, user: &User, remember: bool) -> Result<String> {
    let token = random::token();
    let now = ctx.now();
    let seconds = if remember { REMEMBERED_SECONDS } else { IDLE_SECONDS };
    tx!(&ctx.db, tx => {
        let new = sessions::NewSession {
            fingerprint: &keys::fingerprint(&token),
            user: user.id,
            is_remembered: remember,
            address: &caller.address,
            user_agent: &caller.user_agent,
            ends_at: now.plus_seconds(seconds),
        };
        sessions::insert(tx, now, &new).await?;
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        let device = device(&caller.user_agent);
        audit::append(tx, now, &context, AuditAction::UserSignedIn, Some(user.id.0), Some(&device)).await
    })?;
    Ok(token)
}

/// Who holds this token. Moves the session's end on from time to time.
pub async fn session(ctx: &AppContext, token: &str) -> Result<Option<Session>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let found = read!(&ctx.db, tx => sessions::by_fingerprint(tx, now, &fingerprint).await)?;
    if let Some(session) = &found
        && now.seconds_since(session.last_seen_at) >= TOUCH_SECONDS
    {
        let ends = if session.is_remembered { session.ends_at } else { now.plus_seconds(IDLE_SECONDS) };
        tx!(&ctx.db, tx => sessions::touch(tx, now, session.id, ends).await)?;
    }
    Ok(found)
}

/// Ends a session on the server, at once.
pub async fn sign_out(ctx: &AppContext, caller: &Caller, token: &str) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        if let Some(user) = caller.user {
            audit::append(tx, now, &caller.audit_context(), AuditAction::UserSignedOut, Some(user.0), None).await?;
        }
        sessions::end(tx, &keys::fingerprint(token)).await
    })?)
}

/// A browser that this person never used before signed in: the person is told.
pub async fn tell_new_device(ctx: &AppContext, caller: &Caller, user: &User) -> Result<()> {
    let now = ctx.now();
    let mail = Mail::NewDevice {
        name: user.name.clone(),
        at: now.0,
        device: device(&caller.user_agent),
        address: caller.address.clone(),
    };
    tx!(&ctx.db, tx => mails::queue(tx, now, &user.email, &user.locale, None, &mail).await)?;
    ctx.job_notify.notify_one();
    Ok(())
}

/// A browser in two words, from what it calls itself: `Chrome, Android`. Good enough to recognise one's own.
pub fn device(user_agent: &str) -> String {
    let find = |known: &[(&'static str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Opera", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => user_agent.split(['/', ' ']).next().unwrap_or_default().chars().take(40).collect(),
    }
}

/// Keeps the language that a signed-in person chose.
pub async fn choose_language(ctx: &AppContext, user: &User, locale: &str) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => users::set_locale(tx, now, user.id, locale).await)?)
}

/// A fingerprint of the user's password: another one as soon as the password changes.
pub async fn password_fingerprint(ctx: &AppContext, id: UserId) -> Result<Option<String>> {
    let hash = read!(&ctx.db, tx => users::password_hash(tx, id).await)?;
    Ok(hash.map(|hash| keys::fingerprint(&hash)))
}

/// How a question for the account's password ended.
pub enum Confirmed {
    /// It is right.
    Yes,
    /// It is wrong, and was counted.
    No,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
}

/// Asks a signed-in person's password again, before something that a stolen phone must not do.
pub async fn confirm_password(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    password: &str,
) -> Result<Confirmed> {
    Ok(match sign_in(ctx, caller, &user.email, password).await? {
        SignedIn::Account(_) => Confirmed::Yes,
        SignedIn::Wrong => Confirmed::No,
        SignedIn::Limited(again) => Confirmed::Limited(again),
    })
}

/// argon2id of a password that nobody has, so that an unknown account takes as long as a wrong password.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9oYzVyn5vrZ5Bdza1lNSIdTMAKfxLtTyVrGGBQKz9uA";

fn argon2() -> Result<Argon2<'static>> {
    let params =
        Params::new(19_456, 2, 1, None).map_err(|_| Error::internal("argon2 refuses its own figures"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on the blocking pool, few at a time: each takes 19 MB and 40 ms of a core.
pub(in crate::ops) async fn hash(ctx: &AppContext, password: &str) -> Result<String> {
    let _turn = ctx.hashing.acquire().await.map_err(|_| Error::internal("the hashing queue is closed"))?;
    let (argon2, password) = (argon2()?, password.to_owned());
    tokio::task::spawn_blocking(move || {
        argon2.hash_password(password.as_bytes()).map(|hash| hash.to_string())
    })
    .await
    .map_err(|_| Error::internal("hashing was cut off"))?
    .map_err(|_| Error::internal("a password could not be hashed"))
}

/// Whether the password is the hash's. Hashes of the Laravel application are bcrypt.
async fn verify(ctx: &AppContext, password: &str, hash: &str) -> Result<bool> {
    let _turn = ctx.hashing.acquire().await.map_err(|_| Error::internal("the hashing queue is closed"))?;
    let (argon2, password, hash) = (argon2()?, password.to_owned(), hash.to_owned());
    tokio::task::spawn_blocking(move || {
        if hash.starts_with("$2") {
            return bcrypt::verify(&password, &hash).unwrap_or(false);
        }
        PasswordHash::new(&hash).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| Error::internal("checking a password was cut off"))
}
