//! The mail that tells all admins that an account of staff was created or changed.
use crate::{
    domain::{
        time::Timestamp,
        user::{Role, User},
    },
    mail::{Mail, StaffChange, StaffChanged},
    store::{self, Tx, mails, users},
};

/// Queues the mail to every admin, the one who did it too, in the caller's transaction. Does nothing where
/// the account is a customer's and stays one.
pub(in crate::ops) async fn queue(
    tx: &mut Tx,
    now: Timestamp,
    by: &User,
    subject: &User,
    change: StaffChange,
) -> store::Result<()> {
    if subject.role == Role::User && change != StaffChange::Role {
        return Ok(());
    }
    let mail = Mail::StaffChanged(StaffChanged {
        change,
        staff_name: subject.name.clone(),
        staff_email: subject.email.clone(),
        by: by.name.clone(),
        at: now.0,
    });
    for (email, locale) in users::admin_addresses(tx).await? {
        mails::queue(tx, now, &email, &locale, None, &mail).await?;
    }
    Ok(())
}
