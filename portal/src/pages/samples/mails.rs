//! Every mail with sample data, and its variants that read differently.

use hollyn_core::mail::{
    Credentials, EmailChangeAnnounced, EmailChangeRequested, EmailChanged, Invitation, Link, Mail, NewDevice,
    OrderReceived, PanelPassword, PasswordChanged, PaymentReceived, ResetPassword, Resumed, ServiceReady,
    SetupDelayed, StaffChange, StaffChanged, StaffSetupFailed, Suspended, TwoFactorReset, VerifyEmail,
};

/// 23 November 2026, 12:30 in Dar es Salaam.
const NOON: i64 = 1_795_426_200_000_000;
const NAME: &str = "Neema Mushi";
const UUID: &str = "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11";
const NUMBER: &str = "H-7K3M9Q";
const DOMAIN: &str = "kahawakibo.co.tz";
const PANEL_URL: &str = "https://panel.hollyn.online:2003";

/// All mails, with a name for their files.
pub fn mails() -> Vec<(&'static str, Mail)> {
    [orders(), services(), account()].concat()
}

fn orders() -> Vec<(&'static str, Mail)> {
    let ordered = OrderReceived {
        name: NAME.into(),
        order_uuid: UUID.into(),
        order_number: NUMBER.into(),
        plan: "Hollyn Boost".into(),
        months: 3,
        total_tzs: 67_500,
        domain: Some(DOMAIN.into()),
    };
    let ordered_without_domain = OrderReceived { domain: None, ..ordered.clone() };
    let paid = PaymentReceived {
        name: NAME.into(),
        order_uuid: UUID.into(),
        order_number: NUMBER.into(),
        plan: "Hollyn Boost".into(),
        months: 3,
        full_tzs: 75_000,
        discount_percent: 10,
        discount_tzs: 7_500,
        received_tzs: 67_500,
        domain: Some(DOMAIN.into()),
        paid_at: NOON,
        phone: "255754318206".into(),
        operator: Some("M-PESA".into()),
        reference: Some("CEJ3I3SETSN".into()),
        is_set_up: true,
    };
    let recorded_by_staff = PaymentReceived {
        discount_percent: 0,
        discount_tzs: 0,
        received_tzs: 75_000,
        domain: None,
        phone: String::new(),
        operator: None,
        reference: None,
        ..paid.clone()
    };
    let to_finish = PaymentReceived { is_set_up: false, ..paid.clone() };
    vec![
        ("order_received", Mail::OrderReceived(ordered)),
        ("order_received_without_domain", Mail::OrderReceived(ordered_without_domain)),
        ("payment_received", Mail::PaymentReceived(paid)),
        ("payment_received_from_staff", Mail::PaymentReceived(recorded_by_staff)),
        ("payment_received_to_finish", Mail::PaymentReceived(to_finish)),
    ]
}

