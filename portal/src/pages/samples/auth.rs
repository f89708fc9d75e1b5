//! The pages of `pages::auth` in their states.

use super::{NOW, SECOND, Sample, layout, mine, sample, viewing};
use crate::{
    i18n::Lang,
    pages::{
        Admin, ChangeFacts, Code, Confirm, EmailChange, EmailChangeState, ErrorKind, ErrorPage, FieldError,
        Forgot, Impersonate, ImpersonateState, Layout, Login, Register, Reset, Verify, VerifyState,
    },
};

pub fn outside(lang: Lang) -> Vec<Sample> {
    let login = Login { next: "/dashboard".to_owned(), ..Login::default() };
    let wrong = Login {
        email: "neema.mushi@gmail.com".to_owned(),
        remember: true,
        problems: vec![FieldError::new("", "problem-sign-in")],
        ..login.clone()
    };
    let ended = Login { ended: true, ..login.clone() };
    let ordering = Login { ordering: true, next: "/checkout/hollyn-boost".to_owned(), ..login.clone() };
    let register = Register { next: "/dashboard".to_owned(), ..Register::default() };
    let refused = Register {
        name: "Neema Mushi".to_owned(),
        email: "neema.mushi@gmail.com".to_owned(),
        phone: "0754 318".to_owned(),
        problems: vec![
            FieldError::new("email", "problem-email-registered"),
            FieldError::new("phone", "problem-phone"),
            FieldError::new("password", "problem-password-short"),
        ],
        ..register.clone()
    };
    let mut samples = vec![
        sample("login", &layout(lang, "/login"), &login),
        sample("login-error", &layout(lang, "/login"), &wrong),
        sample("login-ended", &layout(lang, "/login"), &ended),
        sample("login-ordering", &layout(lang, "/login"), &ordering),
        sample("register", &layout(lang, "/register"), &register),
        sample("register-error", &layout(lang, "/register"), &refused),
        sample("admin", &layout(lang, "/admin"), &Admin {}),
    ];
    for (kind, status) in ErrorKind::ALL.into_iter().zip([400, 403, 404, 413, 422, 429, 500, 503, 403, 403]) {
        let page = ErrorPage {
            status,
            kind,
            address: (kind == ErrorKind::NotFound).then(|| "hollyn.online/plan/gorw".to_owned()),
            retry_at: (kind == ErrorKind::TooMany).then_some(NOW + 600 * SECOND),
        };
        samples.push(sample(&format!("error-{status}-{}", kind as u8), &layout(lang, "/plan/gorw"), &page));
    }
    samples
}

pub fn auth(lang: Lang) -> Vec<Sample> {
    let email = "neema.mushi@gmail.com";
    let forgot = Forgot::default();
    let typo = Forgot {
        email: "neema.mushi@gmail".to_owned(),
        problems: vec![FieldError::new("email", "problem-email")],
        sent: false,
    };
    let sent = Forgot { email: email.to_owned(), sent: true, ..Forgot::default() };
    let reset = Reset { token_ok: true, ..Reset::default() };
    let common =
        Reset { problems: vec![FieldError::new("password", "problem-password-common")], ..reset.clone() };
    let code = Code { next: "/dashboard".to_owned(), remember: true, problems: Vec::new() };
    let wrong = Code { problems: vec![FieldError::new("code", "problem-code")], ..code.clone() };
    let confirm = Confirm { next: "/profile".to_owned(), problems: Vec::new() };
    let refused =
        Confirm { problems: vec![FieldError::new("password", "problem-password-wrong")], ..confirm.clone() };
    let at = |path| layout(lang, path);
    let mut samples = vec![
        sample("forgot", &at("/forgot-password"), &forgot),
        sample("forgot-error", &at("/forgot-password"), &typo),
        sample("forgot-sent", &at("/forgot-password"), &sent),
        sample("reset", &at("/reset-password/t"), &reset),
        sample("reset-error", &at("/reset-password/t"), &common),
        sample("reset-invalid", &at("/reset-password/t"), &Reset::default()),
        sample("invitation", &at("/invitation/t"), &Reset { is_invitation: true, ..reset.clone() }),
        sample("reset-done", &at("/reset-password/t"), &Reset { done: true, ..Reset::default() }),
        sample("code", &at("/login/code"), &code),
        sample("code-error", &at("/login/code"), &wrong),
        sample("confirm", &mine(lang, "/confirm-password"), &confirm),
        sample("confirm-error", &mine(lang, "/confirm-password"), &refused),
    ];
    for state in EmailChangeState::ALL {
        let facts = ChangeFacts {
            old_email: email.to_owned(),
            new_email: "neema.mushi@example.co.tz".to_owned(),
            reason: "She lost the old mailbox".to_owned(),
            applies_at: NOW + 86_400 * SECOND,
        };
        let page = EmailChange { state, change: (state == EmailChangeState::Ready).then_some(facts) };
        samples.push(sample(&format!("email-change-{}", state as u8), &at("/email-change/t"), &page));
    }
    for state in VerifyState::ALL {
        let page = Verify { state, email: (state != VerifyState::Invalid).then(|| email.to_owned()) };
        samples.push(sample(&format!("verify-{}", state as u8), &at("/verify-email/t"), &page));
        samples.push(sample(
            &format!("verify-{}-mine", state as u8),
            &mine(lang, "/verify-email/t"),
            &Verify { email: None, ..page },
        ));
    }
    samples
}

pub fn staff(lang: Lang) -> Vec<Sample> {
    let viewed = Layout { impersonating: Some(viewing()), ..mine(lang, "/impersonate/t") };
    let mut samples: Vec<Sample> = ImpersonateState::ALL
        .into_iter()
        .map(|state| {
            let known =
                matches!(state, ImpersonateState::Ready | ImpersonateState::Busy | ImpersonateState::Left);
            let page = Impersonate {
                state,
                customer: known.then(|| "Neema Mushi".to_owned()),
                reason: (state == ImpersonateState::Ready)
                    .then(|| "She cannot find the receipt of H-7K3M9Q".to_owned()),
            };
            let around =
                if state == ImpersonateState::Busy { viewed.clone() } else { layout(lang, "/impersonate/t") };
            sample(&format!("impersonate-{}", state as u8), &around, &page)
        })
        .collect();
    let left = Impersonate { state: ImpersonateState::Left, ..Impersonate::default() };
    samples.push(sample("impersonate-left-plain", &layout(lang, "/impersonate/stop"), &left));
    let refused = ErrorPage { status: 403, kind: ErrorKind::Viewing, address: None, retry_at: None };
    samples.push(sample("impersonate-refused", &Layout { path: "/".to_owned(), ..viewed }, &refused));
    samples
}
