//! Keys derived from `APP_KEY`, one per purpose: for sealed secrets, signed cookies and webhook tokens.
use crate::random;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Why a key or a sealed value cannot be used. Holds nothing of the value.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// Not 32 bytes in base64.
    #[error("not a key of 32 bytes in base64")]
    NotAKey,
    /// Not something that `seal` made.
    #[error("the sealed value cannot be read")]
    NotSealed,
    /// Made under a key that is not configured any more.
    #[error("the sealed value was made under another key")]
    OtherKey,
    /// Changed, or moved from another row.
    #[error("the sealed value was changed or belongs elsewhere")]
    Changed,
}

/// The keys in use. The first seals; all open.
#[derive(Clone)]
pub struct Keys(Vec<AppKey>);

#[derive(Clone)]
struct AppKey {
    id: String,
    sealing: SecretSlice<u8>,
    signing: SecretSlice<u8>,
    auditing: SecretSlice<u8>,
}

impl AppKey {
    fn parse(text: &str) -> Result<AppKey, KeyError> {
        let raw = STANDARD
            .decode(text.trim().strip_prefix("base64:").unwrap_or(text.trim()))
            .map_err(|_| KeyError::NotAKey)?;
        if raw.len() != 32 {
            return Err(KeyError::NotAKey);
        }
        let derive = |purpose: &[u8]| {
            let mut key = vec![0; 32];
            Hkdf::<Sha256>::new(None, &raw)
                .expand(purpose, &mut key)
                .expect("32 bytes are within what HKDF can give");
            SecretSlice::from(key)
        };
        let id = URL_SAFE_NO_PAD.encode(&derive(b"hollyn key id").expose_secret()[..4]);
        Ok(AppKey {
            id,
            sealing: derive(b"hollyn sealing"),
            signing: derive(b"hollyn signing"),
            auditing: derive(b"hollyn auditing"),
        })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new_from_slice(self.sealing.expose_secret())
            .expect("a key of 32 bytes was derived")
    }
}

impl Keys {
    /// From `APP_KEY` and, for what was made before a rotation, `APP_PREVIOUS_KEYS`. Both as `base64:...`.
    pub fn parse(current: &str, previous: &[&str]) -> Result<Keys, KeyError> {
        std::iter::once(&current)
            .chain(previous)
            .map(|text| AppKey::parse(text))
            .collect::<Result<_, _>>()
            .map(Keys)
    }

    /// The id of the key that seals and signs. It is derived from the key and tells nothing of it.
    pub fn current_id(&self) -> &str {
        &self.0[0].id
    }

    /// Whether a key with this id is configured.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.id == id)
    }

    /// A fresh key as `base64:...`.
    pub fn generate() -> String {
        format!("base64:{}", STANDARD.encode(random::bytes::<32>()))
    }

    /// Encrypts `secret` for one field of one row (`"services"`, 7, `"password"`): it opens nowhere else.
    /// XChaCha20-Poly1305; `x1.<key id>.<nonce and ciphertext>`.
    pub fn seal(&self, table: &str, row: i64, field: &str, secret: &str) -> String {
        let key = &self.0[0];
        let nonce = random::bytes::<24>();
        let place = format!("{table}/{row}/{field}");
        let sealed = key
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: secret.as_bytes(), aad: place.as_bytes() })
            .expect("encrypting a short text in memory cannot fail");
        format!("x1.{}.{}", key.id, URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what `seal` made for the same field of the same row.
    pub fn open(&self, table: &str, row: i64, field: &str, sealed: &str) -> Result<String, KeyError> {
        let mut parts = sealed.split('.');
        let (Some("x1"), Some(id), Some(body), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(KeyError::NotSealed);
        };
        let key = self.0.iter().find(|key| key.id == id).ok_or(KeyError::OtherKey)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| KeyError::NotSealed)?;
        let (nonce, secret) = body.split_first_chunk::<24>().ok_or(KeyError::NotSealed)?;
        let place = format!("{table}/{row}/{field}");
        let plain = key
            .cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: secret, aad: place.as_bytes() })
            .map_err(|_| KeyError::Changed)?;
        String::from_utf8(plain).map_err(|_| KeyError::Changed)
    }

    /// Seals again, with the present key, what `seal` made for the same field of the same row.
    pub fn reseal(&self, table: &str, row: i64, field: &str, sealed: &str) -> Result<String, KeyError> {
        Ok(self.seal(table, row, field, &self.open(table, row, field, sealed)?))
    }

    /// A value that we hand to a browser and want back unchanged: `value.mac`.
    pub fn sign(&self, purpose: &str, value: &str) -> String {
        format!("{value}.{}", mac(self.0[0].signing.expose_secret(), &[purpose, value]))
    }

    /// The value, where `sign` made it for the same purpose.
    pub fn verify<'a>(&self, purpose: &str, signed: &'a str) -> Option<&'a str> {
        let (value, tag) = signed.rsplit_once('.')?;
        let ours = self.0.iter().any(|key| same(tag, &mac(key.signing.expose_secret(), &[purpose, value])));
        ours.then_some(value)
    }

    /// Seals the audit log as it is up to the row `id`: `a1.<key id>.<mac>` over the row's hash and the time.
    pub fn seal_audit(&self, id: i64, hash: &str, at: i64) -> String {
        let key = &self.0[0];
        format!("a1.{}.{}", key.id, audit_mac(key, id, hash, at))
    }

    /// Whether `seal_audit` made the seal for the same row, hash and time.
    pub fn verify_audit(&self, id: i64, hash: &str, at: i64, seal: &str) -> Result<(), KeyError> {
        let mut parts = seal.split('.');
        let (Some("a1"), Some(key), Some(tag), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(KeyError::NotSealed);
        };
        let key = self.0.iter().find(|ours| ours.id == key).ok_or(KeyError::OtherKey)?;
        if same(tag, &audit_mac(key, id, hash, at)) { Ok(()) } else { Err(KeyError::Changed) }
    }

    /// Seals the audit log again, with the present key, where `seal_audit` made the seal for the same row,
    /// hash and time.
    pub fn reseal_audit(&self, id: i64, hash: &str, at: i64, seal: &str) -> Result<String, KeyError> {
        self.verify_audit(id, hash, at, seal)?;
        Ok(self.seal_audit(id, hash, at))
    }
}

