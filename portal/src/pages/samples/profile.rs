//! The customer's own account in its states.

use super::{DAY, NOW, SECOND, Sample, mine, sample, viewing};
use crate::{
    i18n::Lang,
    pages::{
        Activity, ActivityLine, DeleteAccount, FieldError, Layout, Profile, Refused, Security, SessionLine,
        TwoFactor,
    },
};

pub fn profile(lang: Lang) -> Vec<Sample> {
    let base = Profile {
        name: "Neema Mushi".to_owned(),
        email: "neema.mushi@gmail.com".to_owned(),
        is_verified: true,
        pending_note: false,
        phone: Some("0754318206".to_owned()),
        refused: None,
        problems: Vec::new(),
        saved: None,
        has_two_factor: true,
        can_delete: false,
    };
    let fresh =
        Profile { is_verified: false, phone: None, has_two_factor: false, can_delete: true, ..base.clone() };
    let sent = Profile { pending_note: true, saved: Some("saved-email".to_owned()), ..fresh.clone() };
    let saved = Profile { saved: Some("saved-password".to_owned()), ..base.clone() };
    let refused = |form: &str, typed: &str, problems: &[(&str, &str)]| Profile {
        refused: Some(Refused { form: form.to_owned(), typed: typed.to_owned() }),
        problems: problems.iter().map(|(field, key)| FieldError::new(field, key).in_form(form)).collect(),
        ..base.clone()
    };
    let both = [("email", "problem-email-used"), ("password", "problem-password-wrong")];
    let passwords = [("current", "problem-password-wrong"), ("password", "problem-password-short")];
    let me = mine(lang, "/profile");
    let viewed = Layout { impersonating: Some(viewing()), ..me.clone() };
    vec![
        sample("profile", &me, &base),
        sample("profile-unverified", &me, &fresh),
        sample("profile-sent", &me, &sent),
        sample("profile-saved", &me, &saved),
        sample("profile-name", &me, &refused("name", "", &[("name", "problem-name")])),
        sample("profile-email", &me, &refused("email", "joseph@gmail.com", &both)),
        sample("profile-phone", &me, &refused("phone", "0754 31", &[("phone", "problem-phone")])),
        sample("profile-password", &me, &refused("password", "", &passwords)),
        sample("profile-viewed", &viewed, &base),
    ]
}

pub fn security(lang: Lang) -> Vec<Sample> {
    let line = |id: &str, device: Option<&str>, hours: i64| SessionLine {
        id: id.to_owned(),
        device: device.map(str::to_owned),
        address: Some("197.250.9.14".to_owned()),
        last_seen_at: NOW - hours * 3_600 * SECOND,
        is_current: hours == 0,
    };
    let off = Security {
        sessions: vec![
            line("31", Some("Chrome, Android"), 0),
            line("28", Some("Firefox, Windows"), 3),
            SessionLine {
                address: Some("2c0f:fe38:2250:1a7:d41d:8cd9:8f00:b204".to_owned()),
                ..line("12", None, 70)
            },
        ],
        two_factor: TwoFactor::Off,
        recovery_codes: None,
        problems: Vec::new(),
        saved: None,
    };
    let alone = Security { sessions: off.sessions[..1].to_vec(), ..off.clone() };
    let ended = Security { saved: Some("saved-sessions".to_owned()), ..alone.clone() };
    let starting = Security {
        two_factor: TwoFactor::Starting {
            secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
            otpauth_uri: "otpauth://totp/Hollyn%20Online:neema.mushi%40gmail.com\
                              ?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Hollyn%20Online"
                .to_owned(),
            qr_svg: qr(),
        },
        ..alone.clone()
    };
    let wrong = Security {
        problems: vec![FieldError::new("code", "problem-code").in_form("confirm")],
        ..starting.clone()
    };
    let codes = (2..10).map(|n| format!("k4f7{n}-m2qx{n}")).collect();
    let on = Security { two_factor: TwoFactor::On { codes_left: 8, can_turn_off: true }, ..off.clone() };
    let shown =
        Security { recovery_codes: Some(codes), saved: Some("saved-two-factor-on".to_owned()), ..on.clone() };
    let few = Security { two_factor: TwoFactor::On { codes_left: 1, can_turn_off: false }, ..on.clone() };
    let refused = Security {
        problems: vec![FieldError::new("password", "problem-password-wrong").in_form("off")],
        ..on.clone()
    };
    let me = mine(lang, "/profile/security");
    let viewed = Layout { impersonating: Some(viewing()), ..me.clone() };
    vec![
        sample("security-off", &me, &off),
        sample("security-unverified", &me, &Security { two_factor: TwoFactor::Unverified, ..off.clone() }),
        sample("security-alone", &me, &alone),
        sample("security-ended", &me, &ended),
        sample("security-starting", &me, &starting),
        sample("security-starting-error", &me, &wrong),
        sample("security-codes", &me, &shown),
        sample("security-on", &me, &on),
        sample("security-few", &me, &few),
        sample("security-off-error", &me, &refused),
        sample("security-viewed", &viewed, &on),
    ]
}

/// A drawing of a code's size and weight; nothing reads it.
fn qr() -> String {
    let mut path = String::new();
    for y in 0..33_u32 {
        for x in 0..33_u32 {
            if (x * 7 + y * 5 + x * y) % 3 == 0 {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    format!(
        "<svg viewBox=\"-2 -2 37 37\" width=\"200\" height=\"200\" role=\"img\"><path d=\"{path}\"/></svg>"
    )
}

pub fn activity(lang: Lang) -> Vec<Sample> {
    let entries = Activity::KINDS
        .into_iter()
        .chain(["something_new"])
        .zip(0..)
        .map(|(kind, n)| {
            let by_staff = kind == "impersonated" || n > 16;
            ActivityLine {
                kind: kind.to_owned(),
                at: NOW - n * DAY / 3,
                address: (!by_staff).then(|| "197.250.9.14".to_owned()),
                device: (n % 3 != 1 && !by_staff).then(|| "Chrome, Android".to_owned()),
                by_staff,
            }
        })
        .collect();
    let full = Activity { entries, page: 2, pages: 3 };
    let empty = Activity { entries: Vec::new(), page: 1, pages: 1 };
    vec![
        sample("activity", &mine(lang, "/profile/activity?page=2"), &full),
        sample("activity-empty", &mine(lang, "/profile/activity"), &empty),
    ]
}

pub fn delete(lang: Lang) -> Vec<Sample> {
    let blocked = DeleteAccount {
        blocking: vec!["kahawakibo.co.tz".to_owned(), "wageniwakibo.co.tz".to_owned()],
        ..DeleteAccount::default()
    };
    let paying =
        DeleteAccount { being_paid: vec!["kahawakibo.co.tz".to_owned()], ..DeleteAccount::default() };
    let wrong = DeleteAccount {
        problems: vec![FieldError::new("password", "problem-password-wrong")],
        ..DeleteAccount::default()
    };
    let me = mine(lang, "/profile/delete");
    vec![
        sample("delete", &me, &DeleteAccount::default()),
        sample("delete-error", &me, &wrong),
        sample("delete-blocked", &me, &blocked),
        sample("delete-being-paid", &me, &paying),
        sample(
            "delete-done",
            &super::layout(lang, "/profile/delete"),
            &DeleteAccount { done: true, ..DeleteAccount::default() },
        ),
    ]
}
