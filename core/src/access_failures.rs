//! Failures of authentication and authorisation, counted in memory: who is flooded with them must not write a
//! row and a line for each.
use crate::domain::{audit_action::AuditAction, client_address::network, time::Timestamp};
use std::{collections::HashMap, sync::Mutex};

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum AccessFailure {
    /// E-mail or password are wrong.
    SignIn,
    /// A code of a second factor is wrong.
    Code,
    /// No valid session or token, where one is needed.
    Unauthorized,
    /// The role may not, or the request comes from where it must not.
    Forbidden,
    /// Too many attempts.
    Limited,
}

impl AccessFailure {
    /// What the audit log calls it.
    pub fn action(self) -> AuditAction {
        match self {
            AccessFailure::SignIn => AuditAction::AccessSignInFailed,
            AccessFailure::Code => AuditAction::AccessCodeFailed,
            AccessFailure::Unauthorized => AuditAction::AccessUnauthorized,
            AccessFailure::Forbidden => AuditAction::AccessForbidden,
            AccessFailure::Limited => AuditAction::AccessLimited,
        }
    }
}

/// So many failures in an hour, of all kinds and addresses, are a burst that staff should look at.
const BURST: u64 = 100;
/// So many networks are counted on their own per kind and hour; the others are counted together.
const NETWORKS: usize = 200;
const HOUR_MICROS: i64 = 3_600_000_000;

/// The failures of this hour.
#[derive(Default)]
pub struct AccessFailures(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    hour: i64,
    total: u64,
    of_networks: HashMap<(AccessFailure, String), u64>,
}

/// A failure that is worth a row in the audit log.
#[derive(Debug, PartialEq, Eq)]
pub struct Noted {
    /// How many there were in this hour from the same network.
    pub count: u64,
    /// The network; "many networks" where there are too many to count each.
    pub network: String,
    /// Whether it makes a burst of this hour's failures.
    pub is_burst: bool,
}

impl AccessFailures {
    /// Counts a failure. Some for the 1st, 10th, 100th, ... of its kind and network in the hour, and for the
    /// one that makes a burst; None for the others.
    pub fn count(&self, failure: AccessFailure, address: &str, now: Timestamp) -> Option<Noted> {
        let mut counts = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let hour = now.0.div_euclid(HOUR_MICROS);
        if counts.hour != hour {
            *counts = Counts { hour, ..Counts::default() };
        }
        counts.total += 1;
        let is_burst = counts.total == BURST;
        let network = network(address);
        let is_counted = counts.of_networks.contains_key(&(failure, network.clone()));
        let network = match is_counted || counts.of_networks.len() < NETWORKS {
            true => network,
            false => "many networks".to_owned(),
        };
        let count = counts.of_networks.entry((failure, network.clone())).or_default();
        *count += 1;
        let count = *count;
        (is_burst || is_power_of_ten(count)).then_some(Noted { count, network, is_burst })
    }
}

fn is_power_of_ten(count: u64) -> bool {
    std::iter::successors(Some(1_u64), |power| power.checked_mul(10)).any(|power| power == count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp(hour * HOUR_MICROS)
    }

    #[test]
    fn failures_are_noted_at_powers_of_ten_and_anew_each_hour() {
        let failures = AccessFailures::default();
        let noted = |hour| {
            (0..250)
                .filter_map(|_| failures.count(AccessFailure::SignIn, "192.0.2.7", at(hour)))
                .map(|noted| (noted.count, noted.is_burst))
                .collect::<Vec<_>>()
        };
        assert_eq!(noted(1), [(1, false), (10, false), (100, true)]);
        assert_eq!(noted(2), [(1, false), (10, false), (100, true)]);
    }

    #[test]
    fn a_million_addresses_take_no_more_memory_than_some() {
        let failures = AccessFailures::default();
        let mut noted = 0;
        for n in 0..100_000_u32 {
            let address = std::net::Ipv4Addr::from(n).to_string();
            noted += usize::from(failures.count(AccessFailure::Unauthorized, &address, at(1)).is_some());
        }
        assert!(failures.0.lock().unwrap().of_networks.len() <= NETWORKS + 5);
        assert!(noted < NETWORKS + 10, "{noted}");
    }
}
