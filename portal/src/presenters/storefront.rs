//! Plans and prices on the storefront and the order form.
use crate::pages::{
    Checkout, CheckoutForm, Discount, Feature, FieldError, Headline, Known, Landing, PlanLine, PlanSheet,
    PlanTerm, Plans, Term,
};
use hollyn_core::domain::{
    plan::Plan,
    term::{Discounts, MONTHS, Quote},
    time::Timestamp,
};

fn headline(plan: &Plan) -> Headline {
    let features: Vec<Feature> = plan
        .features
        .iter()
        .map(|(label, value)| Feature { label: label.clone(), value: value.clone() })
        .collect();
    Headline::from_features(&features)
}

fn from_tzs(plans: &[Plan]) -> i64 {
    plans.iter().map(|plan| plan.monthly.0).min().unwrap_or(0)
}

fn quotes<'a>(plan: &'a Plan, discounts: &'a Discounts) -> impl Iterator<Item = Quote> + 'a {
    MONTHS.iter().filter_map(|months| Quote::new(plan.monthly, *months, discounts))
}

/// The landing page with its first four plans.
pub fn landing(plans: &[Plan], discounts: &Discounts, payee: &str) -> Landing {
    let mut steps: Vec<Discount> = Vec::new();
    for months in MONTHS {
        let percent = discounts.percent(months);
        if steps.last().map_or(0, |step| step.percent) != percent {
            steps.push(Discount { months, percent });
        }
    }
    Landing {
        plans: plans
            .iter()
            .take(4)
            .map(|plan| PlanLine {
                name: plan.name.clone(),
                slug: plan.slug.clone(),
                price_tzs: plan.monthly.0,
                headline: headline(plan),
            })
            .collect(),
        from_tzs: from_tzs(plans),
        discounts: steps,
        payee: payee.to_owned(),
    }
}

/// The price list with every limit.
pub fn plans(plans: &[Plan], discounts: &Discounts) -> Plans {
    let mut labels: Vec<String> = Vec::new();
    for (label, _) in plans.iter().flat_map(|plan| &plan.features) {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    let sheet = |plan: &Plan| PlanSheet {
        name: plan.name.clone(),
        slug: plan.slug.clone(),
        price_tzs: plan.monthly.0,
        headline: headline(plan),
        terms: quotes(plan, discounts)
            .map(|quote| PlanTerm {
                months: quote.months,
                percent: quote.percent,
                monthly_tzs: (quote.monthly - quote.monthly.percent(quote.percent)).0,
                full_tzs: quote.full.0,
                total_tzs: quote.total.0,
            })
            .collect(),
        values: labels.iter().map(|label| plan.feature(label).map(str::to_owned)).collect(),
    };
    Plans {
        plans: plans.iter().map(sheet).collect(),
        from_tzs: from_tzs(plans),
        terms: MONTHS
            .iter()
            .map(|months| Discount { months: *months, percent: discounts.percent(*months) })
            .collect(),
        months: 1,
        labels,
    }
}

/// The order form.
pub fn checkout(
    plan: &Plan,
    discounts: &Discounts,
    now: Timestamp,
    form: CheckoutForm,
    known: Option<Known>,
    problems: Vec<FieldError>,
) -> Checkout {
    let form = CheckoutForm { months: if MONTHS.contains(&form.months) { form.months } else { 1 }, ..form };
    Checkout {
        name: plan.name.clone(),
        slug: plan.slug.clone(),
        price_tzs: plan.monthly.0,
        headline: headline(plan),
        terms: quotes(plan, discounts)
            .map(|quote| Term {
                months: quote.months,
                percent: quote.percent,
                full_tzs: quote.full.0,
                discount_tzs: quote.discount.0,
                total_tzs: quote.total.0,
                paid_until: now.plus_months(quote.months).0,
            })
            .collect(),
        sign_in_url: format!("/login?next=/checkout/{}", plan.slug),
        form,
        problems,
        known,
    }
}
