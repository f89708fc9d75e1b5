//! Pages: one plain struct for each template, and what all pages share.
//!
//! A struct holds facts (whole shillings, Unix microseconds, names); how they are written is the
//! template's business. Nothing here knows a request, a route or the store.

mod account;
mod assets;
mod auth;
mod checkout;
mod engine;
mod field_error;
pub mod format;
pub mod mail;
mod order;
mod pay;
mod profile;
#[doc(hidden)]
pub mod samples;
mod storefront;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::{Value, json};

pub use self::{
    account::{
        Dashboard, Figures, FinishCall, OrderList, OrderRow, OrderState, PendingCall, ServiceList,
        ServicePage, ServiceRow, ServiceState,
    },
    assets::{file as asset_file, paths as asset_paths, url as asset_url, version as asset_version},
    auth::{
        Admin, ChangeFacts, Code, Confirm, EmailChange, EmailChangeState, ErrorKind, ErrorPage, Forgot,
        Impersonate, ImpersonateState, Login, Register, Reset, Verify, VerifyState,
    },
    checkout::{Checkout, CheckoutForm, Known, Term},
    engine::{customize, mail_tera, tera, tera_setup},
    field_error::FieldError,
    order::{Detail, OrderFacts, OrderPage, OrderPageState, Receipt, Step, StepKind, StepState},
    pay::{Pay, PayState, PaymentFacts},
    profile::{Activity, ActivityLine, DeleteAccount, Profile, Refused, Security, SessionLine, TwoFactor},
    storefront::{Discount, Feature, Headline, Landing, PlanLine, PlanSheet, PlanTerm, Plans},
};
use crate::i18n::Lang;

/// A page: facts for one template.
pub trait Page: Serialize {
    /// The template's name, as `plans.html`.
    const TEMPLATE: &'static str;
}

/// What stands around every page.
#[derive(Clone, Debug, Serialize)]
pub struct Layout {
    pub lang: Lang,
    /// Path and query that the language switch comes back to. For a page that answered a POST, the path
    /// of its form.
    pub path: String,
    /// First name of the signed-in visitor. None on public pages: they are the same for all visitors.
    pub signed_in: Option<String>,
    pub company: String,
    /// Where help is; `https://wa.me/…` is called WhatsApp on the pages.
    pub help_url: String,
    /// As people write it, `+255 712 000 100`.
    pub help_phone: Option<String>,
    pub sandbox: bool,
    /// While staff look at the portal as a customer.
    pub impersonating: Option<Viewing>,
    pub request_id: String,
}

/// As whom staff look at the portal, and until when.
#[derive(Clone, Debug, Serialize)]
pub struct Viewing {
    /// The customer's name.
    pub name: String,
    pub until: i64,
}

/// What a template sees: `layout`, `page`, and beside them the language as `l` and the way to help as
/// `way` (`whatsapp` or `other`), since nearly every line needs them.
pub fn context<P: Page>(layout: &Layout, page: &P) -> Value {
    json!({ "layout": layout, "page": page, "l": layout.lang, "way": help_way(&layout.help_url) })
}

fn help_way(url: &str) -> &'static str {
    if url.starts_with("https://wa.me/") { "whatsapp" } else { "other" }
}
