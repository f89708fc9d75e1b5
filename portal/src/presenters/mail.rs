//! The words of mails.
use crate::{
    i18n::Lang,
    pages::{self, mail as letters},
};
use hollyn_core::{
    domain::user::first_name,
    mail::{Letter, Mail, PanelPassword, Words},
};
use rocket_dyn_templates::tera::Tera;

/// Finds the words for mails in the locale files.
pub struct MailRenderer {
    tera: Tera,
    site: letters::Site,
}

impl MailRenderer {
    /// Fails where a template does not parse.
    pub fn new(site: letters::Site) -> Result<MailRenderer, String> {
        Ok(MailRenderer { tera: pages::mail_tera().map_err(|error| error.to_string())?, site })
    }
}

impl Words for MailRenderer {
    fn letter(&self, mail: &Mail, locale: &str) -> Result<Letter, String> {
        let lang = Lang::from_code(locale).unwrap_or(Lang::En);
        let rendered =
            letters::render(&self.tera, letter(mail).as_ref(), lang, &self.site).map_err(|error| {
                format!("{error}: {:?}", std::error::Error::source(&error).map(ToString::to_string))
            })?;
        Ok(Letter { subject: rendered.subject, text: rendered.text, html: rendered.html })
    }
}

fn letter(mail: &Mail) -> Box<dyn letters::Mail> {
    match mail.clone() {
        Mail::OrderReceived { name, order_uuid, order_number, plan, months, total_tzs, domain } => {
            Box::new(letters::OrderReceived {
                first_name: first_name(&name).to_owned(),
                uuid: order_uuid,
                number: order_number,
                plan_name: plan,
                months,
                domain,
                total_tzs,
            })
        }
        Mail::PaymentReceived {
            name,
            order_uuid,
            order_number,
            plan,
            months,
            full_tzs,
            discount_percent,
            discount_tzs,
            received_tzs,
            domain,
            paid_at,
            phone,
            operator,
            reference,
            is_set_up,
        } => Box::new(letters::PaymentReceived {
            first_name: first_name(&name).to_owned(),
            uuid: order_uuid,
            receipt_number: format!("{order_number}-1"),
            number: order_number,
            at: paid_at,
            phone: crate::presenters::order::local_phone(&phone),
            operator,
            reference,
            plan_name: plan,
            months,
            domain,
            full_tzs,
            percent: discount_percent,
            discount_tzs,
            paid_tzs: received_tzs,
            is_set_up,
        }),
        Mail::ServiceReady {
            name,
            order_number,
            service_id,
            domain,
            is_temporary,
            username,
            panel_url,
            paid_until,
        } => Box::new(letters::ServiceReady {
            first_name: first_name(&name).to_owned(),
            number: order_number,
            service_id: service_id.to_string(),
            domain,
            temporary: is_temporary,
            username,
            panel_url: Some(panel_url),
            paid_until: Some(paid_until),
        }),
        Mail::SetupDelayed { name, order_uuid, order_number, domain } => Box::new(letters::SetupDelayed {
            first_name: first_name(&name).to_owned(),
            uuid: order_uuid,
            number: order_number,
            domain: Some(domain),
        }),
        Mail::StaffSetupFailed {
            order_number,
            plan,
            customer_name,
            customer_email,
            domain,
            tries,
            error,
        } => Box::new(letters::StaffSetupFailed {
            number: order_number,
            domain: Some(domain),
            plan_name: plan,
            customer_name,
            customer_email,
            tries,
            reason: error,
        }),
        Mail::VerifyEmail { name, link } => Box::new(letters::VerifyEmail {
            first_name: first_name(&name).to_owned(),
            link_path: format!("/verify-email/{}", link.token()),
        }),
        Mail::ResetPassword { name, link } => Box::new(letters::ResetPassword {
            first_name: first_name(&name).to_owned(),
            link_path: format!("/reset-password/{}", link.token()),
        }),
        Mail::PasswordChanged { name, at, device, address } => Box::new(letters::PasswordChanged {
            first_name: first_name(&name).to_owned(),
            at,
            device: known(device),
            address: known(address),
        }),
        Mail::EmailChanged { name, new_email_masked, at } => {
            Box::new(letters::EmailChanged { first_name: first_name(&name).to_owned(), new_email_masked, at })
        }
        Mail::NewDevice { name, at, device, address } => Box::new(letters::NewDevice {
            first_name: first_name(&name).to_owned(),
            at,
            device: known(device),
            address: known(address),
        }),
        Mail::Suspended { name, order_number, domain, reason } => Box::new(letters::Suspended {
            first_name: first_name(&name).to_owned(),
            number: order_number,
            domain,
            reason,
        }),
        Mail::Resumed { name, order_number, domain } => Box::new(letters::Resumed {
            first_name: first_name(&name).to_owned(),
            number: order_number,
            domain,
        }),
        Mail::Credentials { name, order_number, service_id, domain, username, panel_url, password } => {
            Box::new(letters::Credentials {
                first_name: first_name(&name).to_owned(),
                number: order_number,
                service_id: service_id.to_string(),
                domain,
                username,
                panel_url: Some(panel_url),
                password: password.and_then(PanelPassword::opened),
            })
        }
    }
}

fn known(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
