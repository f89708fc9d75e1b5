//! Landing page, price list and order form, with the plans that are sold.

use serde_json::Value;

use super::{DAY, NOW, Sample, layout, mine, sample};
use crate::{
    i18n::Lang,
    pages::{
        Checkout, CheckoutForm, Discount, Feature, FieldError, Headline, Known, Landing, PlanLine, PlanSheet,
        PlanTerm, Plans, Term,
    },
};

const TERMS: [(i64, i64); 6] = [(1, 0), (3, 10), (6, 15), (12, 20), (24, 20), (36, 20)];

struct Plan {
    name: String,
    slug: String,
    price_tzs: i64,
    features: Vec<Feature>,
}

/// The plans file; its objects are sorted by `serde_json`, so the order of features is put back here.
fn plans() -> Vec<Plan> {
    const ORDER: [&str; 12] = [
        "Disk space",
        "Inodes",
        "Monthly bandwidth",
        "FTP accounts",
        "E-mail accounts",
        "Quota per mailbox",
        "MySQL databases",
        "Subdomains",
        "Parked domains",
        "Addon domains",
        "Hourly e-mail limit per domain",
        "Max failed or deferred per hour",
    ];
    let file: Value = serde_json::from_str(include_str!("../../../plans.json")).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    file["plans"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|plan| Plan {
            name: text(&plan["name"]),
            slug: text(&plan["slug"]),
            price_tzs: plan["price_tzs"].as_i64().unwrap_or_default(),
            features: ORDER
                .iter()
                .map(|label| Feature { label: (*label).to_owned(), value: text(&plan["features"][label]) })
                .collect(),
        })
        .collect()
}

pub fn public_pages(lang: Lang) -> Vec<Sample> {
    let lines = plans().into_iter().map(|plan| PlanLine {
        headline: Headline::from_features(&plan.features),
        name: plan.name,
        slug: plan.slug,
        price_tzs: plan.price_tzs,
    });
    let landing = Landing {
        plans: lines.collect(),
        from_tzs: 5_000,
        discounts: TERMS[1..4].iter().map(|&(months, percent)| Discount { months, percent }).collect(),
        payee: "HOLLYN ONLINE".to_owned(),
    };
    let sheets = plans().into_iter().map(|plan| PlanSheet {
        headline: Headline::from_features(&plan.features),
        terms: TERMS.iter().map(|&(months, percent)| plan_term(plan.price_tzs, months, percent)).collect(),
        values: plan.features.iter().map(|feature| Some(feature.value.clone())).collect(),
        name: plan.name,
        slug: plan.slug,
        price_tzs: plan.price_tzs,
    });
    let page = Plans {
        plans: sheets.collect(),
        from_tzs: 5_000,
        terms: TERMS.iter().map(|&(months, percent)| Discount { months, percent }).collect(),
        months: 1,
        labels: plans()[0].features.iter().map(|feature| feature.label.clone()).collect(),
    };
    let three = Plans { plans: page.plans[..3].to_vec(), months: 12, ..page.clone() };
    vec![
        sample("landing", &layout(lang, "/"), &landing),
        sample("plans", &layout(lang, "/plans"), &page),
        sample("plans-three", &layout(lang, "/plans"), &three),
    ]
}

fn plan_term(price: i64, months: i64, percent: i64) -> PlanTerm {
    let full_tzs = price * months;
    let total_tzs = full_tzs - full_tzs * percent / 100;
    PlanTerm { months, percent, monthly_tzs: total_tzs / months, full_tzs, total_tzs }
}

pub fn checkout(lang: Lang) -> Vec<Sample> {
    let boost = &plans()[2];
    let terms = TERMS.iter().map(|&(months, percent)| {
        let term = plan_term(boost.price_tzs, months, percent);
        Term {
            months,
            percent,
            full_tzs: term.full_tzs,
            discount_tzs: term.full_tzs - term.total_tzs,
            total_tzs: term.total_tzs,
            paid_until: NOW + months * 30 * DAY,
        }
    });
    let page = Checkout {
        name: boost.name.clone(),
        slug: boost.slug.clone(),
        price_tzs: boost.price_tzs,
        headline: Headline::from_features(&boost.features),
        terms: terms.collect(),
        form: CheckoutForm { months: 1, ..CheckoutForm::default() },
        problems: Vec::new(),
        known: None,
        sign_in_url: "/login?next=/checkout/hollyn-boost".to_owned(),
    };
    let form = CheckoutForm {
        name: "Neema Mushi".to_owned(),
        email: "neema.mushi@gmail.com".to_owned(),
        phone: "0754318206".to_owned(),
        domain: "kahawakibo.co.tz".to_owned(),
        months: 3,
    };
    let wrong = Checkout {
        form: CheckoutForm { phone: "0754 318".to_owned(), ..form.clone() },
        problems: vec![FieldError::new("phone", "problem-phone")],
        ..page.clone()
    };
    let all_wrong = Checkout {
        problems: ["months", "domain", "name", "email", "phone"]
            .map(|field| FieldError::new(field, &format!("problem-{field}")))
            .into_iter()
            .chain([FieldError::new("password", "problem-password-long").with("n", 200)])
            .collect(),
        ..page.clone()
    };
    let taken = Checkout {
        form: form.clone(),
        problems: vec![FieldError::new("email", "problem-email-taken")],
        ..page.clone()
    };
    let known = Checkout {
        form,
        known: Some(Known { name: "Neema Mushi".to_owned(), email: "neema.mushi@gmail.com".to_owned() }),
        ..page.clone()
    };
    let path = "/checkout/hollyn-boost";
    vec![
        sample("checkout", &layout(lang, path), &page),
        sample("checkout-error", &layout(lang, path), &wrong),
        sample("checkout-errors", &layout(lang, path), &all_wrong),
        sample("checkout-taken", &layout(lang, path), &taken),
        sample("checkout-known", &mine(lang, path), &known),
    ]
}
