//! Mails about a service: its set-up, its credentials, and what staff did with it.
use super::PanelPassword;
use serde::{Deserialize, Serialize};

/// To the customer: the service is active. The password is not in it: the service's page shows it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct ServiceReady {
    pub name: String,
    pub order_number: String,
    pub service_id: i64,
    pub domain: String,
    /// Whether the domain is a temporary one of the company.
    pub is_temporary: bool,
    pub username: String,
    pub panel_url: String,
    /// Unix microseconds.
    pub paid_until: i64,
}

/// To the customer: set-up takes longer, and staff work on it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct SetupDelayed {
    pub name: String,
    pub order_uuid: String,
    pub order_number: String,
    pub domain: String,
}

/// To staff: the last attempt to set a service up failed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct StaffSetupFailed {
    pub order_number: String,
    pub plan: String,
    pub customer_name: String,
    pub customer_email: String,
    pub domain: String,
    /// How many attempts failed.
    pub tries: i64,
    /// Without secrets, as in the provisioning log.
    pub error: String,
}

/// To the customer: staff suspended the service.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Suspended {
    pub name: String,
    pub order_number: String,
    pub domain: String,
    /// As staff typed it.
    pub reason: Option<String>,
}

/// To the customer: staff activated the service again.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Resumed {
    pub name: String,
    pub order_number: String,
    pub domain: String,
}

/// To the customer: the service's username and panel address, sent by staff.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Credentials {
    pub name: String,
    pub order_number: String,
    pub service_id: i64,
    pub domain: String,
    pub username: String,
    pub panel_url: String,
    /// The panel password, where the portal is configured to mail it; otherwise the service's page shows it.
    pub password: Option<PanelPassword>,
}
