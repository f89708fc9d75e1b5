//! The order form.

use serde::Serialize;

use super::{FieldError, Headline, Page};

/// `GET /checkout/{slug}` and the answer to a `POST /checkout` that could not be taken.
///
/// The form posts `plan` (the slug), `months`, `domain`, `name`, `email`, `phone` and `password` (new
/// accounts only). With `known`, name and e-mail are not asked.
#[derive(Clone, Debug, Serialize)]
pub struct Checkout {
    pub name: String,
    pub slug: String,
    pub price_tzs: i64,
    pub headline: Headline,
    /// All lengths on sale, shortest first.
    pub terms: Vec<Term>,
    pub form: CheckoutForm,
    pub problems: Vec<FieldError>,
    /// The signed-in customer.
    pub known: Option<Known>,
    /// Where the problem `problem-email-taken` sends people; comes back here with what was typed.
    pub sign_in_url: String,
}

/// What was typed, given back as it was. A password is never given back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckoutForm {
    pub name: String,
    pub email: String,
    /// For a signed-in customer prefilled with the account's phone; another may be typed.
    pub phone: String,
    pub domain: String,
    pub months: i64,
}

/// The customer we know already.
#[derive(Clone, Debug, Serialize)]
pub struct Known {
    pub name: String,
    pub email: String,
}

/// One length with its sums, computed by the core.
#[derive(Clone, Debug, Serialize)]
pub struct Term {
    pub months: i64,
    pub percent: i64,
    pub full_tzs: i64,
    pub discount_tzs: i64,
    pub total_tzs: i64,
    /// If it were paid and set up now.
    pub paid_until: i64,
}

impl Page for Checkout {
    const TEMPLATE: &'static str = "checkout.html";
}
