//! Credentials that a device of staff stores for offline use.
use super::{conflict, load, panel_password, reveal::count_reveal};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::ServiceId,
        service::Service,
        service_action::ServiceAction,
        session::StaffSession,
        time::{Day, Timestamp},
    },
    ops::{Caller, Error, Result},
    store::audit,
    tx,
};
use secrecy::SecretString;

/// The credentials of a service as a device stores them.
pub struct OfflineCredentials {
    pub service: Service,
    pub password: SecretString,
    /// When the device deletes them.
    pub until: Timestamp,
}

/// The most days for which a device stores them.
const MAX_DAYS: i64 = 30;

/// Hands out a service's credentials to be stored on the caller's device. The audit log has the member of
/// staff, the device and the date before they are handed out: the device cannot be asked later.
pub async fn save_offline_credentials(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    id: ServiceId,
    days: i64,
) -> Result<OfflineCredentials> {
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(Error::invalid("days", "wrong"));
    }
    let service = load(ctx, id).await?;
    if !ServiceAction::Reveal.is_possible(&service) {
        return Err(conflict(&service, "there is no password to keep"));
    }
    let until = ctx.now().plus_seconds(days * 24 * 3600);
    let clock = until.east_africa();
    let (day, hour, minute) = (Day::of(until), clock.hour(), clock.minute());
    let details = format!("until {day} {hour:02}:{minute:02}, on {}", staff_session.device);
    let (staff, action) = (staff_session.user.id, AuditAction::ServiceCredentialsKept);
    count_reveal(ctx, caller, staff, id, action, Some(&details)).await?;
    let password = panel_password(ctx, id).await?;
    Ok(OfflineCredentials { service, password, until })
}

/// Audits that the caller's device has deleted the credentials.
pub async fn remove_offline_credentials(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    id: ServiceId,
) -> Result<()> {
    load(ctx, id).await?;
    let (now, details) = (ctx.now(), format!("on {}", staff_session.device));
    Ok(tx!(&ctx.db, tx => {
        let action = AuditAction::ServiceCredentialsDropped;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), Some(&details)).await
    })?)
}
