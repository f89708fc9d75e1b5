//! Logins that somebody keeps for offline use: by a deliberate act, until a day, in the system's keyring and nowhere else.
//!
//! The app's own file lists them by domain, without username and password, so that they are found again and end when
//! they should; `letting_go` knows when. The portal notes each beginning in its record before it gives the login.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hollyn_core::{
    api::{OfflineCredentials, SaveOfflineCredentials, Time},
    domain::time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{
    desk::{Desk, SignedIn},
    keyring::{self, Vault, VaultError},
    settings::Kept,
    trouble::Trouble,
};

/// One that is kept, as the app's file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub profile: String,
    /// Who keeps it: nobody else gets it, and it is on record under no other name.
    pub staff: i64,
    pub service: i64,
    pub domain: String,
    pub until: Time,
}

impl Listed {
    /// Under which it is in the keyring.
    pub(crate) fn entry(&self) -> String {
        format!("kept/{}/{}", self.profile, self.service)
    }

    /// It ended, or whoever kept it is not signed in any more.
    pub(crate) fn is_over(&self, kept: &Kept, now: Moment) -> bool {
        let staff = kept.profile(&self.profile).ok().and_then(|profile| profile.staff.as_ref());
        self.until.0 <= now || staff.is_none_or(|staff| staff.id != self.staff)
    }
}

/// One that is kept, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptLogin {
    pub service: i64,
    pub domain: String,
    /// None also where the keyring did not open.
    pub username: Option<String>,
    pub panel_url: Option<String>,
    pub until: Time,
}

impl KeptLogin {
    fn of(listed: Listed, secret: Option<Secret>) -> KeptLogin {
        let Listed { service, domain, until, .. } = listed;
        let (username, panel_url) =
            secret.map(|secret| (secret.username, secret.panel_url)).unwrap_or_default();
        KeptLogin { service, domain, username, panel_url, until }
    }
}

/// What the keyring has of it.
#[derive(Serialize, Deserialize)]
struct Secret {
    username: Option<String>,
    password: String,
    panel_url: Option<String>,
}

impl Desk {
    /// Keeps a service's login for some days.
    pub async fn save_offline_credentials(&self, service: i64, days: i64) -> Result<KeptLogin, Trouble> {
        let signed_in = self.at_work()?;
        self.touch();
        // First: what the record says is kept should be.
        let tried = keyring::ask(&self.vault, |vault| vault.read("probe")).await;
        self.note_keyring(&tried);
        tried.map_err(|error| not_kept(&error))?;
        // An older "not any more" would take the new one's place in the record.
        self.tell_dropped().await;
        let asked =
            signed_in.client.save_offline_credentials(service, &SaveOfflineCredentials { days }).await;
        let OfflineCredentials { domain, username, password, panel_url, until } = match asked {
            Ok(login) => login,
            Err(error) => return Err(self.failed(&signed_in, error).await),
        };
        // By this computer's clock, which says when it is over, it is not longer than was asked for.
        let until = until.min(Time(self.now().plus_seconds(days * 24 * 3600)));
        let listed =
            Listed { profile: signed_in.profile.clone(), staff: signed_in.staff.id, service, domain, until };
        let secret = Secret { username, password, panel_url };
        let kept = self.put(&listed, &secret).await;
        // Whoever signed out meanwhile leaves nothing here.
        if kept.is_err() || self.signed_in().is_none_or(|now| now.turn != signed_in.turn) {
            if let Err(error) = self.forget(&listed).await {
                tracing::warn!(%error, service, "what could not be kept may be in the keyring");
            }
            self.tell_dropped().await;
            return Err(kept.err().unwrap_or_else(Trouble::signed_out));
        }
        Ok(KeptLogin::of(listed, Some(secret)))
    }

    /// On the list first: what is in the keyring and on no list would stay there for ever.
    async fn put(&self, listed: &Listed, secret: &Secret) -> Result<(), Trouble> {
        let is_noted = self.book.change(|kept| {
            kept.logins.retain(|one| one.entry() != listed.entry());
            kept.logins.push(listed.clone());
        });
        if !is_noted {
            return Err(Trouble::refused("The app's settings cannot be written, so nothing is kept."));
        }
        let secret = serde_json::to_string(secret)
            .map_err(|_| Trouble::refused("The portal's login cannot be kept."))?;
        let (entry, is_wanted) = (listed.entry(), Arc::new(AtomicBool::new(true)));
        let is_still_wanted = Arc::clone(&is_wanted);
        let write = move |vault: &dyn Vault| write(vault, &entry, &secret, &is_still_wanted);
        let written = keyring::ask(&self.vault, write).await;
        self.note_keyring(&written);
        written.map_err(|error| {
            is_wanted.store(false, Ordering::SeqCst);
            not_kept(&error)
        })
    }

