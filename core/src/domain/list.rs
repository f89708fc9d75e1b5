//! Lists for staff: filters, sort orders, pages, and rows with what belongs to them.
use super::{
    ids::{ServiceId, UserId},
    money::Tzs,
    order::{Order, OrderStatus},
    payment::PaymentStatus,
    service::ServiceStatus,
    time::{Day, Timestamp},
    user::{Role, User},
};

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many there are in all, or the number at which counting ended.
    pub total: i64,
    /// Whether the total is all of them.
    pub is_total_exact: bool,
    /// This page's number, from 1.
    pub page: i64,
    pub per_page: i64,
}

/// Which end of a list comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    Ascending,
    #[default]
    Descending,
}

/// Which orders a list shows. A filter that is None or empty leaves all.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// The search text.
    pub q: String,
    pub status: Option<OrderStatus>,
    /// The network that paid.
    pub operator: Option<String>,
    /// The first day on which it was placed.
    pub from: Option<Day>,
    /// The last day on which it was placed.
    pub to: Option<Day>,
    pub user: Option<UserId>,
    /// The plan's slug.
    pub plan: Option<String>,
}

/// What a list of orders is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrderSort {
    #[default]
    Created,
    Price,
}

/// An order in a list, with the states of what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    pub order: Order,
    pub service: Option<(ServiceId, ServiceStatus)>,
    /// The newest payment's.
    pub payment_status: Option<PaymentStatus>,
}

/// Which services a list shows. A filter that is None or empty leaves all.
#[derive(Debug, Clone, Default)]
pub struct ServiceFilter {
    /// The search text.
    pub q: String,
    pub status: Option<ServiceStatus>,
    pub user: Option<UserId>,
    /// The plan's slug.
    pub plan: Option<String>,
}

/// What a list of services is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceSort {
    #[default]
    Created,
    Domain,
    /// Services that were never active have no such date and stand at the lower end.
    PaidUntil,
}

/// Which users a list shows. A filter that is None or empty leaves all.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// The search text.
    pub q: String,
    pub role: Option<Role>,
    pub is_disabled: Option<bool>,
}

/// What a list of users is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserSort {
    #[default]
    Created,
    Name,
    Email,
}

/// A user in a list, with what they bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedUser {
    pub user: User,
    pub created_at: Timestamp,
    pub orders: i64,
    pub services: i64,
    /// The money that was applied to their orders.
    pub spent: Tzs,
}
