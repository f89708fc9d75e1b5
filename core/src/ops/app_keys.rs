//! Which keys the database needs, and moving everything to a new one.
use super::{Error, Result};
use crate::{
    AppContext, error_chain,
    keys::{KeyError, Keys},
    read,
    store::{
        self, UniqueKey,
        app_keys::{self, KeyedColumn, KeyedValue},
        audit,
    },
    tx,
};
use strum::VariantArray;

/// The values that one transaction encrypts again: short enough for a running portal beside it.
const BATCH: i64 = 100;

/// Returns the ids of keys that the database needs and the configuration lacks. Where it lacks none, the
/// present key is recorded as used.
pub async fn missing(ctx: &AppContext) -> Result<Vec<String>> {
    let in_use = read!(&ctx.db, tx => app_keys::in_use(tx).await)?;
    let missing: Vec<String> = in_use.iter().filter(|id| !ctx.keys.has(id)).cloned().collect();
    if missing.is_empty() && !in_use.iter().any(|id| id == ctx.keys.current_id()) {
        let now = ctx.now();
        match tx!(&ctx.db, tx => app_keys::add(tx, now, ctx.keys.current_id()).await) {
            // Another portal started at the same moment.
            Ok(()) | Err(store::Error::Duplicate(UniqueKey::AppKeysId)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(missing)
}

/// What a rotation did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Values that are made by the present key now.
    pub replaced: usize,
    /// Values that no configured key can read, as `services 7`.
    pub unreadable: Vec<String>,
    /// The ids of keys that are not needed any more. Empty while a value is unreadable.
    pub retired: Vec<String>,
}

/// Encrypts and signs everything that older keys made with the present key. The portal may run meanwhile;
/// stopped halfway, it goes on where it was.
pub async fn rotate(ctx: &AppContext) -> Result<Rotation> {
    let current = ctx.keys.current_id();
    let older: Vec<String> =
        read!(&ctx.db, tx => app_keys::in_use(tx).await)?.into_iter().filter(|id| id != current).collect();
    let mut rotation = Rotation::default();
    for id in &older {
        for column in KeyedColumn::VARIANTS {
            rotate_column(ctx, *column, id, &mut rotation).await?;
        }
    }
    if rotation.unreadable.is_empty() {
        tx!(&ctx.db, tx => app_keys::remove_others(tx, current).await)?;
        rotation.retired = older;
    }
    Ok(rotation)
}

async fn rotate_column(
    ctx: &AppContext,
    column: KeyedColumn,
    id: &str,
    rotation: &mut Rotation,
) -> Result<()> {
    let mut after = 0;
    loop {
        let values = read!(&ctx.db, tx => app_keys::made_by(tx, column, id, after, BATCH).await)?;
        let Some(last) = values.last() else { return Ok(()) };
        after = last.row;
        let mut replacements = Vec::with_capacity(values.len());
        for old in values {
            match renewed(ctx, column, &old).await? {
                Ok(new) => replacements.push((old, new)),
                Err(error) => {
                    tracing::error!(
                        ?column,
                        row = old.row,
                        error = error_chain(&error),
                        "a value cannot be read"
                    );
                    rotation.unreadable.push(format!("{column:?} {}", old.row));
                }
            }
        }
        rotation.replaced += tx!(&ctx.db, tx => {
            let mut replaced = 0;
            for (old, new) in &replacements {
                // A value that has changed meanwhile was made by the present key.
                replaced += usize::from(app_keys::replace(tx, column, old, new).await?);
            }
            Ok(replaced)
        })?;
        (ctx.failpoint)("app_keys.batch");
    }
}

/// The value as the present key makes it.
async fn renewed(
    ctx: &AppContext,
    column: KeyedColumn,
    old: &KeyedValue,
) -> Result<Result<String, KeyError>, Error> {
    let keys = &ctx.keys;
    Ok(match column {
        KeyedColumn::ServicePassword => keys.reseal("services", old.row, "password", &old.value),
        KeyedColumn::TwoFactorSecret => keys.reseal("two_factor", old.row, "secret", &old.value),
        KeyedColumn::MailPayload => match serde_json::from_str(&old.value) {
            Ok(mut payload) => reseal_within(keys, &mut payload).map(|()| payload.to_string()),
            Err(_) => Err(KeyError::NotSealed),
        },
        KeyedColumn::AuditSeal => {
            let seal = read!(&ctx.db, tx => audit::seal_of(tx, old.row).await)?;
            seal.map_or(Err(KeyError::NotSealed), |seal| {
                keys.reseal_audit(seal.audit_id, &seal.hash, seal.created_at.0, &seal.seal)
            })
        }
    })
}

/// Renews the encrypted values of a mail's fields: of a link, `{"row", "sealed"}`, and of a panel password,
/// `{"service", "sealed"}`.
fn reseal_within(keys: &Keys, value: &mut serde_json::Value) -> Result<(), KeyError> {
    match value {
        serde_json::Value::Object(fields) => {
            let number = |name: &str| fields.get(name).and_then(serde_json::Value::as_i64);
            let place = match (number("row"), number("service")) {
                (Some(row), _) => Some(("email_tokens", row, "token")),
                (None, Some(service)) => Some(("services", service, "password")),
                (None, None) => None,
            };
            if let (Some((table, row, field)), Some(sealed)) = (place, fields.get_mut("sealed")) {
                let old = sealed.as_str().ok_or(KeyError::NotSealed)?;
                *sealed = keys.reseal(table, row, field, old)?.into();
                return Ok(());
            }
            fields.values_mut().try_for_each(|field| reseal_within(keys, field))
        }
        serde_json::Value::Array(items) => items.iter_mut().try_for_each(|item| reseal_within(keys, item)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => Ok(()),
    }
}
