//! Signing in and out, at which portal, and what of it outlives the app.
use hollyn_core::api::{
    self, About, Client, ConfirmPassword, Enrol, Enrolment, SessionOpened, SignIn, Staff,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    desk::{Desk, Event, SignedIn},
    held,
    keyring::{self, Condition, VaultError},
    profile::{self, Profile},
    trouble::{Kind, Trouble},
};

/// What signing in brought, without the token.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Welcome {
    pub user: Staff,
    /// Where a second factor was confirmed by it: shown this once.
    pub recovery_codes: Vec<String>,
}

/// What signing out did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Parted {
    /// Whether the portal knows. Where it could not be reached, the token ends there by itself, later.
    pub is_revoked: bool,
}

impl Desk {
    /// Adds a portal, or finds the one of this address, after asking it what it is.
    pub async fn add_profile(&self, typed: &str) -> Result<Profile, Trouble> {
        self.refuse_while_locked()?;
        let url = profile::origin(typed)?;
        let about = self.introduce(&url).await?;
        let mut added =
            Profile { id: Uuid::new_v4().to_string(), name: about.company, url, email: None, staff: None };
        self.book.change(|kept| {
            match kept.profiles.iter_mut().find(|known| known.url == added.url) {
                Some(known) => {
                    known.name.clone_from(&added.name);
                    added = known.clone();
                }
                None => kept.profiles.push(added.clone()),
            }
            if kept.active.is_none() {
                kept.active = Some(added.id.clone());
            }
        });
        Ok(added)
    }

    /// Takes a portal off the list, its token and what is kept of it with it.
    pub async fn remove_profile(&self, id: &str) -> Result<(), Trouble> {
        self.refuse_while_locked()?;
        let profile = self.book.kept().profile(id)?.clone();
        if self.signed_in().is_some_and(|signed_in| signed_in.profile == id) {
            self.sign_out().await?;
        } else {
            self.drop_kept_of(id).await;
            self.revoke_kept(&profile).await;
            self.drop_token(id).await?;
        }
        self.book.change(|kept| {
            kept.untold.retain(|one| one.profile != id);
            kept.profiles.retain(|profile| profile.id != id);
            if kept.active.as_deref() == Some(id) {
                kept.active = kept.profiles.first().map(|profile| profile.id.clone());
            }
        });
        Ok(())
    }

    /// Goes over to a portal; who is signed in there goes on at once. Also tries a keyring again that did not open.
    pub async fn use_profile(&self, id: &str) -> Result<(), Trouble> {
        self.refuse_while_locked()?;
        self.book.kept().profile(id)?;
        held(&self.signed_in).take();
        held(&self.about).take();
        held(&self.cache).clear();
        self.clear_clipboard().await;
        self.book.change(|kept| kept.active = Some(id.to_owned()));
        self.restore().await;
        Ok(())
    }

    /// Signs in on this device. The token goes to the keyring; where there is none, it lives as long as the app.
    pub async fn sign_in(&self, profile: &str, given: SignIn) -> Result<Welcome, Trouble> {
        self.refuse_while_locked()?;
        let url = self.book.kept().profile(profile)?.url.clone();
        self.introduce(&url).await?;
        let client = Client::new(self.http.clone(), &url);
        let SessionOpened { token, user, recovery_codes, .. } = client.sign_in(&given).await?;
        let (id, kept) = (profile.to_owned(), token.clone());
        let written = keyring::ask(&self.vault, move |vault| vault.write(&id, &kept)).await;
        self.note_keyring(&written);
        self.open(profile, client.with_token(&token), user.clone(), false);
        Ok(Welcome { user, recovery_codes })
    }

    /// Begins a second factor for somebody who has none and needs one to sign in.
    pub async fn enrol(&self, profile: &str, given: Enrol) -> Result<Enrolment, Trouble> {
        self.refuse_while_locked()?;
        let url = self.book.kept().profile(profile)?.url.clone();
        Ok(Client::new(self.http.clone(), &url).enrol(&given).await?)
    }

    /// Ends the token at the portal and in the keyring, and takes what is kept for offline use along. Where the portal
    /// cannot be reached, all of it is gone from here all the same.
    pub async fn sign_out(&self) -> Result<Parted, Trouble> {
        let Some(signed_in) = self.close() else { return Ok(Parted { is_revoked: true }) };
        self.clear_clipboard().await;
        self.drop_kept_of(&signed_in.profile).await;
        let dropped = self.drop_token(&signed_in.profile).await;
        // While the token is good for it.
        self.tell_dropped_by(&signed_in.profile, signed_in.staff.id, &signed_in.client).await;
        let is_revoked = match signed_in.client.sign_out().await.map_err(Trouble::from) {
            Ok(_) => true,
            Err(trouble) => trouble.kind == Kind::SignedOut,
        };
        dropped?;
        Ok(Parted { is_revoked })
    }

    /// The portal does not take the token any more: it goes from here too, and the page is told.
    pub async fn token_ended(&self, by: &SignedIn) {
        let is_now = held(&self.signed_in).as_ref().is_some_and(|now| now.turn == by.turn);
        if !is_now || self.close().is_none() {
            return;
        }
        self.clear_clipboard().await;
        self.drop_kept_of(&by.profile).await;
        if let Err(trouble) = self.drop_token(&by.profile).await {
            tracing::warn!(why = trouble.message, "a token that ended stays in the keyring");
        }
        self.tell(Event::SignedOut);
    }

