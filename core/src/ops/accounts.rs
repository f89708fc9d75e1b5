//! Accounts and sessions: register, sign in, sign out, and whether a password is right.
use super::{Caller, Error, Result, limits, recovery};
use crate::{
    Shop,
    domain::{
        ids::UserId,
        phone::Phone,
        problem::Problem,
        time::Moment,
        user::{Email, NewPassword, PersonName, Role},
    },
    keys,
    mail::Mail,
    random, read,
    store::{self, history, mails, sessions, tries, users},
    tx,
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

pub use crate::store::{sessions::SessionRow, users::UserRow};

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
pub async fn by_id(shop: &Shop, id: UserId) -> Result<Option<UserRow>> {
    let user = read!(&shop.db, c => users::by_id(c, id).await)?;
    Ok(user.filter(|user| user.disabled_at.is_none()))
}

/// How registering ended.
pub enum Registered {
    /// The account is there.
    Account(UserRow),
    /// Something typed cannot be used.
    Problems(Vec<Problem>),
    /// Too many new accounts from that address; when to try again.
    Limited(Moment),
}

/// Makes a customer's account.
pub async fn register(
    shop: &Shop,
    caller: &Caller,
    typed: &TypedAccount,
    locale: &str,
) -> Result<Registered> {
    let phone = if typed.phone.trim().is_empty() {
        Ok(None)
    } else {
        Phone::parse(&typed.phone).map(Some).ok_or(Problem::new("phone", "wrong"))
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
    let most = shop.rules.limits.register_address;
    if let Some(again) = limits::count(shop, "register", &caller.address, most, limits::HOUR).await? {
        return Ok(Registered::Limited(again));
    }
    let phone = phone.as_ref().map(Phone::local);
    let letter = FirstLetter::Verify(random::token());
    match make(shop, caller, name, email, phone.as_deref(), password, Role::User, locale, &letter)
        .await?
    {
        Some(user) => Ok(Registered::Account(user)),
        None => Ok(Registered::Problems(vec![Problem::new("email", "taken")])),
    }
}

/// Writes the account; None where the e-mail has one.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a typed fact of its own; a struct would only rename them"
)]
pub async fn create(
    shop: &Shop,
    caller: &Caller,
    name: &PersonName,
    email: &Email,
    phone: Option<&str>,
    password: &NewPassword,
    role: Role,
    locale: &str,
) -> Result<Option<UserRow>> {
    make(shop, caller, name, email, phone, password, role, locale, &FirstLetter::None).await
}

/// What a new account's owner is sent at once. The token is the link's.
pub(super) enum FirstLetter {
    None,
    /// A link that proves the address.
    Verify(String),
    /// A link to set a password: nobody knows the one that it was made with.
    SetPassword(String),
}

/// The same, with a first letter in the same transaction.
#[expect(clippy::too_many_arguments, reason = "as for create")]
pub(super) async fn make(
    shop: &Shop,
    caller: &Caller,
    name: &PersonName,
    email: &Email,
    phone: Option<&str>,
    password: &NewPassword,
    role: Role,
    locale: &str,
    letter: &FirstLetter,
) -> Result<Option<UserRow>> {
    let hash = hash(shop, password.expose()).await?;
    let now = shop.now();
    let written = tx!(&shop.db, c => {
        let new = users::NewUser { name: name.as_str(), email: email.as_str(), password: &hash, phone, role, locale };
        let id = users::insert(c, now, &new).await?;
        history::audit(c, now, &caller.by(), "user.created", "user", Some(id.0), Some(role.as_str())).await?;
        let user = users::by_id(c, id).await?;
        match (&user, letter) {
            (Some(user), FirstLetter::Verify(token)) => {
                recovery::send_verification(c, shop, now, user, token).await?;
            }
            (Some(user), FirstLetter::SetPassword(token)) => {
                recovery::send_reset(c, shop, now, user, token).await?;
            }
            (None, _) | (_, FirstLetter::None) => {}
        }
        Ok(user)
    });
    match written {
        Err(error) if error.is_duplicate() => Ok(None),
        written => Ok(written?),
    }
}

/// How signing in ended.
pub enum SignedIn {
    /// The password is right.
    Account(UserRow),
    /// No such account, a wrong password or a disabled account: nobody learns which.
    Wrong,
    /// Too many wrong ones; when to try again.
    Limited(Moment),
}