    /// What whoever is signed in keeps. One that somebody took out of the keyring by hand is not kept any more.
    pub async fn kept_credentials(&self) -> Result<Vec<KeptLogin>, Trouble> {
        self.refuse_while_locked()?;
        let signed_in = self.signed_in().ok_or_else(Trouble::signed_out)?;
        let listed = self.listed(&signed_in);
        if listed.is_empty() {
            return Ok(Vec::new());
        }
        let entries: Vec<String> = listed.iter().map(Listed::entry).collect();
        let read = move |vault: &dyn Vault| entries.iter().map(|entry| vault.read(entry)).collect();
        let secrets: Result<Vec<Option<String>>, VaultError> = keyring::ask(&self.vault, read).await;
        self.note_keyring(&secrets);
        let Ok(secrets) = secrets else {
            return Ok(listed.into_iter().map(|one| KeptLogin::of(one, None)).collect());
        };
        let mut kept = Vec::new();
        for (one, secret) in listed.into_iter().zip(secrets) {
            match secret.and_then(|secret| read_secret(&secret)) {
                Some(secret) => kept.push(KeptLogin::of(one, Some(secret))),
                None => self.forget_lost(&one).await,
            }
        }
        Ok(kept)
    }

    /// The password that is kept of a service, and until when; None where it is not.
    pub(crate) async fn kept_password(
        &self,
        by: &SignedIn,
        service: i64,
    ) -> Result<Option<(String, Time)>, Trouble> {
        let Some(listed) = self.listed(by).into_iter().find(|one| one.service == service) else {
            return Ok(None);
        };
        let entry = listed.entry();
        let read = keyring::ask(&self.vault, move |vault| vault.read(&entry)).await;
        self.note_keyring(&read);
        let secret = read.map_err(|_| {
            Trouble::refused(
                "The portal cannot be reached, and the keyring with the kept login does not open.",
            )
        })?;
        // The keyring may have asked its owner first; whoever locked the app meanwhile meant this, too.
        self.at_work()?;
        match secret.and_then(|secret| read_secret(&secret)) {
            Some(secret) => Ok(Some((secret.password, listed.until))),
            None => {
                self.forget_lost(&listed).await;
                Ok(None)
            }
        }
    }

    /// What whoever is signed in keeps and may use.
    pub(crate) fn listed(&self, by: &SignedIn) -> Vec<Listed> {
        let now = self.now();
        let is_theirs =
            |one: &Listed| one.profile == by.profile && one.staff == by.staff.id && one.until.0 > now;
        self.those(|_, one| is_theirs(one))
    }

    pub(crate) fn those(&self, is_meant: impl Fn(&Kept, &Listed) -> bool) -> Vec<Listed> {
        let kept = self.book.kept();
        kept.logins.iter().filter(|one| is_meant(&kept, one)).cloned().collect()
    }
}

/// A keyring that asks its owner first may do it when nobody waits any more: then nothing of it stays.
fn write(vault: &dyn Vault, entry: &str, secret: &str, is_wanted: &AtomicBool) -> Result<(), VaultError> {
    vault.write(entry, secret)?;
    if is_wanted.load(Ordering::SeqCst) { Ok(()) } else { vault.remove(entry) }
}

fn read_secret(text: &str) -> Option<Secret> {
    serde_json::from_str(text).ok()
}

fn not_kept(error: &VaultError) -> Trouble {
    Trouble::refused(match error {
        VaultError::Missing(_) => "This computer has no keyring, so no login can be kept on it.",
        VaultError::Locked => {
            "The keyring of this computer is locked, so nothing is kept. Unlock it and try again."
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::held;
    use std::sync::Mutex;

    /// A keyring that opens only after everybody has gone.
    struct Late {
        is_wanted: &'static AtomicBool,
        entries: Mutex<Vec<String>>,
    }

    impl Vault for Late {
        fn read(&self, _: &str) -> Result<Option<String>, VaultError> {
            Ok(None)
        }
        fn write(&self, name: &str, _: &str) -> Result<(), VaultError> {
            held(&self.entries).push(name.to_owned());
            self.is_wanted.store(false, Ordering::SeqCst);
            Ok(())
        }
        fn remove(&self, name: &str) -> Result<(), VaultError> {
            held(&self.entries).retain(|entry| entry != name);
            Ok(())
        }
    }

    #[test]
    fn a_login_that_is_written_too_late_is_taken_out_again() {
        static IS_WANTED: AtomicBool = AtomicBool::new(true);
        let late = Late { is_wanted: &IS_WANTED, entries: Mutex::default() };
        write(&late, "kept/a/7", "hunter2", &IS_WANTED).unwrap();
        assert!(held(&late.entries).is_empty());
    }
}
