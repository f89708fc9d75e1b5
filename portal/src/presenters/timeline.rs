//! An order's timeline in words: what each table kept, in one line of time.
use super::attention;
use hollyn_core::{
    api::{TimelineEntry, TimelineKind},
    domain::{
        actor::{Actor, ActorNames},
        attention::Resolution,
        audit_action::AuditAction,
        history::{StatusChange, Transition},
        payment::{GatewayName, Payment, WebhookVerdict},
        provisioning::ProvisioningLog,
        time::Timestamp,
        timeline::{OrderMail, PaymentRecord, ReceivedWebhook, StaffAction, Timeline},
    },
};

/// All actors of the timeline.
pub fn actors(timeline: &Timeline) -> Vec<Actor> {
    let resolvers = timeline.attention.iter().filter_map(|item| item.resolved_by());
    let staff = timeline.staff_actions.iter().map(|action| action.actor);
    timeline.changes.iter().map(|change| change.actor).chain(staff).chain(resolvers).collect()
}

/// An entry and its actor, who is named last.
struct Unnamed {
    at: Timestamp,
    entry: TimelineEntry,
    actor: Option<Actor>,
}

/// All entries, oldest first.
pub fn entries(timeline: Timeline, names: &ActorNames) -> Vec<TimelineEntry> {
    let mut entries: Vec<Unnamed> = Vec::new();
    entries.extend(timeline.changes.into_iter().map(change));
    entries.extend(timeline.payments.into_iter().map(payment));
    entries.extend(timeline.payment_records.into_iter().map(record));
    entries.extend(timeline.webhooks.into_iter().map(webhook));
    entries.extend(timeline.panel_log.into_iter().map(panel_call));
    entries.extend(timeline.mails.into_iter().map(mail));
    entries.extend(timeline.staff_actions.into_iter().map(staff_action));
    for item in timeline.attention {
        let text = format!("{}: {}", attention::title(item.kind), item.details);
        entries
            .push(entry(item.created_at, TimelineKind::Attention, "Needs attention").text(text).ended(false));
        if let Some(Resolution { at, by, reason }) = item.resolution {
            let resolved = entry(at, TimelineKind::Attention, "Resolved").text(reason).ended(true);
            entries.push(Unnamed { actor: Some(by), ..resolved });
        }
    }
    entries.sort_by_key(|unnamed| unnamed.at);
    let with_name = |Unnamed { entry, actor, .. }: Unnamed| TimelineEntry {
        actor: actor.map(|actor| actor.to_string()),
        person: actor.and_then(|actor| names.of(actor)).map(Into::into),
        ..entry
    };
    entries.into_iter().map(with_name).collect()
}

fn entry(at: Timestamp, kind: TimelineKind, title: impl Into<String>) -> Unnamed {
    let entry = TimelineEntry {
        at: at.into(),
        kind,
        title: title.into(),
        text: None,
        actor: None,
        person: None,
        success: None,
        payload: None,
    };
    Unnamed { at, entry, actor: None }
}

impl Unnamed {
    fn text(mut self, text: impl Into<String>) -> Self {
        self.entry.text = Some(text.into()).filter(|text| !text.is_empty());
        self
    }

    fn ended(mut self, success: bool) -> Self {
        self.entry.success = Some(success);
        self
    }

    fn payload(mut self, payload: Option<String>) -> Self {
        self.entry.payload = payload;
        self
    }

    fn by(self, actor: Actor) -> Self {
        Unnamed { actor: Some(actor), ..self }
    }
}

fn change(change: StatusChange) -> Unnamed {
    let machine = match change.transition {
        Transition::Order { .. } => "Order",
        Transition::Payment { .. } => "Payment",
        Transition::Service { .. } => "Service",
    };
    let [_, _, from, to] = change.transition.names();
    entry(change.created_at, TimelineKind::Status, format!("{machine}: {from} → {to}"))
        .text(change.reason.unwrap_or_default())
        .by(change.actor)
}

fn payment(payment: Payment) -> Unnamed {
    if payment.is_manual() {
        let text = format!("{} by reference {}", payment.amount, payment.transid().unwrap_or_default());
        return entry(payment.created_at, TimelineKind::Staff, "Marked as paid").text(text).ended(true);
    }
    let network = payment.operator.unwrap_or_else(|| "unknown network".to_owned());
    let text =
        format!("{} to {} ({network}), {}", payment.amount, payment.payer_phone, payment.gateway_order_id);
    let title = format!("Payment request {} sent", payment.attempt);
    entry(payment.created_at, TimelineKind::PaymentRequest, title).text(text)
}

fn record(record: PaymentRecord) -> Unnamed {
    let amount = record.amount.map(|amount| amount.to_string());
    let said = [Some(record.status.to_string()), amount, record.reference];
    let title = match record.gateway {
        GatewayName::Manual => "Marked as paid by staff",
        GatewayName::Zeno => "Gateway queried",
    };
    entry(record.created_at, TimelineKind::Check, title)
        .text(said.into_iter().flatten().collect::<Vec<_>>().join(", "))
        .payload(record.payload)
}

fn webhook(webhook: ReceivedWebhook) -> Unnamed {
    entry(webhook.received_at, TimelineKind::Webhook, "Gateway webhook")
        .text(format!("{}, from {}", webhook.verdict, webhook.source))
        .ended(webhook.verdict != WebhookVerdict::Rejected)
        .payload(Some(String::from_utf8_lossy(&webhook.body).into_owned()))
}

fn panel_call(log: ProvisioningLog) -> Unnamed {
    let title = format!("Panel: {} {}", log.step.into_str().replace('_', " "), log.status);
    let said: Vec<String> = [log.request, log.response].into_iter().flatten().collect();
    entry(log.created_at, TimelineKind::Panel, title)
        .text(log.message)
        .ended(log.is_success)
        .payload(Some(said.join("\n")).filter(|said| !said.is_empty()))
}

fn mail(mail: OrderMail) -> Unnamed {
    let (at, text) = match mail.sent_at {
        Some(at) => (at, format!("sent to {}", mail.recipient)),
        None => (mail.created_at, format!("queued for {}", mail.recipient)),
    };
    let entry = entry(at, TimelineKind::Mail, format!("Mail: {}", mail.kind.replace('_', " "))).text(text);
    if mail.sent_at.is_some() { entry.ended(true) } else { entry }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the query reads no other actions; one that it reads later shows its name"
)]
fn staff_action(action: StaffAction) -> Unnamed {
    let title = match action.action {
        AuditAction::OrderPlaced => "Created by staff".to_owned(),
        AuditAction::OrderEdited => "Order edited".to_owned(),
        AuditAction::OrderPaymentChecked => "Payment checked".to_owned(),
        AuditAction::ServicePasswordShown => "Password shown to staff".to_owned(),
        AuditAction::ServiceCredentialsKept => "Credentials saved for offline use".to_owned(),
        AuditAction::ServiceCredentialsDropped => "Saved credentials removed".to_owned(),
        AuditAction::ServiceCredentialsSent => "Credentials sent to the customer".to_owned(),
        AuditAction::ServicePanelOpened => "Panel opened by staff".to_owned(),
        AuditAction::ServiceEdited => "Service edited".to_owned(),
        other => other.to_string(),
    };
    entry(action.created_at, TimelineKind::Staff, title)
        .text(action.details.unwrap_or_default())
        .by(action.actor)
}
