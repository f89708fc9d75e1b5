//! Devices, second factor and activity, as their pages show them.
use crate::pages::{ActivityLine, Security, SessionLine, TwoFactor};
use hollyn_core::{
    domain::{audit::Activity, session::Browser, user_agent::device_name},
    ops::auth::two_factor::State,
};
use qrcodegen::{QrCode, QrCodeEcc};

/// The security page, before anything was typed on it.
pub fn security(browsers: Vec<Browser>, state: State, is_verified: bool, can_turn_off: bool) -> Security {
    let mut sessions: Vec<SessionLine> = browsers
        .into_iter()
        .map(|row| SessionLine {
            id: row.id.to_string(),
            device: Some(device_name(&row.user_agent)).filter(|device| !device.is_empty()),
            address: Some(row.address).filter(|address| !address.is_empty()),
            last_seen_at: row.last_seen_at.0,
            is_current: row.is_current,
        })
        .collect();
    sessions.sort_by_key(|session| !session.is_current);
    Security {
        sessions,
        two_factor: match state {
            State::Off if !is_verified => TwoFactor::Unverified,
            State::Off => TwoFactor::Off,
            State::Starting(seed) | State::On { replacement: Some(seed), .. } => TwoFactor::Starting {
                qr_svg: qr(&seed.uri).unwrap_or_default(),
                otpauth_uri: seed.uri,
                secret: seed.secret,
            },
            State::On { codes_left, replacement: None } => TwoFactor::On { codes_left, can_turn_off },
        },
        recovery_codes: None,
        problems: Vec::new(),
        saved: None,
    }
}

/// A QR code as one path. None where the text is too long for any.
fn qr(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + 2, y + 2));
        }
    }
    let edge = code.size() + 4;
    Some(format!(
        "<svg viewBox=\"0 0 {edge} {edge}\" width=\"200\" height=\"200\" role=\"img\" \
        shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{edge}v{edge}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// One line of the account's activity.
pub fn activity(row: &Activity) -> ActivityLine {
    let kind = match row.action.as_str() {
        "order.placed" => "order_placed",
        action => action.split_once('.').map_or(action, |(_, kind)| kind),
    };
    let by_staff = row.actor.starts_with("staff:");
    ActivityLine {
        kind: kind.to_owned(),
        at: row.created_at.0,
        address: row.address.clone().filter(|_| !by_staff),
        device: row.details.clone().filter(|_| row.action == "user.signed_in" && !by_staff),
        by_staff,
    }
}
