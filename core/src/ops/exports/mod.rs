//! Exports: tables as CSV, a line of column names, then the rows, a batch at a time. Times are those of East
//! Africa.
mod batch;
mod begin;
mod header;

pub use batch::batch;
pub use begin::{Export, begin};
pub use header::header;

use crate::{
    domain::{
        audit::AuditFilter,
        ids::{OrderUuid, ServiceId, UserId},
        list::{OrderFilter, ServiceFilter, UserFilter},
    },
    store::search_terms,
};

/// What can be exported.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Noun {
    Users,
    Orders,
    Services,
    Payments,
    Audit,
}

/// Which rows of a table: those that its list shows with that filter, and where some were selected, of those
/// only these.
#[derive(Clone)]
pub enum Rows {
    Users(UserFilter, Option<Vec<UserId>>),
    Orders(OrderFilter, Option<Vec<OrderUuid>>),
    Services(ServiceFilter, Option<Vec<ServiceId>>),
    Payments,
    Audit(AuditFilter),
}

impl Rows {
    /// The table.
    pub fn noun(&self) -> Noun {
        match self {
            Rows::Users(..) => Noun::Users,
            Rows::Orders(..) => Noun::Orders,
            Rows::Services(..) => Noun::Services,
            Rows::Payments => Noun::Payments,
            Rows::Audit(_) => Noun::Audit,
        }
    }

    /// The search text, the kind of record that it is searched in, and whether only one customer's rows are.
    fn search(&self) -> Option<(&str, search_terms::Noun, bool)> {
        match self {
            Rows::Users(filter, _) => Some((&filter.q, search_terms::Noun::User, false)),
            Rows::Orders(filter, _) => Some((&filter.q, search_terms::Noun::Order, filter.user.is_some())),
            Rows::Services(filter, _) => {
                Some((&filter.q, search_terms::Noun::Service, filter.user.is_some()))
            }
            Rows::Payments | Rows::Audit(_) => None,
        }
    }
}
