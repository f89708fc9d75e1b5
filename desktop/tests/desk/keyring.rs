//! The system's own keyring. `tests/run desktop` gives it one: a Secret Service in a D-Bus session of its own.
use hollyn_desktop::keyring::{SystemKeyring, Vault as _};

#[test]
fn a_token_is_kept_changed_and_gone() {
    let keyring = SystemKeyring::default();
    let profile = "a-profile-of-the-tests";
    assert_eq!(keyring.read(profile).unwrap(), None);
    keyring.write(profile, "one").unwrap();
    keyring.write(profile, "two").unwrap();
    assert_eq!(SystemKeyring::default().read(profile).unwrap().as_deref(), Some("two"));
    assert_eq!(keyring.read("another").unwrap(), None);
    let kept = "kept/a-profile-of-the-tests/7";
    keyring.write(kept, r#"{"password":"hunter2"}"#).unwrap();
    assert_eq!(keyring.read(kept).unwrap().as_deref(), Some(r#"{"password":"hunter2"}"#));
    keyring.remove(kept).unwrap();
    assert_eq!(keyring.read(kept).unwrap(), None);
    keyring.remove(profile).unwrap();
    keyring.remove(profile).unwrap();
    assert_eq!(keyring.read(profile).unwrap(), None);
}
