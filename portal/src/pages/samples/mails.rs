//! Every mail with sample data.

use super::{DAY, NOW, order};
use crate::pages::mail;

/// All mails, with a name for their files.
pub fn mails() -> Vec<(&'static str, Box<dyn mail::Mail>)> {
    let text = str::to_owned;
    let domain = Some(text("kahawakibo.co.tz"));
    let order = order();
    let ordered = mail::OrderReceived {
        first_name: text("Neema"),
        uuid: order.uuid.clone(),
        number: order.number.clone(),
        plan_name: order.plan_name.clone(),
        months: 1,
        domain: domain.clone(),
        total_tzs: 25_000,
    };
    let paid = mail::PaymentReceived {
        first_name: text("Neema"),
        uuid: order.uuid.clone(),
        number: order.number.clone(),
        receipt_number: format!("{}-1", order.number),
        at: NOW,
        phone: text("0754318206"),
        operator: Some(text("M-PESA")),
        reference: Some(text("CEJ3I3SETSN")),
        plan_name: text("Hollyn Boost"),
        months: 3,
        domain: domain.clone(),
        full_tzs: 75_000,
        percent: 10,
        discount_tzs: 7_500,
        paid_tzs: 67_500,
        is_set_up: true,
    };
    let ready = mail::ServiceReady {
        first_name: text("Neema"),
        number: order.number.clone(),
        service_id: text("42"),
        domain: text("neema-7k3m9q.hollyn.site"),
        temporary: true,
        username: text("neema7k3"),
        panel_url: Some(text("https://panel.hollyn.online:2003")),
        paid_until: Some(NOW + 30 * DAY),
    };
    let delayed = mail::SetupDelayed {
        first_name: text("Neema"),
        uuid: order.uuid,
        number: order.number.clone(),
        domain: domain.clone(),
    };
    let staff = mail::StaffSetupFailed {
        number: order.number,
        domain,
        plan_name: text("Hollyn Boost"),
        customer_name: text("Neema Mushi"),
        customer_email: text("neema.mushi@gmail.com"),
        tries: 3,
        reason: text("The panel did not answer within 120 s"),
    };
    let mut mails: Vec<(&'static str, Box<dyn mail::Mail>)> = vec![
        ("order-received", Box::new(ordered)),
        ("payment-received", Box::new(paid)),
        ("service-ready", Box::new(ready)),
        ("setup-delayed", Box::new(delayed)),
        ("staff-setup-failed", Box::new(staff)),
    ];
    mails.extend(account());
    mails
}

fn account() -> Vec<(&'static str, Box<dyn mail::Mail>)> {
    let text = str::to_owned;
    let (device, address) = (Some(text("Chrome, Android")), Some(text("197.250.9.14")));
    let (first_name, number) = (text("Neema"), order().number);
    let domain = text("kahawakibo.co.tz");
    let verify =
        mail::VerifyEmail { first_name: first_name.clone(), link_path: text("/verify-email/5pRk0Hq2") };
    let reset =
        mail::ResetPassword { first_name: first_name.clone(), link_path: text("/reset-password/5pRk0Hq2") };
    let password = mail::PasswordChanged {
        first_name: first_name.clone(),
        at: NOW,
        device: device.clone(),
        address: address.clone(),
    };
    let email = mail::EmailChanged {
        first_name: first_name.clone(),
        new_email_masked: text("n•••@kahawakibo.co.tz"),
        at: NOW,
    };
    let new_device = mail::NewDevice { first_name: first_name.clone(), at: NOW, device, address };
    let suspended = mail::Suspended {
        first_name: first_name.clone(),
        number: number.clone(),
        domain: domain.clone(),
        reason: Some(text("The website sent spam; we wrote to you on 20 November.")),
    };
    let resumed =
        mail::Resumed { first_name: first_name.clone(), number: number.clone(), domain: domain.clone() };
    let credentials = mail::Credentials {
        first_name,
        number,
        service_id: text("42"),
        domain,
        username: text("kahawaki"),
        panel_url: Some(text("https://panel.hollyn.online:2003")),
        password: None,
    };
    let with_password = mail::Credentials { password: Some(text("kR7#mWq2!xZp9&Ld")), ..credentials.clone() };
    vec![
        ("verify-email", Box::new(verify)),
        ("reset-password", Box::new(reset)),
        ("password-changed", Box::new(password)),
        ("email-changed", Box::new(email)),
        ("new-device", Box::new(new_device)),
        ("suspended", Box::new(suspended)),
        ("resumed", Box::new(resumed)),
        ("credentials", Box::new(credentials)),
        ("credentials-with-password", Box::new(with_password)),
    ]
}
