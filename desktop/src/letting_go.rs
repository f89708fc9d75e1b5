//! When a login that is kept for offline use is not kept any more: somebody lets go of it, its day has come, or whoever
//! kept it is not signed in any more. It leaves the keyring first; the portal's record is told as soon as it can be.
use hollyn_core::api::{Client, ErrorCode};

use crate::{
    desk::Desk,
    held,
    kept::Listed,
    keyring::{self, Condition, VaultError},
    trouble::Trouble,
};

impl Desk {
    /// Takes one out of the keyring, at once. The portal is told by [`Desk::tell_dropped`].
    pub async fn remove_offline_credentials(&self, service: i64) -> Result<(), Trouble> {
        self.refuse_while_locked()?;
        let signed_in = self.signed_in().ok_or_else(Trouble::signed_out)?;
        self.touch();
        let Some(listed) = self.listed(&signed_in).into_iter().find(|one| one.service == service) else {
            return Ok(());
        };
        self.forget(&listed).await.map_err(|error| {
            Trouble::refused(match error {
                VaultError::Missing(_) => "The keyring does not answer, so the login is still in it. Try again.",
                VaultError::Locked => {
                    "The keyring is locked, so the login is still in it. Unlock the keyring and remove it again."
                }
            })
        })
    }

    /// Takes out of the keyring what ended, and what is left of whoever signed out. One that does not open is asked again
    /// once it has opened for something else: it would ask its owner each time.
    pub async fn end_kept(&self) {
        let now = self.now();
        if self.book.kept().untold.iter().any(|one| one.until.0 <= now) {
            self.book.change(|kept| kept.untold.retain(|one| one.until.0 > now));
        }
        for one in self.those(|kept, one| one.is_over(kept, now)) {
            if *held(&self.keyring) != Condition::Ok {
                return;
            }
            if let Err(error) = self.forget(&one).await {
                tracing::warn!(%error, service = one.service, "a login that ended stays in the keyring");
            }
        }
    }

    /// Takes everything out of the keyring that is kept of a portal. What stays, [`Desk::end_kept`] tries again.
    pub(crate) async fn drop_kept_of(&self, profile: &str) {
        for one in self.those(|_, one| one.profile == profile) {
            if let Err(error) = self.forget(&one).await {
                tracing::warn!(%error, service = one.service, "a kept login stays in the keyring");
                return;
            }
        }
    }

    /// Tells the portal what is not kept any more. What it does not hear now, it hears when it answers again.
    pub async fn tell_dropped(&self) {
        if let Some(signed_in) = self.signed_in() {
            self.tell_dropped_by(&signed_in.profile, signed_in.staff.id, &signed_in.client).await;
        }
    }

    /// The same, by a token that may be on its way out.
    pub(crate) async fn tell_dropped_by(&self, profile: &str, staff: i64, client: &Client) {
        // One at a time, or the record would have it twice.
        let _turn = self.telling.lock().await;
        let mine = |one: &&Listed| one.profile == profile && one.staff == staff;
        let untold: Vec<Listed> = self.book.kept().untold.iter().filter(mine).cloned().collect();
        for one in untold {
            if let Err(error) = client.remove_offline_credentials(one.service).await {
                let is_gone = error.refusal().is_some_and(|refusal| refusal.code == ErrorCode::NotFound);
                if !is_gone {
                    tracing::info!(%error, service = one.service, "the portal is told later");
                    return;
                }
            }
            self.book.change(|kept| kept.untold.retain(|other| *other != one));
        }
    }

    /// Out of the keyring, then off the list. Before its day, the portal is to be told.
    pub(crate) async fn forget(&self, one: &Listed) -> Result<(), VaultError> {
        let entry = one.entry();
        let removed = keyring::ask(&self.vault, move |vault| vault.remove(&entry)).await;
        self.note_keyring(&removed);
        removed?;
        self.unlist(one);
        Ok(())
    }

    pub(crate) async fn forget_lost(&self, one: &Listed) {
        tracing::warn!(service = one.service, "a kept login is not in the keyring any more");
        if let Err(error) = self.forget(one).await {
            tracing::warn!(%error, service = one.service, "it stays on the list");
        }
    }

    fn unlist(&self, one: &Listed) {
        let now = self.now();
        self.book.change(|kept| {
            let before = kept.logins.len();
            kept.logins.retain(|other| other != one);
            if kept.logins.len() < before && one.until.0 > now {
                kept.untold.push(one.clone());
            }
        });
    }
}