fn services() -> Vec<(&'static str, Mail)> {
    let ready = ServiceReady {
        name: NAME.into(),
        order_number: NUMBER.into(),
        service_id: 7,
        domain: DOMAIN.into(),
        is_temporary: false,
        username: "kahawaki".into(),
        panel_url: PANEL_URL.into(),
        paid_until: 1_803_201_000_000_000,
    };
    let ready_temporary = ServiceReady {
        domain: "h7k3m9q-6f9d.muda.hollyn.online".into(),
        is_temporary: true,
        ..ready.clone()
    };
    let delayed = SetupDelayed {
        name: NAME.into(),
        order_uuid: UUID.into(),
        order_number: NUMBER.into(),
        domain: DOMAIN.into(),
    };
    let failed = StaffSetupFailed {
        order_number: NUMBER.into(),
        plan: "Hollyn Boost".into(),
        customer_name: NAME.into(),
        customer_email: "neema.mushi@example.com".into(),
        domain: DOMAIN.into(),
        tries: 3,
        error: "the panel's answer cannot be read: HTTP 503".into(),
    };
    let suspended = Suspended {
        name: NAME.into(),
        order_number: NUMBER.into(),
        domain: DOMAIN.into(),
        reason: Some("Spam was sent from it".into()),
    };
    let suspended_without_reason = Suspended { reason: None, ..suspended.clone() };
    let resumed = Resumed { name: NAME.into(), order_number: NUMBER.into(), domain: DOMAIN.into() };
    let credentials = Credentials {
        name: NAME.into(),
        order_number: NUMBER.into(),
        service_id: 7,
        domain: DOMAIN.into(),
        username: "kahawaki".into(),
        panel_url: PANEL_URL.into(),
        password: None,
    };
    let password = Some(PanelPassword::Open("kR7#mWq2!xZp9&Ld".into()));
    let credentials_with_password = Credentials { password, ..credentials.clone() };
    vec![
        ("service_ready", Mail::ServiceReady(ready)),
        ("service_ready_temporary", Mail::ServiceReady(ready_temporary)),
        ("setup_delayed", Mail::SetupDelayed(delayed)),
        ("staff_setup_failed", Mail::StaffSetupFailed(failed)),
        ("suspended", Mail::Suspended(suspended)),
        ("suspended_without_reason", Mail::Suspended(suspended_without_reason)),
        ("resumed", Mail::Resumed(resumed)),
        ("credentials", Mail::Credentials(credentials)),
        ("credentials_with_password", Mail::Credentials(credentials_with_password)),
    ]
}

fn account() -> Vec<(&'static str, Mail)> {
    let link = Link::Open("4NbWqV0ZpQmX1sK7uYc2hR9eTfJ3aL8dGoI5wB6vCxE".into());
    let verify = VerifyEmail { name: NAME.into(), link: link.clone() };
    let reset = ResetPassword { name: NAME.into(), link: link.clone() };
    let invitation = Invitation { link: link.clone() };
    let change_requested = EmailChangeRequested {
        name: NAME.into(),
        new_email_masked: "n***@example.co.tz".into(),
        reason: "She lost the old mailbox".into(),
        applies_at: NOON,
        link,
    };
    let change_announced =
        EmailChangeAnnounced { old_email_masked: "n***@gmail.com".into(), applies_at: NOON };
    let two_factor = TwoFactorReset { name: NAME.into(), at: NOON, reason: "The phone was stolen".into() };
    let staff = StaffChanged {
        change: StaffChange::Created,
        staff_name: "Zawadi Komba".into(),
        staff_email: "zawadi@hollyn.online".into(),
        by: "Asha Mwinyi".into(),
        at: NOON,
    };
    let password = PasswordChanged {
        name: NAME.into(),
        at: NOON,
        device: "Chrome, Android".into(),
        address: "197.250.10.4".into(),
    };
    let email = EmailChanged { name: NAME.into(), new_email_masked: "n***@gmail.com".into(), at: NOON };
    let device = NewDevice {
        name: NAME.into(),
        at: NOON,
        device: "Chrome, Android".into(),
        address: "197.250.10.4".into(),
    };
    let device_without_name = NewDevice { device: String::new(), ..device.clone() };
    vec![
        ("verify_email", Mail::VerifyEmail(verify)),
        ("reset_password", Mail::ResetPassword(reset)),
        ("password_changed", Mail::PasswordChanged(password)),
        ("email_changed", Mail::EmailChanged(email)),
        ("new_device", Mail::NewDevice(device)),
        ("invitation", Mail::Invitation(invitation)),
        ("email_change_requested", Mail::EmailChangeRequested(change_requested)),
        ("email_change_announced", Mail::EmailChangeAnnounced(change_announced)),
        ("two_factor_reset", Mail::TwoFactorReset(two_factor)),
        ("staff_changed", Mail::StaffChanged(staff)),
        ("new_device_without_name", Mail::NewDevice(device_without_name)),
    ]
}