/// Checks e-mail and password. Wrong ones are counted per account and per address.
///
/// Each is counted before it is looked at, and the right one is taken back: a hundred guesses that come at once are as many
/// guesses as a hundred one by one.
pub async fn sign_in(shop: &Shop, caller: &Caller, email: &str, password: &str) -> Result<SignedIn> {
    let (now, rules) = (shop.now(), shop.rules.limits);
    let account = email.trim().to_lowercase();
    let since = now.minus_seconds(limits::QUARTER);
    let counted = tx!(&shop.db, c => {
        let of_account = tries::since(c, "sign_in", &account, since).await?;
        let of_address = tries::since(c, "sign_in_from", &caller.address, since).await?;
        let again = limits::free_again(&of_account, rules.sign_in_account, limits::QUARTER, now)
            .or(limits::free_again(&of_address, rules.sign_in_address, limits::QUARTER, now));
        if let Some(again) = again {
            return Ok(Err(again));
        }
        tries::note(c, now, "sign_in", &account).await?;
        let from_address = tries::note(c, now, "sign_in_from", &caller.address).await?;
        Ok(Ok((from_address, users::by_email(c, &account).await?)))
    })?;
    let (from_address, user) = match counted {
        Ok(counted) => counted,
        Err(again) => return Ok(SignedIn::Limited(again)),
    };
    let stored = user.as_ref().map_or(DUMMY_HASH, |user| &user.password).to_owned();
    let right = verify(shop, password, &stored).await?;
    match user.filter(|user| right && user.disabled_at.is_none()) {
        Some(user) => {
            let modern = (!stored.starts_with("$argon2id$")).then(|| hash(shop, password));
            let modern = match modern {
                Some(hashing) => Some(hashing.await?),
                None => None,
            };
            let user = tx!(&shop.db, c => {
                tries::forget(c, "sign_in", &account).await?;
                tries::take_back(c, from_address).await?;
                if let Some(modern) = &modern {
                    match users::rehash(c, now, user.id, &stored, modern).await {
                        // Stale: another sign-in has put the modern hash in.
                        Ok(()) | Err(store::Error::Stale(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                users::by_id(c, user.id).await
            })?;
            Ok(user.map_or(SignedIn::Wrong, SignedIn::Account))
        }
        None => Ok(SignedIn::Wrong),
    }
}

/// Signs a browser in and returns the cookie's token: 256 bits that are stored as a fingerprint only.
pub async fn open_session(shop: &Shop, caller: &Caller, user: &UserRow, remember: bool) -> Result<String> {
    let token = random::token();
    let now = shop.now();
    let seconds = if remember { REMEMBERED_SECONDS } else { IDLE_SECONDS };
    tx!(&shop.db, c => {
        let new = sessions::NewSession {
            fingerprint: &keys::fingerprint(&token),
            user: user.id,
            is_remembered: remember,
            address: &caller.address,
            user_agent: &caller.user_agent,
            ends_at: now.plus_seconds(seconds),
        };
        sessions::insert(c, now, &new).await?;
        let by = Caller { user: Some(user.id), ..caller.clone() }.by();
        let device = device(&caller.user_agent);
        history::audit(c, now, &by, "user.signed_in", "user", Some(user.id.0), Some(&device)).await
    })?;
    Ok(token)
}

/// Who holds this token. Moves the session's end on from time to time.
pub async fn session(shop: &Shop, token: &str) -> Result<Option<SessionRow>> {
    let (now, fingerprint) = (shop.now(), keys::fingerprint(token));
    let found = read!(&shop.db, c => sessions::by_fingerprint(c, now, &fingerprint).await)?;
    if let Some(session) = &found
        && now.seconds_since(session.last_seen_at) >= TOUCH_SECONDS
    {
        let remembered: bool = session.is_remembered.into();
        let ends = if remembered { session.ends_at } else { now.plus_seconds(IDLE_SECONDS) };
        tx!(&shop.db, c => sessions::touch(c, now, session.session_id, ends).await)?;
    }
    Ok(found)
}

/// Ends a session on the server, at once.
pub async fn sign_out(shop: &Shop, caller: &Caller, token: &str) -> Result<()> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        if let Some(user) = caller.user {
            history::audit(c, now, &caller.by(), "user.signed_out", "user", Some(user.0), None).await?;
        }
        sessions::end(c, &keys::fingerprint(token)).await
    })?)
}

/// A browser that this person never used before signed in: the person is told.
pub async fn tell_new_device(shop: &Shop, caller: &Caller, user: &UserRow) -> Result<()> {
    let now = shop.now();
    let mail = Mail::NewDevice {
        name: user.name.clone(),
        at: now.0,
        device: device(&caller.user_agent),
        address: caller.address.clone(),
    };
    tx!(&shop.db, c => mails::queue(c, now, &user.email, &user.locale, None, &mail).await)?;
    shop.bell.notify_one();
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
pub async fn choose_language(shop: &Shop, user: &UserRow, locale: &str) -> Result<()> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => users::set_locale(c, now, user.id, locale).await)?)
}

/// How a question for the account's password ended.
pub enum Confirmed {
    /// It is right.
    Yes,
    /// It is wrong, and was counted.
    No,
    /// Too many wrong ones; when to try again.
    Limited(Moment),
}

/// Asks a signed-in person's password again, before something that a stolen phone must not do.
pub async fn confirm_password(
    shop: &Shop,
    caller: &Caller,
    user: &UserRow,
    password: &str,
) -> Result<Confirmed> {
    Ok(match sign_in(shop, caller, &user.email, password).await? {
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
        Params::new(19_456, 2, 1, None).map_err(|_| Error::Broken("argon2 refuses its own figures"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on the blocking pool, few at a time: each takes 19 MB and 40 ms of a core.
pub(super) async fn hash(shop: &Shop, password: &str) -> Result<String> {
    let _turn = shop.hashing.acquire().await.map_err(|_| Error::Broken("the hashing queue is closed"))?;
    let (argon2, password) = (argon2()?, password.to_owned());
    tokio::task::spawn_blocking(move || {
        argon2.hash_password(password.as_bytes()).map(|hash| hash.to_string())
    })
    .await
    .map_err(|_| Error::Broken("hashing was cut off"))?
    .map_err(|_| Error::Broken("a password could not be hashed"))
}

/// Whether the password is the hash's. Hashes of the Laravel application are bcrypt.
async fn verify(shop: &Shop, password: &str, hash: &str) -> Result<bool> {
    let _turn = shop.hashing.acquire().await.map_err(|_| Error::Broken("the hashing queue is closed"))?;
    let (argon2, password, hash) = (argon2()?, password.to_owned(), hash.to_owned());
    tokio::task::spawn_blocking(move || {
        if hash.starts_with("$2") {
            return bcrypt::verify(&password, &hash).unwrap_or(false);
        }
        PasswordHash::new(&hash).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| Error::Broken("checking a password was cut off"))
}
