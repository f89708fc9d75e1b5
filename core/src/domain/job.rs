//! Jobs: what the worker does later, and the lease under which it does it.
use super::{
    ids::{JobId, MailId, OrderId, ServiceId, UserId, WebhookId},
    time::Timestamp,
};
use std::fmt;

/// A queued job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub task: Task,
    /// How often it was claimed.
    pub attempt: i64,
    pub due_at: Timestamp,
    /// Grows with each claim. A worker whose lease has ended has a lower one than its successor, and cannot
    /// write.
    pub fencing_token: i64,
    pub lease_until: Timestamp,
}

/// What is to be done with which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Set a service up on the panel.
    Provision(ServiceId),
    /// Send a mail.
    SendMail(MailId),
    /// Give up an order that was not paid.
    GiveUpOrder(OrderId),
    /// Apply a change of an e-mail by staff whose time has come.
    ApplyEmailChange(UserId),
    /// Ask about a payment that is not in the table; the webhook named it.
    SettleUnmatched(WebhookId),
    /// A kind that this version does not know: a newer one queued it.
    Unknown { kind: String, subject: i64 },
}

/// The kind of a [`Task`], as it is stored.
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
pub enum JobKind {
    Provision,
    Mail,
    GiveUp,
    EmailChange,
    UnmatchedPayment,
}

impl Task {
    /// The task of a stored row.
    pub fn new(kind: &str, subject: i64) -> Task {
        match kind.parse() {
            Ok(JobKind::Provision) => Task::Provision(ServiceId(subject)),
            Ok(JobKind::Mail) => Task::SendMail(MailId(subject)),
            Ok(JobKind::GiveUp) => Task::GiveUpOrder(OrderId(subject)),
            Ok(JobKind::EmailChange) => Task::ApplyEmailChange(UserId(subject)),
            Ok(JobKind::UnmatchedPayment) => Task::SettleUnmatched(WebhookId(subject)),
            Err(_) => Task::Unknown { kind: kind.to_owned(), subject },
        }
    }

    /// The kind and the record's row, as they are stored.
    pub fn parts(&self) -> (&str, i64) {
        match self {
            Task::Provision(service) => (JobKind::Provision.into_str(), service.0),
            Task::SendMail(mail) => (JobKind::Mail.into_str(), mail.0),
            Task::GiveUpOrder(order) => (JobKind::GiveUp.into_str(), order.0),
            Task::ApplyEmailChange(user) => (JobKind::EmailChange.into_str(), user.0),
            Task::SettleUnmatched(webhook) => (JobKind::UnmatchedPayment.into_str(), webhook.0),
            Task::Unknown { kind, subject } => (kind, *subject),
        }
    }
}

/// `provision 7`
impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, subject) = self.parts();
        write!(f, "{kind} {subject}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn a_task_is_read_as_it_is_stored() {
        for kind in JobKind::VARIANTS {
            let task = Task::new(kind.into_str(), 7);
            assert!(!matches!(task, Task::Unknown { .. }), "{kind}");
            assert_eq!(task.parts(), (kind.into_str(), 7));
        }
        let newer = Task::new("send_pigeon", 1);
        assert_eq!((newer.parts(), newer.to_string().as_str()), (("send_pigeon", 1), "send_pigeon 1"));
    }
}
