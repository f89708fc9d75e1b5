//! The system's own keyring. `tests/run desktop` starts a Secret Service in a separate D-Bus session.
use hollyn_desktop::secret_store::{SecretStore as _, SystemKeyring};
use secrecy::ExposeSecret as _;

fn read(name: &str) -> Option<String> {
    let secret = SystemKeyring::default().read(name).unwrap();
    secret.map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn secrets_are_written_replaced_and_removed() {
    let keyring = SystemKeyring::default();
    let profile = "a-test-profile";
    assert_eq!(read(profile), None);
    keyring.write(profile, &"one".into()).unwrap();
    keyring.write(profile, &"two".into()).unwrap();
    assert_eq!(read(profile).as_deref(), Some("two"));
    assert_eq!(read("another"), None);
    let credential = "offline/a-test-profile/7";
    keyring.write(credential, &r#"{"password":"hunter2"}"#.into()).unwrap();
    assert_eq!(read(credential).as_deref(), Some(r#"{"password":"hunter2"}"#));
    keyring.remove(credential).unwrap();
    assert_eq!(read(credential), None);
    keyring.remove(profile).unwrap();
    keyring.remove(profile).unwrap();
    assert_eq!(read(profile), None);
}
