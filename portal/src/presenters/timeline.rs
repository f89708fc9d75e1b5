//! An order's timeline in words: what each table kept, in one line of time.
use super::{api::named_person, attention};
use hollyn_core::{
    api::{TimelineEntry, TimelineKind},
    domain::{
        attention::Resolution, money::Tzs, payment::Payment, provisioning::ProvisioningLog, time::Timestamp,
    },
    ops::timeline::{ActRow, ChangeRow, EventRow, MailLine, NoticeRow, Timeline},
    ops::users::list::Named,
};

/// All actors of the timeline.
pub fn actors(all: &Timeline) -> Vec<String> {
    let resolvers = all.attention.iter().filter_map(|item| item.resolved_by());
    let actions = all.acts.iter().map(|row| row.actor.clone());
    let changes = all.changes.iter().map(|row| row.actor.clone());
    changes.chain(actions).chain(resolvers.map(|actor| actor.to_string())).collect()
}

/// All of it, oldest first.
pub fn entries(all: Timeline, named: &Named) -> Vec<TimelineEntry> {
    let mut entries: Vec<(Timestamp, TimelineEntry)> = Vec::new();
    let mut keep = |at: Timestamp, entry: TimelineEntry| entries.push((at, entry));
    all.changes.into_iter().for_each(|row| keep(row.created_at, change(row)));
    all.pushes.into_iter().for_each(|row| keep(row.created_at, push(row)));
    all.events.into_iter().for_each(|row| keep(row.created_at, event(row)));
    all.notices.into_iter().for_each(|row| keep(row.received_at, notice(row)));
    all.steps.into_iter().for_each(|row| keep(row.created_at, step(row)));
    all.mails.into_iter().for_each(|row| keep(row.sent_at.unwrap_or(row.created_at), mail(row)));
    all.acts.into_iter().for_each(|row| keep(row.created_at, act(row)));
    for row in all.attention {
        let text = format!("{}: {}", attention::title(row.kind), row.details);
        keep(
            row.created_at,
            entry(row.created_at, TimelineKind::Attention, "Needs attention").text(text).ended(false),
        );
        if let Some(Resolution { at, by, reason }) = row.resolution {
            let resolved = entry(at, TimelineKind::Attention, "Resolved").text(reason).ended(true);
            keep(at, TimelineEntry { actor: Some(by.to_string()), ..resolved });
        }
    }
    entries.sort_by_key(|(at, _)| *at);
    let with_name = |(_, entry): (Timestamp, TimelineEntry)| TimelineEntry {
        person: entry.actor.as_deref().and_then(|actor| named.who(actor)).map(named_person),
        ..entry
    };
    entries.into_iter().map(with_name).collect()
}

fn entry(at: Timestamp, kind: TimelineKind, title: impl Into<String>) -> TimelineEntry {
    TimelineEntry {
        at: at.into(),
        kind,
        title: title.into(),
        text: None,
        actor: None,
        person: None,
        success: None,
        payload: None,
    }
}

/// Words that are added one by one.
trait With {
    fn text(self, text: impl Into<String>) -> Self;
    fn ended(self, success: bool) -> Self;
}

impl With for TimelineEntry {
    fn text(self, text: impl Into<String>) -> Self {
        TimelineEntry { text: Some(text.into()).filter(|text| !text.is_empty()), ..self }
    }
    fn ended(self, success: bool) -> Self {
        TimelineEntry { success: Some(success), ..self }
    }
}

fn change(row: ChangeRow) -> TimelineEntry {
    let noun = match row.subject.as_str() {
        "order" => "Order",
        "payment" => "Payment",
        _ => "Service",
    };
    let title = format!("{noun}: {} → {}", row.from_status, row.to_status);
    let text = row.reason.unwrap_or_default();
    TimelineEntry { actor: Some(row.actor), ..entry(row.created_at, TimelineKind::Status, title).text(text) }
}

fn push(row: Payment) -> TimelineEntry {
    if row.is_manual() {
        let text = format!("{} by reference {}", row.amount, row.transid().unwrap_or_default());
        return entry(row.created_at, TimelineKind::Staff, "Marked as paid").text(text).ended(true);
    }
    let network = row.operator.unwrap_or_else(|| "unknown network".to_owned());
    let text = format!("{} to {} ({network}), {}", row.amount, row.payer_phone, row.gateway_order_id);
    entry(row.created_at, TimelineKind::Push, format!("Payment request {} sent", row.attempt)).text(text)
}

fn event(row: EventRow) -> TimelineEntry {
    let amount = row.amount_tzs.map(|amount: Tzs| amount.to_string());
    let said = [Some(row.status), amount, row.reference].into_iter().flatten().collect::<Vec<_>>();
    let title = if row.gateway == "manual" { "Marked as paid by staff" } else { "Gateway queried" };
    let entry = entry(row.created_at, TimelineKind::Check, title).text(said.join(", "));
    TimelineEntry { payload: row.payload, ..entry }
}

fn notice(row: NoticeRow) -> TimelineEntry {
    let entry = entry(row.received_at, TimelineKind::Notice, "Gateway webhook")
        .text(format!("{}, from {}", row.verdict, row.source))
        .ended(row.verdict != "rejected");
    TimelineEntry { payload: Some(String::from_utf8_lossy(&row.body).into_owned()), ..entry }
}

fn step(row: ProvisioningLog) -> TimelineEntry {
    let title = format!("Panel: {} {}", row.step.into_str().replace('_', " "), row.status);
    let said: Vec<String> = [row.request, row.response].into_iter().flatten().collect();
    let entry = entry(row.created_at, TimelineKind::Panel, title).text(row.message).ended(row.is_success);
    TimelineEntry { payload: Some(said.join("\n")).filter(|said| !said.is_empty()), ..entry }
}

fn mail(row: MailLine) -> TimelineEntry {
    let at = row.sent_at.unwrap_or(row.created_at);
    let title = format!("Mail: {}", row.kind.replace('_', " "));
    let text = if row.sent_at.is_some() { "sent to" } else { "queued for" };
    let entry = entry(at, TimelineKind::Mail, title).text(format!("{text} {}", row.recipient));
    TimelineEntry { success: row.sent_at.map(|_| true), ..entry }
}

fn act(row: ActRow) -> TimelineEntry {
    let title = match row.action.as_str() {
        "order.placed" => "Created by staff",
        "order.edited" => "Order edited",
        "order.payment_checked" => "Payment checked",
        "service.password_shown" => "Password shown to staff",
        "service.credentials_kept" => "Credentials saved for offline use",
        "service.credentials_dropped" => "Saved credentials removed",
        "service.credentials_sent" => "Credentials sent to the customer",
        "service.panel_opened" => "Panel opened by staff",
        _ => "Service edited",
    };
    let text = row.details.unwrap_or_default();
    TimelineEntry { actor: Some(row.actor), ..entry(row.created_at, TimelineKind::Staff, title).text(text) }
}
