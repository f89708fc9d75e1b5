//! The audit log.
use super::{
    endpoint::{Answer, ApiRequest},
    lists,
};
use hollyn_core::{
    api::{self, AuditItem, AuditPage, AuditVerdict},
    domain::{
        actor::{Actor, ActorNames},
        audit::{AuditEntry, AuditFilter},
    },
    ops::{audit, pagination, users},
};

pub async fn list(ask: ApiRequest<api::endpoints::list_audit>) -> Answer<api::endpoints::list_audit> {
    let query = ask.query;
    let (page, per_page) = lists::requested(query.page, query.per_page)?;
    let skip = pagination::skipped_rows(page, per_page)?;
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let filter = AuditFilter {
        q: given(query.q),
        actor: given(query.actor),
        subject: None,
        action: given(query.action),
        object: given(query.object),
        object_id: query.object_id,
        from: query.from.map(|time| time.0),
        to: query.to.map(|time| time.0),
    };
    let found = audit::page(&ask.ctx, &filter, skip, per_page).await?;
    let actors = found.rows.iter().flat_map(|row| [Some(&*row.actor), row.subject.as_deref()]);
    let names = users::actor_names(&ask.ctx, actors.flatten().filter_map(Actor::stored).collect()).await?;
    Ok(AuditPage {
        items: found.rows.into_iter().map(|row| item(row, &names)).collect(),
        total: found.total,
        is_total_exact: !found.is_more,
        page,
        per_page,
        searched_back_to: found.reached.map(Into::into),
    })
}

fn item(row: AuditEntry, names: &ActorNames) -> AuditItem {
    let person = |actor: &str| Actor::stored(actor).and_then(|actor| names.of(actor)).map(Into::into);
    AuditItem {
        id: row.id,
        at: row.created_at.into(),
        actor_person: person(&row.actor),
        actor: row.actor,
        subject_person: row.subject.as_deref().and_then(person),
        subject: row.subject,
        action: row.action,
        object: row.object,
        object_id: row.object_id,
        details: row.details,
        address: row.address,
        request_id: row.request_id,
    }
}

pub async fn verify(ask: ApiRequest<api::endpoints::verify_audit>) -> Answer<api::endpoints::verify_audit> {
    Ok(match audit::verify(&ask.ctx, &[]).await? {
        Ok(sound) => AuditVerdict {
            is_whole: true,
            entries: sound.head.last_id,
            head: sound.head.last_hash,
            broken_at: None,
            problem: None,
        },
        Err(broken) => AuditVerdict {
            is_whole: false,
            entries: broken.id - 1,
            head: String::new(),
            broken_at: Some(broken.id),
            problem: Some(broken.to_string()),
        },
    })
}
