//! Random values from the operating system's generator: tokens, identifiers, passwords.
use crate::domain::ids::{GatewayOrderId, OrderUuid};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;

/// Fills an array. Panics where the operating system's generator fails: nothing can be done securely then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system's random generator answers");
    bytes
}

/// 256 bits for a cookie or a link: 43 URL-safe characters.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A new order's public identifier.
pub fn order_uuid() -> OrderUuid {
    OrderUuid(uuid::Builder::from_random_bytes(bytes()).into_uuid())
}

/// A UUID in its usual spelling, for request ids and Message-IDs.
pub fn uuid() -> String {
    uuid::Builder::from_random_bytes(bytes()).into_uuid().to_string()
}

/// A new gateway order id: 20 letters and digits.
pub fn gateway_order_id() -> GatewayOrderId {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let text: String = bytes::<{ GatewayOrderId::LENGTH }>()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    GatewayOrderId::parse(&text).expect("the alphabet is the one that parse takes")
}

/// A panel password: 16 characters of all four classes that does not contain `username`.
pub fn panel_password(username: &str) -> SecretString {
    const CLASSES: [&[u8]; 4] =
        [b"abcdefghjkmnpqrstuvwxyz", b"ABCDEFGHJKMNPQRSTUVWXYZ", b"23456789", b"!#%+-=@_"];
    loop {
        let raw = bytes::<34>();
        let all: Vec<u8> = CLASSES.concat();
        // Rejection keeps the choice even: 63 letters do not divide 256.
        let picked: Vec<u8> = raw
            .iter()
            .filter(|byte| usize::from(**byte) < 256 / all.len() * all.len())
            .map(|byte| all[usize::from(*byte) % all.len()])
            .take(16)
            .collect();
        let every_class = CLASSES.iter().all(|class| picked.iter().any(|c| class.contains(c)));
        let password: String = picked.into_iter().map(char::from).collect();
        let apart = username.is_empty() || !password.to_lowercase().contains(&username.to_lowercase());
        if password.len() == 16 && every_class && apart && !password.starts_with(['-', '=', '+', '@']) {
            return password.into();
        }
    }
}
