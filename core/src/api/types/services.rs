//! Hosted accounts.
use super::{OrderRef, PlanRef, ServiceStatus, StatusChange, Time, UserRef};
use crate::domain::{provisioning::AttemptLog, service as domain};

api_types! {
    /// Which services, in which order.
    #[derive(Default)]
    #[serde(default)]
    pub struct ServiceQuery {
        /// Domain, username or the customer's e-mail, or its beginning.
        pub q: Option<String>,
        pub status: Option<ServiceStatus>,
        /// Only this customer's.
        pub user: Option<i64>,
        /// Only of the plan with this slug.
        pub plan: Option<String>,
        pub sort: Option<ServiceSort>,
        /// From 1.
        pub page: Option<i64>,
        /// At most 100.
        pub per_page: Option<i64>,
    }

    /// The order of a list of services; a minus puts the greatest first.
    #[derive(Copy, Eq)]
    pub enum ServiceSort {
        #[serde(rename = "created")]
        Created,
        #[serde(rename = "-created")]
        CreatedDown,
        #[serde(rename = "domain")]
        Domain,
        #[serde(rename = "-domain")]
        DomainDown,
        #[serde(rename = "paid_until")]
        PaidUntil,
        #[serde(rename = "-paid_until")]
        PaidUntilDown,
    }

    /// A service in a list.
    pub struct ServiceItem {
        pub id: i64,
        pub domain: String,
        pub username: Option<String>,
        pub status: ServiceStatus,
        pub plan: PlanRef,
        pub user: UserRef,
        pub order: OrderRef,
        /// Where the customer signs in to the panel.
        pub panel_url: Option<String>,
        /// Whether there is a password to reveal.
        pub has_password: bool,
        pub created_at: Time,
        pub activated_at: Option<Time>,
        pub paid_until: Option<Time>,
    }

    /// A service with everything that its page shows.
    pub struct Service {
        pub service: ServiceItem,
        /// When set-up is tried next, where it is.
        pub next_try_at: Option<Time>,
        /// How often it was tried since it was asked for last.
        pub tries: i64,
        /// Oldest first.
        pub logs: Vec<LogStep>,
        /// Oldest first.
        pub history: Vec<StatusChange>,
        /// What this member of staff may do with it now.
        pub actions: Vec<ServiceAction>,
    }

    /// One step on the panel. Secrets in it are masked.
    pub struct LogStep {
        pub at: Time,
        /// `create_user`, `look`, `status_update`, ...
        pub step: String,
        /// The try of the set-up that it belongs to, counted from 1 over the service's life; none where it
        /// was done to an account that is set up.
        pub attempt: Option<i64>,
        /// `sent`, `done`, `failed`, `unknown`, ...
        pub status: String,
        pub message: String,
        pub request: Option<String>,
        pub response: Option<String>,
        pub success: bool,
    }

    /// What to change of a service. What is not given stays.
    #[derive(Default)]
    #[serde(default)]
    pub struct ServiceEdit {
        /// Of no other living service.
        pub domain: Option<String>,
        /// A plan's slug.
        pub plan: Option<String>,
    }

    /// A panel password. It should not stay on a screen.
    pub struct Password {
        pub password: String,
        /// After how many seconds a screen hides it again.
        pub hide_after_seconds: i64,
    }

    /// How long a device keeps a login for offline use.
    #[derive(Default)]
    pub struct SaveOfflineCredentials {
        /// 1 to 30.
        #[cfg_attr(feature = "contract", schemars(range(min = 1, max = 30)))]
        pub days: i64,
    }

    /// A service's login, to be kept in a device's keyring and nowhere else.
    pub struct OfflineCredentials {
        pub domain: String,
        pub username: Option<String>,
        pub password: String,
        /// Where the customer signs in to the panel.
        pub panel_url: Option<String>,
        /// Then the device forgets it.
        pub until: Time,
    }

    /// A mail is on its way.
    pub struct MailQueued {
        pub recipient: String,
    }

    /// An address that signs in to the panel, once. It is a password.
    pub struct PanelLink {
        pub url: String,
    }
}

impl From<&domain::Service> for ServiceItem {
    fn from(service: &domain::Service) -> ServiceItem {
        let domain::ServiceOrder { user_id, customer_name, customer_email, .. } = &service.order;
        ServiceItem {
            id: service.id.0,
            domain: service.domain.clone(),
            username: service.username().map(ToString::to_string),
            status: service.status().into(),
            plan: PlanRef { slug: service.plan.slug.clone(), name: service.plan.name.clone() },
            user: UserRef { id: user_id.0, name: customer_name.clone(), email: customer_email.clone() },
            order: OrderRef {
                uuid: service.order.uuid.to_string(),
                number: service.order.uuid.number(),
                status: service.order.status.into(),
            },
            panel_url: service.panel_url().map(str::to_owned),
            has_password: service.has_password(),
            created_at: service.created_at.into(),
            activated_at: service.activated_at().map(Into::into),
            paid_until: service.paid_until().map(Into::into),
        }
    }
}

impl From<AttemptLog> for LogStep {
    fn from(AttemptLog { log, attempt }: AttemptLog) -> LogStep {
        LogStep {
            at: log.created_at.into(),
            step: log.step.into_str().to_owned(),
            attempt,
            status: log.status.into_str().to_owned(),
            message: log.message,
            request: log.request,
            response: log.response,
            success: log.is_success,
        }
    }
}

api_enums! {
    /// What can be done with a service.
    ServiceAction = crate::domain::service_action::ServiceAction {
        /// Another domain or plan.
        Edit,
        /// Its set-up anew.
        Reprovision,
        /// Switched off on the panel, kept.
        Suspend,
        /// Switched on again.
        Activate,
        /// A mail that tells where the account is.
        SendCredentials,
        /// The panel password on the screen.
        Reveal,
        /// The customer's control panel, signed in.
        OpenPanel,
        /// Deleted on the panel and ended here. Only an `admin` may.
        Delete,
    }
}
