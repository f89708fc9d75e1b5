//! Signing in, one's own devices and password.
use super::{
    api_error::{ApiError, refuse},
    endpoint::{Answer, ApiRequest},
};
use hollyn_core::{
    api::{
        self, About, Device, Done, Enrolment, ErrorCode, Items, RecoveryCodes, Session, SessionOpened, Staff,
    },
    domain::session,
    ops::staff_sessions::{self, Credentials, SignedIn},
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

fn wrong_credentials() -> ApiError {
    refuse(Status::Unauthorized, ErrorCode::WrongCredentials, "E-mail or password are wrong.")
}

pub async fn sign_in(ask: ApiRequest<api::endpoints::sign_in>) -> Answer<api::endpoints::sign_in> {
    let sent = &ask.body;
    let typed = Credentials {
        email: &sent.email,
        password: &sent.password,
        totp: sent.totp.as_deref(),
        device: &sent.device,
    };
    match staff_sessions::sign_in(&ask.ctx, &ask.caller, &typed).await? {
        SignedIn::Opened { token, staff_session, recovery_codes } => Ok(SessionOpened {
            token,
            expires_at: staff_session.expires_at(ask.ctx.now()).into(),
            user: Staff::from(&*staff_session),
            recovery_codes,
        }),
        SignedIn::Rejected => Err(wrong_credentials()),
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
    }
}

pub async fn enrol(ask: ApiRequest<api::endpoints::enrol>) -> Answer<api::endpoints::enrol> {
    let enrolment = staff_sessions::enrol(&ask.ctx, &ask.caller, &ask.body.email, &ask.body.password).await?;
    let staff_sessions::Enrolment { secret, uri } = enrolment.ok_or_else(wrong_credentials)?;
    Ok(Enrolment { secret, uri })
}

pub async fn session(ask: ApiRequest<api::endpoints::session>) -> Answer<api::endpoints::session> {
    Ok(Session::of(ask.staff_session()?, ask.ctx.now()))
}

pub async fn sign_out(ask: ApiRequest<api::endpoints::sign_out>) -> Answer<api::endpoints::sign_out> {
    staff_sessions::sign_out(&ask.ctx, &ask.caller, ask.staff_session()?).await?;
    Ok(Done {})
}

pub async fn confirm_password(
    ask: ApiRequest<api::endpoints::confirm_password>,
) -> Answer<api::endpoints::confirm_password> {
    let (staff_session, sent) = (ask.staff_session()?, &ask.body);
    let (password, code) = (&sent.password, sent.totp.as_deref());
    let fresh = staff_sessions::reauthenticate(&ask.ctx, &ask.caller, staff_session, password, code).await?;
    Ok(Session::of(&fresh, ask.ctx.now()))
}

pub async fn change_password(
    ask: ApiRequest<api::endpoints::change_password>,
) -> Answer<api::endpoints::change_password> {
    let (current, new) = (&ask.body.current, &ask.body.new);
    staff_sessions::change_password(&ask.ctx, &ask.caller, ask.staff_session()?, current, new).await?;
    Ok(Done {})
}

pub async fn renew_recovery_codes(
    ask: ApiRequest<api::endpoints::renew_recovery_codes>,
) -> Answer<api::endpoints::renew_recovery_codes> {
    let codes = staff_sessions::renew_recovery_codes(&ask.ctx, &ask.caller, ask.staff_session()?).await?;
    Ok(RecoveryCodes { codes })
}

pub async fn list_devices(
    ask: ApiRequest<api::endpoints::list_devices>,
) -> Answer<api::endpoints::list_devices> {
    let staff_session = ask.staff_session()?;
    let devices = staff_sessions::devices(&ask.ctx, staff_session).await?;
    let is_current = |device: &session::Device| device.id == staff_session.token_id;
    Ok(Items { items: devices.iter().map(|device| Device::of(device, is_current(device))).collect() })
}

pub async fn revoke_device(
    ask: ApiRequest<api::endpoints::revoke_device>,
) -> Answer<api::endpoints::revoke_device> {
    staff_sessions::revoke(&ask.ctx, &ask.caller, ask.staff_session()?, ask.id).await?;
    Ok(Done {})
}