    /// Locks the app: nothing is answered, a copied password is taken away.
    pub async fn lock(&self) {
        if self.signed_in().is_none() || self.is_locked() {
            return;
        }
        self.book.change(|kept| kept.is_locked = true);
        self.clear_clipboard().await;
        self.tell(Event::Locked);
    }

    /// Opens it again, with the password, which the portal judges.
    pub async fn unlock(&self, password: String) -> Result<(), Trouble> {
        let signed_in = self.signed_in().ok_or_else(Trouble::signed_out)?;
        match signed_in.client.confirm_password(&ConfirmPassword { password }).await {
            Ok(_) => {
                self.touch();
                self.book.change(|kept| kept.is_locked = false);
                Ok(())
            }
            Err(error) => Err(self.failed(&signed_in, error).await),
        }
    }

    /// Goes on where the last start ended: with the token in the keyring, where there is one.
    pub async fn restore(&self) {
        let active = self.book.kept().active().cloned();
        let Some(Profile { id, url, staff, .. }) = active else {
            // Nothing is kept, but whether anything could be is said before somebody signs in.
            self.note_keyring(&keyring::ask(&self.vault, |vault| vault.read("probe")).await);
            return;
        };
        let of = id.clone();
        let read = keyring::ask(&self.vault, move |vault| vault.read(&of)).await;
        self.note_keyring(&read);
        let token = match read {
            Ok(Some(token)) => token,
            Ok(None) => {
                self.book.change(|kept| kept.is_locked = false);
                return;
            }
            // The token is still there: an app that was locked is so when the keyring opens.
            Err(_) => return,
        };
        let client = Client::new(self.http.clone(), &url).with_token(&token);
        let staff = match staff {
            Some(staff) => staff,
            None => match client.session().await {
                Ok(session) => session.user,
                Err(error) => {
                    tracing::warn!(%error, "nobody can be signed in by the token that is kept");
                    return;
                }
            },
        };
        // One that was locked when it ended is locked still.
        self.open(&id, client, staff, self.is_locked());
    }

    /// Asks the portal whether what was restored is still so: the portal, the token, the role.
    pub async fn confirm(&self) {
        let Some(signed_in) = self.signed_in() else { return };
        let Ok(url) = self.book.kept().profile(&signed_in.profile).map(|profile| profile.url.clone()) else {
            return;
        };
        // A portal that is away, or too new, is told with the first question of the page.
        let _ = self.introduce(&url).await;
        match signed_in.client.session().await {
            Ok(session) => {
                let mut now = held(&self.signed_in);
                if let Some(now) = now.as_mut().filter(|now| now.turn == signed_in.turn) {
                    now.staff = session.user.clone();
                }
                drop(now);
                self.book.change(|kept| kept.remember(&signed_in.profile, session.user));
            }
            Err(error) => {
                self.failed(&signed_in, error).await;
            }
        }
    }

    /// What a portal is, and whether we speak with it.
    async fn introduce(&self, url: &str) -> Result<About, Trouble> {
        let about = Client::new(self.http.clone(), url).about().await?;
        *held(&self.about) = Some(about.clone());
        if about.api == api::VERSION { Ok(about) } else { Err(Trouble::version(about.api)) }
    }

    fn open(&self, profile: &str, client: Client, staff: Staff, is_locked: bool) {
        held(&self.cache).clear();
        self.touch();
        let mut now = held(&self.signed_in);
        let turn = self.next_turn();
        *now = Some(SignedIn { profile: profile.to_owned(), client, staff: staff.clone(), turn });
        drop(now);
        self.book.change(|kept| {
            kept.active = Some(profile.to_owned());
            kept.is_locked = is_locked;
            kept.remember(profile, staff);
        });
    }

    fn close(&self) -> Option<SignedIn> {
        let signed_in = held(&self.signed_in).take()?;
        held(&self.cache).clear();
        self.book.change(|kept| {
            kept.is_locked = false;
            kept.forget(&signed_in.profile);
        });
        Some(signed_in)
    }

    async fn drop_token(&self, profile: &str) -> Result<(), Trouble> {
        let id = profile.to_owned();
        let removed = keyring::ask(&self.vault, move |vault| vault.remove(&id)).await;
        self.note_keyring(&removed);
        match removed {
            // Where there is no keyring, there is no token in it.
            Ok(()) | Err(VaultError::Missing(_)) => Ok(()),
            Err(VaultError::Locked) => Err(Trouble::refused(
                "The keyring is locked, so the token is still in it. Unlock the keyring and sign out again.",
            )),
        }
    }

    /// Ends a token at its portal that is only in the keyring. As well as it goes: the portal may be gone for good.
    async fn revoke_kept(&self, profile: &Profile) {
        let of = profile.id.clone();
        if let Ok(Some(token)) = keyring::ask(&self.vault, move |vault| vault.read(&of)).await {
            let client = Client::new(self.http.clone(), &profile.url).with_token(&token);
            if let Some(staff) = &profile.staff {
                self.tell_dropped_by(&profile.id, staff.id, &client).await;
            }
            let _ = client.sign_out().await;
        }
    }

    pub(crate) fn note_keyring<T>(&self, asked: &Result<T, VaultError>) {
        *held(&self.keyring) = asked.as_ref().map_or_else(VaultError::condition, |_| Condition::Ok);
    }

    pub(crate) fn refuse_while_locked(&self) -> Result<(), Trouble> {
        // Where nobody is signed in, nobody could unlock it.
        if self.signed_in().is_some() && self.is_locked() { Err(Trouble::locked()) } else { Ok(()) }
    }
}
