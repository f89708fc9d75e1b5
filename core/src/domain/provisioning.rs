//! The set-up of a service on the panel: its log, and what the panel was asked for.
use super::time::Timestamp;

/// A step of a set-up, or of a later change of the account on the panel.
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
pub enum ProvisioningStep {
    /// An attempt began or ended.
    StatusUpdate,
    /// A username was reserved for the service, or turned out to be taken on the panel.
    Reserve,
    /// The panel was asked for the account of a username.
    Look,
    CreateUser,
    /// An account of ours got our password.
    SetPassword,
    AddDomain,
    /// Domain or plan of an account were changed.
    EditUser,
    /// The panel was asked for its plans.
    Plans,
    Suspended,
    Resumed,
    /// The account was deleted.
    Ended,
}

/// How a step ended.
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
pub enum StepStatus {
    /// The request is about to be sent.
    Sent,
    Done,
    Failed,
    /// The panel's answer does not tell.
    Unknown,
    /// The username belongs to another account.
    Foreign,
    /// An attempt began.
    Provisioning,
    /// An attempt ended with an active service.
    Active,
}

impl StepStatus {
    /// Whether the step did what it was for.
    pub fn is_success(self) -> bool {
        match self {
            StepStatus::Sent | StepStatus::Done | StepStatus::Provisioning | StepStatus::Active => true,
            StepStatus::Failed | StepStatus::Unknown | StepStatus::Foreign => false,
        }
    }
}

/// An entry of the log of a service's set-up. Secrets in it are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisioningLog {
    pub step: ProvisioningStep,
    pub status: StepStatus,
    pub message: String,
    pub request: Option<String>,
    pub response: Option<String>,
    pub is_success: bool,
    pub created_at: Timestamp,
}

/// An entry of the log with the attempt that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptLog {
    pub log: ProvisioningLog,
    /// From 1, over the service's life; none where an account that is set up was changed.
    pub attempt: Option<i64>,
}

impl ProvisioningLog {
    /// Whether it is the first entry of an attempt.
    pub fn begins_attempt(&self) -> bool {
        self.step == ProvisioningStep::StatusUpdate && self.status == StepStatus::Provisioning
    }
}

/// Numbers the attempts of a log, oldest entry first. An attempt begins and ends with a status update; the
/// entries after its end, until the next one begins, belong to none.
pub fn by_attempt(logs: Vec<ProvisioningLog>) -> Vec<AttemptLog> {
    let (mut attempts, mut is_running) = (0, false);
    let mut numbered = Vec::with_capacity(logs.len());
    for log in logs {
        if log.begins_attempt() {
            attempts += 1;
            is_running = true;
        }
        let is_end = log.step == ProvisioningStep::StatusUpdate && !log.begins_attempt();
        numbered.push(AttemptLog { log, attempt: is_running.then_some(attempts) });
        is_running = is_running && !is_end;
    }
    numbered
}

/// What came of a service's request for an account of a certain username.
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
pub enum PanelRequestOutcome {
    /// The request was about to be sent; the account may exist.
    Requested,
    /// The panel said that it created the account.
    Created,
    /// The panel showed the account of another customer under that username.
    Foreign,
}

impl PanelRequestOutcome {
    /// Whether an account of that username may be the service's.
    pub fn may_be_ours(self) -> bool {
        match self {
            PanelRequestOutcome::Requested | PanelRequestOutcome::Created => true,
            PanelRequestOutcome::Foreign => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(step: ProvisioningStep, status: StepStatus) -> ProvisioningLog {
        ProvisioningLog {
            step,
            status,
            message: String::new(),
            request: None,
            response: None,
            is_success: status.is_success(),
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn entries_between_two_attempts_belong_to_none() {
        use ProvisioningStep as P;
        use StepStatus as S;
        let logs = vec![
            log(P::StatusUpdate, S::Provisioning),
            log(P::Look, S::Failed),
            log(P::StatusUpdate, S::Failed),
            log(P::Look, S::Done),
            log(P::StatusUpdate, S::Provisioning),
            log(P::StatusUpdate, S::Active),
            log(P::Suspended, S::Done),
        ];
        let attempts: Vec<_> = by_attempt(logs).into_iter().map(|entry| entry.attempt).collect();
        assert_eq!(attempts, [Some(1), Some(1), Some(1), None, Some(2), Some(2), None]);
    }
}
