//! Logins that somebody keeps for offline use: by a deliberate act, until a day, in the system's keyring and nowhere else.
//!
//! The app's own file lists them by domain, without username and password, so that they are found again and end when
//! they should. The portal's record is told of each beginning, and of each end before its day.
use hollyn_core::{
    api::{Client, ErrorCode, KeepCredentials, KeptCredentials, Time},
    domain::time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{
    desk::{Desk, SignedIn},
    held,
    keyring::{self, Condition, VaultError},
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
    fn entry(&self) -> String {
        format!("kept/{}/{}", self.profile, self.service)
    }

    /// It ended, or whoever kept it is not signed in any more.
    fn is_over(&self, kept: &Kept, now: Moment) -> bool {
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
    /// Keeps a service's login for some days. The portal notes it in its record before it gives the login.
    pub async fn keep_credentials(&self, service: i64, days: i64) -> Result<KeptLogin, Trouble> {
        let signed_in = self.at_work()?;
        self.touch();
        // First: what the record says is kept should be.
        let tried = keyring::ask(&self.vault, |vault| vault.read("probe")).await;
        self.note_keyring(&tried);
        tried.map_err(|error| not_kept(&error))?;
        // An older "not any more" would take the new one's place in the record.
        self.tell_dropped().await;
        let asked = signed_in.client.keep_credentials(service, &KeepCredentials { days }).await;
        let KeptCredentials { domain, username, password, panel_url, until } = match asked {
            Ok(login) => login,
            Err(error) => return Err(self.failed(&signed_in, error).await),
        };
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
        let entry = listed.entry();
        let written = keyring::ask(&self.vault, move |vault| vault.write(&entry, &secret)).await;
        self.note_keyring(&written);
        written.map_err(|error| not_kept(&error))
    }

    /// Takes one out of the keyring, at once. The portal is told by [`Desk::tell_dropped`].
    pub async fn drop_credentials(&self, service: i64) -> Result<(), Trouble> {
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

    /// What whoever is signed in keeps. One that somebody took out of the keyring by hand is not kept any more.
    pub async fn kept_credentials(&self) -> Result<Vec<KeptLogin>, Trouble> {
        self.refuse_while_locked()?;
        let signed_in = self.signed_in().ok_or_else(Trouble::signed_out)?;
        let listed = self.listed(&signed_in);
        if listed.is_empty() {
            return Ok(Vec::new());
        }
        let entries: Vec<String> = listed.iter().map(Listed::entry).collect();
        let read = move |vault: &dyn keyring::Vault| entries.iter().map(|entry| vault.read(entry)).collect();
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
            if let Err(error) = client.drop_credentials(one.service).await {
                let is_gone = error.refusal().is_some_and(|refusal| refusal.code == ErrorCode::NotFound);
                if !is_gone {
                    tracing::info!(%error, service = one.service, "the portal is told later");
                    return;
                }
            }
            self.book.change(|kept| kept.untold.retain(|other| *other != one));
        }
    }

    /// What whoever is signed in keeps and may use.
    fn listed(&self, by: &SignedIn) -> Vec<Listed> {
        let now = self.now();
        let is_theirs =
            |one: &Listed| one.profile == by.profile && one.staff == by.staff.id && one.until.0 > now;
        self.those(|_, one| is_theirs(one))
    }

    fn those(&self, is_meant: impl Fn(&Kept, &Listed) -> bool) -> Vec<Listed> {
        let kept = self.book.kept();
        kept.logins.iter().filter(|one| is_meant(&kept, one)).cloned().collect()
    }

    /// Out of the keyring, then off the list. Before its day, the portal is to be told.
    async fn forget(&self, one: &Listed) -> Result<(), VaultError> {
        let entry = one.entry();
        let removed = keyring::ask(&self.vault, move |vault| vault.remove(&entry)).await;
        self.note_keyring(&removed);
        removed?;
        self.unlist(one);
        Ok(())
    }

    async fn forget_lost(&self, one: &Listed) {
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
