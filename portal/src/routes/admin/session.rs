//! Signing in, one's own devices and password.
use super::{
    api_error::{ApiError, refuse},
    endpoint::{Answer, ApiRequest},
};
use hollyn_core::{
    api::{
        self, About, Device, Done, Enrolment, ErrorCode, Items, RecoveryCodes, Session, SessionOpened, Staff,
    },
    domain::{session::StaffSession, time::Timestamp},
    ops::{
        auth::Confirmed,
        auth::two_factor,
        staff_sessions::{self, Enrolled, SignedIn},
        users::profile::Changed,
    },
};
use rocket::http::Status;

pub async fn about(ask: ApiRequest<api::endpoints::about>) -> Answer<api::endpoints::about> {
    Ok(About {
        company: ask.about.company,
        version: env!("CARGO_PKG_VERSION").into(),
        api: api::VERSION,
        url: ask.about.origin,
        is_totp_required: ask.ctx.settings.is_totp_required,
    })
}

fn person(staff_session: &StaffSession) -> Staff {
    Staff {
        id: staff_session.user.id.0,
        name: staff_session.user.name.clone(),
        email: staff_session.user.email.clone(),
        role: staff_session.user.role.into(),
        has_totp: staff_session.has_totp,
    }
}

fn described(staff_session: &StaffSession, now: Timestamp) -> Session {
    Session {
        user: person(staff_session),
        device: staff_session.device.clone(),
        expires_at: staff_session.expires_at(now).into(),
        fresh_until: staff_session.fresh_until(now).map(Into::into),
    }
}

fn wrong() -> ApiError {
    refuse(Status::Unauthorized, ErrorCode::WrongCredentials, "E-mail or password are wrong.")
}

pub async fn sign_in(ask: ApiRequest<api::endpoints::sign_in>) -> Answer<api::endpoints::sign_in> {
    let sent = &ask.body;
    let totp = sent.totp.as_deref();
    match staff_sessions::sign_in(&ask.ctx, &ask.caller, &sent.email, &sent.password, totp, &sent.device)
        .await?
    {
        SignedIn::Opened { token, staff_session, recovery_codes } => Ok(SessionOpened {
            token,
            expires_at: staff_session.expires_at(ask.ctx.now()).into(),
            user: person(&staff_session),
            recovery_codes,
        }),
        SignedIn::Wrong => Err(wrong()),
        SignedIn::TotpRequired => Err(refuse(
            Status::Unauthorized,
            ErrorCode::TotpRequired,
            "Type the six digits of your authenticator app.",
        )),
        SignedIn::TotpWrong => Err(refuse(
            Status::Unauthorized,
            ErrorCode::TotpWrong,
            "The code is wrong, too old, or was used. Take the one that the app shows now.",
        )),
        SignedIn::EnrolmentRequired => Err(refuse(
            Status::Forbidden,
            ErrorCode::EnrolmentRequired,
            "This account needs an authenticator app first.",
        )),
        SignedIn::Limited(again) => Err(ApiError::limited(again)),
    }
}

pub async fn enrol(ask: ApiRequest<api::endpoints::enrol>) -> Answer<api::endpoints::enrol> {
    match staff_sessions::enrol(&ask.ctx, &ask.caller, &ask.body.email, &ask.body.password).await? {
        Enrolled::Begun { secret, uri } => Ok(Enrolment { secret, uri }),
        Enrolled::AlreadyOn => Err(ApiError::conflict("This account has an authenticator app already.")),
        Enrolled::Wrong => Err(wrong()),
        Enrolled::Limited(again) => Err(ApiError::limited(again)),
    }
}

pub async fn session(ask: ApiRequest<api::endpoints::session>) -> Answer<api::endpoints::session> {
    Ok(described(ask.staff_session()?, ask.ctx.now()))
}

pub async fn sign_out(ask: ApiRequest<api::endpoints::sign_out>) -> Answer<api::endpoints::sign_out> {
    staff_sessions::sign_out(&ask.ctx, &ask.caller, ask.staff_session()?).await?;
    Ok(Done {})
}

pub async fn confirm_password(
    ask: ApiRequest<api::endpoints::confirm_password>,
) -> Answer<api::endpoints::confirm_password> {
    let staff_session = ask.staff_session()?;
    match staff_sessions::confirm(&ask.ctx, &ask.caller, staff_session, &ask.body.password).await? {
        Confirmed::Yes => {
            let now = ask.ctx.now();
            Ok(described(&StaffSession { confirmed_at: now, ..staff_session.clone() }, now))
        }
        Confirmed::No => Err(ApiError::field("password", "The password is wrong.")),
        Confirmed::Limited(again) => Err(ApiError::limited(again)),
    }
}

pub async fn change_password(
    ask: ApiRequest<api::endpoints::change_password>,
) -> Answer<api::endpoints::change_password> {
    let (current, new) = (&ask.body.current, &ask.body.new);
    match staff_sessions::change_password(&ask.ctx, &ask.caller, ask.staff_session()?, current, new).await? {
        Changed::Done => Ok(Done {}),
        Changed::FieldError(problem) => Err(ApiError::invalid(&[problem])),
        Changed::Limited(again) => Err(ApiError::limited(again)),
    }
}

pub async fn renew_recovery_codes(
    ask: ApiRequest<api::endpoints::renew_recovery_codes>,
) -> Answer<api::endpoints::renew_recovery_codes> {
    let staff_session = ask.staff_session()?;
    if !staff_session.has_totp {
        return Err(ApiError::conflict("This account has no authenticator app."));
    }
    Ok(RecoveryCodes { codes: two_factor::renew_codes(&ask.ctx, &ask.caller, &staff_session.user).await? })
}

pub async fn list_devices(
    ask: ApiRequest<api::endpoints::list_devices>,
) -> Answer<api::endpoints::list_devices> {
    let staff_session = ask.staff_session()?;
    let rows = staff_sessions::devices(&ask.ctx, staff_session).await?;
    let device = |row: hollyn_core::domain::session::Device| Device {
        id: row.id,
        name: row.name,
        address: row.address,
        created_at: row.created_at.into(),
        last_seen_at: row.last_seen_at.into(),
        expires_at: row.ends_at.into(),
        is_current: row.id == staff_session.token_id,
    };
    Ok(Items { items: rows.into_iter().map(device).collect() })
}

pub async fn revoke_device(
    ask: ApiRequest<api::endpoints::revoke_device>,
) -> Answer<api::endpoints::revoke_device> {
    let ended = staff_sessions::revoke(&ask.ctx, &ask.caller, ask.staff_session()?, ask.id).await?;
    ended.then_some(Done {}).ok_or_else(ApiError::not_found)
}
