//! Signing in, one's own devices and password.
use super::{
    door::{Answer, Ask},
    refusal::{Refusal, refuse},
};
use hollyn_core::{
    api::{
        self, About, Device, Done, Enrolment, ErrorCode, Items, RecoveryCodes, Session, SessionOpened, Staff,
    },
    ops::{
        accounts::Confirmed,
        profile::Changed,
        staff::{self, Desk, Enrolled, SignedIn},
        two_factor,
    },
};
use rocket::http::Status;

pub async fn about(ask: Ask<api::endpoints::about>) -> Answer<api::endpoints::about> {
    Ok(About {
        company: ask.about.company,
        version: env!("CARGO_PKG_VERSION").into(),
        api: api::VERSION,
        url: ask.about.origin,
        is_totp_required: ask.shop.rules.is_totp_required,
    })
}

fn person(desk: &Desk) -> Staff {
    Staff {
        id: desk.user.id.0,
        name: desk.user.name.clone(),
        email: desk.user.email.clone(),
        role: desk.user.role.into(),
        has_totp: desk.has_totp,
    }
}

fn described(desk: &Desk) -> Session {
    Session {
        user: person(desk),
        device: desk.device.clone(),
        expires_at: desk.expires_at.into(),
        fresh_until: desk.fresh_until.map(Into::into),
    }
}

fn wrong() -> Refusal {
    refuse(Status::Unauthorized, ErrorCode::WrongCredentials, "E-mail or password are wrong.")
}

pub async fn sign_in(ask: Ask<api::endpoints::sign_in>) -> Answer<api::endpoints::sign_in> {
    let sent = &ask.body;
    let totp = sent.totp.as_deref();
    match staff::sign_in(&ask.shop, &ask.caller, &sent.email, &sent.password, totp, &sent.device).await? {
        SignedIn::Opened { token, desk, recovery_codes } => Ok(SessionOpened {
            token,
            expires_at: desk.expires_at.into(),
            user: person(&desk),
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
        SignedIn::Limited(again) => Err(Refusal::limited(again)),
    }
}

pub async fn enrol(ask: Ask<api::endpoints::enrol>) -> Answer<api::endpoints::enrol> {
    match staff::enrol(&ask.shop, &ask.caller, &ask.body.email, &ask.body.password).await? {
        Enrolled::Begun { secret, uri } => Ok(Enrolment { secret, uri }),
        Enrolled::AlreadyOn => Err(Refusal::conflict("This account has an authenticator app already.")),
        Enrolled::Wrong => Err(wrong()),
        Enrolled::Limited(again) => Err(Refusal::limited(again)),
    }
}

pub async fn session(ask: Ask<api::endpoints::session>) -> Answer<api::endpoints::session> {
    Ok(described(ask.desk()?))
}

pub async fn sign_out(ask: Ask<api::endpoints::sign_out>) -> Answer<api::endpoints::sign_out> {
    staff::sign_out(&ask.shop, &ask.caller, ask.desk()?).await?;
    Ok(Done {})
}

pub async fn confirm_password(
    ask: Ask<api::endpoints::confirm_password>,
) -> Answer<api::endpoints::confirm_password> {
    let desk = ask.desk()?;
    match staff::confirm(&ask.shop, &ask.caller, desk, &ask.body.password).await? {
        Confirmed::Yes => {
            let fresh = ask.shop.now().plus_seconds(staff::FRESH_SECONDS);
            Ok(described(&Desk { fresh_until: Some(fresh), ..desk.clone() }))
        }
        Confirmed::No => Err(Refusal::field("password", "The password is wrong.")),
        Confirmed::Limited(again) => Err(Refusal::limited(again)),
    }
}

pub async fn change_password(
    ask: Ask<api::endpoints::change_password>,
) -> Answer<api::endpoints::change_password> {
    let (current, new) = (&ask.body.current, &ask.body.new);
    match staff::change_password(&ask.shop, &ask.caller, ask.desk()?, current, new).await? {
        Changed::Done => Ok(Done {}),
        Changed::Problem(problem) => Err(Refusal::problems(&[problem])),
        Changed::Limited(again) => Err(Refusal::limited(again)),
    }
}

pub async fn renew_recovery_codes(
    ask: Ask<api::endpoints::renew_recovery_codes>,
) -> Answer<api::endpoints::renew_recovery_codes> {
    let desk = ask.desk()?;
    if !desk.has_totp {
        return Err(Refusal::conflict("This account has no authenticator app."));
    }
    Ok(RecoveryCodes { codes: two_factor::renew_codes(&ask.shop, &ask.caller, &desk.user).await? })
}

pub async fn list_devices(ask: Ask<api::endpoints::list_devices>) -> Answer<api::endpoints::list_devices> {
    let desk = ask.desk()?;
    let rows = staff::devices(&ask.shop, desk).await?;
    let device = |row: hollyn_core::store::staff_tokens::DeviceRow| Device {
        id: row.id,
        name: row.device,
        address: row.address,
        created_at: row.created_at.into(),
        last_seen_at: row.last_seen_at.into(),
        expires_at: row.ends_at.into(),
        is_current: row.id == desk.token_id,
    };
    Ok(Items { items: rows.into_iter().map(device).collect() })
}

pub async fn revoke_device(ask: Ask<api::endpoints::revoke_device>) -> Answer<api::endpoints::revoke_device> {
    let ended = staff::revoke(&ask.shop, &ask.caller, ask.desk()?, ask.id).await?;
    ended.then_some(Done {}).ok_or_else(Refusal::not_found)
}
