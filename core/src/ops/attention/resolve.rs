//! Resolving an attention item.
use crate::{
    AppContext,
    domain::{
        attention::AttentionItem, field_error::FieldError, ids::AttentionId, input::Reason, user::Role,
    },
    ops::{Caller, Error, Object, Result},
    store::{self, attention},
    tx,
};

/// Resolves an item that staff have settled; the reason is stored with it. Items about money need an admin.
pub async fn resolve(
    ctx: &AppContext,
    caller: &Caller,
    role: Role,
    id: AttentionId,
    reason: &str,
) -> Result<AttentionItem> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let resolved = tx!(&ctx.db, tx => {
        let Some(item) = attention::by_id(tx, id).await? else {
            return Ok(Err(Error::NotFound(Object::AttentionItem)));
        };
        if item.kind.is_money() && role != Role::Admin {
            return Ok(Err(Error::Forbidden("It is about money: an admin resolves it.")));
        }
        let reason = match Reason::parse(reason) {
            Ok(reason) => reason,
            Err(error) => return Ok(Err(Error::Invalid(vec![reason_error(error)]))),
        };
        attention::resolve(tx, now, &context, id, reason.as_str()).await?;
        Ok(attention::by_id(tx, id).await?.ok_or(Error::NotFound(Object::AttentionItem)))
    });
    match resolved {
        Err(store::Error::Stale(_)) => Err(Error::conflict("It has been resolved already.")),
        resolved => resolved?,
    }
}

/// The same error with a code of its own, because staff are asked how the item was settled.
fn reason_error(error: FieldError) -> FieldError {
    if error.code == "empty" { FieldError::new("reason", "unsettled") } else { error }
}