fn audit_mac(key: &AppKey, id: i64, hash: &str, at: i64) -> String {
    mac(key.auditing.expose_secret(), &["audit", &id.to_string(), hash, &at.to_string()])
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.0.iter().map(|k| k.id.as_str()).collect::<Vec<_>>().join(", "))
    }
}

fn mac(key: &[u8], parts: &[&str]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// The token in one payment's webhook address, from `ZENO_WEBHOOK_SECRET` and the payment's gateway order id.
pub fn webhook_token(secret: &SecretString, gateway_order_id: &str) -> String {
    mac(secret.expose_secret().as_bytes(), &["webhook", gateway_order_id])
}

/// Compares secrets in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// What is stored of a token: the token cannot be derived from it.
pub fn fingerprint(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_in_its_place_and_unchanged() {
        let keys = Keys::parse(&Keys::generate(), &[]).unwrap();
        let sealed = keys.seal("services", 7, "password", "siri");
        assert_eq!(keys.open("services", 7, "password", &sealed).as_deref(), Ok("siri"));
        assert_eq!(keys.open("services", 8, "password", &sealed), Err(KeyError::Changed));
        let last = if sealed.ends_with('A') { 'B' } else { 'A' };
        let flipped = format!("{}{last}", &sealed[..sealed.len() - 1]);
        assert!(keys.open("services", 7, "password", &flipped).is_err());
        let others = Keys::parse(&Keys::generate(), &[]).unwrap();
        assert_eq!(others.open("services", 7, "password", &sealed), Err(KeyError::OtherKey));
    }

    #[test]
    fn a_previous_key_still_opens() {
        let old = Keys::generate();
        let sealed = Keys::parse(&old, &[]).unwrap().seal("services", 1, "password", "siri");
        let rotated = Keys::parse(&Keys::generate(), &[&old]).unwrap();
        assert_eq!(rotated.open("services", 1, "password", &sealed).as_deref(), Ok("siri"));
    }

    #[test]
    fn a_seal_of_the_audit_log_is_for_one_row_hash_and_time() {
        let old = Keys::generate();
        let seal = Keys::parse(&old, &[]).unwrap().seal_audit(7, "ab", 9);
        let rotated = Keys::parse(&Keys::generate(), &[&old]).unwrap();
        assert_eq!(rotated.verify_audit(7, "ab", 9, &seal), Ok(()));
        for (id, hash, at) in [(8, "ab", 9), (7, "ac", 9), (7, "ab", 8)] {
            assert_eq!(rotated.verify_audit(id, hash, at, &seal), Err(KeyError::Changed));
        }
        let others = Keys::parse(&Keys::generate(), &[]).unwrap();
        assert_eq!(others.verify_audit(7, "ab", 9, &seal), Err(KeyError::OtherKey));
        assert_eq!(rotated.verify_audit(7, "ab", 9, "ab"), Err(KeyError::NotSealed));
    }

    #[test]
    fn a_signature_is_for_one_purpose() {
        let keys = Keys::parse(&Keys::generate(), &[]).unwrap();
        let signed = keys.sign("order", "value.with.dots");
        assert_eq!(keys.verify("order", &signed), Some("value.with.dots"));
        assert_eq!(keys.verify("other", &signed), None);
        assert_eq!(keys.verify("order", &signed.replace("value", "valve")), None);
    }
}
