//! The record of who did what.
use super::{
    endpoint::{Answer, ApiRequest},
    lists,
};
use crate::presenters::api::named_person;
use hollyn_core::{
    api::{self, AuditItem, AuditPage, AuditVerdict},
    domain::audit::{AuditEntry, AuditFilter},
    ops::{
        audit,
        users::{self, list::Named},
    },
};

pub async fn list(ask: ApiRequest<api::endpoints::list_audit>) -> Answer<api::endpoints::list_audit> {
    let query = ask.query;
    let (page, per_page) = lists::wanted(query.page, query.per_page)?;
    lists::reachable(page, per_page)?;
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
    let found = audit::page(&ask.ctx, &filter, (page - 1) * per_page, per_page).await?;
    let actors = found.rows.iter().flat_map(|row| [Some(&*row.actor), row.subject.as_deref()]);
    let named = users::list::named(&ask.ctx, actors.flatten().collect()).await?;
    Ok(AuditPage {
        items: found.rows.into_iter().map(|row| item(row, &named)).collect(),
        total: found.total,
        is_total_exact: !found.is_more,
        page,
        per_page,
        searched_back_to: found.reached.map(Into::into),
    })
}

fn item(row: AuditEntry, named: &Named) -> AuditItem {
    AuditItem {
        id: row.id,
        at: row.created_at.into(),
        actor_person: named.who(&row.actor).map(named_person),
        actor: row.actor,
        subject_person: row.subject.as_deref().and_then(|subject| named.who(subject)).map(named_person),
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
