//! Customers and staff.
use super::{OrderItem, Role, ServiceItem, ServiceStatus, Time, UserRef};
use crate::domain::{
    actor::{Actor, ActorNames, NamedUser},
    audit,
    customer::CustomerFigures,
    list::ListedUser,
};

api_types! {
    /// Which people, in which order.
    #[derive(Default)]
    #[serde(default)]
    pub struct UserQuery {
        /// Name, e-mail or phone, or the beginning of a word of them.
        pub q: Option<String>,
        pub role: Option<Role>,
        /// Only locked accounts, or only open ones.
        pub is_disabled: Option<bool>,
        pub sort: Option<UserSort>,
        /// From 1.
        pub page: Option<i64>,
        /// At most 100.
        pub per_page: Option<i64>,
    }

    /// The order of a list of people; a minus puts the greatest first.
    #[derive(Copy, Eq)]
    pub enum UserSort {
        #[serde(rename = "created")]
        Created,
        #[serde(rename = "-created")]
        CreatedDown,
        #[serde(rename = "name")]
        Name,
        #[serde(rename = "-name")]
        NameDown,
        #[serde(rename = "email")]
        Email,
        #[serde(rename = "-email")]
        EmailDown,
    }

    /// A person in a list.
    pub struct UserItem {
        pub id: i64,
        pub name: String,
        pub email: String,
        pub phone: Option<String>,
        pub role: Role,
        pub is_verified: bool,
        pub is_disabled: bool,
        pub orders: i64,
        pub services: i64,
        pub spent_tzs: i64,
        pub created_at: Time,
    }

    /// A person with everything that their page shows.
    pub struct User {
        pub id: i64,
        pub name: String,
        pub email: String,
        pub phone: Option<String>,
        pub role: Role,
        /// `en` or `sw`.
        pub locale: String,
        pub email_verified_at: Option<Time>,
        pub disabled_at: Option<Time>,
        pub has_totp: bool,
        /// A new e-mail that staff entered and that waits.
        pub email_change: Option<EmailChange>,
        pub created_at: Time,
        pub figures: UserFigures,
        /// Active ones first.
        pub services: Vec<ServiceItem>,
        /// The last ten.
        pub orders: Vec<OrderItem>,
        /// The last twenty things that happened in the account.
        pub activity: Vec<Activity>,
    }

    /// A new e-mail that takes effect when the owner of the present address confirms it, or at a time.
    pub struct EmailChange {
        pub email: String,
        pub reason: String,
        pub requested_at: Time,
        pub applies_at: Time,
    }

    /// A customer's figures.
    pub struct UserFigures {
        pub orders: i64,
        pub orders_paid: i64,
        pub orders_failed: i64,
        pub services_active: i64,
        pub services_in_setup: i64,
        /// Succeeded payments that were applied.
        pub spent_tzs: i64,
        pub last_paid_at: Option<Time>,
    }

    /// One thing that happened in an account.
    pub struct Activity {
        pub at: Time,
        /// Like `user.signed_in`.
        pub action: String,
        /// `user:7`, `staff:2`, `visitor`, `worker`.
        pub actor: String,
        /// Who that is, where it is a person.
        pub person: Option<UserRef>,
        pub details: Option<String>,
        pub address: Option<String>,
    }

    /// A new account.
    #[derive(Default)]
    pub struct NewUser {
        pub name: String,
        pub email: String,
        #[serde(default)]
        pub phone: Option<String>,
        /// `user` where it is not given.
        #[serde(default)]
        pub role: Option<Role>,
        /// `en` or `sw`; `en` where it is not given.
        #[serde(default)]
        pub locale: Option<String>,
    }

    /// What to change of an account. What is not given stays.
    #[derive(Default)]
    #[serde(default)]
    pub struct UserEdit {
        pub name: Option<String>,
        pub email: Option<String>,
        /// Why the e-mail is changed: needed with `email`.
        pub reason: Option<String>,
        /// An empty one takes the phone away.
        pub phone: Option<String>,
        pub role: Option<Role>,
        /// `en` or `sw`.
        pub locale: Option<String>,
    }

    /// Where a service is opened.
    pub struct Credential {
        pub service_id: i64,
        pub domain: String,
        pub username: Option<String>,
        /// Whether there is a password to reveal.
        pub has_password: bool,
        pub panel_url: Option<String>,
        pub status: ServiceStatus,
    }

    /// A one-time link to see the portal as a customer.
    pub struct ImpersonationLink {
        pub url: String,
        pub expires_at: Time,
    }
}

impl From<&NamedUser> for UserRef {
    fn from(user: &NamedUser) -> UserRef {
        UserRef { id: user.id.0, name: user.name.clone(), email: user.email.clone() }
    }
}

impl From<&ListedUser> for UserItem {
    fn from(listed: &ListedUser) -> UserItem {
        let user = &listed.user;
        UserItem {
            id: user.id.0,
            name: user.name.clone(),
            email: user.email.clone(),
            phone: user.phone.clone(),
            role: user.role.into(),
            is_verified: user.email_verified_at.is_some(),
            is_disabled: !user.is_active(),
            orders: listed.orders,
            services: listed.services,
            spent_tzs: listed.spent.0,
            created_at: listed.created_at.into(),
        }
    }
}

impl From<(&audit::Activity, &ActorNames)> for Activity {
    fn from((activity, names): (&audit::Activity, &ActorNames)) -> Activity {
        Activity {
            at: activity.created_at.into(),
            action: activity.action.clone(),
            person: Actor::stored(&activity.actor).and_then(|actor| names.of(actor)).map(Into::into),
            actor: activity.actor.clone(),
            details: activity.details.clone(),
            address: activity.address.clone(),
        }
    }
}

impl From<&CustomerFigures> for UserFigures {
    fn from(figures: &CustomerFigures) -> UserFigures {
        UserFigures {
            orders: figures.orders,
            orders_paid: figures.paid,
            orders_failed: figures.failed,
            services_active: figures.services_active,
            services_in_setup: figures.services_setup,
            spent_tzs: figures.spent.0,
            last_paid_at: figures.last_paid_at.map(Into::into),
        }
    }
}

#[cfg(feature = "server")]
mod from {
    use super::{EmailChange, NewUser, User, UserEdit};
    use crate::{
        domain,
        ops::users::{UserDetails, UserInput},
    };

    impl From<&NewUser> for UserInput {
        fn from(sent: &NewUser) -> UserInput {
            UserInput {
                name: Some(sent.name.clone()),
                email: Some(sent.email.clone()),
                phone: sent.phone.clone(),
                role: sent.role.map(Into::into),
                locale: sent.locale.clone(),
                reason: None,
            }
        }
    }

    impl From<&UserEdit> for UserInput {
        fn from(sent: &UserEdit) -> UserInput {
            UserInput {
                name: sent.name.clone(),
                email: sent.email.clone(),
                phone: sent.phone.clone(),
                role: sent.role.map(Into::into),
                locale: sent.locale.clone(),
                reason: sent.reason.clone(),
            }
        }
    }

    /// Without services, orders and activity.
    impl From<&UserDetails> for User {
        fn from(details: &UserDetails) -> User {
            let user = &details.user;
            User {
                id: user.id.0,
                name: user.name.clone(),
                email: user.email.clone(),
                phone: user.phone.clone(),
                role: user.role.into(),
                locale: user.locale.clone(),
                email_verified_at: user.email_verified_at.map(Into::into),
                disabled_at: user.disabled_at().map(Into::into),
                has_totp: details.has_totp,
                email_change: details.email_change.as_ref().map(Into::into),
                created_at: details.created_at.into(),
                figures: (&details.figures).into(),
                services: Vec::new(),
                orders: Vec::new(),
                activity: Vec::new(),
            }
        }
    }

    impl From<&domain::email_change::EmailChange> for EmailChange {
        fn from(change: &domain::email_change::EmailChange) -> EmailChange {
            EmailChange {
                email: change.new_email.clone(),
                reason: change.reason.clone(),
                requested_at: change.created_at.into(),
                applies_at: change.applies_at.into(),
            }
        }
    }
}
